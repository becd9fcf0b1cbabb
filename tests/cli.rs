//! The command line as a user sees it: exit status, standard output, standard error.

#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::expect_used, clippy::unwrap_used)] // A test may.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A draft with one error that rests on arithmetic alone: 40 sq km is 15.4 sq miles.
const WRONG: &str = "The new nature park covers 40 sq km (25 sq miles) of marsh.\n";
/// The same draft, right.
const RIGHT: &str = "The new nature park covers 40 sq km (15 sq miles) of marsh.\n";
/// Two rules find something here.
const TWICE: &str = "The new nature park covers 40 sq km (25 sq miles) of marsh.\n\n\
                     Organisers expect between 9,000 and 7,500 visitors at the fair.\n";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder with the given files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn crossfoot(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossfoot"));
    command.current_dir(folder).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").stdin(Stdio::null());
    command
}

/// Runs with arguments parted by blanks.
fn run(folder: &Path, arguments: &str) -> Output {
    crossfoot(folder).args(arguments.split_whitespace()).output().unwrap()
}

fn run_with_input(folder: &Path, arguments: &str, input: &[u8]) -> Output {
    let file = folder.join("standard-input");
    fs::write(&file, input).unwrap();
    let input = fs::File::open(&file).unwrap();
    crossfoot(folder).args(arguments.split_whitespace()).stdin(input).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Work that cannot be done: status 2, one line that names file and place, and the good file beside it still checked.
#[test]
fn bad_input() {
    let files: &[(&str, &[u8])] = &[
        ("wrong.md", WRONG.as_bytes()),
        ("right.md", RIGHT.as_bytes()),
        ("empty.md", b""),
        ("blank.txt", b" \n\n\t\n"),
        ("binary.md", b"GIF\x00\x01"),
        ("bad.txt", "Four men\nwere há".as_bytes()),
        ("latin.txt", b"Four men\nwere \xe9 held\n"),
        ("mixed.txt", b"Four men\nwere \xc3\xa9\xe9 held\n"),
        ("cut.txt", b"caf\xc3"),
        ("notes/picture.png", b"\x89PNG"),
        ("notes/list.csv", b"1,2\n"),
    ];
    let folder = folder(files);
    let table = [
        // Arguments, status, standard error.
        ("check right.md", 0, ""),
        ("check wrong.md", 1, ""),
        ("check wrong.md right.md", 1, ""),
        ("check empty.md", 0, ""),
        ("check blank.txt", 0, ""),
        ("check missing.md", 2, "crossfoot: missing.md: no such file or folder\n"),
        ("check binary.md", 2, "crossfoot: binary.md: line 1, column 4: a NUL byte (byte 3); the file is binary\n"),
        ("check latin.txt", 0, ""),
        ("check mixed.txt", 2, "crossfoot: mixed.txt: line 2, column 7: not UTF-8 (byte 16)\n"),
        ("check cut.txt", 2, "crossfoot: cut.txt: line 1, column 4: not UTF-8 (byte 3)\n"),
        (
            "check notes",
            2,
            "crossfoot: notes: no drafts in this folder (.docx, .docm, .rss, .atom, .html, .htm, .xhtml, .md, .markdown, .mdown, .newsml, .ninjs, .txt, .text files are read)\n",
        ),
        ("compare right.md missing.md", 2, "crossfoot: missing.md: no such file or folder\n"),
        ("extract missing.md", 2, "crossfoot: missing.md: no such file or folder\n"),
        ("figures missing.md", 2, "crossfoot: missing.md: no such file or folder\n"),
        ("check right.md --against missing.md", 2, "crossfoot: missing.md: no such file or folder\n"),
        (
            "check missing.md mixed.txt right.md binary.md",
            2,
            "crossfoot: missing.md: no such file or folder\n\
             crossfoot: mixed.txt: line 2, column 7: not UTF-8 (byte 16)\n\
             crossfoot: binary.md: line 1, column 4: a NUL byte (byte 3); the file is binary\n",
        ),
        (
            "check right.md --only percent-off",
            2,
            "crossfoot: no rule is called \"percent-off\"; did you mean \"percent-of\"?\n",
        ),
        ("check right.md --skip xyz", 2, "crossfoot: no rule is called \"xyz\"; `crossfoot rule` lists them\n"),
        (
            "rule unit-conversions",
            2,
            "crossfoot: no rule is called \"unit-conversions\"; did you mean \"unit-conversion\"?\n",
        ),
    ];
    for (arguments, status, complaint) in table {
        let output = run(folder.path(), arguments);
        assert_eq!(err(&output), complaint, "{arguments}");
        assert_eq!(output.status.code(), Some(status), "{arguments}");
    }
    // The good file beside a bad one is checked and its finding shown.
    let output = run(folder.path(), "check missing.md wrong.md binary.md");
    assert_eq!(output.status.code(), Some(2));
    assert!(out(&output).contains("error[unit-conversion]"), "{}", out(&output));
    assert!(out(&output).ends_with("1 error (2 figures in 1 document)\n"), "{}", out(&output));
    // A name that would steer a terminal is shown, not obeyed.
    let output = crossfoot(folder.path()).args(["check", "a\u{1b}[31mb.md"]).output().unwrap();
    assert_eq!(err(&output), "crossfoot: a\\u{1b}[31mb.md: no such file or folder\n");
}

/// What cannot be: status 2, and all of standard error is one line.
#[test]
fn mistakes_take_one_line() {
    let folder = folder(&[("a.md", RIGHT.as_bytes()), ("wide.txt", b"\xff\xfea\0\0\0")]);
    let more = "(`crossfoot --help` says more)\n";
    for (arguments, complaint) in [
        ("check wide.txt", "wide.txt: line 1, column 2: a NUL byte (byte 4); the file is binary\n".to_owned()),
        ("check - --against -", "standard input can be named only once\n".to_owned()),
        (
            "check --formt json a.md",
            format!("unexpected argument '--formt' found; a similar argument exists: '--format' {more}"),
        ),
        ("check", "no drafts are named (`crossfoot check PATH...`, or `paths` in crossfoot.toml)\n".to_owned()),
        ("compare", format!("the following required arguments were not provided: <FILE>... {more}")),
        (
            "extract a.md --format sarif",
            "the format sarif has no list of figures; those that have are csv, json, jsonl, text\n".to_owned(),
        ),
        ("", format!("no command is given {more}")),
    ] {
        let output = run(folder.path(), arguments);
        assert_eq!(err(&output), format!("crossfoot: {complaint}"), "{arguments}");
        assert_eq!(output.status.code(), Some(2), "{arguments}");
    }
}

/// A file is read once however often it is named, and no draft is held against itself.
#[test]
fn files_named_twice() {
    let folder =
        folder(&[("news/a.md", WRONG.as_bytes()), ("news/.gitignore", b"old\n"), ("news/old/b.md", WRONG.as_bytes())]);
    let output = run(folder.path(), "check news news/a.md --against news");
    assert!(out(&output).ends_with("1 error (2 figures in 1 document)\n"), "{}", out(&output));
}

/// What clap refuses: status 2, and the culprit named.
#[test]
fn bad_arguments() {
    let folder = folder(&[("a.md", RIGHT.as_bytes())]);
    let table = [
        ("check a.md --fast", "'--fast'"),
        (
            "check a.md --format xml",
            "the formats are checkstyle, concise, csv, github, gitlab, html, json, jsonl, junit, rdjson, sarif, text",
        ),
        ("check a.md --fail-on fatal", "'fatal'"),
        ("check a.md --color sometimes", "'sometimes'"),
        ("check a.md --threads many", "'many'"),
        ("check a.md --threads 0", "'0'"),
        ("check a.md --threads 99999999", "'99999999'"),
        ("compare", "<FILE>"),
        ("proofread a.md", "'proofread'"),
    ];
    for (arguments, named) in table {
        let output = run(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments}");
        assert!(err(&output).contains(named), "{arguments}: {}", err(&output));
        assert!(output.stdout.is_empty(), "{arguments}");
    }
}

#[cfg(unix)]
#[test]
fn unreadable_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("locked.md", RIGHT.as_bytes()), ("wrong.md", WRONG.as_bytes())]);
    let locked = folder.path().join("locked.md");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&locked).is_ok() {
        return; // Whoever runs this may read everything.
    }
    let output = run(folder.path(), "check locked.md wrong.md");
    assert_eq!(err(&output), "crossfoot: locked.md: permission denied\n");
    assert_eq!(output.status.code(), Some(2));
    assert!(out(&output).contains("error[unit-conversion]"));
}

