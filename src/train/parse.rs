//! Trains the parser: a dynamic oracle with exploration (Goldberg and Nivre 2013), on tags that the tagger gives to
//! sentences it was not trained on.

use std::collections::HashMap;
use std::thread;

use super::conllu::Sentence;
use super::perceptron::{Steps, Weights, table};
use super::{Random, Section, assemble, tag};
use crate::text::model::{MOST_LABELS, Model, ModelError, Word};
use crate::text::parser::{ACTIONS, Action, NO_LABEL, Node, State, arc_features, choose, features};
use crate::text::tagger::{Tag, Tagger, best};

/// Parts of the treebank, each tagged by a tagger trained on the others.
const FOLDS: usize = 5;
/// Rounds over the treebank of those taggers.
const FOLD_EPOCHS: usize = 5;
/// In so many of a hundred steps the parser follows its own choice, after the first round.
const EXPLORE: usize = 90;
/// A feature that is rarer on the way of the treebank's trees is left out.
const RAREST_FEATURE: u8 = 4;
/// Bits of the table that counts features.
const COUNTER_BITS: u32 = 27;
/// Weights of arcs as bytes: see `Weights::rows`.
const GAIN: f64 = 1.0;

/// A sentence made ready: its nodes, and the treebank's heads and labels.
struct Ready {
    nodes: Vec<Node>,
    heads: Vec<u32>,
    labels: Vec<u8>,
}

/// The parser's nodes of a sentence.
pub(super) fn nodes(tagger: &Tagger, words: &[Word], tags: &[Tag]) -> Vec<Node> {
    words.iter().zip(tags).map(|(word, &tag)| Node::new(word, tag, tagger.name(tag).0)).collect()
}

