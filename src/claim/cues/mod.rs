//! The words that binding and rules know: verbs of saying, classes of things and events, and how figures stand to one
//! another. All of it is read from the pack.

mod between;
mod evidence;
mod sides;
mod sums;
mod time;
mod weights;

use compact_str::CompactString;
use serde::Deserialize;

use crate::lookup::{HashMap, HashSet};
use crate::pack::{Pack, PackError};
use crate::text::Token;
pub use between::Between;
pub use evidence::{Across, Asked, Evidence, Rounded, Slack};
pub use sides::Sides;
pub use sums::{
    ChangeCues, ConversionCues, CurrencyCues, ListCues, PartCues, PercentCues, RangeCues, RateCues, ShareCues, Stretch,
    Sums,
};
pub use time::{Persons, Times};
pub use weights::{Tree, Weights};

/// A set of words.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct Words(HashSet<CompactString>);

impl Words {
    /// Whether the word is in it.
    pub fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

/// Phrases of one or more words.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Phrases {
    /// The longest first.
    all: Vec<Vec<CompactString>>,
    firsts: Looks,
    lasts: Looks,
}

/// Which looks the words of a list have, a bit for each: most words of a text are told at a glance to be none of them.
#[derive(Debug, Clone, Copy, Default)]
struct Looks(u128);

impl Looks {
    fn of(words: impl Iterator<Item = impl AsRef<str>>) -> Self {
        Self(words.fold(0, |all, word| all | Self::look(word.as_ref())))
    }

    fn look(word: &str) -> u128 {
        let ends = word.as_bytes().first().zip(word.as_bytes().last());
        let (first, last) = ends.map_or((0, 0), |(&first, &last)| (usize::from(first), usize::from(last)));
        1 << ((first * 5 + last * 3 + word.len()) % 128)
    }

    fn may_have(self, word: &str) -> bool {
        self.0 & Self::look(word) != 0
    }
}

impl From<Vec<String>> for Phrases {
    fn from(phrases: Vec<String>) -> Self {
        let mut split: Vec<Vec<CompactString>> =
            phrases.iter().map(|p| p.split_whitespace().map(CompactString::from).collect()).collect();
        split.sort_by_key(|words: &Vec<CompactString>| std::cmp::Reverse(words.len()));
        let (firsts, lasts) =
            (Looks::of(split.iter().filter_map(|p| p.first())), Looks::of(split.iter().filter_map(|p| p.last())));
        Self { all: split, firsts, lasts }
    }
}

impl Phrases {
    /// How many tokens from `at` on one of the phrases takes; the longest counts.
    pub fn at(&self, tokens: &[Token], at: usize) -> Option<usize> {
        let rest = tokens.get(at..)?;
        if !rest.first().is_some_and(|token| self.firsts.may_have(&token.lower)) {
            return None;
        }
        self.all.iter().find(|p| p.len() <= rest.len() && p.iter().zip(rest).all(|(w, t)| *w == t.lower)).map(Vec::len)
    }

    /// How many tokens before `end` one of the phrases takes; the longest counts.
    pub fn before(&self, tokens: &[Token], end: usize) -> Option<usize> {
        let head = tokens.get(..end)?;
        if !head.last().is_some_and(|token| self.lasts.may_have(&token.lower)) {
            return None;
        }
        self.all
            .iter()
            .find(|p| p.len() <= head.len() && p.iter().rev().zip(head.iter().rev()).all(|(w, t)| *w == t.lower))
            .map(Vec::len)
    }

    /// Whether one of the phrases stands somewhere in these tokens.
    pub fn within(&self, tokens: &[Token]) -> bool {
        (0..tokens.len()).any(|at| self.at(tokens, at).is_some())
    }

    /// Whether these tokens are one of the phrases, neither more nor less.
    pub fn is(&self, tokens: &[Token]) -> bool {
        self.at(tokens, 0) == Some(tokens.len())
    }
}

/// What brings in a speaker: `rules/en/saying.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Saying {
    pub verbs: Words,
    pub clause_only: Words,
    pub with_object: Words,
    pub evidence: Words,
    pub according: Phrases,
    pub accounts: Words,
    pub persons: Words,
    pub things: Words,
    pub several: Words,
    pub first: Words,
    pub titles: Words,
    pub nobody: Words,
    pub continuing: Words,
}

impl Saying {
    /// Whether a speaker is only a pronoun, which names nobody.
    pub fn is_pronoun(&self, speaker: &str) -> bool {
        let speaker = speaker.to_lowercase();
        [&self.persons, &self.things, &self.several, &self.first].into_iter().any(|words| words.has(&speaker))
    }
}

