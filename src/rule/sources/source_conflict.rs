//! Documents give figures for one thing that cannot both be true.

use std::collections::HashSet;

use crate::group::{Frame, Frames};
use crate::rule::{Conflict, Mark, Sources, pair};

/// Evidence needed, in tenths: the same noun with two words more, or the same event with one.
const THRESHOLD: u32 = 10;

/// Holds each document's figures against every other's. Where a figure agrees with one of the same thing in the other
/// document, it is borne out and no conflict is reported for it.
pub fn check(sources: &Sources<'_>) -> Vec<Conflict> {
    let frames = Frames::new(sources.articles);
    let mut found = Vec::new();
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
    for (a, b, score) in clashes {
        let (first, second) = (&frames.frames[a], &frames.frames[b]);
        let settled = borne_out.contains(&(a, second.article)) || borne_out.contains(&(b, first.article));
        if !(first.sure && second.sure)
            || score < THRESHOLD + pair::caution(first, second)
            || settled
            || dated_apart(sources, first, second)
            || first.claim.stage.prospect != second.claim.stage.prospect
        {
            continue;
        }
        let (x, y) = (frames.article(first).phrase(first.claim), frames.article(second).phrase(second.claim));
        found.push(Conflict {
            marks: [(first, x), (second, y)]
                .map(|(f, text)| Mark {
                    document: f.article,
                    span: f.claim.span.clone(),
                    label: format!("says {text}"),
                    fix: None,
                })
                .to_vec(),
            message: format!("two figures for {}: {x} and {y}", pair::thing(first, second)),
            note: None,
        });
    }
    found
}

fn wanted(sources: &Sources<'_>, a: &Frame<'_>, b: &Frame<'_>) -> bool {
    a.article != b.article && (!sources.draft || a.article == 0 || b.article == 0)
}

/// Two documents of different days may each have the figure of its day.
fn dated_apart(sources: &Sources<'_>, a: &Frame<'_>, b: &Frame<'_>) -> bool {
    let date = |f: &Frame<'_>| sources.articles[f.article].document.date;
    date(a).zip(date(b)).is_some_and(|(x, y)| x != y)
}
