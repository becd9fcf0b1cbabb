//! Whether one number may be a slip of the hand for another.

use super::Number;

/// How one number may have come from another by a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// Two neighbouring digits change places: 1,140 and 1,410.
    Swapped,
    /// The first digit is another one: 328 and 928.
    First,
    /// A later digit is another one: 328 and 338.
    Later,
    /// The same digits, so many places further: 120 and 1,200; millions and billions.
    Places(u32),
}

/// A number by its significant digits, made ready to be held against others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digits {
    /// The digits, without noughts at either end.
    pub digits: Vec<u8>,
    /// The exponent of the first one: 3 for 1,234, -2 for 0.056.
    pub magnitude: i32,
    negative: bool,
}

impl Digits {
    /// The digits of a number, to six places; none for zero.
    pub fn of(number: Number) -> Option<Self> {
        let magnitude = number.magnitude()?;
        let printed = number.abs().to_string();
        let all: Vec<u8> = printed.bytes().filter(u8::is_ascii_digit).map(|d| d - b'0').collect();
        let first = all.iter().position(|&d| d != 0)?;
        let last = all.iter().rposition(|&d| d != 0)?;
        Some(Self { digits: all.get(first..=last)?.to_vec(), magnitude, negative: number.is_negative() })
    }

    /// How many noughts it ends in before the decimal point.
    pub fn noughts(&self) -> usize {
        usize::try_from(self.magnitude + 1).unwrap_or(0).saturating_sub(self.digits.len())
    }

    fn digit(&self, place: usize) -> u8 {
        self.digits.get(place).copied().unwrap_or(0)
    }
}

impl Slip {
    /// How two numbers differ, where they differ by one slip.
    pub fn between(a: &Digits, b: &Digits) -> Option<Self> {
        if a.negative != b.negative {
            return None;
        }
        if a.magnitude != b.magnitude {
            return (a.digits == b.digits).then_some(Self::Places(a.magnitude.abs_diff(b.magnitude)));
        }
        let mut differ = (0..a.digits.len().max(b.digits.len())).filter(|&place| a.digit(place) != b.digit(place));
        match (differ.next(), differ.next(), differ.next()) {
            (Some(0), None, _) => Some(Self::First),
            (Some(_), None, _) => Some(Self::Later),
            (Some(i), Some(j), None) if j == i + 1 && a.digit(i) == b.digit(j) && a.digit(j) == b.digit(i) => {
                Some(Self::Swapped)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(a: Number, b: Number) -> Option<Slip> {
        Slip::between(&Digits::of(a)?, &Digits::of(b)?)
    }

    #[test]
    fn slips() {
        for (a, b, want) in [
            (1140, 1410, Some(Slip::Swapped)),
            (14, 41, Some(Slip::Swapped)),
            (328, 928, Some(Slip::First)),
            (4, 7, Some(Slip::First)),
            (328, 338, Some(Slip::Later)),
            (140, 145, Some(Slip::Later)),
            (120, 1200, Some(Slip::Places(1))),
            (3_000_000, 3_000_000_000, Some(Slip::Places(3))),
            (12, 12, None),
            (12, 45, None),
            (99, 100, None),
            (-12, 21, None),
        ] {
            assert_eq!(between(Number::from(a), Number::from(b)), want, "{a} and {b}");
        }
        assert_eq!(between(Number::ratio(105, 10), Number::from(15)), Some(Slip::Swapped));
        assert_eq!(between(Number::ratio(45, 10), Number::ratio(54, 10)), Some(Slip::Swapped));
        assert_eq!(Digits::of(Number::ZERO), None);
    }
}
