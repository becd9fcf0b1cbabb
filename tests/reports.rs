//! Output formats, from findings, claims and things made by hand.

#![cfg(all(feature = "markdown", feature = "reports"))]
#![allow(clippy::panic, clippy::expect_used, clippy::unwrap_used)] // A test may.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use crossfoot::Checker;
use crossfoot::claim::{Article, Claim, Relation, Sure};
use crossfoot::document::{self, Document};
use crossfoot::quantity::{Bound, Interval, Kind, Number, Unit};
use crossfoot::report::{Format, Item, Reading, Report, Span, Style, Summary, Thing, formats};
use crossfoot::review::Whereabouts;
use crossfoot::rule::Severity;
use sha2::{Digest as _, Sha256};

const PLAIN: Style = Style { color: false, width: 80 };

fn format(name: &str) -> &'static Format {
    formats().iter().find(|f| f.name == name).unwrap()
}

fn text(write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// A format's findings.
fn findings(name: &str, items: &[Item], summary: &Summary) -> String {
    let documents: Vec<String> = items.iter().map(|item| item.spans[0].document.path.clone()).collect();
    let report = Report {
        items,
        summary,
        documents: &documents[..documents.len().min(1)],
        rules: &[],
        articles: &[],
        against: &[],
        explain: false,
    };
    let write = format(name).findings.unwrap();
    text(|out| write(&report, PLAIN, out))
}

fn document(path: &str, source: &str) -> Arc<Document> {
    Arc::new(Document::new(path, source.to_owned(), Vec::new(), None))
}

fn span(document: &Arc<Document>, words: &str, label: &str) -> Span {
    let start = document.source.find(words).unwrap();
    Span { document: Arc::clone(document), range: start..start + words.len(), label: label.to_owned(), fix: None }
}

/// An error inside one draft, a warning on one line and a dispute between two files.
fn items() -> (Vec<Item>, Summary) {
    let draft = document(
        "drafts/fire.md",
        "# Fire on the quay\n\nThe fire destroyed 12 sheds on Friday.\n\nNobody was hurt.\n\nAll 15 sheds were empty.\n",
    );
    let wire = document("wire.txt", "Größte fire: about 9 sheds, the mayor said.\n");
    let items = vec![
        Item {
            rule: "figure-conflict".into(),
            key: String::new(),
            severity: Severity::Error,
            message: "two figures for \"shed\": 12 and 15".to_owned(),
            note: Some("12 + 3 = 15".to_owned()),
            spans: vec![span(&draft, "12 sheds", "12 here"), span(&draft, "15 sheds", "15 there")],
        },
        Item {
            rule: "source-conflict".into(),
            key: String::new(),
            severity: Severity::Info,
            message: "the draft has 12, the wire about 9".to_owned(),
            note: None,
            spans: vec![span(&draft, "12 sheds", "the draft"), span(&wire, "about 9 sheds", "the mayor")],
        },
    ];
    (items, Summary { documents: 2, claims: 3, errors: 1, warnings: 0, infos: 1 })
}

#[test]
fn findings_as_text() {
    let (items, summary) = items();
    insta::assert_snapshot!(findings("text", &items, &summary), @r#"
    error[figure-conflict]: two figures for "shed": 12 and 15
     --> drafts/fire.md:3:20
      |
    3 | The fire destroyed 12 sheds on Friday.
      |                    ^^^^^^^^ 12 here
    ...
    7 | All 15 sheds were empty.
      |     ^^^^^^^^ 15 there
      |
      = note: 12 + 3 = 15

    info[source-conflict]: the draft has 12, the wire about 9
     --> drafts/fire.md:3:20
      |
    3 | The fire destroyed 12 sheds on Friday.
      |                    ^^^^^^^^ the draft
      |
     ::: wire.txt:1:14
      |
    1 | Größte fire: about 9 sheds, the mayor said.
      |              ^^^^^^^^^^^^^ the mayor

    1 error, 1 remark (3 figures in 2 documents)
    "#);
}

#[test]
fn findings_as_json() {
    let (items, summary) = items();
    let mut json: serde_json::Value = serde_json::from_str(&findings("json", &items, &summary)).unwrap();
    for finding in json["findings"].as_array_mut().unwrap() {
        finding["fingerprint"] = "[hash]".into();
    }
    // Where the figures stand, counted by hand; "ö" and "ß" have two bytes each.
    insta::assert_json_snapshot!(json, @r#"
    {
      "findings": [
        {
          "fingerprint": "[hash]",
          "message": "two figures for \"shed\": 12 and 15",
          "note": "12 + 3 = 15",
          "rule": "figure-conflict",
          "severity": "error",
          "spans": [
            {
              "column": 20,
              "end": 47,
              "line": 3,
              "path": "drafts/fire.md",
              "start": 39,
              "text": "12 sheds"
            },
            {
              "column": 5,
              "end": 90,
              "line": 7,
              "path": "drafts/fire.md",
              "start": 82,
              "text": "15 sheds"
            }
          ]
        },
        {
          "fingerprint": "[hash]",
          "message": "the draft has 12, the wire about 9",
          "rule": "source-conflict",
          "severity": "info",
          "spans": [
            {
              "column": 20,
              "end": 47,
              "line": 3,
              "path": "drafts/fire.md",
              "start": 39,
              "text": "12 sheds"
            },
            {
              "column": 14,
              "end": 28,
              "line": 1,
              "path": "wire.txt",
              "start": 15,
              "text": "about 9 sheds"
            }
          ]
        }
      ],
      "schema_version": "1",
      "summary": {
        "claims": 3,
        "documents": 2,
        "errors": 1,
        "infos": 1,
        "warnings": 0
      }
    }
    "#);
}

#[test]
fn closing_lines() {
    let summary = |documents, claims, errors, warnings, infos| Summary { documents, claims, errors, warnings, infos };
    let table = [
        (summary(0, 0, 0, 0, 0), "no conflicts (0 figures in 0 documents)\n"),
        (summary(1, 1, 0, 0, 0), "no conflicts (1 figure in 1 document)\n"),
        (summary(2, 30, 1, 2, 0), "1 error, 2 warnings (30 figures in 2 documents)\n"),
        (summary(1, 3, 2, 1, 1), "2 errors, 1 warning, 1 remark (3 figures in 1 document)\n"),
    ];
    for (summary, expected) in table {
        assert_eq!(findings("text", &[], &summary), expected);
    }
}

/// An article whose claims say what the table below says.
fn article() -> Article {
    let source = "Crowds: 9 men; more than 2.5 km; up to £3 a day; dozens.\n";
    let checker = Checker::english().unwrap();
    let mut article = checker.read(document::read("crowds.md", source.as_bytes().to_vec()).unwrap());
    let first = article.claims.first().expect("there is a figure in the text").clone();
    let unit = |code: &str, name: &str, dimension: &str| {
        Some(Arc::new(Unit {
            code: code.into(),
            name: name.into(),
            dimension: dimension.into(),
            factor: Number::ONE,
            offset: Number::ZERO,
        }))
    };
    let claim = |words: &str, work: &dyn Fn(&mut Claim)| {
        let mut claim = first.clone();
        let start = source.find(words).unwrap();
        (claim.span, claim.sentence) = (start..start + words.len(), 0);
        (claim.noun, claim.subject, claim.verb, claim.source) = (None, None, None, None);
        (claim.governed, claim.times, claim.places, claim.sure) = (None, vec![], vec![], Sure::default());
        let quantity = &mut claim.figure.quantity;
        (quantity.numbers, quantity.unit, quantity.per) = (Vec::new(), None, None);
        (quantity.kind, quantity.bound, quantity.stated) = (Kind::Count, Bound::Exact, Interval::ALL);
        work(&mut claim);
        claim
    };
    article.claims = vec![
        claim("9 men", &|c| {
            c.figure.quantity.numbers = vec![Number::from(9)];
            c.figure.quantity.stated = Interval::exactly(Number::from(9));
            (c.noun, c.subject) = (Some("man".into()), Some("9 men".into()));
            (c.verb, c.source) = (Some("come".into()), Some("the police".into()));
            (c.governed, c.places) = (Some((3, Relation::PassiveSubject)), vec![0]);
            c.sure = Sure { noun: true, verb: false, source: true };
        }),
        claim("more than 2.5 km", &|c| {
            let quantity = &mut c.figure.quantity;
            (quantity.kind, quantity.bound) = (Kind::Length, Bound::MoreThan);
            quantity.numbers = vec![Number::ratio(5, 2)];
            quantity.stated = Interval::above(Number::ratio(5, 2), false);
            quantity.unit = unit("km", "kilometre", "length");
        }),
        claim("up to £3 a day", &|c| {
            let quantity = &mut c.figure.quantity;
            (quantity.kind, quantity.bound) = (Kind::Money, Bound::AtMost);
            quantity.numbers = vec![Number::from(3)];
            quantity.stated = Interval::below(Number::from(3), true);
            (quantity.unit, quantity.per) = (unit("GBP", "pound", "money:GBP"), unit("d", "day", "duration"));
        }),
        claim("dozens", &|c| {
            c.figure.quantity.bound = Bound::Vague;
            c.figure.quantity.stated = Interval::closed(Number::from(24), Number::from(99));
        }),
    ]
    .into();
    article
}

#[test]
fn claims_as_text() {
    let article = article();
    insta::assert_snapshot!(text(|out| (format("text").claims.unwrap())(&mut [article.clone()].into_iter(), PLAIN, out)), @"
    crowds.md:1:9: 9 men = 9 of man (the police)
    crowds.md:1:16: more than 2.5 km = >2.5 km
    crowds.md:1:34: up to £3 a day = ≤3 GBP/d
    crowds.md:1:50: dozens = 24 to 99
    ");
}

#[test]
fn claims_as_json() {
    let article = article();
    let json = text(|out| (format("json").claims.unwrap())(&mut [article.clone()].into_iter(), PLAIN, out));
    // Byte offsets behind the pound sign are one more than the columns say.
    insta::assert_snapshot!(json.replace("},{\"start\"", "},\n{\"start\""), @r#"
    {"schema_version":"1","documents":[{"path":"crowds.md","claims":[{"start":8,"end":13,"line":1,"column":9,"text":"9 men","quantity":{"kind":"count","numbers":[9],"low":9,"high":9,"bound":"exact","unit":null},"noun":"man","subject":"9 men","verb":"come","relation":"passive_subject","source":"the police","times":[],"places":["Crowds"],"sure":{"noun":true,"verb":false,"source":true},"sentence":0},
    {"start":15,"end":31,"line":1,"column":16,"text":"more than 2.5 km","quantity":{"kind":"length","numbers":[2.5],"low":2.5,"high":null,"bound":"more_than","unit":"km","unit_name":"kilometre"},"noun":null,"subject":null,"verb":null,"relation":null,"source":null,"times":[],"places":[],"sure":{"noun":false,"verb":false,"source":false},"sentence":0},
    {"start":33,"end":48,"line":1,"column":34,"text":"up to £3 a day","quantity":{"kind":"money","numbers":[3],"low":null,"high":3,"bound":"at_most","unit":"GBP/d","unit_name":"pound per day"},"noun":null,"subject":null,"verb":null,"relation":null,"source":null,"times":[],"places":[],"sure":{"noun":false,"verb":false,"source":false},"sentence":0},
    {"start":50,"end":56,"line":1,"column":50,"text":"dozens","quantity":{"kind":"count","numbers":[],"low":24,"high":99,"bound":"vague","unit":null},"noun":null,"subject":null,"verb":null,"relation":null,"source":null,"times":[],"places":[],"sure":{"noun":false,"verb":false,"source":false},"sentence":0}]}]}
    "#);
}

fn things() -> Vec<Thing> {
    let reading = |figure: &str, source: Option<&str>, path: &str, line, column| Reading {
        figure: figure.to_owned(),
        source: source.map(str::to_owned),
        path: path.to_owned(),
        line,
        column,
    };
    vec![
        Thing {
            name: "shed".to_owned(),
            agree: false,
            readings: vec![
                reading("12 sheds", None, "fire.md", 3, 20),
                reading("about\n9 sheds", Some("the mayor"), "wire.txt", 1, 14),
            ],
        },
        Thing { name: "fine".to_owned(), agree: true, readings: vec![reading("£3m", None, "fire.md", 12, 1)] },
    ]
}

#[test]
fn figures_as_a_table() {
    insta::assert_snapshot!(text(|out| (format("text").figures.unwrap())(&things(), PLAIN, out)), @"
    ┌───────────────┬───────────────┬───────────┬───────────────┐
    │ What          ┆ Figure        ┆ Who says  ┆ Where         │
    ╞═══════════════╪═══════════════╪═══════════╪═══════════════╡
    │ shed (differ) ┆ 12 sheds      ┆ -         ┆ fire.md:3:20  │
    │               ┆ about 9 sheds ┆ the mayor ┆ wire.txt:1:14 │
    │ fine          ┆ £3m           ┆ -         ┆ fire.md:12:1  │
    └───────────────┴───────────────┴───────────┴───────────────┘
    ");
}

/// The folder that all documents stand in is left out of the table.
#[test]
fn places_in_the_table() {
    let table = [
        (["fire.md", "wire.txt"], ["fire.md:", "wire.txt:"]),
        (["drafts/quay/fire.md", "drafts/quay/fire.md"], [" fire.md:", " fire.md:"]),
        (["drafts/quay/fire.md", "drafts/quarry/fire.md"], [" quay/fire.md:", " quarry/fire.md:"]),
        (["/a/é/x.md", "/a/è/x.md"], [" é/x.md:", " è/x.md:"]),
        (["a.md", "a.md/b.md"], [" a.md:", " a.md/b.md:"]),
    ];
    for (paths, shown) in table {
        let mut things = things();
        for (reading, path) in things[0].readings.iter_mut().zip(paths) {
            reading.path = path.to_owned();
        }
        things.truncate(1);
        let output = text(|out| (format("text").figures.unwrap())(&things, PLAIN, out));
        for place in shown {
            assert!(output.contains(place), "{place} of {paths:?} is not in\n{output}");
        }
    }
}

/// However long the words, the table keeps to its 80 columns and loses none of them.
#[test]
fn the_table_keeps_to_its_width() {
    let mut things = things();
    let long = "the Ministry for the Environment, Fisheries and the Development of the Northern Coast";
    things[0].readings[1].source = Some(long.to_owned());
    things[0].readings[0].figure = "between one hundred and twenty and one hundred and fifty sheds".to_owned();
    things[0].readings[0].path = format!("drafts/{}.md", "night-on-the-quay-".repeat(5));
    let table = text(|out| (format("text").figures.unwrap())(&things, PLAIN, out));
    for line in table.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    for word in long.split(' ').chain(["between", "fifty", "wire.txt:1:14"]) {
        assert!(table.contains(word), "{word} is not in\n{table}");
    }
}

#[test]
fn figures_as_json() {
    insta::assert_snapshot!(text(|out| (format("json").figures.unwrap())(&things(), PLAIN, out)).replace("},{", "},\n{"), @r#"
    {"schema_version":"1","things":[{"name":"shed","agree":false,"figures":[{"text":"12 sheds","source":null,"path":"fire.md","line":3,"column":20},
    {"text":"about\n9 sheds","source":"the mayor","path":"wire.txt","line":1,"column":14}]},
    {"name":"fine","agree":true,"figures":[{"text":"£3m","source":null,"path":"fire.md","line":12,"column":1}]}]}
    "#);
}

/// Nothing in a draft steers the terminal or turns the reading direction of a report.
#[test]
fn nothing_steers() {
    const STEERING: [char; 7] = ['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}', '\u{2066}', '\u{61c}', '\u{200f}'];
    let evil: String = STEERING.iter().collect();
    let source = format!("The {evil} fire burnt 12{evil}sheds and {evil}more.\n");
    let draft = document(&format!("a{evil}.md"), &source);
    let figure = format!("12{evil}sheds");
    let item = Item {
        rule: "figure-conflict".into(),
        key: String::new(),
        severity: Severity::Warning,
        message: format!("12{evil} is not 13"),
        note: Some(format!("a note{evil}")),
        spans: vec![span(&draft, &figure, &format!("label{evil}"))],
    };
    let mut article = article();
    let mut claims = article.claims.to_vec();
    claims[0].source = Some(evil.clone());
    article.claims = claims.into();
    let reading =
        Reading { figure: figure.clone(), source: Some(evil.clone()), path: evil.clone(), line: 1, column: 1 };
    let thing = Thing { name: evil.clone(), agree: true, readings: vec![reading] };
    let summary = Summary::default();
    for format in formats() {
        let outputs = [
            format.findings.map(|_| findings(format.name, std::slice::from_ref(&item), &summary)),
            format.claims.map(|write| text(|out| write(&mut [article.clone()].into_iter(), PLAIN, out))),
            format.figures.map(|write| text(|out| write(std::slice::from_ref(&thing), PLAIN, out))),
        ];
        for output in outputs.into_iter().flatten() {
            let found: Vec<char> = output.chars().filter(|c| STEERING.contains(c)).collect();
            assert!(found.is_empty(), "{}: {found:?} in {output:?}", format.name);
        }
    }
    // JSON says the same words all the same.
    let json = findings("json", &[item], &summary);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["findings"][0]["spans"][0]["text"], figure);
}

/// Marks in lines of megabytes, and far apart in one file, are shown in little; the place is still that in the file.
#[test]
fn long_lines_are_cut() {
    let source =
        format!("{}12 dead{}\n{}\n15 dead\n", "é ".repeat(1 << 20), " é".repeat(1 << 20), "x\n".repeat(1 << 17));
    let long = document("a.txt", &source);
    let spans = vec![span(&long, "12", "says 12"), span(&long, "15", "says 15")];
    let (severity, message) = (Severity::Error, "12 or 15".to_owned());
    let item = Item { rule: "figure-conflict".into(), key: String::new(), severity, message, note: None, spans };
    let shown = findings("text", &[item], &Summary::default());
    assert!(shown.len() < 4000, "{} bytes", shown.len());
    // 2^20 times two characters stand before the first; its line, 2^17 more and a blank one before the second.
    assert!(shown.contains("a.txt:1:2097153\n") && shown.contains("a.txt:131075:1\n"), "{shown}");
    assert!(shown.contains("^^ says 12") && shown.contains("^^ says 15"), "{shown}");
}

/// A page of one draft.
fn page(path: &str, draft: &str) -> String {
    let checker = Checker::english().unwrap();
    let article = checker.read(document::read(path, draft.as_bytes().to_vec()).unwrap());
    let articles = [article];
    let whereabouts = [Whereabouts::new(&articles[0])];
    let findings = checker.check(&articles[0], &|_| true).into_iter();
    let items: Vec<Item> = findings.map(|finding| Item::new(finding, &articles, &whereabouts)).collect();
    let summary = Summary { documents: 1, claims: articles[0].claims.len(), errors: items.len(), ..Summary::default() };
    let documents = [path.to_owned()];
    let report = Report {
        items: &items,
        summary: &summary,
        documents: &documents,
        rules: &[],
        articles: &articles,
        against: &[],
        explain: false,
    };
    text(|out| (format("html").findings.unwrap())(&report, PLAIN, out))
}

/// Both places of a conflict are marked in the article and led to from the conflict.
#[test]
fn a_page_marks_both_places() {
    let page = page("park.md", "# A new park\n\nThe *new park* covers 40 sq km (25 sq miles). It cost 900 crowns.\n");
    for (anchor, figure) in [("f1-0", "40 sq km"), ("f1-1", "25 sq miles")] {
        let marked = page.split(&format!("<span id=\"{anchor}\" class=\"anchor\"></span><a ")).nth(1).unwrap();
        assert!(marked.split_once('>').unwrap().1.starts_with(figure), "{anchor}: {marked}");
        assert!(page.contains(&format!("href=\"#{anchor}\"")), "{anchor} is led to from nowhere");
    }
    // A figure in no conflict is marked too, and markup of the draft is gone.
    assert!(page.contains(">900</span> crowns") || page.contains(">900 crowns</span>"));
    assert!(page.contains("The new park covers "));
}

/// Nothing of a draft becomes markup, script or an attribute of the page, nor turns its direction.
#[test]
fn a_page_is_safe() {
    let evil = "<script>alert(1)</script> \"onclick='x' </p></article></style> <img src=x onerror=y> {{ 7 }} \u{202e}";
    let draft = format!("{evil} killed 7.\n\nThe {evil} park covers 40 sq km (25 sq miles) {evil}.\n");
    let page = page("a\"><script>.txt", &draft);
    assert_eq!(page.matches("<script").count(), 1, "the page's own");
    for never in ["<img", "\"onclick", "'x'", "\u{202e}", "http://", "https://", "src="] {
        let escaped = never == "src=" && page.matches("src=").count() == page.matches("img src=x").count();
        assert!(escaped || !page.contains(never), "{never} is in the page");
    }
    assert!(page.contains("&#60;script&#62;alert(1)") || page.contains("&lt;script&gt;alert(1)"));
    assert!(page.contains("\\u{202e}"));
}

/// The policy lets run the script that stands in the page, and only that.
#[test]
fn a_page_names_its_script() {
    let page = page("a.md", "Nine men came.\n");
    let between = |from: &str, to: &str| page.split_once(from).unwrap().1.split_once(to).unwrap().0.to_owned();
    let sum = STANDARD.encode(Sha256::digest(between("<script>", "</script>").as_bytes()));
    let policy = between("Content-Security-Policy\" content=\"", "\">").replace("&#39;", "'");
    assert!(policy.starts_with("default-src 'none';"), "{policy}");
    assert!(policy.contains(&format!("script-src 'sha256-{sum}';")), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
}
