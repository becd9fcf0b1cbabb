//! Looks for the sequence of steps with the highest score, with several states at a time.

use std::cmp::Reverse;

use super::features::{ARC_FEATURES, FEATURES, arc_features, features};
use super::state::{ACTIONS, Action, Chart, NO_LABEL, Words};

/// What the search asks of the weights.
pub(crate) trait Scorer {
    /// The scores of the three steps.
    fn steps(&self, features: &[u64; FEATURES]) -> [i32; 3];
    /// The label of an arc.
    fn label(&self, features: &[u64; ARC_FEATURES]) -> u8;
    /// What an arc is given on top of the score of its step.
    fn bonus(&self, _head: u32, _dependent: u32) -> i32 {
        0
    }
}

/// How widely to search.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Breadth {
    /// At most so many states are kept.
    pub(crate) width: usize,
    /// A state whose score is further below the best is dropped.
    pub(crate) margin: i32,
}

/// What follows from what a state looks like.
#[derive(Debug, Clone, Copy)]
struct View {
    scores: [Option<i32>; 3],
    /// The labels of the arcs that the steps make, where they are known.
    labels: [Option<u8>; 3],
    /// The place in the beam of the first state that looks the same.
    twin: usize,
}

/// A search under way.
pub(crate) struct Search<'a, S> {
    pub(crate) chart: Chart<'a>,
    /// The states after the last step, the best first.
    pub(crate) beam: Vec<u32>,
    scorer: &'a S,
    breadth: Breadth,
    /// What the states of the beam look like, in their order.
    views: Vec<View>,
    /// Scores, places in the beam and steps.
    candidates: Vec<(i32, usize, Action)>,
}

impl<'a, S: Scorer> Search<'a, S> {
    pub(crate) fn new(words: &'a Words, scorer: &'a S, breadth: Breadth) -> Self {
        Self { chart: Chart::new(words), beam: vec![0], scorer, breadth, views: Vec::new(), candidates: Vec::new() }
    }

    /// Takes a step in every state that is kept.
    pub(crate) fn advance(&mut self) {
        let mut candidates = std::mem::take(&mut self.candidates);
        candidates.clear();
        self.views.clear();
        for at in 0..self.beam.len() {
            let state = self.beam[at];
            // States that differ in the past alone look the same, and need be looked at once.
            let twin = (0..at).find(|&other| self.chart.look_same(self.beam[other], state));
            let view = match twin {
                Some(other) => View { twin: self.views[other].twin, ..self.views[other] },
                None => View { scores: self.scores(state), labels: [None; 3], twin: at },
            };
            self.views.push(view);
            let sum = self.chart.state(state).score;
            candidates.extend(
                ACTIONS.iter().zip(view.scores).filter_map(|(&action, score)| Some((sum + score?, at, action))),
            );
        }
        // The sort is stable: of equals the first stays first.
        candidates.sort_by_key(|(score, ..)| Reverse(*score));
        let least = candidates.first().map_or(0, |(best, ..)| best.saturating_sub(self.breadth.margin));
        let before = std::mem::take(&mut self.beam);
        for &(score, at, action) in candidates.iter().take(self.breadth.width).filter(|(score, ..)| *score >= least) {
            let twin = self.views[at].twin;
            let label = match self.views[twin].labels[action as usize] {
                Some(label) => label,
                None => self.label(before[at], action),
            };
            self.views[twin].labels[action as usize] = Some(label);
            self.beam.push(self.chart.take(before[at], action, label, score));
        }
        self.candidates = candidates;
    }

    /// The scores of the steps that are allowed. A step without alternative counts nothing.
    pub(crate) fn scores(&self, state: u32) -> [Option<i32>; 3] {
        let allowed = self.chart.allowed(state);
        if allowed.iter().filter(|allowed| **allowed).count() < 2 {
            return allowed.map(|allowed| allowed.then_some(0));
        }
        let scores = self.scorer.steps(&features(&self.chart, state));
        let state = self.chart.state(state);
        let top = self.chart.item(state.top);
        let heads = [None, Some(state.next), Some(self.chart.item(top.below).word)];
        [0, 1, 2]
            .map(|at| allowed[at].then(|| scores[at] + heads[at].map_or(0, |head| self.scorer.bonus(head, top.word))))
    }

    /// The label of the arc that a step makes.
    pub(crate) fn label(&self, state: u32, action: Action) -> u8 {
        self.chart.arc(state, action).map_or(NO_LABEL, |arc| self.scorer.label(&arc_features(&self.chart, &arc)))
    }
}
