//! A draft that is open in the editor: its text as it is there, and what was found in it.

use std::path::{Path, PathBuf};

use lsp_types::{Position, TextDocumentContentChangeEvent, Uri};

use super::lines::Lines;
use crate::claim::Article;
use crate::document::{self, ReadError};
use crate::inspect::Inspector;
use crate::report::Item;
use crate::review::known::Known;

/// An open draft.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) uri: Uri,
    pub(super) version: i32,
    pub(super) text: String,
    pub(super) lines: Lines,
    /// The name that tells its format.
    pub(super) name: String,
    /// What was found in it as it is; none while that is not known.
    checked: Option<Checked>,
}

/// What was found in a draft.
#[derive(Debug, Default)]
pub(super) struct Checked {
    /// The documents in the file.
    pub(super) articles: Vec<Article>,
    /// The findings in them.
    pub(super) items: Vec<Item>,
    /// Why it could not be read.
    pub(super) error: Option<ReadError>,
}

impl Draft {
    pub(super) fn new(uri: Uri, language: &str, version: i32, text: String) -> Self {
        let path = path(&uri);
        let known = document::format_of(&path).is_some();
        let named = match language {
            _ if known => path,
            "markdown" => "draft.md".to_owned(),
            "html" => "draft.html".to_owned(),
            _ => path,
        };
        Self { lines: Lines::new(&text), uri, version, text, name: named, checked: None }
    }

    /// The format it is read as.
    pub(super) fn format(&self) -> &'static str {
        document::format_of(&self.name).map_or("text", |format| format.name)
    }

    /// Takes over what was changed in the editor: a part of the text, or all of it.
    pub(super) fn edit(&mut self, change: TextDocumentContentChangeEvent) {
        match change.range {
            Some(range) => {
                let bytes = self.lines.bytes(&self.text, range);
                self.text.replace_range(bytes, &change.text);
            }
            None => self.text = change.text,
        }
        self.lines = Lines::new(&self.text);
        self.checked = None;
    }

    /// What is found in it and not let be; it is checked where that is not known.
    pub(super) fn checked(&mut self, inspector: &Inspector, let_be: &Known) -> &Checked {
        let own = PathBuf::from(path(&self.uri)).canonicalize().ok();
        let (name, text) = (&self.name, &self.text);
        self.checked.get_or_insert_with(|| {
            let bytes = text.clone().into_bytes();
            match document::read_all(name, name, bytes, &inspector.options()) {
                Ok(documents) => {
                    let mut checked = Checked::default();
                    for document in documents {
                        let article = inspector.checker.read(document);
                        checked.items.extend(inspector.check(std::slice::from_ref(&article)));
                        checked.articles.push(article);
                    }
                    let looked_at = |path: &Path| own.is_some() && path.canonicalize().ok() == own;
                    checked.items = Item::new_ones(checked.items, let_be, looked_at).0;
                    checked
                }
                Err(error) => Checked { error: Some(error), ..Checked::default() },
            }
        })
    }

    /// Forgets what was found in it: what is let be has changed.
    pub(super) fn forget(&mut self) {
        self.checked = None;
    }

    /// What was found in it at the last check.
    pub(super) fn known(&self) -> Option<&Checked> {
        self.checked.as_ref()
    }

    pub(super) fn byte(&self, position: Position) -> usize {
        self.lines.byte(&self.text, position)
    }

    pub(super) fn range(&self, bytes: &std::ops::Range<usize>) -> lsp_types::Range {
        self.lines.range(&self.text, bytes)
    }
}

/// The path that an address names, or what stands for one in it.
pub(super) fn path(uri: &Uri) -> String {
    let text = uri.as_str();
    let path = text.strip_prefix("file://").unwrap_or_else(|| text.split_once(':').map_or(text, |(_, rest)| rest));
    percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned()
}
