//! How figures of two documents stand to one another: `rules/en/between.toml`.

use serde::Deserialize;

use super::{Phrases, Words};

/// Words that tell whether two documents speak of one matter.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Between {
    pub light_verbs: Words,
    pub before_date: Phrases,
    pub after_date: Phrases,
    pub as_of: Phrases,
    pub unstated: Phrases,
    pub amounts: Words,
}
