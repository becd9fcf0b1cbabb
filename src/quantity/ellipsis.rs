//! Units that a bare number leaves out because the sentence has said them: "from 84 cents, while the lowest is 74.07",
//! "2,435,000 yen ($22,480) for this one and 2,380,000 ($21,972) for that", "life expectancy is 81.2".

use std::sync::Arc;

use super::atoms::Class;
use super::roles as role;
use super::scan::Scan;
use super::{Figure, Kind, Number, Unit};
use crate::text::Upos;

/// How many figures back a unit is looked for: nobody remembers one longer, and rows of thousands stay cheap.
const REACH: usize = 12;

/// What a figure takes over from another.
struct Supplied {
    kind: Kind,
    unit: Arc<Unit>,
    per: Option<Arc<Unit>>,
    difference: bool,
}

impl Supplied {
    fn of(figure: &Figure) -> Option<Self> {
        let quantity = &figure.quantity;
        Some(Self {
            kind: quantity.kind,
            unit: quantity.unit.clone()?,
            per: quantity.per.clone(),
            difference: quantity.difference,
        })
    }
}

impl Scan<'_> {
    /// Gives bare numbers the units that their sentence has left out. Called once all its figures are read.
    pub(super) fn supply_units(&mut self) {
        if !self.out.iter().any(is_bare) {
            return;
        }
        // The figures stand: all of the sentence may be looked at again.
        self.floor = 0;
        let nouns = self.implying();
        for at in 0..self.out.len() {
            if !self.out.get(at).is_some_and(is_bare) {
                continue;
            }
            let supplied =
                self.by_conversion(at).or_else(|| self.by_noun(at, &nouns)).or_else(|| self.by_antecedent(at));
            if let (Some(supplied), Some(figure)) = (supplied, self.out.get_mut(at)) {
                figure.quantity.kind = supplied.kind;
                figure.quantity.unit = Some(supplied.unit);
                figure.quantity.per = supplied.per;
                figure.quantity.difference = supplied.difference;
                figure.form.bare = false;
            }
        }
    }

    /// "2,435,000 yen ($22,480) ... 2,380,000 ($21,972)": two numbers converted into one unit are of one unit.
    fn by_conversion(&self, at: usize) -> Option<Supplied> {
        let (own, inside) = (self.out.get(at)?, self.out.get(at + 1)?);
        let factor = self.converted(own, inside)?;
        (0..at.saturating_sub(1)).rev().take(REACH).find_map(|k| {
            let (earlier, bracket) = (self.out.get(k)?, self.out.get(k + 1)?);
            let same = bracket.quantity.unit.as_ref()?.code == inside.quantity.unit.as_ref()?.code;
            let other = self.converted(earlier, bracket)?;
            // One rate holds within a sentence, rounding apart.
            let alike = (other - factor).abs() <= factor / Number::from(10);
            Supplied::of(earlier).filter(|_| same && alike)
        })
    }

    /// The nouns of the sentence whose value has one unit only: where each begins, and the unit.
    fn implying(&self) -> Vec<(usize, (usize, Kind))> {
        let begins = |i: usize| self.longest(&self.lexicon.implied, i).map(|(unit, _)| (i, unit));
        (0..self.atoms.len()).filter_map(begins).collect()
    }

    /// How many of a figure make one of the conversion in brackets right behind it.
    fn converted(&self, figure: &Figure, inside: &Figure) -> Option<Number> {
        let opens = self.tokens.get(figure.tokens.end).is_some_and(|t| t.lower == "(");
        let closes = self.tokens.get(inside.tokens.end).is_some_and(|t| t.lower == ")");
        let (own, other) = (figure.quantity.single()?, inside.quantity.single()?);
        let beside = opens && closes && inside.tokens.start == figure.tokens.end + 1;
        (beside && inside.quantity.unit.is_some() && other > Number::ZERO).then(|| own / other)
    }

    /// "Life expectancy is around 73": the noun has one unit only.
    fn by_noun(&self, at: usize, nouns: &[(usize, (usize, Kind))]) -> Option<Supplied> {
        let figure = self.out.get(at)?;
        let begin = self.atom_of(figure.tokens.start);
        let behind = self.atom_of(figure.tokens.end);
        let free = self.leaves_out(figure) || matches!(self.upos(behind), Some(Upos::VERB | Upos::AUX));
        if !free || figure.quantity.single().is_none_or(|v| v > Number::from(self.lexicon.oldest)) {
            return None;
        }
        let &(start, (measure, kind)) = nouns.iter().rev().find(|(start, _)| *start < begin)?;
        // A figure of another kind between the two is what the noun's value is not.
        let mut between = self.out.get(..at)?.iter().rev().take_while(|f| self.atom_of(f.tokens.start) > start);
        let apart = between.any(|f| f.quantity.kind != kind && f.quantity.kind != Kind::Date);
        let unit = self.unit_of(measure).filter(|_| !apart)?;
        Some(Supplied { kind, unit, per: None, difference: false })
    }

    /// The unit of the measure before it in the sentence, where the two stand in parallel.
    fn by_antecedent(&self, at: usize) -> Option<Supplied> {
        let figure = self.out.get(at)?;
        let value = figure.quantity.single()?;
        if !self.leaves_out(figure) || value <= Number::ZERO {
            return None;
        }
        // Nothing that is counted comes in tenths.
        let decimal = !value.is_integer();
        let antecedent = self.antecedent(at, decimal)?;
        let reference = antecedent.quantity.single()?.abs();
        let ten = Number::from(10);
        if value > reference * ten || reference > value * ten {
            return None;
        }
        let (own, other) = (self.atom_of(figure.tokens.start), self.atom_of(antecedent.tokens.start));
        let compared = self.longest_before(&self.lexicon.compared, own).is_some()
            && (!self.before(own, role::START) || self.before(other, role::REACHED) || decimal);
        let parallel = self.before(own, role::PARALLEL) && self.id(own - 1) == self.id(other.saturating_sub(1));
        // "Fell 2.5% to 21.4" comes to another unit; "from 2.5% to 3.1" does not.
        let reached = self.before(own, role::REACHED) && !self.before(other, role::START);
        (compared || parallel || decimal && !reached).then(|| Supplied::of(antecedent))?
    }

    /// The measure before a bare number that it could take its unit from.
    fn antecedent(&self, at: usize, decimal: bool) -> Option<&Figure> {
        for k in (0..at).rev().take(REACH) {
            let figure = self.out.get(k)?;
            let bracketed = figure.tokens.start > 0 && self.tokens.get(figure.tokens.start - 1)?.lower == "(";
            match figure.quantity.kind {
                // When it was, and what it is in another unit.
                Kind::Date | Kind::TimeOfDay | Kind::Ordinal | Kind::Duration => {}
                _ if bracketed && k > 0 => {}
                Kind::Count if decimal => {}
                Kind::Count | Kind::Score | Kind::Age => return None,
                _ => return Some(figure),
            }
        }
        None
    }

    /// Whether what stands behind a bare number is no noun that it counts.
    fn leaves_out(&self, figure: &Figure) -> bool {
        let behind = self.atom_of(figure.tokens.end);
        let Some(atom) = self.at(behind) else { return true };
        if atom.class == Class::Mark {
            return self.ends_clause(behind) || self.mark(behind, "-") && !self.glued(behind);
        }
        let joins = matches!(self.upos(behind), Some(Upos::ADP | Upos::CCONJ | Upos::SCONJ));
        joins && !self.has(behind, role::OUT) || self.has(behind, role::WHEN)
    }

    /// The first atom of a token.
    fn atom_of(&self, token: usize) -> usize {
        self.atoms.partition_point(|a| a.token < token)
    }
}

/// A number alone, in digits: what "17" and "74.07" say.
fn is_bare(figure: &Figure) -> bool {
    figure.quantity.kind == Kind::Count
        && figure.quantity.unit.is_none()
        && !figure.form.words
        && !figure.form.attributive
        && figure.quantity.numbers.len() == 1
}
