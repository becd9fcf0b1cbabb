//! Binds a figure to its noun and verb by two readings, one over the sentence's tags and one over its tree. What both
//! say is sure; where they differ the tree's word stands, and the claim says that it is not.

use std::ops::Range;

use compact_str::CompactString;

use super::noun::{self, Bound};
use super::syntax::{Counted, Syntax};
use super::verb::{self, Relation};
use super::{Claim, Cues, Lead, Scene, Stage, Sure, stage};
use crate::quantity::{Figure, Kind};
use crate::text::{Token, Upos};

/// A figure that nothing is known of. `place` is its sentence and its block.
pub(super) fn unbound(figure: Figure, place: (usize, usize)) -> Claim {
    let phrase = figure.tokens.clone();
    Claim {
        figure,
        sentence: place.0,
        block: place.1,
        span: 0..0,
        noun: None,
        head: None,
        phrase,
        pronoun: None,
        whole: false,
        of: false,
        leading: false,
        subject: None,
        verb: None,
        governed: None,
        source: None,
        side: None,
        heard: false,
        sure: Sure::default(),
        times: Vec::new(),
        places: Vec::new(),
        definite: false,
        stage: Stage::default(),
        lead: None,
    }
}

/// Binds a figure: its noun, verb and stage. Without a tree there is one reading, which is sure if `guessed`, and else not.
/// `numbers` are the tokens of the sentence's figures, `before` its claims so far, `place` its sentence and its block.
pub(super) fn bind(
    scene: &Scene<'_>,
    syntax: Option<&Syntax<'_>>,
    guessed: bool,
    figure: Figure,
    numbers: &[Range<usize>],
    before: &[Claim],
    place: (usize, usize),
) -> Claim {
    let Scene { tokens, lemmas, .. } = *scene;
    let mut bound = noun::bind(tokens, &figure, numbers, scene.cues);
    let by_tags = verb::governing(scene, &bound.phrase);
    let mut inherited = None;
    if bound.bare
        && let Some((noun, head)) = bare(scene, &figure, &bound, by_tags, before)
    {
        bound.head = head;
        inherited = Some(noun).filter(|_| head.is_none());
    }
    let counted = syntax.map(|syntax| syntax.counted(&figure));
    // A noun taken over from the figure before is a guess, unless the word behind the figure names what befell.
    let event = tokens.get(figure.tokens.end).is_some_and(|t| scene.cues.classes.event_of_word(&t.lower).is_some());
    let agreed = counted.map_or(guessed, |counted| agree(&bound, counted));
    let mut sure = Sure { noun: agreed && (inherited.is_none() || event), ..Sure::default() };
    if let Some(Counted::Noun(head)) = counted
        && bound.head != Some(head)
        && !bound.firm
        && !ends_run(tokens, head, bound.head)
        && !noun::dated(tokens, figure.tokens.end, head, scene.cues)
        && !numbers.iter().any(|n| n.contains(&head) && *n != figure.tokens)
        && !(head > figure.tokens.end
            && tokens[figure.tokens.end..head].iter().any(|t| scene.cues.sums.changes.than.has(&t.lower)))
        && !(head < figure.tokens.start && scene.cues.relations.statistics.has(&tokens[head].lower))
        && inherited.is_none()
        && bound.pronoun.is_none()
    {
        rebind(&mut bound, &figure, head, tokens);
    }
    let noun = bound.head.map(|head| lemmas[head].clone()).or(inherited);
    let by_tree = syntax.and_then(|syntax| governing(syntax, &figure, &bound));
    let governed = by_tree.or(by_tags);
    sure.verb = match (by_tags, by_tree) {
        (Some((a, x)), Some((b, y))) => a == b && (x.is_subject() == y.is_subject() || y == Relation::Participle),
        (None, None) => syntax.is_some() || guessed,
        _ => guessed,
    };
    let verb = governed.map(|(verb, _)| verb);
    let places = |syntax: &Syntax<'_>| syntax.places(bound.head.unwrap_or(syntax.anchor(&figure.tokens)), verb);
    let definite = stage::definite(scene, &figure.tokens, &bound.phrase);
    Claim {
        noun: noun.clone(),
        head: bound.head,
        phrase: bound.phrase.clone(),
        pronoun: bound.pronoun,
        whole: bound.whole,
        of: bound.of,
        leading: bound.leading,
        subject: subject(scene, &figure, &bound, noun.as_ref(), governed),
        verb: verb.map(|verb| lemmas[verb].clone()),
        governed,
        sure,
        times: syntax.map(|syntax| syntax.times(verb)).unwrap_or_default(),
        places: syntax.map(places).unwrap_or_default(),
        definite,
        stage: Stage::read(scene, &figure.tokens, &bound.phrase, governed, definite),
        lead: Lead::read(scene, figure.tokens.start),
        ..unbound(figure, place)
    }
}