/// One line of 10 MB, of whatever it is made, is read in a time that grows with its length, even with little optimisation.
#[test]
fn a_line_of_ten_megabytes() {
    const LIMIT: Duration = Duration::from_secs(60);
    let mut slow = Vec::new();
    for part in ["a", "1", "1,", "12 people in 3 towns, ", "[", "**", "said \"", "no stop here "] {
        // White space now and then: what is longer than some thousand bytes without any is not looked into.
        let row = part.repeat(4_000 / part.len()) + " ";
        let folder = folder(&[("long.md", row.repeat(10_000_000 / row.len()).as_bytes())]);
        let start = Instant::now();
        let mut child = crossfoot(folder.path()).args(["check", "long.md"]).stdout(Stdio::null()).spawn().unwrap();
        let status = loop {
            match child.try_wait().unwrap() {
                Some(status) => break Some(status),
                None if start.elapsed() > LIMIT => break None,
                None => std::thread::sleep(Duration::from_millis(5)),
            }
        };
        if let Some(status) = status {
            // More figures than `[limits]` allows are told of with 2.
            assert!(matches!(status.code(), Some(0 | 2)), "{part:?}: {status}");
        } else {
            child.kill().unwrap();
            child.wait().unwrap();
            slow.push(part);
        }
    }
    assert!(slow.is_empty(), "not done in {LIMIT:?}: lines of {slow:?}");
}

