//! What a claim is known by: its noun, event, describing words, place, time and voice.

use compact_str::CompactString;

use crate::claim::cues::{Class, Relations};
use crate::claim::{Article, Claim, Lead, Sentence};
use crate::document::Place;
use crate::quantity::{Interval, Kind, Number, Quantity};
use crate::text::Upos;

/// Where in the article a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Headline, standfirst or caption: what sums the article up.
    Summary,
    /// The text.
    Body,
}

/// A claim with what it is known by.
#[derive(Debug)]
pub struct Frame<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// Which of the articles it stands in.
    pub article: usize,
    /// Where it stands there.
    pub section: Section,
    /// What it can be compared with.
    pub dimension: CompactString,
    /// The values it stands for when rounding is allowed for, in the dimension's base unit.
    pub allowed: Interval,
    /// Its one number in that unit.
    pub value: Option<Number>,
    /// The event it tells of.
    pub event: Option<Class>,
    /// Whether the event is sure: a verb that two readings do not agree on can tell claims apart but not join them.
    pub event_sure: bool,
    /// Whether two readings agree on what it counts and who says it.
    pub sure: bool,
    /// Whether the figure comes back to something named before: "the 17 houses", "all nine".
    pub definite: bool,
    /// Adjectives and compounds in the noun's phrase, as lemmas.
    pub describers: Vec<&'a str>,
    /// Names in the noun's phrase and in the phrases of place at it.
    pub names: Vec<&'a str>,
    /// Names that open its sentence: whom or what it is about.
    pub openers: Vec<&'a str>,
    /// Days, months and years in its clause.
    pub times: Vec<&'a str>,
    /// Content words of its sentence, sorted, without its own noun.
    pub context: Vec<&'a str>,
}

impl<'a> Frame<'a> {
    /// The frame of a claim; none where it cannot be of one thing with another: a date, a part "of them", a rate.
    pub(super) fn new(article: &'a Article, number: usize, claim: &'a Claim) -> Option<Self> {
        let quantity = claim.quantity();
        let kinds = matches!(
            quantity.kind,
            Kind::Count
                | Kind::Money
                | Kind::Ratio
                | Kind::Length
                | Kind::Area
                | Kind::Volume
                | Kind::Mass
                | Kind::Duration
                | Kind::Power
                | Kind::Speed
        );
        let compared = kinds
            && quantity.per.is_none()
            && (claim.pronoun.is_none() || claim.whole)
            && !claim.figure.form.factor
            && !claim.figure.form.change
            && !article.is_code(claim);
        let stage = claim.stage;
        let sentence = article.sentence(claim);
        let cues = &article.cues;
        if !compared || stage.negated || stage.other || claim.lead == Some(Lead::From) {
            return None;
        }
        if quantity.kind == Kind::Count
            && cues.relations.including.before(&sentence.tokens, claim.figure.tokens.start).is_some()
        {
            return None;
        }
        let (event, by_verb) = event(article, sentence, claim);
        claim.noun.as_ref().map(|_| ()).or(event.map(|_| ()))?;
        let section = match article.place(claim) {
            Place::Headline | Place::Standfirst | Place::Caption => Section::Summary,
            _ => Section::Body,
        };
        let mut frame = Self {
            claim,
            article: number,
            section,
            dimension: quantity.dimension(),
            allowed: quantity.to_base(&quantity.allowed()),
            value: quantity.single().map(|one| quantity.to_base(&Interval::exactly(one)).low.map_or(one, |e| e.value)),
            event,
            event_sure: claim.sure.verb || !by_verb,
            sure: claim.sure.noun && claim.sure.source,
            definite: claim.definite,
            describers: Vec::new(),
            names: Vec::new(),
            openers: Vec::new(),
            times: Vec::new(),
            context: Vec::new(),
        };
        frame.words(sentence, &cues.relations);
        Some(frame)
    }

