//! A rate times a number that is not the total.

use crate::claim::Claim;
use crate::quantity::{Kind, Number};
use crate::rule::rates::factors::{Factors, after_total, factors};
use crate::rule::rates::{allowed, averaged, bare, base_factor, exact, grouped, how_many, put, without_per};
use crate::rule::{Conflict, Mark, Passage};
use crate::text::{Token, Upos};

/// The tolerances that the rule asks for.
pub const TOLERANCES: &[&str] = &["product", "speed"];

/// How far a total may be from what it is made of, in tokens.
const FARTHEST: usize = 24;

/// Holds each rate against the same over another time, each speed against its way and time, and each rate or price
/// against its number and total.
pub fn check(passage: &Passage<'_>) -> Vec<Conflict> {
    let found = restated(passage).or_else(|| speed(passage)).or_else(|| product(passage));
    found.into_iter().collect()
}

/// "£650 a month, or £7,800 a year": one rate over two stretches of time.
fn restated(passage: &Passage<'_>) -> Option<Conflict> {
    passage.claims().windows(2).find_map(|pair| {
        let [first, second] = pair else { return None };
        let (a, b) = (first.quantity(), second.quantity());
        let between = passage.between(first, second);
        let rates = &passage.cues().sums.rates;
        // "120 cars a day, or 600 a week": what is made, and its time, may stand behind the number.
        let behind = between.iter().take(6).position(|t| t.upos == Upos::PUNCT || rates.alternative.has(&t.lower));
        let described = |words: &[Token]| {
            a.unit.is_none() && words.iter().all(|t| t.is_noun() || matches!(t.upos, Upos::DET | Upos::ADP | Upos::ADJ))
        };
        let behind = behind.filter(|&at| described(&between[..at])).unwrap_or(0);
        let between = &between[behind..];
        let cued = rates.restated.is(between) || rates.steady_restated.is(between) && steady(passage);
        if !cued || without_per(a).dimension() != without_per(b).dimension() || a.kind != Kind::Rate {
            return None;
        }
        let (per_first, per_second) = (a.per.as_ref()?, b.per.as_ref()?);
        let turned = per_second.factor < per_first.factor;
        let (short, long) = if turned { (second, first) } else { (first, second) };
        let (per_short, per_long) = if turned { (per_second, per_first) } else { (per_first, per_second) };
        if per_first.code == per_second.code || per_first.dimension != per_second.dimension || !exact(a) || !exact(b) {
            return None;
        }
        let times = how_many(passage, per_long, per_short)?;
        let (p, q) = (short.quantity(), long.quantity());
        let long_values = allowed(&without_per(q));
        let around = passage.tolerances.around("product");
        let wanted: Vec<_> = times.iter().map(|n| allowed(&without_per(p)).times(n)).collect();
        if wanted.iter().any(|w| w.times(&around).meets(&long_values)) {
            return None;
        }
        let least = wanted.first().and_then(|w| w.low);
        // "£10 a month, or £100 a year": who pays for the longer time pays less.
        let cheaper = long_values.high.zip(least).is_some_and(|(stated, right)| stated.value < right.value);
        if cheaper && p.kind == Kind::Rate && without_per(p).kind == Kind::Money && !steady(passage) {
            return None;
        }
        let usual = times.last().and_then(|n| n.high).map_or(Number::ONE, |e| e.value).floor();
        let value = p.single()? * usual * base_factor(p) / base_factor(q);
        let (short_text, long_text) = (passage.text(short), passage.text(long));
        let message = format!("{short_text} is {}, not {long_text}", put(long_text, q, value));
        let marks = vec![Mark::new(short, "this"), Mark::new(long, "the same over another time")];
        Some(Conflict { marks, message, note: None })
    })
}

/// Whether the sentence is about rent or wages, which know no discount for a longer time.
fn steady(passage: &Passage<'_>) -> bool {
    passage.tokens().iter().any(|t| passage.cues().sums.rates.steady.has(&t.lower))
}

