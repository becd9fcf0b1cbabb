//! Trains the weights of the parser's steps: a structured perceptron with a beam (Zhang and Clark 2008) that learns from
//! the place where the wrong way is furthest ahead of the right one (Huang, Fayong and Guo 2012). Several are trained,
//! each with the sentences in another order, and their averages averaged.

use rayon::prelude::*;

use super::Random;
use super::gold::Gold;
use super::perceptron::Counter;
use crate::text::parser::Namer;
use crate::text::parser::beam::{Breadth, Scorer, Search};
use crate::text::parser::features::{ARC_FEATURES, FEATURES, arc_features, features};
use crate::text::parser::state::Chart;

/// How many sets of weights are trained, two at a time on two cores.
const RUNS: u32 = 4;
/// Rounds over the treebank of each.
const EPOCHS: usize = 10;
/// How widely training searches.
const BREADTH: Breadth = Breadth { width: 8, margin: i32::MAX };
/// What a wrong arc is given on top of its score in training: the right way must be ahead by more.
const BONUS: i32 = 60;
/// The grid has two to this power of cells.
const GRID_BITS: u32 = 22;
/// A feature that is rarer on the way to the treebank's trees claims no cell of the grid.
const RAREST_FEATURE: u8 = 3;
/// Weights of training to one of the model: a byte holds the largest, which are a little over 100, and finer steps do not
/// help.
const SCALE: f32 = 2.0;

/// The weights of a cell of the grid for the three steps, and 1 if the cell is in use.
type Cell = [i16; 4];

/// A change of a weight: the number of its cell, its step, and what is added.
type Change = (u32, u8, i8);

/// Weights in training.
struct Steps {
    cells: Vec<Cell>,
    /// Every change of a weight, times the sentence it was made at.
    timed: Vec<[i64; 3]>,
    sentence: i64,
}

/// What the search is guided by in training on a sentence.
struct Guide<'a> {
    steps: &'a Steps,
    namer: &'a Namer,
    gold: &'a Gold,
}

impl Scorer for Guide<'_> {
    fn steps<const N: usize>(&self, features: &[u64; N]) -> [i32; 3] {
        let mut sums = [0; 3];
        for &hash in features {
            let cell = self.steps.cells[place(hash)];
            sums.iter_mut().zip(cell).for_each(|(sum, weight)| *sum += i32::from(weight));
        }
        sums
    }

    fn label(&self, features: &[u64; ARC_FEATURES]) -> u8 {
        self.namer.label(features)
    }

    fn bonus(&self, head: u32, dependent: u32) -> i32 {
        if self.gold.heads[dependent as usize] == head { 0 } else { BONUS }
    }
}

/// The cell of a feature.
fn place(hash: u64) -> usize {
    (hash >> (64 - GRID_BITS)) as usize
}

/// The bytes of a grid of the model, learnt from sentences; see `text::model::Grid`. `namer_of` gives the weights that
/// name the arcs of a sentence, by its number.
pub(super) fn train<'a>(all: &[Gold], namer_of: impl Fn(usize) -> &'a Namer + Sync) -> Vec<u8> {
    let blank = cells_in_use(all, &namer_of);
    let runs: Vec<Vec<[f32; 3]>> = (0..RUNS)
        .into_par_iter()
        .with_max_len(1)
        .map(|run| {
            let mut steps = Steps { cells: blank.clone(), timed: vec![[0; 3]; blank.len()], sentence: 0 };
            let mut random = Random::seeded(u64::from(run));
            let mut order: Vec<usize> = (0..all.len()).collect();
            for _ in 0..EPOCHS {
                random.shuffle(&mut order);
                for &number in &order {
                    let guide = Guide { steps: &steps, namer: namer_of(number), gold: &all[number] };
                    let changes = changes(&all[number], &guide);
                    steps.learn(&changes);
                }
            }
            (0..steps.cells.len()).map(|cell| steps.average(cell)).collect()
        })
        .collect();
    grid(&runs)
}

