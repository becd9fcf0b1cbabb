//! Plain text: paragraphs with a blank line between them, or one a line.

use crate::document::{BYTE_ORDER_MARK, Block, Document, Format, Place, Running};

/// Plain text, and what has no known extension.
pub const FORMAT: Format = Format { name: "text", extensions: &["txt", "text"], read };

/// A line of more bytes than this was not broken by hand: no newsroom wraps its text so wide.
const WRAPPED: usize = 120;

fn read(path: &str, source: String) -> Document {
    let mut blocks = Vec::new();
    let mut paragraph: Vec<(usize, &str)> = Vec::new();
    let mut at = if source.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    for line in source[at..].split_inclusive('\n') {
        let text = line.trim();
        if text.is_empty() {
            finish(&source, &paragraph, &mut blocks);
            paragraph.clear();
        } else {
            paragraph.push((at + line.len() - line.trim_start().len(), text));
        }
        at += line.len();
    }
    finish(&source, &paragraph, &mut blocks);
    Document::new(path, source, blocks, None)
}

/// Makes one block of lines that stand together, or one of each where every line is a paragraph.
fn finish(source: &str, lines: &[(usize, &str)], blocks: &mut Vec<Block>) {
    let separate = lines.iter().any(|(_, line)| line.len() > WRAPPED)
        && 2 * lines.iter().filter(|(_, line)| ends_sentence(line)).count() >= lines.len();
    let mut running = Running::default();
    for &(start, line) in lines {
        if separate {
            blocks.extend(std::mem::take(&mut running).finish(Place::Body));
        }
        running.gap('\n');
        running.copy(source, start..start + line.len());
    }
    blocks.extend(running.finish(Place::Body));
}

/// Whether a line ends as a sentence does, closing quotes and brackets aside.
fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', ')', ']', '»']).ends_with(['.', '!', '?', '…', ':'])
}
