//! `crossfoot completions` and `crossfoot man`: made from the command line's own description.

use clap::{Args, Command};
use clap_complete::Shell;

use super::{Outcome, print};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments, mut command: Command) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "crossfoot", &mut script);
    print(&script)?;
    Ok(Outcome::Clean)
}

pub(super) fn man(command: Command) -> anyhow::Result<Outcome> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    print(&page)?;
    Ok(Outcome::Clean)
}
