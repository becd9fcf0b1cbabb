//! Text for people: findings with both figures shown in place, figures as a list, things as a table.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use comfy_table::{ContentArrangement, Table};

use crate::claim::Article;
use crate::quantity::Quantity;
use crate::report::escape::{one_line, visible};
use crate::report::{Format, Item, Span, Style, Summary, Thing};
use crate::rule::Severity;

/// Text.
pub const FORMAT: Format = Format { name: "text", findings, claims, figures };

/// How much of a long line is shown around its figures, in bytes on either side.
const CONTEXT: usize = 4096;

fn findings(items: &[Item], summary: &Summary, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(usize::from(style.width));
    for item in items {
        let level = match item.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Info => Level::INFO,
        };
        let message = one_line(&item.message);
        let mut group = Group::with_title(level.primary_title(&message).id(item.rule));
        // The spans of one document go into one snippet.
        let mut documents: Vec<Vec<&Span>> = Vec::new();
        for span in &item.spans {
            match documents.iter_mut().find(|d| d.first().is_some_and(|s| Arc::ptr_eq(&s.document, &span.document))) {
                Some(spans) => spans.push(span),
                None => documents.push(vec![span]),
            }
        }
        let labels: Vec<Vec<String>> =
            documents.iter().map(|d| d.iter().map(|s| one_line(&s.label)).collect()).collect();
        for (spans, labels) in documents.iter().zip(&labels) {
            let (offset, window) = window(spans);
            let line = spans.first().map_or(1, |s| s.document.line_column(offset).0);
            let path = spans.first().map_or("", |s| s.document.path.as_str());
            let mut snippet = Snippet::source(visible(window)).path(one_line(path)).line_start(line).fold(true);
            for (span, label) in spans.iter().zip(labels) {
                // Escapes are longer than what they stand for.
                let shown = |at: usize| visible(&window[..at - offset]).len();
                let range = shown(span.range.start)..shown(span.range.end);
                snippet = snippet.annotation(AnnotationKind::Primary.span(range).label(label.as_str()));
            }
            group = group.element(snippet);
        }
        let note = item.note.as_deref().map(visible);
        if let Some(note) = &note {
            group = group.element(Level::NOTE.message(note.as_str()));
        }
        writeln!(out, "{}\n", renderer.render(&[group]))?;
    }
    writeln!(out, "{}", closing(summary))
}

/// The lines of a document that its spans stand in, and where they start in the file; very long lines are cut.
fn window<'a>(spans: &[&'a Span]) -> (usize, &'a str) {
    let Some(first) = spans.first() else { return (0, "") };
    let source = first.document.source.as_str();
    let low = spans.iter().map(|s| s.range.start).min().unwrap_or(0);
    let high = spans.iter().map(|s| s.range.end).max().unwrap_or(0);
    let mut start = source[..low].rfind('\n').map_or(0, |i| i + 1).max(low.saturating_sub(CONTEXT));
    while !source.is_char_boundary(start) {
        start += 1;
    }
    let mut end = source[high..].find('\n').map_or(source.len(), |i| high + i).min(high + CONTEXT);
    while !source.is_char_boundary(end) {
        end -= 1;
    }
    (start, &source[start..end])
}

fn closing(summary: &Summary) -> String {
    let counted = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    let mut parts: Vec<String> = Vec::new();
    for (n, word) in [(summary.errors, "error"), (summary.warnings, "warning"), (summary.infos, "remark")] {
        if n > 0 {
            parts.push(counted(n, word));
        }
    }
    let found = if parts.is_empty() { "no conflicts".to_owned() } else { parts.join(", ") };
    format!("{found} ({} in {})", counted(summary.claims, "figure"), counted(summary.documents, "document"))
}

fn claims(articles: &[Article], _: Style, out: &mut dyn Write) -> io::Result<()> {
    for article in articles {
        for claim in &article.claims {
            let (line, column) = article.document.line_column(claim.span.start);
            let mut text =
                format!("{}:{line}:{column}: {}", one_line(&article.document.path), one_line(article.text(claim)));
            let _ = write!(text, " = {}", reading(claim.quantity()));
            if let Some(noun) = &claim.noun {
                let _ = write!(text, " of {noun}");
            }
            if let Some(source) = &claim.source {
                let _ = write!(text, " ({})", one_line(source));
            }
            writeln!(out, "{text}")?;
        }
    }
    Ok(())
}

/// What a figure says, as an interval in its unit.
fn reading(quantity: &Quantity) -> String {
    let stated = &quantity.stated;
    let unit = quantity.unit.as_ref().map_or(String::new(), |u| format!(" {}", u.code));
    let per = quantity.per.as_ref().map_or(String::new(), |p| format!("/{}", p.code));
    let range = match (stated.low, stated.high) {
        (Some(low), Some(high)) if low.value == high.value => low.value.to_string(),
        (Some(low), Some(high)) => format!("{} to {}", low.value, high.value),
        (Some(low), None) => format!("{}{}", if low.closed { "≥" } else { ">" }, low.value),
        (None, Some(high)) => format!("{}{}", if high.closed { "≤" } else { "<" }, high.value),
        (None, None) => "?".to_owned(),
    };
    format!("{range}{unit}{per}")
}

fn figures(things: &[Thing], style: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::UTF8_FULL_CONDENSED);
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(style.width);
    table.set_header(["What", "Figure", "Who says", "Where"]);
    let folder = common_folder(things);
    for thing in things {
        let name = if thing.agree { one_line(&thing.name) } else { format!("{} (differ)", one_line(&thing.name)) };
        for (i, r) in thing.readings.iter().enumerate() {
            let source = r.source.as_deref().map_or_else(|| "-".to_owned(), one_line);
            let what = if i == 0 { name.clone() } else { String::new() };
            table.add_row([
                what,
                one_line(&r.figure),
                source,
                format!("{}:{}:{}", one_line(&r.path[folder..]), r.line, r.column),
            ]);
        }
    }
    writeln!(out, "{table}")
}

/// How many bytes of the paths name a folder that all documents stand in: the table has no room to say it in every row.
fn common_folder(things: &[Thing]) -> usize {
    let mut paths = things.iter().flat_map(|t| &t.readings).map(|r| r.path.as_str());
    let Some(first) = paths.next() else { return 0 };
    let folder = |path: &str| path.rfind('/').map_or(0, |slash| slash + 1);
    let shared = paths.fold(&first[..folder(first)], |shared, path| {
        let same = shared.bytes().zip(path.bytes()).take_while(|(a, b)| a == b).count();
        let slash = shared.as_bytes()[..same].iter().rposition(|b| *b == b'/');
        &shared[..slash.map_or(0, |slash| slash + 1)]
    });
    shared.len()
}
