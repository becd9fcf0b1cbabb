//! Numbers with their units: one reading, two joined to a range, several to a compound.

use std::sync::Arc;

use super::atoms::Class;
use super::numeral::Numeral;
use super::roles as role;
use super::scan::{Found, Scan, stated};
use super::{Bound, Figure, Form, Interval, Kind, Number, Quantity, Unit};

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

/// How two readings are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Join {
    Hyphen,
    To,
    And,
    Or,
}

impl Reading {
    pub(super) fn plain_count(&self) -> bool {
        self.measure.is_none() && self.number.plain
    }
}

impl Scan<'_> {
    /// The number that begins at an atom, with what belongs to it.
    pub(super) fn reading(&self, i: usize) -> Option<Reading> {
        let number = self.numeral(i)?;
        self.dress(number)
    }

    /// A number, and the sign, currency and unit around it.
    pub(super) fn dress(&self, mut number: Numeral) -> Option<Reading> {
        let i = number.start;
        let mut first = i;
        let sign = self.sign(i);
        if let Some((_, at)) = sign {
            first = at;
        }
        let digits = self.is_digits(number.end - 1);
        let found = self.suffix_or_unit(&mut number, sign.is_some(), digits);
        let mut end = number.end;
        let mut measure = sign.map(|(m, _)| m);
        let mut hyphened = false;
        if let Some(found) = found {
            let minor = self.is_money(found.measure);
            if measure.is_none() {
                measure = Some(found.measure);
                end = found.end;
                hyphened = found.hyphened;
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
        let mut value = number.value;
        if let Some(at) = self.minus(first) {
            first = at;
            value = -value;
        }
        Some(Reading { first, end, value, step: number.step, measure, sign: sign.is_some(), hyphened, number })
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
    fn reading_after(&self, i: usize) -> Option<Reading> {
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
        let form = self.form(&first);
        let bound = None;
        Some(self.put(&first, &[first.value], bound, form))
    }

    /// How a reading is written.
    pub(super) fn form(&self, reading: &Reading) -> Form {
        Form {
            attributive: reading.hyphened,
            words: reading.number.words,
            article: reading.number.article,
            bare: reading.measure.is_none() && reading.number.plain,
            ..Form::default()
        }
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
        self.dress(number).filter(|r| !r.sign)
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

    /// Two numbers of one range, or of one change.
    fn range(&mut self, first: &Reading) -> Option<usize> {
        let mut first = first.clone();
        let first = &mut first;
        let from_at = self.opener(first.first, role::FROM);
        let between_at = self.opener(first.first, role::BETWEEN);
        let (from, between) = (from_at.is_some(), between_at.is_some());
        // 120/80, and 7/5 in a tie-break.
        let j = first.end;
        if first.plain_count() && self.mark(j, "/") && self.glued(j) && self.glued(j + 1) && self.is_digits(j + 1) {
            let second = self.reading(j + 1).filter(Reading::plain_count)?;
            return self.score(first, &second);
        }
        let mut per = None;
        let (join, at) = self.join(first, first.end, between).or_else(|| {
            // "From $75 a barrel to $45.88": the rate is the first one's and goes for both.
            let (unit, after) = self.per(first.end, first.sign)?;
            per = Some(unit);
            self.join(first, after, between)
        })?;
        let second = self.reading_after(at)?;
        let second_measured = second.measure.is_some();
        let mut shared = false;
        // One scale for both: "$26 to $31 million", but "$200 to $4 million" has two.
        if first.number.scale == Number::ONE && second.number.scale != Number::ONE && !first.number.share {
            let scaled = first.value * second.number.scale;
            let compatible = first.measure.is_none() || first.sign || first.measure == second.measure;
            if compatible
                && scaled <= second.value
                && first.value < Number::from(1000)
                && second.number.scale >= Number::from(100)
            {
                first.value = scaled;
                first.step = first.step * second.number.scale;
                shared = true;
            }
        }
        let measure = match (first.measure, second.measure) {
            (None, None) => None,
            (Some(a), Some(b)) => {
                if self.dimension_of(a) != self.dimension_of(b) {
                    return None;
                }
                if a != b {
                    // 800 m to 1.2 km: in the unit of the second.
                    let (x, y) = (self.measure(a)?, self.measure(b)?);
                    first.value = first.value * x.unit.factor / y.unit.factor;
                    first.step = first.step * x.unit.factor / y.unit.factor;
                }
                Some(b)
            }
            (None, Some(b)) => {
                // "rose 5 to 10%" shares; "12 to $4.8m" has its sign on the second alone.
                if second.sign && join != Join::And && !shared && !from {
                    return None;
                }
                shared = true;
                Some(b)
            }
            (Some(a), None) => {
                let open = first.sign || from || between;
                if !open || (self.kind_of(a) != Some(Kind::Money) && self.is_noun(second.end)) {
                    return None;
                }
                Some(a)
            }
        };
        let change = self.change_before(from_at.unwrap_or(first.first), from);
        let increasing = first.value < second.value;
        let counted = measure.is_some() || self.is_plural(self.over_hyphen(second.end)) || self.noun_within(second.end);
        match join {
            Join::Hyphen => {
                let bare = measure.is_none() && first.number.plain && second.number.plain;
                if bare && !from && !between && !(increasing && (counted || self.leads_range(first.first))) {
                    return self.score(first, &second);
                }
                if !increasing && measure.is_none() && !between {
                    return None;
                }
            }
            Join::To if !from => {
                // "rose 20 to 340", "fell 3 cents to 45 cents": by the first, to the second.
                // A range seldom gives its unit twice, so a verb further off is enough then.
                let both = first.measure.is_some() && second_measured;
                let change = change || (both && self.change_within(first.first, 8, role::CHANGE));
                let parted = change && !self.by_before(first.first) && first.measure.is_some() == second_measured;
                if parted || !increasing {
                    return None;
                }
            }
            Join::Or => {
                if !increasing || first.measure.is_some() || first.number.share {
                    return None;
                }
            }
            Join::To | Join::And => {}
        }
        let mut form = self.form(first);
        form.shared_scale = shared;
        form.between = between && join == Join::And;
        form.from_to = from && join == Join::To;
        form.attributive = second.hyphened;
        form.bare = false;
        first.measure = measure;
        if form.from_to && change {
            let mut second = second;
            second.measure = measure;
            first.end = first.end.min(at.saturating_sub(1)).max(first.number.end);
            let end = first.end;
            self.put(first, &[first.value], None, form);
            self.floor = end;
            let last = self.put(&second, &[second.value], None, form);
            if per.is_some()
                && let Some(figure) = self.out.last_mut().filter(|f| f.quantity.per.is_none())
            {
                figure.quantity.per = per;
                figure.quantity.kind = Kind::Rate;
            }
            return Some(last);
        }
        let opener = if form.from_to {
            from_at
        } else if form.between {
            between_at
        } else {
            None
        };
        let whole = Reading {
            first: opener.unwrap_or(first.first),
            end: second.end,
            step: if first.step < second.step { first.step } else { second.step },
            value: first.value,
            measure,
            sign: first.sign,
            hyphened: second.hyphened,
            number: Numeral { end: second.number.end, ..first.number },
        };
        let numbers = [first.value, second.value];
        Some(self.put(&whole, &numbers, None, form))
    }

    fn dimension_of(&self, measure: usize) -> Option<&str> {
        self.measure(measure).map(|m| m.unit.dimension.as_str())
    }

    /// A noun in the plural within the next few words, with nothing but what can stand before it between.
    fn noun_within(&self, i: usize) -> bool {
        use crate::text::Upos::{ADJ, NOUN, PROPN};
        let mut k = i;
        while k < i + 4 && self.is_letters(k) {
            if self.is_plural(k) {
                return true;
            }
            if !matches!(self.upos(k), Some(ADJ | NOUN | PROPN)) {
                return false;
            }
            k += 1;
        }
        false
    }

    /// The "from" or "between" before a reading, perhaps with a bound after it.
    fn opener(&self, first: usize, roles: role::Roles) -> Option<usize> {
        if self.before(first, roles) {
            return Some(first - 1);
        }
        let (_, start) = self.longest_before(&self.lexicon.before, first)?;
        self.before(start, roles).then(|| start - 1)
    }

    /// "By 1 to 1.5 degrees".
    fn by_before(&self, first: usize) -> bool {
        first > self.floor && self.raw(first - 1).eq_ignore_ascii_case("by")
    }

    /// What joins a reading to the next, and the atom after it.
    fn join(&self, first: &Reading, j: usize, between: bool) -> Option<(Join, usize)> {
        let glued = |i: usize| self.glued(i);
        if between && self.has(j, role::AND) {
            return Some((Join::And, j + 1));
        }
        if self.mark(j, "-") {
            // two- to three-day; two-to-three-day.
            if glued(j) && self.has(j + 1, role::TO) {
                let k = if self.mark(j + 2, "-") && glued(j + 2) { j + 3 } else { j + 2 };
                return Some((Join::To, k));
            }
            if glued(j) && self.has(j + 1, role::OR) {
                return Some((Join::Or, j + 2));
            }
            let numeric =
                self.is_digits(j + 1) || self.over_sign(j + 1) > j + 1 || self.at(j + 1).is_some_and(|a| a.word != 0);
            let digits = self.is_digits(first.number.end - 1) && self.is_digits(self.over_sign(j + 1));
            if numeric && glued(j) == glued(j + 1) && (glued(j) || digits) {
                return Some((Join::Hyphen, j + 1));
            }
            return None;
        }
        if self.has(j, role::TO) {
            return Some((Join::To, j + 1));
        }
        // "up to" and so on behind "from": "from 50 up to 65".
        if self.has(j, role::OR) {
            return Some((Join::Or, j + 1));
        }
        None
    }

    /// Whether a verb or noun of change governs a figure: it stands before it in the same clause, near it where no
    /// "from" makes things plain.
    pub(super) fn change_before(&self, first: usize, far: bool) -> bool {
        if far {
            return self.change_within(first, 14, role::CHANGE | role::CHANGE_FROM);
        }
        for k in (first.saturating_sub(3)..first).rev() {
            if self.has(k, role::CHANGE) {
                return true;
            }
            if self.is_noun(k) || !self.is_letters(k) {
                return false;
            }
        }
        false
    }

    /// Whether one of so many atoms before a figure, in its clause, is a word of change.
    fn change_within(&self, first: usize, reach: usize, words: role::Roles) -> bool {
        for k in (first.saturating_sub(reach)..first).rev() {
            if self.has(k, words) {
                return true;
            }
            if self.at(k).is_some_and(|a| a.class == Class::Mark) && matches!(self.raw(k), ";" | ":" | ".") {
                return false;
            }
        }
        false
    }

    /// Words before two hyphened numbers that make them a range: "aged 21-45", "about 10-12".
    fn leads_range(&self, first: usize) -> bool {
        self.before(first, role::AGED)
            || self.before(first, role::OF) && !self.before(first, role::SCORE_BEFORE)
            || self.longest_before(&self.lexicon.before, first).is_some()
    }

    /// A result: 3-1.
    fn score(&mut self, first: &Reading, second: &Reading) -> Option<usize> {
        let whole = Reading { end: second.end, hyphened: second.hyphened, ..first.clone() };
        let quantity = Quantity {
            kind: Kind::Score,
            numbers: vec![first.value, second.value],
            bound: Bound::Exact,
            stated: Interval::ALL,
            step: Number::ONE,
            unit: None,
            per: None,
            difference: false,
        };
        let form = self.form(&whole);
        Some(self.push(quantity, form, whole.first..second.end, first.number.start..second.number.end, None))
    }

    /// Puts a figure out with its bound, its rate and its kind. Gives the atom after it.
    pub(super) fn put(&mut self, reading: &Reading, numbers: &[Number], bound: Option<usize>, mut form: Form) -> usize {
        let known = reading.measure.and_then(|m| self.measure(m));
        let mut kind = known.map_or(Kind::Count, |m| m.kind);
        let mut unit = known.map(|m| Arc::clone(&m.unit));
        let mut per = known.and_then(|m| m.per).and_then(|p| self.unit_of(p));
        let mut end = reading.end;
        let mut share = false;
        if reading.measure.is_none() && reading.number.share && numbers.len() == 1 {
            kind = Kind::Ratio;
            unit = self.unit_of(self.lexicon.ratio);
            share = true;
        }
        // "More than a third of", "over 60% of": a share of a whole is no more than all of it.
        let share_of = kind == Kind::Ratio && self.has(end, role::OF);
        // The rate.
        let mut rated = end;
        if per.is_none() && !share {
            if let Some((unit, after)) = self.per(end, kind == Kind::Money) {
                per = Some(unit);
                rated = after;
                end = after;
            } else if kind == Kind::Count
                && let Some(unit) = self.rate_behind_noun(end)
            {
                per = Some(unit);
            }
        }
        if let (Some(of), Some(by)) = (&unit, &per) {
            // Miles and an hour are a speed.
            let code = compact_str::format_compact!("{}/{}", of.code, by.code);
            if let Some(speed) = self.lexicon.by_code(&code)
                && rated > reading.end
            {
                unit = self.unit_of(speed);
                kind = self.kind_of(speed).unwrap_or(kind);
                per = None;
            }
        }
        if per.is_some() {
            kind = Kind::Rate;
        }
        // 18 to 24-year-olds.
        let old = self.over_hyphen(end);
        if kind == Kind::Duration && per.is_none() && self.has(old, role::OLD) {
            kind = Kind::Age;
            end = old + 1;
        }
        let difference = kind == Kind::Temperature && self.is_difference(reading.first, end);
        // The bound.
        let mut first = reading.first;
        let mut limit = bound;
        if limit.is_none()
            && let Some((found, start)) = self.limit_before(first, kind)
        {
            limit = Some(found);
            first = start;
        }
        if limit.is_none() || self.limit(limit.unwrap_or(0)).is_some_and(|l| l.bound == Bound::About) {
            let behind = self.limit_after(reading.end).or_else(|| self.limit_behind_noun(end, form.attributive));
            if let Some((found, after)) = behind {
                limit = Some(found);
                if after <= reading.end + 4 {
                    end = end.max(after);
                }
                // "20-odd people", "60-plus" are not attributive.
                form.attributive = false;
                if reading.measure.is_none()
                    && let Some(found) = self.unit(end, false)
                {
                    // 50-odd miles, 60-plus years.
                    unit = self.unit_of(found.measure);
                    kind = self.kind_of(found.measure).unwrap_or(kind);
                    end = found.end;
                }
            }
        }
        if limit.is_none()
            && kind == Kind::Count
            && let Some((spreading, at)) = self.spreading
            && self.joined_by_and(at, reading.first)
        {
            limit = Some(spreading);
        }
        let mut ordered =
            [numbers.first().copied().unwrap_or(Number::ZERO), numbers.last().copied().unwrap_or(Number::ZERO)];
        ordered.sort();
        let (mut bound, mut interval) = stated(limit.and_then(|l| self.limit(l)), ordered[0], ordered[1]);
        if numbers.len() > 1 && matches!(bound, Bound::Exact) {
            bound = Bound::Range;
        }
        if share_of && interval.high.is_none() {
            let all = unit.as_ref().map_or(Number::ONE, |u| Number::ONE / u.factor);
            if ordered[1] <= all {
                interval.high = Some(super::End { value: all, closed: true });
            }
        }
        let spread = limit.and_then(|l| self.limit(l)).is_some_and(|l| l.spread) && kind == Kind::Count;
        let quantity = Quantity {
            kind,
            numbers: numbers.to_vec(),
            bound,
            stated: interval,
            step: reading.step,
            unit,
            per,
            difference,
        };
        let next = self.push(quantity, form, first..end, reading.number.start..reading.number.end, None);
        self.spreading = spread.then_some((limit.unwrap_or(0), next));
        next
    }

    /// Adds a figure.
    pub(super) fn push(
        &mut self,
        quantity: Quantity,
        form: Form,
        atoms: std::ops::Range<usize>,
        number: std::ops::Range<usize>,
        date: Option<super::WrittenDate>,
    ) -> usize {
        let next = atoms.end.max(number.end);
        self.out.push(Figure {
            quantity,
            form,
            date,
            tokens: self.tokens_of(atoms.clone()),
            number: self.tokens_of(number),
            span: self.span_of(atoms),
        });
        self.floor = next;
        self.spreading = None;
        next
    }

    /// "12 people a day": a rate with the noun between.
    fn rate_behind_noun(&self, end: usize) -> Option<Arc<Unit>> {
        use crate::text::Upos::{ADJ, NOUN, PROPN};
        let mut k = end;
        while k < end + 4 && self.is_letters(k) && matches!(self.upos(k), Some(NOUN | ADJ | PROPN)) {
            k += 1;
        }
        if k == end || !self.is_noun(k - 1) {
            return None;
        }
        let (unit, _) = self.per(k, false)?;
        Some(unit)
    }

    /// "20 people or more": the limit behind the noun.
    fn limit_behind_noun(&self, end: usize, attributive: bool) -> Option<(usize, usize)> {
        let mut k = end;
        while k < end + 2 && self.is_noun(k) {
            k += 1;
        }
        if attributive || k == end || !(self.has(k, role::OR) || self.has(k, role::AND)) {
            return None;
        }
        self.limit_after(k)
    }

    /// Whether only a noun phrase and an "and" stand between two figures.
    fn joined_by_and(&self, from: usize, to: usize) -> bool {
        use crate::text::Upos::{ADJ, NOUN, NUM, PROPN, PUNCT, SYM};
        if to <= from || to - from > 9 {
            return false;
        }
        let and = to - 1;
        let between = (from..and).all(|k| {
            self.is_digits(k)
                || matches!(self.upos(k), Some(ADJ | NOUN | NUM | PROPN | SYM))
                || (self.upos(k) == Some(PUNCT) && (self.mark(k, "-") || (self.mark(k, ",") && k + 1 == and)))
        });
        self.has(and, role::AND) && between
    }

    /// Whether a temperature is a difference: "5C warmer", "risen by 3°C", "a 2C rise".
    fn is_difference(&self, first: usize, end: usize) -> bool {
        let next = self.over_hyphen(end);
        if self.has(next, role::DIFFERENCE_AFTER) {
            return true;
        }
        if self.longest_before(&self.lexicon.differences, first).is_some() {
            return true;
        }
        self.limit_before(first, Kind::Temperature)
            .is_some_and(|(_, start)| self.longest_before(&self.lexicon.differences, start).is_some())
    }
}
