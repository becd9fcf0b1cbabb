//! What holds of all figures and intervals: a number printed in any style is read back, no operation on intervals loses a
//! value, and spans reproduce the text. Sentences are cut and tagged as the program does it.

#![allow(clippy::panic, clippy::expect_used)] // A test may.

use std::sync::OnceLock;

use crossfoot::pack::Pack;
use crossfoot::quantity::{Bound, End, Figure, Interval, Number, Reader};
use crossfoot::text;
use proptest::prelude::*;

fn readers() -> &'static (text::Reader, Reader) {
    static READERS: OnceLock<(text::Reader, Reader)> = OnceLock::new();
    READERS.get_or_init(|| {
        let pack = Pack::english();
        let sound = "the built-in pack is sound";
        (text::Reader::new(&pack).expect(sound), Reader::new(&pack).expect(sound))
    })
}

fn read(block: &str) -> Vec<Figure> {
    let (text, quantity) = readers();
    let sentences = text.sentences(block).into_iter();
    sentences.flat_map(|span| quantity.figures(block, &text.tokens(block, span))).collect()
}

/// The numbers of a text's only figure.
fn numbers(block: &str) -> Vec<Number> {
    let figures = read(block);
    let [figure] = &figures[..] else { panic!("{block:?} has {} figures: {figures:?}", figures.len()) };
    figure.quantity.numbers.clone()
}

fn tenths(n: i64) -> Number {
    Number::ratio(i128::from(n), 10)
}

fn printed(n: i64) -> String {
    tenths(n).to_string()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn amounts_are_read_back_in_every_style(n in 20_i64..9_999) {
        let value = tenths(n);
        let p = printed(n);
        for block in [
            format!("The bill came to ${p}."),
            format!("The bill came to US${p}."),
            format!("The bill came to {p} dollars."),
            format!("The bill came to {p} USD."),
            format!("The bill came to €{p}."),
            format!("The bill came to A${p}."),
            format!("The bag weighed {p}kg."),
            format!("The bag weighed {p} kg."),
            format!("Costs rose by {p}%."),
            format!("Costs rose by {p} per cent."),
            format!("The road is {p} km long."),
            format!("The road is {p}-mile long."),
        ] {
            prop_assert_eq!(numbers(&block), vec![value], "{}", block);
        }
    }

    #[test]
    fn scales_are_read_back_in_every_style(n in 11_i64..9_999) {
        let p = printed(n);
        for (words, power) in [
            (["m", "mn", " million", " mln"], 1_000_000),
            (["bn", "b", " billion", "-billion"], 1_000_000_000),
            (["tn", "trn", " trillion", "-trillion"], 1_000_000_000_000),
        ] {
            for word in words {
                let block = format!("The plan cost £{p}{word}.");
                prop_assert_eq!(numbers(&block), vec![tenths(n) * Number::from(power)], "{}", block);
            }
        }
    }

    #[test]
    fn ranges_are_read_back_in_every_style(a in 10_i64..5_000, more in 1_i64..4_000) {
        let (low, high) = (printed(a), printed(a + more));
        for block in [
            format!("It cost ${low}-${high}."),
            format!("It cost ${low} to ${high}."),
            format!("It cost between ${low} and ${high}."),
            format!("The load weighs {low}–{high} kg."),
            format!("The load weighs {low} to {high} kg."),
            format!("The load weighs between {low} kg and {high} kg."),
            format!("Loads of from {low} to {high} kg are carried."),
        ] {
            prop_assert_eq!(numbers(&block), vec![tenths(a), tenths(a + more)], "{}", block);
        }
    }

    #[test]
    fn bounds_hold_what_their_words_say(n in 2_i64..5_000) {
        let value = Number::from(n);
        for (words, bound, below, itself, above) in [
            ("more than", Bound::MoreThan, false, false, true),
            ("at least", Bound::AtLeast, false, true, true),
            ("fewer than", Bound::LessThan, true, false, false),
            ("up to", Bound::AtMost, true, true, false),
            ("nearly", Bound::Nearly, true, false, false),
            ("about", Bound::About, true, true, true),
        ] {
            let block = format!("There were {words} {value} crates.");
            let figures = read(&block);
            prop_assert_eq!(figures.len(), 1, "{}", &block);
            let quantity = &figures[0].quantity;
            prop_assert_eq!(quantity.bound, bound, "{}", &block);
            let near = value / Number::from(1000);
            let held = [value - near, value, value + near].map(|v| quantity.stated.contains(v));
            prop_assert_eq!(held, [below, itself, above], "{}", &block);
        }
    }

    #[test]
    fn spans_reproduce_the_text(n in 2_i64..5_000, before in "[a-zé–“ ]{0,12}", after in "[a-zü’” ]{0,12}") {
        let block = format!("“{before}” cost £{n} – {after}.");
        for figure in read(&block) {
            let slice = block.get(figure.span.clone());
            prop_assert!(slice.is_some_and(|t| !t.is_empty() && t.trim() == t), "{block:?}: {figure:?}");
        }
        let money = format!("£{n}");
        prop_assert!(read(&block).iter().any(|f| block.get(f.span.clone()).is_some_and(|t| t.contains(&money))), "{}", block);
    }

    #[test]
    fn no_operation_on_intervals_loses_a_value(
        (a, x) in interval(), (b, y) in interval(), factor in -20_i64..20,
    ) {
        let factor = tenths(factor);
        prop_assert!(a.hull(&b).contains(x) && a.hull(&b).contains(y));
        prop_assert!(a.plus(&b).contains(x + y));
        prop_assert!(a.minus(&b).contains(x - y));
        prop_assert!(a.scale(factor).contains(x * factor) || factor.is_zero());
        prop_assert!(a.map(|v| v + factor).contains(x + factor));
        prop_assert_eq!(a.meets(&b), b.meets(&a));
        prop_assert!(a.meets(&b) || !(a.contains(y) || b.contains(x)));
        if !x.is_negative() && !y.is_negative() {
            prop_assert!(a.times(&b).contains(x * y));
            prop_assert!(y.is_zero() || a.over(&b).contains(x / y), "{:?} over {:?} misses {}", a, b, x / y);
        }
        let step = Number::ratio(1, 10);
        prop_assert!(Interval::rounded(x.round_to(step), step).contains(x) || x.is_negative());
    }
}

/// An interval and a value in it.
fn interval() -> impl Strategy<Value = (Interval, Number)> {
    let end = (0_i64..400, any::<bool>());
    (-500_i64..500, prop::option::of(end.clone()), prop::option::of(end)).prop_map(|(value, low, high)| {
        let value = tenths(value);
        // An open end keeps its distance, so that the value lies inside.
        let distance = |(away, closed): (i64, bool)| tenths(if closed { away } else { away + 1 });
        let interval = Interval {
            low: low.map(|end| End { value: value - distance(end), closed: end.1 }),
            high: high.map(|end| End { value: value + distance(end), closed: end.1 }),
        };
        (interval, value)
    })
}
