//! Signs that two figures of which one looks like a slip for the other are of one thing.
//!
//! Each sign is a small whole number, told by one function. What they weigh together is data with a documented origin:
//! see [`Weights`](crate::claim::cues::Weights).

use compact_str::CompactString;
use rust_stemmers::{Algorithm, Stemmer};

use super::WINDOW;
use crate::claim::cues::Class;
use crate::claim::{Article, Claim, Lead, Sentence};
use crate::document::Place;
use crate::lookup::HashMap;
use crate::quantity::{Bound, Digits, Kind, Number, Slip};
use crate::text::Upos;

/// How many words on either side of a figure are its surroundings.
const NEAR: usize = 8;
/// The same where the sentences before and after count too.
const AROUND: usize = 12;

/// A figure with what stands around it.
#[derive(Debug, Clone)]
pub struct Item<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// Its number, in its own unit.
    pub value: Number,
    /// Its digits.
    pub digits: Digits,
    /// Content words within [`NEAR`] words of it, in its sentence.
    near: Words,
    /// Content words within [`AROUND`] words of it, in whatever sentence.
    around: Words,
    /// Content words of its sentence.
    sentence: Words,
    /// Names near it.
    names: Words,
    /// Adjectives and compounds in its noun's phrase.
    describers: Words,
    /// Days, months and years that date it.
    times: Words,
    event: Option<Class>,
    /// Whether it stands in a headline, standfirst or caption.
    pub summary: bool,
}

/// Words by their stems, numbered and sorted. A headline's capitals make names of its words, and no lemma is known for a
/// name; stems are the same everywhere.
type Words = Vec<u32>;

/// The stems of an article's words, numbered.
struct Stems {
    stemmer: Stemmer,
    numbers: HashMap<String, u32>,
    /// The number of the stem of each word that was met.
    known: HashMap<CompactString, u32>,
}

/// The figures of an article that can be held against one another.
#[derive(Debug, Clone)]
pub struct Signs<'a> {
    article: &'a Article,
    /// The figures, in order of place.
    pub items: Vec<Item<'a>>,
    /// Figures of one kind and unit, as indices into `items`; each item's group.
    alike: Vec<Vec<usize>>,
    of: Vec<usize>,
    /// Every sentence's stems, a number for each token.
    stems: Vec<Words>,
    /// How often each stem stands in the article.
    frequency: Vec<u32>,
}

/// Two figures of one kind and unit in different sentences, the earlier one first.
pub struct Pair<'a, 'b> {
    signs: &'b Signs<'a>,
    a: &'b Item<'a>,
    b: &'b Item<'a>,
    /// How they differ.
    pub slip: Slip,
    /// The figures of their kind and unit around them, so that no document takes quadratic time.
    group: &'b [usize],
}

