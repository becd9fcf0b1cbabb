//! The README says what is so: its commands print what it shows, and its table of rules is the registry.

#![cfg(feature = "cli")]
#![allow(clippy::single_match_else)]
#![allow(clippy::panic, clippy::unwrap_used)] // A test may.

use std::fs;
use std::path::Path;
use std::process::Command;

use crossfoot::rule::Severity;
use crossfoot::rule::definition::registry;

/// What a newcomer runs first.
const HEADLINE: [&str; 2] = ["cargo run --release -- check fixtures/bus-fire/draft.md", "cargo test"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

/// The commands of the `console` blocks, each with the lines shown below it.
fn commands(readme: &str) -> Vec<(String, String)> {
    let mut commands: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for line in readme.lines() {
        match line {
            "```console" => inside = true,
            "```" => inside = false,
            _ if !inside => {}
            _ => match line.strip_prefix("$ ") {
                Some(command) => commands.push((command.to_owned(), String::new())),
                None => {
                    let (_, shown) = commands.last_mut().unwrap_or_else(|| panic!("no command above {line:?}"));
                    shown.push_str(line);
                    shown.push('\n');
                }
            },
        }
    }
    commands
}

#[test]
fn commands_print_what_is_shown() {
    let commands = commands(&readme());
    for headline in HEADLINE {
        assert!(commands.iter().any(|(command, _)| command == headline), "`{headline}` is not in the README");
    }
    let mut compared = 0;
    for (command, shown) in commands {
        let arguments = command.strip_prefix("crossfoot ").or_else(|| command.strip_prefix("cargo run --release -- "));
        let Some(arguments) = arguments.filter(|_| !shown.is_empty()) else { continue };
        let output = Command::new(env!("CARGO_BIN_EXE_crossfoot"))
            .current_dir(root())
            .args(arguments.split_whitespace())
            .output()
            .unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{command}");
        let printed = String::from_utf8(output.stdout).unwrap();
        // Blank lines at the end are not shown.
        assert_eq!(printed.trim_end(), shown.trim_end(), "`{command}` prints:\n{printed}");
        compared += 1;
    }
    assert!(compared >= 4, "only {compared} commands with output");
}

#[test]
fn table_of_rules() {
    let readme = readme();
    let below = readme.lines().skip_while(|line| !line.starts_with("| rule | level |")).skip(2);
    let rows: Vec<&str> = below.take_while(|line| line.starts_with('|')).collect();
    let expected: Vec<String> = registry()
        .iter()
        .map(|rule| {
            let definition = rule.exemplified().unwrap();
            let level = match definition.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "info",
            };
            format!("| `{}` | {level} | {} |", definition.name, definition.summary)
        })
        .collect();
    assert_eq!(rows, expected);
}
