//! Whether the sources bear a draft's figure out, as it stands or worked out from what they have, and what they say of
//! its matter where they do not.

use std::ops::Range;

use crate::claim::{Article, Claim, Sentence};
use crate::group::{Accounts, Statement};
use crate::quantity::{Bound, Interval, Kind, Number};
use crate::text::Upos;

/// How many figures of a kind in one source others are worked out from at most.
const PARTS: usize = 24;
/// A bound bears out a figure so much larger or smaller at most: half as much again.
const BOUND: (i128, i128) = (3, 2);

/// How a figure is borne out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Support {
    /// How it is worked out from what the documents have: "10 + 12"; none where a source has it as it stands.
    pub sum: Option<String>,
    /// What bears it out: the article and the bytes of its file.
    pub from: Vec<(usize, Range<usize>)>,
}

/// What bears a figure out: some source has it, or what it is worked out from: a sum, a difference, a share, a change, a
/// conversion, a rounding.
pub fn support(accounts: &Accounts<'_>, at: usize, articles: &[Article]) -> Option<Support> {
    let statement = &accounts.statements[at];
    let rivals = |source: usize| accounts.rivals(at, source).iter().map(|&other| &accounts.statements[other]);
    let sources = || 1..articles.len();
    let told = |same: bool| {
        sources().flat_map(rivals).find(|other| {
            let numbers = other.claim.quantity().numbers == statement.claim.quantity().numbers;
            bears_out(statement, other) && (numbers || !same)
        })
    };
    if let Some(other) = told(true) {
        return Some(Support { sum: None, from: vec![place(other)] });
    }
    if let Some((source, claim)) = sources().find_map(|source| Some((source, stated(statement, &articles[source])?))) {
        return Some(Support { sum: None, from: vec![(source, claim.span.clone())] });
    }
    if let Some(other) = told(false) {
        let unit = |s: &Statement<'_>| s.claim.quantity().unit.as_ref().map(|unit| unit.code.clone());
        let how = if unit(statement) == unit(other) { "rounded from" } else { "converted from" };
        return Some(worked(format!("{how} {}", text(accounts, other)), [other]));
    }
    sources()
        .find_map(|source| {
            made_of(accounts, at, source)
                .or_else(|| adds_up(accounts, at, source))
                .or_else(|| worked_out(accounts, at, source))
        })
        .or_else(|| between_years(statement, articles))
}

/// Whether a figure is of a kind that a draft takes from its sources: no date or place in an order, and no "several".
pub fn is_of_sources(statement: &Statement<'_>) -> bool {
    let told = !matches!(statement.kind(), Kind::Date | Kind::Ordinal | Kind::Score | Kind::Age | Kind::Other);
    told && statement.claim.quantity().bound != Bound::Vague
}

/// Whether it counts fewer than what a draft is asked to have from somewhere.
pub fn is_few(statement: &Statement<'_>, least: Number) -> bool {
    statement.kind() == Kind::Count && statement.value().is_some_and(|value| value < least)
}

fn place(statement: &Statement<'_>) -> (usize, Range<usize>) {
    (statement.article, statement.claim.span.clone())
}

fn text<'a>(accounts: &Accounts<'a>, statement: &Statement<'a>) -> &'a str {
    accounts.article(statement).text(statement.claim)
}

fn worked<'a, 'b: 'a>(sum: String, from: impl IntoIterator<Item = &'a Statement<'b>>) -> Support {
    Support { sum: Some(sum), from: from.into_iter().map(place).collect() }
}

/// The figure of a source that has the very number, of whatever kind: "2.3m players" and "2.3 million players a day".
fn stated<'a>(statement: &Statement<'_>, source: &'a Article) -> Option<&'a Claim> {
    let numbers = &statement.claim.quantity().numbers;
    let counted = |claim: &&Claim| claim.quantity().kind != Kind::Ordinal;
    source
        .claims
        .iter()
        .filter(counted)
        .find(|claim| claim.quantity().numbers.iter().any(|number| numbers.contains(number)))
}

fn bears_out(statement: &Statement<'_>, source: &Statement<'_>) -> bool {
    if !statement.agrees(source) || source.claim.quantity().bound == Bound::Vague {
        return false;
    }
    let (Some(x), Some(y)) = (statement.value(), source.value()) else { return true };
    let close = |low: Number, high: Number| high * Number::from(2) <= low * Number::ratio(BOUND.0 * 2, BOUND.1);
    !statement.bounded() && !source.bounded() || close(x.min(y), x.max(y))
}

