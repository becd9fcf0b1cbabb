//! Reads CoNLL-U.

use std::sync::Arc;

use crate::text::fold::fold;

/// A syntactic word.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) form: String,
    pub(super) lower: String,
    /// UPOS and XPOS with a bar between.
    pub(super) tag: String,
    /// The head's place in the sentence, from 0; its own place for the root.
    pub(super) head: usize,
    pub(super) relation: String,
    /// Bytes in the sentence's text, where the form stands in it.
    pub(super) span: Option<(usize, usize)>,
}

/// A sentence with its text.
#[derive(Debug, Clone)]
pub(super) struct Sentence {
    pub(super) text: String,
    /// The number of its document, and the document's name in the treebank.
    pub(super) document: usize,
    pub(super) id: Arc<str>,
    pub(super) nodes: Vec<Node>,
}

/// The sentences of a file's text. Words of multi-word tokens are taken apart, empty nodes left out.
pub(super) fn read(file: &str) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut document = 0;
    let mut id: Arc<str> = Arc::from("");
    for block in file.split("\n\n") {
        let mut text = String::new();
        let mut nodes: Vec<Node> = Vec::new();
        let mut at = 0;
        // A multi-word token: its last word, and where it ends in the text.
        let mut token: Option<(usize, usize)> = None;
        for line in block.lines() {
            if let Some(comment) = line.strip_prefix('#') {
                if let Some(value) = comment.strip_prefix(" text = ") {
                    value.clone_into(&mut text);
                } else if let Some(newdoc) = comment.strip_prefix(" newdoc") {
                    document += 1;
                    id = newdoc.strip_prefix(" id = ").unwrap_or_default().trim().into();
                }
                continue;
            }
            let columns: Vec<&str> = line.split('\t').collect();
            let [id, form, _, upos, xpos, _, head, relation, ..] = columns[..] else { continue };
            if let Some((_, last)) = id.split_once('-') {
                if let Some(found) = text[at..].find(form) {
                    token = last.parse().ok().map(|last| (last, at + found + form.len()));
                    at += found;
                }
                continue;
            }
            let Ok(number) = id.parse::<usize>() else { continue };
            let span = text[at..].find(form).filter(|found| text[at..at + found].trim().is_empty());
            let span = span.map(|found| (at + found, at + found + form.len()));
            if let Some((_, end)) = span {
                at = end;
            }
            if let Some((_, end)) = token.filter(|(last, _)| *last == number) {
                at = end;
                token = None;
            }
            nodes.push(Node {
                form: form.to_owned(),
                lower: fold(form).to_string(),
                tag: format!("{upos}|{xpos}"),
                head: head.parse::<usize>().ok().and_then(|head| head.checked_sub(1)).unwrap_or(nodes.len()),
                relation: relation.to_owned(),
                span,
            });
        }
        if !nodes.is_empty() {
            sentences.push(Sentence { text, document, id: Arc::clone(&id), nodes });
        }
    }
    sentences
}
