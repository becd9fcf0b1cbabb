//! Two units for one quantity that disagree beyond rounding.

use crate::claim::Claim;
use crate::quantity::{Kind, Number, Quantity};
use crate::rule::{Conflict, Mark, Passage, wording};

/// Compares each measure with the conversion right behind it, in brackets, after a dash or after "or".
pub fn check(passage: &Passage<'_>) -> Vec<Conflict> {
    let claims = passage.claims();
    let mut found = Vec::new();
    for (i, first) in claims.iter().enumerate() {
        // "3,000 barrels (126,000 gallons, or 477,000 litres)": every conversion is held against the first measure.
        let mut last = first;
        for other in claims[i + 1..].iter().take(3) {
            if !joined(passage, last, other) {
                break;
            }
            if convertible(first.quantity(), other.quantity()) && !agree(first.quantity(), other.quantity()) {
                found.push(conflict(passage, first, other));
            }
            last = other;
        }
    }
    found
}

/// Whether the second figure stands where a conversion of the first does.
fn joined(passage: &Passage<'_>, first: &Claim, second: &Claim) -> bool {
    let cues = &passage.cues().relations;
    let between = passage.between(first, second);
    let after = passage.tokens().get(second.figure.tokens.end);
    let closes = |word: &str| cues.conversion_end.has(word);
    if cues.conversion.is(between) {
        let bracketed = between.first().is_some_and(|t| t.lower == "(" || t.lower == "[");
        return !bracketed || after.is_none_or(|t| closes(&t.lower));
    }
    // "320 sq km of moss (124 sq miles)": a few words that name what is measured may stand before the bracket.
    let Some((bracket, words)) = between.split_last() else { return false };
    bracket.lower == "("
        && words.len() <= 4
        && words.iter().all(|t| t.is_noun() || t.lower == "of")
        && after.is_some_and(|t| t.lower == ")")
}

fn convertible(a: &Quantity, b: &Quantity) -> bool {
    let measured = |q: &Quantity| {
        !matches!(
            q.kind,
            Kind::Count | Kind::Money | Kind::Ratio | Kind::PercentagePoints | Kind::Duration | Kind::Age | Kind::Date
        ) && !q.numbers.is_empty()
            && q.unit.is_some()
    };
    measured(a)
        && measured(b)
        && a.numbers.len() == b.numbers.len()
        && a.dimension() == b.dimension()
        && code(a) != code(b)
        && !restated(a, b)
}

/// Whether only the time differs that a rate is per, "12 a day, or 60 a week": the rule `rate` knows that a week may have
/// five days.
fn restated(a: &Quantity, b: &Quantity) -> bool {
    a.kind == Kind::Rate && b.kind == Kind::Rate && code(a).0 == code(b).0
}

fn code(quantity: &Quantity) -> (Option<&str>, Option<&str>) {
    (quantity.unit.as_ref().map(|u| &*u.code), quantity.per.as_ref().map(|u| &*u.code))
}

/// Whether every number of one, rounded as it is written, is the other's.
fn agree(a: &Quantity, b: &Quantity) -> bool {
    let differs = a.difference || b.difference;
    let readings: &[bool] = if a.kind == Kind::Temperature && !differs { &[false, true] } else { &[differs] };
    readings.iter().any(|&difference| {
        let (a, b) = (Quantity { difference, ..a.clone() }, Quantity { difference, ..b.clone() });
        a.numbers.iter().zip(&b.numbers).all(|(&x, &y)| {
            let (x, y) = (a.to_base(&a.rounded(x)), b.to_base(&b.rounded(y)));
            x.meets(&y)
        })
    })
}

fn conflict(passage: &Passage<'_>, first: &Claim, second: &Claim) -> Conflict {
    let (a, b) = (first.quantity(), second.quantity());
    let difference = a.difference || b.difference;
    let (a, b) = (Quantity { difference, ..a.clone() }, Quantity { difference, ..b.clone() });
    let converted =
        |value: Number| wording::middle(&b.from_base(&a.to_base(&crate::quantity::Interval::exactly(value))));
    let (first_text, second_text) = (passage.text(first), passage.text(second));
    let values: Vec<Number> = a.numbers.iter().filter_map(|&n| converted(n)).collect();
    let right = match values[..] {
        [value] if !value.is_negative() => wording::with_value(second_text, &b, value),
        _ => {
            let ends: Vec<String> = values.iter().map(|v| v.significant(3).to_string()).collect();
            let name = b.unit.as_ref().map_or("", |u| &u.name);
            format!("{} {name}", ends.join(" to "))
        }
    };
    let message = format!("{first_text} is {right}, not {second_text}");
    Conflict {
        marks: vec![Mark::new(first, "this"), Mark::new(second, format!("{right} would be right"))],
        message,
        note: difference
            .then(|| "a difference in temperature is converted without the offset of 32".to_owned())
            .filter(|_| a.kind == Kind::Temperature),
    }
}
