//! Every example of every rule in `rules/checks/`: a test each.

#![allow(clippy::panic)] // A test may.

mod story;

use crossfoot::rule::Severity;
use crossfoot::rule::definition::{Example, registry};
use libtest_mimic::{Arguments, Failed, Trial};
use story::{Mode, Story};

fn main() {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    for rule in registry() {
        let definition = match rule.exemplified() {
            Ok(definition) => definition,
            Err(error) => {
                trials.push(Trial::test(rule.name, move || Err(error.to_string().into())));
                continue;
            }
        };
        for (number, example) in definition.fail.into_iter().enumerate() {
            let name = format!("{}::fail::{}", rule.name, number + 1);
            trials.push(Trial::test(name, move || flagged(rule.name, definition.severity, &example)));
        }
        for (number, example) in definition.pass.into_iter().enumerate() {
            let name = format!("{}::pass::{}", rule.name, number + 1);
            trials.push(Trial::test(name, move || silent(rule.name, &example)));
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn mode(example: &Example) -> Mode {
    let documents = example.documents();
    if documents.len() < 2 {
        Mode::Check
    } else if documents.iter().any(|(name, _)| *name == "draft.md") {
        Mode::Against
    } else {
        Mode::Compare
    }
}

/// There is a finding of the rule that points at every quote, and it says what the example says it must.
fn flagged(rule: &str, severity: Severity, example: &Example) -> Result<(), Failed> {
    if example.quotes.is_empty() {
        return Err("an example that must be flagged names the quotes that must be marked".into());
    }
    let story = Story::check(&example.documents(), mode(example))?;
    let mut pointing = Vec::new();
    for finding in story.findings.iter().filter(|f| f.rule == rule) {
        if story.points_at(finding, &example.quotes)? {
            pointing.push(finding);
        }
    }
    if pointing.is_empty() {
        return Err(format!("nothing points at {:?}; found:\n{}", example.quotes, story.describe_all()).into());
    }
    if pointing.iter().any(|f| f.severity != severity) {
        return Err(format!("the rule's level is {severity:?}; found:\n{}", story.describe_all()).into());
    }
    match &example.message {
        Some(message) if pointing.iter().all(|f| f.conflict.message != *message) => {
            Err(format!("the message must be {message:?}; found:\n{}", story.describe_all()).into())
        }
        _ => Ok(()),
    }
}

/// There is no finding of the rule, and no error or warning of any, in the documents together or in each alone.
fn silent(rule: &str, example: &Example) -> Result<(), Failed> {
    if !example.quotes.is_empty() || example.message.is_some() {
        return Err("an example that must pass has no quotes and no message".into());
    }
    let together = mode(example);
    for mode in [together, Mode::Check].into_iter().take(if together == Mode::Check { 1 } else { 2 }) {
        let story = Story::check(&example.documents(), mode)?;
        if story.findings.iter().any(|f| f.rule == rule || f.severity >= Severity::Warning) {
            return Err(format!("found:\n{}", story.describe_all()).into());
        }
    }
    Ok(())
}
