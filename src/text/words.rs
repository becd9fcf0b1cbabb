//! The data of `rules/en/abbreviations.toml` and `rules/en/tokens.toml`, checked and made ready for looking up.

use compact_str::CompactString;
use serde::Deserialize;

use super::fold::fold;
use crate::lookup::{HashMap, HashSet};
use crate::pack::{Pack, PackError};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AbbreviationTable {
    titles: Vec<CompactString>,
    before_figures: Vec<CompactString>,
    names: Vec<CompactString>,
    clock: Vec<CompactString>,
    after_clock: Vec<CompactString>,
    plain: Vec<CompactString>,
    words: Vec<CompactString>,
    openers: Vec<CompactString>,
}

/// What the stop of an abbreviation may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Never the end of a sentence.
    Title,
    /// Not the end before a figure.
    BeforeFigure,
    /// The end only before a word that opens sentences.
    Name,
    /// The end before a capital, but for days, months and time zones.
    Clock,
    /// The end before any capital.
    Plain,
}

/// The abbreviations and the words that open sentences.
#[derive(Debug, Clone)]
pub(super) struct Abbreviations {
    kinds: HashMap<CompactString, Abbreviation>,
    after_clock: HashSet<CompactString>,
    words: HashSet<CompactString>,
    openers: HashSet<CompactString>,
}

/// Longer words are in no table; they are not looked up, so that a megabyte without spaces costs nothing.
pub(super) const LONGEST: usize = 24;

impl Abbreviations {
    pub(super) fn new(pack: &Pack) -> Result<Self, PackError> {
        const NAME: &str = "abbreviations";
        let table: AbbreviationTable = pack.table(NAME)?;
        let mut kinds = HashMap::default();
        for (key, entries, kind) in [
            ("titles", table.titles, Abbreviation::Title),
            ("before_figures", table.before_figures, Abbreviation::BeforeFigure),
            ("names", table.names, Abbreviation::Name),
            ("clock", table.clock, Abbreviation::Clock),
            ("plain", table.plain, Abbreviation::Plain),
        ] {
            for entry in entries {
                check_entry(NAME, key, &entry)?;
                if entry.ends_with('.') {
                    return Err(PackError::new(NAME, format!("{key}: \"{entry}\" is to stand without its last stop")));
                }
                if kinds.insert(entry.clone(), kind).is_some() {
                    return Err(PackError::new(NAME, format!("{key}: \"{entry}\" stands twice")));
                }
            }
        }
        let words = set(NAME, "words", table.words)?;
        if let Some(word) = words.iter().find(|w| !kinds.contains_key(*w)) {
            return Err(PackError::new(NAME, format!("words: \"{word}\" is no abbreviation of this file")));
        }
        Ok(Self {
            kinds,
            after_clock: set(NAME, "after_clock", table.after_clock)?,
            words,
            openers: set(NAME, "openers", table.openers)?,
        })
    }

    /// What the stop after `word` (any case, without the stop) may be; `None` for a word that is no abbreviation.
    pub(super) fn kind(&self, word: &str) -> Option<Abbreviation> {
        if word.is_empty() || word.len() > LONGEST {
            return None;
        }
        if let Some(&kind) = self.kinds.get(fold(word).as_str()) {
            return Some(kind);
        }
        is_initials(word).then_some(Abbreviation::Name)
    }

    /// Whether the abbreviation is spelt like a common word ("no", "in").
    pub(super) fn is_word(&self, word: &str) -> bool {
        word.len() <= LONGEST && self.words.contains(fold(word).as_str())
    }

    /// Whether a word (any case) opens sentences.
    pub(super) fn opens(&self, word: &str) -> bool {
        word.len() <= LONGEST && self.openers.contains(fold(word).as_str())
    }

    /// Whether a word (any case) goes on with a time of day ("5 p.m. Tuesday").
    pub(super) fn follows_clock(&self, word: &str) -> bool {
        word.len() <= LONGEST && self.after_clock.contains(fold(word).as_str())
    }
}

/// A single capital, or single letters with stops between them: "J", "U.S", "a.k.a".
fn is_initials(word: &str) -> bool {
    let mut letters = 0;
    for part in word.split('.') {
        let mut chars = part.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if c.is_alphabetic() => letters += 1,
            _ => return false,
        }
    }
    letters > 1 || word.chars().all(char::is_uppercase)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TokenTable {
    clitics: Vec<CompactString>,
    elisions: Vec<CompactString>,
    prefixes: Vec<CompactString>,
    figure_prefixes: Vec<CompactString>,
    after_figures: Vec<CompactString>,
    after_decimals: Vec<CompactString>,
    before_figures: Vec<CompactString>,
    contractions: HashMap<CompactString, CompactString>,
    stand_ins: HashMap<CompactString, CompactString>,
    stand_ins_after_figures: HashMap<CompactString, CompactString>,
}

