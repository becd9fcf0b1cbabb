//! Whether a figure is told as a fact, and of which time.

use std::ops::Range;

use super::Scene;
use super::cues::Words;
use super::verb::Relation;
use crate::text::{Token, Upos};

/// Whether a figure is told as a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(clippy::struct_excessive_bools)] // Each is asked for on its own.
pub struct Stage {
    /// A forecast, plan, target or condition.
    pub prospect: bool,
    /// A fact of an earlier time, a first count, or one side of a comparison.
    pub earlier: bool,
    /// Something that grows or shrinks while the article tells of it.
    pub moving: bool,
    /// Denied.
    pub negated: bool,
    /// Another one than those told of before, or one of several: "another 12", "12 each".
    pub other: bool,
    /// Told on top of what the article told before: "also killed 12".
    pub additive: bool,
}

impl Stage {
    /// Reads the words around a figure. `phrase` is its noun's, `governed` the verb over it; a `definite` figure names
    /// what is there already, so that the verb's mood says nothing of the number.
    pub(super) fn read(
        scene: &Scene<'_>,
        figure: &Range<usize>,
        phrase: &Range<usize>,
        governed: Option<(usize, Relation)>,
        definite: bool,
    ) -> Self {
        let Scene { tokens, lemmas, cues, .. } = *scene;
        let words = &cues.relations;
        let (start, end) = clause(tokens, phrase);
        let mut stage =
            Self { earlier: (start..end).any(|at| words.earlier.has(&tokens[at].lower)), ..Self::default() };
        let has = |set: &Words, at: usize| set.has(&tokens[at].lower) || set.has(&lemmas[at]);
        if !definite {
            // The verb with its auxiliaries, and the few words on either side of the phrase.
            let verbal = governed.map_or(0..0, |(verb, _)| {
                let first = (start..verb)
                    .rev()
                    .take_while(|&at| matches!(tokens[at].upos, Upos::AUX | Upos::PART | Upos::ADV | Upos::VERB))
                    .last();
                first.unwrap_or(verb)..verb + 1
            });
            let before = phrase.start.saturating_sub(4).max(start)..phrase.start;
            let after = phrase.end..(phrase.end + 3).min(end);
            for at in verbal.chain(before.clone()).chain(after) {
                stage.prospect |= has(&words.prospect, at);
                stage.moving |= has(&words.moving, at);
                stage.negated |= has(&words.negation, at) && at < phrase.start;
            }
        }
        // "The blast also killed 12": others than those that the article told of before.
        stage.additive = governed.is_some_and(|(verb, _)| {
            verb.checked_sub(1).is_some_and(|before| words.additive.has(&tokens[before].lower))
        });
        let around = phrase.start.saturating_sub(2)..(phrase.end + 2).min(tokens.len());
        for at in around.filter(|at| !figure.contains(at)) {
            stage.other |= at < figure.start && words.other_before.has(&tokens[at].lower);
            stage.other |= at >= figure.end && words.other_after.has(&tokens[at].lower);
        }
        stage
    }
}

/// The preposition of change before a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lead {
    /// "from 14", "on the 41", "than the 220": where a change starts.
    From,
    /// "to 35", "at 35": where it ends.
    To,
}

impl Lead {
    /// Reads the words right before a figure.
    pub(super) fn read(scene: &Scene<'_>, start: usize) -> Option<Self> {
        let Scene { tokens, cues, .. } = *scene;
        let mut at = start;
        while at > 0
            && (tokens[at - 1].upos == Upos::DET || tokens[at - 1].xpos == "PRP$" || tokens[at - 1].lower == "just")
        {
            at -= 1;
        }
        if at > 0 && cues.relations.to.has(&tokens[at - 1].lower) {
            return Some(Self::To);
        }
        cues.relations.from.before(tokens, at).map(|_| Self::From)
    }
}

/// The clause around a phrase: up to the next semicolon, colon, dash, or comma that a conjunction or a relative follows.
pub(super) fn clause(tokens: &[Token], phrase: &Range<usize>) -> (usize, usize) {
    let border = |at: usize| {
        let token = &tokens[at];
        match &*token.lower {
            ";" | ":" | "." | "?" | "!" => true,
            "-" => token.spaced,
            "," => tokens
                .get(at + 1)
                .is_some_and(|t| matches!(t.upos, Upos::CCONJ | Upos::SCONJ) || t.xpos.starts_with('W')),
            _ => false,
        }
    };
    let start = (0..phrase.start.min(tokens.len())).rev().find(|&at| border(at)).map_or(0, |at| at + 1);
    let end = (phrase.end.min(tokens.len())..tokens.len()).find(|&at| border(at)).unwrap_or(tokens.len());
    (start, end)
}

/// Whether a figure comes back to something named before: "the 17 houses", "all nine".
pub(super) fn definite(scene: &Scene<'_>, figure: &Range<usize>, phrase: &Range<usize>) -> bool {
    let has = |at: usize| scene.tokens.get(at).is_some_and(|t| scene.cues.relations.definite.has(&t.lower));
    let start = phrase.start.min(figure.start);
    start < figure.start && has(start) || start > 0 && has(start - 1)
}
