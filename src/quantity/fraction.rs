//! Fractions in words: "half", "two-thirds", "three quarters of a million", "one twenty-fifth".

use super::Number;
use super::lexicon::Numeric;
use super::numeral::{Numeral, whole_step};
use super::roles as role;
use super::scan::Scan;

impl Scan<'_> {
    /// Whether a fraction in words begins here, so that what stands before it is not one number with it.
    pub(super) fn fraction_at(&self, i: usize) -> bool {
        let numerator = self.has(i, role::ARTICLE) || matches!(self.word(i).numeric, Some(Numeric::Cardinal(1..=20)));
        let d = self.over_hyphen(i + 1);
        numerator && self.word(d).denominator.is_some() && self.word(d).ordinal.is_none()
    }

    /// "Twenty-fifth" behind a numerator: what it divides by, and the atom after it.
    fn compound_denominator(&self, i: usize) -> Option<(i128, usize)> {
        let Some(Numeric::Cardinal(tens @ 20..=90)) = self.word(i).numeric else { return None };
        let k = self.over_hyphen(i + 1);
        let ones = self.word(k).denominator.filter(|&ones| k > i + 1 && (3..10).contains(&ones))?;
        Some((i128::from(tens) + i128::from(ones), k + 1))
    }

    /// A fraction in words: "half", "two-thirds", "three quarters of a million", "a third" where it is a share.
    pub(super) fn fraction(&self, i: usize) -> Option<Numeral> {
        let (numerator, at, article) = if self.has(i, role::ARTICLE) {
            (1, i + 1, true)
        } else if let Some(Numeric::Cardinal(n @ 1..=99)) = self.word(i).numeric {
            // "Twenty-five hundredths", "twenty-two" and so on: tens take their ones first.
            match (n >= 20, self.word(self.over_hyphen(i + 1)).numeric) {
                (true, Some(Numeric::Cardinal(ones @ 1..=9))) => {
                    (i128::from(n + ones), self.over_hyphen(self.over_hyphen(i + 1) + 1), false)
                }
                _ => (i128::from(n), self.over_hyphen(i + 1), false),
            }
        } else {
            (1, i, false)
        };
        let word = self.word(at);
        if let Some((denominator, end)) = self.compound_denominator(at).filter(|_| at > i && !article) {
            let value = Number::ratio(numerator, denominator);
            return Some(Numeral { share: true, ..Numeral::new(i, end, value, Number::ZERO) });
        }
        let denominator = word.denominator?;
        let bare = at == i;
        let half = denominator == 2;
        let mut end = at + 1;
        let value = Number::ratio(numerator, i128::from(denominator));
        let words = |end, value, step, scale| Numeral {
            start: i,
            end,
            value,
            step,
            scale,
            words: true,
            article: article || bare,
            plain: false,
            share: value < Number::ONE,
        };
        // Half a million, a quarter of a million, half-a-dozen.
        let mut k = self.over_hyphen(end);
        let of = self.has(k, role::OF);
        if of {
            k += 1;
        }
        if self.has(k, role::ARTICLE) && (of || half) {
            k = self.over_hyphen(k + 1);
            if let Some(Numeric::Scale(scale)) = self.word(k).numeric {
                let value = value * scale;
                return Some(self.scaled(words(k + 1, value, whole_step(value), scale)));
            }
            // Three-quarters of a mile: the article belongs to the unit, and is passed over.
            if of && numerator < i128::from(denominator) && self.named(k).is_some_and(|(m, _)| !self.is_money(m)) {
                return Some(words(k, value, Number::ZERO, Number::ONE));
            }
        } else if (half || (denominator == 4 && numerator == 1 && (bare || article)))
            && !of
            && let Some(Numeric::Scale(scale)) = self.word(k).numeric
        {
            let value = value * scale;
            return Some(self.scaled(words(k + 1, value, whole_step(value), scale)));
        }
        if numerator > 1 {
            let plural = self.raw(at).ends_with('s') || at > i + 1;
            // "Two halves" and "four quarters" are counts of things; "twenty-three fifths" is a number.
            let whole = numerator % i128::from(denominator) == 0 || denominator <= 4;
            return (plural && (numerator < i128::from(denominator) || !whole))
                .then(|| words(end, value, Number::ZERO, Number::ONE));
        }
        if word.ordinal.is_some() || !half {
            if bare {
                return None;
            }
            // "A third of", "one-third", "a third more", "by a quarter"; not "a third man", "a quarter".
            let hyphened = !article && at > i + 1;
            let one = !article && !bare;
            let told = self.has(end, role::FRACTION_AFTER)
                || (self.has(end, role::OF) && self.word(end + 1).month == 0)
                || (i > 0 && self.has(i - 1, role::FRACTION_BEFORE) && !self.is_noun(end))
                || (one && (hyphened || !self.is_noun(end)) && word.ordinal.is_some());
            // No list is so long that "a thousandth" would be a place in it.
            let told = told || article && denominator >= 1000 && !self.is_noun(end);
            let unit = self.unit(self.over_hyphen(end), false).is_some() && (one || self.has(end, role::OF));
            return (hyphened || told || unit).then(|| words(end, value, Number::ZERO, Number::ONE));
        }
        // Half: of, the, an hour; not the first half.
        let before = i.checked_sub(1);
        let part = before.is_some_and(|b| self.word(b).ordinal.is_some() || self.has(b, role::POSSESSIVE));
        if part && bare {
            return None;
        }
        let after = self.over_hyphen(end);
        let unit_after = {
            let k = if self.has(after, role::ARTICLE) { self.over_hyphen(after + 1) } else { after };
            self.unit(k, false).filter(|u| !self.is_money(u.measure) || u.end > k)
        };
        // "A cut of half a point": of a percentage.
        let point = self.has(after, role::ARTICLE) && self.has(after + 1, role::POINT);
        let told = self.has(end, role::SHARE_AFTER)
            || point
            || unit_after.is_some()
            || before.is_some_and(|b| self.has(b, role::FRACTION_BEFORE) || self.has(b, role::IN))
            || self.has(end, role::FRACTION_AFTER)
            || (!bare && self.raw(at) == "half");
        if !told {
            return None;
        }
        // Half a mile: the article belongs to the unit, and is passed over.
        if unit_after.is_some() && self.has(after, role::ARTICLE) {
            end = after + 1;
        }
        Some(words(end, value, Number::ZERO, Number::ONE))
    }
}
