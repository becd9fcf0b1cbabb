//! The weights behind tags and trees: one file, read in place.
//!
//! It is read as [`super::layout`] lays it out. A table of weights maps the hash of a feature to a
//! short row of `(label, weight)` pairs: a bucket by the hash's high bits, and in the bucket the row that bears the low
//! 16 bits. What was never seen in training has no row.

use compact_str::CompactString;

use super::layout::{BIAS, LAID_OUT, section};

/// The most labels that a table may know.
pub(crate) const MOST_LABELS: usize = 128;

/// What is wrong with a model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ModelError {
    #[error("not a model of this version")]
    Version,
    #[error("section `{0}` is missing")]
    Missing(&'static str),
    #[error("section `{0}` is damaged")]
    Damaged(&'static str),
}

/// A model's sections.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Model {
    sections: &'static [u8],
}

impl Model {
    /// A model of the given bytes.
    pub(crate) fn new(bytes: &'static [u8]) -> Result<Self, ModelError> {
        bytes.strip_prefix(LAID_OUT).map(|sections| Self { sections }).ok_or(ModelError::Version)
    }

    /// The bytes of a section.
    pub(crate) fn section(&self, name: &'static str) -> Result<&'static [u8], ModelError> {
        let mut rest = self.sections;
        while !rest.is_empty() {
            let (found, body, tail) = section(rest).ok_or(ModelError::Damaged(name))?;
            if found == name.as_bytes() {
                return Ok(body);
            }
            rest = tail;
        }
        Err(ModelError::Missing(name))
    }

    /// A section of lines.
    pub(crate) fn lines(&self, name: &'static str) -> Result<Vec<&'static str>, ModelError> {
        let text = std::str::from_utf8(self.section(name)?).map_err(|_| ModelError::Damaged(name))?;
        Ok(text.lines().collect())
    }
}

/// Rows of weights by the hash of a feature.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table {
    /// Where each bucket starts in `cells`; one more than there are buckets.
    starts: &'static [[u8; 4]],
    /// `low 16 bits of the hash, count, count × (label, weight)`, bucket by bucket.
    cells: &'static [u8],
    /// How far a hash is shifted to give its bucket.
    shift: u32,
}

impl Table {
    /// Reads the section `name`.
    pub(crate) fn new(model: &Model, name: &'static str) -> Result<Self, ModelError> {
        let (&bits, rest) = model.section(name)?.split_first().ok_or(ModelError::Damaged(name))?;
        let size = 1_usize.checked_shl(u32::from(bits)).filter(|_| (1..=24).contains(&bits));
        let split = size.and_then(|size| rest.split_at_checked(4 * (size + 1)));
        let (starts, cells) = split.ok_or(ModelError::Damaged(name))?;
        let starts = starts.as_chunks().0;
        let ends_right = starts.last().is_some_and(|&end| u32::from_le_bytes(end) as usize == cells.len());
        let table = Self { starts, cells, shift: 64 - u32::from(bits) };
        ends_right.then_some(table).ok_or(ModelError::Damaged(name))
    }

    /// Where the bucket of a hash starts and ends in `cells`.
    #[inline]
    fn bucket(&self, hash: u64) -> (usize, usize) {
        let bucket = (hash >> self.shift) as usize;
        let start = |bucket: usize| u32::from_le_bytes(self.starts[bucket]) as usize;
        (start(bucket), start(bucket + 1))
    }

    /// The `(label, weight)` pairs of a feature.
    #[inline]
    pub(crate) fn row(&self, hash: u64) -> &'static [[u8; 2]] {
        let (start, end) = self.bucket(hash);
        find(&self.cells[start..end], hash)
    }

    /// Adds the weights of features to the scores of the labels.
    #[inline]
    pub(crate) fn add<const N: usize>(&self, features: &[u64; N], scores: &mut [i32; MOST_LABELS]) {
        // Where the buckets are is looked up first: the reads do not wait for each other.
        let buckets = features.map(|hash| self.bucket(hash));
        for (&hash, (start, end)) in features.iter().zip(buckets) {
            for &[label, weight] in find(&self.cells[start..end], hash) {
                scores[usize::from(label) % MOST_LABELS] += i32::from(weight.cast_signed());
            }
        }
    }
}

