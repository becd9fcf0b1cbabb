//! Groups: which claims are of one thing.
//!
//! Two claims are of one thing when their dimension, noun and distinguishing words fit and nothing tells them apart:
//! another place, day, subset, stage. [`Frames::link`] says so for a pair, with a score and the reasons.

mod across;
mod explain;
mod frame;
mod neighbours;
mod signs;
mod statement;

use std::cell::OnceCell;

use compact_str::CompactString;

use crate::claim::{Article, Claim};
use crate::lookup::HashMap;
use crate::quantity::{Kind, Number};
pub use across::{Accounts, Apart, Match};
pub use explain::explain;
pub use frame::{Frame, Section};
pub use signs::{Item, Pair, SIGNS, Signs};
pub use statement::{Statement, thing};

/// How many earlier claims of its kind a claim is held against at most, so that no document takes quadratic time.
const WINDOW: usize = 48;

/// Why two claims are taken to be of one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// How strong the evidence is, in tenths: see [`Frames::link`].
    pub score: u32,
    /// The reasons, in words.
    pub reasons: Vec<&'static str>,
}

/// The claims of some articles, made ready to be held against one another.
#[derive(Debug)]
pub struct Frames<'a> {
    /// All frames, article by article, in order of place.
    pub frames: Vec<Frame<'a>>,
    articles: &'a [Article],
    /// In how many sentences each lemma stands; made when the first is asked for.
    frequency: OnceCell<HashMap<&'a str, u32>>,
    /// Frames by article and value; made when the first is asked for.
    valued: OnceCell<HashMap<(usize, Number), Vec<usize>>>,
}

impl<'a> Frames<'a> {
    /// The frames of the articles' claims that can take part in a group.
    pub fn new(articles: &'a [Article]) -> Self {
        let mut frames = Vec::new();
        for (number, article) in articles.iter().enumerate() {
            frames.extend(article.claims.iter().filter_map(|claim| Frame::new(article, number, claim)));
        }
        Self { frames, articles, frequency: OnceCell::new(), valued: OnceCell::new() }
    }

    /// Every pair that may be of one thing, the earlier one first, as indices into `frames`. Pairs of one sentence are
    /// left out unless `within` says otherwise.
    pub fn pairs(&self, within: bool) -> Vec<(usize, usize)> {
        let mut buckets: HashMap<&str, Vec<usize>> = HashMap::default();
        let mut pairs = Vec::new();
        for (later, frame) in self.frames.iter().enumerate() {
            let bucket = buckets.entry(&frame.dimension).or_default();
            for &earlier in bucket.iter().rev().take(WINDOW) {
                let other = &self.frames[earlier];
                let one_sentence = other.article == frame.article && other.claim.sentence == frame.claim.sentence;
                if within || !one_sentence {
                    pairs.push((earlier, later));
                }
            }
            bucket.push(later);
        }
        pairs
    }

