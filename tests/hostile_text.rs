//! Drafts, names and settings that would steer a terminal, turn the reading direction, forge an annotation or run in a
//! spreadsheet: whatever the program prints of them, in whichever format, shows it and obeys nothing.

#![cfg(all(feature = "cli", unix))] // Names of files elsewhere have no such characters.
#![allow(clippy::panic, clippy::expect_used, clippy::unwrap_used)] // A test may.

#[path = "invariants/steering.rs"]
mod steering;

mod program;

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::process::{Command, Output, Stdio};

use crossfoot::report::formats;
use program::{json, run, word};
use steering::steers_nothing;
use tempfile::TempDir;

/// What steers: the escape that begins a sequence, the one-character form of it, a bell, a backspace, a delete, a lone
/// return, line ends of Unicode, overrides, isolates and marks of direction.
const EVIL: &str =
    "\u{1b}[2J\u{9b}5m\u{7}\u{8}\u{7f}\r\u{85}\u{2028}\u{2029}\u{202e}\u{202d}\u{2066}\u{2069}\u{61c}\u{200e}\u{200f}";
/// What would be an annotation at the start of a line, and what would be one anywhere in it.
const FORGED: &str = "::error file=forged::forged ##[error]forged";

/// A name that ends its line and goes on with an annotation.
fn name(extension: &str) -> String {
    format!("=dra{EVIL}\tft\n{FORGED}\n,line=1,a:b{extension}")
}

/// A source that is at odds with the drafts.
fn source() -> String {
    name(".source.md")
}

/// Figures that are at odds, evil in their nouns, their speakers and between them.
fn draft() -> String {
    format!(
        "# Nine{EVIL} cows die in fire\n\nThe fire killed 12 co{EVIL}ws, Mayor Ann{EVIL} Lee said.\n{FORGED}\n\
         The moor covers 40{EVIL}sq km (25 sq{EVIL} miles).\n\nThe park covers 40 sq km (25 sq miles){EVIL}\tof marsh.\n\n\
         Twelve{EVIL} cows were killed. Mayor Bob{EVIL} Ray said the fire killed 15 cows. \
         The wardens \u{2013} three{EVIL} men and four women \u{2013} numbered 9.\n\n\
         On Tuesday 14 villages had been evacuated along the river.\n\n\
         <!-- crossfoot: ignore ra{EVIL}te -->\n\nIt cost =2+5 and +5% and @3 and -4C; =HYPERLINK(1) 7 @SUM(2)s.\n"
    )
}

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let page = format!("<h1>Nine{EVIL} die</h1><p>{}</p>", draft().replace('<', "&lt;").replace('\n', "<br>"));
        let lines = serde_json::json!({"id": name(""), "text": draft()}).to_string();
        let feed = format!(
            "<rss version=\"2.0\"><channel><item><title>{}</title><guid>{}</guid><description>12 cows died; 40 sq km (25 sq miles).</description></item></channel></rss>",
            "Nine&#x9b;2J&#x202e; die", "a&#10;::error file=forged::forged&#x202e;"
        );
        let packed = word(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", xml(&draft())), &[]);
        for (extension, bytes) in [
            (".md", draft().into_bytes()),
            (".txt", draft().into_bytes()),
            (".html", page.into_bytes()),
            (".jsonl", lines.into_bytes()),
            (".rss", feed.into_bytes()),
            (".docx", packed),
        ] {
            fs::write(folder.path().join(name(extension)), bytes).unwrap();
        }
        fs::write(folder.path().join(source()), "On Tuesday thirty villages had been evacuated.\n").unwrap();
        Self(folder)
    }

    /// Runs the program, and looks at what it prints.
    fn run(&self, arguments: &[&str], meant: &[&str]) -> Output {
        let output = run(self.0.path(), arguments);
        harmless(&output, meant, &format!("{arguments:?}"));
        output
    }
}

