//! Units and currencies around a number, and what it is counted per.

use std::sync::Arc;

use compact_str::CompactString;

use super::atoms::Class;
use super::lexicon::Numeric;
use super::numeral::Numeral;
use super::phrases::WordId;
use super::roles as role;
use super::scan::Scan;
use super::{Kind, Number, Unit};
use crate::text::Upos;

/// A unit behind a number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    /// Its index in the lexicon.
    pub(super) measure: usize,
    pub(super) end: usize,
    /// Joined to the number by a hyphen.
    pub(super) hyphened: bool,
}

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
            let capitals = if sign.code {
                self.raw(p).bytes().all(|b| b.is_ascii_uppercase())
            } else {
                self.at(p).is_some_and(|a| a.capital) || (p + 1 < i && self.glued(p + 1))
            };
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
            (Some(u), Some(c)) if u.1 == c.1 => Some(if self.pounds_are_mass(k, u.1) { u } else { c }),
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
        if let Some(measure) = self.told_by_words(raw) {
            return Some(Found { measure, end: k + 1, hyphened });
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
        if alone && !self.ends_clause(k + 1) && self.is_noun(k + 1) {
            return None;
        }
        Some(Found { measure, end: k + 1, hyphened })
    }

    /// The unit of a symbol that is told by other words of the sentence: "2.5 F" of a capacitor.
    fn told_by_words(&self, symbol: &str) -> Option<usize> {
        let meanings = self.lexicon.ambiguous.get(symbol)?;
        let near = |words: &[WordId]| self.atoms.iter().any(|a| words.binary_search(&a.word).is_ok());
        meanings.iter().find(|(_, words)| near(words)).map(|(measure, _)| *measure)
    }

    /// Whether "pounds" before this atom are a weight.
    fn pounds_are_mass(&self, start: usize, end: usize) -> bool {
        if self.has(end, role::OF) && self.is_noun(end + 1) {
            return true;
        }
        let context = self.context();
        let money = context.roles.any(role::MONEY_CONTEXT);
        // The 80-pound dog, but the 80-pound fine.
        let attributive = start > 0 && self.mark(start - 1, "-") && self.glued(start);
        context.roles.any(role::MASS_CONTEXT) || ((context.dollars || attributive) && !money)
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
        if any && (!self.mark(i, "/") || self.glued(k)) {
            // Per 100,000 people; per million; litres per 100km.
            if let Some(number) = self.numeral(k).or_else(|| self.bare_scale(k)) {
                // "$9/00": nothing comes per none of anything.
                if number.value.is_zero() {
                    return None;
                }
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
                // Per 1,000 live births.
                let adjective = self.upos(number.end) == Some(Upos::ADJ) && self.is_plural(number.end + 1);
                let at = number.end + usize::from(adjective);
                let noun = self.is_noun(at) || self.has(at, role::PER_PEOPLE);
                let (noun, end) =
                    if noun { (self.singular(at), at + 1) } else { (CompactString::const_new("person"), number.end) };
                let noun = if self.has(at, role::PER_PEOPLE) && noun == "people" { "person".into() } else { noun };
                return Some((Arc::new(per_noun(&noun, number.value)), end));
            }
        }
        // "Cents a pound" are by weight.
        let unit = self.longest(&self.lexicon.unit_names, k).or_else(|| self.named(k));
        if let Some((measure, end)) = unit
            && (any || !self.has(end, role::NO_RATE_BEFORE))
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
        if !noun || (!any && self.has(k + 1, role::NO_RATE_BEFORE)) {
            return None;
        }
        Some((Arc::new(per_noun(&self.singular(k), Number::ONE)), k + 1))
    }

    /// A scale word alone: "per million".
    fn bare_scale(&self, i: usize) -> Option<Numeral> {
        let Some(Numeric::Scale(scale)) = self.word(i).numeric else { return None };
        Some(Numeral { scale, ..Numeral::new(i, i + 1, scale, scale) })
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
