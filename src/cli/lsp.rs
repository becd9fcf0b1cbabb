//! `crossfoot lsp`: the language server, over standard input and output.

use clap::Args;
use crossfoot::lsp;
use lsp_server::Connection;

use super::Outcome;
use super::session::Configuration;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    configuration: Configuration,
    /// Speak over standard input and output, as is done in any case; editors like to say so
    #[arg(long)]
    stdio: bool,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let Arguments { configuration, stdio: _ } = arguments;
    let (connection, threads) = Connection::stdio();
    let served = lsp::serve(&connection, |root| configuration.inspector(root).map_err(|error| format!("{error:#}")));
    drop(connection);
    served?;
    threads.join()?;
    Ok(Outcome::Clean)
}
