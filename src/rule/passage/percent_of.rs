//! A count, its base and its share that disagree.

use super::part_exceeds_whole::whole_of;
use crate::claim::Claim;
use crate::claim::cues::PercentCues;
use crate::quantity::{Bound, Interval, Kind, Number};
use crate::rule::share::share_values;
use crate::rule::{Conflict, Mark, Passage, wording};
use crate::text::{Token, Upos};

/// The tolerances that the rule asks for.
pub const TOLERANCES: &[&str] = &["fraction", "in_words", "counted", "counted_above", "few"];

/// Takes each count with a base ("18 of the 72 schools") or share with a base ("a quarter of the 260 nurses") and holds
/// it against the share, or the count, that stands in apposition to it; and each share of a few people against what so
/// many people can be.
pub fn check(passage: &Passage<'_>) -> Vec<Conflict> {
    let claims = passage.claims();
    let mut found = Vec::new();
    for i in 0..claims.len() {
        let conflict = match triple(passage, claims, i) {
            Some(three) => compare(passage, &three),
            None => twice(passage, claims, i)
                .or_else(|| half_in_words(passage, claims, i))
                .or_else(|| impossible(passage, claims, i)),
        };
        found.extend(conflict);
    }
    found
}

fn cues<'a>(passage: &Passage<'a>) -> &'a PercentCues {
    &passage.cues().sums.percents
}

/// A count, the base it is counted in, and the share that it is said to be.
struct Three<'a> {
    count: &'a Claim,
    base: &'a Claim,
    share: &'a Claim,
}

impl<'a> Three<'a> {
    /// Of the first and the third, whichever is the share.
    fn new(a: &'a Claim, base: &'a Claim, c: &'a Claim) -> Self {
        let (count, share) = if a.quantity().kind == Kind::Ratio { (c, a) } else { (a, c) };
        Self { count, base, share }
    }
}

/// A figure, its base and the figure in apposition.
fn triple<'a>(passage: &Passage<'a>, claims: &'a [Claim], index: usize) -> Option<Three<'a>> {
    let (a, b) = (claims.get(index)?, claims.get(index + 1)?);
    if let Some(three) = of_them(passage, claims, index) {
        return Some(three);
    }
    let c = claims.get(index + 2)?;
    let tokens = passage.tokens();
    if part_of(passage, a, b) && (is_count(a) || is_share(a)) && is_count(b) {
        let wanted = if is_share(a) { is_count(c) } else { is_share(c) };
        let behind = tokens.get(b.phrase.end.max(b.figure.tokens.end)..c.figure.tokens.start)?;
        return (wanted && apposed(passage, behind, c)).then(|| Three::new(a, b, c));
    }
    // "Of the 22,000 voters, 8,140 cast ballots, a turnout of 62 percent."
    let of = |t: &Token| cues(passage).of.has(&t.lower);
    let opens =
        a.figure.tokens.start >= 1 && tokens[..a.figure.tokens.start].iter().take(5).any(of) && leads(passage, a);
    if opens && is_count(a) && is_count(b) && is_share(c) && passage.between(a, b).iter().any(|t| t.lower == ",") {
        let behind = passage.between(b, c);
        return apposed(passage, behind, c).then(|| Three::new(b, a, c));
    }
    if is_share(a) && is_count(b) && is_count(c) && part_of(passage, b, c) {
        let between = passage.between(a, b);
        // "Turnout was 40%, with 3,000 of the 10,000 voters casting a ballot."
        let start = a.figure.tokens.start;
        let named = tokens[start.saturating_sub(4)..start].iter().any(|t| cues(passage).shares.has(&t.lower));
        let with = named && cues(passage).with.is(between);
        // "Women make up 40% of the board, four of its eight members."
        let comma = between.last().is_some_and(|t| t.lower == ",") && between.len() <= 6;
        let making = passage.cues().sums.shares.making_up.before(tokens, start).is_some();
        let end = tokens.get(c.phrase.end.max(c.figure.tokens.end));
        let stops = end.is_none_or(|t| matches!(&*t.lower, "." | ";" | ")"));
        return (with || comma && making && stops).then_some(Three { count: b, base: c, share: a });
    }
    // "250 homes, 30% of the 500 planned": the base is of the same things.
    if is_count(a) && is_share(b) && is_count(c) && part_of(passage, b, c) {
        let between = tokens.get(a.phrase.end.max(a.figure.tokens.end)..b.figure.tokens.start)?;
        let apposed = between.len() == 1 && matches!(&*between[0].lower, "," | "(" | "-");
        let same =
            match (a.noun.as_deref(), c.noun.as_deref().filter(|_| c.head.is_some_and(|h| h >= c.figure.tokens.end))) {
                (Some(one), Some(other)) => passage.cues().classes.same_thing(one, other),
                (Some(_), None) => true,
                _ => false,
            };
        return (apposed && same && a.pronoun.is_none()).then_some(Three { count: a, base: c, share: b });
    }
    None
}