/// A sign: its name and how to tell it.
pub type Sign = (&'static str, fn(&Pair<'_, '_>) -> usize);

/// All signs. A file of weights lists their names.
pub const SIGNS: &[Sign] = &[
    ("slip", |p| match p.slip {
        Slip::Swapped => 0,
        Slip::First => 1,
        Slip::Later => 2,
        Slip::Places(n) => 2 + n as usize,
    }),
    ("digits", |p| p.a.digits.digits.len()),
    ("noughts", |p| p.a.digits.noughts() * 4 + p.b.digits.noughts().min(3)),
    ("magnitude", |p| (p.a.digits.magnitude + 10).max(0) as usize),
    ("larger first", |p| usize::from(p.a.value > p.b.value)),
    ("kind", |p| match p.a.claim.quantity().kind {
        Kind::Count => 0,
        Kind::Money => 1,
        Kind::Ratio => 2,
        Kind::Duration | Kind::Age => 3,
        _ => 4,
    }),
    ("sentences between", |p| p.b.claim.sentence - p.a.claim.sentence),
    ("earlier sentence", |p| p.a.claim.sentence),
    ("later sentence", |p| p.b.claim.sentence),
    ("sentences", |p| p.signs.article.sentences.len()),
    ("figures", |p| p.signs.items.len()),
    ("of its kind", |p| p.group.len()),
    ("slips for the earlier", |p| p.slips(p.a)),
    ("slips for the later", |p| p.slips(p.b)),
    ("same as the earlier", |p| p.same(p.a)),
    ("same as the later", |p| p.same(p.b)),
    ("noun", |p| match (p.a.claim.noun.as_deref(), p.b.claim.noun.as_deref()) {
        (Some(x), Some(y)) if x == y => 4,
        (Some(x), Some(y)) if p.signs.article.cues.classes.same_thing(x, y) => 3,
        (Some(_), Some(_)) => 0,
        (None, None) => 2,
        _ => 1,
    }),
    ("words after", |p| p.alike_from(|i, claim| claim.figure.tokens.end.checked_add(i))),
    ("words before", |p| p.alike_from(|i, claim| claim.figure.tokens.start.checked_sub(i + 1))),
    ("near words", |p| shared(&p.a.near, &p.b.near).count()),
    ("weight of near words", |p| p.weight(&p.a.near, &p.b.near)),
    ("share of near words", |p| {
        let fewer = p.a.near.len().min(p.b.near.len());
        (shared(&p.a.near, &p.b.near).count() * 32).checked_div(fewer).unwrap_or(0)
    }),
    ("words around", |p| shared(&p.a.around, &p.b.around).count()),
    ("weight of words around", |p| p.weight(&p.a.around, &p.b.around)),
    ("words", |p| shared(&p.a.sentence, &p.b.sentence).count()),
    ("weight of words", |p| p.weight(&p.a.sentence, &p.b.sentence)),
    ("verb", |p| match (&p.a.claim.verb, &p.b.claim.verb) {
        (Some(x), Some(y)) => 1 + 2 * usize::from(x == y),
        (None, None) => 2,
        _ => 0,
    }),
    ("event", |p| match (p.a.event, p.b.event) {
        (Some(x), Some(y)) => 3 * usize::from(x == y),
        (None, None) => 2,
        _ => 1,
    }),
    ("names in common", |p| shared(&p.a.names, &p.b.names).count()),
    ("names of its own, fewer", |p| p.own_names().0),
    ("names of its own, more", |p| p.own_names().1),
    ("times", |p| relation(&p.a.times, &p.b.times)),
    ("describers", |p| shared(&p.a.describers, &p.b.describers).count()),
    ("describers of its own", |p| {
        let beyond = |x: &Item<'_>, y: &Item<'_>| x.describers.iter().filter(|w| !has(&y.sentence, **w)).count();
        beyond(p.a, p.b).min(3) * 4 + beyond(p.b, p.a).min(3)
    }),
    ("definite", |p| usize::from(p.a.claim.definite) + 2 * usize::from(p.b.claim.definite)),
    ("indefinite", |p| usize::from(p.indefinite(p.a)) + 2 * usize::from(p.indefinite(p.b))),
    ("bounds", |p| {
        let exact = |i: &Item<'_>| i.claim.quantity().bound == Bound::Exact;
        match (exact(p.a), exact(p.b)) {
            (true, true) => 0,
            (false, false) => 1 + usize::from(p.a.claim.quantity().bound != p.b.claim.quantity().bound),
            _ => 3,
        }
    }),
    ("voice", |p| match (&p.a.claim.source, &p.b.claim.source) {
        (None, None) => 0,
        (Some(x), Some(y)) => 1 + 2 * usize::from(x != y),
        _ => 2,
    }),
    ("stage", |p| {
        let (x, y) = (p.a.claim.stage, p.b.claim.stage);
        usize::from(x.prospect != y.prospect)
            + usize::from(x.earlier != y.earlier) * 2
            + usize::from(x.negated || y.negated) * 4
    }),
    ("moving", |p| usize::from(p.a.claim.stage.moving) + usize::from(p.b.claim.stage.moving)),
    ("other", |p| {
        let other = |i: &Item<'_>| i.claim.stage.other || i.claim.stage.additive;
        usize::from(other(p.a)) + 2 * usize::from(other(p.b))
    }),
    ("form", |p| {
        let (x, y) = (p.a.claim.figure.form, p.b.claim.figure.form);
        usize::from(x.attributive != y.attributive)
            + usize::from(x.factor || x.change || y.factor || y.change) * 2
            + usize::from(x.words != y.words) * 4
    }),
    ("names by number", |p| usize::from(p.names_by_number(p.a)) + 2 * usize::from(p.names_by_number(p.b))),
    ("lead", |p| usize::from(p.a.claim.lead != p.b.claim.lead) + lead(p.a.claim) * 2 + lead(p.b.claim) * 6),
    ("part", |p| {
        let part = |c: &Claim| c.pronoun.is_some() || c.of;
        usize::from(part(p.a.claim)) + 2 * usize::from(part(p.b.claim))
    }),
    ("summary", |p| usize::from(p.a.summary) + usize::from(p.b.summary)),
    ("accounted for", |p| usize::from(p.accounted())),
    ("rivals of the earlier", |p| p.rivals(p.a, p.b)),
    ("rivals of the later", |p| p.rivals(p.b, p.a)),
    ("best twin of the earlier", |p| p.twin(p.a)),
    ("best twin of the later", |p| p.twin(p.b)),
    ("beside the earlier", |p| p.beside(p.a)),
    ("beside the later", |p| p.beside(p.b)),
    ("sure", |p| [p.a, p.b].iter().map(|i| usize::from(i.claim.sure.noun) + usize::from(i.claim.sure.source)).sum()),
    ("relation", |p| match (p.a.claim.governed, p.b.claim.governed) {
        (Some((_, x)), Some((_, y))) => 1 + usize::from(x == y),
        _ => 0,
    }),
    ("ratio", |p| {
        let (low, high) = if p.a.value.abs() < p.b.value.abs() { (p.a, p.b) } else { (p.b, p.a) };
        // In eighths: 8 for equal figures.
        (high.value.abs() * Number::from(8) / low.value.abs()).floor().to_integer().map_or(usize::MAX, |n| n as usize)
    }),
    ("paragraphs between", |p| p.b.claim.block.abs_diff(p.a.claim.block)),
];

impl<'a> Signs<'a> {
    /// The figures of an article that can be held against one another.
    pub fn new(article: &'a Article) -> Self {
        let mut numbered = Stems {
            stemmer: Stemmer::create(Algorithm::English),
            numbers: HashMap::default(),
            known: HashMap::default(),
        };
        let stems: Vec<Words> = article.sentences.iter().map(|sentence| numbered.of(sentence)).collect();
        let mut frequency = vec![0; numbered.numbers.len()];
        for &stem in stems.iter().flatten() {
            frequency[stem as usize] += 1;
        }
        let item = |claim: &'a Claim| Item::new(article, &stems, claim);
        let items: Vec<Item<'a>> = article.claims.iter().filter_map(item).collect();
        let mut groups: HashMap<_, usize> = HashMap::default();
        let (mut alike, mut of) = (Vec::<Vec<usize>>::new(), Vec::new());
        for (at, item) in items.iter().enumerate() {
            let group = *groups.entry(measure(item.claim)).or_insert(alike.len());
            if group == alike.len() {
                alike.push(Vec::new());
            }
            alike[group].push(at);
            of.push(group);
        }
        Self { article, items, alike, of, stems, frequency }
    }

    /// Whether any two figures of an article look like slips for each other; far quicker than looking at all signs.
    pub fn any(article: &Article) -> bool {
        let mut groups: HashMap<_, Vec<(usize, Digits)>> = HashMap::default();
        article.claims.iter().any(|claim| {
            let Some(digits) = comparable(claim).and_then(Digits::of) else { return false };
            let group = groups.entry(measure(claim)).or_default();
            let found = group
                .iter()
                .rev()
                .take(WINDOW)
                .any(|(sentence, other)| *sentence != claim.sentence && Slip::between(other, &digits).is_some());
            group.push((claim.sentence, digits));
            found
        })
    }

    /// The same figures, one of them with another number.
    #[must_use]
    pub fn with(&self, at: usize, value: Number) -> Self {
        let mut changed = self.clone();
        if let Some(digits) = Digits::of(value) {
            changed.items[at].value = value;
            changed.items[at].digits = digits;
        }
        changed
    }

    /// Every two figures, the earlier one first, of which one looks like a slip for the other.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.alike.iter().flat_map(move |group| {
            group.iter().enumerate().flat_map(move |(place, &later)| {
                let earlier = &group[place.saturating_sub(WINDOW)..place];
                earlier.iter().map(move |&earlier| (earlier, later)).filter(|&(a, b)| self.pair(a, b).is_some())
            })
        })
    }

    /// The figures of one kind and unit with another one, itself among them.
    pub fn alike(&self, at: usize) -> &[usize] {
        &self.alike[self.of[at]]
    }

    /// Two figures as a pair; none where they stand in one sentence or are no slips for each other.
    pub fn pair(&self, a: usize, b: usize) -> Option<Pair<'a, '_>> {
        let (first, second) = (&self.items[a], &self.items[b]);
        if self.of[a] != self.of[b] || first.claim.sentence == second.claim.sentence {
            return None;
        }
        let slip = Slip::between(&first.digits, &second.digits)?;
        let group = &self.alike[self.of[a]];
        let place = group.partition_point(|&at| at < b);
        let group = &group[place.saturating_sub(2 * WINDOW)..(place + WINDOW).min(group.len())];
        Some(Pair { signs: self, a: first, b: second, slip, group })
    }

    /// How many content words stand around both figures.
    pub fn words_around_both(&self, a: usize, b: usize) -> usize {
        shared(&self.items[a].around, &self.items[b].around).count()
    }
}

