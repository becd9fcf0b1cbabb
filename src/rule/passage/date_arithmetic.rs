//! A weekday that isn't the date's, a date that doesn't exist, or an end before its start.

use jiff::civil::Date;

use crate::claim::{Article, Claim};
use crate::quantity::{Number, WrittenDate};
use crate::rule::time::{self, When, between, mark, show};
use crate::rule::{Conflict, Mark, Passage};

/// The tolerances that the rule asks for.
pub const TOLERANCES: &[&str] = &["nearest", "one_year", "round_the_year", "full_year"];

/// A year that has a 29 February.
const LEAP: i32 = 2024;
/// A common year and a leap year.
const YEARS: [i32; 2] = [2023, 2024];
/// So many sentences of a paragraph are looked through for another year.
const BACK: usize = 12;

/// Looks at every date of a sentence by itself, then at those that bound one stretch of time.
pub fn check(passage: &Passage<'_>) -> Vec<Conflict> {
    if time::too_long(passage.sentence()) {
        return Vec::new();
    }
    let dates: Vec<&Claim> = time::dates(passage);
    let mut found = Vec::new();
    for (i, date) in dates.iter().enumerate() {
        let conflict = missing(passage, date)
            .or_else(|| weekday(passage, date))
            .or_else(|| days_of_one_month(passage, date))
            .or_else(|| dates.get(i + 1).and_then(|next| apart(passage, date, next)))
            .or_else(|| dates.get(i + 1).and_then(|next| order(passage, date, next)));
        found.extend(conflict);
    }
    found
}

/// The date's parts, with the day of the week that stands beside it, and the tokens of all.
fn written(passage: &Passage<'_>, claim: &Claim) -> Option<(WrittenDate, std::ops::Range<usize>)> {
    let mut date = claim.figure.date?;
    let mut range = claim.figure.tokens.clone();
    if date.weekday.is_some() || date.day.is_none() {
        return Some((date, range));
    }
    let (tokens, times) = (passage.tokens(), &passage.cues().times);
    let named = |at: usize| tokens.get(at).filter(|t| t.capital).and_then(|t| times.weekdays.get(&t.lower).copied());
    let gap = tokens[..range.start].iter().rev().take_while(|t| times.weekday_gap.has(&t.lower)).count();
    let before = range.start.checked_sub(gap + 1).filter(|_| gap <= 2);
    if let Some(day) = before.and_then(named) {
        date.weekday = Some(day);
        range.start -= gap + 1;
    } else if let Some((length, day)) =
        times.weekday_behind.at(tokens, range.end).and_then(|n| Some((n, named(range.end + n)?)))
    {
        date.weekday = Some(day);
        range.end += length + 1;
    }
    Some((date, range))
}

/// "31 June", "29 February 2022".
fn missing(passage: &Passage<'_>, claim: &Claim) -> Option<Conflict> {
    let date = claim.figure.date?;
    let (month, day) = (date.month?, date.day?);
    let times = &passage.cues().times;
    if passage.sentence().lemmas.iter().any(|l| times.unreal.has(l)) {
        return None;
    }
    let name = month_name(month)?;
    let message = if let Some(year) = date.year.filter(|y| *y > 0) {
        if When::in_year(&date, year).is_some() {
            return None;
        }
        let last = last_day(year, month)?;
        // 29 February 1900 was a day in the old calendar.
        if month == 2 && day == 29 && year < times.gregorian_from && year % 4 == 0 {
            return None;
        }
        if When::in_year(&date, LEAP).is_some() {
            format!("{year} was no leap year: February had {last} days, so there was no {day} {name}")
        } else {
            format!("{name} has {last} days, so there is no {day} {name}")
        }
    } else if When::in_year(&date, LEAP).is_none() {
        let last = last_day(LEAP, month)?;
        let last = if month == 2 { "28 or 29".to_owned() } else { last.to_string() };
        format!("{name} has {last} days, so there is no {day} {name}")
    } else {
        return leap_day(passage, claim);
    };
    Some(Conflict { marks: vec![Mark::new(claim, "no such date")], message, note: None })
}

