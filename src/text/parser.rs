//! Finds the head of each word: a greedy arc-hybrid transition parser (Kuhlmann et al. 2011) with averaged-perceptron
//! weights, and a second perceptron that names the relation of each arc as it is made.

use super::Upos;
#[cfg(feature = "train")]
use super::model::Word;
use super::model::{Grid, MOST_LABELS, Model, ModelError, Table, feature, form_and_suffix};
use super::tagger::{Tag, best};

/// The number of no word: the root, or a child that is not there.
pub(crate) const NONE: u32 = u32::MAX;
/// The label of a word that has no head yet.
pub(crate) const NO_LABEL: u8 = 0xFF;

/// A step of the parser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// The next word goes on the stack.
    Shift,
    /// The word on top of the stack hangs on the next word, and leaves.
    Left,
    /// The word on top of the stack hangs on the one below it, and leaves.
    Right,
}

/// All steps, in the order of their weights.
pub(crate) const ACTIONS: [Action; 3] = [Action::Shift, Action::Left, Action::Right];

/// A word as the parser sees it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    /// The hash of its form.
    pub(crate) form: u64,
    /// The hash of its end.
    pub(crate) suffix: u64,
    pub(crate) tag: Tag,
    /// Whether it is a verb (auxiliaries are), and whether it is a mark of punctuation.
    pub(crate) verb: bool,
    pub(crate) mark: bool,
}

impl Node {
    /// A tagged word.
    #[cfg(feature = "train")]
    pub(crate) fn new(word: &Word, tag: Tag, upos: Upos) -> Self {
        Self::of(word.form, word.suffix[2], tag, upos)
    }

    /// A tagged word, by its folded lower-case form.
    pub(crate) fn read(lower: &str, tag: Tag, upos: Upos) -> Self {
        let (form, suffix) = form_and_suffix(lower);
        Self::of(form, suffix, tag, upos)
    }

    fn of(form: u64, suffix: u64, tag: Tag, upos: Upos) -> Self {
        let verb = matches!(upos, Upos::VERB | Upos::AUX);
        Self { form, suffix, tag, verb, mark: upos == Upos::PUNCT }
    }
}

/// What hangs on a word so far.
#[derive(Debug, Clone, Copy)]
struct Children {
    /// The outermost and the last but one on the left.
    left: [u32; 2],
    right: [u32; 2],
    lefts: u8,
    rights: u8,
    /// One bit for each label (modulo 64) among the children.
    labels: u64,
}

/// A sentence half parsed.
#[derive(Debug, Clone)]
pub(crate) struct State<'a> {
    nodes: &'a [Node],
    stack: Vec<u32>,
    /// The next word; the root when there are no more.
    next: u32,
    /// The head of each word; the number of words for the root, [`NONE`] for not yet.
    pub(crate) heads: Vec<u32>,
    pub(crate) labels: Vec<u8>,
    children: Vec<Children>,
    /// How many verbs, and how many marks, stand before each word.
    verbs: Vec<u16>,
    marks: Vec<u16>,
}

impl<'a> State<'a> {
    pub(crate) fn new(nodes: &'a [Node]) -> Self {
        let none = Children { left: [NONE; 2], right: [NONE; 2], lefts: 0, rights: 0, labels: 0 };
        let running = |counts: fn(&Node) -> bool| {
            let mut sum = 0_u16;
            let mut sums = Vec::with_capacity(nodes.len() + 1);
            sums.push(0);
            sums.extend(nodes.iter().map(|node| {
                sum = sum.wrapping_add(u16::from(counts(node)));
                sum
            }));
            sums
        };
        Self {
            verbs: running(|node| node.verb),
            marks: running(|node| node.mark),
            nodes,
            stack: Vec::with_capacity(16),
            next: 0,
            heads: vec![NONE; nodes.len()],
            labels: vec![NO_LABEL; nodes.len()],
            children: vec![none; nodes.len() + 1],
        }
    }

    fn root(&self) -> u32 {
        self.nodes.len() as u32
    }

    pub(crate) fn is_final(&self) -> bool {
        self.next == self.root() && self.stack.is_empty()
    }

    /// The words on the stack, the top last.
    #[cfg(feature = "train")]
    pub(crate) fn stack(&self) -> &[u32] {
        &self.stack
    }

    /// The next word, or the root.
    #[cfg(feature = "train")]
    pub(crate) fn next(&self) -> u32 {
        self.next
    }