    /// The figure's quantity.
    pub fn quantity(&self) -> &'a Quantity {
        self.claim.quantity()
    }

    /// The noun.
    pub fn noun(&self) -> Option<&'a str> {
        self.claim.noun.as_deref()
    }

    /// Whether the noun itself names the event: "deaths", "the toll", or nothing names who it befell.
    pub(super) fn counts_event(&self) -> bool {
        self.claim.head.is_none() || self.claim.leading
    }

    /// Whether anything tells two claims apart.
    pub(super) fn apart(&self, other: &Self) -> bool {
        let (a, b) = (self.claim.stage, other.claim.stage);
        // Between two speakers the names that open their sentences are their own.
        let speakers = self.claim.source.is_some() && other.claim.source.is_some();
        (a.prospect != b.prospect && self.section == other.section)
            || a.earlier != b.earlier
            || disjoint(&self.times, &other.times)
            || disjoint(&self.names, &other.names)
            || !speakers && disjoint(&self.openers, &other.openers) && !other.definite && self.section == other.section
            || self.described_apart(other)
    }

    /// Whether describing words tell two claims apart: each has one that the other's sentence has not.
    fn described_apart(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.describes_beyond(other), other.describes_beyond(self));
        mine > 0 && theirs > 0 || mine + theirs > 1
    }

    /// How many describing words it has that neither the other nor its sentence has.
    fn describes_beyond(&self, other: &Self) -> usize {
        let known = |d: &&&str| other.describers.contains(d) || other.context.binary_search(d).is_ok();
        self.describers.iter().filter(|d| !known(d)).count()
    }

    /// Whether one of the two is the smaller and has the narrower name: "337,000 new jobs" and, of them, "71,000
    /// construction jobs".
    pub fn part_of_other(&self, other: &Self) -> bool {
        let Some((x, y)) = self.value.zip(other.value) else { return false };
        x < y && self.describes_beyond(other) > 0 || y < x && other.describes_beyond(self) > 0
    }

    fn words(&mut self, sentence: &'a Sentence, cues: &Relations) {
        let (tokens, lemmas) = (&sentence.tokens, &sentence.lemmas);
        let claim = self.claim;
        let phrase = claim.phrase.clone();
        let number = &claim.figure.tokens;
        for at in phrase.clone() {
            // "400 names of children": the names describe nothing, they are counted for the children.
            if number.contains(&at) || Some(at) == claim.head || cues.numbers.has(&lemmas[at]) {
                continue;
            }
            match tokens[at].upos {
                Upos::PROPN => self.names.push(&lemmas[at]),
                Upos::ADJ | Upos::NOUN | Upos::VERB => self.describers.push(&lemmas[at]),
                _ => {}
            }
        }
        // "the 20-point limit": what the measure is of.
        if claim.figure.form.attributive
            && let Some(modified) = claim.head.and_then(|head| modified(sentence, head))
        {
            self.describers.push(&lemmas[modified]);
        }
        let verb = tokens
            .iter()
            .position(|t| t.is_verb() || t.upos == Upos::AUX || matches!(&*t.lower, ":" | ";"))
            .unwrap_or(tokens.len());
        // A capital inside a sentence of the body is a name, whatever the tagger makes of the word.
        let named = |i: usize| {
            let capital = i > 0 && tokens[i].capital && tokens[i].is_noun() && self.section == Section::Body;
            tokens[i].upos == Upos::PROPN || capital
        };
        self.openers = (0..verb).filter(|&i| named(i)).map(|i| lemmas[i].as_str()).collect();
        // What a definite figure comes back to has its time already: "the 15 homes destroyed were built before 1980".
        let dated = claim.times.iter().filter(|i| !claim.definite || phrase.contains(i));
        self.times = dated.map(|&i| lemmas[i].as_str()).collect();
        self.names.extend(claim.places.iter().map(|&i| lemmas[i].as_str()));
        self.names.retain(|name| !cues.calendar.has(name));
        let mut context: Vec<&str> = (0..tokens.len())
            .filter(|&i| Some(i) != claim.head && !number.contains(&i))
            .filter(|&i| {
                matches!(tokens[i].upos, Upos::NOUN | Upos::PROPN | Upos::VERB | Upos::ADJ) && lemmas[i].len() > 2
            })
            .map(|i| lemmas[i].as_str())
            .collect();
        context.sort_unstable();
        context.dedup();
        self.context = context;
    }
}

/// The noun that a compound hangs on, by the tree.
fn modified(sentence: &Sentence, part: usize) -> Option<usize> {
    let tree = sentence.tree.as_ref()?;
    let mut at = part;
    while tree.relation(at) == "compound"
        && let Some(head) = tree.head(at).filter(|&head| head > at)
    {
        at = head;
    }
    (at != part && sentence.tokens[at].is_noun()).then_some(at)
}

/// Whether both have words and none in common.
fn disjoint(a: &[&str], b: &[&str]) -> bool {
    !a.is_empty() && !b.is_empty() && !a.iter().any(|w| b.contains(w))
}

/// The event that a claim tells of: by its noun, the word after its number, or the verb over it; and whether it was the
/// verb.
pub(super) fn event(article: &Article, sentence: &Sentence, claim: &Claim) -> (Option<Class>, bool) {
    let classes = &article.cues.classes;
    let (tokens, lemmas) = (&sentence.tokens, &sentence.lemmas);
    if claim.quantity().kind == Kind::Duration || claim.quantity().kind == Kind::Ratio {
        return (None, false);
    }
    let by_noun = claim.noun.as_deref().and_then(|n| classes.event_of_noun(n));
    let by_word = || {
        let after = claim.phrase.end.max(claim.figure.tokens.end);
        tokens.get(after).and_then(|t| classes.event_of_word(&t.lower))
    };
    let by_describer = || claim.phrase.clone().filter_map(|i| lemmas.get(i)).find_map(|l| classes.event_of_word(l));
    if let Some(event) = by_noun.or_else(by_word).or_else(by_describer) {
        return (Some(event), false);
    }
    let by_verb = claim.governed.and_then(|(v, _)| {
        // "Are still missing": the form alone tells the event, "missed" is another.
        classes.event_of_verb(&lemmas[v]).or_else(|| classes.event_of_word(&tokens[v].lower))
    });
    (by_verb, by_verb.is_some())
}
