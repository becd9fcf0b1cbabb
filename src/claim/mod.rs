//! Claims: a figure, what it counts, the verb over it, who says it, and the part it plays.

mod binding;
pub mod cues;
mod day;
mod noun;
mod reader;
mod speaker;
mod stage;
mod syntax;
mod verb;
mod voices;

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use compact_str::CompactString;
use serde::Serialize;

use crate::document::{Document, Place};
use crate::quantity::{Figure, Kind, Quantity};
use crate::text::{Token, Tree};
pub use cues::Cues;
use cues::Slack;
pub use day::Day;
pub use reader::{LONGEST_SENTENCE, Reader};
pub use stage::{Lead, Stage};
pub use verb::Relation;

/// A sentence that has been read.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// The block it stands in, as an index into the document's blocks.
    pub block: usize,
    /// Bytes in the block's text.
    pub span: Range<usize>,
    /// Its tokens, tagged.
    pub tokens: Vec<Token>,
    /// Each token's lemma.
    pub lemmas: Vec<CompactString>,
    /// Its tree; none where it has no figures, is longer than [`LONGEST_SENTENCE`], or the article is a guess.
    pub tree: Option<Tree>,
    /// Its claims, as a range of the article's claims.
    pub claims: Range<usize>,
}

/// What a figure is a figure of, and who says so.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools)] // Each is asked for on its own.
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
    /// The noun's token in its sentence; none where the noun was carried over from elsewhere.
    pub head: Option<usize>,
    /// The tokens of the noun's phrase, figure and all.
    pub phrase: Range<usize>,
    /// "12 of them": the token of the pronoun behind "of".
    pub pronoun: Option<usize>,
    /// "a list of 339 of them": all of them, so that the figure is no part.
    pub whole: bool,
    /// The noun stands behind "of": the figure is a part of what the noun names.
    pub of: bool,
    /// The noun stands before the figure: "a list of 339".
    pub leading: bool,
    /// The noun's whole phrase, as words.
    pub subject: Option<String>,
    /// The lemma of the verb that governs the noun.
    pub verb: Option<CompactString>,
    /// The verb's token, and how the noun stands to it.
    pub governed: Option<(usize, Relation)>,
    /// Who says it; none for the article's own voice.
    pub source: Option<String>,
    /// The side that the speaker is of, where the name tells it: "Russia" for the Kremlin.
    pub side: Option<CompactString>,
    /// Whether the tree alone has the speaker, and the tags none or another.
    pub heard: bool,
    /// The days, months and years that may date it, as tokens.
    pub times: Vec<usize>,
    /// The names in the phrases of place at its noun and verb, as tokens.
    pub places: Vec<usize>,
    /// What of this two readings agree on.
    pub sure: Sure,
    /// Whether the figure comes back to something named before: "the 17 houses", "all nine".
    pub definite: bool,
    /// Whether it is told as a fact.
    pub stage: Stage,
    /// The preposition of change before it.
    pub lead: Option<Lead>,
}

/// Which bindings are sure: those that the reading over tags and the reading over the tree agree on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Sure {
    /// What is counted, or that nothing names it.
    pub noun: bool,
    /// The verb over it, and on which side of it the noun stands; or that there is none.
    pub verb: bool,
    /// Who says it, or that the article does.
    pub source: bool,
}

impl Claim {
    /// The figure's quantity.
    pub fn quantity(&self) -> &Quantity {
        &self.figure.quantity
    }
}

/// An article, read: its document, sentences and claims. They are shared, so that a copy costs nothing: every draft has
/// its sources beside it.
#[derive(Debug, Clone)]
pub struct Article {
    /// The document.
    pub document: Arc<Document>,
    /// The sentences in order.
    pub sentences: Arc<[Sentence]>,
    /// The claims in order of place.
    pub claims: Arc<[Claim]>,
    /// The words that claims were read with.
    pub cues: Arc<Cues>,
    /// How long it took to read.
    pub took: Duration,
    /// Whether its trees are still to be read, and what tags say is taken for sure: what is found may not be so.
    pub is_guessed: bool,
    /// Whether time was up before all of it was read.
    pub is_cut: bool,
}

impl Article {
    /// The article without the claim that anything in it is sure.
    pub(crate) fn nothing_sure(mut self) -> Self {
        for claim in Arc::get_mut(&mut self.claims).unwrap_or_default() {
            claim.sure = Sure::default();
        }
        self
    }

    /// How much less evidence is enough while trees are still to be read.
    pub fn slack(&self) -> Slack {
        if self.is_guessed { self.cues.evidence.guessed } else { Slack::default() }
    }

    /// The sentence a claim stands in.
    pub fn sentence(&self, claim: &Claim) -> &Sentence {
        &self.sentences[claim.sentence]
    }

    /// The part that a claim's block plays.
    pub fn place(&self, claim: &Claim) -> Place {
        self.document.blocks[claim.block].place
    }

    /// The figure as the copy has it.
    pub fn text(&self, claim: &Claim) -> &str {
        self.document.slice(claim.span.clone())
    }

    /// Whether a count is written as no newsroom writes one: six digits or more with nothing to part them. Those are the
    /// numbers of pages and cases.
    pub fn is_code(&self, claim: &Claim) -> bool {
        /// The longest run of digits that copy leaves unparted.
        const LONGEST: usize = 5;
        let number = self.sentence(claim).tokens.get(claim.figure.number.clone()).unwrap_or_default();
        let run = |token: &Token| token.lower.len() > LONGEST && token.lower.bytes().all(|b| b.is_ascii_digit());
        claim.quantity().kind == Kind::Count && matches!(number, [token] if run(token))
    }

    /// The figure as a reader sees it, without markup.
    pub fn words(&self, claim: &Claim) -> &str {
        self.document.blocks[claim.block].text.get(claim.figure.span.clone()).unwrap_or_default()
    }

    /// A token of a claim's sentence as the copy has it.
    pub fn token_text(&self, claim: &Claim, at: usize) -> &str {
        let token = self.sentence(claim).tokens.get(at);
        token.map_or("", |t| self.document.slice(self.document.blocks[claim.block].file_span(t.span())))
    }

    /// The figure with the noun behind it, as a reader sees them: "the 17 houses lost" is "17 houses". A long phrase is
    /// cut to the figure.
    pub fn phrase(&self, claim: &Claim) -> &str {
        /// The longest phrase worth quoting, in bytes.
        const LONGEST: usize = 40;
        let sentence = self.sentence(claim);
        let start = claim.figure.span.start;
        let last = claim.head.filter(|&h| h >= claim.figure.tokens.end && h < claim.phrase.end);
        let end = last.and_then(|h| sentence.tokens.get(h)).map(|t| t.end).filter(|end| end - start <= LONGEST);
        let Some(end) = end else { return self.words(claim) };
        self.document.blocks[claim.block].text.get(start..end).unwrap_or_default()
    }
}

/// A sentence while it is being read.
#[derive(Clone, Copy)]
struct Scene<'a> {
    text: &'a str,
    tokens: &'a [Token],
    lemmas: &'a [CompactString],
    cues: &'a Cues,
}

impl Scene<'_> {
    /// Tokens as the copy has them, white space folded.
    fn words(&self, range: Range<usize>) -> String {
        let tokens = self.tokens.get(range).unwrap_or_default();
        let Some((first, last)) = tokens.first().zip(tokens.last()) else { return String::new() };
        let text = self.text.get(first.start..last.end).unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
