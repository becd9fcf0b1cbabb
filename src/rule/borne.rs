//! Whether the sources bear a draft's figure out, as it stands or worked out from what they have, and what they say of
//! its matter where they do not.

use crate::claim::{Article, Sentence};
use crate::group::{Accounts, Statement};
use crate::quantity::{Bound, Interval, Kind, Number};
use crate::text::Upos;

/// How many figures of a kind in one source others are worked out from at most.
const PARTS: usize = 24;
/// A bound bears out a figure so much larger or smaller at most: half as much again.
const BOUND: (i128, i128) = (3, 2);

/// Whether some source has a figure, or what it is worked out from: a sum, a difference, a share, a change, a
/// conversion, a rounding.
pub fn is_borne_out(accounts: &Accounts<'_>, at: usize, articles: &[Article]) -> bool {
    let statement = &accounts.statements[at];
    (1..articles.len()).any(|source| {
        stated(statement, &articles[source])
            || accounts.rivals(at, source).iter().any(|&other| bears_out(statement, &accounts.statements[other]))
            || accounts.made_of(at, source).is_some()
            || adds_up(accounts, at, source)
            || worked_out(accounts, at, source)
    }) || between_years(statement, articles)
}

/// Whether a source has the very number, of whatever kind: "2.3m players" and "2.3 million players a day".
fn stated(statement: &Statement<'_>, source: &Article) -> bool {
    let numbers = &statement.claim.quantity().numbers;
    source.claims.iter().any(|claim| claim.quantity().numbers.iter().any(|number| numbers.contains(number)))
}

fn bears_out(statement: &Statement<'_>, source: &Statement<'_>) -> bool {
    if !statement.agrees(source) || source.claim.quantity().bound == Bound::Vague {
        return false;
    }
    let (Some(x), Some(y)) = (statement.value(), source.value()) else { return true };
    let close = |low: Number, high: Number| high * Number::from(2) <= low * Number::ratio(BOUND.0 * 2, BOUND.1);
    !statement.bounded() && !source.bounded() || close(x.min(y), x.max(y))
}

/// Whether it is the sum of all figures of its kind in one sentence.
fn adds_up(accounts: &Accounts<'_>, at: usize, source: usize) -> bool {
    let rivals = accounts.rivals(at, source);
    let sentence = |i: usize| accounts.statements[i].claim.sentence;
    rivals.iter().enumerate().any(|(first, &start)| {
        let mut sum = Number::ZERO;
        let run = rivals[first..].iter().take_while(|&&i| sentence(i) == sentence(start));
        run.filter_map(|&i| accounts.statements[i].value()).any(|value| {
            sum = sum + value;
            accounts.statements[at].values.contains(sum)
        })
    })
}

/// Whether a share or a change comes out of two figures of a source, or a count out of a share and a whole.
fn worked_out(accounts: &Accounts<'_>, at: usize, source: usize) -> bool {
    let statement = &accounts.statements[at];
    // The draft's own figures are part of the sum: "22 welds, a fifth of those they looked at".
    let of = |article: usize| {
        let all = accounts.statements.iter().enumerate();
        all.filter(move |&(i, s)| i != at && s.article == article && s.kind() != Kind::Date).take(PARTS)
    };
    let all: Vec<&Statement<'_>> = of(source).chain(of(0)).map(|(_, s)| s).collect();
    let share = |s: &Statement<'_>| s.kind() == Kind::Ratio;
    match statement.kind() {
        Kind::Ratio | Kind::PercentagePoints => all.iter().enumerate().any(|(i, a)| {
            let whole = Number::ONE;
            let rest = share(a) && a.value().is_some_and(|r| statement.values.contains(whole - r));
            rest || all[i + 1..].iter().filter(|b| a.key == b.key).any(|b| ratio_of(&statement.values, a, b))
        }),
        Kind::Count | Kind::Money => all.iter().filter(|s| share(s)).any(|r| {
            all.iter().filter(|whole| whole.key == statement.key).any(|whole| {
                let Some((r, whole)) = r.value().zip(whole.value()) else { return false };
                near(&statement.values, whole * r) || near(&statement.values, whole - whole * r)
            })
        }),
        _ => false,
    }
}

