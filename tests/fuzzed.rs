//! The targets of `fuzz/` on stable Rust: what was found once, the fixtures and the files of the tests, and these changed at
//! random, the same changes in every run. `CROSSFOOT_FUZZ_INPUTS` says how many changed inputs there are for each target,
//! `CROSSFOOT_FUZZ_SEED` begins another series.

#![cfg(all(feature = "cli", feature = "serve"))]
#![allow(clippy::panic, clippy::expect_used, clippy::unwrap_used)] // A test may.

mod invariants;
mod program;

use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use program::{Dice, root};

/// Longer inputs find little that shorter ones do not.
const LONGEST: usize = 1 << 12;

/// What often matters to a reader of text, numbers or markup.
const PIECES: &[&str] = &[
    "0",
    "9",
    "999999999999999999999999999999999999999999",
    "1e9",
    "-",
    "–",
    ".",
    ",",
    "%",
    "$",
    "£",
    "1,000",
    "½",
    "(",
    ")",
    "\"",
    "'",
    "\n",
    "\n\n",
    "\t",
    "\0",
    "\u{1b}[31m",
    "\u{202e}",
    "\u{feff}",
    "\u{301}",
    "<",
    ">",
    "</p>",
    "<table><tr><td>",
    "&#0;",
    "&#x110000;",
    "{",
    "}",
    "[",
    "]",
    "[[rule]]\n",
    "= ",
    "# ",
    "| ",
    "```",
    "million",
    "per cent",
    " of ",
    " to ",
    "between ",
    "nearly ",
    "31 February 2023",
    "km (",
    "a dozen",
    "minus ",
    "one-and-a-",
    "13st 4lb",
    "2:03:11",
];

/// A thing that is fed, as `fuzz/fuzz_targets` names it.
struct Target {
    name: &'static str,
    feed: fn(&[u8]),
    /// What it is fed first.
    seeds: fn() -> Vec<Vec<u8>>,
    /// How many changed inputs it is fed in a run of the tests.
    inputs: usize,
}

const TARGETS: [Target; 5] = [
    Target { name: "readers", feed: invariants::readers, seeds: documents, inputs: 300 },
    Target { name: "checker", feed: invariants::checker, seeds: drafts, inputs: 200 },
    Target { name: "house_pack", feed: invariants::house_pack, seeds: packs, inputs: 20 },
    Target { name: "config", feed: invariants::config, seeds: settings, inputs: 40 },
    Target { name: "server", feed: invariants::server, seeds: requests, inputs: 300 },
];

/// Inputs that broke something once, by target.
const FOUND: [(&str, &[u8]); 3] = [
    // A rate for each nought of something: no value fits it, not even its own.
    ("checker", "The flat costs £9/00.".as_bytes()),
    // A tab went into the page as it is.
    ("checker", b"Some 22\tboats sank."),
    // A bound as a share of nothing left no value, not even nothing.
    ("checker", b"Nearly 0 boats sank, and just over 0% of the crew was lost."),
];

#[test]
fn what_was_found_is_mended() {
    for (name, input) in FOUND {
        let target = TARGETS.iter().find(|target| target.name == name).unwrap();
        (target.feed)(input);
    }
}

#[test]
fn readers() {
    fuzz("readers");
}

#[test]
fn checker() {
    fuzz("checker");
}

#[test]
fn house_pack() {
    fuzz("house_pack");
}

#[test]
fn config() {
    fuzz("config");
}

#[test]
fn server() {
    fuzz("server");
}

/// Writes the seeds to where cargo-fuzz looks for them.
#[test]
#[ignore = "it makes files: fuzz/README.md says when"]
fn corpora() {
    for target in TARGETS {
        let folder = root().join("fuzz/corpus").join(target.name);
        fs::create_dir_all(&folder).unwrap();
        for (number, seed) in (target.seeds)().into_iter().enumerate() {
            fs::write(folder.join(format!("seed-{number}")), seed).unwrap();
        }
    }
}

/// Feeds a target its seeds, and then seeds that are changed.
fn fuzz(name: &str) {
    let target = TARGETS.iter().find(|target| target.name == name).unwrap();
    let number = |key: &str| std::env::var(key).ok().map(|value| value.parse::<u64>().unwrap());
    let inputs = number("CROSSFOOT_FUZZ_INPUTS").map_or(target.inputs, |inputs| inputs as usize);
    let mut dice = Dice(number("CROSSFOOT_FUZZ_SEED").unwrap_or(20_261_128).max(1));
    let seeds = (target.seeds)();
    assert!(!seeds.is_empty(), "{name}: no seeds");
    let (begun, mut most) = (Instant::now(), Duration::ZERO);
    for at in 0..seeds.len() + inputs {
        let input = seeds.get(at).cloned().unwrap_or_else(|| changed(&seeds, &mut dice));
        let start = Instant::now();
        if catch_unwind(|| (target.feed)(&input)).is_err() {
            let kept = std::env::temp_dir().join(format!("crossfoot-{name}-{at}"));
            fs::write(&kept, &input).unwrap();
            panic!("{name}: input {at}, kept as {}", kept.display());
        }
        most = most.max(start.elapsed());
    }
    println!("{name}: {} inputs in {:?}, the slowest took {most:?}", seeds.len() + inputs, begun.elapsed());
}

