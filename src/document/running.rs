//! How a format's reader puts a block's text together.

use std::ops::Range;

use super::{Block, Place, Segment};

/// Running text in the making: what is copied from the file, and what stands for something else there.
#[derive(Debug, Default)]
pub(crate) struct Running {
    text: String,
    segments: Vec<Segment>,
}

impl Running {
    /// Adds a stretch of the file as it stands.
    pub(crate) fn copy(&mut self, source: &str, range: Range<usize>) {
        let piece = &source[range.clone()];
        match self.segments.last_mut() {
            Some(last) if last.in_text().end == self.text.len() && last.in_file().end == range.start => {
                last.len += piece.len();
            }
            _ => self.segments.push(Segment { text: self.text.len(), file: range.start, len: piece.len() }),
        }
        self.text.push_str(piece);
    }

    /// Adds text that stands for a stretch of the file.
    pub(crate) fn replace(&mut self, text: &str, range: Range<usize>) {
        self.segments.push(Segment { text: self.text.len(), file: range.start, len: 0 });
        self.text.push_str(text);
        self.segments.push(Segment { text: self.text.len(), file: range.end, len: 0 });
    }

    /// Adds white space between words that something else than text keeps apart in the file: a line's break, code.
    pub(crate) fn gap(&mut self, space: char) {
        if !self.text.is_empty() && !self.text.ends_with(char::is_whitespace) {
            self.text.push(space);
        }
    }

    /// The block, unless there is nothing to read in it.
    pub(crate) fn finish(self, place: Place) -> Option<Block> {
        (!self.text.trim().is_empty()).then_some(Block { place, text: self.text, segments: self.segments })
    }
}