/// Tags every sentence with a tagger that has not seen it; the tags have the numbers they have in `tagger`.
fn jackknife(sentences: &[&Sentence], tagger: &Tagger) -> Result<Vec<Vec<Tag>>, ModelError> {
    let fold_of = |sentence: &Sentence| sentence.document % FOLDS;
    let taggers: Vec<Result<Tagger, ModelError>> = thread::scope(|scope| {
        let threads: Vec<_> = (0..FOLDS)
            .map(|fold| {
                scope.spawn(move || {
                    let others: Vec<&Sentence> = sentences.iter().copied().filter(|s| fold_of(s) != fold).collect();
                    let bytes: &'static [u8] = assemble(&tag::train(&others, FOLD_EPOCHS)).leak();
                    Tagger::new(&Model::new(bytes)?)
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or(Err(ModelError::Version))).collect()
    });
    let taggers: Vec<Tagger> = taggers.into_iter().collect::<Result<_, _>>()?;
    Ok(sentences
        .iter()
        .map(|sentence| {
            let own = &taggers[fold_of(sentence)];
            let mut words: Vec<Word> = sentence.nodes.iter().map(|n| Word::new(&n.form, &n.lower)).collect();
            own.tag(&mut words).into_iter().map(|tag| tagger.number(own.name(tag))).collect()
        })
        .collect())
}

/// What a step costs: the arcs of the treebank that can no longer be made after it.
fn cost(state: &State, gold: &Ready, action: Action) -> usize {
    let root = gold.nodes.len() as u32;
    let next = state.next();
    let head_of = |node: u32| gold.heads.get(node as usize).copied();
    let stack = state.stack();
    let hang_on = |head: u32, from: u32| (from..root).filter(|&node| head_of(node) == Some(head)).count();
    match (action, stack) {
        (Action::Shift, [below @ .., top]) => {
            let head = head_of(next);
            let lost = below.iter().any(|&node| head == Some(node));
            let dependents = below.iter().chain([top]).filter(|&&node| head_of(node) == Some(next)).count();
            usize::from(lost) + dependents
        }
        (Action::Left, [below @ .., top]) => {
            let head = head_of(*top);
            let lost = head.is_some_and(|h| h > next) || (head.is_some() && head == below.last().copied());
            usize::from(lost) + hang_on(*top, next)
        }
        (Action::Right, [.., top]) => {
            let lost = head_of(*top).is_some_and(|head| head >= next);
            usize::from(lost) + hang_on(*top, next)
        }
        _ => 0,
    }
}

/// The cheapest allowed steps.
fn cheapest(state: &State, gold: &Ready) -> [bool; 3] {
    let costs = ACTIONS.map(|action| if state.allows(action) { cost(state, gold, action) } else { usize::MAX });
    let least = costs.iter().min().copied().unwrap_or(0);
    costs.map(|cost| cost == least)
}

/// Counts features by a hash of few bits.
struct Counter(Vec<u8>);

impl Counter {
    fn count(&mut self, hashes: &[u64]) {
        for hash in hashes {
            let cell = &mut self.0[(hash >> (64 - COUNTER_BITS)) as usize];
            *cell = cell.saturating_add(1);
        }
    }

    /// The features that are not too rare, moved to the front.
    fn kept<'a>(&self, hashes: &'a mut [u64]) -> &'a [u64] {
        let mut count = 0;
        for at in 0..hashes.len() {
            if self.0[(hashes[at] >> (64 - COUNTER_BITS)) as usize] >= RAREST_FEATURE {
                hashes[count] = hashes[at];
                count += 1;
            }
        }
        &hashes[..count]
    }
}

/// The sections `relations`, `steps` and `arcs` of a model.
pub(super) fn train(sentences: &[&Sentence], tagger: &Tagger, epochs: usize) -> Result<Vec<Section>, ModelError> {
    let tags = jackknife(sentences, tagger)?;
    let mut relations: Vec<&str> = sentences.iter().flat_map(|s| &s.nodes).map(|n| n.relation.as_str()).collect();
    relations.sort_unstable();
    relations.dedup();
    relations.truncate(MOST_LABELS);
    let numbers: HashMap<&str, u8> = relations.iter().zip(0..).map(|(&name, number)| (name, number)).collect();
    let all: Vec<Ready> = sentences
        .iter()
        .zip(&tags)
        .map(|(sentence, tags)| {
            let words: Vec<Word> = sentence.nodes.iter().map(|n| Word::new(&n.form, &n.lower)).collect();
            let root = sentence.nodes.len();
            let head = |(at, head): (usize, usize)| if head == at { root as u32 } else { head as u32 };
            Ready {
                nodes: nodes(tagger, &words, tags),
                heads: sentence.nodes.iter().map(|n| n.head).enumerate().map(head).collect(),
                labels: sentence.nodes.iter().map(|n| numbers.get(n.relation.as_str()).copied().unwrap_or(0)).collect(),
            }
        })
        .collect();

    let mut counter = Counter(vec![0; 1 << COUNTER_BITS]);
    for gold in &all {
        let mut state = State::new(&gold.nodes);
        while !state.is_final() {
            counter.count(&features(&state));
            let cheap = cheapest(&state, gold);
            let Some(action) = choose(&[0, 1, 1], |action| cheap[action as usize]) else { break };
            let label = state.arc(action).map_or(NO_LABEL, |(head, dependent)| {
                counter.count(&arc_features(&state, head, dependent));
                gold.labels[dependent as usize]
            });
            state.take(action, label);
        }
    }

    let mut steps = Steps::default();
    let mut arcs = Weights::default();
    let mut random = Random::new();
    let mut order: Vec<usize> = (0..all.len()).collect();
    for epoch in 0..epochs {
        random.shuffle(&mut order);
        for &number in &order {
            learn(&all[number], relations.len(), epoch > 0, &counter, &mut steps, &mut arcs, &mut random);
        }
    }
    Ok(vec![
        ("relations", relations.join("\n").into_bytes()),
        ("steps", steps.grid()),
        ("arcs", table(&arcs.rows(GAIN))),
    ])
}

/// Parses a sentence and learns from the mistakes.
fn learn(
    gold: &Ready,
    relations: usize,
    explore: bool,
    counter: &Counter,
    steps: &mut Steps,
    arcs: &mut Weights,
    random: &mut Random,
) {
    let mut state = State::new(&gold.nodes);
    while !state.is_final() {
        let mut hashes = features(&state);
        let hashes = counter.kept(&mut hashes);
        let mut scores = [0; 3];
        steps.tick();
        steps.score(hashes, &mut scores);
        let cheap = cheapest(&state, gold);
        let guess = choose(&scores, |action| state.allows(action));
        let right = choose(&scores, |action| cheap[action as usize]);
        let (Some(guess), Some(right)) = (guess, right) else { break };
        if !cheap[guess as usize] {
            steps.update(hashes, right as usize, guess as usize);
        }
        let action = if explore && random.below(100) < EXPLORE { guess } else { right };
        let label = state.arc(action).map_or(NO_LABEL, |(head, dependent)| {
            let mut hashes = arc_features(&state, head, dependent);
            let hashes = counter.kept(&mut hashes);
            let mut scores = [0; MOST_LABELS];
            arcs.tick();
            arcs.score(hashes, &mut scores);
            let guess = best(&scores[..relations]);
            let right = gold.labels[dependent as usize];
            if guess != right && gold.heads[dependent as usize] == head {
                arcs.update(hashes, right, guess);
            }
            guess
        });
        state.take(action, label);
    }
}
