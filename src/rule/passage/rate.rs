//! A rate times a number that is not the total.

use crate::claim::Claim;
use crate::claim::cues::RateCues;
use crate::quantity::{Bound, Interval, Kind, Number, Quantity, Unit};
use crate::rule::{Conflict, Mark, Passage};
use crate::text::{Token, Upos};

/// How far a total may be from the product beyond what rounding explains, in thousandths of it.
const SLACK: i128 = 10;
/// The same for the average speed over a way.
const SPEED_SLACK: i128 = 30;
/// How far a total may be from what it is made of, in tokens.
const FARTHEST: usize = 24;

/// Holds each rate against the same over another time, each speed against its way and time, and each rate or price
/// against its number and total.
pub fn check(passage: &Passage<'_>) -> Vec<Conflict> {
    let found = restated(passage).or_else(|| speed(passage)).or_else(|| product(passage));
    found.into_iter().collect()
}

/// A rate or price and the number or time it is multiplied by.
struct Factors<'a> {
    rate: &'a Claim,
    number: &'a Claim,
    /// What the rate is a rate of: without its "per".
    one: Quantity,
    /// The values of that: a price or wage is exact, any other rate rounded.
    values: Interval,
    /// How many times over: the number, or the time as so many of the rate's own.
    times: Interval,
    /// The same as the words say it.
    stated: Number,
}

