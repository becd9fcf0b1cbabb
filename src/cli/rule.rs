//! `crossfoot rule`: what a rule means, with examples.

use std::io::{self, Write};

use clap::Args;
use crossfoot::rule::definition::{Definition, Example, registry};
use crossfoot::rule::page::page;

use super::session::no_rule;
use super::{Outcome, print};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The rule; without one, all are listed
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// Write the rule's page of the documentation, in Markdown
    #[arg(long, requires = "name")]
    markdown: bool,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut out = Vec::new();
    if let Some(name) = &arguments.name {
        let rules = registry();
        let Some(rule) = rules.iter().find(|r| r.name == name) else {
            return no_rule(name, rules.iter().map(|r| r.name));
        };
        let definition = rule.exemplified()?;
        if arguments.markdown {
            write!(out, "{}", page(&definition))?;
        } else {
            explain(&definition, &mut out)?;
        }
    } else {
        for rule in registry() {
            let definition = rule.exemplified()?;
            writeln!(out, "{:20} {:8} {}", definition.name, definition.severity.name(), definition.summary)?;
        }
    }
    print(&out)?;
    Ok(Outcome::Clean)
}

fn explain(rule: &Definition, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} ({}): {}\n\n{}", rule.name, rule.severity.name(), rule.summary, rule.meaning.trim())?;
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
