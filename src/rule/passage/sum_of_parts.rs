//! The parts of a whole breakdown that don't add to its total.

use compact_str::CompactString;

use crate::claim::Claim;
use crate::quantity::{Kind, Number};
use crate::rule::adding::{Part, Sum, additive};
use crate::rule::{Conflict, Passage, adding};
use crate::text::{Token, Upos};

/// Adds up breakdowns that say they are whole: after a colon, a dash or "made up of", in brackets, "of the 140 ..., and the
/// remaining 27", "seven women and four men, 12 in all", the votes of a chamber, and tables with a row of totals.
pub fn check(passage: &Passage<'_>) -> Vec<Conflict> {
    let found = breakdown(passage)
        .or_else(|| remainder(passage))
        .or_else(|| in_all(passage))
        .or_else(|| votes(passage))
        .or_else(|| results(passage))
        .or_else(|| members(passage))
        .or_else(|| seats(passage))
        .and_then(|sum| sum.compare(passage));
    let mut found: Vec<Conflict> = found.into_iter().collect();
    found.extend(adding::table::check(passage));
    found
}

/// "22 people: nine in Leeds, six in Bradford and seven in Hull", "a jury of 12, made up of six men and five women",
/// "12 medals - five gold, four silver and two bronze", "44 people, 40 passengers and three crew".
fn breakdown<'a>(passage: &Passage<'a>) -> Option<Sum<'a>> {
    let (tokens, claims) = (passage.tokens(), passage.claims());
    (1..tokens.len()).find_map(|at| {
        let list = opener(passage, at)?;
        if !claims.iter().any(|c| c.figure.tokens.end <= at) {
            return None;
        }
        // "split into three stages: 96 miles ...": the list proper begins at the colon.
        let list = tokens[list..].iter().take(4).position(|t| t.lower == ":").map_or(list, |colon| list + colon + 1);
        let (parts, end) = items(passage, list)?;
        let first = parts.iter().find_map(Part::claim)?;
        let before = claims.iter().rev().filter(|c| c.figure.tokens.end <= at);
        let fits =
            |c: &&Claim| c.quantity().dimension() == first.quantity().dimension() && c.quantity().single().is_some();
        let total = match tokens[at].lower.as_str() {
            // In brackets, behind a dash or a comma the total is the figure right before.
            "(" | "-" | "," => before.take(1).find(fits).filter(|t| close(passage, t, at, end, &parts))?,
            _ => before.clone().find(fits).or_else(|| before.clone().next().filter(|t| takes_unit(t, first)))?,
        };
        (!number_of_parts(total, parts.len())).then_some(Sum { total, parts, counted: false })
    })
}

/// Where a list begins that this token opens.
fn opener(passage: &Passage<'_>, at: usize) -> Option<usize> {
    let tokens = passage.tokens();
    match tokens[at].lower.as_str() {
        ":" | "(" | "," => Some(at + 1),
        "-" => tokens[at].spaced.then_some(at + 1),
        _ => passage.cues().relations.breakdown.at(tokens, at).map(|n| at + n),
    }
}

/// Whether a list in brackets, behind a dash or behind a comma breaks down the figure before it: it runs to the second
/// mark, and its items are persons where the total is of people, or kinds of what it counts.
fn close(passage: &Passage<'_>, total: &Claim, at: usize, end: usize, parts: &[Part<'_>]) -> bool {
    let (tokens, cues) = (passage.tokens(), &passage.cues().sums.parts);
    let gap = tokens.get(total.phrase.end.max(total.figure.tokens.end)..at).unwrap_or_default();
    let start = total.figure.tokens.start;
    let summed = tokens[start.saturating_sub(3)..start].iter().any(|t| cues.total.has(&t.lower));
    if summed && tokens[at].lower == "," && gap.len() <= 4 && alike(passage, parts) {
        return true;
    }
    if gap.len() > 4 || gap.iter().any(|t| t.is_verb() || t.lower == ",") {
        return false;
    }
    let stops = tokens.get(end).is_none_or(|t| match tokens[at].lower.as_str() {
        "(" => t.lower == ")",
        _ => matches!(&*t.lower, "." | ";" | "-"),
    });
    let classes = &passage.cues().classes;
    let person = |noun: &str| classes.same_thing(noun, &cues.person) || cues.persons.has(noun);
    let generic = total.noun.as_deref().is_some_and(|n| cues.generic.has(n));
    let nouns = || parts.iter().filter_map(Part::claim).map(|c| c.noun.as_deref());
    let persons = nouns().all(|n| n.is_some_and(|n| person(n) && !cues.generic.has(n)));
    if tokens[at].lower == "," {
        // "44 people, 40 passengers and three crew": in a row of commas only a word for all persons is a total.
        return stops && generic && persons;
    }
    let kinds = nouns().all(|n| n.is_none_or(|n| Some(n) != total.noun.as_deref()));
    stops && (kinds || persons)
}

