//! The trees of sentences.

#![allow(clippy::expect_used)] // A test may.

use crossfoot::pack::Pack;
use crossfoot::text::{Reader, Token, Tree};
use proptest::prelude::*;

fn reader() -> Reader {
    Reader::new(&Pack::english()).expect("the built-in pack is sound")
}

fn read(reader: &Reader, text: &str) -> (Vec<Token>, Tree) {
    let tokens = reader.tokens(text, 0..text.len());
    let tree = reader.tree(&tokens);
    (tokens, tree)
}

#[test]
fn words_hang_on_what_governs_them() {
    // A sentence, and `dependent relation head` for some of its words; the head of the root is "-".
    let cases: [(&str, &[&str]); 5] = [
        (
            "The council bought two new ferries.",
            &["council nsubj bought", "bought root -", "two nummod ferries", "new amod ferries", "ferries obj bought"],
        ),
        (
            "Police said that 14 people were injured in the fire.",
            &["police nsubj said", "14 nummod people", "people nsubj:pass injured", "injured ccomp said"],
        ),
        ("The bank paid $5 million to the city.", &["$ obj paid", "bank nsubj paid"]),
        (
            "She has three brothers and two sisters.",
            &["brothers obj has", "sisters conj brothers", "two nummod sisters"],
        ),
        ("A 14-year-old boy was killed.", &["boy nsubj:pass killed", "killed root -"]),
    ];
    let reader = reader();
    for (text, expected) in cases {
        let (tokens, tree) = read(&reader, text);
        let arcs: Vec<String> = (0..tokens.len())
            .map(|at| {
                let head = tree.head(at).map_or("-", |head| tokens[head].lower.as_str());
                format!("{} {} {head}", tokens[at].lower, tree.relation(at))
            })
            .collect();
        for arc in expected {
            assert!(arcs.iter().any(|found| found == arc), "{arc} is not in {arcs:?}");
        }
    }
}

#[test]
fn no_tokens_have_an_empty_tree() {
    let tree = reader().tree(&[]);
    assert_eq!((tree.root(), tree.arcs().len(), tree.head(0), tree.dependents(0)), (None, 0, None, &[][..]));
}

#[test]
fn a_long_sentence_takes_no_long_time() {
    let reader = reader();
    for text in ["word ".repeat(1 << 16), "( ".repeat(1 << 16), "of the man , ".repeat(1 << 14)] {
        let start = std::time::Instant::now();
        let (tokens, tree) = read(&reader, &text);
        assert_eq!(tokens.len(), tree.arcs().len());
        assert!(start.elapsed().as_secs() < 10, "{:?} for {} bytes", start.elapsed(), text.len());
    }
}

proptest! {
    #[test]
    fn any_text_has_trees(text in "([a-zA-Z0-9$£%.,;:'’“”() -]|\\PC){0,120}") {
        static READER: std::sync::OnceLock<Reader> = std::sync::OnceLock::new();
        let (tokens, tree) = read(READER.get_or_init(reader), &text);
        prop_assert_eq!(tree.arcs().len(), tokens.len());
        let roots = tree.arcs().iter().filter(|arc| arc.head.is_none()).count();
        prop_assert_eq!(roots, usize::from(!tokens.is_empty()));
        let dependents: usize = (0..tokens.len()).map(|at| tree.dependents(at).len()).sum();
        prop_assert_eq!(dependents, tokens.len().saturating_sub(1));
        for at in 0..tokens.len() {
            // Every way up ends at the root.
            let mut steps = 0;
            let mut here = at;
            while let Some(head) = tree.head(here) {
                prop_assert!(tree.dependents(head).contains(&here));
                here = head;
                steps += 1;
                prop_assert!(steps <= tokens.len());
            }
        }
    }
}
