//! Where a finding's figures stand, in the words and numbers that formats need.

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::escape::one_line;
use super::{Item, Span};

/// What a path may not have as it is in a URI.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A stretch of a document in lines and columns, all from 1; the end column is that of the character behind the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
}

impl Region {
    pub(super) fn new(span: &Span) -> Self {
        let (line, column) = span.document.line_column(span.range.start);
        let (end_line, end_column) = span.document.line_column(span.range.end);
        Self { line, column, end_line, end_column }
    }
}

/// A path as a URI reference: relative as it is, absolute with the scheme `file`.
pub(super) fn uri(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let encoded = utf8_percent_encode(&path, PATH);
    match path.as_bytes() {
        [b'/', ..] => format!("file://{encoded}"),
        [_, b':', ..] if cfg!(windows) => format!("file:///{encoded}"),
        // What stands before a colon would be read as a scheme.
        _ if path.split('/').next().is_some_and(|first| first.contains(':')) => format!("./{encoded}"),
        _ => encoded.to_string(),
    }
}

/// A figure's place on one line: `draft.md:3:5`.
pub(super) fn place(span: &Span) -> String {
    let Region { line, column, .. } = Region::new(span);
    format!("{}:{line}:{column}", one_line(&span.document.path))
}

/// The message on one line, with the places of all figures but the first.
pub(super) fn message_with_places(item: &Item) -> String {
    let mut text = one_line(&item.message);
    for (i, span) in item.spans.iter().enumerate().skip(1) {
        let _ = write!(text, "{} {:?} at {}", if i == 1 { "; see" } else { "," }, Shown(span), place(span));
    }
    text
}

/// A figure in quotation marks.
struct Shown<'a>(&'a Span);

impl std::fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "\"{}\"", one_line(self.0.text()))
    }
}
