//! Dates, years and decades.

use std::ops::Range;

use super::lexicon::Numeric;
use super::roles as role;
use super::scan::Scan;
use super::{Bound, End, Form, Interval, Kind, Number, Quantity, WrittenDate};

/// The last day that a month may have.
const LAST_DAY: u8 = 31;

/// A day, month or year in digits.
type Part = (i64, usize);

impl Scan<'_> {
    /// A date, year or decade whose first digits are here. Gives the atom after it.
    pub(super) fn date(&mut self, i: usize) -> Option<usize> {
        if !self.is_digits(i) {
            return None;
        }
        self.numeric_date(i)
            .or_else(|| self.day_and_month(i))
            .or_else(|| self.period(i))
            .or_else(|| self.decade(i))
            .or_else(|| self.year(i))
    }

    /// Digits as a whole number, and how many there are.
    pub(super) fn whole(&self, i: usize) -> Option<Part> {
        let raw = self.raw(i);
        let plain = self.is_digits(i) && raw.len() <= 4 && raw.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| raw.parse().ok().map(|v| (v, raw.len()))).flatten()
    }

    /// 2024-03-14, 14/03/2023, 14.03.2023 comes as one odd numeral and is left alone.
    fn numeric_date(&mut self, i: usize) -> Option<usize> {
        let (a, a_len) = self.whole(i)?;
        let mark = if self.mark(i + 1, "-") {
            "-"
        } else if self.mark(i + 1, "/") {
            "/"
        } else {
            return None;
        };
        if !(self.mark(i + 3, mark) && (i + 1..=i + 4).all(|k| self.glued(k))) {
            return None;
        }
        let ((b, b_len), (c, c_len)) = (self.whole(i + 2)?, self.whole(i + 4)?);
        if self.glued(i + 5) && (self.mark(i + 5, mark) || self.is_letters(i + 5)) {
            return None;
        }
        let two = |v: i64| u8::try_from(v).ok();
        let date = if a_len == 4 && b_len <= 2 && c_len <= 2 {
            WrittenDate { year: i32::try_from(a).ok(), month: two(b), day: two(c), weekday: None }
        } else if a_len <= 2 && b_len <= 2 && (c_len == 4 || c_len == 2) {
            let year = if c_len == 4 {
                c
            } else if c < 50 {
                2000 + c
            } else {
                1900 + c
            };
            // Which of the two is the month only a number above twelve tells.
            let (day, month) = match (a > 12, b > 12) {
                (true, false) => (two(a), two(b)),
                (false, true) => (two(b), two(a)),
                _ => (None, None),
            };
            WrittenDate { year: i32::try_from(year).ok(), month, day, weekday: None }
        } else {
            return None;
        };
        Some(self.push_date(date, i..i + 5))
    }

    /// The month that ends before an atom, perhaps with the full stop of its abbreviation between: its first atom.
    fn month_before(&self, i: usize) -> Option<(u8, usize)> {
        if i <= self.floor {
            return None;
        }
        if let Some(month) = self.month(i - 1) {
            return Some((month, i - 1));
        }
        let stop = self.mark(i - 1, ".") && self.glued(i - 1) && i > self.floor + 1;
        stop.then(|| self.month(i - 2).map(|m| (m, i - 2))).flatten()
    }

    fn month(&self, i: usize) -> Option<u8> {
        let month = self.word(i).month;
        (month > 0 && self.at(i).is_some_and(|a| a.capital)).then_some(month)
    }

    /// A year in four digits behind a day or a month, perhaps with a comma or "of" before it.
    fn year_behind(&self, i: usize) -> Option<(i64, usize)> {
        let k = if self.mark(i, ",") || self.has(i, role::OF) { i + 1 } else { i };
        let (year, length) = self.whole(k)?;
        let span = self.lexicon.old_years;
        (length == 4 && (span[0]..=span[1]).contains(&year) && !self.is_counted(k)).then_some((year, k + 1))
    }

    /// Whether a number is followed by what it counts or measures.
    fn is_counted(&self, i: usize) -> bool {
        // A capital makes a name of a year's next word: "in 2016 Stone said".
        let name = self.at(i + 1).is_some_and(|a| a.capital && self.raw(i + 1).len() > 2);
        self.unit(i + 1, true).is_some_and(|u| u.end > i + 1) && !name
            || matches!(self.word(i + 1).numeric, Some(Numeric::Scale(_)))
    }

    /// The day of a month: 3, 3rd.
    fn day(&self, i: usize) -> Option<(u8, usize)> {
        let (day, length) = self.whole(i)?;
        if length > 2 || !(1..=self.lexicon.highest_day).contains(&day) {
            return None;
        }
        let end = if self.ordinal_ending(i) { i + 2 } else { i + 1 };
        if end == i + 1 && self.is_letters(end) && self.glued(end) {
            return None;
        }
        Some((u8::try_from(day).ok()?, end))
    }

    /// Whether a day of a month may be meant, though no month has it: "on March 32." It must be led as a day is, and
    /// nothing that could be counted may stand behind it.
    fn may_be_day(&self, day: u8, first: usize, end: usize) -> bool {
        day <= LAST_DAY
            || first > self.floor
                && (self.has(first - 1, role::DAY_BEFORE) || self.word(first).weekday > 0)
                && (!self.is_letters(end) || self.year_behind(end).is_some())
    }

    /// The weekday before a date: "Monday, 3 June".
    fn weekday_before(&self, i: usize) -> (Option<u8>, usize) {
        let k = if i > self.floor && self.mark(i - 1, ",") { i.saturating_sub(2) } else { i.saturating_sub(1) };
        if i > self.floor && k >= self.floor && self.word(k).weekday > 0 && self.at(k).is_some_and(|a| a.capital) {
            return (Some(self.word(k).weekday), k);
        }
        (None, i)
    }

    /// "14 March 2023", "March 14, 2023", "March 2023", "March 3-5", "the 3rd of March".
    fn day_and_month(&mut self, i: usize) -> Option<usize> {
        // The month before the digits.
        if let Some((month, at)) = self.month_before(i) {
            let (weekday, first) = self.weekday_before(at);
            if let Some((day, end)) = self.day(i) {
                // "In March 12 people died".
                let noun = self.is_plural(end) || self.is_counted(end - 1);
                if !noun && self.may_be_day(day, first, end) {
                    let end = self.second_day(end);
                    let mut date = WrittenDate { month: Some(month), day: Some(day), weekday, year: None };
                    if let Some((year, after)) = self.year_behind(end) {
                        date.year = i32::try_from(year).ok();
                        return Some(self.push_date(date, first..after));
                    }
                    return Some(self.push_date(date, first..end));
                }
                return None;
            }
            if let Some((year, end)) = self.year_behind(i) {
                let date = WrittenDate { year: i32::try_from(year).ok(), month: Some(month), day: None, weekday };
                return Some(self.push_date(date, first..end));
            }
        }
        if i > self.floor + 1
            && (self.mark(i - 1, ",") || self.has(i - 1, role::OF))
            && let Some(month) = self.month(i - 2)
            && let Some((year, end)) = self.year_behind(i)
        {
            let date = WrittenDate { year: i32::try_from(year).ok(), month: Some(month), day: None, weekday: None };
            return Some(self.push_date(date, i - 2..end));
        }
        // The day before the month.
        let (day, mut k) = self.day(i)?;
        k = self.second_day(k);
        if self.has(k, role::OF) {
            k += 1;
        }
        let month = self.month(k)?;
        let (weekday, first) = self.weekday_before(i);
        if !self.may_be_day(day, first, k + 1) {
            return None;
        }
        let mut date = WrittenDate { month: Some(month), day: Some(day), weekday, year: None };
        let mut end = k + 1;
        if let Some((year, after)) = self.year_behind(end) {
            date.year = i32::try_from(year).ok();
            end = after;
        }
        Some(self.push_date(date, first..end))
    }

    /// Over the second day of "3-5" or "3 to 5", where there is one.
    fn second_day(&self, i: usize) -> usize {
        let joined = (self.mark(i, "-") && self.glued(i)) || self.has(i, role::TO | role::AND | role::OR);
        match self.day(i + 1) {
            Some((_, end))
                if joined && (self.month(end).is_some() || self.mark(i, "-")) && !self.is_counted(end - 1) =>
            {
                end
            }
            _ => i,
        }
    }

    /// Q3, H1, FY2024, with the year behind it.
    fn period(&mut self, i: usize) -> Option<usize> {
        if i <= self.floor || !self.glued(i) || !self.has(i - 1, role::PERIOD) || !self.at(i - 1)?.capital {
            return None;
        }
        let (value, length) = self.whole(i)?;
        let mut date = WrittenDate::default();
        let mut end = i + 1;
        match length {
            4 | 2 => {
                date.year = i32::try_from(if length == 2 { 2000 + value } else { value }).ok();
                // FY2020-22.
                if self.mark(end, "-") && self.glued(end) && self.glued(end + 1) && self.whole(end + 1).is_some() {
                    end += 2;
                }
            }
            _ => {
                if let Some((year, after)) = self.year_behind(end) {
                    date.year = i32::try_from(year).ok();
                    end = after;
                }
            }
        }
        Some(self.push_date(date, i - 1..end))
    }

    /// The 1990s, the '90s, mid-1990s.
    fn decade(&mut self, i: usize) -> Option<usize> {
        let (value, length) = self.whole(i)?;
        let end = if matches!(self.raw(i + 1), "s" | "'s" | "’s") && self.glued(i + 1) {
            i + 2
        } else if matches!(self.raw(i + 1), "'" | "’") && self.raw(i + 2) == "s" && self.glued(i + 2) {
            i + 3
        } else {
            return None;
        };
        let span = self.lexicon.old_years;
        if length == 4 && value % 10 == 0 && (span[0]..=span[1]).contains(&value) {
            return Some(self.push_decade(Number::from(value), i..end));
        }
        let p = i.checked_sub(1)?;
        let apostrophe = matches!(self.raw(p), "'" | "’" | "‘") && self.glued(i);
        let before = if apostrophe { p.checked_sub(1) } else { Some(p) };
        let owned = before.is_some_and(|b| {
            self.has(b, role::POSSESSIVE)
                || (self.has(b, role::EARLY_LATE) && b > 0 && self.has(b - 1, role::POSSESSIVE))
        });
        let the = before.is_some_and(|b| self.raw(b).eq_ignore_ascii_case("the") || self.has(b, role::EARLY_LATE));
        if length == 2 && value % 10 == 0 && !owned && (apostrophe || (the && value >= 20)) {
            let first = if apostrophe { p } else { i };
            let century = if value == 0 || value == 10 { 2000 } else { 1900 };
            return Some(self.push_decade(Number::from(century + value), first..end));
        }
        None
    }

    pub(super) fn push_decade(&mut self, first: Number, atoms: Range<usize>) -> usize {
        let last = first + Number::from(9);
        let quantity = Quantity {
            stated: Interval {
                low: Some(End { value: first, closed: true }),
                high: Some(End { value: last, closed: true }),
            },
            step: Number::from(10),
            ..moment(Kind::Date, vec![first])
        };
        let year = first.to_integer().and_then(|y| i32::try_from(y).ok());
        let date = WrittenDate { year, ..WrittenDate::default() };
        self.push(quantity, Form::default(), atoms.clone(), atoms, Some(date))
    }

    /// 2018, 2019-20, AD 1000.
    fn year(&mut self, i: usize) -> Option<usize> {
        let (year, length) = self.whole(i)?;
        let era_before = i > self.floor && self.has(i - 1, role::ERA);
        let era_behind = self.has(i + 1, role::ERA) && self.at(i + 1).is_some_and(|a| a.capital);
        if era_before || era_behind {
            let sign =
                if (era_behind && self.raw(i + 1).to_ascii_lowercase().starts_with('b')) && year > 0 { -1 } else { 1 };
            let date = WrittenDate { year: i32::try_from(year * sign).ok(), ..WrittenDate::default() };
            let (a, b) = (if era_before { i - 1 } else { i }, if era_behind { i + 2 } else { i + 1 });
            return Some(self.push_date(date, a..b));
        }
        if length != 4 || !self.is_year(i, year) {
            return None;
        }
        let short = |y: i32| WrittenDate { year: Some(y), ..WrittenDate::default() };
        let year = i32::try_from(year).ok()?;
        // 2019-20, 2019/20, 2014-2018.
        if (self.mark(i + 1, "-") || self.mark(i + 1, "/"))
            && self.glued(i + 1)
            && self.glued(i + 2)
            && !self.mark(i + 3, "-")
            && let Some((second, length)) = self.whole(i + 2)
        {
            let second = i32::try_from(second).ok()?;
            let last = match length {
                4 => second,
                1 if second > year % 10 => year - year % 10 + second,
                2 => year - year % 100 + second + if second < year % 100 { 100 } else { 0 },
                _ => return None,
            };
            if last > year && last - year < 200 && !(self.is_letters(i + 3) && self.glued(i + 3)) {
                let numbers = vec![Number::from(i64::from(year)), Number::from(i64::from(last))];
                let stated = Interval::closed(numbers[0], numbers[1]);
                let quantity = Quantity { bound: Bound::Range, stated, ..moment(Kind::Date, numbers) };
                return Some(self.push(quantity, Form::default(), i..i + 3, i..i + 3, Some(short(year))));
            }
        }
        Some(self.push_date(short(year), i..i + 1))
    }

    /// Whether four digits are a year and no count.
    fn is_year(&self, i: usize, year: i64) -> bool {
        let genitive = matches!(self.raw(i + 1), "s");
        if self.sign(i).is_some()
            || (self.is_counted(i) && !genitive)
            || (self.is_letters(i + 1) && self.glued(i + 1) && !genitive)
        {
            return false;
        }
        // "2000 - 2500 calories", "1500 to 2000 homes".
        let joined = self.mark(i + 1, "-") || self.has(i + 1, role::TO | role::OR);
        let scaled = self.is_letters(i + 3) && self.glued(i + 3) && self.lexicon.suffix(self.raw(i + 3)).is_some();
        if joined && !scaled && self.is_digits(i + 2) && (self.unit(i + 3, true).is_some() || self.is_plural(i + 3)) {
            return false;
        }
        let p = i.checked_sub(1).filter(|&p| p + 1 > self.floor);
        let told = p.is_some_and(|p| self.has(p, role::YEAR_BEFORE));
        let counted = self.is_plural(self.over_hyphen(i + 1));
        let [low, high] = self.lexicon.plain_years;
        if (low..=high).contains(&year) {
            let round = year % 100 == 0;
            let limited =
                self.limit_before(i, Kind::Count).is_some_and(|(_, start)| !self.has(start, role::YEAR_BEFORE));
            // "2000 people", "more than 1999 cases".
            let many = (round && (counted || self.has(i + 1, role::PER_PEOPLE)) && !told) || (limited && counted);
            let ratio = self.has(i + 1, role::PER | role::OUT) && !told && limited;
            return !(many || ratio);
        }
        // Behind another year: "in AD 1000 and 1260".
        let pair = self.has(i.wrapping_sub(1), role::AND | role::TO) || self.mark(i.wrapping_sub(1), "-");
        let after_year =
            self.out.last().is_some_and(|f| f.quantity.kind == Kind::Date && f.quantity.numbers.len() == 1);
        if pair && after_year && self.floor + 1 == i && !counted {
            return true;
        }
        let future = year > high && p.is_some_and(|p| !self.has(p, role::OF));
        let [low, high] = self.lexicon.old_years;
        let by_itself = future || p.is_some_and(|p| self.has(p, role::IN) || self.raw(p).eq_ignore_ascii_case("since"));
        (low..=high).contains(&year)
            && told
            && !counted
            && (by_itself || (year % 50 != 0 && !self.is_noun(i + 1)) || !self.is_noun(i + 1) && self.joined_to_year(i))
    }

    /// Whether an old year stands with another: "between 1600 and 1900", "from 1789 to 1815", or a bracket or comma ends it.
    fn joined_to_year(&self, i: usize) -> bool {
        let pair =
            |k: usize| self.whole(k).is_some_and(|(y, l)| l == 4 && (self.lexicon.old_years[0]..=2100).contains(&y));
        let second = (self.has(i + 1, role::AND | role::TO) || self.mark(i + 1, "-")) && pair(i + 2);
        let first = i >= 2 && self.has(i - 1, role::AND | role::TO) && pair(i - 2);
        second || first
    }

    fn push_date(&mut self, date: WrittenDate, atoms: Range<usize>) -> usize {
        let numbers: Vec<Number> = date.year.map(|y| Number::from(i64::from(y))).into_iter().collect();
        let stated = numbers.first().map_or(Interval::ALL, |&y| Interval::exactly(y));
        let quantity = Quantity { stated, ..moment(Kind::Date, numbers) };
        self.push(quantity, Form::default(), atoms.clone(), atoms, Some(date))
    }
}

/// A date or a time without unit or bound.
pub(super) fn moment(kind: Kind, numbers: Vec<Number>) -> Quantity {
    Quantity {
        kind,
        numbers,
        bound: Bound::Exact,
        stated: Interval::ALL,
        step: Number::ONE,
        unit: None,
        per: None,
        difference: false,
    }
}
