//! A headline, standfirst or caption that cannot be squared with the body.

use crate::claim::{Article, Claim};
use crate::group::{Frame, Frames, Section};
use crate::quantity::{Interval, Kind, Number};
use crate::rule::{Conflict, Mark, Tolerances, pair, slips};

/// How sure a slip must be.
pub const TOLERANCES: &[&str] = &[slips::SURE];

/// How many figures of headlines and captions are held against the body: a text with more is no article.
const MOST_SUMMED: usize = 256;
/// How many of the body's sentences a headline sums up; figures further down are details.
const LEAD_SENTENCES: usize = 12;

/// Holds each figure of a summary against the figures of the body that are of the same thing. One that agrees, or two
/// that add up to it, settle it.
pub fn check(article: &Article, tolerances: &Tolerances) -> Vec<Conflict> {
    if !article.claims.iter().any(|claim| is_summary(article, claim)) {
        return Vec::new();
    }
    let frames = Frames::new(std::slice::from_ref(article));
    let evidence = &article.cues.evidence;
    let mut found = Vec::new();
    for summary in frames.frames.iter().filter(|f| f.section == Section::Summary).take(MOST_SUMMED) {
        if settled(article, summary) {
            continue;
        }
        let mut linked = Vec::new();
        for body in frames.frames.iter().filter(|f| f.section == Section::Body) {
            let near = body.claim.sentence < summary.claim.sentence + LEAD_SENTENCES;
            if near
                && body.sure
                && let Some(link) = frames.link(summary, body)
                && link.score >= evidence.asked.headline_body
            {
                linked.push((body, link.score));
            }
        }
        let best = linked.iter().max_by_key(|(f, score)| (*score, std::cmp::Reverse(f.claim.sentence)));
        let Some((body, _)) = best else { continue };
        let stage = body.claim.stage;
        if linked.iter().any(|(f, _)| pair::agree(summary, f))
            || adds_up(summary, &linked)
            || pair::rounded_wrongly(summary, body, &evidence.rounded)
            || pair::echoed(summary, body)
            || stage.earlier
        {
            continue;
        }
        let (x, y) = (article.phrase(summary.claim), article.phrase(body.claim));
        found.push(Conflict {
            marks: vec![Mark::new(summary.claim, format!("says {x}")), Mark::new(body.claim, format!("says {y}"))],
            message: format!("{} says {x}, the text {y}", place(article, summary.claim)),
            note: None,
        });
    }
    for slip in slips::find(article, tolerances, |first, second| first && !second) {
        if slip.is_among(&found) {
            continue;
        }
        let (x, y) = (article.phrase(slip.first.claim), article.phrase(slip.second.claim));
        found.push(slip.conflict(article, format!("{} says {x}, the text {y}", place(article, slip.first.claim))));
    }
    found
}

/// Whether a claim stands in what sums the article up.
fn is_summary(article: &Article, claim: &Claim) -> bool {
    use crate::document::Place;
    matches!(article.place(claim), Place::Headline | Place::Standfirst | Place::Caption)
}

fn place(article: &Article, claim: &Claim) -> &'static str {
    match article.place(claim) {
        crate::document::Place::Caption => "the caption",
        crate::document::Place::Standfirst => "the standfirst",
        _ => "the headline",
    }
}

/// Whether some figure of the body, of whatever noun, bears the summary's out: the same value, or what adds up to it.
fn settled(article: &Article, summary: &Frame<'_>) -> bool {
    let body: Vec<_> = article
        .claims
        .iter()
        .filter(|c| !std::ptr::eq(*c, summary.claim) && c.quantity().dimension() == summary.dimension)
        .filter(|c| c.quantity().kind == summary.quantity().kind)
        .filter(|c| !is_summary(article, c))
        .collect();
    let own = summary.quantity();
    let wanted = own.to_base(&own.allowed());
    if body.iter().any(|c| {
        own.agrees(c.quantity()) && matches!(c.quantity().bound, b if b == own.bound || c.quantity().single().is_some())
    }) {
        return true;
    }
    if own.kind != Kind::Count {
        return false;
    }
    // Five dead in one crash and four in the other; two men and a woman.
    let counts: Vec<_> = body.iter().take(24).map(|c| (c, c.quantity().to_base(&c.quantity().allowed()))).collect();
    counts.iter().enumerate().any(|(i, (at, a))| {
        let joined = |other: &Claim| {
            other.sentence == at.sentence || other.stage.other && other.sentence.abs_diff(at.sentence) <= 1
        };
        a.plus(&Interval::exactly(Number::ONE)).meets(&wanted) && names_one_more(article, at.sentence)
            || counts[i + 1..].iter().any(|(other, b)| joined(other) && a.plus(b).meets(&wanted))
    })
}

/// Whether a sentence counts somebody with an article alone: "two men and a woman".
fn names_one_more(article: &Article, sentence: usize) -> bool {
    let tokens = &article.sentences[sentence].tokens;
    let cues = &article.cues.relations;
    tokens.windows(2).any(|w| cues.list_and.has(&w[0].lower) && cues.articles.has(&w[1].lower))
}

fn adds_up(summary: &Frame<'_>, linked: &[(&Frame<'_>, u32)]) -> bool {
    let values: Vec<Interval> = linked.iter().map(|(f, _)| f.quantity().to_base(&f.quantity().allowed())).collect();
    let all = values.iter().fold(Interval::exactly(Number::ZERO), |sum, v| sum.plus(v));
    linked.len() > 1 && all.meets(&summary.quantity().to_base(&summary.quantity().allowed()))
}
