//! What is found, as diagnostics: one at each place of a finding, each with the others.

use lsp_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString, Position, Range,
};

use super::SOURCE;
use super::draft::{Checked, Draft};
use crate::report::escape::{one_line, visible};
use crate::report::{Item, Span};
use crate::rule::Severity;

/// The diagnostics of a draft that was checked.
pub(super) fn diagnostics(draft: &Draft, checked: &Checked) -> Vec<Diagnostic> {
    if let Some(error) = &checked.error {
        let start = Position::new(0, 0);
        return vec![Diagnostic {
            range: Range::new(start, start),
            severity: Some(DiagnosticSeverity::WARNING),
            source: Some(SOURCE.to_owned()),
            message: format!("this draft is not read: {error}"),
            ..Diagnostic::default()
        }];
    }
    let of_item = |item: &Item| (0..item.spans.len()).map(|which| diagnostic(draft, item, which)).collect::<Vec<_>>();
    checked.items.iter().flat_map(of_item).collect()
}

/// The diagnostic at one of a finding's places.
pub(super) fn diagnostic(draft: &Draft, item: &Item, which: usize) -> Diagnostic {
    let others = item.spans.iter().enumerate().filter(|&(other, _)| other != which);
    let related = others.map(|(_, span)| DiagnosticRelatedInformation {
        location: Location::new(draft.uri.clone(), draft.range(&span.range)),
        message: told(span),
    });
    let mut message = one_line(&item.message);
    if let Some(note) = &item.note {
        message.push('\n');
        message.push_str(&visible(note));
    }
    Diagnostic {
        range: draft.range(&item.spans[which].range),
        severity: Some(match item.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Info => DiagnosticSeverity::INFORMATION,
        }),
        code: Some(NumberOrString::String(item.rule.to_string())),
        source: Some(SOURCE.to_owned()),
        message,
        related_information: Some(related.collect()),
        ..Diagnostic::default()
    }
}

/// A figure with what is said of it.
fn told(span: &Span) -> String {
    one_line(&if span.label.is_empty() { span.text().to_owned() } else { format!("{}: {}", span.text(), span.label) })
}
