//! Findings that are known already: by a baseline or a decision, or because they stand in lines that nobody has touched.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use crossfoot::inspect::Inspector;
use crossfoot::report::Item;
use crossfoot::review::{decisions, known};

use super::complain;
use super::output::Selected;

/// Which findings are known.
#[derive(Debug, Args)]
pub(super) struct Known {
    /// Report no finding that this baseline has [default: `baseline` of the configuration]
    #[arg(long, value_name = "FILE")]
    baseline: Option<String>,
    /// Report only findings in lines that were changed since this revision of git
    #[arg(long, value_name = "REV")]
    pub(super) changed_since: Option<String>,
}

impl Known {
    /// What is let be.
    pub(super) fn read(&self, session: &Inspector) -> anyhow::Result<known::Known> {
        let baseline = self.baseline.as_ref().map(PathBuf::from).or_else(|| baseline_file(session));
        Ok(known::Known::read(baseline, Some(decisions_file(session)))?)
    }
}

/// The baseline that the configuration names.
pub(super) fn baseline_file(session: &Inspector) -> Option<PathBuf> {
    session.config.baseline.as_ref().map(|name| session.config.resolve(name))
}

/// The file of decisions, beside the configuration or in the working folder.
pub(super) fn decisions_file(session: &Inspector) -> PathBuf {
    session.config.resolve(decisions::NAME)
}

/// The findings that are not let be. What is let be in the checked documents and found no more is told of, with what to do
/// about it.
pub(super) fn new_ones(
    items: Vec<Item>,
    known: &known::Known,
    documents: &[String],
    selected: &Selected<'_>,
) -> Vec<Item> {
    let files: HashSet<PathBuf> = documents.iter().filter_map(|path| fs::canonicalize(path).ok()).collect();
    let looked_at = |path: &Path| path.canonicalize().is_ok_and(|path| files.contains(&path));
    let (new, stale) = Item::new_ones(items, known, looked_at);
    let gone = stale.iter().filter(|stale| selected.wants(&stale.entry.rule) && documents.contains(&stale.entry.path));
    for known::Stale { file, entry, cure } in gone {
        complain(&format!(
            "{}: stale: {} in {} is found no more ({}); {cure}",
            file.display(),
            entry.rule,
            entry.path,
            entry.message
        ));
    }
    new
}
