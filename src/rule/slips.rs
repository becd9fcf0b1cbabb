//! Figures of one thing of which one looks like a slip of the hand for the other.

use crate::claim::{Article, Claim, Lead};
use crate::group::{Item, Signs};
use crate::quantity::{Kind, Number, Slip};
use crate::rule::{Conflict, Mark, Tolerances};

/// The tolerance that says how sure it must be, in log-odds, that two figures are of one thing.
pub const SURE: &str = "slip";

/// So many pairs that look like slips are weighed, no more: an article that has more of them is none.
const MOST_WEIGHED: usize = 20_000;

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
    let least = (tolerances.get(SURE) * Number::from(1000)).round().to_integer().unwrap_or(i64::MAX)
        - i64::from(article.slack().slip);
    let signs = Signs::new(article);
    let mut scored: Vec<(i32, usize, usize)> = signs
        .pairs()
        .filter(|&(a, b)| {
            let (first, second) = (&signs.items[a], &signs.items[b]);
            wanted(first.summary, second.summary) && !apart(article, first, second)
        })
        .filter_map(|(a, b)| Some((article.cues.links.score(&signs.pair(a, b)?.signs()), a, b)))
        .take(MOST_WEIGHED)
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

/// What no weighing overrules: ages are of as many persons as there are; "one of the boys" is no total; two changes with
/// starts of their own are two changes; and a third figure may account for the difference.
fn apart(article: &Article, first: &Item<'_>, second: &Item<'_>) -> bool {
    let one = first.value == Number::ONE || second.value == Number::ONE;
    let starts = (start(article, first), start(article, second));
    let two_changes = matches!(starts, (Some(x), Some(y)) if x != y);
    first.claim.quantity().kind == Kind::Age
        || one
        || two_changes
        || named_by_number(first, second)
        || of_other_wholes(article, first, second)
        || accounted(article, first, second)
}

/// "10-year notes" and "the 30-year bond": the numbers say which is meant.
fn named_by_number(first: &Item<'_>, second: &Item<'_>) -> bool {
    first.claim.figure.form.attributive && second.claim.figure.form.attributive
}

/// "50% of the women" and "60% of the men": shares of two things. Where one of them does not say of what, both are of
/// other wholes when each stands in a breakdown, beside another share.
fn of_other_wholes(article: &Article, first: &Item<'_>, second: &Item<'_>) -> bool {
    let same = |a: &str, b: &str| article.cues.classes.same_thing(a, b);
    let share = |claim: &Claim| claim.quantity().kind == Kind::Ratio;
    let in_breakdown = |item: &Item<'_>| {
        let claims = &article.claims[article.sentence(item.claim).claims.clone()];
        claims.iter().filter(|claim| share(claim)).count() > 1
    };
    share(first.claim)
        && match (first.claim.noun.as_deref(), second.claim.noun.as_deref()) {
            (Some(a), Some(b)) => !same(a, b),
            (None, None) => false,
            _ => (first.claim.of || second.claim.of) && in_breakdown(first) && in_breakdown(second),
        }
}

/// Where the change starts whose end a figure is: "from 14 to 35".
fn start(article: &Article, end: &Item<'_>) -> Option<Number> {
    let sentence = article.sentence(end.claim);
    let before = article.claims[sentence.claims.clone()].iter().rev();
    let start = before.filter(|c| c.span.start < end.claim.span.start).find(|c| c.lead == Some(Lead::From))?;
    start.quantity().single().filter(|_| end.claim.lead == Some(Lead::To))
}

/// Whether a figure beside one of the two is their difference or the share that one is of the other: "54 metres, nine more
/// than the old tower", "10% of its 1,500 shops".
fn accounted(article: &Article, first: &Item<'_>, second: &Item<'_>) -> bool {
    let (low, high) =
        if first.value < second.value { (first.value, second.value) } else { (second.value, first.value) };
    [first, second].iter().any(|item| {
        let sentence = article.sentence(item.claim);
        article.claims[sentence.claims.clone()].iter().any(|claim| {
            let quantity = claim.quantity();
            let Some(value) = quantity.single() else { return false };
            let share = quantity.to_base(&quantity.rounded(value)).scale(high);
            value == high - low || quantity.kind == Kind::Ratio && share.contains(low)
        })
    })
}

impl Found<'_> {
    /// Whether a rule has found it already.
    pub fn is_among(&self, found: &[Conflict]) -> bool {
        let marked = |conflict: &Conflict, item: &Item<'_>| conflict.marks.iter().any(|m| m.span == item.claim.span);
        found.iter().any(|conflict| marked(conflict, &self.first) || marked(conflict, &self.second))
    }

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
