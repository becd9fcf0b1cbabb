//! Words, numbers and marks, cut as the Universal Dependencies treebanks of English cut them.

use std::ops::Range;

use super::fold::{is_apostrophe, is_invisible};
use super::words::{Abbreviation, Abbreviations, Cuts, LONGEST};

/// What is longer without white space is data that got into the copy, such as an encoded picture or a row of a table that
/// a machine wrote. It is no prose, and one token, in which nothing is read.
const LONGEST_CHUNK: usize = 4096;

/// The byte ranges of the tokens of `text[span]`, in order; none where `span` is no part of the text.
pub(super) fn tokens(text: &str, span: Range<usize>, cuts: &Cuts, abbreviations: &Abbreviations) -> Vec<Range<usize>> {
    let Some(inside) = text.get(span.clone()) else { return Vec::new() };
    let end = span.start + inside.trim_end().len();
    let mut cutter = Cutter { text, end, cuts, abbreviations, found: Vec::with_capacity(inside.len() / 5 + 1) };
    let mut at = span.start;
    while at < end {
        let rest = &text[at..end];
        let start = at + (rest.len() - rest.trim_start().len());
        let stop = text[start..end].find(char::is_whitespace).map_or(end, |length| start + length);
        cutter.chunk(start, stop);
        at = stop;
    }
    cutter.found
}

struct Cutter<'a> {
    text: &'a str,
    /// Where the sentence ends.
    end: usize,
    cuts: &'a Cuts,
    abbreviations: &'a Abbreviations,
    found: Vec<Range<usize>>,
}