impl<'a> Item<'a> {
    fn new(article: &'a Article, all: &[Words], claim: &'a Claim) -> Option<Self> {
        let value = comparable(claim)?;
        let digits = Digits::of(value)?;
        let sentence = article.sentence(claim);
        let (tokens, stems) = (&sentence.tokens, &all[claim.sentence]);
        let figure = &claim.figure.tokens;
        let words = |places: &mut dyn Iterator<Item = usize>| {
            let mut words: Words = places.map(|at| stems[at]).collect();
            words.sort_unstable();
            words.dedup();
            words
        };
        let outside = |at: &usize| !figure.contains(at);
        let (start, end) = (figure.start.saturating_sub(NEAR), (figure.end + NEAR).min(tokens.len()));
        let (first, last) = (figure.start.saturating_sub(AROUND), (figure.end + AROUND).min(tokens.len()));
        let mut around = words(&mut content(sentence, first, last).filter(outside));
        if let Some(number) = claim.sentence.checked_sub(1)
            && let Some(previous) = article.sentences.get(number)
        {
            let from = previous.tokens.len().saturating_sub(AROUND.saturating_sub(figure.start));
            around.extend(content(previous, from, previous.tokens.len()).map(|at| all[number][at]));
        }
        if let Some(next) = article.sentences.get(claim.sentence + 1) {
            let to = AROUND.saturating_sub(tokens.len() - figure.end).min(next.tokens.len());
            around.extend(content(next, 0, to).map(|at| all[claim.sentence + 1][at]));
        }
        around.sort_unstable();
        around.dedup();
        let describes = |at: &usize| {
            !figure.contains(at)
                && Some(*at) != claim.head
                && matches!(tokens[*at].upos, Upos::ADJ | Upos::NOUN | Upos::VERB | Upos::PROPN)
        };
        let name = |at: &usize| tokens[*at].upos == Upos::PROPN;
        Some(Self {
            claim,
            value,
            digits,
            around,
            near: words(&mut content(sentence, start, end).filter(outside)),
            sentence: words(&mut content(sentence, 0, tokens.len()).filter(outside)),
            names: words(&mut (start..end).filter(outside).filter(name)),
            describers: words(&mut claim.phrase.clone().filter(describes)),
            times: words(&mut claim.times.iter().copied()),
            event: super::frame::event(article, sentence, claim).0,
            summary: matches!(article.place(claim), Place::Headline | Place::Standfirst | Place::Caption),
        })
    }
}

