//! `JUnit`'s XML: a suite a document, a failure a finding.

#![cfg(feature = "reports")]

use std::collections::HashMap;
use std::io::{self, Write};

use crate::report::escape::one_line;
use crate::report::escape::xml as text;
use crate::report::place::{message_with_places, place};
use crate::report::{Format, Item, Report, Style};
use crate::rule::Severity;

/// `JUnit` XML.
pub const FORMAT: Format =
    Format { name: "junit", findings: Some(findings), claims: None, figures: None, articles: false };

fn findings(report: &Report<'_>, _: Style, out: &mut dyn Write) -> io::Result<()> {
    let failures = report.items.iter().filter(|i| fails(i)).count();
    // A document without findings is a test that passed.
    let mut of: HashMap<&str, Vec<&Item>> = HashMap::new();
    for item in report.items {
        of.entry(item.spans.first().map_or("", |s| &s.document.path)).or_default().push(item);
    }
    let suites: Vec<(&str, Vec<&Item>)> =
        report.documents.iter().map(|path| (path.as_str(), of.remove(path.as_str()).unwrap_or_default())).collect();
    let tests: usize = suites.iter().map(|(_, items)| items.len().max(1)).sum();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites name=\"crossfoot\" tests=\"{tests}\" failures=\"{failures}\">")?;
    for (path, items) in suites {
        let path = text(path);
        let (tests, failures) = (items.len().max(1), items.iter().filter(|i| fails(i)).count());
        writeln!(out, "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\">")?;
        if items.is_empty() {
            writeln!(out, "    <testcase classname=\"{path}\" name=\"figures\"/>")?;
        }
        for item in items {
            let at = item.spans.first().map(place).unwrap_or_default();
            let message = text(&message_with_places(item));
            writeln!(out, "    <testcase classname=\"{path}\" name=\"{} at {}\">", text(&item.rule), text(&at))?;
            if fails(item) {
                let level = item.severity.name();
                writeln!(out, "      <failure type=\"{level}\" message=\"{message}\">{}</failure>", body(item))?;
            } else {
                writeln!(out, "      <system-out>{message}</system-out>")?;
            }
            writeln!(out, "    </testcase>")?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

/// What is for the editor to see is no failure.
fn fails(item: &Item) -> bool {
    item.severity > Severity::Info
}

fn body(item: &Item) -> String {
    let lines = item.spans.iter().map(|span| text(&format!("{}: {}", place(span), one_line(span.text()))));
    lines.chain(item.note.iter().map(|note| text(&one_line(note)))).collect::<Vec<_>>().join("\n")
}
