//! Shares of a whole in a sentence: percentages, and fractions that are written out.

use std::ops::Range;

use compact_str::CompactString;

use crate::claim::{Claim, Lead};
use crate::quantity::{Bound, Interval, Kind, Number};
use crate::rule::Passage;
use crate::text::{Token, Upos};

/// A share of a whole.
#[allow(clippy::struct_excessive_bools)] // Each is asked for on its own.
pub struct Share {
    /// Its tokens in its sentence.
    pub tokens: Range<usize>,
    /// Bytes in the file.
    pub span: Range<usize>,
    /// The values it may stand for, one being the whole.
    pub values: Interval,
    /// The value as written.
    pub value: Number,
    /// A percentage rather than a fraction in words.
    pub percentage: bool,
    /// It says that it completes the whole.
    pub residual: bool,
    /// It completes the whole only if other shares bear it out.
    pub loose: bool,
    /// The lemma of what it is "of".
    pub base: Option<CompactString>,
    /// What it is "of", in words.
    pub whole: Option<String>,
    /// Whether something before or around it says that it is a change or in a comparison.
    pub aside: bool,
}

/// The shares of a sentence in order, without those of another time: "up from 40%".
pub fn shares(passage: &Passage<'_>) -> Vec<Share> {
    let tokens = passage.tokens();
    let mut found: Vec<Share> = Vec::new();
    for at in 0..tokens.len() {
        if found.last().is_some_and(|s| s.tokens.end > at) {
            continue;
        }
        let claim = passage.claims().iter().find(|c| c.figure.tokens.start == at && is_share(passage, c));
        // "Nearly half (48%)" is one share.
        let again =
            found.last().is_some_and(|s| s.tokens.end + 1 == at && tokens[at - 1].lower == "(" && !s.percentage);
        if again && claim.is_some() {
            found.pop();
        }
        let share = claim.map(|c| claimed(passage, c)).or_else(|| worded(passage, at));
        found.extend(share);
    }
    // "A third time": a word that only looks like a fraction needs true shares beside it.
    let doubtful = found.len() < 2 && found.iter().all(|s| !s.percentage && !s.residual);
    if doubtful { Vec::new() } else { found }
}

fn is_share(passage: &Passage<'_>, claim: &Claim) -> bool {
    // "up from 40%" is of another time; "on 42%" is not.
    let before = claim.figure.tokens.start.checked_sub(1).and_then(|at| passage.tokens().get(at));
    let compared = before.is_some_and(|t| passage.cues().sums.shares.compared.has(&t.lower));
    let quantity = claim.quantity();
    quantity.kind == Kind::Ratio
        && !claim.figure.form.factor
        && !claim.figure.form.change
        && quantity.single().is_some_and(|n| !n.is_negative())
        && !(compared && claim.lead == Some(Lead::From))
}

fn claimed(passage: &Passage<'_>, claim: &Claim) -> Share {
    let quantity = claim.quantity();
    let value = quantity.to_base(&Interval::exactly(quantity.single().unwrap_or(Number::ZERO)));
    let tokens = claim.figure.tokens.clone();
    let percentage = quantity.unit.as_ref().is_some_and(|u| u.code == "%");
    let values = if percentage || quantity.bound != Bound::Exact {
        share_values(claim, passage.tolerances.get("fraction"))
    } else {
        value
    };
    let value = value.low.map_or(Number::ZERO, |e| e.value);
    made(passage, tokens, claim.span.clone(), values, value, percentage)
}

/// A fraction that is written out and read as no figure: "the remaining quarter", "a third to the city".
fn worded(passage: &Passage<'_>, at: usize) -> Option<Share> {
    let tokens = passage.tokens();
    let cues = &passage.cues().sums.shares;
    let parts = cues.fractions.get(&tokens[at].lower)?;
    let before = at.checked_sub(1).map(|b| &tokens[b]);
    let numerator = before.and_then(|t| cues.numerators.get(&t.lower));
    let start = at - usize::from(numerator.is_some());
    // "a third man", "the second half", "a quarter mile".
    // The tagger may take the verb behind "the remaining quarter" for a noun.
    let rest = before.is_some_and(|t| cues.residual.within(std::slice::from_ref(t)));
    let alone = rest || tokens.get(at + 1).is_none_or(|t| !t.is_noun() && t.upos != Upos::ADJ && t.lower != "-");
    let half = *parts == 2;
    if !alone || numerator.is_none() && !half && before.is_some_and(|t| t.upos != Upos::VERB) {
        return None;
    }
    let value = Number::ratio(i128::from(*numerator.unwrap_or(&1)), i128::from(*parts));
    let block = &passage.article.document.blocks[passage.sentence().block];
    let span = block.file_span(tokens[start].start..tokens[at].end);
    Some(made(passage, start..at + 1, span, Interval::exactly(value), value, false))
}

