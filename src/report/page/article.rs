//! Articles on the page: paragraphs in pieces, so that every figure and every place of a conflict can be marked.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use crate::claim::{Article, Claim};
use crate::document::{Document, Place};
use crate::report::escape::{one_line, visible, xml};
use crate::report::{Item, Span, reading};

/// How much of a paragraph is shown around a figure, in bytes on either side.
const AROUND: usize = 110;

/// A figure in its surroundings.
pub(super) struct Context {
    pub(super) before: String,
    pub(super) figure: String,
    pub(super) after: String,
}

/// A document on the page.
pub(super) struct DocumentView {
    pub(super) path: String,
    /// Which item of its file it is.
    pub(super) item: Option<String>,
    pub(super) blocks: Vec<BlockView>,
    pub(super) figures: usize,
    /// Whether a conflict has a place in it.
    pub(super) marked: bool,
}

/// A paragraph on the page.
pub(super) struct BlockView {
    /// The part it plays: a class of the style.
    pub(super) part: &'static str,
    pub(super) pieces: Vec<Piece>,
}

/// Text that stands in the same figures and conflicts from end to end.
#[derive(Default)]
pub(super) struct Piece {
    /// The text as HTML: escaped already, line ends and tabs too, so that no line of a draft begins a line of the page.
    pub(super) text: String,
    /// What the figure says, where it is one.
    pub(super) figure: Option<String>,
    /// The conflicts it takes part in, by number from 1, with a blank between them.
    pub(super) conflicts: String,
    /// The first of them.
    pub(super) first: Option<usize>,
    /// The anchors that begin here.
    pub(super) anchors: Vec<String>,
    /// The gravest of the conflicts.
    pub(super) severity: &'static str,
}

/// The name of a conflict's place.
pub(super) fn anchor(conflict: usize, place: usize) -> String {
    format!("f{}-{place}", conflict + 1)
}

/// Where a stretch of a block begins in the file.
struct Stretch {
    file: usize,
    len: usize,
    block: usize,
    text: usize,
}

/// What a stretch of a block is.
#[derive(Clone, Copy)]
enum Mark<'a> {
    Figure(&'a Claim),
    Conflict(usize, usize),
}

/// The marks of an article, by block.
type Marks<'a> = HashMap<usize, Vec<(Range<usize>, Mark<'a>)>>;

/// The articles of a report with the places of all conflicts in them.
pub(super) struct Articles<'a> {
    read: &'a [Article],
    items: &'a [Item],
    numbers: HashMap<*const Document, usize>,
    /// By article, in order of place in the file.
    stretches: Vec<Vec<Stretch>>,
    /// By article and block.
    marks: Vec<Marks<'a>>,
}

impl<'a> Articles<'a> {
    pub(super) fn new(articles: &'a [Article], items: &'a [Item]) -> Self {
        let numbers = articles.iter().enumerate().map(|(n, a)| (Arc::as_ptr(&a.document), n)).collect();
        let stretches = articles.iter().map(|article| stretches(&article.document)).collect();
        let mut all = Self { read: articles, items, numbers, stretches, marks: Vec::new() };
        all.marks = articles.iter().map(|_| HashMap::new()).collect();
        for (number, article) in articles.iter().enumerate() {
            for claim in article.claims.iter() {
                let mark = (claim.figure.span.clone(), Mark::Figure(claim));
                all.marks[number].entry(claim.block).or_default().push(mark);
            }
        }
        for (at, item) in items.iter().enumerate() {
            for (which, span) in item.spans.iter().enumerate() {
                if let Some((number, block, range)) = all.find(span) {
                    all.marks[number].entry(block).or_default().push((range, Mark::Conflict(at, which)));
                }
            }
        }
        all
    }

    /// The article, the block and the bytes in its text that a figure stands in.
    fn find(&self, span: &Span) -> Option<(usize, usize, Range<usize>)> {
        let number = *self.numbers.get(&Arc::as_ptr(&span.document))?;
        let stretches = &self.stretches[number];
        let last = |byte: usize, starts: bool| {
            let after = stretches.partition_point(|s| if starts { s.file <= byte } else { s.file < byte });
            stretches.get(after.checked_sub(1)?)
        };
        let start = last(span.range.start, true)?;
        let end = last(span.range.end, false)?;
        let inside = |s: &Stretch, byte: usize| s.text + (byte - s.file).min(s.len);
        let block = start.block;
        let text = &self.read[number].document.blocks[block].text;
        let from = inside(start, span.range.start);
        let to = if end.block == block { inside(end, span.range.end) } else { text.len() };
        (from < to && text.is_char_boundary(from) && text.is_char_boundary(to)).then_some((number, block, from..to))
    }

    /// A figure in its surroundings, and whether it is marked in an article on the page.
    pub(super) fn context(&self, span: &Span) -> (Context, bool) {
        match self.find(span) {
            Some((number, block, range)) => (around(&self.read[number].document.blocks[block].text, &range), true),
            None => (around(&span.document.source, &span.range), false),
        }
    }

    pub(super) fn documents(mut self) -> Vec<DocumentView> {
        let marks = std::mem::take(&mut self.marks);
        self.read.iter().zip(marks).map(|(article, marks)| self.document(article, marks)).collect()
    }

