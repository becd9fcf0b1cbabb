//! What a rule's TOML file says: its meaning and its examples.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Severity, article, passage, sources};
use crate::pack::PackError;
use crate::quantity::{Interval, Number};

/// Where a rule looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Inside one passage of an article.
    Passage,
    /// Across one article.
    Article,
    /// Between documents.
    Sources,
}

/// A document of an example.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleDocument {
    /// Its file name; a draft is called `draft.md`.
    pub name: String,
    /// Its text, in Markdown.
    pub text: String,
}

/// An example of copy that a rule must flag, or must not.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Why it is, or isn't, a conflict, where the text does not show it.
    #[serde(default)]
    pub note: Option<String>,
    /// The text, for rules that look at one document.
    #[serde(default)]
    pub text: Option<String>,
    /// The documents, for rules between documents. With one called `draft.md` the others are its sources.
    #[serde(default)]
    pub documents: Vec<ExampleDocument>,
    /// The figures that must be marked; none for an example that must pass.
    #[serde(default)]
    pub quotes: Vec<String>,
    /// What the message must say.
    #[serde(default)]
    pub message: Option<String>,
}

impl Example {
    /// Its documents, whichever way they are given.
    pub fn documents(&self) -> Vec<(&str, &str)> {
        let alone = self.text.iter().map(|text| ("draft.md", text.as_str()));
        alone.chain(self.documents.iter().map(|d| (d.name.as_str(), d.text.as_str()))).collect()
    }
}

/// How far figures may be from what a rule works out before it speaks, by name: `drift = "3/100"`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(try_from = "BTreeMap<String, String>")]
pub struct Tolerances(BTreeMap<String, Number>);

impl TryFrom<BTreeMap<String, String>> for Tolerances {
    type Error = String;

    fn try_from(table: BTreeMap<String, String>) -> Result<Self, String> {
        let read = |(name, text): (String, String)| match Number::parse_exact(&text).filter(|n| !n.is_negative()) {
            Some(number) => Ok((name, number)),
            None => Err(format!("tolerances: {name}: {text:?} is no number from nought up, such as \"3/100\"")),
        };
        table.into_iter().map(read).collect::<Result<_, _>>().map(Self)
    }
}

impl Tolerances {
    /// The tolerance of that name; none at all where the rule's file has none.
    pub fn get(&self, name: &str) -> Number {
        self.0.get(name).copied().unwrap_or(Number::ZERO)
    }

    /// What a value may be multiplied by to be off by the tolerance of that name, either way.
    pub fn around(&self, name: &str) -> Interval {
        let by = self.get(name);
        Interval::closed(Number::ONE - by, Number::ONE + by)
    }
}

/// A rule's definition.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Its name, that of its files.
    pub name: String,
    /// Where it looks; its file in `src/rule/` stands in the folder of that name.
    pub scope: Scope,
    /// What it finds, in one line.
    pub summary: String,
    /// How grave its findings are.
    pub severity: Severity,
    /// What it means, at length: what is compared with what, and when it is silent.
    pub meaning: String,
    /// How far figures may be off.
    #[serde(default)]
    pub tolerances: Tolerances,
    /// Copy that it must flag.
    #[serde(default)]
    pub fail: Vec<Example>,
    /// Copy that it must not flag.
    #[serde(default)]
    pub pass: Vec<Example>,
}

/// A rule, for those who describe it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Its name.
    pub name: String,
    /// How grave its findings are.
    pub severity: Severity,
    /// What it finds, in one line.
    pub summary: String,
    /// What it means, at length.
    pub meaning: String,
}

/// A rule as the registry knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Registered {
    /// Its name.
    pub name: &'static str,
    /// Where it looks.
    pub scope: Scope,
    /// The text of its TOML file.
    pub source: &'static str,
}

impl Registered {
    /// Reads its definition.
    pub fn definition(&self) -> Result<Definition, PackError> {
        let mistake = |message: String| PackError { file: format!("rules/checks/{}.toml", self.name), message };
        let definition: Definition = toml::from_str(self.source).map_err(|error| {
            let line =
                error.span().map_or(1, |s| self.source[..s.start.min(self.source.len())].matches('\n').count() + 1);
            mistake(format!("line {line}: {}", error.message()))
        })?;
        if definition.name != self.name {
            return Err(mistake(format!("name: {:?} is not the file's name", definition.name)));
        }
        if definition.scope != self.scope {
            return Err(mistake(format!("scope: the rule's file stands in the folder of scope {:?}", self.scope)));
        }
        Ok(definition)
    }
}

/// All rules, in the order they are listed: inside a passage, across an article, between documents.
pub fn registry() -> Vec<Registered> {
    fn of<F>(entries: &'static [super::Entry<F>], scope: Scope) -> impl Iterator<Item = Registered> {
        entries.iter().map(move |e| Registered { name: e.name, scope, source: e.definition })
    }
    of(passage::RULES, Scope::Passage)
        .chain(of(article::RULES, Scope::Article))
        .chain(of(sources::RULES, Scope::Sources))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_definition_reads() {
        for rule in registry() {
            let definition = rule.definition().unwrap_or_else(|error| panic!("{error}"));
            assert!(!definition.fail.is_empty() && !definition.pass.is_empty(), "{} lacks examples", rule.name);
        }
    }

    #[test]
    fn tolerances_are_exact() {
        let table = |text: &str| toml::from_str::<Tolerances>(text);
        let read = table("drift = '3/100'\nlong = '0.15'").unwrap();
        assert_eq!((read.get("drift"), read.get("long")), (Number::ratio(3, 100), Number::ratio(15, 100)));
        assert_eq!(read.get("other"), Number::ZERO);
        assert_eq!(read.around("drift"), Interval::closed(Number::ratio(97, 100), Number::ratio(103, 100)));
        assert!(table("drift = 'a bit'").unwrap_err().to_string().contains("drift: \"a bit\""));
        assert!(table("drift = '-1/10'").is_err());
    }
}
