//! Figures as they are read: a table worked out by hand, numbers printed in every style and read back, and the errors of
//! faulty packs.

#![allow(clippy::panic, clippy::expect_used)] // A test may.

use crossfoot::pack::Pack;
use crossfoot::quantity::{Bound, Figure, Interval, Kind, Number, Quantity, Reader};
use crossfoot::text::{Token, Upos};
use proptest::prelude::*;
use serde::Deserialize;

fn reader() -> &'static Reader {
    static READER: std::sync::OnceLock<Reader> = std::sync::OnceLock::new();
    READER.get_or_init(|| Reader::new(&Pack::english()).expect("the built-in pack is sound"))
}

fn text_reader() -> &'static crossfoot::text::Reader {
    static READER: std::sync::OnceLock<crossfoot::text::Reader> = std::sync::OnceLock::new();
    READER.get_or_init(|| crossfoot::text::Reader::new(&Pack::english()).expect("the built-in pack is sound"))
}

fn sentences(text: &str) -> Vec<Vec<Token>> {
    let reader = text_reader();
    let tagged = |span| {
        let mut tokens = reader.tokens(text, span);
        for (at, token) in tokens.iter_mut().enumerate() {
            (token.upos, token.xpos) = tag(&token.lower, token.capital && at > 0);
        }
        tokens
    };
    reader.sentences(text).into_iter().map(tagged).collect()
}

/// Tags from a list of small words, capitals and endings: the grammar must not lean on more than that for these texts.
fn tag(lower: &str, name: bool) -> (Upos, &'static str) {
    const SMALL: &[(Upos, &str, &[&str])] = &[
        (
            Upos::ADP,
            "IN",
            &[
                "of", "in", "on", "at", "from", "to", "by", "for", "per", "with", "after", "within", "over", "as",
                "than",
            ],
        ),
        (Upos::DET, "DT", &["a", "an", "the", "this", "another", "some"]),
        (Upos::CCONJ, "CC", &["and", "or"]),
        (Upos::ADV, "RB", &["nearly", "almost", "about", "only", "just", "then", "not", "up"]),
        (Upos::AUX, "VBD", &["was", "were", "is", "are", "be", "will", "has", "had"]),
        (Upos::PRON, "PRP", &["it", "he", "she", "they", "her", "his", "who"]),
        (
            Upos::ADJ,
            "JJ",
            &[
                "high", "long", "tall", "first", "second", "third", "fourth", "last", "dead", "many", "more", "fewer",
                "past",
            ],
        ),
        (
            Upos::VERB,
            "VBD",
            &[
                "rose", "fell", "paid", "cost", "took", "hit", "won", "went", "met", "died", "hurt", "killed", "earn",
                "runs", "passed", "scored", "left", "came", "led", "weighs", "knew", "said",
            ],
        ),
    ];
    if let Some((upos, xpos, _)) = SMALL.iter().find(|(_, _, words)| words.contains(&lower)) {
        return (*upos, xpos);
    }
    match lower {
        _ if lower.starts_with(|c: char| c.is_ascii_digit()) => (Upos::NUM, "CD"),
        _ if !lower.starts_with(char::is_alphabetic) => (Upos::PUNCT, "."),
        _ if name => (Upos::PROPN, "NNP"),
        _ if lower.ends_with("ed") => (Upos::VERB, "VBD"),
        "people" | "men" | "women" | "children" => (Upos::NOUN, "NNS"),
        _ if lower.ends_with('s') && !lower.ends_with("ss") => (Upos::NOUN, "NNS"),
        _ => (Upos::NOUN, "NN"),
    }
}

fn read(text: &str) -> Vec<Figure> {
    sentences(text).iter().flat_map(|tokens| reader().figures(text, tokens)).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    figures: Vec<String>,
}

