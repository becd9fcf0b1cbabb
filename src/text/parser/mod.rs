//! Finds the head of each word: a transition parser that keeps several states (Zhang and Clark 2008), with weights from
//! structured training; a perceptron that names the relation of each arc as it is made; and one that hangs marks of
//! punctuation on the words' tree.

pub(crate) mod beam;
pub(crate) mod features;
pub(crate) mod marks;
mod memo;
pub(crate) mod state;

use super::Upos;
#[cfg(feature = "train")]
use super::model::Word;
use super::model::{Grid, MOST_LABELS, Model, ModelError, Table, form_and_suffix};
use super::tagger::{Tag, best};
use beam::{Breadth, Scorer, Search};
use features::ARC_FEATURES;
use marks::{Frame, MARK_FEATURES};
use state::{NO_LABEL, NONE, Words};

/// How widely the parser searches. On the held-out treebank a margin of 80 costs 0.15% of the heads and saves a tenth of
/// the time; a width of 8 with a margin of 125 gains 0.1% for as much.
const BREADTH: Breadth = Breadth { width: 6, margin: 110 };

/// A token as the parser sees it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    /// The hash of its form.
    pub(crate) form: u64,
    /// The hash of its end.
    pub(crate) suffix: u64,
    pub(crate) tag: Tag,
    pub(crate) upos: Upos,
}

impl Node {
    /// A tagged word.
    #[cfg(feature = "train")]
    pub(crate) fn new(word: &Word, tag: Tag, upos: Upos) -> Self {
        Self { form: word.form, suffix: word.suffix[2], tag, upos }
    }

    /// A tagged word, by its folded lower-case form.
    pub(crate) fn read(lower: &str, tag: Tag, upos: Upos) -> Self {
        let (form, suffix) = form_and_suffix(lower);
        Self { form, suffix, tag, upos }
    }

    /// Whether it is a mark of punctuation.
    pub(crate) fn is_mark(&self) -> bool {
        self.upos == Upos::PUNCT
    }
}

/// The weights that name arcs.
#[derive(Debug, Clone)]
pub(crate) struct Namer {
    pub(crate) relations: Vec<&'static str>,
    arcs: Table,
}

impl Namer {
    /// The sections `relations` and `arcs` of a model.
    pub(crate) fn new(model: &Model) -> Result<Self, ModelError> {
        let relations = model.lines("relations")?;
        if relations.is_empty() || relations.len() > MOST_LABELS {
            return Err(ModelError::Damaged("relations"));
        }
        Ok(Self { relations, arcs: Table::new(model, "arcs")? })
    }

    /// The label of an arc.
    pub(crate) fn label(&self, features: &[u64; ARC_FEATURES]) -> u8 {
        let mut scores = [0; MOST_LABELS];
        self.arcs.add(features, &mut scores);
        best(&scores[..self.relations.len()])
    }
}

/// Finds heads and relations.
#[derive(Debug, Clone)]
pub(crate) struct Parser {
    namer: Namer,
    steps: Grid,
    marks: Table,
    /// The label of marks.
    punct: u8,
}

impl Scorer for Parser {
    fn steps<const N: usize>(&self, features: &[u64; N]) -> [i32; 3] {
        self.steps.sums(features)
    }

    fn label(&self, features: &[u64; ARC_FEATURES]) -> u8 {
        self.namer.label(features)
    }
}

impl Parser {
    /// The parser of a model: sections `relations`, `arcs`, `steps` and `marks`.
    pub(crate) fn new(model: &Model) -> Result<Self, ModelError> {
        let namer = Namer::new(model)?;
        let punct = namer.relations.iter().position(|&name| name == "punct").map_or(NO_LABEL, |at| at as u8);
        Ok(Self { namer, steps: Grid::new(model, "steps")?, marks: Table::new(model, "marks")?, punct })
    }

    /// A relation's name.
    pub(crate) fn name(&self, label: u8) -> &'static str {
        self.namer.relations.get(usize::from(label)).copied().unwrap_or("dep")
    }

    /// The head of each node (the number of nodes for the root) and its label.
    pub(crate) fn parse(&self, nodes: &[Node]) -> (Vec<u32>, Vec<u8>) {
        let words = Words::new(nodes);
        let mut search = Search::new(&words, self, BREADTH);
        for _ in 0..2 * words.len() {
            search.advance();
        }
        let (heads, labels) = search.chart.tree(search.beam.first().copied().unwrap_or(0));
        let frame = Frame { nodes, words: &words, heads: &heads, labels: &labels };

        let root = nodes.len() as u32;
        let place = |word: u32| words.places.get(word as usize).copied().unwrap_or(root);
        let mut all = (vec![NONE; nodes.len()], vec![self.punct; nodes.len()]);
        for (&at, (&head, &label)) in words.places.iter().zip(heads.iter().zip(&labels)) {
            all.0[at as usize] = place(head);
            all.1[at as usize] = label;
        }
        for at in (0..nodes.len()).filter(|&at| nodes[at].is_mark()) {
            all.0[at] = match self.head_of_mark(&frame, at) {
                Some(word) => place(word),
                // Nothing but marks: all hang on the first.
                None if at == 0 => root,
                None => 0,
            };
        }
        all
    }

    /// The word that a mark hangs on; none if there are no words.
    fn head_of_mark(&self, frame: &Frame, place: usize) -> Option<u32> {
        let score = |features: &[u64; MARK_FEATURES]| -> i32 {
            let rows = features.iter().filter_map(|&hash| self.marks.row(hash).first());
            rows.map(|[_, weight]| i32::from(weight.cast_signed())).sum()
        };
        let scored = frame.candidates(place).into_iter().map(|candidate| (score(&candidate.features), candidate.word));
        scored.reduce(|best, other| if other.0 > best.0 { other } else { best }).map(|(_, word)| word)
    }
}
