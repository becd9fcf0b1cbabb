//! Who says it: verbs of saying with their subjects, "according to", and quotations that go on over sentences.

use std::ops::Range;

use super::noun::{noun_run, noun_start};
use super::syntax::{Heard, Syntax};
use super::voices::{Attribution, Speaker, Standing, Voices};
use super::{Cues, Scene};
use crate::document::Place;
use crate::text::{Token, Upos};

/// Follows an article sentence by sentence and says whose each figure is.
#[derive(Debug, Default)]
pub(super) struct Speakers {
    named: Named,
    /// The person whose name opened the sentence before, and the one whose name opens this one.
    topic: Option<String>,
    next_topic: Option<String>,
    /// The last speaker in this block, for a quotation that goes on.
    last: Option<Speaker>,
    /// Whether a quotation of an earlier sentence of the block is still open.
    open: bool,
    /// Whether the last sentence of the block held quoted words.
    quoting: bool,
    block: Option<usize>,
}

/// Whom the pronouns stand for.
#[derive(Debug, Default, Clone)]
struct Named {
    person: Option<String>,
    thing: Option<String>,
    several: Option<String>,
}

impl Named {
    /// Whom a pronoun that is no relative stands for; none where it can be nobody who speaks.
    fn pronoun(&self, scene: &Scene<'_>, at: usize) -> Option<Speaker> {
        let saying = &scene.cues.saying;
        let word = &*scene.tokens[at].lower;
        let known = if saying.persons.has(word) {
            &self.person
        } else if saying.several.has(word) {
            &self.several
        } else if saying.things.has(word) {
            &self.thing
        } else if saying.first.has(word) {
            return Some(Speaker { name: scene.words(at..at + 1), standing: Standing::First });
        } else {
            return None;
        };
        Some(match known {
            Some(name) => Speaker { name: name.clone(), standing: Standing::Known },
            None => Speaker { name: scene.words(at..at + 1), standing: Standing::Guessed },
        })
    }
}

impl Speakers {
    /// Reads the next sentence; `syntax` is its tree where it has figures.
    pub(super) fn next(&mut self, scene: &Scene<'_>, syntax: Option<Syntax<'_>>, block: usize, place: Place) -> Voices {
        let Scene { tokens, lemmas, cues, .. } = *scene;
        if self.block != Some(block) {
            self.block = Some(block);
            (self.open, self.quoting) = (false, false);
            self.last = None;
        }
        let was_open = self.open;
        // "..., said Ilse Brandt. "There were ..." goes on with the same speaker.
        let resumed = self.quoting && tokens.first().is_some_and(is_quote);
        self.quoting = was_open || tokens.iter().any(is_quote);
        for token in tokens {
            if is_quote(token) {
                self.open = !self.open;
            }
        }
        let mut voices = Voices::default();
        let before = self.named.clone();
        self.topic = self.next_topic.take();
        self.opening(scene);
        if matches!(place, Place::Headline | Place::Heading | Place::Standfirst) {
            voices.attributions.extend(headline(scene));
        }
        let mut at = 0;
        while at < tokens.len() {
            if let Some(length) = cues.saying.according.at(tokens, at) {
                let end = phrase_end(tokens, at + length);
                let own = tokens.get(at + length).is_some_and(|t| t.xpos == "PRP$");
                let known = if own { self.named.person.clone() } else { None };
                let name = known.unwrap_or_else(|| scene.words(at + length..end));
                if !name.is_empty() {
                    let first = clause_start(tokens, at);
                    let scope = if first == at { end..tokens.len() } else { first..at };
                    if !own {
                        self.remember(tokens, at + length..end, &name);
                    }
                    let speaker = Speaker { name, standing: Standing::Known };
                    // A sentence that it opens or closes is all theirs.
                    let plain = at == 0 || first == 0 && tokens[end..].iter().all(|t| t.upos == Upos::PUNCT);
                    voices.attributions.push(Attribution { by: Some(at), speaker, words: None, scope, plain });
                }
                at = end.max(at + length);
                continue;
            }
            let nested =
                cues.saying.evidence.has(&lemmas[at]) && (voices.by_tags(at).is_some() || voices.quoted.is_some());
            if tokens[at].is_verb() && !nested && cues.saying.verbs.has(&lemmas[at]) {
                if let Some(found) = self.verb(scene, at) {
                    voices.attributions.push(found);
                }
            }
            at += 1;
        }
        if let Some(last) = voices.attributions.last() {
            self.last = Some(last.speaker.clone());
        } else if was_open || resumed {
            voices.quoted.clone_from(&self.last);
        }
        self.agent(scene);
        voices.heard = syntax.map(|syntax| {
            let heard = syntax.heard().into_iter();
            heard.filter_map(|h| self.heard(&syntax, h, &voices.attributions, &before)).collect()
        });
        voices
    }