/// Whether all parts are bare numbers before one preposition: "nine on Friday, eight on Saturday and six on Sunday".
fn alike(passage: &Passage<'_>, parts: &[Part<'_>]) -> bool {
    let behind = |c: &Claim| passage.tokens().get(c.figure.tokens.end).filter(|t| t.upos == Upos::ADP);
    let mut prepositions = parts.iter().map(|p| p.claim().and_then(behind).map(|t| &t.lower));
    let first = prepositions.next().flatten();
    first.is_some() && parts.len() > 2 && prepositions.all(|p| p == first)
}

/// "10 hours: six by train, two by bus": the parts are bare numbers of the total's unit.
fn takes_unit(total: &Claim, first: &Claim) -> bool {
    let unit = total.quantity().unit.is_some() && additive(total.quantity());
    unit && first.quantity().kind == Kind::Count && (first.figure.form.bare || first.figure.form.words)
}

/// Whether a total is only the number of the things listed: "three stages".
fn number_of_parts(total: &Claim, parts: usize) -> bool {
    total.quantity().unit.is_none() && total.quantity().single() == i64::try_from(parts).ok().map(Number::from)
}

/// The items of a list that runs to the end of its clause, each opened by its figure, and the token behind the list.
fn items<'a>(passage: &Passage<'a>, start: usize) -> Option<(Vec<Part<'a>>, usize)> {
    let (tokens, claims) = (passage.tokens(), passage.claims());
    let (cues, words) = (&passage.cues().relations, &passage.cues().sums.parts);
    let mut parts = Vec::new();
    let mut at = start;
    loop {
        // Words that may stand before an item's figure: "and", "a final", "the remaining".
        let mut begin = at;
        while tokens
            .get(begin)
            .is_some_and(|t| cues.list_and.has(&t.lower) || cues.definite.has(&t.lower) || cues.rest.has(&t.lower))
        {
            begin += 1;
        }
        let article = tokens.get(begin).is_some_and(|t| cues.articles.has(&t.lower));
        let figure = claims.iter().find(|c| {
            let at = c.figure.tokens.start;
            at == begin
                || article && at > begin && at <= begin + 2 && tokens[begin + 1..at].iter().all(|t| !t.is_noun())
        });
        let mut end = if let Some(claim) = figure {
            // "12 with a view and 20 with a balcony": some may have both.
            if tokens.get(claim.figure.tokens.end).is_some_and(|t| words.overlapping.has(&t.lower)) {
                return None;
            }
            parts.push(Part::Figure(claim));
            claim.figure.tokens.end
        } else if tokens.get(begin).is_some_and(|t| words.one.has(&t.lower))
            || article && tokens.get(begin + 1..begin + 4).is_some_and(|rest| rest.iter().any(Token::is_noun))
        {
            parts.push(Part::One);
            begin + 1
        } else {
            return None;
        };
        // The item goes on to the next comma or "and" that a figure follows.
        let last = tokens.get(at.saturating_sub(1)).is_some_and(|t| cues.list_and.has(&t.lower))
            || tokens.get(at).is_some_and(|t| cues.list_and.has(&t.lower));
        let mut depth = 0_i32;
        let next = loop {
            match tokens.get(end) {
                None => break None,
                Some(t) if matches!(&*t.lower, "." | "?" | "!") || t.lower == "-" && t.spaced => break None,
                Some(t) if t.lower == ")" && depth == 0 => break None,
                Some(t) if matches!(&*t.lower, "," | ";") || cues.list_and.has(&t.lower) => break Some(end + 1),
                Some(t) => {
                    depth += i32::from(t.lower == "(") - i32::from(t.lower == ")");
                    end += 1;
                }
            }
        };
        match next {
            // After its "and" a list is whole, unless another figure follows on its heels.
            Some(next) if last => {
                let goes_on = claims.iter().any(|c| (next..next + 3).contains(&c.figure.tokens.start));
                return (!goes_on && parts.len() >= 2).then_some((parts, end));
            }
            Some(next) => at = next,
            None => return (parts.len() >= 2).then_some((parts, end)),
        }
    }
}