/// "Will open on 29 February", read in January of a common year.
fn leap_day(passage: &Passage<'_>, claim: &Claim) -> Option<Conflict> {
    let date = claim.figure.date.filter(|d| d.month == Some(2) && d.day == Some(29))?;
    let today = passage.article.document.date?;
    let times = &passage.cues().times;
    let (sentence, cues) = (passage.sentence(), &passage.cues().relations);
    let dated = passage.claims().iter().any(|c| c.figure.date.is_some_and(|d| d.year.is_some()));
    let spoken =
        sentence.lemmas.iter().zip(&sentence.tokens).any(|(l, t)| times.leap.has(l) || times.leap.has(&t.lower));
    let ahead = sentence.lemmas.iter().any(|l| cues.prospect.has(l));
    let year = i32::from(today.year());
    let near = today.month() <= 2;
    if dated || spoken || !ahead || !near || When::in_year(&date, year).is_some() {
        return None;
    }
    let message = format!("{year} is no leap year, so there is no 29 February");
    Some(Conflict { marks: vec![Mark::new(claim, "no such date")], message, note: None })
}

fn last_day(year: i32, month: u8) -> Option<i8> {
    let first = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, 1).ok()?;
    Some(first.days_in_month())
}

fn month_name(month: u8) -> Option<String> {
    let first = Date::new(2024, i8::try_from(month).ok()?, 1).ok()?;
    Some(first.strftime("%B").to_string())
}

/// "Friday 4 June 2025", which was a Wednesday.
fn weekday(passage: &Passage<'_>, claim: &Claim) -> Option<Conflict> {
    let (date, range) = written(passage, claim)?;
    let stated = date.weekday?;
    date.month?;
    date.day?;
    if passage.sentence().lemmas.iter().any(|l| passage.cues().times.unreal.has(l)) {
        return None;
    }
    let day = match date.year {
        Some(year) => When::in_year(&date, year)?.first,
        None => likely(passage, claim, &date, stated)?,
    };
    if fits(passage.article, day, stated) {
        return None;
    }
    let today = passage.article.document.date;
    let tense = if today.is_some_and(|t| day >= t) { "is" } else { "was" };
    let message = format!("{} {tense} a {}, not a {}", show(day), name_of_day(day), weekday_name(stated)?);
    let mark = mark(passage.article, passage.sentence(), range, "the weekday isn't the date's")?;
    Some(Conflict { marks: vec![mark], message, note: None })
}

/// Whether a day had that name, in the calendar of its time.
fn fits(article: &Article, day: Date, weekday: u8) -> bool {
    let times = &article.cues.times;
    let year = i32::from(day.year());
    if year < times.weekdays_from {
        return true;
    }
    // In the old calendar the same date came later: by 13 days from 1900 on, 12 in the century before, 11 in the one
    // before that.
    let shift = match year {
        1900.. => 13,
        1800.. => 12,
        _ => 11,
    };
    let old = year < times.gregorian_from && number_of_day(day, shift) == weekday;
    number_of_day(day, 0) == weekday || old
}

fn number_of_day(day: Date, later: i64) -> u8 {
    let offset = u8::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
    u8::try_from((i64::from(offset) + later) % 7 + 1).unwrap_or_default()
}

fn name_of_day(day: Date) -> String {
    day.strftime("%A").to_string()
}

fn weekday_name(weekday: u8) -> Option<String> {
    // 1 January 2024 was a Monday.
    let day = Date::new(2024, 1, i8::try_from(weekday).ok()?).ok()?;
    Some(name_of_day(day))
}

