//! One pass over a sentence's atoms: what stands where, units, currencies and bounds around a number.

use std::ops::Range;
use std::sync::Arc;

use super::atoms::{Atom, Class};
use super::lexicon::{Lexicon, Limit, Measure, Word};
use super::phrases::{Phrases, WordId};
use super::roles::{self as role, Roles};
use super::{Bound, Figure, Kind, Number, Unit};
use crate::text::{Token, Upos};

/// A sentence being read.
pub(super) struct Scan<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) atoms: &'a [Atom],
    /// The atom after the last figure: nothing before it is looked at again.
    pub(super) floor: usize,
    pub(super) out: Vec<Figure>,
    /// The roles of all the sentence's words together, once they have been asked for.
    pub(super) context: std::cell::OnceCell<Context>,
    /// The bound of the last figure, where it also limits what "and" joins to it, and the atom after that figure.
    pub(super) spreading: Option<(usize, usize)>,
}

/// What the words of a sentence tell of units that may be two things.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context {
    pub(super) roles: Roles,
    pub(super) dollars: bool,
}

/// Small access functions: every look is safe beyond either end.
impl<'a> Scan<'a> {
    pub(super) fn at(&self, i: usize) -> Option<&'a Atom> {
        self.atoms.get(i)
    }

    pub(super) fn word(&self, i: usize) -> &'a Word {
        self.lexicon.word(self.id(i))
    }

    pub(super) fn id(&self, i: usize) -> WordId {
        self.at(i).map_or(0, |a| a.word)
    }

    pub(super) fn has(&self, i: usize, roles: Roles) -> bool {
        self.word(i).roles.any(roles)
    }

    /// What the sentence's words tell, gathered once.
    pub(super) fn context(&self) -> Context {
        *self.context.get_or_init(|| Context {
            roles: self.atoms.iter().fold(Roles::default(), |all, a| all | self.lexicon.word(a.word).roles),
            dollars: (0..self.atoms.len()).any(|i| self.mark(i, "$")),
        })
    }

    pub(super) fn before(&self, i: usize, roles: Roles) -> bool {
        i > self.floor && self.has(i - 1, roles)
    }

    pub(super) fn raw(&self, i: usize) -> &'a str {
        self.at(i).and_then(|a| self.text.get(a.start..a.end)).unwrap_or_default()
    }

    pub(super) fn is_digits(&self, i: usize) -> bool {
        self.at(i).is_some_and(|a| a.class == Class::Digits)
    }

    pub(super) fn is_letters(&self, i: usize) -> bool {
        self.at(i).is_some_and(|a| a.class == Class::Word)
    }

    /// Whether it is this mark; any dash is "-".
    pub(super) fn mark(&self, i: usize, mark: &str) -> bool {
        let Some(atom) = self.at(i) else { return false };
        if atom.class != Class::Mark {
            return false;
        }
        let raw = self.raw(i);
        raw == mark || (mark == "-" && matches!(raw, "–" | "—" | "−" | "‐" | "‑"))
    }

    /// Whether no white space stands before it.
    pub(super) fn glued(&self, i: usize) -> bool {
        self.at(i).is_some_and(|a| !a.spaced)
    }

    /// The text between an atom and the one before it.
    pub(super) fn gap(&self, i: usize) -> &'a str {
        let before = i.checked_sub(1).and_then(|p| self.at(p));
        match (before, self.at(i)) {
            (Some(b), Some(a)) => self.text.get(b.end..a.start).unwrap_or_default(),
            _ => "",
        }
    }

    /// The atom after a hyphen that joins two words here; the atom itself where there is none.
    pub(super) fn over_hyphen(&self, i: usize) -> usize {
        if self.mark(i, "-") && self.glued(i) && self.glued(i + 1) { i + 1 } else { i }
    }

    pub(super) fn token(&self, i: usize) -> Option<&'a Token> {
        self.at(i).and_then(|a| self.tokens.get(a.token))
    }

    pub(super) fn upos(&self, i: usize) -> Option<Upos> {
        self.token(i).map(|t| t.upos)
    }

    pub(super) fn is_noun(&self, i: usize) -> bool {
        self.is_letters(i) && self.token(i).is_some_and(Token::is_noun)
    }

    pub(super) fn is_plural(&self, i: usize) -> bool {
        self.is_letters(i) && self.token(i).is_some_and(|t| matches!(t.xpos, "NNS" | "NNPS"))
    }

    pub(super) fn measure(&self, index: usize) -> Option<&'a Measure> {
        self.lexicon.measures.get(index)
    }

    pub(super) fn kind_of(&self, index: usize) -> Option<Kind> {
        self.measure(index).map(|m| m.kind)
    }

    pub(super) fn is_money(&self, index: usize) -> bool {
        self.kind_of(index) == Some(Kind::Money)
    }

    pub(super) fn unit_of(&self, index: usize) -> Option<Arc<Unit>> {
        self.measure(index).map(|m| Arc::clone(&m.unit))
    }

    /// Whether an atom ends the clause that a number before it stands in.
    pub(super) fn ends_clause(&self, i: usize) -> bool {
        match self.at(i) {
            None => true,
            Some(a) => a.class == Class::Mark && matches!(self.raw(i), "." | "," | ";" | ":" | "!" | "?" | ")" | "]"),
        }
    }
}