/// The two figures of one source that a figure is the sum or the difference of.
fn made_of(accounts: &Accounts<'_>, at: usize, source: usize) -> Option<Support> {
    let [a, b] = accounts.made_of(at, source)?.map(|part| &accounts.statements[part]);
    let (x, y) = (a.value()?, b.value()?);
    let (first, second) = if x >= y { (a, b) } else { (b, a) };
    let sign = if accounts.statements[at].values.contains(x + y) { '+' } else { '−' };
    Some(worked(format!("{} {sign} {}", text(accounts, first), text(accounts, second)), [a, b]))
}

/// The figures of its kind in one sentence, where a figure is the sum of the first of them.
fn adds_up(accounts: &Accounts<'_>, at: usize, source: usize) -> Option<Support> {
    let rivals = accounts.rivals(at, source);
    let sentence = |i: usize| accounts.statements[i].claim.sentence;
    rivals.iter().enumerate().find_map(|(first, &start)| {
        let run = rivals[first..].iter().take_while(|&&i| sentence(i) == sentence(start));
        let (mut sum, mut parts) = (Number::ZERO, Vec::new());
        for part in run.map(|&i| &accounts.statements[i]) {
            let Some(value) = part.value() else { continue };
            sum = sum + value;
            parts.push(part);
            if accounts.statements[at].values.contains(sum) {
                let words: Vec<&str> = parts.iter().map(|part| text(accounts, part)).collect();
                return Some(worked(words.join(" + "), parts));
            }
        }
        None
    })
}

/// A share or a change that comes out of two figures of a source, or a count out of a share and a whole.
fn worked_out(accounts: &Accounts<'_>, at: usize, source: usize) -> Option<Support> {
    let statement = &accounts.statements[at];
    // The draft's own figures are part of the sum: "22 welds, a fifth of those they looked at".
    let of = |article: usize| {
        let all = accounts.of_article(article).iter();
        all.filter(move |s| !std::ptr::eq(*s, statement) && s.kind() != Kind::Date).take(PARTS)
    };
    // What stands in the same sentence comes first.
    let mut all: Vec<&Statement<'_>> = of(0).chain(of(source)).collect();
    all.sort_by_key(|s| (s.article, s.claim.sentence) != (0, statement.claim.sentence));
    let share = |s: &Statement<'_>| s.kind() == Kind::Ratio;
    let words = |s: &Statement<'_>| text(accounts, s).to_owned();
    match statement.kind() {
        Kind::Ratio | Kind::PercentagePoints => all.iter().enumerate().find_map(|(i, a)| {
            let rest = share(a) && a.value().is_some_and(|r| statement.values.contains(Number::ONE - r));
            if rest {
                return Some(worked(format!("what {} leaves", words(a)), [*a]));
            }
            all[i + 1..].iter().filter(|b| a.key == b.key).find_map(|b| {
                let (low, high) = if a.value()? <= b.value()? { (a, b) } else { (b, a) };
                let (x, y) = (words(low), words(high));
                let sum = match ratio_of(&statement.values, low.value()?, high.value()?)? {
                    Part::Share => format!("{x} of {y}"),
                    Part::Rest => format!("{y} less {x}, of {y}"),
                    Part::Change => format!("from {x} to {y}"),
                };
                Some(worked(sum, [*low, *high]))
            })
        }),
        Kind::Count | Kind::Money => all.iter().filter(|s| share(s)).find_map(|share| {
            all.iter().filter(|whole| whole.key == statement.key).find_map(|whole| {
                let (r, value) = (share.value()?, whole.value()?);
                let of = format!("{} of {}", words(share), words(whole));
                let sum = if near(&statement.values, value * r) {
                    of
                } else if near(&statement.values, value - value * r) {
                    format!("{} less {of}", words(whole))
                } else {
                    return None;
                };
                Some(worked(sum, [*share, *whole]))
            })
        }),
        _ => None,
    }
}

/// What a ratio may be of two figures.
enum Part {
    /// The share that the smaller is of the larger.
    Share,
    /// The rest of that.
    Rest,
    /// The change from the smaller to the larger.
    Change,
}

/// What a ratio is of two figures in order of size.
fn ratio_of(ratio: &Interval, low: Number, high: Number) -> Option<Part> {
    if low <= Number::ZERO {
        return None;
    }
    let gap = high - low;
    [(low / high, Part::Share), (gap / high, Part::Rest), (gap / low, Part::Change)]
        .into_iter()
        .find_map(|(value, part)| ratio.contains(value).then_some(part))
}

