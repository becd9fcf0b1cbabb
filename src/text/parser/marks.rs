//! Hangs marks of punctuation on words when the words' tree is known: of the words that a mark can hang on without
//! crossing an arc, the one with the highest score.

use super::Node;
use super::state::{NONE, Words};
use crate::text::model::{hash, mix, spread};

/// How many features a word has as the head of a mark.
pub(crate) const MARK_FEATURES: usize = 14;

/// A sentence's words with their tree.
pub(crate) struct Frame<'a> {
    pub(crate) nodes: &'a [Node],
    pub(crate) words: &'a Words,
    /// The head of each word (the number of words for the root), and its label.
    pub(crate) heads: &'a [u32],
    pub(crate) labels: &'a [u8],
}

/// A word that a mark may hang on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    pub(crate) word: u32,
    pub(crate) features: [u64; MARK_FEATURES],
}

/// How many words above another a mark may hang on, and how far a mark's partner is looked for.
const MOST_ABOVE: usize = 12;
const FARTHEST_PARTNER: usize = 60;

impl Frame<'_> {
    /// The words that the mark at `place` may hang on, and their features; none if there are no words.
    pub(crate) fn candidates(&self, place: usize) -> Vec<Candidate> {
        let gap = self.gap(place);
        let left = self.chain(gap.wrapping_sub(1), |head| head < gap);
        let right = self.chain(gap, |head| head >= gap);
        let mark = &self.nodes[place];
        let m = mix(u64::from(mark.tag), mark.form);
        let (previous, following) = (self.partner(place, true), self.partner(place, false));
        let label = |word: u32| self.labels.get(word as usize).map_or(0x1FF, |label| u64::from(*label));
        let tag = |word: u32| self.words.piece(word).tag;
        let head = |word: u32| self.heads.get(word as usize).copied().unwrap_or(NONE);
        // The arc over the gap, if there is one: its dependent.
        let mut over = [&left, &right].into_iter().filter_map(|chain| chain.last().copied());
        let over = over.find(|&word| head(word) < self.words.len()).unwrap_or(NONE);
        let end = u64::from(gap == self.words.len()) << 1 | u64::from(gap == 0);
        let sides = [(&left, &right), (&right, &left)];
        let mut candidates = Vec::with_capacity(left.len() + right.len());
        for (side, (own, other)) in (0..).zip(sides) {
            for (number, &word) in (0_u64..).zip(own) {
                let last = number as usize + 1 == own.len();
                let inside = |from: u32, to: u32| {
                    let within = |word: u32| word >= from && word < to;
                    u64::from(within(word)) << 1 | u64::from(within(word) && !within(head(word)))
                };
                let pair = inside(previous, gap) << 2 | inside(gap, following);
                let place = side << 1 | u64::from(last) << 8;
                let is_head_over = u64::from(head(over) == word);
                let depth = number.min(3) << 4;
                let pairs: [(u64, u64); MARK_FEATURES] = [
                    (place | depth, is_head_over),
                    (place, label(word)),
                    (place, tag(word)),
                    (place | pair << 12, end),
                    (place | label(word) << 16, label(over)),
                    (place | end << 12 | (other.len() as u64).min(4) << 16, is_head_over),
                    (tag(word), tag(head(word))),
                    (place | depth, (other.len() as u64).min(4)),
                    (end << 12 | side, u64::from(head(word) == self.words.len())),
                    (place | label(word) << 16, label(head(word))),
                    (place, tag(gap.wrapping_sub(1)).rotate_left(7) ^ tag(gap)),
                    (side, self.words.piece(word).form),
                    (place | pair << 12, label(word)),
                    (place | depth, label(over)),
                ];
                let features = spread(0, pairs.map(|(a, b)| mix(mix(m, a), b)));
                candidates.push(Candidate { word, features });
            }
        }
        candidates
    }

    /// The gap of a mark: the number of the word after it.
    fn gap(&self, place: usize) -> u32 {
        self.words.places.partition_point(|&word| (word as usize) < place) as u32
    }

    /// A word and those above it, as long as they stand on the same side.
    fn chain(&self, word: u32, same_side: impl Fn(u32) -> bool) -> Vec<u32> {
        let mut chain = Vec::new();
        let mut here = word;
        while here < self.words.len() && same_side(here) && chain.len() < MOST_ABOVE {
            chain.push(here);
            here = self.heads[here as usize];
        }
        chain
    }

    /// The gap of the nearest mark before or after one that may belong to it: the other bracket, or the same mark again.
    fn partner(&self, place: usize, before: bool) -> u32 {
        let form = self.nodes[place].form;
        let partner = partner_of(form, before);
        let is_partner = |&at: &usize| self.nodes[at].is_mark() && self.nodes[at].form == partner;
        let found = if before {
            (place.saturating_sub(FARTHEST_PARTNER)..place).rev().find(is_partner)
        } else {
            (place + 1..self.nodes.len().min(place + FARTHEST_PARTNER)).find(is_partner)
        };
        found.map_or(NONE, |at| self.gap(at))
    }
}

/// The form of the mark that belongs to a mark.
fn partner_of(form: u64, before: bool) -> u64 {
    let brackets: [(&[u8], &[u8]); 2] = [(b"(", b")"), (b"[", b"]")];
    let (this, other) = if before { (1, 0) } else { (0, 1) };
    let brackets = brackets.map(|(open, close)| [hash(open), hash(close)]);
    brackets.iter().find(|pair| pair[this] == form).map_or(form, |pair| pair[other])
}
