//! Hostile input: every limit is kept, in a time that is bounded, with a line that says so.

#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::expect_used, clippy::unwrap_used)] // A test may.

mod program;

use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use program::word;
use tempfile::TempDir;

/// No file of these may take longer, in a build with optimisation and on a machine that does other work too.
const WATCHDOG: Duration = Duration::from_secs(40);

/// What came of a run.
struct Ran {
    status: Option<i32>,
    out: String,
    err: String,
    took: Duration,
}

/// Checks one file, under a configuration.
fn check(name: &str, bytes: impl Into<Vec<u8>>, config: &str) -> Ran {
    run("check", &[(name.to_owned(), bytes.into())], config)
}

/// Runs a command over files in a folder of their own, under a configuration.
fn run(command: &str, files: &[(String, Vec<u8>)], config: &str) -> Ran {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    std::fs::write(folder.path().join("crossfoot.toml"), config).unwrap();
    let names = files.iter().map(|(name, _)| name.as_str());
    let shown = names.clone().next().unwrap_or_default();
    // To files: a full pipe would stop the program while it is waited for.
    let (out, err) = (folder.path().join("out"), folder.path().join("err"));
    let begun = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_crossfoot"))
        .args([command, "--format", if matches!(command, "check" | "compare") { "concise" } else { "json" }])
        .args(names)
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(std::fs::File::create(&out).unwrap())
        .stderr(std::fs::File::create(&err).unwrap())
        .spawn()
        .unwrap();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if begun.elapsed() > WATCHDOG {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("{shown}: not done in {WATCHDOG:?}");
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let text = |path| String::from_utf8(std::fs::read(path).unwrap()).unwrap();
    Ran { status: status.code(), out: text(out), err: text(err), took: begun.elapsed() }
}

/// A text of rows that are told by their number.
fn rows(count: usize, row: impl Fn(usize, &mut String)) -> String {
    let mut text = String::new();
    for number in 0..count {
        row(number, &mut text);
    }
    text
}

#[test]
fn a_hundred_thousand_figures_of_one_noun() {
    let text = rows(100_000, |n, text| {
        let _ = write!(text, "{} people were hurt.\n\n", n + 11);
    });
    let ran = check("same.md", text, "");
    assert_eq!(ran.status, Some(2), "{}", ran.err);
    assert_eq!(
        ran.err,
        "crossfoot: same.md: more than 10000 figures: they are held against others of their own sentences only \
         (`figures` in [limits])\n"
    );
}

/// A name, the file's name and what writes its rows.
type Shape = (&'static str, &'static str, fn(usize, &mut String));

/// As many figures as are held against one another, of the shapes that ask most of a rule.
#[test]
fn figures_up_to_the_limit() {
    let shapes: [Shape; 5] = [
        ("one noun", "a.md", |n, text| {
            let _ = write!(text, "Police said {} people were hurt in the fire.\n\n", n + 11);
        }),
        ("one paragraph", "a.md", |n, text| {
            let _ = write!(text, "Some {} homes were burned. ", n * 7 % 9000 + 11);
        }),
        ("captions", "a.html", |n, text| {
            let _ = write!(text, "<figcaption>Fire kills {} people</figcaption><p>It killed {}.</p>", n + 11, n + 13);
        }),
        ("currencies", "a.md", |n, text| {
            let _ = write!(text, "It costs ${} (£{}). ", n % 97 + 2, n % 50 + 1);
        }),
        ("speakers", "a.md", |n, text| {
            let _ = write!(text, "{} Smith said {} people were hurt.\n\n", ["Ann", "Bob"][n % 2], n + 11);
        }),
    ];
    for (shape, name, row) in shapes {
        let ran = check(name, rows(4_900, row), "");
        assert!(matches!(ran.status, Some(0..=2)), "{shape}: {:?} {}", ran.status, ran.err);
        println!("{shape}: {:?}", ran.took);
    }
}

#[test]
fn no_word_bracket_or_number_is_too_long() {
    let million = 1_000_000;
    for (name, text) in [
        ("digits.md", "7".repeat(million)),
        ("brackets.md", "[".repeat(million)),
        ("brackets.txt", "(".repeat(million)),
        ("elements.html", "<b>".repeat(million / 3)),
        ("word.md", "a".repeat(20 * million)),
        ("emphasis.md", "*a _b ".repeat(million / 6)),
        // What stands behind a comment is read by itself.
        ("comments.md", "<!-- crossfoot: on rate --> > ".repeat(million / 30)),
    ] {
        let ran = check(name, text, "");
        assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""), "{name}");
        println!("{name}: {:?}", ran.took);
    }
}

#[test]
fn a_hundred_thousand_comments() {
    let ran = check("comments.md", "<!-- crossfoot: ignore rate -->\n".repeat(100_000), "");
    let told =
        "crossfoot: comments.md: more than 1000 findings: the others are not reported (`findings` in [limits])\n";
    assert_eq!((ran.status, ran.err.as_str()), (Some(2), told));
}

