//! What must hold whatever is fed in: a function for each thing that is fed, which panics where it does not. `fuzz/` feeds
//! them under the guidance of coverage, `tests/fuzzed.rs` in every run of the tests.

#![allow(clippy::panic, clippy::expect_used, clippy::unwrap_used, clippy::missing_panics_doc)] // To panic is what they are for.

mod output;
mod served;
mod steering;

use std::fs;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use crossfoot::claim::Article;
use crossfoot::config::{Config, ConfigError};
use crossfoot::document::{self, Document, Options};
use crossfoot::inspect::Inspector;
use crossfoot::quantity::Interval;
use crossfoot::report::Item;
use crossfoot::review::baseline::Baseline;
use crossfoot::review::decisions::Decisions;

pub use served::server;

/// Whatever takes less than this is not slow, so that a machine with other work to do proves nothing.
const PATIENCE: Duration = Duration::from_millis(100);
/// A part of a document may take so many times as long as the whole.
const SLOWER: u32 = 10;
/// Texts longer than this are not what a fuzzer finds most with.
const LONGEST_PACK: usize = 1 << 13;

/// A figure of every kind, and findings, for packs and configurations to work on.
const DRAFT: &str = "# Park of 40 sq km opens\n\nThe park covers 40 sq km (25 sq miles) and cost about $3m, or 60% of the plan. \
Some 12 of its 20 wardens, aged 19 to 61, drove at up to 60 mph on Monday 3 May 2021; 12 trees fell, police said.\n";

/// What a file may be called: every extension that is read, and one that is not.
pub fn names() -> Vec<String> {
    let formats = document::formats().iter();
    let mut names: Vec<String> =
        formats.flat_map(|f| f.extensions.iter().chain(f.shared)).map(|e| format!("draft.{e}")).collect();
    names.sort();
    names.dedup();
    names.push("draft".to_owned());
    names
}

/// A file: the first byte chooses its name among [`names`], the others are what is in it.
pub fn readers(data: &[u8]) {
    let Some((&first, bytes)) = data.split_first() else { return };
    let names = names();
    let name = &names[usize::from(first) % names.len()];
    let (read, whole) = timed(|| read_file(name, bytes));
    let (again, _) = timed(|| read_file(name, bytes));
    assert_eq!(read, again, "the same file is read in two ways");
    let cut = bytes.len() * 7 / 8;
    not_slower(&format!("{cut} bytes of {name}"), whole, || drop(read_file(name, &bytes[..cut])));
    let Ok(documents) = document::read_all(name, name, bytes.to_vec(), &Options::default()) else { return };
    for document in documents {
        blocks_are_sound(&document);
        let article = inspector().checker.read(document);
        is_sound(&article);
        let items = inspector().check(std::slice::from_ref(&article));
        items_are_sound(&items);
        output::all(&items, &[article]);
    }
}

/// All there is to know of a file, or why it is none.
fn read_file(name: &str, bytes: &[u8]) -> Result<String, String> {
    match document::read_all(name, name, bytes.to_vec(), &Options::default()) {
        Ok(documents) => Ok(format!(
            "{:?}",
            documents.iter().map(|d| (&d.path, &d.item, &d.source, &d.blocks, d.date, &d.comments)).collect::<Vec<_>>()
        )),
        Err(error) => {
            output::complaint(&error.to_string());
            Err(error.to_string())
        }
    }
}

/// The text of a draft, alone and against another that begins as it does.
pub fn checker(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Ok(document) = document::read("draft.md", text.as_bytes().to_vec()) else { return };
    let article = inspector().checker.read(document.clone());
    is_sound(&article);
    let skimmed = inspector().checker.skim(document, &|_| true).1;
    let found = inspector().checker.check(&article, &|_| true);
    assert!(skimmed.is_empty() || skimmed == found, "{skimmed:#?} by skimming, {found:#?} by reading");
    let half = border(&text, text.len() / 2);
    let mut articles = vec![article];
    if let Ok(other) = document::read("source.md", text.as_bytes()[..half].to_vec()) {
        articles.push(inspector().checker.read(other));
    }
    let (items, whole) = timed(|| inspector().check(&articles[..1]));
    items_are_sound(&items);
    let first = output::all(&items, &articles[..1]);
    let second = output::write(&inspector().check(&articles[..1]), &articles[..1]);
    assert_eq!(first, second, "the same draft gives other bytes");
    output::places_are_of_the_text(&text, &first);
    let between = inspector().check(&articles);
    items_are_sound(&between);
    output::all(&between, &articles);
    let cut = border(&text, text.len() * 7 / 8);
    let Ok(part) = document::read("draft.md", text.as_bytes()[..cut].to_vec()) else { return };
    let part = inspector().checker.read(part);
    not_slower(&format!("{cut} bytes of a draft"), whole, || {
        inspector().check(std::slice::from_ref(&part));
    });
}

/// A house pack, and a draft that is read with it.
pub fn house_pack(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if text.len() > LONGEST_PACK {
        return;
    }
    let folder = folder();
    fs::write(folder.join("house.toml"), text).expect("written");
    let config = Config { rules: vec!["house.toml".to_owned()], folder: Some(folder.clone()), ..Config::default() };
    configured(Ok(config));
}

