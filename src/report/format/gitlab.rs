//! GitLab's code quality report: Code Climate's issues in an array.

use std::collections::HashMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use crate::report::escape::visible;
use crate::report::place::{Region, message_with_places};
use crate::report::{Format, Report, Span, Style};
use crate::rule::Severity;

use super::json::write;

/// GitLab code quality.
pub const FORMAT: Format =
    Format { name: "gitlab", findings: Some(findings), claims: None, figures: None, articles: false };

fn findings(report: &Report<'_>, _: Style, out: &mut dyn Write) -> io::Result<()> {
    // Fingerprints must differ within a report; the same words twice are told apart by their number.
    let mut seen: HashMap<String, usize> = HashMap::new();
    let issues = report.items.iter().map(|item| {
        let fingerprint = item.fingerprint();
        let times = seen.entry(fingerprint.clone()).or_default();
        *times += 1;
        let fingerprint = if *times > 1 { format!("{fingerprint}-{times}") } else { fingerprint };
        let mut places = item.spans.iter().map(location);
        json!({
            "type": "issue",
            "check_name": item.rule,
            "description": message_with_places(item),
            "categories": ["Bug Risk"],
            "severity": match item.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Info => "info",
            },
            "fingerprint": fingerprint,
            "location": places.next().unwrap_or_else(|| json!({"path": "-", "lines": {"begin": 1}})),
            "other_locations": places.collect::<Vec<_>>(),
        })
    });
    write(&issues.collect::<Vec<_>>(), out)
}

fn location(span: &Span) -> Value {
    let Region { line, end_line, .. } = Region::new(span);
    json!({"path": visible(&span.document.path), "lines": {"begin": line, "end": end_line}})
}
