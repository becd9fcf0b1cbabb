//! A start, an end and a change that disagree, or percentage points called per cent.

use compact_str::CompactString;

use crate::claim::{Claim, Lead};
use crate::quantity::{Bound, Interval, Kind, Number, Quantity};
use crate::rule::share::share_values;
use crate::rule::{Conflict, Mark, Passage, wording};
use crate::text::{Token, Upos};

/// The tolerances that the rule asks for.
pub const TOLERANCES: &[&str] = &["factor", "to_the_unit", "fraction"];

/// Holds every change of a sentence against the values it leads from and to, and every fall against all there is to lose.
pub fn check(passage: &Passage<'_>) -> Vec<Conflict> {
    let claims = passage.claims();
    let mut found = Vec::new();
    for i in 0..claims.len() {
        let conflict = from_to(passage, claims, i)
            .or_else(|| apposed(passage, claims, i))
            .or_else(|| compared(passage, claims, i))
            .or_else(|| beyond_all(passage, &claims[i]));
        found.extend(conflict);
    }
    found
}

/// Which way a change goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

/// A value with the figure that states it.
struct Value<'a> {
    claim: &'a Claim,
    quantity: Quantity,
}

impl<'a> Value<'a> {
    fn of(claim: &'a Claim) -> Self {
        Self { claim, quantity: claim.quantity().clone() }
    }

    /// One number of a range that is a change: "from 14 to 35" read as one figure.
    fn end_of(claim: &'a Claim, index: usize) -> Option<Self> {
        let number = *claim.quantity().numbers.get(index)?;
        let quantity = Quantity {
            numbers: vec![number],
            bound: Bound::Exact,
            stated: Interval::exactly(number),
            ..claim.quantity().clone()
        };
        Some(Self { claim, quantity })
    }

    fn values(&self, step: Option<Number>) -> Interval {
        let quantity = &self.quantity;
        let finer = step.map(|step| Quantity { step, ..quantity.clone() });
        quantity.to_base(&finer.as_ref().unwrap_or(quantity).allowed())
    }
}

/// "rose 15% to £46m from £32m", "doubled, from 14 to 35", "rose from 4 to 7, an increase of 75%".
fn from_to<'a>(passage: &Passage<'a>, claims: &'a [Claim], i: usize) -> Option<Conflict> {
    let first = claims.get(i)?;
    let (old, new, last) = if first.figure.form.from_to && first.quantity().numbers.len() == 2 {
        (Value::end_of(first, 0)?, Value::end_of(first, 1)?, i)
    } else {
        // "From 20 in 2001 to 60 in 2020".
        let dated = |c: &&Claim| !matches!(c.quantity().kind, Kind::Date | Kind::TimeOfDay);
        let next = i + 1 + claims[i + 1..].iter().position(|c| dated(&c))?;
        let second = &claims[next];
        let between = passage.between(first, second);
        let parted =
            between.iter().any(|t| t.is_verb() || matches!(t.upos, Upos::CCONJ | Upos::SCONJ) || t.lower == ";");
        if first.quantity().dimension() != second.quantity().dimension() || between.len() > 8 || parted {
            return None;
        }
        match (first.lead?, second.lead?) {
            (Lead::From, Lead::To) => (Value::of(first), Value::of(second), next),
            (Lead::To, Lead::From) => (Value::of(second), Value::of(first), next),
            _ => return None,
        }
    };
    // "doubled in a decade, from 14 to 35": the time it took may stand in between.
    let timed = |c: &&Claim| !matches!(c.quantity().kind, Kind::Duration | Kind::Date | Kind::TimeOfDay);
    let before = claims[..i].iter().rev().find(timed);
    let before = before.filter(|c| linked(passage, c, first) && way(passage, c).is_some() && !aside(passage, c));
    let after =
        claims[last + 1..].iter().find(timed).filter(|c| apposition(passage, c) && near(passage, &claims[last], c));
    let change = before.or(after)?;
    compare(passage, &old, &new, change)
}

