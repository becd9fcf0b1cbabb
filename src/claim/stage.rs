//! Whether a figure is told as a fact, and of which time.

use super::Scene;
use crate::text::{Token, Upos};

/// Whether a figure is told as a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
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
}

impl Stage {
    /// Told as a plain fact of the story's own time.
    pub fn is_plain(self) -> bool {
        !(self.prospect || self.earlier || self.moving || self.negated || self.other)
    }

    /// Reads the clause around a phrase of tokens.
    pub(super) fn read(scene: &Scene<'_>, phrase: std::ops::Range<usize>) -> Self {
        let Scene { tokens, lemmas, cues, .. } = *scene;
        let words = &cues.relations;
        let (start, end) = clause(tokens, &phrase);
        let mut stage = Self::default();
        for at in start..end {
            let (lower, lemma) = (&*tokens[at].lower, &*lemmas[at]);
            let near = at + 4 >= phrase.start && at < phrase.end + 4;
            stage.prospect |= words.prospect.has(lower) || words.prospect.has(lemma);
            stage.earlier |= words.earlier.has(lower);
            stage.moving |= words.moving.has(lower) || words.moving.has(lemma);
            stage.negated |= near && (words.negation.has(lower) || words.negation.has(lemma));
        }
        let before = phrase.start.saturating_sub(3)..phrase.start;
        stage.other |= tokens[before].iter().any(|t| words.other_before.has(&t.lower));
        stage.other |= tokens[phrase.clone()].iter().any(|t| words.other_before.has(&t.lower));
        stage.other |=
            tokens[phrase.start..(phrase.end + 2).min(tokens.len())].iter().any(|t| words.other_after.has(&t.lower));
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
pub(super) fn clause(tokens: &[Token], phrase: &std::ops::Range<usize>) -> (usize, usize) {
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
