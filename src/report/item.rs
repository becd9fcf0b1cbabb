//! A finding as a report has it: with the documents it points into.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use compact_str::CompactString;

use crate::claim::Article;
use crate::document::Document;
use crate::review::Whereabouts;
use crate::review::baseline::{self, Entry, hash};
use crate::review::known::{Known, Stale};
use crate::rule::{Finding, Severity};

/// A figure that a finding points at, with its document.
#[derive(Debug, Clone)]
pub struct Span {
    /// The document.
    pub document: Arc<Document>,
    /// Bytes in its text.
    pub range: Range<usize>,
    /// What to write at the figure.
    pub label: String,
    /// What the copy could have in its place, where that is known.
    pub fix: Option<String>,
}

impl Span {
    /// The figure as the file has it.
    pub fn text(&self) -> &str {
        self.document.slice(self.range.clone())
    }
}

/// A finding with the documents it points into.
#[derive(Debug, Clone)]
pub struct Item {
    /// The rule's name.
    pub rule: CompactString,
    /// How grave it is.
    pub severity: Severity,
    /// One sentence that an editor understands.
    pub message: String,
    /// The sum at length.
    pub note: Option<String>,
    /// Every figure involved.
    pub spans: Vec<Span>,
    /// What a baseline knows it by.
    pub key: String,
}

impl Item {
    /// A finding of articles that were checked together; marks outside of them are left out.
    pub fn new(finding: Finding, articles: &[Article], whereabouts: &[Whereabouts]) -> Self {
        let key = baseline::key(&finding, articles, whereabouts);
        let spans = finding.conflict.marks.into_iter().filter_map(|mark| {
            let document = Arc::clone(&articles.get(mark.document)?.document);
            Some(Span { document, range: mark.span, label: mark.label, fix: mark.fix })
        });
        Self {
            key,
            rule: finding.rule,
            severity: finding.severity,
            message: finding.conflict.message,
            note: finding.conflict.note,
            spans: spans.collect(),
        }
    }

    /// The findings that are not let be, and what is known of others that are none of these. `looked_at` says whether the
    /// findings of a file are among them.
    pub fn new_ones(items: Vec<Self>, known: &Known, looked_at: impl Fn(&Path) -> bool) -> (Vec<Self>, Vec<Stale<'_>>) {
        let entries: Vec<Entry> = items.iter().map(Self::entry).collect();
        let (new, stale) = known.compare(&entries, &looked_at);
        (items.into_iter().zip(new).filter_map(|(item, new)| new.then_some(item)).collect(), stale)
    }

    /// The finding as a baseline and decisions have it.
    pub fn entry(&self) -> Entry {
        Entry {
            path: self.spans.first().map(|span| span.document.path.clone()).unwrap_or_default(),
            rule: self.rule.to_string(),
            key: self.key.clone(),
            message: self.message.clone(),
        }
    }

    /// A number that stays the same while the rule and the words of the figures do, wherever they stand: FNV-1a, 64 bits.
    pub fn fingerprint(&self) -> String {
        let words =
            self.spans.iter().flat_map(|s| s.text().split_whitespace().map(str::to_lowercase).chain(["\n".to_owned()]));
        hash([self.rule.to_string()].into_iter().chain(words))
    }
}