/// "4.8 million passengers, a rise of 12 percent from 4.0 million", "880, three times as many as the 220".
fn apposed<'a>(passage: &Passage<'a>, claims: &'a [Claim], i: usize) -> Option<Conflict> {
    let (change, old) = (claims.get(i)?, claims.get(i + 1)?);
    let dimension = old.quantity().dimension();
    let between = passage.between(change, old);
    let led = old.lead == Some(Lead::From) || owned(passage, between);
    if !led || !(apposition(passage, change) || predicate(passage, change)) || !measurable(old.quantity()) {
        return None;
    }
    // "a 40 percent drop from the 250": the word of change is no verb of another clause.
    let lemmas = &passage.sentence().lemmas[change.figure.tokens.end..];
    let cues = &passage.cues().relations;
    let parts = |(t, lemma): (&Token, &CompactString)| {
        t.is_verb() && !cues.rise.has(lemma) && !cues.fall.has(lemma) || matches!(&*t.lower, "," | ";" | ":" | "(")
    };
    if between.len() > 7 || between.iter().zip(lemmas).any(parts) {
        return None;
    }
    // "to £46m from £32m": the end is stated behind the change, and `from_to` has it.
    let new = claims[..i].iter().rev().find(|c| c.quantity().dimension() == dimension && c.lead != Some(Lead::From))?;
    let gap = passage.between(new, change);
    let broken = gap.iter().any(|t| matches!(&*t.lower, ";" | ":") || t.upos == Upos::SCONJ);
    (!broken && gap.len() <= 30).then(|| compare(passage, &Value::of(old), &Value::of(new), change)).flatten()
}

/// "Up 10% on last year's £6m": the start has an owner between it and the word that leads it.
fn owned(passage: &Passage<'_>, between: &[Token]) -> bool {
    let known = &passage.cues().relations;
    let led = (0..between.len().min(3)).find_map(|at| known.from.at(between, at).map(|n| at + n));
    led.is_some_and(|at| {
        let rest = &between[at..];
        let described = |t: &Token| {
            t.is_noun() || matches!(t.upos, Upos::DET | Upos::ADJ | Upos::PRON | Upos::NUM) || t.xpos == "POS"
        };
        !rest.is_empty()
            && rest.len() <= 5
            && rest.iter().all(described)
            && rest.iter().any(|t| t.xpos == "POS" || t.xpos == "PRP$")
    })
}

/// "The figure of 900 is 50% more than the 500": the change is told of the value before it.
fn predicate(passage: &Passage<'_>, change: &Claim) -> bool {
    let start = change.figure.tokens.start;
    let before = passage.tokens()[..start].iter().rev().take_while(|t| t.upos == Upos::ADV).count();
    let verb = (start - before).checked_sub(1);
    verb.is_some_and(|at| passage.cues().sums.changes.being.has(&passage.sentence().lemmas[at]))
        && way(passage, change).is_some()
}

/// Whether a change stands in the same clause as the values before it.
fn near(passage: &Passage<'_>, last: &Claim, change: &Claim) -> bool {
    let between = passage.between(last, change);
    between.len() <= 14 && !between.iter().any(|t| matches!(&*t.lower, ";" | ":") || t.upos == Upos::SCONJ)
}

/// "330,000 tonnes, compared with 300,000 tonnes a year earlier, a 10% increase": end and start come first.
fn compared<'a>(passage: &Passage<'a>, claims: &'a [Claim], i: usize) -> Option<Conflict> {
    let change = claims.get(i)?;
    if !matches!(change.quantity().kind, Kind::Ratio | Kind::PercentagePoints) || !apposition(passage, change) {
        return None;
    }
    let mut earlier =
        claims[..i].iter().rev().filter(|c| measurable(c.quantity()) && c.quantity().kind != Kind::Duration);
    let (old, new) = (earlier.next()?, earlier.next()?);
    let led = old.lead == Some(Lead::From) && new.lead != Some(Lead::From);
    let gap = passage.between(new, old);
    let broken = |t: &Token| matches!(&*t.lower, ";" | ":" | "(") || matches!(t.upos, Upos::SCONJ | Upos::CCONJ);
    let verb = gap.iter().zip(new.figure.tokens.end..).any(|(t, at)| {
        let compares = passage.cues().sums.changes.comparing.has(&passage.sentence().lemmas[at]);
        (t.is_verb() || t.upos == Upos::AUX) && !compares
    });
    let close = gap.len() <= 6 && !gap.iter().any(broken) && !verb && near(passage, old, change);
    let same = old.quantity().dimension() == new.quantity().dimension();
    (led && close && same).then(|| compare(passage, &Value::of(old), &Value::of(new), change)).flatten()
}

