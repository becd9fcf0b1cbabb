//! The whole way of the data: a document in, its claims and findings out.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::time::{Duration, Instant};

use compact_str::CompactString;

use crate::claim::{Article, LONGEST_SENTENCE};
use crate::config::{Config, ConfigError, HousePack, Level, Limits, Reached};
use crate::document::Document;
use crate::group::Frames;
use crate::pack::{Pack, PackError};
use crate::rule::definition::{About, registry};
use crate::rule::house::HouseRule;
use crate::rule::ledger::Entry;
use crate::rule::{self, Conflict, Finding, Passage, Severity, Sources, Tolerances};
use crate::{claim, quantity, text};

/// After so many sentences a rule looks at the clock.
const SENTENCES_A_LOOK: usize = 256;

/// Reads documents and checks them. Made once, used for any number of documents and threads.
#[derive(Debug)]
pub struct Checker {
    claims: claim::Reader,
    /// What each rule lets pass.
    tolerances: HashMap<&'static str, Tolerances>,
    /// Each rule's level; none where it is off.
    severities: HashMap<CompactString, Option<Severity>>,
    house: Vec<HouseRule>,
    rules: Vec<About>,
    limits: Limits,
}

impl Checker {
    /// A checker with the built-in English pack and rules.
    pub fn english() -> Result<Self, PackError> {
        Self::new(&Pack::english())
    }