/// "240 miles in four hours, an average of 60 mph"; "at a steady 60 mph the 240 miles took four hours".
fn speed(passage: &Passage<'_>) -> Option<Conflict> {
    let claims = passage.claims();
    let cues = &passage.cues().sums.rates;
    let mut speeds = claims.iter().filter(|c| c.quantity().kind == Kind::Speed);
    let speed = speeds.next().filter(|c| averages(passage, c))?;
    if speeds.next().is_some() || speed.quantity().single().is_none() {
        return None;
    }
    let ways: Vec<&Claim> =
        claims.iter().filter(|c| c.quantity().kind == Kind::Length && exact(c.quantity())).collect();
    let spans: Vec<&Claim> =
        claims.iter().filter(|c| c.quantity().kind == Kind::Duration && exact(c.quantity())).collect();
    let stated = allowed(&averaged(passage, speed)).times(&passage.tolerances.around("speed"));
    let holds = |way: &Claim, time: &Claim| allowed(way.quantity()).over(&allowed(time.quantity())).meets(&stated);
    if ways.iter().any(|w| spans.iter().any(|t| holds(w, t))) {
        return None;
    }
    let linked = |way: &Claim, time: &Claim| {
        let (a, b) = if way.figure.tokens.start < time.figure.tokens.start { (way, time) } else { (time, way) };
        let between = passage.between(a, b);
        let took =
            between.iter().any(|t| t.xpos.starts_with('W') && time.figure.tokens.start > way.figure.tokens.start);
        // "300 miles at an average of 60 mph, taking five hours".
        let taking = std::ptr::eq(b, time)
            && between.last().is_some_and(|t| t.xpos == "VBG" && cues.taking.has(&t.lower))
            && passage.tokens().get(b.figure.tokens.end).is_none_or(|t| t.upos == Upos::PUNCT);
        let parted = between.iter().any(|t| t.lower == ";" || t.upos == Upos::CCONJ)
            || !took && between.iter().filter(|t| t.lower == ",").count() > usize::from(taking);
        let cue = |claim: &Claim| {
            let start = claim.figure.tokens.start;
            (start.saturating_sub(3)..start).any(|at| cues.taking.has(&passage.tokens()[at].lower))
        };
        between.len() <= 8 && !parted && (cue(time) || time.figure.tokens.start < way.figure.tokens.start)
    };
    let mut pairs = ways.iter().flat_map(|w| spans.iter().map(move |t| (*w, *t))).filter(|(w, t)| linked(w, t));
    let (way, time) = pairs.next()?;
    let last = way.figure.tokens.end.max(time.figure.tokens.end);
    let gap = passage.tokens().get(last..speed.figure.tokens.start).unwrap_or_default();
    let averaging = |t: &Token| passage.cues().sums.rates.averaging.has(&t.lower);
    let another = gap.iter().any(|t| t.is_verb() && !averaging(t)) && gap.iter().any(|t| t.upos == Upos::CCONJ);
    if another || pairs.next().is_some() || other_terms(passage, &[way, time, speed]) {
        return None;
    }
    let (w, t, s) = (way.quantity(), time.quantity(), speed.quantity());
    let value = w.single()? * base_factor(w) / (t.single()? * base_factor(t)) / base_factor(s);
    let unit = s.unit.as_ref().map_or("", |u| u.name.as_str());
    let text = passage.text(speed);
    let digits = text.find(|c: char| c.is_ascii_digit()).map_or(text, |at| &text[at..]);
    let right = if digits.starts_with(|c: char| c.is_ascii_digit()) {
        put(digits, s, value)
    } else {
        format!("{} {unit}", value.significant(3))
    };
    let message = format!("{} in {} is {right}, not {digits}", passage.text(way), passage.text(time));
    let marks =
        vec![Mark::new(way, "the way"), Mark::new(time, "the time"), Mark::new(speed, format!("would be {right}"))];
    Some(Conflict { marks, message, note: None })
}

/// Whether a speed is said to be the average of the way.
fn averages(passage: &Passage<'_>, claim: &Claim) -> bool {
    let tokens = &claim.figure.tokens;
    let near = tokens.start.saturating_sub(5)..tokens.end;
    let words = passage.tokens().get(near).unwrap_or_default();
    words.iter().any(|t| passage.cues().sums.rates.averaging.has(&t.lower))
}

/// A price or rate, its number and the total.
fn product(passage: &Passage<'_>) -> Option<Conflict> {
    let claims = passage.claims();
    let mut bound: Vec<Factors<'_>> = Vec::new();
    for rate in claims {
        let numbers = claims.iter().filter(|n| !std::ptr::eq(*n, rate));
        bound.extend(numbers.filter_map(|number| factors(passage, rate, number)));
    }
    // Two prices in one sentence make one total together, or none.
    let [factors] = &bound[..] else { return None };
    let mut totals = Vec::new();
    for claim in claims {
        let own = std::ptr::eq(claim, factors.rate) || std::ptr::eq(claim, factors.number);
        if own || !is_total_of(factors, claim) {
            continue;
        }
        if holds(passage, factors, claim) {
            return None;
        }
        if cued(passage, factors, claim) {
            totals.push(claim);
        }
    }
    let [total] = totals[..] else { return None };
    if other_terms(passage, &[factors.rate, factors.number, total]) {
        return None;
    }
    conflict(passage, factors, total)
}

/// Whether a figure could be the product: it is of the rate's own kind.
fn is_total_of(factors: &Factors<'_>, claim: &Claim) -> bool {
    let quantity = claim.quantity();
    let own = without_per(quantity);
    // "£15 an hour for 40 hours a week": what comes out may be so much a week.
    let per =
        quantity.per.as_ref().is_none_or(|p| factors.number.quantity().per.as_ref().is_some_and(|q| p.code == q.code));
    let behind = claim.head.is_some_and(|h| h >= claim.figure.tokens.end);
    let counted = own.kind != Kind::Count || !behind || claim.noun == factors.rate.noun || factors.rate.noun.is_none();
    own.dimension() == factors.one.dimension()
        && own.kind == factors.one.kind
        && quantity.single().is_some()
        && per
        && counted
}