/// The day that a date without a year must mean: the one nearest the document's date, where nothing in the article puts
/// it in another year. Without a document's date the year is that of the other end of a stretch.
fn likely(passage: &Passage<'_>, claim: &Claim, date: &WrittenDate, weekday: u8) -> Option<Date> {
    let article = passage.article;
    if let Some(today) = article.document.date {
        let year = i32::from(today.year());
        let days: Vec<Date> = (year - 1..=year + 1).filter_map(|y| Some(When::in_year(date, y)?.first)).collect();
        let nearest = days.iter().copied().min_by_key(|d| time::length::days(today, *d).abs())?;
        let distance = time::length::days(today, nearest).abs();
        // A date of another year that fits, in a sentence or after one that speaks of other years, is left alone.
        let elsewhere = told_years(passage, claim).any(|y| y != i64::from(nearest.year()));
        let fits_other = days.iter().any(|d| *d != nearest && fits(article, *d, weekday));
        return (Number::from(distance) <= passage.tolerances.get("nearest")
            && !(elsewhere && (fits_other || distance > 31)))
            .then_some(nearest);
    }
    // "Opened on Monday 10 August and closed on 12 October 2009": the year of the other end of the stretch.
    let dates = time::dates(passage);
    let at = dates.iter().position(|d| d.span == claim.span)?;
    let next = dates.get(at + 1).filter(|next| between::joined(passage, claim, next).is_some());
    let previous = at.checked_sub(1).map(|i| dates[i]).filter(|p| between::joined(passage, p, claim).is_some());
    let when = match (next, previous) {
        (Some(next), _) => between::both(claim, next)?.0,
        (None, Some(previous)) => between::both(previous, claim)?.1,
        (None, None) => return None,
    };
    let years = next.copied().or(previous)?.figure.date?.year;
    years.is_some().then_some(when.first)
}

/// The years that a sentence and those before it in its paragraph name, other than in the date itself; a year that
/// "last year" names too.
fn told_years(passage: &Passage<'_>, claim: &Claim) -> impl Iterator<Item = i64> {
    let article = passage.article;
    let block = passage.sentence().block;
    let here = article.sentences[..=passage.index].iter().rev().take_while(move |s| s.block == block).take(BACK);
    let at = claim.span.start;
    let named = here.clone().flat_map(|s| article.claims[s.claims.clone()].iter());
    let named = named.filter(move |c| c.span.start != at).filter_map(|c| c.figure.date?.year).map(i64::from);
    let times = &article.cues.times;
    let said = here.filter(|s| (0..s.tokens.len()).any(|i| times.other_year.at(&s.tokens, i).is_some()));
    named.chain(said.map(|_| 0))
}

/// "From Monday 3 June to Wednesday 6 June": two weekdays and dates near one another that no year has both of.
fn apart(passage: &Passage<'_>, a: &Claim, b: &Claim) -> Option<Conflict> {
    let ((first, one), (second, two)) = (written(passage, a)?, written(passage, b)?);
    let (left, right) = (first.weekday?, second.weekday?);
    if first.year.is_some() || second.year.is_some() || passage.article.document.date.is_some() {
        return None;
    }
    if passage.claims().iter().any(|c| c.figure.date.is_some_and(|d| d.year.is_some())) {
        return None;
    }
    let holds = |leap: i32| {
        let (x, y) = (When::in_year(&first, leap)?.first, When::in_year(&second, leap)?.first);
        let days = time::length::days(x, y);
        (Number::from(days.abs()) <= passage.tolerances.get("one_year"))
            .then(|| days.rem_euclid(7) == (i64::from(right) - i64::from(left)).rem_euclid(7))
    };
    if YEARS.iter().any(|y| holds(*y).unwrap_or(true)) {
        return None;
    }
    let (x, y) = (When::in_year(&first, YEARS[0])?.first, When::in_year(&second, YEARS[0])?.first);
    let then = (i64::from(left) - 1 + time::length::days(x, y)).rem_euclid(7) + 1;
    let day = |d: Date| d.strftime("%-d %B").to_string();
    let message = format!(
        "if {} is a {}, {} is a {}, not a {}",
        day(x),
        weekday_name(left)?,
        day(y),
        weekday_name(u8::try_from(then).ok()?)?,
        weekday_name(right)?
    );
    let article = passage.article;
    let marks =
        vec![mark(article, passage.sentence(), one, "one date")?, mark(article, passage.sentence(), two, "the other")?];
    Some(Conflict { marks, message, note: None })
}

