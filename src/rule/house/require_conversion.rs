//! `require-conversion`: a measure in one unit must stand beside the same in another.

use std::sync::Arc;

use compact_str::CompactString;
use serde::Deserialize;

use super::known;
use crate::claim::{Article, Claim};
use crate::quantity::Unit;
use crate::rule::{Conflict, Mark};

/// At most so many words and marks stand between a measure and its conversion: "120 acres, or about 49 hectares".
const APART: usize = 3;

/// The keys of the kind.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequireConversion {
    /// Codes of the units that need it.
    units: Vec<CompactString>,
    /// Codes of the units to convert into: one of them is enough.
    into: Vec<CompactString>,
}

impl RequireConversion {
    /// Complains of units that there are none of.
    pub(super) fn resolve(&self, unit: &dyn Fn(&str) -> Option<Arc<Unit>>) -> Result<(), String> {
        self.units.iter().chain(&self.into).try_for_each(|code| known(code, unit).map(drop))
    }

    pub(super) fn check(&self, article: &Article) -> Vec<Conflict> {
        let is = |claim: &Claim, codes: &[CompactString]| {
            claim.quantity().unit.as_ref().is_some_and(|u| codes.contains(&u.code))
        };
        let mut told: Vec<&[crate::quantity::Number]> = Vec::new();
        let mut conflicts = Vec::new();
        for claim in article.claims.iter().filter(|c| is(c, &self.units)) {
            // An amount is converted where it stands first; further on it is known.
            let numbers = &claim.quantity().numbers[..];
            if told.contains(&numbers) {
                continue;
            }
            told.push(numbers);
            let sentence = &article.claims[article.sentence(claim).claims.clone()];
            let beside = |other: &Claim| {
                let (a, b) = (&claim.figure.tokens, &other.figure.tokens);
                b.start.saturating_sub(a.end) <= APART && a.start.saturating_sub(b.end) <= APART
            };
            if !sentence.iter().any(|other| is(other, &self.into) && beside(other)) {
                let into = self.into.join(" or ");
                let message = format!("{} is not converted into {into}", article.words(claim));
                conflicts.push(Conflict { marks: vec![Mark::new(claim, "not converted")], message, note: None });
            }
        }
        conflicts
    }
}