/// Whether a plural noun ends the unbroken run of nouns that another begins: then it heads the compound, "nine plastic
/// garden gnomes".
fn ends_run(tokens: &[Token], first: usize, last: Option<usize>) -> bool {
    last.is_some_and(|last| {
        first < last && tokens[last].xpos == "NNS" && tokens[first..=last].iter().all(Token::is_noun)
    })
}

/// Whether the reading over tags and the tree name the same noun, or both none. A pronoun right behind the figure and
/// "of" can be read one way only.
fn agree(bound: &Bound, counted: Counted) -> bool {
    match counted {
        _ if bound.pronoun.is_some() && bound.head.is_none() => true,
        Counted::Noun(head) => bound.head == Some(head),
        Counted::Pronoun(_) => false,
        Counted::Nothing => bound.head.is_none() && bound.pronoun.is_none(),
    }
}

/// Puts the tree's noun in the place of what the tags said.
fn rebind(bound: &mut Bound, figure: &Figure, head: usize, tokens: &[Token]) {
    let leading = head < figure.tokens.start;
    let phrase = if leading {
        noun::noun_start(tokens, head)..figure.tokens.end
    } else {
        figure.tokens.start..(head + 1).max(figure.tokens.end)
    };
    *bound = Bound { head: Some(head), phrase, leading, of: bound.of && !leading, ..Bound::default() };
}

/// The verb over a figure by the tree: a participle right behind a bare one, else the first above the noun.
fn governing(syntax: &Syntax<'_>, figure: &Figure, bound: &Bound) -> Option<(usize, Relation)> {
    let anchor = syntax.anchor(&figure.tokens);
    if bound.bare
        && let Some(participle) = syntax.participle(anchor, figure.tokens.end)
    {
        return Some((participle, Relation::Participle));
    }
    syntax.governing(bound.head.filter(|_| !bound.bare).unwrap_or(anchor))
}

/// The words that tell what a figure is of: its noun's phrase; for a measure with no noun behind it also the words from
/// the verb on, "end the war in 24 hours".
fn subject(
    scene: &Scene<'_>,
    figure: &Figure,
    bound: &Bound,
    noun: Option<&CompactString>,
    governed: Option<(usize, Relation)>,
) -> Option<String> {
    if !bound.bare {
        return bound.head.map(|_| scene.words(bound.phrase.clone()));
    }
    let subject = noun.map(ToString::to_string);
    let timed = matches!(figure.quantity.kind, Kind::Date | Kind::TimeOfDay | Kind::Ordinal | Kind::Score);
    let Some((verb, _)) = governed.filter(|_| figure.quantity.unit.is_some() && !timed) else { return subject };
    let tokens = scene.tokens;
    let mut end = bound.phrase.start.max(verb + 1);
    if tokens.get(bound.phrase.end).is_some_and(|t| t.lower == "to")
        && tokens.get(bound.phrase.end + 1).is_some_and(Token::is_verb)
    {
        // "had taken 18 months to plan".
        end = bound.phrase.end + 2;
    }
    let words = scene.words(verb.min(bound.phrase.start)..end);
    Some(match subject {
        Some(subject) if !words.contains(&subject) => format!("{subject} {words}"),
        _ => words,
    })
}

