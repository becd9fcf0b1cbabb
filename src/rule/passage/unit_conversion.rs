//! Two units for one quantity that disagree beyond rounding.

use crate::claim::Claim;
use crate::claim::cues::ConversionCues;
use crate::quantity::{Bound, Interval, Kind, Number, Quantity};
use crate::rule::{Conflict, Mark, Passage, time, wording};
use crate::text::{Token, Upos};

/// Compares each measure with the conversion right behind it: in brackets, after a dash, a comma or "or".
pub fn check(passage: &Passage<'_>) -> Vec<Conflict> {
    let claims = passage.claims();
    let mut found = Vec::new();
    for (i, first) in claims.iter().enumerate() {
        if let Some(conflict) = dashed(passage, first).or_else(|| fuel(passage, &claims[i..])) {
            found.push(conflict);
            continue;
        }
        // "3,000 barrels (126,000 gallons, or 477,000 litres)": every conversion is held against the first measure.
        let mut last = first;
        for at in i + 1..claims.len().min(i + 4) {
            let other = &claims[at];
            if let Some((low, high)) = paired(passage, first, other, claims.get(at + 1)) {
                let both = together(low, high);
                if measured(first.quantity(), &both) && !agree(passage, first, &both) {
                    found.push(conflict(passage, first, high, &both));
                }
                break;
            }
            if !joined(passage, last, other) {
                break;
            }
            if measured(first.quantity(), other.quantity()) && !agree(passage, first, other.quantity()) {
                found.push(conflict(passage, first, other, other.quantity()));
            }
            last = other;
        }
    }
    found
}

fn cues<'a>(passage: &Passage<'a>) -> &'a ConversionCues {
    &passage.cues().sums.conversions
}

/// Whether the second figure stands where a conversion of the first does.
fn joined(passage: &Passage<'_>, first: &Claim, second: &Claim) -> bool {
    let (known, cues) = (&passage.cues().relations, cues(passage));
    let between = passage.between(first, second);
    let after = passage.tokens().get(second.figure.tokens.end);
    let closes = after.is_none_or(|t| known.conversion_end.has(&t.lower));
    let bracketed = |tokens: &[Token]| tokens.first().is_some_and(|t| matches!(&*t.lower, "(" | "["));
    if known.conversion.is(between) {
        // "37 inches, or a foot above last year's": an article is no measured number.
        return !second.figure.form.article && (closes || !bracketed(between));
    }
    let loosely = matches!(second.quantity().bound, Bound::About | Bound::Nearly | Bound::MoreThan | Bound::LessThan);
    if cues.loose.is(between) {
        let stops = after.is_none_or(|t| matches!(&*t.lower, "," | "." | ";" | ")"));
        return loosely && stops && !metric(first.quantity(), second.quantity());
    }
    // "320 sq km of moss (124 sq miles)", "2,400m high, or 7,900ft": a few words that say what is measured.
    let words = between.iter().take(5).position(|t| matches!(&*t.lower, "(" | "," | "-"));
    let Some((words, rest)) = words.map(|at| between.split_at(at)) else { return false };
    let bracket = bracketed(rest);
    let described = words.iter().all(|t| bracket && t.is_noun() || cues.dimensions.has(&t.lower));
    let stops = closes || loosely || after.is_some_and(|t| t.upos == Upos::PUNCT);
    let sure = if bracket { after.is_some_and(|t| t.lower == ")") } else { stops };
    !words.is_empty() && described && cues.stated.is(rest) && sure && !second.figure.form.article
}

/// "Between 10 and 15 miles (16 and 24 km)": both numbers of a bracket, the first without its unit.
fn paired<'a>(
    passage: &Passage<'_>,
    first: &Claim,
    low: &'a Claim,
    high: Option<&'a Claim>,
) -> Option<(&'a Claim, &'a Claim)> {
    let high = high?;
    let bracket = passage.between(first, low);
    let opens = bracket.len() == 1 && bracket[0].lower == "(";
    let bare = low.quantity().kind == Kind::Count && low.figure.form.bare;
    let pairs = passage.between(low, high);
    let joined = pairs.len() == 1 && cues(passage).pairing.has(&pairs[0].lower);
    let closes = passage.tokens().get(high.figure.tokens.end).is_some_and(|t| t.lower == ")");
    let two =
        first.quantity().numbers.len() == 2 && high.quantity().single().is_some() && low.quantity().single().is_some();
    (opens && bare && joined && closes && two).then_some((low, high))
}

