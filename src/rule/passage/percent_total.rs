//! Shares of one whole that exceed it, or a breakdown that says it is whole and misses it.

use std::ops::Range;

use compact_str::CompactString;

use super::percent_of::share_values;
use crate::claim::cues::ShareCues;
use crate::claim::{Claim, Lead};
use crate::quantity::{Bound, Interval, Kind, Number};
use crate::rule::{Conflict, Mark, Passage};
use crate::text::{Token, Upos};

/// How many shares a breakdown may have: more are a table in words.
const MOST: usize = 12;
/// The longest stretch between two shares of one whole, in tokens.
const FARTHEST: usize = 16;

/// Adds up the shares of a sentence that are shares of one whole.
pub fn check(passage: &Passage<'_>) -> Vec<Conflict> {
    let own = shares(passage);
    if own.is_empty() || own.len() > MOST || overlapping(passage) {
        return Vec::new();
    }
    let found = if own.iter().any(|s| s.residual) { whole(passage, own) } else { exceeding(passage, &own) };
    found.into_iter().collect()
}

/// A share of a whole.
#[allow(clippy::struct_excessive_bools)] // Each is asked for on its own.
struct Share {
    /// Its tokens in its sentence.
    tokens: Range<usize>,
    /// Bytes in the file.
    span: Range<usize>,
    /// The values it may stand for, one being the whole.
    values: Interval,
    /// The value as written.
    value: Number,
    /// A percentage rather than a fraction in words.
    percentage: bool,
    /// It says that it completes the whole.
    residual: bool,
    /// It completes the whole only if other shares bear it out.
    loose: bool,
    /// The lemma of what it is "of".
    base: Option<CompactString>,
    /// What it is "of", in words.
    whole: Option<String>,
    /// Whether something before or around it says that it is a change or in a comparison.
    aside: bool,
}

/// The shares of a sentence in order, without those of another time: "up from 40%".
fn shares(passage: &Passage<'_>) -> Vec<Share> {
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
    let values = if percentage || quantity.bound != Bound::Exact { share_values(claim) } else { value };
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
    let border = all[from..tokens.start].iter().rposition(|t| matches!(&*t.lower, "and" | ";" | ":"));
    let from = border.map_or(from, |i| from + i + 1);
    let lead = all.get(from..(tokens.start + 2).min(tokens.end)).unwrap_or_default();
    let behind = all.get(tokens.end..(tokens.end + 4).min(all.len())).unwrap_or_default();
    let behind = &behind[..behind.iter().position(|t| matches!(&*t.lower, "," | ";" | "and")).unwrap_or(behind.len())];
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
    let of = all.get(tokens.end).is_some_and(|t| t.lower == "of");
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

/// Whether the text around says that its shares overlap or are rounded.
fn overlapping(passage: &Passage<'_>) -> bool {
    let cues = &passage.cues().sums.shares;
    let sentences = &passage.article.sentences;
    let near = passage.index.saturating_sub(2)..(passage.index + 3).min(sentences.len());
    sentences[near].iter().any(|s| cues.overlapping.within(&s.tokens))
}

/// A breakdown whose last share completes it. The shares of the sentence before may belong to it.
fn whole(passage: &Passage<'_>, own: Vec<Share>) -> Option<Conflict> {
    let at = own.iter().position(|s| s.residual)?;
    if own[at + 1..].iter().any(|s| s.residual) {
        return None;
    }
    let mut chain = own;
    let alone = chain.len();
    let before = passage.index.checked_sub(1).map(|index| passage.at(index));
    let before = before.filter(|p| p.sentence().block == passage.sentence().block);
    let earlier = before.as_ref().map(shares).unwrap_or_default();
    if settled(&chain, &earlier) || bases(&chain).len() > 1 {
        return None;
    }
    let below = sum(&chain).high.is_some_and(|e| e.value < Number::ONE);
    if below
        && earlier.is_empty()
        && (alone < 2 || chain.iter().any(|s| s.loose) && alone < 3 && bases(&chain).is_empty())
    {
        return None;
    }
    if below && !earlier.is_empty() {
        chain = earlier.into_iter().chain(chain).collect();
        // What is still missing may stand further up.
        if bases(&chain).len() > 1 || sum(&chain).low.is_none_or(|e| e.value <= Number::ONE) || chain.len() < 3 {
            return None;
        }
    }
    let before_figures = passage.claims().iter().any(|c| c.quantity().kind == Kind::Count && c.of);
    if before_figures || apart(passage) || chain.iter().any(|s| s.aside) {
        return None;
    }
    (chain.len() >= 2).then(|| conflict(passage, &chain))
}

/// Whether these shares make the whole.
fn settled_by(shares: &[Share]) -> bool {
    shares.len() > 1 && sum(shares).meets(&Interval::exactly(Number::ONE))
}

/// Whether some of the shares make the whole: a breakdown inside another, or one of two in a sentence.
fn settled(own: &[Share], earlier: &[Share]) -> bool {
    let all: Vec<&Share> = earlier.iter().chain(own).collect();
    if all.len() > MOST {
        return true;
    }
    (1_u32..1 << all.len()).any(|set| {
        let chosen = || all.iter().enumerate().filter(move |(i, _)| set >> i & 1 == 1).map(|(_, s)| *s);
        let total = total(chosen());
        set.count_ones() > 1 && total.meets(&Interval::exactly(Number::ONE))
    })
}

/// All sums of the shares. Where one is "about a tenth", none of the fractions in words is exact.
fn sum(shares: &[Share]) -> Interval {
    total(shares.iter())
}

fn total<'a>(shares: impl Iterator<Item = &'a Share>) -> Interval {
    let mut sum = Interval::exactly(Number::ZERO);
    let mut about = false;
    for share in shares {
        sum = sum.plus(&share.values);
        about |= !share.percentage && share.values != Interval::exactly(share.value);
    }
    let slack = Number::ratio(3, 100);
    if about { sum.plus(&Interval::closed(-slack, slack)) } else { sum }
}

