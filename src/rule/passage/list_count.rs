//! An announced number that is not the number of the items listed.

use std::ops::Range;

use crate::claim::Claim;
use crate::claim::cues::ListCues;
use crate::document::Place;
use crate::quantity::{Bound, Kind, Number};
use crate::rule::{Conflict, Mark, Passage};
use crate::text::{Token, Upos};

/// The largest number that a list in running text is held against.
const MOST: i64 = 20;
/// The longest item, in tokens, of a list parted by commas.
const LONGEST_ITEM: usize = 9;
/// How far the list may be from the noun counted, in tokens.
const FARTHEST: usize = 16;

/// Holds "four priorities: a, b and c" and the like, and the bullets below "four priorities:", against the number.
pub fn check(passage: &Passage<'_>) -> Vec<Conflict> {
    let bullets = bullets(passage);
    let found = if bullets.is_some() { bullets } else { running(passage).or_else(|| ordinals(passage)) };
    found.into_iter().collect()
}

/// A number of things that a list may follow.
struct Announced {
    number: i64,
    /// The tokens of the number and noun.
    tokens: Range<usize>,
    /// The lemma of the noun.
    noun: String,
    /// The number is only said with "both".
    both: bool,
    /// The noun is one whose list follows it whatever else is counted.
    sure: bool,
}

/// A list in running text: its tokens, and how many items it may be said to have.
struct List {
    tokens: Range<usize>,
    count: Range<i64>,
}

/// A list in the sentence itself.
fn running(passage: &Passage<'_>) -> Option<Conflict> {
    let tokens = passage.tokens();
    let cues = &passage.cues().sums.lists;
    if cues.examples.within(tokens) {
        return None;
    }
    for (opens, starts) in openers(tokens, cues) {
        let Some(announced) = announced(passage, opens) else { continue };
        let end = end_of(tokens, opens, starts);
        let Some(list) = list(passage, starts..end, &announced) else { continue };
        // "She has two brothers, Al, Bo and Cy": behind a comma only names are surely the list.
        let names = tokens[opens].lower == "," || announced.both;
        if names && (opens != announced.tokens.end || !all_names(cues, &tokens[list.tokens.clone()])) {
            continue;
        }
        let linked = tokens[opens].upos == Upos::AUX && tokens[starts - 1].lower != ":";
        if linked && !cues.abstract_nouns.has(&announced.noun) && !named(cues, &tokens[list.tokens.clone()]) {
            continue;
        }
        if list.count.contains(&announced.number) || !alone(passage, &announced, opens, &list) {
            return None;
        }
        return Some(conflict(passage, &announced, &list));
    }
    None
}

/// Where a list may begin: the token that opens it, and the first of its items.
fn openers(tokens: &[Token], cues: &ListCues) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for at in 1..tokens.len() {
        let token = &tokens[at];
        let mark = matches!(&*token.lower, ":" | "(" | ",") || is_dash(token);
        if mark {
            found.push((at, at + 1));
        } else if let Some(length) = cues.copulas.at(tokens, at).filter(|_| !tokens[at - 1].xpos.starts_with('W')) {
            let colon = usize::from(tokens.get(at + length).is_some_and(|t| t.lower == ":"));
            found.push((at, at + length + colon));
        }
    }
    found
}

/// Whether a list is of names: "are Oakham Brass, the Selby Singers and Duo Lindt", not "are hungry, tired and cold".
fn named(cues: &ListCues, tokens: &[Token]) -> bool {
    tokens
        .split(|t| t.lower == "," || is_and(cues, t))
        .filter(|item| !item.is_empty())
        .all(|item| item.iter().take(2).any(|t| t.capital))
}

/// Whether every item is a name and nothing else.
fn all_names(cues: &ListCues, tokens: &[Token]) -> bool {
    tokens
        .split(|t| t.lower == "," || is_and(cues, t))
        .filter(|item| !item.is_empty())
        .all(|item| item.len() <= 3 && item.iter().all(|t| t.capital && t.is_noun()))
}

