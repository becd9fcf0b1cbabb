//! A count, its base and its share that disagree.

use crate::claim::Claim;
use crate::quantity::{Bound, Interval, Kind, Number};
use crate::rule::{Conflict, Mark, Passage, wording};

/// How much further than [`Quantity::allowed`] takes it a fraction in words may be from a share that is worked out, as a
/// part of it: "a third" of 32 in 100.
///
/// [`Quantity::allowed`]: crate::quantity::Quantity::allowed
const FRACTION_SLACK: (i128, i128) = (2, 100);

/// Takes each count with a base ("18 of the 72 schools") or share with a base ("a quarter of the 260 nurses") and holds
/// it against the share, or the count, that stands in apposition to it.
pub fn check(passage: &Passage<'_>) -> Vec<Conflict> {
    let claims = passage.claims();
    let mut found = Vec::new();
    for i in 0..claims.len() {
        let Some((first, base, third)) = triple(passage, claims, i) else { continue };
        let (count, share) = if first.quantity().kind == Kind::Ratio { (third, first) } else { (first, third) };
        if let Some(conflict) = compare(passage, count, base, share) {
            found.push(conflict);
        }
    }
    found
}

/// A figure, its base and the figure in apposition.
fn triple<'a>(passage: &Passage<'a>, claims: &'a [Claim], i: usize) -> Option<(&'a Claim, &'a Claim, &'a Claim)> {
    let (a, b, c) = (claims.get(i)?, claims.get(i + 1)?, claims.get(i + 2)?);
    let tokens = passage.tokens();
    if part_of(passage, a, b) && (is_count(a) || is_share(a)) && is_count(b) {
        let wanted = if is_share(a) { is_count(c) } else { is_share(c) };
        let behind = passage.tokens().get(b.phrase.end.max(b.figure.tokens.end)..c.figure.tokens.start)?;
        return (wanted && apposed(passage, behind, c)).then_some((a, b, c));
    }
    // "Of the 22,000 voters, 8,140 cast ballots, a turnout of 62 percent."
    let opens = a.figure.tokens.start >= 1
        && tokens[..a.figure.tokens.start].iter().take(5).any(|t| t.lower == "of")
        && leads(passage, a);
    if opens && is_count(a) && is_count(b) && is_share(c) && passage.between(a, b).iter().any(|t| t.lower == ",") {
        let behind = passage.between(b, c);
        return apposed(passage, behind, c).then_some((b, a, c));
    }
    None
}

/// Whether "of" opens the sentence or clause before a figure.
fn leads(passage: &Passage<'_>, claim: &Claim) -> bool {
    let tokens = passage.tokens();
    let of = tokens[..claim.figure.tokens.start].iter().rposition(|t| t.lower == "of");
    of.is_some_and(|at| at == 0 || matches!(&*tokens[at - 1].lower, ";" | ":" | "-" | "\""))
}

/// Whether a figure is "so many of" the next one.
fn part_of(passage: &Passage<'_>, a: &Claim, b: &Claim) -> bool {
    let between = passage.between(a, b);
    let (of, rest) = match between {
        [of, rest @ ..] if of.lower == "of" => (true, rest),
        [out, of, rest @ ..] if out.lower == "out" && of.lower == "of" => (true, rest),
        _ => (false, between),
    };
    of && rest.len() <= 4 && rest.iter().all(|t| !t.is_verb() && t.lower != ",")
}

/// Whether a figure stands in apposition: its introduction is one of the known, and nothing says that it is of something else.
fn apposed(passage: &Passage<'_>, behind: &[crate::text::Token], claim: &Claim) -> bool {
    let cues = &passage.cues().relations;
    let intro = if is_share(claim) { &cues.share_intro } else { &cues.count_intro };
    let after = passage.tokens().get(claim.figure.tokens.end);
    let own_base = after.is_some_and(|t| t.lower == "of") || claim.of;
    // The introduction ends right before the figure; before it the base's own description may go on, without a stop.
    let fits = (0..behind.len().min(6)).any(|n| intro.is(&behind[behind.len() - 1 - n..]));
    let description =
        behind.iter().filter(|t| matches!(&*t.lower, ";" | ":" | "." | "and" | "but" | "while")).count() == 0;
    let closes = if is_share(claim) {
        after.is_none_or(|t| !t.is_noun() && !t.is_verb())
    } else {
        after.is_none_or(|t| matches!(&*t.lower, ")" | "," | "-" | "." | "in") || t.is_noun())
    };
    fits && description && closes && !own_base && behind.len() <= 14
}

fn is_count(claim: &Claim) -> bool {
    claim.quantity().kind == Kind::Count && claim.quantity().single().is_some()
}

fn is_share(claim: &Claim) -> bool {
    claim.quantity().kind == Kind::Ratio && claim.quantity().single().is_some() && !claim.figure.form.factor
}

/// The shares of one that a figure allows; fractions in words are taken loosely.
pub(super) fn share_values(claim: &Claim) -> Interval {
    let quantity = claim.quantity();
    let values = quantity.to_base(&quantity.allowed());
    if quantity.step.is_zero() && quantity.bound == Bound::Exact {
        let slack = Number::ratio(FRACTION_SLACK.0, FRACTION_SLACK.1);
        let wide =
            |value: Number, up: bool| if up { value * (Number::ONE + slack) } else { value * (Number::ONE - slack) };
        if let (Some(low), Some(high)) = (values.low, values.high) {
            return Interval::closed(wide(low.value, false), wide(high.value, true));
        }
    }
    values
}

fn compare(passage: &Passage<'_>, count: &Claim, base: &Claim, share: &Claim) -> Option<Conflict> {
    let (part, whole) = (count.quantity(), base.quantity());
    let real = part.allowed().over(&whole.allowed());
    if whole.single()?.is_zero() || real.meets(&share_values(share)) {
        return None;
    }
    let exact = part.single()? / whole.single()?;
    let (n, m, s) = (passage.text(count), passage.text(base), passage.text(share));
    let wanted = wording::middle(&share_values(share)).map(|s| (s * whole.single().unwrap_or(Number::ONE)).round());
    Some(Conflict {
        message: format!("{n} of {m} is {}, not {s}", wording::percent(exact)),
        marks: vec![
            Mark::new(count, format!("{} of the base", wording::percent(exact))),
            Mark::new(base, "the base"),
            Mark::new(share, format!("would be {}", wanted.unwrap_or(Number::ZERO))),
        ],
        note: None,
    })
}