/// What the shares are shares of, where they say it.
fn bases(shares: &[Share]) -> Vec<&str> {
    let mut named: Vec<&str> = shares.iter().filter_map(|s| s.whole.as_deref()).collect();
    named.sort_unstable();
    named.dedup();
    named
}

/// Whether the sentence speaks of several groups or times.
fn apart(passage: &Passage<'_>) -> bool {
    passage.tokens().iter().any(|t| passage.cues().sums.shares.apart.has(&t.lower))
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

/// Shares that shut one another out and make more than the whole.
fn exceeding(passage: &Passage<'_>, own: &[Share]) -> Option<Conflict> {
    let cues = &passage.cues().sums.shares;
    let gaps = own.windows(2).all(|w| w[0].tokens.end + FARTHEST >= w[1].tokens.start);
    let over = sum(own).low.is_some_and(|e| e.value > Number::ONE);
    if own.len() < 2 || !over || !gaps || bases(own).len() > 1 {
        return None;
    }
    let calm = !apart(passage) && !own.iter().any(|s| s.aside) && same_time(passage, own);
    // "Yes 52%, no 48%, with 7% undecided": the undecided may stand outside the whole.
    let outside = own.split_last().is_some_and(|(_, rest)| settled_by(rest));
    let exclusive = answers(passage, own, cues) && !outside
        || composed(passage, own)
        || shared_out(passage, own, cues) && !settled(own, &[]);
    (calm && exclusive).then(|| conflict(passage, own))
}

/// Whether no date or name of a time parts the shares.
fn same_time(passage: &Passage<'_>, shares: &[Share]) -> bool {
    let (Some(first), Some(last)) = (shares.first(), shares.last()) else { return false };
    let inside = first.tokens.end..last.tokens.start;
    let dates = passage
        .claims()
        .iter()
        .any(|c| matches!(c.quantity().kind, Kind::Date | Kind::TimeOfDay) && inside.contains(&c.figure.tokens.start));
    let calendar = passage.tokens().get(inside).unwrap_or_default();
    !dates && !calendar.iter().any(|t| passage.cues().relations.calendar.has(&t.lower) && t.capital)
}

/// The side that an answer takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Pro,
    Con,
    Neither,
}

/// Whether the shares are of answers that shut one another out: yes, no and don't know, each once.
fn answers(passage: &Passage<'_>, shares: &[Share], cues: &ShareCues) -> bool {
    let tokens = passage.tokens();
    let ends: Vec<usize> = shares.iter().skip(1).map(|s| s.tokens.start).chain([tokens.len()]).collect();
    let behind: Vec<&[Token]> =
        shares.iter().zip(&ends).map(|(s, &end)| clause(tokens.get(s.tokens.end..end).unwrap_or_default())).collect();
    let begins: Vec<usize> = std::iter::once(0).chain(shares.iter().map(|s| s.tokens.end)).collect();
    let before: Vec<&[Token]> = shares
        .iter()
        .zip(&begins)
        .map(|(s, &start)| tail(tokens.get(start..s.tokens.start).unwrap_or_default()))
        .collect();
    exclusive(&behind, cues, tokens) || exclusive(&before, cues, tokens)
}

/// The tokens up to the next stop.
fn clause(tokens: &[Token]) -> &[Token] {
    let end = tokens.iter().position(|t| matches!(&*t.lower, ";" | ":" | ".")).unwrap_or(tokens.len());
    &tokens[..end]
}

