//! What a sentence's tree says of its figures: the second reading, beside the one over tags.

use std::ops::Range;

use super::noun::{counted_by, noun_run};
use super::verb::Relation;
use super::{Cues, Scene};
use crate::quantity::{Figure, Kind};
use crate::text::{Token, Tree, Upos};

/// The letters of a model or a unit, rather than a noun: "Tu-22M".
const LONGEST_LETTERS: usize = 2;

/// A sentence with its tree.
#[derive(Clone, Copy)]
pub(super) struct Syntax<'a> {
    pub scene: Scene<'a>,
    pub tree: &'a Tree,
}

/// What the tree says a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    /// This noun.
    Noun(usize),
    /// What this pronoun stands for: "of them", "of whom".
    Pronoun(usize),
    /// Nothing that the sentence names.
    Nothing,
}

/// A speaker and what is said, as the tree has them.
#[derive(Debug, Clone)]
pub(super) struct Heard {
    /// The verb of saying, or the first word of "according to".
    pub by: usize,
    /// The speaker's head.
    pub speaker: usize,
    /// The tokens that are said.
    said: Vec<bool>,
    /// How many those are: of two that hold a token, the shorter is nearer.
    pub size: usize,
}

impl Heard {
    /// Whether a token is said.
    pub(super) fn holds(&self, token: usize) -> bool {
        self.said.get(token).copied().unwrap_or(false)
    }
}

