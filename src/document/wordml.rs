//! `WordprocessingML`: the paragraphs of a part of a Word document, with what was deleted left out.

use std::collections::HashMap;
use std::ops::Range;

use quick_xml::events::{BytesStart, Event};

use super::xml::{Events, attribute, characters, local};
use super::{File, Place, ReadError, Running};

/// A paragraph in the making.
#[derive(Debug, Default)]
pub(crate) struct Paragraph {
    /// Its text; a line break is a line feed.
    pub(crate) text: String,
    pub(crate) style: String,
    pub(crate) listed: bool,
    /// Table, row and column, where it stands in a cell.
    pub(crate) cell: Option<(usize, usize, usize)>,
    /// Its mark is deleted: it goes on in the next one.
    joined: bool,
    /// Where its text stands in the part, in order; tabs and breaks are none of it.
    pub(crate) pieces: Vec<Piece>,
}

/// A stretch of a paragraph's text and where it stands in its part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Bytes in the paragraph's text.
    pub(crate) text: Range<usize>,
    /// Bytes in the part: as many as in the text, or those of an entity.
    pub(crate) file: Range<usize>,
    /// The start tag of the element that holds it, and the properties of its run, if it has any.
    pub(crate) tag: Range<usize>,
    pub(crate) properties: Range<usize>,
}

impl Paragraph {
    /// The part it plays, by its style's name.
    pub(crate) fn place(&self, headline: bool) -> Place {
        if let Some((table, row, column)) = self.cell {
            return Place::Cell { table, row, column };
        }
        let style = self.style.as_str();
        match style {
            "title" => Place::Headline,
            "heading 1" if !headline => Place::Headline,
            "subtitle" => Place::Standfirst,
            "caption" => Place::Caption,
            _ if style.starts_with("heading") => Place::Heading,
            _ if self.listed || style.starts_with("list") => Place::ListItem,
            _ => Place::Body,
        }
    }
}

/// Where a comment hangs: paragraphs and bytes of their text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Anchor {
    pub(crate) start: (usize, usize),
    pub(crate) end: (usize, usize),
}

/// Where comments hang, by their ids.
pub(crate) type Anchors = HashMap<String, Anchor>;

/// What the comments of a document say, by their ids, in the order of the part they stand in.
pub(crate) fn comments(file: &File, deepest: usize) -> Result<Vec<(String, String)>, ReadError> {
    let mut events = Events::new(file, deepest);
    let mut comments: Vec<(String, String)> = Vec::new();
    let mut in_text = false;
    while let Some((event, range)) = events.next()? {
        match &event {
            Event::Start(start) => match local(start).as_str() {
                "comment" => comments.push((attribute(start, "id").unwrap_or_default(), String::new())),
                "t" => in_text = true,
                // A paragraph ends a word.
                "p" => {
                    if let Some((_, said)) = comments.last_mut() {
                        said.push(' ');
                    }
                }
                _ => {}
            },
            Event::End(_) => in_text = false,
            _ if in_text => {
                let mut running = Running::default();
                characters(&event, range, &file.source, &mut running);
                if let Some((_, said)) = comments.last_mut() {
                    said.push_str(running.into_mapped().text());
                }
            }
            _ => {}
        }
    }
    Ok(comments)
}

/// The names of a document's styles by their ids, in lower case.
pub(crate) fn styles(file: &File, deepest: usize) -> Result<HashMap<String, String>, ReadError> {
    let mut events = Events::new(file, deepest);
    let mut styles = HashMap::new();
    let mut id = None;
    while let Some((event, _)) = events.next()? {
        if let Event::Start(start) | Event::Empty(start) = &event {
            match local(start).as_str() {
                "style" => id = attribute(start, "styleId"),
                "name" => {
                    if let (Some(id), Some(name)) = (id.take(), attribute(start, "val")) {
                        styles.insert(id, name.to_lowercase());
                    }
                }
                _ => {}
            }
        }
    }
    Ok(styles)
}

/// Adds the paragraphs of a part, in the order in which they start.
pub(crate) fn paragraphs(
    file: &File,
    styles: &HashMap<String, String>,
    paragraphs: &mut Vec<Paragraph>,
    anchors: &mut Anchors,
    deepest: usize,
) -> Result<(), ReadError> {
    let mut events = Events::new(file, deepest);
    let mut reading = Reading {
        styles,
        paragraphs,
        anchors,
        names: Vec::new(),
        open: Vec::new(),
        tables: Vec::new(),
        all_tables: 0,
        boxes: 0,
        hidden: 0,
        notes: 0,
        in_text: false,
        vanished: false,
        in_run: false,
        tag: 0..0,
        runs: Vec::new(),
    };
    reading.all_tables =
        reading.paragraphs.iter().filter_map(|p| p.cell).map(|(table, ..)| table + 1).max().unwrap_or(0);
    while let Some((event, range)) = events.next()? {
        match &event {
            Event::Start(start) => {
                let name = local(start);
                reading.start(&name, start);
                reading.places(&name, &range);
                reading.names.push(name);
            }
            Event::Empty(start) => {
                let name = local(start);
                reading.start(&name, start);
                reading.end(&name);
            }
            Event::End(_) => {
                if let Some(name) = reading.names.pop() {
                    if let (Some(run), "rPr") = (reading.runs.last_mut(), name.as_str()) {
                        if run.start > 0 && run.start == run.end {
                            run.end = range.end;
                        }
                    }
                    reading.end(&name);
                }
            }
            _ if reading.in_text && reading.hidden == 0 && reading.notes == 0 => {
                let mut running = Running::default();
                characters(&event, range.clone(), &file.source, &mut running);
                reading.read(running.into_mapped().text(), range);
            }
            _ => {}
        }
    }
    Ok(())
}

