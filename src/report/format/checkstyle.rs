//! Checkstyle's XML: an error a figure, so that each of a finding's places is marked.

#![cfg(feature = "reports")]

use std::collections::HashMap;
use std::io::{self, Write};

use crate::report::escape::{one_line, xml};
use crate::report::place::{Region, message_with_places, place};
use crate::report::{Format, Item, Report, Style};

/// Checkstyle XML.
pub const FORMAT: Format =
    Format { name: "checkstyle", findings: Some(findings), claims: None, figures: None, articles: false };

fn findings(report: &Report<'_>, _: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut marks: Vec<(&str, Region, String, &Item)> = Vec::new();
    for item in report.items {
        for (i, span) in item.spans.iter().enumerate() {
            marks.push((&span.document.path, Region::new(span), message(item, i), item));
        }
    }
    // Files in the order of their first finding.
    let mut files: Vec<(&str, Vec<_>)> = Vec::new();
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    for (path, region, message, item) in marks {
        let number = *numbers.entry(path).or_insert_with(|| {
            files.push((path, Vec::new()));
            files.len() - 1
        });
        files[number].1.push((region, message, item));
    }
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">")?;
    for (file, marks) in files {
        writeln!(out, "  <file name=\"{}\">", xml(file))?;
        for (region, message, item) in marks {
            writeln!(
                out,
                "    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"crossfoot.{}\"/>",
                region.line,
                region.column,
                item.severity.name(),
                xml(&message),
                xml(&item.rule),
            )?;
        }
        writeln!(out, "  </file>")?;
    }
    writeln!(out, "</checkstyle>")
}

/// The first figure has the whole message; the others say what they are at odds with.
fn message(item: &Item, number: usize) -> String {
    match item.spans.first() {
        Some(first) if number > 0 => format!("{} (with {})", one_line(&item.message), place(first)),
        _ => message_with_places(item),
    }
}
