//! The same files give the same bytes, in every format, at any number of threads and in every process; and what is found does
//! not hang on the order that files are named in, which only orders the report.

#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::expect_used, clippy::unwrap_used)] // A test may.

mod program;

use std::fs;
use std::sync::OnceLock;

use program::{err, json, printing, root, run};
use proptest::prelude::*;
use serde_json::Value;
use tempfile::TempDir;

/// More than a thread is handed at once.
const FILES: usize = 70;

/// The stories of the fixtures, some of them several times.
fn stories() -> &'static (TempDir, Vec<String>) {
    static STORIES: OnceLock<(TempDir, Vec<String>)> = OnceLock::new();
    STORIES.get_or_init(|| {
        let mut texts = Vec::new();
        for story in fs::read_dir(root().join("fixtures")).unwrap() {
            for file in fs::read_dir(story.unwrap().path()).unwrap().map(|entry| entry.unwrap().path()) {
                if file.extension().is_some_and(|extension| extension == "md") {
                    texts.push(fs::read_to_string(file).unwrap());
                }
            }
        }
        texts.sort();
        let folder = TempDir::new().unwrap();
        let names: Vec<String> = (0..FILES).map(|n| format!("{n:02}.md")).collect();
        for (name, text) in names.iter().zip(texts.iter().cycle()) {
            fs::write(folder.path().join(name), text).unwrap();
        }
        (folder, names)
    })
}

/// What a command prints of some files.
fn printed(command: &str, format: &str, threads: usize, files: &[String]) -> Vec<u8> {
    let threads = threads.to_string();
    let mut arguments = vec![command, "--format", format, "--threads", &threads];
    arguments.extend(files.iter().map(String::as_str));
    let output = run(stories().0.path(), &arguments);
    assert_eq!(err(&output), "", "{arguments:?}");
    output.stdout
}

/// The same as JSON.
fn value(command: &str, threads: usize, files: &[String]) -> Value {
    serde_json::from_slice(&printed(command, "json", threads, files)).unwrap()
}

/// What stands in a list of a report, in order.
fn list<'a>(report: &'a Value, key: &str) -> &'a [Value] {
    report[key].as_array().unwrap()
}

/// The path of a finding's or document's first place.
fn path(value: &Value) -> &str {
    value["path"].as_str().or_else(|| value["spans"][0]["path"].as_str()).unwrap()
}

/// The places of a finding or a thing, whichever comes first.
fn places(places: &Value) -> Vec<String> {
    let place = |p: &Value| format!("{}:{}:{}", p["path"].as_str().unwrap(), p["line"], p["column"]);
    let mut places: Vec<String> = places.as_array().unwrap().iter().map(place).collect();
    places.sort();
    places
}

/// Every format, so that the order of a map would show in some; files of one story are held against one another too.
#[test]
fn the_number_of_threads_changes_no_byte() {
    let (_, files) = stories();
    for (command, format) in printing() {
        let (one, several) = (printed(command, format, 1, files), printed(command, format, 3, files));
        assert!(one == several, "{command} as {format}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5, ..ProptestConfig::default() })]

    /// Files that are checked alone are reported in the order they are named in, each as if it were the only one.
    #[test]
    fn the_order_of_files_orders_the_report(
        files in Just(stories().1.clone()).prop_shuffle(), some in 2..FILES, threads in 1_usize..9,
    ) {
        let files = &files[..some];
        for (command, key) in [("check", "findings"), ("extract", "documents")] {
            let (named, sorted) = (value(command, threads, files), value(command, 1, &sorted(files)));
            let mut expected: Vec<Value> = list(&sorted, key).to_vec();
            expected.sort_by_key(|one| files.iter().position(|file| file == path(one)));
            prop_assert_eq!(list(&named, key), &expected[..], "{}", command);
            prop_assert_eq!(&named["summary"], &sorted["summary"]);
        }
    }

    /// Accounts of one story are held against one another whichever comes first.
    #[test]
    fn no_account_comes_first(files in Just(stories().1.clone()).prop_shuffle(), some in 2..12_usize, threads in 1_usize..9) {
        let files = &files[..some];
        for (command, key, of) in [("compare", "findings", "spans"), ("figures", "things", "figures")] {
            let all = |report: &Value| {
                let mut all: Vec<Vec<String>> = list(report, key).iter().map(|one| places(&one[of])).collect();
                all.sort();
                all
            };
            let (named, sorted) = (value(command, threads, files), value(command, 1, &sorted(files)));
            prop_assert_eq!(all(&named), all(&sorted), "{}", command);
        }
    }
}

fn sorted(files: &[String]) -> Vec<String> {
    let mut files = files.to_vec();
    files.sort();
    files
}

/// The order of sources is that of the report's words, and not of what is said of a figure.
#[test]
fn the_order_of_sources_changes_no_standing() {
    let folder = program::folder(&[
        ("draft.md", "The fire killed 12 cows and 30 sheep. It cost $3m to put out.\n"),
        ("a.md", "The fire killed 12 cows and 25 sheep.\n"),
        ("b.md", "The fire killed 12 cows. It cost about $3m to put out.\n"),
    ]);
    let standings = |first: &str, second: &str| {
        let report = json(&run(
            folder.path(),
            &["check", "--format", "json", "draft.md", "--against", first, "--against", second],
        ));
        let standing = |one: &Value| (one["start"].clone(), one["standing"].clone());
        list(&report, "against").iter().map(standing).collect::<Vec<_>>()
    };
    let named = standings("a.md", "b.md");
    assert_eq!(named.len(), 3, "{named:?}");
    assert_eq!(named, standings("b.md", "a.md"));
}
