//! Documents give figures for one thing that cannot both be true.

use std::collections::{HashMap, HashSet};

use crate::claim::Claim;
use crate::group::{Accounts, Frame, Frames};
use crate::quantity::{Bound, Kind};
use crate::rule::{Conflict, Mark, Sources, pair, verdict};

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
    let mut told: HashSet<_> = found.iter().map(places).collect();
    let statements: HashMap<*const Claim, usize> =
        accounts.statements.iter().enumerate().map(|(at, s)| (std::ptr::from_ref(s.claim), at)).collect();
    for (first, second) in linked(&frames, &accounts, sources) {
        let marks = [(first.article, first.claim), (second.article, second.claim)];
        let statement = statements.get(&std::ptr::from_ref(first.claim)).copied();
        let old = statement.is_some_and(|at| replaced.contains(&at));
        // "Several" is never the slip, and a sum of the other document's figures is none.
        let vague = marks.iter().any(|(_, claim)| claim.quantity().bound == Bound::Vague);
        let sum = statement.is_some_and(|at| {
            first.claim.quantity().kind == Kind::Count && accounts.made_of(at, second.article).is_some()
        });
        if old || vague || sum {
            continue;
        }
        let conflict = conflict(sources, marks, &pair::thing(first, second));
        if told.insert(places(&conflict)) {
            found.push(conflict);
        }
    }
    found
}

/// Where the figures of a conflict stand, in order.
fn places(conflict: &Conflict) -> Vec<(usize, usize, usize)> {
    let mut places: Vec<_> = conflict.marks.iter().map(|m| (m.document, m.span.start, m.span.end)).collect();
    places.sort_unstable();
    places
}

fn conflict(sources: &Sources<'_>, figures: [(usize, &Claim); 2], thing: &str) -> Conflict {
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
fn linked<'f, 'a>(
    frames: &'f Frames<'a>,
    accounts: &Accounts<'_>,
    sources: &Sources<'_>,
) -> Vec<(&'f Frame<'a>, &'f Frame<'a>)> {
    let across: Vec<(usize, usize)> = frames
        .pairs(false)
        .into_iter()
        .filter(|&(a, b)| wanted(sources, &frames.frames[a], &frames.frames[b]))
        .filter(|&(a, b)| !accounts.strangers(frames.frames[a].article, frames.frames[b].article))
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
    let asked = |frame: &Frame<'_>| &sources.articles[frame.article].cues.evidence.asked;
    let believed = |&(a, b, score): &(usize, usize, u32)| {
        let (first, second) = (&frames.frames[a], &frames.frames[b]);
        let settled = borne_out.contains(&(a, second.article)) || borne_out.contains(&(b, first.article));
        first.sure
            && second.sure
            && score >= asked(first).source_conflict + pair::caution(first, second, asked(first))
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
