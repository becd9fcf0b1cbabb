//! The parts of a whole breakdown that don't add to its total.

use crate::claim::{Claim, Sentence};
use crate::quantity::{Bound, Interval, Kind, Number, Quantity};
use crate::rule::{Conflict, Mark, Passage};
use crate::text::Token;

/// Adds up breakdowns that say they are whole: after a colon or "made up of", or "of the 140 ..., and the remaining 27".
pub fn check(passage: &Passage<'_>) -> Vec<Conflict> {
    breakdown(passage)
        .or_else(|| remainder(passage))
        .and_then(|(total, parts)| compare(passage, total, &parts))
        .into_iter()
        .collect()
}

/// A part of a breakdown: a figure, or "a woman", which is one.
enum Part<'a> {
    Figure(&'a Claim),
    One,
}

/// "22 people: nine in Leeds, six in Bradford and seven in Hull", "a jury of 12, made up of six men and five women".
fn breakdown<'a>(passage: &Passage<'a>) -> Option<(&'a Claim, Vec<Part<'a>>)> {
    let (tokens, claims) = (passage.tokens(), passage.claims());
    let cues = &passage.cues().relations;
    let opener = (0..tokens.len()).find_map(|at| {
        let length = if tokens[at].lower == ":" { Some(1) } else { cues.breakdown.at(tokens, at) };
        length.map(|n| (at, at + n)).filter(|&(start, _)| claims.iter().any(|c| c.figure.tokens.end <= start))
    });
    let (opens, list) = opener?;
    // "split into three stages: 96 miles ...": the list proper begins at the colon.
    let list = tokens[list..].iter().take(4).position(|t| t.lower == ":").map_or(list, |colon| list + colon + 1);
    let parts = items(passage, list)?;
    let first = parts.iter().find_map(|p| if let Part::Figure(c) = p { Some(*c) } else { None })?;
    let mut before = claims.iter().filter(|c| c.figure.tokens.end <= opens);
    let total = before
        .rfind(|c| c.quantity().dimension() == first.quantity().dimension() && c.quantity().single().is_some())?;
    (!number_of_parts(total, parts.len())).then_some((total, parts))
}

/// Whether a total is only the number of the things listed: "three stages".
fn number_of_parts(total: &Claim, parts: usize) -> bool {
    total.quantity().unit.is_none() && total.quantity().single() == i64::try_from(parts).ok().map(Number::from)
}

/// The items of a list that runs to the end of its clause, each opened by its figure.
fn items<'a>(passage: &Passage<'a>, start: usize) -> Option<Vec<Part<'a>>> {
    let (tokens, claims) = (passage.tokens(), passage.claims());
    let cues = &passage.cues().relations;
    let mut parts = Vec::new();
    let mut at = start;
    loop {
        // Words that may stand before an item's figure: "and", "a final", "the remaining".
        let mut begin = at;
        while tokens
            .get(begin)
            .is_some_and(|t| cues.list_and.has(&t.lower) || cues.definite.has(&t.lower) || cues.rest.has(&t.lower))
        {
            begin += 1;
        }
        let article = tokens.get(begin).is_some_and(|t| cues.articles.has(&t.lower));
        let figure = claims.iter().find(|c| {
            let at = c.figure.tokens.start;
            at == begin
                || article && at > begin && at <= begin + 2 && tokens[begin + 1..at].iter().all(|t| !t.is_noun())
        });
        let mut end = if let Some(claim) = figure {
            parts.push(Part::Figure(claim));
            claim.figure.tokens.end
        } else if article && tokens.get(begin + 1..begin + 4).is_some_and(|rest| rest.iter().any(Token::is_noun)) {
            parts.push(Part::One);
            begin + 1
        } else {
            return None;
        };
        // The item goes on to the next comma or "and" that a figure follows.
        let last = tokens.get(at.saturating_sub(1)).is_some_and(|t| cues.list_and.has(&t.lower))
            || tokens.get(at).is_some_and(|t| cues.list_and.has(&t.lower));
        let next = loop {
            match tokens.get(end) {
                None => break None,
                Some(t) if matches!(&*t.lower, "." | "?" | "!") => break None,
                Some(t) if matches!(&*t.lower, "," | ";") || cues.list_and.has(&t.lower) => break Some(end + 1),
                Some(_) => end += 1,
            }
        };
        match next {
            // After its "and" a list is whole, unless another figure follows on its heels.
            Some(next) if last => {
                let goes_on = claims.iter().any(|c| (next..next + 3).contains(&c.figure.tokens.start));
                return (!goes_on && parts.len() >= 2).then_some(parts);
            }
            Some(next) => at = next,
            None => return (parts.len() >= 2).then_some(parts),
        }
    }
}