/// "Sales fell 140%": what can't be less than nothing loses 100% at most.
fn beyond_all(passage: &Passage<'_>, change: &Claim) -> Option<Conflict> {
    let quantity = change.quantity();
    let percent = quantity.kind == Kind::Ratio && quantity.unit.as_ref().is_some_and(|u| u.code == "%");
    let above = quantity.single().is_some_and(|n| n > Number::from(100)) && quantity.bound != Bound::LessThan;
    if !percent || !above || way(passage, change) != Some(Way::Down) || change.lead.is_some() {
        return None;
    }
    let (tokens, lemmas, cues) = (passage.tokens(), &passage.sentence().lemmas, &passage.cues().sums.changes);
    let (start, end) = (change.figure.tokens.start, change.figure.tokens.end);
    let lead = start.checked_sub(1).map(|at| &tokens[at]);
    let level =
        lead.is_some_and(|t| cues.level.has(&t.lower)) || tokens.get(end).is_some_and(|t| cues.of.has(&t.lower));
    let below_nothing =
        lemmas.iter().zip(tokens).any(|(l, t)| cues.below_nothing.has(l) || cues.below_nothing.has(&t.lower));
    if level || below_nothing {
        return None;
    }
    let text = passage.text(change);
    Some(Conflict {
        message: format!("nothing falls by {text}: a fall of 100% leaves nothing"),
        marks: vec![Mark::new(change, "more than all")],
        note: None,
    })
}

fn measurable(quantity: &Quantity) -> bool {
    !matches!(quantity.kind, Kind::Date | Kind::TimeOfDay | Kind::Ordinal | Kind::Score | Kind::Age)
        && quantity.single().is_some()
}

/// "After a 3% rise in April": a change of another time.
fn aside(passage: &Passage<'_>, change: &Claim) -> bool {
    let before = passage.tokens()[..change.figure.tokens.start].iter().rev();
    let lead = before.skip_while(|t| t.upos == Upos::DET).take(1);
    lead.into_iter().any(|t| passage.cues().sums.changes.another_time.has(&t.lower))
}

/// Whether a change and the pair of values behind it belong to one verb.
fn linked(passage: &Passage<'_>, change: &Claim, first: &Claim) -> bool {
    let between = passage.between(change, first);
    let known = &passage.cues().relations;
    // "Lost 25%, falling from 80p to 50p": the participle says the same again.
    let again = |at: usize| {
        let lemma = &passage.sentence().lemmas[change.figure.tokens.end + at];
        between[at].xpos == "VBG" && (known.rise.has(lemma) || known.fall.has(lemma)) && at + 2 >= between.len()
    };
    between.len() <= 12
        && !between.iter().enumerate().any(|(at, t)| {
            matches!(t.upos, Upos::VERB | Upos::AUX | Upos::SCONJ | Upos::CCONJ) && !again(at)
                || matches!(&*t.lower, ";" | ":" | "(")
                || passage.cues().sums.changes.than.has(&t.lower)
        })
}

/// Whether a change stands in apposition to what comes before it: ", a rise of 12%", ", up 5%", "(down 3%)".
fn apposition(passage: &Passage<'_>, change: &Claim) -> bool {
    let tokens = passage.tokens();
    let start = change.figure.tokens.start;
    let cues = &passage.cues().relations;
    let opens =
        |t: &Token| matches!(&*t.lower, "," | "(" | "-" | ":") || passage.cues().sums.changes.apposing.has(&t.lower);
    let Some(border) = tokens[..start].iter().rposition(opens) else { return false };
    let lead = &tokens[border + 1..start];
    let plain = lead.iter().zip(border + 1..).all(|(t, at)| {
        let lemma = &passage.sentence().lemmas[at];
        matches!(t.upos, Upos::DET | Upos::ADV | Upos::ADP | Upos::ADJ) || cues.rise.has(lemma) || cues.fall.has(lemma)
    });
    let quantity = change.quantity();
    let relative = matches!(quantity.kind, Kind::Ratio | Kind::PercentagePoints);
    // "From 3.5% to 2%, with a half-point cut expected": one step of several.
    let step = lead.first().is_some_and(|t| passage.cues().sums.changes.aside.has(&t.lower));
    plain
        && !step
        && lead.len() <= 5
        && quantity.single().is_some()
        && (way(passage, change).is_some() || change.figure.form.factor && relative)
}

