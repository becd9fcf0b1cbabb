//! What is let be: by comments in the draft, by a baseline, by a decision, or because nobody touched it.

#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::expect_used, clippy::unwrap_used)] // A test may.

mod program;

use std::fs;
use std::process::Command;

use crossfoot::document;
use program::{WRONG, err, folder, found, json, out, run, schema, valid, word, words};
use tempfile::TempDir;

/// Comments act on the next sentence, or from `off` to `on`; those of no use are told of.
#[test]
fn comments() {
    let wrong = WRONG;
    let rule = "unit-conversion";
    let table = [
        (format!("<!-- crossfoot: ignore {rule} seen -->\n{wrong}\n\n{wrong}\n"), "unit-conversion@4"),
        (format!("<!-- crossfoot: ignore {rule} seen --> {wrong}\n"), ""),
        (format!("It rained. <!-- crossfoot: ignore {rule} seen --> {wrong} It shone.\n"), ""),
        (format!("It rained. <!-- crossfoot: ignore all seen --> {wrong}\n"), ""),
        (format!("It rained. <!-- crossfoot: ignore rate seen --> {wrong}\n"), "unit-conversion@1 unused-comment@1"),
        (
            format!("<!-- crossfoot: off {rule} -->\n\n{wrong}\n\n<!-- crossfoot: on {rule} -->\n\n{wrong}\n"),
            "unit-conversion@7",
        ),
        (format!("{wrong}\n\n<!-- crossfoot: off {rule} -->\n"), "unit-conversion@1 unused-comment@3"),
        (format!("{wrong}\n\n<!-- crossfoot: on {rule} -->\n"), "unit-conversion@1 unused-comment@3"),
        ("<!-- crossfoot: ignore rates -->\n\nFine.\n".to_owned(), "unused-comment@1"),
        ("<!-- crossfoot: sleep -->\n\nFine.\n".to_owned(), "unused-comment@1"),
        ("`<!-- crossfoot: ignore rate -->` <!-- a crossfoot: ignore rate -->\n".to_owned(), ""),
    ];
    for (text, expected) in table {
        let html = text.replace("\n\n", "</p>\n\n<p>");
        for (name, text) in [("a.md", &text), ("a.html", &format!("<p>{html}</p>"))] {
            if name == "a.html" && text.contains('`') {
                continue;
            }
            let folder = folder(&[(name, text)]);
            let report = json(&run(folder.path(), &["check", "--format", "json", name]));
            assert_eq!(found(&report), expected, "{name}: {text}");
        }
    }
    // A rule that did not run leaves its comment be.
    let folder = folder(&[("a.md", "<!-- crossfoot: ignore rate -->\n\nFine.\n")]);
    assert!(
        json(&words(folder.path(), "check --format json --only age a.md"))["findings"].as_array().unwrap().is_empty()
    );
}

/// Plain text takes the same comments, alone on a line, inside one, or escaped in a field; they are no prose and end no
/// paragraph.
#[test]
fn comments_in_plain_text() {
    let rule = "unit-conversion";
    let line = format!("{{\"text\": \"<!-- crossfoot: ignore {rule} seen -->\\n{WRONG}\"}}\n");
    let table = [
        ("a.txt", format!("<!-- crossfoot: ignore {rule} seen -->\n{WRONG}\n\n{WRONG}\n"), "unit-conversion@4"),
        ("a.txt", format!("It rained. <!-- crossfoot: ignore {rule} seen --> {WRONG} It shone.\n"), ""),
        (
            "a.txt",
            format!("It rained.\n  <!-- crossfoot: ignore all --> <!-- crossfoot: on {rule} -->\n{WRONG}\n"),
            "unused-comment@2",
        ),
        ("a.txt", format!("{WRONG} <!-- crossfoot: ignore {rule} late -->\n"), "unit-conversion@1 unused-comment@1"),
        (
            "a.txt",
            format!("<!-- crossfoot: off {rule} -->\n\n{WRONG}\n\n<!-- crossfoot: on {rule} -->\n{WRONG}\n"),
            "unit-conversion@6",
        ),
        ("a.jsonl", line, ""),
    ];
    for (name, text, expected) in table {
        let folder = folder(&[(name, &text)]);
        let report = json(&run(folder.path(), &["check", "--format", "json", name]));
        assert_eq!(found(&report), expected, "{name}: {text}");
    }
    let document = document::read(
        "a.txt",
        b"Six <!-- crossfoot: ignore rate -->men\n<!-- crossfoot: ignore age -->\nwent. <!-- a note -->\n".to_vec(),
    );
    let document = document.unwrap();
    assert_eq!(document.blocks[0].text, "Six men\nwent. <!-- a note -->");
    assert_eq!((document.blocks.len(), document.comments.len()), (1, 2));
    assert_eq!(document.slice(document.blocks[0].file_span(4..7)), "men");
}