/// What else is read besides drafts: the first byte chooses a `crossfoot.toml`, a baseline or decisions.
pub fn config(data: &[u8]) {
    let Some((&first, rest)) = data.split_first() else { return };
    let file = folder().join("crossfoot.toml");
    let Ok(text) = std::str::from_utf8(rest) else { return };
    match first % 3 {
        0 => {
            fs::write(&file, rest).expect("written");
            // Packs that it names are other files.
            configured(Config::read(&file).map(|config| Config { rules: Vec::new(), ..config }));
        }
        1 => match Baseline::read(text) {
            Ok(baseline) => assert_eq!(Baseline::read(&baseline.write().expect("written")).as_ref(), Ok(&baseline)),
            Err(error) => output::complaint(&error),
        },
        _ => match Decisions::read(text) {
            Ok(decisions) => {
                decisions.save(&file).expect("written");
                assert_eq!(Decisions::load(&file), Ok(Some(decisions)), "decisions are read as they are written");
            }
            Err(error) => output::complaint(&error),
        },
    }
}

/// Reads and checks a draft under a configuration, or sees that what is wrong with it can be told in one line.
fn configured(config: Result<Config, ConfigError>) {
    match config.and_then(|config| Inspector::new(config, &folder().join("crossfoot.toml"))) {
        Ok(inspector) => {
            let article = inspector.checker.read(document::read("draft.md", DRAFT.into()).expect("Markdown"));
            is_sound(&article);
            let items = inspector.check(std::slice::from_ref(&article));
            items_are_sound(&items);
            output::all(&items, &[article]);
        }
        Err(error) => output::complaint(&error.to_string()),
    }
}

/// A folder of this process.
fn folder() -> PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    let made = || {
        let folder = std::env::temp_dir().join(format!("crossfoot-fuzz-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        folder
    };
    FOLDER.get_or_init(made).clone()
}

/// The program as it comes.
fn inspector() -> &'static Inspector {
    static INSPECTOR: OnceLock<Inspector> = OnceLock::new();
    INSPECTOR.get_or_init(|| Inspector::new(Config::default(), "crossfoot.toml".as_ref()).expect("the pack is sound"))
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let done = work();
    (done, begun.elapsed())
}

/// A part takes no more than some times as long as the whole; of three tries one must do.
fn not_slower(what: &str, whole: Duration, work: impl Fn()) {
    let most = whole.max(PATIENCE) * SLOWER;
    let mut took = Vec::new();
    while took.len() < 3 {
        took.push(timed(&work).1);
        if took.last().is_some_and(|last| *last <= most) {
            return;
        }
    }
    panic!("{what}: {took:?}, where the whole takes {whole:?}");
}

fn border(text: &str, most: usize) -> usize {
    (0..=most.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// What blocks say of their places holds: they are in order, in the file, and where text is copied it is the file's.
fn blocks_are_sound(document: &Document) {
    for block in &document.blocks {
        let mut behind = 0;
        for segment in &block.segments {
            assert!(behind <= segment.text, "{segment:?} begins before {behind}");
            behind = segment.in_text().end;
            let own = block.text.get(segment.in_text()).expect("a segment is of the text");
            within(&document.source, &segment.in_file());
            assert_eq!(own, &document.source[segment.in_file()], "{segment:?} is no copy");
        }
    }
    for comment in &document.comments {
        within(&document.source, &comment.span);
    }
}

/// Spans lie in the file and on borders of characters, and no figure is of no value.
fn is_sound(article: &Article) {
    for sentence in article.sentences.iter() {
        let block = &article.document.blocks[sentence.block];
        within(&block.text, &sentence.span);
        within(&article.document.source, &block.file_span(sentence.span.clone()));
    }
    let mut last = (0, 0);
    for claim in article.claims.iter() {
        within(&article.document.source, &claim.span);
        assert!(!claim.span.is_empty(), "{:?} is nowhere", article.words(claim));
        let place = (claim.block, claim.figure.span.start);
        assert!(last <= place, "{:?} stands behind {last:?}", article.words(claim));
        last = place;
        let quantity = claim.quantity();
        is_not_empty(&quantity.stated, article.words(claim));
        is_not_empty(&quantity.allowed(), article.words(claim));
        assert!(quantity.agrees(quantity), "{:?} does not agree with itself", article.words(claim));
    }
}

fn items_are_sound(items: &[Item]) {
    for item in items {
        assert!(!item.spans.is_empty(), "a finding without a place: {}", item.message);
        output::complaint(&item.message);
        for span in &item.spans {
            within(&span.document.source, &span.range);
        }
    }
}

fn within(text: &str, span: &Range<usize>) {
    assert!(text.get(span.clone()).is_some(), "{span:?} is no stretch of {} bytes", text.len());
}

fn is_not_empty(interval: &Interval, words: &str) {
    if let (Some(low), Some(high)) = (&interval.low, &interval.high) {
        let holds = low.value < high.value || low.value == high.value && low.closed && high.closed;
        assert!(holds, "{words:?} is {interval:?}");
    }
}
