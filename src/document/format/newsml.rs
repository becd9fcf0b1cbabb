//! IPTC's NewsML-G2: news items, alone or in a message, with their text as XHTML, NITF or plain text.

#![cfg(feature = "feeds")]

use jiff::civil::Date;
use quick_xml::events::Event;

use super::ninjs::once_headline;
use super::text::prose;
use crate::document::quiet::Comment;
use crate::document::xml::{Events, attribute, characters, local};
use crate::document::{
    Block, DEEPEST, Document, File, Format, Mapped, Options, Place, Read, ReadError, Running, iso_day, markup,
};

/// NewsML-G2.
pub const FORMAT: Format =
    Format { name: "newsml", extensions: &["newsml"], shared: &["xml"], fits, read: Read::Text(read) };

fn fits(text: &str) -> bool {
    root(text).is_some_and(|root| {
        matches!(
            root.as_str(),
            "newsItem"
                | "newsMessage"
                | "packageItem"
                | "conceptItem"
                | "knowledgeItem"
                | "planningItem"
                | "catalogItem"
        )
    })
}

/// The name of a document's outermost element without its prefix.
pub(super) fn root(text: &str) -> Option<String> {
    let file = File::new("", text.chars().take(1 << 14).collect(), crate::document::Coding::Utf8);
    let mut events = Events::new(&file, DEEPEST);
    loop {
        if let (Event::Start(start) | Event::Empty(start), _) = events.next().ok()?? {
            return Some(local(&start));
        }
    }
}

/// What has been read of an item.
#[derive(Default)]
struct Item {
    blocks: Vec<Block>,
    comments: Vec<Comment>,
    /// The time of this version, and other days that may stand for it.
    version: Option<Date>,
    other: Option<Date>,
    id: Option<String>,
}

fn read(file: &File, options: &Options) -> Result<Vec<Document>, ReadError> {
    let mut events = Events::new(file, options.deepest);
    let mut documents = Vec::new();
    let mut item: Option<Item> = None;
    // The elements that are open, and the text of the one that is read.
    let mut path: Vec<String> = Vec::new();
    let mut running = Running::default();
    let mut inline: Option<(usize, usize)> = None;
    let mut kind = String::new();
    while let Some((event, range)) = events.next()? {
        match &event {
            Event::Start(start) => {
                let name = local(start);
                match name.as_str() {
                    "newsItem" => item = Some(Item { id: attribute(start, "guid"), ..Item::default() }),
                    "inlineXML" if inline.is_none() => inline = Some((path.len(), range.end)),
                    "inlineData" => kind = attribute(start, "contenttype").unwrap_or_default(),
                    _ => {}
                }
                if inline.is_none() {
                    running = Running::default();
                }
                path.push(name);
            }
            Event::End(_) => {
                let Some(name) = path.pop() else { continue };
                let Some(current) = &mut item else { continue };
                if let Some((depth, start)) = inline {
                    if path.len() == depth {
                        let inner = Mapped::part(&file.source, start..range.start);
                        let markup = markup::read(file, &inner, true, options.deepest)?;
                        current.add(markup);
                        inline = None;
                    }
                    continue;
                }
                let text = std::mem::take(&mut running);
                let inside = path.last().map_or("", String::as_str);
                match (inside, name.as_str()) {
                    (_, "newsItem") => {
                        let Item { mut blocks, comments, version, other, id } = item.take().unwrap_or_default();
                        blocks.sort_by_key(|block| block.segments.first().map(|s| s.file));
                        let document = file.document(blocks, version.or(other));
                        documents.push(Document { item: id, comments, ..document });
                    }
                    ("contentMeta", "headline") => current.blocks.extend(
                        text.finish(Place::Headline)
                            .filter(|_| current.blocks.iter().all(|b| b.place != Place::Headline)),
                    ),
                    ("itemMeta", "versionCreated") => current.version = iso_day(text.into_mapped().text()),
                    ("contentMeta", "contentModified" | "contentCreated") | ("itemMeta", "firstCreated") => {
                        current.other = current.other.or_else(|| iso_day(text.into_mapped().text()));
                    }
                    ("contentSet", "inlineData") if kind.contains("html") => {
                        let markup = markup::read(file, &text.into_mapped(), true, options.deepest)?;
                        current.add(markup);
                    }
                    ("contentSet", "inlineData") => {
                        let prose = prose(&text.into_mapped());
                        current.blocks.extend(prose.blocks);
                        current.comments.extend(prose.comments);
                    }
                    _ => {}
                }
            }
            _ if inline.is_none() => characters(&event, range, &file.source, &mut running),
            _ => {}
        }
    }
    // One item alone is the file's document.
    if let [only] = &mut documents[..] {
        only.item = None;
    }
    Ok(documents)
}

impl Item {
    fn add(&mut self, markup: markup::Markup) {
        self.blocks.extend(once_headline(markup.blocks, &self.blocks));
        self.comments.extend(markup.comments);
    }
}
