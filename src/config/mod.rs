//! Configuration: `crossfoot.toml` and the house packs it names.

mod house;
mod limits;
mod nearest;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

pub use house::HousePack;
pub use limits::{Limits, Reached};
pub use nearest::nearest;

use crate::rule::{Severity, Tolerances};

/// The file's name.
pub const NAME: &str = "crossfoot.toml";

/// A commented file, as `crossfoot init` writes it.
pub const TEMPLATE: &str = include_str!("template.toml");

/// A mistake in a file: which, where in it, and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {message}", file.display())]
pub struct ConfigError {
    /// The file.
    pub file: PathBuf,
    /// What is wrong, with the line or key.
    pub message: String,
}

/// What a run fails on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// Errors.
    Error,
    /// Warnings and errors.
    Warning,
    /// Any finding.
    Info,
    /// Nothing.
    Never,
}

/// How grave a rule's findings are here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Errors.
    Error,
    /// Warnings.
    Warning,
    /// For the editor to see.
    Info,
    /// The rule does not run.
    Off,
}

impl Level {
    /// The severity; none where the rule does not run.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Off => None,
        }
    }
}

/// What `crossfoot.toml` says.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// What is checked where no path is named.
    #[serde(default)]
    pub paths: Vec<String>,
    /// House packs, as paths from the file's folder.
    #[serde(default)]
    pub rules: Vec<String>,
    /// What a run fails on.
    pub fail_on: Option<FailOn>,
    /// The least level that is shown.
    pub show: Option<Severity>,
    /// The baseline, as a path from the file's folder.
    pub baseline: Option<String>,
    /// The field of JSON Lines that holds the text.
    pub text_field: Option<String>,
    /// Levels of rules, over those they come with.
    #[serde(default)]
    pub severity: BTreeMap<String, Level>,
    /// Tolerances of rules, over those they come with.
    #[serde(default)]
    pub tolerances: BTreeMap<String, Tolerances>,
    /// How much is done at most for one file.
    #[serde(default)]
    pub limits: Limits,
    /// The folder of the file; none where there is no file.
    #[serde(skip)]
    pub folder: Option<PathBuf>,
}

impl Config {
    /// The file of the working folder, or of the nearest folder above it that has one, as a path from the working folder.
    pub fn find(working: &Path) -> Option<PathBuf> {
        let above = working.ancestors().position(|folder| folder.join(NAME).is_file())?;
        Some(std::iter::repeat_n("..", above).collect::<PathBuf>().join(NAME))
    }

    /// Reads a file.
    pub fn read(file: &Path) -> Result<Self, ConfigError> {
        let mut config: Self = parse(file, &text(file)?)?;
        if let Some(message) = config.limits.mistake() {
            return Err(ConfigError { file: file.to_path_buf(), message });
        }
        config.folder = Some(file.parent().map(Path::to_path_buf).unwrap_or_default());
        Ok(config)
    }

    /// The house packs it names.
    pub fn packs(&self) -> Result<Vec<HousePack>, ConfigError> {
        self.rules.iter().map(|name| HousePack::read(&self.resolve(name))).collect()
    }

    /// A path that stands in it.
    pub fn resolve(&self, path: &str) -> PathBuf {
        match &self.folder {
            Some(folder) => folder.join(path),
            None => PathBuf::from(path),
        }
    }
}

/// A file's text.
fn text(file: &Path) -> Result<String, ConfigError> {
    fs::read_to_string(file).map_err(|error| ConfigError {
        file: file.to_path_buf(),
        message: match error.kind() {
            std::io::ErrorKind::NotFound => "no such file".to_owned(),
            _ => error.to_string(),
        },
    })
}

/// Reads TOML; a mistake is told with its line, an unknown key with the nearest there is.
fn parse<T: DeserializeOwned>(file: &Path, text: &str) -> Result<T, ConfigError> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        ConfigError { file: file.to_path_buf(), message: format!("line {line}: {}", explained(error.message())) }
    })
}

/// What serde says of an unknown key, with the key that was perhaps meant in place of the list of all.
fn explained(message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    match quoted.next() {
        Some(key) if message.starts_with("unknown field") => match nearest(key, quoted) {
            Some(near) => format!("there is no key {key:?}; did you mean {near:?}?"),
            None => message.replacen("unknown field", "there is no key", 1),
        },
        _ => message.trim().replace('\n', " "),
    }
}
