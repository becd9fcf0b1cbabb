//! What an article says of a person's birth and age, each as the days on which they may have been born.

use jiff::civil::Date;

use super::person::{Person, subject};
use super::{When, is_point, mark, show, text, today};
use crate::claim::{Article, Claim};
use crate::quantity::{Bound, Kind, Number};
use crate::rule::Mark;
use crate::text::Upos;

/// The oldest that anybody is said to be.
const OLDEST: i64 = 115;

/// So many births and ages are read of one article.
const MOST: usize = 400;

/// What is said of one person.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Who.
    pub person: Person,
    /// When they were born, for it to be true.
    pub born: When,
    /// The age, the time they had it and that time in words; none for a birth.
    pub age: Option<(i64, When, String)>,
    /// As the copy has it.
    pub words: String,
    /// The figures that say so.
    pub marks: Vec<Mark>,
    /// Whether it is an age told of the article's own time.
    pub now: bool,
}

/// Every birth and age that an article tells of a person who is known for sure.
pub fn facts(article: &Article) -> Vec<Fact> {
    let mut found = Vec::new();
    for index in 0..article.sentences.len() {
        let sentence = &article.sentences[index];
        // Every age of an article is held against the others: of a book only the first part is looked at.
        if found.len() >= MOST || super::too_long(sentence) {
            continue;
        }
        if sentence.tokens.iter().any(|t| article.cues.times.persons.unsure.has(&t.lower)) {
            continue;
        }
        let scene = Scene { article, index };
        let birth = scene.birth();
        for claim in scene.claims() {
            found.extend(scene.age(claim, birth));
        }
        if let Some((at, date)) = birth {
            found.extend(scene.born(at, date));
        }
        found.extend(scene.lived().and_then(|(person, claim, years)| {
            let words = format!("born in {}", years.start);
            let marks = vec![Mark::new(claim, "lived")];
            Some(Fact { person, born: When::year(years.start)?, age: None, words, marks, now: false })
        }));
    }
    found
}

#[derive(Clone, Copy)]
struct Scene<'a> {
    article: &'a Article,
    index: usize,
}

