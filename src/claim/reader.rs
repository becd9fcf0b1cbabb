//! Reads a document's claims, sentence by sentence.

use std::ops::Range;
use std::sync::Arc;

use compact_str::CompactString;

use super::noun::{self, Bound};
use super::speaker::{Speakers, Voices};
use super::{Article, Claim, Cues, Lead, Scene, Sentence, Stage, stage, verb};
use crate::document::Document;
use crate::pack::{Pack, PackError};
use crate::quantity::{Figure, Kind};
use crate::text::{Token, Upos};
use crate::{quantity, text};

/// The longest sentence, in tokens, whose figures are bound. What is longer is a table or a list without stops, and
/// binding looks at a sentence's words once for every figure in it.
pub const LONGEST_SENTENCE: usize = 400;

/// Reads articles: sentences, figures, and what binds them.
#[derive(Debug)]
pub struct Reader {
    text: text::Reader,
    quantity: quantity::Reader,
    cues: Arc<Cues>,
}

impl Reader {
    /// Takes what it needs from a pack, and checks it.
    pub fn new(pack: &Pack, text: text::Reader, quantity: quantity::Reader) -> Result<Self, PackError> {
        Ok(Self { text, quantity, cues: Arc::new(Cues::new(pack)?) })
    }

    /// Reads a document.
    pub fn read(&self, document: Document) -> Article {
        let mut sentences: Vec<Sentence> = Vec::new();
        let mut claims: Vec<Claim> = Vec::new();
        let mut speakers = Speakers::default();
        for (block, content) in document.blocks.iter().enumerate() {
            for span in self.text.sentences(&content.text) {
                let tokens = self.text.tokens(&content.text, span.clone());
                let lemmas: Vec<CompactString> = tokens.iter().map(|t| self.lemma(t)).collect();
                let scene = Scene { text: &content.text, tokens: &tokens, lemmas: &lemmas, cues: &self.cues };
                let prose = tokens.len() <= LONGEST_SENTENCE;
                let voices = if prose { speakers.next(&scene, block, content.place) } else { Voices::default() };
                let figures = self.quantity.figures(&content.text, &tokens);
                let numbers: Vec<Range<usize>> = figures.iter().map(|f| f.tokens.clone()).collect();
                let first = claims.len();
                for figure in figures {
                    let mut claim = if prose {
                        bind(&scene, figure, &numbers, &claims[first..], sentences.len(), block)
                    } else {
                        unbound(figure, sentences.len(), block)
                    };
                    claim.span = content.file_span(claim.figure.span.clone());
                    claim.source = voices.at(claim.figure.tokens.start).map(str::to_owned);
                    if let Some(pronoun) = claim.pronoun
                        && claim.noun.is_none()
                    {
                        claim.noun =
                            antecedent(&tokens, &lemmas, pronoun, claim.figure.tokens.start, &sentences, block);
                    }
                    claims.push(claim);
                }
                let claims = first..claims.len();
                sentences.push(Sentence { block, span, tokens, lemmas, claims });
            }
        }
        Article { document: Arc::new(document), sentences, claims, cues: Arc::clone(&self.cues) }
    }

    fn lemma(&self, token: &Token) -> CompactString {
        match token.upos {
            Upos::NOUN | Upos::PROPN => self.text.noun_lemma(&token.lower),
            Upos::VERB | Upos::AUX => self.text.verb_lemma(&token.lower),
            _ => token.lower.clone(),
        }
    }
}

/// A figure that nothing is known of.
fn unbound(figure: Figure, sentence: usize, block: usize) -> Claim {
    Claim {
        phrase: figure.tokens.clone(),
        figure,
        sentence,
        block,
        span: 0..0,
        noun: None,
        head: None,
        pronoun: None,
        whole: false,
        of: false,
        leading: false,
        subject: None,
        verb: None,
        governed: None,
        source: None,
        definite: false,
        stage: Stage::default(),
        lead: None,
    }
}

