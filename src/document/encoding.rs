//! From bytes to text: UTF-8, UTF-16 with a byte order mark, and the encodings of one byte a character.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::file::Coding;
use super::{BYTE_ORDER_MARK, ReadError};

/// So many bytes are looked at for a declaration of the encoding.
const DECLARED_WITHIN: usize = 1024;

/// A file's text. UTF-8 is preferred where the bytes are some; then what the file declares, then what its letters look
/// like.
pub(super) fn decode(bytes: Vec<u8>) -> Result<(String, Coding), ReadError> {
    match Encoding::for_bom(&bytes) {
        Some((encoding, _)) if encoding == UTF_16LE || encoding == UTF_16BE => {
            // The mark stays, as it does in UTF-8: places are counted from the file's first byte.
            let (text, _) = encoding.decode_without_bom_handling(&bytes);
            return no_nul(text.into_owned(), Coding::Utf16);
        }
        _ => {}
    }
    if let Some(offset) = bytes.iter().position(|&b| b == 0) {
        let (line, column) = end_of(&bytes[..offset]);
        return Err(ReadError::Binary { offset, line, column });
    }
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Ok((text, Coding::Utf8)),
        Err(error) => error,
    };
    let utf8 = error.utf8_error();
    let bytes = error.as_bytes();
    let offset = utf8.valid_up_to();
    // Characters of UTF-8 before the fault, or a character cut off by the file's end: UTF-8 that was damaged.
    let damaged = utf8.error_len().is_none() || bytes[..offset].iter().any(|b| *b >= 0x80);
    let encoding = declared(bytes).filter(|e| *e != UTF_8).or_else(|| (!damaged).then(|| guess(bytes)));
    match encoding {
        Some(encoding) if encoding.is_single_byte() => {
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            no_nul(text.into_owned(), Coding::SingleByte)
        }
        Some(encoding) if encoding != UTF_8 => Err(ReadError::Encoding(encoding.name())),
        _ => {
            let (line, column) = end_of(&bytes[..offset]);
            Err(ReadError::NotUtf8 { offset, line, column })
        }
    }
}

fn no_nul(text: String, coding: Coding) -> Result<(String, Coding), ReadError> {
    match text.find('\0') {
        Some(offset) => {
            let before = &text[..offset];
            let (line, column) = end_of(before.as_bytes());
            let offset = match coding {
                Coding::Utf16 => 2 * before.encode_utf16().count(),
                Coding::SingleByte | Coding::Utf8 => before.chars().count(),
            };
            Err(ReadError::Binary { offset, line, column })
        }
        None => Ok((text, coding)),
    }
}

/// The encoding that a declaration of XML or a `meta` element of HTML near the start names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARED_WITHIN)]).to_ascii_lowercase();
    if !head.trim_start().starts_with('<') {
        return None;
    }
    ["encoding", "charset"].into_iter().find_map(|key| {
        let behind = head.split_once(key)?.1.trim_start().strip_prefix('=')?;
        let label = behind.trim_start_matches(['"', '\'', ' ']);
        let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c)).unwrap_or(label.len());
        Encoding::for_label(&label.as_bytes()[..end])
    })
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// The line and column of what follows some bytes.
fn end_of(before: &[u8]) -> (usize, usize) {
    let last = before.iter().rposition(|&b| b == b'\n').map_or(0, |i| i + 1);
    let line = before.split(|&b| b == b'\n').count();
    let text = String::from_utf8_lossy(&before[last..]);
    (line, text.trim_start_matches(BYTE_ORDER_MARK).chars().count() + 1)
}
