//! The draft has a figure that a later source replaced.

use crate::group::{Accounts, thing};
use crate::rule::{Conflict, Mark, Sources, verdict};

/// Holds each figure that the draft shares with a source against what later sources say of the same thing.
pub fn check(sources: &Sources<'_>) -> Vec<Conflict> {
    let accounts = Accounts::new(sources.articles);
    let replaced = verdict::superseded(&accounts, sources).into_iter().map(|found| {
        let [draft, old, new] = [found.draft, found.old, found.new].map(|at| &accounts.statements[at]);
        let words = |statement| accounts.article(statement).phrase(statement.claim);
        let mark = |statement: &crate::group::Statement<'_>, label: String| Mark {
            document: statement.article,
            span: statement.claim.span.clone(),
            label,
            fix: None,
        };
        let day = accounts.article(new).document.date.map_or_else(String::new, |day| format!(" of {day}"));
        Conflict {
            marks: vec![
                mark(draft, format!("says {}", words(draft))),
                mark(old, format!("said {}", words(old))),
                mark(new, format!("says {}", words(new))),
            ],
            message: format!(
                "a later source{day} has {} in place of {} for {}",
                words(new),
                words(draft),
                thing(draft, new)
            ),
            note: None,
        }
    });
    replaced.collect()
}