    /// A speaker that the tree has. Where the tags have the same verb of saying, the speaker's name is what they read.
    fn heard(
        &self,
        syntax: &Syntax<'_>,
        heard: Heard,
        attributions: &[Attribution],
        before: &Named,
    ) -> Option<(Heard, Speaker)> {
        let scene = &syntax.scene;
        let same = |a: &&Attribution| {
            let names = |words: &Range<usize>| words.clone().any(|at| syntax.means(at, heard.speaker));
            a.by == Some(heard.by) && a.words.as_ref().is_none_or(names)
        };
        if let Some(same) = attributions.iter().find(same) {
            return Some((heard, same.speaker.clone()));
        }
        let token = &scene.tokens[heard.speaker];
        let speaker = if token.upos == Upos::PRON || token.xpos == "PRP" {
            before.pronoun(scene, heard.speaker)?
        } else if token.is_noun() && !scene.cues.saying.nobody.has(&token.lower) {
            self.titled(scene, syntax.phrase(heard.speaker))
        } else {
            return None;
        };
        Some((heard, speaker))
    }

    /// A speaker by the words of a phrase. "The president" that opens a sentence, after one that a person's name opened,
    /// is perhaps that person.
    fn titled(&self, scene: &Scene<'_>, phrase: Range<usize>) -> Speaker {
        let tokens = scene.tokens;
        let title = phrase.start == 0
            && phrase.clone().any(|at| scene.cues.saying.titles.has(&scene.lemmas[at]))
            && scene.cues.relations.definite.has(&tokens[0].lower)
            && phrase.clone().all(|at| tokens[at].xpos != "NNS");
        match self.topic.clone().filter(|_| title) {
            Some(name) => Speaker { name, standing: Standing::Guessed },
            None => Speaker { name: scene.words(phrase), standing: Standing::Known },
        }
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
                scene.cues,
            ) {
                let subject_before = self.subject(scene, verb - 1);
                // "X, who led them, said Ukraine had brought ...": a verb behind the noun makes it a clause's subject.
                let clause = tokens.get(end).is_some_and(|t| t.is_verb() || t.upos == Upos::AUX);
                let named = tokens[head].upos == Upos::PROPN;
                if !clause && (subject_before.is_none() || tokens[verb - 1].lower != "," || named) {
                    let range = noun_start(tokens, head).max(verb + 1)..end;
                    let speaker = Speaker { name: scene.words(range.clone()), standing: Standing::Known };
                    self.remember(tokens, range.clone(), &speaker.name);
                    let (by, scope) = (Some(verb), 0..tokens.len());
                    return Some(Attribution { by, speaker, words: Some(range), scope, plain: false });
                }
            }
        }
        let (speaker, start) = self.subject(scene, left).or_else(|| self.shared_subject(scene, left))?;
        let ends = tokens.get(verb + 1).is_none_or(|t| t.upos == Upos::PUNCT);
        let scope = if postposed(start) && !clause && (ends || !saying.with_object.has(&lemmas[verb])) {
            // "12 were hurt, police said": what stands before; a quotation may go on after.
            0..start
        } else {
            verb + 1..tokens.len()
        };
        let plain = scope.start == 0 && tokens[verb + 1..].iter().all(|t| closes(t, cues));
        let words = Some(start..left).filter(|_| !tokens[start].xpos.starts_with('W'));
        Some(Attribution { by: Some(verb), speaker, words, scope, plain })
    }

    /// The subject that ends before a token: the speaker's words and where they begin.
    fn subject(&mut self, scene: &Scene<'_>, end: usize) -> Option<(Speaker, usize)> {
        let Scene { tokens, .. } = *scene;
        let last = end.checked_sub(1)?;
        let token = &tokens[last];
        if token.upos == Upos::PRON || token.xpos == "PRP" {
            if token.xpos.starts_with('W') {
                // "the president, who claimed ...": the noun before the comma.
                let mut before = last;
                if before > 0 && tokens[before - 1].lower == "," {
                    before -= 1;
                }
                return self.name(scene, before).map(|(speaker, _)| (speaker, last));
            }
            return self.named.pronoun(scene, last).map(|speaker| (speaker, last));
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

    /// "The report lists nine faults and says ...": the subject of the verb before the "and".
    fn shared_subject(&mut self, scene: &Scene<'_>, end: usize) -> Option<(Speaker, usize)> {
        let tokens = scene.tokens;
        let joined = end.checked_sub(1).filter(|&and| tokens[and].upos == Upos::CCONJ)?;
        let finite = |t: &Token| t.upos == Upos::AUX || matches!(t.xpos, "VBD" | "VBZ" | "VBP");
        let mut first = tokens[..joined].iter().position(finite)?;
        while first > 0 && tokens[first - 1].upos == Upos::ADV {
            first -= 1;
        }
        // With more than one clause before the "and" it is not plain whose verb it is.
        let clauses = tokens[first..joined].iter().any(|t| t.upos == Upos::SCONJ || t.xpos.starts_with('W'));
        self.subject(scene, first).filter(|_| !clauses)
    }

    /// The noun phrase that ends before a token.
    fn name(&mut self, scene: &Scene<'_>, end: usize) -> Option<(Speaker, usize)> {
        let Scene { tokens, cues, .. } = *scene;
        let mut end = end;
        // "The minister on Friday denied": the day is no part of the name.
        while end > 2 && cues.relations.calendar.has(&tokens[end - 1].lower) && tokens[end - 2].upos == Upos::ADP {
            end -= 2;
        }
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
        let speaker = self.titled(scene, start..end);
        self.remember(tokens, start..head + 1, &speaker.name);
        Some((speaker, start))
    }

    /// Keeps a speaker for the pronouns to come.
    fn remember(&mut self, tokens: &[Token], phrase: Range<usize>, speaker: &str) {
        let Some(head) = phrase.end.checked_sub(1).and_then(|h| tokens.get(h)) else { return };
        let slot = if matches!(head.xpos, "NNS" | "NNPS") {
            &mut self.named.several
        } else {
            // A name may be a person's or a body's: both pronouns may stand for it.
            self.named.thing = Some(speaker.to_owned());
            &mut self.named.person
        };
        *slot = Some(speaker.to_owned());
    }

    /// A name that opens a sentence may be the "he" or "it" of what follows.
    fn opening(&mut self, scene: &Scene<'_>) {
        let tokens = scene.tokens;
        let first = usize::from(tokens.first().is_some_and(|t| t.upos == Upos::DET));
        if let Some((head, end)) = noun_run(tokens, first, false, scene.cues)
            && tokens[head].upos == Upos::PROPN
            && tokens.get(end).is_some_and(|t| t.is_verb() || t.upos == Upos::AUX || t.lower == ",")
        {
            let name = scene.words(first..end);
            self.remember(tokens, first..end, &name);
            // First name and surname, and no body's name with an article.
            let person = first == 0 && end >= 2 && tokens[..end].iter().all(|t| t.upos == Upos::PROPN);
            self.next_topic = person.then_some(name);
        }
    }

    /// "published by the Associated Press": who did it may be the "it" of the next sentence.
    fn agent(&mut self, scene: &Scene<'_>) {
        let tokens = scene.tokens;
        for at in 1..tokens.len() {
            if tokens[at].lower == "by" && tokens[at - 1].is_verb() {
                let first = at + 1 + usize::from(tokens.get(at + 1).is_some_and(|t| t.upos == Upos::DET));
                if let Some((head, end)) = noun_run(tokens, first, false, scene.cues) {
                    if tokens[head].upos == Upos::PROPN {
                        self.named.thing = Some(scene.words(first..end));
                    }
                }
            }
        }
    }
}

fn is_quote(token: &Token) -> bool {
    matches!(&*token.lower, "\"" | "``" | "''")
}

/// What may stand between a verb of saying and the stop: "said on Tuesday."
fn closes(token: &Token, cues: &Cues) -> bool {
    matches!(token.upos, Upos::PUNCT | Upos::ADP | Upos::NUM | Upos::ADV) || cues.relations.calendar.has(&token.lower)
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
    let name = scene.words(0..colon);
    (colon > 0 && tokens[..colon].iter().all(|t| t.is_noun() || t.upos == Upos::ADJ)).then(|| Attribution {
        by: None,
        speaker: Speaker { name, standing: Standing::Known },
        words: None,
        scope: colon + 1..tokens.len(),
        plain: true,
    })
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
