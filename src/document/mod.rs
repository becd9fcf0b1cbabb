//! Documents: what is prose in a file, what part it plays, and where in the file every byte of it stands.

mod block;
mod encoding;
mod file;
mod json;
#[cfg(feature = "html")]
mod markup;
#[cfg(feature = "docx")]
pub(crate) mod packed;
pub mod quiet;
mod running;
#[cfg(feature = "docx")]
pub(crate) mod wordml;
#[cfg(any(feature = "docx", feature = "feeds"))]
pub(crate) mod xml;

use std::ops::Range;
use std::sync::Arc;

pub use block::{Block, Place, Segment};
pub use file::Coding;
pub(crate) use running::{Mapped, Running};

use file::Places;
use quiet::Comment;

mod format {
    include!(concat!(env!("OUT_DIR"), "/document_formats.rs"));
}

/// The largest file that is read unless another limit is asked for, in bytes; also the most that a part of a Word document may unpack to.
pub const LARGEST: usize = 64 << 20;

/// How deep elements may stand in one another unless another limit is asked for.
pub const DEEPEST: usize = 256;

/// How many times as large as it is packed a part of a Word document may be unless another limit is asked for. Office's own
/// documents stay below 30, tables of one row over and over below 100.
pub const RATIO: usize = 200;

/// A file format: one file in `src/document/format/`, found by the build, and left out of it where the feature is off that
/// the file asks for with `#![cfg(feature = "...")]`.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its name.
    pub name: &'static str,
    /// The file extensions that tell it, in lower case without the dot: files that a folder is searched for.
    pub extensions: &'static [&'static str],
    /// Extensions that it shares with other kinds of files: read where the file is named and its text fits.
    pub shared: &'static [&'static str],
    /// Whether a text of one of the shared extensions is of this format.
    pub fits: fn(&str) -> bool,
    /// How it is read.
    pub read: Read,
}

/// A format that this build leaves out.
#[derive(Debug, Clone, Copy)]
struct LeftOut {
    name: &'static str,
    /// The feature that would build it in.
    feature: &'static str,
    /// The extensions that tell it, alone or with others.
    extensions: &'static [&'static [&'static str]],
}

/// What a format's reader gives.
pub type Documents = Result<Vec<Document>, ReadError>;

/// What a format's reader is given.
#[derive(Debug, Clone, Copy)]
pub enum Read {
    /// The file's text.
    Text(fn(&File, &Options) -> Documents),
    /// The file's bytes; the path is kept for reports.
    Bytes(fn(&str, &[u8], &Options) -> Documents),
}

/// What a reader is told besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The field of JSON Lines that holds the text.
    pub text_field: String,
    /// The largest file that is read, and the largest part of a Word document, in bytes.
    pub largest: usize,
    /// How deep elements of XML, and the blocks of HTML and Markdown, may stand in one another.
    pub deepest: usize,
    /// How many times as large as it is packed a part of a Word document may be.
    pub ratio: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { text_field: "text".to_owned(), largest: LARGEST, deepest: DEEPEST, ratio: RATIO }
    }
}

/// The byte order mark that some editors write before UTF-8 text. It is no part of the prose.
pub(crate) const BYTE_ORDER_MARK: char = '\u{feff}';