#[test]
fn limits_are_configured() {
    let wrong = "The dam is 10 miles (9km) long.\n\n";
    let ran = check("a.md", wrong.repeat(5), "[limits]\nfindings = 3\n");
    assert_eq!(ran.out.matches("unit-conversion").count(), 3, "{}", ran.out);
    assert_eq!(
        ran.err,
        "crossfoot: a.md: more than 3 findings: the others are not reported (`findings` in [limits])\n"
    );
    assert_eq!(ran.status, Some(2));
    let ran = check("a.md", "<!-- crossfoot: ignore rate -->\n".repeat(5), "[limits]\nfindings = 3\n");
    assert_eq!(ran.out.matches("unused-comment").count(), 3, "{}", ran.out);
    assert!(ran.err.starts_with("crossfoot: a.md: more than 3 findings"), "{}", ran.err);
    let ran = check("a.md", wrong.repeat(2), "[limits]\nfigures = 3\n");
    assert!(ran.err.starts_with("crossfoot: a.md: more than 3 figures"), "{}", ran.err);
    assert_eq!(ran.out.matches("unit-conversion").count(), 2, "{}", ran.out);
    let ran = check("a.md", "All is well. ".repeat(100_000), "[limits]\nfile-size = 1\n");
    let told = "crossfoot: a.md: the file is larger than 1 MiB (`file-size` in [limits])\n";
    assert_eq!((ran.status, ran.err.as_str()), (Some(2), told));
    for (config, complaint) in [
        ("findings = 0", "limits: findings must be 1 or more"),
        ("file-size = 0", "limits: file-size must be from 1 to 2048 (MiB)"),
        ("file-size = 4096", "limits: file-size must be from 1 to 2048 (MiB)"),
        ("nesting = 0", "limits: nesting must be 1 or more"),
        ("archive-ratio = 0", "limits: archive-ratio must be 1 or more"),
        ("second = 1", "line 2: there is no key \"second\"; did you mean \"seconds\"?"),
    ] {
        let ran = check("a.md", wrong, &format!("[limits]\n{config}\n"));
        assert_eq!((ran.status, ran.err), (Some(2), format!("crossfoot: crossfoot.toml: {complaint}\n")));
    }
}

/// Elements and blocks that stand in one another, of every kind of markup: a file of so many, and where the first stands
/// that is too deep where three are let pass.
type Nested = (&'static str, fn(usize) -> String, (usize, usize));

#[test]
fn markup_stands_only_so_deep() {
    let kinds: [Nested; 6] = [
        ("a.html", |n| "<div>".repeat(n), (1, 16)),
        ("a.md", |n| "> ".repeat(n) + "All is well.", (1, 7)),
        // Each two blanks further in than the one before.
        ("b.md", |n| (0..n).map(|depth| "  ".repeat(depth) + "- item\n").collect(), (4, 7)),
        ("a.xml", |n| format!("<rss>{}", "<a>".repeat(n - 1)), (1, 12)),
        // HTML in XML: it is the place in the file that is told.
        (
            "b.xml",
            |n| {
                format!("<rss><channel><item><description>{}", "&lt;p>&lt;div>".repeat(n / 2))
                    + "</description></item></channel></rss>"
            },
            (1, 34),
        ),
        ("a.jsonl", |_| "{\"text\": \"All is well.\"}\n".to_owned(), (0, 0)),
    ];
    for (name, nested, (line, column)) in kinds {
        let told = |line: usize, column: usize, deepest: usize| {
            format!(
                "crossfoot: {name}: line {line}, column {column}: elements stand more than {deepest} deep in one another \
                 (`nesting` in [limits])\n"
            )
        };
        if line == 0 {
            let ran = check(name, nested(1), "[limits]\nnesting = 1\n");
            assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""), "{name}");
            continue;
        }
        if name != "b.xml" {
            let ran = check(name, nested(4), "[limits]\nnesting = 3\n");
            assert_eq!((ran.status, ran.err), (Some(2), told(line, column, 3)), "{name}");
            let ran = check(name, nested(3), "[limits]\nnesting = 3\n");
            assert!(!ran.err.contains("nesting"), "{name}: {}", ran.err);
        }
        // The default, and what takes no stack however deep it is let be.
        let ran = check(name, nested(600), "");
        assert_eq!(ran.status, Some(2), "{name}");
        assert!(
            ran.err.ends_with("elements stand more than 256 deep in one another (`nesting` in [limits])\n"),
            "{}",
            ran.err
        );
        let ran = check(name, nested(600), "[limits]\nnesting = 100000\n");
        assert!(!ran.err.contains("nesting"), "{name}: {}", ran.err);
    }
    let ran = check("brackets.md", "> ".repeat(500_000), "");
    assert!(ran.err.contains("line 1, column 513: elements stand more than 256 deep"), "{}", ran.err);
    let ran = check("brackets.md", "> ".repeat(100_000), "[limits]\nnesting = 1000000\n");
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
}