/// The tokens after the last comma or "and".
fn tail(tokens: &[Token]) -> &[Token] {
    let start = tokens.iter().rposition(|t| matches!(&*t.lower, ";" | ":" | "," | "and")).map_or(0, |i| i + 1);
    &tokens[start..]
}

fn exclusive(stretches: &[&[Token]], cues: &ShareCues, all: &[Token]) -> bool {
    let sides: Vec<Option<Side>> = stretches.iter().map(|s| side(s, cues)).collect();
    let count = |side: Side| sides.iter().filter(|s| **s == Some(side)).count();
    let (pro, con, neither) = (count(Side::Pro), count(Side::Con), count(Side::Neither));
    let degrees = all.iter().any(|t| cues.degrees.has(&t.lower));
    let once = (pro <= 1 && con <= 1 || degrees) && neither <= 2;
    // With two sides only, each must stand alone: "60% support the plan and 55% oppose the tax" are two questions.
    let alone = stretches.iter().all(|s| s.len() <= 6 && !own_object(s, cues));
    once && (pro + con + neither == stretches.len()
        && (neither > 0 && stretches.len() >= 3 || pro > 0 && con > 0 && alone)
        || neither > 0 && stretches.len() >= 3)
}

/// Whether an answer has an object that makes it an answer to a question of its own.
fn own_object(tokens: &[Token], cues: &ShareCues) -> bool {
    let objects = tokens.iter().filter(|t| t.is_noun()).count();
    objects > 0 && !tokens.iter().any(|t| cues.bare_objects.has(&t.lower))
}

fn side(tokens: &[Token], cues: &ShareCues) -> Option<Side> {
    let head = &tokens[..tokens.len().min(8)];
    if cues.neither.within(head) {
        Some(Side::Neither)
    } else if cues.con.within(head) {
        Some(Side::Con)
    } else if cues.pro.within(head) {
        Some(Side::Pro)
    } else {
        None
    }
}

/// Whether the first share names the whole and the others follow in its track: "34% of the power, gas 28%".
fn shared_out(passage: &Passage<'_>, shares: &[Share], cues: &ShareCues) -> bool {
    let (tokens, lemmas) = (passage.tokens(), &passage.sentence().lemmas);
    let base = shares.iter().find_map(|s| s.base.as_ref()).is_some_and(|b| cues.wholes.has(b));
    let (Some(first), Some(last)) = (shares.first(), shares.last()) else { return false };
    let inside = first.tokens.end..last.tokens.start;
    let parallel = inside.clone().all(|at| {
        let verb = tokens[at].is_verb() || tokens[at].upos == Upos::AUX;
        let pauses =
            matches!(&*tokens[at].lower, ":" | "(" | "\"" | "which" | "who" | "that" | "when" | "where" | "because");
        (!verb || cues.sharing.has(&lemmas[at])) && !pauses
    });
    base && parallel
}

/// Whether the shares are of what a thing is made of: "is 60% copper, 30% zinc and 20% nickel".
fn composed(passage: &Passage<'_>, shares: &[Share]) -> bool {
    let (tokens, lemmas, cues) = (passage.tokens(), &passage.sentence().lemmas, passage.cues());
    let Some(first) = shares.first() else { return false };
    let start = first.tokens.start;
    let opened = cues.relations.breakdown.before(tokens, start).is_some()
        || start > 0 && cues.sums.shares.composing.has(&lemmas[start - 1]);
    let short = |from: usize, to: usize| {
        let words = tokens.get(from..to).unwrap_or_default();
        (1..=5).contains(&words.len()) && words.iter().all(|t| !t.is_verb()) && words[0].lower != "of"
    };
    opened && shares.len() >= 3 && shares.windows(2).all(|w| short(w[0].tokens.end, w[1].tokens.start))
}

fn conflict(passage: &Passage<'_>, shares: &[Share]) -> Conflict {
    let percent = shares.iter().any(|s| s.percentage);
    let document = &passage.article.document;
    let hundred = Number::from(100);
    let terms: Vec<String> = shares
        .iter()
        .map(|s| {
            if percent {
                format!("{}", (s.value * hundred).significant(3))
            } else {
                document.slice(s.span.clone()).to_owned()
            }
        })
        .collect();
    let total = shares.iter().fold(Number::ZERO, |sum, s| sum + s.value) * hundred;
    let total = if percent { total.significant(4) } else { total.round() };
    let message = if percent {
        format!("{} = {total}%, not 100%", terms.join(" + "))
    } else {
        format!("{} make {total}% of the whole, not 100%", terms.join(" + "))
    };
    let marks = shares
        .iter()
        .map(|s| Mark {
            document: 0,
            span: s.span.clone(),
            label: if s.residual { "said to be the rest".to_owned() } else { "a share".to_owned() },
        })
        .collect();
    Conflict { marks, message, note: None }
}
