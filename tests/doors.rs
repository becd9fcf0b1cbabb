//! In at every door, out in every form: one story in every format, every output format on one fixture, comments, baseline,
//! configuration, house packs, schemas and the pages made from the rules.

#![allow(clippy::panic, clippy::expect_used, clippy::unwrap_used)] // A test may.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crossfoot::document::{self, Options};
use crossfoot::report;
use crossfoot::rule::definition::registry;
use crossfoot::rule::page::page;
use serde_json::Value;
use tempfile::TempDir;

const WRONG: &str = "The new nature park covers 40 sq km (25 sq miles) of marsh.";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossfoot"));
    command.current_dir(folder).args(arguments).env_remove("NO_COLOR").stdin(Stdio::null()).output().unwrap()
}

fn words(folder: &Path, arguments: &str) -> Output {
    run(folder, &arguments.split_whitespace().collect::<Vec<_>>())
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", out(output), err(output)))
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// The files of one story.
fn stories() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("tests/files")).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|e| e != "py")).collect();
    files.sort();
    assert!(files.len() >= 14, "{files:?}");
    files
}

/// 40 sq km is 15.4 sq miles, and 9,000 is more than 7,500: so say all formats. What a span cuts out of the file on disk,
/// or out of a Word document's paragraph, is the figure's text.
#[test]
fn one_story_in_every_format() {
    let spans = ["40 sq km", "25 sq miles", "between 9,000 and 7,500"];
    for file in stories() {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let report = json(&run(&root().join("tests/files"), &["check", "--format", "json", &name]));
        let findings = report["findings"].as_array().unwrap();
        let messages: Vec<&str> = findings.iter().map(|f| f["message"].as_str().unwrap()).collect();
        let expected = [
            "40 sq km is 15 sq miles, not 25 sq miles",
            "\"between 9,000 and 7,500\" runs downwards: 9,000 is more than 7,500",
        ];
        assert_eq!(messages, expected, "{name}");
        let bytes = fs::read(&file).unwrap();
        let mut found = Vec::new();
        for span in findings.iter().flat_map(|f| f["spans"].as_array().unwrap()) {
            let number = |key: &str| usize::try_from(span[key].as_u64().unwrap()).unwrap();
            let text = span["text"].as_str().unwrap();
            let cut = if file.extension().is_some_and(|e| e == "docx") {
                let document = document::read(&name, bytes.clone()).unwrap();
                let paragraph = document.source.lines().nth(number("line") - 1).unwrap().to_owned();
                paragraph.chars().skip(number("column") - 1).take(text.chars().count()).collect()
            } else if name == "wide.txt" {
                let units =
                    bytes[number("start")..number("end")].chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
                String::from_utf16(&units.collect::<Vec<_>>()).unwrap()
            } else {
                String::from_utf8(bytes[number("start")..number("end")].to_vec()).unwrap()
            };
            assert_eq!(cut, text, "{name}");
            found.push(text);
        }
        assert_eq!(found, spans, "{name}");
    }
}

/// Paragraphs are counted as the document has them: the headline is the first, the item of the list the fifth.
#[test]
fn places_in_word_documents() {
    for name in ["python-docx.docx", "libreoffice.docx"] {
        let report = json(&run(&root().join("tests/files"), &["check", "--format", "json", name]));
        let place = |finding: usize| {
            let span = &report["findings"][finding]["spans"][0];
            (span["line"].as_u64().unwrap(), span["column"].as_u64().unwrap())
        };
        assert_eq!((place(0), place(1)), ((3, 28), (5, 19)), "{name}");
    }
}

