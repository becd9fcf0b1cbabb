//! Named sources give figures for one thing that cannot both be true; the article is not wrong.

use crate::claim::{Article, Claim};
use crate::group::{self, Accounts, Frames};
use crate::quantity::Kind;
use crate::rule::{Conflict, MOST_FOUND, Mark, Tolerances, pair};

/// Holds the figures of every two speakers against each other.
pub fn check(article: &Article, _: &Tolerances) -> Vec<Conflict> {
    if article.claims.iter().filter(|claim| claim.source.is_some()).nth(1).is_none() {
        return Vec::new();
    }
    let frames = Frames::new(std::slice::from_ref(article));
    let mut found = Vec::new();
    for (a, b) in frames.pairs(true) {
        if found.len() >= MOST_FOUND {
            break;
        }
        let (first, second) = (&frames.frames[a], &frames.frames[b]);
        let (Some(x), Some(y)) = (first.claim.source.as_deref(), second.claim.source.as_deref()) else { continue };
        let unnamed = [x, y].iter().any(|speaker| article.cues.saying.is_pronoun(speaker));
        if unnamed
            || first.claim.heard
            || second.claim.heard
            || is_part(first.claim)
            || is_part(second.claim)
            || pair::same_speaker(first.claim, second.claim)
            || pair::agree(first, second)
        {
            continue;
        }
        if frames.link(first, second).is_none_or(|l| l.score < article.cues.evidence.asked.disputed_figure) {
            continue;
        }
        found.push(dispute(article, [(x, first.claim), (y, second.claim)], &pair::thing(first, second)));
    }
    for conflict in neighbours(article) {
        if !found.iter().any(|known| known.marks == conflict.marks) {
            found.push(conflict);
        }
    }
    found
}

/// "Three of the dead" are a part: no other count of the dead.
fn is_part(claim: &Claim) -> bool {
    claim.of && !claim.whole && claim.quantity().kind == Kind::Count
}

fn dispute(article: &Article, sides: [(&str, &Claim); 2], thing: &str) -> Conflict {
    let [(x, first), (y, second)] = sides;
    let (m, n) = (article.phrase(first), article.phrase(second));
    Conflict {
        marks: vec![Mark::new(first, format!("{x}: {m}")), Mark::new(second, format!("{y}: {n}"))],
        message: format!("{x} and {y} give different figures for {thing}: {m} and {n}"),
        note: None,
    }
}

/// Figures of one kind in two sentences that follow each other, each of another speaker: the second answers the first.
fn neighbours(article: &Article) -> Vec<Conflict> {
    let accounts = Accounts::new(std::slice::from_ref(article));
    let all = &accounts.statements;
    let mut found = Vec::new();
    for (at, first) in all.iter().enumerate() {
        let Some(x) = first.claim.source.as_deref() else { continue };
        for &other in accounts.rivals(at, 0) {
            let second = &all[other];
            if second.claim.sentence != first.claim.sentence + 1 {
                continue;
            }
            let Some(y) = second.claim.source.as_deref() else { continue };
            let joined = accounts.near(at, other) > 0 || accounts.nouns(at, other) == Some(true);
            let named = !article.cues.saying.is_pronoun(x) && !article.cues.saying.is_pronoun(y);
            let dated = matches!(first.kind(), Kind::Date | Kind::Ordinal | Kind::Age | Kind::Score);
            if named
                && joined
                && !dated
                && !first.part()
                && !first.claim.heard
                && !second.claim.heard
                && !is_part(first.claim)
                && !is_part(second.claim)
                && !pair::same_speaker(first.claim, second.claim)
                && !first.agrees(second)
                && accounts.told_apart(at, other).is_none()
            {
                found.push(dispute(article, [(x, first.claim), (y, second.claim)], &group::thing(first, second)));
            }
        }
    }
    found
}
