//! How a format's reader puts a block's text together.

use std::borrow::Cow;
use std::ops::Range;

use super::block::file_span;
use super::{Block, Place, Segment};

/// Text that a reader works on and where in the file it stands: a stretch of the file as it is, or one whose escapes were
/// undone before (HTML in a string of JSON, in an element of a feed).
#[derive(Debug, Clone)]
pub(crate) struct Mapped<'a> {
    text: Cow<'a, str>,
    segments: Vec<Segment>,
}

impl<'a> Mapped<'a> {
    /// A stretch of the file as it stands; nothing where it is no stretch of it.
    pub(crate) fn part(source: &'a str, range: Range<usize>) -> Self {
        let text = source.get(range.clone()).unwrap_or_default();
        Self { text: Cow::Borrowed(text), segments: vec![Segment { text: 0, file: range.start, len: text.len() }] }
    }

    /// The text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Where a stretch of the text stands in the file.
    pub(crate) fn in_file(&self, range: Range<usize>) -> Range<usize> {
        file_span(&self.segments, range)
    }
}

/// Running text in the making: what is copied from the file, and what stands for something else there.
#[derive(Debug, Default)]
pub(crate) struct Running {
    text: String,
    segments: Vec<Segment>,
}

impl Running {
    /// Adds a stretch of the file as it stands.
    pub(crate) fn copy(&mut self, source: &str, range: Range<usize>) {
        self.add(&source[range.clone()], range.start);
    }

    fn add(&mut self, piece: &str, file: usize) {
        match self.segments.last_mut() {
            Some(last) if last.in_text().end == self.text.len() && last.in_file().end == file => {
                last.len += piece.len();
            }
            _ => self.segments.push(Segment { text: self.text.len(), file, len: piece.len() }),
        }
        self.text.push_str(piece);
    }

    /// Adds text that stands for a stretch of the file.
    pub(crate) fn replace(&mut self, text: &str, range: Range<usize>) {
        self.segments.push(Segment { text: self.text.len(), file: range.start, len: 0 });
        self.text.push_str(text);
        self.segments.push(Segment { text: self.text.len(), file: range.end, len: 0 });
    }

    /// Adds a stretch of mapped text: each piece of it is where it is in the file.
    pub(crate) fn take(&mut self, from: &Mapped<'_>, range: Range<usize>) {
        let mut at = range.start;
        let mut next = from.segments.partition_point(|s| s.in_text().end <= at);
        while at < range.end {
            let segment = from.segments.get(next);
            let (end, copied) = match segment {
                Some(s) if s.text <= at => (s.in_text().end.min(range.end), Some(s.file + (at - s.text))),
                Some(s) => (s.text.min(range.end), None),
                None => (range.end, None),
            };
            let piece = from.text.get(at..end).unwrap_or_default();
            match copied {
                Some(file) => self.add(piece, file),
                None => self.replace(piece, from.in_file(at..end)),
            }
            at = end;
            while from.segments.get(next).is_some_and(|s| s.in_text().end <= at) {
                next += 1;
            }
        }
    }

    /// Adds white space between words that something else than text keeps apart in the file: a line's break, code.
    pub(crate) fn gap(&mut self, space: char) {
        if !self.text.is_empty() && !self.text.ends_with(char::is_whitespace) {
            self.text.push(space);
        }
    }

    /// Whether nothing stands in it.
    #[cfg(feature = "html")]
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether it ends in white space.
    #[cfg(feature = "html")]
    pub(crate) fn ends_blank(&self) -> bool {
        self.text.ends_with(char::is_whitespace)
    }

    /// Whether there is nothing to read in it.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim_start().is_empty()
    }

    /// What was put together, as text to read on.
    pub(crate) fn into_mapped(self) -> Mapped<'static> {
        Mapped { text: Cow::Owned(self.text), segments: self.segments }
    }

    /// The block, unless there is nothing to read in it.
    pub(crate) fn finish(self, place: Place) -> Option<Block> {
        (!self.is_blank()).then_some(Block { place, text: self.text, segments: self.segments })
    }
}
