//! Measures a model on a treebank it has not seen.

use std::collections::HashMap;
use std::ops::AddAssign;
use std::time::{Duration, Instant};

use super::conllu::Sentence;
use super::parse;
use crate::text::Reader;
use crate::text::model::Word;

/// How often the whole treebank is read to measure speed.
const ROUNDS: u32 = 10;

fn per_cent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

fn speed(bytes: usize, time: Duration) -> f64 {
    bytes as f64 * f64::from(ROUNDS) / 1e6 / time.as_secs_f64()
}

/// Counts of tags.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tags {
    upos: usize,
    joint: usize,
    total: usize,
    bytes: usize,
    time: Duration,
}

impl AddAssign for Tags {
    fn add_assign(&mut self, other: Self) {
        self.upos += other.upos;
        self.joint += other.joint;
        self.total += other.total;
        self.bytes += other.bytes;
        self.time += other.time;
    }
}

impl Tags {
    pub(super) fn print(&self) {
        println!(
            "tags on the treebank's tokens: UPOS {:.2}%, UPOS and XPOS {:.2}% of {}; {:.1} MB/s",
            per_cent(self.upos, self.total),
            per_cent(self.joint, self.total),
            self.total,
            speed(self.bytes, self.time)
        );
    }
}

/// Tags on the treebank's own tokens.
pub(super) fn tags(reader: &Reader, sentences: &[&Sentence]) -> Tags {
    let mut counts = Tags::default();
    for sentence in sentences {
        counts.bytes += sentence.text.len();
        let start = Instant::now();
        let mut given = Vec::new();
        for _ in 0..ROUNDS {
            let mut words: Vec<Word> = sentence.nodes.iter().map(|node| Word::new(&node.form, &node.lower)).collect();
            given = reader.tagger().tag(&mut words);
        }
        counts.time += start.elapsed();
        for (tag, node) in given.into_iter().zip(&sentence.nodes) {
            let (guess, xpos) = reader.tagger().name(tag);
            let guess = format!("{guess:?}");
            counts.total += 1;
            counts.upos += usize::from(node.tag.split('|').next() == Some(guess.as_str()));
            counts.joint += usize::from(node.tag == format!("{guess}|{xpos}"));
        }
    }
    counts
}

/// Tokens and tags on the sentences' raw text.
pub(super) fn raw(reader: &Reader, sentences: &[&Sentence]) {
    let (mut right, mut guessed, mut gold, mut upos, mut bytes) = (0, 0, 0, 0, 0);
    let mut time = Duration::ZERO;
    for sentence in sentences {
        bytes += sentence.text.len();
        let start = Instant::now();
        let mut tokens = Vec::new();
        for _ in 0..ROUNDS {
            tokens = reader.tokens(&sentence.text, 0..sentence.text.len());
        }
        time += start.elapsed();
        let nodes: HashMap<_, _> = sentence.nodes.iter().filter_map(|node| Some((node.span?, node))).collect();
        gold += sentence.nodes.len();
        guessed += tokens.len();
        for token in &tokens {
            if let Some(node) = nodes.get(&(token.start, token.end)) {
                right += 1;
                upos += usize::from(node.tag.split('|').next() == Some(format!("{:?}", token.upos).as_str()));
            }
        }
    }
    let f1 = |right: usize| 2.0 * 100.0 * right as f64 / (gold + guessed).max(1) as f64;
    println!(
        "raw text: tokens F1 {:.2}, tokens with UPOS F1 {:.2}; {:.1} MB/s",
        f1(right),
        f1(upos),
        speed(bytes, time)
    );
}

/// Counts of arcs.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Trees {
    heads: usize,
    labelled: usize,
    total: usize,
    /// The same without punctuation.
    heads_of_words: usize,
    words: usize,
    bytes: usize,
    time: Duration,
}

impl AddAssign for Trees {
    fn add_assign(&mut self, other: Self) {
        self.heads += other.heads;
        self.labelled += other.labelled;
        self.total += other.total;
        self.heads_of_words += other.heads_of_words;
        self.words += other.words;
        self.bytes += other.bytes;
        self.time += other.time;
    }
}

impl Trees {
    pub(super) fn print(&self) {
        println!(
            "trees: UAS {:.2}%, without punctuation {:.2}%, LAS {:.2}%; tags and trees {:.2} MB/s",
            per_cent(self.heads, self.total),
            per_cent(self.heads_of_words, self.words),
            per_cent(self.labelled, self.total),
            speed(self.bytes, self.time)
        );
    }
}

/// Trees on the treebank's tokens, with the tagger's tags.
pub(super) fn trees(reader: &Reader, sentences: &[&Sentence]) -> Trees {
    let Some(parser) = reader.parser() else { return Trees::default() };
    let mut counts = Trees::default();
    for sentence in sentences {
        counts.bytes += sentence.text.len();
        let start = Instant::now();
        let mut tree = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let mut words: Vec<Word> = sentence.nodes.iter().map(|node| Word::new(&node.form, &node.lower)).collect();
            let tags = reader.tagger().tag(&mut words);
            tree = parser.parse(&parse::nodes(reader.tagger(), &words, &tags));
        }
        counts.time += start.elapsed();
        for ((at, node), (&head, &label)) in sentence.nodes.iter().enumerate().zip(tree.0.iter().zip(&tree.1)) {
            let gold = if node.head == at { sentence.nodes.len() } else { node.head };
            let right = usize::from(head as usize == gold);
            counts.total += 1;
            counts.heads += right;
            counts.labelled += right * usize::from(parser.name(label) == node.relation);
            if node.relation != "punct" {
                counts.words += 1;
                counts.heads_of_words += right;
            }
        }
    }
    counts
}