fn is_dash(token: &Token) -> bool {
    token.lower == "-" && token.spaced || token.lower == "--"
}

/// The end of a list: its bracket or second dash, or the sentence's.
fn end_of(tokens: &[Token], opens: usize, starts: usize) -> usize {
    let rest = &tokens[starts..];
    let opener = &tokens[opens];
    let length = if opener.lower == "(" {
        rest.iter().position(|t| t.lower == ")")
    } else {
        rest.iter().position(|t| is_dash(t) || matches!(&*t.lower, "." | "?" | "!"))
    };
    starts + length.unwrap_or(rest.len())
}

/// The number announced before a list: the last count of things before it, or a noun for so many.
fn announced(passage: &Passage<'_>, opens: usize) -> Option<Announced> {
    let tokens = passage.tokens();
    let cues = &passage.cues().sums.lists;
    let counted =
        passage.claims().iter().rev().find(|c| c.figure.tokens.end <= opens && c.quantity().kind == Kind::Count);
    let set = (0..opens).rev().find(|&at| cues.sets.contains_key(&tokens[at].lower));
    if let Some(at) = set.filter(|&at| counted.is_none_or(|c| c.figure.tokens.start <= at)) {
        let of = tokens.get(at + 1).is_some_and(|t| cues.of.has(&t.lower));
        // "The quartet - Ann Day, Bo Lee and Cy Moss - won gold".
        if at + 1 == opens && (is_dash(&tokens[opens]) || tokens[opens].lower == "(") {
            let number = i64::from(*cues.sets.get(&tokens[at].lower)?);
            return Some(announce(passage, number, at..at + 1, at));
        }
        let head = (at + 2..opens).take(4).find(|&i| plural(tokens, passage, i))?;
        let number = i64::from(*cues.sets.get(&tokens[at].lower)?);
        return (of && opens - head <= FARTHEST).then(|| announce(passage, number, at..head + 1, head));
    }
    // "Both towns - Ely, Wells and Ripon -": right before the mark, so that nothing else can be meant.
    if is_dash(&tokens[opens]) || tokens[opens].lower == "(" {
        let (both, noun) = (opens.checked_sub(2), opens.checked_sub(1).filter(|&at| plural(tokens, passage, at)));
        let number = both.and_then(|at| cues.both.get(&tokens[at].lower));
        if let Some(((&number, at), noun)) = number.zip(both).zip(noun) {
            return Some(announce(passage, i64::from(number), at..noun + 1, noun));
        }
    }
    let claim = counted?;
    let number = claim.quantity().single().and_then(Number::to_integer)?;
    let figure = &claim.figure;
    let head = head(passage, claim, opens)?;
    let start = figure.tokens.start;
    let before = start.checked_sub(1).and_then(|at| tokens.get(at));
    let partial = before.is_some_and(|t| cues.partial_before.has(&t.lower));
    // "one of three", "two of the four", "number two", "three more".
    let of = (start.saturating_sub(3)..start)
        .any(|at| cues.of.has(&tokens[at].lower) && at > 0 && is_number(&tokens[at - 1]));
    let plain = claim.quantity().bound == Bound::Exact && !figure.form.attributive;
    let number_fits = (2..=MOST).contains(&number);
    let near = opens - head <= FARTHEST;
    (number_fits && plain && !partial && !of && near).then(|| announce(passage, number, start..head + 1, head))
}

fn announce(passage: &Passage<'_>, number: i64, tokens: Range<usize>, head: usize) -> Announced {
    let noun = passage.sentence().lemmas.get(head).map(ToString::to_string).unwrap_or_default();
    let sure = passage.cues().sums.lists.announcing.has(&noun);
    let both = passage.cues().sums.lists.both.contains_key(&passage.tokens()[tokens.start].lower);
    Announced { number, tokens, noun, both, sure }
}

