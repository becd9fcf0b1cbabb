//! `crossfoot review`: the report page, served to the browser on this machine, which takes decisions.

use std::fmt::Write as _;
use std::fs;
use std::net::{Ipv4Addr, TcpListener};

use anyhow::{Context, anyhow, bail};
use clap::Args;
use crossfoot::desk::{self, Reviewed};

use super::input;
use super::known::{baseline_file, decisions_file};
use super::session::Configuration;
use super::{Outcome, check, say};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    drafts: check::Drafts,
    /// The port to listen at, on 127.0.0.1; 0 takes a free one
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    port: u16,
    #[command(flatten)]
    configuration: Configuration,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let inspector = arguments.configuration.inspector(None)?;
    let (named, sources) = arguments.drafts.named(&inspector)?;
    let (drafts, sources) = (input::paths(&named), input::paths(sources));
    if drafts.failed || sources.failed {
        return Ok(Outcome::Failed);
    }
    if drafts.files.iter().chain(&sources.files).any(|path| path == "-") {
        bail!("standard input has no file that a decision could follow");
    }
    // What is not there at first was misspelt; what goes later is told of on the page.
    for path in drafts.files.iter().chain(&sources.files) {
        fs::File::open(path).with_context(|| format!("{path}: it cannot be read"))?;
    }
    let (decisions, baseline) = (decisions_file(&inspector), baseline_file(&inspector));
    let reviewed = Reviewed { drafts: drafts.files, sources: sources.files, decisions, baseline };
    let token = token()?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port))
        .with_context(|| format!("127.0.0.1:{}", arguments.port))?;
    say(&format!("http://{}/?token={token}", listener.local_addr()?))?;
    desk::serve(inspector, reviewed, listener, token)?;
    Ok(Outcome::Clean)
}

/// A number that nobody can guess.
fn token() -> anyhow::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| anyhow!("no random numbers: {error}"))?;
    let mut token = String::new();
    for byte in bytes {
        write!(token, "{byte:02x}")?;
    }
    Ok(token)
}
