//! Two moments and a stated time between them that disagree.

use crate::claim::Claim;
use crate::claim::cues::Words;
use crate::quantity::{self, Kind};
use crate::rule::time::between::{self, Joined};
use crate::rule::time::clock;
use crate::rule::time::length::Length;
use crate::rule::time::{self, Stated, When, anniversary, is_point, length, show};
use crate::rule::{Conflict, Mark, Passage};
use crate::text::Upos;

/// The tolerances that the rule asks for.
pub const TOLERANCES: &[&str] =
    &["decades_months", "decades", "about", "hours", "parts_of_hours", "round_minutes", "minutes"];

/// Looks at every length of time of a sentence, at anniversaries and at the age of things founded.
pub fn check(passage: &Passage<'_>) -> Vec<Conflict> {
    if time::too_long(passage.sentence()) {
        return Vec::new();
    }
    let durations = passage.claims().iter().filter(|c| c.quantity().kind == Kind::Duration);
    let mut found: Vec<Conflict> = durations
        .filter_map(|c| {
            ago(passage, c)
                .or_else(|| since(passage, c))
                .or_else(|| later(passage, c))
                .or_else(|| after(passage, c))
                .or_else(|| lasting(passage, c))
                .or_else(|| stretch(passage, c))
                .or_else(|| days(passage, c))
        })
        .collect();
    found.extend(anniversary::check(passage));
    found.extend(founded(passage));
    found
}

/// A length held against two moments: how it stands to what lies between them, and that in words.
fn held(passage: &Passage<'_>, length: &Claim, a: &Claim, b: &Claim) -> Option<(Stated, String)> {
    if a.quantity().kind == Kind::TimeOfDay {
        return clock::held(passage, length, a, b);
    }
    let (start, end) = between::both(a, b)?;
    against(passage, length, start, end)
}

fn against(passage: &Passage<'_>, claim: &Claim, start: When, end: When) -> Option<(Stated, String)> {
    let length = Length::of(claim.quantity(), passage.tolerances)?;
    if end.last < start.first {
        return None;
    }
    let stated = match (length.too_long(start, end), length.too_short(start, end)) {
        (true, _) => Stated::TooLong,
        (_, true) => Stated::TooShort,
        _ => Stated::Right,
    };
    Some((stated, length::show(start, end, claim.quantity())))
}

fn conflict(passage: &Passage<'_>, length: &Claim, a: &Claim, b: &Claim, real: &str) -> Conflict {
    let message = format!("{} to {} is {real}, not {}", passage.text(a), passage.text(b), passage.text(length));
    let marks = vec![Mark::new(a, "from"), Mark::new(b, "to"), Mark::new(length, "the time between")];
    Conflict { marks, message, note: None }
}

/// A date before today: one without a year is the last such.
fn past(claim: &Claim, today: When) -> Option<When> {
    let date = claim.figure.date?;
    if date.year.is_some() {
        return When::of(claim);
    }
    date.month?;
    let year = i32::from(today.first.year());
    let this = When::in_year(&date, year)?;
    if this.first > today.last { When::in_year(&date, year - 1) } else { Some(this) }
}

/// The word behind a length of time, in one of the tables.
fn behind(passage: &Passage<'_>, length: &Claim, words: &Words) -> bool {
    passage.tokens().get(length.figure.tokens.end).is_some_and(|t| words.has(&t.lower))
}

/// Whether only words that join a length of time to its date stand between two figures.
fn near(passage: &Passage<'_>, start: usize, end: usize, most: usize) -> bool {
    let times = &passage.cues().times;
    let gap = passage.tokens().get(start..end).unwrap_or_default();
    gap.len() <= most && gap.iter().all(|t| times.gap.has(&t.lower) || times.weekdays.contains_key(&t.lower))
}

/// The moments of a sentence that are of one kind with another.
fn moments<'a>(passage: &Passage<'a>, kind: Kind) -> impl DoubleEndedIterator<Item = &'a Claim> {
    passage.claims().iter().filter(move |c| c.quantity().kind == kind && (kind == Kind::TimeOfDay || is_point(c)))
}

