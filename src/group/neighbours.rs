//! Which of many documents may tell one story, so that not every one is held against every other.

use compact_str::CompactString;

use crate::claim::{Article, Sentence};
use crate::document::Place;
use crate::lookup::HashMap;
use crate::text::Upos;

/// How many others a document asks to be held against at most. So many documents or fewer are all held against one another.
const MOST: usize = 64;

/// The later documents that each document, told by its words, is held against, in order: those that it has most words in
/// common with, or that have most in common with it. A word counts the more, the fewer documents have it, as the names of a
/// story do.
///
/// The work grows with the words of the documents and not with their pairs: of a word that more than [`MOST`] documents
/// have, each of them looks only at those that stand next to it among them.
pub(super) fn later(documents: &[Vec<&str>]) -> Vec<Vec<usize>> {
    let count = documents.len();
    if count <= MOST {
        return (0..count).map(|at| (at + 1..count).collect()).collect();
    }
    let having = having(documents);
    let mut later: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut shared: Vec<u32> = vec![0; count];
    let mut touched: Vec<usize> = Vec::new();
    for (at, words) in documents.iter().enumerate() {
        for word in words {
            let Some(all) = having.get(*word) else { continue };
            let own = all.partition_point(|&other| other < at);
            let near = if all.len() <= MOST {
                0..all.len()
            } else {
                own.saturating_sub(MOST / 2)..(own + MOST / 2).min(all.len())
            };
            let weight = (count / all.len()).ilog2() + 1;
            for &other in all[near].iter().filter(|&&other| other != at) {
                if shared[other] == 0 {
                    touched.push(other);
                }
                shared[other] += weight;
            }
        }
        touched.sort_unstable_by_key(|&other| (std::cmp::Reverse(shared[other]), other));
        for &other in touched.iter().take(MOST) {
            later[at.min(other)].push(at.max(other));
        }
        for other in touched.drain(..) {
            shared[other] = 0;
        }
    }
    for others in &mut later {
        others.sort_unstable();
        others.dedup();
    }
    later
}

/// The documents of each word, in order.
fn having<'w>(documents: &[Vec<&'w str>]) -> HashMap<&'w str, Vec<usize>> {
    let mut having: HashMap<&str, Vec<usize>> = HashMap::default();
    for (at, words) in documents.iter().enumerate() {
        for &word in words {
            having.entry(word).or_default().push(at);
        }
    }
    having
}

/// The words of a document, as lemmas, each once.
pub(super) fn words(article: &Article) -> Vec<&str> {
    let lemmas = article.sentences.iter().flat_map(|sentence| &sentence.lemmas);
    let mut words: Vec<&str> = lemmas.map(CompactString::as_str).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Whom and what a document names outside its headings, where capitals say little; as lemmas, each once, in order.
pub(super) fn names(article: &Article) -> Vec<&str> {
    let calendar = &article.cues.relations.calendar;
    let mut names: Vec<&str> = Vec::new();
    let told = |sentence: &&Sentence| {
        !matches!(article.document.blocks[sentence.block].place, Place::Headline | Place::Heading)
    };
    for sentence in article.sentences.iter().filter(told) {
        let all = 0..sentence.tokens.len();
        let named = all.filter(|&at| is_name(sentence, at) && !calendar.has(&sentence.lemmas[at]));
        names.extend(named.map(|at| sentence.lemmas[at].as_str()));
    }
    names.sort_unstable();
    names.dedup();
    names
}

/// Whether a word is a name: a capital inside a sentence makes one, whatever the tagger makes of the word.
pub(super) fn is_name(sentence: &Sentence, at: usize) -> bool {
    let token = &sentence.tokens[at];
    token.upos == Upos::PROPN || at > 0 && token.capital && token.is_noun()
}

/// Whether two sorted lists have a name in common, or one that the other's begins with: "Israel", "Israelis".
pub(super) fn share_a_name(one: &[&str], other: &[&str]) -> bool {
    /// The shortest beginning that counts, in bytes.
    const STEM: usize = 4;
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (one.get(i), other.get(j)) {
        let (short, long) = if x <= y { (x, y) } else { (y, x) };
        // Whatever begins with a word stands right behind it.
        if x == y || short.len() >= STEM && long.starts_with(short) {
            return true;
        }
        if x < y { i += 1 } else { j += 1 }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_shared_whole_or_as_the_beginning_of_another() {
        assert!(share_a_name(&["hull", "whitby"], &["selby", "whitby", "york"]));
        assert!(share_a_name(&["israelis", "york"], &["gaza", "israel", "israeli"]));
        assert!(!share_a_name(&["hull", "whitby"], &["selby", "york"]));
        // Three letters begin too many names.
        assert!(!share_a_name(&["un"], &["union", "unrwa"]));
        assert!(!share_a_name(&[], &["york"]));
    }

    fn of(documents: &[Vec<String>]) -> Vec<Vec<usize>> {
        let words: Vec<Vec<&str>> = documents.iter().map(|d| d.iter().map(String::as_str).collect()).collect();
        later(&words)
    }

    #[test]
    fn a_few_documents_are_all_held_against_one_another() {
        let apart: Vec<Vec<String>> = (0..3).map(|at| vec![format!("word{at}")]).collect();
        assert_eq!(of(&apart), [vec![1, 2], vec![2], vec![]]);
    }

    #[test]
    fn of_many_documents_those_of_one_story_meet() {
        // Documents 7, 207, 407 and so on tell one story; all have a word in common with all.
        let many: Vec<Vec<String>> =
            (0..1000).map(|at| vec!["fire".to_owned(), format!("place{}", at % 200)]).collect();
        let later = of(&many);
        for (one, other) in [(7, 207), (7, 807), (407, 607)] {
            assert!(later[one].contains(&other), "{one} and {other}");
        }
    }

    #[test]
    fn no_document_asks_for_more_than_so_many_and_one_like_all_others_still_meets_some() {
        let alike: Vec<Vec<String>> = (0..5000).map(|_| vec!["fire".to_owned(), "village".to_owned()]).collect();
        let later = of(&alike);
        assert!(later.iter().map(Vec::len).sum::<usize>() <= 5000 * MOST);
        assert!(later[..4999].iter().all(|others| !others.is_empty()));
    }
}