/// What XML can hold of a text.
fn xml(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_ascii_control() || *c == '\t').collect();
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn harmless(output: &Output, meant: &[&str], what: &str) {
    for (stream, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
        let text = std::str::from_utf8(bytes).unwrap_or_else(|error| panic!("{what}: {stream}: {error}"));
        steers_nothing(text, meant, &format!("{what}: {stream}"));
        assert!(!text.contains('\t'), "{what}: {stream}: a tab in {text:?}");
    }
}

const EXTENSIONS: [&str; 6] = [".md", ".txt", ".html", ".jsonl", ".rss", ".docx"];

/// Every format there is, of everything it can say, of every kind of document.
#[test]
fn every_format() {
    let folder = Folder::new();
    let source = source();
    for format in formats() {
        let meant: &[&str] = if format.name == "github" {
            &["::error file==dra", "::warning file==dra", "::notice file==dra"]
        } else {
            &[]
        };
        for extension in EXTENSIONS {
            let draft = name(extension);
            let with = |command: &str, more: &[&str]| {
                let mut arguments = vec![command, "--format", format.name];
                arguments.extend(more);
                let output = folder.run(&arguments, meant);
                // Accounts that agree leave some formats nothing to say.
                assert!(command == "compare" || !output.stdout.is_empty(), "{} {extension} {command}", format.name);
                output
            };
            if format.findings.is_some() {
                let output = with("check", &["--explain", "--against", &source, &draft]);
                assert_eq!(output.status.code(), Some(1), "{} {extension}: {}", format.name, program::err(&output));
                let output = with("compare", &["--explain", &draft, &source]);
                assert!(extension != ".md" || output.status.code() == Some(1), "{}", format.name);
            }
            if format.claims.is_some() {
                with("extract", &[&draft]);
            }
            if format.figures.is_some() {
                with("figures", &[&draft, &source]);
            }
        }
    }
}

/// GitHub's annotations are as many as the findings.
#[test]
fn annotations_are_counted() {
    let folder = Folder::new();
    let findings = json(&folder.run(&["check", "--format", "json", &name(".md")], &[]));
    let findings = findings["findings"].as_array().unwrap().len();
    assert!(findings > 1, "{findings}");
    let annotated = folder.run(
        &["check", "--format", "github", &name(".md")],
        &["::error file==dra", "::warning file==dra", "::notice file==dra"],
    );
    assert_eq!(program::out(&annotated).lines().count(), findings);
}

/// A cell that would be a formula stands behind an apostrophe, wherever the spreadsheet looks for one.
#[test]
fn no_cell_is_a_formula() {
    let folder = Folder::new();
    for (command, more) in [("check", vec![]), ("extract", vec![]), ("figures", vec![name(".txt")])] {
        let mut arguments = vec![command.to_owned(), "--format".to_owned(), "csv".to_owned(), name(".md")];
        arguments.extend(more);
        let output = folder.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>(), &[]);
        let mut rows = csv::ReaderBuilder::new().from_reader(&output.stdout[..]);
        let mut cells = 0;
        for cell in rows.records().map(Result::unwrap).flat_map(|row| row.iter().map(str::to_owned).collect::<Vec<_>>())
        {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', ' ']), "{command}: {cell:?}");
            cells += usize::from(cell.starts_with('\''));
        }
        assert!(cells > 0, "{command}: no cell was a formula");
    }
}

