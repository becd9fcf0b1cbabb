//! Trains the weights that hang marks of punctuation on trees.

use super::gold::Gold;
use super::perceptron::{Weights, table};
use super::{Random, Section};
use crate::text::parser::marks::{Candidate, Frame};

/// Rounds over the treebank.
const EPOCHS: usize = 6;
/// How the largest weight is written beyond what a byte holds (1: not clipped).
const GAIN: f64 = 1.0;

/// The section `marks` of a model.
pub(super) fn train(all: &[Gold]) -> Section {
    let mut weights = Weights::default();
    let mut random = Random::new();
    let mut order: Vec<usize> = (0..all.len()).collect();
    for _ in 0..EPOCHS {
        random.shuffle(&mut order);
        for &number in &order {
            let Gold { nodes, words, heads, labels, marks, .. } = &all[number];
            let frame = Frame { nodes, words, heads, labels };
            for &(place, head) in marks {
                let candidates = frame.candidates(place);
                let score = |candidate: &Candidate| {
                    let mut scores = [0];
                    weights.score(&candidate.features, &mut scores);
                    scores[0]
                };
                let scored = candidates.iter().map(|candidate| (score(candidate), candidate));
                let guess = scored.reduce(|best, other| if other.0 > best.0 { other } else { best });
                let gold = candidates.iter().find(|candidate| candidate.word == head);
                let (Some((_, guess)), Some(gold)) = (guess, gold) else { continue };
                weights.tick();
                if guess.word != head {
                    weights.change(&gold.features, 0, 1);
                    weights.change(&guess.features, 0, -1);
                }
            }
        }
    }
    ("marks", table(&weights.rows(GAIN)))
}
