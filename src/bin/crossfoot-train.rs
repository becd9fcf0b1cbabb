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
    #[arg(long)]
    held_out: PathBuf,
    /// Where to write the model
    #[arg(long, default_value = "rules/en/english.model")]
    out: PathBuf,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    train::run(&arguments.train, &arguments.held_out, &arguments.out)
}
