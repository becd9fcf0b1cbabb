//! The averaged perceptron, and its weights as a table of a model.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Hashes that are hashes already.
#[derive(Default)]
pub(super) struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u64(&mut self, value: u64) {
        self.0 = value.rotate_left(20);
    }
}

/// A weight of one feature for one label.
#[derive(Debug, Clone, Copy)]
struct Cell {
    label: u8,
    value: i32,
    total: i64,
    /// The step up to which `total` counts.
    step: i64,
}

/// Weights in training.
#[derive(Default)]
pub(super) struct Weights {
    rows: HashMap<u64, Vec<Cell>, BuildHasherDefault<Identity>>,
    step: i64,
}

impl Weights {
    /// Counts a decision, right or wrong.
    pub(super) fn tick(&mut self) {
        self.step += 1;
    }

    /// Adds the weights of the features to the labels' scores.
    pub(super) fn score(&self, features: &[u64], scores: &mut [i32]) {
        for hash in features {
            if let Some(row) = self.rows.get(hash) {
                for cell in row {
                    scores[usize::from(cell.label)] += cell.value;
                }
            }
        }
    }

    /// Moves weights from the wrong label to the right one.
    pub(super) fn update(&mut self, features: &[u64], right: u8, wrong: u8) {
        self.change(features, right, 1);
        self.change(features, wrong, -1);
    }

    /// Changes the weights of features for a label.
    pub(super) fn change(&mut self, features: &[u64], label: u8, change: i32) {
        for &hash in features {
            let row = self.rows.entry(hash).or_default();
            let at = row.iter().position(|cell| cell.label == label).unwrap_or_else(|| {
                row.push(Cell { label, value: 0, total: 0, step: self.step });
                row.len() - 1
            });
            let cell = &mut row[at];
            cell.total += i64::from(cell.value) * (self.step - cell.step);
            cell.step = self.step;
            cell.value += change;
        }
    }

    /// The averages, scaled to bytes: the largest becomes 127, what rounds to zero goes.
    pub(super) fn rows(&self, gain: f64) -> Vec<(u64, Vec<(u8, i8)>)> {
        let average = |cell: &Cell| {
            (cell.total + i64::from(cell.value) * (self.step - cell.step)) as f64 / self.step.max(1) as f64
        };
        let mut all: Vec<f64> = self.rows.values().flatten().map(|cell| average(cell).abs()).collect();
        all.sort_by(f64::total_cmp);
        let largest = all.last().copied().unwrap_or(1.0) / gain;
        let mut rows: Vec<_> = self
            .rows
            .iter()
            .filter_map(|(&hash, row)| {
                let mut cells: Vec<(u8, i8)> = row
                    .iter()
                    .map(|cell| (cell.label, (average(cell) / largest * 127.0).round().clamp(-127.0, 127.0) as i8))
                    .filter(|(_, weight)| *weight != 0)
                    .collect();
                cells.sort_unstable();
                (!cells.is_empty()).then_some((hash, cells))
            })
            .collect();
        rows.sort_unstable();
        rows
    }
}

/// Counts features by a hash of few bits.
pub(super) struct Counter(Vec<u8>);

impl Counter {
    /// The bits of the hash.
    const BITS: u32 = 27;

    pub(super) fn new() -> Self {
        Self(vec![0; 1 << Self::BITS])
    }

    /// Counts each feature once.
    pub(super) fn count(&mut self, hashes: &[u64]) {
        for hash in hashes {
            let cell = &mut self.0[(hash >> (64 - Self::BITS)) as usize];
            *cell = cell.saturating_add(1);
        }
    }

    /// How often a feature was seen, up to 255.
    pub(super) fn of(&self, hash: u64) -> u8 {
        self.0[(hash >> (64 - Self::BITS)) as usize]
    }

    /// The features that were seen so often at least, moved to the front.
    pub(super) fn kept<'a>(&self, hashes: &'a mut [u64], least: u8) -> &'a [u64] {
        let mut count = 0;
        for at in 0..hashes.len() {
            if self.of(hashes[at]) >= least {
                hashes[count] = hashes[at];
                count += 1;
            }
        }
        &hashes[..count]
    }
}

/// The bytes of a table of the model; see `text::model::Table`.
pub(super) fn table(rows: &[(u64, Vec<(u8, i8)>)]) -> Vec<u8> {
    let bits = (rows.len().max(2) as f64 / 1.5).log2().ceil().max(1.0) as u32;
    let mut buckets: Vec<Vec<u8>> = vec![Vec::new(); 1 << bits];
    let mut dropped = 0;
    for (hash, cells) in rows {
        let bucket = &mut buckets[(hash >> (64 - bits)) as usize];
        if bucket.len() + 3 + cells.len() * 2 > 255 {
            dropped += 1;
            continue;
        }
        bucket.extend((*hash as u16).to_le_bytes());
        bucket.push(cells.len() as u8);
        bucket.extend(cells.iter().flat_map(|(label, weight)| [*label, weight.cast_unsigned()]));
    }
    if dropped > 0 {
        eprintln!("{dropped} of {} rows did not fit their bucket", rows.len());
    }
    let mut bytes = vec![bits as u8];
    bytes.extend(buckets.iter().map(|bucket| bucket.len() as u8));
    bytes.extend(buckets.concat());
    bytes
}