impl Stems {
    fn of(&mut self, sentence: &Sentence) -> Words {
        sentence.tokens.iter().map(|token| self.number(&token.lower)).collect()
    }

    /// The number of a word's stem.
    fn number(&mut self, word: &CompactString) -> u32 {
        if let Some(&number) = self.known.get(word) {
            return number;
        }
        let next = self.numbers.len() as u32;
        let number = *self.numbers.entry(self.stemmer.stem(word).into_owned()).or_insert(next);
        self.known.insert(word.clone(), number);
        number
    }
}

impl Pair<'_, '_> {
    /// The signs in the order of [`SIGNS`].
    pub fn signs(&self) -> Vec<u8> {
        SIGNS.iter().map(|(_, tell)| u8::try_from(tell(self)).unwrap_or(u8::MAX)).collect()
    }

    fn group(&self) -> impl Iterator<Item = &Item<'_>> {
        self.group.iter().map(|&at| &self.signs.items[at])
    }

    /// How many other figures of the kind look like slips for one.
    fn slips(&self, of: &Item<'_>) -> usize {
        self.group().filter(|i| Slip::between(&i.digits, &of.digits).is_some()).count()
    }

    /// How many other figures of the kind are the same.
    fn same(&self, of: &Item<'_>) -> usize {
        self.group().filter(|i| i.value == of.value && !std::ptr::eq(i.claim, of.claim)).count()
    }

    /// How many words in a row from the figure on are the same for both.
    fn alike_from(&self, place: impl Fn(usize, &Claim) -> Option<usize>) -> usize {
        let stem = |item: &Item<'_>, i: usize| {
            place(i, item.claim).and_then(|at| self.signs.stems[item.claim.sentence].get(at))
        };
        (0..5).take_while(|&i| stem(self.a, i).is_some_and(|s| Some(s) == stem(self.b, i))).count()
    }

    /// What words in common weigh, in sixteenths: the rarer in the article, the more.
    fn weight(&self, a: &[u32], b: &[u32]) -> usize {
        shared(a, b).map(|word| 32 / self.signs.frequency[word as usize].max(2) as usize).sum()
    }

    /// How many names stand near each of the two and nowhere in the other's sentence: the fewer and the more.
    fn own_names(&self) -> (usize, usize) {
        let own = |x: &Item<'_>, y: &Item<'_>| x.names.iter().filter(|n| !has(&y.sentence, **n)).count();
        let (x, y) = (own(self.a, self.b), own(self.b, self.a));
        (x.min(y), x.max(y))
    }

    /// "A 60m loan": an article before the figure makes it another one.
    fn indefinite(&self, of: &Item<'_>) -> bool {
        let articles = &self.signs.article.cues.relations.articles;
        let tokens = &self.signs.article.sentence(of.claim).tokens;
        let start = of.claim.phrase.start.min(of.claim.figure.tokens.start);
        articles.has(&tokens[start].lower) || start > 0 && articles.has(&tokens[start - 1].lower)
    }

    /// "The 400 series", "10-year notes": the number tells which one, and does not say how many.
    fn names_by_number(&self, of: &Item<'_>) -> bool {
        let tokens = &self.signs.article.sentence(of.claim).tokens;
        let next = of.claim.figure.tokens.end;
        let singular = of.claim.head == Some(next) && matches!(tokens[next].xpos, "NN" | "NNP");
        of.claim.figure.form.attributive || singular
    }

    /// Whether another figure is the difference or the sum of the two.
    fn accounted(&self) -> bool {
        let (gap, sum) = ((self.a.value - self.b.value).abs(), self.a.value + self.b.value);
        self.group().any(|i| i.value == gap || i.value == sum)
    }

    /// How many other figures of the kind share more words with one than the pair does.
    fn rivals(&self, of: &Item<'_>, with: &Item<'_>) -> usize {
        let own = self.weight(&of.near, &with.near);
        let sentence = of.claim.sentence;
        self.group()
            .filter(|i| i.claim.sentence != sentence && !std::ptr::eq(i.claim, with.claim))
            .filter(|i| self.weight(&of.near, &i.near) >= own)
            .count()
    }

    /// How much an equal figure elsewhere has in common with one.
    fn twin(&self, of: &Item<'_>) -> usize {
        let sentence = of.claim.sentence;
        let equal = self.group().filter(|i| i.value == of.value && i.claim.sentence != sentence);
        equal.map(|i| 1 + self.weight(&of.near, &i.near)).max().unwrap_or(0)
    }

    /// How many figures of the kind stand in one's sentence beside it.
    fn beside(&self, of: &Item<'_>) -> usize {
        let sentence = of.claim.sentence;
        self.group().filter(|i| i.claim.sentence == sentence && !std::ptr::eq(i.claim, of.claim)).count()
    }
}