fn holds(passage: &Passage<'_>, factors: &Factors<'_>, total: &Claim) -> bool {
    let values = factors.values.times(&passage.tolerances.around("product"));
    let own = allowed(&without_per(total.quantity()));
    factors.times.iter().any(|n| values.times(n).meets(&own))
}

/// Whether the words say that a figure is the total of these factors.
fn cued(passage: &Passage<'_>, factors: &Factors<'_>, total: &Claim) -> bool {
    let (tokens, cues) = (passage.tokens(), &passage.cues().sums.rates);
    let (a, b) = (factors.rate, factors.number);
    let (first, last) = if a.figure.tokens.start < b.figure.tokens.start { (a, b) } else { (b, a) };
    let (start, end) = (total.figure.tokens.start, total.figure.tokens.end);
    let skipped = tokens[..start]
        .iter()
        .rev()
        .take(3)
        .take_while(|t| t.is_noun() || matches!(t.upos, Upos::DET | Upos::ADJ | Upos::ADV | Upos::PRON))
        .count();
    let before = (0..=skipped).any(|n| cues.totals.before(tokens, start - n).is_some());
    let noun = usize::from(tokens.get(end).is_some_and(Token::is_noun));
    let after = cues.totals_after.at(tokens, end).or_else(|| cues.totals_after.at(tokens, end + noun)).is_some();
    if start > last.figure.tokens.start {
        let gap = tokens.get(last.figure.tokens.end..start).unwrap_or_default();
        // "At $7.99 a month, each film cost 3.2 cents": of one thing, not of all.
        let one = gap.iter().skip(1).any(|t| cues.each_word.has(&t.lower));
        let parted = one || gap.iter().any(|t| (t.lower == ";" || cues.parting_total.has(&t.lower)) && !before);
        // "£30 each, or £100 with a family ticket": what else goes with it makes it another price.
        let ends = tokens.get(end + noun).is_none_or(|t| t.upos == Upos::PUNCT)
            || start > 0 && !cues.alternative.has(&tokens[start - 1].lower);
        return gap.len() <= FARTHEST && !parted && (before && ends || after);
    }
    if start > first.figure.tokens.start {
        // "£12.50 an hour, £450 for a 36-hour week".
        // "Will share £30,000, or £2,000 each".
        let shared = std::ptr::eq(last, a)
            && tokens.get(end..last.figure.tokens.start).is_some_and(|gap| cues.restated.is(gap))
            && passage.sentence().lemmas[first.figure.tokens.end..start].iter().any(|l| cues.sharing.has(l));
        return shared || after_total(passage, first, last);
    }
    let gap = tokens.get(end..first.figure.tokens.start).unwrap_or_default();
    let again = cues.restated.is(gap);
    let shared =
        (1..=gap.len()).any(|n| cues.shared.at(&gap[..n], n.saturating_sub(4)).is_some()) || cues.shared.within(gap);
    let made = cues.made_from.at(gap, 0).is_some_and(|n| gap.len() <= n + 2);
    again || before && (shared || made) || shared && gap.len() <= 8
}

/// Whether something says that more goes into the total, or that another figure is meant.
fn other_terms(passage: &Passage<'_>, claims: &[&Claim]) -> bool {
    let (tokens, cues) = (passage.tokens(), &passage.cues().sums.rates);
    let start = claims.iter().map(|c| c.figure.tokens.start).min().unwrap_or(0).saturating_sub(4);
    let end = claims.iter().map(|c| c.figure.tokens.end).max().unwrap_or(0) + 5;
    let figures = |at: usize| claims.iter().any(|c| c.figure.tokens.contains(&at));
    let next = (end.saturating_sub(5)..end.min(tokens.len())).find(|&at| matches!(&*tokens[at].lower, ";" | "." | ","));
    let end = next.unwrap_or_else(|| end.min(tokens.len()));
    (start..end).any(|at| !figures(at) && cues.other_terms.has(&tokens[at].lower))
}

fn conflict(passage: &Passage<'_>, factors: &Factors<'_>, total: &Claim) -> Option<Conflict> {
    let stated = total.quantity();
    let one = factors.one.single()? * base_factor(&factors.one);
    let own = without_per(stated);
    let product = factors.stated * one / base_factor(&own);
    let (rate, text) = (bare(passage.text(factors.rate)), bare(passage.text(total)));
    let times = grouped(factors.stated);
    let message = format!("{times} × {rate} = {}, not {text}", put(text, &own, product));
    let marks = vec![
        Mark::new(factors.rate, "the rate"),
        Mark::new(factors.number, "how many"),
        Mark::new(total, format!("would be {}", put(text, &own, product))),
    ];
    Some(Conflict { marks, message, note: None })
}