/// Two figures as one with two numbers, in the unit of the second.
fn together(low: &Claim, high: &Claim) -> Quantity {
    let numbers = low.quantity().numbers.iter().chain(&high.quantity().numbers).copied().collect();
    Quantity {
        numbers,
        bound: Bound::Range,
        step: low.quantity().step.min(high.quantity().step),
        ..high.quantity().clone()
    }
}

/// Whether both are measures of one dimension in different units.
fn measured(a: &Quantity, b: &Quantity) -> bool {
    let is = |q: &Quantity| {
        !matches!(
            q.kind,
            Kind::Count | Kind::Money | Kind::Ratio | Kind::PercentagePoints | Kind::Duration | Kind::Age | Kind::Date
        ) && !q.numbers.is_empty()
            && q.unit.is_some()
    };
    let one_dimension = a.dimension() == b.dimension() && code(a) != code(b);
    is(a) && is(b) && a.numbers.len() == b.numbers.len() && one_dimension && !restated(a, b)
}

/// Whether only the time differs that a rate is per, "12 a day, or 60 a week": the rule `rate` knows that a week may have
/// five days.
fn restated(a: &Quantity, b: &Quantity) -> bool {
    a.kind == Kind::Rate && b.kind == Kind::Rate && code(a).0 == code(b).0
}

fn code(quantity: &Quantity) -> (Option<&str>, Option<&str>) {
    (quantity.unit.as_ref().map(|u| &*u.code), quantity.per.as_ref().map(|u| &*u.code))
}

/// Whether one unit is so many tens of the other: 800 m and 1.2 km are measures of one system, and no conversion.
fn metric(a: &Quantity, b: &Quantity) -> bool {
    let factor = |q: &Quantity| q.unit.as_ref().map_or(Number::ONE, |u| u.factor);
    let ratio = factor(a) / factor(b);
    ratio.magnitude().is_some_and(|m| ratio == Number::power_of_ten(m))
}

/// Whether every number of one, rounded as it is written, is the other's.
fn agree(passage: &Passage<'_>, first: &Claim, second: &Quantity) -> bool {
    readings(passage, first, second).iter().any(|a| meet(a, second))
}

fn meet(a: &Quantity, b: &Quantity) -> bool {
    let differs = a.difference || b.difference;
    let readings: &[bool] = if a.kind == Kind::Temperature && !differs { &[false, true] } else { &[differs] };
    readings.iter().any(|&difference| {
        let (a, b) = (Quantity { difference, ..a.clone() }, Quantity { difference, ..b.clone() });
        a.numbers.iter().zip(&b.numbers).all(|(&x, &y)| {
            let (x, y) = (a.to_base(&a.rounded(x)), b.to_base(&b.rounded(y)));
            x.meets(&y)
        })
    })
}

/// What a measure may be: a gallon is another in Britain, unless the words say whose it is. Either side may be in such a
/// unit; it is the ratio that counts.
fn readings(passage: &Passage<'_>, first: &Claim, second: &Quantity) -> Vec<Quantity> {
    let a = first.quantity();
    let mut all = vec![a.clone()];
    let end = first.figure.tokens.end;
    let near = passage.tokens().get(first.figure.tokens.start..(end + 1).min(passage.tokens().len()));
    if near.is_some_and(|tokens| tokens.iter().any(|t| cues(passage).american.has(&t.lower))) {
        return all;
    }
    let larger = |code: Option<&str>| code.and_then(|code| cues(passage).larger_elsewhere.get(code)).map(|n| n.0);
    let ((of, per), (other, _)) = (code(a), code(second));
    let scaled = |by: Number| {
        let numbers = a.numbers.iter().map(|&n| n * by).collect();
        Quantity { numbers, step: a.step * by, ..a.clone() }
    };
    all.extend(larger(of).map(scaled));
    all.extend(larger(per).map(|by| scaled(Number::ONE / by)));
    all.extend(larger(other).map(|by| scaled(Number::ONE / by)));
    all
}

