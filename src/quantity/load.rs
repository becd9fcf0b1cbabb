//! Makes the lexicon from a pack's tables, and checks them: names and codes that stand there twice, dimensions and
//! codes that are not defined, numbers that are none.

use std::sync::Arc;

use compact_str::CompactString;
use regex::bytes::RegexSetBuilder;

use super::lexicon::{Hazy, Lexicon, Limit, Measure, Numeric, Sign, Word};
use super::phrases::{Phrases, WordId};
use super::roles::{self as role, Roles};
use super::tables::{self, exact};
use super::{Kind, Number, Unit, atoms};
use crate::lookup::HashMap;
use crate::pack::{Pack, PackError};

impl Lexicon {
    /// Reads all the tables and checks them.
    pub(super) fn new(pack: &Pack) -> Result<Self, PackError> {
        let numbers: tables::Numbers = pack.table("numbers")?;
        let units: tables::Units = pack.table("units")?;
        let currencies: tables::Currencies = pack.table("currencies")?;
        let bounds: tables::Bounds = pack.table("bounds")?;
        let vague: tables::Vague = pack.table("vague")?;
        let dates: tables::Dates = pack.table("dates")?;
        let lookalikes: tables::Lookalikes = pack.table("lookalikes")?;
        let changes: tables::Changes = pack.table("changes")?;
        let ranges: tables::Ranges = pack.table("ranges")?;
        let ellipsis: tables::Ellipsis = pack.table("ellipsis")?;

        // Over bytes and ASCII classes: compiling Unicode's takes longer than everything else here.
        let patterns = RegexSetBuilder::new(lookalikes.patterns.iter().map(|p| format!("^(?:{p})$")))
            .unicode(false)
            .build()
            .map_err(|e| PackError::new("lookalikes", format!("patterns: {e}")))?;
        let mut lexicon = Self {
            ids: HashMap::default(),
            words: vec![Word::default()],
            measures: Vec::new(),
            by_code: HashMap::default(),
            unit_names: Phrases::new(),
            currency_names: Phrases::new(),
            signs: Phrases::new(),
            unit_names_before: Phrases::new(),
            nationalities: Phrases::new(),
            symbols: HashMap::default(),
            glued: HashMap::default(),
            ambiguous: HashMap::default(),
            compared: Phrases::new(),
            implied: Phrases::new(),
            suffixes: HashMap::default(),
            limits: Vec::new(),
            before: Phrases::new(),
            leading: Phrases::new(),
            after: Phrases::new(),
            hazy: Phrases::new(),
            not_figures: Phrases::new(),
            differences: Phrases::new(),
            patterns,
            slashed: numbers.fractions.slashed.clone(),
            plain_years: dates.years.plain,
            old_years: dates.years.old,
            highest_day: dates.days.highest,
            oldest: dates.age.highest,
            ratio: 0,
        };
        lexicon.numbers(&numbers)?;
        lexicon.units(&units)?;
        lexicon.currencies(&currencies)?;
        lexicon.compounds(&units)?;
        lexicon.ambiguous(&units)?;
        lexicon.ellipsis(&ellipsis)?;
        lexicon.bounds(&bounds)?;
        lexicon.vague(&vague);
        lexicon.dates(&dates);
        lexicon.lookalikes(&lookalikes);
        lexicon.list(role::CHANGE, &changes.words);
        lexicon.list(role::CHANGE_FROM, &changes.only_from);
        lexicon.list(role::DIFFERENCE_AFTER, &changes.difference_after);
        for phrase in &changes.difference_before {
            let words = lexicon.reversed(phrase);
            lexicon.differences.insert(words, ());
        }
        lexicon.ranges(&ranges);
        lexicon.ratio =
            lexicon.by_code("1").ok_or_else(|| PackError::new("units", "there is no unit with the code \"1\""))?;
        Ok(lexicon)
    }

    fn intern(&mut self, lower: &str) -> WordId {
        if let Some(&id) = self.ids.get(lower) {
            return id;
        }
        let id = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.push(Word::default());
        self.ids.insert(lower.into(), id);
        id
    }

    fn edit(&mut self, lower: &str) -> &mut Word {
        let id = self.intern(lower) as usize;
        &mut self.words[id]
    }

    fn list(&mut self, roles: Roles, words: &[String]) {
        for word in words {
            self.edit(word).roles |= roles;
        }
    }

    /// The ids of a phrase's words, cut as text is cut.
    fn phrase(&mut self, phrase: &str) -> Vec<WordId> {
        let mut ids = Vec::new();
        for piece in phrase.split_whitespace() {
            atoms::pieces(piece, |text| ids.push(self.intern(text)));
        }
        ids
    }

