//! Tags words: an averaged perceptron, from left to right, over the word, its ends, its look, its neighbours and the
//! tags before it (Collins 2002, with a lexicon for words that have one tag only).

use super::Upos;
use super::model::{MOST_LABELS, Model, ModelError, Shape, Table, Word, feature};

/// How many features a word has.
pub(crate) const FEATURES: usize = 27;

/// A tag by its number in the model; joint UPOS and XPOS.
pub(crate) type Tag = u8;

/// The number of no tag: before the first word and after the last.
pub(crate) const NO_TAG: Tag = 0xFF;

/// A word of the lexicon in training: its commonest tag, and whether it has no other to speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) tag: Tag,
    pub(crate) certain: bool,
}

impl Known {
    /// What is not in the lexicon.
    pub(crate) const NOT: Self = Self { tag: NO_TAG, certain: false };
}

/// Gives words their tags.
#[derive(Debug, Clone)]
pub(crate) struct Tagger {
    tags: Vec<(Upos, &'static str)>,
    weights: Table,
    lexicon: Table,
}

impl Tagger {
    /// The tagger of a model: sections `tags`, `tagger` and `lexicon`.
    pub(crate) fn new(model: &Model) -> Result<Self, ModelError> {
        let mut tags = Vec::new();
        for line in model.lines("tags")? {
            let (upos, xpos) = line.split_once('|').ok_or(ModelError::Damaged("tags"))?;
            tags.push((upos.parse().map_err(|()| ModelError::Damaged("tags"))?, xpos));
        }
        if tags.is_empty() || tags.len() > MOST_LABELS {
            return Err(ModelError::Damaged("tags"));
        }
        let weights = Table::new(model, "tagger")?;
        let lexicon = Table::new(model, "lexicon")?;
        Ok(Self { tags, weights, lexicon })
    }

    /// A tag's names.
    pub(crate) fn name(&self, tag: Tag) -> (Upos, &'static str) {
        self.tags.get(usize::from(tag)).copied().unwrap_or((Upos::X, "FW"))
    }

    /// What the lexicon says of a word.
    pub(crate) fn known(&self, word: &Word) -> Known {
        self.lexicon.row(word.form).first().map_or(Known::NOT, |&[tag, certain]| Known { tag, certain: certain > 0 })
    }

    /// The tags of a sentence's words.
    pub(crate) fn tag(&self, words: &mut [Word]) -> Vec<Tag> {
        mark_title(words);
        let known: Vec<Known> = words.iter().map(|word| self.known(word)).collect();
        let mut tags = Vec::with_capacity(words.len());
        let mut features = [0; FEATURES];
        for at in 0..words.len() {
            if known[at].certain {
                tags.push(known[at].tag);
                continue;
            }
            context(words, &known, at, &mut features);
            history(words, &tags, at, &mut features);
            let mut scores = [0_i32; MOST_LABELS];
            self.weights.add(&features, &mut scores);
            tags.push(best(&scores[..self.tags.len()]));
        }
        tags
    }
}

/// The number of the highest score, the first of equals.
pub(crate) fn best(scores: &[i32]) -> u8 {
    let mut best = 0;
    for (at, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = at;
        }
    }
    best as u8
}

/// Marks the capitals of a sentence in title case, where they mean little.
pub(crate) fn mark_title(words: &mut [Word]) {
    let capitals = words.iter().filter(|w| w.shape == Shape::Capital).count();
    let small = words.iter().filter(|w| w.shape == Shape::Lower).count();
    if capitals >= 4 && capitals * 2 > small * 3 {
        for word in words.iter_mut().filter(|w| w.shape == Shape::Capital) {
            word.shape = Shape::TitleCase;
        }
    }
}

/// How many of the features do not depend on tags given before.
pub(crate) const CONTEXT: usize = 21;

/// The features of the word at `at` that do not depend on the tags before it.
pub(crate) fn context(words: &[Word], known: &[Known], at: usize, features: &mut [u64; FEATURES]) {
    let word = |offset: isize| at.checked_add_signed(offset).and_then(|at| words.get(at));
    let form = |offset: isize| word(offset).map_or(1, |w| w.form);
    let shape = |offset: isize| word(offset).map_or(99, |w| w.shape as u64);
    let suffix = |offset: isize| word(offset).map_or(1, |w| w.suffix[2]);
    let lexical =
        |offset: isize| at.checked_add_signed(offset).and_then(|at| known.get(at)).map_or(200, |k| u64::from(k.tag));
    let here = &words[at];
    let first = u64::from(at == 0);
    let look = here.shape as u64 * 2 + first;
    let list = [
        (form(0), 0),
        (here.suffix[0], 0),
        (here.suffix[1], 0),
        (here.suffix[2], 0),
        (here.suffix[3], 0),
        (here.prefix[0], 0),
        (here.prefix[1], 0),
        (here.prefix[2], 0),
        (look, 0),
        (look, here.suffix[1]),
        (look, lexical(0)),
        (form(-1), 0),
        (form(-2), 0),
        (form(1), 0),
        (form(2), 0),
        (form(-1), form(0)),
        (form(0), form(1)),
        (lexical(0) << 8 | lexical(1), 0),
        (lexical(1) << 8 | lexical(2), lexical(0)),
        (suffix(1), shape(1)),
        (suffix(-1), shape(-1)),
    ];
    for (template, (a, b)) in list.into_iter().enumerate() {
        features[template] = feature(template as u64, a, b);
    }
}

/// The features of the word at `at` that depend on the tags before it.
pub(crate) fn history(words: &[Word], tags: &[Tag], at: usize, features: &mut [u64; FEATURES]) {
    let tag = |back: usize| u64::from(at.checked_sub(back).map_or(NO_TAG, |at| tags[at]));
    let here = &words[at];
    let next = words.get(at + 1).map_or(1, |w| w.form);
    let list = [
        (tag(1), 0),
        (tag(1) << 8 | tag(2), 0),
        (tag(1), here.form),
        (tag(1) << 8 | tag(2), here.suffix[2]),
        (tag(1), next),
        (tag(1) << 16 | tag(2) << 8 | here.shape as u64, here.suffix[1]),
    ];
    for (number, (a, b)) in list.into_iter().enumerate() {
        features[CONTEXT + number] = feature((CONTEXT + number) as u64, a, b);
    }
}
