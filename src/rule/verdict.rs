//! What other documents say of a figure: that it holds, that it does not, that a later one has taken its place.

use crate::claim::Day;
use crate::group::{Accounts, Match};
use crate::quantity::{Bound, Kind};
use crate::rule::Sources;

/// Two figures of different days may each hold on its day.
pub fn dated_apart(one: Option<Day>, other: Option<Day>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one.is_apart(other))
}

/// Pairs of statements of two documents that are of one thing and cannot both hold.
pub fn contradictions(accounts: &Accounts<'_>, sources: &Sources<'_>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let last = if sources.draft { 1 } else { sources.articles.len() };
    // A draft is held against all its sources, but not every account against every other.
    let all: Vec<usize> = (1..sources.articles.len()).collect();
    for (at, statement) in accounts.statements.iter().enumerate().filter(|(_, s)| s.article < last) {
        for &article in if sources.draft { &all } else { accounts.later(statement.article) } {
            let Some((clash, score)) = contradicted(accounts, at, article) else { continue };
            if dated_apart(statement.day, accounts.statements[clash].day) {
                continue;
            }
            // The other document's figure must have no better place in this one.
            if !settled(accounts, clash, statement.article, score) {
                found.push((at, clash));
            }
        }
    }
    found
}

/// The figure of another document that is of the same thing and cannot hold beside this one, with the evidence for it;
/// none where some figure there bears this one out.
fn contradicted(accounts: &Accounts<'_>, at: usize, article: usize) -> Option<(usize, u32)> {
    let statement = &accounts.statements[at];
    let matches = accounts.matches(at, article);
    // "Several" and "dozens" are never the slip.
    let vague = |at: usize| accounts.statements[at].claim.quantity().bound == Bound::Vague;
    let best = matches.iter().find(|m| m.holds() && !statement.agrees(&accounts.statements[m.other]))?;
    if vague(at) || vague(best.other) {
        return None;
    }
    let score = best.link.score;
    let dates = statement.kind() == Kind::Date && !dates_one_thing(accounts, at, best.other);
    (!dates && !settled(accounts, at, article, score)).then_some((best.other, score))
}

/// Whether some figure of another article bears one out, as against one that is joined to it by so much evidence.
fn settled(accounts: &Accounts<'_>, at: usize, article: usize, score: u32) -> bool {
    let statement = &accounts.statements[at];
    let asked = &accounts.article(statement).cues.evidence.asked;
    let fits = |m: &Match| {
        let other = &accounts.statements[m.other];
        // That a bound allows the other says little: its words must fit better than those of the figure it leaves out.
        let bounded = statement.bounded() || other.bounded();
        statement.agrees(other) && if bounded { m.link.score > score } else { m.link.score + asked.settles >= score }
    };
    // The same number beside the same words, whatever the noun: "five Colombian citizens", "five Colombian suspects".
    let told = |&other: &usize| {
        let known = &accounts.statements[other];
        let exact = statement.agrees(known) && !statement.bounded() && !known.bounded();
        exact && (statement.same_number(known) || accounts.near(at, other) > 0)
    };
    accounts.matches(at, article).iter().any(fits)
        || accounts.rivals(at, article).iter().any(told)
        || statement.kind() == Kind::Count && accounts.made_of(at, article).is_some()
}

/// Whether two dates are what their sentences are about: one verb is dated, and no other figure; or the sentences have
/// the same words.
fn dates_one_thing(accounts: &Accounts<'_>, at: usize, other: usize) -> bool {
    let lone = |at: usize| {
        let statement = &accounts.statements[at];
        let article = accounts.article(statement);
        article.claims[article.sentence(statement.claim).claims.clone()].iter().all(|c| c.quantity().kind == Kind::Date)
    };
    let verb = accounts.statements[at].verb;
    let one_verb = verb.is_some() && verb == accounts.statements[other].verb;
    one_verb && (lone(at) || lone(other)) || accounts.copies(at, other)
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
    if !sources.draft {
        return Vec::new();
    }
    let dates = |article: usize| {
        let statements = accounts.of_article(article).iter();
        sources.articles[article].document.date.or_else(|| statements.filter_map(|s| s.day?.date()).max())
    };
    let own = sources.articles.first().and_then(|draft| draft.document.date);
    let mut dated: Vec<_> = (1..sources.articles.len())
        .filter_map(|article| Some((dates(article)?, article)))
        .filter(|(day, _)| own.is_none_or(|own| *day <= own))
        .collect();
    dated.sort_unstable();
    let drafts = accounts.statements.iter().enumerate().filter(|(_, s)| s.article == 0 && !s.past());
    drafts.filter_map(|(draft, _)| replaced(accounts, &dated, draft)).collect()
}

/// What has replaced one figure; `dated` are the sources in order of their days.
fn replaced(accounts: &Accounts<'_>, dated: &[(jiff::civil::Date, usize)], draft: usize) -> Option<Superseded> {
    let statement = &accounts.statements[draft];
    let asked = &accounts.article(statement).cues.evidence.asked;
    let current = |m: &Match| !accounts.statements[m.other].past();
    let taken = |article: usize| {
        let mut matches = accounts.matches(draft, article).into_iter().filter(current);
        matches
            .find(|m| m.link.score >= asked.taken_over && statement.agrees(&accounts.statements[m.other]))
            .map(|m| m.other)
    };
    let (known, old) = dated.iter().rev().find_map(|&(day, article)| Some((day, taken(article)?)))?;
    let later = dated.iter().rev().take_while(|(day, _)| *day > known);
    later
        .flat_map(|&(_, article)| accounts.matches(draft, article).into_iter().chain(accounts.matches(old, article)))
        .filter(current)
        .find(|m| {
            let new = &accounts.statements[m.other];
            // A draft that has the new figure too tells of both.
            let knows = || accounts.rivals(m.other, 0).iter().any(|&at| accounts.statements[at].agrees(new));
            m.link.score >= asked.replaced && !statement.agrees(new) && !new.bounded() && !knows()
        })
        .map(|m| Superseded { draft, old, new: m.other })
}