/// The plural noun behind a number, its adjectives and nouns in between.
fn head(passage: &Passage<'_>, claim: &Claim, opens: usize) -> Option<usize> {
    let tokens = passage.tokens();
    let start = claim.figure.tokens.end;
    let mut last = None;
    for at in start..opens.min(start + 6) {
        let token = &tokens[at];
        if plural(tokens, passage, at) {
            last = Some(at);
        }
        let goes_on = token.is_noun()
            || matches!(token.upos, Upos::ADJ | Upos::ADV | Upos::NUM)
            || matches!(token.xpos, "VBN" | "VBG" | "HYPH" | "POS")
            || token.lower == "-" && !token.spaced;
        if !goes_on || last.is_some() && !tokens.get(at + 1).is_some_and(Token::is_noun) {
            break;
        }
    }
    last
}

/// Whether a word is a noun in the plural; one that the tagger may take for a verb ("four aims: ...") is known.
fn plural(tokens: &[Token], passage: &Passage<'_>, at: usize) -> bool {
    let Some((token, lemma)) = tokens.get(at).zip(passage.sentence().lemmas.get(at)) else { return false };
    let cues = &passage.cues().sums.lists;
    let people = cues.persons.has(&token.lower);
    let noun = token.is_noun() && (token.xpos.ends_with('S') || people || *lemma != token.lower);
    noun || token.xpos == "VBZ" && cues.announcing.has(lemma)
}

