//! What the command line names: files, folders and standard input, read and put in order.

use std::collections::HashSet;
use std::fs;
use std::io::{self, IsTerminal, Read};
use std::path::Path;

use anyhow::Context;
use clap::Args;
use crossfoot::claim::Article;
use crossfoot::config::Config;
use crossfoot::document::{self, Document, Options};
use crossfoot::inspect::Inspector;
use ignore::WalkBuilder;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use super::complain;

/// How many files there must be before progress is shown.
const PROGRESS_FROM: usize = 200;

/// More threads than this help nobody, and the system may refuse them.
const MOST_THREADS: i64 = 1024;

/// How many files a thread reads before what was read is handed on: enough that threads seldom wait for the slowest.
const FILES_A_THREAD: usize = 32;

/// How documents are read.
#[derive(Debug, Args)]
pub(super) struct Reading {
    /// How many threads to use [default: `RAYON_NUM_THREADS`, or one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=MOST_THREADS))]
    threads: Option<u16>,
    /// What standard input would be called as a file: its format goes by that, and reports name it so
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<String>,
    /// The field of JSON Lines that holds the text [default: text]
    #[arg(long, value_name = "NAME")]
    text_field: Option<String>,
}

impl Reading {
    /// What readers are told besides.
    fn options(&self, config: &Config) -> Options {
        let mut options = config.limits.options();
        if let Some(name) = self.text_field.as_ref().or(config.text_field.as_ref()) {
            options.text_field.clone_from(name);
        }
        options
    }
}

/// Files in the order they are worked on, and whether some of what was named could not be had.
#[derive(Debug, Default)]
pub(super) struct Paths {
    /// The files.
    pub(super) files: Vec<String>,
    /// Whether a complaint was printed.
    pub(super) failed: bool,
}

/// The files that arguments name: a file as it is, a folder's files of known formats in order of name (`.gitignore` is
/// respected), `-` for standard input. A file named twice is read once.
pub(super) fn paths(arguments: &[String]) -> Paths {
    let mut paths = Paths::default();
    for argument in arguments {
        if argument == "-" || !Path::new(argument).is_dir() {
            paths.files.push(argument.clone());
            continue;
        }
        let before = paths.files.len();
        for entry in WalkBuilder::new(argument).require_git(false).sort_by_file_path(Ord::cmp).build() {
            match entry {
                Ok(entry) if entry.file_type().is_some_and(|t| t.is_file()) => match entry.path().to_str() {
                    Some(path) if document::format_of(path).is_some() => paths.files.push(path.to_owned()),
                    Some(_) => {}
                    None => paths.complain(&format!("{}: a name that is not UTF-8", entry.path().display())),
                },
                Ok(_) => {}
                Err(error) => paths.complain(&walking(&error, argument)),
            }
        }
        if paths.files.len() == before {
            paths.complain(&format!("{argument}: no drafts in this folder ({} files are read)", read_in_folders()));
        }
    }
    let mut seen = HashSet::new();
    paths.files.retain(|path| seen.insert(path.clone()));
    paths
}

/// The extensions of the files that a folder is searched for.
fn read_in_folders() -> String {
    let extensions = document::formats().iter().flat_map(|f| f.extensions);
    extensions.map(|e| format!(".{e}")).collect::<Vec<_>>().join(", ")
}

impl Paths {
    fn complain(&mut self, message: &str) {
        complain(message);
        self.failed = true;
    }
}

/// Why a folder, or something in it, could not be walked.
fn walking(error: &ignore::Error, folder: &str) -> String {
    match error {
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => walking(err, folder),
        ignore::Error::WithPath { path, err } => walking(err, &path.to_string_lossy()),
        ignore::Error::Io(error) => format!("{folder}: {}", reason(error)),
        other => format!("{folder}: {other}"),
    }
}

/// Reads the documents of one file.
fn read(path: &str, reading: &Reading, options: &Options) -> anyhow::Result<Vec<Document>> {
    let name = if path == "-" { reading.stdin_filename.as_deref().unwrap_or(path) } else { path };
    // No more is read of a file than may be in one, however long it goes on.
    let most = options.largest as u64 + 1;
    let mut bytes = Vec::new();
    if path == "-" {
        io::stdin().lock().take(most).read_to_end(&mut bytes).context("standard input")?;
    } else {
        let file = fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
        file.map_err(|error| anyhow::anyhow!("{path}: {}", reason(&error)))?;
    }
    document::read_all(name, name, bytes, options).map_err(|error| anyhow::anyhow!("{name}: {error}"))
}

/// The system's reason without its number.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "is a folder".to_owned(),
        _ => error.to_string(),
    }
}

/// Does the same with every document, on as many threads as wanted, and gives the results in order. Files that cannot be
/// read are complained of, in order too, and left out.
pub(super) fn each<T: Send>(
    paths: &mut Paths,
    reading: &Reading,
    config: &Config,
    work: impl Fn(Document) -> T + Sync,
) -> anyhow::Result<Vec<T>> {
    let mut all = Vec::new();
    in_turn(paths, reading, config, work, |results| {
        all.extend(results);
        Ok(())
    })?;
    Ok(all)
}

/// Reads all documents. Those that took too long are complained of, and only the part that was read is given.
pub(super) fn articles(paths: &mut Paths, reading: &Reading, session: &Inspector) -> anyhow::Result<Vec<Article>> {
    let articles = each(paths, reading, &session.config, |document| session.checker.read(document))?;
    for article in &articles {
        paths.failed |= told_if_cut(article, session);
    }
    Ok(articles)
}

/// Whether a document took too long to read, which is complained of.
pub(super) fn told_if_cut(article: &Article, session: &Inspector) -> bool {
    let limit = session.checker.cut(article);
    if let Some(limit) = limit {
        complain(&format!("{}: {limit}", article.document.path));
    }
    limit.is_some()
}

/// As [`each`], but the results are handed on as they come, so that memory does not grow with the number of files.
pub(super) fn in_turn<T: Send>(
    paths: &mut Paths,
    reading: &Reading,
    config: &Config,
    work: impl Fn(Document) -> T + Sync,
    take: impl FnOnce(&mut dyn Iterator<Item = T>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let options = reading.options(config);
    let bar = (paths.files.len() > PROGRESS_FROM && io::stderr().is_terminal()).then(|| {
        let bar = ProgressBar::new(paths.files.len() as u64);
        if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos}/{len} files") {
            bar.set_style(style);
        }
        bar
    });
    let one = |path: &String| {
        let documents = read(path, reading, &options)?;
        let results: Vec<T> = documents.into_iter().map(&work).collect();
        if let Some(bar) = &bar {
            bar.inc(1);
        }
        Ok(results)
    };
    let Paths { files, failed } = paths;
    let mut sound = |result: anyhow::Result<Vec<T>>| {
        result.unwrap_or_else(|error| {
            complain(&format!("{error:#}"));
            *failed = true;
            Vec::new()
        })
    };
    let taken = if files.len() < 2 || reading.threads == Some(1) {
        take(&mut files.iter().map(one).flat_map(&mut sound))
    } else {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(reading.threads.map_or(0, usize::from))
            .build()
            .context("threads")?;
        let batch = pool.current_num_threads() * FILES_A_THREAD;
        let results = files
            .chunks(batch)
            .flat_map(|files| -> Vec<anyhow::Result<Vec<T>>> { pool.install(|| files.par_iter().map(one).collect()) });
        take(&mut results.flat_map(&mut sound))
    };
    if let Some(bar) = &bar {
        bar.finish_and_clear();
    }
    taken
}
