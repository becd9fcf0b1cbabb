//! The last step of a figure: its rate, its bound, its kind and its place in the text.

use std::sync::Arc;

use super::measure::Reading;
use super::roles as role;
use super::scan::{Scan, stated};
use super::{Bound, Figure, Form, Kind, Number, Quantity, Unit};

impl Scan<'_> {
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
            } else if let Some(unit) = match kind {
                Kind::Count => self.rate_behind_noun(end),
                // 200,000 barrels of oil a day.
                Kind::Volume | Kind::Mass | Kind::Energy if self.has(end, role::OF) => self.rate_behind_noun(end + 1),
                _ => self.rate_behind_bracket(reading, end),
            } {
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
        if unit.as_ref().is_some_and(|u| u.code == "deg")
            && per.is_none()
            && self.context().roles.any(role::TEMPERATURE_CONTEXT)
        {
            kind = Kind::Temperature;
        }
        let difference = kind == Kind::Temperature && self.is_difference(reading.first, end);
        // The bound.
        let mut first = reading.first;
        let mut limit = bound;
        if limit.is_none()
            && let Some((found, start)) = self.limit_before(first, kind)
            // "three times as many as the 220": the words compare, and set no limit.
            && !(start == self.floor && self.out.last().is_some_and(|f| f.form.factor))
        {
            limit = Some(found);
            first = start;
        }
        if limit.is_none() || self.limit(limit.unwrap_or(0)).is_some_and(|l| l.bound == Bound::About) {
            let behind = self.limit_after(reading.end).or_else(|| self.limit_behind_noun(end, form.attributive));
            if let Some((found, after)) = behind {
                if kind == Kind::Count && self.limit(found).is_some_and(|l| l.age) {
                    kind = Kind::Age;
                    unit = self.lexicon.by_code("a").and_then(|a| self.unit_of(a));
                }
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

    /// "9bn shekels ($2.4bn) a year": the rate behind a conversion in brackets is that of both.
    fn rate_behind_bracket(&self, reading: &Reading, end: usize) -> Option<Arc<Unit>> {
        // The longest conversion, in atoms.
        const LONGEST: usize = 10;
        let money = reading.measure.is_some_and(|m| self.is_money(m));
        let close = if self.mark(end, "(") {
            (end + 2..end + LONGEST).find(|&k| self.mark(k, ")"))?
        } else if self.converts(reading) && self.mark(end, ")") {
            end
        } else {
            return None;
        };
        let inside = self.mark(end, ")") || (end + 1..close).any(|k| self.is_digits(k));
        if !inside {
            return None;
        }
        self.per(close + 1, money).map(|(unit, _)| unit)
    }

    /// Whether a measure opens the bracket right behind the figure before it.
    fn converts(&self, reading: &Reading) -> bool {
        reading.measure.is_some()
            && self.floor > 0
            && reading.first == self.floor + 1
            && self.mark(self.floor, "(")
            && self.out.last().is_some_and(|f| f.quantity.unit.is_some())
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
        // "7F (4C) warmer": what is said of both stands behind the bracket.
        let mut behind = end;
        if self.mark(behind, "(") {
            behind = (behind..behind + 8).find(|&k| self.mark(k, ")")).unwrap_or(behind);
        }
        if self.mark(behind, ")") {
            behind += 1;
        }
        if self.has(self.over_hyphen(behind), role::DIFFERENCE_AFTER) {
            return true;
        }
        // "Fell below -20C" is a reading.
        let crossed = self
            .limit_before(first, Kind::Temperature)
            .is_some_and(|(_, start)| matches!(self.raw(start).to_ascii_lowercase().as_str(), "below" | "above"));
        if crossed || self.mark(first, "-") || self.has(first, role::MINUS) {
            return false;
        }
        if self.longest_before(&self.lexicon.differences, first).is_some() {
            return true;
        }
        // "A drop of 5C or 9F", "5C (9F)": the second is what the first is.
        let again = first == self.floor + 1 && (self.has(self.floor, role::OR) || self.mark(self.floor, "("));
        if again && self.out.last().is_some_and(|f| f.quantity.difference) {
            return true;
        }
        self.limit_before(first, Kind::Temperature)
            .is_some_and(|(_, start)| self.longest_before(&self.lexicon.differences, start).is_some())
    }
}
