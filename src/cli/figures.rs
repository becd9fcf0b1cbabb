//! `crossfoot figures`: what is counted, each figure, who says it, where.

use clap::Args;
use crossfoot::Checker;
use crossfoot::group::{self, Frames};
use crossfoot::report::{Reading, Thing};

use super::Outcome;
use super::input::{self, Threads};
use super::output::Output;

/// Evidence for a common row, in tenths: what the rules ask before they speak of a conflict is more.
const THRESHOLD: u32 = 17;

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
                    figure: article.text(frame.claim).to_owned(),
                    source: frame.claim.source.clone(),
                    path: article.document.path.clone(),
                    line,
                    column,
                }
            });
            Thing { name, agree, readings: readings.collect() }
        })
        .collect();
    let format = arguments.output.format();
    arguments.output.write(|style, out| (format.figures)(&things, style, out))?;
    Ok(if paths.failed { Outcome::Failed } else { Outcome::Clean })
}
