//! The page for a browser: conflicts, the articles with every figure marked, the table of figures.
//!
//! All text from drafts passes the template's escaping, and characters that would turn the reading direction are shown;
//! the policy in the page's head lets run nothing but the script it comes with.

mod article;

use std::collections::BTreeMap;
use std::io;

use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::escape::{one_line, visible};
use super::{Item, Report, Summary, Thing, place};
use article::{Articles, Context, DocumentView};

const STYLE: &str = include_str!("../../../templates/report.css");
const SCRIPT: &str = include_str!("../../../templates/report.js");

/// The page.
#[derive(Template)]
#[template(path = "report.html")]
pub struct Page {
    style: &'static str,
    script: &'static str,
    policy: String,
    summary: Summary,
    conflicts: Vec<Conflict>,
    /// The rules that found something, each with the number of its conflicts.
    rules: BTreeMap<String, usize>,
    documents: Vec<DocumentView>,
    /// Whether conflicts lie between documents, so that they are shown side by side.
    columns: bool,
    things: Vec<Thing>,
}

/// A conflict on the page.
struct Conflict {
    number: usize,
    severity: &'static str,
    rule: String,
    message: String,
    note: Option<String>,
    places: Vec<Place>,
}

/// One of a conflict's figures.
struct Place {
    at: String,
    label: String,
    context: Context,
    /// The figure's mark in the article, where there is one.
    anchor: Option<String>,
}

impl Page {
    /// The page of a report.
    pub fn new(report: &Report<'_>) -> Self {
        let articles = Articles::new(report.articles, report.items);
        let mut rules = BTreeMap::new();
        for item in report.items {
            *rules.entry(item.rule.to_string()).or_default() += 1;
        }
        let columns = report.items.iter().any(|item| item.spans.iter().any(|s| s.document.path != first_path(item)));
        let things = Thing::all(report.articles).into_iter().map(shown).collect();
        Self {
            style: STYLE,
            script: SCRIPT,
            policy: policy(),
            summary: *report.summary,
            conflicts: report.items.iter().enumerate().map(|(at, item)| conflict(at, item, &articles)).collect(),
            rules,
            documents: articles.documents(),
            columns,
            things,
        }
    }

    /// Its text.
    pub fn html(&self) -> io::Result<String> {
        self.render().map_err(io::Error::other)
    }
}

fn first_path(item: &Item) -> &str {
    item.spans.first().map_or("", |span| &span.document.path)
}

/// What the page may do: its own style and script by their sums, and nothing else.
fn policy() -> String {
    let sum = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; \
         form-action 'none'",
        sum(STYLE),
        sum(SCRIPT)
    )
}

fn conflict(at: usize, item: &Item, articles: &Articles<'_>) -> Conflict {
    let places = item.spans.iter().enumerate().map(|(which, span)| {
        let (context, marked) = articles.context(span);
        Place {
            at: place::place(span),
            label: one_line(&span.label),
            context,
            anchor: marked.then(|| article::anchor(at, which)),
        }
    });
    Conflict {
        number: at + 1,
        severity: item.severity.name(),
        rule: item.rule.to_string(),
        message: one_line(&item.message),
        note: item.note.as_deref().map(visible),
        places: places.collect(),
    }
}

/// A thing as the page shows it.
fn shown(mut thing: Thing) -> Thing {
    thing.name = one_line(&thing.name);
    for reading in &mut thing.readings {
        reading.figure = one_line(&reading.figure);
        reading.path = one_line(&reading.path);
        reading.source = reading.source.as_deref().map(one_line);
    }
    thing
}
