//! A stated length of time, held against two dates.

use jiff::civil::Date;

use super::When;
use crate::quantity::{Bound, Kind, Number, Quantity};
use crate::rule::Tolerances;

/// What a length of time is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// Years, decades, centuries, months.
    Months,
    /// Weeks, days.
    Days,
}

/// The lengths that the words allow, in months or days, with a unit's slack either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    count: Count,
    low: i64,
    high: Option<i64>,
}

impl Length {
    /// What a duration of days or more allows. A unit more or less is let stand: a stretch may be counted from its first
    /// day to its last, and a year named may be its first day or its last.
    pub fn of(quantity: &Quantity, tolerances: &Tolerances) -> Option<Self> {
        if !matches!(quantity.kind, Kind::Duration | Kind::Age) {
            return None;
        }
        let code = quantity.unit.as_ref()?.code.as_str();
        let (count, size) = match code {
            "a" => (Count::Months, 12),
            "mo" => (Count::Months, 1),
            "10.a" => (Count::Months, 120),
            "100.a" => (Count::Months, 1200),
            "wk" => (Count::Days, 7),
            "{fortnight}" => (Count::Days, 14),
            "d" => (Count::Days, 1),
            _ => return None,
        };
        let size = Number::from(size);
        let stated = quantity.single()? * size;
        let loose = matches!(code, "10.a" | "100.a");
        let slack = if loose { tolerances.get("decades_months").max(stated * tolerances.get("decades")) } else { size };
        let slack = if quantity.bound == Bound::About { slack.max(stated * tolerances.get("about")) } else { slack };
        let interval = quantity.stated;
        let low = interval.low.map_or(Number::ZERO, |e| e.value * size - slack).max(Number::ZERO);
        let high = interval.high.map(|e| e.value * size + slack);
        let high = match high {
            Some(high) => Some((high.floor()).to_integer()?),
            None => None,
        };
        Some(Self { count, low: low.floor().to_integer()?, high })
    }

    /// Whether it is more than can lie between the two.
    pub fn too_long(&self, start: When, end: When) -> bool {
        self.add(start.first, self.low).is_some_and(|d| d > end.last)
    }

    /// Whether it is less than must lie between the two.
    pub fn too_short(&self, start: When, end: When) -> bool {
        self.high.is_some_and(|h| self.add(start.last, h).is_some_and(|d| end.first > d))
    }

    fn add(&self, date: Date, amount: i64) -> Option<Date> {
        let span = match self.count {
            Count::Months => jiff::Span::new().try_months(amount).ok()?,
            Count::Days => jiff::Span::new().try_days(amount).ok()?,
        };
        date.checked_add(span).ok()
    }
}

/// How long it is from one to the other, in the unit of a stated length: "17 years", "46 days".
pub fn show(start: When, end: When, quantity: &Quantity) -> String {
    let code = quantity.unit.as_ref().map_or("a", |u| u.code.as_str());
    let days = days(start.first, end.first);
    match code {
        "d" => plural(days, "day"),
        "wk" | "{fortnight}" => plural((days + 3) / 7, "week"),
        "mo" if start == When::day(start.first) || start.one_year().is_none() || start.first.month() != 1 => {
            plural(months(start.first, end.first), "month")
        }
        _ => years(start, end),
    }
}

/// How many years lie between two: the difference of the years where a day is not known for both.
pub fn years(start: When, end: When) -> String {
    let exact = start.first == start.last && end.first == end.last;
    let years = if exact { months(start.first, end.first) / 12 } else { year_difference(start, end) };
    plural(years, "year")
}

fn year_difference(start: When, end: When) -> i64 {
    i64::from(end.first.year()) - i64::from(start.first.year())
}

fn months(start: Date, end: Date) -> i64 {
    let months = (i64::from(end.year()) - i64::from(start.year())) * 12 + i64::from(end.month() - start.month());
    if end.day() < start.day() { months - 1 } else { months }
}

/// Whole days from one date to another.
pub fn days(start: Date, end: Date) -> i64 {
    start.until(end).map_or(0, |span| i64::from(span.get_days()))
}

/// "1 year", "17 years".
pub fn plural(number: i64, unit: &str) -> String {
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}
