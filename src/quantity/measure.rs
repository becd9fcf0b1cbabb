//! Numbers with their signs, currencies and units, and compounds of several.

use super::lexicon::Numeric;
use super::numeral::Numeral;
use super::roles as role;
use super::scan::Scan;
use super::units::Found;
use super::{Form, Kind, Number};

/// A number with its sign, currency and unit.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    /// The first atom of the sign, the currency or the number.
    pub(super) first: usize,
    pub(super) number: Numeral,
    /// The atom after the unit.
    pub(super) end: usize,
    pub(super) value: Number,
    pub(super) step: Number,
    pub(super) measure: Option<usize>,
    /// The currency stands before the number.
    pub(super) sign: bool,
    pub(super) hyphened: bool,
}

impl Reading {
    /// How it is written.
    pub(super) fn form(&self) -> Form {
        Form {
            attributive: self.hyphened,
            words: self.number.words,
            article: self.number.article,
            bare: self.measure.is_none() && self.number.plain,
            ..Form::default()
        }
    }

    pub(super) fn plain_count(&self) -> bool {
        self.measure.is_none() && self.number.plain
    }
}

impl Scan<'_> {
    /// The number that begins at an atom, with what belongs to it.
    pub(super) fn reading(&self, i: usize) -> Option<Reading> {
        self.numeral(i).map(|number| self.dress(number))
    }

    /// A number, and the sign, currency and unit around it.
    pub(super) fn dress(&self, mut number: Numeral) -> Reading {
        let i = number.start;
        let mut first = i;
        let sign = self.sign(i);
        if let Some((_, at)) = sign {
            first = at;
        }
        let digits = self.is_digits(number.end - 1);
        let found = self.suffix_or_unit(&mut number, sign.is_some(), digits).or_else(|| self.bracketed(number.end));
        let mut end = number.end;
        let mut measure = sign.map(|(m, _)| m);
        let mut hyphened = false;
        if let Some(found) = found {
            let minor = self.is_money(found.measure);
            if measure.is_none() {
                measure = Some(found.measure);
                end = found.end;
                hyphened = found.hyphened;
                // 75 USD million.
                if minor
                    && number.scale == Number::ONE
                    && let Some(Numeric::Scale(scale)) = self.word(end).numeric
                {
                    number.value = number.value * scale;
                    number.step = number.step * scale;
                    number.scale = scale;
                    number.plain = false;
                    end += 1;
                }
            } else if minor && self.same_money(measure, found.measure) {
                // "£5 pounds", "US$5 USD" say it twice.
                end = found.end;
            }
        }
        // "$75 U.S.", "$20 Canadian".
        if sign.is_some()
            && let Some((named, after)) = self.longest(&self.lexicon.nationalities, end)
        {
            measure = Some(named);
            end = after;
        }
        if measure.is_none() {
            // "52-country", "three-course".
            hyphened = self.mark(end, "-") && self.glued(end) && self.glued(end + 1) && self.is_letters(end + 1);
        }
        // 12 by 15 feet: the sides of one thing have one unit.
        if measure.is_none() && !hyphened {
            measure = self.side(end);
        }
        // Magnitude 6.2.
        if measure.is_none()
            && let Some((named, at)) = self.longest_before(&self.lexicon.unit_names_before, first)
        {
            measure = Some(named);
            first = at;
            hyphened = false;
        }
        let mut value = number.value;
        if let Some(at) = self.minus(first) {
            first = at;
            value = -value;
        }
        Reading { first, end, value, step: number.step, measure, sign: sign.is_some(), hyphened, number }
    }

    /// 20 (kg), as tables and labels have it: a unit alone in brackets.
    fn bracketed(&self, i: usize) -> Option<Found> {
        if !(self.mark(i, "(") || self.mark(i, "[")) {
            return None;
        }
        let (measure, end) = self.named(i + 1)?;
        let closed = self.mark(end, ")") || self.mark(end, "]");
        closed.then_some(Found { measure, end: end + 1, hyphened: false })
    }

    /// The unit of the side that "by" joins to a bare number.
    fn side(&self, i: usize) -> Option<usize> {
        if !self.has(i, role::BY) {
            return None;
        }
        let mut k = i;
        // Length by breadth by height.
        while self.has(k, role::BY) && self.is_digits(k + 1) && k < i + 4 {
            k += 2;
        }
        let unit = self.unit(k, true).filter(|_| k > i)?.measure;
        (self.kind_of(unit) == Some(Kind::Length)).then_some(unit)
    }

    fn same_money(&self, a: Option<usize>, b: usize) -> bool {
        let dimension = |i: usize| self.measure(i).map(|m| &m.unit.dimension);
        a.is_some_and(|a| dimension(a) == dimension(b))
    }

    /// The first atom of a minus before a number.
    fn minus(&self, first: usize) -> Option<usize> {
        if first <= self.floor {
            return None;
        }
        let p = first - 1;
        if self.has(p, role::MINUS) {
            return Some(p);
        }
        // Minus-1.4.
        if self.mark(p, "-") && self.glued(p) && self.glued(first) && p > self.floor && self.has(p - 1, role::MINUS) {
            return Some(p - 1);
        }
        // A dash glued to the number with a space, a bracket or nothing before it.
        let alone = p == 0 || !self.glued(p) || matches!(self.raw(p - 1), "(" | "[");
        (self.mark(p, "-") && self.glued(first) && alone && !matches!(self.raw(p), "—")).then_some(p)
    }

    /// Letters behind the digits that multiply them ("1.2m"), and the unit behind those.
    fn suffix_or_unit(&self, number: &mut Numeral, money: bool, digits: bool) -> Option<Found> {
        let j = number.end;
        let unit = self.unit(j, digits);
        if !digits || !self.glued(j) || !self.is_letters(j) || number.scale != Number::ONE {
            return unit;
        }
        let Some((scale, only_money)) = self.lexicon.suffix(self.raw(j)) else { return unit };
        let multiplies = if money {
            true
        } else if only_money {
            false
        } else {
            match unit {
                None => !self.has(j + 1, role::KILOMETRES_AFTER) || self.raw(j) == "bn",
                Some(found) if found.end > j + 1 => false,
                Some(_) => self.millions_not_metres(j, number),
            }
        };
        if !multiplies {
            if unit.is_none() && self.raw(j) == "k" {
                // A 10k race is ten kilometres.
                return self.lexicon.by_code("km").map(|measure| Found { measure, end: j + 1, hyphened: false });
            }
            return unit;
        }
        number.value = number.value * scale;
        number.step = number.step * scale;
        number.scale = scale;
        number.plain = false;
        number.end = j + 1;
        self.unit(j + 1, false)
    }

    /// Whether the m behind a number is for million. It is before a unit and before a noun in the plural, metres before
    /// a word like "high" or "race" and before a noun in the singular, and million in the end.
    fn millions_not_metres(&self, j: usize, number: &Numeral) -> bool {
        let next = self.over_hyphen(j + 1);
        if self.unit(j + 1, false).is_some() {
            return true;
        }
        // "1,100ft (335m)", "335m (1,100ft)": what stands beside a length is one.
        let beside = self.mark(j + 1, "(")
            && self
                .numeral(j + 2)
                .is_some_and(|n| self.unit(n.end, true).is_some_and(|u| self.kind_of(u.measure) == Some(Kind::Length)));
        let bracketed = number.start == self.floor + 1
            && self.mark(self.floor, "(")
            && self.out.last().is_some_and(|f| f.quantity.kind == Kind::Length);
        if beside || bracketed {
            return false;
        }
        // 1,500m is a race; so many millions would be billions.
        if number.value >= Number::from(1000) {
            return false;
        }
        if self.has(next, role::METRES_AFTER) || (number.start > 0 && self.has(number.start - 1, role::METRES_BEFORE)) {
            return false;
        }
        if self.is_plural(next) || self.has(next, role::PER_PEOPLE) {
            return true;
        }
        if self.is_noun(next) {
            // "1.2m Syrian refugees": the last noun of the phrase tells.
            let mut k = next;
            while self.is_noun(k + 1) && k < next + 4 {
                k += 1;
            }
            return self.is_plural(k);
        }
        if self.upos(next) == Some(crate::text::Upos::ADJ) {
            let mut k = next;
            while k < next + 3 && !self.is_noun(k) {
                k += 1;
            }
            return self.is_plural(k);
        }
        true
    }

    /// A reading behind a joining word, which may begin with a currency's sign or a bound of its own.
    pub(super) fn reading_after(&self, i: usize) -> Option<Reading> {
        let mut k = i;
        if let Some((_, end)) = self.longest(&self.lexicon.leading, k) {
            k = end;
        }
        if self.mark(k, "-") && self.glued(k + 1) && !self.glued(k) || self.has(k, role::MINUS) {
            k += 1;
        }
        k = self.over_sign(k);
        let reading = self.reading(k)?;
        (reading.first <= k && self.numeral_is_cardinal(&reading.number)).then_some(reading)
    }

    fn numeral_is_cardinal(&self, number: &Numeral) -> bool {
        !self.name_number(number.start) && self.ordinal_at(number.start).is_none()
    }

    /// Reads a number with all that belongs to it, and puts the figures out. Gives the atom to go on from.
    pub(super) fn measure_at(&mut self, i: usize) -> Option<usize> {
        let mut first = self.reading(i)?;
        if first.first < self.floor {
            return None;
        }
        if let Some(end) = self.age(&first) {
            return Some(end);
        }
        if let Some(end) = self.range(&first) {
            return Some(end);
        }
        if let Some(end) = self.ratio(&first) {
            return Some(end);
        }
        self.compound(&mut first);
        if !self.counts(&first) {
            return Some(first.number.end);
        }
        let form = first.form();
        let bound = None;
        Some(self.put(&first, &[first.value], bound, form))
    }

    /// More parts of the same measure: "6ft 3in", "two hours and six minutes", "an hour and a half".
    pub(super) fn compound(&self, first: &mut Reading) {
        for _ in 0..4 {
            let Some(measure) = first.measure else { return };
            let Some(known) = self.measure(measure) else { return };
            if known.parts.is_empty() {
                return;
            }
            // A year and a half.
            if known.kind == Kind::Duration
                && let Some((part, end)) = self.tail_fraction(first.end)
                && first.value.is_integer()
            {
                first.value = first.value + part;
                first.step = part;
                first.end = end;
                return;
            }
            if known.kind == Kind::Money && self.hundredths(first) {
                return;
            }
            let mut j = first.end;
            if self.mark(j, ",") && known.kind == Kind::Duration {
                j += 1;
            }
            j = self.over_hyphen(j);
            if self.has(j, role::AND) {
                j = self.over_hyphen(j + 1);
            }
            let next =
                self.numeral(j).and_then(|n| self.part(n, known.kind == Kind::Money, known.parts.first().copied()));
            let Some((next, part)) = next.and_then(|n| n.measure.map(|m| (n, m))) else {
                self.bare_inches(first);
                return;
            };
            if !known.parts.contains(&part) {
                return;
            }
            let Some(smaller) = self.measure(part) else { return };
            let ratio = known.unit.factor / smaller.unit.factor;
            if next.value >= ratio || next.value.is_negative() || !first.value.is_integer() {
                return;
            }
            if known.kind == Kind::Money {
                first.value = first.value + next.value / ratio;
                first.step = next.step / ratio;
                first.end = next.end;
                return;
            }
            first.value = first.value * ratio + next.value;
            first.step = next.step;
            first.measure = Some(part);
            first.end = next.end;
        }
    }

    /// "15 dollars 50": two digits at the end of a clause are hundredths.
    fn hundredths(&self, first: &mut Reading) -> bool {
        let j = first.end;
        let two = self.is_digits(j) && self.raw(j).len() == 2 && !self.glued(j) && self.ends_clause(j + 1);
        let whole = !first.sign && first.number.plain && first.value.is_integer() && two && !self.glued(j + 2);
        let Some((value, 0)) = super::numeral::digits(self.raw(j)).filter(|_| whole) else { return false };
        first.value = first.value + value / Number::from(100);
        first.step = Number::ratio(1, 100);
        first.end = j + 1;
        true
    }

    fn part(&self, number: Numeral, money: bool, inch: Option<usize>) -> Option<Reading> {
        let digits = self.is_digits(number.end - 1);
        // "5 ft 2 in": the bare "in" is a unit behind feet only.
        let mut letters = None;
        if digits && self.raw(number.end) == "in" && inch == self.lexicon.by_code("[in_i]") {
            letters = inch;
        }
        // "£3 10s": shillings are read behind pounds only; elsewhere the s is for seconds.
        if money && digits && self.glued(number.end) && self.raw(number.end) == "s" {
            letters = self.lexicon.by_code("{GBP/20}");
        }
        if let Some(measure) = letters {
            return Some(Reading {
                first: number.start,
                end: number.end + 1,
                value: number.value,
                step: number.step,
                measure: Some(measure),
                sign: false,
                hyphened: false,
                number,
            });
        }
        Some(self.dress(number)).filter(|r| !r.sign)
    }

    /// 5ft 11 and 5'11": inches by their place or their mark.
    fn bare_inches(&self, first: &mut Reading) {
        let (Some(inch), Some(measure)) = (self.lexicon.by_code("[in_i]"), first.measure) else { return };
        let feet = self.measure(measure).is_some_and(|m| m.parts.first() == Some(&inch));
        if !feet || !self.is_digits(first.end) || !first.value.is_integer() {
            return;
        }
        let Some((value, _)) = super::numeral::digits(self.raw(first.end)) else { return };
        let marked = matches!(self.raw(first.end + 1), "\"" | "”" | "″") && self.glued(first.end + 1);
        let bare = !self.is_letters(first.end + 1) || self.glued(first.end);
        if value >= Number::from(12) || !(marked || bare) {
            return;
        }
        first.value = first.value * Number::from(12) + value;
        first.step = Number::ONE;
        first.measure = Some(inch);
        first.end += 1 + usize::from(marked);
    }
}