/// What is worked out from a rounded share is rounded itself: half a hundredth either way.
fn near(values: &Interval, value: Number) -> bool {
    let slack = value.abs() * Number::ratio(1, 200);
    values.meets(&Interval::closed(value - slack, value + slack))
}

/// Two years that the documents name and that a number of years lies between, one year either way.
fn between_years(statement: &Statement<'_>, articles: &[Article]) -> Option<Support> {
    let quantity = statement.claim.quantity();
    let length = quantity.single().filter(|_| quantity.unit.as_ref().is_some_and(|unit| unit.code == "a"))?;
    let dates = articles.iter().enumerate().flat_map(|(at, article)| {
        let told = article
            .claims
            .iter()
            .filter_map(move |claim| Some((i64::from(claim.figure.date?.year?), Some((at, claim.span.clone())))));
        told.chain(article.document.date.map(|day| (i64::from(day.year()), None)))
    });
    let years: Vec<_> = dates.take(PARTS * 2).collect();
    let gap = |a: i64, b: i64| (Number::from((a - b).abs()) - length).abs() <= Number::ONE;
    years.iter().enumerate().find_map(|(i, (a, from))| {
        let (b, to) = years[i + 1..].iter().find(|(b, _)| gap(*a, *b))?;
        let from = [from, to].into_iter().flatten().cloned().collect();
        Some(Support { sum: Some(format!("from {} to {}", a.min(b), a.max(b))), from })
    })
}

/// Where a source speaks of a matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Matter {
    /// The source.
    pub article: usize,
    /// The sentence.
    pub sentence: usize,
    /// The word that names it, as a token.
    pub token: usize,
    score: u32,
}

/// The sentence of the sources that comes nearest to a figure's matter; none where none speaks of it.
pub fn matter(accounts: &Accounts<'_>, at: usize, articles: &[Article]) -> Option<Matter> {
    let statement = &accounts.statements[at];
    let mut best: Option<Matter> = None;
    for (article, source) in articles.iter().enumerate().skip(1) {
        for (number, sentence) in source.sentences.iter().enumerate() {
            let Some((score, token)) = speaks_of(statement, source, sentence) else { continue };
            let counts = |s: &Statement<'_>| s.claim.sentence == number && s.claim.quantity().bound != Bound::Vague;
            let figure = accounts.rivals(at, article).iter().any(|&i| counts(&accounts.statements[i]));
            let weigh = &source.cues.evidence.matter;
            let asked = weigh.least + if figure { weigh.figure } else { 0 };
            if score >= asked && best.is_none_or(|b| score > b.score) {
                best = Some(Matter { article, sentence: number, token, score });
            }
        }
    }
    best
}

/// How much a sentence has of a figure's matter, and the word that names it.
fn speaks_of(statement: &Statement<'_>, source: &Article, sentence: &Sentence) -> Option<(u32, usize)> {
    let cues = &source.cues;
    let weigh = &cues.evidence.matter;
    let (tokens, lemmas) = (&sentence.tokens, &sentence.lemmas);
    let position = |is: &dyn Fn(usize) -> bool| (0..tokens.len()).find(|&i| is(i));
    let amount = statement.kind() == Kind::Money;
    let noun = position(&|i| {
        let named = statement.noun().is_some_and(|noun| cues.classes.same_thing(noun, &lemmas[i]));
        tokens[i].is_noun() && (named || amount && cues.between.amounts.has(&lemmas[i]))
    });
    let verb = position(&|i| {
        let same = statement.verb == Some(lemmas[i].as_str()) && tokens[i].upos == Upos::VERB;
        let classes = &cues.classes;
        let event = || classes.event_of_verb(&lemmas[i]).or_else(|| classes.event_of_noun(&lemmas[i]));
        same || statement.event.is_some() && !statement.event_by_verb && event() == statement.event
    });
    let token = noun.or(verb)?;
    let beside = |at: usize| {
        let window = &tokens[at.saturating_sub(weigh.beside + 1)..(at + weigh.beside + 2).min(tokens.len())];
        cues.between.unstated.within(window)
    };
    let mut score = 0;
    score += if noun.is_some() { weigh.noun } else { 0 };
    score += if verb.is_some() { weigh.verb } else { 0 };
    score += if [noun, verb].into_iter().flatten().any(beside) { weigh.unstated } else { 0 };
    let named = |word: &str| [noun, verb].into_iter().flatten().any(|i| lemmas[i] == word);
    let words = statement.near.iter().filter(|word| !named(word) && lemmas.iter().any(|lemma| lemma == **word));
    let words = words.take(weigh.words_most).count();
    Some((score + u32::try_from(words).unwrap_or(0), token))
}
