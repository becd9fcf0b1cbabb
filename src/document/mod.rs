//! Documents: what is prose in a file, what part it plays, and where in the file every byte of it stands.

use std::ops::Range;
use std::sync::OnceLock;

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

/// Why a file is no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// It holds a NUL byte: no text.
    #[error("a binary file (a NUL byte at offset {0})")]
    Binary(usize),
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
    if let Some(at) = bytes.iter().position(|&b| b == 0) {
        return Err(ReadError::Binary(at));
    }
    let source = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..offset]).into_owned();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
        ReadError::NotUtf8 { offset, line, column }
    })?;
    let wanted = format_of(path).or_else(|| format_of(if path == "-" { "-.md" } else { "-.txt" }));
    let fallback =
        Format { name: "none", extensions: &[], read: |path, source| Document::new(path, source, Vec::new(), None) };
    Ok((wanted.unwrap_or(&fallback).read)(path, source))
}

/// The part that a block of prose plays in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The headline: the first heading of the highest level.
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
    /// How many bytes, the same in both. What lies between two segments (an entity, a line's break) has none.
    pub len: usize,
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
    /// How many characters begin before each [`STRIDE`]th byte of the file, made when a column is first asked for: a
    /// line may be as long as the file, and have a figure in every second word.
    characters: OnceLock<Vec<usize>>,
}

/// Bytes from one count of characters to the next.
const STRIDE: usize = 512;

/// How many characters begin in some bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b & 0xc0 != 0x80).count()
}

impl Document {
    /// A document of blocks that a format's reader has found.
    pub fn new(path: impl Into<String>, source: String, blocks: Vec<Block>, date: Option<jiff::civil::Date>) -> Self {
        let lines = std::iter::once(0).chain(source.match_indices('\n').map(|(i, _)| i + 1)).collect();
        Self { path: path.into(), source, blocks, date, lines, characters: OnceLock::new() }
    }

    /// Line and column of a byte of the file, both from 1; columns count characters.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|&start| start <= offset).max(1);
        let start = self.lines[line - 1];
        let column = self.characters_before(offset).saturating_sub(self.characters_before(start)) + 1;
        (line, column)
    }

    /// How many characters begin before a byte of the file.
    fn characters_before(&self, offset: usize) -> usize {
        let bytes = self.source.as_bytes();
        let counts = self.characters.get_or_init(|| {
            let mut sum = 0;
            let strides = bytes.chunks(STRIDE).map(|stride| {
                let before = sum;
                sum += characters(stride);
                before
            });
            strides.collect()
        });
        let offset = offset.min(bytes.len());
        let stride = (offset / STRIDE).min(counts.len().saturating_sub(1));
        counts.get(stride).map_or(0, |before| before + characters(&bytes[stride * STRIDE..offset]))
    }

    /// A stretch of the file.
    pub fn slice(&self, span: Range<usize>) -> &str {
        self.source.get(span).unwrap_or_default()
    }
}
