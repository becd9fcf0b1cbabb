//! Learns what signs weigh that two figures are of one thing: from published articles, whose figures are taken to be
//! right, and the same articles with one figure changed where it was told twice.

use std::fmt::Write as _;
use std::fs;
use std::io::BufRead as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use rayon::prelude::*;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::Random;
use super::boost::{self, Rows};
use crate::checker::Checker;
use crate::claim::cues::Weights;
use crate::document;
use crate::group::{Item, SIGNS, Signs};
use crate::quantity::{Kind, Number};

/// How many words must stand around both of two equal figures for them to be taken as one thing told twice.
const WORDS_AROUND_BOTH: usize = 2;
/// Figures below it are told twice by chance.
const LEAST: i64 = 3;
/// How often each figure told twice is changed.
const CHANGES: usize = 2;
/// The share of articles without a slip that have an alarm, in thousandths, at which the recall is printed.
const ALARMS: [usize; 6] = [1, 2, 3, 5, 8, 12];

/// One published article.
#[derive(Deserialize)]
struct Record {
    #[serde(default)]
    title: Option<String>,
    text: String,
}

/// The pairs of one article: those of the article as it is, and for each figure changed those of the two.
#[derive(Default)]
struct Pairs {
    published: Vec<Vec<u8>>,
    changed: Vec<Vec<u8>>,
}

/// Learns the weights from all files and writes them; measures first on parts of the articles kept out.
pub fn run(files: &[PathBuf], folds: usize, out: &Path) -> anyhow::Result<()> {
    let checker = Checker::english()?;
    let names: Vec<String> = SIGNS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let mut articles: Vec<(usize, Pairs)> = Vec::new();
    for (number, file) in files.iter().enumerate() {
        let read = read(file)?;
        articles.par_extend(read.par_iter().map(|record| (number, pairs(&checker, record))));
    }
    let learn = |kept_out: Option<usize>| {
        let mut rows = Rows::new(names.len());
        for (at, (_, pairs)) in articles.iter().enumerate() {
            if kept_out.is_none_or(|fold| at % folds != fold) {
                pairs.published.iter().for_each(|signs| rows.push(signs, false));
                pairs.changed.iter().for_each(|signs| rows.push(signs, true));
            }
        }
        boost::learn(&rows, names.clone())
    };
    let mut scored: Vec<(usize, i32, Vec<i32>)> = Vec::new();
    for fold in 0..folds {
        let weights = learn(Some(fold));
        for (file, pairs) in articles.iter().skip(fold).step_by(folds).map(|(file, pairs)| (*file, pairs)) {
            let worst = pairs.published.iter().map(|signs| weights.score(signs)).max().unwrap_or(i32::MIN);
            scored.push((file, worst, pairs.changed.iter().map(|signs| weights.score(signs)).collect()));
        }
    }
    for (number, file) in files.iter().enumerate() {
        let of: Vec<_> = scored.iter().filter(|(of, ..)| *of == number).collect();
        let mut worst: Vec<i32> = of.iter().map(|(_, worst, _)| *worst).collect();
        worst.sort_unstable_by_key(|score| std::cmp::Reverse(*score));
        let changed: Vec<i32> = of.iter().flat_map(|(.., changed)| changed.iter().copied()).collect();
        println!("{}: {} articles, {} changes", file.display(), of.len(), changed.len());
        for alarms in ALARMS {
            let limit = worst.get(worst.len() * alarms / 1000).copied().unwrap_or(i32::MIN);
            let found = changed.iter().filter(|score| **score > limit).count();
            println!(
                "  {alarms:2} alarms in 1,000: {:.3} of the changes score above {limit}",
                found as f64 / changed.len().max(1) as f64
            );
        }
    }
    let rows = articles.iter().map(|(_, p)| p.published.len() + p.changed.len()).sum::<usize>();
    let origin = format!(
        "Learnt by crossfoot-train from {rows} pairs of figures in {} published articles, some with one figure changed: {}",
        articles.len(),
        named(files)?.join(", ")
    );
    fs::write(out, print(&learn(None), &origin)?).with_context(|| out.display().to_string())
}

/// The files by name and SHA-256 sum.
fn named(files: &[PathBuf]) -> anyhow::Result<Vec<String>> {
    let name = |file: &PathBuf| {
        let sum = Sha256::digest(fs::read(file).with_context(|| file.display().to_string())?);
        let sum: String = sum.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(format!("{} ({sum})", file.file_name().unwrap_or_default().to_string_lossy()))
    };
    files.iter().map(name).collect()
}

