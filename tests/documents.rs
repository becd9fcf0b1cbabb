//! Documents: what is prose, which part it plays, and that every place is exact.

#![allow(clippy::panic)] // A test may.

use crossfoot::document::{self, Document, Place, ReadError};
use proptest::prelude::*;

fn read(path: &str, text: &str) -> Document {
    document::read(path, text.as_bytes().to_vec()).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The part a block plays, in short.
fn place(place: Place) -> String {
    match place {
        Place::Headline => "headline".to_owned(),
        Place::Standfirst => "standfirst".to_owned(),
        Place::Caption => "caption".to_owned(),
        Place::Heading => "heading".to_owned(),
        Place::Body => "body".to_owned(),
        Place::ListItem => "item".to_owned(),
        Place::Cell { table, row, column } => format!("cell {table}.{row}.{column}"),
    }
}

#[test]
fn markdown_blocks() {
    let cases: &[(&str, &[&str])] = &[
        (
            "# Ferry sinks\n\n*Nine are missing*\n\nIt sank.",
            &["headline: Ferry sinks", "standfirst: Nine are missing", "body: It sank."],
        ),
        ("Ferry sinks\n===\n\nIt *sank*.", &["headline: Ferry sinks", "body: It sank."]),
        // Only the first paragraph under the headline is a standfirst, and only where no word stands upright.
        ("# A\n\n*Nine* are missing", &["headline: A", "body: Nine are missing"]),
        ("# A\n\nB\n\n*C*", &["headline: A", "body: B", "body: C"]),
        ("# A\n\n> *C*", &["headline: A", "body: C"]),
        ("# A\n\n## B\n\n# C", &["headline: A", "heading: B", "heading: C"]),
        ("# A\n\n![Two boats](b.jpg)\n\n_C d._", &["headline: A", "caption: Two boats", "standfirst: C d."]),
        ("x ![12 *boats*](13.jpg \"14\") y", &["body: x  y", "caption: 12 boats"]),
        ("a\nb  \nc\\\nd<br>e\r\nf", &["body: a b c d e f"]),
        ("1. a\n2. b\n   - c\n\n   d\n", &["item: a", "item: b", "item: c", "item: d"]),
        ("- [x] done\n- [ ] open", &["item: done", "item: open"]),
        ("- a\n  > b\n\nc", &["item: a", "item: b", "body: c"]),
        ("> 12 died.\n> He said", &["body: 12 died. He said"]),
        (
            "| a | b |\n|---|---|\n| 1 \\| 2 | 3 |\n\nx\n\n| c |\n|---|\n| 4 |",
            &[
                "cell 0.0.0: a",
                "cell 0.0.1: b",
                "cell 0.1.0: 1 | 2",
                "cell 0.1.1: 3",
                "body: x",
                "cell 1.0.0: c",
                "cell 1.1.0: 4",
            ],
        ),
        (
            "a `12` b\n\n    34\n\n```\n56\n```\n\n<div>\n78\n</div>\n\n<!-- 90 -->\nc <!-- 1 --> d",
            &["body: a  b", "body: c  d"],
        ),
        ("[ten](http://11.example/12 \"13\") <http://14.example> [f][r]\n\n[r]: http://15.example", &["body: ten  f"]),
        ("It fell.[^1] ~~12~~ 13 and ~14\n\n[^1]: Not 15.", &["body: It fell.  13 and ~14", "body: Not 15."]),
        ("&pound;5 &amp; 6 \\* 7\\_8", &["body: £5 & 6 * 7_8"]),
        ("Part A - 3\n\n2 - 1 was the score", &["body: Part A - 3", "body: 2 - 1 was the score"]),
        ("---\ntitle: \"12\"\ndate: 2025-06-04\n---\nText", &["body: Text"]),
        ("---\n\nText\n\n---\n", &["body: Text"]),
        ("\u{feff}# A\n", &["headline: A"]),
        ("", &[]),
        ("\u{feff}", &[]),
        ("***\n\n![](x.jpg)", &[]),
    ];
    for (text, want) in cases {
        let found: Vec<String> =
            read("a.md", text).blocks.iter().map(|b| format!("{}: {}", place(b.place), b.text)).collect();
        assert_eq!(&found, want, "{text:?}");
    }
}

#[test]
fn text_blocks() {
    let long = "The council will spend the money on a bridge, a school and the two roads that the storm of last winter washed into the sea.";
    assert!(long.len() > 120);
    let cases: &[(&str, &[&str])] = &[
        ("a b\nc\n\n\n d \r\n e\r\n", &["a b c", "d e"]),
        ("# not a heading\n", &["# not a heading"]),
        (&format!("{long}\n{long}\nHe paid.\n"), &[long, long, "He paid."]),
        // One wide line among wrapped ones, as an address makes it, is no paragraph.
        (
            &format!("see the plan and\n{}\nwhich the council\nput on its site.", "x".repeat(130)),
            &[&format!("see the plan and {} which the council put on its site.", "x".repeat(130))],
        ),
        ("\u{feff}a", &["a"]),
        ("", &[]),
        (" \n\t\n", &[]),
    ];
    for (text, want) in cases {
        let found = read("a.txt", text);
        let found: Vec<&str> = found.blocks.iter().map(|b| b.text.as_str()).collect();
        assert_eq!(&found, want, "{text:?}");
    }
}

/// A stretch of a block's text, and what the file has there.
#[test]
fn stretches_are_found_in_the_file() {
    let cases = [
        ("**12** men", "12", "12"),
        ("**12** men", "12 men", "12** men"),
        ("x &pound;5m y", "£5m", "&pound;5m"),
        ("5&euro; z", "5€", "5&euro;"),
        ("&euro;", "€", "&euro;"),
        ("> 30\r\n> people", "30 people", "30\r\n> people"),
        ("a 3\\* b", "3*", "3\\*"),
        ("[twelve](http://13.example) men", "twelve men", "twelve](http://13.example) men"),
        ("\u{feff}é 12", "12", "12"),
        ("---\ndate: 2025-01-02\n---\n\n12 men", "12 men", "12 men"),
        ("# 12 {#a3}", "12", "12"),
    ];
    for (text, words, want) in cases {
        let document = read("-", text);
        let (block, at) = document
            .blocks
            .iter()
            .find_map(|b| Some((b, b.text.find(words)?)))
            .unwrap_or_else(|| panic!("{words:?} is not in {:?}", document.blocks));
        assert_eq!(document.slice(block.file_span(at..at + words.len())), want, "{text:?}");
    }
}

#[test]
fn dates_of_front_matter() {
    let day = Some(jiff::civil::date(2025, 6, 4));
    for (text, want) in [
        ("---\ndate: 2025-06-04\n---\n", day),
        ("\u{feff}---\r\ntitle: x\r\ndate: \"2025-06-04T10:00:00Z\"\r\n---\r\n", day),
        ("---\nDate: '2025-06-04'\n...\n", day),
        ("---\ndate: 2025-06-31\n---\n", None),
        ("---\ndate: soon\n---\n", None),
        ("---\ndate: ééééééééé\n---\n", None),
        ("---\ndate: 2025-06-04\n", None),
        ("x\n---\ndate: 2025-06-04\n---\n", None),
    ] {
        assert_eq!(read("a.md", text).date, want, "{text:?}");
    }
}

#[test]
fn bytes_that_are_no_text() {
    for (bytes, want) in [
        (&b"a\nb\0"[..], ReadError::Binary { offset: 3, line: 2, column: 2 }),
        (b"\xff\xfea\0", ReadError::Utf16),
        (b"\xc3\xa9\n\xc3\xa9 \xff", ReadError::NotUtf8 { offset: 6, line: 2, column: 3 }),
        (b"\xef\xbb\xbfa\xff", ReadError::NotUtf8 { offset: 4, line: 1, column: 2 }),
    ] {
        assert_eq!(document::read("a.md", bytes.to_vec()).map(|d| d.source), Err(want));
    }
}

/// Nesting and unclosed marks take time in proportion to their number; the sizes are such that a quadratic reading
/// would take minutes.
#[test]
fn long_and_deep_files_are_read_in_time() {
    let begun = std::time::Instant::now();
    for piece in
        ["[", "*a ", "> ", "- ", "![", "`", "<", "~~a", "|", "&", "\\", "[a](", "_a_*", "<!--", "12 \n", "[^1]"]
    {
        let document = read("a.md", &piece.repeat(400_000 / piece.len()));
        let end = document.source.len();
        for offset in (0..end).step_by(100) {
            assert!(document.line_column(offset) <= document.line_column(end));
        }
    }
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}

/// Pieces of Markdown that make trouble when they meet.
fn markdown() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "**",
        "*",
        "_",
        "[",
        "](http://x.example/1)",
        "![",
        "# ",
        "## ",
        "\n",
        "\r\n",
        "\n\n",
        "- ",
        "1. ",
        "> ",
        "    ",
        "| a | b |\n|---|---|\n| 1 | ",
        " | ",
        "&amp;",
        "&pound;",
        "&nlE;",
        "&#12;",
        "\\",
        "`",
        "```\n",
        "<br>",
        "<!-- 9 -->",
        "<div>",
        "é",
        "12",
        "3,000",
        " ",
        "\t",
        "\u{feff}",
        "\u{202e}",
        "~~",
        "~",
        "---\n",
        "date: 2025-01-02\n",
        "[^1]",
        "[^1]: ",
        "\r",
        "\u{1f600}",
        "\\|",
        "{#a}",
        "===\n",
        "people",
        ".",
    ];
    prop_oneof![
        4 => prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|p| p.concat()),
        1 => any::<String>(),
    ]
}

