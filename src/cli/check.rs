//! `crossfoot check`: drafts, each alone or against its sources.

use std::collections::HashSet;
use std::sync::Arc;

use anyhow::bail;
use clap::Args;
use crossfoot::claim::Article;
use crossfoot::config::Reached;
use crossfoot::inspect::Inspector;
use crossfoot::report::{Backing, Item, Report, Summary};
use crossfoot::review::known::Known as LetBe;
use crossfoot::rule::Finding;

use super::explain::Explain;
use super::input::{self, Paths};
use super::known::{self, Known};
use super::output::{Selected, Selection};
use super::session::Common;
use super::{Outcome, changed, complain};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    drafts: Drafts,
    #[command(flatten)]
    explain: Explain,
    #[command(flatten)]
    known: Known,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    common: Common,
}

/// What is checked, against what.
#[derive(Debug, Args)]
pub(super) struct Drafts {
    /// Drafts: files, folders, or - for standard input [default: `paths` of the configuration]
    #[arg(value_name = "PATH")]
    paths: Vec<String>,
    /// A source that every draft must be borne out by (may be repeated)
    #[arg(long, value_name = "SOURCE")]
    against: Vec<String>,
}

/// What came of one draft.
pub(super) struct Checked {
    pub(super) path: String,
    pub(super) items: Vec<Item>,
    pub(super) claims: usize,
    /// The draft and what it was checked against, where the report shows whole articles.
    pub(super) articles: Vec<Article>,
    /// How the draft's figures stand to the sources.
    pub(super) against: Vec<Backing>,
    /// The limits that it went past.
    pub(super) reached: Vec<Reached>,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let session = arguments.common.session()?;
    let selected = arguments.selection.resolve(&session)?;
    let known = arguments.known.read(&session)?;
    if let Some(places) = arguments.explain.of_places() {
        let named: Vec<String> = arguments.drafts.paths.iter().chain(&arguments.drafts.against).cloned().collect();
        let mut paths = input::paths(&named);
        let articles = input::articles(&mut paths, &arguments.common.reading, &session)?;
        Explain::print(places, &articles)?;
        return Ok(failed(&paths));
    }
    let note = |findings: &mut [Finding], articles: &[Article]| arguments.explain.note(findings, articles);
    let (checked, failed) = arguments.drafts.check(&arguments.common, &session, &selected, &note)?;
    let since = arguments.known.changed_since.as_deref();
    let (common, explain) = (&arguments.common, arguments.explain.wanted());
    report(checked, &Reported { session: &session, selected, known, since, common, explain }, failed)
}

impl Drafts {
    /// The drafts that are named, here or in the configuration, and the sources.
    pub(super) fn named(&self, session: &Inspector) -> anyhow::Result<(Vec<String>, &[String])> {
        let configured = session.config.paths.iter();
        let configured = configured.map(|path| session.config.resolve(path).to_string_lossy().into_owned());
        let drafts = if self.paths.is_empty() { configured.collect() } else { self.paths.clone() };
        if drafts.is_empty() {
            bail!("no drafts are named (`crossfoot check PATH...`, or `paths` in {})", crossfoot::config::NAME);
        }
        if drafts.iter().chain(&self.against).filter(|path| *path == "-").count() > 1 {
            bail!("standard input can be named only once");
        }
        Ok((drafts, &self.against))
    }

