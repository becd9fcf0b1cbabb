//! What the sources say of a draft's figures, as a report has it.

use std::sync::Arc;

use super::Span;
use crate::claim::Article;
use crate::rule::ledger::{Entry, Standing};

/// A figure of a draft with how it stands to the sources.
#[derive(Debug, Clone)]
pub struct Backing {
    /// The figure.
    pub figure: Span,
    /// How it stands.
    pub standing: Standing,
    /// How it is worked out, for a figure that is: "10 + 12".
    pub sum: Option<String>,
    /// What the documents say of it.
    pub from: Vec<Span>,
}

impl Backing {
    /// An entry with the documents it points into; none where the article is not among them.
    pub fn new(entry: Entry, articles: &[Article]) -> Option<Self> {
        let span = |article: usize, range| {
            let document = Arc::clone(&articles.get(article)?.document);
            Some(Span { document, range, label: String::new(), fix: None })
        };
        let from = entry.from.into_iter().filter_map(|(article, range)| span(article, range)).collect();
        Some(Self { figure: span(0, entry.span)?, standing: entry.standing, sum: entry.sum, from })
    }
}
