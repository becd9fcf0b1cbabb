//! What is let be: the findings that a baseline has, and those that may stand by an editor's decision.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::baseline::{Baseline, Entry};
use super::decisions::{self, Decisions};
use crate::config::{Config, ConfigError};

/// The findings that are let be.
#[derive(Debug, Clone, Default)]
pub struct Known {
    baseline: Option<(PathBuf, Baseline)>,
    /// What may stand, and what is to be fixed, which is known and reported all the same.
    decisions: Option<(PathBuf, Baseline, Baseline)>,
}

/// What a file has of a finding that is found no more.
#[derive(Debug, Clone, Copy)]
pub struct Stale<'a> {
    /// The file.
    pub file: &'a Path,
    /// The finding.
    pub entry: &'a Entry,
    /// What to do about it.
    pub cure: &'static str,
}

impl Known {
    /// What files have. A baseline must be there where one is named, decisions need not.
    pub fn read(baseline: Option<PathBuf>, decisions: Option<PathBuf>) -> Result<Self, ConfigError> {
        let mut known = Self::default();
        if let Some(file) = baseline {
            let mistake = |message: String| ConfigError { file: file.clone(), message };
            let text = fs::read_to_string(&file).map_err(|error| match error.kind() {
                std::io::ErrorKind::NotFound => mistake("there is no such baseline".to_owned()),
                _ => mistake(format!("the baseline cannot be read: {error}")),
            })?;
            let read = Baseline::read(&text).map_err(|message| mistake(format!("no baseline: {message}")))?;
            known.baseline = Some((file, read));
        }
        if let Some(file) = decisions {
            let mistake = |message: String| ConfigError { file: file.clone(), message };
            let read = Decisions::load(&file).map_err(|message| mistake(format!("no decisions: {message}")))?;
            known.decisions = read.map(|decisions| (file, decisions.standing(), decisions.to_fix()));
        }
        Ok(known)
    }

    /// Which of some findings are not let be, and what the files have of findings that are none of these. `looked_at` says
    /// whether the findings of a file are among them.
    pub fn compare(&self, findings: &[Entry], looked_at: &dyn Fn(&Path) -> bool) -> (Vec<bool>, Vec<Stale<'_>>) {
        let mut files = Vec::new();
        if let Some((file, baseline)) = &self.baseline {
            files.push((file, baseline, "`crossfoot baseline write` drops it", true));
        }
        if let Some((file, standing, to_fix)) = &self.decisions {
            let cure = "its table can be taken out";
            files.extend([(file, standing, cure, true), (file, to_fix, cure, false)]);
        }
        let mut all_new = vec![true; findings.len()];
        let mut all_stale = Vec::new();
        for (file, baseline, cure, lets_be) in files {
            let (new, stale) = baseline.compare(findings, &|entry| !stays(file, entry, looked_at));
            all_stale.extend(stale.into_iter().map(|entry| Stale { file, entry, cure }));
            if lets_be {
                all_new.iter_mut().zip(new).for_each(|(all, new)| *all &= new);
            }
        }
        (all_new, all_stale)
    }
}

/// Whether the file of an entry is there still and was not looked at: its finding stands where it stood, and one like it
/// elsewhere is new. Paths are those of the folder that crossfoot ran in, which is that of the baseline as a rule.
fn stays(file: &Path, entry: &Entry, looked_at: &dyn Fn(&Path) -> bool) -> bool {
    let beside = file.parent().unwrap_or(Path::new("")).join(&entry.path);
    let mut there = [PathBuf::from(&entry.path), beside].into_iter().filter(|path| path.exists()).peekable();
    there.peek().is_some() && !there.any(|path| looked_at(&path))
}

/// When a file was changed and how long it is; none where it cannot be told.
pub type Stamp = Option<(SystemTime, u64)>;

/// The stamp of a file as it is now.
pub fn stamp(file: &Path) -> Stamp {
    let about = fs::metadata(file).ok()?;
    Some((about.modified().ok()?, about.len()))
}

/// What is let be by the files that a configuration names, followed as they change.
#[derive(Debug, Default)]
pub struct Followed {
    baseline: Option<PathBuf>,
    decisions: PathBuf,
    stamps: Option<[Stamp; 2]>,
    known: Arc<Known>,
}

impl Followed {
    /// Those of a configuration; nothing is read yet.
    pub fn new(config: &Config) -> Self {
        let baseline = config.baseline.as_ref().map(|name| config.resolve(name));
        Self { baseline, decisions: config.resolve(decisions::NAME), ..Self::default() }
    }

    /// Reads what was changed; whether something was. Of files that are broken what was known before stays.
    pub fn look(&mut self) -> Result<bool, ConfigError> {
        let now = [self.baseline.as_deref().and_then(stamp), stamp(&self.decisions)];
        if self.stamps == Some(now) {
            return Ok(false);
        }
        let known = Known::read(self.baseline.clone(), Some(self.decisions.clone()));
        self.stamps = Some(now);
        self.known = Arc::new(known?);
        Ok(true)
    }

    /// What is let be, as it was when it was last looked at.
    pub fn known(&self) -> Arc<Known> {
        Arc::clone(&self.known)
    }
}
