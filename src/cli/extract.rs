//! `crossfoot extract`: every figure as data.

use clap::Args;

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
    let write = common.output.part("list of figures", |format| format.claims)?;
    let session = common.session()?;
    let mut paths = input::paths(&arguments.paths);
    let read = |document| session.checker.read(document);
    let mut cut = false;
    input::in_turn(&mut paths, &common.reading, &session.config, read, |articles| {
        let mut articles = articles.inspect(|article| cut |= input::told_if_cut(article, &session));
        common.output.write(|style, out| write(&mut articles, style, out))
    })?;
    paths.failed |= cut;
    Ok(check::failed(&paths))
}
