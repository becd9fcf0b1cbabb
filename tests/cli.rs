//! The command line as a user sees it: status, what is written, and what is said of bad input.

#![allow(clippy::unwrap_used)] // A test may.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// 150 sq km is 57.9 sq miles.
const WRONG: &str = "The reserve covers 150 sq km (85 sq miles).\n";
/// 10 miles are 16.1 km.
const RIGHT: &str = "The road is 10 miles (16km) long.\n";

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn run(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_crossfoot"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A run that reads no input may have ended already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// Where the findings of a JSON report stand: "path:line:column rule".
fn places(output: &Output) -> Vec<String> {
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = value["findings"].as_array().unwrap();
    let place = |f: &Value| {
        let span = &f["spans"][0];
        format!(
            "{}:{}:{} {}",
            span["path"].as_str().unwrap(),
            span["line"],
            span["column"],
            f["rule"].as_str().unwrap()
        )
    };
    findings.iter().map(place).collect()
}

/// Arguments, exit status, and the whole of standard error.
#[test]
fn status_and_complaints() {
    let folder = folder(&[
        ("wrong.md", WRONG.as_bytes()),
        ("right.md", RIGHT.as_bytes()),
        ("empty.md", b""),
        ("binary.md", b"a\nb\0"),
        ("latin.md", b"caf\xc3\xa9\ncaf\xe9"),
        ("wide.txt", b"\xff\xfea\0"),
        ("none/code.rs", b"1"),
    ]);
    let more = " (`crossfoot --help` says more)\n";
    let cases: &[(&str, i32, String)] = &[
        ("check right.md", 0, String::new()),
        ("check wrong.md", 1, String::new()),
        ("check empty.md", 0, String::new()),
        ("check wrong.md --fail-on never", 0, String::new()),
        ("check wrong.md --fail-on warning", 1, String::new()),
        ("check wrong.md --skip unit-conversion", 0, String::new()),
        ("check wrong.md --only inverted-range", 0, String::new()),
        ("check wrong.md --only unit-conversion", 1, String::new()),
        ("check right.md --against wrong.md", 0, String::new()),
        ("extract wrong.md", 0, String::new()),
        ("figures wrong.md", 0, String::new()),
        ("compare right.md wrong.md", 0, String::new()),
        ("rule", 0, String::new()),
        ("rule unit-conversion", 0, String::new()),
        ("--version", 0, String::new()),
        ("check --help", 0, String::new()),
        ("check gone.md", 2, "crossfoot: gone.md: no such file or folder\n".into()),
        ("check right.md --against gone.md", 2, "crossfoot: gone.md: no such file or folder\n".into()),
        ("check none", 2, "crossfoot: none: no drafts in this folder (Markdown and text files are read)\n".into()),
        (
            "check binary.md",
            2,
            "crossfoot: binary.md: line 2, column 2: a NUL byte (byte 3); the file is binary\n".into(),
        ),
        ("check latin.md", 2, "crossfoot: latin.md: line 2, column 4: not UTF-8 (byte 9)\n".into()),
        ("check wide.txt", 2, "crossfoot: wide.txt: line 1, column 1: UTF-16 (byte 0); save it as UTF-8\n".into()),
        (
            "check --only unit-convertion right.md",
            2,
            "crossfoot: no rule is called \"unit-convertion\"; did you mean \"unit-conversion\"?\n".into(),
        ),
        ("rule zzz", 2, "crossfoot: no rule is called \"zzz\"; `crossfoot rule` lists them\n".into()),
        ("check - --against -", 2, "crossfoot: standard input can be named only once\n".into()),
        (
            "check --formt json right.md",
            2,
            format!("crossfoot: unexpected argument '--formt' found; a similar argument exists: '--format'{more}"),
        ),
        ("check", 2, format!("crossfoot: the following required arguments were not provided: <PATH>...{more}")),
        ("", 2, format!("crossfoot: no command is given{more}")),
    ];
    for (arguments, status, complaint) in cases {
        let arguments: Vec<&str> = arguments.split_whitespace().collect();
        let output = run(folder.path(), &arguments, "");
        assert_eq!(text(&output.stderr), complaint, "{arguments:?}");
        assert_eq!(output.status.code(), Some(*status), "{arguments:?}");
    }
}

#[test]
fn every_other_file_is_still_checked() {
    let folder = folder(&[("a.md", b"\xff"), ("b.md", WRONG.as_bytes()), ("d.md", WRONG.as_bytes())]);
    let output = run(folder.path(), &["check", "--format", "json", "a.md", "b.md", "c.md", "d.md"], "");
    assert_eq!(places(&output), ["b.md:1:20 unit-conversion", "d.md:1:20 unit-conversion"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        text(&output.stderr),
        "crossfoot: a.md: line 1, column 1: not UTF-8 (byte 0)\ncrossfoot: c.md: no such file or folder\n"
    );
}

#[test]
fn folders_are_walked_in_order_without_what_is_ignored() {
    let wrong = WRONG.as_bytes();
    let folder = folder(&[
        ("news/b.txt", wrong),
        ("news/a/z.markdown", wrong),
        ("news/old/x.md", wrong),
        ("news/.hidden.md", wrong),
        ("news/page.rs", wrong),
        ("news/.gitignore", b"old/\n"),
    ]);
    for threads in ["1", "4"] {
        let output = run(folder.path(), &["check", "--format", "json", "--threads", threads, "news", "news/b.txt"], "");
        assert_eq!(places(&output), ["news/a/z.markdown:1:20 unit-conversion", "news/b.txt:1:20 unit-conversion"]);
    }
}

#[test]
fn standard_input_is_markdown() {
    let folder = folder(&[]);
    let output =
        run(folder.path(), &["check", "--format", "json", "-"], &format!("`85 sq km (85 sq miles)`\n\n{WRONG}"));
    assert_eq!(places(&output), ["-:3:20 unit-conversion"]);
}

#[test]
fn findings_as_json() {
    let folder = folder(&[("draft.md", format!("# Land\n\n{WRONG}").as_bytes())]);
    let output = run(folder.path(), &["check", "--format", "json", "draft.md"], "");
    let mut value: Value = serde_json::from_slice(&output.stdout).unwrap();
    let finding = value["findings"][0].as_object_mut().unwrap();
    let fingerprint = finding.remove("fingerprint").unwrap();
    assert!(finding.remove("message").unwrap().as_str().unwrap().contains("58"));
    assert_eq!(fingerprint.as_str().unwrap().len(), 16);
    assert_eq!(
        value,
        json!({
            "schema_version": "1",
            "findings": [{
                "rule": "unit-conversion",
                "severity": "error",
                "spans": [
                    {"path": "draft.md", "start": 27, "end": 36, "line": 3, "column": 20, "text": "150 sq km"},
                    {"path": "draft.md", "start": 38, "end": 49, "line": 3, "column": 31, "text": "85 sq miles"},
                ],
            }],
            "summary": {"documents": 1, "claims": 2, "errors": 1, "warnings": 0, "infos": 0},
        })
    );
    // The same figures elsewhere in another file have the same fingerprint.
    fs::write(folder.path().join("moved.md"), format!("Words.\n\nMore words.\n\n{WRONG}")).unwrap();
    let moved = run(folder.path(), &["check", "--format", "json", "moved.md"], "");
    let moved: Value = serde_json::from_slice(&moved.stdout).unwrap();
    assert_eq!(moved["findings"][0]["fingerprint"], fingerprint);
}

/// Every claim of a text in Markdown, cut out of the file by its span, is the text that the report gives.
#[test]
fn claims_are_cut_out_of_the_file_by_their_spans() {
    let source = "\u{feff}# Über 300 Häuser\r\n\r\n*About **12** men*\r\n\r\n> It cost &pound;5m and\r\n> 30 people [paid *£3*](http://4.example).\r\n\r\n| towns | dead |\r\n|---|---|\r\n| 14 | 3,000 |\r\n";
    let folder = folder(&[("a.md", source.as_bytes())]);
    let output = run(folder.path(), &["extract", "--format", "json", "a.md"], "");
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    let claims = value["documents"][0]["claims"].as_array().unwrap();
    assert!(claims.len() >= 6, "{claims:#?}");
    for claim in claims {
        let at = |key: &str| usize::try_from(claim[key].as_u64().unwrap()).unwrap();
        assert_eq!(&source[at("start")..at("end")], claim["text"].as_str().unwrap());
        let before = source[..at("start")].trim_start_matches('\u{feff}');
        assert_eq!(at("line"), before.matches('\n').count() + 1);
        assert_eq!(at("column"), before.rsplit('\n').next().unwrap().chars().count() + 1);
    }
    let texts: Vec<&str> = claims.iter().map(|c| c["text"].as_str().unwrap()).collect();
    assert!(texts.contains(&"&pound;5m") && texts.contains(&"3,000"), "{texts:?}");
}

/// The first example that a rule must flag, from its definition.
fn flagged(rule: &str) -> String {
    let rule = crossfoot::rule::definition::registry().into_iter().find(|r| r.name == rule).unwrap();
    rule.definition().unwrap().fail[0].text.clone().unwrap()
}

#[test]
fn levels() {
    let folder = folder(&[("a.md", flagged("disputed-figure").as_bytes())]);
    let cases: &[(&str, bool, i32)] = &[
        ("", true, 0),
        ("--show info", true, 0),
        ("--show warning", false, 0),
        ("--show error --fail-on info", false, 1),
        ("--fail-on info", true, 1),
        ("--fail-on warning", true, 0),
    ];
    for (arguments, shown, status) in cases {
        for (format, mark) in [("text", "info[disputed-figure]"), ("json", "\"severity\":\"info\"")] {
            let mut all = vec!["check", "--only", "disputed-figure", "--format", format, "a.md"];
            all.extend(arguments.split_whitespace());
            let output = run(folder.path(), &all, "");
            assert_eq!(text(&output.stdout).contains(mark), *shown, "{all:?}");
            assert_eq!(output.status.code(), Some(*status), "{all:?}");
        }
    }
}

#[test]
fn colour_only_where_it_is_wanted() {
    let folder = folder(&[("a.md", WRONG.as_bytes())]);
    for (arguments, coloured) in [
        (&["check", "a.md"][..], false),
        (&["check", "--color", "always", "a.md"], true),
        (&["check", "--color", "never", "a.md"], false),
    ] {
        assert_eq!(run(folder.path(), arguments, "").stdout.contains(&0x1b), coloured, "{arguments:?}");
    }
}

#[test]
fn what_a_draft_holds_cannot_steer_the_terminal() {
    let folder = folder(&[("a.md", "The \u{1b}[2J reserve\u{202e} covers 150 sq km (85 sq miles).\n".as_bytes())]);
    for command in ["check", "extract", "figures"] {
        let output = run(folder.path(), &[command, "a.md"], "");
        assert!(!text(&output.stdout).contains(['\u{1b}', '\u{202e}']), "{command}");
    }
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error() {
    let folder = folder(&[("a.md", WRONG.repeat(2000).as_bytes())]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_crossfoot"))
        .args(["extract", "--format", "json", "a.md"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
}
