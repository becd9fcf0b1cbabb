//! `crossfoot compare`: several accounts of one story.

use clap::Args;

use super::check::{Checked, Reported, report};
use super::explain::Explain;
use super::input;
use super::known::Known;
use super::output::Selection;
use super::session::Common;
use super::{Outcome, complain};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Accounts of one story: files, folders, or - for standard input
    #[arg(value_name = "FILE", required = true)]
    paths: Vec<String>,
    #[command(flatten)]
    explain: Explain,
    #[command(flatten)]
    known: Known,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    common: Common,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let Arguments { common, known, .. } = arguments;
    let session = common.session()?;
    let selected = arguments.selection.resolve(&session)?;
    let let_be = known.read(&session)?;
    let mut paths = input::paths(&arguments.paths);
    let articles = input::articles(&mut paths, &common.reading, &session)?;
    if let Some(places) = arguments.explain.of_places() {
        Explain::print(places, &articles)?;
        return Ok(super::check::failed(&paths));
    }
    let wanted = |rule: &str| selected.wants(rule);
    let (mut findings, reached) = session.checker.compare_within(&articles, false, &wanted);
    if let Some(limit) = reached {
        complain(&format!("{} documents: {limit}", articles.len()));
        paths.failed = true;
    }
    arguments.explain.note(&mut findings, &articles);
    // Comments on rules for one article alone are of use elsewhere.
    let found = session.items(findings, &articles, 0, &wanted, selected.wants_all());
    let mut checked: Vec<Checked> = articles
        .iter()
        .map(|a| Checked {
            path: a.document.path.clone(),
            items: Vec::new(),
            claims: a.claims.len(),
            articles: Vec::new(),
            against: Vec::new(),
            reached: Vec::new(),
        })
        .collect();
    if let Some(first) = checked.first_mut() {
        first.items = found;
        first.articles = if common.output.keeps_articles() { articles } else { Vec::new() };
    }
    let since = known.changed_since.as_deref();
    let explain = arguments.explain.wanted();
    report(checked, &Reported { session: &session, selected, known: let_be, since, common, explain }, paths.failed)
}
