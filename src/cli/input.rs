//! What the command line names: files, folders and standard input, read and put in order.

use std::collections::HashSet;
use std::fs;
use std::io::{self, IsTerminal, Read};
use std::path::Path;

use anyhow::Context;
use clap::Args;
use crossfoot::document::{self, Document};
use ignore::WalkBuilder;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use super::complain;

/// How many files there must be before progress is shown.
const PROGRESS_FROM: usize = 200;

/// More threads than this help nobody, and the system may refuse them.
const MOST_THREADS: i64 = 1024;

/// How many threads read and check.
#[derive(Debug, Args)]
pub(super) struct Threads {
    /// How many threads to use [default: `RAYON_NUM_THREADS`, or one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=MOST_THREADS))]
    threads: Option<u16>,
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
            paths.complain(&format!("{argument}: no drafts in this folder (Markdown and text files are read)"));
        }
    }
    let mut seen = HashSet::new();
    paths.files.retain(|path| seen.insert(path.clone()));
    paths
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

/// Reads one file.
pub(super) fn read(path: &str) -> anyhow::Result<Document> {
    let bytes = if path == "-" {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).context("standard input")?;
        bytes
    } else {
        fs::read(path).map_err(|error| anyhow::anyhow!("{path}: {}", reason(&error)))?
    };
    document::read(path, bytes).map_err(|error| anyhow::anyhow!("{path}: {error}"))
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

/// Does the same with every file, on as many threads as wanted, and gives the results in order. Files that cannot be
/// read are complained of, in order too, and left out.
pub(super) fn each<T: Send>(
    paths: &mut Paths,
    threads: &Threads,
    work: impl Fn(Document) -> T + Sync,
) -> anyhow::Result<Vec<T>> {
    let bar = (paths.files.len() > PROGRESS_FROM && io::stderr().is_terminal()).then(|| {
        let bar = ProgressBar::new(paths.files.len() as u64);
        if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos}/{len} files") {
            bar.set_style(style);
        }
        bar
    });
    let one = |path: &String| {
        let result = read(path).map(&work);
        if let Some(bar) = &bar {
            bar.inc(1);
        }
        result
    };
    let results: Vec<anyhow::Result<T>> = if paths.files.len() < 2 || threads.threads == Some(1) {
        paths.files.iter().map(one).collect()
    } else {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads.threads.map_or(0, usize::from))
            .build()
            .context("threads")?;
        pool.install(|| paths.files.par_iter().map(one).collect())
    };
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    let mut done = Vec::with_capacity(results.len());
    for result in results {
        match result {
            Ok(value) => done.push(value),
            Err(error) => {
                paths.complain(&format!("{error:#}"));
            }
        }
    }
    Ok(done)
}
