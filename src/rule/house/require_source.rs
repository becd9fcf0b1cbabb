//! `require-source`: figures of a kind need someone who gives them.

use compact_str::CompactString;
use serde::Deserialize;

use super::subject::{Subject, events};
use crate::claim::Article;
use crate::claim::cues::Phrases;
use crate::document::Place;
use crate::group::Frames;
use crate::rule::{Conflict, Mark};

/// The keys of the kind.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequireSource {
    /// What is counted.
    nouns: Vec<CompactString>,
    /// One of these stands in the sentence.
    #[serde(default)]
    words: Option<Phrases>,
}

impl RequireSource {
    pub(super) fn check(&self, article: &Article, frames: &Frames<'_>) -> Vec<Conflict> {
        let subject = Subject { nouns: self.nouns.clone(), words: self.words.clone().unwrap_or_default() };
        let events = events(frames);
        let unsourced = article.claims.iter().filter(|claim| {
            // A headline names nobody; that nobody is named must be sure.
            let summary = matches!(article.place(claim), Place::Headline | Place::Standfirst | Place::Caption);
            !summary
                && claim.source.is_none()
                && claim.sure.source
                && claim.quantity().unit.is_none()
                && subject.has(article, claim, &events, self.words.is_some())
        });
        unsourced
            .map(|claim| {
                let message = format!("nobody is named for {}", article.phrase(claim));
                Conflict { marks: vec![Mark::new(claim, "who says so?")], message, note: None }
            })
            .collect()
    }
}
