//! Universal part-of-speech tags.

use std::str::FromStr;

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

impl FromStr for Upos {
    type Err = ();

    /// The tag of that name, as CoNLL-U writes it.
    fn from_str(name: &str) -> Result<Self, ()> {
        Ok(match name {
            "ADJ" => Self::ADJ,
            "ADP" => Self::ADP,
            "ADV" => Self::ADV,
            "AUX" => Self::AUX,
            "CCONJ" => Self::CCONJ,
            "DET" => Self::DET,
            "INTJ" => Self::INTJ,
            "NOUN" => Self::NOUN,
            "NUM" => Self::NUM,
            "PART" => Self::PART,
            "PRON" => Self::PRON,
            "PROPN" => Self::PROPN,
            "PUNCT" => Self::PUNCT,
            "SCONJ" => Self::SCONJ,
            "SYM" => Self::SYM,
            "VERB" => Self::VERB,
            "X" => Self::X,
            _ => return Err(()),
        })
    }
}
