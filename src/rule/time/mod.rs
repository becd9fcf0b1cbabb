//! What rules on dates, spans of time and ages share: when something was, how long it was, and who is spoken of.

pub mod anniversary;
pub mod between;
pub mod clock;
pub mod length;
pub mod life;
pub mod person;

use jiff::civil::Date;

use crate::claim::cues::Times;
use crate::claim::{Article, Claim, LONGEST_SENTENCE, Sentence};
use crate::quantity::{Kind, WrittenDate};
use crate::rule::{Mark, Passage};
use crate::text::Token;

/// The days that a date as written may be: one for "4 June 2025", a year's for "2025".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// The first of them.
    pub first: Date,
    /// The last of them.
    pub last: Date,
}

impl When {
    /// One day.
    pub fn day(date: Date) -> Self {
        Self { first: date, last: date }
    }

    /// All of a year.
    pub fn year(year: i32) -> Option<Self> {
        let year = i16::try_from(year).ok().filter(|y| *y > 0)?;
        Some(Self { first: Date::new(year, 1, 1).ok()?, last: Date::new(year, 12, 31).ok()? })
    }

    /// What the parts of a date allow in a year.
    pub fn in_year(date: &WrittenDate, year: i32) -> Option<Self> {
        let Some(month) = date.month else { return Self::year(year) };
        let (year, month) = (i16::try_from(year).ok().filter(|y| *y > 0)?, i8::try_from(month).ok()?);
        if let Some(day) = date.day {
            return Date::new(year, month, i8::try_from(day).ok()?).ok().map(Self::day);
        }
        let first = Date::new(year, month, 1).ok()?;
        Some(Self { first, last: first.last_of_month() })
    }

    /// When a figure that is a date with its year lies.
    pub fn of(claim: &Claim) -> Option<Self> {
        let date = claim.figure.date?;
        let year = date.year?;
        if date.month.is_some() {
            return Self::in_year(&date, year);
        }
        let stated = claim.quantity().stated;
        let end = |e: Option<crate::quantity::End>| i32::try_from(e?.value.to_integer()?).ok();
        let (low, high) = (end(stated.low)?, end(stated.high)?);
        Some(Self { first: Self::year(low)?.first, last: Self::year(high)?.last })
    }

    /// From the earlier beginning to the later end.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }

    /// The year, where it lies in one.
    pub fn one_year(self) -> Option<i64> {
        (self.first.year() == self.last.year()).then_some(i64::from(self.first.year()))
    }
}

/// How a stated length stands to the real one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stated {
    /// Less than must lie between two moments.
    TooShort,
    /// What may lie between them.
    Right,
    /// More than can lie between them.
    TooLong,
}

/// A date as English copy has it: "4 June 2025".
pub fn show(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// Whether a sentence is too long to be looked at: a table or a list without stops, whose figures are not bound either.
pub fn too_long(sentence: &Sentence) -> bool {
    sentence.tokens.len() > LONGEST_SENTENCE
}

/// When the document's article was written, where it says so.
pub fn today(article: &Article) -> Option<When> {
    article.document.date.map(When::day)
}

/// Whether a claim is a date that is one point in time and no span or decade.
pub fn is_point(claim: &Claim) -> bool {
    claim.quantity().kind == Kind::Date
        && claim.quantity().numbers.len() < 2
        && claim.figure.date.is_some_and(|d| d.year.is_some() || d.month.is_some())
        && claim.quantity().step == crate::quantity::Number::ONE
}

/// The two days of "22-8 July" or "from 1 to 5 August", which is one figure.
pub fn days_of_month(passage: &Passage<'_>, claim: &Claim) -> Option<(u8, u8)> {
    let (times, tokens) = (&passage.cues().times, passage.tokens());
    let here = tokens.get(claim.figure.tokens.clone())?;
    let before = claim.figure.tokens.start.checked_sub(1).map(|i| &tokens[i]);
    let between = before.is_some_and(|t| times.between.has(&t.lower));
    let joins = |t: &Token| {
        t.lower == "-" || times.to.has(&t.lower) || times.until.has(&t.lower) || between && times.and.has(&t.lower)
    };
    let joint = here.iter().position(joins)?;
    let day = |t: &Token| {
        let digits = t.lower.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        digits.parse::<u8>().ok().filter(|d| (1..=31).contains(d))
    };
    let days = (day(here.get(joint.checked_sub(1)?)?)?, day(here.get(joint + 1)?)?);
    let numeric = here.iter().filter(|t| t.lower == "-").count() > 1;
    (!numeric && claim.figure.date?.month.is_some()).then_some(days)
}

/// A mark on tokens of a sentence.
pub fn mark(article: &Article, sentence: &Sentence, tokens: std::ops::Range<usize>, label: &str) -> Option<Mark> {
    let (first, last) = (sentence.tokens.get(tokens.start)?, sentence.tokens.get(tokens.end.checked_sub(1)?)?);
    let span = article.document.blocks[sentence.block].file_span(first.start..last.end);
    Some(Mark { document: 0, span, label: label.to_owned(), fix: None })
}

/// Tokens as the copy has them.
pub fn text<'a>(article: &'a Article, sentence: &Sentence, tokens: std::ops::Range<usize>) -> &'a str {
    mark(article, sentence, tokens, "").map_or("", |m| article.document.slice(m.span))
}

/// The figures of a sentence that are dates and points in time.
pub fn dates<'a>(passage: &Passage<'a>) -> Vec<&'a Claim> {
    passage.claims().iter().filter(|c| is_point(c)).collect()
}

/// Whether a token ends a clause for what is bound inside one.
pub fn parts(times: &Times, token: &Token) -> bool {
    matches!(&*token.lower, ";" | ":") || times.contrasting.has(&token.lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_all_its_days() {
        let year = When::year(2024).unwrap();
        assert_eq!((show(year.first), show(year.last)), ("1 January 2024".to_owned(), "31 December 2024".to_owned()));
        assert_eq!(When::year(0), None);
    }

    #[test]
    fn a_day_that_is_not_is_none() {
        let date = WrittenDate { year: None, month: Some(2), day: Some(29), weekday: None };
        assert_eq!(When::in_year(&date, 2023), None);
        assert!(When::in_year(&date, 2024).is_some());
    }
}
