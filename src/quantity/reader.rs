//! Reads the figures of a sentence.

use super::Figure;
use crate::pack::{Pack, PackError};
use crate::text::Token;

/// Reads figures, knowing the words and units of a pack.
#[derive(Debug, Clone)]
pub struct Reader {}

impl Reader {
    /// Takes what it needs from a pack, and checks it.
    pub fn new(_pack: &Pack) -> Result<Self, PackError> {
        Ok(Self {})
    }

    /// The figures of a sentence, in order of place; `text` is the block's text that the tokens point into.
    pub fn figures(&self, _text: &str, _tokens: &[Token]) -> Vec<Figure> {
        Vec::new()
    }
}
