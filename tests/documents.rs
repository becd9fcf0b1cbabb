//! Documents: what is prose in a file, what part it plays, and where in the file every byte of it stands.

#![cfg(all(feature = "docx", feature = "feeds", feature = "html", feature = "markdown"))]
#![allow(clippy::panic, clippy::expect_used, clippy::unwrap_used)] // A test may.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use crossfoot::Checker;
use crossfoot::document::{self, Document, Place, ReadError};
use proptest::prelude::*;

fn read(path: &str, text: &str) -> Document {
    document::read(path, text.as_bytes().to_vec()).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn checker() -> &'static Checker {
    static CHECKER: OnceLock<Checker> = OnceLock::new();
    CHECKER.get_or_init(|| Checker::english().expect("the built-in rules are sound"))
}

/// The blocks of a document, each as its part and text.
fn blocks(path: &str, text: &str) -> Vec<(Place, String)> {
    read(path, text).blocks.into_iter().map(|b| (b.place, b.text)).collect()
}

const fn cell(table: usize, row: usize, column: usize) -> Place {
    Place::Cell { table, row, column }
}

#[test]
fn parts_of_markdown() {
    use Place::{Body, Caption, Heading, Headline, ListItem, Standfirst};
    let table: &[(&str, &[(Place, &str)])] = &[
        ("# Six held\n\nSix men.", &[(Headline, "Six held"), (Body, "Six men.")]),
        ("Six held\n========\n\nSix men.", &[(Headline, "Six held"), (Body, "Six men.")]),
        ("Intro.\n\n# Six held\n\n# Two freed", &[(Body, "Intro."), (Headline, "Six held"), (Heading, "Two freed")]),
        ("## Six held\n\n### Two freed", &[(Heading, "Six held"), (Heading, "Two freed")]),
        (
            "# Six held\n\n*Two men are still sought*\n\n*Nobody* was hurt.",
            &[(Headline, "Six held"), (Standfirst, "Two men are still sought"), (Body, "Nobody was hurt.")],
        ),
        ("# A\n\n_Two **old** men_\n\nB", &[(Headline, "A"), (Standfirst, "Two old men"), (Body, "B")]),
        ("# A\n\n*Two men* are sought", &[(Headline, "A"), (Body, "Two men are sought")]),
        ("# A\n\nB\n\n*Two men*", &[(Headline, "A"), (Body, "B"), (Body, "Two men")]),
        ("*Two men*", &[(Body, "Two men")]),
        (
            "# A\n\n![Nine boats](x.jpg \"10\")\n\n*Two men*",
            &[(Headline, "A"), (Caption, "Nine boats"), (Standfirst, "Two men")],
        ),
        ("![Nine *red* boats](9.jpg)", &[(Caption, "Nine red boats")]),
        ("Before ![nine boats](x) after", &[(Body, "Before  after"), (Caption, "nine boats")]),
        (
            "- one\n- two\n  - three\n- four",
            &[(ListItem, "one"), (ListItem, "two"), (ListItem, "three"), (ListItem, "four")],
        ),
        ("1. one\n\n   more\n\n2. two", &[(ListItem, "one"), (ListItem, "more"), (ListItem, "two")]),
        ("- # Six\n  after", &[(Headline, "Six"), (ListItem, "after")]),
        ("- one\n  ```\n  code 5\n  ```\n  after", &[(ListItem, "one"), (ListItem, "after")]),
        ("> Six men\n> went.\n>\n> > Two.", &[(Body, "Six men\nwent."), (Body, "Two.")]),
        (
            "| Town | Dead |\n|---|---:|\n| Ayr | 5 |\n| Oban | **7** |",
            &[
                (cell(0, 0, 0), "Town"),
                (cell(0, 0, 1), "Dead"),
                (cell(0, 1, 0), "Ayr"),
                (cell(0, 1, 1), "5"),
                (cell(0, 2, 0), "Oban"),
                (cell(0, 2, 1), "7"),
            ],
        ),
        (
            "|a|\n|-|\n|1|\n\nb\n\n|c|\n|-|",
            &[(cell(0, 0, 0), "a"), (cell(0, 1, 0), "1"), (Body, "b"), (cell(1, 0, 0), "c")],
        ),
        // What is no prose.
        ("Six `12 men` went", &[(Body, "Six  went")]),
        ("```\n12 men\n```\n\n    13 men\n\nSix", &[(Body, "Six")]),
        ("<!-- 12 men -->\n\nSix <!-- 13 --> men", &[(Body, "Six  men")]),
        ("<div>\n12 men\n</div>\n\nSix", &[(Body, "Six")]),
        ("[Six men](http://a.b/12 \"13\") and <http://a.b/14>", &[(Body, "Six men and ")]),
        ("Six [x](<http://a.b/12>) ~~seven~~ and ~eight", &[(Body, "Six x  and ~eight")]),
        ("- [x] Six\n- [ ] seven", &[(ListItem, "Six"), (ListItem, "seven")]),
        ("# Six {#id7}", &[(Headline, "Six")]),
        ("# Six\n\n> *seven*", &[(Headline, "Six"), (Body, "seven")]),
        ("---\n\nSix\n\n---\n", &[(Body, "Six")]),
        ("[Six][1] men\n\n[1]: http://a.b/12 \"13 men\"", &[(Body, "Six men")]),
        ("---\ntitle: 12 men\n---\nSix", &[(Body, "Six")]),
        // A break of any kind parts words.
        ("six\nmen", &[(Body, "six\nmen")]),
        ("six  \nmen", &[(Body, "six\nmen")]),
        ("six<br>men<br/>went", &[(Body, "six\nmen\nwent")]),
        // Entities and escapes.
        ("R&amp;D &pound;5m 5\\* &#8364;6", &[(Body, "R&D £5m 5* €6")]),
        ("", &[]),
        ("\u{feff}# Six", &[(Headline, "Six")]),
    ];
    for (text, expected) in table {
        let expected: Vec<(Place, String)> =
            expected.iter().map(|(place, words)| (*place, (*words).to_owned())).collect();
        assert_eq!(blocks("a.md", text), expected, "{text:?}");
        let crlf = text.replace('\n', "\r\n");
        assert_eq!(blocks("a.md", &crlf), expected, "{crlf:?}");
    }
}