fn made(
    passage: &Passage<'_>,
    tokens: Range<usize>,
    span: Range<usize>,
    values: Interval,
    value: Number,
    percentage: bool,
) -> Share {
    let (all, cues) = (passage.tokens(), &passage.cues().sums.shares);
    // "the remaining 4%", "the rest, about a sixth", "26% for the rest".
    let from = tokens.start.saturating_sub(4);
    let border = all[from..tokens.start].iter().rposition(|t| matches!(&*t.lower, ";" | ":") || t.upos == Upos::CCONJ);
    let from = border.map_or(from, |i| from + i + 1);
    let lead = all.get(from..(tokens.start + 2).min(tokens.end)).unwrap_or_default();
    let behind = all.get(tokens.end..(tokens.end + 4).min(all.len())).unwrap_or_default();
    let behind = &behind
        [..behind.iter().position(|t| matches!(&*t.lower, "," | ";") || t.upos == Upos::CCONJ).unwrap_or(behind.len())];
    // "the remaining subjects averaged 60%" is no rest of a whole.
    let plain = |t: &Token| !t.is_noun() && !t.is_verb();
    let ahead = (0..lead.len()).any(|i| {
        let length = cues.residual.at(lead, i).unwrap_or(0);
        length > 0 && lead[i + length..].iter().take(tokens.start.saturating_sub(from + i + length)).all(plain)
    });
    let says = ahead || cues.residual.within(behind);
    let last = tokens.start.checked_sub(1).and_then(|at| all.get(at));
    let loose = !says && last.is_some_and(|t| cues.residual_loose.has(&t.lower))
        || says && last.is_some_and(|t| cues.residual_loose.has(&t.lower));
    // "Half of the seats", "half the seats".
    let of = all.get(tokens.end).is_some_and(|t| cues.of.has(&t.lower) || !percentage && t.upos == Upos::DET);
    let noun = (tokens.end + 1..(tokens.end + 7).min(all.len()))
        .take_while(|&at| !matches!(all[at].upos, Upos::ADP | Upos::VERB | Upos::PUNCT))
        .filter(|&at| all[at].is_noun() || all[at].upos == Upos::PRON)
        .last();
    let noun = noun.filter(|_| of);
    let base = noun.map(|at| passage.sentence().lemmas[at].clone());
    let named = noun.filter(|&at| all[at].is_noun());
    let whole = named.map(|at| {
        let words = all[tokens.end + 1..=at].iter().filter(|t| !matches!(t.upos, Upos::DET | Upos::PRON));
        words.map(|t| &*t.lower).collect::<Vec<_>>().join(" ")
    });
    let aside = compared(passage, &tokens) || changed(passage, &tokens);
    Share { tokens, span, values, value, percentage, residual: says || loose, loose, base, whole, aside }
}

/// Whether a share stands in a comparison: "against 48%", "than the 30%".
fn compared(passage: &Passage<'_>, share: &Range<usize>) -> bool {
    if passage.cues().sums.shares.making_up.before(passage.tokens(), share.start).is_some() {
        return false;
    }
    let before = share.start.checked_sub(1).and_then(|at| passage.tokens().get(at));
    before.is_some_and(|t| passage.cues().sums.shares.compared.has(&t.lower))
}

/// Whether a share is a change: "rose 40%", "a 30% increase".
fn changed(passage: &Passage<'_>, share: &Range<usize>) -> bool {
    let (lemmas, cues) = (&passage.sentence().lemmas, &passage.cues().relations);
    let making_up = passage.cues().sums.shares.making_up.before(passage.tokens(), share.start).unwrap_or(0);
    let start = if making_up > 0 { share.start } else { share.start.saturating_sub(2) };
    let near = start..(share.end + 2).min(lemmas.len());
    lemmas.get(near).unwrap_or_default().iter().any(|l| cues.rise.has(l) || cues.fall.has(l))
}

/// The shares of one that a figure allows; fractions in words are taken loosely, by a part of them beyond what
/// [`Quantity::allowed`] gives.
///
/// [`Quantity::allowed`]: crate::quantity::Quantity::allowed
pub fn share_values(claim: &Claim, slack: Number) -> Interval {
    let quantity = claim.quantity();
    let values = quantity.to_base(&quantity.allowed());
    if quantity.step.is_zero() && quantity.bound == Bound::Exact {
        return values.times(&Interval::closed(Number::ONE - slack, Number::ONE + slack));
    }
    values
}
