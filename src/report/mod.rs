//! Reports: one file an output format in `src/report/format/`, found by the build.

pub mod escape;

use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

use crate::claim::Article;
use crate::document::Document;
use crate::rule::{Finding, Severity};

mod format {
    include!(concat!(env!("OUT_DIR"), "/report_formats.rs"));
}

/// An output format.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its name, as `--format` takes it.
    pub name: &'static str,
    /// Writes findings.
    pub findings: fn(&[Item], &Summary, Style, &mut dyn Write) -> io::Result<()>,
    /// Writes every figure of some documents.
    pub claims: fn(&[Article], Style, &mut dyn Write) -> io::Result<()>,
    /// Writes the table of figures, a row a thing.
    pub figures: fn(&[Thing], Style, &mut dyn Write) -> io::Result<()>,
}

/// All output formats, by name.
pub fn formats() -> &'static [Format] {
    format::FORMATS
}

/// How a report may look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// With colours.
    pub color: bool,
    /// Columns of the terminal.
    pub width: u16,
}

/// A figure that a finding points at, with its document.
#[derive(Debug, Clone)]
pub struct Span {
    /// The document.
    pub document: Arc<Document>,
    /// Bytes in its file.
    pub range: Range<usize>,
    /// What to write at the figure.
    pub label: String,
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
    pub rule: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// One sentence that an editor understands.
    pub message: String,
    /// The sum at length.
    pub note: Option<String>,
    /// Every figure involved.
    pub spans: Vec<Span>,
}

impl Item {
    /// A finding of documents that were checked together; marks outside of them are left out.
    pub fn new(finding: Finding, documents: &[Arc<Document>]) -> Self {
        let spans = finding.conflict.marks.into_iter().filter_map(|mark| {
            let document = Arc::clone(documents.get(mark.document)?);
            Some(Span { document, range: mark.span, label: mark.label })
        });
        Self {
            rule: finding.rule,
            severity: finding.severity,
            message: finding.conflict.message,
            note: finding.conflict.note,
            spans: spans.collect(),
        }
    }

    /// A number that stays the same while the rule and the words of the figures do, wherever they stand: FNV-1a, 64 bits.
    pub fn fingerprint(&self) -> String {
        let words =
            self.spans.iter().flat_map(|s| s.text().split_whitespace().map(str::to_lowercase).chain(["\n".to_owned()]));
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for byte in [self.rule.to_owned()].into_iter().chain(words).flat_map(|w| format!("{w}\u{1f}").into_bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        format!("{hash:016x}")
    }
}

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    /// Documents read.
    pub documents: usize,
    /// Figures in them.
    pub claims: usize,
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Findings that are for the editor to see.
    pub infos: usize,
}

impl Summary {
    /// Counts a finding.
    pub fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Info => self.infos += 1,
        }
    }
}

/// A figure of a thing, for the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The figure as the copy has it.
    pub figure: String,
    /// Who says it; none for the article's own voice.
    pub source: Option<String>,
    /// The document's path.
    pub path: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A thing and its figures: a row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    /// What is counted or measured.
    pub name: String,
    /// Whether all its figures can hold together.
    pub agree: bool,
    /// Its figures, in order of place.
    pub readings: Vec<Reading>,
}
