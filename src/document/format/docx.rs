//! Word documents, .docx: paragraphs, tables, headings and footnotes.
//!
//! The file is packed, so no byte of it is a figure's. A place in it is a paragraph, counted from 1 in the order of the
//! document (paragraphs of tables and empty ones too, footnotes and endnotes behind all others), and a character in that.
//! The document's text has a line a paragraph: its lines are the paragraphs, and its bytes those of that text.

#![cfg(feature = "docx")]

use std::collections::HashMap;
use std::ops::Range;

use jiff::civil::Date;
use quick_xml::events::Event;

use crate::document::packed::Parts;
use crate::document::quiet::Comment;
use crate::document::wordml::{Anchor, Anchors, Paragraph, comments, paragraphs, styles};
use crate::document::xml::{Events, characters, local};
use crate::document::{Block, Coding, Document, File, Format, Options, Place, Read, ReadError, Running, iso_day};

/// Word documents.
pub const FORMAT: Format =
    Format { name: "docx", extensions: &["docx", "docm"], shared: &[], fits: |_| false, read: Read::Bytes(read) };

/// The parts that hold prose, in their order; there must be a first one.
const PARTS: [&str; 3] = ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml"];

fn read(path: &str, bytes: &[u8], options: &Options) -> Result<Vec<Document>, ReadError> {
    let broken = |error: &dyn std::fmt::Display| ReadError::Unknown(format!("no Word document: {error}"));
    let mut parts = Parts::open(bytes).map_err(|e| broken(&e))?;
    let mut part = |name: &str| {
        let text = parts.text(name, options)?;
        Ok::<_, ReadError>(text.map(|text| File::new(name, text, Coding::Utf8)))
    };
    let deepest = options.deepest;
    let styles = match part(STYLES)? {
        Some(file) => styles(&file, deepest).map_err(|error| within(STYLES, &error))?,
        None => HashMap::new(),
    };
    let mut found = Vec::new();
    let mut anchors = Anchors::new();
    for name in PARTS {
        match part(name)? {
            Some(file) => {
                let read = paragraphs(&file, &styles, &mut found, &mut anchors, deepest);
                read.map_err(|error| within(name, &error))?;
            }
            None if name == PARTS[0] => return Err(broken(&format!("there is no {name} in it"))),
            None => {}
        }
    }
    let said = match part(COMMENTS)? {
        Some(file) => comments(&file, deepest).map_err(|error| within(COMMENTS, &error))?,
        None => Vec::new(),
    };
    let date = match part(PROPERTIES)? {
        Some(file) => date(&file, deepest).map_err(|error| within(PROPERTIES, &error))?,
        None => None,
    };
    let mut document = document(path, &found);
    let hung = said.into_iter().filter_map(|(id, said)| Some((said, *anchors.get(&id)?)));
    document.comments =
        hung.filter_map(|(said, anchor)| Comment::anchored(&said, words(&document.source, anchor))).collect();
    document.comments.sort_by_key(|comment| comment.span.start);
    document.date = date;
    Ok(vec![document])
}

/// The day of the version, as the properties have it: when it was saved, or else when it was begun. Where both are one
/// moment the file was made by a program, which may have both from a template; neither is believed then.
fn date(file: &File, deepest: usize) -> Result<Option<Date>, ReadError> {
    let mut events = Events::new(file, deepest);
    let mut times: HashMap<String, String> = HashMap::new();
    let mut open = None;
    while let Some((event, range)) = events.next()? {
        match &event {
            Event::Start(start) => open = Some(local(start)).filter(|name| name == "created" || name == "modified"),
            Event::End(_) => open = None,
            _ => {
                if let Some(name) = &open {
                    let mut running = Running::default();
                    characters(&event, range, &file.source, &mut running);
                    times.entry(name.clone()).or_default().push_str(running.into_mapped().text());
                }
            }
        }
    }
    let (created, modified) = (times.get("created"), times.get("modified"));
    let believed = if created == modified { None } else { modified.or(created) };
    Ok(believed.and_then(|time| iso_day(time)))
}

/// The bytes of a document's text that a comment hangs on: no white space at either end, and a point takes the word that it
/// touches.
fn words(text: &str, anchor: Anchor) -> Range<usize> {
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect();
    let place = |(paragraph, byte): (usize, usize)| {
        let start = starts.get(paragraph).copied().unwrap_or(text.len());
        let end = starts.get(paragraph + 1).map_or(text.len(), |next| next - 1);
        (start + byte).min(end)
    };
    let (start, end) = (place(anchor.start), place(anchor.end));
    let inside = text.get(start..end).unwrap_or_default();
    if !inside.trim().is_empty() {
        let from = end - inside.trim_start().len();
        return from..from + inside.trim().len();
    }
    let blank = |c: char| c.is_whitespace();
    let after = text[start..].find(blank).map_or(text.len(), |i| start + i);
    let behind = text[..start].trim_end();
    let before = behind.rfind(blank).map_or(0, |i| i + 1);
    if after > start { start..after } else { before..behind.len() }
}

/// The styles, the comments, and what is known of the document.
const STYLES: &str = "word/styles.xml";
const COMMENTS: &str = "word/comments.xml";
const PROPERTIES: &str = "docProps/core.xml";

/// A mistake inside a part, which has lines of its own.
fn within(part: &str, error: &ReadError) -> ReadError {
    ReadError::Unknown(format!("{part}: {error}"))
}

fn document(path: &str, paragraphs: &[Paragraph]) -> Document {
    let mut text = String::new();
    let mut blocks: Vec<Block> = Vec::new();
    let mut headline = false;
    // The bytes of each paragraph in the text, and the part it plays.
    let mut lines: Vec<(Range<usize>, Place)> = Vec::new();
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