/// How figures stand to one another: `rules/en/cues.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Relations {
    pub pronouns: Words,
    pub collections: Words,
    pub numbers: Words,
    /// Words for a name, which stands for its bearer.
    pub names: Words,
    pub statistics: Words,
    pub units_of_count: Words,
    /// Nouns that are the same in both numbers, or plural without an ending.
    pub invariable: Words,
    /// Days told from the day of writing: "today".
    pub days: Words,
    pub including: Phrases,
    pub rest: Words,
    pub breakdown: Phrases,
    pub other_before: Words,
    pub other_after: Words,
    pub additive: Words,
    pub prospect: Words,
    pub earlier: Words,
    pub moving: Words,
    pub negation: Words,
    pub conversion: Phrases,
    pub conversion_end: Words,
    pub rise: Words,
    pub fall: Words,
    pub measuring: Words,
    pub from: Phrases,
    pub to: Words,
    pub spanning: Words,
    pub share_intro: Phrases,
    pub count_intro: Phrases,
    pub articles: Words,
    pub list_and: Words,
    pub definite: Words,
    pub calendar: Words,
    pub place: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassFile {
    thing: Vec<ThingRow>,
    event: Vec<EventRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ThingRow {
    name: String,
    nouns: Vec<CompactString>,
    #[serde(default)]
    wider: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct EventRow {
    name: String,
    verbs: Vec<CompactString>,
    words: Vec<CompactString>,
    nouns: Vec<CompactString>,
}

/// A class of things or of events, as an index.
pub type Class = u16;

/// Which words are of one class: `rules/en/classes.toml`.
#[derive(Debug, Clone, Default)]
pub struct Classes {
    things: HashMap<CompactString, Class>,
    wider: HashSet<(Class, Class)>,
    event_verbs: HashMap<CompactString, Class>,
    event_words: HashMap<CompactString, Class>,
    event_nouns: HashMap<CompactString, Class>,
}

impl Classes {
    fn new(file: &ClassFile) -> Result<Self, PackError> {
        let mut classes = Self::default();
        let mistake = |message: String| PackError::new("classes", message);
        let index = |i: usize| Class::try_from(i).map_err(|_| mistake("too many classes".to_owned()));
        for (i, row) in file.thing.iter().enumerate() {
            for noun in &row.nouns {
                if classes.things.insert(noun.clone(), index(i)?).is_some() {
                    return Err(mistake(format!("thing {:?}: nouns: {noun:?} is in another class too", row.name)));
                }
            }
            for wider in &row.wider {
                let of = file.thing.iter().position(|r| r.name == *wider);
                let of =
                    of.ok_or_else(|| mistake(format!("thing {:?}: wider: no thing is called {wider:?}", row.name)))?;
                classes.wider.insert((index(i)?, index(of)?));
            }
        }
        for (i, row) in file.event.iter().enumerate() {
            for (words, table) in [
                (&row.verbs, &mut classes.event_verbs),
                (&row.words, &mut classes.event_words),
                (&row.nouns, &mut classes.event_nouns),
            ] {
                for word in words {
                    if table.insert(word.clone(), index(i)?).is_some() {
                        return Err(mistake(format!("event {:?}: {word:?} is in another event too", row.name)));
                    }
                }
            }
        }
        Ok(classes)
    }

    /// Whether two nouns (lemmas) may name one thing.
    pub fn same_thing(&self, a: &str, b: &str) -> bool {
        if a == b {
            return true;
        }
        match (self.things.get(a), self.things.get(b)) {
            (Some(&x), Some(&y)) => x == y || self.wider.contains(&(x, y)) || self.wider.contains(&(y, x)),
            _ => false,
        }
    }

    /// The event that a verb (a lemma) tells of.
    pub fn event_of_verb(&self, lemma: &str) -> Option<Class> {
        self.event_verbs.get(lemma).copied()
    }

    /// The event that a word after a number tells of: "12 dead".
    pub fn event_of_word(&self, lower: &str) -> Option<Class> {
        self.event_words.get(lower).copied()
    }

    /// The event that a noun (a lemma) counts: "deaths".
    pub fn event_of_noun(&self, lemma: &str) -> Option<Class> {
        self.event_nouns.get(lemma).copied()
    }
}

/// All words that binding and rules know.
#[derive(Debug, Clone)]
pub struct Cues {
    /// What brings in a speaker.
    pub saying: Saying,
    /// How figures stand to one another.
    pub relations: Relations,
    /// Which words are of one class.
    pub classes: Classes,
    /// How sums are told.
    pub sums: Sums,
    /// What is known of time.
    pub times: Times,
    /// What signs weigh that two figures are of one thing.
    pub links: Weights,
    /// How figures of two documents stand to one another.
    pub between: Between,
    /// Which speakers are of one side.
    pub sides: Sides,
    /// What speaks for two figures being of one thing.
    pub evidence: Evidence,
}

impl Cues {
    /// Reads the tables of a pack.
    pub fn new(pack: &Pack) -> Result<Self, PackError> {
        Ok(Self {
            saying: pack.table("saying")?,
            relations: pack.table("cues")?,
            classes: Classes::new(&pack.table("classes")?)?,
            sums: pack.table("sums")?,
            times: pack.table("time")?,
            links: Weights::new(pack)?,
            between: pack.table("between")?,
            sides: Sides::new(&pack.table("sides")?)?,
            evidence: pack.table("evidence")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_tables_read() {
        let cues = Cues::new(&Pack::english()).unwrap();
        assert!(cues.classes.same_thing("home", "house"));
        assert!(cues.classes.same_thing("evacuee", "people"));
        assert!(!cues.classes.same_thing("evacuee", "home"));
        assert_eq!(cues.classes.event_of_verb("kill"), cues.classes.event_of_noun("toll"));
    }

    #[test]
    fn a_mistake_names_file_and_key() {
        let with = |text: &str| Cues::new(&Pack::english().with("classes", text)).unwrap_err().to_string();
        let twice = "event = []\n[[thing]]\nname='a'\nnouns=['x']\n[[thing]]\nname='b'\nnouns=['x']\n";
        assert_eq!(with(twice), "rules/en/classes.toml: thing \"b\": nouns: \"x\" is in another class too");
        let unknown = "event = []\n[[thing]]\nname='a'\nnouns=['x']\nwider=['y']\n";
        assert_eq!(with(unknown), "rules/en/classes.toml: thing \"a\": wider: no thing is called \"y\"");
        let missing = Cues::new(&Pack::english().with("saying", "verbs = 3")).unwrap_err().to_string();
        assert!(missing.starts_with("rules/en/saying.toml: line 1: "), "{missing}");
    }
}
