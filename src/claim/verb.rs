//! The verb that governs a noun, read from the tags around it.

use std::ops::Range;

use serde::Serialize;

use super::Scene;
use crate::text::{Token, Upos};

/// How a figure's noun stands to the verb over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// "12 miners died".
    Subject,
    /// "12 miners were killed".
    PassiveSubject,
    /// "killed 12 miners".
    Object,
    /// "died with 12 miners".
    Oblique,
    /// "12 killed": the verb hangs on the figure.
    Participle,
    /// The noun stands in a phrase or clause of its own below the verb.
    Other,
}

impl Relation {
    /// Whether the noun is the verb's subject, in the active or the passive.
    pub fn is_subject(self) -> bool {
        matches!(self, Self::Subject | Self::PassiveSubject)
    }
}

/// The verb over a phrase and how the phrase stands to it.
pub(super) fn governing(scene: &Scene<'_>, phrase: &Range<usize>) -> Option<(usize, Relation)> {
    let tokens = scene.tokens;
    let object = before(tokens, phrase.start);
    // "said 417 homes would be cut off": after a verb of saying the phrase may be the subject of a clause of its own.
    let says = object.is_some_and(|v| scene.cues.saying.verbs.has(&scene.lemmas[v]));
    if (object.is_none() || says)
        && let Some(verb) = after(tokens, phrase.end)
    {
        return Some((verb, Relation::Subject));
    }
    object.map(|v| (v, Relation::Object))
}

/// The verb to the left, with no border of a clause between.
fn before(tokens: &[Token], start: usize) -> Option<usize> {
    let mut brackets = 0_usize;
    for at in (0..start).rev() {
        let token = &tokens[at];
        // What stands in brackets is no part of the clause.
        match &*token.lower {
            ")" => brackets += 1,
            "(" if brackets > 0 => {
                brackets -= 1;
                continue;
            }
            _ => {}
        }
        if brackets > 0 {
            continue;
        }
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
