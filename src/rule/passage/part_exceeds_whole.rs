//! A part that is larger than its whole.

use crate::claim::Claim;
use crate::quantity::{Bound, Kind, Number};
use crate::rule::{Conflict, Mark, Passage, wording};
use crate::text::Upos;

/// Compares "16 of them", "11 of whom", "including 15 children", "seven of the five" and "of the 40, 45" with the figure
/// they are part of, and a share of people with all of them.
pub fn check(passage: &Passage<'_>) -> Vec<Conflict> {
    let claims = passage.claims();
    let mut found = Vec::new();
    for (i, part) in claims.iter().enumerate() {
        if more_than_all(passage, part) {
            found.push(Conflict {
                message: format!("{} is more than all of them", wording::inside(passage.text(part))),
                marks: vec![Mark::new(part, "more than all")],
                note: None,
            });
            continue;
        }
        let whole = direct(passage, claims, i).or_else(|| {
            let before = &claims[..i];
            match part.pronoun {
                _ if !part.sure.noun => None,
                // "42 of those 100 regions": the pronoun only points at the number behind it.
                Some(at) if at >= part.figure.tokens.end && !numbered(passage, at + 1) => {
                    whole_of(passage, part, before)
                }
                Some(_) => None,
                None => includer(passage, part, before),
            }
        });
        let Some(whole) = whole.filter(|w| comparable(w, part) && exceeds(part, w)) else { continue };
        found.push(Conflict {
            message: format!(
                "{} cannot be part of {}",
                wording::inside(passage.article.phrase(part)),
                wording::inside(passage.article.phrase(whole))
            ),
            marks: vec![Mark::new(whole, "the whole"), Mark::new(part, "the part is larger")],
            note: None,
        });
    }
    found
}

/// Whether every value of the part is above every value of the whole. "As many as 18" is 18.
fn exceeds(part: &Claim, whole: &Claim) -> bool {
    let (larger, smaller) = (part.quantity(), whole.quantity());
    let up_to = matches!(larger.bound, Bound::AtMost);
    let own = larger.single().filter(|_| up_to).map_or_else(|| larger.allowed(), |n| larger.rounded(n));
    let (part_values, whole_values) = (larger.to_base(&own), smaller.to_base(&smaller.allowed()));
    part_values.low.zip(whole_values.high).is_some_and(|(p, w)| p.value > w.value || p.value == w.value && !w.closed)
}

fn numbered(passage: &Passage<'_>, at: usize) -> bool {
    passage.claims().iter().any(|c| c.figure.tokens.start == at)
}

/// The whole that stands right beside its part: "seven of the five suspects", "23 out of 20", "of the 40 passengers, 45".
fn direct<'a>(passage: &Passage<'a>, claims: &'a [Claim], i: usize) -> Option<&'a Claim> {
    let cues = &passage.cues().sums.parts;
    let part = &claims[i];
    let counts = |c: &Claim| c.quantity().kind == Kind::Count && c.quantity().single().is_some();
    if !counts(part) || part.figure.form.attributive {
        return None;
    }
    if let Some(whole) = claims.get(i + 1).filter(|w| counts(w) && !w.figure.form.attributive) {
        let between = passage.between(part, whole);
        let own_noun = part.head.is_some_and(|h| (part.figure.tokens.end..whole.figure.tokens.start).contains(&h));
        let rest = cues.out_of.at(between, 0).or_else(|| cues.of.at(between, 0).filter(|_| between.len() > 1));
        let determined = rest
            .is_some_and(|n| between[n..].len() <= 2 && between[n..].iter().all(|t| cues.determiners.has(&t.lower)));
        if determined && !own_noun {
            return Some(whole);
        }
        // "Five in four adults": so many of every so many people.
        let people = whole.noun.as_deref().is_some_and(|n| cues.respondents.has(n));
        if cues.in_.is(between) && people && part.figure.tokens.start == 0 && !own_noun {
            return Some(whole);
        }
    }
    // "Of the 40 passengers, 45 were rescued": the clause opens with the whole, and the part has no noun of its own.
    let whole = claims.get(i.checked_sub(1)?).filter(|w| counts(w))?;
    let start = whole.figure.tokens.start;
    let opens = (start.saturating_sub(3)..start).find(|&at| cues.of.at(passage.tokens(), at).is_some())?;
    let first = opens == 0 || matches!(&*passage.tokens()[opens - 1].lower, ";" | ":" | "-");
    let between = passage.between(whole, part);
    let comma = between.iter().position(|t| t.lower == ",")?;
    let alone = between.len() == comma + 1 && comma <= 7 && !between[..comma].iter().any(|t| t.upos == Upos::AUX);
    let behind = passage.tokens().get(part.figure.tokens.end);
    let bare = behind.is_none_or(|t| t.is_verb() || t.upos == Upos::AUX || t.upos == Upos::PUNCT);
    (first && alone && bare && part.figure.form.bare).then_some(whole)
}

