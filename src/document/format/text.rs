//! Plain text: paragraphs with a blank line between them, or one a line.

use std::ops::Range;

use crate::document::quiet::Comment;
use crate::document::{
    BYTE_ORDER_MARK, Block, Document, File, Format, Mapped, Options, Place, Read, ReadError, Running,
};

/// Plain text, and what has no known extension.
pub const FORMAT: Format =
    Format { name: "text", extensions: &["txt", "text"], shared: &[], fits: |_| false, read: Read::Text(read) };

/// A line of more bytes than this was not broken by hand: no newsroom wraps its text so wide.
const WRAPPED: usize = 120;

/// What is read of a plain text.
#[derive(Debug, Default)]
pub(crate) struct Prose {
    /// Its paragraphs.
    pub(crate) blocks: Vec<Block>,
    /// The comments to crossfoot among them: they are no prose.
    pub(crate) comments: Vec<Comment>,
}

#[allow(clippy::unnecessary_wraps)] // Other readers can fail.
fn read(file: &File, _: &Options) -> Result<Vec<Document>, ReadError> {
    let start = if file.source.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    let Prose { blocks, comments } = prose(&Mapped::part(&file.source, start..file.source.len()));
    Ok(vec![Document { comments, ..file.document(blocks, None) }])
}

/// A line without its comments: pieces of the text, with no white space at either end.
type Line = Vec<Range<usize>>;

/// The paragraphs of a text, and the comments to crossfoot.
pub(crate) fn prose(text: &Mapped<'_>) -> Prose {
    let mut prose = Prose::default();
    let mut paragraph: Vec<Line> = Vec::new();
    let mut at = 0;
    for line in text.text().split_inclusive('\n') {
        let known = prose.comments.len();
        let pieces = uncommented(text, at..at + line.len(), &mut prose.comments);
        if !pieces.is_empty() {
            paragraph.push(pieces);
        } else if prose.comments.len() == known {
            finish(text, &paragraph, &mut prose.blocks);
            paragraph.clear();
        }
        at += line.len();
    }
    finish(text, &paragraph, &mut prose.blocks);
    prose
}

/// What is left of a line when comments to crossfoot are taken out.
fn uncommented(text: &Mapped<'_>, line: Range<usize>, comments: &mut Vec<Comment>) -> Line {
    let mut pieces = Line::new();
    let mut from = line.start;
    let mut at = line.start;
    while let Some(open) = text.text()[at..line.end].find("<!--").map(|i| at + i) {
        let Some(close) = text.text()[open..line.end].find("-->").map(|i| open + i + "-->".len()) else { break };
        at = close;
        if let Some(comment) = Comment::new(&text.text()[open..close], text.in_file(open..close)) {
            comments.push(comment);
            pieces.extend(trimmed(text.text(), from..open));
            from = close;
        }
    }
    pieces.extend(trimmed(text.text(), from..line.end));
    pieces
}

/// A stretch without the white space around it; none where there is nothing else.
fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let words = text[range.clone()].trim_start();
    let start = range.end - words.len();
    (!words.is_empty()).then(|| start..start + words.trim_end().len())
}

/// Makes one block of lines that stand together, or one of each where every line is a paragraph.
fn finish(text: &Mapped<'_>, lines: &[Line], blocks: &mut Vec<Block>) {
    let length = |line: &Line| line.last().map_or(0, |l| l.end) - line.first().map_or(0, |f| f.start);
    let ended = |line: &&Line| line.last().is_some_and(|last| ends_sentence(&text.text()[last.clone()]));
    let separate =
        lines.iter().any(|line| length(line) > WRAPPED) && 2 * lines.iter().filter(ended).count() >= lines.len();
    let mut running = Running::default();
    for line in lines {
        if separate {
            blocks.extend(std::mem::take(&mut running).finish(Place::Body));
        }
        running.gap('\n');
        for piece in line {
            running.gap(' ');
            running.take(text, piece.clone());
        }
    }
    blocks.extend(running.finish(Place::Body));
}

/// Whether a line ends as a sentence does, closing quotes and brackets aside.
fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', ')', ']', '»']).ends_with(['.', '!', '?', '…', ':'])
}
