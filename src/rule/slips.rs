//! Figures of one thing of which one looks like a slip of the hand for the other.

use crate::claim::Article;
use crate::group::{Item, Signs, Slip};
use crate::quantity::Number;
use crate::rule::{Conflict, Mark, Tolerances};

/// The tolerance that says how sure it must be, in log-odds, that two figures are of one thing.
pub const SURE: &str = "slip";

/// Two figures, the earlier one first, of which one looks like a slip for the other.
pub struct Found<'a> {
    /// The earlier one.
    pub first: Item<'a>,
    /// The later one.
    pub second: Item<'a>,
    /// How they differ.
    pub slip: Slip,
}

/// All slips of an article that are sure enough, the surest one for each figure. `wanted` says of a pair, by whether
/// each stands in a headline, standfirst or caption, whether it is looked for.
pub fn find<'a>(article: &'a Article, tolerances: &Tolerances, wanted: impl Fn(bool, bool) -> bool) -> Vec<Found<'a>> {
    if !Signs::any(article) {
        return Vec::new();
    }
    let least = (tolerances.get(SURE) * Number::from(1000)).round().to_integer().unwrap_or(i64::MAX);
    let signs = Signs::new(article);
    let mut scored: Vec<(i32, usize, usize)> = signs
        .pairs()
        .filter(|&(a, b)| wanted(signs.items[a].summary, signs.items[b].summary))
        .filter_map(|(a, b)| Some((article.cues.links.score(&signs.pair(a, b)?.signs()), a, b)))
        .filter(|(score, ..)| i64::from(*score) >= least)
        .collect();
    scored.sort_unstable_by_key(|&(score, a, b)| (std::cmp::Reverse(score), a, b));
    let mut taken = vec![false; signs.items.len()];
    let mut found = Vec::new();
    for (_, a, b) in scored {
        if taken[a] || taken[b] {
            continue;
        }
        (taken[a], taken[b]) = (true, true);
        if let Some(pair) = signs.pair(a, b) {
            found.push(Found { first: signs.items[a].clone(), second: signs.items[b].clone(), slip: pair.slip });
        }
    }
    found.sort_by_key(|f| f.second.claim.span.start);
    found
}

impl Found<'_> {
    /// The conflict, with what is wrong in a sentence.
    pub fn conflict(&self, article: &Article, message: String) -> Conflict {
        let (x, y) = (article.phrase(self.first.claim), article.phrase(self.second.claim));
        let how = match self.slip {
            Slip::Swapped => "two digits change places",
            Slip::First | Slip::Later => "one digit is another",
            Slip::Places(_) => "the same digits at another place",
        };
        Conflict {
            marks: vec![
                Mark::new(self.first.claim, format!("says {x}")),
                Mark::new(self.second.claim, format!("says {y}")),
            ],
            message,
            note: Some(format!("one looks like a slip for the other: {how}")),
        }
    }
}
