//! What the signs tell of two figures of which one looks like a slip for the other.
//!
//! Each row is a text with two such figures in it, first and second among its figures that can be compared unless told
//! otherwise, and signs with what they must say.

#![cfg(feature = "markdown")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)] // A test may.

use crossfoot::Checker;
use crossfoot::document;
use crossfoot::group::{SIGNS, Signs};

/// A text, the two figures by place, the signs with their values.
type Row = (&'static str, (usize, usize), &'static [(&'static str, u8)]);

const ROWS: &[Row] = &[
    // 236 and 263: two digits swapped, one noun, "homes" after both, nothing alike before them. Content words near: storm,
    // ada, flood, home, leeds and council, said, home, flood, storm; three of five are common, each twice in the article.
    (
        "Storm Ada flooded 236 homes in Leeds.\n\nThe council said 263 homes were flooded by the storm.\n",
        (0, 1),
        &[
            ("slip", 0),
            ("digits", 3),
            ("noughts", 0),
            ("larger first", 0),
            ("kind", 0),
            ("sentences between", 1),
            ("earlier sentence", 0),
            ("later sentence", 1),
            ("sentences", 2),
            ("figures", 2),
            ("of its kind", 2),
            ("slips for the earlier", 1),
            ("same as the earlier", 0),
            ("noun", 4),
            ("words after", 1),
            ("words before", 0),
            ("near words", 3),
            ("share of near words", 19),
            ("weight of near words", 48),
            ("words", 3),
            ("voice", 2),
            ("bounds", 0),
            ("summary", 0),
            ("accounted for", 0),
            ("ratio", 8),
            ("paragraphs between", 1),
        ],
    ),
    // A decimal point left out: one place, ten times as much, "the bridge cost" before both.
    (
        "The bridge cost $4.2m. The mayor said that the bridge cost $42m.\n",
        (0, 1),
        &[
            ("slip", 3),
            ("digits", 2),
            ("larger first", 0),
            ("kind", 1),
            ("words before", 3),
            ("ratio", 80),
            ("paragraphs between", 0),
        ],
    ),
    // The headline has no noun; both have the event.
    (
        "# Blaze kills 12\n\nA blaze at a mill killed 21 people on Monday.\n",
        (0, 1),
        &[("slip", 0), ("summary", 1), ("event", 3), ("noun", 1), ("sentences between", 1)],
    ),
    // 1,200 less 1,020 is 180, which stands there.
    (
        "The firm had 1,200 workers. It now has 1,020 workers. It let 180 workers go.\n",
        (0, 1),
        &[("slip", 0), ("larger first", 1), ("accounted for", 1), ("of its kind", 3), ("noun", 4)],
    ),
    // 1,200 less 1,020 is not 190.
    ("The firm had 1,200 workers. It now has 1,020 workers. It let 190 workers go.\n", (0, 1), &[("accounted for", 0)]),
    // A bound and an exact figure; two speakers.
    (
        "\"We counted more than 310 seals,\" said Holt. \"There were 130 seals,\" said Berg.\n",
        (0, 1),
        &[("bounds", 3), ("voice", 3), ("larger first", 1), ("noun", 4)],
    ),
    // The second comes back to the first.
    (
        "The flood ruined 24 cottages. The 42 cottages were built in a year.\n",
        (0, 1),
        &[("slip", 0), ("definite", 2), ("indefinite", 0)],
    ),
    // The second is a forecast, of another year.
    (
        "The port shipped 513 cars in 2019. It will ship 531 cars in 2021.\n",
        (0, 1),
        &[("stage", 1), ("times", 3), ("verb", 3)],
    ),
    // 254 is told again, and fits 245 by as many words.
    (
        "The vote lost by 254 ballots. A recount found 245 ballots. The court upheld 254 ballots.\n",
        (0, 1),
        &[("same as the earlier", 1), ("same as the later", 0), ("of its kind", 3), ("slips for the later", 2)],
    ),
];

#[test]
fn signs_say_what_stands_there() {
    let checker = Checker::english().unwrap();
    let place = |name: &str| SIGNS.iter().position(|(known, _)| *known == name).unwrap_or_else(|| panic!("no {name}"));
    let mut wrong = Vec::new();
    for (text, (first, second), wanted) in ROWS {
        let article = checker.read(document::read("draft.md", text.as_bytes().to_vec()).unwrap());
        let signs = Signs::new(&article);
        let Some(pair) = signs.pair(*first, *second) else {
            wrong.push(format!("{text}: no slip"));
            continue;
        };
        let told = pair.signs();
        for (name, value) in *wanted {
            if told[place(name)] != *value {
                wrong.push(format!("{text}: {name} is {}, not {value}", told[place(name)]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn figures_of_one_sentence_and_of_two_kinds_are_no_pair() {
    let checker = Checker::english().unwrap();
    for text in ["There were 24 cottages and 42 barns.\n", "There were 24 cottages. It took 42 days.\n"] {
        let article = checker.read(document::read("draft.md", text.as_bytes().to_vec()).unwrap());
        let signs = Signs::new(&article);
        assert_eq!(signs.items.len(), 2, "{text}");
        assert!(signs.pair(0, 1).is_none(), "{text}");
        assert!(!Signs::any(&article), "{text}");
    }
}

#[test]
fn a_figure_can_be_given_another_number() {
    let checker = Checker::english().unwrap();
    let text = "The flood ruined 24 cottages. The 24 cottages were built in a year.\n";
    let article = checker.read(document::read("draft.md", text.as_bytes().to_vec()).unwrap());
    let signs = Signs::new(&article);
    assert!(signs.pair(0, 1).is_none(), "equal figures are no slips");
    assert!(signs.with(1, 42.into()).pair(0, 1).is_some());
}
