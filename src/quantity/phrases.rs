//! Phrases of known words, found by walking word by word.

use crate::lookup::HashMap;

/// Which word of the lexicon an atom is; zero for words it does not know.
pub(super) type WordId = u32;

/// Phrases with a value each: a tree of words.
#[derive(Debug, Clone)]
pub(super) struct Phrases<T> {
    edges: HashMap<(u32, WordId), u32>,
    values: Vec<Option<T>>,
}

impl<T: Copy> Phrases<T> {
    pub(super) fn new() -> Self {
        Self { edges: HashMap::default(), values: vec![None] }
    }

    /// Adds a phrase; gives back the value that stood there before, if any, and leaves it.
    pub(super) fn insert(&mut self, words: impl IntoIterator<Item = WordId>, value: T) -> Option<T> {
        let mut node = 0;
        for word in words {
            node = if let Some(&next) = self.edges.get(&(node, word)) {
                next
            } else {
                let next = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
                self.values.push(None);
                self.edges.insert((node, word), next);
                next
            };
        }
        let slot = self.values.get_mut(node as usize)?;
        let before = *slot;
        if before.is_none() {
            *slot = Some(value);
        }
        before
    }

    /// The node that a word leads to.
    pub(super) fn step(&self, node: u32, word: WordId) -> Option<u32> {
        if word == 0 { None } else { self.edges.get(&(node, word)).copied() }
    }

    /// The value of the phrase that ends at a node.
    pub(super) fn value(&self, node: u32) -> Option<T> {
        self.values.get(node as usize).copied().flatten()
    }
}