/// A comment in a Word document acts on the sentences that it hangs on: a range, or a point; one that hangs elsewhere
/// is told of, and one to a colleague is none of ours.
#[test]
fn comments_in_word_documents() {
    let run_of = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let start = "<w:commentRangeStart w:id=\"7\"/>";
    let end = "<w:commentRangeEnd w:id=\"7\"/><w:r><w:commentReference w:id=\"7\"/></w:r>";
    let point = "<w:r><w:commentReference w:id=\"7\"/></w:r>";
    let wrong = run_of(WRONG);
    let (before, cut) = (run_of("It rained. "), WRONG.split_at(20));
    let ours = "crossfoot: ignore unit-conversion seen";
    let table = [
        (ours, format!("<w:p>{start}{wrong}{end}</w:p><w:p>{wrong}</w:p>"), "unit-conversion@2"),
        (ours, format!("<w:p>{before}{start}{wrong}{end}</w:p>"), ""),
        (ours, format!("<w:p>{before}{}{start}{}{end}</w:p>", run_of(cut.0), run_of(cut.1)), ""),
        (ours, format!("<w:p>{start}{before}{end}{wrong}</w:p>"), "unused-comment@1 unit-conversion@1"),
        (ours, format!("<w:p>{before}{wrong}{point}</w:p>"), ""),
        (ours, format!("<w:p>{before}{point}{wrong}</w:p>"), ""),
        (ours, format!("{start}<w:p>{before}</w:p><w:p>{wrong}</w:p>{end}"), ""),
        ("crossfoot: off all", format!("<w:p>{start}{wrong}{end}</w:p><w:p>{wrong}</w:p>"), ""),
        ("crossfoot: ignore rates", format!("<w:p>{start}{wrong}{end}</w:p>"), "unit-conversion@1 unused-comment@1"),
        ("Is crossfoot: ignore right?", format!("<w:p>{start}{wrong}{end}</w:p>"), "unit-conversion@1"),
    ];
    for (said, body, expected) in table {
        let comments = format!(
            "<w:comments xmlns:w=\"w\"><w:comment w:id=\"7\"><w:p><w:r><w:t>{said}</w:t></w:r></w:p></w:comment></w:comments>"
        );
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("a.docx"), word(&body, &[("word/comments.xml", comments.as_bytes())])).unwrap();
        let report = json(&run(folder.path(), &["check", "--format", "json", "a.docx"]));
        let mut places: Vec<String> = found(&report).split(' ').map(str::to_owned).collect();
        let mut expected: Vec<&str> = expected.split(' ').collect();
        places.sort();
        expected.sort_unstable();
        assert_eq!(places, expected, "{said}: {body}");
    }
}

/// Edits elsewhere and a new name bring nothing back; a figure changed does, and so does the same finding once more.
#[test]
fn baseline() {
    let filler: Vec<String> = ["north", "south", "east", "west", "upper", "lower", "old", "new", "red", "green"]
        .iter()
        .map(|word| format!("The {word} gate was shut."))
        .collect();
    let draft = format!("# A park\n\n{}\n\n{WRONG}\n", filler.join("\n\n"));
    let folder = folder(&[("a.md", &draft)]);
    let at = folder.path();
    let found = |name: &str| {
        json(&run(at, &["check", "--format", "json", "--baseline", "known.json", name]))["findings"]
            .as_array()
            .unwrap()
            .len()
    };
    let written = words(at, "baseline write --baseline known.json a.md");
    assert_eq!(out(&written), "known.json: 1 findings\n");
    let known = serde_json::from_str(&fs::read_to_string(at.join("known.json")).unwrap()).unwrap();
    valid(&schema("docs/schema/baseline.json"), &known, "known.json");
    assert_eq!(found("a.md"), 0);
    // Ten other lines edited, and the file renamed.
    let edited = draft.replace("gate was shut", "door stood open all day").replace("40 sq km (25", "**40 sq km** (25");
    fs::write(at.join("b.md"), &edited).unwrap();
    fs::remove_file(at.join("a.md")).unwrap();
    assert_eq!(found("b.md"), 0);
    // One of its figures changed.
    fs::write(at.join("b.md"), edited.replace("25 sq miles", "26 sq miles")).unwrap();
    assert_eq!(found("b.md"), 1);
    // The same once more: an entry knows one finding.
    fs::write(at.join("b.md"), format!("{edited}\n{WRONG}\n")).unwrap();
    assert_eq!(found("b.md"), 1);
    // What is found no more is told of.
    fs::write(at.join("a.md"), "A park.\n").unwrap();
    let stale = words(at, "check --baseline known.json a.md");
    assert!(
        err(&stale).starts_with("crossfoot: known.json: stale: unit-conversion in a.md is found no more"),
        "{}",
        err(&stale)
    );
    assert_eq!(stale.status.code(), Some(0));
}

