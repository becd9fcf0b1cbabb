//! The tags of words in running text.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic)] // A test may.

use crossfoot::pack::Pack;
use crossfoot::text::{Reader, Token};
use proptest::prelude::*;

fn reader() -> Reader {
    Reader::new(&Pack::english()).expect("the built-in pack is sound")
}

fn tags(reader: &Reader, text: &str) -> String {
    let tokens: Vec<Token> = reader.sentences(text).into_iter().flat_map(|span| reader.tokens(text, span)).collect();
    tokens.iter().map(|t| format!("{}/{}", &text[t.span()], t.xpos)).collect::<Vec<_>>().join(" ")
}

#[test]
fn words_get_the_tags_of_the_treebanks() {
    let cases = [
        (
            "The council spent $4.5 million on two new ferries last year.",
            "The/DT council/NN spent/VBD $/$ 4.5/CD million/CD on/IN two/CD new/JJ ferries/NNS last/JJ year/NN ./.",
        ),
        (
            "Police said 14 people were hurt, three of them seriously.",
            "Police/NNS said/VBD 14/CD people/NNS were/VBD hurt/VBN ,/, three/CD of/IN them/PRP seriously/RB ./.",
        ),
        (
            "Profits rose 12% to £3.2bn in the third quarter, the bank's chairman said.",
            "Profits/NNS rose/VBD 12/CD %/NN to/IN £/$ 3.2/CD bn/CD in/IN the/DT third/JJ quarter/NN ,/, \
             the/DT bank/NN 's/POS chairman/NN said/VBD ./.",
        ),
        (
            "She didn't know how many houses had been flooded.",
            "She/PRP did/VBD n't/RB know/VB how/WRB many/JJ houses/NNS had/VBD been/VBN flooded/VBN ./.",
        ),
        (
            "The 52-year-old driver will appear in court on Monday.",
            "The/DT 52/CD -/HYPH year/NN -/HYPH old/JJ driver/NN will/MD appear/VB in/IN court/NN on/IN Monday/NNP ./.",
        ),
    ];
    let reader = reader();
    for (text, expected) in cases {
        assert_eq!(tags(&reader, text), expected);
    }
}

#[test]
fn verbs_of_headlines_are_verbs() {
    let reader = reader();
    for (text, verb) in [
        ("Ten Killed As Bus Crashes Into River In Northern Peru", "killed"),
        ("Minister Says Costs Will Rise By A Quarter Next Year", "says"),
        ("Storm Leaves Thousands Without Power Across The Coast", "leaves"),
    ] {
        let tokens = reader.tokens(text, 0..text.len());
        let token = tokens.iter().find(|t| t.lower == verb).expect("the word is there");
        assert!(token.is_verb(), "{verb} in {text:?} is {:?}", token.upos);
    }
}

#[test]
fn a_long_word_takes_no_long_time() {
    let reader = reader();
    for text in ["x".repeat(1 << 20), "1,".repeat(1 << 19), "a-".repeat(1 << 19), "word ".repeat(1 << 17)] {
        let start = std::time::Instant::now();
        let tokens: usize = reader.sentences(&text).into_iter().map(|span| reader.tokens(&text, span).len()).sum();
        assert!(tokens > 0);
        assert!(start.elapsed().as_secs() < 10, "{:?} for {} bytes", start.elapsed(), text.len());
    }
}

proptest! {
    #[test]
    fn any_text_has_tagged_tokens_in_order(text in "\\PC{0,80}|([a-zA-Z0-9$£%.,'’“”()\n -]|\\p{M}|\\p{Nd}|\\p{Sc}){0,80}") {
        let reader = reader();
        let mut last = 0;
        for span in reader.sentences(&text) {
            for token in reader.tokens(&text, span) {
                prop_assert!(last <= token.start && token.start < token.end);
                prop_assert!(text.get(token.span()).is_some());
                prop_assert!(!token.xpos.is_empty());
                last = token.end;
            }
        }
    }
}