#[test]
fn standard_input() {
    let folder = folder(&[("right.md", RIGHT.as_bytes())]);
    let output = run_with_input(folder.path(), "check -", WRONG.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).contains("--> -:1:28"), "{}", out(&output));
    // It is read as Markdown: code is no prose.
    let output = run_with_input(folder.path(), "check -", format!("    {WRONG}").as_bytes());
    assert_eq!(out(&output), "no conflicts (0 figures in 1 document)\n");
    let output = run_with_input(folder.path(), "check - right.md", WRONG.as_bytes());
    assert!(out(&output).ends_with("1 error (4 figures in 2 documents)\n"), "{}", out(&output));
    let output = run_with_input(folder.path(), "check -", "Four mén\u{ff}".as_bytes().split_last().unwrap().1);
    assert_eq!(err(&output), "crossfoot: -: line 1, column 9: not UTF-8 (byte 9)\n");
    assert_eq!(output.status.code(), Some(2));
}

/// Which rules run, which findings are shown, which make the run fail.
#[test]
fn selection() {
    let folder = folder(&[("twice.md", TWICE.as_bytes())]);
    let fixtures = root().join("fixtures");
    for name in ["bushfire", "march"] {
        fs::copy(fixtures.join(name).join("draft.md"), folder.path().join(format!("{name}.md"))).unwrap();
    }
    let table = [
        // Arguments, status, the rules of the findings shown.
        ("twice.md", 1, "unit-conversion inverted-range"),
        ("twice.md --only inverted-range", 1, "inverted-range"),
        ("twice.md --only inverted-range --only unit-conversion", 1, "unit-conversion inverted-range"),
        ("twice.md --only percent-of", 0, ""),
        ("twice.md --skip inverted-range", 1, "unit-conversion"),
        ("twice.md --skip inverted-range --skip unit-conversion", 0, ""),
        ("twice.md --only inverted-range --skip inverted-range", 0, ""),
        ("twice.md --fail-on never", 0, "unit-conversion inverted-range"),
        ("bushfire.md --only rounding-direction", 0, "rounding-direction"),
        ("bushfire.md --only rounding-direction --fail-on warning", 1, "rounding-direction"),
        ("bushfire.md --only rounding-direction --show error", 0, ""),
        ("bushfire.md --only rounding-direction --show error --fail-on warning", 1, ""),
        ("bushfire.md --show error", 1, "figure-conflict"),
        ("march.md", 0, "disputed-figure"),
        ("march.md --fail-on warning", 0, "disputed-figure"),
        ("march.md --fail-on info", 1, "disputed-figure"),
        ("march.md --show warning", 0, ""),
    ];
    for (arguments, status, rules) in table {
        let output = run(folder.path(), &format!("check --format json {arguments}"));
        assert_eq!(err(&output), "", "{arguments}");
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let found: Vec<&str> =
            json["findings"].as_array().unwrap().iter().map(|f| f["rule"].as_str().unwrap()).collect();
        assert_eq!(found.join(" "), rules, "{arguments}");
        assert_eq!(output.status.code(), Some(status), "{arguments}");
    }
}

#[test]
fn colour() {
    let folder = folder(&[("wrong.md", WRONG.as_bytes())]);
    let table = [
        // No terminal here: without a word there is no colour.
        ("", None, false),
        ("--color auto", None, false),
        ("--color never", None, false),
        ("--color always", None, true),
        ("--color always", Some("1"), true),
        ("", Some("1"), false),
    ];
    for (arguments, no_color, coloured) in table {
        let mut command = crossfoot(folder.path());
        command.args(["check", "wrong.md"]).args(arguments.split_whitespace());
        if let Some(value) = no_color {
            command.env("NO_COLOR", value);
        }
        let text = out(&command.output().unwrap());
        assert_eq!(text.contains('\u{1b}'), coloured, "{arguments} {no_color:?}: {text}");
    }
}