    fn document(&self, article: &Article, mut marks: Marks<'_>) -> DocumentView {
        let conflict = |(_, mark): &(Range<usize>, Mark<'_>)| matches!(mark, Mark::Conflict(..));
        let marked = marks.values().flatten().any(conflict);
        let blocks = article.document.blocks.iter().enumerate();
        DocumentView {
            path: one_line(&article.document.path),
            item: article.document.item.as_deref().map(one_line),
            figures: article.claims.len(),
            marked,
            blocks: blocks
                .map(|(number, block)| BlockView {
                    part: part(block.place),
                    pieces: self.pieces(&block.text, &marks.remove(&number).unwrap_or_default()),
                })
                .collect(),
        }
    }

    /// A paragraph cut wherever a figure or a place of a conflict begins or ends.
    fn pieces(&self, text: &str, marks: &[(Range<usize>, Mark<'_>)]) -> Vec<Piece> {
        // What begins and what ends at each cut, as indices into `marks`.
        let mut cuts: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        cuts.entry(0).or_default();
        for (at, (range, _)) in marks.iter().enumerate() {
            cuts.entry(range.start).or_default().0.push(at);
            cuts.entry(range.end).or_default().1.push(at);
        }
        let ends: Vec<usize> = cuts.keys().copied().skip(1).chain([text.len()]).collect();
        let mut open: Vec<usize> = Vec::new();
        let mut pieces = Vec::with_capacity(cuts.len());
        for ((start, (begins, finished)), end) in cuts.into_iter().zip(ends) {
            open.retain(|at| !finished.contains(at));
            open.extend(&begins);
            let Some(words) = text.get(start..end).filter(|words| !words.is_empty()) else { continue };
            pieces.push(self.piece(words, &open, &begins, marks));
        }
        pieces
    }

    fn piece(&self, text: &str, open: &[usize], begins: &[usize], marks: &[(Range<usize>, Mark<'_>)]) -> Piece {
        let mut piece = Piece { text: xml(text), ..Piece::default() };
        let mut numbers = Vec::new();
        for &at in open {
            match marks[at].1 {
                Mark::Figure(claim) => piece.figure = Some(told(claim)),
                Mark::Conflict(number, place) => {
                    numbers.push(number);
                    if begins.contains(&at) {
                        piece.anchors.push(anchor(number, place));
                    }
                }
            }
        }
        numbers.sort_unstable();
        numbers.dedup();
        piece.first = numbers.first().map(|n| n + 1);
        let gravest = numbers.iter().filter_map(|&n| self.items.get(n)).map(|item| item.severity).max();
        piece.severity = gravest.map_or("", crate::rule::Severity::name);
        piece.conflicts = numbers.iter().map(|n| (n + 1).to_string()).collect::<Vec<_>>().join(" ");
        piece
    }
}

/// What a figure is read as.
fn told(claim: &Claim) -> String {
    let mut told = reading(claim.quantity());
    if let Some(noun) = &claim.noun {
        told.push_str(" of ");
        told.push_str(noun);
    }
    if let Some(source) = &claim.source {
        told.push_str(", says ");
        told.push_str(source);
    }
    one_line(&told)
}

fn stretches(document: &Document) -> Vec<Stretch> {
    let of_block = document.blocks.iter().enumerate().flat_map(|(block, b)| {
        b.segments.iter().map(move |s| Stretch { file: s.file, len: s.len, block, text: s.text })
    });
    let mut stretches: Vec<Stretch> = of_block.collect();
    stretches.sort_by_key(|s| s.file);
    stretches
}

/// Some bytes of a text with what stands around them in their paragraph.
fn around(text: &str, range: &Range<usize>) -> Context {
    let mut start = range.start.saturating_sub(AROUND);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let mut end = (range.end + AROUND).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let slice = |range: Range<usize>| text.get(range).unwrap_or_default();
    let before = slice(start..range.start);
    let before = before.rfind('\n').map_or(before, |at| &before[at + 1..]);
    let after = slice(range.end..end);
    let after = after.find('\n').map_or(after, |at| &after[..at]);
    // A word that is cut is left out.
    let whole_before = if start > 0 && before.len() == range.start - start {
        before.split_once(' ').map_or(before.to_owned(), |(_, rest)| format!("… {rest}"))
    } else {
        before.to_owned()
    };
    let whole_after = if end < text.len() && after.len() == end - range.end {
        after.rsplit_once(' ').map_or(after.to_owned(), |(rest, _)| format!("{rest} …"))
    } else {
        after.to_owned()
    };
    // The blanks at the ends part the words from the figure.
    let flat = |text: &str| visible(text).replace(['\t', '\r', '\n'], " ");
    Context { before: flat(&whole_before), figure: one_line(slice(range.clone())), after: flat(&whole_after) }
}

/// The class of a block.
fn part(place: Place) -> &'static str {
    match place {
        Place::Headline => "headline",
        Place::Standfirst => "standfirst",
        Place::Caption => "caption",
        Place::Heading => "heading",
        Place::Body => "body",
        Place::ListItem => "item",
        Place::Cell { column: 0, .. } => "cell first",
        Place::Cell { .. } => "cell",
    }
}
