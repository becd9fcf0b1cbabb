//! Why two claims are taken to be of one thing, or are not, in words.

use super::{Accounts, Apart, Frames};
use crate::claim::{Article, Claim};

/// Why two claims of some articles, each given with its article, are linked or not.
pub fn explain(articles: &[Article], one: (usize, &Claim), other: (usize, &Claim)) -> String {
    if one.0 == other.0 {
        return inside(articles, one, other);
    }
    let accounts = Accounts::new(articles);
    let find = |(article, claim): (usize, &Claim)| {
        accounts.statements.iter().position(|s| s.article == article && std::ptr::eq(s.claim, claim))
    };
    let (Some(a), Some(b)) = (find(one), find(other)) else { return NO_VALUE.to_owned() };
    let Some(found) = accounts.matches(a, other.0).into_iter().find(|m| m.other == b) else {
        let why = accounts.told_apart(a, b).map_or("the document has too many figures of this kind", Apart::words);
        return format!("not linked: {why}");
    };
    let score = found.link.score;
    let reasons = if found.link.reasons.is_empty() { "nothing".to_owned() } else { found.link.reasons.join(", ") };
    let agree =
        if accounts.statements[a].agrees(&accounts.statements[b]) { "both can hold" } else { "both cannot hold" };
    if found.holds() {
        format!("linked by {reasons} (evidence {score} of {} asked for); {agree}", found.asked)
    } else {
        format!("not linked: {reasons} joins them, evidence {score} of {} asked for; {agree}", found.asked)
    }
}

const NO_VALUE: &str = "not linked: one of them has no value to compare, or is denied";

/// The same of two claims of one article.
fn inside(articles: &[Article], one: (usize, &Claim), other: (usize, &Claim)) -> String {
    let article = std::slice::from_ref(&articles[one.0]);
    let frames = Frames::new(article);
    let frame = |claim: &Claim| frames.frames.iter().find(|f| std::ptr::eq(f.claim, claim));
    if let (Some(a), Some(b)) = (frame(one.1), frame(other.1))
        && let Some(link) = frames.link(a, b)
    {
        return format!("linked by {} (evidence {})", link.reasons.join(", "), link.score);
    }
    let accounts = Accounts::new(article);
    let find = |claim: &Claim| accounts.statements.iter().position(|s| std::ptr::eq(s.claim, claim));
    let (Some(a), Some(b)) = (find(one.1), find(other.1)) else { return NO_VALUE.to_owned() };
    match accounts.told_apart(a, b) {
        Some(apart) => format!("not linked: {}", apart.words()),
        None => "not linked: neither an event nor a noun joins them, or words that describe them differ".to_owned(),
    }
}
