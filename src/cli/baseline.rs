//! `crossfoot baseline write`: lets all findings of today be.

use std::path::Path;

use anyhow::Context;
use clap::{Args, Subcommand};
use crossfoot::report::Item;
use crossfoot::review::baseline::Baseline;
use crossfoot::whole_file;

use super::check::Drafts;
use super::output::Selection;
use super::session::Common;
use super::{Outcome, known, say};

/// The file's name where nothing names another.
const NAME: &str = "crossfoot-baseline.json";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write all findings of these drafts to the baseline
    Write(WriteArguments),
}

#[derive(Debug, Args)]
struct WriteArguments {
    #[command(flatten)]
    drafts: Drafts,
    /// The file [default: `baseline` of the configuration, or crossfoot-baseline.json]
    #[arg(long, value_name = "FILE")]
    baseline: Option<String>,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    common: Common,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let Command::Write(arguments) = &arguments.command;
    let session = arguments.common.session()?;
    let selected = arguments.selection.resolve(&session)?;
    let (checked, failed) = arguments.drafts.check(&arguments.common, &session, &selected, &|_, _| {})?;
    let configured = known::baseline_file(&session).map(|file| file.to_string_lossy().into_owned());
    let file = arguments.baseline.clone().or(configured).unwrap_or_else(|| NAME.to_owned());
    let entries = checked.iter().flat_map(|draft| &draft.items).map(Item::entry);
    let baseline = Baseline::new(entries.collect());
    whole_file::write(Path::new(&file), baseline.write()?.as_bytes())
        .with_context(|| format!("{file}: the baseline cannot be written"))?;
    say(&format!("{file}: {} findings", baseline.findings.len()))?;
    Ok(if failed { Outcome::Failed } else { Outcome::Clean })
}
