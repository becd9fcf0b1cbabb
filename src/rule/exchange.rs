//! Amounts with their conversions into another currency, and the exchange rates that these imply.

use compact_str::CompactString;

use super::{Conflict, Mark, Tolerances};
use crate::claim::{Article, Claim};
use crate::quantity::{Bound, Interval, Kind, Number, Quantity};
use crate::text::Token;

/// The tolerances that are asked for here.
pub const TOLERANCES: &[&str] = &["drift", "drift_over_time", "coarsest"];

/// So many rates of two currencies are asked which rate most of them agree with, and as many rates are asked about.
const ASKED: usize = 128;

/// The rates of each two currencies that cannot hold with the one that most of them agree with, each behind that one.
pub fn clashes<'p, 'a>(pairs: &'p [Pair<'a>], tolerances: &Tolerances) -> Vec<(&'p Pair<'a>, &'p Pair<'a>)> {
    let mut found = Vec::new();
    for (i, first) in pairs.iter().enumerate() {
        if pairs[..i].iter().any(|p| p.comparable(first)) {
            continue;
        }
        let group: Vec<&Pair> = pairs[i..].iter().filter(|p| p.comparable(first)).collect();
        let agreeing = |p: &Pair| group.iter().take(ASKED).filter(|q| !p.clashes(q, tolerances)).count();
        let mut best = first;
        for pair in group.iter().take(ASKED) {
            if agreeing(pair) > agreeing(best) {
                best = pair;
            }
        }
        found.extend(group.into_iter().filter(|p| best.clashes(p, tolerances)).map(|p| (best, p)));
    }
    found
}

/// An amount and what it is converted into, with the codes of the two currencies in order.
#[derive(Debug)]
pub struct Pair<'a> {
    article: &'a Article,
    /// The article's place among those read together.
    pub document: usize,
    first: &'a Claim,
    second: &'a Claim,
    /// The currencies, and how many of the second one of the first makes.
    currencies: (CompactString, CompactString),
    rate: Interval,
    middle: Number,
    when: When,
}

/// The day whose rate a pair has.
#[derive(Debug, Clone, PartialEq, Eq)]
enum When {
    /// Today's, as far as the text says.
    Now,
    /// A rate of some weeks or months ago, of these months where they are named.
    Lately(Vec<CompactString>),
    /// The years that its sentence names, or another rate that it speaks of.
    Dated(Vec<i32>),
}

impl<'a> Pair<'a> {
    fn new(article: &'a Article, first: &'a Claim, second: &'a Claim, tolerances: &Tolerances) -> Option<Self> {
        let (a, b) = (currency(first)?, currency(second)?);
        let (x, y) = (first.quantity(), second.quantity());
        let (from, to) = if a < b { (x, y) } else { (y, x) };
        let middle = base(to, to.single()?) / base(from, from.single()?);
        let rate = values(to, tolerances)?.over(&values(from, tolerances)?);
        let currencies = if a < b { (a, b) } else { (b, a) };
        let pair = Self { article, document: 0, first, second, currencies, rate, middle, when: When::Now };
        Some(pair).filter(|_| !price_tags(first, second))
    }

    fn comparable(&self, other: &Self) -> bool {
        let dated = match (&self.when, &other.when) {
            (When::Dated(a), When::Dated(b)) => a == b && !a.is_empty(),
            (When::Dated(_), _) | (_, When::Dated(_)) => false,
            (When::Lately(a), When::Lately(b)) => a == b || a.is_empty() || b.is_empty(),
            _ => true,
        };
        self.currencies == other.currencies && dated
    }

    fn clashes(&self, other: &Self, tolerances: &Tolerances) -> bool {
        let drift = if self.when == other.when { "drift" } else { "drift_over_time" };
        !self.rate.times(&tolerances.around(drift)).meets(&other.rate)
    }
}

/// All conversions of an article, in order; `document` is its place among those read together.
pub fn pairs<'a>(article: &'a Article, document: usize, tolerances: &Tolerances) -> Vec<Pair<'a>> {
    let mut found = Vec::new();
    for sentence in article.sentences.iter() {
        let before = found.len();
        let claims = &article.claims[sentence.claims.clone()];
        let mut converted = 0;
        for (i, first) in claims.iter().enumerate() {
            // "£50m ($65m; €75m)": both are conversions of the first.
            if first.figure.tokens.start < converted {
                continue;
            }
            let mut last = first;
            for second in claims[i + 1..].iter().take(2) {
                if !joined(article, &sentence.tokens, last, second) {
                    break;
                }
                found.extend(Pair::new(article, first, second, tolerances).map(|pair| Pair { document, ..pair }));
                last = second;
                converted = second.figure.tokens.end;
            }
        }
        date(article, &mut found[before..]);
    }
    found
}

