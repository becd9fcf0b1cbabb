//! One pass over a sentence's atoms: what stands where, units, currencies and bounds around a number.

use std::ops::Range;
use std::sync::Arc;

use compact_str::CompactString;

use super::atoms::{Atom, Class};
use super::lexicon::{Lexicon, Limit, Measure, Numeric, Word};
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
    /// The bound of the last figure, where it also limits what "and" joins to it, and the atom after that figure.
    pub(super) spreading: Option<(usize, usize)>,
}

/// A unit behind a number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    /// Its index in the lexicon.
    pub(super) measure: usize,
    pub(super) end: usize,
    /// Joined to the number by a hyphen.
    pub(super) hyphened: bool,
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

/// Units and currencies.
impl Scan<'_> {
    /// The currency whose sign stands before an atom, and the sign's first atom.
    pub(super) fn sign(&self, i: usize) -> Option<(usize, usize)> {
        let (mut node, mut best, mut k) = (0, None, i);
        while k > self.floor {
            let p = k - 1;
            let Some(n) = self.lexicon.signs.step(node, self.id(p)) else { break };
            node = n;
            // Between the parts of one sign there is no space, except where the sign is written so ("US $").
            let Some(sign) = self.lexicon.signs.value(node) else {
                k = p;
                continue;
            };
            let parted = (p + 1..i).any(|x| !self.glued(x));
            let letters = self.is_letters(p);
            // Letters make a sign when they are capitals: "Rs 5", not "rs 5"; "a $5 note" has none.
            let capitals = self.at(p).is_some_and(|a| a.capital) || (p + 1 < i && self.glued(p + 1));
            if (!parted || sign.spaced) && (!letters || capitals) {
                best = Some((sign.measure, p));
            }
            k = p;
        }
        best
    }

    /// The atom of the number behind a currency's sign that begins here; the atom itself where there is none.
    pub(super) fn over_sign(&self, i: usize) -> usize {
        (i + 1..=i + 3)
            .find(|&n| self.is_digits(n) && !self.is_digits(i) && self.sign(n).is_some_and(|(_, first)| first == i))
            .unwrap_or(i)
    }

    /// The unit behind a number that ends before `i`. `digits`: the number ends in a digit, so letters may be glued to it.
    pub(super) fn unit(&self, i: usize, digits: bool) -> Option<Found> {
        let k = self.over_hyphen(i);
        let hyphened = k > i;
        if let Some(found) = self.symbol(k, hyphened, digits) {
            return Some(found);
        }
        if let Some((measure, end)) = self.named(k) {
            return Some(Found { measure, end, hyphened });
        }
        // Ten more miles, five straight days: the unit is a whole word there.
        if self.has(k, role::BEFORE_UNIT) {
            let (measure, end) = self.named(self.over_hyphen(k + 1))?;
            let long = self.raw(end - 1).len() > 2;
            return long.then_some(Found { measure, end, hyphened });
        }
        None
    }

    /// A unit or currency by a name of one or more words.
    pub(super) fn named(&self, k: usize) -> Option<(usize, usize)> {
        let unit = self.longest(&self.lexicon.unit_names, k);
        let currency = self.longest(&self.lexicon.currency_names, k);
        match (unit, currency) {
            (Some(u), Some(c)) if u.1 == c.1 => Some(if self.pounds_are_mass(u.1) { u } else { c }),
            (Some(u), Some(c)) => Some(if u.1 > c.1 { u } else { c }),
            (u, c) => u.or(c),
        }
    }

    fn symbol(&self, k: usize, hyphened: bool, digits: bool) -> Option<Found> {
        let atom = self.at(k)?;
        let raw = self.raw(k);
        // "km/h", "°C" and "mg/dl" are names of more than one piece, and come first.
        let longer = self.longest(&self.lexicon.unit_names, k).filter(|(_, end)| *end > k + 1);
        if longer.is_some() {
            return None;
        }
        let glued = digits && !atom.spaced;
        // 5€, 10 $: the sign of a currency behind the number.
        if atom.class == Class::Mark
            && digits
            && let Some(sign) = self.lexicon.signs.step(0, atom.word).and_then(|n| self.lexicon.signs.value(n))
            && !self.is_digits(k + 1)
        {
            return Some(Found { measure: sign.measure, end: k + 1, hyphened });
        }
        let measure = if glued { self.lexicon.glued(raw) } else { self.lexicon.symbol(raw) }?;
        if atom.class == Class::Mark {
            // A foot or an inch by its mark: six foot three is 6'3", and "about 55" in quotes is nothing.
            // Feet by their mark have inches glued behind them (6'3"); quotes have not.
            let quote = matches!(raw, "'" | "’" | "′" | "\"" | "”" | "″");
            let feet = self.is_digits(k + 1) && self.glued(k + 1) && matches!(raw, "'" | "’" | "′");
            return (feet || !quote).then_some(Found { measure, end: k + 1, hyphened });
        }
        let alone = raw.len() == 1 && !glued && !hyphened;
        // A spaced capital is a unit only before the end of a phrase or a small word: "35 C in the shade".
        if alone && !(self.ends_clause(k + 1) || !self.is_noun(k + 1)) {
            return None;
        }
        Some(Found { measure, end: k + 1, hyphened })
    }

    /// Whether "pounds" before this atom are a weight.
    fn pounds_are_mass(&self, end: usize) -> bool {
        if self.has(end, role::OF) && self.is_noun(end + 1) {
            return true;
        }
        if self.mark(end, "-") && self.glued(end) {
            return true;
        }
        let (mut mass, mut money, mut dollars) = (false, false, false);
        for i in 0..self.atoms.len() {
            let roles = self.word(i).roles;
            mass |= roles.any(role::MASS_CONTEXT) && i + 1 != end;
            money |= roles.any(role::MONEY_CONTEXT);
            dollars |= self.mark(i, "$");
        }
        mass || (dollars && !money)
    }

    /// What a number is counted per: the unit, the share that the number must be multiplied by, and the atom after it.
    pub(super) fn per(&self, i: usize, money: bool) -> Option<(Arc<Unit>, usize)> {
        let i = self.over_hyphen(i);
        if !self.has(i, role::PER) {
            return None;
        }
        let any = self.has(i, role::PER_ANY);
        if self.mark(i, "/") && !self.glued(i) {
            return None;
        }
        let k = self.over_hyphen(i + 1);
        if any && !self.mark(i, "/") {
            // Per 100,000 people; per million; litres per 100km.
            if let Some(number) = self.numeral(k).or_else(|| self.bare_scale(k)) {
                let digits = self.is_digits(number.end - 1);
                if let Some(found) = self.unit(number.end, digits) {
                    let unit = self.unit_of(found.measure)?;
                    let many = Unit {
                        code: compact_str::format_compact!("{}.{}", number.value, unit.code).replace(',', "").into(),
                        name: compact_str::format_compact!("{} {}", number.value, unit.name),
                        factor: unit.factor * number.value,
                        ..(*unit).clone()
                    };
                    return Some((Arc::new(many), found.end));
                }
                let noun = self.is_noun(number.end) || self.has(number.end, role::PER_PEOPLE);
                let (noun, end) = if noun {
                    (self.singular(number.end), number.end + 1)
                } else {
                    (CompactString::const_new("person"), number.end)
                };
                let noun =
                    if self.has(number.end, role::PER_PEOPLE) && noun == "people" { "person".into() } else { noun };
                return Some((Arc::new(per_noun(&noun, number.value)), end));
            }
        }
        if let Some((measure, end)) = self.named(k)
            && !self.has(end, role::NO_RATE_BEFORE)
        {
            let kind = self.kind_of(measure)?;
            let fits = any || money || kind == Kind::Duration;
            return if fits { Some((self.unit_of(measure)?, end)) } else { None };
        }
        if let Some(measure) = self.at(k).filter(|_| any).and_then(|_| self.lexicon.glued(self.raw(k))) {
            return Some((self.unit_of(measure)?, k + 1));
        }
        let noun = self.is_letters(k)
            && (self.is_noun(k) || self.has(k, role::PER_NOUN))
            && (any || (money && self.has(k, role::PER_NOUN) && !self.is_plural(k)));
        if !noun || self.has(k + 1, role::NO_RATE_BEFORE) {
            return None;
        }
        Some((Arc::new(per_noun(&self.singular(k), Number::ONE)), k + 1))
    }

    /// A scale word alone: "per million".
    fn bare_scale(&self, i: usize) -> Option<super::numeral::Numeral> {
        let Some(Numeric::Scale(scale)) = self.word(i).numeric else { return None };
        Some(super::numeral::Numeral {
            start: i,
            end: i + 1,
            value: scale,
            step: scale,
            scale,
            words: true,
            article: false,
            plain: false,
            share: false,
        })
    }

    /// A noun's form in lower case, in the singular where it is a plain plural in -s.
    fn singular(&self, i: usize) -> CompactString {
        let lower = self.token(i).map(|t| t.lower.clone()).unwrap_or_default();
        if self.is_plural(i) && lower.ends_with('s') && !lower.ends_with("ss") {
            return lower.strip_suffix('s').unwrap_or(&lower).into();
        }
        lower
    }
}

/// A thing that something is counted per, as UCUM annotates what it has no unit for.
fn per_noun(noun: &str, many: Number) -> Unit {
    let one = compact_str::format_compact!("{{{noun}}}");
    let name = if many == Number::ONE { noun.into() } else { compact_str::format_compact!("{many} {noun}") };
    let code = if many == Number::ONE {
        one.clone()
    } else {
        compact_str::format_compact!("{}.{one}", many.to_integer().unwrap_or(0))
    };
    Unit { code, name, dimension: one, factor: many, offset: Number::ZERO }
}

/// Bounds.
impl<'a> Scan<'a> {
    /// The limit that the words before an atom set, and its first atom.
    pub(super) fn limit_before(&self, first: usize, kind: Kind) -> Option<(usize, usize)> {
        let mut k = first;
        let mut blocked = false;
        for skipped in 0..4 {
            if let Some((limit, start)) = self.longest_before(&self.lexicon.before, k) {
                let rule = self.lexicon.limits.get(limit)?;
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
    (limit.bound, interval)
}
