//! Who says it: verbs of saying with their subjects, "according to", and quotations that go on over sentences.

use std::ops::Range;

use super::Scene;
use super::noun::{noun_run, noun_start};
use crate::document::Place;
use crate::text::{Token, Upos};

/// A speaker and the tokens of a sentence that are theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Attribution {
    speaker: String,
    scope: Range<usize>,
}

/// Follows an article sentence by sentence and says whose each figure is.
#[derive(Debug, Default)]
pub(super) struct Speakers {
    person: Option<String>,
    thing: Option<String>,
    several: Option<String>,
    /// The last speaker in this block, for a quotation that goes on.
    last: Option<String>,
    /// Whether a quotation of an earlier sentence of the block is still open.
    open: bool,
    block: Option<usize>,
}

/// The speakers in one sentence.
#[derive(Debug, Default)]
pub(super) struct Voices {
    attributions: Vec<Attribution>,
    /// The speaker of the whole sentence, where it lies inside a quotation.
    quoted: Option<String>,
}

impl Voices {
    /// Who says what stands at a token; none for the article.
    pub(super) fn at(&self, token: usize) -> Option<&str> {
        self.attributions
            .iter()
            .rev()
            .filter(|a| a.scope.contains(&token))
            .min_by_key(|a| a.scope.len())
            .map(|a| a.speaker.as_str())
            .or(self.quoted.as_deref())
    }
}

impl Speakers {
    /// Reads the next sentence.
    pub(super) fn next(&mut self, scene: &Scene<'_>, block: usize, place: Place) -> Voices {
        let Scene { tokens, lemmas, cues, .. } = *scene;
        if self.block != Some(block) {
            self.block = Some(block);
            self.open = false;
            self.last = None;
        }
        let was_open = self.open;
        for token in tokens {
            if token.lower == "\"" || token.lower == "``" || token.lower == "''" {
                self.open = !self.open;
            }
        }
        let mut voices = Voices::default();
        self.opening(scene);
        if matches!(place, Place::Headline | Place::Heading | Place::Standfirst) {
            voices.attributions.extend(headline(scene));
        }
        let mut at = 0;
        while at < tokens.len() {
            if let Some(length) = cues.saying.according.at(tokens, at) {
                let end = phrase_end(tokens, at + length);
                let own = tokens.get(at + length).is_some_and(|t| t.xpos == "PRP$");
                let known = if own { self.person.clone() } else { None };
                let speaker = known.unwrap_or_else(|| scene.words(at + length..end));
                if !speaker.is_empty() {
                    let first = clause_start(tokens, at);
                    let scope = if first == at { end..tokens.len() } else { first..at };
                    voices.attributions.push(Attribution { speaker: speaker.clone(), scope });
                    if !own {
                        self.remember(tokens, at + length..end, &speaker);
                    }
                }
                at = end.max(at + length);
                continue;
            }
            let nested = cues.saying.evidence.has(&lemmas[at]) && voices.at(at).is_some();
            if tokens[at].is_verb() && !nested && cues.saying.verbs.has(&lemmas[at]) {
                if let Some(found) = self.verb(scene, at) {
                    voices.attributions.push(found);
                }
            }
            at += 1;
        }
        if let Some(last) = voices.attributions.last() {
            self.last = Some(last.speaker.clone());
        } else if was_open {
            voices.quoted.clone_from(&self.last);
        }
        self.agent(scene);
        voices
    }