    /// Whether a step may be taken. Exactly one word hangs on the root, and none on a mark of punctuation if that can be
    /// helped.
    pub(crate) fn allows(&self, action: Action) -> bool {
        let more = self.next < self.root();
        match (action, self.stack.as_slice()) {
            (Action::Shift, _) => more,
            (Action::Left, [_]) => !self.is_mark(self.next),
            (Action::Left, [.., _]) => more && !self.is_mark(self.next),
            (Action::Right, [.., below, _]) => !more || !self.is_mark(*below),
            _ => false,
        }
    }

    fn is_mark(&self, node: u32) -> bool {
        self.nodes.get(node as usize).is_some_and(|node| node.mark)
    }

    /// The head and the dependent of the arc that a step makes.
    pub(crate) fn arc(&self, action: Action) -> Option<(u32, u32)> {
        let &dependent = self.stack.last()?;
        match action {
            Action::Shift => None,
            Action::Left => Some((self.next, dependent)),
            Action::Right => Some((*self.stack.get(self.stack.len().checked_sub(2)?)?, dependent)),
        }
    }

    /// Takes a step; `label` names the arc if it makes one.
    pub(crate) fn take(&mut self, action: Action, label: u8) {
        match self.arc(action) {
            None => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Some((head, dependent)) => {
                self.stack.pop();
                self.heads[dependent as usize] = head;
                self.labels[dependent as usize] = label;
                let children = &mut self.children[head as usize];
                children.labels |= 1_u64 << (label % 64);
                if action == Action::Left {
                    children.left = [dependent, children.left[0]];
                    children.lefts = children.lefts.saturating_add(1);
                } else {
                    children.right = [dependent, children.right[0]];
                    children.rights = children.rights.saturating_add(1);
                }
            }
        }
    }

    /// Verbs and marks between two words, in coarse steps.
    fn between(&self, left: u32, right: u32) -> u64 {
        let count = |sums: &[u16]| match (sums.get(left as usize + 1), sums.get(right as usize)) {
            (Some(from), Some(to)) => u64::from(to.wrapping_sub(*from).min(3)),
            _ => 15,
        };
        count(&self.verbs) << 4 | count(&self.marks)
    }

    fn tag(&self, node: u32) -> u64 {
        self.nodes.get(node as usize).map_or(if node == self.root() { 254 } else { 255 }, |node| u64::from(node.tag))
    }

    fn form(&self, node: u32) -> u64 {
        self.nodes.get(node as usize).map_or(u64::from(node == self.root()), |node| node.form)
    }

    fn suffix(&self, node: u32) -> u64 {
        self.nodes.get(node as usize).map_or(u64::from(node == self.root()), |node| node.suffix)
    }

    fn label(&self, node: u32) -> u64 {
        self.labels.get(node as usize).map_or(255, |label| u64::from(*label))
    }

    fn children(&self, node: u32) -> Children {
        self.children.get(node as usize).copied().unwrap_or(Children {
            left: [NONE; 2],
            right: [NONE; 2],
            lefts: 0,
            rights: 0,
            labels: 0,
        })
    }
}

/// How many features a step has.
pub(crate) const FEATURES: usize = 78;

