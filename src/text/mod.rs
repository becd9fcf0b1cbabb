//! Sentences, tokens and part-of-speech tags.

use std::ops::Range;
use std::sync::OnceLock;

use compact_str::CompactString;

use self::fold::fold;
use self::lemma::Lemmas;
use self::model::{Model, ModelError, Word};
use self::parser::{Node, Parser};
use self::remembered::Trees;
use self::tagger::Tagger;
use self::words::{Abbreviations, Cuts};
use crate::pack::{Pack, PackError};

pub mod fold;
#[cfg_attr(not(feature = "train"), allow(dead_code))] // The build lays out the model that the program has.
pub(crate) mod layout;
mod lemma;
pub(crate) mod model;
pub(crate) mod parser;
mod remembered;
mod sentences;
pub(crate) mod tagger;
mod tokens;
mod tree;
mod upos;
mod words;

pub use self::tree::{Arc, Tree};
pub use self::upos::Upos;

/// The weights of `rules/en/english.model`, as `build.rs` lays them out.
static ENGLISH: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/english.model"));

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
    tagger: Tagger,
    model: Model,
    /// Made when the first tree is asked for; none if the model has no sound parser.
    parser: OnceLock<Option<Parser>>,
    /// Trees made before, where they are kept.
    remembered: Option<std::sync::Arc<Trees>>,
}

impl Reader {
    /// Takes what it needs from a pack (`abbreviations`, `tokens`, `lemmas`), and checks it. The weights of the tagger
    /// and the parser are built in; the parser's are made ready when the first tree is asked for.
    pub fn new(pack: &Pack) -> Result<Self, PackError> {
        Self::with_model(pack, ENGLISH)
    }

    /// A reader with the weights of another model.
    pub(crate) fn with_model(pack: &Pack, model: &'static [u8]) -> Result<Self, PackError> {
        let damaged =
            |error: ModelError| PackError { file: "rules/en/english.model".to_owned(), message: error.to_string() };
        let model = Model::new(model).map_err(damaged)?;
        Ok(Self {
            abbreviations: Abbreviations::new(pack)?,
            cuts: Cuts::new(pack)?,
            lemmas: Lemmas::new(pack)?,
            tagger: Tagger::new(&model).map_err(damaged)?,
            model,
            parser: OnceLock::new(),
            remembered: None,
        })
    }

    /// Keeps trees from now on: for one who reads the same sentences again and again.
    pub fn remember(&mut self) {
        self.remembered = Some(std::sync::Arc::default());
    }

    /// The tagger, for those who train it.
    #[cfg(feature = "train")]
    pub(crate) fn tagger(&self) -> &Tagger {
        &self.tagger
    }

    /// The parser.
    pub(crate) fn parser(&self) -> Option<&Parser> {
        self.parser.get_or_init(|| Parser::new(&self.model).ok()).as_ref()
    }

    /// The sentences of a block's text: byte ranges in order, without the white space around them. A closing quote or
    /// bracket stays with its sentence; a blank line ends a sentence, a single line break does not.
    pub fn sentences(&self, text: &str) -> Vec<Range<usize>> {
        sentences::sentences(text, &self.abbreviations)
    }

    /// The tokens of a sentence, tagged. `span` is the sentence's byte range in the block's text; what is no range of
    /// it has no tokens.
    pub fn tokens(&self, text: &str, span: Range<usize>) -> Vec<Token> {
        let mut tokens: Vec<Token> = tokens::tokens(text, span, &self.cuts, &self.abbreviations)
            .into_iter()
            .map(|span| {
                let form = &text[span.clone()];
                let spaced = text[..span.start].chars().next_back().is_none_or(char::is_whitespace);
                let capital = form.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
                Token {
                    start: span.start,
                    end: span.end,
                    lower: fold(form),
                    capital,
                    spaced,
                    upos: Upos::X,
                    xpos: "FW",
                }
            })
            .collect();
        let mut words: Vec<Word> = (0..tokens.len())
            .map(|at| match self.stand_in(&tokens, at) {
                Some(other) => Word::new(other, other),
                None => Word::new(&text[tokens[at].span()], &tokens[at].lower),
            })
            .collect();
        for (token, tag) in tokens.iter_mut().zip(self.tagger.tag(&mut words)) {
            (token.upos, token.xpos) = self.tagger.name(tag);
        }
        give_finite_verb(&mut tokens);
        tokens
    }

    /// The word that a token is read as for tags and trees, where that is another: "£" as "$", the "m" of "£3m" as
    /// "million", but not that of a name like "Tu-22M".
    fn stand_in(&self, tokens: &[Token], at: usize) -> Option<&CompactString> {
        let written_to_figure = || {
            let figure = &tokens[at.checked_sub(1).filter(|_| !tokens[at].spaced)?];
            let name =
                |before: &Token| before.lower.ends_with(char::is_alphabetic) || !before.spaced && before.lower == "-";
            let alone = figure.spaced || at < 2 || !name(&tokens[at - 2]);
            (alone && figure.lower.ends_with(|c: char| c.is_ascii_digit())).then_some(())
        };
        self.cuts.stand_in(&tokens[at].lower, written_to_figure().is_some())
    }

    /// The tree of a sentence: what each of its tagged tokens hangs on, and how.
    pub fn tree(&self, tokens: &[Token]) -> Tree {
        let Some(known) = &self.remembered else { return self.new_tree(tokens) };
        let word = |at: usize| self.stand_in(tokens, at).unwrap_or(&tokens[at].lower);
        known.get(Trees::key(tokens, word), || self.new_tree(tokens))
    }

    fn new_tree(&self, tokens: &[Token]) -> Tree {
        let nodes: Vec<Node> = tokens
            .iter()
            .enumerate()
            .map(|(at, token)| {
                let word = self.stand_in(tokens, at).unwrap_or(&token.lower);
                Node::read(word, self.tagger.number((token.upos, token.xpos)), token.upos)
            })
            .collect();
        let Some(parser) = self.parser() else {
            // Nothing is known: all hang on the first.
            let flat = |at: usize| Arc { head: (at > 0).then_some(0), relation: if at == 0 { "root" } else { "dep" } };
            return Tree::new((0..tokens.len()).map(flat));
        };
        let (heads, labels) = parser.parse(&nodes);
        Tree::new(heads.into_iter().zip(labels).map(|(head, label)| {
            let head = usize::try_from(head).ok().filter(|&head| head < tokens.len());
            Arc { head, relation: if head.is_none() { "root" } else { parser.name(label) } }
        }))
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

/// A sentence with a full stop has a finite verb. Where the tagger saw none, the first participle right behind a noun is
/// it: "Operating profit increased to 18m." Past tense and participle look alike.
fn give_finite_verb(tokens: &mut [Token]) {
    let finite = |t: &Token| matches!(t.xpos, "VBD" | "VBZ" | "VBP" | "MD");
    if tokens.last().is_none_or(|t| t.lower != ".") || tokens.iter().any(finite) {
        return;
    }
    let verb = (1..tokens.len()).find(|&at| tokens[at].xpos == "VBN" && tokens[at - 1].is_noun());
    if let Some(at) = verb {
        (tokens[at].upos, tokens[at].xpos) = (Upos::VERB, "VBD");
    }
}