/// The word of change beside a figure: "rose 15%", "a 40 percent drop", "up by 22", "an increase of 18".
fn way(passage: &Passage<'_>, claim: &Claim) -> Option<Way> {
    let (tokens, lemmas, cues) = (passage.tokens(), &passage.sentence().lemmas, &passage.cues().relations);
    let named = |at: usize| {
        if cues.rise.has(&lemmas[at]) {
            Some(Way::Up)
        } else if cues.fall.has(&lemmas[at]) {
            Some(Way::Down)
        } else {
            None
        }
    };
    if claim.figure.form.change {
        let value = claim.quantity().single()?;
        return Some(if value < Number::ONE { Way::Down } else { Way::Up });
    }
    let start = claim.figure.tokens.start;
    // "Raised its rate by half a point": "by" leads back to the verb over its object.
    let by = start.checked_sub(1).is_some_and(|at| passage.cues().sums.changes.by.has(&tokens[at].lower));
    for at in (start.saturating_sub(if by { 6 } else { 4 })..start).rev() {
        if let Some(way) = named(at) {
            return Some(way);
        }
        let object = by && (tokens[at].is_noun() || tokens[at].upos == Upos::PRON);
        let passes = object || matches!(tokens[at].upos, Upos::ADP | Upos::DET | Upos::ADV | Upos::ADJ | Upos::PART);
        if !passes {
            break;
        }
    }
    let end = claim.figure.tokens.end;
    (end..(end + 3).min(tokens.len()))
        .take_while(|&at| tokens[at].upos != Upos::PUNCT && !passage.cues().sums.changes.of.has(&tokens[at].lower))
        .find_map(named)
}

fn compare(passage: &Passage<'_>, old: &Value<'_>, new: &Value<'_>, change: &Claim) -> Option<Conflict> {
    let (from, to) = (base(&old.quantity)?, base(&new.quantity)?);
    if !measurable(&old.quantity) || from <= Number::ZERO || to.is_negative() {
        return None;
    }
    let shares = matches!(old.quantity.kind, Kind::Ratio);
    let changes = &passage.cues().sums.changes;
    // "Half a point" of a rate, "six points" of a share.
    let pointed = shares
        && matches!(change.quantity().kind, Kind::Ratio | Kind::Count)
        && change.noun.as_ref().is_some_and(|n| changes.points.has(n));
    let halved = pointed && change.quantity().kind == Kind::Ratio;
    let points = pointed.then(|| {
        let quantity = change.quantity();
        let step = if halved { Number::ZERO } else { quantity.step };
        Quantity { kind: Kind::PercentagePoints, step, ..quantity.clone() }
    });
    let quantity = points.as_ref().unwrap_or(change.quantity());
    // Who writes "half a point, from 4% to 5%" gives the two to the half at least.
    let step = if halved {
        let half = change.quantity().single()?;
        Some(half.min(old.quantity.step).min(new.quantity.step))
    } else {
        common_step(passage, old, new)
    };
    let (before, after) = (old.values(step), new.values(step));
    let way = way(passage, change);
    let real = after.over(&before);
    let (a, b, c) = (passage.text(old.claim), passage.text(new.claim), passage.text(change));
    let pair = if std::ptr::eq(old.claim, new.claim) { a.to_owned() } else { format!("{a} to {b}") };
    let actual = to / from;
    let mut note = None;
    let message = if quantity.kind == Kind::PercentagePoints && shares {
        let points = if way == Some(Way::Down) { before.minus(&after) } else { after.minus(&before) };
        let stated = quantity.allowed().scale(Number::ratio(1, 100));
        if points.meets(&stated) {
            return None;
        }
        let named = if pointed { passage.article.phrase(change) } else { c };
        format!("{pair} is {}, not {named}", points_between(from, to))
    } else if quantity.kind == Kind::Ratio && (change.figure.form.factor || change.figure.form.change) {
        let stated = match (quantity.bound, quantity.single()?) {
            (Bound::Exact | Bound::About, f) => Interval::exactly(f).times(&passage.tolerances.around("factor")),
            _ => quantity.stated,
        };
        if real.meets(&stated) {
            return None;
        }
        let factor = actual.significant(2);
        format!("{pair} is {factor} times as much, not \"{c}\"")
    } else if quantity.kind == Kind::Ratio {
        let way = way?;
        let moved = match way {
            Way::Up => real.plus(&Interval::exactly(-Number::ONE)),
            Way::Down => Interval::exactly(Number::ONE).minus(&real),
        };
        let stated = share_values(change, passage.tolerances.get("fraction"));
        // "From 5% to 6%, a rise of 1%": rounding may explain it, but the points are what was meant.
        let points_stated = (to - from).abs() == quantity.to_base(&Interval::exactly(quantity.single()?)).low?.value;
        let meant = shares && points_stated && !stated.contains((actual - Number::ONE).abs());
        if moved.meets(&stated) && !meant {
            return None;
        }
        let points = if way == Way::Up { after.minus(&before) } else { before.minus(&after) };
        if shares && points.meets(&stated) {
            note = Some("from one percentage to another the difference is in percentage points".to_owned());
            format!(
                "{pair} is {}, or {}, not {c}",
                points_between(from, to),
                wording::percent((actual - Number::ONE).abs())
            )
        } else {
            let kind = if actual >= Number::ONE { "rise" } else { "fall" };
            format!("{pair} is a {kind} of {}, not {c}", wording::percent((actual - Number::ONE).abs()))
        }
    } else {
        if quantity.dimension() != old.quantity.dimension() || shares {
            return None;
        }
        let moved = match way? {
            Way::Up => after.minus(&before),
            Way::Down => before.minus(&after),
        };
        if moved.meets(&quantity.to_base(&quantity.allowed())) {
            return None;
        }
        let kind = if to >= from { "increase" } else { "decrease" };
        format!("{pair} is {kind} of {}, not {c}", wording::with_value(c, quantity, (to - from).abs())).replacen(
            " is ",
            if kind == "increase" { " is an " } else { " is a " },
            1,
        )
    };
    let mut marks = vec![Mark::new(change, "the change")];
    if std::ptr::eq(old.claim, new.claim) {
        marks.push(Mark::new(old.claim, "from and to"));
    } else {
        marks.push(Mark::new(old.claim, "from"));
        marks.push(Mark::new(new.claim, "to"));
    }
    Some(Conflict { marks, message, note })
}