/// "Six years ago, in March 2016", "in 2016, six years ago", "six years ago, when it opened in 2016".
fn ago(passage: &Passage<'_>, claim: &Claim) -> Option<Conflict> {
    let today = time::today(passage.article)?;
    if !behind(passage, claim, &passage.cues().times.ago) {
        return None;
    }
    let (start, end) = (claim.figure.tokens.start, claim.figure.tokens.end + 1);
    let when = |gap: &[crate::text::Token]| {
        gap.iter().take(2).any(|t| passage.cues().times.when.has(&t.lower))
            && gap.len() <= 12
            && gap.iter().skip(1).all(|t| t.lower != "," && t.lower != ";")
            && gap.last().is_some_and(|t| passage.cues().times.at.has(&t.lower))
    };
    let date = moments(passage, Kind::Date).find(|d| {
        let (first, last) = (d.figure.tokens.start, d.figure.tokens.end);
        first >= end && (near(passage, end, first, 4) || when(passage.tokens().get(end..first).unwrap_or_default()))
            || last <= start && start - last > 0 && near(passage, last, start, 3)
    })?;
    // "In 2019 he said it had closed 30 years ago": counted from another year.
    let other = moments(passage, Kind::Date).take_while(|d| d.span != date.span && d.span.start < claim.span.start);
    if other.filter_map(When::of).any(|w| w.one_year() != today.one_year()) {
        return None;
    }
    let start = past(date, today)?;
    let (stated, real) = against(passage, claim, start, today)?;
    (stated != Stated::Right).then(|| until_today(passage, claim, date, today, &real))
}

fn until_today(passage: &Passage<'_>, claim: &Claim, date: &Claim, today: When, real: &str) -> Conflict {
    let message = format!("{} to {} is {real}, not {}", passage.text(date), show(today.first), passage.text(claim));
    let marks = vec![Mark::new(date, "from"), Mark::new(claim, "the time since")];
    Conflict { marks, message, note: Some(format!("the article is dated {}", show(today.first))) }
}

/// "For 30 years, since 1998", "it is 30 years since the mill closed in 1998".
fn since(passage: &Passage<'_>, claim: &Claim) -> Option<Conflict> {
    let today = time::today(passage.article)?;
    let (times, tokens) = (&passage.cues().times, passage.tokens());
    let mut dates = moments(passage, Kind::Date);
    let date = dates.next().filter(|_| dates.next().is_none())?;
    let from = date.figure.tokens.start;
    let since = (from.saturating_sub(8)..from).rev().find(|&i| times.since.has(&tokens[i].lower))?;
    // "Since it opened in 1998": nothing of another clause in between.
    if tokens[since..from].iter().any(|t| matches!(&*t.lower, "," | ";") || t.upos == Upos::CCONJ) {
        return None;
    }
    let (start, end) = (claim.figure.tokens.start, claim.figure.tokens.end);
    let one_clause = |range: std::ops::Range<usize>, far: usize| {
        let gap = tokens.get(range).unwrap_or_default();
        gap.len() <= far && !gap.iter().any(|t| times.connective.has(&t.lower) || t.is_verb())
    };
    let right_after = since >= end && since - end <= 1 && near(passage, end, since, 1);
    let span = start > 0 && times.for_.has(&tokens[start - 1].lower);
    let last = date.figure.tokens.end;
    let clause = span && (since >= end && one_clause(end..since, 6) || start >= last && one_clause(last..start, 3));
    let apposed =
        start >= date.figure.tokens.end && near(passage, date.figure.tokens.end, start, 2) && ends(passage, end);
    let noun = tokens.get(last..start).is_some_and(|gap| apposed_noun(passage, claim, gap));
    if !(right_after || clause || apposed || noun) || partial(passage, claim) {
        return None;
    }
    let of_event = right_after
        && !tokens[..start].iter().rev().take(3).any(|t| times.is.has(&t.lower) || times.for_.has(&t.lower));
    let when = past(date, today)?;
    let (stated, real) = against(passage, claim, when, today)?;
    let sure = stated == Stated::TooLong || stated == Stated::TooShort && !of_event;
    (sure && !broken(passage)).then(|| until_today(passage, claim, date, today, &real))
}

/// Whether a phrase ends at a token.
fn ends(passage: &Passage<'_>, at: usize) -> bool {
    let (tokens, times) = (passage.tokens(), &passage.cues().times);
    tokens.get(at).is_none_or(|t| times.phrase_end.has(&t.lower)) || times.in_all.at(tokens, at).is_some()
}

