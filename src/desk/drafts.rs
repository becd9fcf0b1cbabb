//! The drafts on disk, what is found in them, and what was decided.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::http::StatusCode;

use super::{Decided, Reviewed};
use crate::claim::Article;
use crate::document;
use crate::inspect::Inspector;
use crate::report::escape::one_line;
use crate::report::{Desk, Item, Page, Report, Summary};
use crate::review::baseline::Entry;
use crate::review::decisions::{Decision, Decisions};
use crate::review::known::{Known, Stamp, stamp};
use crate::serve::Refusal;

/// What is reviewed, as it was when it was last looked at.
pub(super) struct Drafts {
    inspector: Inspector,
    reviewed: Reviewed,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    /// Of each file, those of the decisions and the baseline last.
    stamps: Vec<Stamp>,
    /// Raised by every change.
    state: u64,
    articles: Vec<Article>,
    items: Vec<Item>,
    summary: Summary,
    decisions: Decisions,
    /// What was found before and is found no more.
    fixed: Vec<Entry>,
    /// Files that could not be read, and why.
    problems: Vec<String>,
}

impl Drafts {
    pub(super) fn new(mut inspector: Inspector, reviewed: Reviewed) -> Self {
        inspector.checker.remember();
        Self { inspector, reviewed, seen: Mutex::default() }
    }

    /// What there is now: files that were changed since are read again.
    fn look(&self) -> MutexGuard<'_, Seen> {
        // Whoever panicked has left the last state behind, or one whose stamps are old.
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let Reviewed { drafts, sources, decisions, baseline } = &self.reviewed;
        let files = drafts.iter().chain(sources).map(Path::new).chain([decisions.as_path()]).chain(baseline.as_deref());
        let stamps: Vec<Stamp> = files.map(stamp).collect();
        if seen.stamps != stamps || seen.state == 0 {
            self.read(&mut seen);
            seen.stamps = stamps;
            seen.state += 1;
        }
        seen
    }

    fn read(&self, seen: &mut Seen) {
        let mut problems = Vec::new();
        let mut read = |paths: &[String]| -> Vec<Article> {
            let mut articles = Vec::new();
            for path in paths {
                match self.documents(path) {
                    Ok(read) => articles.extend(read),
                    Err(problem) => problems.push(one_line(&format!("{path}: {problem}"))),
                }
            }
            articles
        };
        let sources = read(&self.reviewed.sources);
        let drafts = read(&self.reviewed.drafts);
        let (mut items, mut summary) = (Vec::<Item>::new(), Summary { documents: drafts.len(), ..Summary::default() });
        let mut articles = Vec::new();
        for draft in drafts {
            summary.claims += draft.claims.len();
            let path = draft.document.path.clone();
            let mut together = vec![draft];
            together.extend(sources.iter().filter(|source| source.document.path != path).cloned());
            items.extend(self.inspector.check(&together));
            articles.extend(together.into_iter().take(1));
        }
        articles.extend(sources);
        match Known::read(self.reviewed.baseline.clone(), None) {
            Ok(known) => items = self.new_ones(items, &known),
            Err(problem) => problems.push(one_line(&problem.to_string())),
        }
        match Decisions::load(&self.reviewed.decisions) {
            Ok(decisions) => seen.decisions = decisions.unwrap_or_default(),
            Err(problem) => problems.push(one_line(&format!("{}: {problem}", self.reviewed.decisions.display()))),
        }
        for item in &items {
            summary.add(item.severity);
        }
        let now: Vec<Entry> = items.iter().map(Item::entry).collect();
        let same = |a: &Entry, b: &Entry| a.rule == b.rule && a.key == b.key;
        seen.fixed.extend(seen.items.iter().map(Item::entry));
        seen.fixed.retain(|entry| !now.iter().any(|known| same(known, entry)));
        (seen.articles, seen.items, seen.summary, seen.problems) = (articles, items, summary, problems);
    }

    /// The findings that the baseline has not: `check` reports no other.
    fn new_ones(&self, items: Vec<Item>, known: &Known) -> Vec<Item> {
        let drafts: Vec<PathBuf> = self.reviewed.drafts.iter().filter_map(|path| fs::canonicalize(path).ok()).collect();
        let looked_at = |path: &Path| path.canonicalize().is_ok_and(|path| drafts.contains(&path));
        Item::new_ones(items, known, looked_at).0
    }

    fn documents(&self, path: &str) -> Result<Vec<Article>, String> {
        let mut bytes = Vec::new();
        let file = fs::File::open(path).map_err(|error| error.to_string())?;
        file.take(self.inspector.config.limits.bytes() as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| error.to_string())?;
        let documents = document::read_all(path, path, bytes, &self.inspector.options());
        let documents = documents.map_err(|error| error.to_string())?;
        Ok(documents.into_iter().map(|document| self.inspector.checker.read(document)).collect())
    }

    pub(super) fn state(&self) -> u64 {
        self.look().state
    }

    pub(super) fn page(&self) -> Result<String, Refusal> {
        let seen = self.look();
        let report = Report {
            items: &seen.items,
            summary: &seen.summary,
            documents: &[],
            rules: self.inspector.checker.rules(),
            articles: &seen.articles,
            against: &[],
            explain: false,
        };
        let fixed = seen.fixed.iter().map(|entry| one_line(&entry.message)).collect();
        let desk = Desk { state: seen.state, fixed, problems: seen.problems.clone() };
        let decided = |item: &Item| seen.decisions.on(&item.entry());
        let page = Page::for_desk(&report, desk, &decided).html();
        page.map_err(|error| Refusal(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))
    }

    /// Keeps a decision on a conflict that is found now.
    pub(super) fn decide(&self, decided: Decided) -> Result<(), Refusal> {
        let mut seen = self.look();
        let Decided { rule, key, path, verdict, reason } = decided;
        // The page has the path as it is shown.
        let here = |entry: &Entry| (&entry.rule, &entry.key, &one_line(&entry.path)) == (&rule, &key, &path);
        let Some(on) = seen.items.iter().map(Item::entry).find(here) else {
            return Err(Refusal(StatusCode::CONFLICT, "this conflict is found no more".to_owned()));
        };
        let file = &self.reviewed.decisions;
        let unkept = |error: String| {
            Refusal(StatusCode::INTERNAL_SERVER_ERROR, format!("{} cannot be kept: {error}", file.display()))
        };
        // What another program has written meanwhile stays.
        let mut decisions = Decisions::load(file).map_err(unkept)?.unwrap_or_default();
        match verdict {
            Some(verdict) => decisions.decide(Decision { verdict, reason: reason.trim().to_owned(), on }),
            None => decisions.revoke(&on),
        }
        decisions.save(file).map_err(|error| unkept(error.to_string()))?;
        seen.decisions = decisions;
        seen.stamps.clear();
        Ok(())
    }
}
