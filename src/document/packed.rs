//! The parts of a packed file, Word's: none takes more memory than it may, whatever the file says of it.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::{ZipError, ZipResult};

use super::{Options, ReadError};

/// A part that is no larger than this, in bytes, may be packed as tightly as it likes.
const SMALL: u64 = 1 << 20;

/// A packed file.
pub(crate) struct Parts<'a> {
    /// The archive.
    pub(crate) archive: ZipArchive<Cursor<&'a [u8]>>,
    /// How many bytes it has: no part of it is packed into more.
    length: u64,
}

impl<'a> Parts<'a> {
    /// Opens a packed file.
    pub(crate) fn open(bytes: &'a [u8]) -> ZipResult<Self> {
        Ok(Self { archive: ZipArchive::new(Cursor::new(bytes))?, length: bytes.len() as u64 })
    }

    /// The text of a part; none where there is no such part.
    pub(crate) fn text(&mut self, name: &str, options: &Options) -> Result<Option<String>, ReadError> {
        let entry = match self.archive.by_name(name) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(ReadError::Unknown(format!("{name}: {error}"))),
        };
        let loose = entry.compressed_size().min(self.length).saturating_mul(options.ratio as u64).max(SMALL);
        let largest = options.largest as u64;
        let mut bytes = Vec::new();
        // What an entry says of its size once unpacked is not believed.
        let read = entry.take(loose.min(largest).saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(|error| ReadError::Unknown(format!("{name}: {error}")))?;
        if bytes.len() as u64 > largest {
            return Err(ReadError::TooLarge { what: name.to_owned(), largest: options.largest });
        }
        if bytes.len() as u64 > loose {
            return Err(ReadError::TooTight { part: name.to_owned(), ratio: options.ratio });
        }
        let (text, _) = encoding_rs::UTF_8.decode_with_bom_removal(&bytes);
        Ok(Some(text.into_owned()))
    }
}
