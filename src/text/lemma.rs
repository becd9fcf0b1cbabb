//! Lemmas: the singular of a noun, the infinitive of a verb.
//!
//! Irregular words are data (`rules/en/lemmas.toml`); what is regular in the spelling of English is here.

use compact_str::CompactString;
use serde::Deserialize;

use super::fold::fold;
use crate::lookup::{HashMap, HashSet};
use crate::pack::{Pack, PackError};

const NAME: &str = "lemmas";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    nouns: Nouns,
    verbs: Verbs,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Nouns {
    irregular: HashMap<CompactString, CompactString>,
    compound: Vec<CompactString>,
    same: Vec<CompactString>,
    e: Vec<CompactString>,
    ie: Vec<CompactString>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Verbs {
    irregular: HashMap<CompactString, Vec<CompactString>>,
    same: Vec<CompactString>,
    e: Vec<CompactString>,
    no_e: Vec<CompactString>,
    doubled: Vec<CompactString>,
    prefixes: Vec<CompactString>,
}

/// The irregular words, ready for looking up.
#[derive(Debug, Clone)]
pub(super) struct Lemmas {
    nouns: HashMap<CompactString, CompactString>,
    /// Irregular nouns that end compounds: policemen, grandchildren, housewives.
    compound: Vec<(CompactString, CompactString)>,
    noun_e: HashSet<CompactString>,
    noun_ie: HashSet<CompactString>,
    verbs: HashMap<CompactString, CompactString>,
    same: HashSet<CompactString>,
    verb_e: HashSet<CompactString>,
    verb_no_e: HashSet<CompactString>,
    doubled: HashSet<CompactString>,
    prefixes: Vec<CompactString>,
}

impl Lemmas {
    pub(super) fn new(pack: &Pack) -> Result<Self, PackError> {
        let table: Table = pack.table(NAME)?;
        let mut nouns = HashMap::default();
        for (lemma, plural) in table.nouns.irregular {
            insert(&mut nouns, "nouns.irregular", &plural, &lemma)?;
        }
        for word in table.nouns.same {
            insert(&mut nouns, "nouns.same", &word, &word)?;
        }
        let mut compound = Vec::new();
        for plural in set("nouns.compound", table.nouns.compound)? {
            let lemma = nouns.get(&plural).cloned().ok_or_else(|| {
                PackError::new(NAME, format!("nouns.compound: \"{plural}\" is no plural of nouns.irregular"))
            })?;
            compound.push((plural, lemma));
        }
        compound.sort();
        let mut verbs = HashMap::default();
        for (lemma, forms) in table.verbs.irregular {
            for form in forms {
                insert(&mut verbs, "verbs.irregular", &form, &lemma)?;
            }
        }
        let same = set("verbs.same", table.verbs.same)?;
        if let Some(word) = same.iter().find(|word| verbs.contains_key(*word)) {
            return Err(PackError::new(NAME, format!("verbs.same: \"{word}\" is in verbs.irregular")));
        }
        let mut prefixes: Vec<_> = set("verbs.prefixes", table.verbs.prefixes)?.into_iter().collect();
        prefixes.sort();
        Ok(Self {
            nouns,
            compound,
            noun_e: set("nouns.e", table.nouns.e)?,
            noun_ie: set("nouns.ie", table.nouns.ie)?,
            verbs,
            same,
            verb_e: set("verbs.e", table.verbs.e)?,
            verb_no_e: set("verbs.no_e", table.verbs.no_e)?,
            doubled: set("verbs.doubled", table.verbs.doubled)?,
            prefixes,
        })
    }

    /// The singular of a noun in lower case.
    pub(super) fn noun(&self, word: &str) -> CompactString {
        if let Some(lemma) = self.nouns.get(word) {
            return lemma.clone();
        }
        if !word.ends_with('s') {
            for (plural, lemma) in &self.compound {
                if let Some(front) = word.strip_suffix(plural.as_str()).filter(|f| f.len() > 1) {
                    return join(front, lemma);
                }
            }
            return word.into();
        }
        if let Some((front, lemma)) =
            self.compound.iter().find_map(|(plural, lemma)| Some((word.strip_suffix(plural.as_str())?, lemma)))
            && front.len() > 1
        {
            return join(front, lemma);
        }
        let Some(stem) = word.strip_suffix('s').filter(|stem| stem.len() > 1) else { return word.into() };
        if let Some(front) = stem.strip_suffix('\'') {
            return if is_figure(front) { join(front, "s") } else { front.into() };
        }
        // No plurals: glass, virus, basis, arthritis; the 1990s; names of files and sites.
        if ["s", "u", "si", "iti"].iter().any(|end| stem.ends_with(end)) || is_figure(stem) || stem.contains('.') {
            return word.into();
        }
        if let Some(front) = stem.strip_suffix("ie") {
            return if front.len() < 2 || self.noun_ie.contains(stem) { stem.into() } else { join(front, "y") };
        }
        if let Some(front) = stem.strip_suffix('e').filter(|front| !self.noun_e.contains(stem) && takes_es(front)) {
            return front.into();
        }
        if let Some(front) =
            stem.strip_suffix("use").filter(|f| !f.ends_with(['a', 'o']) && !self.noun_e.contains(stem))
        {
            return join(front, "us");
        }
        stem.into()
    }

    /// The infinitive of a verb in lower case.
    pub(super) fn verb(&self, word: &str) -> CompactString {
        if let Some(lemma) = self.irregular_verb(word) {
            return lemma;
        }
        if let Some(stem) = word.strip_suffix("ing").filter(|stem| has_vowel(stem)) {
            return self.infinitive(stem);
        }
        if let Some(front) = word.strip_suffix("ied") {
            return if front.len() < 2 { join(front, "ie") } else { join(front, "y") };
        }
        if let Some(front) = word.strip_suffix("eed") {
            return join(front, "ee");
        }
        if let Some(stem) = word.strip_suffix("ed").filter(|stem| has_vowel(stem)) {
            return self.infinitive(stem);
        }
        let Some(stem) = word.strip_suffix('s').filter(|stem| stem.len() > 1 && !stem.ends_with(['s', 'u', 'i']))
        else {
            return word.into();
        };
        if let Some(front) = stem.strip_suffix("ie") {
            return if front.len() < 2 { stem.into() } else { join(front, "y") };
        }
        match stem.strip_suffix('e') {
            Some(front) if takes_es(front) && !self.verb_e.contains(stem) => front.into(),
            _ => stem.into(),
        }
    }

    /// An irregular verb, or one with a prefix: withdrew, overthrown, rebuilt.
    fn irregular_verb(&self, word: &str) -> Option<CompactString> {
        if let Some(lemma) = self.verbs.get(word) {
            return Some(lemma.clone());
        }
        if self.same.contains(word) {
            return Some(word.into());
        }
        self.prefixes.iter().find_map(|prefix| {
            let rest = word.strip_prefix(prefix.as_str())?;
            let lemma = self.verbs.get(rest.trim_start_matches('-'))?;
            Some(join(&word[..word.len() - rest.trim_start_matches('-').len()], lemma))
        })
    }

    /// The infinitive whose "-ed" or "-ing" form has this stem: plann → plan, seiz → seize.
    fn infinitive(&self, stem: &str) -> CompactString {
        let with_e = join(stem, "e");
        if self.verb_e.contains(&with_e) {
            return with_e;
        }
        if self.verb_no_e.contains(stem) || self.doubled.contains(stem) {
            return stem.into();
        }
        let bytes = stem.as_bytes();
        if let [.., before, last] = bytes
            && before == last
        {
            // Consonants double when the ending comes; those of call, miss, stuff and buzz were double before.
            return match last {
                b'b' | b'd' | b'g' | b'm' | b'n' | b'p' | b'r' | b't' | b'k' | b'v' => stem[..stem.len() - 1].into(),
                b'l' if vowel_groups(stem) > 1 || self.doubled.contains(&stem[..stem.len() - 1]) => {
                    stem[..stem.len() - 1].into()
                }
                _ => stem.into(),
            };
        }
        if drops_e(stem) { with_e } else { stem.into() }
    }
}

/// Whether the plural of a noun, and the third person of a verb, adds -es to a word that ends like `front`.
fn takes_es(front: &str) -> bool {
    ["ss", "sh", "ch", "x", "zz", "tz", "o"].iter().any(|end| front.ends_with(end))
}

/// Whether a verb with this stem before "-ed" or "-ing" ends in a mute e, by its spelling.
fn drops_e(stem: &str) -> bool {
    let bytes = stem.as_bytes();
    let Some((&last, front)) = bytes.split_last() else { return false };
    let before = front.last().copied().unwrap_or(b' ');
    let second = front.len().checked_sub(2).map_or(b' ', |i| front[i]);
    // One vowel letter before the last consonant, "mak" or "decid", not two as in "train".
    let single = is_vowel(before) && (!is_vowel(second) || (second == b'u' && front.ends_with(b"qui")));
    let short = vowel_groups(stem) == 1;
    match last {
        b'v' | b'u' | b'c' | b'z' => true,
        b's' => before != b's',
        b'g' => matches!(before, b'd' | b'r' | b'l') || is_vowel(before) || (before == b'n' && second != b'o'),
        b'l' => (!is_vowel(before) && !matches!(before, b'l' | b'r' | b'w')) || (single && (short || before == b'u')),
        b'r' => {
            matches!(before, b't' | b'c' | b'b' | b'g') || (single && (short || matches!(before, b'i' | b'u' | b'a')))
        }
        b't' => {
            (single && (short || matches!(before, b'u' | b'a'))) || (before == b'a' && matches!(second, b'i' | b'u'))
        }
        b'd' => (single && (short || before != b'e')) || front.ends_with(b"gui"),
        b'n' | b'b' => single && (short || before == b'i'),
        b'm' => single && (short || matches!(before, b'u' | b'i')),
        b'k' => single,
        b'p' => single && (short || before == b'a'),
        _ => false,
    }
}

fn is_figure(word: &str) -> bool {
    word.ends_with(|c: char| c.is_ascii_digit())
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

fn has_vowel(stem: &str) -> bool {
    stem.len() > 1 && stem.bytes().any(is_vowel)
}

/// Runs of vowel letters, a measure of syllables. The u of "qu" is a consonant.
fn vowel_groups(word: &str) -> usize {
    let mut groups = 0;
    let mut before = b' ';
    let mut inside = false;
    for byte in word.bytes() {
        let vowel = is_vowel(byte) && !(byte == b'u' && before == b'q');
        groups += usize::from(vowel && !inside);
        inside = vowel;
        before = byte;
    }
    groups
}

fn join(front: &str, end: &str) -> CompactString {
    let mut word = CompactString::with_capacity(front.len() + end.len());
    word.push_str(front);
    word.push_str(end);
    word
}

fn insert(
    map: &mut HashMap<CompactString, CompactString>,
    key: &str,
    form: &CompactString,
    lemma: &CompactString,
) -> Result<(), PackError> {
    for word in [form, lemma] {
        check(key, word)?;
    }
    if map.insert(form.clone(), lemma.clone()).is_some() {
        return Err(PackError::new(NAME, format!("{key}: \"{form}\" stands twice")));
    }
    Ok(())
}

fn check(key: &str, word: &str) -> Result<(), PackError> {
    if word.is_empty() || fold(word) != word || word.contains(char::is_whitespace) {
        return Err(PackError::new(NAME, format!("{key}: \"{word}\" is not one word in lower case")));
    }
    Ok(())
}

fn set(key: &str, words: Vec<CompactString>) -> Result<HashSet<CompactString>, PackError> {
    let mut set = HashSet::default();
    set.reserve(words.len());
    for word in words {
        check(key, &word)?;
        if !set.insert(word.clone()) {
            return Err(PackError::new(NAME, format!("{key}: \"{word}\" stands twice")));
        }
    }
    Ok(set)
}
