//! What the rules on pairs of figures share: whether two agree, whose they are, and what to call their thing.

use std::num::NonZeroU32;

use crate::claim::Claim;
use crate::claim::cues::{Asked, Rounded};
use crate::group::Frame;
use crate::quantity::{Bound, Kind, Number};

/// Whether two figures can both hold.
pub fn agree(a: &Frame<'_>, b: &Frame<'_>) -> bool {
    a.dimension == b.dimension && a.allowed.meets(&b.allowed)
}

/// Whether a bound sets a side: "nearly", "more than", "at least".
pub fn is_bound(bound: Bound) -> bool {
    matches!(bound, Bound::Nearly | Bound::MoreThan | Bound::AtLeast | Bound::LessThan | Bound::AtMost)
}

/// Whether one figure is bounded and the other lies just on the wrong side of the bound.
pub fn rounded_wrongly(a: &Frame<'_>, b: &Frame<'_>, near: &Rounded) -> bool {
    let (bounded, exact) = match (is_bound(a.quantity().bound), is_bound(b.quantity().bound)) {
        (true, false) => (a, b),
        (false, true) => (b, a),
        _ => return false,
    };
    let (Some(limit), Some(value)) = (bounded.value, exact.value) else { return false };
    if exact.quantity().bound != Bound::Exact {
        return false;
    }
    is_near(limit, value, near.linked) && beyond(bounded.quantity().bound, limit, value) && !agree(a, b)
}

/// Whether a figure is at most one part in so many away from a bound.
pub fn is_near(limit: Number, value: Number, parts: NonZeroU32) -> bool {
    (limit - value).abs() * Number::from(i64::from(parts.get())) <= limit.abs()
}

/// Whether a value is on the side that a bound leaves out.
pub fn beyond(bound: Bound, limit: Number, value: Number) -> bool {
    match bound {
        Bound::Nearly | Bound::LessThan | Bound::AtMost => value > limit,
        Bound::MoreThan | Bound::AtLeast => value < limit,
        _ => false,
    }
}

/// "Nearly 150 people" and elsewhere "the 150 people": the same number, its hedge dropped.
pub fn echoed(a: &Frame<'_>, b: &Frame<'_>) -> bool {
    let plain = |f: &Frame<'_>| f.quantity().bound == Bound::Exact;
    a.value.is_some() && a.value == b.value && (plain(a) || plain(b))
}

/// How much more evidence a pair needs, in tenths, before a conflict is believed.
///
/// A mistake mostly leaves a number that looks like the right one: digits swapped, one digit changed, a nought too many.
/// Figures far apart, and counts of a few, are mostly of different things; so are shares of one group, each of another
/// answer; and an amount of money without a noun says little of what it is.
pub fn caution(a: &Frame<'_>, b: &Frame<'_>, asked: &Asked) -> u32 {
    let mut more = 0;
    let (Some(x), Some(y)) = (a.quantity().single(), b.quantity().single()) else { return asked.no_number };
    if !a.value.zip(b.value).is_some_and(|(x, y)| alike(x, y)) {
        more += asked.far_apart;
    }
    match a.quantity().kind {
        Kind::Count if x < Number::from(5) && y < Number::from(5) => more += asked.few,
        Kind::Ratio => more += asked.share,
        Kind::Money if a.noun().is_none() || b.noun().is_none() => {
            more += if b.definite { 0 } else { asked.nameless_money };
        }
        _ => {}
    }
    more
}

/// Whether one number may be a slip for the other: near it, the same digits in another order, one digit changed, or
/// the same digits at another magnitude.
fn alike(x: Number, y: Number) -> bool {
    let (low, high) = if x <= y { (x, y) } else { (y, x) };
    if high * Number::from(5) <= low * Number::from(8) {
        return true;
    }
    let digits = |n: Number| -> Vec<u8> {
        let text = n.significant(6).to_string();
        let all: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).collect();
        let first = all.iter().position(|&d| d != b'0').unwrap_or(0);
        let last = all.iter().rposition(|&d| d != b'0').map_or(first, |i| i + 1);
        all.get(first..last.max(first)).unwrap_or_default().to_vec()
    };
    let (mut a, mut b) = (digits(x), digits(y));
    if a == b {
        return true;
    }
    let changed = a.iter().zip(&b).filter(|(p, q)| p != q).count();
    if a.len() == b.len() && a.len() > 2 && changed == 1 && x.magnitude() == y.magnitude() {
        return true;
    }
    a.sort_unstable();
    b.sort_unstable();
    a == b
}

/// Whether both figures are the article's own, or one speaker's.
pub fn one_voice(a: &Frame<'_>, b: &Frame<'_>) -> bool {
    a.claim.source.is_none() && b.claim.source.is_none() || same_speaker(a.claim, b.claim)
}

/// Whether the article gives a figure and a speaker comes back to it: what "the seven-year term" takes as known is the
/// article's own, whoever speaks of it.
pub fn presupposed(a: &Frame<'_>, b: &Frame<'_>) -> bool {
    a.claim.source.is_none() && b.definite
}

/// Whether the figures are of one voice, or one of them is the article's own.
pub fn one_voice_or_article(a: &Frame<'_>, b: &Frame<'_>) -> bool {
    a.claim.source.is_none() || b.claim.source.is_none() || one_voice(a, b)
}

/// Whether the speakers of two figures can be one: of one side, or of names that are equal or share a word that begins
/// with a capital.
pub fn same_speaker(one: &Claim, other: &Claim) -> bool {
    let (Some(a), Some(b)) = (one.source.as_deref(), other.source.as_deref()) else { return false };
    if one.side.is_some() && one.side == other.side {
        return true;
    }
    let names = |s: &str| -> Vec<String> {
        s.split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.chars().next().is_some_and(char::is_uppercase))
            .map(str::to_lowercase)
            .collect()
    };
    let (x, y) = (names(a), names(b));
    a.eq_ignore_ascii_case(b) || x.iter().any(|w| y.contains(w))
}

/// What two figures are of, in a word or two.
pub fn thing(a: &Frame<'_>, b: &Frame<'_>) -> String {
    let noun = b.noun().or(a.noun()).unwrap_or("one thing");
    if a.noun().is_some_and(|n| n != noun) {
        format!("{} / {noun}", a.noun().unwrap_or_default())
    } else {
        format!("\"{noun}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_look_alike() {
        for (x, y, want) in [
            (14, 17, true),
            (1140, 1410, true),
            (40, 14, false),
            (41, 14, true),
            (1200, 120, true),
            (328, 928, true),
            (12_575, 100_000, false),
            (9, 7, true),
        ] {
            assert_eq!(alike(Number::from(x), Number::from(y)), want, "{x} and {y}");
        }
    }
}