/// Whether a ratio is the share that one figure is of another, the rest of it, or the change between them.
fn ratio_of(ratio: &Interval, a: &Statement<'_>, b: &Statement<'_>) -> bool {
    let Some((x, y)) = a.value().zip(b.value()) else { return false };
    let (low, high) = if x <= y { (x, y) } else { (y, x) };
    if low <= Number::ZERO {
        return false;
    }
    let gap = high - low;
    [low / high, gap / high, gap / low].into_iter().any(|value| ratio.contains(value))
}

/// What is worked out from a rounded share is rounded itself: half a hundredth either way.
fn near(values: &Interval, value: Number) -> bool {
    let slack = value.abs() * Number::ratio(1, 200);
    values.meets(&Interval::closed(value - slack, value + slack))
}

/// Whether a number of years lies between two years that the documents name, one year either way.
fn between_years(statement: &Statement<'_>, articles: &[Article]) -> bool {
    let quantity = statement.claim.quantity();
    let Some(length) = quantity.single().filter(|_| quantity.unit.as_ref().is_some_and(|unit| unit.code == "a")) else {
        return false;
    };
    let dates = articles.iter().flat_map(|article| {
        let told = article.claims.iter().filter_map(|claim| claim.figure.date?.year.map(i64::from));
        told.chain(article.document.date.map(|day| i64::from(day.year())))
    });
    let years: Vec<i64> = dates.take(PARTS * 2).collect();
    let gap = |a: i64, b: i64| (Number::from((a - b).abs()) - length).abs() <= Number::ONE;
    years.iter().enumerate().any(|(i, &a)| years[i + 1..].iter().any(|&b| gap(a, b)))
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

/// Evidence that a sentence speaks of a figure's matter, in points.
mod weight {
    /// It has the noun, or for money a word for what is paid.
    pub(super) const NOUN: u32 = 3;
    /// It has the verb, or another of the same event.
    pub(super) const VERB: u32 = 3;
    /// "How many", "several", "not disclosed" beside one of them.
    pub(super) const UNSTATED: u32 = 4;
    /// At most so many other words beside the figure count, one each.
    pub(super) const WORDS_MOST: usize = 3;
    /// Asked for.
    pub(super) const LEAST: u32 = 7;
    /// Asked for besides where the sentence has a figure of the kind.
    pub(super) const FIGURE: u32 = 2;
}

/// How far words for an unstated number may stand from what they are of, in tokens.
const BESIDE: usize = 3;

/// The sentence of the sources that comes nearest to a figure's matter; none where none speaks of it.
pub fn matter(accounts: &Accounts<'_>, at: usize, articles: &[Article]) -> Option<Matter> {
    let statement = &accounts.statements[at];
    let mut best: Option<Matter> = None;
    for (article, source) in articles.iter().enumerate().skip(1) {
        for (number, sentence) in source.sentences.iter().enumerate() {
            let Some((score, token)) = speaks_of(statement, source, sentence) else { continue };
            let counts = |s: &Statement<'_>| s.claim.sentence == number && s.claim.quantity().bound != Bound::Vague;
            let figure = accounts.rivals(at, article).iter().any(|&i| counts(&accounts.statements[i]));
            let asked = weight::LEAST + if figure { weight::FIGURE } else { 0 };
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
        let window = &tokens[at.saturating_sub(BESIDE + 1)..(at + BESIDE + 2).min(tokens.len())];
        cues.between.unstated.within(window)
    };
    let mut score = 0;
    score += if noun.is_some() { weight::NOUN } else { 0 };
    score += if verb.is_some() { weight::VERB } else { 0 };
    score += if [noun, verb].into_iter().flatten().any(beside) { weight::UNSTATED } else { 0 };
    let named = |word: &str| [noun, verb].into_iter().flatten().any(|i| lemmas[i] == word);
    let words = statement.near.iter().filter(|word| !named(word) && lemmas.iter().any(|lemma| lemma == **word));
    let words = words.take(weight::WORDS_MOST).count();
    Some((score + u32::try_from(words).unwrap_or(0), token))
}