/// What the command line is given, and files that are no good, in complaints and in what is said of work that is done.
#[test]
fn every_line_about_names() {
    let folder = Folder::new();
    let (draft, packed, gone) = (name(".md"), name(".packed.docx"), name(".gone"));
    fs::copy(program::root().join("tests/files/python-docx.docx"), folder.0.path().join(&packed)).unwrap();
    let broken = [
        ("pack.toml", format!("[\"{}\"]\n", EVIL.escape_unicode().to_string().replace("\\u{", "\\U0000").replace('}', ""))),
        ("evil.toml", format!("paths = [1, \"{FORGED}\"]\n'a{}' = 1\n", "\u{202e}\u{2028}")),
        ("broken.json", format!("{{\"schema_version\": \"1\", \"a\u{202e}\": \"{FORGED}\"}}")),
        (
            "stale.json",
            serde_json::json!({"schema_version": "1", "findings": [
                {"path": draft, "rule": format!("ra{EVIL}te"), "key": "0123456789abcdef", "message": EVIL}
            ]})
            .to_string(),
        ),
        ("house.toml", "rules = [\"unit.toml\"]\n".to_owned()),
        (
            "unit.toml",
            "[[rule]]\nname = \"cows\"\nkind = \"require-source\"\nsummary = \"so\\u001b[2J\\u202eurce\\n::error file=forged::f\"\n\
             nouns = [\"cow\"]\n"
                .to_owned(),
        ),
    ];
    for (name, text) in &broken {
        fs::write(folder.0.path().join(name), text).unwrap();
    }
    fs::write(folder.0.path().join(name(".bin.md")), b"12 \0 cows").unwrap();
    let binary = name(".bin.md");
    let place = format!("{draft}:3:17");
    let places = format!("--explain={place},{place}");
    let evil = format!("{EVIL}\n{FORGED}");
    let strange = format!("--{evil}");
    for (arguments, status) in [
        (vec!["check", &gone], 2),
        (vec!["check", &binary], 2),
        (vec!["check", &evil], 2),
        (vec![evil.as_str()], 2),
        (vec!["check", &strange, &draft], 2),
        (vec!["check", "--format", &evil, &draft], 2),
        (vec!["check", "--only", &evil, &draft], 2),
        (vec!["check", "--config", &gone, &draft], 2),
        (vec!["check", "--config", "evil.toml", &draft], 2),
        (vec!["check", "--config", "pack.toml", &draft], 2),
        (vec!["check", "--config", "house.toml", &draft], 1),
        (vec!["check", "--config", "house.toml", "--format", "sarif", &draft], 1),
        (vec!["check", "--baseline", &gone, &draft], 2),
        (vec!["check", "--baseline", "broken.json", &draft], 2),
        (vec!["check", "--baseline", "stale.json", &draft], 1),
        (vec!["check", "--changed-since", &evil, &draft], 2),
        (vec!["check", &places, &draft], 0),
        (vec!["check", "--explain=nowhere\u{202e}:1:1,b", &draft], 2),
        (vec!["check", "--stdin-filename", &evil, "-"], 0),
        (vec!["rule", &evil], 2),
        (vec!["baseline", "write", "--baseline", &gone, &draft], 0),
        (vec!["annotate", &packed, "-o", &gone], 0),
        (vec!["annotate", &packed, "-o", &packed], 2),
        (vec!["annotate", &draft, "-o", &gone], 2),
    ] {
        let output = folder.run(&arguments, &[]);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {}", program::err(&output));
        if status == 2 {
            assert_eq!(program::err(&output).lines().count(), 1, "{arguments:?}: {}", program::err(&output));
        }
    }
}

/// A name that is not even UTF-8, in a folder and by itself.
#[test]
fn names_that_are_no_text() {
    let folder = Folder::new();
    let name = OsStr::from_bytes(b"a\xff\x1b[2J\n::error file=forged::forged.md");
    fs::write(folder.0.path().join(name), draft()).unwrap();
    for argument in [OsStr::new("."), name] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_crossfoot"));
        let output =
            command.current_dir(folder.0.path()).arg("check").arg(argument).stdin(Stdio::null()).output().unwrap();
        harmless(&output, &[], &format!("{}", argument.display()));
        assert_eq!(output.status.code(), Some(2));
    }
}

/// With colours, the only sequences are those that colour.
#[test]
fn colours_are_our_own() {
    let folder = Folder::new();
    let output = run(folder.0.path(), &["check", "--color", "always", &name(".md")]);
    let mut text = program::out(&output).to_owned();
    assert!(text.contains("\u{1b}["), "{text}");
    while let Some(start) = text.find("\u{1b}[") {
        let sequence = text[start + 2..].find(|c: char| !c.is_ascii_digit() && c != ';').map(|at| start + 2 + at);
        let end =
            sequence.filter(|&end| text[end..].starts_with('m')).unwrap_or_else(|| panic!("{:?}", &text[start..]));
        text.replace_range(start..=end, "");
    }
    steers_nothing(&text, &[], "in colour");
}
