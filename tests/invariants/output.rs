//! What must hold of everything that is written: JSON keeps to its schema, and no text of a draft steers a terminal.

use std::sync::OnceLock;

use crossfoot::claim::Article;
use crossfoot::report::{self, Backing, Item, Report, Style, Summary, Thing};
use jsonschema::Validator;
use serde_json::Value;

use super::inspector;
use super::steering::steers_nothing;

/// Everything that every format writes, by the format's name and what is written.
pub(super) type Written = Vec<(&'static str, &'static str, Vec<u8>)>;

/// Writes everything there is to say in every format, and looks at it.
pub(super) fn all(items: &[Item], articles: &[Article]) -> Written {
    let written = write(items, articles);
    look_at(&written);
    written
}

/// Writes everything there is to say in every format.
pub(super) fn write(items: &[Item], articles: &[Article]) -> Written {
    let mut summary = Summary { documents: 1, claims: articles[0].claims.len(), ..Summary::default() };
    for item in items {
        summary.add(item.severity);
    }
    let against: Vec<Backing> = if articles.len() > 1 {
        let entries = inspector().checker.ledger(articles).into_iter();
        entries.filter_map(|entry| Backing::new(entry, articles)).collect()
    } else {
        Vec::new()
    };
    let documents: Vec<String> = articles.iter().map(|article| article.document.path.clone()).collect();
    let report = Report {
        items,
        summary: &summary,
        documents: &documents,
        rules: inspector().checker.rules(),
        articles,
        against: &against,
        explain: true,
    };
    let things = Thing::all(articles);
    let style = Style { color: false, width: 80 };
    let mut written = Written::new();
    for format in report::formats() {
        let mut out = Vec::new();
        if let Some(write) = format.findings {
            write(&report, style, &mut out).expect("memory takes it");
            written.push((format.name, "findings", std::mem::take(&mut out)));
        }
        if let Some(write) = format.claims {
            write(&mut articles.iter().cloned(), style, &mut out).expect("memory takes it");
            written.push((format.name, "claims", std::mem::take(&mut out)));
        }
        if let Some(write) = format.figures {
            write(&things, style, &mut out).expect("memory takes it");
            written.push((format.name, "figures", out));
        }
    }
    written
}

/// What is written is harmless, and JSON keeps to its schema.
fn look_at(written: &Written) {
    for (format, what, bytes) in written {
        let text = std::str::from_utf8(bytes).expect("what is written is UTF-8");
        let meant: &[&str] = if *format == "github" {
            &["::error file=draft", "::warning file=draft", "::notice file=draft"]
        } else {
            &[]
        };
        steers_nothing(text, meant, &format!("{what} as {format}"));
        if *format == "json" {
            let value = serde_json::from_str(text).expect("what is written is JSON");
            if let Err(error) = schema(what).validate(&value) {
                panic!("{what}: {}: {error}", error.instance_path());
            }
        }
    }
}

/// The places of figures in JSON are those of their texts in the file.
pub(super) fn places_are_of_the_text(text: &str, written: &Written) {
    let claims =
        written.iter().find(|(format, what, _)| (*format, *what) == ("json", "claims")).expect("JSON has them");
    let value: Value = serde_json::from_slice(&claims.2).expect("what is written is JSON");
    for claim in value["documents"][0]["claims"].as_array().expect("claims") {
        let place = |key: &str| usize::try_from(claim[key].as_u64().expect("a number")).expect("a place");
        assert_eq!(text.get(place("start")..place("end")), claim["text"].as_str(), "{claim}");
        let line = text[..place("start")].matches('\n').count() + 1;
        assert_eq!(place("line"), line, "{claim}");
    }
}

/// A complaint is a line, and harmless once the command line has made its blanks of it.
pub(super) fn complaint(message: &str) {
    assert!(!message.trim().is_empty(), "a complaint that says nothing");
    steers_nothing(&report::escape::one_line(message), &[], "a complaint");
}

fn schema(of: &str) -> &'static Validator {
    static SCHEMAS: OnceLock<[Validator; 3]> = OnceLock::new();
    let [findings, claims, figures] = SCHEMAS.get_or_init(|| {
        [
            include_str!("../../docs/schema/findings.json"),
            include_str!("../../docs/schema/claims.json"),
            include_str!("../../docs/schema/figures.json"),
        ]
        .map(|text| {
            jsonschema::validator_for(&serde_json::from_str(text).expect("a schema is JSON")).expect("a schema")
        })
    });
    match of {
        "findings" => findings,
        "claims" => claims,
        _ => figures,
    }
}