    /// A verb of saying: its subject and what it governs.
    fn verb(&mut self, scene: &Scene<'_>, verb: usize) -> Option<Attribution> {
        let Scene { tokens, lemmas, cues, .. } = *scene;
        let saying = &cues.saying;
        let mut left = verb;
        let mut passive = false;
        while left > 0 && matches!(tokens[left - 1].upos, Upos::AUX | Upos::ADV | Upos::PART) {
            passive |= lemmas[left - 1] == "be" && tokens[verb].xpos == "VBN";
            left -= 1;
        }
        if passive || tokens[verb].xpos == "VBN" && left == verb {
            return None;
        }
        let clause = opens_clause(tokens, verb + 1);
        let postposed = |start: usize| start > 0 && (matches!(&*tokens[start - 1].lower, "," | "\"" | "''" | "-"));
        if saying.clause_only.has(&lemmas[verb]) && !saying.with_object.has(&lemmas[verb]) && !clause {
            return None;
        }
        // "...," said Ilze Krastina: the subject follows.
        if left == verb
            && verb > 0
            && matches!(&*tokens[verb - 1].lower, "," | "\"" | "''")
            && tokens[verb].xpos == "VBD"
        {
            if let Some((head, end)) = noun_run(
                tokens,
                verb + 1 + usize::from(tokens.get(verb + 1).is_some_and(|t| t.upos == Upos::DET)),
                false,
            ) {
                let subject_before = self.subject(scene, verb - 1);
                // "X, who led them, said Ukraine had brought ...": a verb behind the noun makes it a clause's subject.
                let clause = tokens.get(end).is_some_and(|t| t.is_verb() || t.upos == Upos::AUX);
                let named = tokens[head].upos == Upos::PROPN;
                if !clause && (subject_before.is_none() || tokens[verb - 1].lower != "," || named) {
                    let range = noun_start(tokens, head).max(verb + 1)..end;
                    let speaker = scene.words(range.clone());
                    self.remember(tokens, range, &speaker);
                    return Some(Attribution { speaker, scope: 0..tokens.len() });
                }
            }
        }
        let (speaker, start) = self.subject(scene, left)?;
        let ends = tokens.get(verb + 1).is_none_or(|t| t.upos == Upos::PUNCT);
        let scope = if postposed(start) && !clause && (ends || !saying.with_object.has(&lemmas[verb])) {
            // "12 were hurt, police said": what stands before; a quotation may go on after.
            0..start
        } else {
            verb + 1..tokens.len()
        };
        Some(Attribution { speaker, scope })
    }

    /// The subject that ends before a token: the speaker's words and where they begin.
    fn subject(&mut self, scene: &Scene<'_>, end: usize) -> Option<(String, usize)> {
        let Scene { tokens, cues, .. } = *scene;
        let last = end.checked_sub(1)?;
        let token = &tokens[last];
        let saying = &cues.saying;
        if token.upos == Upos::PRON || token.xpos == "PRP" {
            let word = &*token.lower;
            let known = if saying.persons.has(word) {
                self.person.clone()
            } else if saying.several.has(word) {
                self.several.clone()
            } else if saying.things.has(word) {
                self.thing.clone()
            } else if matches!(word, "who" | "which") {
                // "the president, who claimed ...": the noun before the comma.
                let mut before = last;
                if before > 0 && tokens[before - 1].lower == "," {
                    before -= 1;
                }
                return self.name(scene, before).map(|(speaker, _)| (speaker, last));
            } else {
                None
            };
            return known.map(|speaker| (speaker, last));
        }
        if token.lower == "," {
            // An apposition between the name and the verb: "Vladimir Medinsky, the negotiator, said".
            let comma = (0..last).rev().take(24).find(|&i| tokens[i].lower == ",");
            let relative = comma.is_some_and(|c| tokens[c + 1].xpos.starts_with('W'));
            let before = comma.and_then(|c| self.name(scene, c)).filter(|(_, at)| tokens[*at].capital);
            if relative {
                // "Medinsky, who led the talks, said".
                return before;
            }
            let (near, start) = self.name(scene, last)?;
            let near_named = tokens[start].upos == Upos::PROPN;
            if let Some(before) = before.filter(|_| !near_named) {
                return Some(before);
            }
            return Some((near, start));
        }
        self.name(scene, end)
    }

    /// The noun phrase that ends before a token.
    fn name(&mut self, scene: &Scene<'_>, end: usize) -> Option<(String, usize)> {
        let Scene { tokens, cues, .. } = *scene;
        let mut head = end.checked_sub(1)?;
        // "the leader of the union said", "police in Lagos said": back over "of" and "in" phrases.
        let mut start = noun_start(tokens, head);
        if !tokens[head].is_noun() {
            return None;
        }
        let mut whole = start;
        while whole >= 2
            && matches!(&*tokens[whole - 1].lower, "of" | "in" | "for" | "at" | "from")
            && tokens[whole - 2].is_noun()
        {
            head = whole - 2;
            start = noun_start(tokens, head);
            whole = start;
        }
        if cues.saying.nobody.has(&tokens[head].lower) {
            return None;
        }
        let speaker = scene.words(start..end);
        self.remember(tokens, start..head + 1, &speaker);
        Some((speaker, start))
    }

