//! What a figure counts or measures, read from the tags around it.

use std::ops::Range;

use super::cues::Cues;
use crate::quantity::{Figure, Kind, Number};
use crate::text::{Token, Upos};

/// What a figure is bound to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // Each is asked for on its own.
pub(super) struct Bound {
    /// The head noun, as a token.
    pub head: Option<usize>,
    /// The phrase around it, figure and all.
    pub phrase: Range<usize>,
    /// "of them", "of whom": the pronoun's token, where the noun must be found further up.
    pub pronoun: Option<usize>,
    /// "a list of 339 of them": all of them, and no part.
    pub whole: bool,
    /// "18 of the 72 schools": the noun stands behind "of".
    pub of: bool,
    /// The noun stands before the figure: "a list of 339", "profit of £3m".
    pub leading: bool,
    /// Nothing names what is counted; the figure's neighbours may.
    pub bare: bool,
    /// The spelling alone tells the noun, whatever the tree says: "three-point range".
    pub firm: bool,
}

/// Binds a figure to its noun. `numbers` are the token ranges of the sentence's figures.
pub(super) fn bind(tokens: &[Token], figure: &Figure, numbers: &[Range<usize>], cues: &Cues) -> Bound {
    let after = figure.tokens.end;
    let mut bound = Bound { phrase: figure.tokens.clone(), ..Bound::default() };
    let counted = figure.quantity.unit.is_none();
    let beyond = over_bracket(tokens, after, counted);
    if lower(tokens, beyond) == "of" && !figure.form.attributive {
        bound = behind_of(tokens, beyond + 1, numbers, cues, bound);
        // "a list of 339 of them" holds all of them: no part.
        let listed = leading(tokens, figure.tokens.start, cues);
        bound.whole =
            bound.pronoun.is_some() && listed.is_some_and(|h| cues.relations.collections.has(lower(tokens, h)));
        return bound;
    }
    let start = if lower(tokens, after) == "-" { after + 1 } else { after };
    let told = |head: usize| !dated(tokens, start, head, cues);
    if let Some((head, end)) = noun_run(tokens, start, figure.form.attributive, cues)
        && told(head)
        && (counted || figure.form.attributive || start > after || end > head && measures_noun(tokens, after, head))
    {
        // "three Tu-95 and four Tu-22M bombers": a model's name is not what is counted, the common noun is.
        let shared = shared_head(tokens, head, end, numbers, cues);
        if counted && modifies(tokens, figure, start, head, cues) {
            return Bound { head: Some(start), phrase: figure.tokens.start..end, firm: true, ..Bound::default() };
        }
        let compound = head > start && tokens[start..head].iter().any(|t| t.lower == "-" && !t.spaced);
        bound.firm = shared.is_some() || compound || figure.form.attributive && head == start;
        bound.head = Some(counted_by(tokens, shared.unwrap_or(head), Some(figure), cues));
        bound.phrase = figure.tokens.start..end;
        return bound;
    }
    // "Half a point", "half the members": a fraction in words needs no "of".
    if figure.quantity.unit.as_ref().is_some_and(|unit| unit.code == "1")
        && !figure.form.factor
        && is_determiner(tokens, after)
        && let Some((head, end)) = noun_run(tokens, after + 1, false, cues)
    {
        return Bound { head: Some(head), phrase: figure.tokens.start..end, ..Bound::default() };
    }
    if let Some(head) = leading(tokens, figure.tokens.start, cues) {
        bound.head = Some(head);
        bound.leading = true;
        bound.phrase = noun_start(tokens, head)..after;
        return bound;
    }
    if figure.quantity.kind == Kind::Duration
        && lower(tokens, after) == "in"
        && let Some((head, end)) = noun_run(tokens, after + 1, false, cues)
    {
        bound.head = Some(head);
        bound.phrase = figure.tokens.start..end;
        return bound;
    }
    if let Some((head, end)) = shared_noun(tokens, after, numbers, cues).filter(|_| counted) {
        bound.head = Some(counted_by(tokens, head, Some(figure), cues));
        bound.phrase = figure.tokens.start..end;
        return bound;
    }
    bound.bare = true;
    bound
}

/// "10,000 and as many as 30,000 people": the noun of the figure that "and" joins to a bare one.
fn shared_noun(tokens: &[Token], after: usize, numbers: &[Range<usize>], cues: &Cues) -> Option<(usize, usize)> {
    if tokens.get(after)?.upos != Upos::CCONJ {
        return None;
    }
    let next = numbers.iter().find(|n| n.start > after)?;
    let bounds = |t: &Token| matches!(t.upos, Upos::ADV | Upos::ADJ | Upos::ADP | Upos::DET);
    tokens[after + 1..next.start].iter().all(bounds).then(|| noun_run(tokens, next.end, false, cues))?
}

