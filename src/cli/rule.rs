//! `crossfoot rule`: what a rule means, with examples.

use std::io::{self, Write};

use clap::Args;
use crossfoot::rule::Severity;
use crossfoot::rule::definition::{Definition, Example, registry};

use super::Outcome;
use super::output::known_rule;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The rule; without one, all are listed
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut out = io::stdout().lock();
    if let Some(name) = &arguments.name {
        explain(&known_rule(name)?.definition()?, &mut out)?;
    } else {
        for rule in registry() {
            let definition = rule.definition()?;
            writeln!(out, "{:20} {:8} {}", definition.name, level(definition.severity), definition.summary)?;
        }
    }
    Ok(Outcome::Clean)
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

fn explain(rule: &Definition, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} ({}): {}\n\n{}", rule.name, level(rule.severity), rule.summary, rule.meaning.trim())?;
    for (title, examples) in [("Flagged", &rule.fail), ("Not flagged", &rule.pass)] {
        writeln!(out, "\n{title}:")?;
        for example in examples {
            show(example, out)?;
        }
    }
    Ok(())
}

fn show(example: &Example, out: &mut dyn Write) -> io::Result<()> {
    let documents = example.documents();
    let mut mark = "-";
    for (name, text) in &documents {
        let named = if documents.len() > 1 { format!("{name}: ") } else { String::new() };
        for (i, line) in text.trim().lines().enumerate() {
            writeln!(out, "{mark:>3} {}{line}", if i == 0 { named.as_str() } else { "" })?;
            mark = "";
        }
    }
    if let Some(message) = &example.message {
        writeln!(out, "      = {message}")?;
    }
    Ok(())
}