/// Cells of nothing; those are in use that belong to a feature which is not rare.
fn cells_in_use<'a>(all: &[Gold], namer_of: impl Fn(usize) -> &'a Namer) -> Vec<Cell> {
    let walk = |visit: &mut dyn FnMut(&[u64; FEATURES])| {
        for (number, gold) in all.iter().enumerate() {
            gold.walk(|chart, state, action| {
                if is_choice(chart, state) {
                    visit(&features(chart, state));
                }
                chart.arc(state, action).map_or(0, |arc| namer_of(number).label(&arc_features(chart, &arc)))
            });
        }
    };
    let mut counter = Counter::new();
    walk(&mut |hashes| counter.count(hashes));
    let mut cells = vec![[0; 4]; 1 << GRID_BITS];
    walk(&mut |hashes| {
        for &hash in hashes.iter().filter(|&&hash| counter.of(hash) >= RAREST_FEATURE) {
            cells[place(hash)][3] = 1;
        }
    });
    cells
}

/// Whether more than one step may be taken.
fn is_choice(chart: &Chart, state: u32) -> bool {
    chart.allowed(state).iter().filter(|allowed| **allowed).count() > 1
}

/// Parses a sentence, and returns what is to be learnt from it.
fn changes(gold: &Gold, guide: &Guide) -> Vec<Change> {
    let mut search = Search::new(&gold.words, guide, BREADTH);
    let mut right = 0;
    // The pair of a wrong state and the right one where the wrong one is furthest ahead.
    let mut worst: Option<(i32, u32, u32)> = None;
    for _ in 0..2 * gold.words.len() {
        let (before, action) = (right, gold.action(&search.chart, right));
        search.advance();
        let is_right = |&&state: &&u32| {
            let state = search.chart.state(state);
            state.parent == before && state.action == action
        };
        right = if let Some(&state) = search.beam.iter().find(is_right) {
            state
        } else {
            // The right way has left the beam, and goes on beside it.
            let score = search.chart.state(before).score + search.scores(before)[action as usize].unwrap_or(0);
            let label = search.label(before, action);
            search.chart.take(before, action, label, score)
        };
        let Some(&first) = search.beam.first() else { break };
        let ahead = search.chart.state(first).score - search.chart.state(right).score;
        if first != right && worst.is_none_or(|(most, ..)| ahead >= most) {
            worst = Some((ahead, first, right));
        }
    }
    let wrong_at_the_end = search.beam.first() != Some(&right);
    let Some((_, mut wrong, mut right)) = worst.filter(|_| wrong_at_the_end) else { return Vec::new() };
    let mut changes = Vec::new();
    // Both took as many steps: they meet where they parted.
    while wrong != right {
        for (state, change) in [(right, 1), (wrong, -1)] {
            let state = search.chart.state(state);
            if is_choice(&search.chart, state.parent) {
                let cells = features(&search.chart, state.parent).map(place).into_iter();
                let in_use = cells.filter(|&cell| guide.steps.cells[cell][3] != 0);
                changes.extend(in_use.map(|cell| (cell as u32, state.action as u8, change)));
            }
        }
        (wrong, right) = (search.chart.state(wrong).parent, search.chart.state(right).parent);
    }
    changes
}

impl Steps {
    fn learn(&mut self, changes: &[Change]) {
        self.sentence += 1;
        for &(cell, action, change) in changes {
            let (cell, action) = (cell as usize, usize::from(action));
            let weight = &mut self.cells[cell][action];
            *weight = weight.saturating_add(i16::from(change));
            self.timed[cell][action] += i64::from(change) * self.sentence;
        }
    }

    fn average(&self, cell: usize) -> [f32; 3] {
        [0, 1, 2].map(|at| {
            let earlier = self.timed[cell][at] as f64 / (self.sentence + 1) as f64;
            (f64::from(self.cells[cell][at]) - earlier) as f32
        })
    }
}

/// The bytes of a grid: the averages of runs.
fn grid(runs: &[Vec<[f32; 3]>]) -> Vec<u8> {
    let mut filled = vec![0_u8; (1 << GRID_BITS) / 8];
    let mut columns = [const { Vec::new() }; 3];
    for cell in 0..1 << GRID_BITS {
        let weights = [0, 1, 2].map(|at| {
            let sum: f32 = runs.iter().map(|run| run[cell][at]).sum();
            (sum / runs.len() as f32 / SCALE).round().clamp(-127.0, 127.0) as i8
        });
        if weights == [0; 3] {
            continue;
        }
        filled[cell / 8] |= 1 << (cell % 8);
        columns.iter_mut().zip(weights).for_each(|(column, weight)| column.push(weight.cast_unsigned()));
    }
    println!("grid: {} of {} cells filled", columns[0].len(), 1 << GRID_BITS);
    let mut bytes = vec![GRID_BITS as u8];
    bytes.extend(filled);
    bytes.extend(columns.concat());
    bytes
}
