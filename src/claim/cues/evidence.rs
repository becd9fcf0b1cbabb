//! What speaks for two figures being of one thing, and how much of it is asked for: `rules/en/evidence.toml`, which says
//! what each weight is.

use serde::Deserialize;

/// The weights.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Where the grammar of their sentences joins two figures.
    pub inside: Inside,
    /// Where two documents may tell one thing.
    pub across: Across,
    /// Where a source may speak of a figure's matter.
    pub matter: Matter,
}

/// Tenths of a point.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // The file says what each is.
pub struct Inside {
    pub event: u32,
    pub noun: u32,
    pub definite: u32,
    pub verb: u32,
    pub word: u32,
    pub words_most: u32,
    pub describer: u32,
}

/// Tenths of a point.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // The file says what each is.
pub struct Across {
    pub noun: u32,
    pub event: u32,
    pub verb: u32,
    pub near: u32,
    pub near_most: u32,
    pub word: u32,
    pub words_most: u32,
    pub describer: u32,
    pub openers: u32,
    pub copy: u32,
    pub least: u32,
    pub no_noun: u32,
    pub choice: u32,
    pub short: u32,
    pub long_choice: u32,
    pub nuance: u32,
}

/// Points; `beside` in tokens.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // The file says what each is.
pub struct Matter {
    pub noun: u32,
    pub verb: u32,
    pub unstated: u32,
    pub beside: usize,
    pub words_most: usize,
    pub least: u32,
    pub figure: u32,
}
