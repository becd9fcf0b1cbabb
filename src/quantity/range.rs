//! Two numbers that belong together: ranges, changes and results.

use super::atoms::Class;
use super::measure::Reading;
use super::numeral::Numeral;
use super::roles as role;
use super::scan::Scan;
use super::{Bound, End, Form, Interval, Kind, Number, Quantity};

/// How two readings are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Join {
    Hyphen,
    To,
    And,
    Or,
}

impl Scan<'_> {
    /// Two numbers of one range, or of one change.
    pub(super) fn range(&mut self, first: &Reading) -> Option<usize> {
        let mut first = first.clone();
        let first = &mut first;
        let from_at = self.opener(first.first, role::FROM);
        let between_at = self.opener(first.first, role::BETWEEN);
        let (from, between) = (from_at.is_some(), between_at.is_some());
        // 120/80, and 7/5 in a tie-break.
        let j = first.end;
        if first.plain_count() && self.mark(j, "/") && self.glued(j) && self.glued(j + 1) && self.is_digits(j + 1) {
            let second = self.reading(j + 1).filter(Reading::plain_count)?;
            return Some(self.score(first, &second));
        }
        if let Some(last) = self.both_bounds(first) {
            return Some(last);
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
            (Some(own), Some(other)) => {
                let (own_unit, unit) = (&self.measure(own)?.unit, &self.measure(other)?.unit);
                if own_unit.dimension != unit.dimension {
                    return None;
                }
                if own != other {
                    // 800 m to 1.2 km: in the unit of the second.
                    first.value = first.value * own_unit.factor / unit.factor;
                    first.step = first.step * own_unit.factor / unit.factor;
                }
                Some(other)
            }
            (None, Some(other)) => {
                // "rose 5 to 10%" shares; "12 to $4.8m" has its sign on the second alone.
                if second.sign && join != Join::And && !shared && !from {
                    return None;
                }
                shared = true;
                Some(other)
            }
            (Some(own), None) => {
                let open = first.sign || from || between;
                if !open || (self.kind_of(own) != Some(Kind::Money) && self.is_noun(second.end)) {
                    return None;
                }
                Some(own)
            }
        };
        // "From 0 to 62mph": there is nothing that it changed from.
        let change = !first.value.is_zero() && self.change_before(from_at.unwrap_or(first.first), from);
        let increasing = first.value < second.value;
        let counted = measure.is_some() || self.is_plural(self.over_hyphen(second.end)) || self.noun_within(second.end);
        match join {
            Join::Hyphen => {
                let bare = measure.is_none() && first.number.plain && second.number.plain;
                // Nobody scores 1000-5000.
                let hundred = Number::from(100);
                let large = increasing && [first.value, second.value].iter().all(|v| (*v / hundred).is_integer());
                if bare && !large && !from && !between && !(increasing && (counted || self.leads_range(first.first))) {
                    return Some(self.score(first, &second));
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
                let parted =
                    change && (both || (!self.by_before(first.first) && first.measure.is_some() == second_measured));
                let bare = first.plain_count() && second.plain_count() || (first.number.words && measure.is_none());
                if !parted && !increasing && bare {
                    // A 52 to 48 vote, three-to-one odds.
                    return Some(self.score(first, &second));
                }
                // "2.4 volts to 1.1 volts" of nothing that changes is a range told from its top.
                if parted || !(increasing || both) {
                    return None;
                }
            }
            Join::Or => {
                // "20 or more than 30": the second is bounded by itself.
                let bounded = self.longest(&self.lexicon.leading, at).is_some();
                if bounded || !increasing || first.measure.is_some() || first.number.share {
                    return None;
                }
            }
            Join::To | Join::And => {}
        }
        let mut form = first.form();
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
        // Three to four times more.
        let times = self.over_hyphen(second.end);
        let factor = measure.is_none() && self.factor_behind(times);
        if factor {
            first.measure = Some(self.lexicon.ratio);
            form.factor = true;
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
            end: if factor { times + 1 } else { second.end },
            step: if first.step < second.step { first.step } else { second.step },
            value: first.value,
            measure: first.measure,
            sign: first.sign,
            hyphened: second.hyphened,
            number: Numeral { end: second.number.end, ..first.number },
        };
        let numbers = [first.value, second.value];
        Some(self.put(&whole, &numbers, None, form))
    }

    /// "At least 12 and as many as 30 people": a bound from below and one from above, of one thing.
    fn both_bounds(&mut self, first: &Reading) -> Option<usize> {
        let own = self.limit_before(first.first, Kind::Count).and_then(|(l, _)| self.limit(l))?.bound;
        let mut at = first.end;
        if self.mark(at, ",") {
            at += 1;
        }
        // In "at least 14, up to 20" there may be two things.
        if !self.has(at, role::AND) {
            return None;
        }
        let (limit, at) = self.longest(&self.lexicon.leading, at + 1)?;
        let other = self.limit(limit)?.bound;
        let second = self.reading(self.over_sign(at))?;
        let rising =
            matches!(own, Bound::MoreThan | Bound::AtLeast) && matches!(other, Bound::LessThan | Bound::AtMost);
        let falling =
            matches!(own, Bound::LessThan | Bound::AtMost) && matches!(other, Bound::MoreThan | Bound::AtLeast);
        let (low, high) = if rising { (first.value, second.value) } else { (second.value, first.value) };
        let same = first.measure.is_none() || first.measure == second.measure;
        if !(rising || falling) || low >= high || !same {
            return None;
        }
        let closed = |bound| matches!(bound, Bound::AtLeast | Bound::AtMost);
        let (low_closed, high_closed) =
            if rising { (closed(own), closed(other)) } else { (closed(other), closed(own)) };
        let whole = Reading {
            end: second.end,
            measure: second.measure,
            hyphened: second.hyphened,
            number: Numeral { end: second.number.end, ..first.number },
            ..first.clone()
        };
        let last = self.put(&whole, &[first.value, second.value], None, Form { bare: false, ..whole.form() });
        if let Some(figure) = self.out.last_mut() {
            figure.quantity.bound = Bound::Range;
            figure.quantity.stated = Interval {
                low: Some(End { value: low, closed: low_closed }),
                high: Some(End { value: high, closed: high_closed }),
            };
        }
        Some(last)
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
            return Some((Join::To, self.over_hyphen(j + 1)));
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

    /// A result or a record: 3-1, 10-4-2.
    fn score(&mut self, first: &Reading, second: &Reading) -> usize {
        let mut end = second.end;
        while self.mark(end, "-") && self.glued(end) && self.is_digits(end + 1) && self.glued(end + 1) {
            end += 2;
        }
        let whole = Reading { end, hyphened: second.hyphened, ..first.clone() };
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
        let form = whole.form();
        self.push(quantity, form, whole.first..end, first.number.start..second.number.end, None)
    }
}
