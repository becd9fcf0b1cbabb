//! A range whose low end is above its high end.

use crate::quantity::{Bound, Kind};
use crate::rule::{Conflict, Mark, Passage};

/// Looks at every range given with "between", and at "from A to B" after a verb that spans.
pub fn check(passage: &Passage<'_>) -> Vec<Conflict> {
    let cues = &passage.cues().relations;
    let mut found = Vec::new();
    for claim in passage.claims() {
        let quantity = claim.quantity();
        let &[low, high] = &quantity.numbers[..] else { continue };
        let timed = matches!(quantity.kind, Kind::Date | Kind::TimeOfDay | Kind::Score | Kind::Ordinal);
        if quantity.bound != Bound::Range || low <= high || timed || claim.figure.form.shared_scale {
            continue;
        }
        let start = claim.figure.tokens.start;
        let spans = claim.figure.form.between
            || claim.figure.form.from_to
                && (start.saturating_sub(3)..start).any(|i| cues.spanning.has(&passage.sentence().lemmas[i]));
        if spans {
            let text = passage.text(claim);
            found.push(Conflict {
                marks: vec![Mark::new(claim, "the low end is above the high end")],
                message: format!("\"{text}\" runs downwards: {low} is more than {high}"),
                note: None,
            });
        }
    }
    found
}