/// "900 of them, or 54%", "of those, 60 - 40% - were children": the base is what the pronoun stands for.
fn of_them<'a>(passage: &Passage<'a>, claims: &'a [Claim], index: usize) -> Option<Three<'a>> {
    let (a, b) = (claims.get(index)?, claims.get(index + 1)?);
    if !is_count(a) || !is_share(b) {
        return None;
    }
    if let Some(at) = a.pronoun.filter(|&at| at >= a.figure.tokens.end) {
        let behind = passage.tokens().get(at + 1..b.figure.tokens.start)?;
        let base = whole_of(passage, a, &claims[..index]).filter(|b| is_count(b))?;
        return apposed(passage, behind, b).then_some(Three { count: a, base, share: b });
    }
    let opened = cues(passage).of_those.at(passage.tokens(), 0)?;
    let alone = index == 0 && a.figure.tokens.start <= opened + 2;
    let earlier = &passage.article.claims[passage.previous()?.claims.clone()];
    let mut counts = earlier.iter().filter(|c| is_count(c));
    let base = counts.next().filter(|_| counts.next().is_none())?;
    let behind = passage.between(a, b);
    (alone && apposed(passage, behind, b)).then_some(Three { count: a, base, share: b })
}

/// A share in words and the same as a percentage: "18 out of 60 volunteers (33%)", "a third (45%)".
fn twice(passage: &Passage<'_>, claims: &[Claim], index: usize) -> Option<Conflict> {
    let (a, b) = (claims.get(index)?, claims.get(index + 1)?);
    let percent = |c: &Claim| c.quantity().unit.as_ref().is_some_and(|u| u.code == "%");
    if !is_share(a) || !is_share(b) || percent(a) || !percent(b) {
        return None;
    }
    let between = passage.between(a, b);
    let mark = between.iter().position(|t| matches!(&*t.lower, "(" | "," | "-"))?;
    let described = between[..mark].iter().all(|t| t.is_noun() || t.upos == Upos::ADJ);
    let intro =
        passage.cues().relations.share_intro.is(&between[mark..]) && between[mark..].iter().any(|t| t.lower != ",");
    let after = passage.tokens().get(b.figure.tokens.end);
    let closes = after.is_none_or(|t| t.upos == Upos::PUNCT);
    if !described || !intro || !closes {
        return None;
    }
    // "One in five (22%)" is said loosely; "18 out of 60" is counted.
    let words = passage.tokens().get(a.figure.number.clone())?;
    let counted = words.iter().filter_map(|t| Number::parse_decimal(&t.lower)).max();
    let exact = counted.is_some_and(|n| n > passage.tolerances.get("counted_above"));
    let slack = if exact { "counted" } else { "in_words" };
    let stated = share_values(b, passage.tolerances.get("fraction"));
    let own = a.quantity().to_base(&a.quantity().stated).times(&passage.tolerances.around(slack));
    if own.meets(&stated) {
        return None;
    }
    let value = wording::percent(wording::middle(&a.quantity().to_base(&a.quantity().stated))?);
    let (said, given) = (wording::inside(passage.text(a)), passage.text(b));
    let marks = vec![Mark::new(a, value.clone()), Mark::new(b, "said to be the same")];
    Some(Conflict { message: format!("{said} is {value}, not {given}"), marks, note: None })
}

