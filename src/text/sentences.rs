//! Where sentences end.

use std::ops::Range;

use super::fold::{is_apostrophe, is_dash, is_invisible};
use super::words::{Abbreviation, Abbreviations, LONGEST};

/// The sentences of a block's text, without the white space around them.
pub(super) fn sentences(text: &str, abbreviations: &Abbreviations) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = dateline(text);
    push(text, 0..start, &mut found);
    // Where the run of characters without white space or opening marks began, for looking at the word before a stop.
    let mut word = start;
    let mut chars = text.char_indices().peekable();
    while chars.next_if(|&(at, _)| at < start).is_some() {}
    while let Some((at, c)) = chars.next() {
        if c.is_whitespace() {
            word = at + c.len_utf8();
            if c == '\n' || c == '\r' {
                let gap = blank(text, at);
                if gap.lines > 1 {
                    push(text, start..at, &mut found);
                    start = gap.end;
                }
                while chars.next_if(|&(next, _)| next < gap.end).is_some() {}
                word = gap.end;
            }
            if start == at {
                start = word;
            }
        } else if is_stop(c) {
            let mut stop = Stop { word: &text[word..at], dots: usize::from(c == '.'), marks: usize::from(c != '.') };
            if c == '…' {
                stop = Stop { word: stop.word, dots: 2, marks: 0 };
            }
            let mut end = at + c.len_utf8();
            while let Some((next, c)) = chars.next_if(|&(_, c)| is_stop(c)) {
                match c {
                    '.' => stop.dots += 1,
                    '…' => stop.dots += 2,
                    _ => stop.marks += 1,
                }
                end = next + c.len_utf8();
            }
            while let Some((next, c)) = chars.next_if(|&(_, c)| is_closing(c)) {
                end = next + c.len_utf8();
            }
            while let Some(after) = note(text, end) {
                end = after;
            }
            while chars.next_if(|&(next, _)| next < end).is_some() {}
            if ends(&stop, &text[end..], word == start, abbreviations) {
                push(text, start..end, &mut found);
                start = end;
                word = end;
            }
        } else if is_opening(c) {
            word = at + c.len_utf8();
        }
    }
    push(text, start..text.len(), &mut found);
    found
}

/// Where the text goes on after a dateline, "KOKOMO, Ind. — " or "LONDON, March 3 (Reuters) - "; 0 without one. The first
/// word is all capitals, the others at least begin with one, and a dash with spaces around it follows.
fn dateline(text: &str) -> usize {
    /// The longest dateline, in bytes.
    const LONGEST: usize = 64;
    let (mut first, mut end) = (true, 0);
    for word in text.split_inclusive(' ') {
        end += word.len();
        let bare = word.trim_end();
        if !first && !bare.is_empty() && bare.chars().all(is_dash) {
            return if end < text.len() { end } else { 0 };
        }
        let letters = || bare.chars().filter(|c| c.is_alphabetic());
        let place = letters().count() > 2 && letters().all(char::is_uppercase);
        let goes_on = bare.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || c == '(');
        if end > LONGEST || if first { !place } else { !goes_on } {
            return 0;
        }
        first = false;
    }
    0
}

/// A stop and the word before it.
struct Stop<'t> {
    word: &'t str,
    dots: usize,
    /// Question and exclamation marks.
    marks: usize,
}

/// Whether a sentence ends at a stop that `rest` follows. `first`: the word before the stop opens the sentence.
fn ends(stop: &Stop, rest: &str, first: bool, abbreviations: &Abbreviations) -> bool {
    let after = rest.trim_start();
    if after.is_empty() {
        return true;
    }
    if after.len() == rest.len() {
        return false;
    }
    let next = after.trim_start_matches(is_opening);
    // What closes here, after a stray space, is no sentence.
    let Some(c) = next.chars().next() else { return false };
    // ". . .", an ellipsis with spaces.
    if is_stop(c) || (stop.word.is_empty() && stop.marks == 0) {
        return false;
    }
    // "Why?" – so he asked.
    let said = next.trim_start_matches(|c: char| is_dash(c) || c.is_whitespace()).chars().next();
    if said.is_some_and(char::is_lowercase) || matches!(c, ',' | ';' | ':' | ')' | ']' | '}') {
        return false;
    }
    let capital = c.is_uppercase();
    if stop.marks > 0 {
        return true;
    }
    if stop.dots > 1 {
        return capital;
    }
    let figure = c.is_numeric();
    // "1. Wash the rice" and "2.1. Costs" are items with their numbers, not two sentences.
    if first && stop.word.len() <= 5 && stop.word.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return false;
    }
    let opens = || abbreviations.opens(first_word(next));
    let quoted = after.starts_with(['"', '“', '„', '«']);
    match abbreviations.kind(stop.word) {
        // "So did I."
        Some(Abbreviation::Name) if stop.word == "I" => true,
        Some(Abbreviation::Title) => abbreviations.is_word(stop.word) && opens(),
        Some(Abbreviation::BeforeFigure) => !figure,
        // A quotation follows a name, but a nickname follows an initial.
        Some(Abbreviation::Name) => opens() || (quoted && stop.word.len() > 1),
        Some(Abbreviation::Clock) => !abbreviations.follows_clock(first_word(next)),
        Some(Abbreviation::Plain) | None => true,
    }
}

fn first_word(text: &str) -> &str {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if !c.is_alphanumeric() || at > LONGEST {
            break;
        }
        end = at + c.len_utf8();
    }
    &text[..end]
}

struct Gap {
    end: usize,
    lines: usize,
}

/// The white space from a line's end on: where it ends and how many lines end in it.
fn blank(text: &str, at: usize) -> Gap {
    let rest = &text[at..];
    let white = &rest[..rest.len() - rest.trim_start().len()];
    let lines = white.matches('\n').count().max(usize::from(white.contains("\r\r")) * 2);
    Gap { end: at + white.len(), lines }
}

/// The end of a note's number in square brackets after a stop ("... in May.[12] The").
fn note(text: &str, at: usize) -> Option<usize> {
    let space = usize::from(text[at..].starts_with(' '));
    let rest = text[at + space..].strip_prefix('[')?;
    let digits = rest.bytes().take(4).take_while(u8::is_ascii_digit).count();
    (digits > 0 && rest[digits..].starts_with(']')).then_some(at + space + digits + 2)
}

fn push(text: &str, span: Range<usize>, found: &mut Vec<Range<usize>>) {
    let inside = &text[span.clone()];
    let start = span.start + (inside.len() - inside.trim_start().len());
    let trimmed = inside.trim();
    if trimmed.contains(|c: char| !c.is_whitespace() && !is_invisible(c)) {
        found.push(start..start + trimmed.len());
    }
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‽')
}

fn is_closing(c: char) -> bool {
    is_apostrophe(c) || matches!(c, '"' | '”' | '»' | ')' | ']' | '}' | '*' | '_')
}

fn is_opening(c: char) -> bool {
    is_apostrophe(c) || matches!(c, '"' | '“' | '„' | '«' | '(' | '[' | '{' | '*' | '_')
}
