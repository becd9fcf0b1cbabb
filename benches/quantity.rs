//! How fast figures are found in texts of the reader's choice, on one thread and without bindings:
//!
//!     CROSSFOOT_TEXTS=articles.jsonl cargo bench --bench quantity
//!
//! `CROSSFOOT_TEXTS` is a text file, or JSON lines of objects with a `text`. Throughput is bytes of text. `figures` is the
//! stage alone, over sentences cut and tagged before; `look` the cheap look that passes over sentences without a
//! figure; `cut and tag` what the stage before it takes, for comparison.

use std::ops::Range;

use criterion::{Criterion, Throughput};
use crossfoot::pack::Pack;
use crossfoot::text::Token;
use crossfoot::{quantity, text};

/// The texts at the path that the environment names.
fn texts() -> Option<Vec<String>> {
    let path = std::env::var_os("CROSSFOOT_TEXTS")?;
    let all = std::fs::read_to_string(path).ok()?;
    let line =
        |line: &str| Some(serde_json::from_str::<serde_json::Value>(line).ok()?.get("text")?.as_str()?.to_owned());
    let records: Option<Vec<String>> = all.lines().filter(|l| !l.trim().is_empty()).map(line).collect();
    Some(records.unwrap_or_else(|| vec![all]))
}

fn main() {
    let Some(texts) = texts() else {
        println!("CROSSFOOT_TEXTS names no file that can be read: nothing is measured");
        return;
    };
    let pack = Pack::english();
    let (Ok(text), Ok(quantity)) = (text::Reader::new(&pack), quantity::Reader::new(&pack)) else {
        println!("the built-in pack is not sound");
        return;
    };
    let spans: Vec<Vec<Range<usize>>> = texts.iter().map(|t| text.sentences(t)).collect();
    let cut = |(t, spans): (&String, &Vec<Range<usize>>)| -> Vec<Vec<Token>> {
        spans.iter().map(|span| text.tokens(t, span.clone())).collect()
    };
    let tokens: Vec<Vec<Vec<Token>>> = texts.iter().zip(&spans).map(cut).collect();
    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    let mut group = criterion.benchmark_group("quantity");
    group.throughput(Throughput::Bytes(texts.iter().map(|t| t.len() as u64).sum()));
    group.bench_function("figures", |bench| {
        bench.iter(|| {
            let found = texts.iter().zip(&tokens).map(|(t, sentences)| -> usize {
                sentences.iter().map(|tokens| quantity.figures(t, tokens).len()).sum()
            });
            found.sum::<usize>()
        });
    });
    group.bench_function("look", |bench| {
        bench.iter(|| {
            let hits = texts
                .iter()
                .zip(&spans)
                .map(|(t, spans)| spans.iter().filter(|span| quantity.may_hold_figure(&t[(*span).clone()])).count());
            hits.sum::<usize>()
        });
    });
    group.bench_function("cut and tag", |bench| {
        bench.iter(|| texts.iter().zip(&spans).map(cut).map(|s| s.len()).sum::<usize>());
    });
    group.finish();
    criterion.final_summary();
}
