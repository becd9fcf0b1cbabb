//! Sentences, tokens and part-of-speech tags.

use std::ops::Range;

use compact_str::CompactString;

use self::fold::fold;
use self::lemma::Lemmas;
use self::words::{Abbreviations, Cuts};
use crate::pack::{Pack, PackError};

pub mod fold;
mod lemma;
mod sentences;
mod tokens;
mod words;

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

/// Reads sentences and tokens, and gives words their lemmas. Made once, used for any number of texts and threads.
#[derive(Debug, Clone)]
pub struct Reader {
    abbreviations: Abbreviations,
    cuts: Cuts,
    lemmas: Lemmas,
}

impl Reader {
    /// Takes what it needs from a pack (`abbreviations`, `tokens`, `lemmas`), and checks it.
    pub fn new(pack: &Pack) -> Result<Self, PackError> {
        Ok(Self { abbreviations: Abbreviations::new(pack)?, cuts: Cuts::new(pack)?, lemmas: Lemmas::new(pack)? })
    }

    /// The sentences of a block's text: byte ranges in order, without the white space around them. A closing quote or
    /// bracket stays with its sentence; a blank line ends a sentence, a single line break does not.
    pub fn sentences(&self, text: &str) -> Vec<Range<usize>> {
        sentences::sentences(text, &self.abbreviations)
    }

    /// The tokens of a sentence, tagged. `span` is the sentence's byte range in the block's text; what is no range of
    /// it has no tokens.
    pub fn tokens(&self, text: &str, span: Range<usize>) -> Vec<Token> {
        tokens::tokens(text, span, &self.cuts, &self.abbreviations)
            .into_iter()
            .map(|span| {
                let form = &text[span.clone()];
                let spaced = text[..span.start].chars().next_back().is_none_or(char::is_whitespace);
                let capital = form.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
                let (upos, xpos) = untagged(form, capital);
                Token { start: span.start, end: span.end, lower: fold(form), capital, spaced, upos, xpos }
            })
            .collect()
    }

    /// The singular of a noun in lower case: "children" is "child", "knives" is "knife".
    pub fn noun_lemma(&self, lower: &str) -> CompactString {
        self.lemmas.noun(lower)
    }

    /// The infinitive of a verb in lower case: "said" is "say", "planning" is "plan".
    pub fn verb_lemma(&self, lower: &str) -> CompactString {
        self.lemmas.verb(lower)
    }
}

/// Tags by the look of the word alone.
fn untagged(form: &str, capital: bool) -> (Upos, &'static str) {
    if form.starts_with(|c: char| c.is_numeric()) {
        (Upos::NUM, "CD")
    } else if capital {
        (Upos::PROPN, "NNP")
    } else if form.contains(char::is_alphanumeric) {
        (Upos::NOUN, "NN")
    } else {
        (Upos::PUNCT, ":")
    }
}
