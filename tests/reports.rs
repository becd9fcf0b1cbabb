//! Every output format, from findings and claims made by hand.

#![allow(clippy::unwrap_used)] // A test may.

use std::io::{self, Write};
use std::sync::Arc;

use crossfoot::Checker;
use crossfoot::claim::{Article, Claim, Stage};
use crossfoot::document::{self, Document};
use crossfoot::quantity::{Bound, End, Figure, Form, Interval, Kind, Number, Quantity, Unit};
use crossfoot::report::{Format, Item, Reading, Span, Style, Summary, Thing, formats};
use crossfoot::rule::Severity;
use serde_json::{Value, json};

const PLAIN: Style = Style { color: false, width: 80 };

fn document(path: &str, text: &str) -> Arc<Document> {
    Arc::new(document::read(path, text.as_bytes().to_vec()).unwrap())
}

fn format(name: &str) -> &'static Format {
    formats().iter().find(|f| f.name == name).unwrap()
}

fn written(work: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> String {
    let mut out = Vec::new();
    work(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// A mark on the first occurrence of some words.
fn mark(document: &Arc<Document>, words: &str, label: &str) -> Span {
    let at = document.source.find(words).unwrap();
    Span { document: Arc::clone(document), range: at..at + words.len(), label: label.to_owned() }
}

/// A conflict between two files, the second given with a label that holds a line break.
fn conflict() -> Item {
    let a = document("a.md", "# Twelve\n\nThe fire killed 12 people.\n");
    let b = document("b.md", "At least 15 died.\n");
    Item {
        rule: "figure-conflict",
        severity: Severity::Error,
        message: "two figures for the toll: 12 and at least 15".to_owned(),
        note: Some("15 - 12 = 3".to_owned()),
        spans: vec![mark(&a, "12", "says 12"), mark(&b, "At least 15", "says\nat least 15")],
    }
}

const SUMMARY: Summary = Summary { documents: 2, claims: 2, errors: 1, warnings: 0, infos: 0 };

#[test]
fn findings_as_text() {
    let text = written(|out| (format("text").findings)(&[conflict()], &SUMMARY, PLAIN, out));
    insta::assert_snapshot!(text, @r"
    error[figure-conflict]: two figures for the toll: 12 and at least 15
      ╭▸ a.md:3:17
      │
    3 │ The fire killed 12 people.
      │                 ━━ says 12
      │
      ⸬  b.md:1:1
      │
    1 │ At least 15 died.
      │ ━━━━━━━━━━━ says at least 15
      │
      ╰ note: 15 - 12 = 3

    1 error (2 figures in 2 documents)
    ");
}

#[test]
fn findings_as_json() {
    let text = written(|out| (format("json").findings)(&[conflict()], &SUMMARY, PLAIN, out));
    assert_eq!(
        serde_json::from_str::<Value>(&text).unwrap(),
        json!({
            "schema_version": "1",
            "findings": [{
                "rule": "figure-conflict",
                "severity": "error",
                "message": "two figures for the toll: 12 and at least 15",
                "note": "15 - 12 = 3",
                "spans": [
                    {"path": "a.md", "start": 26, "end": 28, "line": 3, "column": 17, "text": "12"},
                    {"path": "b.md", "start": 0, "end": 11, "line": 1, "column": 1, "text": "At least 15"},
                ],
                // FNV-1a over rule and words, reckoned by another program.
                "fingerprint": "7a31e79cb5595992",
            }],
            "summary": {"documents": 2, "claims": 2, "errors": 1, "warnings": 0, "infos": 0},
        })
    );
}

#[test]
fn closing_lines() {
    for (summary, want) in [
        (Summary::default(), "no conflicts (0 figures in 0 documents)\n"),
        (Summary { documents: 1, claims: 1, ..Summary::default() }, "no conflicts (1 figure in 1 document)\n"),
        (
            Summary { documents: 3, claims: 9, errors: 2, warnings: 1, infos: 2 },
            "2 errors, 1 warning, 2 remarks (9 figures in 3 documents)\n",
        ),
    ] {
        assert_eq!(written(|out| (format("text").findings)(&[], &summary, PLAIN, out)), want);
    }
}

/// Marks in lines of megabytes, and far apart in one file, are shown in little; the place is still that in the file.
#[test]
fn long_lines_are_cut() {
    let source =
        format!("{}12 dead{}\n{}\n15 dead\n", "é ".repeat(1 << 20), " é".repeat(1 << 20), "x\n".repeat(1 << 17));
    let long = document("a.txt", &source);
    let item =
        Item { spans: vec![mark(&long, "12", "says 12"), mark(&long, "15", "says 15")], note: None, ..conflict() };
    let text = written(|out| (format("text").findings)(&[item], &SUMMARY, PLAIN, out));
    assert!(text.len() < 4000, "{} bytes", text.len());
    // 2^20 times two characters stand before the first; its line, 2^17 more and a blank one before the second.
    assert!(text.contains("a.txt:1:2097153\n") && text.contains("a.txt:131075:1\n"), "{text}");
    assert!(text.contains("━━ says 12") && text.contains("━━ says 15"), "{text}");
}

fn unit(code: &str, name: &str) -> Arc<Unit> {
    let (factor, offset) = (Number::ONE, Number::ZERO);
    Arc::new(Unit { code: code.into(), name: name.into(), dimension: code.into(), factor, offset })
}

/// An article with the claims that a table gives: words, kind, bound, numbers, ends, unit, what it is per.
fn article() -> Article {
    let text = "# A fair\n\nMore than 150 sq km; 1.2m people; £3.50 a day, aged 30 to 40; dozens; 7 a day.\n";
    let mut article = Checker::english().unwrap().read(document::read("a.md", text.as_bytes().to_vec()).unwrap());
    let n = |v: i64| Number::from(v);
    let above = Interval::above(n(150), false);
    let none = Interval::ALL;
    let table = [
        (
            "More than 150 sq km",
            Kind::Area,
            Bound::MoreThan,
            vec![n(150)],
            above,
            Some(unit("km2", "square kilometre")),
            None,
        ),
        ("1.2m", Kind::Count, Bound::Exact, vec![n(1_200_000)], Interval::exactly(n(1_200_000)), None, None),
        (
            "£3.50 a day",
            Kind::Rate,
            Bound::Exact,
            vec![Number::ratio(7, 2)],
            Interval::exactly(Number::ratio(7, 2)),
            Some(unit("GBP", "pound sterling")),
            Some(unit("d", "day")),
        ),
        (
            "30 to 40",
            Kind::Age,
            Bound::Range,
            vec![n(30), n(40)],
            Interval::closed(n(30), n(40)),
            Some(unit("a", "year")),
            None,
        ),
        (
            "dozens",
            Kind::Count,
            Bound::Vague,
            vec![],
            Interval { low: Some(End { value: n(24), closed: true }), ..none },
            None,
            None,
        ),
        ("7 a day", Kind::Rate, Bound::Exact, vec![n(7)], Interval::exactly(n(7)), None, Some(unit("d", "day"))),
    ];
    article.claims = table
        .into_iter()
        .map(|(words, kind, bound, numbers, stated, unit, per)| {
            let at = text.find(words).unwrap();
            let quantity = Quantity { kind, numbers, bound, stated, step: Number::ONE, unit, per, difference: false };
            let figure = Figure { quantity, form: Form::default(), date: None, tokens: 0..0, number: 0..0, span: 0..0 };
            let counted = kind == Kind::Count;
            Claim {
                figure,
                sentence: 1,
                block: 1,
                span: at..at + words.len(),
                noun: counted.then(|| "person".into()),
                head: None,
                phrase: 0..0,
                pronoun: None,
                whole: false,
                of: false,
                leading: false,
                subject: counted.then(|| "people".to_owned()),
                verb: counted.then(|| "come".into()),
                governed: None,
                source: counted.then(|| "the\n\u{202e} police".to_owned()),
                definite: false,
                stage: Stage::default(),
                lead: None,
            }
        })
        .collect();
    article
}

#[test]
fn claims_as_json() {
    let text = written(|out| (format("json").claims)(&[article()], PLAIN, out));
    let claim = |start: usize, column: usize, text: &str, quantity: Value, counted: bool| {
        let said = |word: &str| if counted { json!(word) } else { Value::Null };
        json!({
            "start": start, "end": start + text.len(), "line": 3, "column": column, "text": text, "quantity": quantity,
            "noun": said("person"), "subject": said("people"), "verb": said("come"), "source": said("the\n\u{202e} police"),
            "sentence": 1,
        })
    };
    assert_eq!(
        serde_json::from_str::<Value>(&text).unwrap(),
        json!({"schema_version": "1", "documents": [{"path": "a.md", "claims": [
            claim(10, 1, "More than 150 sq km", json!({"kind": "area", "numbers": [150], "low": 150, "high": null, "bound": "more_than", "unit": "km2", "unit_name": "square kilometre"}), false),
            claim(31, 22, "1.2m", json!({"kind": "count", "numbers": [1_200_000], "low": 1_200_000, "high": 1_200_000, "bound": "exact", "unit": null}), true),
            // The pound sign is two bytes and one character: from here on columns and bytes part.
            claim(44, 35, "£3.50 a day", json!({"kind": "rate", "numbers": [3.5], "low": 3.5, "high": 3.5, "bound": "exact", "unit": "GBP/d", "unit_name": "pound sterling per day"}), false),
            claim(63, 53, "30 to 40", json!({"kind": "age", "numbers": [30, 40], "low": 30, "high": 40, "bound": "range", "unit": "a", "unit_name": "year"}), false),
            claim(73, 63, "dozens", json!({"kind": "count", "numbers": [], "low": 24, "high": null, "bound": "vague", "unit": null}), true),
            claim(81, 71, "7 a day", json!({"kind": "rate", "numbers": [7], "low": 7, "high": 7, "bound": "exact", "unit": "1/d"}), false),
        ]}]})
    );
}

#[test]
fn claims_as_text() {
    let text = written(|out| (format("text").claims)(&[article()], PLAIN, out));
    insta::assert_snapshot!(text, @r"
    a.md:3:1: More than 150 sq km = >150 km2
    a.md:3:22: 1.2m = 1,200,000 of person (the \u{202e} police)
    a.md:3:35: £3.50 a day = 3.5 GBP/d
    a.md:3:53: 30 to 40 = 30 to 40 a
    a.md:3:63: dozens = ≥24 of person (the \u{202e} police)
    a.md:3:71: 7 a day = 7/d
    ");
}

fn things() -> Vec<Thing> {
    let reading = |figure: &str, source: Option<&str>, path: &str, line| Reading {
        figure: figure.to_owned(),
        source: source.map(str::to_owned),
        path: path.to_owned(),
        line,
        column: 5,
    };
    vec![
        Thing {
            name: "child".to_owned(),
            agree: false,
            readings: vec![
                reading("339", Some("Moscow"), "desk/monday/story.md", 3),
                reading("nearly 400", None, "desk/wire.md", 12),
            ],
        },
        Thing {
            name: "truce".to_owned(),
            agree: true,
            readings: vec![reading("30 days", None, "desk/monday/story.md", 4)],
        },
    ]
}

#[test]
fn figures_as_text() {
    let text = written(|out| (format("text").figures)(&things(), PLAIN, out));
    insta::assert_snapshot!(text, @r"
    ┌────────────────┬────────────┬──────────┬──────────────┐
    │ What           ┆ Figure     ┆ Who says ┆ Where        │
    ╞════════════════╪════════════╪══════════╪══════════════╡
    │ child (differ) ┆ 339        ┆ Moscow   ┆ story.md:3:5 │
    │                ┆ nearly 400 ┆ -        ┆ wire.md:12:5 │
    │ truce          ┆ 30 days    ┆ -        ┆ story.md:4:5 │
    └────────────────┴────────────┴──────────┴──────────────┘
    ");
    // Two files of one name are told apart by their paths, and a long cell is broken to fit.
    let mut things = things();
    things[0].readings[1].path = "desk/tuesday/story.md".to_owned();
    things[0].readings[0].source = Some("a ministry spokeswoman ".repeat(20));
    let text = written(|out| (format("text").figures)(&things, PLAIN, out));
    let joined: String = text.split(['│', '┆']).map(str::trim).collect();
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    assert!(joined.contains("monday") && joined.contains("tuesday"), "{text}");
}

#[test]
fn figures_as_json() {
    let text = written(|out| (format("json").figures)(&things(), PLAIN, out));
    assert_eq!(
        serde_json::from_str::<Value>(&text).unwrap(),
        json!({"schema_version": "1", "things": [
            {"name": "child", "agree": false, "figures": [
                {"text": "339", "source": "Moscow", "path": "desk/monday/story.md", "line": 3, "column": 5},
                {"text": "nearly 400", "source": null, "path": "desk/wire.md", "line": 12, "column": 5},
            ]},
            {"name": "truce", "agree": true, "figures": [
                {"text": "30 days", "source": null, "path": "desk/monday/story.md", "line": 4, "column": 5},
            ]},
        ]})
    );
}
