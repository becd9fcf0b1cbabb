//! Figures and what they mean: numbers, units, bounds, ranges, and the values they allow.
//!
//! [`Reader::figures`] reads one sentence's tokens; what it knows of words and units comes from the pack.

mod ages;
mod atoms;
mod clock;
mod ellipsis;
mod finish;
mod forms;
mod fraction;
pub mod interval;
mod lexicon;
mod load;
mod lookalike;
mod measure;
mod moments;
pub mod number;
mod numeral;
mod phrases;
mod range;
mod reader;
mod roles;
mod scan;
mod slip;
mod tables;
mod units;

use std::sync::Arc;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

pub use interval::{End, Interval};
pub use number::Number;
pub use reader::Reader;
pub use slip::{Digits, Slip};

/// What kind of thing a figure measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// So many of something that is counted.
    Count,
    /// An amount in a currency.
    Money,
    /// A share, a percentage or a factor.
    Ratio,
    /// A difference between two percentages.
    PercentagePoints,
    /// A length, height, depth or distance.
    Length,
    /// An area.
    Area,
    /// A volume.
    Volume,
    /// A mass, or a weight as everybody calls it.
    Mass,
    /// A speed.
    Speed,
    /// A temperature, or a difference between two.
    Temperature,
    /// An energy.
    Energy,
    /// A power.
    Power,
    /// An amount of data.
    Data,
    /// A length of time.
    Duration,
    /// The age of a person or a thing.
    Age,
    /// So much of one thing for each of another.
    Rate,
    /// A date, a month, a year or a decade.
    Date,
    /// A place in an order: the 52nd.
    Ordinal,
    /// The result of a game or a vote: 3-1.
    Score,
    /// A time of day.
    TimeOfDay,
    /// A measure of some other kind: pressure, angle, magnitude.
    Other,
}

/// How the words limit the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// The number as it stands.
    Exact,
    /// About, some, around, roughly: on either side.
    About,
    /// Nearly, almost, just under: a little below.
    Nearly,
    /// More than, over: above, the number itself left out. "Just over" has an upper end too.
    MoreThan,
    /// At least, no fewer than: the number or above.
    AtLeast,
    /// Less than, fewer than, under: below, the number itself left out.
    LessThan,
    /// Up to, at most, within: the number or below.
    AtMost,
    /// From one number to another.
    Range,
    /// Dozens, several, a handful: a wide interval.
    Vague,
}

/// A unit of measure or money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unit {
    /// UCUM code (`km2`, `[mi_i]`), ISO 4217 code (`USD`), `%`, or `1` for a plain ratio.
    pub code: CompactString,
    /// The unit's name in the singular: "square kilometre".
    pub name: CompactString,
    /// What can be converted into what: two units are comparable when their dimensions are equal
    /// ("length", "money:USD", "1").
    pub dimension: CompactString,
    /// How many of the dimension's base unit make one of these.
    pub factor: Number,
    /// Added after multiplying, for scales whose zero lies elsewhere (Fahrenheit); zero for all others.
    pub offset: Number,
}

/// What the words of a figure say: a set of values in a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// The kind of thing measured.
    pub kind: Kind,
    /// The one or two numbers as stated, scale applied; none for "dozens".
    pub numbers: Vec<Number>,
    /// How the words limit them.
    pub bound: Bound,
    /// The values the words allow, in the figure's own unit and before any allowance for rounding.
    pub stated: Interval,
    /// The place value of the last significant digit as written: 0.1m for 1.2m, 10 for 150, 1 for 339.
    /// Zero for numbers that are exact by nature (a third).
    pub step: Number,
    /// The unit; none for things counted.
    pub unit: Option<Arc<Unit>>,
    /// What it is counted per, for a rate: "an hour", "a barrel", "100,000 people".
    pub per: Option<Arc<Unit>>,
    /// A difference rather than a reading: "5C warmer", "up 3°C". Temperatures without it are readings.
    pub difference: bool,
}

impl Quantity {
    /// The values that the words allow when rounding is allowed for, in the figure's own unit.
    ///
    /// A measure stands for all that rounds to it at the precision written. A count does only when it is round (ends in
    /// two noughts or more, or has a scale word). Where the last digits are noughts, at most a twentieth either way is
    /// allowed: "3,000" is rarely said of 3,400.
    pub fn allowed(&self) -> Interval {
        let widen = |end: Option<End>, lower: bool| {
            end.map(|e| {
                let around = self.rounded(e.value);
                (if lower { around.low } else { around.high }).unwrap_or(e)
            })
        };
        match self.bound {
            Bound::Exact | Bound::About | Bound::Range => {
                Interval { low: widen(self.stated.low, true), high: widen(self.stated.high, false) }
            }
            // "Nearly 400" is never 400: the end the word sets stays where it is.
            _ => self.stated,
        }
    }

