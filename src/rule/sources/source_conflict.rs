//! Documents give figures for one thing that cannot both be true.

use std::collections::HashSet;

use crate::group::{Accounts, Frame, Frames};
use crate::quantity::{Bound, Kind};
use crate::rule::{Conflict, Mark, Sources, pair, verdict};

/// Evidence needed, in tenths: the same noun with two words more, or the same event with one.
const THRESHOLD: u32 = 10;

/// Holds each document's figures against every other's. Where a figure agrees with one of the same thing in the other
/// document, it is borne out and no conflict is reported for it.
pub fn check(sources: &Sources<'_>) -> Vec<Conflict> {
    let frames = Frames::new(sources.articles);
    let accounts = Accounts::new(sources.articles);
    let replaced: HashSet<usize> = verdict::superseded(&accounts, sources).iter().map(|s| s.draft).collect();
    let mut found = Vec::new();
    for (a, b) in verdict::contradictions(&accounts, sources) {
        if !replaced.contains(&a) {
            let (first, second) = (&accounts.statements[a], &accounts.statements[b]);
            let named = crate::group::thing(first, second);
            found.push(conflict(sources, [(first.article, first.claim), (second.article, second.claim)], &named));
        }
    }
    for (first, second) in linked(&frames, sources) {
        let marks = [(first.article, first.claim), (second.article, second.claim)];
        let old = replaced.iter().any(|&at| std::ptr::eq(accounts.statements[at].claim, first.claim));
        let told = found.iter().any(|known| covers(known, marks));
        // "Several" is never the slip, and a sum of the other document's figures is none.
        let vague = marks.iter().any(|(_, claim)| claim.quantity().bound == Bound::Vague);
        let statements = accounts.statements.iter().enumerate();
        let sum = statements
            .filter(|(_, s)| std::ptr::eq(s.claim, first.claim))
            .any(|(at, s)| s.claim.quantity().kind == Kind::Count && accounts.made_of(at, second.article).is_some());
        if !old && !told && !vague && !sum {
            found.push(conflict(sources, marks, &pair::thing(first, second)));
        }
    }
    found
}

/// Whether a conflict has one of two figures already.
fn covers(known: &Conflict, marks: [(usize, &crate::claim::Claim); 2]) -> bool {
    marks.iter().all(|(document, claim)| known.marks.iter().any(|m| m.document == *document && m.span == claim.span))
}

fn conflict(sources: &Sources<'_>, figures: [(usize, &crate::claim::Claim); 2], thing: &str) -> Conflict {
    // A figure that runs on over the end of a line is quoted in one.
    let words = figures.map(|(document, claim)| {
        sources.articles[document].phrase(claim).split_whitespace().collect::<Vec<_>>().join(" ")
    });
    let mark = |at: usize| Mark {
        document: figures[at].0,
        span: figures[at].1.span.clone(),
        label: format!("says {}", words[at]),
        fix: None,
    };
    Conflict {
        marks: vec![mark(0), mark(1)],
        message: format!("two figures for {thing}: {} and {}", words[0], words[1]),
        note: None,
    }
}

/// The clashes between figures that the frames of their sentences join.
fn linked<'f, 'a>(frames: &'f Frames<'a>, sources: &Sources<'_>) -> Vec<(&'f Frame<'a>, &'f Frame<'a>)> {
    let across: Vec<(usize, usize)> = frames
        .pairs(false)
        .into_iter()
        .filter(|&(a, b)| wanted(sources, &frames.frames[a], &frames.frames[b]))
        .collect();
    let mut borne_out: HashSet<(usize, usize)> = HashSet::new();
    let mut clashes = Vec::new();
    for (a, b) in across {
        let (first, second) = (&frames.frames[a], &frames.frames[b]);
        if pair::agree(first, second) {
            borne_out.insert((a, second.article));
            borne_out.insert((b, first.article));
        } else if let Some(link) = frames.link(first, second) {
            clashes.push((a, b, link.score));
        }
    }
    let day = |frame: &Frame<'_>| sources.articles[frame.article].day(frame.claim);
    let believed = |&(a, b, score): &(usize, usize, u32)| {
        let (first, second) = (&frames.frames[a], &frames.frames[b]);
        let settled = borne_out.contains(&(a, second.article)) || borne_out.contains(&(b, first.article));
        first.sure
            && second.sure
            && score >= THRESHOLD + pair::caution(first, second)
            && !settled
            && !verdict::dated_apart(day(first), day(second))
            && first.claim.stage.prospect == second.claim.stage.prospect
    };
    let believed = clashes.into_iter().filter(believed);
    believed.map(|(a, b, _)| (&frames.frames[a], &frames.frames[b])).collect()
}

fn wanted(sources: &Sources<'_>, a: &Frame<'_>, b: &Frame<'_>) -> bool {
    a.article != b.article && (!sources.draft || a.article == 0 || b.article == 0)
}
