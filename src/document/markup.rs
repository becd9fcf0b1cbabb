//! HTML, and XML for articles (XHTML, NITF): the article in it, without navigation, scripts and the like.

use std::collections::HashMap;
use std::ops::Range;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{HtmlString, StartTag, Token, Tokenizer};
use jiff::civil::Date;

use super::quiet::Comment;
use super::{Block, File, Mapped, Place, ReadError, Running, iso_day};

/// What was read.
#[derive(Debug, Default)]
pub(crate) struct Markup {
    /// The prose.
    pub(crate) blocks: Vec<Block>,
    /// Comments to crossfoot.
    pub(crate) comments: Vec<Comment>,
    /// The day of publication.
    pub(crate) date: Option<Date>,
}

/// What an element does to the text in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// Nothing: it marks words within a block.
    Inline,
    /// Its text is a block, or blocks, of its own.
    Block(Option<Place>),
    /// The first is the headline, others are headings.
    TopHeading,
    /// A page's own header: no part of the article unless it stands in one.
    Header,
    Article,
    Main,
    Table,
    Row,
    Cell,
    /// It is no prose.
    Hidden,
    /// It is no prose, but it parts the words around it.
    Gap,
}

/// What the elements of HTML and NITF do; all others mark words within a block.
fn effect(name: &str) -> Effect {
    match name {
        "h1" | "hl1" => Effect::TopHeading,
        "h2" | "h3" | "h4" | "h5" | "h6" => Effect::Block(Some(Place::Heading)),
        "hl2" | "hl3" | "hl4" | "hl5" | "abstract" => Effect::Block(Some(Place::Standfirst)),
        "figcaption" | "caption" | "media-caption" => Effect::Block(Some(Place::Caption)),
        "li" | "dd" | "dt" => Effect::Block(Some(Place::ListItem)),
        "p" | "div" | "section" | "ul" | "ol" | "dl" | "blockquote" | "bq" | "figure" | "body" | "html" | "hr"
        | "pre" | "address" | "hgroup" | "details" | "summary" | "fieldset" | "center" | "body.head"
        | "body.content" | "body.end" | "block" | "hedline" | "byline" | "dateline" | "media" | "tagline" | "thead"
        | "tbody" | "tfoot" => Effect::Block(None),
        "header" => Effect::Header,
        "article" => Effect::Article,
        "main" => Effect::Main,
        "table" => Effect::Table,
        "tr" => Effect::Row,
        "td" | "th" => Effect::Cell,
        "script" | "style" | "noscript" | "template" | "nav" | "aside" | "footer" | "form" | "button" | "select"
        | "textarea" | "svg" | "math" | "iframe" | "object" | "video" | "audio" | "canvas" | "head" | "title"
        | "del" | "s" | "strike" | "dialog" | "menu" | "media-metadata" | "media-producer" | "docdata" => {
            Effect::Hidden
        }
        "code" | "kbd" | "samp" | "img" | "input" | "wbr" => Effect::Gap,
        _ => Effect::Inline,
    }
}

/// Elements that have no end tag.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Words in a class that make its element the standfirst.
const STANDFIRST: [&str; 5] = ["standfirst", "dek", "subheadline", "article-summary", "lede-summary"];

/// Reads markup that stands in a file. `xml` says that an element written `<x/>` has ended; elements that are more than marks
/// within a block stand no deeper in one another than `deepest`.
pub(crate) fn read(file: &File, text: &Mapped<'_>, xml: bool, deepest: usize) -> Result<Markup, ReadError> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut reading = Reading { text, xml, ..Reading::new(text) };
    // Text is what stands between two tags: the tokens of text have their entities undone already.
    let mut at = 0;
    for token in Tokenizer::new_with_emitter(text.text(), emitter).flatten() {
        let span = match &token {
            Token::StartTag(tag) => tag.span,
            Token::EndTag(tag) => tag.span,
            Token::Comment(comment) => comment.span,
            Token::Doctype(doctype) => doctype.span,
            Token::String(_) | Token::Error(_) => continue,
        };
        reading.characters(at..span.start.max(at));
        match token {
            Token::StartTag(tag) => {
                reading.start(&tag);
                if reading.outer.len() > deepest {
                    return Err(file.too_deep(text.in_file(span.start..span.end).start, deepest));
                }
            }
            Token::EndTag(tag) => reading.end(&name_of(&tag.name)),
            Token::Comment(_) => {
                let comment = text.text().get(span.start..span.end).unwrap_or_default();
                reading.comments.extend(Comment::new(comment, text.in_file(span.start..span.end)));
            }
            _ => {}
        }
        at = span.end.max(at);
    }
    reading.characters(at..text.text().len());
    Ok(reading.finish())
}