/// "Every two years", "a two-year sentence": no length of the stretch that is told of.
fn partial(passage: &Passage<'_>, claim: &Claim) -> bool {
    let (tokens, times) = (passage.tokens(), &passage.cues().times);
    let (start, end) = (claim.figure.tokens.start, claim.figure.tokens.end);
    let here = |range: std::ops::Range<usize>| {
        tokens.get(range).unwrap_or_default().iter().any(|t| times.partial.has(&t.lower))
    };
    here(start.saturating_sub(2)..start) || here(end..(end + 2).min(tokens.len()))
}

/// Whether a sentence says that a stretch was no whole.
fn broken(passage: &Passage<'_>) -> bool {
    passage.tokens().iter().any(|t| passage.cues().times.broken.has(&t.lower))
}

/// "Failed at 2.15pm and came back at 6.45pm, two and a half hours later", "and 17 years later, in 2004, closed".
fn later(passage: &Passage<'_>, claim: &Claim) -> Option<Conflict> {
    let times = &passage.cues().times;
    let (start, end) = (claim.figure.tokens.start, claim.figure.tokens.end + 1);
    // "Found in 1985, 73 years on": the word closes its phrase.
    let on = behind(passage, claim, &times.on) && passage.tokens().get(end).is_none_or(|t| t.upos == Upos::PUNCT);
    let (is_later, is_earlier) = (on || behind(passage, claim, &times.later), behind(passage, claim, &times.earlier));
    let than = passage.tokens().get(end).is_some_and(|t| times.partial.has(&t.lower));
    if !(is_later || is_earlier) || than || partial(passage, claim) {
        return None;
    }
    [Kind::Date, Kind::TimeOfDay].into_iter().find_map(|kind| {
        let next = moments(passage, kind).find(|d| d.figure.tokens.start >= end);
        let next = next.filter(|d| near(passage, end, d.figure.tokens.start, 4));
        let previous = moments(passage, kind).rfind(|d| d.figure.tokens.end <= start);
        let apposed = previous.filter(|d| near(passage, d.figure.tokens.end, start, 4));
        let this = next.or(apposed)?;
        // Every other moment before it may be the one that the time is counted from; where one fits, it is.
        let others = moments(passage, kind).filter(|d| d.figure.tokens.end <= this.figure.tokens.start.min(start));
        let mut nearest = None;
        for other in others {
            let (a, b) = if is_later { (other, this) } else { (this, other) };
            let (stated, real) = held(passage, claim, a, b)?;
            if stated == Stated::Right {
                return None;
            }
            nearest = Some((a, b, real));
        }
        let (a, b, real) = nearest.or_else(|| before_sentence(passage, claim, this).filter(|_| is_later))?;
        Some(conflict(passage, claim, a, b, &real))
    })
}

/// "It opened in 1850. It was replaced 50 years later, in 1930": the one year of the sentence before, where the length's
/// own has no other.
fn before_sentence<'a>(
    passage: &Passage<'a>,
    claim: &Claim,
    this: &'a Claim,
) -> Option<(&'a Claim, &'a Claim, String)> {
    let (times, previous) = (&passage.cues().times, passage.previous()?);
    if this.quantity().kind != Kind::Date || moments(passage, Kind::Date).count() > 1 {
        return None;
    }
    let same = passage
        .tokens()
        .first()
        .is_some_and(|t| times.same_subject.has(&t.lower) || times.persons.pronouns.has(&t.lower));
    let opens = claim.figure.tokens.start == 0;
    let mut dates = passage.article.claims[previous.claims.clone()].iter().filter(|c| c.quantity().kind == Kind::Date);
    let date = dates.next().filter(|c| is_point(c) && dates.next().is_none())?;
    let (stated, real) = against(passage, claim, When::of(date)?, When::of(this)?)?;
    (stated != Stated::Right && (same || opens)).then_some((date, this, real))
}

