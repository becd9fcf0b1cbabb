//! House rules: rules that a newsroom writes as data, one kind a file.

mod bounds;
mod canonical;
mod require_conversion;
mod require_source;
mod subject;

use std::sync::Arc;

use compact_str::CompactString;
use serde::de::DeserializeOwned;
use toml::Table;

use super::{Conflict, Severity};
use crate::claim::Article;
use crate::group::Frames;
use crate::quantity::Unit;

/// A rule of a house pack.
#[derive(Debug, Clone)]
pub struct HouseRule {
    /// Its name.
    pub name: CompactString,
    /// How grave its findings are; none where it is off.
    pub severity: Option<Severity>,
    /// What it finds, in one line; every finding says it.
    pub summary: String,
    /// What it means, at length.
    pub meaning: String,
    /// What it looks for.
    pub kind: Kind,
}

/// What a house rule looks for.
#[derive(Debug, Clone)]
pub enum Kind {
    /// A figure outside of bounds.
    Bounds(bounds::Bounds),
    /// A figure that nobody is named for.
    RequireSource(require_source::RequireSource),
    /// A measure without its conversion.
    RequireConversion(require_conversion::RequireConversion),
    /// A figure that is not the house's.
    Canonical(canonical::Canonical),
}

/// Complains of a code that no unit has.
fn known(code: &str, unit: &dyn Fn(&str) -> Option<Arc<Unit>>) -> Result<Arc<Unit>, String> {
    unit(code).ok_or_else(|| format!("there is no unit with the code {code:?}"))
}

/// The kinds there are.
const KINDS: [&str; 4] = ["bounds", "require-source", "require-conversion", "canonical"];

impl Kind {
    /// A kind by its name, with the keys that are its own; an error says what is wrong.
    pub fn new(name: &str, keys: Table) -> Result<Self, String> {
        fn of<T: DeserializeOwned>(keys: Table) -> Result<T, String> {
            keys.try_into().map_err(|error: toml::de::Error| error.message().to_owned())
        }
        match name {
            "bounds" => of::<bounds::Bounds>(keys)?.checked().map(Self::Bounds),
            "require-source" => of(keys).map(Self::RequireSource),
            "require-conversion" => of(keys).map(Self::RequireConversion),
            "canonical" => of(keys).map(Self::Canonical),
            _ => Err(format!("kind: there is no kind {name:?}; the kinds are {}", KINDS.join(", "))),
        }
    }
}

impl HouseRule {
    /// Finds the units it names; an error says which there is none of.
    pub fn resolve(&mut self, unit: &dyn Fn(&str) -> Option<Arc<Unit>>) -> Result<(), String> {
        match &mut self.kind {
            Kind::Bounds(rule) => rule.resolve(unit),
            Kind::RequireConversion(rule) => rule.resolve(unit),
            Kind::Canonical(rule) => rule.resolve(unit),
            Kind::RequireSource(_) => Ok(()),
        }
        .map_err(|message| format!("rule {:?}: {message}", self.name))
    }

    /// What it finds in an article.
    pub fn check(&self, article: &Article, frames: &Frames<'_>) -> Vec<Conflict> {
        let told = |message: String| format!("{}: {message}", self.summary);
        let mut found = match &self.kind {
            Kind::Bounds(rule) => rule.check(article, frames),
            Kind::RequireSource(rule) => rule.check(article, frames),
            Kind::RequireConversion(rule) => rule.check(article),
            Kind::Canonical(rule) => rule.check(article, frames),
        };
        for conflict in &mut found {
            conflict.message = told(std::mem::take(&mut conflict.message));
        }
        found
    }
}
