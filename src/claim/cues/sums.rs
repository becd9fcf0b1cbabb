//! The words of sums: `rules/en/sums.toml`.

use std::collections::HashMap;

use compact_str::CompactString;
use serde::Deserialize;

use super::{Phrases, Words};

/// What the rules on shares, rates, lists and currencies know: `rules/en/sums.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Sums {
    pub shares: ShareCues,
    pub rates: RateCues,
    pub lists: ListCues,
    pub currencies: CurrencyCues,
}

/// Shares of one whole.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ShareCues {
    pub fractions: HashMap<CompactString, u8>,
    pub numerators: HashMap<CompactString, u8>,
    pub residual: Phrases,
    pub residual_loose: Words,
    pub overlapping: Phrases,
    pub pro: Phrases,
    pub con: Phrases,
    pub neither: Phrases,
    pub degrees: Words,
    pub bare_objects: Words,
    pub wholes: Words,
    pub sharing: Words,
    pub compared: Words,
    pub making_up: Phrases,
    pub apart: Words,
    pub composing: Words,
}

/// Rates, numbers and totals.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct RateCues {
    pub each: Phrases,
    pub per_each: Phrases,
    pub each_of: Phrases,
    pub priced: Phrases,
    pub priced_bare: Phrases,
    pub made_from: Phrases,
    pub running: Words,
    pub filling: Words,
    pub totals: Phrases,
    pub totals_after: Phrases,
    pub shared: Phrases,
    pub other_terms: Words,
    pub averaging: Words,
    pub taking: Words,
    pub restated: Phrases,
    pub steady: Words,
    pub times: Vec<Stretch>,
}

/// How many of a shorter stretch of time a longer one may hold.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Stretch {
    pub long: CompactString,
    pub short: CompactString,
    pub low: u32,
    pub high: u32,
}

/// Announced lists.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ListCues {
    pub sets: HashMap<CompactString, u8>,
    pub announcing: Words,
    pub abstract_nouns: Words,
    pub persons: Words,
    pub partial_before: Words,
    pub examples: Phrases,
    pub copulas: Phrases,
    pub describing: Words,
    pub ending: Words,
    pub pairs: Phrases,
    pub ordinals: HashMap<CompactString, u8>,
}

/// Amounts of money in two currencies.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct CurrencyCues {
    pub converted: Phrases,
    pub dated: Phrases,
    pub recent: Words,
}
