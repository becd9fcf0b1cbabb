//! Who a sentence speaks of: names, and the pronouns that stand for them.

use std::ops::Range;

use compact_str::CompactString;

use crate::claim::{Article, Sentence};
use crate::text::Upos;

/// A person as the copy names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The first of their names, where more than one stands there.
    pub first: Option<CompactString>,
    /// The last of them.
    pub last: CompactString,
}

impl Person {
    /// Whether both may be one person.
    pub fn may_be(&self, other: &Self) -> bool {
        self.last == other.last
            && match (&self.first, &other.first) {
                (Some(a), Some(b)) => a == b,
                _ => true,
            }
    }
}

/// How many sentences a pronoun may stand behind the name it stands for.
const REACH: usize = 6;

/// The names of a sentence that may be a person who does or is something, with their tokens.
pub fn names(article: &Article, sentence: &Sentence) -> Vec<(Range<usize>, Person)> {
    let (tokens, times) = (&sentence.tokens, &article.cues.times);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let start = at;
        while tokens.get(at).is_some_and(|t| t.capital && t.upos == Upos::PROPN && !calendar(article, &t.lower)) {
            at += 1;
        }
        // A last name that opens a sentence is at times read as a noun: "Tarr, who was born in 1975".
        if at == 0 && tokens[0].capital && !calendar(article, &tokens[0].lower) {
            let of_name = tokens.get(2).is_some_and(|t| times.persons.of_name.has(&t.lower));
            let apposed = tokens.get(1).is_some_and(|t| t.lower == ",") && of_name;
            let noun = tokens[0].upos == Upos::NOUN && tokens.get(1).is_some_and(|t| t.upos == Upos::AUX);
            at += usize::from(apposed || noun);
        }
        if at == start {
            at += 1;
            continue;
        }
        let led = start.checked_sub(1).is_some_and(|i| times.persons.prepositions.has(&tokens[i].lower));
        let owner = tokens.get(at).is_some_and(|t| times.owning.has(&t.lower));
        let last = &tokens[at - 1].lower;
        let article_before =
            start.checked_sub(1).is_some_and(|i| article.cues.relations.definite.has(&tokens[i].lower));
        if led || owner || article_before || times.persons.no_person.has(last) {
            continue;
        }
        let title = article.cues.saying.titles.has(&tokens[start].lower);
        let first = (at - start > 1 && !title).then(|| tokens[start].lower.clone());
        found.push((start..at, Person { first, last: last.clone() }));
    }
    found
}

fn calendar(article: &Article, lower: &str) -> bool {
    article.cues.relations.calendar.has(lower) || article.cues.times.weekdays.contains_key(lower)
}

/// Whom something said at a token is said of: the name before it, the one behind where the sentence opens with it, or
/// whom a pronoun before it stands for. None where it is not sure.
pub fn subject(article: &Article, index: usize, at: usize) -> Option<Person> {
    let sentence = article.sentences.get(index)?;
    let (tokens, times) = (&sentence.tokens, &article.cues.times);
    let kin = |t: &crate::text::Token| times.kin.has(&t.lower);
    if tokens[at.saturating_sub(7)..at].iter().any(kin) {
        return None;
    }
    let names = names(article, sentence);
    let before: Vec<&(Range<usize>, Person)> = names.iter().filter(|(r, _)| r.end <= at).collect();
    let pronoun = tokens[..at].iter().any(|t| times.persons.pronouns.has(&t.lower));
    match before[..] {
        // Two things said of the "he" that opens a sentence are of one man, whoever he is.
        [] if pronoun => antecedent(article, index).or_else(|| opens(article, sentence).then(|| nameless(index))),
        // "Born in 1952, Halina Zawadzka ...": the name comes behind the comma.
        [] => {
            let Some((range, person)) = names.first() else { return Some(nameless(index)) };
            let early = at <= 4 || !tokens[1..at].iter().any(|t| matches!(t.upos, Upos::VERB | Upos::AUX));
            let opens = early && at <= 10 && range.start - at <= 16 && tokens[range.start - 1].lower == ",";
            opens.then(|| person.clone())
        }
        // "Jo Hay is the daughter of a baker who died in 1999": the baker did.
        [(range, _), ..] if relative(article, &tokens[range.end..at]) => None,
        [(_, first), ref rest @ ..] => rest.iter().all(|(_, p)| p.may_be(first)).then(|| first.clone()),
    }
}

/// Whether a sentence opens with "he" or "she" and has no other such pronoun.
fn opens(article: &Article, sentence: &Sentence) -> bool {
    let pronouns = &article.cues.times.persons.pronouns;
    let first = sentence.tokens.first().map(|t| &t.lower).filter(|w| pronouns.has(w));
    first.is_some_and(|first| sentence.tokens.iter().all(|t| !pronouns.has(&t.lower) || t.lower == *first))
}

/// Whether a relative is spoken of and then told something of: "the son of a man who".
fn relative(article: &Article, tokens: &[crate::text::Token]) -> bool {
    let times = &article.cues.times;
    let Some(kin) = tokens.iter().position(|t| times.kin.has(&t.lower)) else { return false };
    tokens[kin..].iter().any(|t| times.relative.has(&t.lower))
}

/// Whoever a sentence without a name is about, as "the 44-year-old": nobody of another sentence.
fn nameless(index: usize) -> Person {
    Person { first: None, last: compact_str::format_compact!("#{index}") }
}

/// Whom "he" or "she" in a sentence stands for: the one name of the sentences before it.
fn antecedent(article: &Article, index: usize) -> Option<Person> {
    let first = index.saturating_sub(REACH);
    for sentence in article.sentences[first..index].iter().rev() {
        if super::too_long(sentence) || sentence.tokens.iter().any(|t| article.cues.times.kin.has(&t.lower)) {
            return None;
        }
        let names = names(article, sentence);
        let Some((_, one)) = names.first() else { continue };
        return names.iter().all(|(_, p)| p.may_be(one)).then(|| one.clone());
    }
    None
}