/// Only findings in lines that were changed since a commit.
#[test]
fn changed_since() {
    let folder = folder(&[("a.md", &format!("{WRONG}\n\nFine.\n")), ("b.md", WRONG)]);
    let git = |arguments: &str| {
        let mut command = Command::new("git");
        command.current_dir(folder.path()).args(["-c", "user.name=a", "-c", "user.email=a@b"]);
        command.args(arguments.split(' ')).output().is_ok_and(|output| output.status.success())
    };
    if !git("init -q") {
        return; // There is no git here.
    }
    assert!(git("add a.md b.md") && git("commit -q -m x"));
    let found = || out(&words(folder.path(), "check --format concise --changed-since HEAD .")).to_owned();
    assert_eq!(found(), "");
    fs::write(folder.path().join("a.md"), format!("{WRONG}\n\nNot so fine: {WRONG}\n")).unwrap();
    fs::write(folder.path().join("new.md"), WRONG).unwrap();
    let lines = found();
    let places: Vec<&str> = lines.lines().filter_map(|line| line.split(": ").next()).collect();
    assert_eq!(places, ["./a.md:3:41", "./new.md:1:28"]);
    // A file that got another name, or another folder, is the same file.
    fs::create_dir(folder.path().join("deep")).unwrap();
    assert!(git("mv b.md deep/c.md"));
    assert_eq!(found(), lines);
    let below = words(&folder.path().join("deep"), "check --format concise --changed-since HEAD c.md");
    assert_eq!((below.status.code(), out(&below), err(&below)), (Some(0), "", ""));
    let output = words(folder.path(), "check --changed-since nowhere .");
    assert_eq!(err(&output), "crossfoot: --changed-since: git knows no revision \"nowhere\" here\n");
}

/// What stands in one file is known of that file: a copy in another is new while the first is there, by whatever path.
#[test]
fn copies_are_new() {
    let folder = folder(&[("a.md", WRONG), ("b.md", WRONG)]);
    let at = folder.path();
    let found = |from: &str, arguments: &str| {
        let output = words(&at.join(from), &format!("check --format concise --baseline {arguments}"));
        assert_eq!(err(&output), "");
        out(&output).lines().map(|line| line.split(':').next().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
    };
    words(at, "baseline write --baseline known.json ./a.md");
    fs::create_dir(at.join("deep")).unwrap();
    assert_eq!(found("", "known.json a.md"), "");
    assert_eq!(found("", "known.json b.md"), "b.md");
    assert_eq!(found("deep", "../known.json ../b.md"), "../b.md");
    assert_eq!(found("deep", "../known.json ../a.md"), "");
    assert_eq!(found("", "known.json ."), "./b.md");
    fs::remove_file(at.join("a.md")).unwrap();
    assert_eq!(found("", "known.json b.md"), "");
    fs::rename(at.join("b.md"), at.join("deep/c.md")).unwrap();
    assert_eq!(found("deep", "../known.json c.md"), "");
}

/// Decisions on what is found no more are told of, those to fix too, and none on what a baseline has besides.
#[test]
fn stale_decisions() {
    let folder = folder(&[("a.md", WRONG)]);
    let at = folder.path();
    words(at, "baseline write --baseline known.json a.md");
    let known: serde_json::Value = serde_json::from_str(&fs::read_to_string(at.join("known.json")).unwrap()).unwrap();
    let key = known["findings"][0]["key"].as_str().unwrap().to_owned();
    for (verdict, status) in [("to-fix", 1), ("stands", 0), ("both-stand", 0)] {
        let decision = format!(
            "[[decision]]\nverdict = \"{verdict}\"\nreason = \"so\"\npath = \"a.md\"\nrule = \"unit-conversion\"\nkey = \"{key}\"\n\
             message = \"m\"\n"
        );
        fs::write(at.join("crossfoot.decisions.toml"), decision).unwrap();
        fs::write(at.join("a.md"), WRONG).unwrap();
        let output = words(at, "check a.md");
        assert_eq!((output.status.code(), err(&output)), (Some(status), ""), "{verdict}");
        let output = words(at, "check --baseline known.json a.md");
        assert_eq!((output.status.code(), err(&output)), (Some(0), ""), "{verdict}");
        fs::write(at.join("a.md"), WRONG.replace("25", "15")).unwrap();
        let expected = "crossfoot: crossfoot.decisions.toml: stale: unit-conversion in a.md is found no more (m); its table can be taken out\n";
        let output = words(at, "check a.md");
        assert_eq!((output.status.code(), err(&output)), (Some(0), expected), "{verdict}");
        assert_eq!(err(&words(at, "check --only rate a.md")), "");
    }
    fs::write(at.join("crossfoot.decisions.toml"), "[[decision]]\nverdict = 3\n").unwrap();
    let output = words(at, "check a.md");
    assert!(err(&output).starts_with("crossfoot: crossfoot.decisions.toml: no decisions: line "), "{}", err(&output));
    assert_eq!(output.status.code(), Some(2));
}
