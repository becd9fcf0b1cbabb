//! `crossfoot extract`: every figure as data.

use clap::Args;
use crossfoot::Checker;

use super::Outcome;
use super::input::{self, Threads};
use super::output::Output;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Documents: files, folders, or - for standard input
    #[arg(value_name = "FILE", required = true)]
    paths: Vec<String>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    threads: Threads,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let checker = Checker::english()?;
    let mut paths = input::paths(&arguments.paths);
    let articles = input::each(&mut paths, &arguments.threads, |document| checker.read(document))?;
    let format = arguments.output.format();
    arguments.output.write(|style, out| (format.claims)(&articles, style, out))?;
    Ok(if paths.failed { Outcome::Failed } else { Outcome::Clean })
}
