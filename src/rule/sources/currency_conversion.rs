//! Pairs of currencies in documents of one day that imply exchange rates which cannot both hold.

use std::collections::BTreeMap;

use crate::rule::exchange::{self, Pair};
use crate::rule::{Conflict, Sources};

/// The tolerances that the rule asks for.
pub const TOLERANCES: &[&str] = exchange::TOLERANCES;

/// Holds the conversions of all documents that state one and the same date against one another. What clashes inside one
/// document is reported of that document alone; and with a draft, only what the draft has to do with is reported.
pub fn check(sources: &Sources<'_>) -> Vec<Conflict> {
    let mut days: BTreeMap<_, Vec<Pair<'_>>> = BTreeMap::new();
    for (document, article) in sources.articles.iter().enumerate() {
        if let Some(day) = article.document.date {
            days.entry(day).or_default().extend(exchange::pairs(article, document, sources.tolerances));
        }
    }
    let wanted =
        |a: &Pair<'_>, b: &Pair<'_>| a.document != b.document && (!sources.draft || a.document == 0 || b.document == 0);
    let found = days.values().flat_map(|pairs| exchange::clashes(pairs, sources.tolerances));
    found.filter(|(most, other)| wanted(most, other)).map(|(most, other)| exchange::conflict(most, other)).collect()
}