/// A draft of a Word document whose parts are made here.
fn word(body: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let document = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    for (name, bytes) in [("word/document.xml", document.as_bytes())].iter().chain(more) {
        archive.start_file(*name, stored).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// Changes are read as accepted, notes stand behind the text, and what is hidden or a field's code is no prose.
#[test]
fn parts_of_word_documents() {
    let body = "<w:p><w:r><w:t>Six </w:t></w:r><w:del><w:r><w:delText>nine</w:delText></w:r></w:del><w:ins><w:r><w:t>men</w:t></w:r></w:ins>\
                <w:r><w:br/><w:t>went.</w:t></w:r></w:p><w:p/>\
                <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Two </w:t></w:r></w:p><w:p><w:r><w:t>more.</w:t></w:r>\
                <w:r><w:rPr><w:vanish/></w:rPr><w:t>Not ten.</w:t></w:r><w:r><w:instrText>PAGE 7</w:instrText></w:r></w:p>\
                <w:tbl><w:tr><w:tc><w:p><w:r><w:t>5</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>R&amp;D</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let notes =
        b"<w:footnotes xmlns:w=\"w\"><w:footnote w:type=\"separator\"><w:p><w:r><w:t>-</w:t></w:r></w:p></w:footnote>\
                  <w:footnote><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let document = document::read("a.docx", word(body, &[("word/footnotes.xml", notes)])).unwrap();
    let blocks: Vec<&str> = document.blocks.iter().map(|b| b.text.as_str()).collect();
    assert_eq!(blocks, ["Six men\nwent.", "Two more.", "5", "R&D", "A note."]);
    assert_eq!(&*document.source, "Six men went.\n\nTwo more.\n5\nR&D\n\nA note.\n");
    assert_eq!(document.blocks[0].file_span(8..12), 8..12);
}

/// What would never end, or fill the memory, is met by a limit and a clear line.
#[test]
fn limits() {
    let bomb = vec![b' '; document::LARGEST + 1];
    let deep = format!("<rss>{}", "<a>".repeat(100_000));
    let laughs = "<!DOCTYPE r [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY c \"&b;&b;\">]><rss><channel><item><title>&c; 40 sq km</title></item></channel></rss>";
    let table: &[(&str, Vec<u8>, &str)] = &[
        ("a.docx", word("", &[("word/footnotes.xml", &bomb)]), "word/footnotes.xml is larger than 64 MiB"),
        ("a.txt", bomb.clone(), "the file is larger than 64 MiB"),
        ("a.xml", deep.into_bytes(), "line 1, column 771: elements stand more than 256 deep in one another"),
        ("a.docx", b"PK\x03\x04".to_vec(), "no Word document: "),
        ("a.json", b"{\"uri\": ".to_vec(), "this .json file is not ninjs"),
        ("a.ninjs", b"{\"uri\":\n nix}".to_vec(), "line 2, column 3: no JSON: expected ident"),
        (
            "a.jsonl",
            b"{\"text\":\"Six.\"}\n{\"body\":1}\n".to_vec(),
            "line 2, column 1: no text in the field \"text\" (--text-field names it)",
        ),
        ("a.xml", b"<project/>".to_vec(), "this .xml file is not feed or newsml"),
        ("a.html", b"<meta charset=gb2312>\xc4\xe3".to_vec(), "the encoding GBK is not read; save the file as UTF-8"),
    ];
    for (name, bytes, expected) in table {
        let error = document::read_all(name, name, bytes.clone(), &Options::default()).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{name}: {error}");
    }
    // A document's own entities stay as they are written.
    let document = document::read("a.xml", laughs.as_bytes().to_vec()).unwrap();
    assert_eq!(document.blocks[0].text, "&c; 40 sq km");
    // Elements of HTML cost no stack.
    let deep = document::read("a.html", "<div>".repeat(200_000).into_bytes()).unwrap();
    assert!(deep.blocks.is_empty());
}

/// Numbers that are the same on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below.max(1) as u64).unwrap()
    }
}