    fn reversed(&mut self, phrase: &str) -> Vec<WordId> {
        let mut ids = self.phrase(phrase);
        ids.reverse();
        ids
    }

    fn numbers(&mut self, table: &tables::Numbers) -> Result<(), PackError> {
        const FILE: &str = "numbers";
        for (word, &value) in &table.cardinals {
            let entry = self.edit(word);
            entry.numeric = Some(Numeric::Cardinal(value));
            entry.roles |= role::TRIGGER;
        }
        for (word, value) in &table.scales {
            let value = exact(FILE, word, value)?;
            let entry = self.edit(word);
            if entry.numeric.is_some() {
                return Err(PackError::new(FILE, format!("scales.{word}: is a cardinal as well")));
            }
            entry.numeric = Some(Numeric::Scale(value));
            entry.roles |= role::TRIGGER;
        }
        for (letters, value) in &table.suffixes {
            let money = table.money_suffixes.letters.contains(letters);
            self.suffixes.insert(letters.into(), (exact(FILE, letters, value)?, money));
        }
        for (word, &value) in &table.denominators {
            let entry = self.edit(word);
            entry.denominator = Some(value);
            entry.roles |= role::TRIGGER;
        }
        for (character, value) in &table.fractions.characters {
            self.edit(character).numeric = Some(Numeric::Fraction(exact(FILE, character, value)?));
            self.edit(character).roles |= role::TRIGGER;
        }
        for (word, &value) in &table.ordinals {
            let entry = self.edit(word);
            entry.ordinal = Some(value);
            entry.roles |= role::TRIGGER;
        }
        for (word, factor) in &table.factors {
            let value = exact(FILE, word, &factor.factor)?;
            let entry = self.edit(word);
            entry.factor = Some((value, factor.verb));
            entry.roles |= role::TRIGGER;
        }
        let words = &table.words;
        for (roles, list) in [
            (role::AND, &words.and),
            (role::POINT, &words.point),
            (role::ARTICLE, &words.articles),
            (role::MINUS, &words.minus),
            (role::FOLD, &words.fold),
            (role::TIMES, &words.times),
            (role::HALF, &words.half),
            (role::SHARE_AFTER, &words.share_after),
            (role::FACTOR_AFTER, &words.factor_after),
            (role::FRACTION_AFTER, &words.fraction_after),
            (role::FRACTION_BEFORE, &words.fraction_before),
            (role::IN, &words.in_ratio),
            (role::OUT, &words.out_of),
            (role::EVERY, &words.every),
            (role::OF, &words.of),
            (role::METRES_AFTER, &table.metres.after),
            (role::METRES_BEFORE, &table.metres.before),
            (role::KILOMETRES_AFTER, &table.metres.kilometres_after),
        ] {
            self.list(roles, list);
        }
        Ok(())
    }

    fn add(&mut self, file: &str, unit: Unit, kind: Kind) -> Result<usize, PackError> {
        let index = self.measures.len();
        if self.by_code.insert(unit.code.clone(), index).is_some() {
            return Err(PackError::new(file, format!("code {:?} stands there twice", unit.code)));
        }
        self.measures.push(Measure { unit: Arc::new(unit), kind, per: None, parts: Vec::new() });
        Ok(index)
    }

    fn unit_name(&mut self, name: &str, index: usize) -> Result<(), PackError> {
        let words = self.phrase(&name.to_lowercase());
        match self.unit_names.insert(words, index) {
            Some(other) if other != index => Err(PackError::new(
                "units",
                format!("{name:?} is a name of {} and of {}", self.code(other), self.code(index)),
            )),
            _ => Ok(()),
        }
    }

    fn code(&self, index: usize) -> &str {
        self.measures.get(index).map_or("", |m| m.unit.code.as_str())
    }

    fn symbols_of(&mut self, file: &str, unit: usize, symbols: &[String], glued: &[String]) -> Result<(), PackError> {
        for (list, map) in [(symbols, &mut self.symbols), (glued, &mut self.glued)] {
            for symbol in list {
                if map.insert(symbol.into(), unit).is_some_and(|other| other != unit) {
                    return Err(PackError::new(file, format!("symbol {symbol:?} belongs to two units")));
                }
            }
        }
        for symbol in symbols.iter().chain(glued) {
            self.intern(&atoms::fold(symbol));
        }
        Ok(())
    }

