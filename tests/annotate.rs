//! Word documents with comments: the copy has them, its text is the same, the draft is not touched.

#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::expect_used, clippy::unwrap_used)] // A test may.

use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Output};

use crossfoot::document;
use tempfile::TempDir;
use zip::{ZipArchive, ZipWriter};

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_crossfoot")).current_dir(folder).args(arguments).output().unwrap()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn texts(bytes: &[u8]) -> Vec<String> {
    document::read("a.docx", bytes.to_vec()).unwrap().blocks.into_iter().map(|block| block.text).collect()
}

/// What stands between the marks of a comment, without markup.
fn marked(document: &str, id: usize) -> String {
    let behind = document.split_once(&format!("<w:commentRangeStart w:id=\"{id}\"/>")).unwrap().1;
    let inside = behind.split_once(&format!("<w:commentRangeEnd w:id=\"{id}\"/>")).unwrap().0;
    inside.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect()
}

/// Documents of two programs: two comments a finding, each around its figure and with the other one in it.
#[test]
fn real_documents() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files");
    for name in ["python-docx.docx", "libreoffice.docx"] {
        let folder = TempDir::new().unwrap();
        let original = fs::read(root.join(name)).unwrap();
        fs::write(folder.path().join(name), &original).unwrap();
        let output = run(folder.path(), &["annotate", name, "-o", "out.docx"]);
        // A conversion has two figures, a range that runs downwards is one.
        assert_eq!(String::from_utf8_lossy(&output.stdout), "out.docx: 3 comments on 2 findings\n");
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(fs::read(folder.path().join(name)).unwrap(), original);
        let copy = fs::read(folder.path().join("out.docx")).unwrap();
        assert_eq!(texts(&copy), texts(&original), "{name}");
        let document = part(&copy, "word/document.xml");
        let found: Vec<String> = (0..3).map(|id| marked(&document, id)).collect();
        assert_eq!(found, ["40 sq km", "25 sq miles", "between 9,000 and 7,500"], "{name}");
        let comments = part(&copy, "word/comments.xml");
        for said in [
            "error (unit-conversion): 40 sq km is 15 sq miles, not 25 sq miles",
            "“25 sq miles” (paragraph 3)",
            "“40 sq km” (paragraph 3)",
        ] {
            assert!(comments.contains(said), "{name} has no {said}");
        }
        assert!(part(&copy, "[Content_Types].xml").contains("/word/comments.xml"));
        assert!(part(&copy, "word/_rels/document.xml.rels").contains("\"comments.xml\""));
        // A copy can be annotated again: comments that are there stay, and their numbers are their own.
        run(folder.path(), &["annotate", "out.docx", "-o", "again.docx"]);
        let again = fs::read(folder.path().join("again.docx")).unwrap();
        assert_eq!(texts(&again), texts(&original));
        assert_eq!(part(&again, "word/comments.xml").matches("</w:comment>").count(), 6);
        assert_eq!(marked(&part(&again, "word/document.xml"), 5), "between 9,000 and 7,500");
    }
}

/// Runs are cut with their properties, entities stay whole, and blanks at the cut are kept.
#[test]
fn runs_are_cut() {
    let body = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>R&amp;D: the trench is 10 </w:t></w:r><w:r><w:t>metres (53ft) deep.</w:t></w:r></w:p>";
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let document = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    for (name, text) in [
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &document),
        ("word/comments.xml", "<w:comments xmlns:w=\"w\"/>"),
    ] {
        archive.start_file(name, options).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    let bytes = archive.finish().unwrap().into_inner();
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.docx"), &bytes).unwrap();
    let output = run(folder.path(), &["annotate", "a.docx", "-o", "b.docx"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "b.docx: 2 comments on 1 findings\n");
    let copy = fs::read(folder.path().join("b.docx")).unwrap();
    let expected = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">R&amp;D: the trench is </w:t></w:r>\
        <w:commentRangeStart w:id=\"0\"/><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">10 </w:t></w:r>\
        <w:r><w:t xml:space=\"preserve\">metres</w:t></w:r>\
        <w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r><w:r><w:t xml:space=\"preserve\"> (</w:t></w:r>\
        <w:commentRangeStart w:id=\"1\"/><w:r><w:t xml:space=\"preserve\">53ft</w:t></w:r>\
        <w:commentRangeEnd w:id=\"1\"/><w:r><w:commentReference w:id=\"1\"/></w:r><w:r><w:t xml:space=\"preserve\">) deep.</w:t></w:r></w:p>";
    assert_eq!(part(&copy, "word/document.xml"), document.replace(body, expected));
    assert!(part(&copy, "word/comments.xml").ends_with("</w:comment></w:comments>"));
    // Not over the draft, and nothing that is no Word document.
    for (arguments, complaint) in [
        (["annotate", "a.docx", "-o", "./a.docx"], "this is the draft itself"),
        (["annotate", "a.md", "-o", "b.docx"], "only a Word document"),
        (["annotate", "none.docx", "-o", "b.docx"], "none.docx: it cannot be read"),
    ] {
        let output = run(folder.path(), &arguments);
        assert!(String::from_utf8_lossy(&output.stderr).contains(complaint), "{arguments:?}");
        assert_eq!(output.status.code(), Some(2));
    }
    assert_eq!(fs::read(folder.path().join("a.docx")).unwrap(), bytes);
}
