//! JSON Lines: a document a line, its text in a named field, its headline perhaps in another.

use super::text::{Prose, prose};
use crate::document::{Document, File, Format, Options, Place, Read, ReadError, Running, iso_day, json};

/// JSON Lines.
pub const FORMAT: Format =
    Format { name: "jsonl", extensions: &[], shared: &["jsonl", "ndjson"], fits: |_| true, read: Read::Text(read) };

/// The fields that hold a headline and a date, where there are such.
const HEADLINES: [&str; 2] = ["headline", "title"];
const DATES: [&str; 2] = ["date", "published"];

fn read(file: &File, options: &Options) -> Result<Vec<Document>, ReadError> {
    let mut documents = Vec::new();
    let source = &file.source;
    let mut start = 0;
    for (number, line) in source.split_inclusive('\n').enumerate() {
        let text = line.trim_start_matches(crate::document::BYTE_ORDER_MARK);
        let at = start + line.len() - text.len();
        start += line.len();
        if text.trim().is_empty() {
            continue;
        }
        json::check(file, at, text)?;
        let members = json::members(text).ok_or_else(|| file.broken(at, "a line that is no object"))?;
        let string = |name: &str| members.get(name).and_then(|value| json::string(source, value));
        let field = &options.text_field;
        let body = string(field)
            .ok_or_else(|| file.broken(at, format!("no text in the field {field:?} (--text-field names it)")))?;
        let mut blocks = Vec::new();
        if let Some(headline) = HEADLINES.into_iter().filter(|name| name != field).find_map(string) {
            let mut running = Running::default();
            running.take(&headline, 0..headline.text().len());
            blocks.extend(running.finish(Place::Headline));
        }
        let Prose { blocks: body, comments } = prose(&body);
        blocks.extend(body);
        blocks.sort_by_key(|block| block.segments.first().map(|s| s.file));
        let date = DATES.into_iter().find_map(string).and_then(|date| iso_day(date.text()));
        let item = Some(format!("line {}", number + 1));
        documents.push(Document { item, comments, ..file.document(blocks, date) });
    }
    Ok(documents)
}
