//! The verb that governs a noun, read from the tags around it.

use std::ops::Range;

use crate::text::{Token, Upos};

/// How a noun stands to the verb over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The noun stands before the verb.
    Subject,
    /// The noun stands after it, with or without a preposition.
    Object,
}

/// The verb over a phrase and how the phrase stands to it.
pub(super) fn governing(tokens: &[Token], phrase: &Range<usize>) -> Option<(usize, Relation)> {
    before(tokens, phrase.start)
        .map(|v| (v, Relation::Object))
        .or_else(|| after(tokens, phrase.end).map(|v| (v, Relation::Subject)))
}

/// The verb to the left, with no border of a clause between.
fn before(tokens: &[Token], start: usize) -> Option<usize> {
    for at in (0..start).rev() {
        let token = &tokens[at];
        let stops = match token.upos {
            Upos::VERB => {
                let describes = matches!(token.xpos, "VBN" | "VBG")
                    && tokens.get(at + 1).is_some_and(Token::is_noun)
                    && at > 0
                    && tokens[at - 1].upos == Upos::DET;
                if !describes {
                    return Some(at);
                }
                false
            }
            Upos::SCONJ => true,
            Upos::AUX => tokens[at + 1..start].iter().all(|t| t.upos != Upos::ADV || t.lower != "not"),
            Upos::PUNCT => {
                matches!(&*token.lower, "," | ";" | ":" | "(" | ")" | "." | "\"" | "?" | "!")
                    || token.lower == "-" && token.spaced
            }
            Upos::PRON => token.xpos.starts_with('W'),
            _ => false,
        };
        if stops {
            return None;
        }
    }
    None
}

/// The verb to the right of a subject.
fn after(tokens: &[Token], end: usize) -> Option<usize> {
    let mut reduced = None;
    for (at, token) in tokens.iter().enumerate().skip(end) {
        match token.upos {
            Upos::VERB => {
                let auxiliary = tokens[end..at].iter().any(|t| t.upos == Upos::AUX);
                let finite = matches!(token.xpos, "VBD" | "VBZ" | "VBP") || auxiliary;
                if finite {
                    return Some(at);
                }
                // "people killed in the crash": a participle of its own, unless a finite verb follows.
                reduced = reduced.or(Some(at));
            }
            Upos::SCONJ => break,
            Upos::PRON if token.xpos.starts_with('W') => {}
            Upos::PUNCT if matches!(&*token.lower, "," | ";" | ":" | "." | "?" | "!" | "(") => break,
            Upos::PUNCT if token.lower == "-" && token.spaced => break,
            _ => {}
        }
    }
    reduced
}
