//! Hostile input: every limit is kept, in a time that is bounded, with a line that says so.

#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::expect_used, clippy::unwrap_used)] // A test may.

use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

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
fn check(name: &str, text: &str, config: &str) -> Ran {
    run("check", &[(name.to_owned(), text.to_owned())], config)
}

/// Runs a command over files in a folder of their own, under a configuration.
fn run(command: &str, files: &[(String, String)], config: &str) -> Ran {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    std::fs::write(folder.path().join("crossfoot.toml"), config).unwrap();
    let names = files.iter().map(|(name, _)| name.as_str());
    let shown = names.clone().next().unwrap_or_default();
    // To files: a full pipe would stop the program while it is waited for.
    let (out, err) = (folder.path().join("out"), folder.path().join("err"));
    let begun = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_crossfoot"))
        .args([command, "--format", "concise"])
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
    let ran = check("same.md", &text, "");
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
        let ran = check(name, &rows(4_900, row), "");
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
        ("quotes.md", "> ".repeat(million / 2)),
        ("emphasis.md", "*a _b ".repeat(million / 6)),
    ] {
        let ran = check(name, &text, "");
        assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""), "{name}");
        println!("{name}: {:?}", ran.took);
    }
}

#[test]
fn limits_are_configured() {
    let wrong = "The dam is 10 miles (9km) long.\n\n";
    let ran = check("a.md", &wrong.repeat(5), "[limits]\nfindings = 3\n");
    assert_eq!(ran.out.matches("unit-conversion").count(), 3, "{}", ran.out);
    assert_eq!(
        ran.err,
        "crossfoot: a.md: more than 3 findings: the others are not reported (`findings` in [limits])\n"
    );
    assert_eq!(ran.status, Some(2));
    let ran = check("a.md", &wrong.repeat(2), "[limits]\nfigures = 3\n");
    assert!(ran.err.starts_with("crossfoot: a.md: more than 3 figures"), "{}", ran.err);
    assert_eq!(ran.out.matches("unit-conversion").count(), 2, "{}", ran.out);
    let ran = check("a.md", &"All is well. ".repeat(100_000), "[limits]\nfile-size = 1\n");
    assert_eq!((ran.status, ran.err.as_str()), (Some(2), "crossfoot: a.md: the file is larger than 1 MiB\n"));
    for (config, complaint) in [
        ("findings = 0", "limits: findings must be 1 or more"),
        ("file-size = 0", "limits: file-size must be from 1 to 2048 (MiB)"),
        ("file-size = 4096", "limits: file-size must be from 1 to 2048 (MiB)"),
        ("second = 1", "line 2: there is no key \"second\"; did you mean \"seconds\"?"),
    ] {
        let ran = check("a.md", wrong, &format!("[limits]\n{config}\n"));
        assert_eq!((ran.status, ran.err), (Some(2), format!("crossfoot: crossfoot.toml: {complaint}\n")));
    }
}

/// The rules give up on a document that takes them too long.
#[test]
fn rules_have_their_time() {
    let text = "Some 3% of the 40 members left, and 9 of 12 came on 3 May. The dam is 10 miles (9km) long.\n\n";
    let ran = check("a.md", &text.repeat(30_000), "[limits]\nseconds = 1\n");
    assert_eq!(ran.status, Some(2));
    assert!(
        ran.err.ends_with("crossfoot: a.md: not done in 1 s: some rules have not run (`seconds` in [limits])\n"),
        "{}",
        ran.err
    );
}

/// The documents of a story in each of so many places, three of a place, that cannot agree on the dead.
fn stories(places: usize) -> Vec<(String, String)> {
    let told = |n: usize| format!("The flood at Place{} killed {} people on Monday.\n", n / 3, 14 + n % 3);
    (0..places * 3).map(|n| (format!("{n}.md"), told(n))).collect()
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
