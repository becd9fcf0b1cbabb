//! HTML: the article on a page.

#![cfg(feature = "html")]

use crate::document::{Document, File, Format, Mapped, Options, Read, ReadError, markup};

/// HTML pages.
pub const FORMAT: Format = Format {
    name: "html",
    extensions: &["html", "htm", "xhtml"],
    shared: &[],
    fits: |_| false,
    read: Read::Text(read),
};

fn read(file: &File, options: &Options) -> Result<Vec<Document>, ReadError> {
    let markup = markup::read(file, &Mapped::part(&file.source, 0..file.source.len()), false, options.deepest)?;
    Ok(vec![Document { comments: markup.comments, ..file.document(markup.blocks, markup.date) }])
}
