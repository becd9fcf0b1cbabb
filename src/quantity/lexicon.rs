//! What the reader knows of words and units, made once from a pack: one table of words, and trees of their phrases.

use std::sync::Arc;

use compact_str::CompactString;
use regex::bytes::RegexSet;

use super::phrases::{Phrases, WordId};
use super::roles::Roles;
use super::{Bound, Kind, Number, Unit};
use crate::lookup::HashMap;

/// A word that is a number or makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numeric {
    /// Seven, forty.
    Cardinal(u8),
    /// Hundred, million.
    Scale(Number),
    /// ½.
    Fraction(Number),
}

/// What is known of one word.
#[derive(Debug, Clone, Default)]
pub(super) struct Word {
    pub(super) roles: Roles,
    pub(super) numeric: Option<Numeric>,
    pub(super) denominator: Option<u64>,
    pub(super) ordinal: Option<u32>,
    /// A factor, and whether the word is a verb.
    pub(super) factor: Option<(Number, bool)>,
    /// From 1; zero for all other words.
    pub(super) month: u8,
    /// From 1 for Monday; zero for all other words.
    pub(super) weekday: u8,
    /// 60 for "sixties".
    pub(super) decade: u8,
}

/// A unit with what reading it needs.
#[derive(Debug, Clone)]
pub(super) struct Measure {
    pub(super) unit: Arc<Unit>,
    pub(super) kind: Kind,
    /// For a short form of a rate: the index of the unit it is per.
    pub(super) per: Option<usize>,
    /// The units that may follow it in a compound.
    pub(super) parts: Vec<usize>,
}

/// What a bounding phrase does.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools)] // The flags of bounds.toml, each on its own.
pub(super) struct Limit {
    pub(super) bound: Bound,
    pub(super) below: Option<Number>,
    pub(super) above: Option<Number>,
    pub(super) spread: bool,
    pub(super) unless_the: bool,
    pub(super) measures_only: bool,
    pub(super) durations_by_word: bool,
    pub(super) age: bool,
}

/// A number that names none: "dozens".
#[derive(Debug, Clone, Copy)]
pub(super) struct Hazy {
    pub(super) low: Number,
    pub(super) high: Option<Number>,
    pub(super) number: Option<Number>,
    pub(super) noun_only: bool,
    /// Read only with a scale word behind it: "a few thousand".
    pub(super) scaled: bool,
}

/// A currency's sign: which, and whether a space may stand in it ("US $").
#[derive(Debug, Clone, Copy)]
pub(super) struct Sign {
    pub(super) measure: usize,
    pub(super) spaced: bool,
    /// An ISO code, which is read in capitals only.
    pub(super) code: bool,
}

/// Everything read from the pack.
#[derive(Debug, Clone)]
pub(super) struct Lexicon {
    pub(super) ids: HashMap<CompactString, WordId>,
    pub(super) words: Vec<Word>,
    pub(super) measures: Vec<Measure>,
    pub(super) by_code: HashMap<CompactString, usize>,
    /// Names of units, and of currencies, that follow a number.
    pub(super) unit_names: Phrases<usize>,
    pub(super) currency_names: Phrases<usize>,
    /// Signs and codes of currencies, from the last word to the first, before a number.
    pub(super) signs: Phrases<Sign>,
    /// Names of units before the number, from the last word to the first.
    pub(super) unit_names_before: Phrases<usize>,
    /// What tells a dollar's country behind the amount: "$20 Canadian".
    pub(super) nationalities: Phrases<usize>,
    pub(super) symbols: HashMap<CompactString, usize>,
    pub(super) glued: HashMap<CompactString, usize>,
    /// Symbols told by the words of the sentence: the unit, and the words in order of their ids.
    pub(super) ambiguous: HashMap<CompactString, Vec<(usize, Vec<WordId>)>>,
    /// Words of comparison before a number that leaves out its unit, from the last word to the first.
    pub(super) compared: Phrases<()>,
    /// Nouns whose value has one unit only, and the kind of that.
    pub(super) implied: Phrases<(usize, Kind)>,
    pub(super) suffixes: HashMap<CompactString, (Number, bool)>,
    pub(super) limits: Vec<Limit>,
    /// Bounds before a number, from the last word to the first, and from the first on.
    pub(super) before: Phrases<usize>,
    pub(super) leading: Phrases<usize>,
    pub(super) after: Phrases<usize>,
    pub(super) hazy: Phrases<Hazy>,
    pub(super) not_figures: Phrases<()>,
    pub(super) differences: Phrases<()>,
    pub(super) patterns: RegexSet,
    pub(super) slashed: Vec<u32>,
    pub(super) plain_years: [i64; 2],
    pub(super) old_years: [i64; 2],
    /// The highest number that is read as a day of a month.
    pub(super) highest_day: i64,
    pub(super) oldest: i64,
    pub(super) ratio: usize,
}

impl Lexicon {
    /// The word's id; zero where it is not known. `lower` is in lower case with quotes and dashes folded.
    pub(super) fn id(&self, lower: &str) -> WordId {
        self.ids.get(lower).copied().unwrap_or(0)
    }

    /// What is known of a word.
    pub(super) fn word(&self, id: WordId) -> &Word {
        // Id zero is always there.
        self.words.get(id as usize).unwrap_or(&self.words[0])
    }

    /// The unit with this code.
    pub(super) fn by_code(&self, code: &str) -> Option<usize> {
        self.by_code.get(code).copied()
    }

    /// The unit whose symbol this is, after a number.
    pub(super) fn symbol(&self, raw: &str) -> Option<usize> {
        self.symbols.get(raw).copied()
    }

    /// The unit that these letters directly after a digit stand for.
    pub(super) fn glued(&self, raw: &str) -> Option<usize> {
        self.glued.get(raw).or_else(|| self.symbols.get(raw)).copied()
    }

    /// What letters directly after a digit multiply it by, and whether only with money.
    pub(super) fn suffix(&self, raw: &str) -> Option<(Number, bool)> {
        self.suffixes.get(raw).copied()
    }
}
