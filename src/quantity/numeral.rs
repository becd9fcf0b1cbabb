//! Numbers in digits and in words: the value, the precision, and where they end.

use super::Number;
use super::atoms::Class;
use super::lexicon::Numeric;
use super::roles as role;
use super::scan::Scan;

/// A number as it is written.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::struct_excessive_bools)] // Each says of its own how the number is written.
pub(super) struct Numeral {
    pub(super) start: usize,
    /// The atom after its last.
    pub(super) end: usize,
    pub(super) value: Number,
    /// The place value of the last significant digit; zero for fractions.
    pub(super) step: Number,
    /// What scale words multiplied it by; one where there are none.
    pub(super) scale: Number,
    pub(super) words: bool,
    pub(super) article: bool,
    /// Digits alone: no separator, point, scale or fraction.
    pub(super) plain: bool,
    /// A fraction below one: a half, two-thirds.
    pub(super) share: bool,
}

impl Numeral {
    /// A number in words without scale or fraction; other forms change what differs.
    pub(super) fn new(start: usize, end: usize, value: Number, step: Number) -> Self {
        Self { start, end, value, step, scale: Number::ONE, words: true, article: false, plain: false, share: false }
    }
}

/// The value and the number of decimal places of a numeral in digits; nothing for "1.2.3" and such.
pub(super) fn digits(raw: &str) -> Option<(Number, usize)> {
    let (whole, fraction) = raw.split_once('.').unwrap_or((raw, ""));
    if fraction.contains(['.', ',']) || raw.len() > 40 {
        return None;
    }
    if !whole.contains(',') {
        return Some((Number::parse_decimal(raw)?, fraction.len()));
    }
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let groups: Vec<&str> = groups.collect();
    let (last, inner) = groups.split_last()?;
    // 1,234,567 or, in India, 12,34,567.
    let western = inner.iter().all(|g| g.len() == 3) && first.len() <= 3;
    let indian = inner.iter().all(|g| g.len() == 2) && first.len() <= 2;
    if last.len() != 3 || first.is_empty() || !(western || indian) {
        return None;
    }
    Some((Number::parse_decimal(&raw.replace(',', ""))?, fraction.len()))
}

/// The place value of the last digit that is not nought of a whole number; one for nought.
pub(super) fn whole_step(value: Number) -> Number {
    let ten = Number::from(10);
    let mut step = Number::ONE;
    if value.is_zero() {
        return step;
    }
    for _ in 0..30 {
        if !(value / (step * ten)).is_integer() {
            break;
        }
        step = step * ten;
    }
    step
}

/// What came last in a number in words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    Ones,
    Teens,
    Tens,
    Hundred,
    Scale,
}

