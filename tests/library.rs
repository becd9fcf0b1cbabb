//! crossfoot as a library, in whatever build: it reads and checks, and says what of it the build leaves out.

#![allow(clippy::panic, clippy::unwrap_used)] // A test may.

use crossfoot::Checker;
use crossfoot::document::{self, ReadError};

#[test]
fn plain_text_is_checked() {
    // 40 sq km is 15.4 sq miles.
    let text = "The new nature park covers 40 sq km (25 sq miles) of marsh.";
    let checker = Checker::english().unwrap();
    let article = checker.read(document::read("draft.txt", text.into()).unwrap());
    let found = checker.check(&article, &|_| true);
    let rules: Vec<&str> = found.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(rules, ["unit-conversion"]);
}

#[test]
fn formats_left_out_are_not_read_as_text() {
    let formats = [
        ("draft.docx", "docx", cfg!(feature = "docx")),
        ("draft.ninjs", "feeds", cfg!(feature = "feeds")),
        ("draft.json", "feeds", cfg!(feature = "feeds")),
        ("draft.newsml", "feeds", cfg!(feature = "feeds")),
        ("draft.rss", "feeds", cfg!(feature = "feeds")),
        ("draft.xml", "feeds", cfg!(feature = "feeds")),
        ("draft.HTM", "html", cfg!(feature = "html")),
        ("draft.md", "markdown", cfg!(feature = "markdown")),
        ("-", "markdown", cfg!(feature = "markdown")),
    ];
    for (path, wanted, built) in formats {
        let left_out = match document::read(path, "Two men.".into()) {
            Err(ReadError::LeftOut { feature, .. }) => {
                assert_eq!(feature, wanted, "{path}");
                true
            }
            _ => false,
        };
        assert_eq!(left_out, !built, "{path}");
    }
    for path in ["draft.txt", "draft", "draft.log"] {
        assert_eq!(document::read(path, "Two men.".into()).unwrap().blocks.len(), 1, "{path}");
    }
}
