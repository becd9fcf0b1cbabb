//! Makes what crossfoot has learnt: `rules/en/english.model` from treebanks in CoNLL-U, `rules/en/links.toml` from
//! articles in JSON Lines.

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use crossfoot::train;

/// Train what crossfoot has learnt.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Learn the tagger and parser from treebanks, and measure them on a held-out one
    Syntax {
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
    },
    /// Learn what signs weigh that two figures are of one thing, and measure them on parts kept out
    Links {
        /// Published articles, in JSON Lines with a "title" and a "text"
        #[arg(required = true)]
        articles: Vec<PathBuf>,
        /// In how many parts to measure
        #[arg(long, default_value_t = 5)]
        folds: usize,
        /// Where to write the weights
        #[arg(long, default_value = "rules/en/links.toml")]
        out: PathBuf,
    },
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().what {
        What::Syntax { train, folds: Some(folds), .. } => train::folds(&train, folds),
        What::Syntax { train, held_out, out, folds: None } => train::run(&train, &held_out.unwrap_or_default(), &out),
        What::Links { articles, folds, out } => train::links(&articles, folds, &out),
    }
}
