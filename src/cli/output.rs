//! What the command line says of output: format, colour, which rules and levels.

use std::io::{self, BufWriter, IsTerminal, Write};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use crossfoot::config::FailOn;
use crossfoot::inspect::Inspector;
use crossfoot::report::{self, Format, Style};
use crossfoot::rule::Severity;

use super::STDOUT;
use super::session::expect;

/// Columns where there is no terminal to ask.
const WIDTH: u16 = 80;

/// How to write.
#[derive(Debug, Args)]
pub(super) struct Output {
    /// How to write the result
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = format_named)]
    format: FormatName,
    /// When to use colours
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Color::Auto)]
    color: Color,
}

#[derive(Debug, Clone, Copy)]
struct FormatName(&'static Format);

fn format_named(name: &str) -> Result<FormatName, String> {
    let formats = report::formats();
    formats.iter().find(|f| f.name == name).map(FormatName).ok_or_else(|| {
        let names: Vec<&str> = formats.iter().map(|f| f.name).collect();
        format!("the formats are {}", names.join(", "))
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

impl Output {
    /// What of the format writes this; an error names the formats that have it.
    pub(super) fn part<T>(&self, what: &str, part: fn(&Format) -> Option<T>) -> anyhow::Result<T> {
        let Some(found) = part(self.format.0) else {
            let having = report::formats().iter().filter(|f| part(f).is_some()).map(|f| f.name);
            let having: Vec<&str> = having.collect();
            bail!("the format {} has no {what}; those that have are {}", self.format.0.name, having.join(", "));
        };
        Ok(found)
    }

    /// Whether the format shows whole articles.
    pub(super) fn keeps_articles(&self) -> bool {
        self.format.0.articles
    }

    /// Writes to standard output, with a buffer.
    pub(super) fn write(&self, work: impl FnOnce(Style, &mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
        let terminal = io::stdout().is_terminal();
        let plain = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
        let color = match self.color {
            Color::Auto => terminal && !plain,
            Color::Always => true,
            Color::Never => false,
        };
        let width = if terminal { comfy_table::Table::new().width().unwrap_or(WIDTH) } else { WIDTH };
        let mut out = BufWriter::new(io::stdout().lock());
        work(Style { color, width }, &mut out).and_then(|()| out.flush()).context(STDOUT)
    }
}

/// Which rules run, which findings are shown, and which make the run fail.
#[derive(Debug, Args)]
pub(super) struct Selection {
    /// Fail (exit status 1) where a finding is of this level or graver [default: error]
    #[arg(long, value_name = "LEVEL", value_enum)]
    fail_on: Option<FailOnArgument>,
    /// Show findings of this level and graver [default: info]
    #[arg(long, value_name = "LEVEL", value_enum)]
    show: Option<LevelArgument>,
    /// Run this rule only (may be repeated)
    #[arg(long, value_name = "RULE")]
    only: Vec<String>,
    /// Do not run this rule (may be repeated)
    #[arg(long, value_name = "RULE")]
    skip: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOnArgument {
    Error,
    Warning,
    Info,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LevelArgument {
    Error,
    Warning,
    Info,
}

/// A selection with what the configuration says where the command line is silent.
#[derive(Debug)]
pub(super) struct Selected<'a> {
    selection: &'a Selection,
    fail_on: FailOn,
    show: Severity,
}

impl Selection {
    /// Fills in what is not said from the configuration, and complains of rules that there are none of.
    pub(super) fn resolve(&self, session: &Inspector) -> anyhow::Result<Selected<'_>> {
        self.only.iter().chain(&self.skip).try_for_each(|name| expect(session, name))?;
        let fail_on = self.fail_on.map(|level| match level {
            FailOnArgument::Error => FailOn::Error,
            FailOnArgument::Warning => FailOn::Warning,
            FailOnArgument::Info => FailOn::Info,
            FailOnArgument::Never => FailOn::Never,
        });
        let show = self.show.map(|level| match level {
            LevelArgument::Error => Severity::Error,
            LevelArgument::Warning => Severity::Warning,
            LevelArgument::Info => Severity::Info,
        });
        Ok(Selected {
            selection: self,
            fail_on: fail_on.or(session.config.fail_on).unwrap_or(FailOn::Error),
            show: show.or(session.config.show).unwrap_or(Severity::Info),
        })
    }
}

impl Selected<'_> {
    /// Whether a rule runs.
    pub(super) fn wants(&self, rule: &str) -> bool {
        let Selection { only, skip, .. } = self.selection;
        (only.is_empty() || only.iter().any(|r| r == rule)) && !skip.iter().any(|r| r == rule)
    }

    /// Whether all rules run.
    pub(super) fn wants_all(&self) -> bool {
        self.selection.only.is_empty() && self.selection.skip.is_empty()
    }

    /// Whether a finding is shown.
    pub(super) fn shows(&self, severity: Severity) -> bool {
        severity >= self.show
    }

    /// Whether a finding makes the run fail.
    pub(super) fn fails(&self, severity: Severity) -> bool {
        match self.fail_on {
            FailOn::Error => severity >= Severity::Error,
            FailOn::Warning => severity >= Severity::Warning,
            FailOn::Info => true,
            FailOn::Never => false,
        }
    }
}
