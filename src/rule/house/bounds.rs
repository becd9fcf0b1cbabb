//! `bounds`: figures that no such thing can have, as a car at 450 km/h.

use std::sync::Arc;

use compact_str::CompactString;
use serde::Deserialize;

use super::known;
use super::subject::{Subject, events};
use crate::claim::Article;
use crate::claim::cues::Phrases;
use crate::group::Frames;
use crate::quantity::{Interval, Number, Unit};
use crate::rule::exact::Exact;
use crate::rule::{Conflict, Mark};

/// The keys of the kind.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// What is counted.
    #[serde(default)]
    nouns: Vec<CompactString>,
    /// One of these stands in the sentence.
    #[serde(default)]
    words: Option<Phrases>,
    /// The unit's code; none for things counted.
    #[serde(default)]
    unit: Option<String>,
    low: Option<Exact>,
    high: Option<Exact>,
    #[serde(skip)]
    measure: Option<Arc<Unit>>,
}

impl Bounds {
    pub(super) fn checked(self) -> Result<Self, String> {
        if self.low.is_none() && self.high.is_none() {
            return Err("low or high must be given".to_owned());
        }
        if self.nouns.is_empty() && self.words.is_none() && self.unit.is_none() {
            return Err("nouns, words or unit must say which figures are meant".to_owned());
        }
        Ok(self)
    }

    /// Finds the unit by its code.
    pub(super) fn resolve(&mut self, unit: &dyn Fn(&str) -> Option<Arc<Unit>>) -> Result<(), String> {
        if let Some(code) = &self.unit {
            self.measure = Some(known(code, unit)?);
        }
        Ok(())
    }

    pub(super) fn check(&self, article: &Article, frames: &Frames<'_>) -> Vec<Conflict> {
        let subject = Subject { nouns: self.nouns.clone(), words: self.words.clone().unwrap_or_default() };
        let events = events(frames);
        let scale = self.measure.as_ref().map_or(Number::ONE, |unit| unit.factor);
        let offset = self.measure.as_ref().map_or(Number::ZERO, |unit| unit.offset);
        let bound = |end: Option<Exact>| end.map(|Exact(value)| value * scale + offset);
        let (low, high) = (bound(self.low), bound(self.high));
        let mut within = Interval::ALL;
        if let Some(low) = low {
            within.low = Interval::above(low, true).low;
        }
        if let Some(high) = high {
            within.high = Interval::below(high, true).high;
        }
        let dimension =
            self.measure.as_ref().map_or_else(|| CompactString::const_new("count"), |u| u.dimension.clone());
        let outside = article.claims.iter().filter(|claim| {
            let quantity = claim.quantity();
            quantity.dimension() == dimension
                && !claim.stage.negated
                && !quantity.to_base(&quantity.allowed()).meets(&within)
                && subject.has(article, claim, &events, self.words.is_some())
        });
        let name = self.measure.as_ref().map_or_else(String::new, |u| format!(" {}", u.code));
        outside
            .map(|claim| {
                let limits = match (self.low, self.high) {
                    (Some(low), Some(high)) => format!("between {} and {}{name}", low.0, high.0),
                    (Some(low), None) => format!("at least {}{name}", low.0),
                    (_, high) => format!("at most {}{name}", high.map_or(Number::ZERO, |h| h.0)),
                };
                let message = format!("{} is not {limits}", article.phrase(claim));
                Conflict { marks: vec![Mark::new(claim, "out of bounds")], message, note: None }
            })
            .collect()
    }
}
