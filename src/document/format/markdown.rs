//! Markdown: `CommonMark` with tables, footnotes and struck-out text.
//!
//! Code, HTML, comments, link targets and struck-out text are no prose. Front matter is none either, but its `date`
//! is the document's.

#![cfg(feature = "markdown")]

use std::ops::Range;

use jiff::civil::Date;
use pulldown_cmark::{Event, HeadingLevel, LinkType, Parser, Tag, TagEnd};

use crate::document::quiet::Comment;
use crate::document::{BYTE_ORDER_MARK, Block, Document, File, Format, Options, Place, Read, ReadError, Running};

/// Markdown, and standard input.
pub const FORMAT: Format = Format {
    name: "markdown",
    extensions: &["md", "markdown", "mdown"],
    shared: &[],
    fits: |_| false,
    read: Read::Text(read),
};

fn read(file: &File, options: &Options) -> Result<Vec<Document>, ReadError> {
    let source: &str = &file.source;
    let start = if source.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    let (body, date) = front_matter(&source[start..]);
    let mut reading = Reading { source, ..Reading::default() };
    let deep = reading.parse(start + body..source.len(), options.deepest);
    deep.map_err(|at| file.too_deep(at, options.deepest))?;
    let (blocks, comments) = reading.finish();
    Ok(vec![Document { comments, ..file.document(blocks, date) }])
}

/// How many bytes the front matter takes, and the date in it: lines of `key: value` between two lines of `---`, at the
/// very start.
fn front_matter(text: &str) -> (usize, Option<Date>) {
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else { return (0, None) };
    let mut at = first.len();
    let mut date = None;
    let mut keys = false;
    for line in lines {
        at += line.len();
        let line = line.trim_end();
        if line == "---" || line == "..." {
            // Two rules with prose between them are no front matter.
            return if keys { (at, date) } else { (0, None) };
        }
        let Some((key, value)) = line.split_once(':') else { continue };
        keys |= !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
        if key.eq_ignore_ascii_case("date") {
            let value = value.trim().trim_matches(['"', '\'']);
            date = value.get(..10).and_then(|day| day.parse().ok());
        }
    }
    (0, None)
}

/// What has been read of a document so far.
#[derive(Default)]
struct Reading<'a> {
    source: &'a str,
    blocks: Vec<Block>,
    /// The block being read.
    running: Running,
    /// What the next block is, where its tag has said so.
    place: Option<Place>,
    /// The alternative texts of the images being read, the innermost last.
    captions: Vec<Running>,
    /// The depth of items and of block quotes.
    items: usize,
    quotes: usize,
    /// Depth of emphasis, and whether the block being read has words outside it.
    emphasis: usize,
    upright: bool,
    /// For each link or struck-out stretch being read, whether its text is no prose; and how many are not, code and
    /// HTML blocks among them.
    spans: Vec<bool>,
    hidden: usize,
    table: Option<usize>,
    row: usize,
    column: usize,
    headline: Headline,
    comments: Vec<Comment>,
    /// What stands behind a comment on its line: prose, though `CommonMark` takes the whole line for HTML.
    behind: Option<Range<usize>>,
    /// Whether that is being read.
    is_behind: bool,
}

/// How far the reading is with the headline.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Headline {
    #[default]
    Awaited,
    /// It was the block before this one.
    JustRead,
    Read,
}