impl Syntax<'_> {
    /// The relation of a token to its head, without its subtype.
    fn relation(&self, at: usize) -> &'static str {
        let relation = self.tree.relation(at);
        relation.split_once(':').map_or(relation, |(base, _)| base)
    }

    fn is_noun(&self, at: usize) -> bool {
        self.scene.tokens[at].is_noun()
    }

    /// Whether a token is another one or stands in apposition to it.
    pub(super) fn means(&self, at: usize, other: usize) -> bool {
        at == other || self.relation(at) == "appos" && self.tree.head(at) == Some(other)
    }

    /// The dependents of a token in one of these relations.
    fn dependents<'b>(&'b self, at: usize, relations: &'b [&str]) -> impl Iterator<Item = usize> + 'b {
        self.tree.dependents(at).iter().copied().filter(move |&d| relations.contains(&self.relation(d)))
    }

    /// The preposition that a phrase hangs on its head with.
    fn preposition(&self, at: usize) -> Option<&str> {
        self.dependents(at, &["case"]).next().map(|case| &*self.scene.tokens[case].lower)
    }

    /// The token of a figure that hangs on something outside of it.
    pub(super) fn anchor(&self, figure: &Range<usize>) -> usize {
        let outside = |at: &usize| self.tree.head(*at).is_none_or(|head| !figure.contains(&head));
        let weighty = |at: usize| {
            let token = &self.scene.tokens[at];
            token.is_noun() || matches!(token.upos, Upos::NUM | Upos::SYM)
        };
        figure.clone().filter(outside).max_by_key(|&at| (weighty(at), at)).unwrap_or(figure.start)
    }

    /// What a figure counts or measures.
    pub(super) fn counted(&self, figure: &Figure) -> Counted {
        let (tokens, cues) = (self.scene.tokens, self.scene.cues);
        let anchor = self.anchor(&figure.tokens);
        let head = self.tree.head(anchor);
        let relation = self.relation(anchor);
        let noun = |at: usize| Counted::Noun(counted_by(tokens, at, Some(figure), cues));
        if let Some(head) = head.filter(|&head| self.is_noun(head))
            && matches!(relation, "nummod" | "amod" | "det" | "compound" | "advmod")
        {
            return noun(if figure.form.attributive { head } else { self.behind_name(head) });
        }
        for behind in self.dependents(anchor, &["nmod"]) {
            // "six years in prison": what stands in a stretch of time fills it.
            let filled = figure.quantity.kind == Kind::Duration && self.preposition(behind) == Some("in");
            if behind < figure.tokens.end || !filled && self.preposition(behind) != Some("of") {
                continue;
            }
            if self.is_noun(behind) {
                return noun(behind);
            }
            if matches!(tokens[behind].upos, Upos::PRON | Upos::DET) {
                return Counted::Pronoun(behind);
            }
        }
        let Some(head) = head else {
            // "The spire is 54 metres high": the subject of a figure that is the predicate.
            return self.subject(anchor).filter(|&s| self.is_noun(s)).map_or(Counted::Nothing, noun);
        };
        let preposition = self.preposition(anchor);
        if relation == "nmod" && self.is_noun(head) && head < figure.tokens.start {
            let collective = cues.relations.collections.has(&tokens[head].lower);
            if preposition == Some("of") || preposition.is_some() && collective {
                return noun(head);
            }
        }
        if relation == "nmod" && self.is_noun(head) && preposition.is_none() && head >= figure.tokens.end {
            // "a £14m scheme", "a 9km race".
            return noun(head);
        }
        if self.dependents(anchor, &["cop"]).next().is_some() {
            return self.subject(anchor).filter(|&s| self.is_noun(s)).map_or(Counted::Nothing, noun);
        }
        if tokens[head].is_verb() && matches!(relation, "obj" | "obl" | "xcomp") {
            let object = self.dependents(head, &["obj"]).find(|&o| o != anchor && o < anchor && self.is_noun(o));
            if let Some(object) = object.filter(|_| relation == "obl" && preposition.is_some()) {
                return noun(object);
            }
            if cues.relations.measuring.has(&self.scene.lemmas[head]) {
                return self.subject(head).filter(|&s| self.is_noun(s)).map_or(Counted::Nothing, noun);
            }
        }
        Counted::Nothing
    }

    /// "four Tu-22M bombers": behind the name of a model the common noun is what is counted.
    fn behind_name(&self, noun: usize) -> usize {
        let tokens = self.scene.tokens;
        // "COVID-19 cases".
        let numbered = matches!(tokens.get(noun + 1..noun + 3), Some([hyphen, number])
            if hyphen.lower == "-" && !hyphen.spaced && !number.spaced && number.upos == Upos::NUM);
        let name = numbered || tokens[noun].upos == Upos::PROPN || tokens[noun].lower.len() <= LONGEST_LETTERS;
        let common = noun_run(tokens, noun, false, self.scene.cues)
            .map(|(head, _)| head)
            .filter(|&h| tokens[h].upos == Upos::NOUN);
        common.filter(|_| name).unwrap_or(noun)
    }

    /// The subject of a verb or predicate; for a participle the noun that it describes.
    fn subject(&self, of: usize) -> Option<usize> {
        let described = || self.tree.head(of).filter(|_| self.tree.relation(of) == "acl");
        self.dependents(of, &["nsubj"]).last().or_else(described)
    }

    /// The first verb above a token, and how what hangs on it stands to it.
    pub(super) fn governing(&self, from: usize) -> Option<(usize, Relation)> {
        let mut at = from;
        while let Some(head) = self.tree.head(at) {
            if self.scene.tokens[head].is_verb() {
                let relation = match self.tree.relation(at) {
                    "nsubj:pass" => Relation::PassiveSubject,
                    relation if relation.starts_with("nsubj") => Relation::Subject,
                    "obj" | "iobj" => Relation::Object,
                    relation if relation.starts_with("obl") => Relation::Oblique,
                    _ => Relation::Other,
                };
                return Some((head, relation));
            }
            at = head;
        }
        None
    }

    /// The words of time that may date a figure: all of its sentence's but those of a verb of saying, which date what
    /// was said. "Police said on Monday that 12 ..." dates nothing.
    pub(super) fn times(&self, governed: Option<usize>) -> Vec<usize> {
        let Scene { tokens, lemmas, cues, .. } = self.scene;
        let dates_saying = |at: usize| {
            let verb = self.governing(at).map(|(verb, _)| verb).filter(|&verb| Some(verb) != governed);
            verb.is_some_and(|verb| cues.saying.verbs.has(&lemmas[verb]))
        };
        (0..tokens.len()).filter(|&at| is_time(&tokens[at], cues) && !dates_saying(at)).collect()
    }

    /// The names in the phrases of place that hang on a noun and on the verb over it: "12 homes in Leeds", "killed 12
    /// people at Lilienthal".
    pub(super) fn places(&self, noun: usize, governed: Option<usize>) -> Vec<usize> {
        let Scene { tokens, cues, .. } = self.scene;
        let mut places = Vec::new();
        for of in [Some(noun), governed].into_iter().flatten() {
            for phrase in self.dependents(of, &["nmod", "obl"]) {
                if self.preposition(phrase).is_some_and(|p| cues.relations.place.has(p)) {
                    // "in Heraklion, Crete": the larger place stands in apposition.
                    let parts = self.dependents(phrase, &["appos"]).chain([phrase]);
                    let names = parts.flat_map(|part| self.phrase(part)).filter(|&at| tokens[at].upos == Upos::PROPN);
                    places.extend(names.filter(|&at| !is_time(&tokens[at], cues)));
                }
            }
        }
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The participle right behind a bare figure: "12 killed".
    pub(super) fn participle(&self, anchor: usize, end: usize) -> Option<usize> {
        self.dependents(anchor, &["acl", "amod"]).find(|&at| at == end && self.scene.tokens[at].is_verb())
    }

    /// Who says what in the sentence.
    pub(super) fn heard(&self) -> Vec<Heard> {
        let (tokens, saying) = (self.scene.tokens, &self.scene.cues.saying);
        let mut heard = Vec::new();
        for at in 0..tokens.len() {
            if tokens[at].is_verb() && saying.verbs.has(&self.scene.lemmas[at]) {
                heard.extend(self.said_by(at));
            } else if let Some(length) = saying.according.at(tokens, at) {
                heard.extend(self.according(at, length));
            }
        }
        heard
    }

    /// What the subject of a verb of saying says.
    fn said_by(&self, verb: usize) -> Option<Heard> {
        let saying = &self.scene.cues.saying;
        let lemma = &self.scene.lemmas[verb];
        // A verb without a subject of its own has that of the verb it is joined to: "came and said".
        let own = |of: usize| self.dependents(of, &["nsubj"]).find(|&s| self.tree.relation(s) == "nsubj");
        let joined = || {
            let relation = self.relation(verb);
            let head = self.tree.head(verb).filter(|_| matches!(relation, "conj" | "advcl" | "xcomp"))?;
            // "X said Y had left but claimed": whose claim it is the tree cannot tell, and X says it all.
            let within = self.relation(head) == "ccomp"
                && self.tree.head(head).is_some_and(|says| saying.verbs.has(&self.scene.lemmas[says]));
            own(head).filter(|_| !within)
        };
        // "an estimate that ..., the man who said": in a relative clause the noun before it speaks.
        let described = || self.tree.head(verb).filter(|&h| self.relation(verb) == "acl" && self.is_noun(h));
        let mut speaker = own(verb).or_else(joined).or_else(described)?;
        if self.scene.tokens[speaker].xpos.starts_with('W') {
            speaker = described()?;
        }
        let mut said = vec![false; self.scene.tokens.len()];
        let figure_only = saying.clause_only.has(lemma) && !saying.with_object.has(lemma);
        for &part in self.tree.dependents(verb) {
            match self.relation(part) {
                "ccomp" | "parataxis" => self.mark(part, None, &mut said),
                "obj" | "xcomp" if !figure_only => self.mark(part, None, &mut said),
                _ => {}
            }
        }
        // "12 were hurt, police said": the verb hangs on what is said.
        if self.relation(verb) == "parataxis"
            && let Some(head) = self.tree.head(verb)
        {
            self.mark(head, Some(verb), &mut said);
        }
        Self::of(verb, speaker, said)
    }

    /// What stands "according to" somebody.
    fn according(&self, at: usize, length: usize) -> Option<Heard> {
        let words = at..at + length;
        let speaker = (at..at + length).find_map(|i| self.tree.head(i).filter(|h| !words.contains(h)))?;
        let head = self.tree.head(speaker)?;
        // A phrase that hangs on a noun speaks for the noun's whole clause.
        let (clause, _) = self.governing(speaker).unwrap_or((head, Relation::Other));
        let mut said = vec![false; self.scene.tokens.len()];
        self.mark(clause, Some(speaker), &mut said);
        Self::of(at, speaker, said)
    }

    fn of(by: usize, speaker: usize, said: Vec<bool>) -> Option<Heard> {
        let size = said.iter().filter(|s| **s).count();
        (size > 0).then_some(Heard { by, speaker, said, size })
    }

    /// Marks a token and all below it, but what hangs below `without`.
    fn mark(&self, top: usize, without: Option<usize>, marked: &mut [bool]) {
        let mut open = vec![top];
        while let Some(at) = open.pop() {
            if Some(at) != without && !marked[at] {
                marked[at] = true;
                open.extend(self.tree.dependents(at));
            }
        }
    }

    /// The words of a speaker's phrase: its head with what describes it, up to a clause or an apposition.
    pub(super) fn phrase(&self, head: usize) -> Range<usize> {
        let part = |at: usize| {
            matches!(
                self.relation(at),
                "det" | "amod" | "compound" | "flat" | "nmod" | "nummod" | "case" | "fixed" | "goeswith"
            )
        };
        let (mut start, mut end) = (head, head + 1);
        let mut open: Vec<usize> = vec![head];
        while let Some(at) = open.pop() {
            start = start.min(at);
            end = end.max(at + 1);
            // The head's own preposition is no part: "according to the minister".
            open.extend(
                self.tree.dependents(at).iter().filter(|&&d| part(d) && !(at == head && self.relation(d) == "case")),
            );
        }
        // A tree may jump over a comma; a name does not.
        let comma = |t: &Token| matches!(&*t.lower, "," | "\"" | "(" | "-") && t.upos == Upos::PUNCT;
        let tokens = self.scene.tokens;
        let start = (start..head).rev().find(|&at| comma(&tokens[at])).map_or(start, |at| at + 1);
        let end = (head..end).find(|&at| comma(&tokens[at])).unwrap_or(end);
        start..end
    }
}

/// A year, or the name of a day or month.
fn is_time(token: &Token, cues: &Cues) -> bool {
    let year = token.lower.len() == 4
        && (token.lower.starts_with("19") || token.lower.starts_with("20"))
        && token.lower.bytes().all(|b| b.is_ascii_digit());
    year || token.capital && cues.relations.calendar.has(&token.lower)
}
