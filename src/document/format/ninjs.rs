//! IPTC's ninjs: an item in JSON, of version 1 (`headline`, `body_xhtml`) and of versions 2 and 3 (`headlines`, `bodies`).

#![cfg(feature = "feeds")]

use std::collections::BTreeMap;

use super::text::prose;
use crate::document::quiet::Comment;
use crate::document::{
    Block, Document, File, Format, Mapped, Options, Place, Read, ReadError, Running, iso_day, json, markup,
};

/// ninjs.
pub const FORMAT: Format =
    Format { name: "ninjs", extensions: &["ninjs"], shared: &["json"], fits, read: Read::Text(read) };

/// Members of which an item has one at least: its texts, in the order of preference.
const BODIES: [&str; 4] = ["body_xhtml", "body_html5", "body_text", "body"];
const DATES: [&str; 6] =
    ["versioncreated", "versionCreated", "contentcreated", "contentCreated", "firstcreated", "firstCreated"];

fn fits(text: &str) -> bool {
    let text = text.trim_start_matches(crate::document::BYTE_ORDER_MARK);
    json::members(text).is_some_and(|members| {
        members.contains_key("uri")
            && [
                "headline",
                "headlines",
                "bodies",
                "descriptions",
                "versioncreated",
                "versionCreated",
                "representationtype",
            ]
            .iter()
            .chain(&BODIES)
            .any(|name| members.contains_key(*name))
    })
}

fn read(file: &File, options: &Options) -> Result<Vec<Document>, ReadError> {
    let text = file.source.trim_start_matches(crate::document::BYTE_ORDER_MARK);
    json::check(file, file.source.len() - text.len(), text)?;
    let members = json::members(text).ok_or_else(|| file.broken(0, "no ninjs item: a JSON object is wanted"))?;
    let mut item = Item { file, deepest: options.deepest, blocks: Vec::new(), comments: Vec::new() };
    item.headlines(&members)?;
    item.bodies(&members)?;
    let date = DATES.into_iter().find_map(|name| iso_day(json::string(&file.source, members.get(name)?)?.text()));
    let Item { mut blocks, comments, .. } = item;
    blocks.sort_by_key(|block| block.segments.first().map(|s| s.file));
    Ok(vec![Document { comments, ..file.document(blocks, date) }])
}

struct Item<'a> {
    file: &'a File,
    deepest: usize,
    blocks: Vec<Block>,
    comments: Vec<Comment>,
}

type Members<'a> = BTreeMap<String, json::Value<'a>>;

impl<'a> Item<'a> {
    fn string(&self, members: &Members<'a>, name: &str) -> Option<Mapped<'static>> {
        json::string(&self.file.source, members.get(name)?)
    }

    /// The objects of the first of some members that is a list.
    fn list(members: &Members<'a>, names: &[&str]) -> Vec<Members<'a>> {
        let elements = names.iter().find_map(|name| json::elements(members.get(*name)?.get())).unwrap_or_default();
        elements.into_iter().filter_map(|element| json::members(element.get())).collect()
    }

    /// Whether a listed text is of a kind, by one of the members that may say so.
    fn is_of(&self, listed: &Members<'a>, names: &[&str], kind: &str) -> bool {
        names.iter().any(|name| self.string(listed, name).is_some_and(|said| said.text().contains(kind)))
    }

    /// The first of the headlines is the headline; the others are its shorter forms.
    fn headlines(&mut self, members: &Members<'a>) -> Result<(), ReadError> {
        // Early files of version 2 have lists under the names of version 1, with other members.
        let listed = Self::list(members, &["headlines", "headline"]);
        let main = listed.iter().find(|headline| self.is_of(headline, &["role", "name"], "main"));
        let value = |headline: &Members<'a>| self.string(headline, "value").or_else(|| self.string(headline, "text"));
        let chosen = main.or(listed.first()).and_then(value);
        if let Some(headline) = chosen.or_else(|| self.string(members, "headline")) {
            self.text(&headline, false, Some(Place::Headline))?;
        }
        Ok(())
    }

    /// One of the bodies: with markup if there is such a one. Without any, the description.
    fn bodies(&mut self, members: &Members<'a>) -> Result<(), ReadError> {
        let listed = Self::list(members, &["bodies", "body"]);
        let marked = |body: &Members<'a>| self.is_of(body, &["contenttype", "contentType", "name"], "html");
        if let Some(body) = listed.iter().find(|b| marked(b)).or(listed.first()) {
            let html = marked(body);
            if let Some(text) = self.string(body, "value") {
                return self.text(&text, html, None);
            }
        }
        for name in BODIES {
            if let Some(text) = self.string(members, name) {
                return self.text(&text, name.contains("html"), None);
            }
        }
        let described = Self::list(members, &["descriptions"]);
        let described = described.first().and_then(|d| self.string(d, "value"));
        if let Some(text) = described.or_else(|| self.string(members, "description_text")) {
            self.text(&text, false, None)?;
        }
        Ok(())
    }

    fn text(&mut self, text: &Mapped<'_>, html: bool, place: Option<Place>) -> Result<(), ReadError> {
        if let Some(place) = place {
            let mut running = Running::default();
            running.take(text, 0..text.text().len());
            self.blocks.extend(running.finish(place));
        } else if html {
            let markup = markup::read(self.file, text, false, self.deepest)?;
            self.blocks.extend(once_headline(markup.blocks, &self.blocks));
            self.comments.extend(markup.comments);
        } else {
            let prose = prose(text);
            self.blocks.extend(prose.blocks);
            self.comments.extend(prose.comments);
        }
        Ok(())
    }
}

/// Blocks of a body whose headline is known already: a second one is a heading.
pub(super) fn once_headline(mut blocks: Vec<Block>, before: &[Block]) -> Vec<Block> {
    if before.iter().any(|b| b.place == Place::Headline) {
        for block in blocks.iter_mut().filter(|b| b.place == Place::Headline) {
            block.place = Place::Heading;
        }
    }
    blocks
}