/// An element's name without a prefix.
fn name_of(name: &HtmlString) -> String {
    let name = String::from_utf8_lossy(name);
    name.rsplit(':').next().unwrap_or_default().to_owned()
}

/// An element that has begun.
struct Open {
    name: String,
    effect: Effect,
    hidden: bool,
}

/// A block, and the parts of the page that it stands in.
struct Found {
    block: Block,
    article: Option<usize>,
    main: bool,
    header: bool,
}

#[allow(clippy::struct_excessive_bools)] // Each is asked for on its own.
struct Reading<'a, 'b> {
    text: &'a Mapped<'b>,
    xml: bool,
    running: Running,
    found: Vec<Found>,
    comments: Vec<Comment>,
    open: Vec<Open>,
    /// Which of them are more than marks within a block.
    outer: Vec<usize>,
    /// How many elements of each name are open: an end tag without its start changes nothing.
    names: HashMap<String, usize>,
    /// The part that text plays in the open elements, the innermost last.
    places: Vec<Option<Place>>,
    hidden: usize,
    headers: usize,
    mains: usize,
    /// How many articles have begun, and how many are open.
    articles: usize,
    open_articles: usize,
    /// Open tables: number, row, column.
    tables: Vec<(usize, Option<usize>, usize)>,
    all_tables: usize,
    headline: bool,
    /// Whether a paragraph has been read.
    begun: bool,
    broken: bool,
    date: Option<Date>,
    likely_date: Option<Date>,
}

impl<'a, 'b> Reading<'a, 'b> {
    fn new(text: &'a Mapped<'b>) -> Self {
        Self {
            text,
            xml: false,
            running: Running::default(),
            found: Vec::new(),
            comments: Vec::new(),
            open: Vec::new(),
            outer: Vec::new(),
            names: HashMap::new(),
            places: Vec::new(),
            hidden: 0,
            headers: 0,
            mains: 0,
            articles: 0,
            open_articles: 0,
            tables: Vec::new(),
            all_tables: 0,
            headline: false,
            begun: false,
            broken: false,
            date: None,
            likely_date: None,
        }
    }

