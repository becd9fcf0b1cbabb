//! Reads a document's claims, sentence by sentence.

use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use compact_str::CompactString;

use super::binding::{bind, unbound};
use super::speaker::Speakers;
use super::syntax::Syntax;
use super::voices::Voices;

use super::{Article, Claim, Cues, Scene, Sentence};
use crate::document::Document;
use crate::lookup::HashMap;
use crate::quantity::Figure;
use crate::text::{Token, Upos};
use crate::{quantity, text};

/// The longest sentence, in tokens, whose figures are bound. What is longer is a table or a list without stops, and
/// binding looks at a sentence's words once for every figure in it.
pub const LONGEST_SENTENCE: usize = 400;

/// A sentence before its figures are bound.
struct Drafted {
    block: usize,
    span: Range<usize>,
    tokens: Vec<Token>,
    lemmas: Vec<CompactString>,
    figures: Vec<Figure>,
}

/// Reads articles: sentences, figures, and what binds them.
#[derive(Debug)]
pub struct Reader {
    text: text::Reader,
    quantity: quantity::Reader,
    cues: Arc<Cues>,
}

impl Reader {
    /// A reader of those that read words and figures, and the words that claims are read with.
    pub fn new(text: text::Reader, quantity: quantity::Reader, cues: Cues) -> Self {
        Self { text, quantity, cues: Arc::new(cues) }
    }

    /// Keeps trees of sentences from now on.
    pub fn remember(&mut self) {
        self.text.remember();
    }

    /// A unit by its code.
    pub fn unit(&self, code: &str) -> Option<Arc<quantity::Unit>> {
        self.quantity.unit(code)
    }

    /// Reads a document; no more of it than there is time for.
    pub fn read(&self, document: Document, time: Duration) -> Article {
        self.fresh(document, false, time)
    }

    /// Reads a document without trees, which cost more than all else: whatever the tags say is taken for sure, and rules
    /// ask for less.
    pub fn guess(&self, document: Document, time: Duration) -> Article {
        self.fresh(document, true, time)
    }

    fn fresh(&self, document: Document, guessed: bool, time: Duration) -> Article {
        let begun = Instant::now();
        let in_time = || begun.elapsed() < time;
        let mut blocks: Vec<Vec<(Range<usize>, Vec<Token>)>> = document
            .blocks
            .iter()
            .map(|b| {
                let spans = self.text.sentences(&b.text).into_iter().take_while(|_| in_time());
                spans.map(|span| (span.clone(), self.text.tokens(&b.text, span))).collect()
            })
            .collect();
        tag_opening_names(&mut blocks);
        let mut drafts: Vec<Drafted> = Vec::new();
        for ((block, content), read) in document.blocks.iter().enumerate().zip(blocks) {
            drafts.extend(read.into_iter().take_while(|_| in_time()).map(|(span, tokens)| {
                let lemmas = tokens.iter().map(|t| self.lemma(t)).collect();
                let figures = self.quantity.figures(&content.text, &tokens);
                Drafted { block, span, tokens, lemmas, figures }
            }));
        }
        self.bound(document, drafts, guessed, begun.elapsed(), time)
    }

    /// Reads an article that was guessed, with its trees; `took` is what has been spent on it of its time.
    pub fn again(&self, article: Article, took: Duration, time: Duration) -> Article {
        let Article { document, sentences, claims, .. } = article;
        let draft = |sentence: &Sentence| {
            let figures = claims[sentence.claims.clone()].iter().map(|claim| claim.figure.clone()).collect();
            let Sentence { block, span, tokens, lemmas, .. } = sentence.clone();
            Drafted { block, span, tokens, lemmas, figures }
        };
        let drafts = sentences.iter().map(draft).collect();
        let document = Arc::try_unwrap(document).unwrap_or_else(|shared| (*shared).clone());
        self.bound(document, drafts, false, took, time)
    }

