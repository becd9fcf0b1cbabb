//! `crossfoot check`: drafts, each alone or against its sources.

use std::sync::Arc;

use anyhow::bail;
use clap::Args;
use crossfoot::Checker;
use crossfoot::report::{Item, Summary};

use super::Outcome;
use super::input::{self, Threads};
use super::output::{Output, Selection};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Drafts: files, folders, or - for standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<String>,
    /// A source that every draft must be borne out by (may be repeated)
    #[arg(long, value_name = "SOURCE")]
    against: Vec<String>,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    threads: Threads,
}

/// What came of one draft.
pub(super) struct Checked {
    pub(super) items: Vec<Item>,
    pub(super) claims: usize,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    arguments.selection.check()?;
    let checker = Checker::english()?;
    let wanted = |rule: &str| arguments.selection.wants(rule);
    if arguments.paths.iter().chain(&arguments.against).filter(|path| *path == "-").count() > 1 {
        bail!("standard input can be named only once");
    }
    let mut sources = input::paths(&arguments.against);
    let read = input::each(&mut sources, &arguments.threads, |document| checker.read(document))?;
    let mut paths = input::paths(&arguments.paths);
    let checked = input::each(&mut paths, &arguments.threads, |document| {
        let article = checker.read(document);
        let mut findings = checker.check(&article, &wanted);
        let claims = article.claims.len();
        let mut articles = vec![article];
        // A draft that lies among its sources is no source of its own.
        let path = articles[0].document.path.clone();
        articles.extend(read.iter().filter(|source| source.document.path != path).cloned());
        if articles.len() > 1 {
            findings.extend(checker.compare(&articles, true, &wanted));
        }
        let documents: Vec<_> = articles.iter().map(|a| Arc::clone(&a.document)).collect();
        Checked { items: findings.into_iter().map(|f| Item::new(f, &documents)).collect(), claims }
    })?;
    report(checked, &arguments.selection, &arguments.output, paths.failed || sources.failed)
}

/// Writes findings and says how the run ended.
pub(super) fn report(
    checked: Vec<Checked>,
    selection: &Selection,
    output: &Output,
    failed: bool,
) -> anyhow::Result<Outcome> {
    let mut summary = Summary { documents: checked.len(), ..Summary::default() };
    let mut items = Vec::new();
    let mut found = false;
    for draft in checked {
        summary.claims += draft.claims;
        for item in draft.items {
            found |= selection.fails(item.severity);
            if selection.shows(item.severity) {
                summary.add(item.severity);
                items.push(item);
            }
        }
    }
    output.write(|style, out| (output.format().findings)(&items, &summary, style, out))?;
    Ok(if failed {
        Outcome::Failed
    } else if found {
        Outcome::Found
    } else {
        Outcome::Clean
    })
}
