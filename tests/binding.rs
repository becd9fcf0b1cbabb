//! What figures are bound to: the cases of `tests/binding.toml`, through the whole program.

#![allow(clippy::panic)] // A test may.

use crossfoot::Checker;
use crossfoot::claim::{Article, Claim};
use crossfoot::document;
use libtest_mimic::{Arguments, Failed, Trial};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    /// There is no figure in the text.
    #[serde(default)]
    none: bool,
    #[serde(default)]
    figure: String,
    noun: Option<String>,
    verb: Option<String>,
    relation: Option<String>,
    source: Option<String>,
    times: Option<Vec<String>>,
    places: Option<Vec<String>>,
    #[serde(default)]
    sure: Vec<String>,
}

impl Case {
    fn check(&self) -> Result<(), Failed> {
        let checker = Checker::english().map_err(|e| Failed::from(e.to_string()))?;
        let document = document::read("draft.md", self.text.clone().into_bytes()).map_err(|e| e.to_string())?;
        let article = checker.read(document);
        if self.none {
            return if article.claims.is_empty() { Ok(()) } else { Err("a figure where there is none".into()) };
        }
        let claim = article.claims.iter().find(|c| article.text(c).contains(&self.figure));
        let claim = claim.ok_or_else(|| Failed::from(format!("no figure {:?}", self.figure)))?;
        self.compare(&article, claim)
    }

    fn compare(&self, article: &Article, claim: &Claim) -> Result<(), Failed> {
        let words = |tokens: &[usize]| tokens.iter().map(|&at| article.token_text(claim, at).to_owned()).collect();
        let relation = claim.governed.map(|(_, relation)| serde_json::to_value(relation).unwrap_or_default());
        let relation = relation.as_ref().and_then(|r| r.as_str());
        let mut wrong = Vec::new();
        for (name, wanted, got) in [
            ("noun", &self.noun, claim.noun.as_deref()),
            ("verb", &self.verb, claim.verb.as_deref()),
            ("relation", &self.relation, relation),
            ("source", &self.source, claim.source.as_deref()),
        ] {
            if wanted.as_deref().is_some_and(|wanted| wanted != got.unwrap_or_default()) {
                wrong.push(format!("{name}: {got:?}, not {wanted:?}"));
            }
        }
        for (name, wanted, got) in
            [("times", &self.times, words(&claim.times)), ("places", &self.places, words(&claim.places))]
        {
            let got: Vec<String> = got;
            if wanted.as_ref().is_some_and(|wanted| *wanted != got) {
                wrong.push(format!("{name}: {got:?}, not {wanted:?}"));
            }
        }
        let sure = serde_json::to_value(claim.sure).unwrap_or_default();
        wrong.extend(
            self.sure.iter().filter(|name| sure[name.as_str()] != true).map(|name| format!("{name} is not sure")),
        );
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ").into()) }
    }
}

fn main() {
    let arguments = Arguments::from_args();
    let cases: Cases =
        toml::from_str(include_str!("binding.toml")).unwrap_or_else(|e| panic!("tests/binding.toml: {e}"));
    let trials = cases
        .case
        .into_iter()
        .map(|case| Trial::test(format!("{} in {:?}", case.figure, case.text), move || case.check()))
        .collect();
    libtest_mimic::run(&arguments, trials).exit();
}
