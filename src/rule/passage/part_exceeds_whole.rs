//! A part that is larger than its whole.

use crate::claim::Claim;
use crate::quantity::Kind;
use crate::rule::{Conflict, Mark, Passage};

/// Compares "16 of them", "11 of whom", "410 of those jobs" and "including 15 children" with the figure they are part of.
pub fn check(passage: &Passage<'_>) -> Vec<Conflict> {
    let claims = passage.claims();
    let mut found = Vec::new();
    for (i, part) in claims.iter().enumerate() {
        if !part.sure.noun {
            continue;
        }
        let whole = if part.pronoun.is_some() {
            whole_of(passage, part, &claims[..i])
        } else {
            includer(passage, part, &claims[..i])
        };
        let Some(whole) = whole.filter(|w| comparable(w, part)) else { continue };
        let (larger, smaller) = (part.quantity(), whole.quantity());
        let (part_values, whole_values) = (larger.to_base(&larger.allowed()), smaller.to_base(&smaller.allowed()));
        let beyond = part_values
            .low
            .zip(whole_values.high)
            .is_some_and(|(p, w)| p.value > w.value || p.value == w.value && !w.closed);
        if beyond {
            found.push(Conflict {
                message: format!(
                    "{} cannot be part of {}",
                    passage.article.phrase(part),
                    passage.article.phrase(whole)
                ),
                marks: vec![Mark::new(whole, "the whole"), Mark::new(part, "the part is larger")],
                note: None,
            });
        }
    }
    found
}

fn comparable(whole: &Claim, part: &Claim) -> bool {
    let plain = |c: &Claim| matches!(c.quantity().kind, Kind::Count | Kind::Money);
    plain(whole) && plain(part) && whole.quantity().dimension() == part.quantity().dimension()
}

/// The figure that "them", "whom" or "those" stands for.
fn whole_of<'a>(passage: &Passage<'a>, part: &Claim, before: &'a [Claim]) -> Option<&'a Claim> {
    let pronoun = &passage.tokens()[part.pronoun?];
    let counts = |c: &&Claim| c.pronoun.is_none() && comparable(c, part);
    if matches!(&*pronoun.lower, "whom" | "which") {
        // A relative means what stands right before its comma.
        let last = before.last().filter(counts)?;
        let between = passage.between(last, part);
        let clear = between
            .iter()
            .rposition(|t| t.lower == ",")
            .is_some_and(|c| between[..c].iter().all(|t| !t.is_verb() && t.lower != ","));
        return clear.then_some(last);
    }
    let plural = |tokens: &[crate::text::Token]| tokens.iter().any(|t| matches!(t.xpos, "NNS" | "NNPS"));
    if let Some(last) = before.iter().rev().find(counts) {
        // Another plural in between may be what the pronoun means.
        let between = passage.tokens().get(last.phrase.end..part.figure.tokens.start).unwrap_or_default();
        let parted = between.iter().any(|t| matches!(&*t.lower, ":" | ";"));
        return (!plural(between) && !parted).then_some(last);
    }
    let head = passage.tokens().get(..part.figure.tokens.start).unwrap_or_default();
    let previous = passage.previous()?;
    let earlier = &passage.article.claims[previous.claims.clone()];
    let mut counted = earlier.iter().filter(counts);
    let first = counted.next()?;
    let alone = counted.next().is_none();
    let opens = previous.tokens[..first.figure.tokens.start].iter().all(|t| !t.is_noun() && !t.is_verb());
    // "Fourteen firefighters ... . 16 of them": the subject of the sentence before, or the only count in it.
    (!plural(head) || !pronoun_is_them(pronoun))
        .then_some(first)
        .filter(|_| opens || alone && last_plural_is(previous, first))
}

fn pronoun_is_them(pronoun: &crate::text::Token) -> bool {
    pronoun.lower == "them"
}

/// Whether no other plural noun follows a claim's own in its sentence.
fn last_plural_is(sentence: &crate::claim::Sentence, claim: &Claim) -> bool {
    sentence.tokens.get(claim.phrase.end..).is_none_or(|rest| !rest.iter().any(|t| matches!(t.xpos, "NNS" | "NNPS")))
}

/// "12 people, including 15 children": the figure before "including".
fn includer<'a>(passage: &Passage<'a>, part: &Claim, before: &'a [Claim]) -> Option<&'a Claim> {
    let start = part.figure.tokens.start;
    let length = passage.cues().relations.including.before(passage.tokens(), start)?;
    let last = before.last()?;
    let between = passage.tokens().get(last.phrase.end..start - length).unwrap_or_default();
    (between.len() <= 1 && last.noun.is_some() && part.noun.is_some() && part.quantity().unit.is_none()).then_some(last)
}
