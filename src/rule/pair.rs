//! What the rules on pairs of figures share: whether two agree, whose they are, and what to call their thing.

use crate::group::Frame;
use crate::quantity::{Bound, Number};

/// How near an exact figure must lie to a bound on its wrong side to be the figure that was rounded: an eighth.
const NEAR: (i128, i128) = (1, 8);

/// Whether two figures can both hold.
pub fn agree(a: &Frame<'_>, b: &Frame<'_>) -> bool {
    a.quantity().agrees(b.quantity())
}

/// Whether a bound sets a side: "nearly", "more than", "at least".
pub fn is_bound(bound: Bound) -> bool {
    matches!(bound, Bound::Nearly | Bound::MoreThan | Bound::AtLeast | Bound::LessThan | Bound::AtMost)
}

/// Whether one figure is bounded and the other lies just on the wrong side of the bound.
pub fn rounded_wrongly(a: &Frame<'_>, b: &Frame<'_>) -> bool {
    let (bounded, exact) = match (is_bound(a.quantity().bound), is_bound(b.quantity().bound)) {
        (true, false) => (a, b),
        (false, true) => (b, a),
        _ => return false,
    };
    let (Some(limit), Some(value)) = (bounded.quantity().single(), exact.quantity().single()) else { return false };
    if exact.quantity().bound != Bound::Exact {
        return false;
    }
    let (limit, value) = (bounded.base(limit), exact.base(value));
    let near = (limit - value).abs() <= limit.abs() * Number::ratio(NEAR.0, NEAR.1);
    let wrong = match bounded.quantity().bound {
        Bound::Nearly | Bound::LessThan => value > limit,
        Bound::AtMost => value > limit,
        Bound::MoreThan | Bound::AtLeast => value < limit,
        _ => false,
    };
    near && wrong && !agree(a, b)
}

/// Whether both figures are the article's own, or one speaker's.
pub fn one_voice(a: &Frame<'_>, b: &Frame<'_>) -> bool {
    match (a.claim.source.as_deref(), b.claim.source.as_deref()) {
        (None, None) => true,
        (Some(x), Some(y)) => same_speaker(x, y),
        _ => false,
    }
}

/// Whether the figures are of one voice, or one of them is the article's own.
pub fn one_voice_or_article(a: &Frame<'_>, b: &Frame<'_>) -> bool {
    a.claim.source.is_none() || b.claim.source.is_none() || one_voice(a, b)
}

/// Whether two names of speakers can mean one: they share a word that begins with a capital, or are equal.
pub fn same_speaker(a: &str, b: &str) -> bool {
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
