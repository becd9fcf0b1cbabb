//! What other documents say of a figure: that it holds, that it does not, that a later one has taken its place.

use crate::group::{Accounts, Match};
use crate::quantity::Kind;
use crate::rule::Sources;

/// How much less evidence than the best match has a figure may have that agrees and settles the matter, in tenths.
const SETTLES: u32 = 6;

/// Two documents of different days may each have the figure of its day.
pub fn dated_apart(sources: &Sources<'_>, a: usize, b: usize) -> bool {
    let date = |at: usize| sources.articles[at].document.date;
    date(a).zip(date(b)).is_some_and(|(x, y)| x != y)
}

/// Pairs of statements of two documents that are of one thing and cannot both hold.
pub fn contradictions(accounts: &Accounts<'_>, sources: &Sources<'_>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let last = if sources.draft { 1 } else { sources.articles.len() };
    for (at, statement) in accounts.statements.iter().enumerate().filter(|(_, s)| s.article < last) {
        for article in statement.article + 1..sources.articles.len() {
            if dated_apart(sources, statement.article, article) {
                continue;
            }
            let Some(clash) = contradicted(accounts, at, article) else { continue };
            // The other document's figure must have no better place in this one.
            if contradicted(accounts, clash, statement.article) == Some(at) {
                found.push((at, clash));
            }
        }
    }
    found
}

/// The figure of another document that is of the same thing and cannot hold beside this one; none where some figure
/// there bears this one out.
fn contradicted(accounts: &Accounts<'_>, at: usize, article: usize) -> Option<usize> {
    let statement = &accounts.statements[at];
    let matches = accounts.matches(at, article);
    let best = matches.iter().find(|m| m.holds() && !statement.agrees(&accounts.statements[m.other]))?;
    let settled = matches.iter().any(|m| {
        let other = &accounts.statements[m.other];
        // That a bound allows the other says little where another figure fits the words better.
        let slack = if statement.bounded() || other.bounded() { 2 } else { SETTLES };
        statement.agrees(other) && m.link.score + slack >= best.link.score
    });
    let named = statement.kind() == Kind::Date && !lone(accounts, at, best);
    (!settled && !named).then_some(best.other)
}

/// Whether a date is what its sentence is about, and does not date another figure.
fn lone(accounts: &Accounts<'_>, at: usize, other: &Match) -> bool {
    let only = |at: usize| {
        let statement = &accounts.statements[at];
        let article = accounts.article(statement);
        article.claims[article.sentence(statement.claim).claims.clone()].iter().all(|c| c.quantity().kind == Kind::Date)
    };
    only(at) || only(other.other)
}

/// A figure of a draft that a later source has replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Superseded {
    /// The draft's figure.
    pub draft: usize,
    /// The earlier source's figure, the same as the draft's.
    pub old: usize,
    /// The later source's.
    pub new: usize,
}

/// The figures of a draft that a source dated later than the one they come from has replaced.
pub fn superseded(accounts: &Accounts<'_>, sources: &Sources<'_>) -> Vec<Superseded> {
    let mut found = Vec::new();
    if !sources.draft {
        return found;
    }
    let date = |article: usize| sources.articles[article].document.date;
    for (draft, statement) in accounts.statements.iter().enumerate().filter(|(_, s)| s.article == 0) {
        let mut newest: Option<(jiff::civil::Date, Superseded)> = None;
        let mut latest_agreeing = None;
        for article in 1..sources.articles.len() {
            let Some(day) = date(article) else { continue };
            if date(0).is_some_and(|own| day > own) || statement.past() {
                continue;
            }
            let fits = |m: &Match| !accounts.statements[m.other].past() && m.link.score >= TELLS;
            let matches: Vec<Match> = accounts.matches(draft, article).into_iter().filter(fits).collect();
            if let Some(same) = matches.iter().find(|m| statement.agrees(&accounts.statements[m.other])) {
                latest_agreeing = latest_agreeing.max(Some((day, same.other)));
            }
        }
        let Some((known, old)) = latest_agreeing else { continue };
        for article in 1..sources.articles.len() {
            let Some(day) = date(article).filter(|day| *day > known && date(0).is_none_or(|own| *day <= own)) else {
                continue;
            };
            for m in accounts.matches(draft, article).into_iter().chain(accounts.matches(old, article)) {
                let new = &accounts.statements[m.other];
                if m.link.score >= REPLACES && !new.past() && !statement.agrees(new) && !new.bounded() {
                    let better = newest.is_none_or(|(other, _)| day > other);
                    if better {
                        newest = Some((day, Superseded { draft, old, new: m.other }));
                    }
                }
            }
        }
        found.extend(newest.map(|(_, s)| s));
    }
    found
}

/// Evidence that a source's figure is the one a draft took over, in tenths.
const TELLS: u32 = 10;
/// Evidence that a later source's figure is of the same thing, in tenths.
const REPLACES: u32 = 20;
