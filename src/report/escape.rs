//! Text from drafts, made safe to print: control characters and overrides of direction are shown, not obeyed.

/// The same text with every character that could steer a terminal or turn the reading direction written as `\u{..}`, and the
/// bracket of the command of a continuous integration log (`##[`) too; the ends of lines are left alone.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let line_end = c == '\r' && characters.peek() == Some(&'\n');
        let command = c == '[' && out.ends_with("##");
        if command || steers(c) && !line_end { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    out
}

/// What begins a command to the runner of a workflow of GitHub's wherever it stands in a line of what is printed; the
/// commands of today, `::`, begin their line.
pub(super) const COMMAND: &str = "##[";

/// On one line: white space of any kind folded to a blank.
pub fn one_line(text: &str) -> String {
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// For an attribute or the text of an element of XML: on one line whatever stands in it, so that it cannot pass for a line
/// of something else.
#[cfg(feature = "reports")]
pub(super) fn xml(text: &str) -> String {
    quick_xml::escape::escape(visible(text)).replace('\n', "&#10;").replace('\r', "&#13;").replace('\t', "&#9;")
}

/// Whether a character could steer a terminal, turn the reading direction or end a line where few expect it.
pub(super) fn steers(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\t'
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steering_characters_are_shown() {
        assert_eq!(visible("a\u{1b}[31mb"), "a\\u{1b}[31mb");
        assert_eq!(visible("12\u{202e}34"), "12\\u{202e}34");
        assert_eq!(visible("one\r\ntwo\rthree"), "one\r\ntwo\\u{d}three");
        assert_eq!(visible("##[error]## [b] #[c] ###[d]"), "##\\u{5b}error]## [b] #[c] ###\\u{5b}d]");
        assert_eq!(one_line("three\r\n  men\t"), "three men");
    }
}
