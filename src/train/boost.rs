//! Gradient boosting of small trees on signs of one byte each, after Friedman (2001), with Newton steps; every level of
//! a tree asks one question of all rows (Prokhorenkova and others, 2018).

use rayon::prelude::*;

use super::Random;
use crate::claim::cues::{Tree, Weights};

/// How many trees.
const TREES: usize = 300;
/// Questions a tree asks.
const DEPTH: usize = 4;
/// How far each tree goes towards its own optimum.
const RATE: f64 = 0.08;
/// Keeps leaves with few rows near zero.
const RIDGE: f64 = 10.0;
/// One in so many signs is looked at for each question.
const SIGNS_LEFT_OUT: usize = 2;
/// Scores are kept in thousandths.
const SCALE: f64 = 1000.0;

/// Rows to learn from: their signs and whether they are what is looked for.
pub struct Rows {
    /// The signs, one column each.
    pub columns: Vec<Vec<u8>>,
    /// Whether each row is what is looked for.
    pub wanted: Vec<bool>,
}

impl Rows {
    /// No rows yet, of so many signs.
    pub fn new(signs: usize) -> Self {
        Self { columns: vec![Vec::new(); signs], wanted: Vec::new() }
    }

    /// Adds a row.
    pub fn push(&mut self, signs: &[u8], wanted: bool) {
        for (column, &sign) in self.columns.iter_mut().zip(signs) {
            column.push(sign);
        }
        self.wanted.push(wanted);
    }
}

/// Learns weights from rows; the same rows give the same weights.
pub fn learn(rows: &Rows, names: Vec<String>) -> Weights {
    let count = rows.wanted.len();
    let positives = rows.wanted.iter().filter(|w| **w).count() as f64;
    let base = (positives / (count as f64 - positives)).ln();
    let mut scores = vec![base; count];
    let mut random = Random::new();
    let mut trees = Vec::new();
    for _ in 0..TREES {
        let slopes: Vec<(f64, f64)> = scores
            .iter()
            .zip(&rows.wanted)
            .map(|(score, wanted)| {
                let chance = 1.0 / (1.0 + (-score).exp());
                (f64::from(u8::from(*wanted)) - chance, chance * (1.0 - chance))
            })
            .collect();
        let mut leaves = vec![0_u8; count];
        let mut ask = Vec::new();
        for level in 0..DEPTH {
            let looked_at: Vec<usize> = (0..rows.columns.len()).filter(|_| random.below(SIGNS_LEFT_OUT) == 0).collect();
            let best = looked_at
                .par_iter()
                .map(|&sign| {
                    split(&rows.columns[sign], &leaves, &slopes, level).map(|(gain, limit)| (gain, sign, limit))
                })
                .collect::<Vec<_>>()
                .into_iter()
                .flatten()
                .reduce(|a, b| if b.0 > a.0 { b } else { a });
            let Some((_, sign, limit)) = best else { break };
            for (leaf, &value) in leaves.iter_mut().zip(&rows.columns[sign]) {
                *leaf |= u8::from(value > limit) << level;
            }
            ask.push((sign as u16, limit));
        }
        let mut sums = vec![(0.0, 0.0); 1 << ask.len()];
        for (leaf, slope) in leaves.iter().zip(&slopes) {
            let sum: &mut (f64, f64) = &mut sums[usize::from(*leaf)];
            sum.0 += slope.0;
            sum.1 += slope.1;
        }
        let add: Vec<i32> = sums.iter().map(|(g, h)| (RATE * SCALE * g / (h + RIDGE)).round() as i32).collect();
        for (score, leaf) in scores.iter_mut().zip(&leaves) {
            *score += f64::from(add[usize::from(*leaf)]) / SCALE;
        }
        trees.push(Tree { ask, add });
    }
    Weights { signs: names, base: (base * SCALE).round() as i32, trees }
}

/// The limit for one sign that parts the rows best over all leaves, and how much is won.
fn split(column: &[u8], leaves: &[u8], slopes: &[(f64, f64)], level: usize) -> Option<(f64, u8)> {
    const VALUES: usize = 256;
    let mut sums = vec![(0.0, 0.0); VALUES << level];
    for ((&value, &leaf), slope) in column.iter().zip(leaves).zip(slopes) {
        let sum: &mut (f64, f64) = &mut sums[usize::from(leaf) * VALUES + usize::from(value)];
        sum.0 += slope.0;
        sum.1 += slope.1;
    }
    let worth = |(g, h): (f64, f64)| g * g / (h + RIDGE);
    let mut gains = [0.0; VALUES];
    for leaf in sums.chunks(VALUES) {
        let all = leaf.iter().fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1));
        let mut below = (0.0, 0.0);
        for (gain, sum) in gains.iter_mut().zip(leaf) {
            below = (below.0 + sum.0, below.1 + sum.1);
            *gain += worth(below) + worth((all.0 - below.0, all.1 - below.1)) - worth(all);
        }
    }
    let (limit, gain) = gains.iter().enumerate().fold((0, 0.0), |a, b| if *b.1 > a.1 { (b.0, *b.1) } else { a });
    (gain > 0.0).then_some((gain, limit as u8))
}
