//! What speaks for two figures being of one thing, and how much of it is asked for: `rules/en/evidence.toml`, which says
//! what each weight is.

use std::num::NonZeroU32;

use serde::Deserialize;

/// The weights.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Where the grammar of their sentences joins two figures.
    pub inside: Inside,
    /// Where two documents may tell one thing.
    pub across: Across,
    /// What rules ask for.
    pub asked: Asked,
    /// How much less while trees are still to be read.
    pub guessed: Slack,
    /// How near a bound the figure lies that was rounded.
    pub rounded: Rounded,
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
    pub names: usize,
    pub whole: usize,
}

/// Tenths of a point.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // The file says what each is.
pub struct Asked {
    pub figure_conflict: u32,
    pub headline_body: u32,
    pub disputed_figure: u32,
    pub rounding_direction: u32,
    pub source_conflict: u32,
    pub far_apart: u32,
    pub no_number: u32,
    pub few: u32,
    pub share: u32,
    pub nameless_money: u32,
    pub settles: u32,
    pub taken_over: u32,
    pub replaced: u32,
}

/// How much less evidence is enough to look closer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slack {
    /// That two figures are of one thing, in tenths.
    pub link: u32,
    /// That one is a slip for the other, in thousandths of log-odds.
    pub slip: u32,
}

/// One part in so many of the bound.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // The file says what each is.
pub struct Rounded {
    pub linked: NonZeroU32,
    pub unlinked: NonZeroU32,
    pub same_noun: NonZeroU32,
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
