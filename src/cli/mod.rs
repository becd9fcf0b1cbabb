//! The command line: arguments, exit status, one file a subcommand.

mod annotate;
mod baseline;
mod changed;
mod check;
mod compare;
mod completions;
mod explain;
mod extract;
mod figures;
mod init;
mod input;
mod known;
#[cfg(feature = "lsp")]
mod lsp;
mod output;
#[cfg(feature = "serve")]
mod review;
mod rule;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod session;

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Context;
use clap::{CommandFactory, Parser, Subcommand};
use crossfoot::report::escape::one_line;

/// What is named where standard output cannot be written to.
const STDOUT: &str = "standard output";

/// Finds figures in news copy that cannot all be true, inside one article or between sources.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check drafts, each alone or against its sources
    Check(check::Arguments),
    /// Compare several accounts of one story
    Compare(compare::Arguments),
    /// Print every figure as data
    Extract(extract::Arguments),
    /// Print a table of figures: what, how much, who says, where
    Figures(figures::Arguments),
    /// Explain a rule, with examples; without a name, list all of them
    Rule(rule::Arguments),
    /// Write a copy of a Word document with a comment at each figure of each finding
    Annotate(annotate::Arguments),
    /// Keep a baseline: findings that are known and let be
    Baseline(baseline::Arguments),
    /// Serve an editor: findings while a draft is written (the Language Server Protocol)
    #[cfg(feature = "lsp")]
    Lsp(lsp::Arguments),
    /// Serve other programs over HTTP: LanguageTool's door, and one of our own
    #[cfg(feature = "serve")]
    Serve(serve::Arguments),
    /// Review conflicts in the browser: decide on each, and see the drafts change
    #[cfg(feature = "serve")]
    Review(review::Arguments),
    /// Write a commented crossfoot.toml into this folder
    Init(init::Arguments),
    /// Print a JSON schema: of the configuration, of house packs, or of a command's output
    Schema(schema::Arguments),
    /// Print a script that completes commands for a shell
    Completions(completions::Arguments),
    /// Print the manual page
    Man,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Nothing to fail on.
    Clean,
    /// Something at or above `--fail-on`.
    Found,
    /// Some of the work could not be done; what and why is on standard error.
    Failed,
}

/// Runs the program and gives its exit status: 0, 1 for findings, 2 where the work could not be done.
pub(crate) fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) if error.use_stderr() => {
            complain(&usage(&error));
            return ExitCode::from(2);
        }
        // Help or the version, which were asked for.
        Err(help) => return ended(help.print().context(STDOUT).map(|()| Outcome::Clean)),
    };
    let outcome = match arguments.command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Compare(arguments) => compare::run(&arguments),
        Command::Extract(arguments) => extract::run(&arguments),
        Command::Figures(arguments) => figures::run(&arguments),
        Command::Rule(arguments) => rule::run(&arguments),
        Command::Annotate(arguments) => annotate::run(&arguments),
        Command::Baseline(arguments) => baseline::run(&arguments),
        #[cfg(feature = "lsp")]
        Command::Lsp(arguments) => lsp::run(&arguments),
        #[cfg(feature = "serve")]
        Command::Serve(arguments) => serve::run(&arguments),
        #[cfg(feature = "serve")]
        Command::Review(arguments) => review::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments, Arguments::command()),
        Command::Man => completions::man(Arguments::command()),
    };
    ended(outcome)
}

/// The exit status, once what went wrong is told.
fn ended(outcome: anyhow::Result<Outcome>) -> ExitCode {
    let outcome = outcome.unwrap_or_else(|error| {
        if error.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe) {
            // Whoever reads the output has seen enough.
            return Outcome::Clean;
        }
        complain(&format!("{error:#}"));
        Outcome::Failed
    });
    match outcome {
        Outcome::Clean => ExitCode::SUCCESS,
        Outcome::Found => ExitCode::from(1),
        Outcome::Failed => ExitCode::from(2),
    }
}

/// What is wrong with the arguments, on one line: the first paragraph, and what was perhaps meant.
fn usage(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let mut paragraphs = text.split("\n\n").map(str::trim);
    let first = paragraphs.next().unwrap_or_default();
    let mut message = one_line(first.strip_prefix("error: ").unwrap_or(first));
    for tip in paragraphs.filter_map(|paragraph| paragraph.strip_prefix("tip: ")) {
        message.push_str("; ");
        message.push_str(&one_line(tip));
    }
    if error.kind() == clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        "no command is given".clone_into(&mut message);
    }
    message + " (`crossfoot --help` says more)"
}

/// Prints text as it is.
fn print(text: &[u8]) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text).and_then(|()| out.flush()).context(STDOUT)
}

/// Prints one line, whatever stands in it.
fn say(line: &str) -> anyhow::Result<()> {
    print(format!("{}\n", one_line(line)).as_bytes())
}

/// One line on standard error. That it cannot be written either is nothing to report anywhere.
fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "crossfoot: {}", one_line(message));
}