/// "Of the 140 eggs, 92 hatched, 31 proved infertile and the remaining 27 were lost", "90 hectares, of which 50 are
/// woodland, 30 pasture and the other 10 marsh".
fn remainder<'a>(passage: &Passage<'a>) -> Option<Sum<'a>> {
    let (tokens, claims) = (passage.tokens(), passage.claims());
    let (cues, words) = (&passage.cues().relations, &passage.cues().sums.parts);
    let (total, parts) = claims.split_first()?;
    let leads = words.of.at(tokens, 0).is_some() && total.figure.tokens.start <= 4;
    let first = parts.first()?;
    let behind = tokens.get(total.figure.tokens.end..first.figure.tokens.start)?;
    let which = (0..behind.len()).any(|at| {
        words.of.at(behind, at).is_some_and(|n| behind.get(at + n).is_some_and(|t| words.relatives.has(&t.lower)))
    });
    let dimension = total.quantity().dimension();
    let fits = |c: &Claim| c.quantity().dimension() == dimension || takes_unit(total, c);
    let same =
        parts.len() >= 2 && parts.iter().all(|c| fits(c) && c.pronoun.is_none_or(|at| at < c.figure.tokens.start));
    let last = parts.last()?;
    let closes =
        (last.figure.tokens.start.saturating_sub(2)..last.figure.tokens.start).any(|i| cues.rest.has(&tokens[i].lower));
    ((leads || which) && same && closes).then(|| Sum {
        total,
        parts: parts.iter().map(Part::Figure).collect(),
        counted: false,
    })
}

/// "Five men and three women, nine people in all", "40, 35 and 28 people respectively, 113 in all".
fn in_all<'a>(passage: &Passage<'a>) -> Option<Sum<'a>> {
    let (tokens, claims) = (passage.tokens(), passage.claims());
    let cues = &passage.cues().sums;
    let after = |c: &Claim| {
        let end = c.figure.tokens.end;
        let noun = usize::from(tokens.get(end).is_some_and(Token::is_noun));
        cues.parts.in_all.at(tokens, end).or_else(|| cues.parts.in_all.at(tokens, end + noun)).is_some()
            || cues.parts.total_of.before(tokens, c.figure.tokens.start).is_some()
    };
    let at = claims.iter().position(|c| after(c) && additive(c.quantity()))?;
    let (before, total) = (&claims[..at], &claims[at]);
    let dimension = total.quantity().dimension();
    let mut parts: Vec<&Claim> = Vec::new();
    let mut next = total;
    for claim in before.iter().rev() {
        let between = passage.between(claim, next);
        let joined = between.iter().any(|t| t.lower == "," || passage.cues().relations.list_and.has(&t.lower));
        let parts_clause =
            between.iter().any(|t| matches!(&*t.lower, ";" | ":" | "(") || !parts.is_empty() && t.is_verb());
        let plain = claim.quantity().dimension() == dimension && additive(claim.quantity());
        if !joined || parts_clause || !plain || between.len() > if parts.is_empty() { 8 } else { 5 } {
            break;
        }
        parts.push(claim);
        next = claim;
    }
    parts.reverse();
    // "Two cars with four people each, eight in all".
    let product = parts.iter().filter_map(|c| c.quantity().single()).fold(Number::ONE, |a, b| a * b);
    let each = tokens.iter().any(|t| cues.rates.each_word.has(&t.lower));
    // Amounts of money are one another's like as they stand; of counts all but one name what they count.
    let named = |c: &&&Claim| c.head.is_some() || c.quantity().kind == Kind::Money;
    let nouns = parts.iter().filter(named).count();
    let sure = parts.len() >= 2 && !each && Some(product) != total.quantity().single() && nouns + 1 >= parts.len();
    sure.then(|| Sum { total, parts: parts.into_iter().map(Part::Figure).collect(), counted: false })
}