/// What a bare figure counts or measures: the subject of its clause, or what the figure before it in the list counts.
fn bare(
    scene: &Scene<'_>,
    figure: &Figure,
    bound: &Bound,
    governed: Option<(usize, Relation)>,
    before: &[Claim],
) -> Option<(CompactString, Option<usize>)> {
    let Scene { tokens, lemmas, cues, .. } = *scene;
    let start = figure.tokens.start;
    if figure.quantity.unit.is_none() {
        // "six in Bradford", "12 dead": as the last counted thing of the sentence, where it stands in the same list.
        let listed = start == 0
            || matches!(&*tokens[start - 1].lower, "," | ":" | ";" | "and" | "or" | "but")
            || tokens[start - 1].upos == Upos::DET
            || cues.relations.including.before(tokens, start).is_some();
        if listed && bound.pronoun.is_none() {
            let near = before.iter().rev().find(|c| {
                let quantity = &c.figure.quantity;
                quantity.kind != Kind::Date && quantity.unit.is_none() && c.noun.is_some()
            });
            // "12 dead and 40 injured" are of two kinds, each named by its own word.
            let event = |word: &str| cues.classes.event_of_word(word).is_some();
            let own = tokens.get(figure.tokens.end).is_some_and(|t| event(&t.lower));
            if let Some(near) = near.filter(|c| !(own && c.noun.as_deref().is_some_and(event))) {
                return near.noun.clone().map(|n| (n, None));
            }
        }
        // "Lost 162.3 points to 7,425.8": what comes in tenths is of the kind that came in tenths before.
        let tenths = |f: &Figure| f.quantity.unit.is_none() && f.quantity.single().is_some_and(|v| !v.is_integer());
        if tenths(figure)
            && let Some(near) = before.iter().rev().find(|c| tenths(&c.figure) && c.noun.is_some())
        {
            return near.noun.clone().map(|n| (n, None));
        }
        if let Some(event) = tokens.get(figure.tokens.end).filter(|t| cues.classes.event_of_word(&t.lower).is_some()) {
            return Some((event.lower.clone(), None));
        }
    }
    // "The spire is 54 metres high", "put the death toll at 38": the subject, or the object before the preposition.
    let subject_of = |verb: usize| {
        let mut at = verb;
        while at > 0 && matches!(tokens[at - 1].upos, Upos::AUX | Upos::ADV | Upos::PART | Upos::VERB) {
            at -= 1;
        }
        let noun = at.checked_sub(1)?;
        if !tokens[noun].is_noun() || !cues.relations.measuring.has(&lemmas[verb]) {
            return None;
        }
        Some(phrase_head(tokens, noun, cues))
    };
    if start >= 2 && matches!(&*tokens[start - 1].lower, "at" | "to" | "from" | "by") {
        let object = start - 2;
        // "Gained 0.7 percent to 6,327": the noun is another figure's.
        let free = !before.iter().any(|c| c.figure.tokens.contains(&object));
        if tokens[object].is_noun() && free {
            let head = phrase_head(tokens, object, cues);
            return Some((lemmas[head].clone(), Some(head)));
        }
    }
    let copula = tokens[..start].iter().rposition(|t| t.upos == Upos::AUX || t.is_verb());
    let head = copula
        .filter(|_| governed.is_none())
        .and_then(subject_of)
        .or_else(|| governed.and_then(|(v, _)| subject_of(v)))?;
    Some((lemmas[head].clone(), Some(head)))
}

/// The head of a phrase that ends with a noun: back over "of" and "in" phrases, and "the number of X" is X.
fn phrase_head(tokens: &[Token], noun: usize, cues: &Cues) -> usize {
    let mut head = noun;
    loop {
        let start = noun::noun_start(tokens, head);
        let Some(before) = start.checked_sub(2) else { break };
        let joined = matches!(&*tokens[start - 1].lower, "of" | "in" | "on" | "at" | "for" | "from");
        if !joined || !tokens[before].is_noun() {
            break;
        }
        head = before;
    }
    noun::counted_by(tokens, head, None, cues)
}
