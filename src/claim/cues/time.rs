//! The words of time: `rules/en/time.toml`.

use compact_str::CompactString;
use serde::Deserialize;

use super::{Phrases, Words};
use crate::lookup::HashMap;

/// What rules on dates, spans of time and ages know: `rules/en/time.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Times {
    pub gregorian_from: i32,
    pub weekdays_from: i32,
    pub weekday_gap: Words,
    pub weekday_behind: Phrases,
    pub unreal: Words,
    pub leap: Words,
    pub contrasting: Words,
    pub other_year: Phrases,
    pub moving: Words,
    pub eras: Words,
    pub from: Words,
    pub between: Words,
    pub to: Words,
    pub until: Words,
    pub and: Words,
    pub range_gap: Words,
    pub subjects: Words,
    pub begin: Words,
    pub end: Words,
    pub opening: Words,
    pub closing: Words,
    pub again: Words,
    pub gap: Words,
    pub ago: Words,
    pub on: Words,
    pub later: Words,
    pub after: Words,
    pub before: Words,
    pub earlier: Words,
    pub since: Words,
    pub when: Words,
    pub at: Words,
    #[serde(rename = "for")]
    pub for_: Words,
    pub of: Words,
    pub is: Words,
    pub phrase_end: Words,
    pub in_all: Phrases,
    pub partial: Words,
    pub broken: Words,
    pub lasted: Words,
    pub behind_stretch: Words,
    pub apposing: Words,
    pub definite: Words,
    pub relative: Words,
    pub connective: Words,
    pub passive_lead: Words,
    pub anniversaries: Words,
    pub owners: Words,
    pub owning: Words,
    pub same_subject: Words,
    pub bearing: Words,
    pub founding: Words,
    pub shifted: Words,
    pub kin: Words,
    pub clocks: Words,
    pub halves: Words,
    pub next: Words,
    pub day: Words,
    pub persons: Persons,
    pub participles: HashMap<CompactString, CompactString>,
    pub named_anniversaries: HashMap<CompactString, i64>,
    pub weekdays: HashMap<CompactString, u8>,
    pub ordinal_endings: HashMap<CompactString, CompactString>,
}

/// What tells persons and their ages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Persons {
    pub the: Words,
    pub would: Words,
    pub have: Words,
    pub reigning: Words,
    pub pronouns: Words,
    pub birthday: Words,
    pub born: Words,
    pub be: Words,
    pub present: Words,
    pub at_age: Words,
    pub behind_age: Words,
    pub age_at: Words,
    pub of_name: Words,
    pub died: Words,
    pub prepositions: Words,
    pub no_person: Words,
    pub unsure: Words,
    pub adverbs: Words,
    pub will: Words,
    pub articles: Words,
    pub coming: Words,
    pub turning: Words,
}
