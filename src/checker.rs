//! The whole way of the data: a document in, its claims and findings out.

use std::collections::HashMap;

use crate::claim::{Article, LONGEST_SENTENCE};
use crate::document::Document;
use crate::pack::{Pack, PackError};
use crate::rule::definition::registry;
use crate::rule::{self, Conflict, Finding, Passage, Severity, Sources, Tolerances};
use crate::{claim, quantity, text};

/// Reads documents and checks them. Made once, used for any number of documents and threads.
#[derive(Debug)]
pub struct Checker {
    claims: claim::Reader,
    severities: HashMap<&'static str, Severity>,
    tolerances: HashMap<&'static str, Tolerances>,
}

impl Checker {
    /// A checker with the built-in English pack and rules.
    pub fn english() -> Result<Self, PackError> {
        Self::new(&Pack::english())
    }

    /// A checker with the words and units of a pack.
    pub fn new(pack: &Pack) -> Result<Self, PackError> {
        let claims = claim::Reader::new(pack, text::Reader::new(pack)?, quantity::Reader::new(pack)?)?;
        let (mut severities, mut tolerances) = (HashMap::new(), HashMap::new());
        for rule in registry() {
            let definition = rule.definition()?;
            severities.insert(rule.name, definition.severity);
            tolerances.insert(rule.name, definition.tolerances);
        }
        Ok(Self { claims, severities, tolerances })
    }

    /// Reads a document: its sentences, and every figure with what it counts and who says it.
    pub fn read(&self, document: Document) -> Article {
        self.claims.read(document)
    }

    /// The findings inside one article, in order of place. `wanted` says which rules run.
    pub fn check(&self, article: &Article, wanted: &dyn Fn(&str) -> bool) -> Vec<Finding> {
        let none = Tolerances::default();
        let tolerances = |name: &str| self.tolerances.get(name).unwrap_or(&none);
        let mut findings = Vec::new();
        for entry in rule::passage::RULES.iter().filter(|e| wanted(e.name)) {
            // "A trio of towns" and "the remaining third" are read by rules, though they are no figures.
            let read = article.sentences.iter().enumerate().filter(|(_, s)| s.tokens.len() <= LONGEST_SENTENCE);
            let tolerances = tolerances(entry.name);
            for (index, _) in read {
                self.collect(entry.name, (entry.check)(&Passage { article, index, tolerances }), &mut findings);
            }
        }
        for entry in rule::article::RULES.iter().filter(|e| wanted(e.name)) {
            self.collect(entry.name, (entry.check)(article, tolerances(entry.name)), &mut findings);
        }
        sort(&mut findings);
        findings
    }

    /// The findings between documents. With `draft`, the first document must be borne out by the others; without,
    /// all are accounts of one story.
    pub fn compare(&self, articles: &[Article], draft: bool, wanted: &dyn Fn(&str) -> bool) -> Vec<Finding> {
        let mut findings = Vec::new();
        for entry in rule::sources::RULES.iter().filter(|e| wanted(e.name)) {
            self.collect(entry.name, (entry.check)(&Sources { articles, draft }), &mut findings);
        }
        sort(&mut findings);
        findings
    }

    fn collect(&self, rule: &'static str, conflicts: Vec<Conflict>, findings: &mut Vec<Finding>) {
        let severity = self.severities.get(rule).copied().unwrap_or(Severity::Error);
        findings.extend(conflicts.into_iter().map(|mut conflict| {
            conflict.marks.sort_by_key(|m| (m.document, m.span.start, m.span.end));
            Finding { rule, severity, conflict }
        }));
    }
}

/// By place, then by rule; the same finding twice is one.
fn sort(findings: &mut Vec<Finding>) {
    let place = |f: &Finding| f.conflict.marks.first().map(|m| (m.document, m.span.start));
    findings.sort_by(|a, b| (place(a), a.rule, &a.conflict.message).cmp(&(place(b), b.rule, &b.conflict.message)));
    findings.dedup();
}