impl Reading<'_> {
    /// Reads a stretch of the file. Where its blocks stand deeper in one another than `deepest`, an error: the place.
    fn parse(&mut self, range: Range<usize>, deepest: usize) -> Result<(), usize> {
        let options = pulldown_cmark::Options::ENABLE_TABLES
            | pulldown_cmark::Options::ENABLE_FOOTNOTES
            | pulldown_cmark::Options::ENABLE_STRIKETHROUGH
            | pulldown_cmark::Options::ENABLE_TASKLISTS
            | pulldown_cmark::Options::ENABLE_HEADING_ATTRIBUTES;
        let source = self.source;
        for (event, part) in Parser::new_ext(&source[range.clone()], options).into_offset_iter() {
            let at = part.start + range.start;
            self.event(event, at..part.end + range.start);
            if self.items + self.quotes > deepest {
                return Err(at);
            }
            // What stands behind another comment there is no prose: each would be a call inside the one before.
            if let Some(behind) = self.behind.take().filter(|_| !self.is_behind) {
                // It is read as a block of its own, in the middle of one that is no prose.
                let hidden = std::mem::take(&mut self.hidden);
                self.is_behind = true;
                self.parse(behind, deepest)?;
                self.is_behind = false;
                self.flush();
                self.hidden = hidden;
            }
        }
        Ok(())
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.hidden == 0 => self.text(&text, range),
            Event::SoftBreak | Event::HardBreak => self.innermost().gap('\n'),
            Event::InlineHtml(tag) if tag.get(..3).is_some_and(|t| t.eq_ignore_ascii_case("<br")) => {
                self.innermost().gap('\n');
            }
            Event::InlineHtml(_) => self.comments.extend(Comment::new(&self.source[range.clone()], range)),
            Event::Html(_) => self.comment_line(&range),
            // Code is no prose, but it parts the words around it.
            Event::Code(_) => self.innermost().gap(' '),
            Event::Rule => self.flush(),
            _ => {}
        }
    }

    /// A line of an HTML block: comments to crossfoot at its start, and the prose behind them.
    fn comment_line(&mut self, range: &Range<usize>) {
        let source = self.source;
        let skip = |at: usize| range.end - source[at..range.end].trim_start().len();
        let mut at = skip(range.start);
        let mut found = false;
        while let Some(length) = source[at..range.end].find("-->").map(|i| i + "-->".len()) {
            let Some(comment) = Comment::new(&source[at..at + length], at..at + length) else { break };
            self.comments.push(comment);
            found = true;
            at = skip(at + length);
        }
        if found && at < range.end {
            self.behind = Some(at..range.end);
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.captions.is_empty() && self.emphasis == 0 && !text.trim().is_empty() {
            self.upright = true;
        }
        let source = self.source;
        let running = self.innermost();
        if source.get(range.clone()) == Some(text) {
            running.copy(source, range);
        } else {
            running.replace(text, range);
        }
    }

    fn innermost(&mut self) -> &mut Running {
        self.captions.last_mut().unwrap_or(&mut self.running)
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Emphasis => self.emphasis += 1,
            Tag::Image { .. } => self.captions.push(Running::default()),
            Tag::Link { link_type, .. } => self.open_span(matches!(link_type, LinkType::Autolink | LinkType::Email)),
            // A single tilde is a writer's "about" more often than a deletion.
            Tag::Strikethrough => self.open_span(self.source[range.start..].starts_with("~~")),
            Tag::Strong | Tag::Superscript | Tag::Subscript => {}
            block => {
                self.flush();
                self.start_block(&block);
            }
        }
    }

    fn start_block(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                let headline = *level == HeadingLevel::H1 && self.headline == Headline::Awaited;
                self.place = Some(if headline { Place::Headline } else { Place::Heading });
            }
            Tag::Item => self.items += 1,
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => self.hidden += 1,
            Tag::Table(_) => self.table = Some(self.table.map_or(0, |t| t + 1)),
            Tag::TableHead => (self.row, self.column) = (0, 0),
            Tag::TableRow => (self.row, self.column) = (self.row + 1, 0),
            Tag::TableCell => {
                let table = self.table.unwrap_or_default();
                self.place = Some(Place::Cell { table, row: self.row, column: self.column });
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Image => {
                let caption = self.captions.pop().unwrap_or_default();
                self.blocks.extend(caption.finish(Place::Caption));
            }
            TagEnd::Link | TagEnd::Strikethrough => {
                self.hidden -= usize::from(self.spans.pop().unwrap_or_default());
            }
            TagEnd::Strong | TagEnd::Superscript | TagEnd::Subscript => {}
            block => {
                self.flush();
                match block {
                    TagEnd::Item => self.items = self.items.saturating_sub(1),
                    TagEnd::BlockQuote(_) => self.quotes = self.quotes.saturating_sub(1),
                    TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {
                        self.hidden = self.hidden.saturating_sub(1);
                    }
                    TagEnd::TableCell => self.column += 1,
                    _ => {}
                }
            }
        }
    }

    fn open_span(&mut self, hidden: bool) {
        self.spans.push(hidden);
        self.hidden += usize::from(hidden);
    }

    /// Ends the block being read.
    fn flush(&mut self) {
        let running = std::mem::take(&mut self.running);
        let upright = std::mem::take(&mut self.upright);
        let place = self.place.take().unwrap_or(if self.items > 0 {
            Place::ListItem
        } else if !upright && self.quotes == 0 && self.headline == Headline::JustRead {
            Place::Standfirst
        } else {
            Place::Body
        });
        if let Some(block) = running.finish(place) {
            self.headline = match (place, self.headline) {
                (Place::Headline, _) => Headline::JustRead,
                (_, Headline::JustRead) => Headline::Read,
                (_, other) => other,
            };
            self.blocks.push(block);
        }
    }

    /// The blocks in the order in which they start: a caption stands inside the paragraph that has its image.
    fn finish(mut self) -> (Vec<Block>, Vec<Comment>) {
        self.flush();
        self.blocks.sort_by_key(|block| block.segments.first().map(|s| s.file));
        (self.blocks, self.comments)
    }
}