/// "10 miles - 26 kilometres -": a conversion between dashes, which reads as a range of two units.
fn dashed(passage: &Passage<'_>, claim: &Claim) -> Option<Conflict> {
    let quantity = claim.quantity();
    let &[from, to] = &quantity.numbers[..] else { return None };
    let tokens = passage.tokens().get(claim.figure.tokens.clone())?;
    let dash = tokens.iter().position(|t| t.lower == "-" && t.spaced)?;
    let unit = |tokens: &[Token]| -> String {
        let words = tokens.iter().skip_while(|t| !t.lower.starts_with(|c: char| c.is_ascii_digit())).skip(1);
        words.map(|t| &*t.lower).collect::<Vec<_>>().join(" ")
    };
    let (first, second) = (unit(&tokens[..dash]), unit(&tokens[dash + 1..]));
    let digits = tokens[..dash].iter().map(|t| t.lower.replace(',', ""));
    let (digits, written) = digits.filter_map(|d| Some((Number::parse_decimal(&d)?, d))).map(|(n, d)| (d, n)).next()?;
    if first.is_empty() || second.is_empty() || first == second || written.is_zero() || from.is_zero() {
        return None;
    }
    let factor = from / written;
    if factor.magnitude().is_some_and(|m| factor == Number::power_of_ten(m)) {
        return None;
    }
    // The first number has the precision that it was written with, in its own unit.
    let places = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let noughts = digits.len() - digits.trim_end_matches('0').len();
    let exponent = if places > 0 { -i32::try_from(places).ok()? } else { i32::try_from(noughts).ok()? };
    let low = Quantity { numbers: vec![from], step: Number::power_of_ten(exponent) * factor, ..quantity.clone() };
    let high = Quantity { numbers: vec![to], ..quantity.clone() };
    let loosest = (from / Number::from(10)).max(factor * Number::power_of_ten(exponent.min(0)));
    if Interval::rounded(from, low.step.min(loosest)).meets(&high.rounded(to)) {
        return None;
    }
    let text = passage.text(claim);
    let split = text.char_indices().find(|(i, c)| *i > 0 && matches!(c, '-' | '–' | '—'))?.0;
    let (one, other) = (text[..split].trim(), text[split..].trim_start_matches(['-', '–', '—', ' ']));
    let right = wording::with_value(other, &high, from);
    let note = slip(passage, &low, &high);
    let marks = vec![Mark::new(claim, format!("{right} would be right"))];
    Some(Conflict { marks, message: format!("{one} is {right}, not {other}"), note })
}

/// "40 mpg (7.1 l/100km)": the more of the one, the less of the other.
fn fuel(passage: &Passage<'_>, claims: &[Claim]) -> Option<Conflict> {
    let [economy, litres, distance, ..] = claims else { return None };
    let economical = economy.quantity().dimension() == "length/volume" && economy.quantity().single().is_some();
    let per =
        distance.quantity().kind == Kind::Length && cues(passage).consumption.is(passage.between(litres, distance));
    let lead = passage.between(economy, litres);
    let bracket = lead.iter().position(|t| matches!(&*t.lower, "(" | "," | "-"))?;
    let described = lead[..bracket].iter().all(|t| cues(passage).american.has(&t.lower) || t.is_noun());
    let opens = lead.len() <= 3 && described && cues(passage).stated.is(&lead[bracket..]);
    let spending = matches!(litres.quantity().kind, Kind::Count | Kind::Rate);
    if !economical || !per || !opens || !spending {
        return None;
    }
    let way = distance.quantity().to_base(&Interval::exactly(distance.quantity().single()?));
    let used = litres.quantity();
    let half = used.step / Number::from(2);
    let spent = Interval::closed(used.single()? - half, used.single()? + half);
    let stated = way.over(&spent);
    let readings = readings(passage, economy, economy.quantity());
    if readings.iter().any(|q| q.single().is_some_and(|n| q.to_base(&q.rounded(n)).meets(&stated))) {
        return None;
    }
    let consumption = |q: &Quantity| {
        let base = q.to_base(&Interval::exactly(q.single()?));
        wording::middle(&way.over(&base)).map(|n| n.round_to(used.step.min(Number::ratio(1, 10))))
    };
    let right: Vec<String> = readings.iter().filter_map(|q| Some(consumption(q)?.to_string())).collect();
    let unit = time::text(passage.article, passage.sentence(), litres.figure.number.end..distance.figure.tokens.end);
    let stated = used.single()?;
    let message = format!("{} is {} {unit}, not {stated}", passage.text(economy), right.join(" or "));
    let marks = vec![Mark::new(economy, "this"), Mark::new(litres, format!("{} would be right", right.join(" or ")))];
    let elsewhere = right.len() > 1;
    let note = elsewhere.then(|| "a British gallon is a fifth larger than an American one".to_owned());
    Some(Conflict { marks, message, note })
}