    fn units(&mut self, table: &tables::Units) -> Result<(), PackError> {
        const FILE: &str = "units";
        for group in &table.group {
            let dimension = table.dimensions.get(&group.dimension).ok_or_else(|| {
                PackError::new(FILE, format!("dimension {:?} is not among [dimensions]", group.dimension))
            })?;
            for line in &group.unit {
                let factor = exact(FILE, &format!("factor of {:?}", line.code), &line.factor)?;
                let offset = match &line.offset {
                    Some(text) => exact(FILE, &format!("offset of {:?}", line.code), text)?,
                    None => Number::ZERO,
                };
                if factor.is_zero() {
                    return Err(PackError::new(FILE, format!("factor of {:?} is zero", line.code)));
                }
                for (key, name) in [("name", &line.name), ("plural", &line.plural)] {
                    if name.trim().is_empty() {
                        return Err(PackError::new(FILE, format!("{key} of {:?} is empty", line.code)));
                    }
                }
                let unit = Unit {
                    code: line.code.as_str().into(),
                    name: line.name.as_str().into(),
                    dimension: group.dimension.as_str().into(),
                    factor,
                    offset,
                };
                let index = self.add(FILE, unit, dimension.kind)?;
                self.unit_name(&line.name, index)?;
                self.unit_name(&line.plural, index)?;
                for word in &line.words {
                    self.unit_name(word, index)?;
                }
                for name in &line.before {
                    let words = self.reversed(name);
                    self.unit_names_before.insert(words, index);
                }
                self.symbols_of(FILE, index, &line.symbols, &line.glued)?;
                // "An hour", "a mile": a bound and an article before the bare name make it a figure.
                let measure = matches!(dimension.kind, Kind::Duration | Kind::Length | Kind::Mass | Kind::Area);
                if measure && !line.name.contains(' ') {
                    self.edit(&line.name).roles |= role::TRIGGER;
                }
            }
        }
        for (name, dimension) in &table.dimensions {
            let known = self.by_code(&dimension.base).and_then(|i| self.measures.get(i));
            if !known.is_some_and(|m| m.unit.dimension == *name && m.unit.factor == Number::ONE) {
                return Err(PackError::new(
                    FILE,
                    format!("base of dimension {name:?}: {:?} is no unit of it with the factor 1", dimension.base),
                ));
            }
        }
        self.list(role::TEMPERATURE_CONTEXT, &table.degrees.temperature);
        for rate in &table.rate {
            let index = |code: &str| {
                self.by_code(code)
                    .ok_or_else(|| PackError::new(FILE, format!("rate {:?}: there is no unit {code:?}", rate.name)))
            };
            let (of, per) = (index(&rate.of)?, index(&rate.per)?);
            let Some(measure) = self.measures.get(of).cloned() else { continue };
            let at = self.measures.len();
            self.measures.push(Measure { per: Some(per), kind: Kind::Rate, ..measure });
            for word in &rate.words {
                self.unit_name(word, at)?;
            }
        }
        Ok(())
    }

    fn compounds(&mut self, table: &tables::Units) -> Result<(), PackError> {
        for (code, parts) in &table.compound {
            let find = |code: &str| {
                self.by_code(code)
                    .ok_or_else(|| PackError::new("units", format!("compound: there is no unit {code:?}")))
            };
            let index = find(code)?;
            let parts: Vec<usize> = parts.iter().map(|p| find(p)).collect::<Result<_, _>>()?;
            if let Some(measure) = self.measures.get_mut(index) {
                measure.parts.extend(parts);
            }
        }
        Ok(())
    }

    fn ambiguous(&mut self, table: &tables::Units) -> Result<(), PackError> {
        for line in &table.ambiguous {
            let measure = self.by_code(&line.code).ok_or_else(|| {
                PackError::new("units", format!("ambiguous {:?}: there is no unit {:?}", line.symbol, line.code))
            })?;
            let mut near: Vec<WordId> = line.near.iter().map(|word| self.intern(word)).collect();
            near.sort_unstable();
            self.intern(&atoms::fold(&line.symbol));
            self.ambiguous.entry(line.symbol.as_str().into()).or_default().push((measure, near));
        }
        Ok(())
    }

    fn ellipsis(&mut self, table: &tables::Ellipsis) -> Result<(), PackError> {
        for (roles, list) in [
            (role::PARALLEL, &table.parallel),
            (role::REACHED, &table.reached),
            (role::START, &table.start),
            (role::WHEN, &table.when),
        ] {
            self.list(roles, list);
        }
        for phrase in &table.compared {
            let words = self.reversed(phrase);
            self.compared.insert(words, ());
        }
        for line in &table.implied {
            let unit = self.by_code(&line.code).ok_or_else(|| {
                PackError::new("ellipsis", format!("implied: there is no unit with the code {:?}", line.code))
            })?;
            for noun in &line.nouns {
                let words = self.phrase(noun);
                self.implied.insert(words, (unit, line.kind));
            }
        }
        Ok(())
    }

