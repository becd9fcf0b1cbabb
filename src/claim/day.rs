//! The day that a figure is of: "as of 6 March", and else the document's.

use jiff::civil::Date;

use super::{Article, Claim};
use crate::quantity::WrittenDate;

/// A day, of which the copy may leave out the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    year: Option<i16>,
    month: i8,
    /// Of the month.
    of_month: i8,
}

impl Day {
    /// Whether two days are known to be different ones.
    pub fn is_apart(self, other: Self) -> bool {
        let years = self.year.zip(other.year).is_some_and(|(a, b)| a != b);
        years || (self.month, self.of_month) != (other.month, other.of_month)
    }

    /// The date, where the year is known.
    pub fn date(self) -> Option<Date> {
        Date::new(self.year?, self.month, self.of_month).ok()
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self { year: Some(date.year()), month: date.month(), of_month: date.day() }
    }
}

impl Article {
    /// The day a figure is of: the one its sentence gives with "as of", and else the document's.
    pub fn day(&self, claim: &Claim) -> Option<Day> {
        self.as_of(claim).or_else(|| self.document.date.map(Day::from))
    }

    /// Whether a day says as of when its sentence's figures are, and is no figure of the matter. A year may be both.
    pub fn is_as_of(&self, claim: &Claim) -> bool {
        let tokens = &self.sentence(claim).tokens;
        let words = &self.cues.between.as_of;
        let day = claim.figure.date.is_some_and(|date| date.day.is_some());
        day && words.before(tokens, claim.figure.tokens.start).is_some()
    }

    fn as_of(&self, claim: &Claim) -> Option<Day> {
        let sentence = self.sentence(claim);
        let told = self.claims[sentence.claims.clone()].iter().find(|other| self.is_as_of(other))?;
        written_day(told.figure.date?, self.document.date)
    }
}

/// A date as it is written; the document tells the year that it leaves out.
fn written_day(written: WrittenDate, document: Option<Date>) -> Option<Day> {
    let year = written.year.and_then(|year| i16::try_from(year).ok()).or(document.map(Date::year));
    Some(Day { year, month: i8::try_from(written.month?).ok()?, of_month: i8::try_from(written.day?).ok()? })
}
