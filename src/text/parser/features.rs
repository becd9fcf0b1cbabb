//! What the parser looks at before a step, and before it names an arc.

use super::state::{Chart, Child, Children, NONE, NewArc};
use crate::text::model::spread;

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

/// How many features a step has.
pub(crate) const FEATURES: usize = 108;

/// The features of the next step.
pub(crate) fn features(chart: &Chart, state: u32) -> [u64; FEATURES] {
    let (words, state) = (chart.words, chart.state(state));
    let top = chart.item(state.top);
    let second = chart.item(top.below);
    let third = chart.item(second.below);
    let root = words.len();
    let ahead = |offset: u32| if state.next + offset <= root { state.next + offset } else { NONE };
    let (s0, s1, s2) = (top.word, second.word, third.word);
    let (b0, b1, b2) = (ahead(0), ahead(1), ahead(2));
    let t = |word: u32| words.piece(word).tag;
    let w = |word: u32| words.piece(word).form;
    let u = |word: u32| words.piece(word).upos;
    let cu = |child: Child| u(child.word);
    let suffix = |word: u32| words.piece(word).suffix;
    let (s0t, s1t, s2t, b0t, b1t, b2t) = (t(s0), t(s1), t(s2), t(b0), t(b1), t(b2));
    let (s0w, s1w, b0w, b1w) = (w(s0), w(s1), w(b0), w(b1));
    let (of_s0, of_s1, of_b0) = (&top.children, &second.children, &state.of_next);
    let ct = |child: Child| t(child.word);
    let before = t(s0.wrapping_sub(1));
    let after = t(s0.saturating_add(1));
    let before_b0 = t(b0.wrapping_sub(1));
    let s0s1b0 = join([s0t, s1t, b0t]);
    let s0b0 = join([s0t, b0t]);
    let s1s0 = join([s1t, s0t]);
    let s0wt = join([s0w, s0t]);
    let b0wt = join([b0w, b0t]);
    let (d0, d1) = (small(distance(s0, b0)), small(distance(s1, s0)));
    // The word that opens the phrase of the next word, mostly a preposition.
    let case = w(of_b0.left[0].word);
    let valency = |c: &Children| small(u64::from(c.lefts.min(5)) << 8 | u64::from(c.rights.min(5)));
    let set = |c: &Children| c.labels.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let gap = |word: u32| words.before(word).marks;
    let after_gap = |word: u32| if word == NONE { 0 } else { gap(word + 1) };
    let (m_b0, m_b1, m_s0, ms0_) = (gap(b0), gap(b1), gap(s0), after_gap(s0));
    let between = |left: u32, right: u32| {
        if left == NONE {
            return small(0xFF);
        }
        let (from, to) = (words.before(left + 1), words.before(right));
        let verbs = u64::from(to.verbs.wrapping_sub(from.verbs).min(3));
        let start = from.breaks.wrapping_sub(u16::from(from.marks != 0));
        let breaks = u64::from(to.breaks.wrapping_sub(start).min(3));
        small(verbs << 4 | breaks)
    };
    let (between_s0b0, between_s1s0) = (between(s0, b0), between(s1, s0));
    let list = [
        s0wt,
        s0t,
        s0w,
        join([s1w, s1t]),
        s1t,
        join([s2t, s1t]),
        b0wt,
        b0t,
        b0w,
        join([b1w, b1t]),
        b1t,
        join([w(b2), b2t]),
        join([s0wt, b0wt]),
        join([s0w, b0wt]),
        join([s0wt, b0t]),
        join([s0t, b0wt]),
        join([s0w, b0w]),
        s0b0,
        join([s0w, b0t]),
        join([s0t, b0w]),
        join([s1w, s0w]),
        join([s1w, s0t]),
        join([s1t, s0w]),
        s1s0,
        join([s1w, s1t, s0wt]),
        join([s1s0, d1]),
        join([s0b0, d0]),
        join([s0w, d0]),
        join([b0w, d0]),
        join([s0w, b0w, d0]),
        join([b0t, b1t]),
        join([b0t, b1t, b2t]),
        join([s0b0, b1t]),
        s0s1b0,
        join([s0s1b0, b1t]),
        join([s0s1b0, s2t]),
        join([s0s1b0, s0w]),
        join([s0s1b0, b0w]),
        join([s0s1b0, s1w]),
        join([s1t, b0t]),
        join([s1w, b0w]),
        join([s1t, b0w]),
        join([s1w, b0t]),
        join([s0b0, ct(of_s0.left[0])]),
        join([s0b0, ct(of_s0.right[0])]),
        join([s0b0, ct(of_b0.left[0])]),
        join([s1s0, ct(of_s1.right[0])]),
        join([s1s0, ct(of_s1.left[0])]),
        join([s1s0, ct(of_s0.right[0])]),
        join([s1s0, ct(of_s0.left[0]), w(of_s0.left[0].word)]),
        join([s0b0, w(of_s0.left[0].word)]),
        join([s0t, ct(of_s0.left[0]), ct(of_s0.left[1])]),
        join([s0t, ct(of_s0.right[0]), ct(of_s0.right[1])]),
        join([b0t, ct(of_b0.left[0]), ct(of_b0.left[1])]),
        join([s0b0, valency(of_s0)]),
        join([s0b0, valency(of_b0)]),
        join([s1s0, valency(of_s1)]),
        join([s0w, valency(of_s0)]),
        join([s1w, valency(of_s1)]),
        join([s0t, set(of_s0)]),
        join([s1s0, set(of_s1)]),
        join([s0b0, set(of_b0)]),
        join([s0b0, before, after]),
        join([s0b0, before_b0, b1t]),
        join([s0b0, before_b0, b1w]),
        join([s0b0, b1t, label(of_s0.right[0])]),
        join([case, s0w]),
        join([case, s1s0]),
        join([case, s1w]),
        join([case, b0w, s0w]),
        join([case, s0t, s1w]),
        join([s2t, s1s0, w(of_s0.left[0].word)]),
        join([s0b0, between_s0b0]),
        join([s1s0, between_s1s0]),
        join([s0s1b0, between_s0b0]),
        join([s0b0, b1t, b2t]),
        join([s1s0, label(of_s1.right[0]), b0t]),
        join([s0s1b0, label(of_s0.left[0]), label(of_b0.left[0])]),
        join([s0b0, m_b0]),
        join([s0w, b0t, m_b0]),
        join([s0t, b0w, m_b0]),
        join([s1s0, m_s0]),
        join([s1w, s0t, m_s0]),
        join([s0b0, ms0_, m_b0]),
        join([s0s1b0, m_b0]),
        join([s0b0, b1t, m_b0, m_b1]),
        join([s0w, m_b0]),
        join([b0w, m_b0]),
        join([s1s0, after_gap(s1), m_s0]),
        join([suffix(s0), b0t]),
        join([s0t, suffix(b0)]),
        join([suffix(s0), suffix(b0)]),
        join([suffix(s1), s0t]),
        join([s1t, suffix(s0)]),
        join([u(s1), u(s0), u(b0), u(b1), m_b0]),
        join([u(s2), u(s1), u(s0), u(b0)]),
        join([u(s0), u(b0), u(b1), u(b2), m_b1]),
        join([u(s0), u(b0), cu(of_s0.left[0]), cu(of_s0.right[0]), cu(of_b0.left[0])]),
        join([u(s1), u(s0), cu(of_s1.right[0]), cu(of_s0.left[0]), cu(of_s0.right[0])]),
        join([s0w, set(of_s0)]),
        join([s1w, set(of_s1), s0t]),
        join([b0w, set(of_b0)]),
        join([s1w, w(of_s0.left[0].word), s0t]),
        join([s0b0, b1w]),
        join([s0w, b1t, b0t]),
        join([u(s1), u(s0), u(b0), set(of_s0)]),
        join([u(s1), u(s0), u(b0), set(of_b0)]),
        join([u(s1), u(s0), u(b0), set(of_s1)]),
    ];
    spread(list)
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
    let set = |c: &Children| c.labels.wrapping_mul(0xBF58_476D_1CE4_E5B9);
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
        join([pair, set(of_dependent)]),
        join([pair, set(of_head)]),
        join([hw, set(of_head), dt]),
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
        join([pair, small(u64::from(of_head.lefts.min(3)) << 4 | u64::from(of_head.rights.min(3)))]),
        join([pair, marks]),
    ];
    spread(list)
}
