//! Sums: a total, its parts, and whether they can add to it.

pub mod table;

use crate::claim::{Claim, Sentence};
use crate::quantity::{Bound, Interval, Kind, Number, Quantity};
use crate::rule::{Conflict, Mark, Passage};

/// A part of a breakdown: a figure, or "a woman", which is one.
pub enum Part<'a> {
    /// A figure.
    Figure(&'a Claim),
    /// One of something.
    One,
}

impl<'a> Part<'a> {
    /// The figure, where it is one.
    pub fn claim(&self) -> Option<&'a Claim> {
        match self {
            Self::Figure(claim) => Some(claim),
            Self::One => None,
        }
    }
}

/// A total and the parts it is said to have.
pub struct Sum<'a> {
    /// The total.
    pub total: &'a Claim,
    /// All of its parts.
    pub parts: Vec<Part<'a>>,
    /// Whether the total is counted out, however round it is: of 100 votes cast none is rounded away.
    pub counted: bool,
}

impl Sum<'_> {
    /// Whether the parts as written are more than the total as written.
    pub fn exceeds(&self) -> bool {
        let value = |part: &Part<'_>| part.claim().map_or(Some(Number::ONE), |c| c.quantity().single());
        let sum = self.parts.iter().try_fold(Number::ZERO, |sum, part| Some(sum + value(part)?));
        sum.zip(self.total.quantity().single()).is_some_and(|(sum, total)| sum > total)
    }

    /// The conflict, where no values that the figures allow make the sum come out.
    pub fn compare(&self, passage: &Passage<'_>) -> Option<Conflict> {
        let whole = self.total.quantity();
        let unit = self.parts.iter().find_map(Part::claim)?.quantity();
        if !additive(whole) || rounded_says(passage, passage.sentence()) {
            return None;
        }
        let step = self.common_step(passage);
        let values = |q: &Quantity| {
            let finer = step.filter(|s| *s < q.step).map(|step| Quantity { step, ..q.clone() });
            let q = finer.as_ref().unwrap_or(q);
            q.to_base(&q.allowed())
        };
        let mut sum = Interval::exactly(Number::ZERO);
        let mut written = Vec::new();
        for part in &self.parts {
            let Some(claim) = part.claim() else {
                sum = sum.plus(&whole.to_base(&Interval::exactly(Number::ONE)));
                written.push(Number::ONE);
                continue;
            };
            let quantity = claim.quantity();
            // "96 miles on the first day, 118 on Saturday": a bare number takes the unit of the first, or the total's.
            let model = if unit.unit.is_some() { unit } else { whole };
            let taken = quantity.unit.is_none() && model.unit.is_some();
            let taken = taken.then(|| Quantity {
                unit: model.unit.clone(),
                per: model.per.clone(),
                kind: model.kind,
                ..quantity.clone()
            });
            let quantity = taken.as_ref().unwrap_or(quantity);
            if quantity.dimension() != whole.dimension() || !additive(quantity) {
                return None;
            }
            sum = sum.plus(&values(quantity));
            // In the unit of the total.
            let own = quantity.to_base(&Interval::exactly(quantity.single()?));
            written.push(whole.from_base(&own).low?.value);
        }
        // "439 orders from 16 airlines, comprising 275 firm ones and 164 options": any figure that the parts add to
        // settles it.
        let first = passage.claims().iter().take_while(|c| c.figure.tokens.start <= self.total.figure.tokens.start);
        let before = passage.previous().map(|s| &passage.article.claims[s.claims.clone()]).unwrap_or_default();
        let mut settling = first.chain(before).map(Claim::quantity).filter(|q| q.dimension() == whole.dimension());
        if settling.any(|q| sum.meets(&values(q))) {
            return None;
        }
        let exact = written.iter().fold(Number::ZERO, |sum, n| sum + *n);
        let scale = written.iter().copied().chain([exact]).filter_map(Number::magnitude).max().map_or(0, |m| m / 3 * 3);
        let scale = if scale >= 6 { Number::power_of_ten(scale) } else { Number::ONE };
        let terms: Vec<String> = written.iter().map(|n| (*n / scale).significant(6).to_string()).collect();
        let stated = whole.single()? / scale;
        let mut marks = vec![Mark::new(self.total, "the total")];
        marks.extend(self.parts.iter().filter_map(Part::claim).map(|c| Mark::new(c, "a part")));
        let exact = (exact / scale).significant(6);
        Some(Conflict { message: format!("{} = {exact}, not {stated}", terms.join(" + ")), marks, note: None })
    }

    /// The precision that all figures share, where all are written out and the total is no coarser than ten times its
    /// parts: in "£90,000: £50,000, £25,000 and £15,000" nothing is rounded to tens of thousands.
    fn common_step(&self, passage: &Passage<'_>) -> Option<Number> {
        let all = || self.parts.iter().filter_map(Part::claim).chain([self.total]);
        let out = |c: &Claim| {
            let tokens = passage.tokens().get(c.figure.number.clone()).unwrap_or_default();
            let digits = |t: &crate::text::Token| t.lower.chars().all(|c| c.is_ascii_digit() || c == ',');
            c.figure.form.words || tokens.iter().all(digits) && c.quantity().bound == Bound::Exact
        };
        let finest = all().map(|c| c.quantity().step).min()?;
        let coarse = !self.counted && self.total.quantity().step > finest * Number::from(10);
        (all().all(out) && !coarse && !finest.is_zero()).then_some(finest)
    }
}

/// Whether figures of a kind add up.
pub fn additive(quantity: &Quantity) -> bool {
    matches!(
        quantity.kind,
        Kind::Count
            | Kind::Money
            | Kind::Length
            | Kind::Area
            | Kind::Volume
            | Kind::Mass
            | Kind::Duration
            | Kind::Energy
            | Kind::Power
    ) && matches!(quantity.bound, Bound::Exact | Bound::About)
        && quantity.per.is_none()
}

/// Whether the sentence itself says that its figures are rounded.
fn rounded_says(passage: &Passage<'_>, sentence: &Sentence) -> bool {
    sentence.lemmas.iter().any(|l| passage.cues().sums.parts.rounding.has(l))
}
