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

use super::escape::one_line;
use super::{Item, Report, Summary, Thing, place};
use crate::review::decisions::{Decision, Verdict};
use article::{Articles, Context, DocumentView};

const STYLE: &str = include_str!("../../../templates/report.css");
const SCRIPT: &str = include_str!("../../../templates/report.js");
/// What the page does besides where decisions are taken.
const DESK_SCRIPT: &str = include_str!("../../../templates/desk.js");

/// What may be decided, with what the page sends for it and what the button says.
const VERDICTS: [(Verdict, &str, &str); 3] = [
    (Verdict::ToFix, "to-fix", "To fix"),
    (Verdict::Stands, "stands", "Stands"),
    (Verdict::BothStand, "both-stand", "Both stand"),
];

/// The page.
#[derive(Template)]
#[template(path = "report.html")]
pub struct Page {
    style: &'static str,
    script: String,
    policy: String,
    summary: Summary,
    conflicts: Vec<Conflict>,
    /// How many of them may stand.
    settled: usize,
    /// The rules that found something, each with the number of its conflicts.
    rules: BTreeMap<String, usize>,
    documents: Vec<DocumentView>,
    /// Whether conflicts lie between documents, so that they are shown side by side.
    columns: bool,
    things: Vec<Thing>,
    desk: Option<Desk>,
}

/// What the page shows where decisions are taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desk {
    /// A number that stands for what is shown: another one is another page.
    pub state: u64,
    /// The messages of conflicts that were found before and are no more.
    pub fixed: Vec<String>,
    /// Files that could not be read, and why.
    pub problems: Vec<String>,
}

/// What was decided on a conflict.
struct Decided {
    verdict: &'static str,
    reason: String,
    /// Whether nothing is to be done about it.
    settled: bool,
}

/// A conflict on the page.
struct Conflict {
    number: usize,
    severity: &'static str,
    rule: String,
    message: String,
    note: Option<String>,
    places: Vec<Place>,
    /// What the conflict is known by, and the path of its first figure on one line.
    key: String,
    path: String,
    decision: Option<Decided>,
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
        Self::made(report, None, &|_| None)
    }

    /// The page of a report on which decisions are taken, given those that were.
    pub fn for_desk<'a>(report: &Report<'_>, desk: Desk, decided: &dyn Fn(&Item) -> Option<&'a Decision>) -> Self {
        Self::made(report, Some(desk), decided)
    }

    fn made<'a>(report: &Report<'_>, desk: Option<Desk>, decided: &dyn Fn(&Item) -> Option<&'a Decision>) -> Self {
        let articles = Articles::new(report.articles, report.items);
        let mut rules = BTreeMap::new();
        for item in report.items {
            *rules.entry(item.rule.to_string()).or_default() += 1;
        }
        let columns = report.items.iter().any(|item| item.spans.iter().any(|s| s.document.path != first_path(item)));
        let script = if desk.is_some() { format!("{SCRIPT}{DESK_SCRIPT}") } else { SCRIPT.to_owned() };
        let conflicts = report.items.iter().enumerate().map(|(at, item)| {
            let decision = decided(item).map(|decision| Decided {
                verdict: VERDICTS
                    .iter()
                    .find(|(verdict, ..)| *verdict == decision.verdict)
                    .map_or("", |(.., name)| name),
                reason: one_line(&decision.reason),
                settled: decision.verdict != Verdict::ToFix,
            });
            Conflict { decision, ..conflict(at, item, &articles) }
        });
        let conflicts: Vec<Conflict> = conflicts.collect();
        let settled = conflicts.iter().filter(|c| c.decision.as_ref().is_some_and(|d| d.settled)).count();
        let things = Thing::all(report.articles).into_iter().map(shown).collect();
        Self {
            style: STYLE,
            policy: policy(&script, desk.is_some()),
            script,
            summary: *report.summary,
            conflicts,
            settled,
            rules,
            documents: articles.documents(),
            columns,
            things,
            desk,
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

/// What the page may do: its own style and script by their sums, and nothing else; where decisions are taken, ask the server
/// it came from.
fn policy(script: &str, asks: bool) -> String {
    let sum = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; \
         form-action 'none'{}",
        sum(STYLE),
        sum(script),
        if asks { "; connect-src 'self'" } else { "" }
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
        note: item.note.as_deref().map(one_line),
        places: places.collect(),
        key: item.key.clone(),
        path: one_line(first_path(item)),
        decision: None,
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
