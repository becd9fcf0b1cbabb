//! Every story in `fixtures/`: what its `expected.toml` names is found, and nothing else that is an error or a warning.

#![allow(clippy::panic)] // A test may.

mod story;

use std::fs;
use std::path::{Path, PathBuf};

use crossfoot::rule::Severity;
use libtest_mimic::{Arguments, Failed, Trial};
use serde::Deserialize;
use story::{Mode, Story};

/// What must be found in a story.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// What the story is a story of, for people.
    about: String,
    /// How its documents are checked.
    mode: Mode,
    #[serde(default)]
    expect: Vec<Expect>,
}

/// A finding that there must be.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    rule: String,
    level: Severity,
    quotes: Vec<String>,
}

fn main() {
    let arguments = Arguments::from_args();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut stories = entries(&folder).unwrap_or_else(|error| panic!("{error}"));
    stories.retain(|path| path.is_dir());
    let name = |path: &Path| path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let mut trials: Vec<Trial> =
        stories.iter().cloned().map(|path| Trial::test(name(&path), move || check(&path))).collect();
    trials.push(Trial::test("there_are_at_least_twelve", move || {
        if stories.len() < 12 { Err(format!("only {}", stories.len()).into()) } else { Ok(()) }
    }));
    libtest_mimic::run(&arguments, trials).exit();
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mistake = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(mistake)? {
        paths.push(entry.map_err(mistake)?.path());
    }
    paths.sort();
    Ok(paths)
}

fn check(folder: &Path) -> Result<(), Failed> {
    let mut documents: Vec<(String, String)> = Vec::new();
    let mut expected = None;
    for path in entries(folder)? {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        if name == "expected.toml" {
            expected = Some(toml::from_str::<Expected>(&text).map_err(|error| format!("{name}: {error}"))?);
        } else if path.extension().is_none_or(|e| e != "toml") {
            documents.push((name, text));
        }
    }
    let expected = expected.ok_or("no expected.toml")?;
    if expected.about.is_empty() || documents.is_empty() {
        return Err("a story says what it is about and has a document".into());
    }
    let documents: Vec<(&str, &str)> = documents.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let story = Story::check(&documents, expected.mode)?;
    let mut foreseen = vec![false; story.findings.len()];
    let mut faults = Vec::new();
    for expect in &expected.expect {
        let mut found = false;
        for (finding, foreseen) in story.findings.iter().zip(&mut foreseen) {
            let fits = finding.rule == expect.rule && finding.severity == expect.level;
            if fits && story.points_at(finding, &expect.quotes)? {
                (found, *foreseen) = (true, true);
            }
        }
        if !found {
            faults.push(format!("missed: {} ({:?}) at {:?}", expect.rule, expect.level, expect.quotes));
        }
    }
    for (finding, _) in story.findings.iter().zip(&foreseen).filter(|(f, seen)| !**seen && f.severity > Severity::Info)
    {
        faults.push(format!("not foreseen: {}", story.describe(finding)));
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(format!("{}\nfound:\n{}", faults.join("\n"), story.describe_all()).into())
    }
}