/// "Of the 140 eggs, 92 hatched, 31 proved infertile and the remaining 27 were lost."
fn remainder<'a>(passage: &Passage<'a>) -> Option<(&'a Claim, Vec<Part<'a>>)> {
    let (tokens, claims) = (passage.tokens(), passage.claims());
    let cues = &passage.cues().relations;
    let (total, parts) = claims.split_first()?;
    let opens = tokens.first().is_some_and(|t| t.lower == "of") && total.figure.tokens.start <= 4;
    let dimension = total.quantity().dimension();
    let same = parts.len() >= 2 && parts.iter().all(|c| c.quantity().dimension() == dimension && c.pronoun.is_none());
    let last = parts.last()?;
    let closes =
        (last.figure.tokens.start.saturating_sub(2)..last.figure.tokens.start).any(|i| cues.rest.has(&tokens[i].lower));
    (opens && same && closes).then(|| (total, parts.iter().map(Part::Figure).collect()))
}

fn compare(passage: &Passage<'_>, total: &Claim, parts: &[Part<'_>]) -> Option<Conflict> {
    let whole = total.quantity();
    let unit = parts.iter().find_map(|p| if let Part::Figure(c) = p { Some(c.quantity()) } else { None })?;
    if !additive(whole) || rounded_says(passage.sentence()) {
        return None;
    }
    let mut sum = Interval::exactly(Number::ZERO);
    let mut written = Vec::new();
    let mut exact = Number::ZERO;
    for part in parts {
        let (values, number) = match part {
            Part::One => (Interval::exactly(Number::ONE), Number::ONE),
            Part::Figure(claim) => {
                let quantity = claim.quantity();
                let number = quantity.single()?;
                // "96 miles on the first day, 118 on Saturday": a bare number takes the unit of the first.
                let quantity = if quantity.unit.is_none() && unit.unit.is_some() {
                    &Quantity { unit: unit.unit.clone(), per: unit.per.clone(), kind: unit.kind, ..quantity.clone() }
                } else {
                    quantity
                };
                if quantity.dimension() != whole.dimension() || !additive(quantity) {
                    return None;
                }
                (quantity.to_base(&quantity.allowed()), number)
            }
        };
        sum = sum.plus(&values);
        exact = exact + number;
        written.push(number);
    }
    // "439 orders from 16 airlines, comprising 275 firm ones and 164 options": any figure that the parts add to settles it.
    let first = passage.claims().iter().take_while(|c| c.figure.tokens.start <= total.figure.tokens.start);
    if first.map(Claim::quantity).any(|q| q.dimension() == whole.dimension() && sum.meets(&q.to_base(&q.allowed()))) {
        return None;
    }
    let scale = written.iter().copied().chain([exact]).filter_map(Number::magnitude).max().map_or(0, |m| m / 3 * 3);
    let scale = if scale >= 6 { Number::power_of_ten(scale) } else { Number::ONE };
    let terms: Vec<String> = written.iter().map(|n| (*n / scale).to_string()).collect();
    let stated = whole.single()? / scale;
    let mut marks = vec![Mark::new(total, "the total")];
    marks
        .extend(parts.iter().filter_map(|p| if let Part::Figure(c) = p { Some(Mark::new(c, "a part")) } else { None }));
    Some(Conflict { message: format!("{} = {}, not {stated}", terms.join(" + "), exact / scale), marks, note: None })
}

fn additive(quantity: &Quantity) -> bool {
    matches!(
        quantity.kind,
        Kind::Count
            | Kind::Money
            | Kind::Length
            | Kind::Area
            | Kind::Volume
            | Kind::Mass
            | Kind::Duration
            | Kind::Energy
            | Kind::Power
    ) && matches!(quantity.bound, Bound::Exact | Bound::About)
        && quantity.per.is_none()
}

/// Whether the sentence itself says that its figures are rounded.
fn rounded_says(sentence: &Sentence) -> bool {
    sentence.lemmas.iter().any(|l| l == "rounded" || l == "rounding" || l == "round")
}
