//! Figures as they are read: on hovering over one, and as the symbols of a draft.

use lsp_types::{DocumentSymbol, Hover, HoverContents, MarkupContent, MarkupKind, Position, SymbolKind};

use super::draft::{Checked, Draft};
use crate::claim::{Article, Claim};
use crate::report::escape::one_line;
use crate::report::{Thing, reading};

/// What the figure at a place is read as; none where no figure stands.
pub(super) fn hover(draft: &Draft, checked: &Checked, position: Position) -> Option<Hover> {
    let at = draft.byte(position);
    let figures = checked.articles.iter().flat_map(|article| article.claims.iter().map(move |claim| (article, claim)));
    let here = figures.filter(|(_, claim)| claim.span.start <= at && at <= claim.span.end);
    // Of two that meet, the one that begins here.
    let (article, claim) = here.max_by_key(|(_, claim)| claim.span.start)?;
    Some(Hover {
        // Plain text: nothing of a draft is markup to the editor.
        contents: HoverContents::Markup(MarkupContent { kind: MarkupKind::PlainText, value: told(article, claim) }),
        range: Some(draft.range(&claim.span)),
    })
}

fn told(article: &Article, claim: &Claim) -> String {
    let quantity = claim.quantity();
    let mut lines = vec![format!("{}: {}", one_line(article.words(claim)), reading(quantity))];
    let mut add = |what: &str, text: &str| lines.push(format!("{what}: {}", one_line(text)));
    let name = |value: Result<serde_json::Value, serde_json::Error>| match value {
        Ok(serde_json::Value::String(name)) => name.replace('_', " "),
        _ => String::new(),
    };
    add("kind", &name(serde_json::to_value(quantity.kind)));
    add("bound", &name(serde_json::to_value(quantity.bound)));
    if let Some(unit) = quantity.unit.as_ref().filter(|unit| !unit.name.is_empty()) {
        add("unit", &unit.name);
    }
    match (&claim.subject, &claim.noun) {
        (Some(subject), Some(noun)) => add("counts", &format!("{noun} ({subject})")),
        (None, Some(noun)) => add("counts", noun),
        _ => {}
    }
    add("says", claim.source.as_deref().unwrap_or("the article"));
    let place = article.document.line_column(claim.span.start);
    let things = Thing::all(std::slice::from_ref(article));
    let here = |thing: &&Thing| thing.readings.iter().any(|r| (r.line, r.column) == place);
    if let Some(thing) = things.iter().find(here).filter(|thing| thing.readings.len() > 1) {
        let others = thing.readings.iter().filter(|r| (r.line, r.column) != place);
        let others: Vec<String> = others.map(|r| format!("{} (line {})", one_line(&r.figure), r.line)).collect();
        let agree = if thing.agree { "these agree" } else { "these cannot all be true" };
        add(&format!("also of \"{}\"", thing.name), &format!("{}; {agree}", others.join(", ")));
    }
    lines.join("\n")
}

/// All figures of a draft.
#[allow(deprecated)] // The type has a field that must be filled and may not be used.
pub(super) fn symbols(draft: &Draft, checked: &Checked) -> Vec<DocumentSymbol> {
    let symbol = |article: &Article, claim: &Claim| {
        let range = draft.range(&claim.span);
        DocumentSymbol {
            name: one_line(article.words(claim)),
            detail: claim.noun.as_ref().map(ToString::to_string),
            kind: SymbolKind::NUMBER,
            tags: None,
            deprecated: None,
            range,
            selection_range: range,
            children: None,
        }
    };
    let of_article = |article: &Article| article.claims.iter().map(|c| symbol(article, c)).collect::<Vec<_>>();
    checked.articles.iter().flat_map(of_article).filter(|s| !s.name.is_empty()).collect()
}