impl Cutter<'_> {
    fn push(&mut self, start: usize, end: usize) {
        self.found.push(start..end);
    }

    /// The character at a byte, before `stop`.
    fn char(&self, at: usize, stop: usize) -> Option<char> {
        self.text[at..stop.max(at)].chars().next()
    }

    /// Cuts a stretch without white space.
    fn chunk(&mut self, start: usize, stop: usize) {
        let chunk = &self.text[start..stop];
        if chunk.len() > LONGEST_CHUNK {
            return self.push(start, stop);
        }
        if chunk.bytes().all(|b| b.is_ascii_alphabetic()) {
            return self.word(start, stop);
        }
        // Where an address was looked for in vain: none begins before it, and no byte is looked at twice.
        let mut no_address = if chunk.contains('@') { start } else { stop };
        let mut before = None;
        let mut at = start;
        while let Some(c) = self.char(at, stop) {
            let next = if is_word(c) {
                if let Some(end) = self.url(at, stop) {
                    self.push(at, end);
                    end
                } else if at >= no_address
                    && let Some(end) = self.address(at, stop, &mut no_address)
                {
                    self.push(at, end);
                    end
                } else {
                    self.run(at, stop, before)
                }
            } else {
                let end = self.mark(at, stop, c, before);
                self.push(at, end);
                end
            };
            before = self.text[at..next].chars().next_back();
            at = next;
        }
    }

    /// A web address from `at` on, without the marks that end the sentence or close a bracket around it.
    fn url(&self, at: usize, stop: usize) -> Option<usize> {
        let bytes = &self.text.as_bytes()[at..stop];
        let begins = |with: &str| bytes.get(..with.len()).is_some_and(|b| b.eq_ignore_ascii_case(with.as_bytes()));
        if !["http://", "https://", "ftp://", "www."].iter().any(|scheme| begins(scheme)) {
            return None;
        }
        let rest = &self.text[at..stop];
        // A closing bracket is the address's own if the address opens it.
        let mut surplus = rest.matches(')').count().saturating_sub(rest.matches('(').count());
        let url = rest.trim_end_matches(|c: char| match c {
            '.' | ',' | ';' | ':' | '!' | '?' | '…' | '"' | '”' | '»' | '>' | ']' | '}' => true,
            ')' if surplus > 0 => {
                surplus -= 1;
                true
            }
            _ => is_apostrophe(c),
        });
        Some(at + url.len())
    }

    /// An e-mail address from `at` on.
    fn address(&self, at: usize, stop: usize, no_address: &mut usize) -> Option<usize> {
        let rest = &self.text[at..stop];
        let part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '%');
        let local = rest.find(|c| !part(c)).unwrap_or(rest.len());
        *no_address = at + local;
        let domain = rest[local..].strip_prefix('@')?;
        let length = domain.find(|c: char| !(c.is_alphanumeric() || c == '.' || c == '-')).unwrap_or(domain.len());
        let domain = domain[..length].trim_end_matches(['.', '-']);
        *no_address = at + local + 1;
        domain.contains('.').then_some(at + local + 1 + domain.len())
    }

    /// Cuts what begins with a letter or digit at `at`; where it ends. `before`: the character before it.
    fn run(&mut self, at: usize, stop: usize, before: Option<char>) -> usize {
        let mut end = self.reach(at, stop);
        match self.char(end, stop) {
            Some('-' | '\u{2010}' | '\u{2011}') if before != Some('-') => {
                if let Some(end) = self.numbers(at, end, stop) {
                    self.push(at, end);
                    return end;
                }
                end = self.prefixed(at, end, stop).unwrap_or(end);
            }
            // US$, A$, HK$: a dollar's country is part of its sign.
            Some('$') if end - at <= 3 && self.text[at..end].bytes().all(|b| b.is_ascii_uppercase()) => {
                self.push(at, end + 1);
                return end + 1;
            }
            _ => {}
        }
        self.word(at, end);
        if self.char(end, stop) == Some('.')
            && let Some(last) = self.found.last_mut()
            && keeps_stop(self.text, last.start..end, self.end, self.abbreviations)
        {
            end += 1;
            last.end = end;
        }
        end
    }

    /// Where the letters and digits from `at` on end, with the marks that join them: 1,000, 3.5, 15:11, O'Hara, U.S.
    fn reach(&self, at: usize, stop: usize) -> usize {
        let mut before = ' ';
        let mut end = at;
        let mut chars = self.text[at..stop].char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            if !is_word(c) {
                let Some(&(_, after)) = chars.peek() else { break };
                if !self.joins(at, at + offset, stop, [before, c, after]) {
                    break;
                }
            }
            before = c;
            end = at + offset + c.len_utf8();
        }
        end
    }

    /// Whether the mark at `mark` joins what stands before and after it into one word.
    fn joins(&self, word: usize, mark: usize, stop: usize, [before, c, after]: [char; 3]) -> bool {
        let digits = before.is_numeric() && after.is_ascii_digit();
        match c {
            '.' if before.is_alphabetic() && after.is_alphabetic() => {
                // A full stop without its space, "in May.The", is no part of a name like "example.com".
                let typed = before.is_lowercase() && after.is_uppercase() && mark - word > 1 && {
                    let mut rest = self.text[mark + 1..stop].chars().skip(1);
                    rest.next().is_none_or(char::is_lowercase)
                };
                !typed
            }
            '.' | ':' | '/' => digits,
            ',' => {
                digits && {
                    let rest = &self.text.as_bytes()[mark + 1..stop];
                    let group = rest.iter().take(4).take_while(|b| b.is_ascii_digit()).count();
                    // Groups of three; of two in lakh and crore, where another follows.
                    group == 3 || (group == 2 && rest.get(2) == Some(&b','))
                }
            }
            '&' => before.is_uppercase() && after.is_uppercase(),
            '_' => is_word(after),
            _ if is_apostrophe(c) => before.is_alphanumeric() && after.is_alphabetic(),
            _ => false,
        }
    }

    /// The end of a telephone number or date in figures: three groups of digits or more, one of three digits or more.
    fn numbers(&self, at: usize, first: usize, stop: usize) -> Option<usize> {
        let bytes = &self.text.as_bytes()[at..stop];
        let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
        let (mut end, mut groups, mut longest) = (digits(0), 1, digits(0));
        if end == 0 || at + end != first {
            return None;
        }
        while bytes.get(end) == Some(&b'-') && digits(end + 1) > 0 {
            let group = digits(end + 1);
            longest = longest.max(group);
            groups += 1;
            end += 1 + group;
        }
        let whole = self.char(at + end, stop).is_none_or(|c| !is_word(c));
        (groups > 2 && longest > 2 && whole).then_some(at + end)
    }

    /// The end of a word like "co-founder", whose prefix ends at the hyphen `hyphen`.
    fn prefixed(&self, at: usize, hyphen: usize, stop: usize) -> Option<usize> {
        let prefix = &self.text[at..hyphen];
        let after = hyphen + self.char(hyphen, stop)?.len_utf8();
        let first = self.char(after, stop)?;
        let known = if first.is_numeric() { &self.cuts.figure_prefixes } else { &self.cuts.prefixes };
        if !is_word(first) || prefix.len() > LONGEST || !known.contains(super::fold::fold(prefix).as_str()) {
            return None;
        }
        let end = self.reach(after, stop);
        (self.char(end, stop) != Some('-')).then_some(end)
    }

    /// Cuts clitics, units written to their figures and the like off a word without marks around it.
    fn word(&mut self, start: usize, end: usize) {
        let word = &self.text[start..end];
        if let Some((_, second)) =
            self.cuts.contractions.iter().find(|(w, _)| w.len() == word.len() && w.eq_ignore_ascii_case(word))
        {
            self.push(start, end - second);
            self.push(end - second, end);
            return;
        }
        // At most "wouldn't've": a word has no more than three clitics.
        let mut cuts = [end; 3];
        let mut stem = end;
        for cut in &mut cuts {
            let Some(clitic) = self.clitic(start, stem) else { break };
            *cut = clitic;
            stem = clitic;
        }
        self.figure(start, stem);
        cuts.reverse();
        for (i, &cut) in cuts.iter().enumerate() {
            let next = cuts.get(i + 1).copied().unwrap_or(end);
            if cut < next {
                self.push(cut, next);
            }
        }
    }

    /// Where the clitic that ends the word begins.
    fn clitic(&self, start: usize, end: usize) -> Option<usize> {
        let word = &self.text[start..end];
        let tail = word.char_indices().rev().take(4).find(|&(_, c)| is_apostrophe(c));
        let (mark, c) = tail?;
        let (stem, after) = (&word[..mark], &word[mark + c.len_utf8()..]);
        let (before, _) = self.cuts.clitics.iter().find(|(before, a)| {
            let front = stem.len().wrapping_sub(before.len());
            after.eq_ignore_ascii_case(a) && stem.get(front..).is_some_and(|s| s.eq_ignore_ascii_case(before))
        })?;
        let cut = mark - before.len();
        // "the 1990's", "the 80's" are decades.
        let decade = (stem.len() == 2 || stem.len() == 4)
            && stem.ends_with('0')
            && stem.bytes().all(|b| b.is_ascii_digit())
            && after.eq_ignore_ascii_case("s");
        (cut > 0 && !decade).then_some(start + cut)
    }

    /// Cuts units off figures ("5kg", "1h30m") and currencies before them ("Rs500"); pushes other words whole.
    fn figure(&mut self, start: usize, end: usize) {
        let word = &self.text[start..end];
        let mut at = start;
        if !word.starts_with(char::is_numeric) {
            let letters = word.bytes().take(LONGEST).position(|b| b.is_ascii_digit()).unwrap_or(0);
            if letters == 0 || !self.cuts.before_figures.contains(&word[..letters]) {
                return self.push(start, end);
            }
            self.push(start, start + letters);
            at = start + letters;
        }
        let known = self.found.len();
        let figures = at;
        while at < end {
            let rest = &self.text[at..end];
            let Some(digits) = rest.find(char::is_alphabetic) else { break };
            let decimal = rest[..digits].contains('.');
            let unit = |unit: &str| {
                unit.len() <= LONGEST
                    && !is_ordinal(&rest[..digits], unit)
                    && (self.cuts.after_figures.contains(unit) || (decimal && self.cuts.after_decimals.contains(unit)))
            };
            let letters = &rest[digits..];
            let length = if unit(letters) {
                letters.len()
            } else {
                letters.find(|c: char| c.is_ascii_digit()).filter(|&l| unit(&letters[..l])).unwrap_or(0)
            };
            if digits == 0 || length == 0 {
                break;
            }
            self.push(at, at + digits);
            self.push(at + digits, at + digits + length);
            at += digits + length;
        }
        // Every figure has its unit, or the word is a name: 4x4, 3D.
        if at < end {
            self.found.truncate(known);
            self.push(figures, end);
        }
    }

    /// The end of the mark at `at`. `before`: the character before it.
    fn mark(&self, at: usize, stop: usize, c: char, before: Option<char>) -> usize {
        let after = at + c.len_utf8();
        let inside = before.is_some_and(is_word);
        match self.char(after, stop) {
            Some(next) if c == '.' && !inside && next.is_ascii_digit() => return self.reach(after, stop),
            Some(next) if is_apostrophe(c) && !inside && is_word(next) => {
                if let Some(end) = self.elision(at, after, stop) {
                    return end;
                }
            }
            Some(next) if matches!(c, '@' | '#') && !inside && next.is_alphabetic() => {
                return self.reach(after, stop);
            }
            // $A, $US
            Some(next) if c == '$' && next.is_ascii_uppercase() => {
                let rest = &self.text.as_bytes()[after..stop];
                let letters = rest.iter().take(4).take_while(|b| b.is_ascii_uppercase()).count();
                if letters < 4 && rest.get(letters).is_some_and(u8::is_ascii_digit) {
                    return after + letters;
                }
            }
            _ => {}
        }
        let alike =
            |next: char| is_invisible(next) || if is_stop(c) { is_stop(next) } else { next == c && !is_bracket(c) };
        let rest = &self.text[after..stop];
        after + rest.find(|next| !alike(next)).unwrap_or(rest.len())
    }

    /// The end of a word with an apostrophe of its own at `at`: 'em, '90s, ’68, or a clitic that stands alone.
    fn elision(&self, at: usize, after: usize, stop: usize) -> Option<usize> {
        let rest = &self.text[after..stop];
        let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        let word = &rest[..length];
        if word.len() > LONGEST {
            return None;
        }
        let year = word.trim_end_matches('s');
        let curly = self.text[at..after].starts_with('\u{2019}');
        let is_year = year.len() == 2
            && year.bytes().all(|b| b.is_ascii_digit())
            && (word.len() == 3 || (word.len() == 2 && curly));
        let is_clitic = || self.cuts.clitics.iter().any(|(b, a)| b.is_empty() && word.eq_ignore_ascii_case(a));
        let is_elision = || self.cuts.elisions.contains(super::fold::fold(&self.text[at..after + length]).as_str());
        (is_year || is_clitic() || is_elision()).then_some(after + length)
    }
}

