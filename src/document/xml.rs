//! XML, read event by event, with the bytes of each event in the file.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{BYTE_ORDER_MARK, File, ReadError, Running};

/// Events of a file in order. Entities that a document declares for itself are never expanded.
pub(crate) struct Events<'a> {
    file: &'a File,
    reader: Reader<&'a [u8]>,
    /// Where in the file the reader began.
    base: usize,
    depth: usize,
    deepest: usize,
}

impl<'a> Events<'a> {
    /// Those of a file whose elements stand no deeper in one another than is said.
    pub(crate) fn new(file: &'a File, deepest: usize) -> Self {
        let base = if file.source.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
        let mut reader = Reader::from_str(&file.source[base..]);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        Self { file, reader, base, depth: 0, deepest }
    }

    /// The next event with its bytes; none at the end of the file.
    pub(crate) fn next(&mut self) -> Result<Option<(Event<'a>, Range<usize>)>, ReadError> {
        let start = self.position();
        let event = self.reader.read_event().map_err(|error| {
            let at = usize::try_from(self.reader.error_position()).unwrap_or(usize::MAX).saturating_add(self.base);
            self.file.broken(at, format!("no well-formed XML: {error}"))
        })?;
        match event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::Eof => return Ok(None),
            _ => {}
        }
        if self.depth > self.deepest {
            return Err(self.file.too_deep(start, self.deepest));
        }
        Ok(Some((event, start..self.position())))
    }

    /// How many elements are open.
    #[cfg(feature = "feeds")]
    pub(crate) fn depth(&self) -> usize {
        self.depth
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).saturating_add(self.base)
    }
}

/// The name of an element without its prefix.
pub(crate) fn local(start: &BytesStart<'_>) -> String {
    start.local_name().as_ref().to_owned()
}

/// An attribute's value, by its name without prefix.
pub(crate) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(
        quick_xml::escape::unescape(&found.value)
            .map_or_else(|_| found.value.to_string(), std::borrow::Cow::into_owned),
    )
}

/// Adds the characters of an event, where it has any.
pub(crate) fn characters(event: &Event<'_>, range: Range<usize>, source: &str, running: &mut Running) {
    match event {
        Event::Text(_) => running.copy(source, range),
        Event::CData(_) => {
            let (open, close) = ("<![CDATA[".len(), "]]>".len());
            running.copy(source, range.start + open..range.end - close);
        }
        Event::GeneralRef(_) => {
            let raw = &source[range.clone()];
            match &*htmlize::unescape(raw) {
                same if same == raw => running.copy(source, range),
                other => running.replace(other, range),
            }
        }
        _ => {}
    }
}
