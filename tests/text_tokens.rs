//! Sentences, tokens and lemmas, as tables of text and what is to be read in it.

use std::fmt::Write as _;
use std::ops::Range;
use std::time::{Duration, Instant};

use crossfoot::pack::Pack;
use crossfoot::text::{Reader, Token};
use proptest::prelude::*;

#[expect(clippy::expect_used, reason = "a test may")]
fn reader() -> Reader {
    Reader::new(&Pack::english()).expect("the built-in pack is sound")
}

#[test]
fn sentences() {
    // One sentence an element.
    let table: &[&[&str]] = &[
        &["The bridge cost £4.5m.", "It opened in 1931."],
        &["Mr. Oakes met Dr. Lindqvist on Tuesday.", "They spoke for an hour."],
        &["The firm sold 40 ships to the U.S. Navy in Feb. 1944.", "It sold more later."],
        &["Exports to the U.S. fell by a tenth.", "The rest held up."],
        &["Sales were highest in the U.S.", "The weakest were in Spain."],
        &["The novel by A. B. Carmody sold well.", "Nobody knows why."],
        &["He lives at No. 10 with two cats.", "They are called No. 11 and No. 12."],
        &["The shop shut at 6 p.m. on Friday.", "It opens at 9 a.m. Monday."],
        &["The shop shut at 6 p.m.", "Neighbours complained."],
        &["Harlan Tools Inc. said it would close.", "Smith & Sons Ltd. Chairman Joan Bell would not."],
        &["It was bought by Harlan Tools Inc.", "The price was not given."],
        &["It was bought by Harlan Tools Inc.", "“No price was given,” she said."],
        &["KOKOMO, Ind. —", "A maker of buses said it would hire 120 people.", "It gave no date."],
        &["LONDON, March 3 (Wire) -", "The bank kept its rate."],
        &["MPs voted - at last - for the bill."],
        &["NATO leaders met - again."],
        &["\"We lost.", "We will try again,\" she said.", "Nobody clapped."],
        &["“Was it worth it?” he asked.", "“Not at all!”", "He sat down."],
        &["“Why?” – so he asked.", "She left."],
        &["The vote was close (51 to 49.)", "It will be held again."],
        &["She waited … and waited.", "Then it rained..."],
        &["It rose . . . and then it fell."],
        &["Prices rose 3.5% in May.[12]", "Wages did not. [13]", "Rents did."],
        &["A line may\nbreak anywhere.", "A blank line ends it", "without a stop"],
        &["1. Wash the rice.", "2. Boil it for 12 min. in salt water."],
        &["See example.com for more.", "Or write to desk@example.org."],
        &["Anna Berg (b. 1902, d. March 1988) had six children."],
        &["Yes!?", "No!"],
        &["It was 6 ft. 2 in. tall."],
        &["So did I.", "Everyone did."],
    ];
    let reader = reader();
    for expected in table {
        let text = expected.join(" ").replace("ends it without", "ends it \n\n without");
        let found: Vec<&str> = reader.sentences(&text).into_iter().map(|span| &text[span]).collect();
        assert_eq!(found, *expected);
    }
    assert!(reader.sentences(" \n\n \u{200B} ").is_empty());
}