fn is_number(token: &Token) -> bool {
    token.upos == Upos::NUM || token.lower.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether the list is that of the number found: no other number before it could be meant, and the list opens right
/// behind its noun, or the noun is one that announces.
fn alone(passage: &Passage<'_>, announced: &Announced, opens: usize, list: &List) -> bool {
    let others = passage.claims().iter().filter(|c| {
        c.figure.tokens.end <= opens
            && c.figure.tokens.start != announced.tokens.start
            && c.quantity().kind == Kind::Count
    });
    let mut other = false;
    for claim in others {
        other = true;
        let value = claim.quantity().single().and_then(Number::to_integer);
        if value.is_some_and(|v| list.count.contains(&v)) {
            return false;
        }
    }
    let right_behind = opens == announced.tokens.end;
    announced.sure || right_behind && !other
}

/// Reads a list and counts its items, every way they can be counted.
fn list(passage: &Passage<'_>, range: Range<usize>, announced: &Announced) -> Option<List> {
    let tokens = passage.tokens();
    let (segments, semicolons) = segments(tokens, range.clone());
    if segments.is_empty() || segments.iter().any(Range::is_empty) {
        return None;
    }
    let cues = &passage.cues().sums.lists;
    let bad = |s: &Range<usize>| opens_with_figure(passage, s) || is_group(passage, s, announced);
    if segments.iter().any(bad) {
        return None;
    }
    let count = if semicolons { in_semicolons(cues, tokens, &segments)? } else { in_commas(passage, &segments, cues)? };
    let last = tokens.get(range.end).is_none_or(|t| !matches!(&*t.lower, "?" | "!"));
    last.then_some(List { tokens: segments.first()?.start..count.1, count: count.0 })
}

/// The segments between a list's semicolons, or else its commas; marks in brackets and quotes are passed over.
fn segments(tokens: &[Token], range: Range<usize>) -> (Vec<Range<usize>>, bool) {
    let semicolons = tokens[range.clone()].iter().any(|t| t.lower == ";");
    let mark = if semicolons { ";" } else { "," };
    let (mut found, mut start, mut depth) = (Vec::new(), range.start, 0_i32);
    for at in range.clone() {
        match &*tokens[at].lower {
            "(" | "[" => depth += 1,
            ")" | "]" => depth -= 1,
            m if m == mark && depth <= 0 => {
                found.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(start..range.end);
    (found, semicolons)
}

/// Items between semicolons: "and" opens the last, or there are three at least.
fn in_semicolons(cues: &ListCues, tokens: &[Token], segments: &[Range<usize>]) -> Option<(Range<i64>, usize)> {
    let last = segments.last()?;
    let joined = is_and(cues, &tokens[last.start]);
    let count = i64::try_from(segments.len()).ok()?;
    // "a, b and c; it also ..." goes on with another clause. Two joined parts may be of one item each, or more.
    let groups = segments.iter().any(|s| tokens[s.start + 1..s.end].iter().any(|t| is_and(cues, t)));
    let more = i64::from(!joined && groups);
    (segments.len() >= 3 && (joined || segments.len() > 3 || !groups)).then_some((count..count + 1 + more, last.end))
}

/// Items between commas. Each "and" but the one that closes the list may join what is one item, or part two.
fn in_commas(passage: &Passage<'_>, all: &[Range<usize>], cues: &ListCues) -> Option<(Range<i64>, usize)> {
    let tokens = passage.tokens();
    let closing = all.iter().rposition(|s| ands(tokens, s, cues) > 0)?;
    let after = all.get(closing + 1);
    let goes_on = |t: &Token| t.upos == Upos::AUX || matches!(t.xpos, "VBD" | "VBZ" | "VBP" | "MD");
    let over = after.is_none_or(|s| cues.ending.has(&tokens[s.start].lower) || goes_on(&tokens[s.start]));
    let segments = &all[..=closing];
    let sound = segments.iter().enumerate().all(|(i, s)| {
        let s = if i == closing && is_and(cues, &tokens[s.start]) { s.start + 1..s.end } else { s.clone() };
        item(passage, &s, cues, i == closing)
    });
    if !over || !sound || !quotes_close(tokens, segments) {
        return None;
    }
    let last = &segments[closing];
    let oxford = is_and(cues, &tokens[last.start]);
    let inner: usize = segments[..closing].iter().map(|s| ands(tokens, s, cues)).sum();
    let own = ands(tokens, last, cues);
    let k = segments.len();
    let (low, high) = if oxford {
        (k, k + inner + own - 1)
    } else {
        // "Red, green, blue and black": in a list of single words "and" joins the last two.
        let single = all[..closing].iter().all(|s| s.len() == 1) && last.len() == 3;
        let verbs = joins_words(cues, tokens, last) && !single;
        let grouped = inner > 0 || verbs;
        (if grouped { k } else { k + 1 }, k + inner + own)
    };
    let low = low.saturating_sub(appositions(tokens, segments));
    if k < 2 && own > 1 || low < 2 {
        return None;
    }
    let (low, high) = (i64::try_from(low).ok()?, i64::try_from(high).ok()?);
    Some((low..high + 1, last.end))
}

/// How many of the segments between the first and the last may be words about the name before them: "Spain's rivals".
fn appositions(tokens: &[Token], segments: &[Range<usize>]) -> usize {
    let inner = segments.windows(2).take(segments.len().saturating_sub(2));
    inner
        .filter(|w| {
            let named = tokens[w[0].end - 1].upos == Upos::PROPN;
            let first = &tokens[w[1].start];
            let determined =
                matches!(first.xpos, "DT" | "PRP$") && !tokens.get(w[1].start + 1).is_some_and(|t| t.capital);
            let owned = tokens[w[1].clone()].iter().any(|t| t.xpos == "POS") && !tokens[w[1].end - 1].capital;
            named && (determined || owned)
        })
        .count()
}

/// How many "and"s a segment has outside the pairs that name one thing.
fn ands(tokens: &[Token], segment: &Range<usize>, cues: &ListCues) -> usize {
    segment
        .clone()
        .filter(|&at| {
            let pair = at.checked_sub(1).and_then(|before| cues.pairs.at(tokens, before));
            let long = at.checked_sub(1).is_some_and(|b| b > 0 && cues.pairs.at(tokens, b - 1).is_some_and(|n| n > 3));
            is_and(cues, &tokens[at]) && (pair.is_none() || at == segment.start) && !long
        })
        .count()
}

fn is_and(cues: &ListCues, token: &Token) -> bool {
    token.upos == Upos::CCONJ && cues.joining.has(&token.lower)
}

/// Whether the one "and" of a segment joins two verbs or adjectives, which may be of one item: "to stay and fight".
fn joins_words(cues: &ListCues, tokens: &[Token], segment: &Range<usize>) -> bool {
    let Some(at) = segment.clone().rev().find(|&at| is_and(cues, &tokens[at])) else { return false };
    let Some((before, after)) = at.checked_sub(1).and_then(|b| tokens.get(b)).zip(tokens.get(at + 1)) else {
        return false;
    };
    let loose =
        |t: &Token| t.xpos != "VBG" && matches!(t.upos, Upos::VERB | Upos::ADJ | Upos::ADV | Upos::NUM | Upos::AUX);
    loose(before)
        || before.upos == Upos::ADP
        || after.xpos != "VBG"
            && matches!(after.upos, Upos::VERB | Upos::AUX | Upos::ADV | Upos::ADP | Upos::NUM | Upos::PRON)
}

/// Whether a segment may be an item of its own, not words about the one before it.
fn item(passage: &Passage<'_>, segment: &Range<usize>, cues: &ListCues, closing: bool) -> bool {
    let tokens = &passage.tokens()[segment.clone()];
    let Some(first) = tokens.iter().find(|t| t.upos != Upos::PUNCT) else { return false };
    // "taste and boredom": in the present a noun may be tagged as a verb, unless it has a subject.
    let subject = |at: usize| tokens[..at].iter().any(|t| t.is_noun() || t.upos == Upos::PRON);
    let verb = tokens.iter().enumerate().any(|(at, t)| {
        !t.capital && (matches!(t.xpos, "VBD" | "MD") || matches!(t.xpos, "VBZ" | "VBP") && subject(at))
    });
    let verb = verb || tokens.first().is_some_and(|t| t.xpos == "PRP");
    let nouns =
        tokens.iter().any(|t| t.is_noun() || matches!(t.xpos, "VBG" | "VB" | "VBP" | "VBZ" | "JJ" | "FW" | "CD"));
    let long = if closing { 2 * LONGEST_ITEM } else { LONGEST_ITEM };
    let described = cues.describing.has(&first.lower) && !first.capital;
    !described && !verb && nouns && tokens.len() <= long
}

/// Whether quotation marks come in pairs.
fn quotes_close(tokens: &[Token], segments: &[Range<usize>]) -> bool {
    segments.iter().all(|s| tokens[s.clone()].iter().filter(|t| t.lower == "\"").count() % 2 == 0)
}

/// Whether an item opens with a number: a breakdown, or an age behind a name.
fn opens_with_figure(passage: &Passage<'_>, segment: &Range<usize>) -> bool {
    let (tokens, cues) = (passage.tokens(), &passage.cues().sums.lists);
    let start = (segment.start..segment.end).find(|&at| !is_and(cues, &tokens[at])).unwrap_or(segment.start);
    let claim = passage.claims().iter().find(|c| segment.contains(&c.figure.tokens.start));
    is_number(&tokens[start]) && claim.is_none_or(|c| c.quantity().kind != Kind::Date)
        || claim.is_some_and(|c| {
            matches!(c.quantity().kind, Kind::Count | Kind::Age) && c.figure.tokens.start <= segment.start + 2
        })
}

/// Whether an item may be several of the persons counted: "their two sons", "his parents".
fn is_group(passage: &Passage<'_>, segment: &Range<usize>, announced: &Announced) -> bool {
    let tokens = passage.tokens();
    let persons = passage.cues().sums.lists.persons.has(&announced.noun);
    persons && segment.clone().any(|at| is_number(&tokens[at]) || matches!(tokens[at].xpos, "NNS"))
}

fn conflict(passage: &Passage<'_>, announced: &Announced, list: &List) -> Conflict {
    let words = words(passage, &announced.tokens);
    let (low, high) = (list.count.start, list.count.end - 1);
    let counted = if low == high { low.to_string() } else { format!("{low} or {high}") };
    let message = format!("\"{words}\" are announced, but {counted} are listed");
    let mark = |range: &Range<usize>, label: String| Mark { document: 0, span: span(passage, range), label, fix: None };
    Conflict {
        marks: vec![
            mark(&announced.tokens, format!("announces {}", announced.number)),
            mark(&list.tokens, format!("{counted} items")),
        ],
        message,
        note: None,
    }
}

/// Some tokens' bytes in the file.
fn span(passage: &Passage<'_>, range: &Range<usize>) -> Range<usize> {
    let tokens = passage.tokens();
    let block = &passage.article.document.blocks[passage.sentence().block];
    let (Some(first), Some(last)) = (tokens.get(range.start), tokens.get(range.end.saturating_sub(1))) else {
        return 0..0;
    };
    block.file_span(first.start..last.end)
}

fn words<'a>(passage: &Passage<'a>, range: &Range<usize>) -> &'a str {
    passage.article.document.slice(span(passage, range))
}

/// The bullets under a paragraph that announces them and ends with a colon.
fn bullets(passage: &Passage<'_>) -> Option<Conflict> {
    let tokens = passage.tokens();
    let blocks = &passage.article.document.blocks;
    let block = passage.sentence().block;
    let ends = tokens.last()?.lower == ":" && blocks.get(block)?.place == Place::Body;
    let follows = |b: &&crate::document::Block| b.place == Place::ListItem;
    let items: Vec<_> = blocks.get(block + 1..)?.iter().take_while(follows).collect();
    if !ends || items.len() < 2 || passage.cues().sums.lists.examples.within(tokens) {
        return None;
    }
    let announced = announced(passage, tokens.len() - 1)?;
    let count = i64::try_from(items.len()).ok()?;
    let list = List { tokens: 0..0, count: count..count + 1 };
    if count == announced.number || !alone(passage, &announced, tokens.len() - 1, &list) {
        return None;
    }
    let message = format!("\"{}\" are announced, but {count} are listed", words(passage, &announced.tokens));
    let mut marks = vec![Mark {
        document: 0,
        span: span(passage, &announced.tokens),
        label: format!("announces {}", announced.number),
        fix: None,
    }];
    marks.extend(items.iter().enumerate().map(|(i, b)| Mark {
        document: 0,
        span: b.file_span(0..b.text.len()),
        label: format!("item {}", i + 1),
        fix: None,
    }));
    Some(Conflict { marks, message, note: None })
}

/// "For three reasons. First, ... Second, ... Third, ... Fourth, ...": more are given than were announced.
fn ordinals(passage: &Passage<'_>) -> Option<Conflict> {
    let cues = &passage.cues().sums.lists;
    let tokens = passage.tokens();
    let announced = announced(passage, tokens.len().checked_sub(1)?).filter(|a| a.sure)?;
    let mut expected = 1;
    let mut last = None;
    for (index, sentence) in passage.article.sentences.iter().enumerate().skip(passage.index + 1).take(12) {
        let [first, second, ..] = &sentence.tokens[..] else { continue };
        let place = cues.ordinals.get(&first.lower).map(|&n| i64::from(n));
        if second.lower != "," || place != Some(expected) {
            continue;
        }
        last = Some(index);
        expected += 1;
    }
    let index = last?;
    let count = expected - 1;
    if count <= announced.number || count < 2 {
        return None;
    }
    let other = passage.at(index);
    let message = format!("\"{}\" are announced, but {count} are given", words(passage, &announced.tokens));
    Some(Conflict {
        marks: vec![
            Mark {
                document: 0,
                span: span(passage, &announced.tokens),
                label: format!("announces {}", announced.number),
                fix: None,
            },
            Mark { document: 0, span: span(&other, &(0..1)), label: format!("number {count}"), fix: None },
        ],
        message,
        note: None,
    })
}