    /// What one of its numbers stands for when rounding is allowed for, whatever bound the words set.
    pub fn rounded(&self, value: Number) -> Interval {
        Interval::rounded(value, self.rounding_step(value))
    }

    /// By how much a figure of this precision may have been rounded, at `value`.
    fn rounding_step(&self, value: Number) -> Number {
        let twentieth = value.abs() / Number::from(10);
        let trailing =
            self.step > Number::ONE || (self.step < Number::ONE && !self.step.is_zero() && value.is_integer());
        match self.kind {
            Kind::Date | Kind::Ordinal | Kind::Score | Kind::TimeOfDay | Kind::Age => Number::ZERO,
            Kind::Count if self.step < Number::from(100) && value.is_integer() => Number::ZERO,
            // A fraction in words is taken loosely, three hundredths of it either way: "half" of 49.6 per cent.
            Kind::Ratio if self.step.is_zero() && self.numbers.len() == 1 => value.abs() * Number::ratio(6, 100),
            _ if self.step.is_zero() => Number::ZERO,
            _ if trailing && self.step > twentieth => twentieth,
            _ => self.step,
        }
    }

    /// What can be compared with what: equal dimensions can. Counts have the dimension "count".
    pub fn dimension(&self) -> CompactString {
        let own = self.unit.as_ref().map_or_else(|| CompactString::const_new("count"), |u| u.dimension.clone());
        match &self.per {
            Some(per) => compact_str::format_compact!("{own}/{}", per.dimension),
            None => own,
        }
    }

    /// An interval in the figure's own unit, moved into the dimension's base unit.
    pub fn to_base(&self, interval: &Interval) -> Interval {
        let (factor, offset) = self.scale();
        interval.map(|v| v * factor + offset)
    }

    /// An interval in the dimension's base unit, moved into the figure's own unit.
    pub fn from_base(&self, interval: &Interval) -> Interval {
        let (factor, offset) = self.scale();
        interval.map(|v| (v - offset) / factor)
    }

    fn scale(&self) -> (Number, Number) {
        let (factor, offset) = self.unit.as_ref().map_or((Number::ONE, Number::ZERO), |u| (u.factor, u.offset));
        let offset = if self.difference { Number::ZERO } else { offset };
        match &self.per {
            Some(per) => (factor / per.factor, offset),
            None => (factor, offset),
        }
    }

    /// Whether both can hold at once, allowing for rounding. False too where they cannot be compared.
    pub fn agrees(&self, other: &Self) -> bool {
        self.dimension() == other.dimension() && self.to_base(&self.allowed()).meets(&other.to_base(&other.allowed()))
    }

    /// The number, where there is just one.
    pub fn single(&self) -> Option<Number> {
        match self.numbers[..] {
            [one] => Some(one),
            _ => None,
        }
    }
}

/// How a figure is written, where a later stage must know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(clippy::struct_excessive_bools)] // Each is asked for on its own.
pub struct Form {
    /// Hyphened to what follows: "52-country", "17-kilometre tunnel", "two-hour contest".
    pub attributive: bool,
    /// Written in words, not digits.
    pub words: bool,
    /// One of a set: "the fourth", "a third" read as a share, "an hour" with an article for a number.
    pub article: bool,
    /// A numeral with no unit or scale: "17".
    pub bare: bool,
    /// Two numbers joined as "from A to B", which a verb of change makes a change and not a range.
    pub from_to: bool,
    /// Two numbers joined as "between A and B".
    pub between: bool,
    /// The first number of a range took its scale or unit from the second: "$26 to $31 million".
    pub shared_scale: bool,
    /// A ratio that multiplies and is no share of a whole: "twice as many", "a threefold rise", "doubled".
    pub factor: bool,
    /// The word itself says that something changed by the factor: "doubled", "halved".
    pub change: bool,
}

/// The parts of a date as they are written, whether or not there is such a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WrittenDate {
    /// The year, with its century; negative before the common era.
    pub year: Option<i32>,
    /// The month, from 1.
    pub month: Option<u8>,
    /// The day of the month, from 1.
    pub day: Option<u8>,
    /// The day of the week, from 1 for Monday.
    pub weekday: Option<u8>,
}

/// A figure where it stands in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What it says.
    pub quantity: Quantity,
    /// How it is written.
    pub form: Form,
    /// The parts of a date, for a figure of that kind.
    pub date: Option<WrittenDate>,
    /// The tokens from the first bounding word to the unit, as indices into the sentence's tokens.
    pub tokens: std::ops::Range<usize>,
    /// The tokens of the number alone.
    pub number: std::ops::Range<usize>,
    /// Bytes in the block's text, from the first bounding word to the end of the unit.
    pub span: std::ops::Range<usize>,
}
