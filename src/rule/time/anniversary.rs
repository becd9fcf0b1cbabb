//! Anniversaries: a number, the event, and the time they are told of.

use std::ops::Range;

use super::length;
use super::{When, is_point, mark, show, text, today};
use crate::claim::{Article, Claim, Sentence};
use crate::quantity::Kind;
use crate::rule::{Conflict, Mark, Passage};
use crate::text::Upos;

/// The founding may stand so many sentences from its anniversary, and no other within so many.
const NEAR: usize = 3;
const WIDE: usize = 30;

/// Holds every anniversary of a sentence against the event it is of, and the year it falls in.
pub fn check(passage: &Passage<'_>) -> Option<Conflict> {
    let (years, range) = anniversary(passage)?;
    let (event, exact_event) = event(passage, &range)?;
    let event_when = When::of(event)?;
    let told = told(passage, &range, event);
    let (when, claim) = match told {
        Some(claim) => (When::of(claim)?, Some(claim)),
        None => (today(passage.article)?, None),
    };
    let shifted = claim.is_none() && is_shifted(passage, event);
    if shifted || event_when.first > when.last {
        return None;
    }
    // Told of the year itself it is exact; told of about now, it may be about to come, or just over.
    let slack = i64::from(claim.is_none() || !exact_event);
    let (from, to) = (whole_year(event_when)?, whole_year(when)?);
    if within(years, from, to, slack) {
        return None;
    }
    let words = text(passage.article, passage.sentence(), range.clone());
    let end = claim.map_or_else(|| show(when.first), |c| passage.text(c).to_owned());
    let real = length::years(from, to);
    let message = format!("{} to {end} is {real}, so not the {words}", passage.text(event));
    let mut marks =
        vec![mark(passage.article, passage.sentence(), range, "the anniversary")?, Mark::new(event, "the event")];
    marks.extend(claim.map(|c| Mark::new(c, "when")));
    let note = claim.is_none().then(|| format!("the article is dated {}", show(when.first)));
    Some(Conflict { marks, message, note })
}

fn within(years: i64, from: When, to: When, slack: i64) -> bool {
    let real = i64::from(to.first.year()) - i64::from(from.first.year());
    (real - years).abs() <= slack
}

fn whole_year(when: When) -> Option<When> {
    (when.first.year() == when.last.year()).then(|| When::year(i32::from(when.first.year()))).flatten()
}