    fn currency_name(&mut self, name: &str, index: usize) -> Result<(), PackError> {
        let words = self.phrase(&name.to_lowercase());
        match self.currency_names.insert(words, index) {
            Some(other) if other != index => Err(PackError::new(
                "currencies",
                format!("{name:?} is a name of {} and of {}", self.code(other), self.code(index)),
            )),
            _ => Ok(()),
        }
    }

    fn currencies(&mut self, table: &tables::Currencies) -> Result<(), PackError> {
        const FILE: &str = "currencies";
        for currency in &table.currency {
            let dimension: CompactString = format!("money:{}", currency.code).into();
            let unit = |code: &str, name: &str, factor: Number| Unit {
                code: code.into(),
                name: name.into(),
                dimension: dimension.clone(),
                factor,
                offset: Number::ZERO,
            };
            let index = self.add(FILE, unit(&currency.code, &currency.name, Number::ONE), Kind::Money)?;
            self.currency_name(&currency.name, index)?;
            self.currency_name(&currency.plural, index)?;
            for word in &currency.words {
                self.currency_name(word, index)?;
            }
            for word in &currency.behind {
                let words = self.phrase(word);
                self.nationalities.insert(words, index);
            }
            let code = (!currency.word).then_some(&currency.code);
            self.symbols_of(FILE, index, code.map_or(&[], std::slice::from_ref), &[])?;
            for symbol in currency.symbols.iter().chain(code) {
                let words = self.reversed(&symbol.to_lowercase());
                let spaced =
                    currency.symbols.iter().any(|s| s.contains(' ') && s.replace(' ', "") == symbol.replace(' ', ""));
                let sign = Sign { measure: index, spaced, code: Some(symbol) == code };
                if self.signs.insert(words, sign).is_some_and(|other| other.measure != index) {
                    return Err(PackError::new(FILE, format!("symbol {symbol:?} belongs to two currencies")));
                }
            }
            for minor in currency.minor.iter().chain(&currency.old_minor) {
                let factor = Number::ratio(1, i128::from(minor.part.unwrap_or(100)));
                let at = self.add(FILE, unit(&minor.code, &minor.name, factor), Kind::Money)?;
                for word in [&minor.name, &minor.plural].into_iter().chain(&minor.words) {
                    self.currency_name(word, at)?;
                }
                self.symbols_of(FILE, at, &minor.symbols, &[])?;
                // "10s" is ten seconds unless pounds stand before it, so glued letters of parts are kept apart.
                for letters in &minor.glued {
                    self.intern(letters);
                    self.glued.entry(letters.into()).or_insert(at);
                }
                if let Some(measure) = self.measures.get_mut(index) {
                    measure.parts.push(at);
                }
            }
        }
        self.list(role::MASS_CONTEXT, &table.pound.mass);
        self.list(role::MONEY_CONTEXT, &table.pound.money);
        Ok(())
    }

    fn bounds(&mut self, table: &tables::Bounds) -> Result<(), PackError> {
        const FILE: &str = "bounds";
        for line in &table.bound {
            let share = |key: &str, text: &Option<String>| {
                text.as_deref().map(|t| exact(FILE, &format!("{key} of {:?}", line.meaning), t)).transpose()
            };
            let index = self.limits.len();
            self.limits.push(Limit {
                bound: line.meaning,
                below: share("below", &line.below)?,
                above: share("above", &line.above)?,
                spread: line.spread,
                unless_the: line.unless_the,
                measures_only: line.measures_only,
                age: line.age,
                durations_by_word: line.duration_after.is_some(),
            });
            for phrase in &line.before {
                let words = self.phrase(phrase);
                self.leading.insert(words.iter().copied(), index);
                if self.before.insert(words.into_iter().rev(), index).is_some() {
                    return Err(PackError::new(FILE, format!("before: {phrase:?} stands there twice")));
                }
            }
            for phrase in &line.after {
                let words = self.phrase(phrase);
                if self.after.insert(words, index).is_some() {
                    return Err(PackError::new(FILE, format!("after: {phrase:?} stands there twice")));
                }
            }
            self.list(role::DURATION_AFTER, line.duration_after.as_deref().unwrap_or_default());
        }
        self.list(role::SKIP, &table.skip.words);
        self.list(role::BLOCKING, &table.skip.blocking);
        self.list(role::THAN, &table.skip.than);
        Ok(())
    }