fn conflict(passage: &Passage<'_>, first: &Claim, second: &Claim, other: &Quantity) -> Conflict {
    let difference = first.quantity().difference || other.difference;
    let (a, b) = (Quantity { difference, ..first.quantity().clone() }, Quantity { difference, ..other.clone() });
    let converted = |value: Number| wording::middle(&b.from_base(&a.to_base(&Interval::exactly(value))));
    let first_text = wording::inside(passage.text(first));
    let second_text = passage.text(second);
    let values: Vec<Number> = a.numbers.iter().filter_map(|&n| converted(n)).collect();
    let right = match values[..] {
        [value] if !value.is_negative() => wording::with_value(second_text, &b, value),
        _ => {
            let ends: Vec<String> = values.iter().map(|v| v.significant(3).to_string()).collect();
            let name = b.unit.as_ref().map_or("", |u| &u.name);
            let tail = second_text.rsplit(|c: char| c.is_ascii_digit()).next().unwrap_or_default().trim();
            format!("{} {}", ends.join(" to "), if tail.is_empty() { name } else { tail })
        }
    };
    let fix = (values.len() == 1).then(|| in_place(passage, second, &right)).flatten();
    Conflict {
        marks: vec![Mark::new(first, "this"), Mark::new(second, format!("{right} would be right")).with_fix(fix)],
        message: format!("{first_text} is {right}, not {second_text}"),
        note: slip(passage, &a, &b),
    }
}

/// The right figure as it can stand in the copy: with the words before the number, "about". None where the figure is
/// written in words, or has markup in it.
fn in_place(passage: &Passage<'_>, claim: &Claim, right: &str) -> Option<String> {
    let text = passage.text(claim);
    let number = text.find(|c: char| c.is_ascii_digit())?;
    let begins = right.starts_with(|c: char| c.is_ascii_digit());
    (begins && passage.article.text(claim) == text).then(|| format!("{}{right}", &text[..number]))
}

/// What may have happened: the likely slip that makes one figure of the other.
fn slip(passage: &Passage<'_>, a: &Quantity, b: &Quantity) -> Option<String> {
    let all = |a: &Quantity, b: &Quantity, f: &dyn Fn(Number, Number) -> bool| {
        a.numbers.len() == b.numbers.len() && a.numbers.iter().zip(&b.numbers).all(|(&x, &y)| f(x, y))
    };
    let near =
        |a: &Quantity, b: &Quantity| all(a, b, &|x, y| a.to_base(&a.rounded(x)).meets(&b.to_base(&b.rounded(y))));
    if a.kind == Kind::Temperature && a.difference {
        let reading = |q: &Quantity| Quantity { difference: false, ..q.clone() };
        let taken = near(&reading(a), &reading(b));
        let slip = if taken { "as a reading it would be right, but " } else { "" };
        return Some(format!("{slip}a difference in temperature is converted without the offset of 32"));
    }
    if a.kind == Kind::Temperature {
        return None;
    }
    for places in [1, -1, 2, -2, 3, -3] {
        let scale = Number::power_of_ten(places);
        let moved =
            Quantity { numbers: b.numbers.iter().map(|&n| n * scale).collect(), step: b.step * scale, ..b.clone() };
        if near(a, &moved) {
            let by = match places.abs() {
                1 => "a place".to_owned(),
                count => format!("{count} places"),
            };
            return Some(format!("the decimal point may have slipped {by}"));
        }
    }
    let swapped =
        |q: &Quantity, unit: &Quantity| Quantity { unit: unit.unit.clone(), per: unit.per.clone(), ..q.clone() };
    if near(&swapped(a, b), &swapped(b, a)) {
        return Some("the units may be the wrong way round".to_owned());
    }
    let units = cues(passage).mistaken.get(&*a.dimension())?;
    let name = units.iter().find(|(_, factor)| {
        let own = |q: &Quantity| q.unit.as_ref().is_some_and(|u| u.factor == factor.0);
        let as_unit = |x: Number| b.rounded(x).map(|v| v * factor.0);
        !own(a) && !own(b) && all(a, b, &|x, y| a.to_base(&a.rounded(x)).meets(&as_unit(y)))
    });
    name.map(|(name, _)| format!("it would be right in {name}"))
}