/// Whether a share is of people and more than all of them: "130% of those polled", "of all firms asked, 230 per cent".
fn more_than_all(passage: &Passage<'_>, claim: &Claim) -> bool {
    let (quantity, tokens, cues) = (claim.quantity(), passage.tokens(), &passage.cues().sums.parts);
    let percentage = quantity.kind == Kind::Ratio && quantity.unit.as_ref().is_some_and(|u| u.code == "%");
    let above = quantity.single().is_some_and(|n| n > Number::from(100));
    let (start, end) = (claim.figure.tokens.start, claim.figure.tokens.end);
    if !percentage || !above || claim.figure.form.factor || changed(passage, claim) {
        return false;
    }
    let asked = |at: usize| {
        let words = tokens.get(at..(at + 6).min(tokens.len())).unwrap_or_default();
        let head = words
            .iter()
            .position(|t| t.upos != Upos::DET && t.upos != Upos::ADJ && t.upos != Upos::PRON && t.xpos != "VBN");
        let lemma = head.and_then(|h| passage.sentence().lemmas.get(at + h));
        let noun =
            head.is_some_and(|h| matches!(words[h].xpos, "NNS" | "NNPS") || cues.respondents.has(&words[h].lower));
        cues.those_asked.at(tokens, at).is_some() || noun && lemma.is_some_and(|l| cues.respondents.has(l))
    };
    let lead = start.checked_sub(1).map(|at| &tokens[at]);
    // "Was 130% of the households of 1990", "rose to 130% of": a comparison.
    let subject = lead
        .is_none_or(|t| t.upos == Upos::PUNCT || t.xpos == "IN" && cues.clause.has(&t.lower) || t.upos == Upos::CCONJ);
    let of = cues.of.at(tokens, end).is_some_and(|n| asked(end + n));
    let ends = tokens.get(end).is_some_and(|t| t.upos != Upos::PUNCT && cues.of.at(tokens, end).is_none());
    let opened = (0..start).take(6).find(|&at| at == 0 && cues.of.at(tokens, at).is_some());
    let opened = opened.is_some_and(|at| asked(at + 1)) && lead.is_some_and(|t| t.lower == ",") && ends;
    let clear = !tokens.iter().any(|t| cues.compared.has(&t.lower));
    clear && (subject && of || opened)
}

/// Whether a share is a change or in a comparison.
fn changed(passage: &Passage<'_>, claim: &Claim) -> bool {
    let (lemmas, relations) = (&passage.sentence().lemmas, &passage.cues().relations);
    let near = claim.figure.tokens.start.saturating_sub(2)..(claim.figure.tokens.end + 2).min(lemmas.len());
    lemmas[near].iter().any(|l| relations.rise.has(l) || relations.fall.has(l))
}

fn comparable(whole: &Claim, part: &Claim) -> bool {
    let plain = |c: &Claim| matches!(c.quantity().kind, Kind::Count | Kind::Money);
    plain(whole) && plain(part) && whole.quantity().dimension() == part.quantity().dimension()
}

/// The figure that "them", "whom" or "those" stands for.
pub(super) fn whole_of<'a>(passage: &Passage<'a>, part: &Claim, before: &'a [Claim]) -> Option<&'a Claim> {
    let pronoun = &passage.tokens()[part.pronoun?];
    let counts = |c: &&Claim| c.pronoun.is_none() && comparable(c, part);
    let cues = &passage.cues().sums.parts;
    if cues.relatives.has(&pronoun.lower) {
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
    (!plural(head) || !cues.them.has(&pronoun.lower))
        .then_some(first)
        .filter(|_| opens || alone && last_plural_is(previous, first))
}

/// Whether no other plural noun follows a claim's own in its sentence.
fn last_plural_is(sentence: &crate::claim::Sentence, claim: &Claim) -> bool {
    sentence.tokens.get(claim.phrase.end..).is_none_or(|rest| !rest.iter().any(|t| matches!(t.xpos, "NNS" | "NNPS")))
}

/// "12 people, including 15 children", "the 30-strong crew included 34 trainees": the figure before the word.
fn includer<'a>(passage: &Passage<'a>, part: &Claim, before: &'a [Claim]) -> Option<&'a Claim> {
    let (tokens, start) = (passage.tokens(), part.figure.tokens.start);
    let last = before.last()?;
    let counted = last.noun.is_some() && part.noun.is_some() && part.quantity().unit.is_none();
    let end = last.phrase.end.max(last.figure.tokens.end);
    if let Some(length) = passage.cues().relations.including.before(tokens, start) {
        let between = tokens.get(end..start - length).unwrap_or_default();
        // "Three of those 21": the pronoun belongs to the number before it.
        let parted = last.figure.tokens.end < start - length;
        return (between.len() <= 1 && counted && parted).then_some(last);
    }
    let verb = start.checked_sub(1).filter(|&at| passage.cues().sums.parts.includes.has(&tokens[at].lower))?;
    let between = tokens.get(end.min(verb)..verb).unwrap_or_default();
    let people = |c: &Claim| {
        let person = &passage.cues().sums.parts.person;
        c.noun.as_deref().is_some_and(|n| passage.cues().classes.same_thing(n, person)) || c.figure.form.attributive
    };
    let subject = between.len() <= 3 && between.iter().all(|t| t.is_noun() || t.upos == Upos::ADJ || t.lower == "-");
    (subject && counted && people(last)).then_some(last)
}
