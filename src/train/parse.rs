//! Trains the parser, on tags and labels that are given to each sentence by weights it was not trained on.

use std::collections::HashMap;

use rayon::prelude::*;

use super::conllu::Sentence;
use super::gold::Gold;
use super::perceptron::{Counter, Weights, table};
use super::{Random, Section, assemble, marks, ready, structured, tag};
use crate::text::model::{MOST_LABELS, Model, ModelError, Word};
use crate::text::parser::features::arc_features;
use crate::text::parser::{Namer, Node};
use crate::text::tagger::{Tag, Tagger, best};

/// Parts of the treebank, each tagged by a tagger trained on the others.
const FOLDS: usize = 5;
/// Rounds over the treebank of those taggers.
const FOLD_EPOCHS: usize = 5;
/// Rounds over the treebank of what names arcs.
const NAMER_EPOCHS: usize = 6;
/// A feature of an arc that is rarer is left out.
const RAREST_FEATURE: u8 = 8;
/// Weights of arcs as bytes: see `Weights::rows`.
const GAIN: f64 = 1.0;

/// The parser's nodes of a sentence.
pub(super) fn nodes(tagger: &Tagger, words: &[Word], tags: &[Tag]) -> Vec<Node> {
    words.iter().zip(tags).map(|(word, &tag)| Node::new(word, tag, tagger.name(tag).0)).collect()
}

fn fold_of(sentence: &Sentence) -> usize {
    sentence.document % FOLDS
}

/// Tags every sentence with a tagger that has not seen it; the tags have the numbers they have in `tagger`.
fn jackknife(sentences: &[&Sentence], tagger: &Tagger) -> Result<Vec<Vec<Tag>>, ModelError> {
    let taggers: Vec<Tagger> = (0..FOLDS)
        .into_par_iter()
        .map(|fold| {
            let others: Vec<&Sentence> = sentences.iter().copied().filter(|s| fold_of(s) != fold).collect();
            Tagger::new(&Model::new(ready(&assemble(&tag::train(&others, FOLD_EPOCHS)))?)?)
        })
        .collect::<Result<_, _>>()?;
    Ok(sentences
        .par_iter()
        .map(|sentence| {
            let own = &taggers[fold_of(sentence)];
            let mut words: Vec<Word> = sentence.nodes.iter().map(|n| Word::new(&n.form, &n.lower)).collect();
            own.tag(&mut words).into_iter().map(|tag| tagger.number(own.name(tag))).collect()
        })
        .collect())
}

/// The sections `relations`, `arcs`, `steps` and `marks` of a model.
pub(super) fn train(sentences: &[&Sentence], tagger: &Tagger) -> Result<Vec<Section>, ModelError> {
    let tags = jackknife(sentences, tagger)?;
    let mut relations: Vec<&str> = sentences.iter().flat_map(|s| &s.nodes).map(|n| n.relation.as_str()).collect();
    relations.sort_unstable();
    relations.dedup();
    relations.truncate(MOST_LABELS);
    let numbers: HashMap<&str, u8> = relations.iter().zip(0..).map(|(&name, number)| (name, number)).collect();
    let all: Vec<Gold> = sentences
        .par_iter()
        .zip(tags)
        .map(|(sentence, tags)| {
            let words: Vec<Word> = sentence.nodes.iter().map(|n| Word::new(&n.form, &n.lower)).collect();
            let root = sentence.nodes.len();
            let head = |(at, head): (usize, usize)| if head == at { root } else { head };
            let heads: Vec<usize> = sentence.nodes.iter().map(|n| n.head).enumerate().map(head).collect();
            let label = |relation: &str| numbers.get(relation).copied().unwrap_or(0);
            let labels: Vec<u8> = sentence.nodes.iter().map(|n| label(&n.relation)).collect();
            Gold::new(nodes(tagger, &words, &tags), &heads, &labels)
        })
        .collect();

    let relations = ("relations", relations.join("\n").into_bytes());
    // What names arcs is trained as the taggers are, and once more, for the model, on all parts.
    let namers: Vec<Vec<Section>> = (0..=FOLDS)
        .into_par_iter()
        .map(|fold| {
            let others: Vec<&Gold> =
                sentences.iter().zip(&all).filter(|(s, _)| fold_of(s) != fold).map(|(_, gold)| gold).collect();
            vec![relations.clone(), name_arcs(&others, numbers.len())]
        })
        .collect();
    let namers_of_folds: Vec<Namer> = namers
        .iter()
        .map(|sections| Namer::new(&Model::new(ready(&assemble(sections))?)?))
        .collect::<Result<_, _>>()?;
    let steps = structured::train(&all, |number| &namers_of_folds[fold_of(sentences[number])]);
    let mut sections = namers.into_iter().next_back().unwrap_or_default();
    sections.push(("steps", steps));
    sections.push(marks::train(&all));
    Ok(sections)
}

/// The section `arcs` of a model.
fn name_arcs(all: &[&Gold], labels: usize) -> Section {
    let mut counter = Counter::new();
    for gold in all {
        gold.walk(|chart, state, action| {
            let Some(arc) = chart.arc(state, action) else { return 0 };
            counter.count(&arc_features(chart, &arc));
            gold.labels[arc.dependent as usize]
        });
    }
    let mut weights = Weights::default();
    let mut random = Random::new();
    let mut order: Vec<usize> = (0..all.len()).collect();
    for _ in 0..NAMER_EPOCHS {
        random.shuffle(&mut order);
        for &number in &order {
            let gold = all[number];
            gold.walk(|chart, state, action| {
                let Some(arc) = chart.arc(state, action) else { return 0 };
                let mut hashes = arc_features(chart, &arc);
                let hashes = counter.kept(&mut hashes, RAREST_FEATURE);
                let mut scores = [0; MOST_LABELS];
                weights.tick();
                weights.score(hashes, &mut scores);
                let guess = best(&scores[..labels]);
                let right = gold.labels[arc.dependent as usize];
                if guess != right {
                    weights.update(hashes, right, guess);
                }
                guess
            });
        }
    }
    ("arcs", table(&weights.rows(GAIN)))
}
