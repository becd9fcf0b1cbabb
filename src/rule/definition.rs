//! What a rule's TOML file says: its meaning and its examples.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use super::exact::Exact;
use super::{Severity, article, passage, sources};
use crate::pack::{self, Embedded, PackError};
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
#[serde(try_from = "BTreeMap<String, Exact>")]
pub struct Tolerances(BTreeMap<String, Number>);

impl TryFrom<BTreeMap<String, Exact>> for Tolerances {
    type Error = String;

    fn try_from(table: BTreeMap<String, Exact>) -> Result<Self, String> {
        let read = |(name, Exact(number)): (String, Exact)| {
            if number.is_negative() {
                return Err(format!("{name}: {number} is below nought"));
            }
            Ok((name, number))
        };
        table.into_iter().map(read).collect::<Result<_, _>>().map(Self)
    }
}

impl Tolerances {
    /// The tolerance of that name. Each name that a rule asks for is one of its `TOLERANCES`, and [`Registered::definition`]
    /// sees to it that all of those are there.
    pub fn get(&self, name: &str) -> Number {
        debug_assert!(self.0.contains_key(name), "{name} is none of the rule's TOLERANCES");
        self.0.get(name).copied().unwrap_or(Number::ZERO)
    }

    /// Their names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Takes those of another table in place of these; an error is a name that there is none of here.
    pub fn overlay<'a>(&mut self, others: &'a Self) -> Result<(), &'a str> {
        for (name, value) in &others.0 {
            *self.0.get_mut(name).ok_or(name.as_str())? = *value;
        }
        Ok(())
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
    /// Where it looks: its files in `src/rule/` stand in the folders of these names.
    #[serde(rename = "scope", deserialize_with = "one_or_several")]
    pub scopes: Vec<Scope>,
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

/// `"article"` or `["article", "sources"]`.
fn one_or_several<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Scope>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        One(Scope),
        Several(Vec<Scope>),
    }
    Ok(match Written::deserialize(deserializer)? {
        Written::One(scope) => vec![scope],
        Written::Several(scopes) => scopes,
    })
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// Its name.
    pub name: &'static str,
    /// Where it looks: one of its files stands in the folder of each.
    pub scopes: Vec<Scope>,
    /// The tolerances that its files ask for.
    pub tolerances: Vec<&'static str>,
    /// Its TOML file.
    pub source: Embedded,
}

impl Registered {
    /// Its definition with its examples.
    pub fn exemplified(&self) -> Result<Definition, PackError> {
        self.checked(pack::written(self.source.toml))
    }

    /// Its definition without its examples, which a check has no need of.
    pub fn definition(&self) -> Result<Definition, PackError> {
        self.checked(self.source.read())
    }

    fn checked(&self, read: Result<Definition, String>) -> Result<Definition, PackError> {
        let mistake = |message: String| PackError { file: format!("rules/checks/{}.toml", self.name), message };
        let definition = read.map_err(mistake)?;
        if definition.name != self.name {
            return Err(mistake(format!("name: {:?} is not the file's name", definition.name)));
        }
        if definition.scopes != self.scopes {
            return Err(mistake(format!("scope: the rule's files stand in the folders of {:?}", self.scopes)));
        }
        if let Some(name) = self.tolerances.iter().find(|asked| definition.tolerances.names().all(|n| n != **asked)) {
            return Err(mistake(format!("tolerances: {name:?} is missing, which the rule asks for")));
        }
        if let Some(name) = definition.tolerances.names().find(|name| !self.tolerances.contains(name)) {
            return Err(mistake(format!("tolerances: the rule asks for no {name:?}")));
        }
        Ok(definition)
    }
}

/// All rules, in the order they are listed: inside a passage, across an article, between documents. One that has files in
/// several folders is listed once.
pub fn registry() -> Vec<Registered> {
    fn add<F>(rules: &mut Vec<Registered>, entries: &'static [super::Entry<F>], scope: Scope) {
        for entry in entries {
            if let Some(rule) = rules.iter_mut().find(|r| r.name == entry.name) {
                rule.scopes.push(scope);
                rule.tolerances.extend(entry.tolerances);
            } else {
                let (scopes, tolerances) = (vec![scope], entry.tolerances.to_vec());
                rules.push(Registered { name: entry.name, scopes, tolerances, source: entry.definition });
            }
        }
    }
    let mut rules = Vec::new();
    add(&mut rules, passage::RULES, Scope::Passage);
    add(&mut rules, article::RULES, Scope::Article);
    add(&mut rules, sources::RULES, Scope::Sources);
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_definition_reads() {
        for rule in registry() {
            let short = rule.definition().unwrap_or_else(|error| panic!("{error}"));
            let definition = rule.exemplified().unwrap_or_else(|error| panic!("{error}"));
            assert!(!definition.fail.is_empty() && !definition.pass.is_empty(), "{} lacks examples", rule.name);
            assert_eq!(short, Definition { fail: Vec::new(), pass: Vec::new(), ..definition });
        }
    }

    #[test]
    fn tolerances_are_exact() {
        let table = |text: &str| toml::from_str::<Tolerances>(text);
        let read = table("drift = '3/100'\nlong = 0.15\nfew = 4").unwrap();
        assert_eq!((read.get("drift"), read.get("long")), (Number::ratio(3, 100), Number::ratio(15, 100)));
        assert_eq!(read.get("few"), Number::from(4));
        assert_eq!(read.around("drift"), Interval::closed(Number::ratio(97, 100), Number::ratio(103, 100)));
        assert!(table("drift = 'a bit'").unwrap_err().to_string().contains("\"a bit\" is no number"));
        assert!(table("drift = '-1/10'").unwrap_err().to_string().contains("drift: -0.1 is below nought"));
    }

    #[test]
    fn an_overlay_changes_what_is_there() {
        let table = |text: &str| toml::from_str::<Tolerances>(text).unwrap();
        let mut own = table("drift = '3/100'\nlong = 1");
        assert_eq!(own.overlay(&table("drift = 0")), Ok(()));
        assert_eq!(own, table("drift = 0\nlong = 1"));
        assert_eq!(own.overlay(&table("drifts = 0")), Err("drifts"));
    }

    /// A definition that says less, or more, than its rule's code asks for.
    #[test]
    fn what_a_rule_asks_for_must_be_there() {
        const SOURCE: &str = "name = 'a'\nscope = ['article', 'sources']\nsummary = 's'\nseverity = 'error'\nmeaning = 'm'\n[tolerances]\ndrift = 1";
        let of = |tolerances: &'static [&'static str], scopes: &[Scope], source: &'static str| {
            let source = Embedded { toml: source, json: "" };
            let rule = Registered { name: "a", scopes: scopes.to_vec(), tolerances: tolerances.to_vec(), source };
            rule.exemplified().map_err(|error| error.to_string())
        };
        let both = [Scope::Article, Scope::Sources];
        assert!(of(&["drift"], &both, SOURCE).is_ok());
        assert_eq!(
            of(&["drift", "size"], &both, SOURCE),
            Err("rules/checks/a.toml: tolerances: \"size\" is missing, which the rule asks for".to_owned())
        );
        assert_eq!(
            of(&[], &both, SOURCE),
            Err("rules/checks/a.toml: tolerances: the rule asks for no \"drift\"".to_owned())
        );
        assert_eq!(
            of(&["drift"], &both[..1], SOURCE),
            Err("rules/checks/a.toml: scope: the rule's files stand in the folders of [Article]".to_owned())
        );
    }
}