    /// A checker with the words and units of a pack.
    pub fn new(pack: &Pack) -> Result<Self, PackError> {
        // Half of the time that a short draft takes goes into this; the two halves of it know nothing of each other.
        let (text, quantity, cues) = std::thread::scope(|scope| {
            let quantity = scope.spawn(|| quantity::Reader::new(pack));
            let (text, cues) = (text::Reader::new(pack), claim::Cues::new(pack));
            (text, quantity.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), cues)
        });
        let claims = claim::Reader::new(text?, quantity?, cues?);
        let (mut rules, mut tolerances) = (Vec::new(), HashMap::new());
        for rule in registry() {
            let definition = rule.definition()?;
            tolerances.insert(rule.name, definition.tolerances);
            rules.push(About {
                name: definition.name,
                severity: definition.severity,
                summary: definition.summary,
                meaning: definition.meaning,
            });
        }
        let severities = rules.iter().map(|rule| (rule.name.as_str().into(), Some(rule.severity))).collect();
        Ok(Self { claims, tolerances, severities, house: Vec::new(), rules, limits: Limits::default() })
    }

    /// A checker as a configuration wants it, with its house packs.
    pub fn configured(config: &Config, file: &Path) -> Result<Self, ConfigError> {
        let packs = config.packs()?;
        let mut pack = Pack::english();
        for house in &packs {
            pack = house.extend(pack)?;
        }
        let mut checker = Self::new(&pack).map_err(|error| match packs.last() {
            // The built-in pack is sound: what is wrong was added.
            Some(house) => house.blame(&error),
            None => ConfigError { file: error.file.into(), message: error.message },
        })?;
        for house in packs {
            checker.add(house)?;
        }
        checker.limits = config.limits;
        checker.level(&config.severity, file)?;
        checker.tolerate(&config.tolerances, file)?;
        Ok(checker)
    }

    /// Remembers sentences from now on, at the cost of memory: for drafts that are read again at every change.
    pub fn remember(&mut self) {
        self.claims.remember();
    }

    /// Adds a house pack's rules and levels.
    fn add(&mut self, pack: HousePack) -> Result<(), ConfigError> {
        let file = pack.file().to_path_buf();
        for mut rule in pack.rules {
            let mistake = |message: String| ConfigError { file: file.clone(), message };
            if self.severities.contains_key(&rule.name) {
                return Err(mistake(format!("rule {:?}: there is a rule of that name already", rule.name)));
            }
            rule.resolve(&|code| self.claims.unit(code)).map_err(mistake)?;
            self.severities.insert(rule.name.clone(), rule.severity);
            self.rules.push(About {
                name: rule.name.to_string(),
                severity: rule.severity.unwrap_or(Severity::Info),
                summary: rule.summary.clone(),
                meaning: rule.meaning.clone(),
            });
            self.house.push(rule);
        }
        self.level(&pack.severity, &file)?;
        self.tolerate(&pack.tolerances, &file)
    }

    /// Sets tolerances of rules, as a file says.
    fn tolerate(&mut self, changed: &BTreeMap<String, Tolerances>, file: &Path) -> Result<(), ConfigError> {
        let mistake = |message: String| ConfigError { file: file.to_path_buf(), message };
        for (rule, changed) in changed {
            let Some(own) = self.tolerances.get_mut(rule.as_str()) else {
                return Err(mistake(format!(
                    "tolerances: no rule is called {rule:?}{}",
                    meant(rule, self.tolerances.keys().copied())
                )));
            };
            let known: Vec<String> = own.names().map(str::to_owned).collect();
            own.overlay(changed).map_err(|name| {
                let meant = if known.is_empty() {
                    "; it has none".to_owned()
                } else {
                    meant(name, known.iter().map(String::as_str))
                };
                mistake(format!("tolerances: {rule} has no tolerance {name:?}{meant}"))
            })?;
        }
        Ok(())
    }

    /// Sets the levels of rules, as a file says.
    fn level(&mut self, levels: &BTreeMap<String, Level>, file: &Path) -> Result<(), ConfigError> {
        for (name, level) in levels {
            let Some(severity) = self.severities.get_mut(name.as_str()) else {
                let meant = meant(name, self.severities.keys().map(CompactString::as_str));
                let message = format!("severity: no rule is called {name:?}{meant}");
                return Err(ConfigError { file: file.to_path_buf(), message });
            };
            *severity = level.severity();
            if let (Some(about), Some(severity)) = (self.rules.iter_mut().find(|r| r.name == *name), *severity) {
                about.severity = severity;
            }
        }
        Ok(())
    }

    /// The rules, in the order they are listed.
    pub fn rules(&self) -> &[About] {
        &self.rules
    }

    /// Reads a document: its sentences, and every figure with what it counts and who says it.
    pub fn read(&self, document: Document) -> Article {
        self.claims.read(document, self.time())
    }

    /// Reads a document as far as [`Self::check_within`] needs it, and checks it, in less than half the time: trees, which
    /// cost more than all else, are made only if the rules find something, or nearly, when whatever the tags say is taken
    /// for sure. Without them nothing is sure of any figure. Rules of the house may look at trees, and have them.
    pub fn skim(&self, document: Document, wanted: &dyn Fn(&str) -> bool) -> (Article, Vec<Finding>, Vec<Reached>) {
        if !self.house.is_empty() {
            let article = self.read(document);
            let (findings, reached) = self.check_within(&article, wanted);
            return (article, findings, reached);
        }
        let begun = Instant::now();
        let guess = self.claims.guess(document, self.time());
        let (findings, reached) = self.check_within(&guess, wanted);
        if findings.is_empty() {
            return (guess.nothing_sure(), findings, reached);
        }
        let article = self.claims.again(guess, begun.elapsed(), self.time());
        let (findings, reached) = self.check_within(&article, wanted);
        (article, findings, reached)
    }

    /// How long the reading of a document may take.
    fn time(&self) -> Duration {
        Duration::from_secs(self.limits.seconds)
    }

    /// The limit that an article went past while it was read.
    pub fn cut(&self, article: &Article) -> Option<Reached> {
        article.is_cut.then_some(Reached::Reading(self.limits.seconds))
    }

    /// The findings inside one article, in order of place. `wanted` says which rules run.
    pub fn check(&self, article: &Article, wanted: &dyn Fn(&str) -> bool) -> Vec<Finding> {
        self.check_within(article, wanted).0
    }

    /// The same, and the limits that the article went past.
    pub fn check_within(&self, article: &Article, wanted: &dyn Fn(&str) -> bool) -> (Vec<Finding>, Vec<Reached>) {
        let none = Tolerances::default();
        let tolerances = |name: &str| self.tolerances.get(name).unwrap_or(&none);
        let (most, long) = (self.limits.findings, self.is_long(article));
        if let Some(limit) = self.cut(article) {
            return (Vec::new(), vec![limit]);
        }
        let begun = Instant::now();
        let late = || (article.took + begun.elapsed()).as_secs() >= self.limits.seconds;
        let (mut findings, mut given_up) = (Vec::new(), false);
        for entry in rule::passage::RULES.iter().filter(|e| self.runs(e.name, wanted)) {
            // "A trio of towns" and "the remaining third" are read by rules, though they are no figures.
            let read = article.sentences.iter().enumerate().filter(|(_, s)| s.tokens.len() <= LONGEST_SENTENCE);
            let (tolerances, before) = (tolerances(entry.name), findings.len());
            for (index, _) in read {
                given_up |= index % SENTENCES_A_LOOK == 0 && late();
                if given_up || findings.len() - before > most {
                    break;
                }
                self.collect(entry.name, (entry.check)(&Passage { article, index, tolerances }), &mut findings);
            }
        }
        for entry in rule::article::RULES.iter().filter(|e| !long && self.runs(e.name, wanted)) {
            given_up |= late();
            if !given_up {
                self.collect(entry.name, (entry.check)(article, tolerances(entry.name)), &mut findings);
            }
        }
        if !self.house.is_empty() && !given_up {
            let frames = Frames::new(std::slice::from_ref(article));
            for rule in self.house.iter().filter(|r| self.runs(&r.name, wanted)) {
                self.collect(&rule.name, rule.check(article, &frames), &mut findings);
            }
        }
        sort(&mut findings);
        let mut reached = Vec::new();
        if long {
            reached.push(Reached::Figures(self.limits.figures));
        }
        if findings.len() > most {
            findings.truncate(most);
            reached.push(Reached::Findings(most));
        }
        if given_up {
            reached.push(Reached::Seconds(self.limits.seconds));
        }
        (findings, reached)
    }

    /// Whether an article has more figures than are held against one another.
    pub fn is_long(&self, article: &Article) -> bool {
        article.claims.len() > self.limits.figures
    }

    /// The findings between documents. With `draft`, the first document must be borne out by the others; without,
    /// all are accounts of one story.
    pub fn compare(&self, articles: &[Article], draft: bool, wanted: &dyn Fn(&str) -> bool) -> Vec<Finding> {
        self.compare_within(articles, draft, wanted).0
    }

    /// The same, and the limit that they went past: of findings there are as many for all documents as for one.
    pub fn compare_within(
        &self,
        articles: &[Article],
        draft: bool,
        wanted: &dyn Fn(&str) -> bool,
    ) -> (Vec<Finding>, Option<Reached>) {
        let none = Tolerances::default();
        let mut findings = Vec::new();
        for entry in rule::sources::RULES.iter().filter(|e| self.runs(e.name, wanted)) {
            let tolerances = self.tolerances.get(entry.name).unwrap_or(&none);
            self.collect(entry.name, (entry.check)(&Sources { articles, draft, tolerances }), &mut findings);
        }
        sort(&mut findings);
        let most = self.limits.findings;
        let reached = (findings.len() > most).then_some(Reached::Findings(most));
        findings.truncate(most);
        (findings, reached)
    }

    /// How every figure of a draft, the first article, stands to its sources, the others.
    pub fn ledger(&self, articles: &[Article]) -> Vec<Entry> {
        let none = Tolerances::default();
        let tolerances = self.tolerances.get(rule::ledger::TOLERANCES_OF).unwrap_or(&none);
        rule::ledger::ledger(&Sources { articles, draft: true, tolerances })
    }

    /// Whether a rule runs: it is wanted and not off.
    pub fn runs(&self, rule: &str, wanted: &dyn Fn(&str) -> bool) -> bool {
        self.severities.get(rule).is_none_or(Option::is_some) && wanted(rule)
    }

    fn collect(&self, rule: &str, conflicts: Vec<Conflict>, findings: &mut Vec<Finding>) {
        let severity = self.severities.get(rule).copied().flatten().unwrap_or(Severity::Error);
        findings.extend(conflicts.into_iter().map(|mut conflict| {
            conflict.marks.sort_by_key(|m| (m.document, m.span.start, m.span.end));
            Finding { rule: rule.into(), severity, conflict }
        }));
    }
}

/// What to add to a complaint of a name that there is none of.
fn meant<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> String {
    crate::config::nearest(name, names).map_or_else(String::new, |near| format!("; did you mean {near:?}?"))
}

/// By place, then by rule; the same finding twice is one.
fn sort(findings: &mut Vec<Finding>) {
    let place = |f: &Finding| f.conflict.marks.first().map(|m| (m.document, m.span.start));
    findings.sort_by(|a, b| (place(a), &a.rule, &a.conflict.message).cmp(&(place(b), &b.rule, &b.conflict.message)));
    findings.dedup();
}
