//! The rule engine: what a rule is, what it is given, and what it reports.
//!
//! A rule is two files: `src/rule/SCOPE/NAME.rs` with a function `check` and, where it lets something pass that its TOML
//! says, a constant `TOLERANCES` with the names; and `rules/checks/NAME.toml` with its meaning and examples. One that looks
//! in several places has a file in the folder of each. The build finds them (see `build.rs`); no list is kept by hand.

pub mod adding;
pub mod article;
pub mod borne;
pub mod definition;
pub mod exact;
pub mod exchange;
pub mod house;
pub mod ledger;
pub mod page;
pub mod pair;
pub mod passage;
pub mod rates;
pub mod share;
pub mod slips;
pub mod sources;
pub mod time;
pub mod verdict;
pub mod wording;

use std::ops::Range;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use crate::claim::{Article, Claim, Cues, Sentence};
use crate::pack::Embedded;
use crate::text::Token;
pub use definition::Tolerances;

/// More conflicts than this a rule does not look for in one article, whatever limit is asked for.
pub const MOST_FOUND: usize = 10_000;

/// How grave a finding is. The order is that of gravity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// For the editor to see; the article is not wrong.
    Info,
    /// Likely wrong.
    Warning,
    /// Arithmetic that doesn't come out, or an article that contradicts itself.
    Error,
}

impl Severity {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A figure that a finding points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Which document of those checked together.
    pub document: usize,
    /// Bytes in its file.
    pub span: Range<usize>,
    /// What to write at the figure: "says 12%".
    pub label: String,
    /// What the copy could have in its place, where the rule knows what would be right.
    pub fix: Option<String>,
}

impl Mark {
    /// The same mark with what the copy could have in the figure's place.
    #[must_use]
    pub fn with_fix(self, fix: Option<String>) -> Self {
        Self { fix, ..self }
    }

    /// A mark on a figure of the document being checked.
    pub fn new(claim: &Claim, label: impl Into<String>) -> Self {
        Self { document: 0, span: claim.span.clone(), label: label.into(), fix: None }
    }
}

/// Figures that cannot all be true, as a rule finds them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Every figure involved.
    pub marks: Vec<Mark>,
    /// One sentence that an editor understands: what was read and why it cannot hold, the sum done.
    pub message: String,
    /// The sum at length, where the message is not enough.
    pub note: Option<String>,
}

/// A conflict with its rule's name and level: what is reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's name.
    pub rule: CompactString,
    /// How grave it is.
    pub severity: Severity,
    /// What was found.
    pub conflict: Conflict,
}

/// An entry of the registry that the build makes: a rule of one scope.
pub struct Entry<F> {
    /// The rule's name, after its files.
    pub name: &'static str,
    /// Its TOML file; in JSON without the examples.
    pub definition: Embedded,
    /// The tolerances that it asks for: the file's constant `TOLERANCES`.
    pub tolerances: &'static [&'static str],
    /// Its check.
    pub check: F,
}

/// A rule that looks at one sentence and its neighbours.
pub type PassageCheck = for<'a> fn(&Passage<'a>) -> Vec<Conflict>;
/// A rule that looks at a whole article.
pub type ArticleCheck = fn(&Article, &Tolerances) -> Vec<Conflict>;
/// A rule that looks at several documents.
pub type SourcesCheck = for<'a> fn(&Sources<'a>) -> Vec<Conflict>;

/// What a rule of scope `passage` is given: one sentence of an article, the others at hand.
#[derive(Debug, Clone, Copy)]
pub struct Passage<'a> {
    /// The article.
    pub article: &'a Article,
    /// The sentence to check, as an index into the article's.
    pub index: usize,
    /// How far figures may be off for the rule that looks.
    pub tolerances: &'a Tolerances,
}

impl<'a> Passage<'a> {
    /// The sentence to check.
    pub fn sentence(&self) -> &'a Sentence {
        &self.article.sentences[self.index]
    }

    /// The sentence before it, in the same block or the one before.
    pub fn previous(&self) -> Option<&'a Sentence> {
        let before = &self.article.sentences[self.index.checked_sub(1)?];
        (before.block + 1 >= self.sentence().block).then_some(before)
    }

    /// Its claims, in order.
    pub fn claims(&self) -> &'a [Claim] {
        &self.article.claims[self.sentence().claims.clone()]
    }

    /// Its tokens.
    pub fn tokens(&self) -> &'a [Token] {
        &self.sentence().tokens
    }

    /// The words that rules know.
    pub fn cues(&self) -> &'a Cues {
        &self.article.cues
    }

    /// The same rule's view of another sentence of the article.
    #[must_use]
    pub fn at(&self, index: usize) -> Self {
        Self { index, ..*self }
    }

    /// The tokens between two figures, the earlier one first.
    pub fn between(&self, a: &Claim, b: &Claim) -> &'a [Token] {
        self.tokens().get(a.figure.tokens.end..b.figure.tokens.start).unwrap_or_default()
    }

    /// The figure as a reader sees it.
    pub fn text(&self, claim: &Claim) -> &'a str {
        self.article.words(claim)
    }
}

/// What a rule of scope `sources` is given: a draft and its sources, or several accounts of one story.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// All documents; with a draft, it is the first.
    pub articles: &'a [Article],
    /// Whether the first is a draft that the others must bear out.
    pub draft: bool,
    /// How far figures may be off for the rule that looks.
    pub tolerances: &'a Tolerances,
}
