//! Two dates that bound one stretch: "from 22 July to 8 July", "opened in 1987 and closed in 2004".

use super::{When, parts};
use crate::claim::Claim;
use crate::claim::cues::Words;
use crate::rule::Passage;
use crate::text::Token;

/// How two dates of a sentence are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    /// "From A to B", "between A and B", "A-B".
    Range,
    /// "Opened in A and closed in B".
    Verbs,
}

/// How two figures next to one another bound a stretch.
pub fn joined(passage: &Passage<'_>, a: &Claim, b: &Claim) -> Option<Joined> {
    let times = &passage.cues().times;
    range(passage, a, b).or_else(|| verbs(passage, a, b, &times.begin, &times.end))
}

/// How they do where only the order counts: also "born in A and died in B", of which no stretch is told in between.
pub fn ordered(passage: &Passage<'_>, a: &Claim, b: &Claim) -> Option<Joined> {
    let times = &passage.cues().times;
    joined(passage, a, b).or_else(|| verbs(passage, a, b, &times.opening, &times.closing))
}

/// "From A to B", "between A and B", "A until B", "A-B" in brackets or with a mark of its own.
fn range(passage: &Passage<'_>, a: &Claim, b: &Claim) -> Option<Joined> {
    let tokens = passage.tokens();
    let times = &passage.cues().times;
    let between = passage.between(a, b);
    let before = |words: &Words| {
        let start = a.figure.tokens.start;
        tokens[..start].iter().rev().take(4).take_while(|t| t.lower != "," && !t.is_verb()).any(|t| words.has(&t.lower))
    };
    // "from 9am on Monday to 5pm on Tuesday": short words and names of days may stand in between.
    let (joint, rest): (Vec<&Token>, Vec<&Token>) = between.iter().partition(|t| {
        times.to.has(&t.lower) || times.and.has(&t.lower) || times.until.has(&t.lower) || t.lower == "-"
    });
    let plain = rest.iter().all(|t| times.range_gap.has(&t.lower) || times.weekdays.contains_key(&t.lower));
    if joint.len() != 1 || !plain || rest.len() > 5 {
        return None;
    }
    let joint = &joint[0].lower;
    let fits = if joint == "-" {
        true
    } else if times.and.has(joint) {
        before(&times.between)
    } else {
        before(&times.from) || times.until.has(joint)
    };
    fits.then_some(Joined::Range)
}

/// "Opened in A and closed in B": a verb that begins something over the first, one that ends it over the second, and no
/// other subject in between.
fn verbs(passage: &Passage<'_>, a: &Claim, b: &Claim, begin: &Words, end_of: &Words) -> Option<Joined> {
    let times = &passage.cues().times;
    let tokens = passage.tokens();
    let (start, end) = (a.figure.tokens.start, b.figure.tokens.start);
    let first = verb_in(passage, start.saturating_sub(12)..start)?;
    let last = verb_in(passage, a.figure.tokens.end..end)?;
    let between = passage.between(a, b);
    if between.len() > 14
        || between.iter().any(|t| parts(times, t))
        || !is_of(passage, first, begin)
        || !is_of(passage, last, end_of)
    {
        return None;
    }
    // Behind the first date comes "and", "before" or a comma, then the verb with no noun before it as its subject.
    let own = |t: &Token| t.is_noun() || times.subjects.has(&t.lower);
    (!tokens[a.figure.tokens.end..last].iter().any(own)).then_some(Joined::Verbs)
}

/// The last verb of a stretch of tokens. The tagger reads "closed in 2004" as an adjective at times, so that the words of
/// the tables count whatever they are tagged.
pub fn verb_in(passage: &Passage<'_>, range: std::ops::Range<usize>) -> Option<usize> {
    let times = &passage.cues().times;
    range.rev().find(|&i| {
        let token = &passage.tokens()[i];
        token.is_verb() && token.xpos != "MD" || times.participles.contains_key(&token.lower)
    })
}

/// Whether a verb is one of a table's.
pub fn is_of(passage: &Passage<'_>, at: usize, verbs: &Words) -> bool {
    let by_form = passage.cues().times.participles.get(&passage.tokens()[at].lower);
    verbs.has(&passage.sentence().lemmas[at]) || by_form.is_some_and(|lemma| verbs.has(lemma))
}

/// When two dates of one stretch lie. A date without a year takes the other's, or any year where neither has one; the
/// end comes after the start where the year is free.
pub fn both(a: &Claim, b: &Claim) -> Option<(When, When)> {
    let (first, last) = (a.figure.date?, b.figure.date?);
    match (first.year, last.year) {
        (Some(_), Some(_)) => Some((When::of(a)?, When::of(b)?)),
        (Some(year), None) => {
            last.month?;
            let start = When::of(a)?;
            let end = When::in_year(&last, year)?;
            let end = if end.last < start.first { When::in_year(&last, year + 1)? } else { end };
            Some((start, end))
        }
        (None, Some(year)) => {
            first.month?;
            last.month?;
            let end = When::of(b)?;
            let start = When::in_year(&first, year)?;
            let start = if end.last < start.first { When::in_year(&first, year - 1)? } else { start };
            Some((start, end))
        }
        (None, None) => {
            /// A common year before another.
            const ANY: i32 = 2022;
            first.day.or(last.day)?;
            first.month?;
            last.month?;
            let start = When::in_year(&first, ANY)?;
            let end = When::in_year(&last, ANY)?;
            let end = if end.last < start.first { When::in_year(&last, ANY + 1)? } else { end };
            Some((start, end))
        }
    }
}