#[test]
fn tokens() {
    // The text, and its tokens with spaces between.
    let table = [
        ("It didn't, can't and won't.", "It did n't , ca n't and wo n't ."),
        ("She’s sure they’ll say we’ve won", "She ’s sure they ’ll say we ’ve won"),
        ("the miners' strike; O'Hara's", "the miners ' strike ; O'Hara 's"),
        ("You wouldn't've cannot", "You would n't 've can not"),
        ("£4.5m, $1,200 or €30", "£ 4.5 m , $ 1,200 or € 30"),
        ("US$5bn, A$3 and $A20m", "US$ 5 bn , A$ 3 and $A 20 m"),
        ("12.5% of 1,00,000", "12.5 % of 1,00,000"),
        ("a nine-year-old co-founder", "a nine - year - old co-founder"),
        ("in the mid-1980s, non-EU, over-65s", "in the mid-1980s , non-EU , over - 65s"),
        ("20th, 21st, 11th, 1st; 13st 4lb", "20th , 21st , 11th , 1st ; 13 st 4 lb"),
        ("5kg 10pm 30mph 6ft3in 1h30m", "5 kg 10 pm 30 mph 6 ft 3 in 1 h 30 m"),
        ("a 4x4, 3D, the 1990s, the 80's, '90s", "a 4x4 , 3D , the 1990s , the 80's , '90s"),
        ("12½ of 5km²", "12½ of 5 km²"),
        ("15:11 2:03:11 9/11 3-1", "15:11 2:03:11 9/11 3 - 1"),
        ("call 020-7946-0018 on 2021-03-04", "call 020-7946-0018 on 2021-03-04"),
        ("Mr. Day of St. Ives, U.S., etc. too", "Mr. Day of St. Ives , U.S. , etc. too"),
        ("at No. 10, No.11 and Plan B.", "at No. 10 , No. 11 and Plan B ."),
        ("It ended at 5 p.m.", "It ended at 5 p.m."),
        ("\"No.\" he said", "\" No . \" he said"),
        ("Wait... what?! -- yes", "Wait ... what ?! -- yes"),
        ("(see https://example.com/a_(b)?c=1).", "( see https://example.com/a_(b)?c=1 ) ."),
        ("<www.example.org>, me.too@mail.example.org.", "< www.example.org > , me.too@mail.example.org ."),
        ("in May.The next", "in May . The next"),
        ("AT&T @desk #news #1", "AT&T @desk #news # 1"),
        ("10–12 and 10—12", "10 – 12 and 10 — 12"),
        ("Rs500 [5], ((6))", "Rs 500 [ 5 ] , ( ( 6 ) )"),
        (".5 and $.04", ".5 and $ .04"),
    ];
    let reader = reader();
    for (text, expected) in table {
        let found: Vec<&str> = reader.tokens(text, 0..text.len()).iter().map(|t| &text[t.span()]).collect();
        assert_eq!(found.join(" "), expected);
    }
}

#[test]
fn what_no_hand_wrote_is_one_token() {
    let reader = reader();
    // A row of 2,048 ones with a comma behind each is 4,096 bytes; one more is past what is read.
    for (ones, cut) in [(2_048, true), (2_049, false)] {
        let row = "1,".repeat(ones);
        let text = format!("Row {row} ends");
        let tokens = reader.tokens(&text, 0..text.len());
        let whole = tokens.iter().any(|t| t.span() == (4..4 + row.len()));
        assert_eq!(whole, !cut, "{ones} ones");
        assert_eq!(tokens.last().map(|t| &*t.lower), Some("ends"), "{ones} ones");
    }
}

#[test]
fn a_token_says_how_it_looks() {
    let text = "She said: “Élan’s 3–4”";
    let mut looks = String::new();
    for token in reader().tokens(text, 4..text.len()) {
        let spaced = if token.spaced { "_" } else { "" };
        let capital = if token.capital { "^" } else { "" };
        let _ = write!(looks, "{spaced}{capital}{}|", token.lower);
    }
    assert_eq!(looks, "_said|:|_\"|^élan|'s|_3|-|4|\"|");
    assert!(reader().tokens(text, 0..11).is_empty(), "a span that cuts a character has no tokens");
    assert!(reader().tokens(text, 4..999).is_empty());
}

#[test]
fn lemmas() {
    // Each word before its lemma.
    let nouns = "children child women woman people people knives knife series series buses bus crises crisis \
        viruses virus houses house causes cause phases phase boxes box heroes hero shoes shoe cities city movies movie \
        pies pie days day policemen policeman specimen specimen olives olive housewives housewife grandchildren \
        grandchild gases gas glass glass losses loss deaths death taxis taxi menus menu hypotheses hypothesis 1980s 1980s \
        mps mp";
    let verbs = "killed kill said say dying die rose rise seized seize planning plan found find founded found was be \
        created create treated treat visited visit invited invite changed change belonged belong stopped stop added add \
        controlled control called call agreed agree needed need tried try tied tie makes make passes pass focuses focus \
        raises raise does do injured injure fired fire offered offer included include hoping hope hopping hop \
        struggled struggle withdrew withdraw rebuilt rebuild misses miss missing miss resting rest sing sing \
        singing sing bring bring 's be robbed rob argued argue required require trained train flies fly";
    let reader = reader();
    for pair in nouns.split_whitespace().collect::<Vec<_>>().chunks(2) {
        assert_eq!(reader.noun_lemma(pair[0]), pair[1], "{pair:?}");
    }
    for pair in verbs.split_whitespace().collect::<Vec<_>>().chunks(2) {
        assert_eq!(reader.verb_lemma(pair[0]), pair[1], "{pair:?}");
    }
}