/// Whether the second figure stands where a conversion of the first does.
fn joined(article: &Article, tokens: &[Token], first: &Claim, second: &Claim) -> bool {
    if currency(first).is_none() || currency(second).is_none() || currency(first) == currency(second) {
        return false;
    }
    let between = tokens.get(first.figure.tokens.end..second.figure.tokens.start).unwrap_or_default();
    let (relations, cues) = (&article.cues.relations, &article.cues.sums.currencies);
    // "£20/$25" are two price tags.
    let slash = between.iter().any(|t| t.lower == "/");
    let after = tokens.get(second.figure.tokens.end);
    let opens = |t: &Token| matches!(&*t.lower, "(" | "[");
    if !slash && (relations.conversion.is(between) || cues.converted.is(between)) {
        return !between.first().is_some_and(opens) || after.is_none_or(closes);
    }
    // "A night costs 12,000 yen, about $80."
    let loosely = matches!(second.quantity().bound, Bound::About | Bound::Nearly | Bound::MoreThan | Bound::LessThan);
    if between.len() == 1 && between[0].lower == "," && loosely {
        return after.is_none_or(|t| t.upos == crate::text::Upos::PUNCT || t.upos == crate::text::Upos::CCONJ);
    }
    // "£24m of shares ($31m)", "£10 a head ($12.70)", and the second of two in brackets: "(£24m; €28m)".
    match between.split_last() {
        Some((mark, words)) if opens(mark) => {
            words.len() <= 3 && words.iter().all(plain) && after.is_some_and(|t| matches!(&*t.lower, ")" | "]"))
        }
        Some((mark, [])) => matches!(&*mark.lower, ";" | ",") && after.is_some_and(|t| t.lower == ")"),
        _ => false,
    }
}

fn closes(token: &Token) -> bool {
    !token.is_noun() && !token.is_verb()
}

fn plain(token: &Token) -> bool {
    !token.is_verb() && token.lower.chars().all(char::is_alphabetic)
}

/// The code of the currency that an amount, or a price per something, is in: pence are pounds.
fn currency(claim: &Claim) -> Option<CompactString> {
    let quantity = claim.quantity();
    let unit = quantity.unit.as_ref()?;
    let code = unit.dimension.strip_prefix("money:")?;
    let measured = matches!(quantity.kind, Kind::Money | Kind::Rate);
    (measured && quantity.single().is_some_and(|n| n > Number::ZERO)).then(|| code.into())
}

/// Whether both look like what a shop asks for in two countries: 499 and 549, 9.99 and 12.95. Nobody converts those.
fn price_tags(first: &Claim, second: &Claim) -> bool {
    let tag = |claim: &Claim| {
        let Some(value) = claim.quantity().single() else { return false };
        let cents = (value * Number::from(100)).to_integer().unwrap_or(0);
        let small = value < Number::from(10_000);
        small && (cents % 1000 == 900 || cents % 100 == 99 || cents % 100 == 95 || cents % 100 == 49)
    };
    tag(first) && tag(second)
}

fn base(quantity: &Quantity, value: Number) -> Number {
    value * quantity.unit.as_ref().map_or(Number::ONE, |u| u.factor)
}

/// What an amount may stand for, at the precision written.
fn values(quantity: &Quantity, tolerances: &Tolerances) -> Option<Interval> {
    let value = quantity.single()?;
    let coarsest = value * tolerances.get("coarsest") * Number::from(2);
    let step = quantity.step.min(coarsest);
    let loose = !matches!(quantity.bound, Bound::Exact);
    let step = if loose { step.max(value * tolerances.get("drift") * Number::from(2)) } else { step };
    Some(Interval::rounded(value, step).map(|v| base(quantity, v)))
}

