//! `crossfoot serve`: a server for other programs, with LanguageTool's door and one of its own.

use std::env;
use std::net::{SocketAddr, TcpListener};

use anyhow::{Context, bail};
use clap::Args;
use crossfoot::serve::{self, guard::Guard};

use super::session::Configuration;
use super::{Outcome, say};

/// The variable that may hold the token: what stands on a command line can be read by others on the machine.
const TOKEN: &str = "CROSSFOOT_TOKEN";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The address and port to listen at; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8081")]
    listen: SocketAddr,
    #[command(flatten)]
    configuration: Configuration,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let token = env::var(TOKEN).ok().filter(|token| !token.is_empty());
    let address = arguments.listen;
    if !address.ip().is_loopback() && token.is_none() {
        bail!("{address} can be reached from elsewhere: {TOKEN} must hold a token that requests are to have");
    }
    let inspector = arguments.configuration.inspector(None)?;
    let listener = TcpListener::bind(address).with_context(|| format!("{address}"))?;
    say(&format!("http://{}/", listener.local_addr()?))?;
    serve::serve(inspector, listener, Guard::open(address.ip(), token))?;
    Ok(Outcome::Clean)
}
