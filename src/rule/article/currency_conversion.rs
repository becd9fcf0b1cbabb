//! Pairs of currencies that imply exchange rates which cannot both hold.

use crate::claim::Article;
use crate::rule::{Conflict, Tolerances, exchange};

/// The tolerances that the rule asks for.
pub const TOLERANCES: &[&str] = exchange::TOLERANCES;

/// Reads every amount that is converted into another currency, and holds the rates of each two currencies against the
/// one that most of them agree with.
pub fn check(article: &Article, tolerances: &Tolerances) -> Vec<Conflict> {
    let pairs = exchange::pairs(article, 0, tolerances);
    exchange::clashes(&pairs, tolerances).into_iter().map(|(most, other)| exchange::conflict(most, other)).collect()
}
