//! What the command line says of output: format, colour, which rules and levels.

use std::io::{self, BufWriter, IsTerminal, Write};

use anyhow::bail;
use clap::{Args, ValueEnum};
use crossfoot::report::{self, Format, Style};
use crossfoot::rule::Severity;
use crossfoot::rule::definition::registry;

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
    /// The output format.
    pub(super) fn format(&self) -> &'static Format {
        self.format.0
    }

    /// Writes to standard output, with a buffer.
    pub(super) fn write(&self, work: impl FnOnce(Style, &mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        let terminal = io::stdout().is_terminal();
        let plain = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
        let color = match self.color {
            Color::Auto => terminal && !plain,
            Color::Always => true,
            Color::Never => false,
        };
        let width = if terminal { comfy_table::Table::new().width().unwrap_or(WIDTH) } else { WIDTH };
        let mut out = BufWriter::new(io::stdout().lock());
        work(Style { color, width }, &mut out)?;
        out.flush()
    }
}

/// Which rules run, which findings are shown, and which make the run fail.
#[derive(Debug, Args)]
pub(super) struct Selection {
    /// Fail (exit status 1) where a finding is of this level or graver
    #[arg(long, value_name = "LEVEL", value_enum, default_value_t = FailOn::Error)]
    fail_on: FailOn,
    /// Show findings of this level and graver
    #[arg(long, value_name = "LEVEL", value_enum, default_value_t = Level::Info)]
    show: Level,
    /// Run this rule only (may be repeated)
    #[arg(long, value_name = "RULE")]
    only: Vec<String>,
    /// Do not run this rule (may be repeated)
    #[arg(long, value_name = "RULE")]
    skip: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Level {
    Error,
    Warning,
    Info,
}

impl Selection {
    /// Complains of rules that there are none of.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        for name in self.only.iter().chain(&self.skip) {
            known_rule(name)?;
        }
        Ok(())
    }

    /// Whether a rule runs.
    pub(super) fn wants(&self, rule: &str) -> bool {
        (self.only.is_empty() || self.only.iter().any(|r| r == rule)) && !self.skip.iter().any(|r| r == rule)
    }

    /// Whether a finding is shown.
    pub(super) fn shows(&self, severity: Severity) -> bool {
        severity
            >= match self.show {
                Level::Error => Severity::Error,
                Level::Warning => Severity::Warning,
                Level::Info => Severity::Info,
            }
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

/// A rule by its name; where there is none, an error that names the nearest.
pub(super) fn known_rule(name: &str) -> anyhow::Result<crossfoot::rule::definition::Registered> {
    let rules = registry();
    if let Some(&rule) = rules.iter().find(|r| r.name == name) {
        return Ok(rule);
    }
    let nearest = rules.iter().map(|r| (distance(name, r.name), r.name)).min().filter(|(d, n)| *d <= n.len() / 2);
    match nearest {
        Some((_, near)) => bail!("no rule is called {name:?}; did you mean {near:?}?"),
        None => bail!("no rule is called {name:?}; `crossfoot rule` lists them"),
    }
}

/// How many letters must be changed, added or left out to make one word of another.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().take(64).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        assert_eq!(distance("percent-off", "percent-of"), 1);
        assert_eq!(distance("", "age"), 3);
        assert_eq!(distance("rate", "rate"), 0);
    }
}
