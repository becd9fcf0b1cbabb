//! Places as editors count them: lines from 0, columns in units of UTF-16.

use std::ops::Range;

use lsp_types::Position;

/// Where the lines of a text begin. A line ends with a line feed, a carriage return, or both.
#[derive(Debug, Default)]
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends = bytes
            .iter()
            .enumerate()
            .filter(|&(at, &byte)| byte == b'\n' || byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
        Self(std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect())
    }

    /// Where a byte stands.
    pub(super) fn position(&self, text: &str, byte: usize) -> Position {
        let byte = byte.min(text.len());
        let line = self.0.partition_point(|&start| start <= byte).saturating_sub(1);
        let start = self.0.get(line).copied().unwrap_or_default();
        let before = text.get(start..byte).unwrap_or_default();
        Position::new(line as u32, before.encode_utf16().count() as u32)
    }

    /// Where some bytes stand.
    pub(super) fn range(&self, text: &str, bytes: &Range<usize>) -> lsp_types::Range {
        lsp_types::Range::new(self.position(text, bytes.start), self.position(text, bytes.end))
    }

    /// The byte at a place; the end of its line, or of the text, for one that there is none of.
    pub(super) fn byte(&self, text: &str, position: Position) -> usize {
        let line = position.line as usize;
        let Some(&start) = self.0.get(line) else { return text.len() };
        let end = self.0.get(line + 1).copied().unwrap_or(text.len());
        let inside = text.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r']);
        let mut units = 0;
        for (at, c) in inside.char_indices() {
            if units >= position.character as usize {
                return start + at;
            }
            units += c.len_utf16();
        }
        start + inside.len()
    }

    /// The bytes between two places.
    pub(super) fn bytes(&self, text: &str, range: lsp_types::Range) -> Range<usize> {
        let (start, end) = (self.byte(text, range.start), self.byte(text, range.end));
        start..end.max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fire engine takes two units, the ligature and the dash one each.
    #[test]
    fn places() {
        let text = "a🚒ﬁ–b\r\nc\rd\n";
        let lines = Lines::new(text);
        let table =
            [(0, 0, 0), (1, 0, 1), (5, 0, 3), (8, 0, 4), (11, 0, 5), (12, 0, 6), (14, 1, 0), (16, 2, 0), (18, 3, 0)];
        for (byte, line, column) in table {
            let position = Position::new(line, column);
            assert_eq!(lines.position(text, byte), position, "{byte}");
            assert_eq!(lines.byte(text, position), byte);
        }
        // Behind the end of a line, inside a pair, behind the last line.
        assert_eq!(lines.byte(text, Position::new(0, 99)), 12);
        assert_eq!(lines.byte(text, Position::new(0, 2)), 5);
        assert_eq!(lines.byte(text, Position::new(9, 9)), 18);
    }
}