/// The days of the rates of one sentence's pairs. What stands between two pairs dates the one before it: "£90,000
/// ($171,000) in 2007 and £150,000 ($190,000) in May".
fn date(article: &Article, pairs: &mut [Pair<'_>]) {
    let ranges: Vec<_> = pairs.iter().map(|p| p.first.figure.tokens.start..p.second.figure.tokens.end).collect();
    for (i, pair) in pairs.iter_mut().enumerate() {
        // "£50m ($65m; €75m)": two pairs of one amount are of one day.
        let own = |range: &&std::ops::Range<usize>| range.start != ranges[i].start;
        let next = ranges[i..].iter().find(own).map(|r| r.start);
        let previous = ranges[..i].iter().rfind(own).map(|r| r.end);
        pair.when = when(article, pair.first, ranges[i].clone(), previous, next);
    }
}

/// The day of a pair's rate, by what its clause says; in a sentence with several, by what stands between this pair and
/// the next, or the one before it where the sentence puts its dates first.
fn when(
    article: &Article,
    first: &Claim,
    own: std::ops::Range<usize>,
    previous: Option<usize>,
    next: Option<usize>,
) -> When {
    let sentence = article.sentence(first);
    let clause = clause(&sentence.tokens, own.start, own.end);
    let cues = &article.cues.sums.currencies;
    let claims = &article.claims[sentence.claims.clone()];
    let money = claims.iter().find(|c| c.quantity().kind == Kind::Money).map_or(0, |c| c.figure.tokens.start);
    let dated = claims.iter().any(|c| c.figure.date.is_some() && c.figure.tokens.start < money);
    let calendar = |t: &&Token| t.capital && article.cues.relations.calendar.has(&t.lower);
    let leading = dated || sentence.tokens[..money].iter().any(|t| calendar(&t));
    let (start, end) = (clause.start.max(previous.unwrap_or(0)), clause.end.min(next.unwrap_or(clause.end)));
    let near = match (previous, next) {
        (None, None) => clause.clone(),
        _ if leading => start..own.end,
        (Some(_), _) => own.start..end,
        (None, _) => start..end,
    };
    let dates = |range: &std::ops::Range<usize>| -> Vec<_> {
        let inside = claims.iter().filter(|c| range.contains(&c.figure.tokens.start));
        inside.filter_map(|c| c.figure.date).collect()
    };
    let (near_dates, all) = (dates(&near), dates(&clause));
    let mut years: Vec<i32> = near_dates.iter().filter_map(|d| d.year).collect();
    years.sort_unstable();
    years.dedup();
    let tokens = &sentence.tokens[near];
    let months: Vec<CompactString> = tokens.iter().filter(calendar).map(|t| t.lower.clone()).collect();
    // Where only another pair of the clause has a year, this one's day is not known.
    let other = all.iter().any(|d| d.year.is_some());
    if other || cues.dated.within(tokens) {
        When::Dated(years)
    } else if !months.is_empty() || tokens.iter().any(|t| cues.recent.has(&t.lower)) {
        When::Lately(months)
    } else {
        When::Now
    }
}

/// The clause around some tokens: to the nearest semicolon, or comma with a conjunction, on either side.
fn clause(tokens: &[Token], start: usize, end: usize) -> std::ops::Range<usize> {
    let parts = |at: usize| {
        tokens[at].lower == ";"
            || tokens[at].lower == ","
                && tokens
                    .get(at + 1)
                    .is_some_and(|t| matches!(t.upos, crate::text::Upos::CCONJ | crate::text::Upos::SCONJ))
    };
    let low = (0..start).rev().find(|&at| parts(at)).unwrap_or(0);
    let high = (end..tokens.len()).find(|&at| parts(at)).unwrap_or(tokens.len());
    low..high
}

/// What is reported of two rates that cannot both hold.
pub fn conflict(reference: &Pair<'_>, other: &Pair<'_>) -> Conflict {
    let turned = reference.middle < Number::ONE;
    let shown = |pair: &Pair<'_>| {
        let rate = if turned { Number::ONE / pair.middle } else { pair.middle };
        rate.significant(3)
    };
    let (one, many) = (&reference.currencies.0, &reference.currencies.1);
    let (one, many) = if turned { (many, one) } else { (one, many) };
    let one = name(&[reference.first, reference.second], one);
    let words = |pair: &Pair<'_>| format!("{} ({})", pair.article.words(pair.first), pair.article.words(pair.second));
    let message = format!(
        "one {one} is {} {many} in {}, but {} {many} in {}",
        shown(reference),
        words(reference),
        shown(other),
        words(other),
    );
    let label = |pair: &Pair<'_>| format!("{} {many} to the {one}", shown(pair));
    let mark = |pair: &Pair<'_>, claim: &Claim, label: String| Mark {
        document: pair.document,
        span: claim.span.clone(),
        label,
        fix: None,
    };
    Conflict {
        marks: vec![
            mark(reference, reference.first, label(reference)),
            mark(reference, reference.second, "its conversion".to_owned()),
            mark(other, other.first, label(other)),
            mark(other, other.second, "its conversion".to_owned()),
        ],
        message,
        note: None,
    }
}

/// The name of a currency by the unit of one of the amounts: pence are given as their currency's code.
fn name(claims: &[&Claim], code: &str) -> String {
    let unit = claims.iter().filter_map(|c| c.quantity().unit.as_ref()).find(|u| u.code == code);
    unit.map_or_else(|| code.to_owned(), |u| u.name.to_string())
}
