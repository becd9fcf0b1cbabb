//! Makes `rules/en/english.model` from treebanks in CoNLL-U, and measures it on a held-out one.

use std::path::PathBuf;

use clap::Parser;
use crossfoot::train;

/// Train the tagger and parser of crossfoot.
#[derive(Parser)]
struct Arguments {
    /// Treebanks to learn from, in CoNLL-U
    #[arg(required = true)]
    train: Vec<PathBuf>,
    /// Treebank to measure on, in CoNLL-U
    #[arg(long, required_unless_present = "folds")]
    held_out: Option<PathBuf>,
    /// Where to write the model
    #[arg(long, default_value = "rules/en/english.model")]
    out: PathBuf,
    /// Write no model: measure on the news among the treebanks, in so many folds, with models trained on all else
    #[arg(long, conflicts_with_all = ["held_out", "out"])]
    folds: Option<usize>,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    match (arguments.folds, arguments.held_out) {
        (Some(folds), _) => train::folds(&arguments.train, folds),
        (None, held_out) => train::run(&arguments.train, &held_out.unwrap_or_default(), &arguments.out),
    }
}
