//! Exact numbers: rationals of 128-bit integers. A third is a third and 0.1 is 0.1.

use std::fmt;
use std::ops::{Add, Div, Mul, Neg, Sub};

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, Signed, ToPrimitive, Zero};

/// An exact rational number.
///
/// News figures have at most some twenty digits, far inside what 128 bits hold. Where an operation would pass that
/// limit all the same, its operands are first cut to 17 significant digits, so that no input can panic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(Ratio<i128>);

impl Number {
    /// Zero.
    pub const ZERO: Self = Self(Ratio::new_raw(0, 1));
    /// One.
    pub const ONE: Self = Self(Ratio::new_raw(1, 1));

    /// `numerator / denominator`; a zero denominator gives zero.
    pub fn ratio(numerator: i128, denominator: i128) -> Self {
        if denominator == 0 { Self::ZERO } else { Self(Ratio::new(numerator, denominator)) }
    }

    /// `10^exponent`, for exponents between -30 and 30; others are cut to that.
    pub fn power_of_ten(exponent: i32) -> Self {
        let power = 10_i128.pow(exponent.unsigned_abs().min(30));
        if exponent < 0 { Self(Ratio::new_raw(1, power)) } else { Self(Ratio::new_raw(power, 1)) }
    }

    /// Reads a decimal numeral without separators or sign: `12`, `0.5`, `.5`, `12.`. Up to 30 digits.
    pub fn parse_decimal(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = whole.len() + fraction.len();
        if digits == 0 || digits > 30 || !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
            return None;
        }
        let value: i128 = format!("{whole}{fraction}").parse().ok()?;
        Some(Self(Ratio::new(value, 10_i128.pow(u32::try_from(fraction.len()).ok()?))))
    }

    /// Reads a numeral or a fraction as rule files write them: `1609.344`, `1/3`, `-40`.
    pub fn parse_exact(text: &str) -> Option<Self> {
        let (sign, text) = text.strip_prefix('-').map_or((Self::ONE, text), |rest| (-Self::ONE, rest));
        let value = match text.split_once('/') {
            Some((a, b)) => {
                let b = Self::parse_decimal(b.trim())?;
                if b.is_zero() {
                    return None;
                }
                Self::parse_decimal(a.trim())? / b
            }
            None => Self::parse_decimal(text)?,
        };
        Some(sign * value)
    }

    /// Whether it is zero.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.0.is_negative()
    }

    /// Whether it is a whole number.
    pub fn is_integer(self) -> bool {
        self.0.is_integer()
    }

    /// Its distance from zero.
    #[must_use]
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// The whole number nearest to it, halves away from zero.
    #[must_use]
    pub fn round(self) -> Self {
        Self(self.0.round())
    }

    /// The largest whole number not above it.
    #[must_use]
    pub fn floor(self) -> Self {
        Self(self.0.floor())
    }

    /// The nearest multiple of `step`; itself where `step` is zero.
    #[must_use]
    pub fn round_to(self, step: Self) -> Self {
        if step.is_zero() { self } else { (self / step).round() * step }
    }

    /// The whole number it is, where it is one and fits.
    pub fn to_integer(self) -> Option<i64> {
        self.is_integer().then(|| self.0.to_integer().to_i64()).flatten()
    }

    /// The nearest binary float, for output only.
    pub fn to_f64(self) -> f64 {
        match (self.0.numer().to_f64(), self.0.denom().to_f64()) {
            (Some(numerator), Some(denominator)) => numerator / denominator,
            _ => f64::MAX,
        }
    }

    /// The exponent of its first significant digit: 3 for 1,234, -2 for 0.056; none for zero.
    pub fn magnitude(self) -> Option<i32> {
        if self.is_zero() {
            return None;
        }
        let value = self.abs();
        (-30..=30).rev().find(|&e| value >= Self::power_of_ten(e))
    }

    /// Rounded to so many significant digits.
    #[must_use]
    pub fn significant(self, digits: i32) -> Self {
        self.magnitude().map_or(self, |m| self.round_to(Self::power_of_ten(m - digits + 1)))
    }

    /// The number, if it is a whole one: these need no common denominator.
    fn whole(self) -> Option<i128> {
        (*self.0.denom() == 1).then(|| *self.0.numer())
    }

    fn checked(self, other: Self, operation: fn(&Ratio<i128>, &Ratio<i128>) -> Option<Ratio<i128>>) -> Self {
        operation(&self.0, &other.0).or_else(|| operation(&self.narrow().0, &other.narrow().0)).map_or(Self::ZERO, Self)
    }

    /// Cut to 17 significant digits over a power of ten, so that products of two fit.
    fn narrow(self) -> Self {
        let (numerator, denominator) = (*self.0.numer(), *self.0.denom());
        let excess =
            (numerator.unsigned_abs() | denominator.unsigned_abs()).checked_ilog2().unwrap_or(0).saturating_sub(60);
        let (n, d) = (numerator >> excess, denominator >> excess);
        Self::ratio(n, d.max(1))
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(Ratio::from_integer(value.into()))
    }
}

