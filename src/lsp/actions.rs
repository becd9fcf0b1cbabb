//! What can be done about a finding: put the right value in, let it be, go to its other places.

use std::ops::Range;

use lsp_types::{
    CodeAction, CodeActionKind, Command, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier,
    TextDocumentEdit, TextEdit, WorkspaceEdit,
};

use super::OPEN;
use super::diagnostics::diagnostic;
use super::draft::{Checked, Draft};
use crate::claim::Article;
use crate::report::escape::one_line;
use crate::report::{Item, Span};
use crate::review::{UNUSED_COMMENT, Whereabouts};

/// The actions for the findings that have a place among some bytes. `opens` says whether the editor can be asked to go to a
/// place.
pub(super) fn actions(draft: &Draft, checked: &Checked, bytes: &Range<usize>, opens: bool) -> Vec<CodeAction> {
    let mut actions = Vec::new();
    for item in &checked.items {
        let here = |span: &Span| span.range.start <= bytes.end && bytes.start <= span.range.end;
        let Some(which) = item.spans.iter().position(here) else { continue };
        let about = vec![diagnostic(draft, item, which)];
        let action = |title: String| CodeAction {
            title,
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(about.clone()),
            ..CodeAction::default()
        };
        if let Some((span, fix)) = item.spans.iter().find_map(|span| Some((span, span.fix.as_ref()?))) {
            actions.push(CodeAction {
                edit: Some(edit(draft, &span.range, fix)),
                is_preferred: Some(true),
                ..action(one_line(&format!("Change \"{}\" to \"{fix}\"", span.text())))
            });
        }
        if let Some((at, comment)) = comment(draft, checked, item, which) {
            actions.push(CodeAction {
                edit: Some(edit(draft, &(at..at), &comment)),
                ..action(format!("Let it be: quieten {} in this sentence", item.rule))
            });
        }
        for span in item.spans.iter().enumerate().filter(|(at, _)| opens && *at != which).map(|(_, span)| span) {
            let figure = one_line(span.text());
            let title = format!("Go to \"{figure}\" in line {}", draft.range(&span.range).start.line + 1);
            let place = [serde_json::to_value(&draft.uri), serde_json::to_value(draft.range(&span.range))];
            let arguments = Some(place.into_iter().flatten().collect());
            let command = Command { title: title.clone(), command: OPEN.to_owned(), arguments };
            actions.push(CodeAction { command: Some(command), ..action(title) });
        }
    }
    actions
}

fn edit(draft: &Draft, bytes: &Range<usize>, text: &str) -> WorkspaceEdit {
    let text_document =
        OptionalVersionedTextDocumentIdentifier { uri: draft.uri.clone(), version: Some(draft.version) };
    let edits = vec![OneOf::Left(TextEdit::new(draft.range(bytes), text.to_owned()))];
    WorkspaceEdit {
        document_changes: Some(DocumentChanges::Edits(vec![TextDocumentEdit { text_document, edits }])),
        ..WorkspaceEdit::default()
    }
}

/// The comment that quietens a finding, and the byte it goes to; none in a format that has no comments, or for a finding
/// that is about a comment.
fn comment(draft: &Draft, checked: &Checked, item: &Item, which: usize) -> Option<(usize, String)> {
    let format = draft.format();
    if !matches!(format, "markdown" | "html" | "text") || item.rule == UNUSED_COMMENT {
        return None;
    }
    let span = item.spans.get(which)?;
    let holds = |article: &&Article| std::sync::Arc::ptr_eq(&article.document, &span.document);
    let article = checked.articles.iter().find(holds)?;
    let sentence = &article.sentences[Whereabouts::new(article).sentence(span.range.start)?];
    let at = article.document.blocks[sentence.block].file_span(sentence.span.clone()).start;
    let comment = format!("<!-- crossfoot: ignore {} -->", item.rule);
    // In Markdown a comment that begins a line makes it HTML to its end, and would part a wrapped paragraph: it goes on a
    // line of its own.
    let line = draft.text[..at].rfind('\n').map_or(0, |i| i + 1);
    let opens = draft.text[line..at].chars().all(|c| matches!(c, '#' | ' ' | '*' | '_'));
    Some(if opens && format != "html" { (line, comment + "\n") } else { (at, comment + " ") })
}
