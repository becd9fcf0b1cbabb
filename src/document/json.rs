//! JSON, with the place of every string in the file.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::{File, Mapped, ReadError, Running};

/// A value inside a file: text of JSON that borrows from it.
pub(crate) type Value<'a> = &'a RawValue;

/// The members of an object by name; the last of a name counts. None where it is no object.
pub(crate) fn members(value: &str) -> Option<BTreeMap<String, Value<'_>>> {
    serde_json::from_str(value).ok()
}

/// The elements of an array; none where it is no array.
#[cfg(feature = "feeds")]
pub(crate) fn elements(value: &str) -> Option<Vec<Value<'_>>> {
    serde_json::from_str(value).ok()
}

/// Why a stretch of a file is no JSON, with the place.
pub(crate) fn check(file: &File, start: usize, text: &str) -> Result<(), ReadError> {
    serde_json::from_str::<&RawValue>(text).map(drop).map_err(|error| {
        let line = error.line().saturating_sub(1);
        let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let at = start + before + error.column().saturating_sub(1);
        // The place stands in the message of serde too; the file's own is the one to show.
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        file.broken(at, format!("no JSON: {message}"))
    })
}

/// A string's text with its escapes undone; none where the value is no string.
pub(crate) fn string(source: &str, value: Value<'_>) -> Option<Mapped<'static>> {
    let raw = value.get().strip_prefix('"')?.strip_suffix('"')?;
    // A raw value borrows from the file's text.
    let start = raw.as_ptr().addr().checked_sub(source.as_ptr().addr())?;
    source.get(start..start + raw.len()).filter(|same| *same == raw)?;
    let mut running = Running::default();
    let mut at = 0;
    while at < raw.len() {
        let rest = &raw[at..];
        let (length, made) = match rest.strip_prefix('\\') {
            Some(escape) => undone(escape),
            None => (rest.find('\\').unwrap_or(rest.len()), None),
        };
        let place = start + at..start + at + length;
        match made {
            Some(c) => running.replace(c.encode_utf8(&mut [0; 4]), place),
            None => running.copy(source, place),
        }
        at += length;
    }
    Some(running.into_mapped())
}

/// What an escape stands for, given what follows its backslash, and its length with that. A half of a pair alone stands
/// for nothing that can be written.
fn undone(escape: &str) -> (usize, Option<char>) {
    let unit = |text: &str| text.get(1..5).and_then(|digits| u16::from_str_radix(digits, 16).ok());
    let short = |c: char| (2, Some(c));
    match escape.bytes().next() {
        Some(b'n') => short('\n'),
        Some(b't') => short('\t'),
        Some(b'r') => short('\r'),
        Some(b'b') => short('\u{8}'),
        Some(b'f') => short('\u{c}'),
        Some(b'u') => {
            let first = unit(escape).unwrap_or(u16::MAX);
            let second = escape.get(5..).and_then(|rest| rest.strip_prefix('\\')).and_then(unit);
            let pair = second.and_then(|second| char::decode_utf16([first, second]).next()?.ok());
            match char::from_u32(u32::from(first)) {
                Some(c) => (6, Some(c)),
                None if pair.is_some() => (12, pair),
                None => (6, Some(char::REPLACEMENT_CHARACTER)),
            }
        }
        Some(other) if other.is_ascii() => short(char::from(other)),
        _ => (1, Some('\\')),
    }
}
