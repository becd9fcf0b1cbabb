//! An age that doesn't fit the person's birth, or an age of theirs at another time.

use jiff::civil::Date;

use crate::claim::Article;
use crate::rule::time::When;
use crate::rule::time::life::{Fact, facts};
use crate::rule::{Conflict, Tolerances};

/// Holds every age of a person against their birth, and against their age at another time.
pub fn check(article: &Article, _: &Tolerances) -> Vec<Conflict> {
    let facts = facts(article);
    let mut found: Vec<Conflict> = Vec::new();
    for (i, fact) in facts.iter().enumerate() {
        let mut others = facts[..i].iter().rev().filter(|o| one_person(&facts, fact, o));
        // A birth says most: it is looked at first.
        let birth = others.clone().find(|o| fact.age.is_none() != o.age.is_none());
        let other = birth.or_else(|| others.find(|o| apart(fact, o)));
        let Some(other) = other.filter(|o| apart(fact, o)) else { continue };
        found.extend(conflict(other, fact));
    }
    found
}

/// Whether two facts are of one person for sure: no other of the same last name is about.
fn one_person(facts: &[Fact], a: &Fact, b: &Fact) -> bool {
    let mut named = facts.iter().filter(|f| f.person.last == a.person.last).filter_map(|f| f.person.first.as_ref());
    let first = named.next();
    a.person.may_be(&b.person) && first.is_none_or(|first| named.all(|other| other == first))
}

/// Whether no birth fits both. Two ages of the article's own time are another rule's.
fn apart(a: &Fact, b: &Fact) -> bool {
    let meet = a.born.first <= b.born.last && b.born.first <= a.born.last;
    let comparable = !a.now || !b.now;
    let aged = a.age.is_some() || b.age.is_some();
    !meet && comparable && aged
}

fn conflict(a: &Fact, b: &Fact) -> Option<Conflict> {
    let (birth, age) = if b.age.is_none() { (b, a) } else { (a, b) };
    let (years, at, told) = age.age.as_ref()?;
    let real = ages(birth.born, *at);
    let message = match &birth.age {
        None => format!("somebody {} was {real} {told}, not {years}", birth.words),
        Some((young, _, then)) => format!("{young} {then} means {real} {told}, not {years}"),
    };
    let marks = birth.marks.iter().chain(&age.marks).cloned().collect();
    Some(Conflict { marks, message, note: None })
}

/// How old somebody may be: "66 or 67".
fn ages(born: When, at: When) -> String {
    let years = |from: Date, to: Date| {
        let years = i64::from(to.year()) - i64::from(from.year());
        if (to.month(), to.day()) < (from.month(), from.day()) { years - 1 } else { years }
    };
    let (low, high) = (years(born.last, at.first).max(0), years(born.first, at.last).max(0));
    match high - low {
        0 => low.to_string(),
        1 => format!("{low} or {high}"),
        _ => format!("{low} to {high}"),
    }
}