/// "A majority of the 100 members, 45, voted for it": a word that says on which side of a half the share lies.
fn half_in_words(passage: &Passage<'_>, claims: &[Claim], i: usize) -> Option<Conflict> {
    let (base, count) = (claims.get(i)?, claims.get(i + 1)?);
    let (tokens, cues) = (passage.tokens(), cues(passage));
    let start = base.figure.tokens.start;
    let skipped =
        tokens[..start].iter().rev().take_while(|t| passage.cues().sums.parts.determiners.has(&t.lower)).count();
    let above = cues.above_half.before(tokens, start - skipped);
    let length = above.or_else(|| cues.below_half.before(tokens, start - skipped))?;
    let behind = tokens.get(base.phrase.end.max(base.figure.tokens.end)..count.figure.tokens.start)?;
    let closes = tokens.get(count.figure.tokens.end).is_none_or(|t| !t.is_noun());
    if !is_count(base) || !is_count(count) || !apposed(passage, behind, count) || !closes {
        return None;
    }
    let real = count.quantity().allowed().over(&base.quantity().allowed());
    let half = Number::ratio(1, 2);
    let side = if above.is_some() { Interval::above(half, false) } else { Interval::below(half, false) };
    if base.quantity().single()?.is_zero() || real.meets(&side) {
        return None;
    }
    let (n, m) = (passage.text(count), passage.text(base));
    let word = crate::rule::time::text(passage.article, passage.sentence(), start - skipped - length..start - skipped);
    let share = wording::percent(count.quantity().single()? / base.quantity().single()?);
    let marks = vec![Mark::new(base, "the base"), Mark::new(count, share.clone())];
    let message = format!("{n} of {m} is {share}, not \"{} {m}\"", wording::inside(word));
    Some(Conflict { message, marks, note: None })
}

/// "45% of the seven people": no number of so few makes that share.
fn impossible(passage: &Passage<'_>, claims: &[Claim], index: usize) -> Option<Conflict> {
    let (a, b) = (claims.get(index)?, claims.get(index + 1)?);
    let (share, base) = if is_share(a) && part_of(passage, a, b) {
        (a, b)
    } else {
        let between = passage.between(a, b);
        let comma =
            between.last().is_some_and(|t| t.lower == ",") && between.iter().filter(|t| t.lower == ",").count() == 1;
        (leads(passage, a) && comma && between.len() <= 8).then_some((b, a))?
    };
    let end = share.figure.tokens.end;
    let after = passage.tokens().get(end);
    let own = std::ptr::eq(share, b) && after.is_some_and(|t| !t.is_verb() && t.upos != Upos::AUX);
    let person = &passage.cues().sums.parts.person;
    let classes = &passage.cues().classes;
    let people = base
        .noun
        .as_deref()
        .is_some_and(|n| classes.same_thing(n, person) || passage.cues().sums.parts.respondents.has(n));
    let owned = passage.tokens().get(base.phrase.end.max(base.figure.tokens.end)).is_some_and(|t| t.xpos == "POS");
    let (part, whole) = (share.quantity(), base.quantity());
    let exact =
        part.bound == Bound::Exact && whole.bound == Bound::Exact && part.unit.as_ref().is_some_and(|u| u.code == "%");
    if !is_share(share) || !is_count(base) || own || !people || owned || !exact || base.figure.form.attributive {
        return None;
    }
    // "He owns 45% of the seven firms": a stake in each.
    if passage.sentence().lemmas.iter().any(|l| cues(passage).holding.has(l)) {
        return None;
    }
    let whole = whole.single().filter(|n| *n > Number::ONE && *n <= passage.tolerances.get("few"))?;
    let stated = part.single()?;
    // Rounded to its last digit, or cut off behind it.
    let half = part.step / Number::from(2);
    let (low, high) = (stated - half, stated + part.step);
    let hundred = Number::from(100);
    let below = (low * whole / hundred).floor();
    let fits = (0..3).map(|k| below + Number::from(k)).any(|k| {
        let percent = k * hundred / whole;
        percent >= low && percent < high
    });
    if fits || stated > hundred || part.step.is_zero() {
        return None;
    }
    let under = (stated * whole / hundred).floor();
    let shown = |k: Number| wording::percent(k / whole);
    let message = format!(
        "{} cannot be a share of {}: {under} would be {}, {} would be {}",
        passage.text(share),
        wording::inside(passage.article.phrase(base)),
        shown(under),
        under + Number::ONE,
        shown(under + Number::ONE)
    );
    let marks = vec![Mark::new(share, "no whole number"), Mark::new(base, "the base")];
    Some(Conflict { message, marks, note: None })
}

