//! Which figures a house rule is about.

use std::collections::HashMap;

use compact_str::CompactString;
use serde::Deserialize;

use crate::claim::cues::{Class, Phrases};
use crate::claim::{Article, Claim};
use crate::group::Frames;

/// Figures by what they count and by words around them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Subject {
    /// Nouns as lemmas; words for the same thing and events count too.
    pub(super) nouns: Vec<CompactString>,
    /// Phrases in small letters; one of them must stand in the sentence.
    pub(super) words: Phrases,
}

/// The events that the figures of an article tell of, by their place.
pub(super) fn events(frames: &Frames<'_>) -> HashMap<usize, Class> {
    let event =
        |frame: &crate::group::Frame<'_>| Some((frame.claim.span.start, frame.event.filter(|_| frame.event_sure)?));
    frames.frames.iter().filter_map(event).collect()
}

impl Subject {
    /// Whether a figure is of it. What is counted must be sure.
    pub(super) fn has(&self, article: &Article, claim: &Claim, events: &HashMap<usize, Class>, words: bool) -> bool {
        let classes = &article.cues.classes;
        let event = events.get(&claim.span.start);
        let counted = |noun: &CompactString| {
            claim.sure.noun && claim.noun.as_deref().is_some_and(|own| classes.same_thing(own, noun))
                || event.is_some() && classes.event_of_noun(noun) == event.copied()
        };
        (self.nouns.is_empty() || self.nouns.iter().any(counted))
            && (!words || self.words.within(&article.sentence(claim).tokens))
    }
}
