//! Reads the figures of a sentence.

use std::sync::Arc;

use super::atoms;
use super::lexicon::{Lexicon, Numeric};
use super::roles as role;
use super::scan::Scan;
use super::{Figure, Unit};
use crate::pack::{Pack, PackError};
use crate::text::Token;

/// Reads figures, knowing the words and units of a pack.
#[derive(Debug, Clone)]
pub struct Reader {
    lexicon: Arc<Lexicon>,
}

impl Reader {
    /// Takes what it needs from a pack, and checks it: names and codes that stand there twice, dimensions and codes that
    /// are not defined, numbers that are none.
    pub fn new(pack: &Pack) -> Result<Self, PackError> {
        Ok(Self { lexicon: Arc::new(Lexicon::new(pack)?) })
    }

    /// The figures of a sentence, in order of place; `text` is the block's text that the tokens point into.
    pub fn figures(&self, text: &str, tokens: &[Token]) -> Vec<Figure> {
        let Some(atoms) = atoms::cut(&self.lexicon, text, tokens) else { return Vec::new() };
        let mut scan = Scan {
            lexicon: &self.lexicon,
            text,
            tokens,
            atoms: &atoms,
            floor: 0,
            out: Vec::new(),
            context: std::cell::OnceCell::new(),
            spreading: None,
        };
        // "5." alone is the number of a list's item.
        if let [number, point] = &atoms[..]
            && scan.is_digits(0)
            && (point.start == number.end && matches!(scan.raw(1), "." | ")"))
        {
            return Vec::new();
        }
        let mut i = 0;
        while i < atoms.len() {
            let begins = scan.is_digits(i) || scan.has(i, role::TRIGGER);
            i = if begins { scan.read(i).unwrap_or(i + 1).max(i + 1) } else { i + 1 };
        }
        scan.supply_units();
        scan.out
    }

    /// Whether a text may hold a figure: a cheap look at its bytes that is wrong on one side only.
    pub fn may_hold_figure(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let mut buffer = [0_u8; 24];
        let mut length = 0;
        for i in 0..=bytes.len() {
            let byte = bytes.get(i).copied().unwrap_or(b' ');
            if byte.is_ascii_digit() {
                return true;
            }
            if byte.is_ascii_alphabetic() {
                if let Some(slot) = buffer.get_mut(length) {
                    *slot = byte.to_ascii_lowercase();
                }
                length += 1;
                continue;
            }
            if (1..=buffer.len()).contains(&length) {
                let word = buffer.get(..length).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default();
                let id = self.lexicon.id(word);
                if id != 0 && self.lexicon.word(id).roles.any(role::TRIGGER) {
                    return true;
                }
            }
            length = 0;
            // Beyond ASCII, only a fraction such as ½ is of interest.
            if byte >= 0xC2
                && let Some(c) = text.get(i..).and_then(|t| t.chars().next())
                && c.is_numeric()
            {
                return true;
            }
        }
        false
    }

    /// The unit with a code: UCUM, or ISO 4217 for money.
    pub fn unit(&self, code: &str) -> Option<Arc<Unit>> {
        self.lexicon.by_code(code).and_then(|i| self.lexicon.measures.get(i)).map(|m| Arc::clone(&m.unit))
    }

    /// Every unit, in the order of the rule files.
    pub fn units(&self) -> impl Iterator<Item = &Arc<Unit>> {
        self.lexicon.measures.iter().filter(|m| m.per.is_none()).map(|m| &m.unit)
    }
}

impl Scan<'_> {
    /// Reads what begins at an atom and gives the atom to go on from; nothing where no figure does.
    fn read(&mut self, i: usize) -> Option<usize> {
        if self.is_digits(i) {
            if let Some(end) = self.never(i).or_else(|| self.date(i)).or_else(|| self.clock(i)) {
                return Some(end);
            }
            if let Some(end) = self.not_a_figure(i) {
                return Some(end);
            }
            if self.ordinal_at(i).is_some() {
                return self.ordinal(i).or(Some(i + 2));
            }
            return self.measure_at(i);
        }
        if let Some(end) = self.not_a_figure(i) {
            return Some(end);
        }
        if let Some(end) = self.clock(i).or_else(|| self.decade_in_words(i)) {
            return Some(end);
        }
        if let Some(end) = self.vague(i) {
            return Some(end);
        }
        let word = self.word(i);
        // "A hundred", "a third": the article before is a part of the number.
        let article = i > self.floor && self.has(i - 1, role::ARTICLE);
        let with_article = article
            && word.numeric.is_none_or(|n| matches!(n, Numeric::Scale(_)))
            && (word.numeric.is_some() || word.denominator.is_some());
        if with_article && self.numeral(i - 1).is_some() {
            return self.measure_at(i - 1);
        }
        // A tens word with an ordinal behind it is an ordinal: "twenty-first".
        if word.numeric.is_some() && self.ordinal_at(i).is_some() && self.fraction_begins(i).is_none() {
            return self.ordinal(i);
        }
        if (word.numeric.is_some() || word.denominator.is_some())
            && let Some(end) = self.measure_at(i)
        {
            return Some(end);
        }
        if word.factor.is_some()
            && let Some(end) = self.factor(i)
        {
            return Some(end);
        }
        if word.ordinal.is_some() {
            return self.ordinal(i);
        }
        self.article_unit(i)
    }

    /// Whether a fraction in words begins here: "twenty-five hundredths".
    fn fraction_begins(&self, i: usize) -> Option<usize> {
        self.numeral(i).filter(|n| n.share).map(|n| n.end)
    }
}