/// The features of the next step.
pub(crate) fn features(state: &State) -> [u64; FEATURES] {
    let from_top = |depth: usize| state.stack.len().checked_sub(depth + 1).map_or(NONE, |at| state.stack[at]);
    let ahead = |offset: u32| if state.next + offset <= state.root() { state.next + offset } else { NONE };
    let (s0, s1, s2) = (from_top(0), from_top(1), from_top(2));
    let (b0, b1, b2) = (ahead(0), ahead(1), ahead(2));
    let (t, w) = (|node| state.tag(node), |node| state.form(node));
    let (s0t, s1t, s2t, b0t, b1t, b2t) = (t(s0), t(s1), t(s2), t(b0), t(b1), t(b2));
    let (s0w, s1w, b0w, b1w) = (w(s0), w(s1), w(b0), w(b1));
    let (of_s0, of_s1, of_b0) = (state.children(s0), state.children(s1), state.children(b0));
    let gap = |a: u32, b: u32| if a == NONE || b == NONE { 0 } else { distance(a.abs_diff(b)) };
    let (d0, d1) = (gap(s0, b0), gap(s1, s0));
    let before = s0.checked_sub(1).map_or(255, t);
    let after = if s0 == NONE { 255 } else { t(s0 + 1) };
    let before_b0 = b0.checked_sub(1).map_or(255, t);
    let s0s1b0 = s0t << 16 | s1t << 8 | b0t;
    let s0b0 = s0t << 8 | b0t;
    let s1s0 = s1t << 8 | s0t;
    // The word that opens the phrase of the next word, mostly a preposition.
    let case = w(of_b0.left[0]);
    let valency = |c: &Children| u64::from(c.lefts.min(5)) << 8 | u64::from(c.rights.min(5));
    let list = [
        (s0w, s0t),
        (s0t, 0),
        (s0w, 1),
        (s1w, s1t),
        (s1t, 0),
        (s2t, s1t),
        (b0w, b0t),
        (b0t, 0),
        (b0w, 1),
        (b1w, b1t),
        (b1t, 0),
        (w(b2), b2t),
        (s0w ^ s0t, b0w.rotate_left(9) ^ b0t),
        (s0w, b0w.rotate_left(9) ^ b0t),
        (s0w ^ s0t, b0t),
        (s0t, b0w ^ b0t),
        (s0w, b0w),
        (s0b0, 0),
        (s0w, b0t),
        (s0t, b0w),
        (s1w, s0w),
        (s1w, s0t),
        (s1t, s0w),
        (s1s0, 0),
        (s1w ^ s1t, s0w.rotate_left(9) ^ s0t),
        (s1s0 << 16 | d1, 0),
        (s0b0 << 16 | d0, 0),
        (s0w, d0),
        (b0w, d0),
        (s0w ^ d0, b0w),
        (b0t << 8 | b1t, 0),
        (b0t << 16 | b1t << 8 | b2t, 0),
        (s0b0 << 8 | b1t, 0),
        (s0s1b0, 0),
        (s0s1b0 << 8 | b1t, 0),
        (s0s1b0 << 8 | s2t, 0),
        (s0s1b0, s0w),
        (s0s1b0, b0w),
        (s0s1b0, s1w),
        (s1t << 8 | b0t, 0),
        (s1w, b0w),
        (s1t, b0w),
        (s1w, b0t),
        (s0b0 << 8 | t(of_s0.left[0]), 1),
        (s0b0 << 8 | t(of_s0.right[0]), 2),
        (s0b0 << 8 | t(of_b0.left[0]), 3),
        (s1s0 << 8 | t(of_s1.right[0]), 4),
        (s1s0 << 8 | t(of_s1.left[0]), 5),
        (s1s0 << 8 | t(of_s0.right[0]), 6),
        (s1s0 << 8 | t(of_s0.left[0]), w(of_s0.left[0])),
        (s0t << 8 | b0t, w(of_s0.left[0])),
        (s0t << 16 | t(of_s0.left[0]) << 8 | t(of_s0.left[1]), 7),
        (s0t << 16 | t(of_s0.right[0]) << 8 | t(of_s0.right[1]), 8),
        (b0t << 16 | t(of_b0.left[0]) << 8 | t(of_b0.left[1]), 9),
        (s0t << 16 | valency(&of_s0), b0t),
        (b0t << 16 | valency(&of_b0), s0t),
        (s1t << 16 | valency(&of_s1), s0t),
        (s0w, valency(&of_s0)),
        (s1w, valency(&of_s1)),
        (s0t, of_s0.labels),
        (s1t << 8 | s0t, of_s1.labels),
        (b0t << 8 | s0t, of_b0.labels),
        (s0b0, before << 8 | after),
        (s0b0, before_b0 << 8 | b1t),
        (s0b0 << 8 | before_b0, b1w),
        (s0b0 << 16 | b1t << 8 | state.label(of_s0.right[0]), 0),
        (case, s0w),
        (case, s0t << 8 | s1t),
        (case, s1w),
        (case ^ b0w, s0w),
        (case ^ s0t, s1w),
        (s2t << 16 | s1s0, w(of_s0.left[0])),
        (s0b0, state.between(s0, b0)),
        (s1s0, state.between(s1, s0)),
        (s0s1b0, state.between(s0, b0)),
        (s0b0 << 16 | b1t << 8 | b2t, 1),
        (s1s0 << 16 | state.label(of_s1.right[0]), b0t),
        (s0s1b0 << 16 | state.label(of_s0.left[0]) << 8 | state.label(of_b0.left[0]), 0),
    ];
    let mut hashes = [0; FEATURES];
    for (template, (hash, (a, b))) in hashes.iter_mut().zip(list).enumerate() {
        *hash = feature(template as u64, a, b);
    }
    hashes
}

/// A distance in coarse steps.
fn distance(gap: u32) -> u64 {
    match gap {
        0..=4 => u64::from(gap),
        5..=6 => 5,
        7..=10 => 6,
        _ => 7,
    }
}

