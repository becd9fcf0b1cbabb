//! What looks like a figure and is none: model and flight numbers, versions, addresses, "one" as a pronoun.

use super::atoms::Class;
use super::lexicon::Numeric;
use super::measure::Reading;
use super::numeral::digits;
use super::roles as role;
use super::scan::Scan;
use super::{Kind, Number};
use crate::text::Upos;

impl Scan<'_> {
    /// Where something that is no figure begins here, the atom after it.
    pub(super) fn not_a_figure(&self, i: usize) -> Option<usize> {
        if let Some(((), end)) = self.longest(&self.lexicon.not_figures, i) {
            return Some(end);
        }
        // The phrase may have begun one word before: "no one", "the one".
        if i > self.floor
            && let Some(((), end)) = self.longest(&self.lexicon.not_figures, i - 1)
            && end > i
        {
            return Some(end);
        }
        if !self.is_digits(i) {
            return None;
        }
        if let Some(end) = self.address(i) {
            return Some(end);
        }
        let (_, mut end) = self.chunk(i);
        if self.leading_nought(i) {
            // A telephone number goes on over the groups of digits behind it.
            let mut k = end.max(i + 1);
            while self.is_digits(k) && self.raw(k).len() >= 3 && self.chunk(k).1 == k + 1 {
                k += 1;
            }
            return Some(k);
        }
        if self.name_number(i) {
            // "Junctions 10 and 11", "pages 4, 7 and 9".
            loop {
                let joined = self.has(end, role::AND | role::TO) || self.mark(end, ",");
                let next = if joined { end + 1 } else { end };
                if !((joined || self.mark(end - 1, ",")) && self.is_plain_number(next)) {
                    break;
                }
                end = next + 1;
            }
            return Some(end.max(i + 1));
        }
        digits(self.raw(i)).is_none().then_some(i + 1)
    }

    /// The end of a piece of text between spaces that is never a figure: an address, a version, a telephone number.
    pub(super) fn never(&self, i: usize) -> Option<usize> {
        let (start, end) = self.chunk(i);
        self.chunk_is_none(start, end).then_some(end)
    }

    /// Digits alone, with nothing behind them that they count or measure.
    fn is_plain_number(&self, i: usize) -> bool {
        let whole = self.is_digits(i) && self.raw(i).bytes().all(|b| b.is_ascii_digit()) && self.raw(i).len() < 4;
        whole && !self.glued(i + 1) && !self.is_noun(i + 1) && self.unit(i + 1, true).is_none()
    }

    /// A house number: "575 Wilbraham Road", "9 E 71st St".
    fn address(&self, i: usize) -> Option<usize> {
        if self.raw(i).contains([',', '.']) {
            return None;
        }
        let mut k = i + 1;
        while k < i + 5 {
            let atom = self.at(k)?;
            let part = atom.capital
                || (k > i + 1 && self.is_digits(k))
                || (self.is_digits(k - 1) && self.ordinal_ending(k - 1));
            if !part || atom.class == Class::Mark {
                return None;
            }
            if self.has(k, role::STREET)
                && (k > i + 1 || self.is_letters(k + 1) && self.at(k + 1).is_some_and(|a| a.capital))
            {
                return Some(k + 1);
            }
            k += 1;
        }
        None
    }

    /// The atoms around one that no white space parts.
    fn chunk(&self, i: usize) -> (usize, usize) {
        // Nothing that is told by its look is longer; without a limit a long row of marks would take quadratic time.
        const LONGEST: usize = 64;
        let mut start = i;
        while start > self.floor && self.glued(start) && i - start < LONGEST {
            start -= 1;
        }
        let mut end = i + 1;
        while self.glued(end) && end - i < LONGEST {
            end += 1;
        }
        (start, end)
    }

    /// Whether a piece of text between spaces is of a pattern that is never a figure.
    fn chunk_is_none(&self, start: usize, end: usize) -> bool {
        let opening = |i: usize| {
            self.at(i).is_some_and(|a| a.class == Class::Mark) && !matches!(self.raw(i), "#" | "@" | "+" | "(")
        };
        let closing = |i: usize| self.at(i).is_some_and(|a| a.class == Class::Mark) && !matches!(self.raw(i), "/");
        let (mut a, mut b) = (start, end);
        while a < b && opening(a) {
            a += 1;
        }
        while b > a && closing(b - 1) {
            b -= 1;
        }
        if b - a == 1 && digits(self.raw(a)).is_some() {
            return false;
        }
        let (Some(first), Some(last)) = (self.at(a), b.checked_sub(1).and_then(|l| self.at(l))) else { return false };
        let Some(text) = self.text.get(first.start..last.end) else { return false };
        text.len() <= 400 && self.lexicon.patterns.is_match(text.as_bytes())
    }

    /// Whether the digits here belong to a name: "A320", "Tu-95", "Covid-19", "Boeing 737", "flat 304", "No 17".
    pub(super) fn name_number(&self, i: usize) -> bool {
        if !self.is_digits(i) || self.sign(i).is_some() {
            return false;
        }
        // Letters behind the digits that are no unit, ending or multiplier: "5G", "3D", "19A".
        if self.is_letters(i + 1) && self.glued(i + 1) && self.foreign_letters(i) {
            return true;
        }
        let Some(p) = i.checked_sub(1) else { return false };
        if self.glued(i) {
            // A320, ID.4.
            if self.is_letters(p) || (self.mark(p, ".") && self.glued(p) && p > 0 && self.is_letters(p - 1)) {
                return true;
            }
            if matches!(self.raw(p), "#" | "№") {
                return true;
            }
            // "COVID -19": a hyphen gone astray behind a name; temperatures and such have their unit.
            if self.mark(p, "-") && !self.glued(p) && p > self.floor {
                let named = self.is_letters(p - 1) && self.at(p - 1).is_some_and(|a| a.capital);
                let name = named && self.upos(p - 1) == Some(Upos::PROPN) && self.word(p - 1).roles == role::NONE;
                return name && self.unit(i + 1, true).is_none() && !self.mark(i + 1, "%");
            }
            if self.mark(p, "-") && self.glued(p) && p > 0 && self.is_letters(p - 1) {
                let word = self.word(p - 1);
                let number = word.numeric.is_some() || word.ordinal.is_some();
                // "5km-10km", "10am-2pm": the letters are a unit behind a number.
                let unit = p > 1 && self.is_digits(p - 2) && self.glued(p - 1);
                let adverb = self.upos(p - 1) == Some(Upos::ADV);
                // "the A-8": a capital letter alone is no article.
                let letter = self.raw(p - 1).len() == 1 && self.raw(p - 1).bytes().all(|b| b.is_ascii_uppercase());
                return (letter && !unit) || !(number || unit || adverb || word.roles.any(role::OPEN_PREFIX));
            }
        }
        if i <= self.floor {
            return false;
        }
        self.labelled(i)
    }

    /// Whether the letters glued behind digits give them no meaning as a number.
    fn foreign_letters(&self, i: usize) -> bool {
        let raw = self.raw(i + 1);
        let known = self.lexicon.glued(raw).is_some()
            || self.lexicon.suffix(raw).is_some()
            || self.named(i + 1).is_some()
            || self.has(i + 1, role::AM | role::PM | role::TIMES | role::FOLD | role::ZONE | role::YEARS_OLD)
            || self.longest(&self.lexicon.after, i + 1).is_some()
            || matches!(self.word(i + 1).numeric, Some(Numeric::Scale(_) | Numeric::Fraction(_)))
            || raw == "s"
            || self.ordinal_ending(i);
        // 60s are seconds or a decade, 747s are aeroplanes.
        let models = raw == "s"
            && self.raw(i).len() == 3
            && self.raw(i).bytes().all(|b| b.is_ascii_digit())
            && !(i > 0 && self.has(i - 1, role::TOOK | role::IN));
        !known || models
    }

    /// The ending of "52nd" that fits its digits.
    pub(super) fn ordinal_ending(&self, i: usize) -> bool {
        let raw = self.raw(i);
        let ending = self.raw(i + 1);
        if !self.glued(i + 1) || !raw.bytes().all(|b| b.is_ascii_digit() || b == b',') {
            return false;
        }
        let teen = raw.len() > 1 && raw.as_bytes().get(raw.len() - 2) == Some(&b'1');
        let fits = match (raw.bytes().last(), teen) {
            (Some(b'1'), false) => "st",
            (Some(b'2'), false) => "nd",
            (Some(b'3'), false) => "rd",
            _ => "th",
        };
        // "11st 4lb", "21st 3lb" are weights.
        let stone = ending == "st" && self.is_digits(i + 2) && self.raw(i + 3).starts_with("lb");
        (ending.eq_ignore_ascii_case(fits) || (ending == "d" && matches!(fits, "nd" | "rd"))) && !stone
    }

    /// A label, a number sign or a name directly before bare digits.
    fn labelled(&self, i: usize) -> bool {
        let p = i - 1;
        let raw = self.raw(i);
        let bare = raw.bytes().all(|b| b.is_ascii_digit());
        let word = self.word(p);
        // iPhone 11, eBay 20: a capital inside a word is a brand's.
        let brand = self.raw(p).bytes().skip(1).any(|b| b.is_ascii_uppercase())
            && self.raw(p).starts_with(|c: char| c.is_ascii_lowercase());
        let capital = brand || self.at(p).is_some_and(|a| a.capital);
        let next = i + 1;
        let hyphen_chain = self.mark(next, "-") && self.glued(next) && self.is_digits(next + 1);
        if self.mark(p, "#") {
            return true;
        }
        if word.roles.any(role::NUMBER_SIGN) {
            let sure = capital || self.raw(p) != "no" && !self.raw(p).ends_with('s');
            return sure && !self.has(next, role::SIGN_UNLESS);
        }
        // "No." may be cut before its full stop.
        if self.mark(p, ".") && p > 0 && self.has(p - 1, role::NUMBER_SIGN) && self.at(p - 1).is_some_and(|a| a.capital)
        {
            return true;
        }
        // The 737 Max, 14 Pro.
        if bare && raw.len() > 1 && self.has(next, role::MODEL_AFTER) && self.at(next).is_some_and(|a| a.capital) {
            return true;
        }
        let glued_letters = self.is_letters(next) && self.glued(next);
        if !(bare || word.roles.any(role::LABEL)) || !self.is_letters(p) {
            return false;
        }
        let unit_behind = !hyphen_chain && self.unit(next, true).is_some()
            || matches!(self.word(next).numeric, Some(Numeric::Scale(_)));
        // The Group of 10.
        if word.roles.any(role::OF)
            && p > self.floor
            && self.has(p - 1, role::LABEL | role::WEAK_LABEL)
            && self.at(p - 1).is_some_and(|a| a.capital)
        {
            return true;
        }
        if word.roles.any(role::LABEL) && !bare {
            // Version 2.0, section 4.2.
            return !unit_behind && raw.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        }
        if word.roles.any(role::LABEL) {
            return !unit_behind || glued_letters && raw.len() <= 3 && self.raw(next).len() == 1;
        }
        if unit_behind || self.has(next, role::TIMES) {
            return false;
        }
        let noun = self.is_noun(next) || self.upos(next) == Some(Upos::ADJ) && self.is_noun(next + 1);
        if word.roles.any(role::WEAK_LABEL) {
            return (capital && p > 0) || !noun && !(self.has(next, role::OF));
        }
        // A name before the number is its first word: "Boeing 737", "Windows 10".
        let year = raw.len() == 4;
        if !capital
            || year
            || word.roles.any(role::NAME_UNLESS)
            || word.month > 0
            || word.weekday > 0
            || word.numeric.is_some()
        {
            return false;
        }
        let proper = brand && word.roles == role::NONE || self.is_noun(p);
        if !proper || (p == 0 && (noun || self.upos(p) != Some(Upos::PROPN))) {
            return false;
        }
        // "In London 12 people": the name is the place, not the number's.
        let placed = p > 0 && matches!(self.upos(p - 1), Some(Upos::ADP)) && self.is_plural(next);
        !placed
    }

    /// 007, 0800, 05.20: no number begins with a nought and a digit, except a time of day with a colon.
    fn leading_nought(&self, i: usize) -> bool {
        let raw = self.raw(i);
        raw.strip_prefix('0').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
            && !self.mark(i + 1, ":")
    }

    /// Whether a definite phrase begins here: "the three", "its shops", "Amazon's buyers".
    fn begins_set(&self, i: usize) -> bool {
        let owner = (i..i + 3).take_while(|&k| self.is_noun(k)).last();
        self.has(i, role::BLOCKING) || owner.is_some_and(|k| self.token(k + 1).is_some_and(|t| t.xpos == "POS"))
    }

    /// Whether a reading is a quantity at all; "one" often is a pronoun.
    pub(super) fn counts(&self, reading: &Reading) -> bool {
        let number = &reading.number;
        let i = number.start;
        if reading.hyphened && reading.measure.is_none() && self.has(reading.end + 1, role::HYPHEN_WORD) {
            return false;
        }
        // "A day or two".
        let or = number.words && reading.measure.is_none() && self.before(i, role::OR) && i > self.floor + 2;
        if or && self.has(i - 3, role::ARTICLE) && self.is_noun(i - 2) {
            return false;
        }
        // The Six Nations.
        let group = self.before(i, role::OF)
            && i > self.floor + 1
            && self.has(i - 2, role::LABEL | role::WEAK_LABEL)
            && self.at(i - 2).is_some_and(|a| a.capital);
        if number.words && reading.measure.is_none() && (group || self.before(i, role::NUMBER_SIGN)) {
            return false;
        }
        // The nineteen-hundreds.
        if reading.hyphened && self.raw(reading.end + 1) == "hundreds" {
            return false;
        }
        let named = number.words
            && self.at(i).is_some_and(|a| a.capital)
            && self.at(number.end).is_some_and(|a| a.capital)
            && i > 0
            && self.at(i - 1).is_some_and(|a| !a.capital && a.class == Class::Word);
        // Gate Six, Big Ten: a capital behind a capital and before none is a name's.
        let last = number.words
            && i > self.floor + 1
            && [i - 1, i].iter().all(|&k| self.is_letters(k) && self.at(k).is_some_and(|a| a.capital))
            && self.is_noun(i - 1)
            && reading.measure.is_none()
            && self.at(number.end).is_none_or(|a| !a.capital && a.class == Class::Word);
        // "Hangar Nine's owner".
        let owner = number.words
            && i > 0
            && self.at(i).is_some_and(|a| a.capital)
            && self.token(number.end).is_some_and(|t| t.xpos == "POS");
        if named || last || owner {
            return false;
        }
        // "Production-four-door", "post-nine-eleven": a number word between hyphens is a part of its word.
        let inside = number.words
            && i > self.floor + 1
            && self.mark(i - 1, "-")
            && self.glued(i)
            && self.glued(i - 1)
            && self.is_letters(i - 2)
            && reading.hyphened
            && self.word(i - 2).roles == role::NONE
            && self.is_noun(i - 2);
        if inside {
            return false;
        }
        if reading.value.is_negative() {
            return true;
        }
        let one = number.words && number.value == Number::ONE && !number.article && number.end == i + 1;
        if !one || reading.sign {
            return true;
        }
        let never_before = i > 0 && self.has(i - 1, role::ONE_NOT_AFTER);
        if let Some(measure) = reading.measure {
            // "One day", "one second" tell a time; "in one day", "one hour later" a length.
            let duration = self.kind_of(measure) == Some(Kind::Duration);
            return !(never_before && duration);
        }
        // "One of the three", "one of its shops": one of a set is counted, "one of us" is not.
        if !never_before && self.has(reading.end, role::OF) && self.begins_set(reading.end + 1) {
            return true;
        }
        if never_before || self.has(reading.end, role::ONE_NOT_BEFORE) {
            return false;
        }
        let mut k = reading.end;
        if reading.hyphened {
            k += 1;
        }
        let limit = k + 3;
        while k < limit && self.upos(k) == Some(Upos::ADJ) {
            k += 1;
        }
        self.is_noun(k)
    }
}