/// How words are cut up.
#[derive(Debug, Clone)]
pub(super) struct Cuts {
    /// What stands before and after the apostrophe of each clitic.
    pub(super) clitics: Vec<(CompactString, CompactString)>,
    pub(super) elisions: HashSet<CompactString>,
    pub(super) prefixes: HashSet<CompactString>,
    pub(super) figure_prefixes: HashSet<CompactString>,
    pub(super) after_figures: HashSet<CompactString>,
    pub(super) after_decimals: HashSet<CompactString>,
    pub(super) before_figures: HashSet<CompactString>,
    /// Words and the bytes of their second part.
    pub(super) contractions: Vec<(CompactString, usize)>,
    stand_ins: HashMap<CompactString, CompactString>,
    stand_ins_after_figures: HashMap<CompactString, CompactString>,
}

impl Cuts {
    pub(super) fn new(pack: &Pack) -> Result<Self, PackError> {
        const NAME: &str = "tokens";
        let table: TokenTable = pack.table(NAME)?;
        let mut clitics = Vec::new();
        for clitic in set(NAME, "clitics", table.clitics)? {
            let Some((before, after)) = clitic.split_once('\'').filter(|(_, after)| !after.is_empty()) else {
                return Err(PackError::new(NAME, format!("clitics: \"{clitic}\" has no apostrophe before a letter")));
            };
            clitics.push((before.into(), after.into()));
        }
        clitics.sort();
        let elisions = set(NAME, "elisions", table.elisions)?;
        if let Some(word) = elisions.iter().find(|w| !w.starts_with('\'')) {
            return Err(PackError::new(NAME, format!("elisions: \"{word}\" does not begin with an apostrophe")));
        }
        let mut contractions = Vec::new();
        for (word, second) in table.contractions {
            if second.is_empty() || second.len() >= word.len() || !word.ends_with(second.as_str()) {
                return Err(PackError::new(NAME, format!("contractions.{word}: it does not end in \"{second}\"")));
            }
            contractions.push((word, second.len()));
        }
        Ok(Self {
            clitics,
            elisions,
            prefixes: set(NAME, "prefixes", table.prefixes)?,
            figure_prefixes: set(NAME, "figure_prefixes", table.figure_prefixes)?,
            after_figures: cased_set(NAME, "after_figures", table.after_figures)?,
            after_decimals: cased_set(NAME, "after_decimals", table.after_decimals)?,
            before_figures: cased_set(NAME, "before_figures", table.before_figures)?,
            contractions,
            stand_ins: stand_ins(NAME, "stand_ins", table.stand_ins)?,
            stand_ins_after_figures: stand_ins(NAME, "stand_ins_after_figures", table.stand_ins_after_figures)?,
        })
    }

    /// The word that tags and trees are read with in the place of this one (folded, in lower case); `figure` says
    /// whether it is written to a figure.
    pub(super) fn stand_in(&self, lower: &str, figure: bool) -> Option<&CompactString> {
        let of_figures = || self.stand_ins_after_figures.get(lower).filter(|_| figure);
        self.stand_ins.get(lower).or_else(of_figures)
    }
}

fn stand_ins(
    file: &str,
    key: &str,
    table: HashMap<CompactString, CompactString>,
) -> Result<HashMap<CompactString, CompactString>, PackError> {
    for (word, other) in &table {
        check_entry(file, key, word)?;
        check_entry(file, key, other)?;
    }
    Ok(table)
}

fn check_entry(file: &str, key: &str, entry: &str) -> Result<(), PackError> {
    if entry.is_empty() || entry.len() > LONGEST || entry.contains(char::is_whitespace) {
        return Err(PackError::new(file, format!("{key}: \"{entry}\" is not one word of at most {LONGEST} bytes")));
    }
    if fold(entry) != entry {
        return Err(PackError::new(file, format!("{key}: \"{entry}\" is not in lower case with straight quotes")));
    }
    Ok(())
}

/// A list as a set; entries are in lower case, each there once.
fn set(file: &str, key: &str, entries: Vec<CompactString>) -> Result<HashSet<CompactString>, PackError> {
    for entry in &entries {
        check_entry(file, key, entry)?;
    }
    cased_set(file, key, entries)
}

/// A list as a set; each entry there once.
fn cased_set(file: &str, key: &str, entries: Vec<CompactString>) -> Result<HashSet<CompactString>, PackError> {
    let mut set = HashSet::default();
    set.reserve(entries.len());
    for entry in entries {
        if entry.is_empty() || entry.len() > LONGEST {
            return Err(PackError::new(file, format!("{key}: \"{entry}\" is not one word of at most {LONGEST} bytes")));
        }
        if !set.insert(entry.clone()) {
            return Err(PackError::new(file, format!("{key}: \"{entry}\" stands twice")));
        }
    }
    Ok(set)
}
