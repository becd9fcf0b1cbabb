//! What the parser looks at before a step, and before it names an arc.

use super::state::{Chart, Child, Children, Item, NONE, NewArc, Words};
use crate::text::model::{mix, spread};

/// Joins hashes in order.
#[inline]
fn join<const N: usize>(parts: [u64; N]) -> u64 {
    parts.into_iter().fold(0, |all: u64, part| all.rotate_left(21) ^ part)
}

/// The hash of a small number.
#[inline]
fn small(number: u64) -> u64 {
    (number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

#[inline]
fn label(child: Child) -> u64 {
    small(0x100 + u64::from(child.label))
}

/// A distance in coarse steps.
fn distance(a: u32, b: u32) -> u64 {
    if a == NONE || b == NONE {
        return 8;
    }
    match a.abs_diff(b) {
        gap @ 0..=4 => u64::from(gap),
        5..=6 => 5,
        7..=10 => 6,
        _ => 7,
    }
}

/// What a step is chosen by. Most features look at a few of the words in question, and many states of a search have these
/// in common; so the features come in parts, each with a key: states with one key have one part.
pub(crate) struct View<'a> {
    words: &'a Words,
    /// The word on top of the stack, the one below it, and the one below that.
    top: &'a Item,
    second: &'a Item,
    third: u32,
    /// The next word, and the two behind it.
    next: [u32; 3],
    of_next: &'a Children,
}

/// How many features each part has.
const PARTS: [usize; 6] = [42, 14, 12, 19, 10, 11];
/// How many features a step has.
#[cfg(feature = "train")]
pub(crate) const FEATURES: usize = sum(6);

/// How many features the parts before a part have.
const fn sum(part: usize) -> usize {
    if part == 0 { 0 } else { PARTS[part - 1] + sum(part - 1) }
}

/// Takes the parts of the features of a step.
pub(crate) trait Visitor {
    /// A part; `key` tells it from those of other states.
    fn part<const N: usize>(&mut self, key: u64, features: impl FnOnce() -> [u64; N]);
}

impl<'a> View<'a> {
    /// What is seen in a state.
    pub(crate) fn new(chart: &'a Chart, state: u32) -> Self {
        let (words, state) = (chart.words, chart.state(state));
        let top = chart.item(state.top);
        let second = chart.item(top.below);
        let ahead = |offset: u32| if state.next + offset <= words.len() { state.next + offset } else { NONE };
        Self {
            words,
            top,
            second,
            third: chart.item(second.below).word,
            next: [0, 1, 2].map(ahead),
            of_next: &state.of_next,
        }
    }

    /// Hands all parts to a visitor.
    pub(crate) fn visit(&self, visitor: &mut impl Visitor) {
        let (s0, s1, b0) = (u64::from(self.top.word), u64::from(self.second.word), u64::from(self.next[0]));
        let (of_s0, of_s1, of_b0) = (self.top.children.key, self.second.children.key, self.of_next.key);
        let key = |part: u64, seen: [u64; 3]| seen.into_iter().fold(small(part), mix);
        visitor.part(key(1, [s0, b0, 0]), || self.top_and_next());
        visitor.part(key(2, [s1, s0, 0]), || self.second_and_top());
        visitor.part(key(3, [s1, s0, b0]), || self.second_top_and_next());
        visitor.part(key(4, [s0 << 32 | b0, of_s0, of_b0]), || self.children_of_top_and_next());
        visitor.part(key(5, [s1 << 32 | s0, of_s1, of_s0]), || self.children_of_second_and_top());
        let all = mix(s1 << 32 | u64::from(self.third), of_b0);
        visitor.part(key(6, [mix(all, s0 << 32 | b0), of_s1, of_s0]), || self.all_together());
    }

    fn tag(&self, word: u32) -> u64 {
        self.words.piece(word).tag
    }

    fn form(&self, word: u32) -> u64 {
        self.words.piece(word).form
    }

    fn upos(&self, word: u32) -> u64 {
        self.words.piece(word).upos
    }

    fn suffix(&self, word: u32) -> u64 {
        self.words.piece(word).suffix
    }

    /// The marks of punctuation before a word.
    fn marks(&self, word: u32) -> u64 {
        self.words.before(word).marks
    }

    fn marks_after(&self, word: u32) -> u64 {
        if word == NONE { 0 } else { self.marks(word + 1) }
    }

    /// Verbs and breaks between two words.
    fn between(&self, left: u32, right: u32) -> u64 {
        if left == NONE {
            return small(0xFF);
        }
        let (from, to) = (self.words.before(left + 1), self.words.before(right));
        let verbs = u64::from(to.verbs.wrapping_sub(from.verbs).min(3));
        let start = from.breaks.wrapping_sub(u16::from(from.marks != 0));
        let breaks = u64::from(to.breaks.wrapping_sub(start).min(3));
        small(verbs << 4 | breaks)
    }

    fn top_and_next(&self) -> [u64; PARTS[0]] {
        let (s0, [b0, b1, b2]) = (self.top.word, self.next);
        let (s0t, s0w, b0t, b0w, b1t) = (self.tag(s0), self.form(s0), self.tag(b0), self.form(b0), self.tag(b1));
        let (m_b0, m_b1, ms0_) = (self.marks(b0), self.marks(b1), self.marks_after(s0));
        let gap = small(distance(s0, b0));
        let before_b0 = self.tag(b0.wrapping_sub(1));
        let s0b0 = join([s0t, b0t]);
        let list = [
            join([s0w, s0t]),
            s0t,
            join([b0w, b0t]),
            b0t,
            join([self.form(b1), b1t]),
            b1t,
            join([self.form(b2), self.tag(b2)]),
            join([s0w, b0w]),
            s0b0,
            join([s0w, b0t]),
            join([s0t, b0w]),
            join([s0b0, gap]),
            join([s0w, gap]),
            join([b0w, gap]),
            join([b0t, b1t]),
            join([b0t, b1t, self.tag(b2)]),
            join([s0b0, b1t]),
            join([s0b0, self.tag(s0.wrapping_sub(1)), self.tag(s0.saturating_add(1))]),
            join([s0b0, before_b0, b1t]),
            join([s0b0, self.between(s0, b0)]),
            join([s0b0, b1t, self.tag(b2)]),
            join([s0b0, m_b0]),
            join([s0w, b0t, m_b0]),
            join([s0t, b0w, m_b0]),
            join([s0b0, ms0_, m_b0]),
            join([s0b0, b1t, m_b0, m_b1]),
            join([s0w, m_b0]),
            join([b0w, m_b0]),
            join([self.suffix(s0), b0t]),
            join([s0t, self.suffix(b0)]),
            join([self.suffix(s0), self.suffix(b0)]),
            join([self.upos(s0), self.upos(b0), self.upos(b1), self.upos(b2), m_b1]),
            join([s0b0, self.form(b1)]),
            join([s0w, b1t, b0t]),
            s0w,
            b0w,
            join([s0w, s0t, b0w, b0t]),
            join([s0w, b0w, b0t]),
            join([s0w, s0t, b0t]),
            join([s0t, b0w, b0t]),
            join([s0w, b0w, gap]),
            join([s0b0, before_b0, self.form(b1)]),
        ];
        spread(sum(0), list)
    }

    fn second_and_top(&self) -> [u64; PARTS[1]] {
        let (s1, s0) = (self.second.word, self.top.word);
        let (s1t, s1w, s0t, s0w) = (self.tag(s1), self.form(s1), self.tag(s0), self.form(s0));
        let s1s0 = join([s1t, s0t]);
        let m_s0 = self.marks(s0);
        let list = [
            join([s1w, s1t]),
            s1t,
            join([s1w, s0w]),
            join([s1w, s0t]),
            join([s1t, s0w]),
            s1s0,
            join([s1s0, small(distance(s1, s0))]),
            join([s1s0, self.between(s1, s0)]),
            join([s1s0, m_s0]),
            join([s1w, s0t, m_s0]),
            join([s1s0, self.marks_after(s1), m_s0]),
            join([self.suffix(s1), s0t]),
            join([s1t, self.suffix(s0)]),
            join([s1w, s1t, s0w, s0t]),
        ];
        spread(sum(1), list)
    }

    fn second_top_and_next(&self) -> [u64; PARTS[2]] {
        let (s1, s0, [b0, b1, _]) = (self.second.word, self.top.word, self.next);
        let (s1t, s1w, s0t, b0t, b0w) = (self.tag(s1), self.form(s1), self.tag(s0), self.tag(b0), self.form(b0));
        let m_b0 = self.marks(b0);
        let s0s1b0 = join([s0t, s1t, b0t]);
        let list = [
            s0s1b0,
            join([s0s1b0, self.tag(b1)]),
            join([s0s1b0, self.form(s0)]),
            join([s1t, b0t]),
            join([s1w, b0w]),
            join([s1t, b0w]),
            join([s1w, b0t]),
            join([s0s1b0, self.between(s0, b0)]),
            join([s0s1b0, m_b0]),
            join([self.upos(s1), self.upos(s0), self.upos(b0), self.upos(b1), m_b0]),
            join([s0s1b0, b0w]),
            join([s0s1b0, s1w]),
        ];
        spread(sum(2), list)
    }

    fn children_of_top_and_next(&self) -> [u64; PARTS[3]] {
        let (s0, [b0, b1, _]) = (self.top.word, self.next);
        let (of_s0, of_b0) = (&self.top.children, self.of_next);
        let (s0t, s0w, b0t, b0w) = (self.tag(s0), self.form(s0), self.tag(b0), self.form(b0));
        let s0b0 = join([s0t, b0t]);
        let t = |child: Child| self.tag(child.word);
        let u = |child: Child| self.upos(child.word);
        // The word that opens the phrase of the next word, mostly a preposition.
        let case = self.form(of_b0.left[0].word);
        let list = [
            join([s0b0, t(of_s0.left[0])]),
            join([s0b0, t(of_s0.right[0])]),
            join([s0b0, t(of_b0.left[0])]),
            join([s0b0, self.form(of_s0.left[0].word)]),
            join([s0t, t(of_s0.left[0]), t(of_s0.left[1])]),
            join([s0t, t(of_s0.right[0]), t(of_s0.right[1])]),
            join([b0t, t(of_b0.left[0]), t(of_b0.left[1])]),
            join([s0b0, valency(of_s0)]),
            join([s0b0, valency(of_b0)]),
            join([s0w, valency(of_s0)]),
            join([s0t, labels(of_s0)]),
            join([s0b0, labels(of_b0)]),
            join([s0b0, self.tag(b1), label(of_s0.right[0])]),
            join([case, s0w]),
            join([s0b0, label(of_s0.left[0]), label(of_b0.left[0])]),
            join([self.upos(s0), self.upos(b0), u(of_s0.left[0]), u(of_s0.right[0]), u(of_b0.left[0])]),
            join([s0w, labels(of_s0)]),
            join([b0w, labels(of_b0)]),
            join([case, b0w, s0w]),
        ];
        spread(sum(3), list)
    }

    fn children_of_second_and_top(&self) -> [u64; PARTS[4]] {
        let (s1, s0) = (self.second.word, self.top.word);
        let (of_s1, of_s0) = (&self.second.children, &self.top.children);
        let (s1t, s1w, s0t) = (self.tag(s1), self.form(s1), self.tag(s0));
        let s1s0 = join([s1t, s0t]);
        let t = |child: Child| self.tag(child.word);
        let u = |child: Child| self.upos(child.word);
        let list = [
            join([s1s0, t(of_s1.right[0])]),
            join([s1s0, t(of_s1.left[0])]),
            join([s1s0, t(of_s0.right[0])]),
            join([s1s0, t(of_s0.left[0]), self.form(of_s0.left[0].word)]),
            join([s1s0, valency(of_s1)]),
            join([s1w, valency(of_s1)]),
            join([s1s0, labels(of_s1)]),
            join([self.upos(s1), self.upos(s0), u(of_s1.right[0]), u(of_s0.left[0]), u(of_s0.right[0])]),
            join([s1w, labels(of_s1), s0t]),
            join([s1w, self.form(of_s0.left[0].word), s0t]),
        ];
        spread(sum(4), list)
    }

    fn all_together(&self) -> [u64; PARTS[5]] {
        let (s2, s1, s0, b0) = (self.third, self.second.word, self.top.word, self.next[0]);
        let (of_s1, of_s0, of_b0) = (&self.second.children, &self.top.children, self.of_next);
        let (s2t, s1t, s0t) = (self.tag(s2), self.tag(s1), self.tag(s0));
        let s1s0 = join([s1t, s0t]);
        let coarse = join([self.upos(s1), self.upos(s0), self.upos(b0)]);
        let case = self.form(of_b0.left[0].word);
        let list = [
            join([s2t, s1t]),
            join([s2t, s1s0, self.form(of_s0.left[0].word)]),
            join([self.upos(s2), coarse]),
            join([case, s1s0]),
            join([case, self.form(s1)]),
            join([s1s0, label(of_s1.right[0]), self.tag(b0)]),
            join([coarse, labels(of_s0)]),
            join([coarse, labels(of_b0)]),
            join([coarse, labels(of_s1)]),
            join([s1s0, self.tag(b0), s2t]),
            join([case, s0t, self.form(s1)]),
        ];
        spread(sum(5), list)
    }
}

/// The features of a step, one after the other.
#[cfg(feature = "train")]
pub(crate) fn features(chart: &Chart, state: u32) -> [u64; FEATURES] {
    struct All {
        list: [u64; FEATURES],
        count: usize,
    }
    impl Visitor for All {
        fn part<const N: usize>(&mut self, _: u64, features: impl FnOnce() -> [u64; N]) {
            self.list[self.count..self.count + N].copy_from_slice(&features());
            self.count += N;
        }
    }
    let mut all = All { list: [0; FEATURES], count: 0 };
    View::new(chart, state).visit(&mut all);
    all.list
}

fn valency(children: &Children) -> u64 {
    small(u64::from(children.lefts.min(5)) << 8 | u64::from(children.rights.min(5)))
}

/// The hash of the set of the children's labels.
fn labels(children: &Children) -> u64 {
    children.labels.wrapping_mul(0xBF58_476D_1CE4_E5B9)
}

/// How many features an arc's label has.
pub(crate) const ARC_FEATURES: usize = 31;

/// The features of the label of a new arc.
pub(crate) fn arc_features(chart: &Chart, arc: &NewArc) -> [u64; ARC_FEATURES] {
    let words = chart.words;
    let &NewArc { head, dependent, ref of_head, ref of_dependent } = arc;
    let t = |word: u32| words.piece(word).tag;
    let w = |word: u32| words.piece(word).form;
    let (ht, dt, hw, dw) = (t(head), t(dependent), w(head), w(dependent));
    let right = head > dependent;
    let side = small(u64::from(right));
    let gap = small(distance(head, dependent));
    let pair = join([ht, dt, side]);
    let outermost = of_dependent.left[0];
    let first = if of_dependent.left[1].word == NONE { outermost } else { of_dependent.left[1] };
    let last = of_dependent.right[0];
    let (before, after) = (t(dependent.wrapping_sub(1)), t(dependent + 1));
    let sibling = if right { of_head.left[0] } else { of_head.right[0] };
    let marks = if right { words.before(head).marks } else { words.before(dependent).marks };
    let list = [
        pair,
        join([ht, side]),
        join([dt, side]),
        join([hw, side]),
        join([dw, side]),
        join([hw, dt, side]),
        join([dw, ht, side]),
        join([hw, side, dw]),
        join([pair, gap]),
        join([words.piece(dependent).suffix, pair]),
        join([words.piece(head).suffix, pair]),
        join([pair, w(outermost.word)]),
        join([pair, t(outermost.word)]),
        join([pair, w(first.word)]),
        join([pair, t(first.word), label(first)]),
        join([pair, labels(of_dependent)]),
        join([pair, labels(of_head)]),
        join([hw, labels(of_head), dt]),
        join([pair, label(sibling), t(sibling.word)]),
        join([pair, before, after]),
        join([pair, before]),
        join([pair, after]),
        join([dw, before, after]),
        join([hw, side, w(outermost.word)]),
        join([pair, w(last.word)]),
        join([pair, t(last.word)]),
        join([w(outermost.word), dw]),
        join([pair, hw, dw]),
        join([pair, t(head.wrapping_sub(1)), t(head.saturating_add(1))]),
        join([pair, valency(of_head)]),
        join([pair, marks]),
    ];
    spread(0, list)
}