    /// The article of a document whose figures have been found.
    fn bound(
        &self,
        document: Document,
        drafts: Vec<Drafted>,
        guessed: bool,
        took: Duration,
        time: Duration,
    ) -> Article {
        let begun = Instant::now();
        let in_time = || took + begun.elapsed() < time;
        let mut sentences: Vec<Sentence> = Vec::with_capacity(drafts.len());
        let mut claims: Vec<Claim> = Vec::new();
        let mut speakers = Speakers::default();
        let read = drafts.into_iter().take_while(|_| in_time());
        for Drafted { block, span, tokens, lemmas, figures } in read {
            let content = &document.blocks[block];
            let scene = Scene { text: &content.text, tokens: &tokens, lemmas: &lemmas, cues: &self.cues };
            let numbers: Vec<Range<usize>> = figures.iter().map(|f| f.tokens.clone()).collect();
            let prose = tokens.len() <= LONGEST_SENTENCE;
            // Only what is bound needs a tree: sentences without figures never do.
            let tree = (prose && !guessed && !figures.is_empty()).then(|| self.text.tree(&tokens));
            let syntax = tree.as_ref().map(|tree| Syntax { scene, tree });
            let voices = if prose { speakers.next(&scene, syntax, block, content.place) } else { Voices::default() };
            let first = claims.len();
            for figure in figures {
                let place = (sentences.len(), block);
                let mut claim = if prose {
                    bind(&scene, syntax.as_ref(), guessed, figure, &numbers, &claims[first..], place)
                } else {
                    unbound(figure, place)
                };
                claim.span = content.file_span(claim.figure.span.clone());
                (claim.source, claim.sure.source) = voices.at(claim.figure.tokens.start);
                claim.sure.source |= guessed;
                claim.heard = voices.is_heard(claim.figure.tokens.start);
                claim.side = claim.source.as_deref().and_then(|name| self.cues.sides.of(name)).cloned();
                if let Some(pronoun) = claim.pronoun
                    && claim.noun.is_none()
                {
                    claim.noun = antecedent(&tokens, &lemmas, pronoun, claim.figure.tokens.start, &sentences, block);
                }
                claims.push(claim);
            }
            let claims = first..claims.len();
            sentences.push(Sentence { block, span, tokens, lemmas, tree, claims });
        }
        let (sentences, claims) = (sentences.into(), claims.into());
        let (document, cues) = (Arc::new(document), Arc::clone(&self.cues));
        Article {
            document,
            sentences,
            claims,
            cues,
            is_guessed: guessed,
            took: took + begun.elapsed(),
            is_cut: !in_time(),
        }
    }

    fn lemma(&self, token: &Token) -> CompactString {
        match token.upos {
            Upos::NOUN | Upos::PROPN => self.text.noun_lemma(&token.lower),
            Upos::VERB | Upos::AUX => self.text.verb_lemma(&token.lower),
            _ => token.lower.clone(),
        }
    }
}

/// A capital tells nothing at the start of a sentence: a noun there that the document has as a name elsewhere, and never
/// in small letters, is a name too. "Finch has 31 wins".
fn tag_opening_names(blocks: &mut [Vec<(Range<usize>, Vec<Token>)>]) {
    let mut names: HashMap<CompactString, bool> = HashMap::default();
    for (_, tokens) in blocks.iter().flatten() {
        for token in tokens.iter().skip(1).filter(|t| t.is_noun()) {
            if token.capital && token.upos == Upos::PROPN {
                names.entry(token.lower.clone()).or_insert(true);
            } else if !token.capital {
                names.insert(token.lower.clone(), false);
            }
        }
    }
    for (_, tokens) in blocks.iter_mut().flatten() {
        if let Some(first) = tokens.first_mut().filter(|t| t.upos == Upos::NOUN && t.capital)
            && names.get(&first.lower) == Some(&true)
        {
            (first.upos, first.xpos) = (Upos::PROPN, if first.xpos == "NNS" { "NNPS" } else { "NNP" });
        }
    }
}

/// What "them", "whom" or "those" stands for: the last plural noun before the figure, in this sentence or the one before.
fn antecedent(
    tokens: &[Token],
    lemmas: &[CompactString],
    pronoun: usize,
    start: usize,
    earlier: &[Sentence],
    block: usize,
) -> Option<CompactString> {
    let plural = |tokens: &[Token], end: usize| {
        tokens[..end].iter().rposition(|t| matches!(t.xpos, "NNS" | "NNPS") || t.lower == "people")
    };
    // "the cases of 10 of them": the cases are not what "them" means.
    let start = if start >= 2 && tokens[start - 1].lower == "of" { start - 2 } else { start };
    // "which" and "whom" mean what stands right before them; "them" what the sentence spoke of.
    if let Some(at) = plural(tokens, start.min(pronoun)) {
        return Some(lemmas[at].clone());
    }
    let last = earlier.last().filter(|s| s.block == block || s.block + 1 == block)?;
    plural(&last.tokens, last.tokens.len()).map(|at| last.lemmas[at].clone())
}
