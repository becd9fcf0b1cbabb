//! Intervals with open or closed ends: the values that a figure's words allow.

use super::number::Number;

/// One end of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// Where it lies.
    pub value: Number,
    /// Whether the value itself belongs to the interval.
    pub closed: bool,
}

/// A set of numbers between two ends; `None` is no end at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// The lower end.
    pub low: Option<End>,
    /// The upper end.
    pub high: Option<End>,
}

impl Interval {
    /// Every number.
    pub const ALL: Self = Self { low: None, high: None };

    /// One number alone.
    pub fn exactly(value: Number) -> Self {
        Self::closed(value, value)
    }

    /// From `low` to `high`, both included; the ends may be given in either order.
    pub fn closed(low: Number, high: Number) -> Self {
        let (low, high) = if low <= high { (low, high) } else { (high, low) };
        Self { low: Some(End { value: low, closed: true }), high: Some(End { value: high, closed: true }) }
    }

    /// What rounds to `value` at a precision of `step`: from half a step below up to, but without, half a step above.
    pub fn rounded(value: Number, step: Number) -> Self {
        let half = step / Number::from(2);
        if half.is_zero() {
            return Self::exactly(value);
        }
        Self {
            low: Some(End { value: value - half, closed: true }),
            high: Some(End { value: value + half, closed: value.is_negative() }),
        }
    }

    /// Everything above `value`.
    pub fn above(value: Number, closed: bool) -> Self {
        Self { low: Some(End { value, closed }), high: None }
    }

    /// Everything below `value`.
    pub fn below(value: Number, closed: bool) -> Self {
        Self { low: None, high: Some(End { value, closed }) }
    }

    /// Whether the value belongs to it.
    pub fn contains(&self, value: Number) -> bool {
        self.low.is_none_or(|e| value > e.value || (e.closed && value == e.value))
            && self.high.is_none_or(|e| value < e.value || (e.closed && value == e.value))
    }

    /// Whether some number belongs to both.
    pub fn meets(&self, other: &Self) -> bool {
        fn before(high: Option<End>, low: Option<End>) -> bool {
            match (high, low) {
                (Some(h), Some(l)) => h.value < l.value || (h.value == l.value && !(h.closed && l.closed)),
                _ => false,
            }
        }
        !before(self.high, other.low) && !before(other.high, self.low)
    }

    /// The smallest interval that holds both.
    #[must_use]
    pub fn hull(&self, other: &Self) -> Self {
        fn pick(a: Option<End>, b: Option<End>, lower: bool) -> Option<End> {
            let (a, b) = (a?, b?);
            if a.value == b.value {
                return Some(End { value: a.value, closed: a.closed || b.closed });
            }
            Some(if (a.value < b.value) == lower { a } else { b })
        }
        Self { low: pick(self.low, other.low, true), high: pick(self.high, other.high, false) }
    }

    /// Each end moved by `f`, which must be increasing.
    #[must_use]
    pub fn map(&self, f: impl Fn(Number) -> Number) -> Self {
        let end = |e: End| End { value: f(e.value), closed: e.closed };
        Self { low: self.low.map(end), high: self.high.map(end) }
    }

    /// All values multiplied by a number; a negative one swaps the ends.
    #[must_use]
    pub fn scale(&self, factor: Number) -> Self {
        let moved = self.map(|v| v * factor);
        if factor.is_negative() { Self { low: moved.high, high: moved.low } } else { moved }
    }

    /// All sums of a value of one and a value of the other.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        fn add(a: Option<End>, b: Option<End>) -> Option<End> {
            let (a, b) = (a?, b?);
            Some(End { value: a.value + b.value, closed: a.closed && b.closed })
        }
        Self { low: add(self.low, other.low), high: add(self.high, other.high) }
    }

    /// All differences of a value of this and a value of the other.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        self.plus(&other.scale(-Number::ONE))
    }

    /// All products, for intervals of numbers not below zero (a lower end that is open or negative counts as zero).
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        let (a, b) = (self.not_negative(), other.not_negative());
        let low = a.low.zip(b.low).map(|(x, y)| End { value: x.value * y.value, closed: x.closed && y.closed });
        let high = a.high.zip(b.high).map(|(x, y)| End { value: x.value * y.value, closed: x.closed && y.closed });
        Self { low, high }
    }

    /// All quotients, for intervals of numbers not below zero. A divisor that may be zero leaves the top open.
    #[must_use]
    pub fn over(&self, other: &Self) -> Self {
        let (a, b) = (self.not_negative(), other.not_negative());
        let low = match (a.low, b.high) {
            (Some(x), Some(y)) if !y.value.is_zero() => {
                Some(End { value: x.value / y.value, closed: x.closed && y.closed })
            }
            _ => Some(End { value: Number::ZERO, closed: true }),
        };
        let high = match (a.high, b.low) {
            (Some(x), Some(y)) if !y.value.is_zero() => {
                Some(End { value: x.value / y.value, closed: x.closed && y.closed })
            }
            _ => None,
        };
        Self { low, high }
    }

    /// The part of it that is not below zero.
    #[must_use]
    pub fn not_negative(&self) -> Self {
        let zero = Some(End { value: Number::ZERO, closed: true });
        Self {
            low: self.low.filter(|e| !e.value.is_negative()).or(zero),
            high: if self.high.is_some_and(|e| e.value.is_negative()) { zero } else { self.high },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(v: i64) -> Number {
        Number::from(v)
    }

    #[test]
    fn open_ends_do_not_touch() {
        assert!(!Interval::above(n(300), false).meets(&Interval::exactly(n(300))));
        assert!(Interval::above(n(300), true).meets(&Interval::exactly(n(300))));
        assert!(Interval::above(n(300), false).meets(&Interval::exactly(n(301))));
        assert!(!Interval::below(n(5), false).meets(&Interval::above(n(5), true)));
    }

    #[test]
    fn rounding_is_half_open() {
        let i = Interval::rounded(n(150), n(10));
        assert!(i.contains(n(145)) && !i.contains(n(155)));
    }

    #[test]
    fn arithmetic_keeps_every_value() {
        let a = Interval::closed(n(2), n(3));
        let b = Interval::closed(n(10), n(20));
        assert_eq!(a.plus(&b), Interval::closed(n(12), n(23)));
        assert_eq!(b.minus(&a), Interval::closed(n(7), n(18)));
        assert_eq!(a.times(&b), Interval::closed(n(20), n(60)));
        assert_eq!(b.over(&a), Interval::closed(Number::ratio(10, 3), n(10)));
        assert_eq!(a.hull(&b), Interval::closed(n(2), n(20)));
    }
}
