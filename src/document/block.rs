//! Blocks: running text without markup, and where in the file every byte of it stands.

use std::ops::Range;

/// The part that a block of prose plays in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The headline: the first heading of level one.
    Headline,
    /// The standfirst: an italic paragraph right under the headline, or what a format calls one.
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
        file_span(&self.segments, span)
    }
}

/// Where a stretch of text that was read in segments stands in the file.
pub(super) fn file_span(segments: &[Segment], span: Range<usize>) -> Range<usize> {
    let start = to_file(segments, span.start, true);
    let end = to_file(segments, span.end, false);
    start..end.max(start)
}

fn to_file(segments: &[Segment], at: usize, starts: bool) -> usize {
    let after = segments.partition_point(|s| if starts { s.text <= at } else { s.text < at });
    let Some(segment) = segments.get(after.saturating_sub(1)) else { return 0 };
    let inside = at.saturating_sub(segment.text);
    if inside <= segment.len {
        return segment.file + inside;
    }
    // Between two segments: the text was made from what stands between them in the file.
    match (starts, segments.get(after)) {
        (false, Some(next)) => next.file,
        _ => segment.file + segment.len,
    }
}
