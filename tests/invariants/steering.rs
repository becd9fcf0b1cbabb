//! Text from drafts that is shown and not obeyed, by terminals and by those who read logs.

#![allow(clippy::panic)] // To panic is what it is for.

/// No character of a text steers a terminal or turns the reading direction, and no line of it is a command to the runner of
/// a workflow that its writer has not `meant`, nor has one of the old commands, which stand anywhere. A line may end in CR LF.
pub fn steers_nothing(text: &str, meant: &[&str], what: &str) {
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let line_end = c == '\n' || c == '\r' && characters.peek() == Some(&'\n');
        let turns =
            matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!turns && (!c.is_control() || line_end), "{what}: {c:?} in {text:?}");
    }
    assert!(!text.contains("##["), "{what}: a command of old in {text:?}");
    for line in text.lines() {
        let command = line.trim_start().strip_prefix("::").is_some_and(|rest| rest.starts_with(char::is_alphabetic));
        assert!(!command || meant.iter().any(|start| line.starts_with(start)), "{what}: {line:?} is a command");
    }
}
