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

/// A file that the build put into the program: as it was written, and the same as JSON, which is read far faster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Embedded {
    /// The file's text.
    pub toml: &'static str,
    /// What of it is read at every start.
    pub json: &'static str,
}

impl Embedded {
    /// Reads it; an error names the line of the file.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, String> {
        // What is wrong with it, and where, the file as it was written tells.
        serde_json::from_str(self.json)
            .map_err(|error| written::<T>(self.toml).err().unwrap_or_else(|| error.to_string()))
    }
}

/// Reads TOML; an error names the line.
pub(crate) fn written<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|error| {
        let place = error.span().map_or_else(String::new, |span| {
            let line = text[..span.start.min(text.len())].matches('\n').count() + 1;
            format!("line {line}: ")
        });
        format!("{place}{}", error.message())
    })
}

/// Where the text of a file comes from.
#[derive(Debug, Clone)]
enum Text {
    Embedded(Embedded),
    Written(String),
}

/// A language's files, by name.
#[derive(Debug, Clone)]
pub struct Pack {
    files: Vec<(String, Text)>,
    /// Files that something was added to, as what they say with it.
    extended: Vec<(String, toml::Table)>,
}

impl Pack {
    /// The English pack built into the program.
    pub fn english() -> Self {
        Self {
            files: FILES.iter().map(|(name, file)| ((*name).to_owned(), Text::Embedded(*file))).collect(),
            extended: Vec::new(),
        }
    }

    /// A pack of the given `(name, TOML text)` files, as a test or a newsroom may make one.
    pub fn new(files: impl IntoIterator<Item = (String, String)>) -> Self {
        let files = files.into_iter().map(|(name, text)| (name, Text::Written(text))).collect();
        Self { files, extended: Vec::new() }
    }

    /// The same pack with one file's text replaced or added.
    #[must_use]
    pub fn with(mut self, name: &str, text: &str) -> Self {
        self.files.retain(|(n, _)| n != name);
        self.files.push((name.to_owned(), Text::Written(text.to_owned())));
        self
    }

    /// The same pack with more in one file: lists grow, tables are joined, and an entry of a list of tables that has the
    /// name (or code, or dimension) of one that is there is joined with it.
    pub fn extended(mut self, name: &str, more: &toml::Table) -> Result<Self, PackError> {
        let mut table: toml::Table = self.table(name)?;
        join(&mut table, more);
        self.extended.retain(|(n, _)| n != name);
        self.extended.push((name.to_owned(), table));
        Ok(self)
    }

    /// Reads one file as `T`. Unknown keys are `T`'s to refuse (`deny_unknown_fields`).
    pub fn table<T: DeserializeOwned>(&self, name: &str) -> Result<T, PackError> {
        if let Some((_, table)) = self.extended.iter().find(|(n, _)| n == name) {
            return table.clone().try_into().map_err(|error: toml::de::Error| PackError::new(name, error.message()));
        }
        let (_, text) =
            self.files.iter().find(|(n, _)| n == name).ok_or_else(|| PackError::new(name, "the file is missing"))?;
        match text {
            Text::Embedded(file) => file.read(),
            Text::Written(text) => written(text),
        }
        .map_err(|message| PackError::new(name, message))
    }
}

/// What tells the entries of a list of tables apart, in the order in which it is looked for.
const KEYS: [&str; 3] = ["dimension", "code", "name"];

fn join(table: &mut toml::Table, more: &toml::Table) {
    use toml::Value::{Array, Table};
    for (key, value) in more {
        match (table.get_mut(key), value) {
            (Some(Table(old)), Table(new)) => join(old, new),
            (Some(Array(old)), Array(new)) => {
                for entry in new {
                    match same(old, entry).zip(entry.as_table()) {
                        Some((old, entry)) => join(old, entry),
                        None => old.push(entry.clone()),
                    }
                }
            }
            _ => {
                table.insert(key.clone(), value.clone());
            }
        }
    }
}

/// The entry of a list that another one adds to.
fn same<'a>(list: &'a mut [toml::Value], entry: &toml::Value) -> Option<&'a mut toml::Table> {
    let key = KEYS.into_iter().find(|key| entry.get(key).is_some())?;
    let wanted = entry.get(key)?;
    list.iter_mut().find(|old| old.get(key) == Some(wanted))?.as_table_mut()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_a_file_say_the_same() {
        for (name, file) in FILES {
            let (toml, json) = (written::<toml::Table>(file.toml), serde_json::from_str::<toml::Table>(file.json));
            assert_eq!(toml.unwrap_or_else(|e| panic!("{name}: {e}")), json.unwrap_or_else(|e| panic!("{name}: {e}")));
        }
    }

    #[test]
    fn a_mistake_in_an_embedded_file_is_told_by_the_line_of_the_file() {
        let file = Embedded { toml: "a = 1\nb = 'x'\n", json: "{\"a\":1,\"b\":\"x\"}" };
        let read = file.read::<std::collections::BTreeMap<String, i32>>();
        assert_eq!(read, Err("line 2: invalid type: string \"x\", expected i32".to_owned()));
    }
}
