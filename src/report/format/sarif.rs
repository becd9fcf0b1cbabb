//! SARIF 2.1.0, for code-scanning pages.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};

use serde_json::{Value, json};

use crate::document::Unit;
use crate::report::place::{Region, uri};
use crate::report::{About, Format, Item, Report, Span, Style};
use crate::rule::Severity;

use super::json::write;

/// SARIF.
pub const FORMAT: Format =
    Format { name: "sarif", findings: Some(findings), claims: None, figures: None, articles: false };

/// The schema that the log keeps to.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

fn findings(report: &Report<'_>, _: Style, out: &mut dyn Write) -> io::Result<()> {
    let named: BTreeSet<&str> = report.items.iter().map(|i| i.rule.as_str()).collect();
    let rules: Vec<&About> = report.rules.iter().filter(|r| named.contains(r.name.as_str())).collect();
    let results: Vec<Value> = report.items.iter().map(|item| result(item, &rules)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "crossfoot",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| json!({
                    "id": rule.name,
                    "shortDescription": {"text": rule.summary},
                    "fullDescription": {"text": rule.meaning.trim()},
                    "defaultConfiguration": {"level": level(rule.severity)},
                })).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    write(&log, out)
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn result(item: &Item, rules: &[&About]) -> Value {
    // The message links to the other figures, each by the number of its related location.
    let mut message = bare(&item.message);
    for (i, span) in item.spans.iter().enumerate().skip(1) {
        message.push_str(if i == 1 { "; see " } else { ", " });
        let figure = span.text().split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = write!(message, "[{}]({i})", bare(&figure));
    }
    let mut result = json!({
        "ruleId": item.rule,
        "level": level(item.severity),
        "message": {"text": message},
        "locations": item.spans.first().map(|span| location(span, None)).into_iter().collect::<Vec<_>>(),
        "relatedLocations":
            item.spans.iter().enumerate().skip(1).map(|(i, span)| location(span, Some(i))).collect::<Vec<_>>(),
        "partialFingerprints": {"crossfoot/v1": item.fingerprint()},
    });
    if let Some(index) = rules.iter().position(|r| r.name == item.rule.as_str()) {
        result["ruleIndex"] = index.into();
    }
    result
}

/// Plain text inside a message, where brackets would make a link.
fn bare(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

fn location(span: &Span, id: Option<usize>) -> Value {
    let region = Region::new(span);
    let mut place = json!({
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
        "snippet": {"text": span.text()},
    });
    let mut location = json!({});
    match span.document.unit() {
        Unit::Byte => {
            let range = span.document.on_disk(span.range.clone());
            place["byteOffset"] = range.start.into();
            place["byteLength"] = range.len().into();
        }
        // The file has no lines: a line is a paragraph, and says so.
        Unit::Paragraph => {
            location["logicalLocations"] = json!([{"name": format!("paragraph {}", region.line), "kind": "element"}]);
        }
    }
    location["physicalLocation"] = json!({"artifactLocation": {"uri": uri(&span.document.path)}, "region": place});
    if let Some(id) = id {
        location["id"] = id.into();
        let label = if span.label.is_empty() { span.text() } else { &span.label };
        location["message"] = json!({"text": bare(label)});
    }
    location
}
