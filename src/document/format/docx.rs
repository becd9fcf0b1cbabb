//! Word documents, .docx: paragraphs, tables, headings and footnotes.
//!
//! The file is packed, so no byte of it is a figure's. A place in it is a paragraph, counted from 1 in the order of the
//! document (paragraphs of tables and empty ones too, footnotes and endnotes behind all others), and a character in that.
//! The document's text has a line a paragraph: its lines are the paragraphs, and its bytes those of that text.

use std::collections::HashMap;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use crate::document::wordml::{Paragraph, paragraphs, styles};
use crate::document::{Block, Coding, Document, File, Format, LARGEST, Place, Read, ReadError, Running};

/// Word documents.
pub const FORMAT: Format =
    Format { name: "docx", extensions: &["docx", "docm"], shared: &[], fits: |_| false, read: Read::Bytes(read) };

/// The parts that hold prose, in their order; there must be a first one.
const PARTS: [&str; 3] = ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml"];

fn read(path: &str, bytes: &[u8]) -> Result<Vec<Document>, ReadError> {
    let broken = |error: &dyn std::fmt::Display| ReadError::Unknown(format!("no Word document: {error}"));
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| broken(&e))?;
    let styles = match part(&mut archive, "word/styles.xml")? {
        Some(file) => styles(&file)?,
        None => HashMap::new(),
    };
    let mut found = Vec::new();
    for name in PARTS {
        match part(&mut archive, name)? {
            Some(file) => {
                paragraphs(&file, &styles, &mut found).map_err(|error| within(name, &error))?;
            }
            None if name == PARTS[0] => return Err(broken(&format!("there is no {name} in it"))),
            None => {}
        }
    }
    Ok(vec![document(path, &found)])
}

/// The text of a part; none where there is no such part.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<File>, ReadError> {
    let mut bytes = Vec::new();
    let entry = match archive.by_name(name) {
        Ok(entry) => entry,
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(ReadError::Unknown(format!("{name}: {error}"))),
    };
    // What an entry says of its size is not believed.
    let most = LARGEST as u64 + 1;
    entry.take(most).read_to_end(&mut bytes).map_err(|error| ReadError::Unknown(format!("{name}: {error}")))?;
    if bytes.len() > LARGEST {
        return Err(ReadError::TooLarge { what: name.to_owned() });
    }
    let (text, _) = encoding_rs::UTF_8.decode_with_bom_removal(&bytes);
    Ok(Some(File::new(name, text.into_owned(), Coding::Utf8)))
}

/// A mistake inside a part, which has lines of its own.
fn within(part: &str, error: &ReadError) -> ReadError {
    ReadError::Unknown(format!("{part}: {error}"))
}

fn document(path: &str, paragraphs: &[Paragraph]) -> Document {
    let mut text = String::new();
    let mut blocks: Vec<Block> = Vec::new();
    let mut headline = false;
    // The bytes of each paragraph in the text, and the part it plays.
    let mut lines: Vec<(std::ops::Range<usize>, Place)> = Vec::new();
    for paragraph in paragraphs {
        let start = text.len();
        // A paragraph is one line of the text whatever breaks stand in it.
        text.extend(paragraph.text.chars().map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }));
        let place = paragraph.place(headline);
        headline |= place == Place::Headline && text.len() > start;
        lines.push((start..text.len(), place));
        text.push('\n');
    }
    for (paragraph, (line, place)) in paragraphs.iter().zip(lines) {
        let mut running = Running::default();
        let mut at = line.start;
        for piece in paragraph.text.split_inclusive(['\n', '\r']) {
            let words = piece.trim_end_matches(['\n', '\r']);
            running.copy(&text, at..at + words.len());
            if words.len() < piece.len() {
                running.replace("\n", at + words.len()..at + piece.len());
            }
            at += piece.len();
        }
        blocks.extend(running.finish(place));
    }
    File::of_paragraphs(path, text).document(blocks, None)
}
