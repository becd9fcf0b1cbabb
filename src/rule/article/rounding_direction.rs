//! "Nearly N" for a figure above N, or "more than N" for one below.

use crate::claim::cues::Rounded;
use crate::claim::{Article, Claim};
use crate::group::{Accounts, Apart, Frames, Statement};
use crate::quantity::{Bound, Kind, Number};
use crate::rule::{Conflict, MOST_FOUND, Mark, Tolerances, pair};

/// Holds each bounded figure against the exact ones of the same thing that lie just on the wrong side of it.
pub fn check(article: &Article, _: &Tolerances) -> Vec<Conflict> {
    if !article.claims.iter().any(|claim| pair::is_bound(claim.quantity().bound)) {
        return Vec::new();
    }
    let frames = Frames::new(std::slice::from_ref(article));
    let evidence = &article.cues.evidence;
    let mut found = Vec::new();
    for (a, b) in frames.pairs(false) {
        if found.len() >= MOST_FOUND {
            break;
        }
        let (first, second) = (&frames.frames[a], &frames.frames[b]);
        if !pair::rounded_wrongly(first, second, &evidence.rounded) || !pair::one_voice_or_article(first, second) {
            continue;
        }
        if first.claim.stage.moving && second.claim.stage.moving {
            continue;
        }
        if frames.link(first, second).is_none_or(|l| l.score < evidence.asked.rounding_direction) {
            continue;
        }
        let (bounded, exact) = if pair::is_bound(first.quantity().bound) { (first, second) } else { (second, first) };
        found.push(conflict(article, bounded.claim, exact.claim));
    }
    for (bounded, exact) in measures(article) {
        let told = conflict(article, bounded, exact);
        if !found.iter().any(|known| known.marks == told.marks) {
            found.push(told);
        }
    }
    found
}

fn conflict(article: &Article, bounded: &Claim, exact: &Claim) -> Conflict {
    let (x, y) = (article.phrase(bounded), article.phrase(exact));
    Conflict {
        marks: vec![Mark::new(bounded, format!("says {x}")), Mark::new(exact, format!("says {y}"))],
        message: format!("\"{x}\" is said of {y}"),
        note: None,
    }
}

/// Figures of one thing, of which the article has no third that is nearly as large:
/// "over $2 million" in its first sentence and "$1.94 million" in its last.
fn measures(article: &Article) -> Vec<(&Claim, &Claim)> {
    let accounts = Accounts::new(std::slice::from_ref(article));
    let (all, near) = (&accounts.statements, &article.cues.evidence.rounded);
    let mut found = Vec::new();
    for (at, bounded) in all.iter().enumerate() {
        if !pair::is_bound(bounded.claim.quantity().bound) {
            continue;
        }
        let alike = |&&other: &&usize| {
            other != at && comparable(bounded, &all[other]) && accounts.nouns(at, other) != Some(false)
        };
        let [other] = accounts.rivals(at, 0).iter().filter(alike).copied().collect::<Vec<_>>()[..] else { continue };
        let exact = &all[other];
        let same = accounts.nouns(at, other) == Some(true);
        // What is nameless is taken for the same only where it is a measure, and nothing tells the two apart.
        let apart = accounts.differences(at, other).iter().any(|why| !(same && *why == Apart::Prospect));
        let joined =
            same && accounts.near(at, other) > 0 || !same && !matches!(bounded.kind(), Kind::Count | Kind::Ratio);
        let voice = [bounded, exact].iter().any(|s| s.claim.source.is_none());
        let finer = step(exact) < step(bounded) || bounded.kind() == Kind::Ratio;
        let sentences = bounded.claim.sentence != exact.claim.sentence;
        let moving = bounded.claim.stage.moving && exact.claim.stage.moving;
        if !apart && joined && voice && finer && sentences && !moving && wrong_side(bounded, exact, near) {
            found.push((bounded.claim, exact.claim));
        }
    }
    found
}

/// The place value of a figure's last digit, in the base unit of its dimension.
fn step(statement: &Statement<'_>) -> Number {
    statement.in_base(statement.claim.quantity().step) - statement.in_base(Number::ZERO)
}

/// Whether one figure is within half as much again of the other, so that it might be the same.
fn comparable(a: &Statement<'_>, b: &Statement<'_>) -> bool {
    let Some((x, y)) = a.value().zip(b.value()) else { return true };
    x.max(y) * Number::from(2) <= x.min(y) * Number::from(3)
}

/// Whether an exact figure lies close by a bound, on the side that the bound leaves out.
fn wrong_side(bounded: &Statement<'_>, exact: &Statement<'_>, near: &Rounded) -> bool {
    let Some((limit, value)) = bounded.value().zip(exact.value()) else { return false };
    let parts = if bounded.noun().is_some() && exact.noun().is_some() { near.same_noun } else { near.unlinked };
    exact.claim.quantity().bound == Bound::Exact
        && pair::is_near(limit, value, parts)
        && pair::beyond(bounded.claim.quantity().bound, limit, value)
        && !bounded.agrees(exact)
}
