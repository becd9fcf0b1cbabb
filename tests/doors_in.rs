//! In at every door: one story in every format, the parts of Word documents, limits, files that are broken.

#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::expect_used, clippy::unwrap_used)] // A test may.

mod program;

use std::fs;
use std::process::Command;

use crossfoot::document::{self, Options};
use program::{Dice, json, out, root, run, stories, word};

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

/// What would never end, or fill the memory, is met by a limit and a clear line.
#[test]
fn limits() {
    let bomb = vec![b' '; document::LARGEST + 1];
    let deep = format!("<rss>{}", "<a>".repeat(100_000));
    let laughs = "<!DOCTYPE r [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY c \"&b;&b;\">]><rss><channel><item><title>&c; 40 sq km</title></item></channel></rss>";
    let table: &[(&str, Vec<u8>, &str)] = &[
        ("a.docx", word("", &[("word/footnotes.xml", &bomb)]), "word/footnotes.xml is more than 200 times as large"),
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
    // Elements of HTML cost no stack, however deep they may be.
    let options = Options { deepest: usize::MAX, ..Options::default() };
    let deep = document::read_all("a.html", "a.html", "<div>".repeat(200_000).into_bytes(), &options).unwrap();
    assert!(deep[0].blocks.is_empty());
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

/// Standard input has the format of the name it is given, and goes by it.
#[test]
fn standard_input_by_name() {
    let page = fs::File::open(root().join("tests/files/story.html")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossfoot"));
    let arguments = ["check", "--format", "concise", "--stdin-filename", "site/page.html", "-"];
    let output = command.current_dir(root()).args(arguments).stdin(page).output().unwrap();
    assert!(out(&output).starts_with("site/page.html:1:271: error[unit-conversion]"), "{}", out(&output));
}
