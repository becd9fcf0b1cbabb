//! A draft's figures, each with what its sources say of it.

use std::ops::Range;

use serde::Serialize;

use crate::group::Accounts;
use crate::rule::{Sources, borne, verdict};

/// The rule whose tolerances hold here too.
pub const TOLERANCES_OF: &str = "unsupported-figure";

/// How a draft's figure stands to the sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// A source has it as it stands.
    Stated,
    /// It is worked out from what the documents have.
    WorkedOut,
    /// A source has another figure for the same thing.
    Contradicted,
    /// A later source has another figure for the same thing.
    Superseded,
    /// The sources say nothing of it.
    Unmentioned,
}

/// One figure of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its bytes in the draft's file.
    pub span: Range<usize>,
    /// How it stands.
    pub standing: Standing,
    /// How it is worked out, for a figure that is: "10 + 12".
    pub sum: Option<String>,
    /// What the documents say of it: the article and the bytes of its file.
    pub from: Vec<(usize, Range<usize>)>,
}

/// How every figure of a draft that sources can bear out stands to them, in order of place. Dates, places in an order and
/// "several" are left out. The tolerances are those of [`TOLERANCES_OF`].
pub fn ledger(sources: &Sources<'_>) -> Vec<Entry> {
    let accounts = Accounts::new(sources.articles);
    let least = sources.tolerances.get("least_count");
    let place = |at: usize| (accounts.statements[at].article, accounts.statements[at].claim.span.clone());
    let contradicted = verdict::contradictions(&accounts, sources);
    let superseded = verdict::superseded(&accounts, sources);
    let of_draft = (0..accounts.statements.len())
        .filter(|&at| accounts.statements[at].article == 0 && borne::is_of_sources(&accounts.statements[at]));
    let entry = |at: usize| {
        let span = accounts.statements[at].claim.span.clone();
        if let Some(found) = superseded.iter().find(|found| found.draft == at) {
            return Entry { span, standing: Standing::Superseded, sum: None, from: vec![place(found.new)] };
        }
        if let Some(&(_, other)) = contradicted.iter().find(|(draft, _)| *draft == at) {
            return Entry { span, standing: Standing::Contradicted, sum: None, from: vec![place(other)] };
        }
        let few = borne::is_few(&accounts.statements[at], least);
        // Some two figures always differ by two.
        match borne::support(&accounts, at, sources.articles).filter(|found| !few || found.sum.is_none()) {
            Some(found) => {
                let standing = if found.sum.is_some() { Standing::WorkedOut } else { Standing::Stated };
                Entry { span, standing, sum: found.sum, from: found.from }
            }
            None => Entry { span, standing: Standing::Unmentioned, sum: None, from: Vec::new() },
        }
    };
    of_draft.map(entry).collect()
}
