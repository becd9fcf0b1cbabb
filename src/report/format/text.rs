//! Text for people: findings with both figures shown in place, figures as a list, things as a table.

#![cfg(feature = "reports")]

use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use comfy_table::{ContentArrangement, Table};

use crate::claim::Article;
use crate::document::Document;
use crate::report::escape::{one_line, visible};
use crate::report::{Backing, Format, Report, Span, Style, Summary, Thing, reading};
use crate::rule::Severity;
use crate::rule::ledger::Standing;

/// Text.
pub const FORMAT: Format =
    Format { name: "text", findings: Some(findings), claims: Some(claims), figures: Some(figures), articles: false };

/// How much of a long line is shown around its figures, in bytes on either side.
const CONTEXT: usize = 4096;

/// How many bytes may lie between two figures that are shown in one excerpt.
const FAR: usize = 1 << 16;

fn findings(report: &Report<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(usize::from(style.width));
    for item in report.items {
        let level = match item.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Info => Level::INFO,
        };
        let message = one_line(&item.message);
        let mut group = Group::with_title(level.primary_title(&message).id(item.rule.as_str()));
        for excerpt in &excerpts(&item.spans) {
            let document = excerpt.document;
            let text = &document.source[excerpt.start..excerpt.end];
            let (line, column) = document.line_column(excerpt.start);
            let mut snippet = Snippet::source(visible(text)).line_start(line).fold(true);
            for (range, label) in &excerpt.marks {
                // Escapes are longer than what they stand for.
                let shown = |at: usize| visible(&text[..at - excerpt.start]).len();
                let range = shown(range.start)..shown(range.end);
                snippet = snippet.annotation(AnnotationKind::Primary.span(range).label(label.clone()));
            }
            let path = one_line(&document.path);
            if column == 1 {
                group = group.element(snippet.path(path));
            } else {
                // The line is cut in front: the snippet alone would count the column from the cut.
                let first = excerpt.marks.first().map_or(excerpt.start, |(range, _)| range.start);
                let (line, column) = document.line_column(first);
                group = group.element(Origin::path(path).line(line).char_column(column)).element(snippet);
            }
        }
        let note = item.note.as_deref().map(visible);
        if let Some(note) = &note {
            group = group.element(Level::NOTE.message(note.as_str()));
        }
        writeln!(out, "{}\n", renderer.render(&[group]))?;
    }
    if report.explain && !report.against.is_empty() {
        writeln!(out, "{}\n", ledger(report.against, style))?;
    }
    if let Some(told) = backed(report.against) {
        writeln!(out, "{told}")?;
    }
    writeln!(out, "{}", closing(report.summary))
}

/// Every figure of the draft, and what bears it out.
fn ledger(against: &[Backing], style: Style) -> Table {
    let mut table = table(style);
    table.set_header(["Figure", "Against the sources", "Where"]);
    let place = |span: &Span| {
        let (line, column) = span.document.line_column(span.range.start);
        format!("{}:{line}:{column}", one_line(&span.document.path))
    };
    for backing in against {
        let said = || backing.from.first().map_or_else(String::new, |span| one_line(span.text()));
        let told = match backing.standing {
            Standing::Stated => "as it stands".to_owned(),
            Standing::WorkedOut => one_line(backing.sum.as_deref().unwrap_or_default()),
            Standing::Contradicted => format!("they say {}", said()),
            Standing::Superseded => format!("a later one says {}", said()),
            Standing::Unmentioned => "nothing of it".to_owned(),
        };
        let (line, column) = backing.figure.document.line_column(backing.figure.range.start);
        let figure = format!("{line}:{column} {}", one_line(backing.figure.text()));
        table.add_row([figure, told, backing.from.iter().map(place).collect::<Vec<_>>().join("\n")]);
    }
    table
}

/// How many of the draft's figures the sources bear out; nothing where there are no sources.
fn backed(against: &[Backing]) -> Option<String> {
    let count = |standings: &[Standing]| against.iter().filter(|b| standings.contains(&b.standing)).count();
    let rows = [
        (count(&[Standing::Stated]), "in the sources"),
        (count(&[Standing::WorkedOut]), "worked out from them"),
        (count(&[Standing::Contradicted, Standing::Superseded]), "contradicted"),
        (count(&[Standing::Unmentioned]), "in none"),
    ];
    let told: Vec<String> = rows.into_iter().filter(|(n, _)| *n > 0).map(|(n, words)| format!("{n} {words}")).collect();
    (!told.is_empty()).then(|| format!("figures of the draft: {}", told.join(", ")))
}

/// A stretch of a document with the figures to mark in it.
struct Excerpt<'a> {
    document: &'a Document,
    /// The excerpt's bytes in the file.
    start: usize,
    end: usize,
    /// Each figure's bytes in the file, and its label.
    marks: Vec<(Range<usize>, String)>,
}

/// The lines that a finding's figures stand in: one excerpt a document, or more where they stand far apart. Very long
/// lines are cut, so that the work for a finding does not grow with its document.
fn excerpts(spans: &[Span]) -> Vec<Excerpt<'_>> {
    let mut excerpts: Vec<Excerpt<'_>> = Vec::new();
    for span in spans {
        let mark = (span.range.clone(), one_line(&span.label));
        let range = around(&span.document.source, &span.range);
        let near = excerpts.last_mut().filter(|e| {
            std::ptr::eq(e.document, Arc::as_ref(&span.document))
                && range.start <= e.end.saturating_add(FAR)
                && e.start <= range.end.saturating_add(FAR)
        });
        if let Some(excerpt) = near {
            excerpt.start = excerpt.start.min(range.start);
            excerpt.end = excerpt.end.max(range.end);
            excerpt.marks.push(mark);
        } else {
            let (start, end) = (range.start, range.end);
            excerpts.push(Excerpt { document: &span.document, start, end, marks: vec![mark] });
        }
    }
    excerpts
}

/// The lines that some bytes of a text stand in, cut to [`CONTEXT`] on either side.
fn around(source: &str, span: &Range<usize>) -> Range<usize> {
    let mut start = span.start.saturating_sub(CONTEXT);
    while !source.is_char_boundary(start) {
        start += 1;
    }
    let mut end = (span.end + CONTEXT).min(source.len());
    while !source.is_char_boundary(end) {
        end -= 1;
    }
    let start = source[start..span.start].rfind('\n').map_or(start, |i| start + i + 1);
    start..source[span.end..end].find('\n').map_or(end, |i| span.end + i)
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

fn claims(articles: &mut dyn Iterator<Item = Article>, _: Style, out: &mut dyn Write) -> io::Result<()> {
    for article in articles {
        for claim in article.claims.iter() {
            let (line, column) = article.document.line_column(claim.span.start);
            let mut text = format!("{}:{line}:{column}: {}", article.document.path, article.text(claim));
            let _ = write!(text, " = {}", reading(claim.quantity()));
            if let Some(noun) = &claim.noun {
                let _ = write!(text, " of {noun}");
            }
            if let Some(source) = &claim.source {
                let _ = write!(text, " ({source})");
            }
            writeln!(out, "{}", one_line(&text))?;
        }
    }
    Ok(())
}

/// A table that fits the terminal.
fn table(style: Style) -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::UTF8_FULL_CONDENSED);
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(style.width);
    table
}

fn figures(things: &[Thing], style: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut table = table(style);
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
