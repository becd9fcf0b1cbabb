//! What a check says of why: how a draft's figures stand to its sources, and why two figures are linked or not.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)] // A test may.

use std::path::Path;
use std::process::Command;

const DRAFT: &str = "Two coaches crashed near Alford on Friday. In all 22 people were hurt, a fifth of the 110 on board. \
                     The rescue cost £6,000.\n";
const SOURCE: &str = "There were 10 people hurt in the first coach and 12 people hurt in the second. There were 110 people \
                      on board.\n";
const FIRE: &str = "# Fire\n\nThe fire in Hull destroyed 14 homes on Monday. A school lost 9 desks.\n\nIn all 17 homes were \
                    destroyed by the fire in Hull.\n";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("draft.md", DRAFT), ("source.md", SOURCE), ("fire.md", FIRE)] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn crossfoot(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_crossfoot")).args(arguments).current_dir(folder).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (run.status.code(), text(run.stdout), text(run.stderr))
}

#[test]
fn the_ledger_names_how_a_figure_is_worked_out() {
    let folder = folder();
    let (code, out, _) =
        crossfoot(folder.path(), &["check", "draft.md", "--against", "source.md", "--format", "json", "--no-config"]);
    assert_eq!(code, Some(0), "{out}");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let rows: Vec<(&str, &str, Option<&str>, Vec<&str>)> = report["against"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let from = row["from"].as_array().unwrap().iter().map(|span| span["text"].as_str().unwrap()).collect();
            (row["text"].as_str().unwrap(), row["standing"].as_str().unwrap(), row["sum"].as_str(), from)
        })
        .collect();
    let expected = [
        ("Two", "unmentioned", None, vec![]),
        ("22", "worked_out", Some("12 + 10"), vec!["10", "12"]),
        ("a fifth", "worked_out", Some("22 of 110"), vec!["22", "110"]),
        ("110", "stated", None, vec!["110"]),
        ("£6,000", "unmentioned", None, vec![]),
    ];
    assert_eq!(rows, expected);
}

#[test]
fn people_get_the_sum_of_it_and_the_table_when_they_ask_why() {
    let folder = folder();
    let against = ["check", "draft.md", "--against", "source.md", "--no-config"];
    let (_, short, _) = crossfoot(folder.path(), &against);
    assert!(short.contains("figures of the draft: 1 in the sources, 2 worked out from them, 2 in none"), "{short}");
    assert!(!short.contains("12 + 10"), "{short}");
    let (_, long, _) = crossfoot(folder.path(), &[&against[..], &["--explain"]].concat());
    let row = long.lines().find(|line| line.contains("12 + 10")).unwrap_or_else(|| panic!("{long}"));
    assert!(row.contains("1:51 22"), "{row}");
    assert!(long.lines().all(|line| line.chars().count() <= 80), "{long}");
    let (_, alone, _) = crossfoot(folder.path(), &["check", "draft.md", "--no-config"]);
    assert!(!alone.contains("figures of the draft"), "{alone}");
}

#[test]
fn two_places_are_told_why_they_are_linked_or_not() {
    let folder = folder();
    let explain =
        |places: &str| crossfoot(folder.path(), &["check", "fire.md", "--no-config", &format!("--explain={places}")]);
    // Line 3 has 14 at column 28 and 9 at column 62; line 5 has 17 at column 8.
    let (code, linked, _) = explain("fire.md:3:28,fire.md:5:8");
    assert_eq!(code, Some(0));
    assert!(linked.starts_with("14 homes and 17 homes: "), "{linked}");
    assert!(linked.contains("linked"), "{linked}");
    let (_, apart, _) = explain("fire.md:3:62,fire.md:5:8");
    assert!(apart.starts_with("9 desks and 17 homes: "), "{apart}");
    assert!(apart.contains("not linked") && apart.contains("noun"), "{apart}");
}

#[test]
fn a_place_that_is_none_is_one_clear_line() {
    let folder = folder();
    for (places, complaint) in [
        ("fire.md:3:28", "is not two places"),
        ("fire.md:3:28,fire.md:99:1", "there is no figure at fire.md:99:1"),
        ("fire.md:3:28,other.md:1:1", "\"other.md\" is not among the documents"),
        ("fire.md:3:28,fire.md", "is not a place"),
    ] {
        let (code, out, error) =
            crossfoot(folder.path(), &["check", "fire.md", "--no-config", &format!("--explain={places}")]);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{places}");
        assert!(error.contains(complaint) && error.lines().count() == 1, "{places}: {error}");
    }
}

#[test]
fn a_finding_says_why_its_figures_are_linked() {
    let folder = folder();
    let (code, out, _) = crossfoot(folder.path(), &["check", "fire.md", "--no-config", "--explain"]);
    assert_eq!(code, Some(1), "{out}");
    let note = out.lines().find(|line| line.contains("note:")).unwrap_or_else(|| panic!("{out}"));
    assert!(note.contains("linked"), "{note}");
}