/// The row of a feature in its bucket.
#[inline]
fn find(mut bucket: &[u8], hash: u64) -> &[[u8; 2]] {
    while let Some((head, tail)) = bucket.split_first_chunk::<3>() {
        let size = usize::from(head[2]) * 2;
        if u16::from_le_bytes([head[0], head[1]]) == hash as u16 {
            return tail.get(..size).unwrap_or_default().as_chunks().0;
        }
        bucket = tail.get(size..).unwrap_or_default();
    }
    &[]
}

/// Three weights by the hash of a feature. There are no checks: features whose hashes share their high bits share their
/// weights, in training as well.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grid {
    /// Which cells are filled: see [`super::layout`].
    filled: &'static [[u8; 4]],
    /// The weights of those.
    cells: &'static [[u8; 4]],
    shift: u32,
}

/// How many bits of a byte are set.
static ONES: [u8; 256] = {
    let mut ones = [0; 256];
    let mut at = 1;
    while at < 256 {
        ones[at] = ones[at / 2] + (at & 1) as u8;
        at += 1;
    }
    ones
};

impl Grid {
    /// Reads the section `name`.
    pub(crate) fn new(model: &Model, name: &'static str) -> Result<Self, ModelError> {
        let (&bits, rest) = model.section(name)?.split_first().ok_or(ModelError::Damaged(name))?;
        let size = 1_usize.checked_shl(u32::from(bits)).filter(|_| (6..=24).contains(&bits));
        let split = size.and_then(|size| rest.split_at_checked(size / 2));
        let (filled, cells) = split.ok_or(ModelError::Damaged(name))?;
        let (filled, (cells, rest)) = (filled.as_chunks().0, cells.as_chunks());
        let filled_cells = filled.last().map_or(0, |&last| {
            let last = u32::from_le_bytes(last);
            (last >> 8) as usize + (last & 0xFF).count_ones() as usize
        });
        let grid = Self { filled, cells, shift: 64 - u32::from(bits) };
        (rest.is_empty() && cells.len() == filled_cells + 1).then_some(grid).ok_or(ModelError::Damaged(name))
    }

    /// The sums of the weights of features.
    #[inline]
    pub(crate) fn sums<const N: usize>(&self, features: &[u64; N]) -> [i32; 3] {
        const { assert!(N <= 257, "a sum has 16 bits") };
        let empty = self.cells.len() - 1;
        // Where the cells are is looked up first: the reads do not wait for each other.
        let places = features.map(|hash| {
            let number = hash >> self.shift;
            let group = u32::from_le_bytes(self.filled[(number >> 3) as usize]);
            let bit = 1_u32 << (number & 7);
            let place = (group >> 8) as usize + usize::from(ONES[(group & (bit - 1)) as usize & 0xFF]);
            if group & bit == 0 { empty } else { place }
        });
        let (mut even, mut odd) = (0_u32, 0_u32);
        for place in places {
            let cell = u32::from_le_bytes(self.cells[place]);
            even += cell & 0xFF_00FF;
            odd += cell >> 8 & 0xFF;
        }
        let bias = (u32::from(BIAS) * N as u32).cast_signed();
        [even & 0xFFFF, odd, even >> 16].map(|sum| sum.cast_signed() - bias)
    }
}

/// Two odd numbers without pattern: the golden ratio's and one of `SplitMix64`'s multipliers.
const MIX: [u64; 2] = [0x9E37_79B9_7F4A_7C15, 0xBF58_476D_1CE4_E5B9];

/// Mixes a value into a hash.
#[inline]
pub(crate) fn mix(hash: u64, value: u64) -> u64 {
    let mixed = (hash ^ value).wrapping_mul(MIX[0]);
    (mixed ^ (mixed >> 29)).wrapping_mul(MIX[1])
}

/// The hash of a feature: its template's number and two values.
#[inline]
pub(crate) fn feature(template: u64, a: u64, b: u64) -> u64 {
    let hash = mix(mix(template.wrapping_mul(MIX[1]), a), b);
    hash ^ (hash >> 32)
}