/// The anniversary of a sentence that has one: how many years, and its tokens.
fn anniversary(passage: &Passage<'_>) -> Option<(i64, Range<usize>)> {
    let (tokens, times) = (passage.tokens(), &passage.cues().times);
    let mut found = (0..tokens.len()).filter_map(|at| {
        let word = &tokens[at].lower;
        if let Some(years) = times.named_anniversaries.get(word) {
            return Some((*years, at..at + 1));
        }
        if !times.anniversaries.has(word) {
            return None;
        }
        let ordinal = passage.claims().iter().find(|c| {
            let numbered = matches!(c.quantity().kind, Kind::Ordinal | Kind::Duration);
            numbered && c.figure.tokens.end <= at && at - c.figure.tokens.end <= 1
        })?;
        let unit = ordinal.quantity().unit.as_ref().is_none_or(|u| u.code == "a");
        let years = ordinal.quantity().single().filter(|_| unit)?.to_integer()?;
        Some((years, ordinal.figure.tokens.start..at + 1))
    });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// What an anniversary is of, and whether the words say so in one breath: "of the 1969 landing", "founded in 1921".
fn event<'a>(passage: &Passage<'a>, range: &Range<usize>) -> Option<(&'a Claim, bool)> {
    let (tokens, times) = (passage.tokens(), &passage.cues().times);
    if tokens.get(range.end).is_some_and(|t| times.of.has(&t.lower)) {
        let date = passage.claims().iter().find(|c| is_point(c) && c.figure.tokens.start > range.end)?;
        let gap = tokens.get(range.end..date.figure.tokens.start)?;
        let parted = gap.iter().any(|t| matches!(&*t.lower, "," | ";") || times.relative.has(&t.lower));
        // "The anniversary of the club in 2005" is when it was marked: behind "in" the date is the event's only where
        // the words name one, "of the landing in 1969"; the other date tells.
        let led = gap.last().is_some_and(|t| times.at.has(&t.lower));
        let alone = gap.len() <= 2;
        if gap.len() <= 9 && !parted && !(led && alone) {
            return date.figure.date?.year.map(|_| (date, !led));
        }
    }
    let article = passage.article;
    if let Some((_, date)) = founding(article, passage.sentence()) {
        return Some((date, true));
    }
    // "Its 90th anniversary ... The club was founded in 1921": nothing else in the article was founded.
    let owned = range
        .start
        .checked_sub(1)
        .is_some_and(|i| times.owners.has(&tokens[i].lower) || times.owning.has(&tokens[i].lower));
    if !owned || passage.claims().iter().any(is_point) {
        return None;
    }
    let first = passage.index.saturating_sub(WIDE);
    let around =
        article.sentences.iter().enumerate().skip(first).take(2 * WIDE + 1).filter(|(_, s)| !super::too_long(s));
    let mut all = around.filter_map(|(i, s)| Some((i, founding(article, s)?)));
    let (index, (at, date)) = all.next()?;
    if all.next().is_some() || index.abs_diff(passage.index) > NEAR {
        return None;
    }
    let sentence = &article.sentences[index];
    let subject = sentence.tokens.iter().take(at).take(2).any(|t| times.same_subject.has(&t.lower));
    subject.then_some((date, false))
}

/// The verb of founding of a sentence and its year: "was founded by a group of tram drivers in 1921".
pub fn founding<'a>(article: &'a Article, sentence: &Sentence) -> Option<(usize, &'a Claim)> {
    let times = &article.cues.times;
    let claims = &article.claims[sentence.claims.clone()];
    let at = sentence.tokens.iter().position(|t| times.founding.has(&t.lower))?;
    let date = claims.iter().find(|c| is_point(c) && c.figure.tokens.start > at)?;
    date.figure.date?.year?;
    let gap = sentence.tokens.get(at + 1..date.figure.tokens.start)?;
    let clear = gap.len() <= 9
        && !gap.iter().any(|t| t.is_verb() || matches!(&*t.lower, "," | ";") || t.upos == Upos::CCONJ)
        && gap.last().is_some_and(|t| times.at.has(&t.lower));
    clear.then_some((at, date))
}

/// The date an anniversary is told to fall on: "celebrated its 90th anniversary in 2005", "In 2005 the club marked ...".
fn told<'a>(passage: &Passage<'a>, range: &Range<usize>, event: &Claim) -> Option<&'a Claim> {
    let tokens = passage.tokens();
    let times = &passage.cues().times;
    passage.claims().iter().find(|c| {
        if !is_point(c) || c.span == event.span || c.figure.date.is_none_or(|d| d.year.is_none()) {
            return false;
        }
        let (start, end) = (c.figure.tokens.start, c.figure.tokens.end);
        let behind =
            start >= range.end && start - range.end <= 2 && start > 0 && times.at.has(&tokens[start - 1].lower);
        let opens = start <= 2 && end < range.start && !tokens[end..range.start].iter().any(|t| super::parts(times, t));
        behind || opens
    })
}

/// Whether a sentence speaks of another time than its article's.
fn is_shifted(passage: &Passage<'_>, event: &Claim) -> bool {
    let times = &passage.cues().times;
    let other = passage
        .claims()
        .iter()
        .any(|c| is_point(c) && c.span != event.span && c.figure.date.is_some_and(|d| d.year.is_some()));
    other || passage.tokens().iter().any(|t| times.shifted.has(&t.lower))
}
