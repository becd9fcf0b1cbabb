//! Trains the tagger.

use std::collections::{BTreeMap, HashMap};

use super::Random;
use super::conllu::Sentence;
use super::perceptron::{Identity, Weights, table};
use crate::text::model::{MOST_LABELS, Shape, Word};
use crate::text::tagger::{CONTEXT, FEATURES, Known, NO_TAG, Tag, best, context, history, mark_title};

/// A tag that is rarer is replaced by the commonest of its UPOS.
const RAREST_TAG: usize = 6;
/// A feature that is rarer is left out.
const RAREST_FEATURE: u32 = 3;
/// How often a word must have been seen (besides the place in question) for its commonest tag to be a feature.
const KNOWN_FROM: u32 = 1;
/// How often a word must have been seen to go by the lexicon alone, and how rarely with another tag, one time in so many.
const CERTAIN_FROM: u32 = 15;
const CERTAIN_SHARE: u32 = 150;
/// Of so many sentences one is read once more as a headline, its words with capitals.
const HEADLINES: usize = 12;
/// How the largest weight is written beyond what a byte holds (1: not clipped).
const GAIN: f64 = 1.0;

/// The names of the tags, by number.
pub(super) struct Tags {
    pub(super) names: Vec<String>,
    numbers: HashMap<String, Tag>,
}

impl Tags {
    pub(super) fn new(sentences: &[&Sentence]) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for node in sentences.iter().flat_map(|s| &s.nodes) {
            *counts.entry(&node.tag).or_default() += 1;
        }
        let names: Vec<String> = counts
            .iter()
            .filter(|(_, n)| **n >= RAREST_TAG)
            .map(|(name, _)| (*name).to_owned())
            .take(MOST_LABELS)
            .collect();
        let numbers = counts
            .keys()
            .filter_map(|&tag| {
                let upos = tag.split('|').next();
                let same = |name: &&&str| name.split('|').next() == upos && counts[**name] >= RAREST_TAG;
                let kept = if counts[tag] >= RAREST_TAG {
                    tag
                } else {
                    *counts.keys().filter(same).max_by_key(|n| counts[*n])?
                };
                Some((tag.to_owned(), names.iter().position(|name| name == kept)? as Tag))
            })
            .collect();
        Self { names, numbers }
    }

    fn number(&self, name: &str) -> Tag {
        self.numbers.get(name).copied().unwrap_or(0)
    }
}

/// How often each word has each tag.
#[derive(Default)]
struct Lexicon {
    words: HashMap<u64, Vec<(Tag, u32)>, std::hash::BuildHasherDefault<Identity>>,
}

impl Lexicon {
    fn count(&mut self, word: u64, tag: Tag) {
        let tags = self.words.entry(word).or_default();
        match tags.iter_mut().find(|(known, _)| *known == tag) {
            Some((_, count)) => *count += 1,
            None => tags.push((tag, 1)),
        }
    }

    fn known(tags: &[(Tag, u32)], less: Option<Tag>) -> Known {
        let counts = || tags.iter().map(|&(tag, n)| (n - u32::from(Some(tag) == less), tag));
        let total: u32 = counts().map(|(n, _)| n).sum();
        let Some((most, tag)) = counts().max() else { return Known::NOT };
        if total < KNOWN_FROM {
            return Known::NOT;
        }
        Known { tag, certain: total >= CERTAIN_FROM && (total - most) * CERTAIN_SHARE <= total }
    }

    /// What the lexicon would say of a word if it had not seen it here.
    fn without(&self, word: u64, tag: Tag) -> Known {
        self.words.get(&word).map_or(Known::NOT, |tags| Self::known(tags, Some(tag)))
    }

    fn rows(&self) -> Vec<(u64, Vec<(u8, i8)>)> {
        let mut rows: Vec<_> = self
            .words
            .iter()
            .map(|(&word, tags)| (word, Self::known(tags, None)))
            .filter(|(_, known)| known.tag != NO_TAG)
            .map(|(word, known)| (word, vec![(known.tag, i8::from(known.certain))]))
            .collect();
        rows.sort_unstable();
        rows
    }
}

