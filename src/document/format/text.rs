//! Plain text: paragraphs, one a line or parted by blank lines.

use crate::document::{Block, Document, Format, Place, Segment};

/// Plain text.
pub const FORMAT: Format = Format { name: "text", extensions: &["txt", "text"], read };

fn read(path: &str, source: String) -> Document {
    let start = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let blocks = paragraphs(&source, start);
    Document::new(path, source, blocks, None)
}

/// Paragraphs from a byte on. Lines hard-wrapped at some width belong together: a blank line parts paragraphs, and so
/// does every line break where a line is longer than hard-wrapped lines are.
fn paragraphs(source: &str, start: usize) -> Vec<Block> {
    /// The longest line that a hard wrap makes.
    const WRAPPED: usize = 120;
    let body = source.get(start..).unwrap_or_default();
    let long = body.lines().any(|line| line.chars().nth(WRAPPED).is_some());
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    let mut at = start;
    for line in body.split_inclusive('\n') {
        let text = line.trim();
        let first = at + (line.len() - line.trim_start().len());
        at += line.len();
        if text.is_empty() {
            open = false;
            continue;
        }
        match blocks.last_mut().filter(|_| open && !long) {
            Some(block) => {
                block.text.push('\n');
                let segment = Segment { text: block.text.len(), file: first, len: text.len() };
                block.text.push_str(text);
                block.segments.push(segment);
            }
            None => blocks.push(Block {
                place: Place::Body,
                text: text.to_owned(),
                segments: vec![Segment { text: 0, file: first, len: text.len() }],
            }),
        }
        open = true;
    }
    blocks
}
