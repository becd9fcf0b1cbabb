//! The treebank's trees as the parser can make them: words without marks of punctuation, and no arcs that cross.

use crate::text::parser::Node;
use crate::text::parser::state::{Action, Chart, NO_LABEL, State, Words};

/// A sentence made ready to learn from.
pub(super) struct Gold {
    pub(super) nodes: Vec<Node>,
    pub(super) words: Words,
    /// The head of each word (the number of words for the root), and its label.
    pub(super) heads: Vec<u32>,
    pub(super) labels: Vec<u8>,
    /// The last dependent of each word, or the word itself.
    last: Vec<u32>,
    /// The place of each mark among the nodes, and the word it hangs on.
    pub(super) marks: Vec<(usize, u32)>,
}

impl Gold {
    /// A sentence of tagged nodes with the treebank's heads (the number of nodes for the root) and labels.
    pub(super) fn new(nodes: Vec<Node>, heads: &[usize], labels: &[u8]) -> Self {
        let words = Words::new(&nodes);
        let mut number = vec![words.len(); nodes.len() + 1];
        for (at, &place) in (0..).zip(&words.places) {
            number[place as usize] = at;
        }
        // What hangs on a mark hangs on what the mark hangs on.
        let head_of = |place: usize| {
            let mut head = heads[place];
            while nodes.get(head).is_some_and(Node::is_mark) {
                head = heads[head];
            }
            number[head]
        };
        let marks = (0..nodes.len()).filter(|&at| nodes[at].is_mark()).map(|at| (at, head_of(at))).collect();
        let mut gold: Vec<u32> = words.places.iter().map(|&place| head_of(place as usize)).collect();
        one_root(&mut gold);
        lift(&mut gold);
        let labels = words.places.iter().map(|&place| labels[place as usize]).collect();
        let mut last: Vec<u32> = (0..words.len()).collect();
        for (at, &head) in (0..).zip(&gold) {
            if let Some(last) = last.get_mut(head as usize) {
                *last = at.max(*last);
            }
        }
        Self { nodes, words, heads: gold, labels, last, marks }
    }

    /// The step that leads to the tree from a state on the way to it.
    pub(super) fn action(&self, chart: &Chart, state: u32) -> Action {
        let &State { top, next, .. } = chart.state(state);
        let top = chart.item(top);
        match self.heads.get(top.word as usize) {
            Some(&head) if head == next => Action::Left,
            Some(&head) if head == chart.item(top.below).word && self.last[top.word as usize] < next => Action::Right,
            _ => Action::Shift,
        }
    }

    /// Walks the way to the tree: `visit` is given every state with the step from it, and names the arc of the step.
    pub(super) fn walk(&self, mut visit: impl FnMut(&Chart, u32, Action) -> u8) {
        let mut chart = Chart::new(&self.words);
        let mut state = 0;
        for _ in 0..2 * self.words.len() {
            let action = self.action(&chart, state);
            let label = visit(&chart, state, action);
            let label = if action == Action::Shift { NO_LABEL } else { label };
            state = chart.take(state, action, label, 0);
        }
    }
}

/// Leaves one root: the others hang on it.
fn one_root(heads: &mut [u32]) {
    let root = heads.len() as u32;
    let mut roots = (0..root).filter(|&at| heads[at as usize] == root).collect::<Vec<u32>>().into_iter();
    if let Some(first) = roots.next() {
        roots.for_each(|other| heads[other as usize] = first);
    }
}

/// Moves arcs that cross others up to the head's head, the shortest first, until none cross.
fn lift(heads: &mut [u32]) {
    let root = heads.len() as u32;
    let crosses = |heads: &[u32], at: u32| {
        let head = heads[at as usize];
        let below_head = |mut word: u32| {
            while word < root && word != head {
                word = heads[word as usize];
            }
            word == head
        };
        head != root && !(at.min(head) + 1..at.max(head)).all(below_head)
    };
    while let Some(at) = (0..root).filter(|&at| crosses(heads, at)).min_by_key(|&at| at.abs_diff(heads[at as usize])) {
        heads[at as usize] = heads[heads[at as usize] as usize];
    }
}