/// The hashes of the features of the parser: a template is known by its place among the `values`, which are hashes
/// already, and by how many come before them.
#[inline]
pub(crate) fn spread<const N: usize>(before: usize, values: [u64; N]) -> [u64; N] {
    let mut template = MIX[0].wrapping_mul(before as u64);
    values.map(|value| {
        template = template.wrapping_add(MIX[0]);
        let mixed = (value ^ template).wrapping_mul(MIX[1]);
        mixed ^ (mixed >> 32)
    })
}

/// The hash of a stretch of bytes.
#[inline]
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let mut hash = bytes.len() as u64;
    let (chunks, rest) = bytes.as_chunks::<8>();
    for chunk in chunks {
        hash = mix(hash, u64::from_le_bytes(*chunk));
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    mix(hash, u64::from_le_bytes(last))
}

/// The look of a word, as the models know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Lower,
    Capital,
    /// A capital where most words have one: a headline.
    TitleCase,
    AllCapitals,
    OneCapital,
    Mixed,
    Digits,
    /// Digits with marks: "1,000", "15:11".
    Number,
    /// Digits and letters: "20th".
    Ordinal,
    Mark,
    Dotted,
}

/// A word as the models see it: hashes of its form and ends, and its look.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    /// The lower-case form, every run of digits folded to one 0.
    pub(crate) form: u64,
    /// Its last one, two, three and four bytes.
    pub(crate) suffix: [u64; 4],
    /// Its first one, two and three bytes.
    pub(crate) prefix: [u64; 3],
    pub(crate) shape: Shape,
}

impl Word {
    /// The word with the form `form` and its folded lower-case form.
    pub(crate) fn new(form: &str, lower: &str) -> Self {
        let shape = Shape::of(form);
        let digits = folded_digits(lower);
        let lower = digits.as_deref().unwrap_or(lower).as_bytes();
        let end = |n: usize| &lower[lower.len().saturating_sub(n)..];
        let front = |n: usize| &lower[..lower.len().min(n)];
        Self {
            form: hash(lower),
            suffix: [1, 2, 3, 4].map(|n| packed(end(n))),
            prefix: [1, 2, 3].map(|n| packed(front(n))),
            shape,
        }
    }
}

/// Up to seven bytes and their count in one number.
fn packed(bytes: &[u8]) -> u64 {
    bytes.iter().fold(bytes.len() as u64, |all, &byte| all << 8 | u64::from(byte))
}

/// The hash of a folded form and of its last three bytes, every run of digits in it folded to one 0.
pub(crate) fn form_and_suffix(lower: &str) -> (u64, u64) {
    let digits = folded_digits(lower);
    let lower = digits.as_deref().unwrap_or(lower).as_bytes();
    (hash(lower), packed(&lower[lower.len().saturating_sub(3)..]))
}

fn folded_digits(lower: &str) -> Option<CompactString> {
    if !lower.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut folded = CompactString::with_capacity(lower.len());
    let mut digit = false;
    for c in lower.chars() {
        if !c.is_ascii_digit() {
            folded.push(c);
        } else if !digit {
            folded.push('0');
        }
        digit = c.is_ascii_digit();
    }
    Some(folded)
}

impl Shape {
    fn of(form: &str) -> Self {
        let (mut upper, mut lower, mut digits, mut marks, mut dots) = (0, 0, 0, 0, 0);
        for c in form.chars() {
            match c {
                '0'..='9' => digits += 1,
                '.' => dots += 1,
                _ if c.is_uppercase() => upper += 1,
                _ if c.is_alphabetic() => lower += 1,
                _ if c.is_numeric() => digits += 1,
                _ => marks += 1,
            }
        }
        match (upper, lower, digits) {
            (0, 0, 0) => Self::Mark,
            (0, 0, _) if marks + dots == 0 => Self::Digits,
            (0, 0, _) => Self::Number,
            (_, _, 0) if dots > 0 => Self::Dotted,
            (0, _, 0) => Self::Lower,
            (1, 0, 0) => Self::OneCapital,
            (_, 0, 0) => Self::AllCapitals,
            (1, _, 0) if form.starts_with(char::is_uppercase) => Self::Capital,
            (0, _, _) if form.starts_with(|c: char| c.is_numeric()) => Self::Ordinal,
            _ => Self::Mixed,
        }
    }
}