/// "Rebuilt in 1921, 40 years after the fire of 1881".
fn after(passage: &Passage<'_>, claim: &Claim) -> Option<Conflict> {
    let (times, tokens) = (&passage.cues().times, passage.tokens());
    let (after, before) = (behind(passage, claim, &times.after), behind(passage, claim, &times.before));
    let (start, end) = (claim.figure.tokens.start, claim.figure.tokens.end + 1);
    if !(after || before) || partial(passage, claim) {
        return None;
    }
    [Kind::Date, Kind::TimeOfDay].into_iter().find_map(|kind| {
        let Some(this) = moments(passage, kind).rfind(|d| d.figure.tokens.end <= start) else {
            return opening(passage, claim, kind).filter(|_| after);
        };
        let other = moments(passage, kind).find(|d| d.figure.tokens.start >= end)?;
        let gap = tokens.get(end..other.figure.tokens.start)?;
        let lead = gap.last().is_none_or(|t| times.at.has(&t.lower));
        let event = (0..3).any(|i| i > 0 && ends(passage, other.figure.tokens.end + i));
        let whole = lead && (gap.len() < 2 || ends(passage, other.figure.tokens.end)) || event && gap.len() <= 2;
        if !near(passage, this.figure.tokens.end, start, 3)
            || gap.len() > 10
            || gap.iter().any(|t| matches!(&*t.lower, "," | ";" | "-" | "(") || times.relative.has(&t.lower))
            || !whole
        {
            return None;
        }
        let (a, b) = if after { (other, this) } else { (this, other) };
        let (stated, real) = held(passage, claim, a, b)?;
        (stated != Stated::Right).then(|| conflict(passage, claim, a, b, &real))
    })
}

/// "Twenty-five years after the 1984 strike, in 2009, the pit is a museum": the length opens the sentence.
fn opening(passage: &Passage<'_>, claim: &Claim, kind: Kind) -> Option<Conflict> {
    let end = claim.figure.tokens.end + 1;
    let mut dates = moments(passage, kind).filter(|d| d.figure.tokens.start >= end);
    let (event, this) = (dates.next()?, dates.next()?);
    let tokens = passage.tokens();
    let gap = tokens.get(end..event.figure.tokens.start)?;
    let between = tokens.get(event.figure.tokens.end..this.figure.tokens.start)?;
    let comma = between.iter().rposition(|t| t.lower == ",")?;
    let phrase = between[..comma].iter().all(|t| t.is_noun() || t.upos == Upos::ADJ) && comma <= 3;
    let led = near(passage, event.figure.tokens.end + comma, this.figure.tokens.start, 3);
    let short = gap.len() <= 4 && !gap.iter().any(|t| t.upos == Upos::PUNCT);
    if claim.figure.tokens.start > 1 || !phrase || !led || !short || !ends(passage, this.figure.tokens.end) {
        return None;
    }
    let (stated, real) = held(passage, claim, event, this)?;
    (stated != Stated::Right).then(|| conflict(passage, claim, event, this, &real))
}

/// "The nine-year war (1754-1763)": the years of a stretch in brackets behind its length and noun.
fn stretch(passage: &Passage<'_>, claim: &Claim) -> Option<Conflict> {
    let next = passage.claims().iter().find(|c| c.figure.tokens.start >= claim.figure.tokens.end)?;
    let &[first, last] = &next.quantity().numbers[..] else { return None };
    let year = |n: crate::quantity::Number| {
        n.to_integer().and_then(|n| i32::try_from(n).ok()).filter(|y| (1000..2200).contains(y))
    };
    let (start, end) = (When::year(year(first)?)?, When::year(year(last)?)?);
    let gap = passage.between(claim, next);
    let (bracket, nouns) = gap.split_last()?;
    let closes = passage.tokens().get(next.figure.tokens.end).is_some_and(|t| t.lower == ")");
    let years = matches!(next.quantity().kind, Kind::Date | Kind::Score);
    let noun =
        !nouns.is_empty() && nouns.len() <= 3 && nouns.iter().all(|t| t.is_noun() || t.lower == "-" && !t.spaced);
    if bracket.lower != "(" || !closes || !years || !noun || !claim.figure.form.attributive || partial(passage, claim) {
        return None;
    }
    let (stated, real) = against(passage, claim, start, end)?;
    let message = format!("{} is {real}, not {}", passage.text(next), passage.text(claim));
    let marks = vec![Mark::new(claim, "the time between"), Mark::new(next, "from and to")];
    (stated != Stated::Right).then_some(Conflict { marks, message, note: None })
}