/// A claim's number, where it has one that can be held against others.
fn comparable(claim: &Claim) -> Option<Number> {
    let quantity = claim.quantity();
    let no = matches!(quantity.kind, Kind::Date | Kind::Ordinal | Kind::Score | Kind::TimeOfDay);
    quantity.single().filter(|_| !no)
}

/// Figures of one kind and unit can be held against each other as they are written.
fn measure(claim: &Claim) -> (Kind, Option<&str>, Option<&str>) {
    let quantity = claim.quantity();
    (quantity.kind, quantity.unit.as_deref().map(|u| u.code.as_str()), quantity.per.as_deref().map(|u| u.code.as_str()))
}

/// The content words of a stretch of a sentence, as tokens.
fn content(sentence: &Sentence, start: usize, end: usize) -> impl Iterator<Item = usize> {
    (start..end).filter(|&at| {
        let token = &sentence.tokens[at];
        matches!(token.upos, Upos::NOUN | Upos::PROPN | Upos::VERB | Upos::ADJ) && token.lower.len() > 2
    })
}

/// The words that two lists have in common.
fn shared<'w>(a: &'w [u32], b: &'w [u32]) -> impl Iterator<Item = u32> + 'w {
    a.iter().copied().filter(|&w| has(b, w))
}

/// Whether a list has a word.
fn has(words: &[u32], word: u32) -> bool {
    words.binary_search(&word).is_ok()
}

/// How two lists of words stand to each other: neither has any (0), one has (1), they share some (2), or none (3).
fn relation(a: &[u32], b: &[u32]) -> usize {
    match (a.is_empty(), b.is_empty()) {
        (true, true) => 0,
        (false, false) => 2 + usize::from(shared(a, b).next().is_none()),
        _ => 1,
    }
}

fn lead(claim: &Claim) -> usize {
    match claim.lead {
        None => 0,
        Some(Lead::From) => 1,
        Some(Lead::To) => 2,
    }
}