    /// Text as it stands, with white space folded and entities undone.
    fn characters(&mut self, range: Range<usize>) {
        if self.hidden > 0 {
            return;
        }
        let text = self.text;
        let raw = text.text().get(range.clone()).unwrap_or_default();
        let mut at = 0;
        while at < raw.len() {
            let rest = &raw[at..];
            let blank = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_whitespace()).len();
            let here = range.start + at;
            if blank > 0 {
                if rest.starts_with(' ') && blank == 1 && !self.running.is_empty() && !self.running.ends_blank() {
                    self.running.take(text, here..here + 1);
                } else {
                    self.running.gap(' ');
                }
                at += blank;
            } else if let Some(length) = entity(rest) {
                match &*htmlize::unescape(&rest[..length]) {
                    same if same == &rest[..length] => self.running.take(text, here..here + length),
                    other => self.running.replace(other, text.in_file(here..here + length)),
                }
                self.broken = false;
                at += length;
            } else {
                let stop = |c: char| c == '&' || c.is_ascii_whitespace();
                let end = rest.char_indices().skip(1).find(|&(_, c)| stop(c)).map_or(rest.len(), |(i, _)| i);
                self.running.take(text, here..here + end);
                self.broken = false;
                at += end;
            }
        }
    }

    fn start(&mut self, tag: &StartTag<usize>) {
        let name = name_of(&tag.name);
        let value = |key: &str| tag.attributes.get(key.as_bytes()).map(|v| String::from_utf8_lossy(v).into_owned());
        match name.as_str() {
            "meta" => return self.meta(&value),
            "time" => self.time(&value),
            "br" => return self.line_break(),
            _ => {}
        }
        let mut effect = effect(&name);
        let class = value("class").unwrap_or_default();
        if matches!(effect, Effect::Block(_)) && class.split_whitespace().any(|c| STANDFIRST.contains(&c)) {
            effect = Effect::Block(Some(Place::Standfirst));
        }
        let off = value("hidden").is_some() || value("aria-hidden").is_some_and(|v| v == "true");
        let hidden = effect == Effect::Hidden || effect == Effect::Gap || off;
        if effect != Effect::Inline && effect != Effect::Gap {
            // A paragraph, item or cell ends where the next one begins, whether or not its end is marked.
            self.flush();
            if matches!(name.as_str(), "p" | "li" | "dt" | "dd" | "td" | "th" | "tr") {
                self.close_unclosed(&name);
            }
        } else if effect == Effect::Gap {
            self.gap(' ');
        }
        let ended = if self.xml { tag.self_closing } else { is_void(&name) };
        if ended || is_void(&name) {
            return;
        }
        let place = self.enter(effect);
        self.places.push(place);
        self.hidden += usize::from(hidden);
        *self.names.entry(name.clone()).or_default() += 1;
        if effect != Effect::Inline {
            self.outer.push(self.open.len());
        }
        self.open.push(Open { name, effect, hidden });
    }

    /// What an element's start changes, and the part that its text plays.
    fn enter(&mut self, effect: Effect) -> Option<Place> {
        let outer = self.places.last().copied().flatten();
        match effect {
            Effect::Block(place) => place.or(outer),
            Effect::TopHeading => {
                let first = !self.headline && self.hidden == 0;
                self.headline |= first;
                Some(if first { Place::Headline } else { Place::Heading })
            }
            Effect::Header => {
                self.headers += 1;
                outer
            }
            Effect::Article => {
                self.articles += usize::from(self.open_articles == 0);
                self.open_articles += 1;
                outer
            }
            Effect::Main => {
                self.mains += 1;
                outer
            }
            Effect::Table => {
                self.tables.push((self.all_tables, None, 0));
                self.all_tables += 1;
                None
            }
            Effect::Row => {
                if let Some((_, row, column)) = self.tables.last_mut() {
                    (*row, *column) = (Some(row.map_or(0, |r| r + 1)), 0);
                }
                None
            }
            Effect::Cell => self.tables.last_mut().map(|(table, row, column)| {
                *column += 1;
                Place::Cell { table: *table, row: row.unwrap_or_default(), column: *column - 1 }
            }),
            Effect::Inline | Effect::Hidden | Effect::Gap => outer,
        }
    }

    fn end(&mut self, name: &str) {
        if name == "br" {
            return self.line_break();
        }
        if self.names.get(name).is_none_or(|n| *n == 0) {
            return;
        }
        while let Some(open) = self.close() {
            if open == name {
                break;
            }
        }
    }

    /// Ends the innermost element.
    fn close(&mut self) -> Option<String> {
        let last = self.open.last()?;
        let (effect, hidden) = (last.effect, last.hidden);
        if effect != Effect::Inline && effect != Effect::Gap {
            self.flush();
        }
        self.places.pop();
        self.hidden -= usize::from(hidden);
        match effect {
            Effect::Header => self.headers -= 1,
            Effect::Article => self.open_articles -= 1,
            Effect::Main => self.mains -= 1,
            Effect::Table => {
                self.tables.pop();
            }
            _ => {}
        }
        let open = self.open.pop()?;
        if effect != Effect::Inline {
            self.outer.pop();
        }
        if let Some(count) = self.names.get_mut(&open.name) {
            *count = count.saturating_sub(1);
        }
        Some(open.name)
    }

    /// Ends an element of the name that is still open among inline ones.
    fn close_unclosed(&mut self, name: &str) {
        let closes = |open: &Open| {
            let pair = |one, other| name == one && open.name == other || name == other && open.name == one;
            open.name == name || pair("td", "th") || pair("dt", "dd")
        };
        if let Some(&at) = self.outer.last() {
            // A row ends its last cell too.
            let ends_row = name == "tr" && matches!(self.open[at].name.as_str(), "td" | "th");
            if closes(&self.open[at]) || ends_row {
                while self.open.len() > at {
                    self.close();
                }
                if ends_row {
                    self.close_unclosed(name);
                }
            }
        }
    }

    fn gap(&mut self, space: char) {
        if self.hidden == 0 {
            self.running.gap(space);
        }
    }

    /// One break parts lines, two part paragraphs.
    fn line_break(&mut self) {
        if std::mem::replace(&mut self.broken, true) {
            self.flush();
        } else {
            self.gap('\n');
        }
    }

    fn meta(&mut self, value: &impl Fn(&str) -> Option<String>) {
        let key = ["property", "name", "itemprop"].into_iter().find_map(value).unwrap_or_default().to_lowercase();
        if matches!(
            key.as_str(),
            "article:published_time" | "datepublished" | "dc.date" | "dc.date.issued" | "date" | "pubdate"
        ) {
            self.date = self.date.or_else(|| value("content").as_deref().and_then(iso_day));
        }
    }

    fn time(&mut self, value: &impl Fn(&str) -> Option<String>) {
        let date = value("datetime").as_deref().and_then(iso_day);
        if value("pubdate").is_some() || value("itemprop").is_some_and(|v| v == "datePublished") {
            self.date = self.date.or(date);
        } else if !self.begun && self.running.is_empty() {
            // A time above the text is the article's own; one inside it may be of anything.
            self.likely_date = self.likely_date.or(date);
        }
    }

    /// Ends the block being read.
    fn flush(&mut self) {
        self.broken = false;
        let running = std::mem::take(&mut self.running);
        let place = self.places.last().copied().flatten().unwrap_or(Place::Body);
        if let Some(block) = running.finish(place) {
            self.begun |= place == Place::Body;
            self.found.push(Found {
                block,
                article: (self.open_articles > 0).then_some(self.articles),
                main: self.mains > 0,
                header: self.headers > 0 && self.open_articles == 0,
            });
        }
    }

    /// The blocks of the article: those of the longest `article`, else of `main`, else all but the page's header. The
    /// headline may stand above it.
    fn finish(mut self) -> Markup {
        self.flush();
        let mut lengths: HashMap<usize, usize> = HashMap::new();
        for found in &self.found {
            if let Some(article) = found.article {
                *lengths.entry(article).or_default() += found.block.text.len();
            }
        }
        let longest = lengths.into_iter().max_by_key(|&(number, length)| (length, std::cmp::Reverse(number)));
        let main = self.found.iter().any(|f| f.main);
        let wanted = |found: &Found| match longest {
            Some((article, _)) => found.article == Some(article),
            None if main => found.main,
            None => !found.header,
        };
        let own = self.found.iter().any(|f| wanted(f) && f.block.place == Place::Headline);
        let blocks = self
            .found
            .into_iter()
            .filter(|f| wanted(f) || !own && f.block.place == Place::Headline && f.article.is_none());
        let blocks: Vec<Block> = blocks.map(|f| f.block).collect();
        Markup { blocks, comments: self.comments, date: self.date.or(self.likely_date) }
    }
}

/// How many bytes of a text that starts with `&` may be an entity.
fn entity(text: &str) -> Option<usize> {
    /// The longest name of an entity, and room for a number.
    const LONGEST: usize = 34;
    let rest = text.strip_prefix('&')?;
    let name = rest.bytes().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    Some(1 + name + usize::from(rest.as_bytes().get(name) == Some(&b';')))
}
