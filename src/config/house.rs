//! House packs: a newsroom's own units, words, levels and rules, in a TOML file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::{Table, Value};

use super::{ConfigError, Level, explained, nearest, parse, text};
use crate::pack::{Pack, PackError};
use crate::rule::Tolerances;
use crate::rule::house::{HouseRule, Kind};

/// Keys of a pack that are not tables of the language pack.
const OWN: [&str; 3] = ["severity", "tolerances", "rule"];

/// A house pack.
#[derive(Debug, Clone)]
pub struct HousePack {
    file: PathBuf,
    /// Levels of rules.
    pub severity: BTreeMap<String, Level>,
    /// Tolerances of rules.
    pub tolerances: BTreeMap<String, Tolerances>,
    /// The house's own rules.
    pub rules: Vec<HouseRule>,
    /// Additions to the language pack, by the name of its file.
    tables: BTreeMap<String, Table>,
}

/// What all kinds of rules have.
#[derive(Debug, Deserialize)]
struct Head {
    name: String,
    kind: String,
    summary: String,
    severity: Option<Level>,
    meaning: Option<String>,
}

impl HousePack {
    /// Reads a pack.
    pub fn read(file: &Path) -> Result<Self, ConfigError> {
        Self::parse(file, &text(file)?)
    }

    /// A pack of a text; the file is named in complaints.
    pub fn parse(file: &Path, text: &str) -> Result<Self, ConfigError> {
        let mistake = |message: String| ConfigError { file: file.to_path_buf(), message };
        let mut table: Table = parse(file, text)?;
        let own = |error: &toml::de::Error, key: &str| mistake(format!("{key}: {}", explained(error.message())));
        let mut pack = Self {
            file: file.to_path_buf(),
            severity: BTreeMap::new(),
            tolerances: BTreeMap::new(),
            rules: Vec::new(),
            tables: BTreeMap::new(),
        };
        if let Some(severity) = table.remove("severity") {
            pack.severity = severity.try_into().map_err(|e| own(&e, "severity"))?;
        }
        if let Some(tolerances) = table.remove("tolerances") {
            pack.tolerances = tolerances.try_into().map_err(|e| own(&e, "tolerances"))?;
        }
        match table.remove("rule") {
            Some(Value::Array(rules)) => {
                for (number, rule) in rules.into_iter().enumerate() {
                    let Value::Table(rule) = rule else { return Err(mistake("rule: a table is wanted".to_owned())) };
                    pack.rules.push(rule_of(rule, number).map_err(mistake)?);
                }
            }
            Some(_) => return Err(mistake("rule: write [[rule]] above each rule".to_owned())),
            None => {}
        }
        let known = crate::pack::FILES.iter().map(|(name, _)| *name);
        for (key, value) in table {
            let Value::Table(added) = value else {
                return Err(mistake(unknown(&key, known.clone().chain(OWN))));
            };
            if !known.clone().any(|name| name == key) {
                return Err(mistake(unknown(&key, known.clone().chain(OWN))));
            }
            pack.tables.insert(key, added);
        }
        Ok(pack)
    }

    /// The language pack with this one's additions.
    pub fn extend(&self, mut pack: Pack) -> Result<Pack, ConfigError> {
        for (name, table) in &self.tables {
            pack = pack.extended(name, table).map_err(|error| self.blame(&error))?;
        }
        Ok(pack)
    }

    /// A mistake in a language pack that this one was added to.
    pub fn blame(&self, error: &PackError) -> ConfigError {
        ConfigError { file: self.file.clone(), message: format!("added to {}: {}", error.file, error.message) }
    }

    /// The file it was read from.
    pub fn file(&self) -> &Path {
        &self.file
    }
}

fn unknown<'a>(key: &str, known: impl Iterator<Item = &'a str>) -> String {
    match nearest(key, known) {
        Some(near) => format!("there is no table {key:?}; did you mean {near:?}?"),
        None => format!("there is no table {key:?}; docs/house-rules.md lists them"),
    }
}

fn rule_of(mut table: Table, number: usize) -> Result<HouseRule, String> {
    let named = table
        .get("name")
        .and_then(Value::as_str)
        .map_or_else(|| format!("rule {}", number + 1), |n| format!("rule {n:?}"));
    let mistake = |message: &str| format!("{named}: {}", explained(message));
    let mut head = Table::new();
    for key in ["name", "kind", "summary", "severity", "meaning"] {
        if let Some(value) = table.remove(key) {
            head.insert(key.to_owned(), value);
        }
    }
    let head: Head = head.try_into().map_err(|e: toml::de::Error| mistake(e.message()))?;
    if head.name.is_empty() || !head.name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        return Err(mistake("name: small letters, digits and hyphens are wanted"));
    }
    let kind = Kind::new(&head.kind, table).map_err(|message| mistake(&message))?;
    Ok(HouseRule {
        name: head.name.into(),
        severity: head.severity.map_or(Some(crate::rule::Severity::Warning), Level::severity),
        summary: head.summary,
        meaning: head.meaning.unwrap_or_default(),
        kind,
    })
}
