//! `crossfoot init`: a configuration to start from.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};

use anyhow::{Context, bail};
use clap::Args;
use crossfoot::config::{NAME, TEMPLATE};

use super::{Outcome, print, say};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Print it instead of writing the file
    #[arg(long)]
    print: bool,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    if arguments.print {
        print(TEMPLATE.as_bytes())?;
        return Ok(Outcome::Clean);
    }
    // One that is there is never written over.
    let file = OpenOptions::new().write(true).create_new(true).open(NAME);
    if file.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::AlreadyExists) {
        bail!("{NAME} is there already, and is not written over (`crossfoot init --print` shows the new one)");
    }
    let mut file = file.with_context(|| format!("{NAME} cannot be written"))?;
    if let Err(error) = file.write_all(TEMPLATE.as_bytes()) {
        // Half of one would be in the way of the next try.
        let _ = fs::remove_file(NAME);
        return Err(error).with_context(|| format!("{NAME} cannot be written"));
    }
    say(&format!("{NAME} is written"))?;
    Ok(Outcome::Clean)
}