#[test]
fn paragraphs_of_text() {
    let long = format!("Six men {}", "went on ".repeat(20));
    let table: &[(&str, &[&str])] = &[
        ("Six men\nwent.\n\nTwo men.\n", &["Six men\nwent.", "Two men."]),
        ("  Six men\r\n\twent.\r\n \r\nTwo.", &["Six men\nwent.", "Two."]),
        ("# Six *men*", &["# Six *men*"]),
        ("\u{feff}Six", &["Six"]),
        (" \n\t\n", &[]),
        // Where a line is longer than any hard wrap, every line is a paragraph.
        (&format!("{long}\nTwo men.\n"), &[long.trim(), "Two men."]),
    ];
    for (text, expected) in table {
        let found = blocks("a.txt", text);
        assert!(found.iter().all(|(place, _)| *place == Place::Body));
        assert_eq!(found.into_iter().map(|(_, words)| words).collect::<Vec<_>>(), *expected, "{text:?}");
    }
}

#[test]
fn dates() {
    let table = [
        ("---\ndate: 2024-05-03\n---\n", Some((2024, 5, 3))),
        ("---\r\ntitle: x\r\ndate: 2024-05-03\r\n---\r\n", Some((2024, 5, 3))),
        ("\u{feff}---\ndate: \"2024-05-03\"\n...\n", Some((2024, 5, 3))),
        ("---\ndate: 2024-05-03T10:00:00Z\n---\n", Some((2024, 5, 3))),
        ("---\ndate: 2024-02-30\n---\n", None),
        ("---\ndate: soon, we höpe\n---\n", None),
        ("---\ndate: 2024-05-03\n", None),
        ("date: 2024-05-03\n", None),
        ("---\nupdate: 2024-05-03\n---\n", None),
    ];
    for (text, expected) in table {
        let date = expected.map(|(y, m, d)| jiff::civil::date(y, m, d));
        assert_eq!(read("a.md", text).date, date, "{text:?}");
    }
}

#[test]
fn no_documents() {
    let table: &[(&[u8], ReadError)] = &[
        (b"a\0b", ReadError::Binary { offset: 1, line: 1, column: 2 }),
        ("é\nñ\u{df}".as_bytes().split_last().unwrap().1, ReadError::NotUtf8 { offset: 5, line: 2, column: 2 }),
    ];
    for (bytes, expected) in table {
        assert_eq!(document::read("a.md", bytes.to_vec()).err().as_ref(), Some(expected), "{bytes:?}");
    }
}

#[test]
fn lines_and_columns() {
    let long = format!("é{}\nñ12", "x é ".repeat(1000));
    let document = read("a.txt", &long);
    let table = [(0, (1, 1)), (2, (1, 2)), (3, (1, 3)), (2 + 5 * 999, (1, 2 + 4 * 999)), (long.len() - 2, (2, 2))];
    for (offset, place) in table {
        assert_eq!(document.line_column(offset), place, "{offset}");
    }
}

