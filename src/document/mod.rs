//! Documents: what is prose in a file, what part it plays, and where in the file every byte of it stands.

mod running;

use std::ops::Range;

pub(crate) use running::Running;

mod format {
    include!(concat!(env!("OUT_DIR"), "/document_formats.rs"));
}

/// A file format: one file in `src/document/format/`, found by the build.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its name.
    pub name: &'static str,
    /// The file extensions that tell it, in lower case without the dot.
    pub extensions: &'static [&'static str],
    /// Reads a file's text; the path is kept for reports.
    pub read: fn(&str, String) -> Document,
}

/// The byte order mark that some editors write before UTF-8 text. It is no part of the prose.
pub(crate) const BYTE_ORDER_MARK: char = '\u{feff}';

/// Why a file is no document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// It holds a NUL byte: no text.
    #[error("line {line}, column {column}: a NUL byte (byte {offset}); the file is binary")]
    Binary {
        /// The first NUL.
        offset: usize,
        /// Its line, from 1.
        line: usize,
        /// Its column in characters, from 1.
        column: usize,
    },
    /// It starts with a byte order mark of UTF-16.
    #[error("line 1, column 1: UTF-16 (byte 0); save it as UTF-8")]
    Utf16,
    /// It is not UTF-8.
    #[error("line {line}, column {column}: not UTF-8 (byte {offset})")]
    NotUtf8 {
        /// The first byte that is none.
        offset: usize,
        /// Its line, from 1.
        line: usize,
        /// Its column in characters, from 1.
        column: usize,
    },
}

/// The format of a path, by its extension.
pub fn format_of(path: &str) -> Option<&'static Format> {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let (_, extension) = name.rsplit_once('.')?;
    let extension = extension.to_lowercase();
    format::FORMATS.iter().find(|f| f.extensions.contains(&extension.as_str()))
}

/// Reads a file's bytes in the format that its path tells; text where it tells none, Markdown for `-`.
pub fn read(path: &str, bytes: Vec<u8>) -> Result<Document, ReadError> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(ReadError::Utf16);
    }
    if let Some(offset) = bytes.iter().position(|&b| b == 0) {
        let (line, column) = end_of(&bytes[..offset]);
        return Err(ReadError::Binary { offset, line, column });
    }
    let source = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let (line, column) = end_of(&error.as_bytes()[..offset]);
        ReadError::NotUtf8 { offset, line, column }
    })?;
    let wanted = format_of(path).or_else(|| format_of(if path == "-" { "-.md" } else { "-.txt" }));
    let fallback =
        Format { name: "none", extensions: &[], read: |path, source| Document::new(path, source, Vec::new(), None) };
    Ok((wanted.unwrap_or(&fallback).read)(path, source))
}

/// The line and column of what follows some bytes.
fn end_of(before: &[u8]) -> (usize, usize) {
    let last = before.iter().rposition(|&b| b == b'\n').map_or(0, |i| i + 1);
    let line = before.split(|&b| b == b'\n').count();
    let text = String::from_utf8_lossy(&before[last..]);
    (line, text.trim_start_matches(BYTE_ORDER_MARK).chars().count() + 1)
}

/// The part that a block of prose plays in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The headline: the first heading of level one.
    Headline,
    /// The standfirst: an italic paragraph right under the headline.
    Standfirst,
    /// A picture's caption.
    Caption,
    /// A heading inside the article.
    Heading,
    /// A paragraph.
    Body,
    /// An item of a list.
    ListItem,
    /// A cell of a table: which table of the document, row (0 is the head) and column.
    Cell {
        /// The table, counted from 0.
        table: usize,
        /// The row; 0 is the head.
        row: usize,
        /// The column, counted from 0.
        column: usize,
    },
}

/// A stretch of a block's text and the place in the file it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// First byte in the block's text.
    pub text: usize,
    /// First byte in the file.
    pub file: usize,
    /// How many bytes, the same in both. What lies between two segments was made from what lies between them in the
    /// file: a space from a line's break, a character from an entity. A segment of no length marks such a place's end.
    pub len: usize,
}