/// The difference of two shares in words.
fn points_between(from: Number, to: Number) -> String {
    let points = ((to - from).abs() * Number::from(100)).significant(3);
    format!("{points} percentage point{}", if points == Number::ONE { "" } else { "s" })
}

/// The precision that start and end share: beside £1.20, £1 is given to the penny, and 300,000 beside 330,000 to ten
/// thousands. "23.8 billion" beside "22.04 billion" is rounded as it is written.
fn common_step(passage: &Passage<'_>, old: &Value<'_>, new: &Value<'_>) -> Option<Number> {
    let (coarse, fine) = if old.quantity.step > new.quantity.step { (old, new) } else { (new, old) };
    let (coarser, finer) = (coarse.quantity.step, fine.quantity.step);
    let numeral = |v: &Value<'_>| passage.tokens().get(v.claim.figure.number.clone()).unwrap_or_default();
    let decimals = |v: &Value<'_>| numeral(v).iter().any(|t| t.lower.contains('.'));
    let digits = |t: &Token| t.lower.chars().all(|c| c.is_ascii_digit() || c == ',');
    let whole = |v: &Value<'_>| numeral(v).iter().all(digits);
    // Small whole numbers are given to the unit.
    let most = passage.tolerances.get("to_the_unit");
    let small = |v: &Value<'_>| whole(v) && v.quantity.single().is_some_and(|n| n <= most);
    if small(old) && small(new) && old.quantity.unit == new.quantity.unit && old.quantity.kind != Kind::Count {
        return Some(Number::ONE);
    }
    let noughts = whole(old) && whole(new) && coarser <= finer * Number::from(10);
    let exact = old.quantity.bound == Bound::Exact && new.quantity.bound == Bound::Exact;
    let near = noughts || decimals(fine) && !decimals(coarse);
    let one_unit = old.quantity.unit == new.quantity.unit && old.quantity.kind != Kind::Count;
    (one_unit && exact && near && !finer.is_zero()).then_some(finer)
}

/// A quantity's one number, in its dimension's base unit.
fn base(quantity: &Quantity) -> Option<Number> {
    let interval = quantity.to_base(&Interval::exactly(quantity.single()?));
    interval.low.map(|e| e.value)
}
