//! What a rate is multiplied by: the number of things at a price, the time that a rate runs.

use super::{allowed, averaged, exact, how_many, without_per};
use crate::claim::Claim;
use crate::claim::cues::RateCues;
use crate::quantity::{Bound, Interval, Kind, Number, Quantity};
use crate::rule::Passage;
use crate::text::{Token, Upos};

/// A rate or price and the number or time it is multiplied by.
pub struct Factors<'a> {
    /// The rate or price.
    pub rate: &'a Claim,
    /// What it is multiplied by.
    pub number: &'a Claim,
    /// What the rate is a rate of: without its "per".
    pub one: Quantity,
    /// The values of that: a price or wage is exact, any other rate rounded.
    pub values: Interval,
    /// How many times over: the number, or the time as so many of the rate's own, every way it can be taken.
    pub times: Vec<Interval>,
    /// The same as the words say it.
    pub stated: Number,
}

/// Binds a rate to what it is multiplied by.
pub fn factors<'a>(passage: &Passage<'a>, rate: &'a Claim, number: &'a Claim) -> Option<Factors<'a>> {
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
    let made = |times: Vec<Interval>, stated: Number| Factors { rate, number, one: one.clone(), values, times, stated };
    match &r.per {
        Some(per) if per.dimension == "duration" => {
            let time = without_per(n);
            let weekly = n.per.as_ref().is_some_and(|p| p.code != per.code) && near(passage, rate, number);
            if time.kind != Kind::Duration || !weekly && !runs(passage, rate, number) {
                return None;
            }
            let unit = time.unit.as_ref()?;
            let many = if unit.code == per.code {
                vec![Interval::exactly(Number::ONE)]
            } else if unit.factor > per.factor {
                how_many(passage, unit, per)?
            } else {
                how_many(passage, per, unit)?.iter().map(|n| Interval::exactly(Number::ONE).over(n)).collect()
            };
            let most = many.iter().filter_map(|m| m.high).map(|e| e.value).max()?;
            let stated = stated * most.min(unit.factor / per.factor);
            Some(made(many.iter().map(|m| time.stated.times(m)).collect(), stated))
        }
        // "At $3 a bushel, the 2 million bushels": so many of the unit that the rate is per.
        Some(per) if n.unit.as_ref().is_some_and(|u| u.dimension == per.dimension) && n.per.is_none() => {
            let unit = n.unit.as_ref()?;
            let scale = unit.factor / per.factor;
            near(passage, rate, number).then(|| made(vec![n.allowed().scale(scale)], stated * scale))
        }
        Some(per) => {
            let item = per.code.rsplit('{').next()?.trim_end_matches('}');
            let fits =
                n.kind == Kind::Count && number.noun.as_deref().is_some_and(|noun| same_item(passage, noun, item));
            let scale = Number::ONE / per.factor;
            (fits && near(passage, rate, number)).then(|| made(vec![n.allowed().scale(scale)], stated * scale))
        }
        None => {
            let things = n.kind == Kind::Count && number.noun.is_some();
            (things && priced(passage, rate, number)).then(|| made(vec![counted(n)], stated))
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
    let rates = &passage.cues().sums.rates;
    let head = rates.heads.has(item);
    let person = |word: &str| classes.same_thing(word, &passage.cues().sums.parts.person);
    noun == item || classes.same_thing(noun, item) || head || person(item) && person(noun)
}

/// Whether no other count stands between two figures that are not far apart.
fn near(passage: &Passage<'_>, a: &Claim, b: &Claim) -> bool {
    let (first, second) = if a.figure.tokens.start < b.figure.tokens.start { (a, b) } else { (b, a) };
    let inside = first.figure.tokens.end..second.figure.tokens.start;
    let other = passage.claims().iter().any(|c| {
        inside.contains(&c.figure.tokens.start)
            && matches!(c.quantity().kind, Kind::Count | Kind::Duration | Kind::Rate)
    });
    let parts = |t: &Token| t.lower == ";" || passage.cues().sums.rates.parting.has(&t.lower);
    !other && inside.len() <= 12 && !passage.between(first, second).iter().any(parts)
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
    let at = between.last().is_some_and(|t| cues.at.has(&t.lower));
    let few = between.len() <= 4 && !between.iter().any(|t| t.is_verb() || t.upos == Upos::CCONJ);
    few && at || opens && time.figure.tokens.start > 0 && between.len() <= 10
}

/// "£12.50 an hour, £450 for a 36-hour week": the total stands between the rate and its time.
pub fn after_total(passage: &Passage<'_>, rate: &Claim, time: &Claim) -> bool {
    let inside = rate.figure.tokens.end..time.figure.tokens.start;
    let mut between = passage.claims().iter().filter(|c| inside.contains(&c.figure.tokens.start));
    let (Some(total), None) = (between.next(), between.next()) else { return false };
    let (lead, tail) = (passage.between(rate, total), passage.between(total, time));
    let cues = &passage.cues().sums.rates;
    let joins = |t: &Token| matches!(&*t.lower, "," | "(" | "-") || cues.alternative.has(&t.lower);
    let apposed = lead.len() <= 3 && lead.iter().all(joins);
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
            t.is_verb()
                || t.upos == Upos::AUX
                || t.xpos.starts_with('W')
                || t.lower == ","
                || cues.each_word.has(&t.lower)
                || cues.at.has(&t.lower)
        };
        let said = cues.priced.is(between) || between.len() <= 5 && !between.is_empty() && between.iter().all(verbal);
        let each_first = between.iter().any(|t| cues.each_word.has(&t.lower));
        // "The 15 workers will share £30,000, or £2,000 each".
        let lemmas = &passage.sentence().lemmas[item..start];
        let shared = each.is_some() && between.len() <= 14 && lemmas.iter().take(4).any(|l| cues.sharing.has(l));
        let led = each_of(tokens, number, cues) && between.len() <= 6 && !between.iter().any(|t| t.lower == ",");
        // "£60,000 a bus": read as an amount, with the thing counted behind it.
        let item = tokens.get(end).is_some_and(|t| passage.cues().relations.articles.has(&t.lower))
            && (end + 1..(end + 3).min(tokens.len()))
                .any(|at| number.noun.as_deref() == Some(&*passage.sentence().lemmas[at]));
        let bare = cues.priced_bare.is(between) && tokens.get(end).is_none_or(|t| t.upos == Upos::PUNCT);
        return shared
            || said && (each.is_some() || each_first || item)
            || bare && price.quantity().kind == Kind::Money
            || led;
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
    let filled = tokens[..start]
        .iter()
        .rev()
        .take(3)
        .take_while(|t| cues.filling.has(&t.lower) && !cues.of.has(&t.lower))
        .count();
    cues.each_of.before(tokens, start - filled).is_some_and(|length| {
        // "£180 for each of the 40": the price stands before.
        let before = (start - filled - length).checked_sub(1).and_then(|at| tokens.get(at));
        before.is_none_or(|t| t.upos != Upos::ADP)
    })
}
