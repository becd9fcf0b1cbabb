//! Plain text: paragraphs with a blank line between them, or one a line.

use crate::document::{
    BYTE_ORDER_MARK, Block, Document, File, Format, Mapped, Options, Place, Read, ReadError, Running,
};

/// Plain text, and what has no known extension.
pub const FORMAT: Format =
    Format { name: "text", extensions: &["txt", "text"], shared: &[], fits: |_| false, read: Read::Text(read) };

/// A line of more bytes than this was not broken by hand: no newsroom wraps its text so wide.
const WRAPPED: usize = 120;

#[allow(clippy::unnecessary_wraps)] // Other readers can fail.
fn read(file: &File, _: &Options) -> Result<Vec<Document>, ReadError> {
    let start = if file.source.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    let blocks = paragraphs(&Mapped::part(&file.source, start..file.source.len()));
    Ok(vec![file.document(blocks, None)])
}

/// The paragraphs of a text.
pub(crate) fn paragraphs(text: &Mapped<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut paragraph: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    for line in text.text().split_inclusive('\n') {
        let words = line.trim();
        if words.is_empty() {
            finish(text, &paragraph, &mut blocks);
            paragraph.clear();
        } else {
            paragraph.push((at + line.len() - line.trim_start().len(), words));
        }
        at += line.len();
    }
    finish(text, &paragraph, &mut blocks);
    blocks
}

/// Makes one block of lines that stand together, or one of each where every line is a paragraph.
fn finish(text: &Mapped<'_>, lines: &[(usize, &str)], blocks: &mut Vec<Block>) {
    let separate = lines.iter().any(|(_, line)| line.len() > WRAPPED)
        && 2 * lines.iter().filter(|(_, line)| ends_sentence(line)).count() >= lines.len();
    let mut running = Running::default();
    for &(start, line) in lines {
        if separate {
            blocks.extend(std::mem::take(&mut running).finish(Place::Body));
        }
        running.gap('\n');
        running.take(text, start..start + line.len());
    }
    blocks.extend(running.finish(Place::Body));
}

/// Whether a line ends as a sentence does, closing quotes and brackets aside.
fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', ')', ']', '»']).ends_with(['.', '!', '?', '…', ':'])
}
