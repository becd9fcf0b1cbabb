//! Makes the model that [`crate::text`] reads, from treebanks in CoNLL-U. No part of the product.

mod conllu;
mod measure;
mod perceptron;
mod tag;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, ensure};
use sha2::{Digest as _, Sha256};

use crate::pack::Pack;
use crate::text::Reader;
use crate::text::model::MAGIC;
use conllu::Sentence;

/// What the model must say wherever it goes.
const ATTRIBUTION: &str = "Trained on Universal Dependencies treebanks of English; sources and licences are in NOTICE.";

/// Rounds over the treebank.
const TAGGER_EPOCHS: usize = 8;

/// A part of a model: its name and its bytes.
type Section = (&'static str, Vec<u8>);

/// A generator of pseudo-random numbers (xorshift64*), seeded the same every time.
struct Random(u64);

impl Random {
    fn new() -> Self {
        Self(0x0005_DEEC_E66D)
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
    let mut bytes = MAGIC.to_vec();
    for (name, body) in sections {
        bytes.push(name.len() as u8);
        bytes.extend(name.as_bytes());
        bytes.extend((body.len() as u32).to_le_bytes());
        bytes.extend(body);
    }
    bytes
}

/// Trains on `files`, measures on `held_out` and writes the compressed model to `out`. The same files give the same bytes.
pub fn run(files: &[PathBuf], held_out: &Path, out: &Path) -> anyhow::Result<()> {
    let read = |path: &Path| fs::read_to_string(path).with_context(|| path.display().to_string());
    let mut about = vec![format!("crossfoot {}", env!("CARGO_PKG_VERSION")), ATTRIBUTION.to_owned()];
    let mut sentences: Vec<Sentence> = Vec::new();
    for path in files {
        let file = read(path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let digest: String = Sha256::digest(&file).iter().map(|byte| format!("{byte:02x}")).collect();
        about.push(format!("{name} sha256:{digest}"));
        sentences.extend(conllu::read(&file));
    }
    ensure!(!sentences.is_empty(), "no sentences in the treebanks");
    let held_out = conllu::read(&read(held_out)?);

    let start = Instant::now();
    let all: Vec<&Sentence> = sentences.iter().collect();
    let mut sections = vec![("about", about.join("\n").into_bytes())];
    sections.extend(tag::train(&all, TAGGER_EPOCHS));
    println!("trained on {} sentences in {:.1?}", sentences.len(), start.elapsed());

    let model = assemble(&sections);
    let compressed = miniz_oxide::deflate::compress_to_vec_zlib(&model, 10);
    println!("model: {} bytes, {} compressed", model.len(), compressed.len());
    let reader = Reader::with_model(&Pack::english(), model.leak())?;
    measure::tags(&reader, &held_out);
    measure::raw(&reader, &held_out);
    fs::write(out, compressed).with_context(|| out.display().to_string())
}
