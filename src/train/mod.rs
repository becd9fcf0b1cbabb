//! Makes the model that [`crate::text`] reads, from treebanks in CoNLL-U. No part of the product.

// Counts of words and weights are far below what an f64 holds exactly.
#![allow(clippy::cast_precision_loss, clippy::cast_sign_loss)]

mod boost;
mod conllu;
mod gold;
mod links;
mod marks;
mod measure;
mod parse;
mod perceptron;
mod structured;
mod tag;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, ensure};
use sha2::{Digest as _, Sha256};

use crate::pack::Pack;
use crate::text::Reader;
use crate::text::layout::{PACKED, lay_out};
use crate::text::model::{Model, ModelError};
use crate::text::tagger::Tagger;
use conllu::Sentence;
pub use links::run as links;

/// What the model must say wherever it goes.
const ATTRIBUTION: &str = "Trained on Universal Dependencies treebanks of English; sources and licences are in NOTICE.";

/// Rounds over the treebank.
const TAGGER_EPOCHS: usize = 8;

/// How the names of the documents start that [`folds`] measures on.
const NEWS: [&str; 2] = ["GUM_news", "GUM_interview"];

/// A part of a model: its name and its bytes.
type Section = (&'static str, Vec<u8>);

/// A generator of pseudo-random numbers (xorshift64*), the same every time.
struct Random(u64);

impl Random {
    fn new() -> Self {
        Self::seeded(0)
    }

    fn seeded(seed: u64) -> Self {
        Self(0x0005_DEEC_E66D ^ seed << 20)
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit.max(1)
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }
}

/// A model's bytes, of its sections.
fn assemble(sections: &[Section]) -> Vec<u8> {
    let mut bytes = PACKED.to_vec();
    for (name, body) in sections {
        bytes.push(name.len() as u8);
        bytes.extend(name.as_bytes());
        bytes.extend((body.len() as u32).to_le_bytes());
        bytes.extend(body);
    }
    bytes
}

/// A model laid out for use, until the program ends.
fn ready(packed: &[u8]) -> Result<&'static [u8], ModelError> {
    Ok(lay_out(packed).map_err(ModelError::Damaged)?.leak())
}

/// The sections of a model, learnt from sentences.
fn learn(sentences: &[&Sentence]) -> anyhow::Result<Vec<Section>> {
    let mut sections = tag::train(sentences, TAGGER_EPOCHS);
    let tagger = Tagger::new(&Model::new(ready(&assemble(&sections))?)?)?;
    sections.extend(parse::train(sentences, &tagger)?);
    Ok(sections)
}

/// Reads treebanks; the numbers of documents go on from one to the next. The second list names the files, with sums.
fn read(files: &[PathBuf]) -> anyhow::Result<(Vec<Sentence>, Vec<String>)> {
    let (mut sentences, mut names): (Vec<Sentence>, Vec<String>) = (Vec::new(), Vec::new());
    for path in files {
        let file = fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let digest = Sha256::digest(&file).iter().fold(String::new(), |all, byte| format!("{all}{byte:02x}"));
        names.push(format!("{name} sha256:{digest}"));
        let before = sentences.last().map_or(0, |sentence| sentence.document);
        sentences.extend(conllu::read(&file).into_iter().map(|mut sentence| {
            sentence.document += before;
            sentence
        }));
    }
    ensure!(!sentences.is_empty(), "no sentences in the treebanks");
    Ok((sentences, names))
}

/// Trains on `files`, measures on `held_out` and writes the compressed model to `out`. The same files give the same bytes.
pub fn run(files: &[PathBuf], held_out: &Path, out: &Path) -> anyhow::Result<()> {
    let (sentences, names) = read(files)?;
    let (held_out, _) = read(&[held_out.to_owned()])?;
    let mut about = vec![format!("crossfoot {}", env!("CARGO_PKG_VERSION")), ATTRIBUTION.to_owned()];
    about.extend(names);

    let start = Instant::now();
    let mut sections = vec![("about", about.join("\n").into_bytes())];
    sections.extend(learn(&sentences.iter().collect::<Vec<_>>())?);
    println!("trained on {} sentences in {:.1?}", sentences.len(), start.elapsed());

    let model = assemble(&sections);
    let compressed = miniz_oxide::deflate::compress_to_vec_zlib(&model, 10);
    println!("model: {} bytes, {} compressed", model.len(), compressed.len());
    let reader = Reader::with_model(&Pack::english(), ready(&model)?)?;
    let held_out: Vec<&Sentence> = held_out.iter().collect();
    measure::tags(&reader, &held_out).print();
    measure::raw(&reader, &held_out);
    measure::trees(&reader, &held_out).print();
    fs::write(out, compressed).with_context(|| out.display().to_string())
}

/// Measures on news: its documents are dealt into `count` folds, and each is measured with a model that is trained on
/// everything else in `files`.
pub fn folds(files: &[PathBuf], count: usize) -> anyhow::Result<()> {
    ensure!(count > 1, "less than two folds");
    let (sentences, _) = read(files)?;
    let mut news: Vec<usize> =
        sentences.iter().filter(|s| NEWS.iter().any(|news| s.id.starts_with(news))).map(|s| s.document).collect();
    news.dedup();
    ensure!(news.len() >= count, "less than {count} documents of news");
    let (mut tags, mut trees) = (measure::Tags::default(), measure::Trees::default());
    for fold in 0..count {
        let is_held_out = |s: &&Sentence| {
            news.iter().position(|&document| document == s.document).is_some_and(|at| at % count == fold)
        };
        let (held_out, others): (Vec<&Sentence>, Vec<&Sentence>) = sentences.iter().partition(is_held_out);
        let reader = Reader::with_model(&Pack::english(), ready(&assemble(&learn(&others)?))?)?;
        println!("fold {}: {} sentences", fold + 1, held_out.len());
        let (of_tags, of_trees) = (measure::tags(&reader, &held_out), measure::trees(&reader, &held_out));
        of_tags.print();
        of_trees.print();
        tags += of_tags;
        trees += of_trees;
    }
    println!("all folds:");
    tags.print();
    trees.print();
    Ok(())
}
