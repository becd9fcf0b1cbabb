//! Comma-separated values, a row a figure, for spreadsheets.

#![cfg(feature = "reports")]

use std::io::{self, Write};

use ::csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::claim::{Article, Claim};
use crate::report::escape::one_line;
use crate::report::{Format, Report, Style, Thing};

/// CSV.
pub const FORMAT: Format =
    Format { name: "csv", findings: Some(findings), claims: Some(claims), figures: Some(figures), articles: false };

fn findings(report: &Report<'_>, _: Style, out: &mut dyn Write) -> io::Result<()> {
    let rows = report.items.iter().enumerate().flat_map(|(number, item)| {
        item.spans.iter().map(move |span| {
            let (line, column) = span.document.line_column(span.range.start);
            vec![
                (number + 1).to_string(),
                item.rule.to_string(),
                item.severity.name().to_owned(),
                item.message.clone(),
                span.text().to_owned(),
                span.document.path.clone(),
                line.to_string(),
                column.to_string(),
            ]
        })
    });
    rows_of(&["finding", "rule", "severity", "message", "figure", "path", "line", "column"], rows, out)
}

fn claims(articles: &mut dyn Iterator<Item = Article>, _: Style, out: &mut dyn Write) -> io::Result<()> {
    let rows = articles.flat_map(|article| {
        let row = |claim: &Claim| {
            let (line, column) = article.document.line_column(claim.span.start);
            let quantity = claim.quantity();
            vec![
                article.text(claim).to_owned(),
                quantity.numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
                quantity.unit.as_ref().map_or_else(String::new, |u| u.code.to_string()),
                claim.noun.as_deref().unwrap_or_default().to_owned(),
                claim.source.clone().unwrap_or_default(),
                article.document.path.clone(),
                line.to_string(),
                column.to_string(),
            ]
        };
        article.claims.iter().map(row).collect::<Vec<_>>()
    });
    rows_of(&["figure", "numbers", "unit", "noun", "source", "path", "line", "column"], rows, out)
}

fn figures(things: &[Thing], _: Style, out: &mut dyn Write) -> io::Result<()> {
    let rows = things.iter().flat_map(|thing| {
        thing.readings.iter().map(move |r| {
            vec![
                thing.name.clone(),
                if thing.agree { "yes" } else { "no" }.to_owned(),
                r.figure.clone(),
                r.source.clone().unwrap_or_default(),
                r.path.clone(),
                r.line.to_string(),
                r.column.to_string(),
            ]
        })
    });
    rows_of(&["thing", "agree", "figure", "source", "path", "line", "column"], rows, out)
}

fn rows_of(head: &[&str], rows: impl Iterator<Item = Vec<String>>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer =
        WriterBuilder::new().terminator(Terminator::CRLF).quote_style(QuoteStyle::Necessary).from_writer(out);
    writer.write_record(head).map_err(io::Error::from)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell))).map_err(io::Error::from)?;
    }
    writer.flush()
}

/// A cell on one line that no spreadsheet takes for a formula: what starts as one stands behind an apostrophe.
fn harmless(cell: &str) -> String {
    let cell = one_line(cell);
    let formula = cell.starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    if formula { format!("'{cell}") } else { cell }
}
