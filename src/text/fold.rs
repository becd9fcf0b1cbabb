//! Folding: one spelling for what differs only in case, quotes, dashes or invisible characters.

use compact_str::CompactString;

/// Straight or curly single quotes, which are apostrophes too.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{02BC}')
}

/// Hyphens, the minus sign and the short dashes.
pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' | '\u{2212}')
}

/// Hyphens and dashes of any length.
pub fn is_dash(c: char) -> bool {
    is_hyphen(c) || matches!(c, '\u{2014}' | '\u{2015}')
}

/// Format characters that show nothing: soft hyphen, joiners, zero-width spaces, byte order mark.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE0E}' | '\u{FE0F}' | '\u{FEFF}')
}

/// Lower case, with quotes and dashes folded (’ to ', “ to ", – and — to -) and invisible characters left out.
pub fn fold(text: &str) -> CompactString {
    if text.is_ascii() {
        let mut folded = CompactString::new(text);
        folded.make_ascii_lowercase();
        return folded;
    }
    let mut folded = CompactString::with_capacity(text.len());
    for c in text.chars() {
        match c {
            _ if is_apostrophe(c) => folded.push('\''),
            _ if is_dash(c) => folded.push('-'),
            '\u{201C}'..='\u{201F}' | '«' | '»' => folded.push('"'),
            _ if is_invisible(c) => {}
            _ => folded.extend(c.to_lowercase()),
        }
    }
    folded
}
