//! What a claim is held against in another document by: wider than a [`Frame`](super::Frame), so that dates, ages and
//! scores, which no rule inside one article compares, have their place too.

use compact_str::{CompactString, format_compact};

use super::neighbours::is_name;
use crate::claim::cues::Class;
use crate::claim::{Article, Claim, Day, LONGEST_SENTENCE, Lead, Sentence};
use crate::document::Place;
use crate::quantity::{Bound, End, Interval, Kind, Number};
use crate::text::Upos;

/// A claim as another document's claims are held against it.
#[derive(Debug)]
pub struct Statement<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// Which of the articles it stands in.
    pub article: usize,
    /// Only statements of one key can be compared: the kind and the dimension.
    pub key: CompactString,
    /// The values it allows, in the base unit of its dimension; days of a calendar of equal months for a date.
    pub values: Interval,
    /// The event it tells of.
    pub event: Option<Class>,
    /// Whether the verb alone tells of the event; "take" tells of many.
    pub event_by_verb: bool,
    /// The verb over it, where that says something.
    pub verb: Option<&'a str>,
    /// Content words between the figures on either side of it, sorted.
    pub near: Vec<&'a str>,
    /// Content words of its sentence, sorted.
    pub words: Vec<&'a str>,
    /// Names that open its sentence, sorted: whom or what it is about.
    pub openers: Vec<&'a str>,
    /// Adjectives and compounds in its noun's phrase.
    pub describers: Vec<&'a str>,
    /// Whether it stands in a headline, standfirst or caption.
    pub summary: bool,
    /// The day that it is of: the sentence's "as of", or the document's.
    pub day: Option<Day>,
}

impl<'a> Statement<'a> {
    /// The statement of a claim; none where its figure has no value to compare.
    pub(super) fn new(article: &'a Article, number: usize, claim: &'a Claim) -> Option<Self> {
        let quantity = claim.quantity();
        let sentence = article.sentence(claim);
        // A longer one is a table without stops; its figures are not bound.
        if sentence.tokens.len() > LONGEST_SENTENCE {
            return None;
        }
        let values = match quantity.kind {
            Kind::Date => dates(article, sentence, claim)?,
            Kind::TimeOfDay => return None,
            Kind::Score | Kind::Ordinal => numbers(&quantity.numbers)?,
            _ => quantity.to_base(&quantity.allowed()),
        };
        if claim.stage.negated || article.is_as_of(claim) || article.is_code(claim) || values == Interval::ALL {
            return None;
        }
        let key = match quantity.kind {
            Kind::Ratio if claim.figure.form.factor => CompactString::const_new("factor"),
            Kind::Date if claim.figure.date.is_some_and(|d| d.year.is_none()) => CompactString::const_new("day"),
            kind => format_compact!("{kind:?} {}", quantity.dimension()),
        };
        let cues = &article.cues;
        let content = |range: std::ops::Range<usize>| -> Vec<&'a str> {
            let mut words: Vec<&str> = range
                .filter(|&at| is_content(sentence, at) && !cues.between.light_verbs.has(&sentence.lemmas[at]))
                .map(|at| sentence.lemmas[at].as_str())
                .collect();
            words.sort_unstable();
            words.dedup();
            words
        };
        let size = sentence.tokens.len();
        let figures = article.claims[sentence.claims.clone()].iter().map(|c| &c.figure.tokens);
        let own = &claim.figure.tokens;
        let before = figures.clone().filter(|f| f.end <= own.start).map(|f| f.end).max().unwrap_or(0);
        let after = figures.filter(|f| f.start >= own.end).map(|f| f.start).min().unwrap_or(size);
        let verb_at = sentence.tokens.iter().position(|t| t.is_verb() || t.upos == Upos::AUX).unwrap_or(size);
        // "On Rotten Tomatoes, the film has ...": the phrase before the subject says where, not who.
        let phrase = sentence.tokens.first().is_some_and(|t| matches!(t.upos, Upos::ADP | Upos::SCONJ));
        let comma = (0..verb_at).find(|&at| phrase && sentence.tokens[at].lower == ",");
        let mut openers: Vec<&str> = (comma.map_or(0, |at| at + 1)..verb_at)
            .filter(|&at| is_name(sentence, at) && !cues.relations.calendar.has(&sentence.lemmas[at]))
            .map(|at| sentence.lemmas[at].as_str())
            .collect();
        openers.sort_unstable();
        let describers = claim
            .phrase
            .clone()
            .filter(|at| !own.contains(at) && Some(*at) != claim.head && *at < size)
            .filter(|&at| matches!(sentence.tokens[at].upos, Upos::ADJ | Upos::NOUN | Upos::PROPN))
            .map(|at| sentence.lemmas[at].as_str())
            .collect();
        let verb = claim.verb.as_deref().filter(|v| !cues.between.light_verbs.has(v));
        let (event, event_by_verb) = super::frame::event(article, sentence, claim);
        Some(Self {
            claim,
            article: number,
            key,
            values,
            event,
            event_by_verb,
            verb,
            near: content(before..after),
            words: content(0..size),
            openers,
            describers,
            day: article.day(claim),
            summary: matches!(article.place(claim), Place::Headline | Place::Standfirst | Place::Caption),
        })
    }

    /// The noun counted.
    pub fn noun(&self) -> Option<&'a str> {
        self.claim.noun.as_deref()
    }

    /// Whether both can hold at once.
    pub fn agrees(&self, other: &Self) -> bool {
        self.key == other.key && self.values.meets(&other.values)
    }

    /// Whether the words set a bound and no more, so that agreement says little.
    pub fn bounded(&self) -> bool {
        self.values.low.is_none() || self.values.high.is_none() || self.claim.quantity().bound == Bound::Vague
    }

    /// Whether it is a part of what its noun names, or one of several.
    pub fn part(&self) -> bool {
        self.claim.pronoun.is_some() && !self.claim.whole || self.claim.stage.other
    }

    /// Whether it is the value of an earlier time, or what a change started from.
    pub fn past(&self) -> bool {
        self.claim.stage.earlier || self.claim.lead == Some(Lead::From)
    }

    /// Whether two figures are one number that is rarely met by chance.
    pub fn same_number(&self, other: &Self) -> bool {
        let (Some(x), Some(y)) = (self.value(), other.value()) else { return false };
        self.key == other.key && x == y && (x.significant(2) != x || x >= Number::from(13))
    }

    /// A number of the figure in its dimension's base unit.
    pub fn in_base(&self, value: Number) -> Number {
        let quantity = self.claim.quantity();
        quantity.to_base(&Interval::exactly(value)).low.map_or(value, |end| end.value)
    }

    /// Its one number in the base unit of its dimension.
    pub fn value(&self) -> Option<Number> {
        self.claim.quantity().single().map(|value| self.in_base(value))
    }

    /// The figure's kind.
    pub fn kind(&self) -> Kind {
        self.claim.quantity().kind
    }
}

