//! Which claims of several documents are of one thing.
//!
//! Two short texts that tell one thing have few figures, and the one count of cases in each is the same count; in two
//! long ones it is one of many. So the evidence that is asked for grows with the choice there is.

use std::cell::OnceCell;

use compact_str::CompactString;

use super::statement::Statement;
use super::{Frames, Link, neighbours};
use crate::claim::cues::{Across, Classes};
use crate::claim::{Article, Claim};
use crate::lookup::HashMap;
use crate::quantity::{Kind, Number};

/// How many statements of one kind in one document a statement is held against at most.
const WINDOW: usize = 96;

/// The claims of several documents, made ready to be held against one another.
#[derive(Debug)]
pub struct Accounts<'a> {
    /// All statements, article by article, in order of place.
    pub statements: Vec<Statement<'a>>,
    articles: &'a [Article],
    /// Of each article, the statements of a key.
    keyed: Vec<HashMap<String, Vec<usize>>>,
    /// Of each article, whom and what it names.
    names: Vec<Vec<&'a str>>,
    /// Of each article, the later ones that it is held against; made when the first is asked for.
    later: OnceCell<Vec<Vec<usize>>>,
}

/// What tells two statements apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Apart {
    /// One is a length and the other a sum of money.
    Kind,
    /// Their nouns name different things.
    Noun,
    /// Different things befell what they count.
    Event,
    /// One is a part of what the other counts, or another one.
    Part,
    /// One is of an earlier time.
    Earlier,
    /// One is a forecast or a plan.
    Prospect,
    /// Their sentences are dated differently.
    Dated,
}

impl Apart {
    /// Whether it is one that a word too many brings about, and that weighs little between texts of a sentence or two.
    fn is_nuance(self) -> bool {
        matches!(self, Self::Part | Self::Earlier | Self::Prospect)
    }

    /// The reason in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Kind => "they are figures of two kinds",
            Self::Noun => "their nouns name different things",
            Self::Event => "different things befell what they count",
            Self::Part => "one is a part of what the other counts, or another one",
            Self::Earlier => "one is of an earlier time",
            Self::Prospect => "one is a forecast or a plan",
            Self::Dated => "their sentences are dated differently",
        }
    }
}

/// Two statements of one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// The other statement, as an index.
    pub other: usize,
    /// The evidence that it is of the same thing, and the reasons.
    pub link: Link,
    /// How much evidence is asked for.
    pub asked: u32,
}

impl Match {
    /// Whether there is evidence enough.
    pub fn holds(&self) -> bool {
        self.link.score >= self.asked
    }
}

impl<'a> Accounts<'a> {
    /// The statements of some articles.
    pub fn new(articles: &'a [Article]) -> Self {
        let mut statements = Vec::new();
        let mut keyed = Vec::new();
        for (number, article) in articles.iter().enumerate() {
            let mut keys: HashMap<String, Vec<usize>> = HashMap::default();
            for statement in article.claims.iter().filter_map(|claim| Statement::new(article, number, claim)) {
                keys.entry(statement.key.to_string()).or_default().push(statements.len());
                statements.push(statement);
            }
            keyed.push(keys);
        }
        let names = articles.iter().map(neighbours::names).collect();
        Self { statements, articles, keyed, names, later: OnceCell::new() }
    }