/// Whoever closes the pipe has seen enough: no complaint, status 0.
#[cfg(unix)]
#[test]
fn closed_pipe() {
    let folder = folder(&[("many.md", TWICE.repeat(450).as_bytes())]);
    for arguments in ["check many.md", "check --format json many.md", "extract many.md", "figures many.md", "rule"] {
        let mut child = crossfoot(folder.path())
            .args(arguments.split_whitespace())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), err(&output)), (Some(0), String::new()), "{arguments}");
    }
}

/// The same bytes at any number of threads.
#[test]
fn threads() {
    for command in ["check", "extract", "figures"] {
        for format in ["text", "json"] {
            let [one, eight] =
                [1, 8].map(|n| run(root(), &format!("{command} --format {format} --threads {n} fixtures README.md")));
            assert!(one.stdout.len() > 1000, "{command} {format}");
            assert!(one.stdout == eight.stdout, "{command} {format}");
            assert_eq!(one.status.code(), eight.status.code(), "{command} {format}");
        }
    }
}

/// Folders: files of known formats in order of name, `.gitignore` respected; a file that is named is read whatever it is.
#[test]
fn folders() {
    let files: &[(&str, &[u8])] = &[
        (".git/HEAD", b"ref: refs/heads/main\n"),
        (".gitignore", b"attic/\nwire.txt\n"),
        ("b.md", WRONG.as_bytes()),
        ("a/one.txt", WRONG.as_bytes()),
        ("a/two.markdown", WRONG.as_bytes()),
        ("a/three.html", WRONG.as_bytes()),
        ("attic/old.md", WRONG.as_bytes()),
        ("wire.txt", WRONG.as_bytes()),
        (".hidden.md", WRONG.as_bytes()),
        ("page.data", WRONG.as_bytes()),
        ("package.json", b"{}"),
        ("pom.xml", b"<project/>"),
    ];
    let folder = folder(files);
    let paths = |arguments: &str| -> Vec<String> {
        let output = run(folder.path(), &format!("check --format json {arguments}"));
        assert_eq!(err(&output), "", "{arguments}");
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let findings = json["findings"].as_array().unwrap();
        findings.iter().map(|f| f["spans"][0]["path"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(paths("."), ["./a/one.txt", "./a/three.html", "./a/two.markdown", "./b.md"]);
    assert_eq!(paths("a b.md"), ["a/one.txt", "a/three.html", "a/two.markdown", "b.md"]);
    assert_eq!(paths("page.data"), ["page.data"]);
    assert_eq!(paths("wire.txt a/three.html"), ["wire.txt", "a/three.html"]);
}

/// What a finding's span says is what stands there in the file.
#[test]
fn places() {
    let text =
        "\u{feff}---\ndate: 2024-05-03\n---\r\n# Größe\r\n\r\nThe *new* park covers **40 sq km** (25 sq miles).\r\n";
    let folder = folder(&[("a.md", text.as_bytes())]);
    let output = run(folder.path(), "check --format json a.md");
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let spans = json["findings"][0]["spans"].as_array().unwrap();
    let expected = [("40 sq km", 6, 25), ("25 sq miles", 6, 37)];
    assert_eq!(spans.len(), expected.len());
    for (span, (words, line, column)) in spans.iter().zip(expected) {
        let number = |key: &str| usize::try_from(span[key].as_u64().unwrap()).unwrap();
        assert_eq!(&text[number("start")..number("end")], words);
        assert_eq!(span["text"], words);
        assert_eq!((number("line"), number("column")), (line, column), "{words}");
    }
}

/// All of `rule`, and that each rule can be explained.
#[test]
fn rules() {
    let list = out(&run(root(), "rule"));
    let names: Vec<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let mut files: Vec<PathBuf> =
        fs::read_dir(root().join("rules/checks")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert_eq!(names.len(), files.len());
    for file in files {
        let name = file.file_stem().unwrap().to_str().unwrap();
        assert!(names.contains(&name), "{name} is not listed");
        let output = run(root(), &format!("rule {name}"));
        assert_eq!(output.status.code(), Some(0));
        assert!(out(&output).starts_with(&format!("{name} (")), "{}", out(&output));
    }
}
