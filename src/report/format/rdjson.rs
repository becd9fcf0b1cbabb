//! Reviewdog's diagnostics, rdjson.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::report::place::Region;
use crate::report::{Format, Report, Span, Style};
use crate::rule::Severity;

use super::json::write;

/// Reviewdog's JSON.
pub const FORMAT: Format =
    Format { name: "rdjson", findings: Some(findings), claims: None, figures: None, articles: false };

fn findings(report: &Report<'_>, _: Style, out: &mut dyn Write) -> io::Result<()> {
    let diagnostics = report.items.iter().map(|item| {
        let related = item.spans.iter().skip(1).map(|span| {
            json!({"message": if span.label.is_empty() { span.text() } else { &span.label }, "location": location(span)})
        });
        json!({
            "message": item.message,
            "location": item.spans.first().map(location),
            "severity": match item.severity {
                Severity::Error => "ERROR",
                Severity::Warning => "WARNING",
                Severity::Info => "INFO",
            },
            "code": {"value": item.rule},
            "related_locations": related.collect::<Vec<_>>(),
        })
    });
    write(&json!({"source": {"name": "crossfoot"}, "diagnostics": diagnostics.collect::<Vec<_>>()}), out)
}

/// Reviewdog counts columns in bytes of UTF-8.
fn location(span: &Span) -> Value {
    let Region { line, end_line, .. } = Region::new(span);
    let column = |at: usize| span.document.byte_column(at);
    json!({
        "path": span.document.path,
        "range": {
            "start": {"line": line, "column": column(span.range.start)},
            "end": {"line": end_line, "column": column(span.range.end)},
        },
    })
}
