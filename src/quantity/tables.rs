//! The TOML tables that the reader of figures takes from a pack, as serde reads them.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Bound, Kind, Number};
use crate::pack::PackError;

/// `numbers.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Numbers {
    pub(super) cardinals: BTreeMap<String, u8>,
    pub(super) scales: BTreeMap<String, String>,
    pub(super) suffixes: BTreeMap<String, String>,
    pub(super) money_suffixes: Letters,
    pub(super) metres: Metres,
    pub(super) denominators: BTreeMap<String, u64>,
    pub(super) fractions: Fractions,
    pub(super) ordinals: BTreeMap<String, u32>,
    pub(super) factors: BTreeMap<String, Factor>,
    pub(super) words: NumberRoles,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Letters {
    pub(super) letters: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Metres {
    pub(super) after: Vec<String>,
    pub(super) before: Vec<String>,
    pub(super) kilometres_after: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fractions {
    pub(super) characters: BTreeMap<String, String>,
    pub(super) slashed: Vec<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Factor {
    pub(super) factor: String,
    #[serde(default)]
    pub(super) verb: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberRoles {
    pub(super) and: Vec<String>,
    pub(super) point: Vec<String>,
    pub(super) articles: Vec<String>,
    pub(super) minus: Vec<String>,
    pub(super) fold: Vec<String>,
    pub(super) times: Vec<String>,
    pub(super) half: Vec<String>,
    pub(super) share_after: Vec<String>,
    pub(super) factor_after: Vec<String>,
    pub(super) fraction_after: Vec<String>,
    pub(super) fraction_before: Vec<String>,
    pub(super) in_ratio: Vec<String>,
    pub(super) out_of: Vec<String>,
    pub(super) every: Vec<String>,
    pub(super) of: Vec<String>,
}

/// `units.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Units {
    pub(super) dimensions: BTreeMap<String, Dimension>,
    pub(super) compound: BTreeMap<String, Vec<String>>,
    pub(super) degrees: Degrees,
    pub(super) group: Vec<Group>,
    #[serde(default)]
    pub(super) rate: Vec<RateUnit>,
    #[serde(default)]
    pub(super) ambiguous: Vec<Ambiguous>,
}

/// A symbol that is this unit where one of the words stands near.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ambiguous {
    pub(super) symbol: String,
    pub(super) code: String,
    pub(super) near: Vec<String>,
}

/// `ellipsis.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ellipsis {
    pub(super) compared: Vec<String>,
    pub(super) parallel: Vec<String>,
    pub(super) reached: Vec<String>,
    pub(super) start: Vec<String>,
    pub(super) when: Vec<String>,
    #[serde(default)]
    pub(super) implied: Vec<Implied>,
}

/// Nouns whose value has one unit only.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Implied {
    pub(super) code: String,
    pub(super) kind: Kind,
    pub(super) nouns: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Dimension {
    pub(super) kind: Kind,
    /// The code of the unit that the dimension's factors count in.
    pub(super) base: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Degrees {
    pub(super) temperature: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Group {
    pub(super) dimension: String,
    pub(super) unit: Vec<UnitLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitLine {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) plural: String,
    pub(super) factor: String,
    pub(super) offset: Option<String>,
    #[serde(default)]
    pub(super) before: Vec<String>,
    #[serde(default)]
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) symbols: Vec<String>,
    #[serde(default)]
    pub(super) glued: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RateUnit {
    pub(super) name: String,
    pub(super) of: String,
    pub(super) per: String,
    pub(super) words: Vec<String>,
}

/// `currencies.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Currencies {
    pub(super) currency: Vec<Currency>,
    pub(super) pound: Pound,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Currency {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) plural: String,
    /// The code is a word or a name as well, and is not read.
    #[serde(default)]
    pub(super) word: bool,
    #[serde(default)]
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) symbols: Vec<String>,
    #[serde(default)]
    pub(super) behind: Vec<String>,
    pub(super) minor: Option<Minor>,
    pub(super) old_minor: Option<Minor>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Minor {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) plural: String,
    #[serde(default)]
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) symbols: Vec<String>,
    #[serde(default)]
    pub(super) glued: Vec<String>,
    pub(super) part: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pound {
    pub(super) mass: Vec<String>,
    pub(super) money: Vec<String>,
}

/// `bounds.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bounds {
    pub(super) bound: Vec<BoundLine>,
    pub(super) skip: Skip,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools)] // The flags of a line, each on its own.