impl Segment {
    /// Its bytes in the block's text.
    pub fn in_text(&self) -> Range<usize> {
        self.text..self.text + self.len
    }

    /// Its bytes in the file.
    pub fn in_file(&self) -> Range<usize> {
        self.file..self.file + self.len
    }
}

/// A paragraph, heading, caption or cell: running text without markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The part it plays.
    pub place: Place,
    /// Its text.
    pub text: String,
    /// Where its text stands in the file, in order.
    pub segments: Vec<Segment>,
}

impl Block {
    /// Where a stretch of the block's text stands in the file: from the first byte's place to the end of the last's.
    pub fn file_span(&self, span: Range<usize>) -> Range<usize> {
        let start = self.to_file(span.start, true);
        let end = self.to_file(span.end, false);
        start..end.max(start)
    }

    fn to_file(&self, at: usize, starts: bool) -> usize {
        let after = self.segments.partition_point(|s| if starts { s.text <= at } else { s.text < at });
        let Some(segment) = self.segments.get(after.saturating_sub(1)) else { return 0 };
        let inside = at.saturating_sub(segment.text);
        if inside <= segment.len {
            return segment.file + inside;
        }
        // Between two segments: the text was made from what stands between them in the file.
        match (starts, self.segments.get(after)) {
            (false, Some(next)) => next.file,
            _ => segment.file + segment.len,
        }
    }
}

/// A file's prose, with the file itself.
#[derive(Debug, Clone)]
pub struct Document {
    /// The path as the user gave it; `-` for standard input.
    pub path: String,
    /// The whole file.
    pub source: String,
    /// The prose, in order.
    pub blocks: Vec<Block>,
    /// The date in force, where the file states one.
    pub date: Option<jiff::civil::Date>,
    lines: Vec<usize>,
    /// How many characters stand before each multiple of [`STRIDE`] bytes.
    characters: Vec<usize>,
}

/// So many bytes lie between two entries of a document's table of characters: a column is found by counting no more
/// than this, however long the line.
const STRIDE: usize = 1 << 12;

impl Document {
    /// A document of blocks that a format's reader has found.
    pub fn new(path: impl Into<String>, source: String, blocks: Vec<Block>, date: Option<jiff::civil::Date>) -> Self {
        let lines = std::iter::once(0).chain(source.match_indices('\n').map(|(i, _)| i + 1)).collect();
        let mut characters = Vec::with_capacity(source.len() / STRIDE + 1);
        let mut before = 0;
        for chunk in source.as_bytes().chunks(STRIDE) {
            characters.push(before);
            before += count(chunk);
        }
        Self { path: path.into(), source, blocks, date, lines, characters }
    }

    /// Line and column of a byte of the file, both from 1; columns count characters, a byte order mark not among them.
    /// A byte inside a character stands where the character does, one past the end at the end.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let mut offset = offset.min(self.source.len());
        while !self.source.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.lines.partition_point(|&start| start <= offset).max(1);
        let start = self.lines[line - 1];
        let mark = usize::from(line == 1 && offset > 0 && self.source.starts_with(BYTE_ORDER_MARK));
        (line, self.characters_before(offset) - self.characters_before(start) - mark + 1)
    }

    fn characters_before(&self, offset: usize) -> usize {
        let entry = offset / STRIDE;
        self.characters.get(entry).map_or_else(
            // An offset at the very end, where the last stride is full.
            || {
                self.characters
                    .last()
                    .map_or(0, |&before| before + count(&self.source.as_bytes()[(entry - 1) * STRIDE..]))
            },
            |before| before + count(&self.source.as_bytes()[entry * STRIDE..offset]),
        )
    }

    /// A stretch of the file.
    pub fn slice(&self, span: Range<usize>) -> &str {
        self.source.get(span).unwrap_or_default()
    }
}

/// How many characters start in some bytes of UTF-8: all but those that continue one.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&b| b & 0xc0 != 0x80).count()
}
