//! Reports: one file an output format in `src/report/format/`, found by the build. Text, the page, CSV and those in XML are
//! there with the feature `reports` only.

mod backing;
pub mod escape;
mod item;
#[cfg(feature = "reports")]
mod page;
mod place;
mod reading;
mod thing;

use std::io::{self, Write};

use crate::claim::Article;
use crate::rule::Severity;
pub use crate::rule::definition::About;

pub use backing::Backing;
pub use item::{Item, Span};
#[cfg(feature = "reports")]
pub use page::{Desk, Page};
pub use reading::reading;
pub use thing::{Reading, Thing};

mod format {
    include!(concat!(env!("OUT_DIR"), "/report_formats.rs"));
}

/// Writes findings.
pub type WriteFindings = fn(&Report<'_>, Style, &mut dyn Write) -> io::Result<()>;
/// Writes every figure of some documents, each as it comes.
pub type WriteClaims = fn(&mut dyn Iterator<Item = Article>, Style, &mut dyn Write) -> io::Result<()>;
/// Writes the table of figures, a row a thing.
pub type WriteFigures = fn(&[Thing], Style, &mut dyn Write) -> io::Result<()>;

/// An output format. What it has no way to say is none.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its name, as `--format` takes it.
    pub name: &'static str,
    /// Writes findings.
    pub findings: Option<WriteFindings>,
    /// Writes every figure of some documents.
    pub claims: Option<WriteClaims>,
    /// Writes the table of figures, a row a thing.
    pub figures: Option<WriteFigures>,
    /// Whether its findings stand in the whole articles: [`Report::articles`] are then kept for it.
    pub articles: bool,
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

/// The findings of a run, and what a format may want to say besides.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The findings, in order.
    pub items: &'a [Item],
    /// What was done.
    pub summary: &'a Summary,
    /// The paths of the documents that were checked, in order, each once.
    pub documents: &'a [String],
    /// The rules there are.
    pub rules: &'a [About],
    /// The articles, drafts before sources, each once; none for a format that does not ask for them.
    pub articles: &'a [Article],
    /// How the drafts' figures stand to their sources; none where they are not checked against any.
    pub against: &'a [Backing],
    /// Whether people want to be told why: formats for them then list `against`, and else sum it up.
    pub explain: bool,
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
