//! "Nearly N" for a figure above N, or "more than N" for one below.

use crate::claim::Article;
use crate::group::Frames;
use crate::rule::{Conflict, Mark, Tolerances, pair};

/// Evidence needed, in tenths. Less than for a conflict: that the figures are close is evidence in itself.
const THRESHOLD: u32 = 10;

/// Holds each bounded figure against the exact ones of the same thing that lie just on the wrong side of it.
pub fn check(article: &Article, _: &Tolerances) -> Vec<Conflict> {
    let frames = Frames::new(std::slice::from_ref(article));
    let mut found = Vec::new();
    for (a, b) in frames.pairs(false) {
        let (first, second) = (&frames.frames[a], &frames.frames[b]);
        if !pair::rounded_wrongly(first, second) || !pair::one_voice_or_article(first, second) {
            continue;
        }
        if first.claim.stage.moving && second.claim.stage.moving {
            continue;
        }
        if frames.link(first, second).is_none_or(|l| l.score < THRESHOLD) {
            continue;
        }
        let (bounded, exact) = if pair::is_bound(first.quantity().bound) { (first, second) } else { (second, first) };
        let (x, y) = (article.phrase(bounded.claim), article.phrase(exact.claim));
        found.push(Conflict {
            marks: vec![Mark::new(bounded.claim, format!("says {x}")), Mark::new(exact.claim, format!("says {y}"))],
            message: format!("\"{x}\" is said of {y}"),
            note: None,
        });
    }
    found
}