/// Phrases.
impl Scan<'_> {
    /// The longest phrase that begins at an atom: its value and the atom after it. Hyphens between its words are passed over.
    pub(super) fn longest<T: Copy>(&self, phrases: &Phrases<T>, start: usize) -> Option<(T, usize)> {
        let (mut node, mut best, mut i) = (0, None, start);
        loop {
            let next = phrases.step(node, self.id(i)).map(|n| (n, i + 1)).or_else(|| {
                let over = self.over_hyphen(i);
                (over > i && i > start).then(|| phrases.step(node, self.id(over)).map(|n| (n, over + 1))).flatten()
            });
            let Some((n, end)) = next else { return best };
            node = n;
            i = end;
            if let Some(value) = phrases.value(node) {
                best = Some((value, i));
            }
        }
    }

    /// The longest phrase, stored from its last word to its first, that ends just before an atom: value and first atom.
    pub(super) fn longest_before<T: Copy>(&self, phrases: &Phrases<T>, end: usize) -> Option<(T, usize)> {
        let (mut node, mut best, mut i) = (0, None, end);
        while i > self.floor {
            let Some(n) = phrases.step(node, self.id(i - 1)) else { break };
            node = n;
            i -= 1;
            if let Some(value) = phrases.value(node) {
                best = Some((value, i));
            }
        }
        best
    }
}

/// Bounds.
impl<'a> Scan<'a> {
    /// The limit that the words before an atom set, and its first atom.
    pub(super) fn limit_before(&self, first: usize, kind: Kind) -> Option<(usize, usize)> {
        let mut k = first;
        let mut blocked = false;
        for skipped in 0..4 {
            if let Some((limit, start)) = self.longest_before(&self.lexicon.before, k) {
                let rule = self.lexicon.limits.get(limit).filter(|rule| rule.bound != Bound::Exact)?;
                // "Three points more than 20 years ago": the words compare, right behind a figure.
                if start == self.floor && start > 0 && matches!(rule.bound, Bound::MoreThan | Bound::LessThan) {
                    return None;
                }
                let period = rule.durations_by_word
                    && kind == Kind::Duration
                    && !(start > 0 && self.has(start - 1, role::DURATION_AFTER));
                let unfit = rule.measures_only && !matches!(kind, Kind::Duration | Kind::Length);
                return (!(period || unfit || (blocked && rule.unless_the))).then_some((limit, start));
            }
            if k <= self.floor || skipped == 3 || !self.has(k - 1, role::SKIP) {
                return None;
            }
            blocked |= self.has(k - 1, role::BLOCKING);
            k -= 1;
        }
        None
    }

    /// The limit that the words from an atom on set, and the atom after them.
    pub(super) fn limit_after(&self, end: usize) -> Option<(usize, usize)> {
        let (limit, after) = self.longest(&self.lexicon.after, end)?;
        // "Or less than 60" bounds what follows.
        if self.has(after, role::THAN) && self.numeral(self.over_sign(after + 1)).is_some() {
            return None;
        }
        // "60+" is, "60 + 5" is not; "-odd" and "odd" are.
        if self.mark(end, "+") && !self.glued(end) {
            return None;
        }
        Some((limit, after))
    }

    pub(super) fn limit(&self, index: usize) -> Option<&'a Limit> {
        self.lexicon.limits.get(index)
    }

    /// A range of atoms as a range of tokens.
    pub(super) fn tokens_of(&self, atoms: Range<usize>) -> Range<usize> {
        let first = self.at(atoms.start).map_or(0, |a| a.token);
        let last = atoms.end.checked_sub(1).and_then(|i| self.at(i)).map_or(first, |a| a.token);
        first..last + 1
    }

    /// A range of atoms as a range of bytes.
    pub(super) fn span_of(&self, atoms: Range<usize>) -> Range<usize> {
        let start = self.at(atoms.start).map_or(0, |a| a.start);
        let end = atoms.end.checked_sub(1).and_then(|i| self.at(i)).map_or(start, |a| a.end);
        start..end.max(start)
    }
}

/// The values that a bound allows around numbers in order of size.
pub(super) fn stated(limit: Option<&Limit>, low: Number, high: Number) -> (Bound, super::Interval) {
    use super::{End, Interval};
    let Some(limit) = limit else { return (Bound::Exact, Interval::closed(low, high)) };
    let open = |value| Some(End { value, closed: false });
    let closed = |value| Some(End { value, closed: true });
    let share = |share: Option<Number>| share.unwrap_or(Number::ZERO);
    let below = low - low.abs() * share(limit.below);
    let above = high + high.abs() * share(limit.above);
    let interval = match limit.bound {
        Bound::Exact | Bound::Range | Bound::Vague => Interval::closed(low, high),
        Bound::About => Interval { low: closed(below), high: closed(above) },
        Bound::Nearly => Interval { low: closed(below), high: open(high) },
        Bound::MoreThan => Interval { low: open(low), high: limit.above.and_then(|_| closed(above)) },
        Bound::AtLeast => Interval { low: closed(low), high: limit.above.and_then(|_| closed(above)) },
        Bound::LessThan => Interval { low: limit.below.and_then(|_| closed(below)), high: open(high) },
        Bound::AtMost => Interval { low: limit.below.and_then(|_| closed(below)), high: closed(high) },
    };
    // A share of nothing is nothing: "nearly 0" leaves room for 0 alone.
    let room = interval.low.zip(interval.high).is_none_or(|(low, high)| low.value < high.value);
    (limit.bound, if room { interval } else { Interval::closed(low, high) })
}
