//! Shares of one whole that exceed it, or a breakdown that says it is whole and misses it.

use compact_str::CompactString;

use crate::claim::cues::ShareCues;
use crate::quantity::{Interval, Kind, Number};
use crate::rule::share::{Share, shares};
use crate::rule::{Conflict, Mark, Passage};
use crate::text::{Token, Upos};

/// The tolerances that the rule asks for.
pub const TOLERANCES: &[&str] = &["fraction", "about"];

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

/// Whether the text around says that its shares overlap or are rounded.
fn overlapping(passage: &Passage<'_>) -> bool {
    let cues = &passage.cues().sums.shares;
    let sentences = &passage.article.sentences;
    let near = passage.index.saturating_sub(2)..(passage.index + 3).min(sentences.len());
    sentences[near].iter().any(|s| cues.overlapping.within(&s.tokens))
}

/// A breakdown whose last share completes it. The shares of the sentence before may belong to it.
fn whole(passage: &Passage<'_>, own: Vec<Share>) -> Option<Conflict> {
    let slack = passage.tolerances.get("about");
    let at = own.iter().position(|s| s.residual)?;
    if own[at + 1..].iter().any(|s| s.residual) {
        return None;
    }
    let mut chain = own;
    let alone = chain.len();
    let before = passage.index.checked_sub(1).map(|index| passage.at(index));
    let before = before.filter(|p| p.sentence().block == passage.sentence().block);
    let earlier = before.as_ref().map(shares).unwrap_or_default();
    if settled(&chain, &earlier, slack) || bases(&chain).len() > 1 {
        return None;
    }
    let below = sum(&chain, slack).high.is_some_and(|e| e.value < Number::ONE);
    if below
        && earlier.is_empty()
        && (alone < 2 || chain.iter().any(|s| s.loose) && alone < 3 && bases(&chain).is_empty())
    {
        return None;
    }
    if below && !earlier.is_empty() {
        chain = earlier.into_iter().chain(chain).collect();
        // What is still missing may stand further up.
        if bases(&chain).len() > 1 || sum(&chain, slack).low.is_none_or(|e| e.value <= Number::ONE) || chain.len() < 3 {
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
fn settled_by(shares: &[Share], slack: Number) -> bool {
    shares.len() > 1 && sum(shares, slack).meets(&Interval::exactly(Number::ONE))
}

/// Whether some of the shares make the whole: a breakdown inside another, or one of two in a sentence.
fn settled(own: &[Share], earlier: &[Share], slack: Number) -> bool {
    let all: Vec<&Share> = earlier.iter().chain(own).collect();
    if all.len() > MOST {
        return true;
    }
    (1_u32..1 << all.len()).any(|set| {
        let chosen = || all.iter().enumerate().filter(move |(i, _)| set >> i & 1 == 1).map(|(_, s)| *s);
        let total = total(chosen(), slack);
        set.count_ones() > 1 && total.meets(&Interval::exactly(Number::ONE))
    })
}

/// All sums of the shares. Where one is "about a tenth", none of the fractions in words is exact.
fn sum(shares: &[Share], slack: Number) -> Interval {
    total(shares.iter(), slack)
}

fn total<'a>(shares: impl Iterator<Item = &'a Share>, slack: Number) -> Interval {
    let mut sum = Interval::exactly(Number::ZERO);
    let mut about = false;
    for share in shares {
        sum = sum.plus(&share.values);
        about |= !share.percentage && share.values != Interval::exactly(share.value);
    }
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

/// Shares that shut one another out and make more than the whole.
fn exceeding(passage: &Passage<'_>, own: &[Share]) -> Option<Conflict> {
    let cues = &passage.cues().sums.shares;
    let slack = passage.tolerances.get("about");
    let gaps = own.windows(2).all(|w| w[0].tokens.end + FARTHEST >= w[1].tokens.start);
    let over = sum(own, slack).low.is_some_and(|e| e.value > Number::ONE);
    if own.len() < 2 || !over || !gaps || bases(own).len() > 1 {
        return None;
    }
    let calm = (!apart(passage) || complementary(passage, own, cues))
        && !own.iter().any(|s| s.aside)
        && same_time(passage, own);
    // "Yes 52%, no 48%, with 7% undecided": the undecided may stand outside the whole.
    let outside = own.split_last().is_some_and(|(_, rest)| settled_by(rest, slack));
    // A breakdown may stand inside another, but not in a list that gives every share its bracket.
    let tracked = shared_out(passage, own, cues) || polled(passage, own, cues);
    let exclusive = answers(passage, own, cues) && !outside
        || composed(passage, own)
        || bracketed(passage, own, cues)
        || complementary(passage, own, cues)
        || tracked && !settled(own, &[], slack);
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
    let stops = |t: &Token| matches!(&*t.lower, ";" | ":" | ",") || t.upos == Upos::CCONJ;
    let start = tokens.iter().rposition(stops).map_or(0, |i| i + 1);
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
    let named = shares.iter().find_map(|s| s.base.as_ref());
    // "A third will go to charity, a half to her sons": the verb gives everything away.
    let given = |s: &Share| lemmas[s.tokens.end..].iter().take(3).any(|l| cues.giving.has(l)) && s.tokens.start <= 2;
    // "Of the estate, 50% goes to his wife", "the winner polled 51.2% and the loser 48.8%".
    let opened = cues.of.has(&tokens[0].lower) && lemmas.iter().skip(1).take(3).any(|l| cues.wholes.has(l));
    let polling = |s: &Share| s.tokens.start.checked_sub(1).is_some_and(|at| cues.polling.has(&lemmas[at]));
    let unnamed = || opened || shares.first().is_some_and(|s| given(s) || polling(s));
    let base = named.map_or_else(unnamed, |b| cues.wholes.has(b));
    let (Some(first), Some(last)) = (shares.first(), shares.last()) else { return false };
    let inside = first.tokens.end..last.tokens.start;
    let parallel = inside.clone().all(|at| {
        let verb = tokens[at].is_verb() || tokens[at].upos == Upos::AUX;
        let pauses = matches!(&*tokens[at].lower, ":" | "(" | "\"") || cues.relative.has(&tokens[at].lower);
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
        (1..=5).contains(&words.len())
            && words.iter().all(|t| !t.is_verb())
            && !cues.sums.shares.of.has(&words[0].lower)
    };
    let mixed = shares.len() == 2
        && lemmas[..start].iter().any(|l| cues.sums.shares.mixtures.has(l))
        && shares.iter().all(|s| tokens.get(s.tokens.end).is_some_and(Token::is_noun));
    opened && (shares.len() >= 3 || mixed) && shares.windows(2).all(|w| short(w[0].tokens.end, w[1].tokens.start))
}

/// Whether the shares are those of parties in a poll: "Labour is on 42%, the Greens on 35% and others on 30%".
fn polled(passage: &Passage<'_>, shares: &[Share], cues: &ShareCues) -> bool {
    let tokens = passage.tokens();
    let on = |s: &Share| s.tokens.start.checked_sub(1).is_some_and(|at| cues.polled_at.has(&tokens[at].lower));
    let sentences = &passage.article.sentences;
    let about = sentences[passage.index.saturating_sub(1)..=passage.index].iter();
    let poll = about.flat_map(|s| &s.tokens).any(|t| cues.polls.has(&t.lower));
    let between = shares.windows(2).map(|w| &tokens[w[0].tokens.end..w[1].tokens.start]);
    let calm = between.flatten().all(|t| !t.is_verb() && !matches!(&*t.lower, ";" | ":" | "("));
    poll && shares.len() >= 3 && shares.iter().all(on) && calm
}

/// Whether each share stands in brackets behind what it goes to: "the budget goes on schools (45%), roads (30%) ...".
fn bracketed(passage: &Passage<'_>, shares: &[Share], cues: &ShareCues) -> bool {
    let (tokens, lemmas) = (passage.tokens(), &passage.sentence().lemmas);
    let Some(first) = shares.first() else { return false };
    let mark = |at: Option<usize>, mark: &str| at.and_then(|at| tokens.get(at)).is_some_and(|t| t.lower == mark);
    let inside = |s: &Share| mark(s.tokens.start.checked_sub(1), "(") && mark(Some(s.tokens.end), ")");
    let head = &lemmas[..first.tokens.start];
    let whole = head.iter().any(|l| cues.wholes.has(l)) && head.iter().any(|l| cues.giving.has(l));
    let names = |w: &[Share]| {
        let between = &tokens[w[0].tokens.end + 1..w[1].tokens.start - 1];
        between.len() <= 6
            && between
                .iter()
                .all(|t| t.is_noun() || matches!(t.upos, Upos::ADJ | Upos::CCONJ | Upos::DET) || t.lower == ",")
    };
    whole && shares.len() >= 3 && shares.iter().all(inside) && shares.windows(2).all(names)
}

/// Whether two shares are of men and women, or of another such pair, in one whole: "men made up 53% of the crowd and
/// women 57%".
fn complementary(passage: &Passage<'_>, shares: &[Share], cues: &ShareCues) -> bool {
    let [first, second] = shares else { return false };
    let (tokens, lemmas) = (passage.tokens(), &passage.sentence().lemmas);
    let before = &lemmas[..first.tokens.start];
    let between = first.tokens.end..second.tokens.start;
    let near = lemmas[between.clone()].iter().rev().take(3);
    let pair = |w: &[CompactString; 2]| {
        let [a, b] = w;
        let one = |x: &CompactString, y: &CompactString| before.contains(x) && near.clone().any(|l| l == y);
        one(a, b) || one(b, a)
    };
    let pauses = |t: &Token| matches!(&*t.lower, ";" | ":" | "(");
    // "Half the seats go to women and 60% to men": the pair stands behind the shares, and the first names the whole.
    let parted = |w: &[CompactString; 2]| {
        let behind = &lemmas[second.tokens.end..(second.tokens.end + 3).min(lemmas.len())];
        let one = |x: &CompactString, y: &CompactString| lemmas[between.clone()].contains(x) && behind.contains(y);
        one(&w[0], &w[1]) || one(&w[1], &w[0])
    };
    let shared = |at: usize| !tokens[at].is_verb() || cues.giving.has(&lemmas[at]);
    let whole = first.base.as_ref().is_some_and(|b| cues.wholes.has(b)) && second.base.is_none();
    let calm = between.clone().all(|at| shared(at) && !pauses(&tokens[at]));
    if whole && calm && first.tokens.start <= 2 && cues.complements.iter().any(parted) {
        return true;
    }
    let plain = tokens[between].iter().all(|t| !t.is_verb() && !pauses(t));
    let making = cues.making_up.before(tokens, first.tokens.start).is_some();
    making && first.base.is_some() && second.base.is_none() && plain && cues.complements.iter().any(pair)
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
            fix: None,
        })
        .collect();
    Conflict { marks, message, note: None }
}
