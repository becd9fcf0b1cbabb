//! Times of day, and clock readings of how long something took.

use std::ops::Range;

use super::atoms::Class;
use super::lexicon::Numeric;
use super::moments::moment;
use super::numeral::digits;
use super::roles as role;
use super::scan::Scan;
use super::{Bound, Form, Interval, Kind, Number, Quantity};

impl Scan<'_> {
    /// A time of day that begins here: "4:40 a.m.", "9pm", "0012 GMT", "six o'clock". A clock reading of three parts, or
    /// one behind a word like "in", is how long something took.
    pub(super) fn clock(&mut self, i: usize) -> Option<usize> {
        if self.is_digits(i) {
            return self.clock_in_digits(i);
        }
        if let Some(Numeric::Cardinal(hour @ 1..=12)) = self.word(i).numeric {
            let end = if self.has(i + 1, role::OCLOCK) {
                i + 2
            } else if self.has(i + 1, role::AM | role::PM) {
                return Some(self.push_time(i64::from(hour % 12) * 60 + self.noon(i + 1), i..i + 2));
            } else {
                return None;
            };
            return Some(self.push_time(i64::from(hour) * 60, i..end));
        }
        None
    }

    fn noon(&self, i: usize) -> i64 {
        if self.has(i, role::PM) { 12 * 60 } else { 0 }
    }

    fn clock_in_digits(&mut self, i: usize) -> Option<usize> {
        let raw = self.raw(i);
        // 6.30pm is one numeral; 6:30pm three pieces.
        let (hour, minute, mut end, parts) = if let Some((h, m)) = raw.split_once('.') {
            let fits = h.len() <= 2 && m.len() == 2;
            (if fits { h.parse::<i64>().ok()? } else { return None }, m.parse::<i64>().ok()?, i + 1, 2)
        } else {
            let (hour, length) = self.whole(i)?;
            // "9: 56 AM" is a slip of the typist that the half of the day makes plain.
            let close = self.glued(i + 2) || self.has(i + 3, role::AM | role::PM) || self.zone(i + 3);
            if self.mark(i + 1, ":") && self.glued(i + 1) && close && self.is_digits(i + 2) {
                return self.colons(i);
            }
            if length == 4 && self.zone(i + 1) && hour % 100 < 60 && hour < 2400 {
                return Some(self.push_time(hour / 100 * 60 + hour % 100, i..i + 2));
            }
            (hour, 0, i + 1, 1)
        };
        // "22pm" says its half of the day twice.
        if hour > 12 && hour <= 24 && self.glued(end) && self.has(end, role::AM | role::PM) {
            return Some(self.push_time(hour % 24 * 60 + minute.min(59), i..end + 1));
        }
        if hour > 24 || minute > 59 {
            return None;
        }
        if self.has(end, role::AM | role::PM) && hour <= 12 && hour > 0 {
            let minutes = hour % 12 * 60 + minute + self.noon(end);
            end += 1;
            return Some(self.push_time(minutes, i..end));
        }
        if self.has(end, role::OCLOCK) && parts == 1 {
            return Some(self.push_time(hour * 60, i..end + 1));
        }
        if parts == 2 && self.zone(end) && !self.is_letters(end + 1) {
            return Some(self.push_time(hour * 60 + minute, i..end + 1));
        }
        // 9-11am, 10 to 11 p.m.: the first has its half of the day from the second.
        if parts <= 2 && (self.mark(end, "-") && self.glued(end) || self.has(end, role::TO) || self.has(end, role::AND))
        {
            let second = end + 1;
            let (last, _) = self.time_with_half(second)?;
            let half = self.noon(last - 1);
            let minutes = hour % 12 * 60 + minute + half;
            self.push_time(minutes, i..end);
            return self.clock_in_digits(second);
        }
        None
    }

    /// The atom behind a plain time with am or pm.
    fn time_with_half(&self, i: usize) -> Option<(usize, i64)> {
        let (value, _) = digits(self.raw(i)).filter(|_| self.is_digits(i))?;
        let mut end = i + 1;
        if self.mark(end, ":") && self.is_digits(end + 1) {
            end += 2;
        }
        let hour = value.floor().to_integer()?;
        (self.has(end, role::AM | role::PM) && (1..=12).contains(&hour)).then_some((end + 1, hour))
    }

    fn zone(&self, i: usize) -> bool {
        self.has(i, role::ZONE)
            && (self.raw(i).bytes().all(|b| b.is_ascii_uppercase())
                || self.glued(i)
                || matches!(self.raw(i), "hours" | "hrs" | "local"))
    }

    /// 4:40, 15:30:05, 1:36.6.
    fn colons(&mut self, i: usize) -> Option<usize> {
        let (a, _) = self.whole(i)?;
        let (b, b_places) = digits(self.raw(i + 2))?;
        let long = self.mark(i + 3, ":") && self.glued(i + 3) && self.glued(i + 4) && self.is_digits(i + 4);
        let sixty = Number::from(60);
        let whole_digits = self.raw(i + 2).split('.').next().map_or(0, str::len);
        if whole_digits != 2 || b >= sixty {
            // A ratio or a verse: 3:1.
            return Some(i + 3);
        }
        let took = (self.before(i, role::TOOK)
            || (self.before(i, role::ARTICLE) && !self.has(i + 3, role::AM | role::PM)))
            && !long;
        let spoken = self.has(i + 3, role::AM | role::PM) || self.zone(i + 3);
        if long {
            let (c, places) = digits(self.raw(i + 4))?;
            let seconds = Number::from(a) * Number::from(3600) + b * sixty + c;
            if c >= sixty || self.has(i + 5, role::AM | role::PM) {
                return Some(i + 5);
            }
            return Some(self.push_took(seconds, places, i..i + 5));
        }
        if b_places > 0
            || (took && !spoken && (self.raw(i).len() <= 2))
                && !self.before(i, role::TO)
                && a > 0
                && self.took_by_sense(i)
        {
            let seconds = Number::from(a) * sixty + b;
            return Some(self.push_took(seconds, b_places, i..i + 3));
        }
        let minute = b.to_integer()?;
        if a > 24 {
            return Some(i + 3);
        }
        let mut end = i + 3;
        let mut minutes = a * 60 + minute;
        if self.has(end, role::AM | role::PM) {
            minutes = a % 12 * 60 + minute + self.noon(end);
            end += 1;
        } else if (self.mark(end, "-") && self.glued(end) || self.has(end, role::TO))
            && let Some((last, _)) = self.time_with_half(end + 1)
        {
            minutes = a % 12 * 60 + minute + self.noon(last - 1);
        }
        if self.zone(end) {
            end += 1;
        }
        Some(self.push_time(minutes, i..end))
    }

    /// "In 4:40" and "a 2:15" of minutes and seconds: no word of day before or behind.
    fn took_by_sense(&self, i: usize) -> bool {
        self.at(i + 3).is_none_or(|a| a.class != Class::Word || !self.zone(i + 3))
    }

    fn push_took(&mut self, seconds: Number, places: usize, atoms: Range<usize>) -> usize {
        let unit = self.lexicon.by_code("s").and_then(|s| self.unit_of(s));
        let mut first = atoms.start;
        let mut stated = (Bound::Exact, Interval::exactly(seconds));
        if let Some((limit, start)) = self.limit_before(atoms.start, Kind::Duration) {
            first = start;
            stated = super::scan::stated(self.limit(limit), seconds, seconds);
        }
        let quantity = Quantity {
            kind: Kind::Duration,
            numbers: vec![seconds],
            bound: stated.0,
            stated: stated.1,
            step: Number::power_of_ten(-i32::try_from(places).unwrap_or(0)),
            unit,
            per: None,
            difference: false,
        };
        let number = atoms.clone();
        self.push(quantity, Form::default(), first..atoms.end, number, None)
    }

    /// A time as minutes since midnight.
    fn push_time(&mut self, minutes: i64, atoms: Range<usize>) -> usize {
        let value = Number::from(minutes);
        let quantity = Quantity { stated: Interval::exactly(value), ..moment(Kind::TimeOfDay, vec![value]) };
        self.push(quantity, Form::default(), atoms.clone(), atoms, None)
    }
}