    /// Checks all drafts; and whether some of the work could not be done. `note` may add to the findings.
    pub(super) fn check(
        &self,
        common: &Common,
        session: &Inspector,
        selected: &Selected<'_>,
        note: &(dyn Fn(&mut [Finding], &[Article]) + Sync),
    ) -> anyhow::Result<(Vec<Checked>, bool)> {
        let (drafts, against) = self.named(session)?;
        let Inspector { config, checker } = session;
        let wanted = |rule: &str| selected.wants(rule);
        let mut sources = input::paths(against);
        let read = input::articles(&mut sources, &common.reading, session)?;
        // Sources, and an output that shows more than findings, may ask for any figure.
        let whole = !read.is_empty() || common.output.keeps_articles();
        let mut paths = input::paths(&drafts);
        let checked = input::each(&mut paths, &common.reading, config, |document| {
            let (articles, mut findings, mut reached) = if whole {
                let mut articles = vec![checker.read(document)];
                let own = |source: &&Article| source.document.path == articles[0].document.path;
                // A draft that lies among its sources is no source of its own.
                let others: Vec<Article> = read.iter().filter(|source| !own(source)).cloned().collect();
                articles.extend(others);
                let (findings, reached) = session.findings_within(&articles, &wanted);
                (articles, findings, reached)
            } else {
                let (article, findings, reached) = checker.skim(document, &wanted);
                (vec![article], findings, reached)
            };
            let (claims, path) = (articles[0].claims.len(), articles[0].document.path.clone());
            note(&mut findings, &articles);
            let (items, limit) = session.items_within(findings, &articles, 1, &wanted, selected.wants_all());
            reached.extend(limit.filter(|limit| !reached.contains(limit)));
            let against = if articles.len() > 1 && !checker.is_long(&articles[0]) {
                checker.ledger(&articles)
            } else {
                Vec::new()
            };
            let against = against.into_iter().filter_map(|entry| Backing::new(entry, &articles)).collect();
            let articles = if common.output.keeps_articles() { articles } else { Vec::new() };
            Checked { path, items, claims, articles, against, reached }
        })?;
        for (draft, limit) in checked.iter().flat_map(|draft| draft.reached.iter().map(move |limit| (draft, limit))) {
            complain(&format!("{}: {limit}", draft.path));
            paths.failed = true;
        }
        Ok((checked, paths.failed || sources.failed))
    }
}

/// How findings are reported.
pub(super) struct Reported<'a> {
    pub(super) session: &'a Inspector,
    pub(super) selected: Selected<'a>,
    /// What is let be.
    pub(super) known: LetBe,
    /// Only findings in lines that were changed since this revision are reported.
    pub(super) since: Option<&'a str>,
    pub(super) common: &'a Common,
    /// Whether the report is to say why.
    pub(super) explain: bool,
}

/// Writes findings and says how the run ended.
pub(super) fn report(checked: Vec<Checked>, how: &Reported<'_>, failed: bool) -> anyhow::Result<Outcome> {
    let write = how.common.output.part("findings", |format| format.findings)?;
    let mut summary = Summary { documents: checked.len(), ..Summary::default() };
    let mut documents: Vec<String> = Vec::new();
    let mut all = Vec::new();
    let (mut articles, mut against) = (Vec::new(), Vec::new());
    for draft in checked {
        against.extend(draft.against);
        articles.push(draft.articles);
        summary.claims += draft.claims;
        // The items of a feed stand behind one another.
        if documents.last() != Some(&draft.path) {
            documents.push(draft.path);
        }
        all.extend(draft.items);
    }
    all = known::new_ones(all, &how.known, &documents, &how.selected);
    if let Some(revision) = how.since {
        all = changed::only(all, revision)?;
    }
    let found = all.iter().any(|item| how.selected.fails(item.severity));
    all.retain(|item| how.selected.shows(item.severity));
    for item in &all {
        summary.add(item.severity);
    }
    let rules = how.session.checker.rules();
    let articles = each_once(articles);
    let report = Report {
        items: &all,
        summary: &summary,
        documents: &documents,
        rules,
        articles: &articles,
        against: &against,
        explain: how.explain,
    };
    how.common.output.write(|style, out| write(&report, style, out))?;
    Ok(if failed {
        Outcome::Failed
    } else if found {
        Outcome::Found
    } else {
        Outcome::Clean
    })
}

/// All drafts and then all sources, which every draft has brought along.
pub(super) fn each_once(checked: Vec<Vec<Article>>) -> Vec<Article> {
    let (mut drafts, mut sources) = (Vec::new(), Vec::new());
    for mut articles in checked {
        sources.extend(articles.drain(1.min(articles.len())..));
        drafts.extend(articles);
    }
    let mut seen = HashSet::new();
    drafts.extend(sources);
    drafts.retain(|article| seen.insert(Arc::as_ptr(&article.document)));
    drafts
}

/// Whether some of what was named could not be had.
pub(super) fn failed(paths: &Paths) -> Outcome {
    if paths.failed { Outcome::Failed } else { Outcome::Clean }
}
