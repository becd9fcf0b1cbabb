//! A file's text, and lines, columns and bytes on disk for every place in it.

use std::ops::Range;

use super::BYTE_ORDER_MARK;

/// So many bytes lie between two entries of a file's table of characters: a column is found by counting no more than
/// this, however long the line.
const STRIDE: usize = 1 << 12;

/// How a file's bytes stand to its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// The text's UTF-8 is what the file holds; or the file holds no text, and its places are those of its text.
    Utf8,
    /// A byte a character: Windows-1252 and its like.
    SingleByte,
    /// Two bytes, or two pairs of them, a character.
    Utf16,
}

/// Lines and characters of a text.
#[derive(Debug)]
pub(super) struct Places {
    coding: Coding,
    lines: Vec<usize>,
    /// How many characters stand before each multiple of [`STRIDE`] bytes, and how many of them take four bytes.
    characters: Vec<(usize, usize)>,
}

impl Places {
    pub(super) fn new(source: &str, coding: Coding) -> Self {
        let lines = std::iter::once(0).chain(source.match_indices('\n').map(|(i, _)| i + 1)).collect();
        let mut characters = Vec::with_capacity(source.len() / STRIDE + 1);
        let mut before = (0, 0);
        for chunk in source.as_bytes().chunks(STRIDE) {
            characters.push(before);
            let (all, long) = count(chunk);
            before = (before.0 + all, before.1 + long);
        }
        Self { coding, lines, characters }
    }

    /// Line and column of a byte, both from 1; see [`super::Document::line_column`].
    pub(super) fn line_column(&self, source: &str, offset: usize) -> (usize, usize) {
        let offset = border(source, offset);
        let (line, start) = self.line(offset);
        let mark = usize::from(line == 1 && offset > 0 && source.starts_with(BYTE_ORDER_MARK));
        (line, self.before(source, offset).0 - self.before(source, start).0 - mark + 1)
    }

    /// The line that a byte stands in, from 1, and the line's first byte.
    pub(super) fn line(&self, offset: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|&start| start <= offset).max(1);
        (line, self.lines[line - 1])
    }

    /// The bytes on disk that some bytes of the text were read from.
    pub(super) fn on_disk(&self, source: &str, range: Range<usize>) -> Range<usize> {
        let place = |offset: usize| match self.coding {
            Coding::Utf8 => offset,
            Coding::SingleByte => self.before(source, border(source, offset)).0,
            Coding::Utf16 => {
                let (all, long) = self.before(source, border(source, offset));
                2 * (all + long)
            }
        };
        place(range.start)..place(range.end)
    }

    /// How many characters start before a byte, and how many of them take four bytes.
    fn before(&self, source: &str, offset: usize) -> (usize, usize) {
        let bytes = source.as_bytes();
        // An offset at the very end, where the last stride is full, has no entry of its own.
        let entry = (offset / STRIDE).min(self.characters.len().saturating_sub(1));
        let (all, long) = self.characters.get(entry).copied().unwrap_or_default();
        let (more, more_long) = count(&bytes[entry * STRIDE..offset]);
        (all + more, long + more_long)
    }
}

/// The nearest border of characters at or before a byte.
fn border(source: &str, offset: usize) -> usize {
    let mut offset = offset.min(source.len());
    while !source.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// How many characters start in some bytes of UTF-8, all but those that continue one; and how many of four bytes do.
fn count(bytes: &[u8]) -> (usize, usize) {
    let all = bytes.iter().filter(|&&b| b & 0xc0 != 0x80).count();
    (all, bytes.iter().filter(|&&b| b >= 0xf0).count())
}
