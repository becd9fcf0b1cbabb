//! Ages: "44-year-old", "aged 12", a number between commas behind a name, "in her 50s".

use super::measure::Reading;
use super::numeral::Numeral;
use super::roles as role;
use super::scan::{Scan, stated};
use super::{Bound, Form, Interval, Kind, Number, Quantity};
use crate::text::Upos;

impl Scan<'_> {
    /// An age: "44-year-old", "aged 12", "Amy, nine, and", "in her 50s", "the over-65s".
    pub(super) fn age(&mut self, reading: &Reading) -> Option<usize> {
        if reading.sign {
            return None;
        }
        let end = reading.number.end;
        let years = self.lexicon.by_code("a")?;
        let human = reading.value.is_integer() && reading.value <= Number::from(self.lexicon.oldest);
        if self.raw(end) == "s" && self.glued(end) && self.is_digits(end - 1) && human {
            return self.ages_by_tens(reading, years);
        }
        if let Some(measure) = reading.measure {
            return self.age_by_unit(reading, measure);
        }
        if reading.number.share || !human {
            return None;
        }
        if self.has(end, role::YEARS_OLD) {
            return Some(self.put_age(reading, years, end + 1));
        }
        let i = reading.first;
        let mut before = self.limit_before(i, Kind::Age).map_or(i, |(_, start)| start);
        if self.before(before, role::SKIP) && before > self.floor + 1 && self.has(before - 2, role::AGED) {
            before -= 1;
        }
        let aged = self.before(before, role::AGED)
            || (self.before(before, role::OF | role::BETWEEN | role::FROM)
                && before > 1
                && before - 1 > self.floor
                && self.has(before - 2, role::AGED));
        let person_of = self.before(i, role::OF)
            && i > self.floor + 1
            && self.has(i - 2, role::PERSON)
            && reading.value >= Number::from(1)
            && self.token(i - 2).is_none_or(|t| t.xpos != "NNS")
            && (self.ends_clause(end) || !self.is_noun(end));
        if self.at_age(reading) {
            return Some(self.put_age(reading, years, end));
        }
        if aged || person_of {
            if self.is_noun(end) && !aged {
                return None;
            }
            if aged && let Some(last) = self.age_range(reading, years) {
                return Some(last);
            }
            return Some(self.put_age(reading, years, reading.end.min(end)));
        }
        if self.between_commas(reading) {
            return Some(self.put_age(reading, years, end));
        }
        None
    }

    /// "Dead at 69", "At 35, she is": a bare number behind "at" and a word of dying, or before a person.
    fn at_age(&self, reading: &Reading) -> bool {
        let (i, end) = (reading.first, reading.number.end);
        let bare = reading.number.plain && reading.value >= Number::ONE && reading.end == end;
        if !bare || !self.before(i, role::AT) {
            return false;
        }
        if i == 1 {
            return self.mark(end, ",")
                && self.upos(end + 1) == Some(Upos::PRON)
                && self.has(end + 1, role::PERSON_FOR);
        }
        let ends = self.ends_clause(end) || !self.is_letters(end) || self.has(end, role::NAME_NEXT);
        ends && !self.mark(end, ":") && i >= self.floor + 2 && self.has(i - 2, role::DYING)
    }

    fn age_by_unit(&mut self, reading: &Reading, measure: usize) -> Option<usize> {
        if self.kind_of(measure) != Some(Kind::Duration) {
            return None;
        }
        let j = self.over_hyphen(reading.end);
        let old = self.has(j, role::OLD);
        let of_age = self.has(reading.end, role::OF) && self.has(reading.end + 1, role::OF_AGE);
        if !old && !of_age {
            return None;
        }
        let end = if old { j + 1 } else { reading.end + 2 };
        let mut whole = reading.clone();
        whole.hyphened = j > reading.end;
        Some(self.put_age(&whole, measure, end))
    }

    fn put_age(&mut self, reading: &Reading, unit: usize, end: usize) -> usize {
        let limit = self.limit_before(reading.first, Kind::Age);
        let first = limit.map_or(reading.first, |(_, at)| at);
        let behind = if limit.is_none() { self.limit_after(end) } else { None };
        let rule = limit.or(behind).map(|(l, _)| l).and_then(|l| self.limit(l));
        let (bound, interval) = stated(rule, reading.value, reading.value);
        let quantity = Quantity {
            kind: Kind::Age,
            numbers: vec![reading.value],
            bound,
            stated: interval,
            step: Number::ONE,
            unit: self.unit_of(unit),
            per: None,
            difference: false,
        };
        let form = reading.form();
        let end = behind.map_or(end, |(_, after)| after);
        self.push(quantity, form, first..end, reading.number.start..reading.number.end, None)
    }

    /// Aged 21-45, aged between 18 and 24.
    fn age_range(&mut self, reading: &Reading, years: usize) -> Option<usize> {
        let j = reading.number.end;
        let joins = (self.mark(j, "-") && self.glued(j + 1))
            || self.has(j, role::TO)
            || (self.has(j, role::AND) && self.before(reading.first, role::BETWEEN));
        if !joins {
            return None;
        }
        let second = self.numeral(j + 1)?;
        let between = self.before(reading.first, role::BETWEEN);
        if second.value == reading.value
            || (second.value < reading.value && !between)
            || second.value > Number::from(self.lexicon.oldest)
        {
            return None;
        }
        let mut whole = reading.clone();
        whole.measure = Some(years);
        whole.end = second.end;
        whole.number.end = second.end;
        let form = Form { bare: false, between, ..whole.form() };
        let numbers = [reading.value, second.value];
        let last = self.put(&whole, &numbers, None, form);
        if let Some(figure) = self.out.last_mut() {
            figure.quantity.kind = Kind::Age;
        }
        Some(last)
    }

    /// In her 50s; the over-65s, under-18s.
    fn ages_by_tens(&mut self, reading: &Reading, years: usize) -> Option<usize> {
        let i = reading.first;
        let end = reading.number.end + 1;
        let hyphen = usize::from(i > self.floor && self.mark(i - 1, "-") && self.glued(i));
        let p = i.checked_sub(1 + hyphen)?;
        let (over, under) = (self.has(p, role::OVER), self.has(p, role::UNDER));
        if p >= self.floor && (over || under) {
            let interval =
                if over { Interval::above(reading.value, false) } else { Interval::below(reading.value, false) };
            let bound = if over { Bound::MoreThan } else { Bound::LessThan };
            return Some(self.push_ages(vec![reading.value], bound, interval, years, p..end, reading));
        }
        let ten = Number::from(10);
        // "In her 70s or 80s", "the 70s or 80s": the second is what the first is.
        let joined = i == self.floor + 1 && self.has(self.floor, role::OR | role::AND | role::TO);
        let first = self.out.last().filter(|_| joined).map(|f| (f.quantity.kind, f.quantity.step));
        let last = reading.value + Number::from(9);
        match first {
            Some((Kind::Age, _)) => {
                let (numbers, stated) = (vec![reading.value, last], Interval::closed(reading.value, last));
                return Some(self.push_ages(numbers, Bound::Range, stated, years, i..end, reading));
            }
            Some((Kind::Date, step)) if step == ten => {
                return Some(self.push_decade(Number::from(1900) + reading.value, i..end));
            }
            _ => {}
        }
        // "Mid-90s", "the late 60s" are decades; a person's are "her late 60s". Without an owner tens are seconds only
        // behind a word like "in", and else nothing that can be told.
        let early = self.has(p, role::EARLY_LATE) && p > 0;
        let owner = self.has(p, role::POSSESSIVE) || (early && self.has(p - 1, role::POSSESSIVE));
        let tens = (reading.value / ten).is_integer() && reading.value >= ten;
        if !(tens && owner) {
            return (tens && !self.before(i, role::TOOK)).then_some(end);
        }
        Some(self.push_ages(
            vec![reading.value, last],
            Bound::Range,
            Interval::closed(reading.value, last),
            years,
            i..end,
            reading,
        ))
    }

    fn push_ages(
        &mut self,
        numbers: Vec<Number>,
        bound: Bound,
        stated: Interval,
        years: usize,
        atoms: std::ops::Range<usize>,
        reading: &Reading,
    ) -> usize {
        let quantity = Quantity {
            kind: Kind::Age,
            numbers,
            bound,
            stated,
            step: Number::ONE,
            unit: self.unit_of(years),
            per: None,
            difference: false,
        };
        let number = reading.number.start..reading.number.end;
        self.push(quantity, reading.form(), atoms, number, None)
    }

    /// "In her thirties".
    pub(super) fn decade_in_words(&mut self, i: usize) -> Option<usize> {
        let decade = self.word(i).decade;
        if decade == 0 || i <= self.floor {
            return None;
        }
        let p = i - 1;
        let q = if self.has(p, role::EARLY_LATE) || self.mark(p, "-") { p.saturating_sub(1) } else { p };
        let owner = self.has(q, role::POSSESSIVE) || (q > 0 && self.has(q - 1, role::POSSESSIVE) && q < p);
        let low = Number::from(i64::from(decade));
        if owner {
            let years = self.lexicon.by_code("a")?;
            let last = low + Number::from(9);
            let number = Numeral::new(i, i + 1, low, Number::from(10));
            let mut reading = self.factor_reading(i, number, i + 1);
            reading.measure = None;
            return Some(self.push_ages(
                vec![low, last],
                Bound::Range,
                Interval::closed(low, last),
                years,
                i..i + 1,
                &reading,
            ));
        }
        let start = Number::from(1900) + low;
        Some(self.push_decade(start, i..i + 1))
    }

    /// "Blessing Okafor, 34, a nurse", "Amy, nine, and", "John Smith (34)".
    fn between_commas(&self, reading: &Reading) -> bool {
        let (i, end) = (reading.first, reading.number.end);
        let one = reading.number.words && reading.value == Number::ONE;
        if i < self.floor + 2
            || one
            || reading.value < Number::ONE
            || reading.end != end
            || self.has(end, role::OF) && reading.number.words
        {
            return false;
        }
        let open = i - 1;
        let bracket = self.mark(open, "(");
        if !(self.mark(open, ",") || bracket) {
            return false;
        }
        let name = open - 1;
        let person = !bracket && self.has(name, role::PERSON) && !self.is_plural(name);
        let named = person
            || self.at(name).is_some_and(|a| a.capital)
                && self.is_letters(name)
                && self.upos(name) == Some(Upos::PROPN)
                && self.word(name).month == 0
                && self.word(name).weekday == 0;
        if !named {
            return false;
        }
        if bracket {
            return self.mark(end, ")")
                && self.at(name).is_some_and(|_| name > 0 && self.at(name - 1).is_some_and(|a| a.capital));
        }
        self.at(end).is_none()
            || self.has(end, role::NAME_NEXT)
            || matches!(self.raw(end), "," | "." | ";" | ")" | ":" | "-" | "–" | "—")
    }
}