    /// The article of a statement.
    pub fn article(&self, statement: &Statement<'_>) -> &'a Article {
        &self.articles[statement.article]
    }

    /// The statements of an article.
    pub fn of_article(&self, article: usize) -> &[Statement<'a>] {
        let start = self.statements.partition_point(|s| s.article < article);
        let end = self.statements.partition_point(|s| s.article <= article);
        &self.statements[start..end]
    }

    /// Whether two articles each name somebody or somewhere, and nobody and nowhere in common: they are of two stories.
    pub fn strangers(&self, one: usize, other: usize) -> bool {
        let weigh = &self.articles[one].cues.evidence.across;
        let whole = |article: usize| self.articles[article].sentences.len() >= weigh.whole;
        let named = |article: usize| self.names[article].len() >= weigh.names;
        let tells = |article: usize| whole(article) && named(article);
        tells(one) && tells(other) && !neighbours::share_a_name(&self.names[one], &self.names[other])
    }

    /// The later articles that one is held against: all, unless there are very many.
    pub fn later(&self, article: usize) -> &[usize] {
        let later = self.later.get_or_init(|| {
            let words: Vec<Vec<&str>> = self.articles.iter().map(neighbours::words).collect();
            neighbours::later(&words)
        });
        later.get(article).map_or(&[], Vec::as_slice)
    }

    /// The statements of another article that one may be held against.
    pub fn rivals(&self, at: usize, article: usize) -> &[usize] {
        let all = self.keyed.get(article).and_then(|keys| keys.get(self.statements[at].key.as_str()));
        all.map_or(&[], |all| &all[..all.len().min(WINDOW)])
    }

    /// What of another article is of the same thing as a statement, the best evidence first.
    pub fn matches(&self, at: usize, article: usize) -> Vec<Match> {
        if self.strangers(self.statements[at].article, article) {
            return Vec::new();
        }
        let rivals = self.rivals(at, article);
        let weigh = &self.article(&self.statements[at]).cues.evidence.across;
        let of_thing = |one: usize, among: &[usize]| {
            among.iter().filter(|&&other| self.nouns(one, other) != Some(false)).count().max(1)
        };
        let theirs = of_thing(at, rivals);
        let mine = of_thing(at, self.rivals(at, self.statements[at].article));
        let choice = self.size(self.statements[at].article) + self.size(article) + theirs.ilog2() + mine.ilog2();
        let mut found: Vec<Match> = rivals
            .iter()
            .filter_map(|&other| {
                let apart = self.differences(at, other);
                let nuances = apart.len();
                if apart.into_iter().any(|why| choice > weigh.short || !why.is_nuance()) {
                    return None;
                }
                let link = self.evidence(at, other);
                let nameless = if self.nouns(at, other).is_none() { weigh.no_noun } else { 0 };
                let asked = asked(choice, weigh) + nameless + weigh.nuance * u32::try_from(nuances).unwrap_or(u32::MAX);
                Some(Match { other, link, asked })
            })
            .collect();
        found.sort_by_key(|m| std::cmp::Reverse(m.link.score));
        found
    }

    /// How often the sentences of an article double.
    fn size(&self, article: usize) -> u32 {
        self.articles[article].sentences.len().max(1).ilog2()
    }

    /// Whether a figure is the sum or the difference of two of one kind in another article.
    pub fn made_of(&self, at: usize, article: usize) -> Option<[usize; 2]> {
        let statement = &self.statements[at];
        if statement.bounded() {
            return None;
        }
        let parts: Vec<(usize, Number)> =
            self.rivals(at, article).iter().filter_map(|&i| Some((i, self.statements[i].value()?))).collect();
        let wanted = &statement.values;
        parts.iter().enumerate().find_map(|(i, &(a, x))| {
            let mut rest = parts[i + 1..].iter();
            rest.find(|&&(_, y)| wanted.contains(x + y) || wanted.contains((x - y).abs())).map(|&(b, _)| [a, b])
        })
    }

    fn classes(&self) -> Option<&'a Classes> {
        self.articles.first().map(|article| &article.cues.classes)
    }

    /// Whether both count the same; none where one of them has no noun.
    pub fn nouns(&self, a: usize, b: usize) -> Option<bool> {
        let (x, y) = (self.statements[a].noun()?, self.statements[b].noun()?);
        Some(self.classes().is_some_and(|classes| classes.same_thing(x, y)))
    }

    /// The first thing that tells two statements apart.
    pub fn told_apart(&self, one: usize, other: usize) -> Option<Apart> {
        self.differences(one, other).first().copied()
    }

    /// All that tells two statements apart.
    pub fn differences(&self, one: usize, other: usize) -> Vec<Apart> {
        let (a, b) = (&self.statements[one], &self.statements[other]);
        let same_event = a.event.is_some() && a.event == b.event;
        let nouns = self.nouns(one, other);
        // "The economy grew by 0.4%" and "gross domestic product grew by 0.4%": a measure's verb says as much as its noun.
        let verb = a.verb.is_some() && a.verb == b.verb && a.kind() != Kind::Count;
        let unlike = nouns == Some(false) && !same_event && !verb && a.kind() != Kind::Date;
        let weak = nouns == Some(true) && a.event_by_verb != b.event_by_verb;
        // "A four-year term" and "four years": the one describes what the other measures; a count does not.
        let hyphened = |s: &Statement<'_>| s.claim.figure.form.attributive && s.kind() == Kind::Count;
        [
            (a.key != b.key, Apart::Kind),
            (unlike || hyphened(a) != hyphened(b), Apart::Noun),
            (a.event.is_some() && b.event.is_some() && !same_event && !weak, Apart::Event),
            (a.part() != b.part(), Apart::Part),
            (a.past() != b.past(), Apart::Earlier),
            (a.claim.stage.prospect != b.claim.stage.prospect, Apart::Prospect),
            (a.kind() != Kind::Date && self.times_apart(a, b), Apart::Dated),
        ]
        .into_iter()
        .filter_map(|(apart, why)| apart.then_some(why))
        .collect()
    }