fn read(file: &Path) -> anyhow::Result<Vec<Record>> {
    let reader = std::io::BufReader::new(fs::File::open(file).with_context(|| file.display().to_string())?);
    let mut records = Vec::new();
    for (number, line) in reader.lines().enumerate() {
        let place = || format!("{}: line {}", file.display(), number + 1);
        records.push(serde_json::from_str(&line.with_context(place)?).with_context(place)?);
    }
    Ok(records)
}

fn pairs(checker: &Checker, record: &Record) -> Pairs {
    let title = record.title.as_ref().map_or_else(String::new, |title| format!("# {title}\n\n"));
    let bytes = format!("{title}{}", record.text).into_bytes();
    let Ok(document) = document::read("article.md", bytes) else { return Pairs::default() };
    let article = checker.read(document);
    let signs = Signs::new(&article);
    let mut pairs = Pairs { published: told(&signs), changed: Vec::new() };
    let mut random = Random::seeded(record.text.len() as u64);
    for (at, item) in signs.items.iter().enumerate() {
        let earlier = signs.alike(at).iter().copied().take_while(|&other| other < at);
        let twin = earlier.into_iter().find(|&other| {
            signs.items[other].value == item.value
                && signs.items[other].claim.sentence != item.claim.sentence
                && signs.words_around_both(other, at) >= WORDS_AROUND_BOTH
        });
        let plain = item.value >= Number::from(LEAST) && !item.claim.figure.form.words;
        let Some(twin) = twin.filter(|_| plain) else { continue };
        for _ in 0..CHANGES {
            if let Some(value) = change(item, &mut random)
                && let Some(pair) = signs.with(at, value).pair(twin, at)
            {
                pairs.changed.push(pair.signs());
            }
        }
    }
    pairs
}

/// The signs of all pairs of an article.
fn told(signs: &Signs<'_>) -> Vec<Vec<u8>> {
    signs.pairs().filter_map(|(a, b)| signs.pair(a, b)).map(|pair| pair.signs()).collect()
}

/// A slip of the hand: two digits change places, the first is another, a nought too many, billions for millions.
fn change(item: &Item<'_>, random: &mut Random) -> Option<Number> {
    let (value, thousand) = (item.value, Number::from(1000));
    let million = thousand * thousand;
    let mut digits = item.digits.digits.clone();
    let places = item.digits.magnitude + 1 - i32::try_from(digits.len()).ok()?;
    for _ in 0..20 {
        match random.below(4) {
            0 if value >= million * thousand => return Some(value / thousand),
            0 if value >= million => return Some(value * thousand),
            1 if value < thousand && value.is_integer() && item.claim.quantity().kind != Kind::Ratio => {
                return Some(value * Number::from(10));
            }
            2 if digits.len() > 1 => {
                let at = random.below(digits.len() - 1);
                digits.swap(at, at + 1);
            }
            3 => digits[0] = 1 + random.below(9) as u8,
            _ => continue,
        }
        let changed = digits.iter().fold(Number::ZERO, |sum, &d| sum * Number::from(10) + Number::from(i64::from(d)));
        let changed = changed * Number::power_of_ten(places);
        return (digits[0] != 0 && changed != value).then_some(changed);
    }
    None
}

/// The weights as `rules/en/links.toml` has them.
fn print(weights: &Weights, origin: &str) -> anyhow::Result<String> {
    let mut out = String::new();
    writeln!(
        out,
        "# What signs weigh that two figures, one of which looks like a slip for the other, are of one thing."
    )?;
    writeln!(
        out,
        "# Each tree asks whether signs (by number) are above limits; the answers, as bits from the first on,"
    )?;
    writeln!(out, "# choose what is added, in thousandths of a unit of log-odds. Not written by hand: see README.\n")?;
    writeln!(out, "origin = {origin:?}")?;
    writeln!(out, "base = {}", weights.base)?;
    writeln!(out, "signs = {:?}", weights.signs)?;
    for tree in &weights.trees {
        let ask: Vec<String> = tree.ask.iter().map(|(sign, limit)| format!("[{sign}, {limit}]")).collect();
        writeln!(out, "\n[[tree]]\nask = [{}]\nadd = {:?}", ask.join(", "), tree.add)?;
    }
    Ok(out)
}
