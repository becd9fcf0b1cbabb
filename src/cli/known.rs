//! Findings that are known already: by a baseline, or because they stand in lines that nobody has touched.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, anyhow};
use clap::Args;
use crossfoot::inspect::Inspector;
use crossfoot::report::Item;
use crossfoot::review::baseline::{Baseline, Entry};
use crossfoot::review::decisions::{self, Decisions};

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
    /// The baseline and its file, where there is one.
    pub(super) fn baseline(&self, session: &Inspector) -> anyhow::Result<Option<(String, Baseline)>> {
        let configured = session.config.baseline.as_ref().map(|name| session.config.resolve(name));
        let configured = configured.map(|path| path.to_string_lossy().into_owned());
        let Some(file) = self.baseline.clone().or(configured) else { return Ok(None) };
        let text = fs::read_to_string(&file).with_context(|| format!("{file}: the baseline cannot be read"))?;
        let baseline = Baseline::read(&text).map_err(|message| anyhow!("{file}: no baseline: {message}"))?;
        Ok(Some((file, baseline)))
    }
}

/// The file of decisions, beside the configuration or in the working folder.
pub(super) fn decisions_file(session: &Inspector) -> PathBuf {
    session.config.resolve(decisions::NAME)
}

/// What was decided, and the file it stands in, where there is such a file.
pub(super) fn decisions(session: &Inspector) -> anyhow::Result<Option<(String, Decisions)>> {
    let file = decisions_file(session);
    let name = file.display().to_string();
    let decisions = Decisions::load(&file).map_err(|message| anyhow!("{name}: no decisions: {message}"))?;
    Ok(decisions.map(|decisions| (name, decisions)))
}

/// The findings that a baseline has not. What it has of the checked documents and is found no more is told of, with what to
/// do about it.
pub(super) fn new_ones(
    items: Vec<Item>,
    (file, baseline, cure): (&str, &Baseline, &str),
    documents: &[String],
    selected: &Selected<'_>,
) -> Vec<Item> {
    let entries: Vec<Entry> = items.iter().map(Item::entry).collect();
    let (new, stale) = baseline.compare(&entries);
    let gone = stale.iter().filter(|entry| selected.wants(&entry.rule) && documents.contains(&entry.path));
    for entry in gone {
        complain(&format!(
            "{file}: stale: {} in {} is found no more ({}); {cure}",
            entry.rule, entry.path, entry.message
        ));
    }
    items.into_iter().zip(new).filter_map(|(item, new)| new.then_some(item)).collect()
}