proptest! {
    #[test]
    fn segments_stand_in_the_file_as_in_the_text(text in markdown(), plain in any::<bool>()) {
        let Ok(document) = document::read(if plain { "a.txt" } else { "a.md" }, text.clone().into_bytes()) else {
            prop_assert!(text.contains('\0'));
            return Ok(());
        };
        for block in &document.blocks {
            prop_assert!(!block.text.trim().is_empty());
            let (mut in_text, mut in_file) = (0, 0);
            for segment in &block.segments {
                prop_assert!(segment.text >= in_text && segment.file >= in_file);
                prop_assert_eq!(block.text.get(segment.in_text()), document.source.get(segment.in_file()));
                prop_assert!(document.source.get(segment.in_file()).is_some());
                (in_text, in_file) = (segment.in_text().end, segment.in_file().end);
            }
            // Every character, and every stretch from it to the end, has a place that can be cut out.
            for (at, c) in block.text.char_indices() {
                for end in [at + c.len_utf8(), block.text.len()] {
                    let span = block.file_span(at..end);
                    prop_assert!(document.source.get(span.clone()).is_some(), "{:?} of {:?}", span, document.source);
                }
                if block.segments.iter().any(|s| s.in_text().contains(&at)) {
                    let copied = document.slice(block.file_span(at..at + c.len_utf8()));
                    prop_assert_eq!(copied, c.to_string());
                }
            }
        }
    }

    #[test]
    fn lines_and_columns_count_characters(text in "(\u{feff})?[a-cé\u{1f600}\n\r]{0,60}", long in 0..9000_usize) {
        // A stretch of many bytes in front moves the text across the table of characters.
        let text = text.replacen('b', &"ü".repeat(long), 1);
        let document = read("a.txt", &text);
        let (mut line, mut column) = (1, 1);
        for (at, c) in text.char_indices() {
            if at == 0 || at + 40 > text.len() || at < 40 || at % 4096 < 3 {
                prop_assert_eq!(document.line_column(at), (line, column), "byte {} of {:?}", at, &text);
            }
            match c {
                '\n' => (line, column) = (line + 1, 1),
                '\u{feff}' if at == 0 => {}
                _ => column += 1,
            }
        }
        prop_assert_eq!(document.line_column(text.len()), (line, column));
        prop_assert_eq!(document.line_column(text.len() + 5), (line, column));
    }
}