    /// Whether two claims are of one thing, and why. None where anything tells them apart or too little joins them.
    pub fn link(&self, a: &Frame<'_>, b: &Frame<'_>) -> Option<Link> {
        let classes = &self.articles.get(a.article)?.cues.classes;
        if a.dimension != b.dimension || a.quantity().kind != b.quantity().kind || a.apart(b) {
            return None;
        }
        let mut link = Link { score: 0, reasons: Vec::new() };
        let weigh = &self.articles[a.article].cues.evidence.inside;
        let mut add = |score: u32, reason: &'static str| {
            link.score += score;
            link.reasons.push(reason);
        };
        let same_event = a.event.is_some() && a.event == b.event && a.event_sure && b.event_sure;
        let nouns = match (a.noun(), b.noun()) {
            (Some(x), Some(y)) => Some(classes.same_thing(x, y)),
            _ => None,
        };
        if a.event.is_some() && b.event.is_some() && a.event != b.event {
            return None;
        }
        if same_event {
            // A measure with a noun and one without are not of one thing for a verb that they share: "won the 9km race",
            // "won by 25 metres".
            let measure = a.quantity().unit.is_some() && a.quantity().kind != Kind::Money;
            if measure && a.noun().is_some() != b.noun().is_some() {
                return None;
            }
            // "Nine dead" and "seven people were killed": who it befell must not differ, "30 children" and "12 soldiers".
            if nouns == Some(false) && !a.counts_event() && !b.counts_event() {
                return None;
            }
            add(weigh.event, "the same event");
        } else if nouns != Some(true) {
            return None;
        }
        if nouns == Some(true) {
            add(weigh.noun, "the same noun");
        }
        if b.definite && a.article == b.article {
            add(weigh.definite, "the later one comes back to it");
        }
        if !same_event && a.claim.verb.is_some() && a.claim.verb == b.claim.verb {
            add(weigh.verb, "the same verb");
        }
        let shared = a.describers.iter().filter(|d| b.describers.contains(d)).count();
        if shared > 0 {
            add(weigh.describer * u32::try_from(shared).unwrap_or(1), "the same describing words");
        }
        let words: u32 =
            a.context.iter().filter(|w| b.context.binary_search(w).is_ok()).map(|w| self.rarity(w, weigh.word)).sum();
        if words > 0 {
            add(words.min(weigh.words_most), "words in common");
        }
        Some(link)
    }

    /// What a shared word is worth: the rarer in the articles, the more, and `most` at most.
    fn rarity(&self, word: &str, most: u32) -> u32 {
        match self.frequency().get(word).copied().unwrap_or(0) {
            0..=2 => most,
            3..=4 => most / 2,
            _ => 0,
        }
    }

    fn frequency(&self) -> &HashMap<&'a str, u32> {
        self.frequency.get_or_init(|| {
            let mut frequency: HashMap<&str, u32> = HashMap::default();
            for sentence in self.articles.iter().flat_map(|article| article.sentences.iter()) {
                let mut seen: Vec<&str> = sentence.lemmas.iter().map(CompactString::as_str).collect();
                seen.sort_unstable();
                seen.dedup();
                for lemma in seen {
                    *frequency.entry(lemma).or_default() += 1;
                }
            }
            frequency
        })
    }

    /// The article of a frame.
    pub fn article(&self, frame: &Frame<'_>) -> &'a Article {
        &self.articles[frame.article]
    }

    /// Whether another figure accounts for the gap between two: their difference stands somewhere.
    pub fn explained(&self, a: &Frame<'_>, b: &Frame<'_>) -> bool {
        let (Some(x), Some(y)) = (a.value, b.value) else { return false };
        let gap = (x - y).abs();
        self.valued().get(&(b.article, gap)).is_some_and(|all| {
            all.iter()
                .map(|&at| &self.frames[at])
                .any(|f| f.dimension == a.dimension && !same_claim(f.claim, a.claim) && !same_claim(f.claim, b.claim))
        })
    }

    /// The frames that have one number, by article and number in the base unit. Of frames of one number and dimension
    /// three are enough to find one beside any two.
    fn valued(&self) -> &HashMap<(usize, Number), Vec<usize>> {
        self.valued.get_or_init(|| {
            let mut valued: HashMap<(usize, Number), Vec<usize>> = HashMap::default();
            for (at, frame) in self.frames.iter().enumerate() {
                let Some(value) = frame.value else { continue };
                let alike = valued.entry((frame.article, value)).or_default();
                if alike.iter().filter(|&&other| self.frames[other].dimension == frame.dimension).count() < 3 {
                    alike.push(at);
                }
            }
            valued
        })
    }

    /// The frames of a sentence of an article.
    pub fn of_sentence(&self, article: usize, sentence: usize) -> &[Frame<'a>] {
        let start = self.frames.partition_point(|f| (f.article, f.claim.sentence) < (article, sentence));
        let end = self.frames.partition_point(|f| (f.article, f.claim.sentence) <= (article, sentence));
        &self.frames[start..end]
    }
}

/// Claims of one thing, for the table of figures: each group as indices into `frames`, in order of place. Inside an
/// article `threshold` is the evidence that joins two; between articles they agree, or have all that a conflict asks for.
pub fn groups(frames: &Frames<'_>, threshold: u32) -> Vec<Vec<usize>> {
    fn root(of: &mut [usize], mut at: usize) -> usize {
        while of[at] != at {
            of[at] = of[of[at]];
            at = of[at];
        }
        at
    }
    let mut of: Vec<usize> = (0..frames.frames.len()).collect();
    let inside = frames.pairs(false).into_iter().filter(|&(a, b)| {
        let (first, second) = (&frames.frames[a], &frames.frames[b]);
        first.article == second.article && frames.link(first, second).is_some_and(|l| l.score >= threshold)
    });
    for (a, b) in inside.chain(across::joined(frames)) {
        let (x, y) = (root(&mut of, a), root(&mut of, b));
        of[x.max(y)] = x.min(y);
    }
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); of.len()];
    for at in 0..of.len() {
        let first = root(&mut of, at);
        groups[first].push(at);
    }
    groups.retain(|g| !g.is_empty());
    groups
}

/// The same claim, whichever article it stands in.
pub fn same_claim(a: &Claim, b: &Claim) -> bool {
    std::ptr::eq(a, b)
}
