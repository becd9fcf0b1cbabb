//! A story as the tests check it: its documents, what was found in them, and whether a finding points at a quote.

use std::sync::OnceLock;

use crossfoot::claim::Article;
use crossfoot::rule::Finding;
use crossfoot::{Checker, document};
use serde::Deserialize;

/// How the documents of a story stand to one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Each is checked alone.
    Check,
    /// The draft is checked alone and against the others.
    Against,
    /// All are accounts of one story.
    Compare,
}

/// The built-in checker, made once.
pub fn checker() -> &'static Checker {
    static CHECKER: OnceLock<Checker> = OnceLock::new();
    CHECKER.get_or_init(|| Checker::english().unwrap_or_else(|error| panic!("the built-in rules: {error}")))
}

/// Documents that were checked together, and the findings in them.
pub struct Story {
    articles: Vec<Article>,
    /// What was found; marks point into the story's documents.
    pub findings: Vec<Finding>,
}

impl Story {
    /// Reads `(name, text)` documents and checks them. For [`Mode::Against`] one must be called `draft`.
    pub fn check(documents: &[(&str, &str)], mode: Mode) -> Result<Self, String> {
        let mut documents = documents.to_vec();
        documents.sort_by_key(|(name, _)| (mode == Mode::Against && !name.starts_with("draft."), *name));
        let (mut articles, mut skimmed) = (Vec::new(), Vec::new());
        for (name, text) in &documents {
            let document =
                document::read(name, text.as_bytes().to_vec()).map_err(|error| format!("{name}: {error}"))?;
            articles.push(checker().read(document.clone()));
            skimmed.push(checker().skim(document, &|_| true).1);
        }
        let every = |_: &str| true;
        let mut findings = Vec::new();
        let alone = match mode {
            Mode::Check => articles.len(),
            Mode::Against => 1,
            Mode::Compare => 0,
        };
        for (number, article) in articles.iter().enumerate().take(alone) {
            let found = checker().check(article, &every);
            let by_skimming = &skimmed[number];
            if found != *by_skimming {
                return Err(format!("{found:#?} is found, but by skimming {by_skimming:#?}"));
            }
            for mut finding in found {
                finding.conflict.marks.iter_mut().for_each(|mark| mark.document = number);
                findings.push(finding);
            }
        }
        if mode != Mode::Check {
            findings.extend(checker().compare(&articles, mode == Mode::Against, &every));
        }
        Ok(Self { articles, findings })
    }

    /// Whether a finding has, for each of the quotes, a mark that overlaps a place where the quote stands. A quote is
    /// `words` or, in one document only, `name.md::words`. An error for a quote that stands nowhere.
    pub fn points_at(&self, finding: &Finding, quotes: &[String]) -> Result<bool, String> {
        for quote in quotes {
            let places = self.places(quote);
            if places.is_empty() {
                return Err(format!("the quote {quote:?} stands nowhere in the text"));
            }
            let overlaps = finding.conflict.marks.iter().any(|mark| {
                places.iter().any(|(document, start, end)| {
                    mark.document == *document && mark.span.start < *end && *start < mark.span.end
                })
            });
            if !overlaps {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Everywhere a quote stands: document, first byte, byte after the last.
    fn places(&self, quote: &str) -> Vec<(usize, usize, usize)> {
        let (name, words) = quote.split_once("::").map_or((None, quote), |(name, words)| (Some(name), words));
        let mut places = Vec::new();
        for (number, article) in self.articles.iter().enumerate() {
            if name.is_none_or(|n| n == article.document.path) {
                let found = article.document.source.match_indices(words);
                places.extend(found.map(|(start, _)| (number, start, start + words.len())));
            }
        }
        places
    }

    /// A finding in a line, for the message of a test that fails.
    pub fn describe(&self, finding: &Finding) -> String {
        let figures = finding.conflict.marks.iter().map(|mark| {
            let document = &self.articles[mark.document].document;
            format!("{}::{:?}", document.path, document.slice(mark.span.clone()))
        });
        let figures: Vec<String> = figures.collect();
        format!("{} ({:?}): {} at {}", finding.rule, finding.severity, finding.conflict.message, figures.join(", "))
    }

    /// All findings, one a line.
    pub fn describe_all(&self) -> String {
        let lines: Vec<String> = self.findings.iter().map(|f| format!("  {}", self.describe(f))).collect();
        if lines.is_empty() { "  nothing".to_owned() } else { lines.join("\n") }
    }
}
