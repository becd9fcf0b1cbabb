//! Measures a model on a treebank it has not seen.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use super::conllu::Sentence;
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

/// Tags on the treebank's own tokens.
pub(super) fn tags(reader: &Reader, sentences: &[Sentence]) {
    let (mut upos, mut joint, mut total, mut bytes) = (0, 0, 0, 0);
    let mut time = Duration::ZERO;
    for sentence in sentences {
        bytes += sentence.text.len();
        let start = Instant::now();
        let mut given = Vec::new();
        for _ in 0..ROUNDS {
            let mut words: Vec<Word> = sentence.nodes.iter().map(|node| Word::new(&node.form, &node.lower)).collect();
            given = reader.tagger().tag(&mut words);
        }
        time += start.elapsed();
        for (tag, node) in given.into_iter().zip(&sentence.nodes) {
            let (guess, xpos) = reader.tagger().name(tag);
            let guess = format!("{guess:?}");
            total += 1;
            upos += usize::from(node.tag.split('|').next() == Some(guess.as_str()));
            joint += usize::from(node.tag == format!("{guess}|{xpos}"));
        }
    }
    println!(
        "tags on the treebank's tokens: UPOS {:.2}%, UPOS and XPOS {:.2}% of {total}; {:.1} MB/s",
        per_cent(upos, total),
        per_cent(joint, total),
        speed(bytes, time)
    );
}

/// Tokens and tags on the sentences' raw text.
pub(super) fn raw(reader: &Reader, sentences: &[Sentence]) {
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
