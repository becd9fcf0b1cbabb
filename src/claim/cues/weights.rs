//! What signs weigh together: small decision trees whose answers are added up, as `rules/en/links.toml` has them.

use serde::Deserialize;

use crate::pack::{Pack, PackError};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WeightsFile {
    /// Where the weights come from.
    #[allow(dead_code)] // For who reads the file.
    origin: String,
    base: i32,
    signs: Vec<String>,
    tree: Vec<TreeRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TreeRow {
    ask: Vec<(u16, u8)>,
    add: Vec<i32>,
}

/// One question a level: whether a sign is above a limit. The answers, as bits from the first question on, choose what is
/// added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    /// The signs asked for, as indices, each with its limit.
    pub ask: Vec<(u16, u8)>,
    /// What each row of answers adds, in thousandths of a unit of log-odds.
    pub add: Vec<i32>,
}

impl Tree {
    /// What the tree adds for these signs.
    pub fn answer(&self, signs: &[u8]) -> i32 {
        let bits = self.ask.iter().enumerate().map(|(level, &(sign, limit))| {
            usize::from(signs.get(usize::from(sign)).is_some_and(|&value| value > limit)) << level
        });
        self.add.get(bits.sum::<usize>()).copied().unwrap_or(0)
    }
}

/// What signs weigh together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Weights {
    /// The names of the signs, in the order in which they are given.
    pub signs: Vec<String>,
    /// The sum before any tree is asked, in thousandths of a unit of log-odds.
    pub base: i32,
    /// The trees.
    pub trees: Vec<Tree>,
}

impl Weights {
    pub(super) fn new(pack: &Pack) -> Result<Self, PackError> {
        const NAME: &str = "links";
        let file: WeightsFile = pack.table(NAME)?;
        let mut trees = Vec::with_capacity(file.tree.len());
        for (number, row) in file.tree.into_iter().enumerate() {
            let mistake = |what: &str| PackError::new(NAME, format!("tree {}: {what}", number + 1));
            if row.ask.iter().any(|&(sign, _)| usize::from(sign) >= file.signs.len()) {
                return Err(mistake("ask: there is no sign of that number"));
            }
            if row.ask.len() > 8 || row.add.len() != 1 << row.ask.len() {
                return Err(mistake("add: one entry for every row of answers is needed"));
            }
            trees.push(Tree { ask: row.ask, add: row.add });
        }
        Ok(Self { signs: file.signs, base: file.base, trees })
    }

    /// The log-odds, in thousandths, that the figures with these signs are of one thing and one of them is a slip.
    pub fn score(&self, signs: &[u8]) -> i32 {
        self.trees.iter().fold(self.base, |sum, tree| sum.saturating_add(tree.answer(signs)))
    }
}
