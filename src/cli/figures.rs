//! `crossfoot figures`: what is counted, each figure, who says it, where.

use clap::Args;
use crossfoot::report::Thing;

use super::session::Common;
use super::{Outcome, check, input};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Documents: files, folders, or - for standard input
    #[arg(value_name = "FILE", required = true)]
    paths: Vec<String>,
    #[command(flatten)]
    common: Common,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let common = &arguments.common;
    let write = common.output.part("table of figures", |format| format.figures)?;
    let session = common.session()?;
    let mut paths = input::paths(&arguments.paths);
    let articles = input::articles(&mut paths, &common.reading, &session)?;
    let things = Thing::all(&articles);
    common.output.write(|style, out| write(&things, style, out))?;
    Ok(check::failed(&paths))
}