/// A sentence made ready.
struct Ready {
    words: Vec<Word>,
    gold: Vec<Tag>,
}

fn ready(sentence: &Sentence, tags: &Tags, headline: bool) -> Ready {
    let mut words: Vec<Word> = sentence
        .nodes
        .iter()
        .map(|node| {
            let mut word = Word::new(&node.form, &node.lower);
            if headline && word.shape == Shape::Lower {
                word.shape = Shape::Capital;
            }
            word
        })
        .collect();
    mark_title(&mut words);
    Ready { words, gold: sentence.nodes.iter().map(|node| tags.number(&node.tag)).collect() }
}

/// The sections `tags`, `tagger` and `lexicon` of a model.
pub(super) fn train(sentences: &[&Sentence], epochs: usize) -> Vec<(&'static str, Vec<u8>)> {
    let tags = Tags::new(sentences);
    let mut all: Vec<Ready> = sentences.iter().map(|sentence| ready(sentence, &tags, false)).collect();
    all.extend(sentences.iter().step_by(HEADLINES).map(|sentence| ready(sentence, &tags, true)));
    let mut lexicon = Lexicon::default();
    for (word, tag) in all.iter().flat_map(|s| s.words.iter().zip(&s.gold)) {
        lexicon.count(word.form, *tag);
    }

    let mut seen: HashMap<u64, u32, std::hash::BuildHasherDefault<Identity>> = HashMap::default();
    let mut features = [0; FEATURES];
    let mut contexts: Vec<Vec<[u64; FEATURES]>> = Vec::with_capacity(all.len());
    let mut certain: Vec<Vec<bool>> = Vec::with_capacity(all.len());
    for sentence in &all {
        let known: Vec<Known> =
            sentence.words.iter().zip(&sentence.gold).map(|(word, tag)| lexicon.without(word.form, *tag)).collect();
        let mut of_sentence = Vec::with_capacity(sentence.words.len());
        for at in 0..sentence.words.len() {
            context(&sentence.words, &known, at, &mut features);
            history(&sentence.words, &sentence.gold, at, &mut features);
            for hash in &features {
                *seen.entry(*hash).or_default() += 1;
            }
            of_sentence.push(features);
        }
        contexts.push(of_sentence);
        certain.push(known.iter().map(|known| known.certain).collect());
    }

    let mut weights = Weights::default();
    let mut random = Random::new();
    let mut order: Vec<usize> = (0..all.len()).collect();
    for _ in 0..epochs {
        random.shuffle(&mut order);
        for &number in &order {
            let sentence = &all[number];
            let mut given: Vec<Tag> = Vec::with_capacity(sentence.words.len());
            for at in 0..sentence.words.len() {
                let gold = sentence.gold[at];
                if certain[number][at] {
                    given.push(gold);
                    continue;
                }
                features[..CONTEXT].copy_from_slice(&contexts[number][at][..CONTEXT]);
                history(&sentence.words, &given, at, &mut features);
                let mut kept = [0; FEATURES];
                let mut count = 0;
                for hash in &features {
                    if seen.get(hash).is_some_and(|n| *n >= RAREST_FEATURE) {
                        kept[count] = *hash;
                        count += 1;
                    }
                }
                let mut scores = [0_i32; MOST_LABELS];
                weights.tick();
                weights.score(&kept[..count], &mut scores);
                let guess = best(&scores[..tags.names.len()]);
                if guess != gold {
                    weights.update(&kept[..count], gold, guess);
                }
                given.push(guess);
            }
        }
    }
    vec![
        ("tags", tags.names.join("\n").into_bytes()),
        ("tagger", table(&weights.rows(GAIN))),
        ("lexicon", table(&lexicon.rows())),
    ]
}