/// "The five-day festival runs from 1 to 5 August": so many days of one month, the first and the last counted or not.
fn days(passage: &Passage<'_>, claim: &Claim) -> Option<Conflict> {
    let length = claim.quantity().single().and_then(crate::quantity::Number::to_integer)?;
    let daily = claim.quantity().unit.as_ref().is_some_and(|u| u.code == "d");
    let exact = claim.quantity().bound == quantity::Bound::Exact;
    let mut dates = passage.claims().iter().filter(|c| c.quantity().kind == Kind::Date);
    let date = dates.next().filter(|d| dates.next().is_none() && d.figure.tokens.start >= claim.figure.tokens.end)?;
    let (first, last) = time::days_of_month(passage, date)?;
    let gap = passage.between(claim, date);
    // "One day a week": the days are not all of those between.
    let real = i64::from(last) - i64::from(first) + 1;
    let clear = gap.len() <= 9
        && real <= length.saturating_mul(2)
        && !gap.iter().any(|t| time::parts(&passage.cues().times, t) || passage.cues().times.connective.has(&t.lower));
    if !daily || !exact || !clear || !claim.figure.form.attributive || partial(passage, claim) || real < 2 {
        return None;
    }
    let message = format!("{} is {real} days, not {}", passage.text(date), passage.text(claim));
    let marks = vec![Mark::new(claim, "the time between"), Mark::new(date, "from and to")];
    (length != real && length != real - 1).then_some(Conflict { marks, message, note: None })
}

/// "Opened in 1987 and closed in 2004 after 27 years", "the 72-day strike, from 4 May to 19 June".
fn lasting(passage: &Passage<'_>, claim: &Claim) -> Option<Conflict> {
    let times = &passage.cues().times;
    let moved = [&times.ago, &times.later, &times.earlier, &times.after].iter().any(|w| behind(passage, claim, w));
    let start = claim.figure.tokens.start;
    let planned = passage.sentence().lemmas[start.saturating_sub(4)..start]
        .iter()
        .any(|l| passage.cues().relations.prospect.has(l));
    let most = matches!(claim.quantity().bound, quantity::Bound::AtMost | quantity::Bound::LessThan);
    if moved || planned || most || partial(passage, claim) || broken(passage) {
        return None;
    }
    [Kind::Date, Kind::TimeOfDay].into_iter().find_map(|kind| {
        let all: Vec<&Claim> = moments(passage, kind).collect();
        let pairs = all.windows(2).filter_map(|w| Some((w[0], w[1], between::joined(passage, w[0], w[1])?)));
        let mut pairs = pairs.filter_map(|(a, b, how)| Some((a, b, bound(passage, claim, a, b, how)?)));
        let (a, b, bound) = pairs.next()?;
        // "12 years, from 1990 to 1996 as a clerk and then to 2002": it may be the length from any moment to another.
        let fits = |(i, x): (usize, &&Claim)| {
            all[i + 1..].iter().any(|y| held(passage, claim, x, y).is_some_and(|(stated, _)| stated == Stated::Right))
        };
        if all.iter().enumerate().any(fits) {
            return None;
        }
        let (stated, real) = held(passage, claim, a, b)?;
        let wrong = match stated {
            Stated::Right => false,
            Stated::TooLong => true,
            Stated::TooShort => bound == Bound::Whole,
        };
        wrong.then(|| conflict(passage, claim, a, b, &real))
    })
}

/// How a length is bound to a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    /// It is the stretch's length.
    Whole,
    /// It may be the length of a part of it: "closed after three years of losses".
    Inside,
}

