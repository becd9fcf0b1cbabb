//! Figures that are more than a number and a unit: ages, ratios, factors, vague counts, ordinals.

use super::lexicon::Numeric;
use super::measure::Reading;
use super::numeral::{Numeral, digits, whole_step};
use super::roles as role;
use super::scan::Scan;
use super::{Bound, End, Form, Interval, Kind, Number, Quantity};
use crate::text::Upos;

impl Scan<'_> {
    /// An ordinal that begins here: its place and the atom after it.
    pub(super) fn ordinal_at(&self, i: usize) -> Option<(Number, usize)> {
        if self.is_digits(i) {
            return (self.ordinal_ending(i)).then(|| digits(self.raw(i)).map(|(v, _)| (v, i + 2))).flatten();
        }
        // Twenty-first; one hundred and tenth.
        let word = self.word(i);
        if let Some(place) = word.ordinal {
            return Some((Number::from(i64::from(place)), i + 1));
        }
        let Some(Numeric::Cardinal(tens)) = word.numeric else { return None };
        let k = self.over_hyphen(i + 1);
        let ones = self.word(k).ordinal?;
        // "Twenty third" without a hyphen may be a fraction.
        let joined = k > i + 1 || self.word(k).denominator.is_none();
        (tens >= 20 && ones < 10 && joined).then(|| (Number::from(i64::from(tens) + i64::from(ones)), k + 1))
    }

    /// Puts out an ordinal.
    pub(super) fn ordinal(&mut self, i: usize) -> Option<usize> {
        let (place, end) = self.ordinal_at(i)?;
        if i < self.floor {
            return None;
        }
        let words = !self.is_digits(i);
        // "Second" and "first" are adverbs and nouns as well; only an adjective tells a place.
        if words && matches!(self.upos(i), Some(Upos::ADV | Upos::VERB | Upos::PROPN)) {
            return None;
        }
        let quantity = Quantity {
            kind: Kind::Ordinal,
            numbers: vec![place],
            bound: Bound::Exact,
            stated: Interval::exactly(place),
            step: Number::ONE,
            unit: None,
            per: None,
            difference: false,
        };
        let form = Form { words, ..Form::default() };
        Some(self.push(quantity, form, i..end, i..end, None))
    }

    /// "Doubled", "twice as many", "sixfold", "halved".
    pub(super) fn factor(&mut self, i: usize) -> Option<usize> {
        let (value, verb) = self.word(i).factor?;
        let mut first = i;
        if i > self.floor && self.has(i - 1, role::ARTICLE) {
            first = i - 1;
        }
        if !verb && self.raw(i).len() < 7 {
            // Twice and double are factors of what follows: "twice as many", "double the number"; or of a verb before.
            // "Twice as high", not "scored twice as time ran out".
            let described = matches!(self.upos(i + 2), Some(Upos::ADJ | Upos::ADV));
            let than = self.raw(i + 1) != "as" || described && self.at(i + 2).is_some_and(|a| !a.capital);
            let follows = (self.has(i + 1, role::FACTOR_AFTER) && than) || self.has(i + 1, role::POSSESSIVE);
            let is_verb = self.upos(i) == Some(Upos::VERB);
            let unit = self.numeral(i + 1).is_some();
            if !(follows || (is_verb && !unit)) {
                return None;
            }
        }
        if verb && !(self.upos(i) == Some(Upos::VERB) || self.raw(i).ends_with("ing")) {
            return None;
        }
        let number = Numeral::new(i, i + 1, value, Number::ONE);
        let reading = self.factor_reading(first.max(self.floor), number, i + 1);
        let form = Form { words: true, factor: true, change: verb, ..Form::default() };
        Some(self.put(&reading, &[value], None, form))
    }

    pub(super) fn factor_reading(&self, first: usize, number: Numeral, end: usize) -> Reading {
        Reading {
            first,
            end,
            value: number.value,
            step: number.step,
            measure: Some(self.lexicon.ratio),
            sign: false,
            hyphened: false,
            number,
        }
    }

    /// Ratios of two numbers, and numbers that are factors: "one in five", "9 out of 10", "12-fold", "three times as many".
    pub(super) fn ratio(&mut self, reading: &Reading) -> Option<usize> {
        if reading.measure.is_some() || reading.sign {
            return None;
        }
        let form = reading.form();
        let end = reading.end;
        let after = self.over_hyphen(end);
        // 12-fold, three fold, 1.5x.
        if self.has(after, role::FOLD) || (self.raw(after) == "x" && self.glued(after) && after == end) {
            let factor = self.factor_reading(reading.first, reading.number, after + 1);
            return Some(self.put(&factor, &[reading.value], None, Form { factor: true, ..form }));
        }
        if self.has(after, role::TIMES) && self.raw(after).len() > 1 {
            if self.factor_behind(after) {
                let factor = self.factor_reading(reading.first, reading.number, after + 1);
                return Some(self.put(&factor, &[reading.value], None, Form { factor: true, ..form }));
            }
            return None;
        }
        if reading.hyphened && !self.mark(end, "-") || reading.number.scale > Number::from(100) {
            return None;
        }
        let (at, sure) = self.out_of(after)?;
        let second = self.numeral(at)?;
        let (a, b) = (reading.value, second.value);
        if !a.is_integer() || !b.is_integer() || a >= b || !a_positive(a) || second.share {
            return None;
        }
        let mut finish = second.end;
        // "In 2019", "in three days" tell when; "in 10" of a round number or a small one tells a share.
        if !sure {
            let raw = self.raw(at);
            let year = self.is_digits(at) && raw.len() == 4 && !raw.contains(',') && !raw.ends_with("00");
            let shape = b == Number::from(10)
                || (b <= Number::from(20) && (reading.number.words || a <= Number::from(10)))
                || (a == Number::ONE || whole_step(b) >= Number::from(10) && a < Number::from(100));
            if year || !shape || self.unit(second.end, self.is_digits(second.end - 1)).is_some() {
                return None;
            }
        }
        if self.mark(finish, "-") && self.glued(finish) {
            finish = second.end;
        }
        let value = a / b;
        let number =
            Numeral { end: second.end, value, step: Number::ZERO, share: true, plain: false, ..reading.number };
        let whole = Reading {
            first: reading.first,
            end: finish,
            value,
            step: Number::ZERO,
            measure: Some(self.lexicon.ratio),
            sign: false,
            hyphened: false,
            number,
        };
        Some(self.put(&whole, &[value], None, form))
    }

    /// Whether "times" stands here and makes the number before it a factor: "times more", "times as many".
    pub(super) fn factor_behind(&self, i: usize) -> bool {
        let comparative = self.token(i + 1).is_some_and(|t| matches!(t.xpos, "JJR" | "RBR"));
        self.has(i, role::TIMES) && self.is_letters(i) && (self.has(i + 1, role::FACTOR_AFTER) || comparative)
    }

    /// "In", "out of", "of every" or "in every" between the parts of a ratio: the atom after, and whether it is sure.
    fn out_of(&self, i: usize) -> Option<(usize, bool)> {
        if self.has(i, role::OUT) && self.has(self.over_hyphen(i + 1), role::OF) {
            let k = self.over_hyphen(self.over_hyphen(i + 1) + 1);
            return Some((if self.has(k, role::EVERY) { k + 1 } else { k }, true));
        }
        if self.has(i, role::IN | role::OF) {
            let k = self.over_hyphen(i + 1);
            if self.has(k, role::EVERY) {
                return Some((k + 1, true));
            }
            if self.has(i, role::IN) {
                return Some((k, false));
            }
        }
        None
    }

    /// "Dozens of", "several", "a few hundred".
    pub(super) fn vague(&mut self, i: usize) -> Option<usize> {
        let mut start = i;
        let mut found = None;
        if i > self.floor && self.has(i - 1, role::ARTICLE) {
            found = self.longest(&self.lexicon.hazy, i - 1);
            start = i - 1;
        }
        if found.is_none_or(|(_, end)| end <= i) {
            start = i;
            found = self.longest(&self.lexicon.hazy, i);
        }
        let (hazy, mut end) = found?;
        if start > 1 && self.mark(start - 1, "-") && self.glued(start) && self.word(start - 2).numeric.is_some() {
            return None;
        }
        let (mut low, mut high, mut number) = (hazy.low, hazy.high, hazy.number);
        let mut step = Number::ONE;
        let scale = match self.word(end).numeric {
            Some(Numeric::Scale(scale)) => Some((scale, end + 1)),
            // "Many thousands", "several dozens": the plural is a vague number of its own.
            _ => None,
        };
        if let Some((scale, after)) = scale {
            (low, high) = (low * scale, high.map(|h| h * scale));
            number = None;
            step = scale;
            end = after;
            // "Several hundred thousand".
            if let Some(Numeric::Scale(more)) = self.word(end).numeric {
                (low, high) = (low * more, high.map(|h| h * more));
                step = step * more;
                end += 1;
            }
        } else if hazy.scaled && !(start < i && (self.is_plural(end) || self.unit(end, false).is_some())) {
            // "A few people" is a figure; "few people" and "many people" are not.
            return None;
        }
        let counted = self.is_noun(end)
            || matches!(self.upos(end), Some(Upos::ADJ))
            || self.has(end - 1, role::OF)
            || self.has(end, role::OF);
        if hazy.noun_only && !(self.has(end - 1, role::OF) || self.is_plural(end)) {
            return None;
        }
        let number_end = end;
        let mut form = Form { words: true, article: self.has(start, role::ARTICLE), ..Form::default() };
        let sign = self.sign(start);
        let unit = self.unit(end, false).filter(|_| counted || self.unit(end, false).is_some());
        let (mut kind, mut measured) = (Kind::Count, None);
        if let Some((m, _)) = sign {
            measured = Some(m);
        } else if let Some(found) = unit {
            measured = Some(found.measure);
            form.attributive = found.hyphened;
            end = found.end;
        }
        if let Some(known) = measured.and_then(|m| self.measure(m)) {
            kind = known.kind;
        }
        let mut first = sign.map_or(start, |(_, at)| at);
        if let Some((_, at)) = self.limit_before(first, kind) {
            first = at;
        }
        let numbers: Vec<Number> = number.into_iter().collect();
        let stated = Interval {
            low: Some(End { value: low, closed: true }),
            high: high.map(|value| End { value, closed: true }),
        };
        let quantity = Quantity {
            kind,
            numbers,
            bound: Bound::Vague,
            stated,
            step,
            unit: measured.and_then(|m| self.unit_of(m)),
            per: None,
            difference: false,
        };
        Some(self.push(quantity, form, first..end, start..number_end, None))
    }

    /// "An hour", "a mile" behind a bound: the article is the number.
    pub(super) fn article_unit(&mut self, i: usize) -> Option<usize> {
        if i <= self.floor || !self.has(i - 1, role::ARTICLE) {
            // "Hour-and-15-minute", "hour-long" have no number at all.
            return self.bare_unit(i);
        }
        let (measure, end) = self.named(i)?;
        let kind = self.kind_of(measure)?;
        let number = Numeral { article: true, ..Numeral::new(i - 1, i, Number::ONE, Number::ONE) };
        let mut reading = Reading {
            first: i - 1,
            end,
            value: Number::ONE,
            step: Number::ONE,
            measure: Some(measure),
            sign: false,
            hyphened: false,
            number,
        };
        self.compound(&mut reading);
        let long = ["10.a", "100.a"].iter().any(|code| self.lexicon.by_code(code) == Some(measure));
        let bounded = self.limit_before(i - 1, kind).is_some()
            || (kind == Kind::Duration
                && self.before(i - 1, role::PERIOD_BEFORE)
                && !self.has(end, role::NO_RATE_BEFORE))
            // "A decade ago" is a figure, as "ten years ago" is.
            || long && self.has(end, role::NO_RATE_BEFORE);
        if reading.end == end && !bounded {
            return None;
        }
        let form = reading.form();
        Some(self.put(&reading, &[reading.value], None, form))
    }

    fn bare_unit(&mut self, i: usize) -> Option<usize> {
        let (measure, end) = self.named(i)?;
        if end != i + 1 || !self.mark(end, "-") || !self.has(end + 1, role::AND) {
            return None;
        }
        let number = Numeral { article: true, ..Numeral::new(i, i + 1, Number::ONE, Number::ONE) };
        let mut reading = Reading {
            first: i,
            end,
            value: Number::ONE,
            step: Number::ONE,
            measure: Some(measure),
            sign: false,
            hyphened: true,
            number,
        };
        self.compound(&mut reading);
        if reading.end == end {
            return None;
        }
        let form = reading.form();
        Some(self.put(&reading, &[reading.value], None, form))
    }
}

fn a_positive(a: Number) -> bool {
    a > Number::ZERO
}