impl Add for Number {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        if let Some((a, b)) = self.whole().zip(other.whole())
            && let Some(sum) = a.checked_add(b)
        {
            return Self(Ratio::new_raw(sum, 1));
        }
        self.checked(other, CheckedAdd::checked_add)
    }
}

impl Sub for Number {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        if let Some((a, b)) = self.whole().zip(other.whole())
            && let Some(difference) = a.checked_sub(b)
        {
            return Self(Ratio::new_raw(difference, 1));
        }
        self.checked(other, CheckedSub::checked_sub)
    }
}

impl Mul for Number {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        if let Some((a, b)) = self.whole().zip(other.whole())
            && let Some(product) = a.checked_mul(b)
        {
            return Self(Ratio::new_raw(product, 1));
        }
        self.checked(other, CheckedMul::checked_mul)
    }
}

/// Division; by zero it gives zero, so check the divisor where that matters.
impl Div for Number {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        if other.is_zero() { Self::ZERO } else { self.checked(other, CheckedDiv::checked_div) }
    }
}

impl Neg for Number {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl std::iter::Sum for Number {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}

/// As copy prints it: thousands separated by commas, decimals exact up to six places.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rounded = self.round_to(Self::power_of_ten(-6));
        let scaled = (rounded.abs() * Self::power_of_ten(6)).0.to_integer().unsigned_abs();
        let (whole, fraction) = (scaled / 1_000_000, scaled % 1_000_000);
        let digits = whole.to_string();
        let mut out = String::with_capacity(digits.len() + 10);
        if rounded.is_negative() {
            out.push('-');
        }
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        if fraction > 0 {
            out.push('.');
            out.push_str(format!("{fraction:06}").trim_end_matches('0'));
        }
        f.pad(&out)
    }
}

/// Whole numbers as integers, others as the nearest float: what JSON readers expect.
impl serde::Serialize for Number {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.to_integer() {
            Some(whole) => serializer.serialize_i64(whole),
            None => serializer.serialize_f64(self.to_f64()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_as_copy_does() {
        for (number, want) in [
            (Number::from(1_234_567), "1,234,567"),
            (Number::ratio(1, 2), "0.5"),
            (Number::ratio(-5, 4), "-1.25"),
            (Number::ratio(1, 3), "0.333333"),
            (Number::from(100), "100"),
            (Number::ZERO, "0"),
        ] {
            assert_eq!(number.to_string(), want);
        }
    }

    #[test]
    fn thirds_are_exact() {
        let third = Number::ratio(1, 3);
        assert_eq!(third + third + third, Number::ONE);
    }

    #[test]
    fn magnitudes() {
        assert_eq!(Number::from(1234).magnitude(), Some(3));
        assert_eq!(Number::ratio(56, 1000).magnitude(), Some(-2));
        assert_eq!(Number::ZERO.magnitude(), None);
        assert_eq!(Number::from(1234).significant(2), Number::from(1200));
    }

    #[test]
    fn overflow_loses_digits_and_never_panics() {
        let big = Number::power_of_ten(30) + Number::ONE;
        assert!((big * big) >= Number::ZERO);
        let _ = big / Number::power_of_ten(-30) * big - big;
    }
}
