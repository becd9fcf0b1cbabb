//! Named sources give figures for one thing that cannot both be true; the article is not wrong.

use crate::claim::Article;
use crate::group::{Frame, Frames};
use crate::quantity::Kind;
use crate::rule::{Conflict, Mark, Tolerances, pair};

/// Evidence needed, in tenths. A dispute is for the editor to see and costs nothing, so little is asked.
const THRESHOLD: u32 = 10;

/// Holds the figures of every two speakers against each other.
pub fn check(article: &Article, _: &Tolerances) -> Vec<Conflict> {
    let frames = Frames::new(std::slice::from_ref(article));
    let mut found = Vec::new();
    for (a, b) in frames.pairs(true) {
        let (first, second) = (&frames.frames[a], &frames.frames[b]);
        let (Some(x), Some(y)) = (first.claim.source.as_deref(), second.claim.source.as_deref()) else { continue };
        let unnamed = [x, y].iter().any(|speaker| article.cues.saying.is_pronoun(speaker));
        // "Three of the dead" are a part: no other count of the dead.
        let part = |f: &Frame<'_>| f.claim.of && !f.claim.whole && f.quantity().kind == Kind::Count;
        if unnamed || part(first) || part(second) || pair::same_speaker(x, y) || pair::agree(first, second) {
            continue;
        }
        if frames.link(first, second).is_none_or(|l| l.score < THRESHOLD) {
            continue;
        }
        let (m, n) = (article.phrase(first.claim), article.phrase(second.claim));
        found.push(Conflict {
            marks: vec![Mark::new(first.claim, format!("{x}: {m}")), Mark::new(second.claim, format!("{y}: {n}"))],
            message: format!("{x} and {y} give different figures for {}: {m} and {n}", pair::thing(first, second)),
            note: None,
        });
    }
    found
}