impl<'a> Scene<'a> {
    fn claims(self) -> &'a [Claim] {
        &self.article.claims[self.article.sentences[self.index].claims.clone()]
    }

    fn lower(self, at: usize) -> &'a str {
        self.article.sentences[self.index].tokens.get(at).map_or("", |t| t.lower.as_str())
    }

    /// "Born in Malmö in 1952": the token of the word and the date.
    fn birth(self) -> Option<(usize, &'a Claim)> {
        let tokens = &self.article.sentences[self.index].tokens;
        let times = &self.article.cues.times;
        let at = tokens.iter().position(|t| times.persons.born.has(&t.lower))?;
        if at > 0 && tokens[at - 1].lower == "-" {
            return None;
        }
        let date = self.claims().iter().find(|c| is_point(c) && c.figure.tokens.start > at)?;
        let gap = &tokens[at + 1..date.figure.tokens.start];
        let parts = |t: &crate::text::Token| {
            t.is_verb() || t.lower == ";" || t.upos == Upos::CCONJ || self.article.cues.times.relative.has(&t.lower)
        };
        let clear = gap.len() <= 12 && !gap.iter().any(parts);
        (clear && date.figure.date?.year.is_some()).then_some((at, date))
    }

    /// "Karl Brandt (1901-1967)": the years of a life in brackets behind a name.
    fn lived(self) -> Option<(Person, &'a Claim, std::ops::Range<i32>)> {
        let sentence = &self.article.sentences[self.index];
        let reigning = &self.article.cues.times.persons.reigning;
        if sentence.tokens.iter().any(|t| reigning.has(&t.lower)) {
            return None;
        }
        let mut lives = self.claims().iter().filter_map(|c| {
            let &[first, last] = &c.quantity().numbers[..] else { return None };
            let (start, end) = (c.figure.tokens.start, c.figure.tokens.end);
            let bracketed = start > 0 && self.lower(start - 1) == "(" && self.lower(end) == ")";
            let name = super::person::names(self.article, sentence).into_iter().find(|(r, _)| r.end + 1 == start)?;
            let year =
                |n: Number| n.to_integer().and_then(|n| i32::try_from(n).ok()).filter(|y| (1000..2200).contains(y));
            let years = year(first)?..year(last)?;
            (bracketed && matches!(c.quantity().kind, Kind::Date | Kind::Score) && years.start <= years.end)
                .then_some((name.1, c, years))
        });
        lives.next().filter(|_| lives.next().is_none())
    }

    fn born(self, at: usize, date: &Claim) -> Option<Fact> {
        let person = subject(self.article, self.index, at)?;
        let words = format!("born {}", self.dated(date));
        let marks = vec![Mark::new(date, "born")];
        Some(Fact { person, born: When::of(date)?, age: None, words, marks, now: false })
    }

    fn dated(self, date: &Claim) -> String {
        let on = date.figure.date.is_some_and(|d| d.day.is_some());
        format!("{} {}", if on { "on" } else { "in" }, self.article.words(date))
    }

    /// An age with the time it was had: "was 17 when she joined in 1998", "her 50th birthday in 2021", "Amy Bell, 34,".
    fn age(self, claim: &'a Claim, birth: Option<(usize, &'a Claim)>) -> Option<Fact> {
        let (years, now) = self.years(claim)?;
        let sentence = &self.article.sentences[self.index];
        let figure = &claim.figure.tokens;
        let person = subject(self.article, self.index, figure.start)?;
        let dates: Vec<&Claim> = self
            .claims()
            .iter()
            .filter(|c| is_point(c) && birth.is_none_or(|(_, b)| b.span != c.span))
            .filter(|c| c.figure.date.is_some_and(|d| d.year.is_some()))
            .collect();
        let today = today(self.article);
        let mut marks = vec![Mark::new(claim, "the age")];
        let end = if self.is_birthday(figure.end) { figure.end + 1 } else { figure.end };
        let words = text(self.article, sentence, figure.start..end).to_owned();
        if end > figure.end {
            marks = vec![mark(self.article, sentence, figure.start..end, "the birthday")?];
        }
        let (at, told, now) = if now {
            // A date that another age has does not date this one.
            let told = |d: &&&Claim| {
                self.claims().iter().any(|c| {
                    c.span != claim.span
                        && self.years(c).is_some_and(|(_, now)| !now)
                        && self.told(c, &dates).is_some_and(|t| t.span == d.span)
                })
            };
            let free = dates.iter().filter(|d| !told(d));
            let at = free.filter_map(|c| When::of(c)).fold(today?, When::hull);
            let at = if self.turns(figure.start) || end > figure.end { around(at)? } else { at };
            (at, format!("on {}", show(today?.first)), true)
        } else if let Some(date) = self.told(claim, &dates) {
            marks.push(Mark::new(date, "when"));
            (When::of(date)?, self.dated(date), false)
        } else if let Some((length, ago)) = self.ago(claim) {
            marks.push(Mark::new(length, "when"));
            let words = text(self.article, sentence, length.figure.tokens.start..length.figure.tokens.end + 1);
            (ago, words.to_owned(), false)
        } else if let Some((_, _, years)) = self.lived().filter(|_| self.died()) {
            (When::year(years.end)?, format!("in {}", years.end), false)
        } else {
            return None;
        };
        let born = birth_of(years, at)?;
        Some(Fact { person, born, age: Some((years, at, told)), words, marks, now })
    }

    fn is_birthday(self, at: usize) -> bool {
        self.article.cues.times.persons.birthday.has(self.lower(at))
    }

    /// The number of years that a figure gives as an age, and whether it is that of the article's own time.
    fn years(self, claim: &Claim) -> Option<(i64, bool)> {
        let (quantity, figure) = (claim.quantity(), &claim.figure.tokens);
        let persons = &self.article.cues.times.persons;
        let years = quantity.single().and_then(Number::to_integer).filter(|y| (1..=OLDEST).contains(y))?;
        let mut start = figure.start;
        // "Was just 17 when".
        if start > 0 && persons.adverbs.has(self.lower(start - 1)) {
            start -= 1;
        }
        let before = start.checked_sub(1).map_or("", |i| self.lower(i));
        let coming = start > 1 && persons.will.has(self.lower(start - 2)) || self.would(start);
        let whole = quantity.bound == Bound::Exact;
        match quantity.kind {
            Kind::Age if whole && quantity.unit.as_ref().is_some_and(|u| u.code == "a") => {
                if claim.figure.form.attributive {
                    // "The 44-year-old, who was born in 1979".
                    let alone = matches!(self.lower(figure.end), "," | "." | "" | "(");
                    // "Al Roy, a 60-year-old plumber".
                    let apposed = persons.articles.has(before) && start > 2 && self.lower(start - 2) == ",";
                    let named = apposed && self.named(start - 2);
                    return (alone && persons.the.has(before) || named).then_some((years, true));
                }
                let named = before == "," || before == "(";
                let stated =
                    persons.at_age.has(before) || self.article.cues.times.of.has(before) || persons.be.has(before);
                if named {
                    return Some((years, true));
                }
                let apposed = figure.start >= 2 && self.lower(figure.start - 2) == "," && self.no_dates();
                let died = self.died();
                stated.then_some((years, persons.present.has(before) || coming || apposed && !died))
            }
            Kind::Count if whole && claim.figure.form.bare => {
                let led = persons.be.has(before) || persons.at_age.has(before);
                let dated = self.claims().iter().any(|c| is_point(c) && c.figure.tokens.start == figure.end + 1);
                let ends = figure.end >= self.article.sentences[self.index].tokens.len()
                    || persons.behind_age.has(self.lower(figure.end))
                    || persons.age_at.has(self.lower(figure.end)) && (dated || persons.present.has(before));
                let ends = ends || coming && (self.about_now() || self.would(start));
                (led && ends).then_some((years, persons.present.has(before) || coming))
            }
            Kind::Ordinal => self.is_birthday(figure.end).then(|| (years, self.about_now())),
            _ => None,
        }
    }

    /// "Would have turned 60 this year": the age of somebody dead, at the article's own time.
    fn would(self, start: usize) -> bool {
        let (sentence, times) = (&self.article.sentences[self.index], &self.article.cues.times);
        let have = start >= 3
            && times.persons.have.has(self.lower(start - 2))
            && times.persons.would.has(self.lower(start - 3));
        let told = |t: &crate::text::Token| times.weekdays.contains_key(&t.lower) || times.persons.coming.has(&t.lower);
        have && self.no_dates() && sentence.tokens[start..].iter().any(told)
    }

    /// "Joined 20 years ago at the age of 13": about when that was, with a year either way.
    fn ago(self, claim: &Claim) -> Option<(&'a Claim, When)> {
        let times = &self.article.cues.times;
        let length = self.claims().iter().rfind(|c| c.figure.tokens.end <= claim.figure.tokens.start)?;
        let years =
            length.quantity().single().filter(|_| length.quantity().unit.as_ref().is_some_and(|u| u.code == "a"));
        let years = years.and_then(Number::to_integer).filter(|y| (1..=OLDEST).contains(y))?;
        let behind = length.figure.tokens.end;
        let near = claim.figure.tokens.start - behind <= 6 && times.ago.has(self.lower(behind));
        let exact = length.quantity().bound == Bound::Exact && length.quantity().kind == Kind::Duration;
        let back = |years: i64| today(self.article)?.first.checked_sub(jiff::Span::new().try_years(years).ok()?).ok();
        (near && exact).then_some(())?;
        Some((length, When { first: back(years + 1)?, last: back(years - 1)? }))
    }

    /// Whether a sentence without a date but that of a birth is of the article's own time: "on Sunday", "will".
    fn about_now(self) -> bool {
        let (sentence, times) = (&self.article.sentences[self.index], &self.article.cues.times);
        let told = |t: &crate::text::Token| times.weekdays.contains_key(&t.lower) || times.persons.coming.has(&t.lower);
        self.no_dates()
            && sentence.tokens.iter().any(told)
            && !sentence.tokens.iter().any(|t| times.shifted.has(&t.lower))
    }

    /// Whether the word before a figure says that a birthday is about to come or just was.
    fn turns(self, start: usize) -> bool {
        let persons = &self.article.cues.times.persons;
        start.checked_sub(1).is_some_and(|i| persons.turning.has(self.lower(i)))
            || start.checked_sub(2).is_some_and(|i| persons.will.has(self.lower(i)))
    }

    fn died(self) -> bool {
        let sentence = &self.article.sentences[self.index];
        sentence.lemmas.iter().any(|l| self.article.cues.times.persons.died.has(l))
    }

    /// Whether a sentence has no date but that of a birth.
    fn no_dates(self) -> bool {
        let birth = self.birth().map(|(_, d)| &d.span);
        !self.claims().iter().any(|c| is_point(c) && Some(&c.span) != birth)
    }

    /// Whether a name ends before a token.
    fn named(self, at: usize) -> bool {
        let sentence = &self.article.sentences[self.index];
        super::person::names(self.article, sentence).iter().any(|(range, _)| range.end == at)
    }

    /// The date of an age: the only one of the sentence, or the one right behind it or before it.
    fn told(self, claim: &Claim, dates: &[&'a Claim]) -> Option<&'a Claim> {
        /// So many tokens on, a date belongs to another clause.
        const FAR: usize = 16;
        let (start, end) = (claim.figure.tokens.start, claim.figure.tokens.end);
        let tokens = &self.article.sentences[self.index].tokens;
        let clause = |range: std::ops::Range<usize>, far: usize| {
            let between = tokens.get(range).unwrap_or_default();
            between.len() <= far && !between.iter().any(|t| super::parts(&self.article.cues.times, t))
        };
        let behind = dates.iter().find(|d| d.figure.tokens.start >= end).copied();
        let before = dates.iter().rfind(|d| d.figure.tokens.end <= start).copied();
        match (before, behind) {
            // "Was 20 when the film, released in 1999, was set": behind a comma a date is another thing's.
            (None, Some(date)) => {
                let gap = end..date.figure.tokens.start;
                let comma = tokens[gap.clone()].iter().any(|t| t.lower == ",") && gap.len() > 2;
                (!comma && clause(gap, FAR)).then_some(date)
            }
            (Some(date), None) => clause(date.figure.tokens.end..start, FAR).then_some(date),
            (Some(_), Some(date)) if clause(end..date.figure.tokens.start, 1) => Some(date),
            (Some(date), Some(_)) if clause(date.figure.tokens.end..start, 5) => Some(date),
            (Some(_), Some(date)) if clause(end..date.figure.tokens.start, 5) => Some(date),
            _ => None,
        }
    }
}

/// A time with the month before and the year behind it: what "turns 50 next month" may mean.
fn around(when: When) -> Option<When> {
    let first = when.first.checked_sub(jiff::Span::new().try_days(31).ok()?).ok()?;
    let last = when.last.checked_add(jiff::Span::new().try_days(366).ok()?).ok()?;
    Some(When { first, last })
}

/// When somebody was born who was so old at some time.
fn birth_of(years: i64, at: When) -> Option<When> {
    let back = |date: Date, years: i64| date.checked_sub(jiff::Span::new().try_years(years).ok()?).ok();
    Some(When { first: back(at.first, years + 1)?.tomorrow().ok()?, last: back(at.last, years)? })
}
