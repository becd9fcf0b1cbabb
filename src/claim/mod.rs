//! Claims: a figure, what it counts, the verb over it, who says it, and the part it plays.

use std::ops::Range;

use compact_str::CompactString;

use crate::document::Document;
use crate::pack::{Pack, PackError};
use crate::quantity::Figure;
use crate::text::Token;
use crate::{quantity, text};

/// A sentence that has been read.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// The block it stands in, as an index into the document's blocks.
    pub block: usize,
    /// Bytes in the block's text.
    pub span: Range<usize>,
    /// Its tokens, tagged.
    pub tokens: Vec<Token>,
    /// Its claims, as a range of the article's claims.
    pub claims: Range<usize>,
}

/// What a figure is a figure of, and who says so.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The figure.
    pub figure: Figure,
    /// The sentence, as an index into the article's sentences.
    pub sentence: usize,
    /// The block, as an index into the document's blocks.
    pub block: usize,
    /// Bytes in the file, from the first bounding word to the end of the unit.
    pub span: Range<usize>,
    /// The noun counted or measured, as a lemma in the singular.
    pub noun: Option<CompactString>,
    /// The noun's whole phrase, as words.
    pub subject: Option<String>,
    /// The lemma of the verb that governs the noun.
    pub verb: Option<CompactString>,
    /// Who says it; none for the article's own voice.
    pub source: Option<String>,
}

/// An article, read: its document, sentences and claims.
#[derive(Debug, Clone)]
pub struct Article {
    /// The document.
    pub document: Document,
    /// The sentences in order.
    pub sentences: Vec<Sentence>,
    /// The claims in order of place.
    pub claims: Vec<Claim>,
}

/// Reads articles: sentences, figures, and what binds them.
#[derive(Debug)]
pub struct Reader {
    text: text::Reader,
    quantity: quantity::Reader,
}

impl Reader {
    /// Takes what it needs from a pack, and checks it.
    pub fn new(_pack: &Pack, text: text::Reader, quantity: quantity::Reader) -> Result<Self, PackError> {
        Ok(Self { text, quantity })
    }

    /// Reads a document.
    pub fn read(&self, document: Document) -> Article {
        let mut sentences = Vec::new();
        let mut claims = Vec::new();
        for (block, content) in document.blocks.iter().enumerate() {
            for span in self.text.sentences(&content.text) {
                let tokens = self.text.tokens(&content.text, span.clone());
                let first = claims.len();
                for figure in self.quantity.figures(&content.text, &tokens) {
                    let span = content.file_span(figure.span.clone());
                    let sentence = sentences.len();
                    claims.push(Claim {
                        figure,
                        sentence,
                        block,
                        span,
                        noun: None,
                        subject: None,
                        verb: None,
                        source: None,
                    });
                }
                sentences.push(Sentence { block, span, tokens, claims: first..claims.len() });
            }
        }
        Article { document, sentences, claims }
    }
}