/// Binds a figure: its noun, verb and stage. `before` are the sentence's claims so far.
fn bind(
    scene: &Scene<'_>,
    figure: Figure,
    numbers: &[Range<usize>],
    before: &[Claim],
    sentence: usize,
    block: usize,
) -> Claim {
    let Scene { tokens, lemmas, .. } = *scene;
    let mut bound = noun::bind(tokens, &figure, numbers, scene.cues);
    let governed = verb::governing(scene, &bound.phrase);
    let mut noun = bound.head.map(|h| lemmas[h].clone());
    let mut subject = bound.head.map(|_| scene.words(bound.phrase.clone()));
    if bound.bare {
        let counted = figure.quantity.unit.is_none();
        if let Some(found) = bare(scene, &figure, &bound, governed, before) {
            (noun, bound.head) = (Some(found.0), found.1);
            subject.clone_from(&noun.as_ref().map(std::string::ToString::to_string));
        }
        if !counted && !matches!(figure.quantity.kind, Kind::Date | Kind::TimeOfDay | Kind::Ordinal | Kind::Score) {
            // What a measure measures is told by the words from the verb to it: "end the war in 24 hours".
            if let Some((verb, _)) = governed {
                let mut end = bound.phrase.start.max(verb + 1);
                if tokens.get(bound.phrase.end).is_some_and(|t| t.lower == "to")
                    && tokens.get(bound.phrase.end + 1).is_some_and(Token::is_verb)
                {
                    // "had taken 18 months to plan".
                    end = bound.phrase.end + 2;
                }
                let range = verb.min(bound.phrase.start)..end;
                let words = scene.words(range);
                subject = Some(
                    subject.map_or(words.clone(), |s| if words.contains(&s) { words } else { format!("{s} {words}") }),
                );
            }
        }
    }
    let definite = stage::definite(scene, &figure.tokens, &bound.phrase);
    let stage = Stage::read(scene, &figure.tokens, &bound.phrase, governed, definite);
    let lead = Lead::read(scene, figure.tokens.start);
    Claim {
        figure,
        sentence,
        block,
        span: 0..0,
        noun,
        head: bound.head,
        phrase: bound.phrase,
        pronoun: bound.pronoun,
        whole: bound.whole,
        of: bound.of,
        leading: bound.leading,
        subject,
        verb: governed.map(|(v, _)| lemmas[v].clone()),
        governed,
        source: None,
        definite,
        stage,
        lead,
    }
}

/// What a bare figure counts or measures: the subject of its clause, or what the figure before it in the list counts.
fn bare(
    scene: &Scene<'_>,
    figure: &Figure,
    bound: &Bound,
    governed: Option<(usize, verb::Relation)>,
    before: &[Claim],
) -> Option<(CompactString, Option<usize>)> {
    let Scene { tokens, lemmas, cues, .. } = *scene;
    let start = figure.tokens.start;
    if figure.quantity.unit.is_none() {
        // "six in Bradford", "12 dead": as the last counted thing of the sentence, where it stands in the same list.
        let listed = start == 0
            || matches!(&*tokens[start - 1].lower, "," | ":" | ";" | "and" | "or" | "but")
            || tokens[start - 1].upos == Upos::DET;
        if listed && bound.pronoun.is_none() {
            let near = before.iter().rev().find(|c| c.figure.quantity.unit.is_none() && c.noun.is_some());
            if let Some(near) = near {
                return near.noun.clone().map(|n| (n, None));
            }
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
        if tokens[object].is_noun() {
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
    noun::counted_by(tokens, head, cues)
}

/// What "them", "whom" or "those" stands for: the last plural noun before the figure, in this sentence or the one before.
fn antecedent(
    tokens: &[Token],
    lemmas: &[CompactString],
    pronoun: usize,
    start: usize,
    earlier: &[Sentence],
    block: usize,
) -> Option<CompactString> {
    let plural = |tokens: &[Token], end: usize| {
        tokens[..end].iter().rposition(|t| matches!(t.xpos, "NNS" | "NNPS") || t.lower == "people")
    };
    // "the cases of 10 of them": the cases are not what "them" means.
    let start = if start >= 2 && tokens[start - 1].lower == "of" { start - 2 } else { start };
    // "which" and "whom" mean what stands right before them; "them" what the sentence spoke of.
    if let Some(at) = plural(tokens, start.min(pronoun)) {
        return Some(lemmas[at].clone());
    }
    let last = earlier.last().filter(|s| s.block == block || s.block + 1 == block)?;
    plural(&last.tokens, last.tokens.len()).map(|at| last.lemmas[at].clone())
}
