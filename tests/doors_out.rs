//! Out in every form: every output format on one fixture, the schemas, the same bytes at any number of threads.

#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::expect_used, clippy::unwrap_used)] // A test may.

mod program;

use std::fs;

use crossfoot::report;
use program::{WRONG, err, folder, json, out, root, run, schema, valid, words};
use serde_json::Value;

/// The same bytes at 1 and at 8 threads, 20 times, in every format and of every command that has it.
#[test]
fn threads() {
    for format in report::formats() {
        let commands = [
            ("check", format.findings.is_some()),
            ("extract", format.claims.is_some()),
            ("figures", format.figures.is_some()),
        ];
        for (command, _) in commands.into_iter().filter(|(_, has)| *has) {
            let mut first: Option<Vec<u8>> = None;
            for round in 0..20 {
                let threads = if round % 2 == 0 { "1" } else { "8" };
                let arguments =
                    [command, "--format", format.name, "--threads", threads, "tests/files", "fixtures/ferry"];
                let output = run(root(), &arguments);
                assert!(output.stdout.len() > 1000, "{command} {}", format.name);
                let first = first.get_or_insert_with(|| output.stdout.clone());
                assert!(*first == output.stdout, "{command} {}, round {round}", format.name);
            }
        }
    }
}

const FORMATS: [&str; 11] =
    ["checkstyle", "concise", "csv", "github", "gitlab", "json", "jsonl", "junit", "rdjson", "sarif", "text"];

/// A draft and its source in every output format, as `tests/formats/` has it. Both places are in all of them.
#[test]
fn every_format() {
    for format in FORMATS {
        let arguments =
            ["check", "--format", format, "fixtures/ferry/draft.md", "--against", "fixtures/ferry/police.md"];
        let output = run(root(), &arguments);
        let expected = fs::read_to_string(root().join("tests/formats").join(format!("{format}.txt"))).unwrap();
        // The version is the program's.
        let printed = out(&output).replace(env!("CARGO_PKG_VERSION"), "VERSION");
        assert_eq!(printed.trim_end(), expected.trim_end(), "{format}");
        for place in ["fixtures/ferry/draft.md", "fixtures/ferry/police.md"] {
            assert!(printed.contains(place), "{format} has no {place}");
        }
    }
}

/// SARIF keeps to the schema of OASIS, whatever is found.
#[test]
fn sarif_is_valid() {
    let text = fs::read_to_string(root().join("tests/schemas/sarif-2.1.0.json")).unwrap();
    let mut official: Value = serde_json::from_str(&text).unwrap();
    // A lone bracket in its pattern is one of ECMAScript's liberties, which the validator does not take.
    for holder in ["run", "toolComponent"] {
        official["definitions"][holder]["properties"]["language"].as_object_mut().unwrap().remove("pattern").unwrap();
    }
    let sarif = jsonschema::validator_for(&official).unwrap();
    for arguments in [
        "check --format sarif fixtures tests/files",
        "compare --format sarif fixtures/mudflow",
        "check --format sarif fixtures/ferry/draft.md --against fixtures/ferry",
        "check --format sarif --config fixtures/house-pack/crossfoot.toml fixtures/house-pack/draft.md",
        "check --format sarif fixtures/bushfire-clean",
    ] {
        valid(&sarif, &json(&words(root(), arguments)), arguments);
    }
    // Columns are counted in code points, also behind characters of two code units.
    let folder = folder(&[("a b.md", &format!("👩‍🚒 {WRONG}\n"))]);
    let log = json(&run(folder.path(), &["check", "--format", "sarif", "a b.md"]));
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20b.md");
    assert_eq!(place["region"]["startColumn"], 32);
    valid(&sarif, &log, "a b.md");
}

/// What is written keeps to the schemas in `docs/schema/`, and the command prints those.
#[test]
fn schemas() {
    let table = [
        ("findings", "check --format json fixtures tests/files"),
        ("findings", "compare --format json fixtures/mudflow"),
        ("claims", "extract --format json fixtures tests/files"),
        ("figures", "figures --format json fixtures"),
    ];
    for (name, arguments) in table {
        valid(&schema(&format!("docs/schema/{name}.json")), &json(&words(root(), arguments)), arguments);
    }
    let toml = |path: &str| -> Value {
        serde_json::to_value(toml::from_str::<toml::Table>(&fs::read_to_string(root().join(path)).unwrap()).unwrap())
            .unwrap()
    };
    valid(&schema("docs/schema/config.json"), &toml("src/config/template.toml"), "template");
    valid(&schema("docs/schema/config.json"), &toml("fixtures/house-pack/crossfoot.toml"), "crossfoot.toml");
    valid(&schema("docs/schema/rules.json"), &toml("fixtures/house-pack/house.toml"), "house.toml");
    for name in ["config", "rules", "findings", "claims", "figures", "baseline"] {
        let text = fs::read_to_string(root().join(format!("docs/schema/{name}.json"))).unwrap();
        assert_eq!(out(&words(root(), &format!("schema {name}"))), text);
    }
    // Every key of the schema is one that the program reads.
    let properties = schema_keys("docs/schema/config.json");
    assert_eq!(
        properties,
        ["baseline", "fail-on", "limits", "paths", "rules", "severity", "show", "text-field", "tolerances"]
    );
    let unknown = folder(&[("crossfoot.toml", "zzzzzzzzzzzz = 1\n")]);
    let complaint = err(&words(unknown.path(), "check x.md")).to_owned();
    for key in &properties {
        assert!(complaint.contains(&format!("`{key}`")), "{key} is not in {complaint}");
    }
}

fn schema_keys(path: &str) -> Vec<String> {
    let value: Value = serde_json::from_str(&fs::read_to_string(root().join(path)).unwrap()).unwrap();
    value["properties"].as_object().unwrap().keys().cloned().collect()
}

/// No path and no draft writes a line, a column or a cell of its own.
#[cfg(unix)]
#[test]
fn nothing_is_forged() {
    let evil = "a\n::error file=b.md,line=1::forged\n.md";
    let folder = folder(&[(evil, WRONG), ("=cmd.md", "The \"=1+2\" and -5C (40F) it was.")]);
    for format in FORMATS {
        let output = run(folder.path(), &["check", "--format", format, evil]);
        assert!(out(&output).lines().all(|line| !line.starts_with("::error file=b.md")), "{format}: {}", out(&output));
    }
    let figures = run(folder.path(), &["extract", "--format", "csv", "=cmd.md"]);
    let rows: Vec<&str> = out(&figures).lines().skip(1).collect();
    assert!(rows.iter().all(|row| row.contains(",'=cmd.md,")), "{rows:?}");
    assert!(rows.iter().any(|row| row.starts_with("'-5C,")), "{rows:?}");
}
