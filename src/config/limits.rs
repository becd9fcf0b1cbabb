//! How much is done at most for one file, so that nothing that is fed in takes all time or memory.

use serde::Deserialize;

use crate::document::{DEEPEST, LARGEST, Options, RATIO};

/// The largest file that may be asked for, in MiB: places in a file are counted in 32 bits by some who read reports.
const LARGEST_FILE: u32 = 2048;

/// The table `[limits]` of `crossfoot.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Limits {
    /// The largest file, and the largest part of a Word document once unpacked, in MiB. A larger one is not read.
    pub file_size: u32,
    /// How deep elements of XML, and the blocks of HTML and Markdown, may stand in one another. A file in which they stand
    /// deeper is not read.
    pub nesting: usize,
    /// How many times as large as it is packed a part of a Word document may be. A document in which one is larger is not
    /// read.
    pub archive_ratio: usize,
    /// How many figures of a document are held against one another. In one with more, sentences are checked one by one.
    pub figures: usize,
    /// How many findings of a document are reported, of a rule at most, and of all documents that are compared.
    pub findings: usize,
    /// How many seconds a document may take, from when its sentences are looked for. What is not read or checked by then is
    /// left out.
    pub seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_size: (LARGEST >> 20) as u32,
            nesting: DEEPEST,
            archive_ratio: RATIO,
            figures: 10_000,
            findings: 1_000,
            seconds: 120,
        }
    }
}

impl Limits {
    /// What cannot be a limit, in words; none where all can.
    pub(super) fn mistake(&self) -> Option<String> {
        let counts = [
            ("nesting", self.nesting),
            ("archive-ratio", self.archive_ratio),
            ("figures", self.figures),
            ("findings", self.findings),
            ("seconds", self.seconds as usize),
        ];
        if let Some((key, _)) = counts.into_iter().find(|&(_, limit)| limit == 0) {
            return Some(format!("limits: {key} must be 1 or more"));
        }
        let fits = (1..=LARGEST_FILE).contains(&self.file_size);
        (!fits).then(|| format!("limits: file-size must be from 1 to {LARGEST_FILE} (MiB)"))
    }

    /// The largest file in bytes.
    pub fn bytes(&self) -> usize {
        (self.file_size as usize) << 20
    }

    /// What readers of documents are told of them.
    pub fn options(&self) -> Options {
        Options { largest: self.bytes(), deepest: self.nesting, ratio: self.archive_ratio, ..Options::default() }
    }
}

/// A limit that a document went past, and what was left undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Reached {
    /// [`Limits::figures`].
    #[error("more than {0} figures: they are held against others of their own sentences only (`figures` in [limits])")]
    Figures(usize),
    /// [`Limits::findings`].
    #[error("more than {0} findings: the others are not reported (`findings` in [limits])")]
    Findings(usize),
    /// [`Limits::seconds`], before all was read.
    #[error("not read in {0} s: it is not checked (`seconds` in [limits])")]
    Reading(u64),
    /// [`Limits::seconds`], before all rules have run.
    #[error("not done in {0} s: some rules have not run (`seconds` in [limits])")]
    Seconds(u64),
}