/// Cut off and with bytes changed, 200 times each: an error or a document, and its places are sound.
#[test]
fn corrupted_copies() {
    for file in stories() {
        let name = file.file_name().unwrap().to_str().unwrap();
        let whole = fs::read(&file).unwrap();
        for seed in 1..=200_u64 {
            let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            let mut bytes = whole.clone();
            if dice.roll(2) == 0 {
                bytes.truncate(dice.roll(whole.len()));
            }
            for _ in 0..dice.roll(12) {
                let at = dice.roll(bytes.len());
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = u8::try_from(dice.roll(256)).unwrap();
                }
            }
            for document in document::read_all(name, name, bytes, &Options::default()).unwrap_or_default() {
                for block in &document.blocks {
                    let span = block.file_span(0..block.text.len());
                    assert!(document.source.get(span.clone()).is_some(), "{name}, seed {seed}: {span:?} of {block:?}");
                    document.line_column(span.end);
                    document.on_disk(span);
                }
            }
        }
    }
}

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

fn schema(name: &str) -> jsonschema::Validator {
    let text = fs::read_to_string(root().join(name)).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()
}

fn valid(schema: &jsonschema::Validator, value: &Value, what: &str) {
    let errors: Vec<String> = schema.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{what}: {errors:#?}");
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

/// The rules and lines of a report's findings.
fn found(report: &Value) -> String {
    let findings = report["findings"].as_array().unwrap().iter();
    let places = findings.map(|f| format!("{}@{}", f["rule"].as_str().unwrap(), f["spans"][0]["line"]));
    places.collect::<Vec<_>>().join(" ")
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

/// The date of a Word document is that of its version, as its properties have it, unless a template wrote them.
#[test]
fn dates_of_word_documents() {
    let table = [
        (Some("2024-03-05T10:00:00Z"), Some("2024-03-09T11:00:00Z"), Some("2024-03-09")),
        (Some("2024-03-05T10:00:00Z"), None, Some("2024-03-05")),
        (None, Some("2024-03-09T11:00:00Z"), Some("2024-03-09")),
        (Some("2013-12-23T23:15:00Z"), Some("2013-12-23T23:15:00Z"), None),
        (Some("soon"), None, None),
        (None, None, None),
    ];
    for (created, modified, expected) in table {
        let element = |name: &str, time: Option<&str>| {
            time.map_or_else(String::new, |time| format!("<dcterms:{name}>{time}</dcterms:{name}>"))
        };
        let properties = format!(
            "<cp:coreProperties>{}{}</cp:coreProperties>",
            element("created", created),
            element("modified", modified)
        );
        let bytes = word("<w:p><w:r><w:t>Fine.</w:t></w:r></w:p>", &[("docProps/core.xml", properties.as_bytes())]);
        let document = document::read("a.docx", bytes).unwrap();
        assert_eq!(document.date.map(|date| date.to_string()).as_deref(), expected);
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

/// What `crossfoot.toml` says, and what is wrong with it.
#[test]
fn configuration() {
    let table = [
        ("", 1, "unit-conversion", ""),
        ("fail-on = \"never\"", 0, "unit-conversion", ""),
        ("[severity]\nunit-conversion = \"off\"", 0, "", ""),
        ("[severity]\nunit-conversion = \"warning\"", 0, "unit-conversion", ""),
        ("show = \"error\"\n[severity]\nunit-conversion = \"warning\"", 0, "", ""),
        ("fail_on = \"never\"", 2, "", "line 1: there is no key \"fail_on\"; did you mean \"fail-on\"?"),
        (
            "\n\nfail-on = \"none\"",
            2,
            "",
            "line 3: unknown variant `none`, expected one of `error`, `warning`, `info`, `never`",
        ),
        ("paths = 3", 2, "", "line 1: invalid type: integer `3`, expected a sequence"),
        (
            "[severity]\nunit-conversions = \"off\"",
            2,
            "",
            "severity: no rule is called \"unit-conversions\"; did you mean \"unit-conversion\"?",
        ),
        ("paths = [", 2, "", "line 1: "),
    ];
    for (config, status, rules, complaint) in table {
        let folder = folder(&[("crossfoot.toml", config), ("a.md", WRONG)]);
        fs::create_dir_all(folder.path().join("deep/er")).unwrap();
        // It is found from a folder below, too.
        for (from, path) in [(folder.path().to_path_buf(), "a.md"), (folder.path().join("deep/er"), "../../a.md")] {
            let output = run(&from, &["check", "--format", "jsonl", path]);
            assert_eq!(output.status.code(), Some(status), "{config}: {}", err(&output));
            assert_eq!(out(&output).contains("unit-conversion"), !rules.is_empty(), "{config}");
            assert!(
                err(&output).contains(complaint) && err(&output).is_empty() == complaint.is_empty(),
                "{}",
                err(&output)
            );
            assert!(err(&output).lines().count() <= 1, "{}", err(&output));
        }
        assert_eq!(words(folder.path(), "check --no-config a.md").status.code(), Some(1));
    }
    // `init` writes a file that reads, and never over another.
    let folder = folder(&[("a.md", WRONG)]);
    assert_eq!(out(&words(folder.path(), "init")), "crossfoot.toml is written\n");
    assert_eq!(words(folder.path(), "init").status.code(), Some(2));
    assert_eq!(words(folder.path(), "check").status.code(), Some(1));
}

/// A pack with a unit, a word, a level and a rule of each kind; what each rule finds was worked out by hand.
#[test]
fn house_pack() {
    let output =
        words(root(), "check --format json --config fixtures/house-pack/crossfoot.toml fixtures/house-pack/draft.md");
    let report = json(&output);
    let found: Vec<(&str, &str, &str)> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| {
            (f["rule"].as_str().unwrap(), f["severity"].as_str().unwrap(), f["spans"][0]["text"].as_str().unwrap())
        })
        .collect();
    assert_eq!(
        found,
        [
            ("car-speed", "warning", "450 km/h"),
            ("casualties-sourced", "error", "three"),
            ("acres-converted", "warning", "120 acres"),
            ("skerry-light", "warning", "178"),
        ]
    );
    assert_eq!(output.status.code(), Some(1));
    let claims = json(&words(
        root(),
        "extract --format json --config fixtures/house-pack/crossfoot.toml fixtures/house-pack/draft.md",
    ));
    assert!(claims.to_string().contains("\"unit_name\":\"cran\""));
}

#[test]
fn mistakes_in_house_packs() {
    let table = [
        (
            "[[rule]]\nname = \"a\"\nkind = \"bonds\"\nsummary = \"s\"",
            "rule \"a\": kind: there is no kind \"bonds\"; the kinds are bounds,",
        ),
        (
            "[[rule]]\nname = \"a\"\nkind = \"bounds\"\nsummary = \"s\"\nhigh = 3\nnoun = [\"x\"]",
            "rule \"a\": there is no key \"noun\"; did you mean \"nouns\"?",
        ),
        (
            "[[rule]]\nname = \"a\"\nkind = \"bounds\"\nsummary = \"s\"\nunit = \"km\"",
            "rule \"a\": low or high must be given",
        ),
        (
            "[[rule]]\nname = \"a\"\nkind = \"bounds\"\nsummary = \"s\"\nunit = \"furl\"\nlow = 1",
            "rule \"a\": there is no unit with the code \"furl\"",
        ),
        (
            "[[rule]]\nname = \"age\"\nkind = \"require-source\"\nsummary = \"s\"\nnouns = [\"x\"]",
            "rule \"age\": there is a rule of that name already",
        ),
        ("[unit]\na = 1", "there is no table \"unit\"; did you mean \"units\"?"),
        ("[classes]\nthings = 1", "added to rules/en/classes.toml: unknown field `things`"),
        ("[severity]\nages = \"off\"", "severity: no rule is called \"ages\"; did you mean \"age\"?"),
        ("[tolerances.rates]\nspeed = 1", "tolerances: no rule is called \"rates\"; did you mean \"rate\"?"),
        ("[tolerances.rate]\nspeeds = 1", "tolerances: rate has no tolerance \"speeds\"; did you mean \"speed\"?"),
        ("[tolerances.rate]\nspeed = \"x\"", "tolerances: \"x\" is no number"),
    ];
    for (pack, complaint) in table {
        let folder = folder(&[("crossfoot.toml", "rules = [\"house.toml\"]"), ("house.toml", pack), ("a.md", "Fine.")]);
        let output = words(folder.path(), "check a.md");
        assert!(err(&output).contains(complaint) && err(&output).contains("house.toml: "), "{pack}: {}", err(&output));
        assert_eq!((output.status.code(), err(&output).lines().count()), (Some(2), 1), "{pack}");
    }
}

/// A tolerance in the configuration, or in a pack, takes the place of the rule's own, and the configuration's that of the
/// pack's. £41m ($53.3m) is at most 53.35 / 40.5 = 1.317 dollars to the pound, £16.4m ($23m) at least 22.5 / 16.45 = 1.368: 4 hundredths
/// more.
#[test]
fn tolerances() {
    let text = "The baker paid £41m ($53.3m) for a mill. It will spend £16.4m ($23m) on ovens.";
    let loose = "[tolerances.currency-conversion]\ndrift = \"1/5\"";
    let strict = "[tolerances.currency-conversion]\ndrift = 0.01";
    let table = [
        ("", "", 1, ""),
        (loose, "", 0, ""),
        (strict, "", 1, ""),
        ("", loose, 0, ""),
        (strict, loose, 1, ""),
        ("[tolerances.currency-conversion]\ndrift_over_time = 1", "", 1, ""),
        ("[tolerances.currency-conversion]\ndrifts = 1", "", 2, "has no tolerance \"drifts\"; did you mean \"drift\"?"),
        ("[tolerances.age]\ndrift = 1", "", 2, "tolerances: age has no tolerance \"drift\"; it has none"),
        ("[tolerances.ages]\ndrift = 1", "", 2, "tolerances: no rule is called \"ages\"; did you mean \"age\"?"),
        ("[tolerances.rate]\nspeed = -1", "", 2, "speed: -1 is below nought"),
    ];
    for (config, pack, status, complaint) in table {
        let config = format!("rules = [\"house.toml\"]\n{config}");
        let folder = folder(&[("crossfoot.toml", &config), ("house.toml", pack), ("a.md", text)]);
        let output = words(folder.path(), "check a.md");
        assert_eq!(output.status.code(), Some(status), "{config} {pack}: {}{}", out(&output), err(&output));
        assert!(
            err(&output).contains(complaint) && err(&output).is_empty() == complaint.is_empty(),
            "{}",
            err(&output)
        );
    }
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
    let output = words(folder.path(), "check --changed-since nowhere .");
    assert_eq!(err(&output), "crossfoot: --changed-since: git knows no revision \"nowhere\" here\n");
}

/// Standard input has the format of the name it is given, and goes by it.
#[test]
fn standard_input_by_name() {
    let page = fs::File::open(root().join("tests/files/story.html")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossfoot"));
    let arguments = ["check", "--format", "concise", "--stdin-filename", "site/page.html", "-"];
    let output = command.current_dir(root()).args(arguments).stdin(page).output().unwrap();
    assert!(out(&output).starts_with("site/page.html:1:271: error[unit-conversion]"), "{}", out(&output));
}

/// The pages of `docs/rules/` are those that the rules make: `crossfoot rule NAME --markdown`.
#[test]
fn pages_of_rules() {
    let mut names = Vec::new();
    for rule in registry() {
        let definition = rule.definition().unwrap();
        let file = root().join("docs/rules").join(format!("{}.md", rule.name));
        let text = fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(text, page(&definition), "{}: `crossfoot rule {} --markdown` makes it", file.display(), rule.name);
        names.push(format!("{}.md", rule.name));
    }
    let mut files: Vec<String> = fs::read_dir(root().join("docs/rules"))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    names.sort();
    assert_eq!(files, names);
}

#[test]
fn shells() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(out(&words(root(), &format!("completions {shell}"))).contains("baseline"), "{shell}");
    }
    assert!(out(&words(root(), "man")).starts_with(".ie"));
}
