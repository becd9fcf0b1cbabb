//! `crossfoot compare`: several accounts of one story.

use std::sync::Arc;

use clap::Args;
use crossfoot::Checker;
use crossfoot::report::Item;

use super::Outcome;
use super::check::{Checked, report};
use super::input::{self, Threads};
use super::output::{Output, Selection};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Accounts of one story: files, folders, or - for standard input
    #[arg(value_name = "FILE", required = true)]
    paths: Vec<String>,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    threads: Threads,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    arguments.selection.check()?;
    let checker = Checker::english()?;
    let mut paths = input::paths(&arguments.paths);
    let articles = input::each(&mut paths, &arguments.threads, |document| checker.read(document))?;
    let findings = checker.compare(&articles, false, &|rule| arguments.selection.wants(rule));
    let documents: Vec<_> = articles.iter().map(|a| Arc::clone(&a.document)).collect();
    let mut checked: Vec<Checked> =
        articles.iter().map(|a| Checked { items: Vec::new(), claims: a.claims.len() }).collect();
    if let Some(first) = checked.first_mut() {
        first.items = findings.into_iter().map(|f| Item::new(f, &documents)).collect();
    }
    report(checked, &arguments.selection, &arguments.output, paths.failed)
}