/// Whether the stop after a word is part of it.
fn keeps_stop(text: &str, word: Range<usize>, end: usize, abbreviations: &Abbreviations) -> bool {
    let rest = &text[word.end + 1..end.max(word.end + 1)];
    let next = rest.chars().next();
    let word = &text[word];
    let Some(kind) = abbreviations.kind(word) else { return false };
    match next {
        Some('.' | '…') => false,
        Some(c) if c.is_ascii_digit() => kind == Abbreviation::BeforeFigure,
        Some(c) if c.is_alphabetic() => kind == Abbreviation::Title,
        Some(c) if !c.is_whitespace() && abbreviations.is_word(word) => false,
        // The treebanks give the last stop to the sentence, and so do we, but not where the word would be maimed: U.S.
        _ => word.contains('.') || rest.contains(is_word),
    }
}

/// Whether the letters after a number make it an ordinal, "1st", and are no unit, "13st" (stone).
fn is_ordinal(number: &str, letters: &str) -> bool {
    let teens = number.len() > 1 && number.as_bytes()[number.len() - 2] == b'1';
    let ending = match number.as_bytes().last() {
        Some(b'1') if !teens => "st",
        Some(b'2') if !teens => "nd",
        Some(b'3') if !teens => "rd",
        _ => "th",
    };
    !number.contains('.') && letters.eq_ignore_ascii_case(ending)
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‽')
}

fn is_bracket(c: char) -> bool {
    matches!(c, '(' | ')' | '[' | ']' | '{' | '}')
}

/// Letters, digits, the marks that combine with them and what shows nothing.
fn is_word(c: char) -> bool {
    c.is_alphanumeric()
        || (!c.is_ascii()
            && (is_invisible(c)
                || matches!(c, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{20D0}'..='\u{20FF}')))
}
