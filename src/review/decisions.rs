//! Decisions on conflicts: what is to be fixed, and what may stand. Kept as the baseline keeps findings, so that a decision
//! holds while the sentences it is about do.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::baseline::{Baseline, Entry};
use crate::whole_file;

/// The file's name, beside the configuration.
pub const NAME: &str = "crossfoot.decisions.toml";

/// What stands at the head of the file.
const HEAD: &str = "# Decisions on conflicting figures, made in `crossfoot review` and heeded by `crossfoot check`.\n";

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It is a mistake, and will be put right.
    ToFix,
    /// The copy is right.
    Stands,
    /// Both figures are right to be there: a real dispute.
    BothStand,
}

/// A decision on a conflict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What was decided.
    pub verdict: Verdict,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The conflict.
    #[serde(flatten)]
    pub on: Entry,
}

/// The decisions there are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decisions {
    /// They, in the order of the files they are about.
    #[serde(default, rename = "decision")]
    all: Vec<Decision>,
}

impl Decisions {
    /// Reads the text of a file; an error says what is wrong and where.
    pub fn read(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            format!("line {line}: {}", error.message().replace('\n', " "))
        })
    }

    /// Reads a file; none where there is no such file.
    pub fn load(file: &Path) -> Result<Option<Self>, String> {
        match fs::read_to_string(file) {
            Ok(text) => Self::read(&text).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    }

    /// Writes the file, whole or not at all: who reads it meanwhile has the old one.
    pub fn save(&self, file: &Path) -> io::Result<()> {
        let text = toml::to_string(self).map_err(io::Error::other)?;
        whole_file::write(file, format!("{HEAD}{text}").as_bytes())
    }

    /// Adds a decision, in place of an earlier one on the same conflict.
    pub fn decide(&mut self, decision: Decision) {
        self.revoke(&decision.on);
        self.all.push(decision);
        self.all.sort_by(|a, b| a.on.cmp(&b.on));
    }

    /// Takes back what was decided on a conflict.
    pub fn revoke(&mut self, on: &Entry) {
        self.all.retain(|known| !same(&known.on, on));
    }

    /// What was decided on a conflict: of its own file, or of one that was moved.
    pub fn on(&self, entry: &Entry) -> Option<&Decision> {
        let alike = |known: &&Decision| known.on.rule == entry.rule && known.on.key == entry.key;
        self.all.iter().find(|known| same(&known.on, entry)).or_else(|| self.all.iter().find(alike))
    }

    /// What may stand, as a baseline.
    pub fn standing(&self) -> Baseline {
        self.known(|verdict| verdict != Verdict::ToFix)
    }

    /// What is to be fixed, in the form of one.
    pub fn to_fix(&self) -> Baseline {
        self.known(|verdict| verdict == Verdict::ToFix)
    }

    fn known(&self, decided: impl Fn(Verdict) -> bool) -> Baseline {
        let known = self.all.iter().filter(|decision| decided(decision.verdict));
        Baseline::new(known.map(|decision| decision.on.clone()).collect())
    }
}

fn same(a: &Entry, b: &Entry) -> bool {
    (&a.rule, &a.key, &a.path) == (&b.rule, &b.key, &b.path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str, key: &str) -> Entry {
        Entry {
            path: path.to_owned(),
            rule: "rate".to_owned(),
            key: key.to_owned(),
            message: "5 × 5 = 25, not \"26\"".to_owned(),
        }
    }

    #[test]
    fn written_and_read() {
        let mut decisions = Decisions::default();
        let decide = |verdict, reason: &str, on| Decision { verdict, reason: reason.to_owned(), on };
        decisions.decide(decide(Verdict::Stands, "asked\n\"twice\"", entry("b.md", "01")));
        decisions.decide(decide(Verdict::ToFix, "", entry("a.md", "02")));
        decisions.decide(decide(Verdict::BothStand, "", entry("b.md", "01")));
        let folder = std::env::temp_dir().join(format!("crossfoot-decisions-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join(NAME);
        assert_eq!(Decisions::load(&file), Ok(None));
        decisions.save(&file).unwrap();
        assert_eq!(Decisions::load(&file), Ok(Some(decisions.clone())));
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "nothing is left beside it");
        fs::remove_dir_all(&folder).unwrap();
        // The same words in another file are decided on too; what is to be fixed does not stand.
        assert_eq!(decisions.on(&entry("moved.md", "01")).unwrap().verdict, Verdict::BothStand);
        assert_eq!(decisions.on(&entry("a.md", "03")), None);
        assert_eq!(decisions.standing().findings, [entry("b.md", "01")]);
        decisions.revoke(&entry("b.md", "01"));
        assert!(decisions.standing().findings.is_empty());
    }

    #[test]
    fn mistakes() {
        let error = Decisions::read("[[decision]]\nverdict = \"maybe\"\n").unwrap_err();
        assert!(error.starts_with("line 2: ") || error.starts_with("line 1: "), "{error}");
        assert!(Decisions::read("[[decisions]]\n").is_err());
    }
}
