//! `crossfoot figures`: what is counted, each figure, who says it, where.

use clap::Args;
use crossfoot::group::{self, Frames};
use crossfoot::report::{Reading, Thing};

use super::session::Common;
use super::{Outcome, check, input};

/// Evidence for a common row, in tenths: what the rules ask before they speak of a conflict is more.
const THRESHOLD: u32 = 17;

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
    let articles = input::each(&mut paths, &common.reading, &session.config, |d| session.checker.read(d))?;
    let frames = Frames::new(&articles);
    let things: Vec<Thing> = group::groups(&frames, THRESHOLD)
        .into_iter()
        .map(|group| {
            let members: Vec<_> = group.iter().map(|&i| &frames.frames[i]).collect();
            let agree = members
                .iter()
                .enumerate()
                .all(|(i, a)| members[i + 1..].iter().all(|b| a.quantity().agrees(b.quantity())));
            let name = members.iter().find_map(|f| f.noun()).unwrap_or("-").to_owned();
            let readings = members.iter().map(|frame| {
                let article = frames.article(frame);
                let (line, column) = article.document.line_column(frame.claim.span.start);
                Reading {
                    figure: article.words(frame.claim).to_owned(),
                    source: frame.claim.source.clone(),
                    path: article.document.path.clone(),
                    line,
                    column,
                }
            });
            Thing { name, agree, readings: readings.collect() }
        })
        .collect();
    common.output.write(|style, out| write(&things, style, out))?;
    Ok(check::failed(&paths))
}
