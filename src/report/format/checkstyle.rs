//! Checkstyle's XML: an error a figure, so that each of a finding's places is marked.

use std::io::{self, Write};

use quick_xml::escape::escape;

use crate::report::escape::{one_line, visible};
use crate::report::place::{Region, message_with_places, place};
use crate::report::{Format, Item, Report, Span, Style};

/// Checkstyle XML.
pub const FORMAT: Format = Format { name: "checkstyle", findings: Some(findings), claims: None, figures: None };

fn findings(report: &Report<'_>, _: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut marks: Vec<(&str, Region, String, &Item)> = Vec::new();
    for item in report.items {
        for (i, span) in item.spans.iter().enumerate() {
            marks.push((&span.document.path, Region::new(span), message(item, i, span), item));
        }
    }
    // Files in the order of their first finding.
    let mut files: Vec<&str> = Vec::new();
    marks.iter().for_each(|(path, ..)| if !files.contains(path) { files.push(path) });
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">")?;
    for file in files {
        writeln!(out, "  <file name=\"{}\">", escape(visible(file)))?;
        for (_, region, message, item) in marks.iter().filter(|(path, ..)| *path == file) {
            writeln!(
                out,
                "    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"crossfoot.{}\"/>",
                region.line,
                region.column,
                item.severity.name(),
                escape(message.as_str()),
                escape(item.rule.as_str()),
            )?;
        }
        writeln!(out, "  </file>")?;
    }
    writeln!(out, "</checkstyle>")
}

/// The first figure has the whole message; the others say what they are at odds with.
fn message(item: &Item, number: usize, _: &Span) -> String {
    match item.spans.first() {
        Some(first) if number > 0 => format!("{} (with {})", one_line(&item.message), place(first)),
        _ => message_with_places(item),
    }
}