/// Pieces that Markdown reads in ways of its own, and pieces that text does.
const MARKS: &[&str] = &[
    "\n",
    "\r\n",
    "\n\n",
    "\r",
    "\t",
    " ",
    "  \n",
    "\\\n",
    "\u{feff}",
    "\u{a0}",
    "---\n",
    "...\n",
    "date: 2024-05-03\n",
    "# ",
    "## ",
    "===\n",
    "- ",
    "1. ",
    "  - ",
    "> ",
    ">> ",
    "    ",
    "```\n",
    "~~~",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "[",
    "]",
    "](",
    ")",
    "![",
    "](x.jpg \"",
    "\"",
    "[^1]",
    "[^1]: ",
    "[a]: b\n",
    "<",
    ">",
    "<!--",
    "-->",
    "<br>",
    "<div>\n",
    "&amp;",
    "&pound;",
    "&#163;",
    "&#x20ac;",
    "&nbsp;",
    "&",
    ";",
    "\\*",
    "\\",
    "|",
    "|-|-|\n",
    "| a | b |\n",
    ":-:",
    "£3m",
    "40 sq km",
    "12 men",
    "é",
    "漢",
    "👩‍👩‍👧",
    "\u{301}",
    "\u{202e}",
];

/// Runs of them, of letters and of characters of any kind.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-z0-9 ]{1,8}",
        1 => "\\PC{0,6}",
        6 => prop::sample::select(MARKS).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Every segment cuts the same bytes out of the file as out of the block, segments and blocks are in order, and every
/// stretch of a block stands in the file on the borders of characters.
fn sound(document: &Document) -> Result<(), TestCaseError> {
    let source = &document.source;
    let mut first = 0;
    for block in &document.blocks {
        let (mut text, mut file) = (0, 0);
        prop_assert!(!block.text.trim().is_empty());
        for segment in &block.segments {
            prop_assert!(segment.text >= text && segment.file >= file, "segments in order: {block:?}");
            (text, file) = (segment.text + segment.len, segment.file + segment.len);
            prop_assert!(source.is_char_boundary(segment.file) && source.is_char_boundary(file));
            let read = block.text.get(segment.text..text);
            prop_assert!(read.is_some() && read == source.get(segment.file..file), "{segment:?} of {block:?}");
        }
        let start = block.segments.first().map_or(0, |s| s.file);
        prop_assert!(start >= first, "blocks in order: {:?}", document.blocks);
        first = start;
        let borders: Vec<usize> = block.text.char_indices().map(|(i, _)| i).chain([block.text.len()]).collect();
        for (i, &from) in borders.iter().enumerate() {
            for &to in borders.iter().skip(i + 1).step_by(3) {
                let span = block.file_span(from..to);
                prop_assert!(span.start <= span.end && source.get(span.clone()).is_some(), "{span:?} of {block:?}");
            }
        }
    }
    Ok(())
}

/// A phrase with a figure as a file has it, with markup, and as a reader sees it.
fn phrase() -> impl Strategy<Value = (&'static str, &'static str)> {
    prop::sample::select(vec![
        ("12 houses", "12 houses"),
        ("**12 houses**", "12 houses"),
        ("about *40* sq km", "about 40 sq km"),
        ("&pound;3.5m", "£3.5m"),
        ("£3&#46;5m", "£3.5m"),
        ("more than 1,200 [people](http://a.b/9)", "more than 1,200 people"),
        ("_nearly_ 15&nbsp;metres", "nearly 15\u{a0}metres"),
        ("**2** tonnes", "2 tonnes"),
        ("between 30\nand 60 trees", "between 30\nand 60 trees"),
        ("€1.2bn", "€1.2bn"),
        ("20\\% ", "20% "),
    ])
}

fn sentence() -> impl Strategy<Value = (String, Vec<&'static str>)> {
    let start =
        prop::sample::select(vec!["The town lost ", "“Señora” saw ", "*Wardens* counted ", "R&amp;D said `9` "]);
    let end = prop::sample::select(vec![
        ". ",
        " on Monday. ",
        ", they said.\n\n",
        ".\r\n\r\n- ",
        ".\n\n> ",
        ".\n\n## Más\n\n",
    ]);
    (start, prop::collection::vec(phrase(), 1..3), end).prop_map(|(start, phrases, end)| {
        let file: Vec<&str> = phrases.iter().map(|p| p.0).collect();
        (format!("{start}{}{end}", file.join(" and ")), phrases.iter().map(|p| p.1).collect())
    })
}