/// "Of the 90 delegates, all of whom voted, 41 were for, 38 against and seven abstained": the votes of all who could vote.
/// Where nothing says that all did, some may have stayed away, and only more votes than voters are a mistake.
fn votes<'a>(passage: &Passage<'a>) -> Option<Sum<'a>> {
    let (tokens, claims) = (passage.tokens(), passage.claims());
    let (words, lemmas) = (&passage.cues().sums.parts, &passage.sentence().lemmas);
    let sentences = &passage.article.sentences;
    let around = passage.index..(passage.index + 2).min(sentences.len());
    let away = sentences[around.clone()].iter().flat_map(|s| &s.tokens).any(|t| words.away.has(&t.lower));
    let voting = lemmas.iter().any(|l| words.voting.has(l));
    if away || !voting {
        return None;
    }
    let count =
        |c: &&Claim| c.quantity().kind == Kind::Count && c.quantity().single().is_some() && additive(c.quantity());
    // The total is led by "of" or "out of", or all of them voted.
    let total = claims.iter().filter(count).find(|c| {
        let start = c.figure.tokens.start;
        let skipped = tokens[..start].iter().rev().take(2).take_while(|t| words.determiners.has(&t.lower)).count();
        let led = words.of.before(tokens, start - skipped).is_some() && skipped + 1 < 4;
        let all = tokens[..start].iter().rev().take(2).any(|t| words.all.has(&t.lower));
        led && (start <= 3 || words.out_of.before(tokens, start - skipped).is_some()) || all
    })?;
    let side = |c: &Claim| {
        let (start, end) = (c.figure.tokens.start, c.figure.tokens.end);
        let next = claims.iter().map(|o| o.figure.tokens.start).filter(|&s| s >= end).min().unwrap_or(tokens.len());
        let has = |range: std::ops::Range<usize>, set: &crate::claim::cues::Words| {
            tokens[range].iter().any(|t| set.has(&t.lower))
        };
        let behind = end..next.min(end + 5);
        if has(behind.clone(), &words.abstained) {
            Some(2)
        } else if has(behind.clone(), &words.against) || has(start.saturating_sub(1)..start, &words.against_before) {
            Some(1)
        } else if has(behind, &words.in_favour) {
            Some(0)
        } else {
            None
        }
    };
    let others: Vec<&Claim> = claims.iter().filter(count).filter(|c| !std::ptr::eq(*c, total)).collect();
    let sides: Vec<Option<usize>> = others.iter().map(|c| side(c)).collect();
    let each = (0..3).all(|s| sides.iter().filter(|x| **x == Some(s)).count() == 1);
    let before = total.figure.tokens.start;
    let everyone = tokens[..before].iter().rev().take(2).any(|t| words.all.has(&t.lower))
        || sentences[around].iter().any(|s| s.block == passage.sentence().block && words.everyone.within(&s.tokens));
    let sum = Sum { total, parts: others.into_iter().map(Part::Figure).collect(), counted: true };
    (sum.parts.len() == 3 && each && (everyone || sum.exceeds())).then_some(sum)
}

/// "Won 20 of its 38 games, lost ten and drew nine": results that cannot be more than the games played, though some games
/// may have had none.
fn results<'a>(passage: &Passage<'a>) -> Option<Sum<'a>> {
    let (claims, words) = (passage.claims(), &passage.cues().sums.parts);
    let game = |c: &Claim| c.noun.as_deref().is_some_and(|n| words.games.has(n));
    let count =
        |c: &&Claim| c.quantity().kind == Kind::Count && c.quantity().single().is_some() && !c.figure.form.attributive;
    let led = |c: &&Claim| {
        let before = &passage.tokens()[..c.figure.tokens.start];
        let skipped = before.iter().rev().take(2).take_while(|t| words.determiners.has(&t.lower)).count();
        words.of.before(passage.tokens(), c.figure.tokens.start - skipped).is_some()
    };
    let total = claims.iter().filter(count).find(|c| game(c) && led(c))?;
    // Each is the object of a verb of its own, and counts games or nothing that is named.
    let verb = |c: &Claim| c.verb.as_ref().and_then(|v| words.results.iter().position(|r| r == v));
    let parts: Vec<&Claim> =
        claims.iter().filter(count).filter(|c| !std::ptr::eq(*c, total) && (game(c) || c.noun.is_none())).collect();
    let others = claims.iter().filter(count).count() - 1;
    let mut verbs: Vec<usize> = parts.iter().filter_map(|c| verb(c)).collect();
    verbs.sort_unstable();
    verbs.dedup();
    let sum = Sum { total, parts: parts.into_iter().map(Part::Figure).collect(), counted: true };
    let each = verbs.len() == sum.parts.len() && sum.parts.len() >= 2 && others == sum.parts.len();
    (each && sum.exceeds()).then_some(sum)
}

