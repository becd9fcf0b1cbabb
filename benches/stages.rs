//! How long each stage takes alone, and all of them together, on one thread:
//!
//!     cargo bench --bench stages
//!
//! The text is that of the drafts in `fixtures/`, one after another until there is enough. Throughput is bytes of text;
//! each stage is given what the stage before it made.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, anyhow};
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput};
use crossfoot::config::Config;
use crossfoot::document;
use crossfoot::group::{Accounts, Frames};
use crossfoot::inspect::Inspector;
use crossfoot::pack::Pack;
use crossfoot::report::{self, Report, Style, Summary};
use crossfoot::text::Token;
use crossfoot::{quantity, text};

/// Bytes of text: a draft and a long one.
const SIZES: [usize; 2] = [10_000, 100_000];

/// The drafts of the fixtures, one after another, as long as wanted.
fn draft(wanted: usize) -> anyhow::Result<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut files: Vec<_> =
        fs::read_dir(&folder)?.filter_map(|entry| Some(entry.ok()?.path().join("draft.md"))).collect();
    files.retain(|file| file.is_file());
    files.sort();
    let texts = files.iter().map(fs::read_to_string).collect::<Result<Vec<String>, _>>()?;
    anyhow::ensure!(!texts.is_empty(), "{}: there are no drafts", folder.display());
    let mut all = String::new();
    for text in texts.iter().cycle() {
        if all.len() >= wanted {
            break;
        }
        all.push_str(text);
        all.push('\n');
    }
    Ok(all)
}

fn measure(criterion: &mut Criterion, size: usize) -> anyhow::Result<()> {
    let pack = Pack::english();
    let (text, quantity) = (text::Reader::new(&pack)?, quantity::Reader::new(&pack)?);
    let inspector = Inspector::new(Config::default(), Path::new("crossfoot.toml"))?;
    let checker = &inspector.checker;
    let source = draft(size)?;
    let read = || document::read("draft.md", source.clone().into_bytes());
    let document = read()?;
    let cut = || -> Vec<Vec<Vec<Token>>> {
        let block = |block: &document::Block| {
            text.sentences(&block.text).into_iter().map(|span| text.tokens(&block.text, span)).collect()
        };
        document.blocks.iter().map(block).collect()
    };
    let tokens = cut();
    let figures = || -> usize {
        let blocks = document.blocks.iter().zip(&tokens);
        blocks.flat_map(|(block, sentences)| sentences.iter().map(|s| quantity.figures(&block.text, s).len())).sum()
    };
    let article = checker.read(document.clone());
    let articles = std::slice::from_ref(&article);
    let items = inspector.check(articles);
    let summary = Summary { documents: 1, claims: article.claims.len(), ..Summary::default() };
    let documents = vec!["draft.md".to_owned()];
    let report = Report {
        items: &items,
        summary: &summary,
        documents: &documents,
        rules: checker.rules(),
        articles,
        against: &[],
        explain: false,
    };
    let json = report::formats().iter().find(|format| format.name == "json").and_then(|format| format.findings);
    let json = json.context("there is no JSON")?;

    let mut group = criterion.benchmark_group("stages");
    group.throughput(Throughput::Bytes(source.len() as u64));
    group.bench_function(BenchmarkId::new("document", size), |b| b.iter(read));
    group.bench_function(BenchmarkId::new("tokens and tags", size), |b| b.iter(cut));
    group.bench_function(BenchmarkId::new("figures", size), |b| b.iter(figures));
    // Only sentences with figures have trees.
    group.bench_function(BenchmarkId::new("trees", size), |b| {
        b.iter(|| {
            let figured = article.sentences.iter().filter(|s| !s.claims.is_empty());
            figured.map(|s| text.tree(&s.tokens)).collect::<Vec<_>>()
        });
    });
    group.bench_function(BenchmarkId::new("text to claims", size), |b| {
        b.iter_batched(|| document.clone(), |document| checker.read(document), BatchSize::LargeInput);
    });
    group.bench_function(BenchmarkId::new("groups", size), |b| {
        b.iter(|| {
            let frames = Frames::new(articles);
            let linked = frames.pairs(false).into_iter();
            let linked = linked.filter(|&(a, b)| frames.link(&frames.frames[a], &frames.frames[b]).is_some()).count();
            (linked, Accounts::new(articles).statements.len())
        });
    });
    group.bench_function(BenchmarkId::new("rules", size), |b| b.iter(|| checker.check(&article, &|_| true)));
    group.bench_function(BenchmarkId::new("report", size), |b| {
        b.iter(|| {
            let mut out = Vec::new();
            json(&report, Style { color: false, width: 80 }, &mut out).map(|()| out)
        });
    });
    group.bench_function(BenchmarkId::new("all", size), |b| {
        b.iter(|| read().map(|document| checker.skim(document, &|_| true).1));
    });
    group.finish();
    Ok(())
}

fn main() -> anyhow::Result<()> {
    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    for size in SIZES {
        measure(&mut criterion, size).map_err(|error| anyhow!("{size} bytes: {error}"))?;
    }
    criterion.final_summary();
    Ok(())
}
