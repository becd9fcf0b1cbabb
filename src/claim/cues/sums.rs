//! The words of sums: `rules/en/sums.toml`.

use std::collections::BTreeMap;

use compact_str::CompactString;
use serde::Deserialize;

use super::{Phrases, Words};
use crate::lookup::HashMap;
use crate::quantity::Number;

/// What the rules on shares, rates, lists and currencies know: `rules/en/sums.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Sums {
    pub shares: ShareCues,
    pub rates: RateCues,
    pub lists: ListCues,
    pub currencies: CurrencyCues,
    pub conversions: ConversionCues,
    pub ranges: RangeCues,
    pub parts: PartCues,
    pub percents: PercentCues,
    pub changes: ChangeCues,
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
    pub of: Words,
    pub relative: Words,
    pub giving: Words,
    pub mixtures: Words,
    pub polled_at: Words,
    pub polling: Words,
    pub polls: Words,
    pub complements: Vec<[CompactString; 2]>,
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
    pub sharing: Words,
    pub steady_restated: Phrases,
    pub of: Words,
    pub at: Words,
    pub each_word: Words,
    pub heads: Words,
    pub parting: Words,
    pub parting_total: Words,
    pub alternative: Words,
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
    #[serde(default)]
    pub whole: bool,
}

/// Announced lists.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ListCues {
    pub of: Words,
    pub joining: Words,
    pub sets: HashMap<CompactString, u8>,
    pub both: HashMap<CompactString, u8>,
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

/// A number that is written exactly: "3/4", "0.45359237".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Exact(pub Number);

impl TryFrom<String> for Exact {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Number::parse_exact(&text).map(Self).ok_or_else(|| format!("{text:?} is no number"))
    }
}

/// Two measures of one quantity.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ConversionCues {
    pub dimensions: Words,
    pub stated: Phrases,
    pub loose: Phrases,
    pub pairing: Words,
    pub consumption: Phrases,
    pub american: Words,
    pub larger_elsewhere: HashMap<CompactString, Exact>,
    pub mistaken: HashMap<CompactString, BTreeMap<CompactString, Exact>>,
}

/// Ranges.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct RangeCues {
    pub to: Words,
    pub of: Words,
    pub apart: Words,
}

/// Parts of a whole.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PartCues {
    pub of: Phrases,
    #[serde(rename = "in")]
    pub in_: Phrases,
    pub out_of: Phrases,
    pub determiners: Words,
    pub relatives: Words,
    pub them: Words,
    pub person: CompactString,
    pub includes: Words,
    pub generic: Words,
    pub persons: Words,
    pub overlapping: Words,
    pub total_of: Phrases,
    pub in_all: Phrases,
    pub one: Words,
    pub voting: Words,
    pub all: Words,
    pub everyone: Phrases,
    pub in_favour: Words,
    pub against: Words,
    pub against_before: Words,
    pub abstained: Words,
    pub away: Words,
    pub games: Words,
    pub results: Vec<CompactString>,
    pub having: Words,
    pub with: Words,
    pub respectively: Words,
    pub rounding: Words,
    pub total: Words,
    pub total_rows: Words,
    pub respondents: Words,
    pub those_asked: Phrases,
    pub clause: Words,
    pub compared: Words,
}

/// Counts, bases and shares.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PercentCues {
    pub of: Words,
    pub shares: Words,
    pub same_base: Phrases,
    pub of_those: Phrases,
    pub count_end: Words,
    pub breaks: Words,
    pub with: Phrases,
    pub holding: Words,
    pub above_half: Phrases,
    pub below_half: Phrases,
}

/// Changes from one value to another.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ChangeCues {
    pub by: Words,
    pub aside: Words,
    pub another_time: Words,
    pub of: Words,
    pub than: Words,
    pub apposing: Words,
    pub points: Words,
    pub comparing: Words,
    pub being: Words,
    pub level: Words,
    pub below_nothing: Words,
}
