//! A draft in, what is reported of it out: the checker under a configuration, with the comments in the draft heeded. What
//! the commands and the servers have in common.

use std::path::Path;

use crate::Checker;
use crate::claim::Article;
use crate::config::{Config, ConfigError, Reached};
use crate::document::{Options, quiet};
use crate::report::Item;
use crate::review::{UNUSED_COMMENT, Whereabouts, comments};
use crate::rule::Finding;

/// A configuration and the checker it makes.
#[derive(Debug)]
pub struct Inspector {
    /// The configuration.
    pub config: Config,
    /// The checker.
    pub checker: Checker,
}

impl Inspector {
    /// What a configuration asks for; complaints name the file.
    pub fn new(config: Config, file: &Path) -> Result<Self, ConfigError> {
        let checker = Checker::configured(&config, file)?;
        Ok(Self { config, checker })
    }

    /// Whether there is a rule of a name, or what is reported under it.
    pub fn knows(&self, rule: &str) -> bool {
        rule == UNUSED_COMMENT || self.checker.rules().iter().any(|r| r.name == rule)
    }

    /// What readers of documents are told besides.
    pub fn options(&self) -> Options {
        let mut options = self.config.limits.options();
        if let Some(name) = &self.config.text_field {
            options.text_field.clone_from(name);
        }
        options
    }

    /// What is found in the first article by all rules, alone and against the others.
    pub fn check(&self, articles: &[Article]) -> Vec<Item> {
        self.check_with(articles, &|_| true, true)
    }

    /// What is found in the first article, alone and against the others, by the rules that are wanted. `all` says whether
    /// those are all.
    pub fn check_with(&self, articles: &[Article], wanted: &dyn Fn(&str) -> bool, all: bool) -> Vec<Item> {
        self.items(self.findings(articles, wanted), articles, 1, wanted, all)
    }

    /// What the rules find in the first article, alone and against the others, before comments are heeded.
    pub fn findings(&self, articles: &[Article], wanted: &dyn Fn(&str) -> bool) -> Vec<Finding> {
        self.findings_within(articles, wanted).0
    }

    /// The same, and the limits that the first article went past.
    pub fn findings_within(&self, articles: &[Article], wanted: &dyn Fn(&str) -> bool) -> (Vec<Finding>, Vec<Reached>) {
        let Some(draft) = articles.first() else { return Default::default() };
        let (mut findings, mut reached) = self.checker.check_within(draft, wanted);
        if articles.len() > 1 && !self.checker.is_long(draft) {
            let (others, limit) = self.checker.compare_within(articles, true, wanted);
            findings.extend(others);
            reached.extend(limit.filter(|limit| !reached.contains(limit)));
        }
        (findings, reached)
    }

    /// Findings as they are reported, without those that comments quieten. The comments of the first `own` articles must
    /// all be of use.
    pub fn items(
        &self,
        findings: Vec<Finding>,
        articles: &[Article],
        own: usize,
        wanted: &dyn Fn(&str) -> bool,
        all: bool,
    ) -> Vec<Item> {
        self.items_within(findings, articles, own, wanted, all).0
    }

    /// The same, and the limit that the comments went past: as many of them are complained of as there are findings of a
    /// rule.
    pub fn items_within(
        &self,
        findings: Vec<Finding>,
        articles: &[Article],
        own: usize,
        wanted: &dyn Fn(&str) -> bool,
        all: bool,
    ) -> (Vec<Item>, Option<Reached>) {
        let commented = articles.iter().any(|a| !a.document.comments.is_empty());
        if findings.is_empty() && !commented {
            return (Vec::new(), None);
        }
        let whereabouts: Vec<Whereabouts> = articles.iter().map(Whereabouts::new).collect();
        let ran = |rule: &str| if rule == quiet::ALL { all } else { self.checker.runs(rule, wanted) };
        let mut findings = comments::apply(findings, articles, &whereabouts, own, &|rule| self.knows(rule), &ran);
        let (most, mut unused) = (self.config.limits.findings, 0);
        findings.retain(|finding| {
            unused += usize::from(finding.rule == UNUSED_COMMENT);
            wanted(&finding.rule) && (finding.rule != UNUSED_COMMENT || unused <= most)
        });
        let items = findings.into_iter().map(|finding| Item::new(finding, articles, &whereabouts)).collect();
        (items, (unused > most && wanted(UNUSED_COMMENT)).then_some(Reached::Findings(most)))
    }
}