struct Reading<'a> {
    styles: &'a HashMap<String, String>,
    paragraphs: &'a mut Vec<Paragraph>,
    anchors: &'a mut Anchors,
    names: Vec<String>,
    /// The open paragraphs, the innermost last: a text box stands inside the paragraph it hangs on.
    open: Vec<usize>,
    /// Open tables: number, row, column.
    tables: Vec<(usize, usize, usize)>,
    all_tables: usize,
    /// A text box is no part of the cell that it hangs on.
    boxes: usize,
    hidden: usize,
    /// Open notes that only hold a line above the others.
    notes: usize,
    in_text: bool,
    /// Whether the run being read is hidden by its properties.
    vanished: bool,
    in_run: bool,
    /// The start tag of the text being read.
    tag: Range<usize>,
    /// The properties of the open runs, the innermost last; empty where there are none.
    runs: Vec<Range<usize>>,
}

/// What is no text of the document as it would be with all changes accepted, or is said twice.
fn is_hidden(name: &str) -> bool {
    matches!(name, "del" | "moveFrom" | "delText" | "instrText" | "delInstrText" | "Fallback" | "comment")
}

impl Reading<'_> {
    fn start(&mut self, name: &str, start: &BytesStart<'_>) {
        let value = || attribute(start, "val");
        match name {
            "p" => self.paragraph(),
            "tbl" => {
                self.tables.push((self.all_tables, 0, 0));
                self.all_tables += 1;
            }
            "pStyle" => {
                let id = value().unwrap_or_default();
                let style = self.styles.get(&id).cloned().unwrap_or_else(|| id.to_lowercase());
                self.edit(|p| p.style = style);
            }
            "numPr" => self.edit(|p| p.listed = true),
            // The mark of a paragraph, deleted: the properties of runs say the same of words in another way.
            "del" if self.names.iter().rev().take(2).eq(["rPr", "pPr"]) => self.edit(|p| p.joined = true),
            "r" => {
                (self.in_run, self.vanished) = (true, false);
                self.runs.push(0..0);
            }
            "vanish" if self.in_run && value().is_none_or(|v| v != "0" && v != "false") => self.vanished = true,
            "t" => self.in_text = true,
            "tab" if self.in_run && self.hidden == 0 => self.push("\t"),
            "br" | "cr" if self.in_run && self.hidden == 0 => self.push("\n"),
            "noBreakHyphen" if self.hidden == 0 => self.push("\u{2011}"),
            "txbxContent" => self.boxes += 1,
            "commentRangeStart" | "commentRangeEnd" | "commentReference" => self.anchor(name, attribute(start, "id")),
            "footnote" | "endnote" if attribute(start, "type").is_some_and(|t| t != "normal") => self.notes += 1,
            _ => {}
        }
        self.hidden += usize::from(is_hidden(name));
    }

    fn end(&mut self, name: &str) {
        self.hidden = self.hidden.saturating_sub(usize::from(is_hidden(name)));
        match name {
            "p" => {
                self.open.pop();
            }
            "tbl" => {
                self.tables.pop();
            }
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    table.2 += 1;
                }
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    (table.1, table.2) = (table.1 + 1, 0);
                }
            }
            "r" => {
                self.in_run = false;
                self.runs.pop();
            }
            "t" => self.in_text = false,
            "txbxContent" => self.boxes = self.boxes.saturating_sub(1),
            "footnote" | "endnote" => self.notes = self.notes.saturating_sub(1),
            _ => {}
        }
    }

    fn paragraph(&mut self) {
        let last = self.paragraphs.len().checked_sub(1);
        if let Some(last) = last.filter(|&i| self.paragraphs[i].joined && self.open.is_empty()) {
            self.paragraphs[last].joined = false;
            return self.open.push(last);
        }
        self.open.push(self.paragraphs.len());
        let cell = self.tables.last().copied().filter(|_| self.boxes == 0);
        self.paragraphs.push(Paragraph { cell, ..Paragraph::default() });
    }

    /// Marks where a comment hangs; a range may begin and end between paragraphs.
    fn anchor(&mut self, name: &str, id: Option<String>) {
        let here = match self.open.last() {
            Some(&at) => (at, self.paragraphs[at].text.len()),
            None => (self.paragraphs.len(), 0),
        };
        let Some(id) = id else { return };
        let known = self.anchors.get_mut(&id);
        match (name, known) {
            ("commentRangeEnd", Some(anchor)) => anchor.end = here,
            // A reference alone is a point; behind a range it is no news.
            (_, None) => {
                self.anchors.insert(id, Anchor { start: here, end: here });
            }
            _ => {}
        }
    }

    fn edit(&mut self, work: impl FnOnce(&mut Paragraph)) {
        if let Some(&at) = self.open.last() {
            work(&mut self.paragraphs[at]);
        }
    }

    /// Keeps where tags stand that a run is cut with.
    fn places(&mut self, name: &str, range: &Range<usize>) {
        match name {
            "t" => self.tag = range.clone(),
            "rPr" if self.names.last().is_some_and(|outer| outer == "r") => {
                if let Some(run) = self.runs.last_mut() {
                    *run = range.start..range.start;
                }
            }
            _ => {}
        }
    }

    /// Text of a run.
    fn read(&mut self, text: &str, file: Range<usize>) {
        let (tag, properties) = (self.tag.clone(), self.runs.last().cloned().unwrap_or_default());
        if !self.vanished {
            self.edit(|p| {
                let start = p.text.len();
                p.pieces.push(Piece { text: start..start + text.len(), file, tag, properties });
            });
        }
        self.push(text);
    }

    fn push(&mut self, text: &str) {
        if !self.vanished {
            self.edit(|p| p.text.push_str(text));
        }
    }
}