/// Whether a word says something of the matter.
pub(super) fn is_content(sentence: &Sentence, at: usize) -> bool {
    let long = |least: usize| sentence.lemmas[at].len() >= least;
    matches!(sentence.tokens[at].upos, Upos::NOUN | Upos::PROPN | Upos::VERB | Upos::ADJ) && long(3)
        || sentence.tokens[at].upos == Upos::ADV && long(6)
}

/// A score or an ordinal as one number: it is the same or another.
fn numbers(numbers: &[Number]) -> Option<Interval> {
    let thousand = Number::from(1000);
    let value = numbers.iter().copied().reduce(|all, next| all * thousand + next)?;
    Some(Interval::exactly(value))
}

/// The days that a date allows, a month being 31 of them: "before" and "after" leave the date itself out.
fn dates(article: &Article, sentence: &Sentence, claim: &Claim) -> Option<Interval> {
    let date = claim.figure.date?;
    let day = |year: i32, month: u8, day: u8| {
        Number::from(i64::from(year) * 372 + i64::from(month.saturating_sub(1)) * 31 + i64::from(day))
    };
    let (low, high) = match (date.year, date.month, date.day) {
        (year, Some(m), Some(d)) => (day(year.unwrap_or(0), m, d), day(year.unwrap_or(0), m, d)),
        (Some(y), Some(m), None) => (day(y, m, 1), day(y, m, 31)),
        (Some(y), None, None) if claim.quantity().numbers.len() < 2 => (day(y, 1, 1), day(y, 12, 31)),
        _ => return None,
    };
    let words = &article.cues.between;
    let start = claim.figure.tokens.start;
    Some(if words.before_date.before(&sentence.tokens, start).is_some() {
        Interval { low: None, high: Some(End { value: low, closed: false }) }
    } else if words.after_date.before(&sentence.tokens, start).is_some() {
        Interval { low: Some(End { value: high, closed: false }), high: None }
    } else {
        Interval::closed(low, high)
    })
}

/// What two statements are called: the noun, or what is measured.
pub fn thing(a: &Statement<'_>, b: &Statement<'_>) -> String {
    match (a.noun(), b.noun()) {
        (Some(x), Some(y)) if x != y => format!("{x} / {y}"),
        (Some(noun), _) | (None, Some(noun)) => format!("\"{noun}\""),
        (None, None) => a.verb.or(b.verb).map_or_else(|| "one thing".to_owned(), |v| format!("\"{v}\"")),
    }
}