    /// Keeps a speaker for the pronouns to come.
    fn remember(&mut self, tokens: &[Token], phrase: Range<usize>, speaker: &str) {
        let Some(head) = phrase.end.checked_sub(1).and_then(|h| tokens.get(h)) else { return };
        let slot = if matches!(head.xpos, "NNS" | "NNPS") {
            &mut self.several
        } else {
            // A name may be a person's or a body's: both pronouns may stand for it.
            self.thing = Some(speaker.to_owned());
            &mut self.person
        };
        *slot = Some(speaker.to_owned());
    }

    /// A name that opens a sentence may be the "he" or "it" of what follows.
    fn opening(&mut self, scene: &Scene<'_>) {
        let tokens = scene.tokens;
        let first = usize::from(tokens.first().is_some_and(|t| t.upos == Upos::DET));
        if let Some((head, end)) = noun_run(tokens, first, false)
            && tokens[head].upos == Upos::PROPN
            && tokens.get(end).is_some_and(|t| t.is_verb() || t.upos == Upos::AUX || t.lower == ",")
        {
            self.remember(tokens, first..end, &scene.words(first..end));
        }
    }

    /// "published by the Associated Press": who did it may be the "it" of the next sentence.
    fn agent(&mut self, scene: &Scene<'_>) {
        let tokens = scene.tokens;
        for at in 1..tokens.len() {
            if tokens[at].lower == "by" && tokens[at - 1].is_verb() {
                let first = at + 1 + usize::from(tokens.get(at + 1).is_some_and(|t| t.upos == Upos::DET));
                if let Some((head, end)) = noun_run(tokens, first, false) {
                    if tokens[head].upos == Upos::PROPN {
                        self.thing = Some(scene.words(first..end));
                    }
                }
            }
        }
    }
}

/// Whether a clause or a quotation begins at a token.
fn opens_clause(tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    match &*token.lower {
        "that" | ":" | "\"" | "``" | "how" | "whether" => true,
        "," => tokens.get(at + 1).is_some_and(|t| t.lower == "\""),
        "." | ";" => false,
        // "told reporters that", "said on Monday that": the clause follows within a few words.
        _ => {
            matches!(
                token.upos,
                Upos::DET
                    | Upos::PRON
                    | Upos::PROPN
                    | Upos::NOUN
                    | Upos::NUM
                    | Upos::ADJ
                    | Upos::ADP
                    | Upos::ADV
                    | Upos::SYM
                    | Upos::SCONJ
            ) && tokens[at..]
                .iter()
                .take_while(|t| !matches!(&*t.lower, "." | ";" | ","))
                .find(|t| matches!(t.upos, Upos::VERB | Upos::AUX) || t.lower == "that")
                .is_some_and(|t| t.upos == Upos::AUX || matches!(t.xpos, "VBD" | "VBZ" | "VBP") || t.lower == "that")
        }
    }
}

/// "Minister: 40 freed": the words before a headline's colon.
fn headline(scene: &Scene<'_>) -> Option<Attribution> {
    let tokens = scene.tokens;
    let colon = tokens.iter().take(5).position(|t| t.lower == ":")?;
    let speaker = scene.words(0..colon);
    (colon > 0 && tokens[..colon].iter().all(|t| t.is_noun() || t.upos == Upos::ADJ))
        .then(|| Attribution { speaker, scope: colon + 1..tokens.len() })
}

/// Where a speaker's phrase ends: at a stop, a bracket or a comma.
fn phrase_end(tokens: &[Token], from: usize) -> usize {
    let stops = |t: &Token| {
        matches!(&*t.lower, "," | "." | ";" | ":" | ")" | "(" | "!" | "?" | "\"")
            || t.lower == "-" && t.spaced
            || t.is_verb()
    };
    tokens.iter().enumerate().skip(from).find(|(_, t)| stops(t)).map_or(tokens.len(), |(i, _)| i)
}

/// The start of what "according to" at a token speaks of: after the last semicolon, or the sentence's start.
fn clause_start(tokens: &[Token], at: usize) -> usize {
    tokens[..at].iter().rposition(|t| t.lower == ";").map_or(0, |i| i + 1)
}