/// "With 22 men and 17 women, the choir has 41 members": two kinds that make a whole, and the number of all. A verb but
/// those of having and being would make either of them something else.
fn members<'a>(passage: &Passage<'a>) -> Option<Sum<'a>> {
    let (tokens, lemmas, claims) = (passage.tokens(), &passage.sentence().lemmas, passage.claims());
    let (words, cues) = (&passage.cues().sums.parts, passage.cues());
    let [first, second, total] = claims else { return None };
    let people = |c: &&Claim| c.quantity().kind == Kind::Count && c.sure.noun && c.quantity().per.is_none();
    if !claims.iter().all(|c| people(&c)) {
        return None;
    }
    let (a, b, all) = (first.noun.as_ref()?, second.noun.as_ref()?, total.noun.as_deref()?);
    let pair = |w: &[CompactString; 2]| w[0] == *a && w[1] == *b || w[0] == *b && w[1] == *a;
    let joined = passage.between(first, second);
    let adjacent = joined.len() == 2 && cues.relations.list_and.has(&joined[1].lower);
    let whole = cues.classes.same_thing(all, &words.person) || words.persons.has(all) || words.respondents.has(all);
    if !adjacent || !whole || !cues.sums.shares.complements.iter().any(pair) {
        return None;
    }
    let (start, end) = (first.figure.tokens.start, total.figure.tokens.start);
    let having = |at: usize| !tokens[at].is_verb() || words.having.has(&lemmas[at]);
    let comma = tokens[second.figure.tokens.end..end].iter().any(|t| t.lower == ",");
    let lead = end.checked_sub(1)?;
    let owned = words.having.has(&lemmas[lead]) || matches!(tokens[lead].xpos, "PRP$" | "POS");
    let led = start > 0 && (words.having.has(&lemmas[start - 1]) || words.with.has(&tokens[start - 1].lower));
    (led && owned && comma && (0..end).all(having)).then(|| Sum {
        total,
        parts: vec![Part::Figure(first), Part::Figure(second)],
        counted: false,
    })
}

/// "Won 48, 45 and 30 seats respectively in the 120-seat parliament": parts that cannot be more than the whole, though
/// there may be others.
fn seats<'a>(passage: &Passage<'a>) -> Option<Sum<'a>> {
    let (tokens, lemmas, claims) = (passage.tokens(), &passage.sentence().lemmas, passage.claims());
    let words = &passage.cues().sums.parts;
    let total = claims.iter().find(|c| c.figure.form.attributive && c.quantity().kind == Kind::Count)?;
    // "120-seat": the noun stands behind the hyphen.
    let unit = lemmas.get(total.figure.tokens.end + 1).filter(|_| tokens[total.figure.tokens.end].lower == "-");
    let unit = unit.or_else(|| lemmas.get(total.figure.tokens.end.checked_sub(1)?))?;
    let others: Vec<&Claim> = claims.iter().filter(|c| !std::ptr::eq(*c, total)).collect();
    let counts = others.iter().all(|c| c.quantity().kind == Kind::Count && c.quantity().single().is_some());
    let named = others.iter().any(|c| c.noun.as_ref() == Some(unit));
    let listed = others.windows(2).all(|w| {
        let between = passage.between(w[0], w[1]);
        let own = |t: &Token| t.lower == "," || passage.cues().relations.list_and.has(&t.lower) || t.is_noun();
        (1..=3).contains(&between.len()) && between.iter().all(own)
    });
    let respectively = tokens.iter().any(|t| words.respectively.has(&t.lower));
    if others.len() < 2 || !(counts && named && listed && respectively) {
        return None;
    }
    let sum = Sum { total, parts: others.into_iter().map(Part::Figure).collect(), counted: false };
    sum.exceeds().then_some(sum)
}
