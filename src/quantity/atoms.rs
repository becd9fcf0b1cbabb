//! The pieces that figures are read from: tokens cut further into numerals, runs of letters and single marks.

use compact_str::CompactString;

use super::lexicon::Lexicon;
use super::phrases::WordId;
use super::roles;
use crate::text::Token;

/// What a piece is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Letters.
    Word,
    /// A numeral in digits, with its separators.
    Digits,
    /// One mark.
    Mark,
}

/// A piece of a sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Atom {
    /// First byte in the block's text.
    pub(super) start: usize,
    /// The byte after its last.
    pub(super) end: usize,
    /// The token it lies in.
    pub(super) token: usize,
    /// Which known word it is; zero for unknown ones and for numerals.
    pub(super) word: WordId,
    pub(super) class: Class,
    /// Whether white space stands before it.
    pub(super) spaced: bool,
    /// Whether it begins with a capital.
    pub(super) capital: bool,
}

/// Cuts a sentence; nothing where no piece can be part of a figure.
pub(super) fn cut(lexicon: &Lexicon, text: &str, tokens: &[Token]) -> Option<Vec<Atom>> {
    let mut atoms = Vec::with_capacity(tokens.len() + 16);
    let mut wanted = false;
    let mut lower = CompactString::default();
    for (at, token) in tokens.iter().enumerate() {
        if is_plain(&token.lower) {
            let word = lexicon.id(&token.lower);
            wanted |= word != 0 && lexicon.word(word).roles.any(roles::TRIGGER);
            let class =
                if token.lower.starts_with(|c: char| c.is_ascii_alphabetic()) { Class::Word } else { Class::Mark };
            atoms.push(Atom {
                start: token.start,
                end: token.end,
                token: at,
                word,
                class,
                spaced: token.spaced,
                capital: token.capital,
            });
            continue;
        }
        let raw = text.get(token.span()).unwrap_or_default();
        let mut spaced = token.spaced;
        let mut rest = raw;
        let mut start = token.start;
        let mut letter = false;
        while let Some((length, class)) = piece(rest, letter, |candidate| lexicon.id(candidate) != 0) {
            letter = class == Class::Word;
            // A token may hold white space: a telephone number does.
            if rest.starts_with(char::is_whitespace) {
                spaced = true;
                start += length;
                rest = rest.get(length..).unwrap_or_default();
                continue;
            }
            let piece = rest.get(..length).unwrap_or_default();
            let word = if class == Class::Digits {
                wanted = true;
                0
            } else {
                fold_into(&mut lower, piece);
                let id = lexicon.id(&lower);
                wanted |= id != 0 && lexicon.word(id).roles.any(roles::TRIGGER);
                id
            };
            // ".5" may come as two tokens.
            let dot = atoms
                .last()
                .filter(|a: &&Atom| class == Class::Digits && !spaced && a.end == start && (a.spaced || a.start == 0));
            if let Some(point) = dot
                && text.get(point.start..point.end) == Some(".")
            {
                start = point.start;
                spaced = point.spaced;
                atoms.pop();
                atoms.push(Atom { start, end: start + 1 + length, token: at, word, class, spaced, capital: false });
                spaced = false;
                start += 1 + length;
                rest = rest.get(length..).unwrap_or_default();
                continue;
            }
            let capital = piece.starts_with(char::is_uppercase);
            atoms.push(Atom { start, end: start + length, token: at, word, class, spaced, capital });
            spaced = false;
            start += length;
            rest = rest.get(length..).unwrap_or_default();
        }
    }
    wanted.then_some(atoms)
}

/// Cuts a word of a rule file as text is cut, and gives each piece, folded, to `take`.
pub(super) fn pieces(mut word: &str, mut take: impl FnMut(&str)) {
    if is_plain(word) {
        take(word);
        return;
    }
    while let Some((length, _)) = piece(word, false, |_| true) {
        take(&fold(word.get(..length).unwrap_or_default()));
        word = word.get(length..).unwrap_or_default();
    }
}

/// In lower case, with quotes and dashes folded.
pub(super) fn fold(text: &str) -> CompactString {
    let mut out = CompactString::default();
    fold_into(&mut out, text);
    out
}

fn fold_into(out: &mut CompactString, text: &str) {
    out.clear();
    for c in text.chars() {
        match c {
            '‘' | '’' | '′' => out.push('\''),
            '“' | '”' | '″' => out.push('"'),
            '–' | '—' | '−' | '‐' | '‑' => out.push('-'),
            'º' => out.push('°'),
            'µ' => out.push('μ'),
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            c => out.extend(c.to_lowercase()),
        }
    }
}

/// A token that is one piece as it stands: letters with full stops and apostrophes, or one mark.
fn is_plain(lower: &str) -> bool {
    match lower.as_bytes() {
        [b] => !b.is_ascii_digit(),
        bytes => bytes.iter().all(|b| b.is_ascii_alphabetic() || matches!(b, b'.' | b'\'')),
    }
}

/// The length and class of the first piece of a text; nothing at its end. Behind a letter a full stop begins no numeral.
fn piece(text: &str, behind_letter: bool, known: impl Fn(&str) -> bool) -> Option<(usize, Class)> {
    let bytes = text.as_bytes();
    let first = text.chars().next()?;
    let digit_at = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    if first.is_ascii_digit() || (first == '.' && digit_at(1) && !behind_letter) {
        let mut end = 1;
        while digit_at(end) || (matches!(bytes.get(end), Some(b'.' | b',')) && digit_at(end + 1)) {
            end += 1;
        }
        return Some((end, Class::Digits));
    }
    if first.is_alphabetic() || matches!(first, '°' | 'º') {
        let mut end = 0;
        for (i, c) in text.char_indices() {
            let dotted = c == '.'
                && text.get(i + 1..).is_some_and(|rest| {
                    let mut after = rest.chars();
                    after.next().is_some_and(char::is_alphabetic) && !after.next().is_some_and(char::is_alphabetic)
                });
            if i > 0 && c == '.' && dotted {
                end = i + 1;
            } else if c.is_alphabetic() || (i == 0 && matches!(c, '°' | 'º')) || matches!(c, '²' | '³') {
                end = i + c.len_utf8();
            } else {
                break;
            }
        }
        // A full stop that ends "a.m." belongs to it.
        if bytes.get(end) == Some(&b'.') && text.get(..end).is_some_and(|t| t.contains('.')) {
            end += 1;
        }
        // "km2" is one word; "A320" is not.
        if matches!(bytes.get(end), Some(b'2' | b'3')) && !bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric) {
            let with = text.get(..=end).unwrap_or_default();
            if known(&fold(with)) {
                end += 1;
            }
        }
        return Some((end.max(first.len_utf8()), Class::Word));
    }
    Some((first.len_utf8(), Class::Mark))
}
