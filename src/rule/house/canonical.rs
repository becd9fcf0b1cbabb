//! `canonical`: the house's fixed figure for a thing.

use std::sync::Arc;

use compact_str::CompactString;
use serde::Deserialize;

use super::known;
use super::subject::{Subject, events};
use crate::claim::Article;
use crate::claim::cues::Phrases;
use crate::group::Frames;
use crate::quantity::{Interval, Unit};
use crate::rule::exact::Exact;
use crate::rule::{Conflict, Mark};

/// The keys of the kind.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Canonical {
    /// What the thing is called, in small letters: one of these stands in the sentence.
    words: Phrases,
    /// What is counted.
    nouns: Vec<CompactString>,
    /// The house's figure.
    value: Exact,
    /// The unit's code; none for things counted.
    #[serde(default)]
    unit: Option<CompactString>,
}

impl Canonical {
    /// Complains of units that there are none of.
    pub(super) fn resolve(&self, unit: &dyn Fn(&str) -> Option<Arc<Unit>>) -> Result<(), String> {
        self.unit.iter().try_for_each(|code| known(code, unit).map(drop))
    }

    pub(super) fn check(&self, article: &Article, frames: &Frames<'_>) -> Vec<Conflict> {
        let subject = Subject { nouns: self.nouns.clone(), words: self.words.clone() };
        let events = events(frames);
        let value = Interval::exactly(self.value.0);
        let other = article.claims.iter().filter(|claim| {
            let quantity = claim.quantity();
            quantity.unit.as_ref().map(|u| &u.code) == self.unit.as_ref()
                && quantity.per.is_none()
                // A part of the whole, or what is yet to be, is another figure.
                && claim.pronoun.is_none()
                && !claim.stage.negated
                && !claim.stage.other
                && !claim.stage.prospect
                && !claim.stage.earlier
                && !quantity.allowed().meets(&value)
                && subject.has(article, claim, &events, true)
        });
        other
            .map(|claim| {
                let message = format!("{} is not the house's {}", article.phrase(claim), self.value.0);
                Conflict { marks: vec![Mark::new(claim, format!("not {}", self.value.0))], message, note: None }
            })
            .collect()
    }
}
