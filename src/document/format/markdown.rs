//! Markdown, with front matter.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::document::{Block, Document, Format, Place, Segment};

/// Markdown.
pub const FORMAT: Format = Format { name: "markdown", extensions: &["md", "markdown", "mdown"], read };

fn read(path: &str, source: String) -> Document {
    let start = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let (front, body) = front_matter(&source, start);
    let date = front.and_then(|range| date(&source[range]));
    let mut reader = Reader { source: &source, ..Reader::default() };
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    for (event, range) in Parser::new_ext(&source[body..], options).into_offset_iter() {
        reader.event(event, range.start + body..range.end + body);
    }
    let blocks = reader.finish();
    Document::new(path, source, blocks, date)
}

/// The front matter between two lines of three dashes, and where the text after it starts.
fn front_matter(source: &str, start: usize) -> (Option<Range<usize>>, usize) {
    let body = &source[start..];
    let mut lines = body.split_inclusive('\n');
    let Some(first) = lines.next().filter(|l| l.trim_end() == "---") else { return (None, start) };
    let mut at = start + first.len();
    let begin = at;
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            return (Some(begin..at), at + line.len());
        }
        at += line.len();
    }
    (None, start)
}

/// The value of `date:`, whether or not it is quoted or a time follows.
fn date(front: &str) -> Option<jiff::civil::Date> {
    let value = front.lines().find_map(|line| line.strip_prefix("date:"))?;
    let value = value.trim().trim_matches(['"', '\'']);
    value.get(..10)?.parse().ok()
}

#[derive(Default)]
struct Reader<'a> {
    source: &'a str,
    blocks: Vec<Block>,
    open: Option<Block>,
    /// Pictures open, whose text is a caption of its own.
    captions: Vec<Block>,
    /// Emphasis open now, and whether all of the block so far stands in it.
    emphasis: usize,
    emphasised: bool,
    after_headline: bool,
    headline: bool,
    lists: usize,
    tables: usize,
    row: usize,
    column: usize,
    silent: usize,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, range),
            Event::SoftBreak | Event::HardBreak => self.gap("\n"),
            // Code is no prose, but it parts the words around it.
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => self.gap(" "),
            // The one tag that parts words inside a paragraph.
            Event::InlineHtml(tag) => {
                if tag.get(..3).is_some_and(|t| t.eq_ignore_ascii_case("<br")) {
                    self.gap("\n");
                }
            }
            Event::Html(_) | Event::FootnoteReference(_) | Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                let first = *level == HeadingLevel::H1 && !self.headline;
                self.headline |= first;
                self.open_block(if first { Place::Headline } else { Place::Heading });
            }
            Tag::Paragraph if self.lists == 0 => self.open_block(Place::Body),
            Tag::Paragraph | Tag::Item => self.open_block(Place::ListItem),
            Tag::List(_) => {
                self.close_block();
                self.lists += 1;
            }
            Tag::Table(_) => {
                self.close_block();
                self.row = 0;
            }
            Tag::TableHead => self.column = 0,
            Tag::TableRow => {
                self.row += 1;
                self.column = 0;
            }
            Tag::TableCell => {
                let place = Place::Cell { table: self.tables, row: self.row, column: self.column };
                self.open_block(place);
                self.column += 1;
            }
            Tag::Emphasis => self.emphasis += 1,
            Tag::Image { .. } => {
                self.captions.push(Block { place: Place::Caption, text: String::new(), segments: Vec::new() });
            }
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                self.close_block();
                self.silent += 1;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.close_block();
                self.after_headline = self.blocks.last().is_some_and(|b| b.place == Place::Headline);
            }
            TagEnd::Paragraph => {
                let standfirst = self.after_headline && self.emphasised && self.lists == 0;
                let picture_only = self.open.as_ref().is_none_or(|b| b.text.trim().is_empty());
                if let Some(block) = self.open.as_mut().filter(|_| standfirst) {
                    block.place = Place::Standfirst;
                }
                self.close_block();
                self.after_headline &= picture_only;
            }
            TagEnd::Item | TagEnd::TableCell => self.close_block(),
            TagEnd::List(_) => {
                self.close_block();
                self.lists = self.lists.saturating_sub(1);
            }
            TagEnd::Table => self.tables += 1,
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Image => {
                if let Some(caption) = self.captions.pop().filter(|c| !c.text.trim().is_empty()) {
                    self.blocks.push(caption);
                }
            }
            TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {
                self.silent = self.silent.saturating_sub(1);
            }
            _ => {}
        }
    }

    fn open_block(&mut self, place: Place) {
        self.close_block();
        self.emphasised = true;
        self.open = Some(Block { place, text: String::new(), segments: Vec::new() });
    }

    fn close_block(&mut self) {
        if let Some(block) = self.open.take().filter(|b| !b.text.trim().is_empty()) {
            self.blocks.push(block);
        }
    }

    /// White space that stands for something in the file that is no prose.
    fn gap(&mut self, space: &str) {
        if let Some(block) = self.captions.last_mut().or(self.open.as_mut()) {
            block.text.push_str(space);
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.silent > 0 {
            return;
        }
        if self.captions.is_empty() && self.emphasis == 0 && !text.trim().is_empty() {
            self.emphasised = false;
        }
        if self.captions.is_empty() && self.open.is_none() && self.lists > 0 {
            // A tight item goes on behind a heading or code inside it, without a paragraph of its own.
            self.open_block(Place::ListItem);
        }
        let Some(block) = self.captions.last_mut().or(self.open.as_mut()) else { return };
        let at = block.text.len();
        block.text.push_str(text);
        if self.source.get(range.clone()) == Some(text) {
            block.segments.push(Segment { text: at, file: range.start, len: text.len() });
        } else {
            // An entity or an escape: all of it stands for this text, with the same bounds in the file.
            block.segments.push(Segment { text: at, file: range.start, len: 0 });
            block.segments.push(Segment { text: block.text.len(), file: range.end, len: 0 });
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.close_block();
        // A picture inside a paragraph is done before the paragraph is.
        self.blocks.sort_by_key(|block| block.segments.first().map_or(0, |s| s.file));
        self.blocks
    }
}