/// Past a conversion in brackets, or out of the one the figure stands in: "150 sq km (58 sq miles) of the area".
fn over_bracket(tokens: &[Token], after: usize, counted: bool) -> usize {
    /// The longest conversion, in tokens.
    const LONGEST: usize = 8;
    if counted {
        return after;
    }
    let opens = lower(tokens, after) == "(";
    let first = if opens { after + 1 } else { after };
    let close = (first..first + if opens { LONGEST } else { 1 }).find(|&at| lower(tokens, at) == ")");
    close.filter(|&at| lower(tokens, at + 1) == "of").map_or(after, |at| at + 1)
}

fn behind_of(tokens: &[Token], at: usize, numbers: &[Range<usize>], cues: &Cues, mut bound: Bound) -> Bound {
    bound.of = true;
    if matches!(tokens.get(at + 1), Some(next) if next.xpos == "VBN" || next.lower == "who")
        && tokens[at].upos != Upos::NUM
        && cues.relations.pronouns.has(lower(tokens, at))
    {
        // "all 32 of those detained": whoever it befell, and no part of anything.
        bound.of = false;
        bound.phrase.end = at + 1;
        return bound;
    }
    if cues.relations.pronouns.has(lower(tokens, at))
        && noun_run(tokens, at + 1, false, cues).is_none_or(|_| !is_determiner(tokens, at))
    {
        bound.pronoun = Some(at);
        bound.phrase.end = at + 1;
        return bound;
    }
    let mut at = at;
    if cues.relations.pronouns.has(lower(tokens, at)) {
        bound.pronoun = Some(at);
    }
    while tokens.get(at).is_some_and(|t| matches!(t.upos, Upos::DET) || t.xpos == "PRP$") {
        at += 1;
    }
    if let Some(number) = numbers.iter().find(|n| n.start == at) {
        at = number.end;
        if lower(tokens, at) == "-" {
            at += 1;
        }
    }
    if let Some((head, end)) = noun_run(tokens, at, false, cues) {
        bound.head = Some(head);
        bound.phrase.end = end;
    } else {
        bound.bare = true;
        bound.phrase.end = at;
    }
    bound
}

fn is_determiner(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|t| t.upos == Upos::DET)
}

/// "2.1 last year": a word of time, and nothing that is counted.
pub(super) fn dated(tokens: &[Token], start: usize, head: usize, cues: &Cues) -> bool {
    head == start + 1 && tokens[head].xpos == "NN" && cues.relations.earlier.has(&tokens[start].lower)
}

/// After a measure, a noun is what it measures only where it follows directly: "the £14m scheme".
fn measures_noun(tokens: &[Token], after: usize, head: usize) -> bool {
    (after..=head).all(|i| tokens[i].is_noun() || tokens[i].upos == Upos::ADJ || lower(tokens, i) == "-")
        && !tokens[after].xpos.starts_with("NNP")
        || tokens[after].is_noun()
}

/// The head of the run of adjectives and nouns that starts at a token, and where the run ends.
pub(super) fn noun_run(tokens: &[Token], start: usize, hyphened: bool, cues: &Cues) -> Option<(usize, usize)> {
    let mut head = None;
    let mut end = start;
    let mut at = start;
    while let Some(token) = tokens.get(at) {
        if at >= start + 12 {
            break;
        }
        let joined = |i: usize| tokens.get(i).is_some_and(|t| !t.spaced);
        match token.upos {
            _ if token.lower == "-" && !token.spaced && joined(at + 1) && at > start => {
                // A compound: what follows the hyphen belongs to the word before it.
                at += 1;
                if tokens[at].is_noun() {
                    head = Some(at);
                } else if tokens.get(at + 1).is_some_and(|t| t.is_noun() || t.upos == Upos::ADJ) {
                    // "petrol-only engines": the compound describes what follows.
                    head = None;
                }
                end = at + 1;
            }
            // "Rates today": when it is, and nothing that is counted.
            Upos::NOUN if cues.relations.days.has(&token.lower) => break,
            Upos::NOUN | Upos::PROPN => {
                head = Some(at);
                if hyphened && at == start {
                    // "52-country strong Ukraine Defense Contact Group": the hyphened noun is what is counted.
                    return Some((at, at + 1));
                }
            }
            Upos::ADJ | Upos::NUM if head.is_none() => {}
            Upos::VERB if head.is_none() && matches!(token.xpos, "VBN" | "VBG") && premodifies(tokens, at) => {}
            Upos::ADV
                if head.is_none() && tokens.get(at + 1).is_some_and(|t| matches!(t.upos, Upos::ADJ | Upos::VERB)) => {}
            Upos::CCONJ
                if head.is_none()
                    && at > start
                    && tokens[at - 1].upos == Upos::ADJ
                    && tokens.get(at + 1).is_some_and(|t| t.upos == Upos::ADJ) => {}
            Upos::PUNCT if head.is_none() && matches!(&*token.lower, "\"" | "'" | "``" | "''") => {}
            Upos::PART if token.xpos == "POS" && head.is_some() => head = None,
            _ => break,
        }
        at += 1;
    }
    head.map(|h| (h, end.max(h + 1)))
}