fn bound(passage: &Passage<'_>, length: &Claim, a: &Claim, b: &Claim, how: Joined) -> Option<Bound> {
    let (tokens, times) = (passage.tokens(), &passage.cues().times);
    let (start, end) = (length.figure.tokens.start, length.figure.tokens.end);
    let (first, last) = (a.figure.tokens.start, b.figure.tokens.end);
    let lead = start.checked_sub(1).map(|i| &tokens[i]);
    let lasted = (start.saturating_sub(2)..start).any(|i| times.lasted.has(&passage.sentence().lemmas[i]));
    let led = |words: &Words| lead.is_some_and(|t| words.has(&t.lower));
    let noun = length.figure.form.attributive && tokens.iter().skip(end).take(2).any(crate::text::Token::is_noun);
    let (gap, before) = if end <= first { (tokens.get(end..first)?, true) } else { (tokens.get(last..start)?, false) };
    if gap.len() > 14 || gap.iter().any(|t| time::parts(times, t)) {
        return None;
    }
    // The word that leads the length is no new clause: "closed in 2004 after 27 years".
    let inner = if before { gap } else { gap.split_last().map_or(gap, |(_, rest)| rest) };
    let relative = inner.iter().any(|t| times.relative.has(&t.lower) || times.connective.has(&t.lower));
    let sometime = how == Joined::Range && tokens[..first].iter().rev().take(2).any(|t| times.between.has(&t.lower));
    let whole = |yes: bool| yes.then_some(if sometime && !led(&times.definite) { Bound::Inside } else { Bound::Whole });
    if before {
        // "72 days, from 4 May", "the 17 years between 1987 and 2004".
        if near(passage, end, first, 4) && (!length.figure.form.attributive) {
            return whole(how == Joined::Range);
        }
        if noun {
            // "The 72-day strike, which began on ...": one noun, then the verb of its beginning.
            let nouns = gap.iter().filter(|t| t.upos == crate::text::Upos::NOUN).count();
            let clear = gap.len() <= 8 && nouns <= 2 && !gap.iter().any(|t| times.connective.has(&t.lower));
            return whole(clear && led(&times.definite));
        }
        let close = gap.len() <= 8 && !relative && (lasted || led(&times.for_)) && how == Joined::Range;
        return whole(close).map(|bound| if lasted { bound } else { Bound::Inside });
    }
    if near(passage, last, start, 3) && ends(passage, end) && gap.iter().any(|t| times.apposing.has(&t.lower)) {
        return whole(true);
    }
    if lasted && !relative && gap.len() <= 8 {
        return whole(true);
    }
    if apposed_noun(passage, length, gap) {
        return whole(true);
    }
    if led(&times.behind_stretch) && !relative && gap.len() <= 8 {
        let alone = ends(passage, end) && led(&times.after);
        return Some(if alone && how == Joined::Verbs { Bound::Whole } else { Bound::Inside });
    }
    None
}

/// Whether a length behind its stretch stands in a phrase of its own: ", a spell of 20 years", ", a 12-hour shift".
fn apposed_noun(passage: &Passage<'_>, length: &Claim, gap: &[crate::text::Token]) -> bool {
    let times = &passage.cues().times;
    let end = length.figure.tokens.end;
    let [comma, article, rest @ ..] = gap else { return false };
    if !times.apposing.has(&comma.lower) || !times.persons.articles.has(&article.lower) || rest.len() > 3 {
        return false;
    }
    if length.figure.form.attributive {
        return rest.is_empty() && (1..=2).any(|i| ends(passage, end + i));
    }
    let of = rest.last().is_some_and(|t| times.of.has(&t.lower));
    of && !rest.iter().any(crate::text::Token::is_verb) && ends(passage, end)
}

/// "The 30-year-old company, founded in 2005".
fn founded(passage: &Passage<'_>) -> Option<Conflict> {
    let today = time::today(passage.article)?;
    let (times, cues, tokens) = (&passage.cues().times, passage.cues(), passage.tokens());
    let mut ages = passage.claims().iter().filter(|c| c.quantity().kind == Kind::Age && c.figure.tokens.len() > 1);
    let age = ages.next().filter(|_| ages.next().is_none())?;
    if age.noun.as_ref().is_none_or(|n| cues.saying.persons.has(n) || times.kin.has(n)) && age.figure.form.attributive {
        return None;
    }
    let (at, date) = anniversary::founding(passage.article, passage.sentence())?;
    let passive = at.checked_sub(1).is_none_or(|i| times.passive_lead.has(&tokens[i].lower));
    let person = passage.sentence().lemmas.iter().any(|l| times.bearing.has(l) || cues.saying.persons.has(l));
    let (stated, real) = against(passage, age, When::of(date)?, today)?;
    if !passive || person || stated == Stated::Right || partial(passage, age) && !age.figure.form.attributive {
        return None;
    }
    let message = format!("{} to {} is {real}, not {}", passage.text(date), show(today.first), passage.text(age));
    let marks = vec![Mark::new(age, "the age"), Mark::new(date, "founded")];
    Some(Conflict { marks, message, note: Some(format!("the article is dated {}", show(today.first))) })
}
