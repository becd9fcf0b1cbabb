//! Speakers that are one side: `rules/en/sides.toml`.

use std::collections::HashMap;

use compact_str::CompactString;
use serde::Deserialize;

use crate::pack::PackError;

/// `sides.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SideFile {
    side: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: CompactString,
    words: Vec<String>,
    seats: Vec<String>,
}

/// States with the names that speak for them.
#[derive(Debug, Clone, Default)]
pub struct Sides {
    /// Names and adjectives, word by word in lower case.
    words: HashMap<Vec<String>, CompactString>,
    /// Seats of government, which speak for the state where they are the whole name.
    seats: HashMap<Vec<String>, CompactString>,
    /// The most words that a name has.
    longest: usize,
}

impl Sides {
    pub(super) fn new(file: &SideFile) -> Result<Self, PackError> {
        let mut sides = Self::default();
        for row in &file.side {
            for (names, table) in [(&row.words, &mut sides.words), (&row.seats, &mut sides.seats)] {
                for name in names {
                    let words = split(name);
                    sides.longest = sides.longest.max(words.len());
                    if table.insert(words, row.name.clone()).is_some() {
                        let message = format!("side {:?}: {name:?} is of another side too", row.name);
                        return Err(PackError::new("sides", message));
                    }
                }
            }
        }
        Ok(sides)
    }

    /// The side that a speaker's name tells: "Russian officials", "Moscow" and "the Kremlin" are Russia's. None where it
    /// tells none, or two: "a US-Russian panel".
    pub fn of(&self, speaker: &str) -> Option<&CompactString> {
        let mut words = split(speaker);
        if words.first().is_some_and(|word| word == "the") && words.len() > 1 {
            words.remove(0);
        }
        if let Some(side) = self.seats.get(&words) {
            return Some(side);
        }
        let runs = (1..=self.longest).flat_map(|length| words.windows(length));
        let mut told = runs.filter_map(|run| self.words.get(run));
        let side = told.next()?;
        told.all(|other| other == side).then_some(side)
    }
}

/// A name's words in lower case but for short ones in capitals, as "us" is no state; "Ukraine's" is Ukraine, and "U.S." one
/// word.
fn split(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '\'' | '’'));
    let plain = |word: &str| {
        let word = word.trim_matches(['.', '\'', '’']);
        let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word).replace('.', "");
        let initials = word.len() <= 3 && word.bytes().all(|b| b.is_ascii_uppercase());
        if initials { word } else { word.to_lowercase() }
    };
    words.map(plain).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use crate::claim::Cues;
    use crate::pack::Pack;

    #[test]
    fn a_name_tells_its_side() {
        let cues = Cues::new(&Pack::english()).unwrap();
        for (name, side) in [
            ("Moscow", Some("Russia")),
            ("the Kremlin", Some("Russia")),
            ("Russian officials", Some("Russia")),
            ("Ukraine's Olena Bondar", Some("Ukraine")),
            ("U.S. officials", Some("United States")),
            ("The White House", Some("United States")),
            ("South Korean police", Some("South Korea")),
            // A city's police are not its government.
            ("London police", None),
            ("a US-Russian panel", None),
            ("Ilse Brandt", None),
            ("us", None),
        ] {
            assert_eq!(cues.sides.of(name).map(compact_str::CompactString::as_str), side, "{name}");
        }
    }

    #[test]
    fn a_name_of_two_sides_is_a_mistake() {
        let text = "[[side]]\nname='A'\nwords=['x']\nseats=[]\n[[side]]\nname='B'\nwords=['x']\nseats=[]\n";
        let error = Cues::new(&Pack::english().with("sides", text)).unwrap_err().to_string();
        assert_eq!(error, "rules/en/sides.toml: side \"B\": \"x\" is of another side too");
    }
}
