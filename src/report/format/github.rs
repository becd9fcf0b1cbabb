//! Workflow commands of GitHub Actions: an annotation at each finding's first figure, the others' places in its text.

use std::io::{self, Write};

use crate::report::escape::visible;
use crate::report::place::{Region, message_with_places};
use crate::report::{Format, Report, Style};
use crate::rule::Severity;

/// Annotations of GitHub Actions.
pub const FORMAT: Format =
    Format { name: "github", findings: Some(findings), claims: None, figures: None, articles: false };

fn findings(report: &Report<'_>, _: Style, out: &mut dyn Write) -> io::Result<()> {
    for item in report.items {
        let command = match item.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        write!(out, "::{command} ")?;
        if let Some(first) = item.spans.first() {
            let Region { line, column, end_line, end_column } = Region::new(first);
            write!(out, "file={},line={line},endLine={end_line},", property(&first.document.path))?;
            // Columns are for annotations within one line.
            if line == end_line {
                write!(out, "col={column},endColumn={end_column},")?;
            }
        }
        writeln!(out, "title={}::{}", property(&format!("crossfoot {}", item.rule)), data(&message_with_places(item)))?;
    }
    Ok(())
}

/// What ends a command or its message is escaped, so that no path and no draft can write a command of its own.
fn data(text: &str) -> String {
    visible(text).replace('\t', "\\u{9}").replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// In a property, what parts properties too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
