//! A baseline: findings that are known and let be. Each is kept by its rule and the words of the sentences that its figures
//! stand in, so that it is known again wherever they go, and no longer when one of them changes.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::Whereabouts;
use crate::claim::Article;
use crate::rule::Finding;

/// The version of the layout.
const SCHEMA_VERSION: &str = "1";

/// The findings that are known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    schema_version: String,
    /// They, in order. The same finding twice stands there twice.
    pub findings: Vec<Entry>,
}

/// A finding that is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The file it was found in. It may have been moved since.
    pub path: String,
    /// The rule.
    pub rule: String,
    /// What it is known by.
    pub key: String,
    /// What was found, for those who read the file.
    pub message: String,
}

impl Baseline {
    /// A baseline of findings.
    pub fn new(mut findings: Vec<Entry>) -> Self {
        findings.sort();
        Self { schema_version: SCHEMA_VERSION.to_owned(), findings }
    }

    /// Reads a baseline; an error says what is wrong and where.
    pub fn read(text: &str) -> Result<Self, String> {
        let baseline: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if baseline.schema_version != SCHEMA_VERSION {
            return Err(format!("schema_version {:?} is not {SCHEMA_VERSION:?}", baseline.schema_version));
        }
        Ok(baseline)
    }

    /// The text of the file.
    pub fn write(&self) -> Result<String, serde_json::Error> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }

    /// Which of some findings are new: an entry knows one finding, that of its own file first, or else, where it is free to,
    /// that of another. And the entries that know none.
    pub fn compare(&self, findings: &[Entry], free: &dyn Fn(&Entry) -> bool) -> (Vec<bool>, Vec<&Entry>) {
        let mut known: HashMap<(&str, &str), Vec<&Entry>> = HashMap::new();
        for entry in &self.findings {
            known.entry((&entry.rule, &entry.key)).or_default().push(entry);
        }
        let mut new = vec![true; findings.len()];
        for same_file in [true, false] {
            for (finding, new) in findings.iter().zip(&mut new).filter(|(_, new)| **new) {
                let Some(entries) = known.get_mut(&(finding.rule.as_str(), finding.key.as_str())) else { continue };
                if let Some(at) = entries.iter().position(|e| e.path == finding.path || !same_file && free(e)) {
                    entries.swap_remove(at);
                    *new = false;
                }
            }
        }
        let mut stale: Vec<&Entry> = known.into_values().flatten().collect();
        stale.sort();
        (new, stale)
    }
}

/// What a finding is known by: the words of its figures and of the sentences they stand in, whatever marks, spaces and
/// markup are among them.
pub fn key(finding: &Finding, articles: &[Article], whereabouts: &[Whereabouts]) -> String {
    let mut marks: Vec<String> = Vec::new();
    for mark in &finding.conflict.marks {
        let Some((article, places)) = articles.get(mark.document).zip(whereabouts.get(mark.document)) else { continue };
        let mut words = article.document.slice(mark.span.clone()).to_owned();
        if let Some(sentence) = places.sentence(mark.span.start).map(|number| &article.sentences[number]) {
            words.push('\u{1f}');
            words.push_str(&article.document.blocks[sentence.block].text[sentence.span.clone()]);
        }
        marks.push(normal(&words));
    }
    // Paragraphs may change places.
    marks.sort_unstable();
    hash([finding.rule.to_string()].into_iter().chain(marks))
}

/// Words in small letters, one blank between them; marks count where they stand inside a figure.
fn normal(text: &str) -> String {
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric() && !"%£$€¥".contains(c)).to_lowercase();
    text.split([' ', '\u{a0}', '\n', '\r', '\t', '\u{1f}', '*', '_'])
        .map(plain)
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A number that stands for words in their order, the same on every machine: FNV-1a, 64 bits, in hexadecimal digits.
pub fn hash(words: impl IntoIterator<Item = String>) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in words.into_iter().flat_map(|w| format!("{w}\u{1f}").into_bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    format!("{hash:016x}")
}
