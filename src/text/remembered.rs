//! Trees of sentences that were read before: of a draft that is being written, all but one sentence at each keystroke.

use std::sync::Mutex;

use compact_str::CompactString;

use super::{Token, Tree, Upos};
use crate::lookup::HashMap;

/// So many trees are kept; then all are forgotten, since few of a draft's sentences as they were are asked for again.
const MOST: usize = 1 << 12;

/// What a tree is made from: the words as they are read, with their tags.
pub(super) type Key = Vec<(CompactString, Upos, &'static str)>;

/// Trees by what they are made from.
#[derive(Debug, Default)]
pub(super) struct Trees(Mutex<HashMap<Key, Tree>>);

impl Trees {
    /// The key of a sentence, given the word that each of its tokens is read as.
    pub(super) fn key<'a>(tokens: &'a [Token], word: impl Fn(usize) -> &'a CompactString) -> Key {
        tokens.iter().enumerate().map(|(at, token)| (word(at).clone(), token.upos, token.xpos)).collect()
    }

    /// The tree for a key, made where it is not known.
    pub(super) fn get(&self, key: Key, make: impl FnOnce() -> Tree) -> Tree {
        // A thread that panicked while it held the lock has left whole trees behind.
        let known = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get(&key).cloned();
        known.unwrap_or_else(|| {
            let tree = make();
            let mut trees = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            if trees.len() >= MOST {
                trees.clear();
            }
            trees.insert(key, tree.clone());
            tree
        })
    }
}