/// Why a file is no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// It holds a NUL byte: no text.
    #[error("line {line}, column {column}: a NUL byte (byte {offset}); the file is binary")]
    Binary {
        /// The first NUL.
        offset: usize,
        /// Its line, from 1.
        line: usize,
        /// Its column in characters, from 1.
        column: usize,
    },
    /// It is not UTF-8.
    #[error("line {line}, column {column}: not UTF-8 (byte {offset})")]
    NotUtf8 {
        /// The first byte that is none.
        offset: usize,
        /// Its line, from 1.
        line: usize,
        /// Its column in characters, from 1.
        column: usize,
    },
    /// It is in an encoding of several bytes a character.
    #[error("the encoding {0} is not read; save the file as UTF-8")]
    Encoding(&'static str),
    /// It is larger than is read.
    #[error("{what} is larger than {} MiB (`file-size` in [limits])", largest >> 20)]
    TooLarge {
        /// The file, or the part of it.
        what: String,
        /// How many bytes it may have.
        largest: usize,
    },
    /// A part of it is packed more tightly than honest text is.
    #[cfg(feature = "docx")]
    #[error("{part} is more than {ratio} times as large as it is packed (`archive-ratio` in [limits])")]
    TooTight {
        /// The part.
        part: String,
        /// How many times as large as it is packed it may be.
        ratio: usize,
    },
    /// Its elements stand deeper in one another than is read.
    #[error(
        "line {line}, column {column}: elements stand more than {deepest} deep in one another (`nesting` in [limits])"
    )]
    TooDeep {
        /// How deep they may.
        deepest: usize,
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
    },
    /// It breaks its format's rules.
    #[error("line {line}, column {column}: {message}")]
    Broken {
        /// What is wrong.
        message: String,
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
    },
    /// It is of a format that this build leaves out.
    #[error("{format} is left out of this build; crossfoot's feature {feature:?} has it")]
    LeftOut {
        /// The format's name.
        format: &'static str,
        /// The feature of the crate that would build it in.
        feature: &'static str,
    },
    /// It is of no format that is read.
    #[error("{0}")]
    Unknown(String),
}

/// A file's text, shared by the documents in it.
#[derive(Debug, Clone)]
pub struct File {
    /// The path as the user gave it; `-` for standard input.
    pub path: String,
    /// The whole text.
    pub source: Arc<str>,
    unit: Unit,
    places: Arc<Places>,
}

/// What a place in a document is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Bytes and lines of the file.
    Byte,
    /// Paragraphs, and characters in them: the file itself is no text. The document's text has a line a paragraph.
    Paragraph,
}

impl File {
    /// A file of a text.
    pub fn new(path: impl Into<String>, source: String, coding: Coding) -> Self {
        let places = Arc::new(Places::new(&source, coding));
        Self { path: path.into(), source: source.into(), unit: Unit::Byte, places }
    }

    /// A file that is no text; its paragraphs are the text's lines.
    #[cfg(feature = "docx")]
    pub(crate) fn of_paragraphs(path: &str, text: String) -> Self {
        Self { unit: Unit::Paragraph, ..Self::new(path, text, Coding::Utf8) }
    }

    /// A document of blocks that a format's reader has found.
    pub fn document(&self, blocks: Vec<Block>, date: Option<jiff::civil::Date>) -> Document {
        Document {
            path: self.path.clone(),
            item: None,
            source: Arc::clone(&self.source),
            blocks,
            date,
            comments: Vec::new(),
            unit: self.unit,
            places: Arc::clone(&self.places),
        }
    }

    /// Line and column of a byte, both from 1.
    pub(crate) fn line_column(&self, offset: usize) -> (usize, usize) {
        self.places.line_column(&self.source, offset)
    }

    /// An element at a byte that stands deeper in others than is read.
    #[cfg(any(feature = "docx", feature = "feeds", feature = "html", feature = "markdown"))]
    pub(crate) fn too_deep(&self, offset: usize, deepest: usize) -> ReadError {
        let (line, column) = self.line_column(offset);
        ReadError::TooDeep { deepest, line, column }
    }

    /// A mistake at a byte.
    pub(crate) fn broken(&self, offset: usize, message: impl Into<String>) -> ReadError {
        let (line, column) = self.line_column(offset);
        ReadError::Broken { message: message.into(), line, column }
    }
}

/// The formats, by name.
pub fn formats() -> &'static [Format] {
    format::FORMATS
}

/// The day of a date in ISO 8601, with or without a time.
pub(crate) fn iso_day(text: &str) -> Option<jiff::civil::Date> {
    text.trim().get(..10).and_then(|day| day.parse().ok())
}

fn extension(path: &str) -> Option<String> {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase())
}

/// The format of a path, where its extension alone tells it.
pub fn format_of(path: &str) -> Option<&'static Format> {
    let extension = extension(path)?;
    format::FORMATS.iter().find(|f| f.extensions.contains(&extension.as_str()))
}