/// A seed with some changes, parts of other seeds among them.
fn changed(seeds: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let seed = &seeds[dice.roll(seeds.len())];
    let start = dice.roll(seed.len().saturating_sub(LONGEST) + 1);
    let mut bytes: Vec<u8> = seed[start..].iter().copied().take(LONGEST).collect();
    for _ in 0..=dice.roll(8) {
        let at = dice.roll(bytes.len() + 1);
        let end = (at + dice.roll(40)).min(bytes.len());
        match dice.roll(6) {
            0 => drop(bytes.splice(at..at, PIECES[dice.roll(PIECES.len())].bytes())),
            1 => drop(bytes.splice(at..end, PIECES[dice.roll(PIECES.len())].bytes())),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let part = bytes[at..end].repeat(1 + dice.roll(20));
                drop(bytes.splice(at..at, part));
            }
            4 => {
                let other = &seeds[dice.roll(seeds.len())];
                let from = dice.roll(other.len());
                let to = (from + dice.roll(200)).min(other.len());
                drop(bytes.splice(at..at, other[from..to].iter().copied()));
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << dice.roll(8);
                }
            }
        }
    }
    bytes
}

/// All files below a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn with_extension(folder: &str, extension: &str) -> Vec<Vec<u8>> {
    let fits = |path: &PathBuf| path.extension().is_some_and(|own| own == extension);
    files(&root().join(folder)).iter().filter(|path| fits(path)).map(|path| fs::read(path).unwrap()).collect()
}

/// Something behind the byte that chooses what is done with it.
fn chosen(choice: usize, bytes: &[u8]) -> Vec<u8> {
    [&[u8::try_from(choice).unwrap()], bytes].concat()
}

fn documents() -> Vec<Vec<u8>> {
    let names = invariants::names();
    let seed = |path: &PathBuf| {
        let name = format!("draft.{}", path.extension()?.to_str()?);
        Some(chosen(names.iter().position(|known| *known == name)?, &fs::read(path).unwrap()))
    };
    ["tests/files", "fixtures"].iter().flat_map(|folder| files(&root().join(folder))).filter_map(|f| seed(&f)).collect()
}

fn drafts() -> Vec<Vec<u8>> {
    let mut drafts = with_extension("fixtures", "md");
    drafts.extend(with_extension("tests/files", "md"));
    // A rule's examples have what it reads.
    for rule in crossfoot::rule::definition::registry() {
        let definition = rule.exemplified().unwrap();
        for examples in [definition.fail, definition.pass] {
            let texts = examples.iter().flat_map(|example| example.documents()).map(|(_, text)| text.trim().to_owned());
            let texts = texts.collect::<Vec<_>>().join("\n\n");
            assert!(!texts.is_empty(), "{} has no examples", rule.name);
            drafts.push(texts.into_bytes());
        }
    }
    drafts
}

fn packs() -> Vec<Vec<u8>> {
    let mut packs = with_extension("fixtures/house-pack", "toml");
    // A pack's tables have the names of the language pack's files.
    packs.extend(files(&root().join("rules/en")).iter().filter(|f| f.extension().is_some_and(|e| e == "toml")).map(
        |file| {
            let text = fs::read_to_string(file).unwrap();
            format!("[{}]\n{text}", file.file_stem().unwrap().to_str().unwrap()).into_bytes()
        },
    ));
    packs
}

fn settings() -> Vec<Vec<u8>> {
    let template = crossfoot::config::TEMPLATE;
    let bare: Vec<&str> = template.lines().map(|line| line.trim_start_matches("# ")).collect();
    let entry = "path = \"a.md\"\nrule = \"rate\"\nkey = \"0123456789abcdef\"\nmessage = \"5 × 5 = 25, not 26\"\n";
    let baseline = r#"{"schema_version":"1","findings":[{"path":"a.md","rule":"rate","key":"0123456789abcdef","message":"5 × 5"}]}"#;
    vec![
        chosen(0, template.as_bytes()),
        chosen(0, bare.join("\n").as_bytes()),
        chosen(0, b"fail-on = \"warning\"\n[severity]\nrate = \"off\"\n[tolerances.figure-conflict]\nslip = 0.9\n"),
        chosen(1, baseline.as_bytes()),
        chosen(2, format!("[[decision]]\nverdict = \"stands\"\nreason = \"asked\"\n{entry}").as_bytes()),
    ]
}

fn requests() -> Vec<Vec<u8>> {
    let mut requests = Vec::new();
    for draft in with_extension("fixtures", "md") {
        let text = String::from_utf8(draft).unwrap();
        let file = |name: &str| serde_json::json!({"name": name, "text": text});
        let sent = serde_json::json!({"documents": [file("a.md")], "against": [file("b.html")]});
        requests.push(chosen(0, sent.to_string().as_bytes()));
        let form = |text: &str| text.replace('%', "%25").replace('&', "%26").replace('+', "%2B").replace(' ', "+");
        requests.push(chosen(1, format!("language=en-GB&text={}", form(&text)).as_bytes()));
        let pieces = serde_json::json!({"annotation": [{"markup": "<b>", "interpretAs": ""}, {"text": text}]});
        requests.push(chosen(1, format!("language=en-GB&data={}", form(&pieces.to_string())).as_bytes()));
    }
    requests
}
