//! Looks for the sequence of steps with the highest score, with several states at a time.

use std::cmp::Reverse;

use super::features::{ARC_FEATURES, View, Visitor, arc_features};
use super::memo::Memo;
use super::state::{ACTIONS, Action, Chart, NO_LABEL, Words};
use crate::text::model::mix;

/// What the search asks of the weights.
pub(crate) trait Scorer {
    /// What some features add to the scores of the three steps.
    fn steps<const N: usize>(&self, features: &[u64; N]) -> [i32; 3];
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

/// A search under way.
pub(crate) struct Search<'a, S> {
    pub(crate) chart: Chart<'a>,
    /// The states after the last step, the best first.
    pub(crate) beam: Vec<u32>,
    scorer: &'a S,
    breadth: Breadth,
    /// What parts of the features add to the scores of the steps.
    parts: Memo<[i32; 3]>,
    /// The labels of arcs.
    labels: Memo<u8>,
    /// Scores, states of the beam and steps.
    candidates: Vec<(i32, u32, Action)>,
}

impl<'a, S: Scorer> Search<'a, S> {
    pub(crate) fn new(words: &'a Words, scorer: &'a S, breadth: Breadth) -> Self {
        let room = words.len().min(200) as usize * breadth.width;
        Self {
            chart: Chart::new(words),
            beam: vec![0],
            scorer,
            breadth,
            parts: Memo::new(4 * room),
            labels: Memo::new(room),
            candidates: Vec::new(),
        }
    }

    /// Takes a step in every state that is kept.
    pub(crate) fn advance(&mut self) {
        let mut candidates = std::mem::take(&mut self.candidates);
        let mut beam = std::mem::take(&mut self.beam);
        candidates.clear();
        for state in beam.drain(..) {
            let sum = self.chart.state(state).score;
            let scores = self.scores(state);
            candidates
                .extend(ACTIONS.iter().zip(scores).filter_map(|(&action, score)| Some((sum + score?, state, action))));
        }
        // The sort is stable: of equals the first stays first.
        candidates.sort_by_key(|(score, ..)| Reverse(*score));
        let least = candidates.first().map_or(0, |(best, ..)| best.saturating_sub(self.breadth.margin));
        for &(score, state, action) in candidates.iter().take(self.breadth.width).take_while(|(s, ..)| *s >= least) {
            let label = self.label(state, action);
            beam.push(self.chart.take(state, action, label, score));
        }
        self.beam = beam;
        self.candidates = candidates;
    }

    /// The scores of the steps that are allowed. A step without alternative counts nothing.
    pub(crate) fn scores(&mut self, state: u32) -> [Option<i32>; 3] {
        let allowed = self.chart.allowed(state);
        if allowed.iter().filter(|allowed| **allowed).count() < 2 {
            return allowed.map(|allowed| allowed.then_some(0));
        }
        let mut sums = Sums { scorer: self.scorer, parts: &mut self.parts, scores: [0; 3] };
        View::new(&self.chart, state).visit(&mut sums);
        let scores = sums.scores;
        let state = self.chart.state(state);
        let top = self.chart.item(state.top);
        let heads = [None, Some(state.next), Some(self.chart.item(top.below).word)];
        [0, 1, 2]
            .map(|at| allowed[at].then(|| scores[at] + heads[at].map_or(0, |head| self.scorer.bonus(head, top.word))))
    }

    /// The label of the arc that a step makes.
    pub(crate) fn label(&mut self, state: u32, action: Action) -> u8 {
        let Some(arc) = self.chart.arc(state, action) else { return NO_LABEL };
        let words = u64::from(arc.head) << 32 | u64::from(arc.dependent);
        let key = mix(mix(words, arc.of_head.key), arc.of_dependent.key);
        self.labels.get(key, || self.scorer.label(&arc_features(&self.chart, &arc)))
    }
}

/// Adds up what the parts of the features give to the steps.
struct Sums<'a, S> {
    scorer: &'a S,
    parts: &'a mut Memo<[i32; 3]>,
    scores: [i32; 3],
}

impl<S: Scorer> Visitor for Sums<'_, S> {
    fn part<const N: usize>(&mut self, key: u64, features: impl FnOnce() -> [u64; N]) {
        let scores = self.parts.get(key, || self.scorer.steps(&features()));
        self.scores.iter_mut().zip(scores).for_each(|(sum, score)| *sum += score);
    }
}
