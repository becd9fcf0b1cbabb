//! One voice gives figures for one thing that cannot both be true.

use crate::claim::Article;
use crate::group::{Frame, Frames, Section};
use crate::quantity::Bound;
use crate::rule::{Conflict, MOST_FOUND, Mark, Tolerances, pair, slips};

/// How sure a slip must be.
pub const TOLERANCES: &[&str] = &[slips::SURE];

/// Holds every two linked figures of the body and of one voice against each other, and looks for slips.
pub fn check(article: &Article, tolerances: &Tolerances) -> Vec<Conflict> {
    let frames = Frames::new(std::slice::from_ref(article));
    let evidence = &article.cues.evidence;
    let mut found = Vec::new();
    for (a, b) in frames.pairs(false) {
        if found.len() >= MOST_FOUND {
            break;
        }
        let (first, second) = (&frames.frames[a], &frames.frames[b]);
        if !first.sure
            || !second.sure
            || first.section != Section::Body
            || second.section != Section::Body
            || !pair::one_voice(first, second) && !pair::presupposed(first, second)
        {
            continue;
        }
        if told_as_changing(first)
            || told_as_changing(second)
            || is_vague(first)
            || is_vague(second)
            || first.part_of_other(second)
            || is_new(article, second)
            || told_apart_by_number(first, second)
            || pair::echoed(first, second)
            || pair::agree(first, second)
            || pair::rounded_wrongly(first, second, &evidence.rounded)
        {
            continue;
        }
        let Some(link) = frames.link(first, second) else { continue };
        if link.score + article.slack().link
            < evidence.asked.figure_conflict + pair::caution(first, second, &evidence.asked)
            || frames.explained(first, second)
            || restated(&frames, first, second)
        {
            continue;
        }
        let (x, y) = (article.phrase(first.claim), article.phrase(second.claim));
        found.push(Conflict {
            marks: vec![Mark::new(first.claim, format!("says {x}")), Mark::new(second.claim, format!("says {y}"))],
            message: format!("two figures for {}: {x} and {y}", pair::thing(first, second)),
            note: None,
        });
    }
    for slip in slips::find(article, tolerances, |first, second| !first && !second) {
        if slip.is_among(&found) {
            continue;
        }
        let (x, y) = (article.phrase(slip.first.claim), article.phrase(slip.second.claim));
        found.push(slip.conflict(article, format!("two figures for one thing: {x} and {y}")));
    }
    found
}

fn told_as_changing(frame: &Frame<'_>) -> bool {
    frame.claim.stage.moving || frame.claim.stage.prospect
}

/// "A 60m loan", "also killed 12": a later thing that is another one than the one told of before.
fn is_new(article: &Article, frame: &Frame<'_>) -> bool {
    if frame.claim.stage.additive {
        return true;
    }
    let tokens = &article.sentence(frame.claim).tokens;
    let start = frame.claim.phrase.start.min(frame.claim.figure.tokens.start);
    let articles = &article.cues.relations.articles;
    articles.has(&tokens[start].lower) || start > 0 && articles.has(&tokens[start - 1].lower)
}

/// "10-year notes" and "the 30-year bond": the numbers say which is meant.
fn told_apart_by_number(a: &Frame<'_>, b: &Frame<'_>) -> bool {
    a.claim.figure.form.attributive && b.claim.figure.form.attributive
}

/// "Several", "dozens": words of no exact number are never the slip.
fn is_vague(frame: &Frame<'_>) -> bool {
    frame.quantity().bound == Bound::Vague
}

/// Whether either figure is told again elsewhere in a way that agrees with the other: the article knows both.
fn restated(frames: &Frames<'_>, a: &Frame<'_>, b: &Frame<'_>) -> bool {
    let told_beside = |one: &Frame<'_>, other: &Frame<'_>| {
        frames.of_sentence(one.article, one.claim.sentence).iter().any(|f| {
            !std::ptr::eq(f.claim, a.claim)
                && !std::ptr::eq(f.claim, b.claim)
                && f.dimension == a.dimension
                && f.noun() == a.noun().or(b.noun())
                && pair::agree(f, other)
        })
    };
    told_beside(a, b) || told_beside(b, a)
}
