//! A figure in the draft is in no source, though the sources speak of the matter.

use std::collections::HashSet;

use crate::group::{Accounts, Statement};
use crate::quantity::{Kind, Number};
use crate::rule::{Conflict, Mark, Sources, borne, verdict};

/// The tolerances that the rule asks for.
pub const TOLERANCES: &[&str] = &["least_count"];

/// Looks for each figure of the draft in the sources, and where none bears it out for what they say of its matter.
pub fn check(sources: &Sources<'_>) -> Vec<Conflict> {
    let Some(draft) = sources.articles.first().filter(|_| sources.draft) else { return Vec::new() };
    let accounts = Accounts::new(sources.articles);
    let mut told: HashSet<usize> = verdict::contradictions(&accounts, sources).iter().map(|&(at, _)| at).collect();
    told.extend(verdict::superseded(&accounts, sources).iter().map(|found| found.draft));
    let least = sources.tolerances.get("least_count");
    let mut found: Vec<Conflict> = Vec::new();
    // A figure of the headline is told again in the text: the text's is the one to look at.
    let mut order: Vec<usize> =
        (0..accounts.statements.len()).filter(|&at| accounts.statements[at].article == 0).collect();
    order.sort_by_key(|&at| accounts.statements[at].summary);
    let mut seen: Vec<usize> = Vec::new();
    for at in order {
        let statement = &accounts.statements[at];
        let again = seen.iter().any(|&known| accounts.statements[known].agrees(statement));
        if again || told.contains(&at) || !asks_for_support(statement, least) || converted(&accounts, at) {
            continue;
        }
        if borne::support(&accounts, at, sources.articles).is_some() {
            continue;
        }
        let Some(matter) = borne::matter(&accounts, at, sources.articles) else { continue };
        seen.push(at);
        let source = &sources.articles[matter.article];
        let sentence = &source.sentences[matter.sentence];
        let block = &source.document.blocks[sentence.block];
        let words = block.text.get(sentence.span.clone()).unwrap_or_default();
        let figure = draft.phrase(statement.claim);
        found.push(Conflict {
            marks: vec![
                Mark::new(statement.claim, format!("says {figure}")),
                Mark {
                    document: matter.article,
                    span: block.file_span(sentence.tokens[matter.token].span()),
                    label: "speaks of it without that figure".to_owned(),
                    fix: None,
                },
            ],
            message: format!("no source has {figure}; the nearest says: \"{}\"", shortened(words)),
            note: None,
        });
    }
    found
}

/// Whether a figure is of a kind that a draft takes from its sources, and no count of a few or part of another.
fn asks_for_support(statement: &Statement<'_>, least: Number) -> bool {
    borne::is_of_sources(statement) && !borne::is_few(statement, least) && !statement.part()
}

/// Whether another amount of money or measure beside it says the same in another unit: "£6 million ($7.7 million)".
fn converted(accounts: &Accounts<'_>, at: usize) -> bool {
    /// How far apart the two may stand, in tokens.
    const BESIDE: usize = 3;
    let statement = &accounts.statements[at];
    let tokens = &statement.claim.figure.tokens;
    statement.kind() == Kind::Money
        && accounts.of_article(0).iter().any(|other| {
            let beside = &other.claim.figure.tokens;
            let gap = beside.start.saturating_sub(tokens.end).max(tokens.start.saturating_sub(beside.end));
            other.claim.sentence == statement.claim.sentence
                && other.kind() == Kind::Money
                && other.key != statement.key
                && gap <= BESIDE
        })
}

/// A sentence cut to what fits a line.
fn shortened(sentence: &str) -> String {
    /// The longest sentence quoted whole, in characters.
    const LONGEST: usize = 120;
    let words = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default().trim_end()),
        None => words,
    }
}