    fn vague(&mut self, table: &tables::Vague) {
        let mut all: Vec<(&String, Hazy)> = Vec::new();
        for line in &table.vague {
            let hazy = Hazy {
                low: line.low.into(),
                high: line.high.map(Number::from),
                number: line.number.map(Number::from),
                noun_only: line.noun_only,
                scaled: false,
            };
            all.extend(line.words.iter().map(|w| (w, hazy)));
        }
        for line in table.scaled.values() {
            let hazy = Hazy {
                low: line.low.into(),
                high: line.high.map(Number::from),
                number: None,
                noun_only: false,
                scaled: true,
            };
            all.extend(line.words.iter().map(|w| (w, hazy)));
        }
        for (phrase, hazy) in all {
            let ids = self.phrase(phrase);
            // "A couple of" may be "a couple of hundred" too: the scale decides, so the plain meaning is kept.
            self.hazy.insert(ids.iter().copied(), hazy);
            let trigger = ids.iter().find(|&&id| !self.word(id).roles.any(role::ARTICLE)).copied();
            if let Some(word) = trigger.and_then(|id| self.words.get_mut(id as usize)) {
                word.roles |= role::TRIGGER;
            }
        }
    }

    fn dates(&mut self, table: &tables::Dates) {
        for (word, &month) in &table.months {
            self.edit(word).month = month;
        }
        for (word, &day) in &table.weekdays {
            self.edit(word).weekday = day;
        }
        for (word, &decade) in &table.decades {
            let entry = self.edit(word);
            entry.decade = decade;
            entry.roles |= role::TRIGGER;
        }
        let (years, clock, age) = (&table.years, &table.clock, &table.age);
        for (roles, list) in [
            (role::DAY_BEFORE, &table.days.before),
            (role::YEAR_BEFORE, &years.before),
            (role::ERA, &years.eras),
            (role::PERIOD, &years.periods),
            (role::PERIOD_BEFORE, &table.spans.before),
            (role::AM, &clock.am),
            (role::PM, &clock.pm),
            (role::ZONE, &clock.zones),
            (role::OCLOCK, &clock.oclock),
            (role::PAST, &clock.past),
            (role::TOOK, &clock.took),
            (role::OLD, &age.old),
            (role::YEARS_OLD, &age.years_old),
            (role::AT, &age.at),
            (role::DYING, &age.dying),
            (role::PERSON_FOR, &age.pronouns),
            (role::OF_AGE, &age.birth),
            (role::AGED, &age.aged),
            (role::PERSON, &age.people),
            (role::POSSESSIVE, &age.possessive),
            (role::EARLY_LATE, &age.early_late),
            (role::OVER, &age.over),
            (role::UNDER, &age.under),
            (role::NAME_NEXT, &age.name_next),
        ] {
            self.list(roles, list);
        }
    }

    fn lookalikes(&mut self, table: &tables::Lookalikes) {
        for (roles, list) in [
            (role::LABEL, &table.labels),
            (role::WEAK_LABEL, &table.weak_labels),
            (role::MODEL_AFTER, &table.model_after),
            (role::STREET, &table.streets),
            (role::NUMBER_SIGN, &table.number_signs),
            (role::SIGN_UNLESS, &table.number_sign_unless),
            (role::NAME_UNLESS, &table.name_unless),
            (role::OPEN_PREFIX, &table.open_prefixes),
            (role::HYPHEN_WORD, &table.hyphen_words),
            (role::ONE_NOT_AFTER, &table.one.before_never),
            (role::ONE_NOT_BEFORE, &table.one.after_never),
        ] {
            self.list(roles, list);
        }
        for phrase in &table.phrases {
            let words = self.phrase(phrase);
            if let Some(word) = words.first().and_then(|&id| self.words.get_mut(id as usize)) {
                word.roles |= role::TRIGGER;
            }
            self.not_figures.insert(words, ());
        }
    }

    fn ranges(&mut self, table: &tables::Ranges) {
        for (roles, list) in [
            (role::TO, &table.to),
            (role::FROM, &table.from),
            (role::BETWEEN, &table.between),
            (role::OR, &table.or),
            (role::BY, &table.by),
            (role::BEFORE_UNIT, &table.before_unit),
            (role::PER_NOUN, &table.per_nouns),
            (role::PER, &table.per),
            (role::PER_ANY, &table.per_any),
            (role::PER_PEOPLE, &table.per_people),
            (role::NO_RATE_BEFORE, &table.no_rate_before),
            (role::SCORE_BEFORE, &table.score.before),
            (role::SCORE_AFTER, &table.score.after),
        ] {
            self.list(roles, list);
        }
    }
}
