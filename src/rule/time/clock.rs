//! Times of day and the hours between them.

use crate::claim::Claim;
use crate::quantity::{Bound, Number};
use crate::rule::time::Stated;
use crate::rule::{Passage, Tolerances};

/// Minutes in a day, and in the half of one that a time without am or pm leaves open.
const DAY: i64 = 24 * 60;
const HALF: i64 = 12 * 60;

/// A length of hours or minutes held against two times of day: how it stands to what lies between, and that in words.
pub fn held(passage: &Passage<'_>, length: &Claim, a: &Claim, b: &Claim) -> Option<(Stated, String)> {
    let times = &passage.cues().times;
    if passage.tokens().iter().any(|t| times.clocks.has(&t.lower)) {
        return None;
    }
    let quantity = length.quantity();
    let code = quantity.unit.as_ref()?.code.as_str();
    let size = match code {
        "h" => 60,
        "min" => 1,
        _ => return None,
    };
    let minute = |c: &Claim| c.quantity().single().and_then(Number::to_integer);
    let mut gap = (minute(b)? - minute(a)?).rem_euclid(DAY);
    let day = |c: &Claim| {
        let end = c.figure.tokens.end;
        passage
            .tokens()
            .iter()
            .skip(end)
            .take(3)
            .take_while(|t| t.lower != ",")
            .find_map(|t| times.weekdays.get(&t.lower))
    };
    if let (Some(x), Some(y)) = (day(a), day(b)) {
        let days = (i64::from(*y) - i64::from(*x)).rem_euclid(7);
        gap = days * DAY + minute(b)? - minute(a)?;
        if gap < 0 {
            return None;
        }
    } else if passage.tokens().windows(2).any(|w| times.next.has(&w[0].lower) && times.day.has(&w[1].lower)) {
        return None;
    }
    let stated = quantity.stated;
    let slack = slack(passage.tolerances, size, quantity.single()?, quantity.bound);
    let size = Number::from(size);
    let low = stated.low.map(|e| e.value * size - slack);
    let high = stated.high.map(|e| e.value * size + slack);
    let verdict = |gap: i64| {
        let gap = Number::from(gap);
        match (low, high) {
            (Some(low), _) if gap <= low => Stated::TooLong,
            (_, Some(high)) if gap >= high => Stated::TooShort,
            _ => Stated::Right,
        }
    };
    // Without am or pm, or on the next day, half a day or a whole one more may lie between.
    let open = !(halved(passage, a) && halved(passage, b));
    if open && verdict((gap + HALF) % DAY) == Stated::Right {
        return Some((Stated::Right, String::new()));
    }
    Some((verdict(gap), words(gap)))
}

/// Whether a time of day says which half of the day it is in.
fn halved(passage: &Passage<'_>, claim: &Claim) -> bool {
    let times = &passage.cues().times;
    passage.tokens()[claim.figure.tokens.clone()].iter().any(|t| times.halves.has(&t.lower))
        || claim.quantity().single().is_some_and(|m| m >= Number::from(13 * 60))
        || passage.tokens().get(claim.figure.tokens.end).is_some_and(|t| t.lower == "-" || times.to.has(&t.lower))
            && passage.tokens().iter().skip(claim.figure.tokens.end + 1).take(4).any(|t| times.halves.has(&t.lower))
}

/// By how many minutes a stated length may miss: more for whole hours than for halves, more for round minutes than for
/// others.
fn slack(tolerances: &Tolerances, size: i64, number: Number, bound: Bound) -> Number {
    let loose = if bound == Bound::About { Number::from(2) } else { Number::ONE };
    let round = (number / Number::from(5)).is_integer() && number >= Number::from(10);
    match size {
        60 if number.is_integer() => tolerances.get("hours"),
        60 => tolerances.get("parts_of_hours"),
        _ if round => tolerances.get("round_minutes") * loose,
        _ => tolerances.get("minutes") * loose,
    }
}

/// "4 hours 30 minutes".
fn words(minutes: i64) -> String {
    let plural = super::length::plural;
    match (minutes / 60, minutes % 60) {
        (0, m) => plural(m, "minute"),
        (h, 0) => plural(h, "hour"),
        (h, m) => format!("{} {}", plural(h, "hour"), plural(m, "minute")),
    }
}
