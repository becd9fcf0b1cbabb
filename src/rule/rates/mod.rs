//! Rates: their values, the times they are over, and how they are written.

pub mod factors;

use crate::claim::Claim;
use crate::claim::cues::Stretch;
use crate::quantity::{Bound, Interval, Kind, Number, Quantity, Unit};
use crate::rule::Passage;

/// A figure's quantity, "an average of 75" being 75 and not about so much.
pub fn averaged(passage: &Passage<'_>, claim: &Claim) -> Quantity {
    let quantity = claim.quantity();
    let words = passage.tokens().get(claim.figure.tokens.clone()).unwrap_or_default();
    let average = words.iter().any(|t| passage.cues().sums.rates.averaging.has(&t.lower));
    match quantity.single().filter(|_| average && quantity.bound == Bound::About) {
        Some(value) => Quantity { bound: Bound::Exact, stated: Interval::exactly(value), ..quantity.clone() },
        None => quantity.clone(),
    }
}

/// How many of the shorter time the longer may hold: one interval, or each whole number of a few.
pub fn how_many(passage: &Passage<'_>, long: &Unit, short: &Unit) -> Option<Vec<Interval>> {
    let row = row(passage, long, short)?;
    let number = |n: u32| Number::from(i64::from(n));
    Some(if row.whole {
        (row.low..=row.high).map(|n| Interval::exactly(number(n))).collect()
    } else {
        vec![Interval::closed(number(row.low), number(row.high))]
    })
}

fn row<'a>(passage: &Passage<'a>, long: &Unit, short: &Unit) -> Option<&'a Stretch> {
    passage.cues().sums.rates.times.iter().find(|t| t.long == long.code && t.short == short.code)
}

/// A rate's quantity without its "per".
pub fn without_per(quantity: &Quantity) -> Quantity {
    let Some(_) = quantity.per else { return quantity.clone() };
    let dimension = quantity.unit.as_ref().map_or("count", |u| u.dimension.split(':').next().unwrap_or_default());
    let kind = match dimension {
        "money" => Kind::Money,
        "count" => Kind::Count,
        "mass" => Kind::Mass,
        "volume" => Kind::Volume,
        "length" => Kind::Length,
        "area" => Kind::Area,
        "energy" => Kind::Energy,
        "duration" => Kind::Duration,
        _ => Kind::Other,
    };
    Quantity { per: None, kind, ..quantity.clone() }
}

/// Whether a figure is one number that no word bounds on one side.
pub fn exact(quantity: &Quantity) -> bool {
    matches!(quantity.bound, Bound::Exact | Bound::About) && quantity.single().is_some()
}

/// The values a figure allows, in its dimension's base unit.
pub fn allowed(quantity: &Quantity) -> Interval {
    quantity.to_base(&quantity.allowed())
}

/// How many of the dimension's base unit make one of a figure's own.
pub fn base_factor(quantity: &Quantity) -> Number {
    quantity.unit.as_ref().map_or(Number::ONE, |u| u.factor)
}

/// A figure's text from its sign or first digit on: "an average of 12" is "12".
pub fn bare(text: &str) -> &str {
    let digit = text.find(|c: char| c.is_ascii_digit());
    let Some(digit) = digit else { return text };
    let start = text[..digit].rfind(char::is_whitespace).map_or(0, |at| at + 1);
    &text[start..]
}

/// A value in the way another figure is written: "£8,400" with 6300 is "£6,300".
pub fn put(text: &str, quantity: &Quantity, value: Number) -> String {
    let text = bare(text);
    let Some(digit) = text.find(|c: char| c.is_ascii_digit()) else { return grouped(value) };
    let tail = text[digit..].trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'));
    let numeral = text[digit..text.len() - tail.len()].trim_end_matches([',', '.']).replace(',', "");
    let written = Number::parse_decimal(&numeral).filter(|n| !n.is_zero());
    let scale = written.zip(quantity.single()).map_or(Number::ONE, |(w, n)| n / w);
    let scale = if scale.is_zero() { Number::ONE } else { scale };
    format!("{}{}{tail}", &text[..digit], grouped(value / scale))
}

/// A number with commas between its thousands; with a fraction, four significant digits of it.
pub fn grouped(value: Number) -> String {
    let shown = if value.is_integer() { value } else { value.significant(4) };
    let Some(whole) = shown.to_integer() else { return shown.to_string() };
    let digits = whole.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
