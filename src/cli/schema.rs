//! `crossfoot schema`: JSON schemas of what crossfoot reads and writes.

use clap::{Args, ValueEnum};

use super::{Outcome, print};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Of what
    #[arg(value_name = "NAME", value_enum)]
    name: Name,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Name {
    /// crossfoot.toml
    Config,
    /// A house pack
    Rules,
    /// `--format json` of check and compare
    Findings,
    /// `--format json` of extract
    Claims,
    /// `--format json` of figures
    Figures,
    /// A baseline
    Baseline,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let text = match arguments.name {
        Name::Config => include_str!("../../docs/schema/config.json"),
        Name::Rules => include_str!("../../docs/schema/rules.json"),
        Name::Findings => include_str!("../../docs/schema/findings.json"),
        Name::Claims => include_str!("../../docs/schema/claims.json"),
        Name::Figures => include_str!("../../docs/schema/figures.json"),
        Name::Baseline => include_str!("../../docs/schema/baseline.json"),
    };
    print(text.as_bytes())?;
    Ok(Outcome::Clean)
}
