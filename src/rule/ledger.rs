//! A draft's figures, each with what its sources say of it.

use std::ops::Range;

use serde::Serialize;

use crate::group::Accounts;
use crate::rule::sources::{source_conflict, superseded_figure};
use crate::rule::{Conflict, Mark, Sources, borne};

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
    let contradicted = source_conflict::check(sources);
    let superseded = superseded_figure::check(sources);
    let entry = |at: usize| {
        let statement = &accounts.statements[at];
        let span = statement.claim.span.clone();
        for (conflicts, standing) in [(&superseded, Standing::Superseded), (&contradicted, Standing::Contradicted)] {
            if let Some(from) = conflicts.iter().find_map(|conflict| said_instead(conflict, &span)) {
                return Entry { span, standing, sum: None, from: vec![from] };
            }
        }
        let few = borne::is_few(statement, least);
        // Some two figures always differ by two.
        match borne::support(&accounts, at, sources.articles).filter(|found| !few || found.sum.is_none()) {
            Some(found) => {
                let standing = if found.sum.is_some() { Standing::WorkedOut } else { Standing::Stated };
                Entry { span, standing, sum: found.sum, from: found.from }
            }
            None => Entry { span, standing: Standing::Unmentioned, sum: None, from: Vec::new() },
        }
    };
    let of_draft = (0..accounts.statements.len()).filter(|&at| accounts.statements[at].article == 0);
    of_draft.filter(|&at| borne::is_of_sources(&accounts.statements[at])).map(entry).collect()
}

/// What a source says in place of a figure of the draft, where that is what a conflict is of.
fn said_instead(conflict: &Conflict, draft: &Range<usize>) -> Option<(usize, Range<usize>)> {
    let own = |mark: &&Mark| mark.document == 0 && mark.span == *draft;
    conflict.marks.iter().find(own)?;
    let other = conflict.marks.iter().rev().find(|mark| mark.document != 0)?;
    Some((other.document, other.span.clone()))
}
