//! Sentences, tokens and part-of-speech tags.

use std::ops::Range;

use compact_str::CompactString;

use crate::pack::{Pack, PackError};

/// Universal part-of-speech tags (UPOS), as Universal Dependencies defines them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, clippy::upper_case_acronyms)]
pub enum Upos {
    ADJ,
    ADP,
    ADV,
    AUX,
    CCONJ,
    DET,
    INTJ,
    NOUN,
    NUM,
    PART,
    PRON,
    PROPN,
    PUNCT,
    SCONJ,
    SYM,
    VERB,
    X,
}

/// A word, number or mark of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// First byte in the block's text.
    pub start: usize,
    /// The byte after its last in the block's text.
    pub end: usize,
    /// The form in lower case with quotes and dashes folded (’ to ', – and — to -), for looking up.
    pub lower: CompactString,
    /// Whether the first letter is a capital.
    pub capital: bool,
    /// Whether white space stands before it.
    pub spaced: bool,
    /// The universal tag.
    pub upos: Upos,
    /// The Penn Treebank tag (XPOS): "NNS", "VBD", "CD", ...
    pub xpos: &'static str,
}

impl Token {
    /// Where it stands in the block's text.
    pub fn span(&self) -> Range<usize> {
        self.start..self.end
    }

    /// A common or proper noun.
    pub fn is_noun(&self) -> bool {
        matches!(self.upos, Upos::NOUN | Upos::PROPN)
    }

    /// A full verb (auxiliaries are not).
    pub fn is_verb(&self) -> bool {
        self.upos == Upos::VERB
    }
}

/// Reads sentences and tokens.
#[derive(Debug, Clone)]
pub struct Reader {}

impl Reader {
    /// Takes what it needs from a pack, and checks it.
    pub fn new(_pack: &Pack) -> Result<Self, PackError> {
        Ok(Self {})
    }

    /// The sentences of a block's text.
    pub fn sentences(&self, _text: &str) -> Vec<Range<usize>> {
        Vec::new()
    }

    /// The tokens of a sentence, tagged.
    pub fn tokens(&self, _text: &str, _span: Range<usize>) -> Vec<Token> {
        Vec::new()
    }
}
