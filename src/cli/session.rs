//! What all commands that read documents share: arguments, the configuration, a checker.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Args;
use crossfoot::config::{Config, NAME, nearest};
use crossfoot::inspect::Inspector;

use super::input::Reading;
use super::output::Output;

/// Arguments of every command that reads documents.
#[derive(Debug, Args)]
pub(super) struct Common {
    #[command(flatten)]
    pub(super) output: Output,
    #[command(flatten)]
    pub(super) reading: Reading,
    #[command(flatten)]
    configuration: Configuration,
}

/// Which configuration is in force.
#[derive(Debug, Args)]
pub(super) struct Configuration {
    /// The configuration [default: crossfoot.toml of this folder or the nearest above it]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Read no configuration
    #[arg(long, conflicts_with = "config")]
    no_config: bool,
}

impl Common {
    /// Reads the configuration and makes the checker.
    pub(super) fn session(&self) -> anyhow::Result<Inspector> {
        self.configuration.inspector(None)
    }
}

impl Configuration {
    /// Reads the configuration, that of a folder where none is named, and makes the checker. Without a folder it is the
    /// working one.
    pub(super) fn inspector(&self, folder: Option<&Path>) -> anyhow::Result<Inspector> {
        let file = match self {
            Configuration { no_config: true, .. } => None,
            Configuration { config: Some(file), .. } => Some(file.clone()),
            Configuration { config: None, .. } => match folder {
                Some(folder) => Config::find(folder).map(|file| folder.join(file)),
                None => Config::find(&env::current_dir()?),
            },
        };
        let config = file.as_deref().map_or_else(|| Ok(Config::default()), Config::read)?;
        let file = file.unwrap_or_else(|| PathBuf::from(NAME));
        Ok(Inspector::new(config, &file)?)
    }
}

/// Complains of a rule that there is none of, naming the nearest.
pub(super) fn expect(session: &Inspector, rule: &str) -> anyhow::Result<()> {
    if session.knows(rule) {
        return Ok(());
    }
    no_rule(rule, session.checker.rules().iter().map(|r| r.name.as_str()))
}

/// Says that there is no rule of a name.
pub(super) fn no_rule<'a, T>(name: &str, names: impl Iterator<Item = &'a str>) -> anyhow::Result<T> {
    match nearest(name, names) {
        Some(near) => bail!("no rule is called {name:?}; did you mean {near:?}?"),
        None => bail!("no rule is called {name:?}; `crossfoot rule` lists them"),
    }
}
