//! Comments for a Word document: a copy of the file in which each place of a finding has one. The text stays as it is.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::ops::Range;

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::document::packed::Parts;
use crate::document::wordml::{Anchors, Paragraph, Piece, comments, paragraphs};
use crate::document::{Coding, File, Options, ReadError};
use crate::report::Item;
use crate::report::escape::{one_line, visible};

const DOCUMENT: &str = "word/document.xml";
const COMMENTS: &str = "word/comments.xml";
const RELATIONS: &str = "word/_rels/document.xml.rels";
const TYPES: &str = "[Content_Types].xml";
const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// Why a document cannot be annotated.
#[derive(Debug, thiserror::Error)]
pub enum AnnotateError {
    /// It is no sound archive.
    #[error("no Word document: {0}")]
    Archive(#[from] zip::result::ZipError),
    /// It cannot be unpacked, or packed again.
    #[error("no Word document: {0}")]
    Packing(#[from] std::io::Error),
    /// A part of it cannot be read.
    #[error("{0}")]
    Part(#[from] ReadError),
    /// A part lacks what all have.
    #[error("{0}: this part has no end")]
    Cut(&'static str),
}

/// A document with comments.
#[derive(Debug)]
pub struct Annotated {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many comments it has that it had not.
    pub comments: usize,
    /// How many places have none: Word has no comments in footnotes and endnotes.
    pub left_out: usize,
}

/// A comment on some bytes of a paragraph.
struct Note {
    paragraph: usize,
    range: Range<usize>,
    text: String,
}

/// Adds a comment at each place that findings have in a document. `path` is that of the document in the findings; the
/// limits are those that it was read with.
pub fn annotate(bytes: &[u8], path: &str, items: &[Item], options: &Options) -> Result<Annotated, AnnotateError> {
    let mut parts = Parts::open(bytes)?;
    let source = parts.text(DOCUMENT, options)?.unwrap_or_default();
    let file = File::new(DOCUMENT, source, Coding::Utf8);
    let mut read = Vec::new();
    paragraphs(&file, &HashMap::new(), &mut read, &mut Anchors::new(), options.deepest)?;
    let notes = notes(path, items);
    let known = parts.text(COMMENTS, options)?;
    let first = match &known {
        Some(text) => {
            let ids = comments(&File::new(COMMENTS, text.clone(), Coding::Utf8), options.deepest)?;
            ids.iter().filter_map(|(id, _)| id.parse::<usize>().ok()).max().map_or(0, |last| last + 1)
        }
        None => 0,
    };
    let mut cuts = Cuts { source: &file.source, inserts: BTreeMap::new(), tags: BTreeMap::new() };
    let mut placed: Vec<(usize, &Note)> = Vec::new();
    for note in &notes {
        let id = first + placed.len();
        if read.get(note.paragraph).is_some_and(|paragraph| cuts.mark(paragraph, &note.range, id)) {
            placed.push((id, note));
        }
    }
    let left_out = notes.len() - placed.len();
    let mut changed: HashMap<&str, String> = HashMap::from([(DOCUMENT, cuts.text())]);
    if !placed.is_empty() {
        changed.insert(COMMENTS, with_comments(known.as_deref(), &placed)?);
        if known.is_none() {
            announce(&mut parts, options, &mut changed)?;
        }
    }
    Ok(Annotated { bytes: packed(parts.archive, &changed)?, comments: placed.len(), left_out })
}

/// What is to be said, and where: at each figure of a finding the message, and what stands at its other figures.
fn notes(path: &str, items: &[Item]) -> Vec<Note> {
    let mut notes = Vec::new();
    for item in items {
        for (which, span) in item.spans.iter().enumerate().filter(|(_, span)| span.document.path == path) {
            let mut text = format!("{} ({}): {}", item.severity.name(), item.rule, one_line(&item.message));
            for (_, other) in item.spans.iter().enumerate().filter(|&(other, _)| other != which) {
                let (line, _) = other.document.line_column(other.range.start);
                let place = if other.document.path == path { "paragraph" } else { &*other.document.path };
                let _ = write!(text, "\n\u{201c}{}\u{201d} ({} {line})", one_line(other.text()), one_line(place));
            }
            let (line, _) = span.document.line_column(span.range.start);
            let start = span.document.byte_column(span.range.start) - 1;
            notes.push(Note { paragraph: line - 1, range: start..start + span.range.len(), text });
        }
    }
    notes
}

/// Where the document's text is cut, and what is put there.
struct Cuts<'a> {
    source: &'a str,
    /// What is put in, by the byte before which it goes; what ends goes before what begins.
    inserts: BTreeMap<usize, (Vec<String>, Vec<String>)>,
    /// Start tags that must keep the blanks at the ends of what they hold, now that it is cut.
    tags: BTreeMap<usize, (usize, String)>,
}

impl Cuts<'_> {
    /// Marks some bytes of a paragraph as what a comment is about; not where they have no place.
    fn mark(&mut self, paragraph: &Paragraph, range: &Range<usize>, id: usize) -> bool {
        let starts = |piece: &&Piece| piece.text.start <= range.start && range.start < piece.text.end;
        let ends = |piece: &&Piece| piece.text.start < range.end && range.end <= piece.text.end;
        let (Some(first), Some(last)) = (paragraph.pieces.iter().find(starts), paragraph.pieces.iter().find(ends))
        else {
            return false;
        };
        let (first, last) = (first.clone(), last.clone());
        let start =
            if verbatim(&first) { first.file.start + (range.start - first.text.start) } else { first.file.start };
        let end = if verbatim(&last) { last.file.start + (range.end - last.text.start) } else { last.file.end };
        let w = self.prefix(&first);
        let begin = format!("<{w}commentRangeStart {w}id=\"{id}\"/>");
        let begin = self.between(&first, &begin);
        let finish = format!("<{w}commentRangeEnd {w}id=\"{id}\"/><{w}r><{w}commentReference {w}id=\"{id}\"/></{w}r>");
        let finish = self.between(&last, &finish);
        self.inserts.entry(start).or_default().1.push(begin);
        self.inserts.entry(end).or_default().0.push(finish);
        true
    }

    /// The prefix of the part's elements, with its colon: that of the text's own.
    fn prefix(&self, piece: &Piece) -> String {
        let tag = self.source.get(piece.tag.clone()).unwrap_or_default();
        let name =
            tag.trim_start_matches('<').split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or_default();
        name.strip_suffix('t').unwrap_or("w:").to_owned()
    }

    /// What goes between two runs, in the middle of one: its end before, and a new one of its kind behind.
    fn between(&mut self, piece: &Piece, what: &str) -> String {
        let w = self.prefix(piece);
        let tag = format!("<{w}t xml:space=\"preserve\">");
        self.tags.insert(piece.tag.start, (piece.tag.end, tag.clone()));
        let properties = self.source.get(piece.properties.clone()).unwrap_or_default();
        format!("</{w}t></{w}r>{what}<{w}r>{properties}{tag}")
    }

    /// The part with all that is put in.
    fn text(self) -> String {
        let mut text = String::with_capacity(self.source.len() + 256 * self.inserts.len());
        let mut changes: Vec<(Range<usize>, String)> =
            self.tags.into_iter().map(|(start, (end, tag))| (start..end, tag)).collect();
        changes.extend(
            self.inserts.into_iter().map(|(at, (ends, begins))| (at..at, ends.into_iter().chain(begins).collect())),
        );
        changes.sort_by_key(|(range, _)| (range.start, range.end));
        let mut at = 0;
        for (range, new) in changes {
            text.push_str(self.source.get(at..range.start).unwrap_or_default());
            text.push_str(&new);
            at = range.end.max(at);
        }
        text.push_str(self.source.get(at..).unwrap_or_default());
        text
    }
}

/// Whether a place inside a piece of text has a place in the file.
fn verbatim(piece: &Piece) -> bool {
    piece.text.len() == piece.file.len()
}

/// The part of comments with some more.
fn with_comments(known: Option<&str>, placed: &[(usize, &Note)]) -> Result<String, AnnotateError> {
    let mut new = String::new();
    for (id, note) in placed {
        // The elements bring their namespace along, whatever its prefix in the part is.
        let _ =
            write!(new, "<w:comment xmlns:w=\"{NAMESPACE}\" w:id=\"{id}\" w:author=\"crossfoot\" w:initials=\"cf\">");
        for line in note.text.lines() {
            let line = quick_xml::escape::escape(visible(line));
            let _ = write!(new, "<w:p><w:r><w:t xml:space=\"preserve\">{line}</w:t></w:r></w:p>");
        }
        new.push_str("</w:comment>");
    }
    let Some(known) = known else {
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
        return Ok(format!("{head}<w:comments xmlns:w=\"{NAMESPACE}\">{new}</w:comments>"));
    };
    before_end(known, &new).ok_or(AnnotateError::Cut(COMMENTS))
}

/// A part with something put before the end of its outermost element, which may be empty: `<comments/>`.
fn before_end(part: &str, what: &str) -> Option<String> {
    let end = part.rfind("</").filter(|&at| part[at..].trim_end().matches('>').count() == 1);
    if let Some(end) = end {
        return Some(format!("{}{what}{}", &part[..end], &part[end..]));
    }
    let end = part.trim_end().strip_suffix("/>")?;
    let start = end.rfind('<')?;
    let name = end[start + 1..].split_whitespace().next()?;
    Some(format!("{end}>{what}</{name}>"))
}

/// Says in the document's lists that there is a part of comments now.
fn announce(
    parts: &mut Parts<'_>,
    options: &Options,
    changed: &mut HashMap<&'static str, String>,
) -> Result<(), AnnotateError> {
    let list = "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"";
    let relations = parts.text(RELATIONS, options)?;
    let relations = relations.unwrap_or_else(|| format!("<Relationships {list}></Relationships>"));
    let relation = "<Relationship Id=\"crossfootComments\" \
        Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments\" Target=\"comments.xml\"/>";
    changed.insert(RELATIONS, before_end(&relations, relation).ok_or(AnnotateError::Cut(RELATIONS))?);
    let types = parts.text(TYPES, options)?.unwrap_or_default();
    let kind = "<Override PartName=\"/word/comments.xml\" \
        ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml\"/>";
    changed.insert(TYPES, before_end(&types, kind).ok_or(AnnotateError::Cut(TYPES))?);
    Ok(())
}

/// The archive with the parts that were changed; all others as they are packed.
fn packed(mut archive: ZipArchive<Cursor<&[u8]>>, changed: &HashMap<&str, String>) -> Result<Vec<u8>, AnnotateError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    let mut written = Vec::new();
    for number in 0..archive.len() {
        let entry = archive.by_index_raw(number)?;
        let name = entry.name()?.into_owned();
        match changed.get(name.as_str()) {
            Some(text) => {
                writer.start_file(&*name, options)?;
                writer.write_all(text.as_bytes())?;
                written.push(name);
            }
            None => writer.raw_copy_file(entry)?,
        }
    }
    let mut new: Vec<_> = changed.iter().filter(|(name, _)| !written.iter().any(|w| w == *name)).collect();
    new.sort();
    for (name, text) in new {
        writer.start_file(*name, options)?;
        writer.write_all(text.as_bytes())?;
    }
    Ok(writer.finish()?.into_inner())
}
