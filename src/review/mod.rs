//! What becomes of findings before they are reported: comments in the draft quieten them, a baseline knows
//! them already, an editor has decided on them.

pub mod baseline;
pub mod comments;
pub mod decisions;
pub mod known;

use std::ops::Range;

use crate::claim::Article;

/// The name under which comments that quieten nothing are reported.
pub const UNUSED_COMMENT: &str = "unused-comment";

/// The sentences of an article by where they stand in the file.
#[derive(Debug, Clone)]
pub struct Whereabouts {
    /// First byte in the file and number of each sentence, in order of place.
    starts: Vec<(usize, usize)>,
}

impl Whereabouts {
    /// Those of an article.
    pub fn new(article: &Article) -> Self {
        let first = |number: usize| {
            let sentence = &article.sentences[number];
            article.document.blocks[sentence.block].file_span(sentence.span.clone()).start
        };
        let mut starts: Vec<(usize, usize)> = (0..article.sentences.len()).map(|n| (first(n), n)).collect();
        starts.sort_unstable();
        Self { starts }
    }

    /// The sentence that a byte of the file stands in.
    pub fn sentence(&self, byte: usize) -> Option<usize> {
        let after = self.starts.partition_point(|&(start, _)| start <= byte);
        after.checked_sub(1).map(|i| self.starts[i].1)
    }

    /// From the start of the sentence that some bytes begin in to the start of the one behind that they end in.
    pub fn around(&self, bytes: &Range<usize>) -> Range<usize> {
        let first = self.starts.partition_point(|&(start, _)| start <= bytes.start);
        let after = self.starts.partition_point(|&(start, _)| start < bytes.end.max(bytes.start + 1));
        let start = first.checked_sub(1).map_or(bytes.start, |i| self.starts[i].0);
        start..self.starts.get(after).map_or(usize::MAX, |&(start, _)| start)
    }

    /// The first sentence that starts at or behind a byte.
    pub fn next(&self, byte: usize) -> Option<usize> {
        self.starts.get(self.starts.partition_point(|&(start, _)| start < byte)).map(|&(_, sentence)| sentence)
    }
}