/// "A 3 cylinder engine": a plural number before two nouns in the singular belongs to the first, hyphen or not.
fn modifies(tokens: &[Token], figure: &Figure, start: usize, head: usize, cues: &Cues) -> bool {
    let plural = figure.quantity.single().is_some_and(|v| v > Number::ONE);
    let singular = |at: usize| tokens[at].xpos == "NN" && !cues.relations.invariable.has(&tokens[at].lower);
    plural && start == figure.tokens.end && head > start && (start..=head).all(|at| tokens[at].is_noun()) && {
        singular(start) && singular(head)
    }
}

/// Whether a participle stands before the noun it describes: "12 injured passengers".
fn premodifies(tokens: &[Token], at: usize) -> bool {
    let describes = |t: &&Token| !matches!(t.upos, Upos::ADJ | Upos::CCONJ);
    tokens[at + 1..].iter().take(4).find(describes).is_some_and(Token::is_noun)
}

/// "three Tu-95 and four Tu-22M bombers": the common noun after the next figure, where ours is a name.
fn shared_head(tokens: &[Token], head: usize, end: usize, numbers: &[Range<usize>], cues: &Cues) -> Option<usize> {
    let named = tokens[head].upos == Upos::PROPN
        || tokens[head].capital
        || tokens[head].lower.bytes().any(|b| b.is_ascii_digit());
    if !named || tokens.get(end).is_none_or(|t| t.upos != Upos::CCONJ) {
        return None;
    }
    let next = numbers.iter().find(|n| n.start == end + 1);
    let (shared, _) = noun_run(tokens, next.map_or(end + 1, |n| n.end), false, cues)?;
    // "Ford and Toyota cars": a second name has the noun behind it.
    let fits = next.is_some()
        || (tokens[end + 1].upos == Upos::PROPN || tokens[end + 1].capital) && tokens[shared].xpos == "NNS";
    (fits && tokens[shared].upos == Upos::NOUN).then_some(shared)
}

/// The noun before a figure: "a list of 339", "profit of £3m", "the death toll at 38".
fn leading(tokens: &[Token], start: usize, cues: &Cues) -> Option<usize> {
    let before = start.checked_sub(1)?;
    let head = before.checked_sub(1)?;
    let preposition = &*tokens[before].lower;
    if !tokens[head].is_noun() {
        return None;
    }
    match preposition {
        "of" => counted(tokens, head, cues),
        "at" | "to" => {
            cues.relations.collections.has(&tokens[head].lower).then(|| counted_by(tokens, head, None, cues))
        }
        _ => None,
    }
}

/// What a noun before "of" and a figure names: nothing where it is a word for numbers alone, "a total of 12".
fn counted(tokens: &[Token], head: usize, cues: &Cues) -> Option<usize> {
    let counted = counted_by(tokens, head, None, cues);
    (counted != head || !cues.relations.statistics.has(&tokens[head].lower)).then_some(counted)
}

/// "the number of marchers", "400 names of children": the marchers and the children are what is counted. Right behind
/// the figure only a name stands for its bearer: "three counts of fraud" are counts.
pub(super) fn counted_by(tokens: &[Token], head: usize, figure: Option<&Figure>, cues: &Cues) -> usize {
    let beside = figure.is_some_and(|f| f.tokens.end == head);
    let word = &tokens[head].lower;
    let stands = cues.relations.names.has(word) || !beside && cues.relations.numbers.has(word);
    if stands && lower(tokens, head + 1) == "of" {
        let mut at = head + 2;
        while is_determiner(tokens, at) {
            at += 1;
        }
        if let Some((counted, _)) = noun_run(tokens, at, false, cues) {
            return counted;
        }
    }
    head
}

/// Where the phrase of a noun begins: its adjectives, compounds and determiner.
pub(super) fn noun_start(tokens: &[Token], head: usize) -> usize {
    let mut start = head;
    while start > 0 {
        let before = &tokens[start - 1];
        let part = matches!(before.upos, Upos::ADJ | Upos::NOUN | Upos::PROPN | Upos::NUM | Upos::DET)
            || before.xpos == "PRP$"
            || before.xpos == "POS"
            || before.lower == "-" && !before.spaced && !tokens[start].spaced
            || before.xpos == "VBN"
                && tokens[start].is_noun()
                && start == head
                && start >= 2
                && tokens[start - 2].upos == Upos::DET;
        if !part {
            break;
        }
        start -= 1;
    }
    start
}

fn lower(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |t| &*t.lower)
}
