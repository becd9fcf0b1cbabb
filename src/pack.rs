//! Language packs: what crossfoot knows about words and units, as TOML data under `rules/`, embedded in the binary.
//!
//! A pack is a set of named TOML files. Each stage declares, as a serde type, the tables it needs and reads them with
//! [`Pack::table`]; a mistake in a file is a [`PackError`] that names the file and the key.

use serde::de::DeserializeOwned;

include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// A mistake in a pack: which file, where in it, and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {message}")]
pub struct PackError {
    /// The file, as the user knows it (`rules/en/units.toml`).
    pub file: String,
    /// What is wrong, naming the key or the line.
    pub message: String,
}

impl PackError {
    /// A mistake in the file `name` of the built-in pack.
    pub fn new(name: &str, message: impl Into<String>) -> Self {
        Self { file: format!("rules/en/{name}.toml"), message: message.into() }
    }
}

/// A language's files, by name.
#[derive(Debug, Clone)]
pub struct Pack {
    files: Vec<(String, String)>,
}

impl Pack {
    /// The English pack built into the program.
    pub fn english() -> Self {
        Self { files: FILES.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect() }
    }

    /// A pack of the given `(name, TOML text)` files, as a test or a newsroom may make one.
    pub fn new(files: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { files: files.into_iter().collect() }
    }

    /// The same pack with one file's text replaced or added.
    #[must_use]
    pub fn with(mut self, name: &str, text: &str) -> Self {
        self.files.retain(|(n, _)| n != name);
        self.files.push((name.to_owned(), text.to_owned()));
        self
    }

    /// Reads one file as `T`. Unknown keys are `T`'s to refuse (`deny_unknown_fields`).
    pub fn table<T: DeserializeOwned>(&self, name: &str) -> Result<T, PackError> {
        let (_, text) =
            self.files.iter().find(|(n, _)| n == name).ok_or_else(|| PackError::new(name, "the file is missing"))?;
        toml::from_str(text).map_err(|error| {
            let place = error.span().map_or_else(String::new, |span| {
                let line = text[..span.start.min(text.len())].matches('\n').count() + 1;
                format!("line {line}: ")
            });
            PackError::new(name, format!("{place}{}", error.message()))
        })
    }
}
