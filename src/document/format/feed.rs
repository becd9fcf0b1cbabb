//! RSS (0.9x, 1.0, 2.0) and Atom: each item a document.

#![cfg(feature = "feeds")]

use std::collections::HashMap;
use std::ops::Range;

use jiff::civil::Date;
use quick_xml::events::Event;

use super::ninjs::once_headline;
use super::text::prose;
use crate::document::xml::{Events, attribute, characters, local};
use crate::document::{Document, File, Format, Mapped, Options, Place, Read, ReadError, Running, iso_day, markup};

/// Feeds.
pub const FORMAT: Format =
    Format { name: "feed", extensions: &["rss", "atom"], shared: &["xml", "rdf"], fits, read: Read::Text(read) };

fn fits(text: &str) -> bool {
    super::newsml::root(text).is_some_and(|root| matches!(root.as_str(), "rss" | "RDF" | "feed" | "entry"))
}

/// The fields of an item, in the order of preference.
const BODIES: [&str; 4] = ["encoded", "content", "description", "summary"];
const DATES: [&str; 6] = ["pubDate", "published", "issued", "date", "updated", "modified"];

/// A field of an item: its characters, and its bytes in the file, for markup that is not escaped.
struct Field {
    running: Running,
    inner: Range<usize>,
    kind: String,
    /// How many elements were open before it.
    depth: usize,
}

fn read(file: &File, options: &Options) -> Result<Vec<Document>, ReadError> {
    let mut events = Events::new(file, options.deepest);
    let mut documents = Vec::new();
    let mut item: Option<(usize, HashMap<String, Field>)> = None;
    let mut open: Option<(String, Field)> = None;
    while let Some((event, range)) = events.next()? {
        match &event {
            Event::Start(start) => {
                let name = local(start);
                let depth = events.depth() - 1;
                match (&mut item, &open) {
                    (None, _) if matches!(name.as_str(), "item" | "entry") => item = Some((depth, HashMap::new())),
                    // A field stands right in its item; what stands deeper is markup, or a picture's.
                    (Some((outer, _)), None) if depth == *outer + 1 => {
                        let kind = attribute(start, "type").unwrap_or_default();
                        let field = Field { running: Running::default(), inner: range.end..range.end, kind, depth };
                        open = Some((name, field));
                    }
                    _ => {}
                }
            }
            Event::End(_) => {
                let depth = events.depth();
                if open.as_ref().is_some_and(|(_, field)| field.depth >= depth) {
                    if let (Some((name, mut field)), Some((_, fields))) = (open.take(), &mut item) {
                        field.inner.end = range.start;
                        fields.entry(name).or_insert(field);
                    }
                } else if item.as_ref().is_some_and(|(outer, _)| *outer >= depth) {
                    if let Some((_, fields)) = item.take() {
                        documents.push(document(file, fields, documents.len(), options.deepest)?);
                    }
                }
            }
            _ => {
                if let Some((_, field)) = &mut open {
                    characters(&event, range, &file.source, &mut field.running);
                }
            }
        }
    }
    Ok(documents)
}

fn document(
    file: &File,
    mut fields: HashMap<String, Field>,
    number: usize,
    deepest: usize,
) -> Result<Document, ReadError> {
    let mut blocks = Vec::new();
    let mut comments = Vec::new();
    let date = DATES.into_iter().find_map(|name| day(&fields.remove(name)?.running.into_mapped()));
    if let Some(title) = fields.remove("title") {
        let title = title.running.into_mapped();
        // A title may be escaped twice, `&amp;amp;`, or hold emphasis.
        let read = markup::read(file, &title, false, deepest)?.blocks;
        blocks.extend(read.into_iter().take(1).map(|mut block| {
            block.place = Place::Headline;
            block
        }));
    }
    let body =
        BODIES.into_iter().find(|name| fields.get(*name).is_some_and(|f| !f.running.is_blank() || f.kind == "xhtml"));
    if let Some(field) = body.and_then(|name| fields.remove(name)) {
        let text =
            if field.kind == "xhtml" { Mapped::part(&file.source, field.inner) } else { field.running.into_mapped() };
        if field.kind == "text" || field.kind == "text/plain" {
            let prose = prose(&text);
            comments.extend(prose.comments);
            blocks.extend(prose.blocks);
        } else {
            let markup = markup::read(file, &text, field.kind == "xhtml", deepest)?;
            comments.extend(markup.comments);
            blocks.extend(once_headline(markup.blocks, &blocks));
        }
    }
    blocks.sort_by_key(|block| block.segments.first().map(|s| s.file));
    Ok(Document { item: Some(format!("item {}", number + 1)), comments, ..file.document(blocks, date) })
}

/// The day of a date as mail has it (RSS) or of ISO 8601 (Atom).
fn day(text: &Mapped<'_>) -> Option<Date> {
    let text = text.text().trim();
    let mail = jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true);
    iso_day(text).or_else(|| mail.parse_zoned_datetime(text).ok().map(|zoned| zoned.date()))
}