pub(super) struct BoundLine {
    pub(super) meaning: Bound,
    pub(super) below: Option<String>,
    pub(super) above: Option<String>,
    #[serde(default)]
    pub(super) before: Vec<String>,
    #[serde(default)]
    pub(super) after: Vec<String>,
    #[serde(default)]
    pub(super) spread: bool,
    #[serde(default)]
    pub(super) unless_the: bool,
    #[serde(default)]
    pub(super) measures_only: bool,
    #[serde(default)]
    pub(super) age: bool,
    pub(super) duration_after: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Skip {
    pub(super) words: Vec<String>,
    pub(super) blocking: Vec<String>,
    pub(super) than: Vec<String>,
}

/// `vague.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Vague {
    pub(super) vague: Vec<VagueLine>,
    pub(super) scaled: BTreeMap<String, VagueScaled>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VagueLine {
    pub(super) words: Vec<String>,
    pub(super) low: i64,
    pub(super) high: Option<i64>,
    pub(super) number: Option<i64>,
    #[serde(default)]
    pub(super) noun_only: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VagueScaled {
    pub(super) words: Vec<String>,
    pub(super) low: i64,
    pub(super) high: Option<i64>,
}

/// `dates.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Dates {
    pub(super) months: BTreeMap<String, u8>,
    pub(super) weekdays: BTreeMap<String, u8>,
    pub(super) decades: BTreeMap<String, u8>,
    pub(super) days: Days,
    pub(super) years: Years,
    pub(super) clock: Clock,
    pub(super) spans: Spans,
    pub(super) age: Age,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Days {
    pub(super) highest: i64,
    pub(super) before: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Years {
    pub(super) plain: [i64; 2],
    pub(super) old: [i64; 2],
    pub(super) before: Vec<String>,
    pub(super) eras: Vec<String>,
    pub(super) periods: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Spans {
    pub(super) before: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Clock {
    pub(super) am: Vec<String>,
    pub(super) pm: Vec<String>,
    pub(super) zones: Vec<String>,
    pub(super) oclock: Vec<String>,
    pub(super) past: Vec<String>,
    pub(super) took: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Age {
    pub(super) old: Vec<String>,
    pub(super) years_old: Vec<String>,
    pub(super) at: Vec<String>,
    pub(super) dying: Vec<String>,
    pub(super) pronouns: Vec<String>,
    pub(super) birth: Vec<String>,
    pub(super) aged: Vec<String>,
    pub(super) people: Vec<String>,
    pub(super) possessive: Vec<String>,
    pub(super) early_late: Vec<String>,
    pub(super) highest: i64,
    pub(super) over: Vec<String>,
    pub(super) under: Vec<String>,
    pub(super) name_next: Vec<String>,
}

/// `lookalikes.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lookalikes {
    pub(super) labels: Vec<String>,
    pub(super) weak_labels: Vec<String>,
    pub(super) model_after: Vec<String>,
    pub(super) streets: Vec<String>,
    pub(super) number_signs: Vec<String>,
    pub(super) number_sign_unless: Vec<String>,
    pub(super) name_unless: Vec<String>,
    pub(super) open_prefixes: Vec<String>,
    pub(super) patterns: Vec<String>,
    pub(super) phrases: Vec<String>,
    pub(super) hyphen_words: Vec<String>,
    pub(super) one: One,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct One {
    pub(super) before_never: Vec<String>,
    pub(super) after_never: Vec<String>,
}

/// `changes.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Changes {
    pub(super) words: Vec<String>,
    pub(super) only_from: Vec<String>,
    pub(super) difference_after: Vec<String>,
    pub(super) difference_before: Vec<String>,
}

/// `ranges.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ranges {
    pub(super) to: Vec<String>,
    pub(super) from: Vec<String>,
    pub(super) between: Vec<String>,
    pub(super) or: Vec<String>,
    pub(super) by: Vec<String>,
    pub(super) before_unit: Vec<String>,
    pub(super) per_nouns: Vec<String>,
    pub(super) per: Vec<String>,
    pub(super) per_any: Vec<String>,
    pub(super) per_people: Vec<String>,
    pub(super) no_rate_before: Vec<String>,
    pub(super) score: Score,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Score {
    pub(super) before: Vec<String>,
    pub(super) after: Vec<String>,
}

/// Reads an exact number of a table, or says which key of which file has none.
pub(super) fn exact(file: &str, key: &str, text: &str) -> Result<Number, PackError> {
    Number::parse_exact(text).ok_or_else(|| PackError::new(file, format!("{key}: {text:?} is no number")))
}