/// Elements that HTML lets end without a tag do not stand in one another.
#[test]
fn what_ends_without_a_tag_is_not_deep() {
    let page = format!(
        "<p>All is well.<ul>{}</ul><dl>{}</dl><table>{}</table><select>{}</select>",
        "<li>one".repeat(300),
        "<dt>one<dd>two".repeat(300),
        "<tr><td>one<th>two".repeat(300),
        "<option>one".repeat(300)
    );
    let ran = check("a.html", page, "");
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
}

#[test]
fn word_documents_unpack_to_no_more_than_they_may() {
    let blanks = |count: usize| word("", &[("word/footnotes.xml", &vec![b' '; count])]);
    // A blank over and over packs a thousand times.
    let ran = check("a.docx", blanks(3 << 20), "");
    let told = "crossfoot: a.docx: word/footnotes.xml is more than 200 times as large as it is packed (`archive-ratio` in [limits])\n";
    assert_eq!((ran.status, ran.err.as_str()), (Some(2), told));
    let ran = check("a.docx", blanks(3 << 20), "[limits]\narchive-ratio = 1500\n");
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
    let ran = check("a.docx", blanks(3 << 20), "[limits]\narchive-ratio = 1500\nfile-size = 2\n");
    let told = "crossfoot: a.docx: word/footnotes.xml is larger than 2 MiB (`file-size` in [limits])\n";
    assert_eq!((ran.status, ran.err.as_str()), (Some(2), told));
    // A small part hurts nobody, and a table of one row over and over is no attack.
    let ran = check("a.docx", blanks(1 << 20), "");
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
    let row = |n| format!("<w:tr><w:tc><w:p><w:r><w:t>Ward {n}</w:t></w:r></w:p></w:tc></w:tr>");
    let table = word(&format!("<w:tbl>{}</w:tbl>", (0..20_000).map(row).collect::<String>()), &[]);
    let ran = check("a.docx", table, "");
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
}

/// So long a text that no machine reads and checks it in a second.
fn long() -> String {
    let text = "Some 3% of the 40 members left, and 9 of 12 came on 3 May. The dam is 10 miles (9km) long.\n\n";
    text.repeat(30_000)
}

/// A document that takes too long to read or to check is given up.
#[test]
fn a_document_has_its_time() {
    let ran = check("a.md", long(), "[limits]\nseconds = 1\n");
    assert_eq!(ran.status, Some(2));
    let told = ["not read in 1 s: it is not checked", "not done in 1 s: some rules have not run"];
    let told = told.map(|told| format!("crossfoot: a.md: {told} (`seconds` in [limits])\n"));
    assert!(told.iter().any(|told| ran.err.ends_with(told)), "{}", ran.err);
}

/// Reading stops too, and every command says so: ten times as long a text is not read in a second.
#[test]
fn reading_has_its_time() {
    let files = [("a.md".to_owned(), long().repeat(10).into_bytes()), ("b.md".to_owned(), b"All is well.\n".to_vec())];
    let extra = Duration::from_secs(10);
    for command in ["check", "compare", "extract", "figures"] {
        let ran = run(command, &files, "[limits]\nseconds = 1\n");
        let told = "crossfoot: a.md: not read in 1 s: it is not checked (`seconds` in [limits])\n";
        assert_eq!((ran.status, ran.err.as_str()), (Some(2), told), "{command}");
        assert!(ran.took < extra, "{command}: {:?}", ran.took);
    }
}

/// The documents of a story in each of so many places, three of a place, that cannot agree on the dead.
fn stories(places: usize) -> Vec<(String, Vec<u8>)> {
    let told = |n: usize| format!("The flood at Place{} killed {} people on Monday.\n", n / 3, 14 + n % 3);
    (0..places * 3).map(|n| (format!("{n}.md"), told(n).into_bytes())).collect()
}

#[test]
fn many_documents_are_compared_and_their_findings_have_a_limit() {
    let ran = run("compare", &stories(1), "[limits]\nfindings = 2\n");
    assert_eq!(ran.out.matches("source-conflict").count(), 2, "{}", ran.out);
    assert_eq!(
        ran.err,
        "crossfoot: 3 documents: more than 2 findings: the others are not reported (`findings` in [limits])\n"
    );
    assert_eq!(ran.status, Some(2));
    // Held every one against every other, these would take minutes.
    let ran = run("compare", &stories(700), "[limits]\nfindings = 1000000\n");
    assert_eq!((ran.status, ran.err.as_str()), (Some(1), ""));
    let found = |one: usize, other: usize| {
        ran.out.lines().any(|l| l.starts_with(&format!("{one}.md:")) && l.contains(&format!("{other}.md")))
    };
    for story in [0, 300, 699] {
        assert!(found(story * 3, story * 3 + 1), "story {story}");
    }
    println!("2,100 documents: {:?}", ran.took);
}