fn name_of(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn number(text: &str) -> Number {
    Number::parse_exact(text).unwrap_or_else(|| panic!("{text:?} in the table is no number"))
}

fn interval_of(text: &str) -> Interval {
    let inner = text.trim_matches(['[', ']', '(', ')']);
    let (low, high) = inner.split_once(',').unwrap_or_else(|| panic!("{text:?} is no interval"));
    let end = |part: &str, closed: bool| {
        (part.trim() != "inf").then(|| crossfoot::quantity::End { value: number(part.trim()), closed })
    };
    Interval { low: end(low, text.starts_with('[')), high: end(high, text.ends_with(']')) }
}

/// A figure in the table's notation, but the interval only where it is not the numbers themselves.
fn notation(text: &str, figure: &Figure) -> (String, Interval) {
    let q = &figure.quantity;
    let numbers: Vec<String> = q.numbers.iter().map(|n| n.to_string().replace(',', "")).collect();
    let code = q.unit.as_ref().map_or("", |u| u.code.as_str());
    let unit = q.per.as_ref().map_or_else(|| code.to_owned(), |p| format!("{code}/{}", p.code));
    let line = format!(
        "{} | {} | {} | {} | {unit}",
        &text[figure.span.clone()],
        name_of(&q.kind),
        numbers.join(", "),
        name_of(&q.bound)
    );
    (line, q.stated)
}

#[test]
fn the_table_is_read_as_by_hand() {
    let cases: Cases = toml::from_str(include_str!("quantity_figures.toml")).expect("the table is sound TOML");
    let mut wrong = Vec::new();
    for case in &cases.case {
        let figures = read(&case.text);
        let got: Vec<_> = figures.iter().map(|f| notation(&case.text, f)).collect();
        let want: Vec<_> = case
            .figures
            .iter()
            .map(|line| {
                let parts: Vec<&str> = line.split('|').map(str::trim).collect();
                let [span, kind, numbers, bound, interval, unit] = parts[..] else {
                    panic!("{line:?} has not six parts")
                };
                let values: Vec<Number> =
                    numbers.split(',').map(str::trim).filter(|n| !n.is_empty()).map(number).collect();
                let printed: Vec<String> = values.iter().map(|n| n.to_string().replace(',', "")).collect();
                let stated = match (interval, &values[..]) {
                    ("", [first, .., last]) => Interval::closed(*first, *last),
                    ("", [one]) => Interval::exactly(*one),
                    _ => interval_of(interval),
                };
                (format!("{span} | {kind} | {} | {bound} | {unit}", printed.join(", ")), stated)
            })
            .collect();
        if got != want {
            wrong.push(format!("{}\n  want {want:?}\n  got  {got:?}", case.text));
        }
    }
    assert!(wrong.is_empty(), "{} texts are read wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn forms_and_precision() {
    // Text, and of its one figure: the step, then whether it is attributive, in words, with an article, bare.
    for (text, step, flags) in [
        ("a cost of 1.2m", "100000", "...."),
        ("some 150 homes", "10", "...b"),
        ("some 339 homes", "1", "...b"),
        ("some 3,000 homes", "1000", "...."),
        ("a third of homes", "0", ".wa."),
        ("two million homes", "1000000", ".w.."),
        ("the 52-country group", "1", "a..b"),
        ("the 17-kilometre tunnel", "1", "a..."),
        ("two-hour talks", "1", "aw.."),
        ("more than an hour", "1", ".wa."),
        ("£1.20", "1/100", "...."),
    ] {
        let figures = read(text);
        let [figure] = &figures[..] else { panic!("{text:?} has {} figures", figures.len()) };
        let form = figure.form;
        let letter = |set: bool, c: char| if set { c } else { '.' };
        let got: String =
            [letter(form.attributive, 'a'), letter(form.words, 'w'), letter(form.article, 'a'), letter(form.bare, 'b')]
                .iter()
                .collect();
        assert_eq!((figure.quantity.step, got.as_str()), (number(step), flags), "{text:?}");
    }
}

#[test]
fn changes_and_ranges_are_told_apart() {
    let change = read("Output rose from 50 to 65 tonnes.");
    assert_eq!(change.len(), 2);
    assert!(change.iter().all(|f| f.form.from_to && f.quantity.bound == Bound::Exact));
    let range = read("Stones of from 50 to 65 tonnes.");
    assert_eq!(range.len(), 1);
    assert!(range[0].form.from_to && range[0].quantity.bound == Bound::Range);
    assert!(read("between 5 and 7 tonnes")[0].form.between);
    assert!(read("$26 to $31 million")[0].form.shared_scale);
    assert!(read("Sales doubled.")[0].form.change);
}

#[test]
fn temperatures_differ_or_are_read() {
    for (text, difference) in [
        ("It was 35C in the shade.", false),
        ("It was 5C warmer.", true),
        ("Seas have risen by 3°C there.", true),
        ("a 2C rise", true),
        ("It was 2 degrees above zero.", false),
    ] {
        let figures = read(text);
        assert_eq!(figures[0].quantity.difference, difference, "{text:?}");
    }
}

#[test]
fn dates_keep_what_was_written() {
    for (text, year, month, day, weekday) in [
        ("It closed on 31 June.", None, Some(6), Some(31), None),
        ("It opened on Monday, March 14, 2023.", Some(2023), Some(3), Some(14), Some(1)),
        ("It opened on 2024-02-29.", Some(2024), Some(2), Some(29), None),
        ("It opened on 14/03/2023.", Some(2023), Some(3), Some(14), None),
        ("It dates from 44 BC.", Some(-44), None, None, None),
        ("It opened in October 2018.", Some(2018), Some(10), None, None),
    ] {
        let figures = read(text);
        let date = figures[0].date.unwrap_or_else(|| panic!("{text:?} has no date"));
        assert_eq!((date.year, date.month, date.day, date.weekday), (year, month, day, weekday), "{text:?}");
    }
}

#[test]
fn figures_agree_where_both_can_hold() {
    for (one, other, agree) in [
        ("150 sq km", "58 sq miles", true),
        ("150 sq km", "85 sq miles", false),
        ("1.2m tonnes", "1.18m tonnes", true),
        ("1.2m tonnes", "1.3m tonnes", false),
        ("339 pupils", "340 pupils", false),
        ("500 pupils", "496 pupils", true),
        ("500 pupils", "350 pupils", false),
        ("3,000 pupils", "3,020 pupils", true),
        ("nearly 400 pupils", "339 pupils", false),
        ("nearly 400 pupils", "400 pupils", true),
        ("more than 300 pupils", "339 pupils", true),
        ("more than an hour", "75 minutes", true),
        ("less than two weeks", "20 days", false),
        ("a third of pupils", "33% of pupils", true),
        ("a third of pupils", "35% of pupils", false),
        ("6ft 3in", "1.9m tall", true),
        ("32F", "0C", true),
        ("it was 5C warmer", "it was 9F warmer", true),
        ("it was 5C", "it was 9F", false),
        ("60 miles an hour", "97 km/h", true),
        ("$80 a barrel", "$80", false),
        ("£5", "$5", false),
        ("30 to 60 days", "six weeks", true),
        ("dozens of pupils", "20 pupils", false),
    ] {
        let (a, b) = (read(one), read(other));
        let (first, second) = (&a[0].quantity, &b[0].quantity);
        assert_eq!(first.agrees(second), agree, "{one} and {other}: {:?}, {:?}", first.allowed(), second.allowed());
        assert_eq!(second.agrees(first), agree, "{other} and {one}");
    }
}

#[test]
fn every_unit_converts_there_and_back() {
    let mut seen = 0;
    for unit in reader().units() {
        let quantity = |difference| Quantity {
            kind: Kind::Other,
            numbers: vec![Number::from(7)],
            bound: Bound::Exact,
            stated: Interval::exactly(Number::from(7)),
            step: Number::ONE,
            unit: Some(unit.clone()),
            per: None,
            difference,
        };
        for difference in [false, true] {
            let q = quantity(difference);
            let interval = Interval::closed(Number::from(7), Number::ratio(71, 10));
            assert_eq!(q.from_base(&q.to_base(&interval)), interval, "{}", unit.code);
        }
        seen += 1;
    }
    assert!(seen > 200, "{seen} units");
}

#[test]
fn known_conversions() {
    // So many of the first make so many of the second, from the definitions.
    for (amount, code, other_amount, other) in [
        ("1", "[mi_i]", "1.609344", "km"),
        ("1", "[lb_av]", "453.59237", "g"),
        ("1", "[stone_av]", "14", "[lb_av]"),
        ("640", "[acr_br]", "1", "[mi_i]2"),
        ("32", "[degF]", "0", "Cel"),
        ("212", "[degF]", "100", "Cel"),
        ("0", "K", "-273.15", "Cel"),
        ("1", "[gal_br]", "8", "[pt_br]"),
        ("36", "km/h", "10", "m/s"),
        ("1", "[kn_i]", "1.852", "km/h"),
        ("2", "wk", "14", "d"),
        ("1", "a", "12", "mo"),
        ("100", "USX", "1", "USD"),
        ("2", "{fortnight}", "4", "wk"),
        ("1", "[bbl_us]", "42", "[gal_us]"),
        ("12", "[in_i]", "1", "[ft_i]"),
    ] {
        let unit = |code: &str| reader().unit(code).unwrap_or_else(|| panic!("no unit {code}"));
        let (a, b) = (unit(code), unit(other));
        assert_eq!(a.dimension, b.dimension, "{code} and {other}");
        let base = number(amount) * a.factor + a.offset;
        assert_eq!((base - b.offset) / b.factor, number(other_amount), "{amount} {code} in {other}");
    }
}

#[test]
fn faulty_packs_are_refused() {
    let english = |file: &str| -> String {
        std::fs::read_to_string(format!("{}/rules/en/{file}.toml", env!("CARGO_MANIFEST_DIR"))).expect("a rule file")
    };
    // File, what is put for what, and what the error must name.
    for (file, from, to, named) in [
        ("units", "dimension = \"length\"", "dimension = \"lenght\"", "\"lenght\""),
        ("units", "plural = \"furlongs\", ", "", "plural"),
        ("units", "name = \"furlong\"", "name = \"mile\"", "\"mile\""),
        ("units", "code = \"[fth_i]\"", "code = \"[yd_i]\"", "[yd_i]"),
        ("units", "factor = \"201.168\"", "factor = \"201,168\"", "201,168"),
        ("units", "of = \"[mi_i]\"", "of = \"[mile]\"", "[mile]"),
        ("units", "\"h\" = [\"min\", \"s\"]", "\"h\" = [\"minute\"]", "\"minute\""),
        (
            "units",
            "length = { kind = \"length\", base = \"m\" }",
            "length = { kind = \"length\", base = \"km\" }",
            "\"km\"",
        ),
        ("units", "kind = \"length\", base", "kind = \"long\", base", "long"),
        ("currencies", "words = [\"yen\"]", "words = [\"yuan\"]", "\"yuan\""),
        ("currencies", "code = \"GBP\"", "code = \"USD\"", "\"USD\""),
        ("currencies", "symbols = [\"€\", \"eur€\"]", "symbols = [\"$\"]", "\"$\""),
        ("bounds", "meaning = \"nearly\"", "meaning = \"nearby\"", "nearby"),
        ("bounds", "below = \"15/100\"", "below = \"15 %\"", "15 %"),
        ("bounds", "before = [\"within\"", "before = [\"at least\"", "\"at least\""),
        ("numbers", "million = \"1000000\"", "million = \"a lot\"", "a lot"),
        ("numbers", "[words]", "[words]\nbut = []", "but"),
        ("lookalikes", "'#\\w*\\d\\w*'", "'('", "patterns"),
        ("dates", "highest = 115", "", "highest"),
    ] {
        let text = english(file);
        assert!(text.contains(from), "{file}.toml has no {from:?}");
        let error = Reader::new(&Pack::english().with(file, &text.replacen(from, to, 1)))
            .err()
            .unwrap_or_else(|| panic!("{file}: {to:?} was taken"));
        assert_eq!(error.file, format!("rules/en/{file}.toml"));
        assert!(error.message.contains(named), "{error} does not name {named}");
    }
}

#[test]
fn long_rows_take_linear_time() {
    for piece in [
        "5 pounds ",
        "1-",
        "1 234 ",
        "one hundred and ",
        "30 degrees (",
        "about ",
        "£",
        "a third of ",
        "7/5/",
        "1:2:",
        "12, ",
        "from 5 to ",
    ] {
        let text = piece.repeat(200_000 / piece.len());
        let tokens: Vec<Token> = sentences(&text).into_iter().flatten().collect();
        let start = std::time::Instant::now();
        reader().figures(&text, &tokens);
        assert!(start.elapsed().as_secs() < 5, "{piece:?} took {:?}", start.elapsed());
    }
}

/// A whole number in words, as British copy writes it.
fn in_words(n: u64) -> String {
    const ONES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let part = |n: u64| n as usize;
    match n {
        0..=19 => ONES[part(n)].to_owned(),
        20..=99 if n.is_multiple_of(10) => TENS[part(n / 10)].to_owned(),
        20..=99 => format!("{}-{}", TENS[part(n / 10)], ONES[part(n % 10)]),
        100..=999 if n.is_multiple_of(100) => format!("{} hundred", ONES[part(n / 100)]),
        100..=999 => format!("{} hundred and {}", ONES[part(n / 100)], in_words(n % 100)),
        _ => {
            let (scale, name) = [(1_000_000_000, "billion"), (1_000_000, "million"), (1000, "thousand")]
                .into_iter()
                .find(|(s, _)| n >= *s)
                .expect("n is a thousand or more");
            let rest = n % scale;
            let head = format!("{} {name}", in_words(n / scale));
            match rest {
                0 => head,
                1..=99 => format!("{head} and {}", in_words(rest)),
                _ => format!("{head} {}", in_words(rest)),
            }
        }
    }
}

fn the_number(text: &str) -> Number {
    let figures = read(text);
    let [figure] = &figures[..] else { panic!("{text:?} has {} figures: {figures:?}", figures.len()) };
    figure.quantity.single().unwrap_or_else(|| panic!("{text:?} has not one number"))
}

proptest! {
    #[test]
    fn whole_numbers_are_read_back(n in prop_oneof![2_u64..1000, 1000_u64..1_000_000, 1_000_000_u64..2_000_000_000]) {
        let value = Number::from(i64::try_from(n).unwrap());
        let grouped = value.to_string();
        for text in [
            format!("They sold {grouped} hats."),
            format!("It cost £{grouped}."),
            format!("They sold {} hats.", in_words(n)),
            format!("They sold about {grouped} hats, or none by mail."),
            format!("It weighs {grouped}kg."),
        ] {
            prop_assert_eq!(the_number(&text), value, "{}", text);
        }
    }

    #[test]
    fn scaled_numbers_are_read_back(whole in 1_u32..1000, tenths in 0_u32..10, scale in 0_usize..4) {
        let (suffix, word, factor) = [
            ("k", "thousand", 1_000_i64), ("m", "million", 1_000_000), ("bn", "billion", 1_000_000_000), ("tn", "trillion", 1_000_000_000_000),
        ][scale];
        let value = Number::ratio(i128::from(whole * 10 + tenths), 10) * Number::from(factor);
        let printed = if tenths == 0 { whole.to_string() } else { format!("{whole}.{tenths}") };
        for text in [
            format!("It cost ${printed}{suffix}."),
            format!("It cost {printed} {word} dollars."),
            format!("They have {printed}{suffix} users."),
            format!("It cost ${printed} {word}."),
        ] {
            prop_assert_eq!(the_number(&text), value, "{}", text);
        }
    }

    #[test]
    fn no_text_makes_it_panic_and_spans_stay_in_order(text in "\\PC{0,120}") {
        check_spans(&text);
    }

    #[test]
    fn no_pile_of_pieces_makes_it_panic(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        check_spans(&pieces.concat());
        check_spans(&pieces.join(" "));
    }
}

/// What figures are made of, for piling up at random.
const PIECES: &[&str] = &[
    "1",
    "2.5",
    "1,000",
    "2019",
    "12",
    "0",
    "-",
    "–",
    "$",
    "US$",
    "£",
    "%",
    "m",
    "bn",
    "k",
    "km",
    "ft",
    "in",
    "'",
    "\"",
    "s",
    "st",
    "lb",
    "a",
    "an",
    "half",
    "third",
    "of",
    "and",
    "to",
    "or",
    "from",
    "between",
    "about",
    "nearly",
    "more than",
    "or more",
    "plus",
    "+",
    "million",
    "hundred",
    "dozen",
    "dozens",
    "of",
    "per",
    "day",
    "hour",
    "year",
    "old",
    "aged",
    ",",
    "(",
    ")",
    ".",
    ":",
    "/",
    "½",
    "°C",
    "March",
    "Monday",
    "am",
    "pm",
    "GMT",
    "one",
    "two",
    "twenty",
    "first",
    "second",
    "times",
    "as",
    "fold",
    "doubled",
    "No",
    "Route",
    "Covid",
    "Amy",
    "people",
    "rose",
    "by",
    "minus",
    "point",
    "×",
    "10",
    "^",
    "#",
    "é",
    "–",
    "”",
];

fn check_spans(text: &str) {
    let mut end = 0;
    for tokens in sentences(text) {
        for figure in reader().figures(text, &tokens) {
            assert!(text.get(figure.span.clone()).is_some_and(|t| !t.is_empty()), "{text:?}: {:?}", figure.span);
            assert!(figure.span.start >= end, "{text:?}: {figure:?}");
            end = figure.span.end;
            assert!(figure.tokens.start < figure.tokens.end && figure.tokens.end <= tokens.len());
            assert!(figure.tokens.start <= figure.number.start, "{text:?}: {figure:?}");
            assert!(figure.number.end <= figure.tokens.end, "{text:?}: {figure:?}");
            assert!(reader().may_hold_figure(text), "{text:?}: {figure:?}");
        }
    }
}