impl Scan<'_> {
    /// The number that begins at an atom, in digits or words, with its scale words and fractions.
    pub(super) fn numeral(&self, i: usize) -> Option<Numeral> {
        let atom = self.at(i)?;
        match atom.class {
            Class::Digits => self.in_digits(i),
            Class::Word | Class::Mark => {
                if let Some(Numeric::Fraction(value)) = self.word(i).numeric {
                    let share = Numeral { words: false, share: true, ..Numeral::new(i, i + 1, value, Number::ZERO) };
                    return Some(self.scaled(share));
                }
                self.fraction(i).or_else(|| self.in_words(i))
            }
        }
    }

    fn in_digits(&self, i: usize) -> Option<Numeral> {
        let raw = self.raw(i);
        let (mut value, mut decimals) = digits(raw)?;
        let mut end = i + 1;
        let mut plain = decimals == 0 && !raw.contains(',');
        // 1 234 567: groups of three parted by spaces.
        if plain && raw.len() <= 3 && !raw.starts_with('0') && !self.is_digits(i.wrapping_sub(1)) {
            let mut all = raw.to_owned();
            while self.is_digits(end) && self.gap(end).chars().count() == 1 {
                let group = self.raw(end);
                if group.split('.').next().is_none_or(|whole| whole.len() != 3) || group.contains(',') {
                    break;
                }
                all.push_str(group);
                end += 1;
                if group.contains('.') {
                    break;
                }
            }
            // A fourth digit, a decimal or another number after the groups: they were numbers of their own.
            let stops = self.is_digits(end) || (self.mark(end, "-") && self.is_digits(end + 1));
            if end > i + 1 && !stops {
                (value, decimals) = digits(&all)?;
                plain = false;
            } else {
                end = i + 1;
            }
        }
        let step = if decimals > 0 { Number::power_of_ten(-i32::try_from(decimals).ok()?) } else { whole_step(value) };
        let mut numeral = Numeral {
            start: i,
            end,
            value,
            step,
            scale: Number::ONE,
            words: false,
            article: false,
            plain,
            share: false,
        };
        if let Some((power, end)) = self.power_of_ten(numeral.end) {
            numeral =
                Numeral { value: numeral.value * power, step: numeral.step * power, end, plain: false, ..numeral };
            return Some(numeral);
        }
        if decimals == 0 {
            if let Some(slashed) = self.slashed(i) {
                return Some(self.scaled(slashed));
            }
            self.add_fraction(&mut numeral);
        }
        Some(self.scaled(numeral))
    }

    /// "× 10^8", "×10−8" behind a numeral.
    fn power_of_ten(&self, i: usize) -> Option<(Number, usize)> {
        if !(self.mark(i, "×") && self.raw(i + 1) == "10") {
            return None;
        }
        let mut k = i + 2;
        if self.mark(k, "^") {
            k += 1;
        }
        let negative = self.mark(k, "-");
        if negative {
            k += 1;
        }
        if !(self.glued(k) && self.is_digits(k)) {
            return None;
        }
        let exponent: i32 = self.raw(k).parse().ok().filter(|e| (0..=30).contains(e))?;
        Some((Number::power_of_ten(if negative { -exponent } else { exponent }), k + 1))
    }

    /// 3/4 as it stands alone.
    fn slashed(&self, i: usize) -> Option<Numeral> {
        let (value, end) = self.slash(i)?;
        let share = Numeral {
            start: i,
            end,
            value,
            step: Number::ZERO,
            scale: Number::ONE,
            words: false,
            article: false,
            plain: false,
            share: true,
        };
        Some(share)
    }

    fn slash(&self, i: usize) -> Option<(Number, usize)> {
        if !(self.mark(i + 1, "/") && self.glued(i + 1) && self.glued(i + 2) && self.is_digits(i + 2)) {
            return None;
        }
        let further = self.mark(i + 3, "/") && self.glued(i + 3);
        let (a, b) = (digits(self.raw(i))?, digits(self.raw(i + 2))?);
        let denominator = u32::try_from(b.0.to_integer()?).ok()?;
        let fits = a.1 == 0 && b.1 == 0 && a.0 < b.0 && !a.0.is_zero() && self.lexicon.slashed.contains(&denominator);
        (fits && !further).then(|| (a.0 / b.0, i + 3))
    }

    /// ½ or 1/2 after the digits of a whole number.
    fn add_fraction(&self, numeral: &mut Numeral) {
        let j = numeral.end;
        if let Some(Numeric::Fraction(part)) = self.word(j).numeric
            && self.at(j).is_some_and(|a| !a.spaced || self.gap(j) == " ")
        {
            numeral.value = numeral.value + part;
            numeral.step = part;
            numeral.end = j + 1;
            numeral.plain = false;
            return;
        }
        let k = if self.mark(j, "-") && self.glued(j) && self.glued(j + 1) { j + 1 } else { j };
        if let Some((part, end)) = self.slash(k)
            && numeral.value < Number::from(1000)
        {
            numeral.value = numeral.value + part;
            numeral.step = part;
            numeral.end = end;
            numeral.plain = false;
        }
    }

    /// Scale words behind a number: "1.2 million", "5 lakh crore", "$20-million", "two and a half million".
    pub(super) fn scaled(&self, mut numeral: Numeral) -> Numeral {
        self.and_a_half(&mut numeral);
        loop {
            let j = self.over_hyphen(numeral.end);
            let Some(Numeric::Scale(scale)) = self.word(j).numeric else { break };
            // "12 dozen" is; "20-dozen" is not, nor a hundred after digits with a hyphen.
            if j > numeral.end && scale < Number::from(1000) {
                break;
            }
            numeral.value = numeral.value * scale;
            numeral.step = numeral.step * scale;
            if numeral.share {
                numeral.share = false;
                numeral.step = whole_step(numeral.value);
            }
            numeral.scale = numeral.scale * scale;
            numeral.end = j + 1;
            numeral.plain = false;
            self.and_a_half(&mut numeral);
        }
        if numeral.scale == Number::from(100) && !numeral.words && self.has(numeral.end, role::AND) {
            // "3 hundred and 21".
            let rest = match self.word(numeral.end + 1).numeric {
                Some(Numeric::Cardinal(n)) => Some(Number::from(i64::from(n))),
                _ => digits(self.raw(numeral.end + 1)).filter(|_| self.is_digits(numeral.end + 1)).map(|(n, _)| n),
            };
            if let Some(rest) = rest.filter(|&n| n < numeral.scale && n.is_integer() && numeral.value.is_integer()) {
                numeral.value = numeral.value + rest;
                numeral.step = Number::ONE;
                numeral.end += 2;
            }
        }
        self.lower_scale(numeral)
    }

    /// "2 crore 50 lakh", "4 thousand 3 hundred": a smaller scale behind a larger, in digits both.
    fn lower_scale(&self, numeral: Numeral) -> Numeral {
        let j = numeral.end;
        let more = numeral.scale > Number::from(100) && !numeral.words && self.is_digits(j) && !self.glued(j);
        let (true, Some((value, 0)), Some(Numeric::Scale(scale))) =
            (more, digits(self.raw(j)).filter(|_| more), self.word(j + 1).numeric)
        else {
            return numeral;
        };
        let part = value * scale;
        if scale < Number::from(100) || part >= numeral.scale || !numeral.value.is_integer() {
            return numeral;
        }
        let sum = Numeral { value: numeral.value + part, step: whole_step(part), end: j + 2, ..numeral };
        self.lower_scale(Numeral { scale, ..sum })
    }

    /// "and a half", "and three quarters" behind a whole number.
    fn and_a_half(&self, numeral: &mut Numeral) {
        let Some((part, end)) = self.tail_fraction(numeral.end) else { return };
        // "One billion and three quarters of a million" are two numbers.
        if numeral.scale != Number::ONE && matches!(self.word(end).numeric, Some(Numeric::Scale(_))) {
            return;
        }
        if numeral.value.is_integer() && !numeral.share {
            // Two and a half; a million and a half.
            let part = if numeral.scale < Number::from(1000) { part } else { part * numeral.scale };
            numeral.value = numeral.value + part;
            numeral.step = part;
            numeral.end = end;
            numeral.plain = false;
        }
    }

    /// The fraction of "-and-a-half" or "and three quarters", from the "and" on.
    pub(super) fn tail_fraction(&self, i: usize) -> Option<(Number, usize)> {
        let j = self.over_hyphen(i);
        if !self.has(j, role::AND) {
            return None;
        }
        let k = self.over_hyphen(j + 1);
        let (numerator, at) = if self.has(k, role::ARTICLE) {
            (1, self.over_hyphen(k + 1))
        } else if let Some(Numeric::Cardinal(n @ 1..=20)) = self.word(k).numeric {
            (i128::from(n), self.over_hyphen(k + 1))
        } else if self.has(k, role::HALF)
            && (self.ends_clause(k + 1) || self.has(k + 1, role::TIMES) || self.named(k + 1).is_some())
        {
            // "An hour and half", "one and half times".
            (1, k)
        } else {
            return None;
        };
        let denominator = self.word(at).denominator?;
        // "Two and a third man": a third is a fraction here only where it is counted in more than one, or is a half.
        let sure = denominator == 2 || denominator == 4 || numerator > 1 || !self.is_noun(at + 1);
        (sure && numerator < i128::from(denominator))
            .then(|| (Number::ratio(numerator, i128::from(denominator)), at + 1))
    }

    /// A number in words: "twenty-eight thousand six hundred and forty-two", "a hundred and one".
    pub(super) fn in_words(&self, i: usize) -> Option<Numeral> {
        let mut total = Number::ZERO;
        let mut group = Number::ZERO;
        let mut largest = Number::ONE;
        let mut last = Last::Nothing;
        let mut j = i;
        let article = self.has(i, role::ARTICLE);
        if article {
            // "A hundred", not "a hundred-strong crowd of": the scale word must follow.
            if !matches!(self.word(i + 1).numeric, Some(Numeric::Scale(_))) {
                return None;
            }
            group = Number::ONE;
            last = Last::Ones;
            j = i + 1;
        }
        let mut end = i;
        let mut steps = 0_usize;
        while steps < 64 {
            steps += 1;
            let mut k = j;
            if last != Last::Nothing {
                k = self.over_hyphen(j);
            }
            let joined =
                self.has(j, role::AND) && matches!(last, Last::Hundred | Last::Scale) && !self.fraction_at(j + 1);
            if joined {
                k = j + 1;
            }
            match self.word(k).numeric {
                Some(Numeric::Cardinal(n)) => {
                    let value = Number::from(i64::from(n));
                    let fits = match last {
                        Last::Nothing | Last::Hundred | Last::Scale => true,
                        Last::Tens => (1..=9).contains(&n),
                        Last::Ones | Last::Teens => false,
                    };
                    if !fits || (self.fraction_at(k) && last != Last::Nothing && last != Last::Tens) {
                        break;
                    }
                    group = group + value;
                    last = match n {
                        0..=9 => Last::Ones,
                        10..=19 => Last::Teens,
                        _ => Last::Tens,
                    };
                }
                Some(Numeric::Scale(scale)) if !joined && last != Last::Nothing => {
                    if scale < Number::from(1000) {
                        if group.is_zero() || group >= Number::from(100) {
                            break;
                        }
                        group = group * scale;
                        last = Last::Hundred;
                    } else if group.is_zero() {
                        total = total * scale;
                        last = Last::Scale;
                    } else {
                        total = total + group * scale;
                        group = Number::ZERO;
                        last = Last::Scale;
                    }
                    if scale > largest {
                        largest = scale;
                    }
                }
                Some(Numeric::Scale(scale)) if last == Last::Nothing && scale == Number::from(12) => {
                    // A bare "dozen" behind an article that was passed over: "the dozen members".
                    group = scale;
                    last = Last::Hundred;
                }
                _ => break,
            }
            j = k + 1;
            end = j;
        }
        if end == i {
            return None;
        }
        let value = total + group;
        let numeral = Numeral {
            start: i,
            end,
            value,
            step: whole_step(value),
            scale: largest,
            words: true,
            article,
            plain: false,
            share: false,
        };
        Some(self.scaled(self.point(numeral)))
    }

    /// "Two point five".
    fn point(&self, mut numeral: Numeral) -> Numeral {
        if !self.has(numeral.end, role::POINT) {
            return numeral;
        }
        let mut j = numeral.end + 1;
        let mut step = Number::ONE;
        while let Some(Numeric::Cardinal(n @ 0..=9)) = self.word(j).numeric {
            if j > numeral.end + 12 {
                break;
            }
            step = step / Number::from(10);
            numeral.value = numeral.value + Number::from(i64::from(n)) * step;
            j += 1;
        }
        // "Point seventy-one", "point eleven".
        if step == Number::ONE
            && let Some(Numeric::Cardinal(n @ 10..=99)) = self.word(j).numeric
        {
            let k = self.over_hyphen(j + 1);
            let ones = match self.word(k).numeric {
                Some(Numeric::Cardinal(ones @ 1..=9)) if n >= 20 => Some(ones),
                _ => None,
            };
            step = Number::ratio(1, 100);
            numeral.value = numeral.value + Number::from(i64::from(n + ones.unwrap_or(0))) * step;
            j = if ones.is_some() { k + 1 } else { j + 1 };
        }
        if step < Number::ONE {
            numeral.step = step;
            numeral.end = j;
        }
        numeral
    }
}
