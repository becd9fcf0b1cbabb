//! Which sentences hold figures that could clash with others: what is cheap to know of a figure (its kind, unit and value,
//! and the noun and event by the tags) is compared first, and only where two could clash are trees made. Figures of unlike
//! kinds, as of a speed and a length of time, clash by their values; rules that hold these together read tags.

use std::ops::Range;

use compact_str::CompactString;

use super::Cues;
use super::cues::Class;
use super::noun;
use super::reader::{Drafted, LONGEST_SENTENCE};
use crate::lookup::HashMap;
use crate::quantity::{Digits, Figure, Interval, Kind, Slip};

/// So many figures before it of its kind is one held against, as the rules do.
const WINDOW: usize = 48;

/// What is known of a figure without a tree.
struct Known<'a> {
    sentence: usize,
    values: Interval,
    digits: Option<Digits>,
    noun: Option<&'a str>,
    event: Option<Class>,
}

/// For each sentence, whether a figure in it could clash with another one.
pub(super) fn could_clash(sentences: &[Drafted], cues: &Cues) -> Vec<bool> {
    let mut could = vec![false; sentences.len()];
    let mut alike: HashMap<(Kind, CompactString), Vec<Known<'_>>> = HashMap::default();
    for (sentence, read) in sentences.iter().enumerate().filter(|(_, s)| s.tokens.len() <= LONGEST_SENTENCE) {
        let numbers: Vec<Range<usize>> = read.figures.iter().map(|f| f.tokens.clone()).collect();
        for figure in read.figures.iter().filter(|f| is_measure(f.quantity.kind)) {
            let known = Known::new(sentence, read, figure, &numbers, cues);
            let others = alike.entry((figure.quantity.kind, figure.quantity.dimension())).or_default();
            for other in others.iter().rev().take(WINDOW) {
                if !(could[sentence] && could[other.sentence]) && known.could_clash(other, cues) {
                    (could[sentence], could[other.sentence]) = (true, true);
                }
            }
            others.push(known);
        }
    }
    could
}

/// Whether figures of a kind are held against others wherever they stand.
fn is_measure(kind: Kind) -> bool {
    !matches!(kind, Kind::Date | Kind::Ordinal | Kind::Score | Kind::TimeOfDay)
}

impl<'a> Known<'a> {
    fn new(sentence: usize, read: &'a Drafted, figure: &Figure, numbers: &[Range<usize>], cues: &Cues) -> Self {
        let Drafted { tokens, lemmas, .. } = read;
        let quantity = &figure.quantity;
        let bound = noun::bind(tokens, figure, numbers, cues);
        let noun = bound.head.map(|head| lemmas[head].as_str());
        let classes = &cues.classes;
        let event = noun.and_then(|noun| classes.event_of_noun(noun)).or_else(|| {
            // The verb may stand on either side, a participle or "dead" right behind.
            let mut words = tokens.iter().zip(lemmas);
            words.find_map(|(t, l)| classes.event_of_verb(l).or_else(|| classes.event_of_word(&t.lower)))
        });
        Self {
            sentence,
            values: quantity.to_base(&quantity.allowed()),
            digits: quantity.single().and_then(Digits::of),
            noun,
            event,
        }
    }

    /// Whether two figures of one kind cannot both hold if they are of one thing, and may be.
    fn could_clash(&self, other: &Self, cues: &Cues) -> bool {
        if self.values.meets(&other.values) {
            return false;
        }
        let slip = self.digits.as_ref().zip(other.digits.as_ref()).is_some_and(|(a, b)| Slip::between(a, b).is_some());
        let same_noun = match (self.noun, other.noun) {
            (Some(a), Some(b)) => cues.classes.same_thing(a, b),
            _ => true,
        };
        // Of two in one sentence one may be a part of the other: "the 18-strong choir included 23 sopranos".
        self.sentence == other.sentence || slip || same_noun || self.event.is_some() && self.event == other.event
    }
}