/// "22-8 July", "from 22 to 8 July".
fn days_of_one_month(passage: &Passage<'_>, claim: &Claim) -> Option<Conflict> {
    let (first, second) = time::days_of_month(passage, claim).filter(|(first, second)| second < first)?;
    let message = format!(
        "{} comes before {}, so the end comes before the start",
        ordinal(passage, second),
        ordinal(passage, first)
    );
    Some(Conflict { marks: vec![Mark::new(claim, "the end comes before the start")], message, note: None })
}

/// A day of a month in words: "the 22nd".
fn ordinal(passage: &Passage<'_>, day: u8) -> String {
    let endings = &passage.cues().times.ordinal_endings;
    let own = endings.get(day.to_string().as_str()).or_else(|| endings.get((day % 10).to_string().as_str()));
    format!("the {day}{}", own.map_or("", |e| e.as_str()))
}

/// "From 22 July to 8 July", "opened in 2004 and closed in 1987".
fn order(passage: &Passage<'_>, a: &Claim, b: &Claim) -> Option<Conflict> {
    let joined = between::ordered(passage, a, b)?;
    let (first, second) = (a.figure.date?, b.figure.date?);
    if joined == between::Joined::Verbs && !one_way(passage, a, b) || moving(passage, a) || era(passage, b) {
        return None;
    }
    let wrong = if first.year.is_some() && second.year.is_some() {
        When::of(b)?.last < When::of(a)?.first
    } else {
        let year = first.year.or(second.year).unwrap_or(YEARS[0]);
        let (start, end) = (When::in_year(&first, year)?, When::in_year(&second, year)?);
        first.day?;
        second.day?;
        let back = time::length::days(end.first, start.first);
        let round = Number::from(365 - back);
        back > 0 && round > passage.tolerances.get("round_the_year") && round < passage.tolerances.get("full_year")
    };
    if !wrong {
        return None;
    }
    let (x, y) = (passage.text(a), passage.text(b));
    let message = format!("{y} comes before {x}, so the end comes before the start");
    Some(Conflict { marks: vec![Mark::new(a, "the start"), Mark::new(b, "the end")], message, note: None })
}

/// Whether the verb over the first date can only begin, and the one over the second only end.
fn one_way(passage: &Passage<'_>, a: &Claim, b: &Claim) -> bool {
    let times = &passage.cues().times;
    let start = a.figure.tokens.start;
    let first = between::verb_in(passage, start.saturating_sub(12)..start);
    let last = between::verb_in(passage, a.figure.tokens.end..b.figure.tokens.start);
    first.is_some_and(|i| between::is_of(passage, i, &times.opening))
        && last.is_some_and(|i| between::is_of(passage, i, &times.closing))
        && !passage.tokens().iter().any(|t| times.again.has(&t.lower))
}

/// "Moved from 22 July to 8 July", "brought forward from": the dates are a change and no stretch.
fn moving(passage: &Passage<'_>, a: &Claim) -> bool {
    let (times, sentence) = (&passage.cues().times, passage.sentence());
    let start = a.figure.tokens.start;
    (start.saturating_sub(12)..start)
        .any(|i| times.moving.has(&sentence.lemmas[i]) || times.moving.has(&sentence.tokens[i].lower))
}

/// Before our era years count down.
fn era(passage: &Passage<'_>, b: &Claim) -> bool {
    b.figure.date.and_then(|d| d.year).is_some_and(|y| y < 100)
        || passage.tokens().iter().any(|t| passage.cues().times.eras.has(&t.lower))
}