    /// Whether each sentence has a year, month or weekday, and none in common.
    fn times_apart(&self, a: &Statement<'_>, b: &Statement<'_>) -> bool {
        let words = |s: &Statement<'_>| -> Vec<&'a str> {
            let lemmas = &self.article(s).sentences[s.claim.sentence].lemmas;
            s.claim.times.iter().filter_map(|&at| lemmas.get(at)).map(CompactString::as_str).collect()
        };
        let (x, y) = (words(a), words(b));
        !x.is_empty() && !y.is_empty() && !x.iter().any(|w| y.contains(w))
    }

    /// Whether the sentences of two statements have nearly the same words: three in four of them.
    pub fn copies(&self, one: usize, other: usize) -> bool {
        let (a, b) = (&self.statements[one], &self.statements[other]);
        let most = a.words.len().max(b.words.len());
        most > 1 && shared(&a.words, &b.words).count() * 4 >= most * 3
    }

    /// The words beside both figures.
    pub fn near(&self, one: usize, other: usize) -> usize {
        shared(&self.statements[one].near, &self.statements[other].near).count()
    }

    fn evidence(&self, one: usize, other: usize) -> Link {
        let (a, b) = (&self.statements[one], &self.statements[other]);
        let weigh = &self.article(a).cues.evidence.across;
        let mut link = Link { score: 0, reasons: Vec::new() };
        let mut add = |score: u32, reason: &'static str| {
            if score > 0 {
                link.score += score;
                link.reasons.push(reason);
            }
        };
        if self.nouns(one, other) == Some(true) {
            add(weigh.noun, "the same noun");
        }
        if a.event.is_some() && a.event == b.event {
            add(weigh.event, "the same event");
        } else if a.verb.is_some() && a.verb == b.verb {
            add(weigh.verb, "the same verb");
        }
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let noun = |w: &str| a.noun() == Some(w) || b.noun() == Some(w);
        let near = shared(&a.near, &b.near).filter(|w| !noun(w)).count();
        add((count(near) * weigh.near).min(weigh.near_most), "the same words beside the figure");
        let words = shared(&a.words, &b.words).filter(|w| !noun(w)).count().saturating_sub(near);
        add((count(words) * weigh.word).min(weigh.words_most), "words in common");
        if self.copies(one, other) {
            add(weigh.copy, "sentences of nearly the same words");
        }
        let beyond = |x: &Statement<'_>, y: &Statement<'_>| {
            x.describers.iter().filter(|d| y.words.binary_search(d).is_err() && Some(**d) != y.noun()).count()
        };
        let (mine, theirs) = (beyond(a, b), beyond(b, a));
        if mine > 0 && theirs > 0 {
            link.score = link.score.saturating_sub(weigh.describer * count(mine.min(theirs)));
        }
        if !a.openers.is_empty() && !b.openers.is_empty() && shared(&a.openers, &b.openers).next().is_none() {
            link.score = link.score.saturating_sub(weigh.openers);
        }
        link
    }
}

/// Pairs of frames of two articles that are of one thing, as indices into `frames`.
pub(super) fn joined(frames: &Frames<'_>) -> Vec<(usize, usize)> {
    let accounts = Accounts::new(frames.articles);
    let places: HashMap<*const Claim, usize> =
        frames.frames.iter().enumerate().map(|(at, frame)| (std::ptr::from_ref(frame.claim), at)).collect();
    let place = |at: usize| places.get(&std::ptr::from_ref(accounts.statements[at].claim)).copied();
    let mut pairs = Vec::new();
    for (at, statement) in accounts.statements.iter().enumerate() {
        for &article in accounts.later(statement.article) {
            for found in accounts.matches(at, article) {
                let other = &accounts.statements[found.other];
                let weigh = &accounts.article(statement).cues.evidence.across;
                // Two reports that have one number beside the same noun have it from one place.
                let told = statement.agrees(other)
                    && found.link.score >= weigh.noun
                    && (statement.same_number(other) || found.link.score >= weigh.noun + weigh.event);
                if (told || found.holds())
                    && let Some(pair) = place(at).zip(place(found.other))
                {
                    pairs.push(pair);
                }
            }
        }
    }
    pairs
}

/// How much evidence is asked for where there is so much to choose from, in doublings.
fn asked(choice: u32, weigh: &Across) -> u32 {
    let long = choice.saturating_sub(weigh.short);
    weigh.least + weigh.choice * (choice - long) + weigh.long_choice * long
}

/// What two sorted lists have in common.
fn shared<'w>(a: &'w [&'w str], b: &'w [&'w str]) -> impl Iterator<Item = &'w str> {
    a.iter().copied().filter(|w| b.binary_search(w).is_ok())
}