const ABBREVIATIONS: &str = "titles = []
before_figures = []
names = []
clock = []
after_clock = []
plain = []
words = []
openers = []
";

const TOKENS: &str = "clitics = []
elisions = []
prefixes = []
figure_prefixes = []
after_figures = []
after_decimals = []
before_figures = []
[contractions]
[stand_ins]
[stand_ins_after_figures]
";

const LEMMAS: &str = "[nouns]
compound = []
same = []
e = []
ie = []
[nouns.irregular]
child = \"children\"
[verbs]
same = []
e = []
no_e = []
doubled = []
prefixes = []
[verbs.irregular]
find = [\"found\"]
";

#[test]
fn mistakes_in_the_data_are_named() {
    let files = [("abbreviations", ABBREVIATIONS), ("tokens", TOKENS), ("lemmas", LEMMAS)];
    // The file, what to put in place of what, and what the error must name.
    let table: &[(&str, &str, &str, &[&str])] = &[
        ("abbreviations", "titles = []", r#"titles = ["dr", "dr"]"#, &["titles", "\"dr\"", "twice"]),
        ("abbreviations", "names = []\nclock = []", "names = [\"x\"]\nclock = [\"x\"]", &["clock", "\"x\"", "twice"]),
        ("abbreviations", "titles = []", r#"titles = ["Dr"]"#, &["titles", "\"Dr\"", "lower case"]),
        ("abbreviations", "plain = []", r#"plain = ["etc."]"#, &["plain", "\"etc.\"", "stop"]),
        ("abbreviations", "words = []", r#"words = ["no"]"#, &["words", "\"no\""]),
        ("abbreviations", "openers = []", r#"openers = ["the", "the"]"#, &["openers", "\"the\"", "twice"]),
        ("abbreviations", "openers", "opener", &["opener"]),
        ("tokens", "clitics = []", r#"clitics = ["nt"]"#, &["clitics", "\"nt\""]),
        ("tokens", "elisions = []", r#"elisions = ["em"]"#, &["elisions", "\"em\""]),
        ("tokens", "after_figures = []", r#"after_figures = ["kg", "kg"]"#, &["after_figures", "\"kg\"", "twice"]),
        ("tokens", "[contractions]", "[contractions]\ncannot = \"nat\"", &["contractions.cannot", "\"nat\""]),
        ("tokens", "[stand_ins]", "[stand_ins]\n\"£\" = \"two words\"", &["stand_ins", "\"two words\""]),
        ("tokens", "[contractions]", "extra = 1\n[contractions]", &["extra", "line 8"]),
        ("lemmas", "compound = []", r#"compound = ["women"]"#, &["nouns.compound", "\"women\""]),
        ("lemmas", "[verbs]", "infant = \"children\"\n[verbs]", &["nouns.irregular", "\"children\"", "twice"]),
        ("lemmas", r#"["found"]"#, r#"["found", "found"]"#, &["verbs.irregular", "\"found\"", "twice"]),
        ("lemmas", "[verbs]\nsame = []", "[verbs]\nsame = [\"found\"]", &["verbs.same", "\"found\""]),
        ("lemmas", "doubled = []", r#"doubled = ["add", "add"]"#, &["verbs.doubled", "\"add\"", "twice"]),
    ];
    let sound = Pack::new(files.map(|(name, text)| (name.to_owned(), text.to_owned())));
    assert!(Reader::new(&sound).is_ok());
    for (file, from, to, named) in table {
        let text = files.iter().find(|(name, _)| name == file).expect("one of the files").1;
        assert!(text.contains(from), "{from}");
        let error = Reader::new(&sound.clone().with(file, &text.replacen(from, to, 1))).expect_err(to);
        assert_eq!(error.file, format!("rules/en/{file}.toml"));
        for word in *named {
            assert!(error.message.contains(word), "\"{}\" does not name {word}", error.message);
        }
    }
}

#[test]
fn time_is_linear_in_the_length() {
    const LENGTH: usize = 1_000_000;
    let reader = reader();
    for unit in [
        "a",
        "1",
        "(",
        ")",
        ".",
        "'",
        "\"",
        "-",
        "a.",
        "a-",
        "co-",
        "1-",
        "1,",
        "a'",
        "'s",
        "n't",
        "@",
        "a@",
        "a+",
        "#a",
        "$A",
        "www.",
        "http://",
        "U.S.",
        "5kg",
        "1h",
        "\n",
        " ",
        "a.\n",
        ". ",
        ".) ",
        "[1]",
        ".[1] ",
        "é",
        "\u{200B}",
        "’",
        "é.",
        "A. ",
        "etc.)",
        "(a.",
        "1/",
        "’9",
        "x_",
        "&A",
        "a. (((((((( ",
        "…",
        "?!",
        "$",
    ] {
        // White space now and then: what is longer than some thousand bytes without any is one token.
        let row = unit.repeat(4_000 / unit.len()) + " ";
        let text = row.repeat(LENGTH / row.len());
        let before = Instant::now();
        let spans = reader.sentences(&text);
        let mut tokens = spans.into_iter().map(|span| reader.tokens(&text, span).len()).sum::<usize>();
        tokens += reader.tokens(&text, 0..text.len()).len();
        // Some tens of milliseconds where it is linear, minutes where it is quadratic.
        assert!(before.elapsed() < Duration::from_secs(60), "{unit:?}: {:?}, {tokens} tokens", before.elapsed());
    }
    let word = "s".repeat(LENGTH);
    assert_eq!(reader.noun_lemma(&word).len(), LENGTH);
    assert!(reader.verb_lemma(&format!("{word}ing")).len() > LENGTH);
}

/// Spans are in order, on character borders and not empty; nothing but white space lies between them.
fn check_spans(text: &str, within: Range<usize>, spans: &[Range<usize>]) -> Result<(), TestCaseError> {
    // Characters that show nothing are no words either: soft hyphens, joiners, byte order marks.
    let unseen =
        |c| matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE0E}' | '\u{FE0F}' | '\u{FEFF}');
    let blank = |text: &str| text.chars().all(|c: char| c.is_whitespace() || unseen(c));
    let mut at = within.start;
    for span in spans {
        prop_assert!(at <= span.start && span.start < span.end, "{span:?} in {text:?}");
        let (Some(between), Some(inside)) = (text.get(at..span.start), text.get(span.clone())) else {
            return Err(TestCaseError::fail(format!("{span:?} is on no border in {text:?}")));
        };
        prop_assert!(blank(between), "{between:?} is left out of {text:?}");
        prop_assert_eq!(inside, inside.trim());
        at = span.end;
    }
    prop_assert!(text.get(at..within.end).is_some_and(blank), "the end is left out of {text:?}");
    Ok(())
}

fn check_text(reader: &Reader, text: &str) -> Result<(), TestCaseError> {
    let sentences = reader.sentences(text);
    check_spans(text, 0..text.len(), &sentences)?;
    for sentence in sentences {
        let tokens = reader.tokens(text, sentence.clone());
        let spans: Vec<_> = tokens.iter().map(Token::span).collect();
        check_spans(text, sentence, &spans)?;
        for token in tokens {
            prop_assert!(!text[token.span()].contains(char::is_whitespace));
            reader.noun_lemma(&token.lower);
            reader.verb_lemma(&token.lower);
        }
    }
    Ok(())
}

#[test]
fn spans_are_sound_in_any_text() {
    let reader = reader();
    check_text(&reader, "\u{FEFF}").expect("a byte order mark alone is no word");
    proptest!(|(text in "[\\PC\n\r\t ]{0,80}")| check_text(&reader, &text)?);
    let any = prop::collection::vec(any::<char>(), 0..40);
    proptest!(|(text in any)| check_text(&reader, &text.into_iter().collect::<String>())?);
    let news = prop::sample::select(vec![
        "U.S.",
        "No.",
        "Mr.",
        "can't",
        "1,000",
        "5kg",
        "$",
        "A$",
        "£3.5bn",
        " ",
        " ",
        " ",
        "\n",
        "\n\n",
        "...",
        "\"",
        "”",
        "(",
        ")",
        "[1]",
        "-",
        "co-",
        "mid-",
        "'s",
        "’",
        "'90s",
        "@",
        "www.x.org",
        "a@b.org",
        "é",
        "½",
        "The",
        "b",
        "n't",
        "1st",
        "/",
        ":",
        ",",
        "?",
        "\u{301}",
        "\u{200B}",
        "I",
        "&",
        "_",
        "#",
        "—",
        "cannot",
        "020",
        "7946",
    ]);
    proptest!(|(parts in prop::collection::vec(news, 0..30))| check_text(&reader, &parts.concat())?);
}