/// Whether "of" opens the sentence or clause before a figure.
fn leads(passage: &Passage<'_>, claim: &Claim) -> bool {
    let tokens = passage.tokens();
    let of = tokens[..claim.figure.tokens.start].iter().rposition(|t| cues(passage).of.has(&t.lower));
    let out = |at: usize| passage.cues().sums.parts.out_of.before(tokens, at + 1).map_or(at, |n| at + 1 - n);
    let of = of.map(out);
    of.is_some_and(|at| at == 0 || matches!(&*tokens[at - 1].lower, ";" | ":" | "-" | "\""))
}

/// Whether a figure is "so many of" the next one.
fn part_of(passage: &Passage<'_>, a: &Claim, b: &Claim) -> bool {
    let between = passage.between(a, b);
    let cues = &passage.cues().sums.parts;
    let of = cues.out_of.at(between, 0).or_else(|| cues.of.at(between, 0));
    of.is_some_and(|n| between.len() <= n + 4 && between[n..].iter().all(|t| !t.is_verb() && t.lower != ","))
}

/// Whether a figure stands in apposition: its introduction is one of the known, and nothing says that it is of something else.
fn apposed(passage: &Passage<'_>, behind: &[Token], claim: &Claim) -> bool {
    let (relations, cues) = (&passage.cues().relations, cues(passage));
    let intro = if is_share(claim) { &relations.share_intro } else { &relations.count_intro };
    let end = claim.figure.tokens.end;
    let after = passage.tokens().get(end);
    let same_base = cues.same_base.at(passage.tokens(), end).is_some();
    let own_base = !same_base && (after.is_some_and(|t| cues.of.has(&t.lower)) || claim.of);
    // The introduction ends right before the figure; before it the base's own description may go on, without a stop.
    let fits = (0..behind.len().min(6)).any(|n| intro.is(&behind[behind.len() - 1 - n..]))
        || is_share(claim) && rated(passage, behind);
    let description = !behind.iter().any(|t| matches!(&*t.lower, ";" | ":" | ".") || cues.breaks.has(&t.lower));
    let closes = if is_share(claim) {
        after.is_none_or(|t| !t.is_noun() && !t.is_verb())
    } else {
        after.is_none_or(|t| matches!(&*t.lower, ")" | "," | "-" | ".") || cues.count_end.has(&t.lower) || t.is_noun())
    };
    fits && description && (closes || same_base) && !own_base && behind.len() <= 14
}

/// ", a response rate of", ", giving a pass rate of": a noun for a share, with its article, behind a comma.
fn rated(passage: &Passage<'_>, behind: &[Token]) -> bool {
    let cues = cues(passage);
    let Some(mark) = behind.iter().rposition(|t| matches!(&*t.lower, "," | "-" | "(")) else { return false };
    let [words @ .., noun, of] = &behind[mark + 1..] else { return false };
    let plain =
        words.iter().all(|t| t.is_noun() || matches!(t.upos, Upos::DET | Upos::ADJ | Upos::ADV) || t.xpos == "VBG");
    cues.of.has(&of.lower) && cues.shares.has(&noun.lower) && plain && words.len() <= 4
}

fn is_count(claim: &Claim) -> bool {
    claim.quantity().kind == Kind::Count && claim.quantity().single().is_some()
}

fn is_share(claim: &Claim) -> bool {
    claim.quantity().kind == Kind::Ratio && claim.quantity().single().is_some() && !claim.figure.form.factor
}

fn compare(passage: &Passage<'_>, three: &Three<'_>) -> Option<Conflict> {
    let Three { count, base, share } = three;
    let (part, whole) = (count.quantity(), base.quantity());
    let real = part.allowed().over(&whole.allowed());
    let stated = share_values(share, passage.tolerances.get("fraction"));
    if whole.single()?.is_zero() || real.meets(&stated) {
        return None;
    }
    let exact = part.single()? / whole.single()?;
    let (n, m, s) = (passage.text(count), passage.text(base), passage.text(share));
    let wanted = wording::middle(&stated).map(|s| (s * whole.single().unwrap_or(Number::ONE)).round());
    Some(Conflict {
        message: format!("{} of {m} is {}, not {}", wording::inside(n), wording::percent(exact), wording::inside(s)),
        marks: vec![
            Mark::new(count, format!("{} of the base", wording::percent(exact))),
            Mark::new(base, "the base"),
            Mark::new(share, format!("would be {}", wanted.unwrap_or(Number::ZERO))),
        ],
        note: None,
    })
}