/// The file's text of a figure without its markup.
fn unmarked(text: &str) -> String {
    let text =
        text.replace("](http://a.b/9)", "").replace("&pound;", "£").replace("&#46;", ".").replace("&nbsp;", "\u{a0}");
    text.replace(['*', '_', '[', '\\', '>', '\r'], "")
        .split(' ')
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in pieces(), wild in any::<String>()) {
        for text in [text, wild.replace('\0', "")] {
            for path in ["a.md", "a.txt", "a.html"] {
                sound(&read(path, &text))?;
            }
        }
    }

    /// Every claim's text is cut out of the file by its span, in order, and nothing in the pipeline falls over.
    #[test]
    fn any_text_is_checked(text in pieces()) {
        for path in ["a.md", "a.txt"] {
            let article = checker().read(read(path, &text));
            for claim in article.claims.iter() {
                let block = &article.document.blocks[claim.block];
                prop_assert_eq!(article.document.source.get(claim.span.clone()), Some(article.text(claim)));
                prop_assert!(!claim.span.is_empty(), "{:?}", claim);
                prop_assert!(block.text.get(claim.figure.span.clone()).is_some());
            }
            checker().check(&article, &|_| true);
        }
    }

    /// Through any markup: without it, what a claim's span cuts out of the file is what was read.
    #[test]
    fn spans_of_claims(sentences in prop::collection::vec(sentence(), 1..8)) {
        let text: String = sentences.iter().map(|s| s.0.as_str()).collect();
        let article = checker().read(read("a.md", &text));
        let mut last = 0;
        for claim in article.claims.iter() {
            let cut = article.text(claim);
            prop_assert_eq!(article.document.source.get(claim.span.clone()), Some(cut));
            prop_assert!(claim.span.start >= last, "spans in order");
            last = claim.span.end;
            let words = &article.document.blocks[claim.block].text[claim.figure.span.clone()];
            prop_assert_eq!(unmarked(cut), unmarked(words));
        }
        // No figure is lost: each phrase has its number in some claim.
        let read: Vec<String> = article.claims.iter().map(|c| unmarked(article.text(c))).collect();
        for phrase in sentences.iter().flat_map(|s| &s.1) {
            let digits: String = phrase.chars().skip_while(|c| !c.is_ascii_digit()).take_while(|c| !c.is_whitespace()).collect();
            prop_assert!(read.iter().any(|r| r.contains(&digits)), "{} is not in {:?}", digits, read);
        }
    }
}

/// A file of a megabyte is read in a moment, of whatever it is made, or refused as soon for standing too deep in itself.
#[test]
fn linear_time() {
    const SIZE: usize = 1 << 20;
    let parts = [
        "[",
        "*",
        "**a",
        "_",
        "> > > ",
        "`",
        "``a",
        "<",
        "<!--",
        "&",
        "![",
        "](",
        "[a](",
        "- ",
        "1. ",
        "|",
        "\\",
        "~~",
        "a",
        "a\n",
        "\n",
        "|a|b|\n|-|-|\n",
        "[^1]",
        "[^1]: a\n\n",
        "# a\n",
        "12 men ",
        "---\n",
        "\r",
        "<a ",
        "[a]: b\n",
        "  - a\n",
        "<b>",
        "<b><p>",
        "<p>a",
        "</p>",
        "<table>",
        "<td>1",
        "&nbsp; ",
        "&nbsp;<time datetime=2024-05-03>",
        "<h1>a<time datetime=2024-05-03>",
        "<article>a",
        "<br>",
        "<!-- crossfoot: on age -->",
    ];
    for path in ["a.md", "a.txt", "a.html"] {
        for part in parts {
            let text = part.repeat(SIZE / part.len());
            let start = Instant::now();
            match document::read(path, text.into_bytes()) {
                Ok(document) => {
                    let spans: usize = document.blocks.iter().map(|b| b.file_span(0..b.text.len()).len()).sum();
                    assert!(spans <= 2 * SIZE, "{part:?}");
                }
                Err(error) => assert!(error.to_string().contains("`nesting`"), "{path}: {part:?}: {error}"),
            }
            let time = start.elapsed();
            assert!(time < Duration::from_secs(3), "{path}: {part:?} took {time:?}");
        }
    }
    // Places late in a long line are as cheap as early ones.
    let document = read("a.txt", &"é ".repeat(SIZE));
    let start = Instant::now();
    // Every sixteenth: the columns 1, 33, 65 and so on, n of them.
    let n = SIZE / 16;
    let columns: usize = (0..n).map(|i| document.line_column(i * 48).1).sum();
    assert_eq!(columns, 16 * n * n - 15 * n);
    assert!(start.elapsed() < Duration::from_secs(3), "took {:?}", start.elapsed());
}