/// Why a path is not read, where all formats that share its extension are left out of this build.
fn left_out(path: &str) -> Option<ReadError> {
    let extension = extension(path)?;
    let has = |all: &[&str]| all.contains(&extension.as_str());
    if format::FORMATS.iter().any(|f| has(f.extensions) || has(f.shared)) {
        return None;
    }
    let left = format::LEFT_OUT.iter().find(|f| f.extensions.iter().any(|all| has(all)))?;
    Some(ReadError::LeftOut { format: left.name, feature: left.feature })
}

/// Reads a file of one document. Of a feed, the first item.
pub fn read(path: &str, bytes: Vec<u8>) -> Result<Document, ReadError> {
    let documents = read_all(path, path, bytes, &Options::default())?;
    Ok(documents.into_iter().next().unwrap_or_else(|| Document::new(path, String::new(), Vec::new(), None)))
}

/// Reads the documents of a file's bytes, in the format that a name tells; text where it tells none, Markdown for `-`.
pub fn read_all(path: &str, name: &str, bytes: Vec<u8>, options: &Options) -> Result<Vec<Document>, ReadError> {
    if bytes.len() > options.largest {
        return Err(ReadError::TooLarge { what: "the file".to_owned(), largest: options.largest });
    }
    let name = if name == "-" { "-.md" } else { name };
    if let Some(error) = left_out(name) {
        return Err(error);
    }
    let format = format_of(name);
    if let Some(Read::Bytes(read)) = format.map(|f| f.read) {
        return read(path, &bytes, options);
    }
    let (source, coding) = encoding::decode(bytes)?;
    let file = File::new(path, source, coding);
    let format = match format {
        Some(format) => Some(format),
        None => sniffed(name, &file.source)?.or_else(|| format_of("-.txt")),
    };
    match format.map(|f| f.read) {
        Some(Read::Text(read)) => read(&file, options),
        _ => Ok(vec![file.document(Vec::new(), None)]),
    }
}

/// The format of a text whose extension several share; none where the extension is no format's.
fn sniffed(name: &str, text: &str) -> Result<Option<&'static Format>, ReadError> {
    let Some(extension) = extension(name) else { return Ok(None) };
    let mut sharing = format::FORMATS.iter().filter(|f| f.shared.contains(&extension.as_str())).peekable();
    if sharing.peek().is_none() {
        return Ok(None);
    }
    let names: Vec<&str> = sharing.clone().map(|f| f.name).collect();
    let fitting = sharing.find(|f| (f.fits)(text));
    fitting.map(Some).ok_or_else(|| ReadError::Unknown(format!("this .{extension} file is not {}", names.join(" or "))))
}

/// A file's prose, or that of one item of it, with the file itself.
#[derive(Debug, Clone)]
pub struct Document {
    /// The path as the user gave it; `-` for standard input.
    pub path: String,
    /// Which item of the file it is, where the file has several.
    pub item: Option<String>,
    /// The whole file as text.
    pub source: Arc<str>,
    /// The prose, in order.
    pub blocks: Vec<Block>,
    /// The date in force, where the file states one.
    pub date: Option<jiff::civil::Date>,
    /// The comments that speak to crossfoot, in order.
    pub comments: Vec<Comment>,
    unit: Unit,
    places: Arc<Places>,
}

impl Document {
    /// A document of blocks that a format's reader has found.
    pub fn new(path: impl Into<String>, source: String, blocks: Vec<Block>, date: Option<jiff::civil::Date>) -> Self {
        File::new(path, source, Coding::Utf8).document(blocks, date)
    }

    /// Line and column of a byte of the text, both from 1; columns count characters, a byte order mark not among them.
    /// A byte inside a character stands where the character does, one past the end at the end.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        self.places.line_column(&self.source, offset)
    }

    /// The column of a byte in bytes of UTF-8, from 1.
    pub fn byte_column(&self, offset: usize) -> usize {
        offset - self.places.line(offset).1 + 1
    }

    /// Where some bytes of the text stand in the file as it is on disk.
    pub fn on_disk(&self, range: Range<usize>) -> Range<usize> {
        self.places.on_disk(&self.source, range)
    }

    /// What its places are counted in.
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// A stretch of the text.
    pub fn slice(&self, span: Range<usize>) -> &str {
        self.source.get(span).unwrap_or_default()
    }
}