/// "£650 a month, or £7,800 a year": one rate over two stretches of time.
fn restated(passage: &Passage<'_>) -> Option<Conflict> {
    passage.claims().windows(2).find_map(|pair| {
        let [first, second] = pair else { return None };
        let (a, b) = (first.quantity(), second.quantity());
        let between = passage.between(first, second);
        let cued = passage.cues().sums.rates.restated.is(between);
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
        let wanted = allowed(&without_per(p)).times(&times);
        let long_values = allowed(&without_per(q));
        if slack(&wanted, SLACK).meets(&long_values) {
            return None;
        }
        // "£10 a month, or £100 a year": who pays for the longer time pays less.
        let cheaper = long_values.high.zip(wanted.low).is_some_and(|(stated, right)| stated.value < right.value);
        if cheaper && p.kind == Kind::Rate && without_per(p).kind == Kind::Money && !steady(passage) {
            return None;
        }
        let usual = times.high.map_or(Number::ONE, |e| e.value).floor();
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
    let stated = slack(&allowed(&averaged(passage, speed)), SPEED_SLACK);
    let holds = |way: &Claim, time: &Claim| allowed(way.quantity()).over(&allowed(time.quantity())).meets(&stated);
    if ways.iter().any(|w| spans.iter().any(|t| holds(w, t))) {
        return None;
    }
    let linked = |way: &Claim, time: &Claim| {
        let (a, b) = if way.figure.tokens.start < time.figure.tokens.start { (way, time) } else { (time, way) };
        let between = passage.between(a, b);
        let took =
            between.iter().any(|t| t.xpos.starts_with('W') && time.figure.tokens.start > way.figure.tokens.start);
        let parted = between.iter().any(|t| matches!(&*t.lower, ";" | "and") || t.lower == "," && !took);
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
    let another = gap.iter().any(|t| t.is_verb() && !averaging(t)) && gap.iter().any(|t| t.lower == "and");
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

/// A figure's quantity, "an average of 75" being 75 and not about so much.
fn averaged(passage: &Passage<'_>, claim: &Claim) -> Quantity {
    let quantity = claim.quantity();
    let words = passage.tokens().get(claim.figure.tokens.clone()).unwrap_or_default();
    let average = words.iter().any(|t| passage.cues().sums.rates.averaging.has(&t.lower));
    match quantity.single().filter(|_| average && quantity.bound == Bound::About) {
        Some(value) => Quantity { bound: Bound::Exact, stated: Interval::exactly(value), ..quantity.clone() },
        None => quantity.clone(),
    }
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
        if holds(factors, claim) {
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

/// Binds a rate to what it is multiplied by.
fn factors<'a>(passage: &Passage<'a>, rate: &'a Claim, number: &'a Claim) -> Option<Factors<'a>> {
    let (r, n) = (rate.quantity(), number.quantity());
    let one = without_per(&averaged(passage, rate));
    let additive = matches!(
        one.kind,
        Kind::Money | Kind::Count | Kind::Mass | Kind::Volume | Kind::Length | Kind::Area | Kind::Energy | Kind::Power
    );
    let measured = !r.numbers.is_empty() && r.single().is_some() && exact(r) && exact(n) && additive;
    let stated = n.single().filter(|n| *n > Number::ONE && measured)?;
    // "$4.5bn, or $180 for each": what was divided is rounded; a price or wage is not.
    let lead = passage.tokens().get(rate.figure.tokens.start.saturating_sub(2)..rate.figure.tokens.start);
    let divided = lead.is_some_and(|t| passage.cues().sums.rates.restated.within(t));
    let wage = !divided && one.single()? < Number::from(100_000);
    let values = if one.kind == Kind::Money && one.bound == Bound::Exact && wage {
        one.to_base(&one.stated)
    } else {
        allowed(&one)
    };
    let made = |times: Interval, stated: Number| Factors { rate, number, one: one.clone(), values, times, stated };
    match &r.per {
        Some(per) if per.dimension == "duration" => {
            let time = without_per(n);
            let weekly = n.per.as_ref().is_some_and(|p| p.code != per.code) && near(passage, rate, number);
            if time.kind != Kind::Duration || !weekly && !runs(passage, rate, number) {
                return None;
            }
            let unit = time.unit.as_ref()?;
            let many = if unit.code == per.code {
                Interval::exactly(Number::ONE)
            } else if unit.factor > per.factor {
                how_many(passage, unit, per)?
            } else {
                Interval::exactly(Number::ONE).over(&how_many(passage, per, unit)?)
            };
            let stated = stated * many.high?.value.min(unit.factor / per.factor);
            Some(made(time.stated.times(&many), stated))
        }
        Some(per) => {
            let item = per.code.rsplit('{').next()?.trim_end_matches('}');
            let fits =
                n.kind == Kind::Count && number.noun.as_deref().is_some_and(|noun| same_item(passage, noun, item));
            let scale = Number::ONE / per.factor;
            (fits && near(passage, rate, number)).then(|| made(n.allowed().scale(scale), stated * scale))
        }
        None => {
            let things = n.kind == Kind::Count && number.noun.is_some();
            (things && priced(passage, rate, number)).then(|| made(counted(n), stated))
        }
    }
}

/// What a number of things may stand for: below a thousand, itself.
fn counted(quantity: &Quantity) -> Interval {
    let small = quantity.single().is_some_and(|n| n < Number::from(1000));
    if small { quantity.stated } else { quantity.allowed() }
}

/// Whether what a rate is "per" is what the number counts.
fn same_item(passage: &Passage<'_>, noun: &str, item: &str) -> bool {
    let classes = &passage.cues().classes;
    let person = |word: &str| word == "person" || word == "head" || classes.same_thing(word, "people");
    noun == item || classes.same_thing(noun, item) || person(item) && (item == "head" || person(noun))
}

/// Whether no other count stands between two figures that are not far apart.
fn near(passage: &Passage<'_>, a: &Claim, b: &Claim) -> bool {
    let (first, second) = if a.figure.tokens.start < b.figure.tokens.start { (a, b) } else { (b, a) };
    let inside = first.figure.tokens.end..second.figure.tokens.start;
    let other = passage.claims().iter().any(|c| {
        inside.contains(&c.figure.tokens.start)
            && matches!(c.quantity().kind, Kind::Count | Kind::Duration | Kind::Rate)
    });
    !other && inside.len() <= 12 && !passage.between(first, second).iter().any(|t| t.lower == ";" || t.lower == "than")
}

/// Whether a time is how long a rate runs: "12 people a day over its 30 days", "36 hours at £12.50 an hour".
fn runs(passage: &Passage<'_>, rate: &Claim, time: &Claim) -> bool {
    let (tokens, cues) = (passage.tokens(), &passage.cues().sums.rates);
    if time.figure.tokens.start > rate.figure.tokens.start {
        let between = passage.between(rate, time);
        let Some(at) = between.iter().rposition(|t| cues.running.has(&t.lower)) else {
            return after_total(passage, rate, time);
        };
        let fills = between[at + 1..].iter().all(|t| cues.filling.has(&t.lower) || t.upos == Upos::ADJ);
        let described =
            between[..at].iter().all(|t| t.is_noun() || matches!(t.upos, Upos::DET | Upos::ADP | Upos::ADJ));
        return fills && between.len() <= 10 && (described || after_total(passage, rate, time));
    }
    let between = passage.between(time, rate);
    let opens = (0..time.figure.tokens.start).all(|at| {
        cues.running.has(&tokens[at].lower) || cues.filling.has(&tokens[at].lower) || tokens[at].upos == Upos::ADJ
    });
    let at = between.last().is_some_and(|t| t.lower == "at" || t.lower == "of");
    let few = between.len() <= 4 && !between.iter().any(|t| t.is_verb() || t.lower == "and");
    few && at || opens && time.figure.tokens.start > 0 && between.len() <= 10
}

/// "£12.50 an hour, £450 for a 36-hour week": the total stands between the rate and its time.
fn after_total(passage: &Passage<'_>, rate: &Claim, time: &Claim) -> bool {
    let inside = rate.figure.tokens.end..time.figure.tokens.start;
    let mut between = passage.claims().iter().filter(|c| inside.contains(&c.figure.tokens.start));
    let (Some(total), None) = (between.next(), between.next()) else { return false };
    let (lead, tail) = (passage.between(rate, total), passage.between(total, time));
    let cues = &passage.cues().sums.rates;
    let apposed = lead.len() <= 3 && lead.iter().all(|t| matches!(&*t.lower, "," | "or" | "(" | "-"));
    let runs = tail.first().is_some_and(|t| cues.running.has(&t.lower))
        && tail.iter().skip(1).all(|t| cues.filling.has(&t.lower));
    apposed && runs
}

/// Whether a figure is the price of each of the things counted: "420 tickets at £15 each", "£180 for each of 40 homes".
fn priced(passage: &Passage<'_>, price: &Claim, number: &Claim) -> bool {
    let (tokens, cues) = (passage.tokens(), &passage.cues().sums.rates);
    let (start, end) = (price.figure.tokens.start, price.figure.tokens.end);
    // "50 passengers each": the thing measured may stand before "each".
    let noun = tokens.get(end).is_some_and(Token::is_noun) && price.quantity().kind != Kind::Money;
    let each = cues.each.at(tokens, end + usize::from(noun));
    if number.figure.tokens.start < start {
        let item = number
            .head
            .filter(|&h| h >= number.figure.tokens.end && h < start)
            .map_or(number.figure.tokens.end, |h| h + 1);
        let Some(between) = tokens.get(item..start) else { return false };
        let verbal = |t: &Token| {
            t.is_verb() || t.upos == Upos::AUX || t.xpos.starts_with('W') || matches!(&*t.lower, "," | "each" | "at")
        };
        let said = cues.priced.is(between) || between.len() <= 5 && !between.is_empty() && between.iter().all(verbal);
        let each_first = between.iter().any(|t| t.lower == "each");
        let led = each_of(tokens, number, cues) && between.len() <= 6 && !between.iter().any(|t| t.lower == ",");
        // "£60,000 a bus": read as an amount, with the thing counted behind it.
        let item = tokens.get(end).is_some_and(|t| passage.cues().relations.articles.has(&t.lower))
            && (end + 1..(end + 3).min(tokens.len()))
                .any(|at| number.noun.as_deref() == Some(&*passage.sentence().lemmas[at]));
        let bare = cues.priced_bare.is(between) && tokens.get(end).is_none_or(|t| t.upos == Upos::PUNCT);
        return said && (each.is_some() || each_first || item) || bare && price.quantity().kind == Kind::Money || led;
    }
    let Some(between) = tokens.get(end + usize::from(noun)..number.figure.tokens.start) else { return false };
    let plain = |t: &Token| cues.filling.has(&t.lower);
    let after = |length: usize| between.get(length..).is_some_and(|rest| rest.iter().all(plain));
    // "£35 a lesson for 20 lessons".
    let (head, tail) = between.split_at(between.len().min(2));
    let lemma = head.len() == 2
        && number.noun.as_deref() == passage.sentence().lemmas.get(end + usize::from(noun) + 1).map(|l| &**l);
    let item = lemma
        && passage.cues().relations.articles.has(&head[0].lower)
        && tail.first().is_some_and(|t| cues.running.has(&t.lower))
        && tail.iter().skip(1).all(plain);
    let per_each = cues.per_each.at(between, 0).is_some_and(after);
    let each_then =
        cues.each.at(between, 0).is_some_and(|n| cues.made_from.at(between, n).is_some_and(|m| after(n + m)));
    per_each || each_then || item
}

/// Whether "each of the" leads a number.
fn each_of(tokens: &[Token], number: &Claim, cues: &RateCues) -> bool {
    let start = number.figure.tokens.start;
    let filled =
        tokens[..start].iter().rev().take(3).take_while(|t| cues.filling.has(&t.lower) && t.lower != "of").count();
    cues.each_of.before(tokens, start - filled).is_some_and(|length| {
        // "£180 for each of the 40": the price stands before.
        let before = (start - filled - length).checked_sub(1).and_then(|at| tokens.get(at));
        before.is_none_or(|t| t.upos != Upos::ADP)
    })
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

fn holds(factors: &Factors<'_>, total: &Claim) -> bool {
    let product = factors.values.times(&factors.times);
    let own = without_per(total.quantity());
    slack(&product, SLACK).meets(&allowed(&own))
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
        let parted = gap.iter().any(|t| matches!(&*t.lower, ";" | "and" | "than" | "of") && !before);
        // "£30 each, or £100 with a family ticket": what else goes with it makes it another price.
        let ends = tokens.get(end + noun).is_none_or(|t| t.upos == Upos::PUNCT)
            || start > 0 && tokens[start - 1].lower != "or";
        return gap.len() <= FARTHEST && !parted && (before && ends || after);
    }
    if start > first.figure.tokens.start {
        // "£12.50 an hour, £450 for a 36-hour week".
        return after_total(passage, first, last);
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

/// How many of the shorter time the longer may hold.
fn how_many(passage: &Passage<'_>, long: &Unit, short: &Unit) -> Option<Interval> {
    let times = &passage.cues().sums.rates.times;
    let row = times.iter().find(|t| t.long == long.code && t.short == short.code)?;
    Some(Interval::closed(Number::from(i64::from(row.low)), Number::from(i64::from(row.high))))
}

/// A rate's quantity without its "per".
fn without_per(quantity: &Quantity) -> Quantity {
    let Some(_) = quantity.per else { return quantity.clone() };
    let dimension = quantity.unit.as_ref().map_or("count", |u| u.dimension.split(':').next().unwrap_or_default());
    let kind = match dimension {
        "money" => Kind::Money,
        "count" => Kind::Count,
        "mass" => Kind::Mass,
        "volume" => Kind::Volume,
        "length" => Kind::Length,
        "area" => Kind::Area,
        "energy" => Kind::Energy,
        "duration" => Kind::Duration,
        _ => Kind::Other,
    };
    Quantity { per: None, kind, ..quantity.clone() }
}

fn exact(quantity: &Quantity) -> bool {
    matches!(quantity.bound, Bound::Exact | Bound::About) && quantity.single().is_some()
}

/// The values a figure allows, in its dimension's base unit.
fn allowed(quantity: &Quantity) -> Interval {
    quantity.to_base(&quantity.allowed())
}

fn slack(values: &Interval, thousandths: i128) -> Interval {
    values.times(&Interval::closed(Number::ratio(1000 - thousandths, 1000), Number::ratio(1000 + thousandths, 1000)))
}

fn base_factor(quantity: &Quantity) -> Number {
    quantity.unit.as_ref().map_or(Number::ONE, |u| u.factor)
}

/// A figure's text from its sign or first digit on: "an average of 12" is "12".
fn bare(text: &str) -> &str {
    let digit = text.find(|c: char| c.is_ascii_digit());
    let Some(digit) = digit else { return text };
    let start = text[..digit].rfind(char::is_whitespace).map_or(0, |at| at + 1);
    &text[start..]
}

/// A value in the way another figure is written: "£8,400" with 6300 is "£6,300".
fn put(text: &str, quantity: &Quantity, value: Number) -> String {
    let text = bare(text);
    let Some(digit) = text.find(|c: char| c.is_ascii_digit()) else { return grouped(value) };
    let tail = text[digit..].trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'));
    let numeral = text[digit..text.len() - tail.len()].trim_end_matches([',', '.']).replace(',', "");
    let written = Number::parse_decimal(&numeral).filter(|n| !n.is_zero());
    let scale = written.zip(quantity.single()).map_or(Number::ONE, |(w, n)| n / w);
    let scale = if scale.is_zero() { Number::ONE } else { scale };
    format!("{}{}{tail}", &text[..digit], grouped(value / scale))
}

/// A number with commas between its thousands; with a fraction, four significant digits of it.
fn grouped(value: Number) -> String {
    let shown = if value.is_integer() { value } else { value.significant(4) };
    let Some(whole) = shown.to_integer() else { return shown.to_string() };
    let digits = whole.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