/// How many features an arc's label has.
pub(crate) const ARC_FEATURES: usize = 30;

/// The features of the label of the arc from `head` to `dependent`.
pub(crate) fn arc_features(state: &State, head: u32, dependent: u32) -> [u64; ARC_FEATURES] {
    let (t, w) = (|node| state.tag(node), |node| state.form(node));
    let (ht, dt, hw, dw) = (t(head), t(dependent), w(head), w(dependent));
    let (of_head, of_dependent) = (state.children(head), state.children(dependent));
    let side = u64::from(head > dependent);
    let gap = distance(head.abs_diff(dependent));
    let pair = ht << 16 | dt << 8 | side;
    let first = of_dependent.left.iter().rev().copied().find(|&child| child != NONE).unwrap_or(NONE);
    let outermost = of_dependent.left[0];
    let (before, after) = (dependent.checked_sub(1).map_or(255, t), t(dependent + 1));
    let sibling = if side == 1 { of_head.left[0] } else { of_head.right[0] };
    let list = [
        (pair, 0),
        (ht << 8 | side, 1),
        (dt << 8 | side, 2),
        (hw, side),
        (dw, side),
        (hw, dt << 8 | side),
        (dw, ht << 8 | side),
        (hw ^ side, dw),
        (pair << 8 | gap, 0),
        (state.suffix(dependent), pair),
        (state.suffix(head), pair),
        (pair, w(outermost)),
        (pair << 8 | t(outermost), 1),
        (pair, w(first)),
        (pair << 16 | t(first) << 8 | state.label(first), 2),
        (pair, of_dependent.labels),
        (pair, of_head.labels),
        (hw, of_head.labels ^ dt),
        (pair << 8 | state.label(sibling), t(sibling)),
        (pair << 16 | before << 8 | after, 0),
        (pair << 8 | before, 3),
        (pair << 8 | after, 4),
        (dw, before << 8 | after),
        (hw ^ side, w(outermost)),
        (pair, w(of_dependent.right[0])),
        (pair << 8 | t(of_dependent.right[0]), 5),
        (w(outermost), dw),
        (pair, hw.rotate_left(5) ^ dw),
        (pair << 8 | t(head.saturating_sub(1)), t(head.saturating_add(1))),
        (pair << 8 | u64::from(of_head.lefts.min(3)), u64::from(of_head.rights.min(3))),
    ];
    let mut hashes = [0; ARC_FEATURES];
    for (template, (hash, (a, b))) in hashes.iter_mut().zip(list).enumerate() {
        *hash = feature(template as u64, a, b);
    }
    hashes
}

/// Finds heads and relations.
#[derive(Debug, Clone)]
pub(crate) struct Parser {
    relations: Vec<&'static str>,
    steps: Grid,
    arcs: Table,
}

impl Parser {
    /// The parser of a model: sections `relations`, `steps` and `arcs`.
    pub(crate) fn new(model: &Model) -> Result<Self, ModelError> {
        let relations = model.lines("relations")?;
        if relations.is_empty() || relations.len() > MOST_LABELS {
            return Err(ModelError::Damaged("relations"));
        }
        Ok(Self { relations, steps: Grid::new(model, "steps")?, arcs: Table::new(model, "arcs")? })
    }

    /// A relation's name.
    pub(crate) fn name(&self, label: u8) -> &'static str {
        self.relations.get(usize::from(label)).copied().unwrap_or("dep")
    }

    /// The head of each word (the number of words for the root) and its label.
    pub(crate) fn parse(&self, nodes: &[Node]) -> (Vec<u32>, Vec<u8>) {
        let mut state = State::new(nodes);
        while !state.is_final() {
            let mut scores = [0; 3];
            self.steps.add(&features(&state), &mut scores);
            let Some(action) = choose(&scores, |action| state.allows(action)) else { break };
            let label = state.arc(action).map_or(NO_LABEL, |(head, dependent)| {
                let mut scores = [0; MOST_LABELS];
                self.arcs.add(&arc_features(&state, head, dependent), &mut scores);
                best(&scores[..self.relations.len()])
            });
            state.take(action, label);
        }
        (state.heads, state.labels)
    }
}

/// The allowed step with the highest score, the first of equals.
pub(crate) fn choose(scores: &[i32; 3], allowed: impl Fn(Action) -> bool) -> Option<Action> {
    let allowed = ACTIONS.into_iter().filter(|&action| allowed(action));
    allowed.reduce(|best, action| if scores[action as usize] > scores[best as usize] { action } else { best })
}
