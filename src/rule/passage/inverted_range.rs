//! A range whose low end is above its high end.

use crate::claim::Claim;
use crate::quantity::{Bound, Kind};
use crate::rule::{Conflict, Mark, Passage};

/// How far before a range the word stands that makes it one, or no range at all.
const NEAR: usize = 4;

/// Looks at every range given with "between", at "from A to B" after a verb that spans, and at "of A to B".
pub fn check(passage: &Passage<'_>) -> Vec<Conflict> {
    let claims = passage.claims();
    let mut found = Vec::new();
    for (i, claim) in claims.iter().enumerate() {
        if spans(passage, claim) {
            let text = passage.text(claim);
            let &[low, high] = &claim.quantity().numbers[..] else { continue };
            found.push(Conflict {
                marks: vec![Mark::new(claim, "the low end is above the high end")],
                message: format!("\"{text}\" runs downwards: {low} is more than {high}"),
                note: None,
            });
        } else if let Some(next) = claims.get(i + 1).filter(|next| of_to(passage, claim, next)) {
            let (low, high) = (passage.text(claim), passage.text(next));
            found.push(Conflict {
                marks: vec![Mark::new(claim, "the low end"), Mark::new(next, "the high end is below it")],
                message: format!("\"{low} to {high}\" runs downwards"),
                note: None,
            });
        }
    }
    found
}

/// Whether one figure is a range that runs downwards.
fn spans(passage: &Passage<'_>, claim: &Claim) -> bool {
    let cues = &passage.cues().relations;
    let (quantity, form) = (claim.quantity(), claim.figure.form);
    let &[low, high] = &quantity.numbers[..] else { return false };
    let timed = matches!(quantity.kind, Kind::Date | Kind::TimeOfDay | Kind::Score | Kind::Ordinal);
    // "Between -5C and -10C": below zero, many write the smaller frost first.
    if quantity.bound != Bound::Range || low <= high || timed || low.is_negative() && high.is_negative() {
        return false;
    }
    let (start, end) = (claim.figure.tokens.start, claim.figure.tokens.end);
    // "Between 60,000 and 20,000 years ago", "between 300 and 200 BC": time runs the other way.
    let times = &passage.cues().times;
    let back =
        |t: &crate::text::Token| times.ago.has(&t.lower) || times.before.has(&t.lower) || times.eras.has(&t.lower);
    if passage.tokens()[end..].iter().take(3).any(back) {
        return false;
    }
    let before = start.saturating_sub(NEAR)..start;
    let lemmas = &passage.sentence().lemmas;
    // "The difference between 10 and 5 per cent" is no range.
    let apart = before.clone().any(|i| passage.cues().sums.ranges.apart.has(&lemmas[i]));
    let spanned = before.rev().take(NEAR - 1).any(|i| cues.spanning.has(&lemmas[i]));
    !apart && (form.between || form.from_to && spanned)
}

/// "Depths of 40 to 15 metres", "the fish weigh 5kg to 2kg": two figures, the greater first, where nothing changes.
fn of_to(passage: &Passage<'_>, a: &Claim, b: &Claim) -> bool {
    let (cues, ranges) = (&passage.cues().relations, &passage.cues().sums.ranges);
    let (x, y) = (a.quantity(), b.quantity());
    let between = passage.between(a, b);
    let joined = between.len() == 1 && ranges.to.has(&between[0].lower);
    let bare = x.kind == Kind::Count && a.figure.form.bare;
    let unit = y.unit.is_some() && (bare || x.unit == y.unit) && !matches!(y.kind, Kind::Age | Kind::Duration);
    let (Some(low), Some(high)) = (x.single(), y.single()) else { return false };
    let exact = x.bound == Bound::Exact && y.bound == Bound::Exact;
    if !joined || !unit || !exact || low <= high || high.is_negative() {
        return false;
    }
    let (lemmas, start) = (&passage.sentence().lemmas, a.figure.tokens.start);
    let changes = lemmas.iter().any(|l| cues.rise.has(l) || cues.fall.has(l) || ranges.apart.has(l));
    let Some(at) = start.checked_sub(1) else { return false };
    let of = ranges.of.has(&lemmas[at]) && at > 0 && passage.tokens()[at - 1].xpos == "NNS";
    !changes && (of || cues.spanning.has(&lemmas[at]))
}
