//! Whose words a figure stands in: the attributions read from tags and from the tree, held against each other.

use std::ops::Range;

use super::syntax::Heard;

/// Somebody who says something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Speaker {
    /// The name, or the words that the copy has for it.
    pub name: String,
    /// What it is worth.
    pub standing: Standing,
}

/// How far a speaker is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Named here, or a pronoun for one named before.
    Known,
    /// A pronoun or a title that stands for nobody, or only perhaps for somebody, who was named.
    Guessed,
    /// "I", "we": inside somebody's words that somebody, elsewhere the writer.
    First,
}

/// A speaker and the tokens of a sentence that are theirs, by the tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribution {
    /// The verb of saying, or the first word of "according to"; none for the words before a headline's colon.
    pub by: Option<usize>,
    pub speaker: Speaker,
    /// The tokens that the speaker was read from; none where those are a relative's or a phrase's.
    pub words: Option<Range<usize>>,
    pub scope: Range<usize>,
    /// A form that can be read one way only: "..., officials said on Tuesday." at the end of a sentence, and the words
    /// before a headline's colon.
    pub plain: bool,
}

/// The speakers in one sentence.
#[derive(Debug, Default)]
pub(super) struct Voices {
    pub attributions: Vec<Attribution>,
    /// What the tree has, each with its speaker; none where the sentence was not parsed.
    pub heard: Option<Vec<(Heard, Speaker)>>,
    /// The speaker of the whole sentence, where it lies inside a quotation.
    pub quoted: Option<Speaker>,
}

impl Voices {
    /// Who says what stands at a token, none for the article; and whether that is sure.
    pub(super) fn at(&self, token: usize) -> (Option<String>, bool) {
        let tags = self.by_tags(token);
        let tree = self.by_tree(token);
        let (speaker, agreed) = match (tags, tree) {
            (Some(a), _) if a.plain => (Some(&a.speaker), true),
            (Some(a), Some((_, speaker))) => (Some(speaker), a.speaker.name == speaker.name),
            (Some(a), None) => (Some(&a.speaker), false),
            (None, Some((_, speaker))) => (Some(self.quoted.as_ref().unwrap_or(speaker)), false),
            (None, None) => (self.quoted.as_ref(), true),
        };
        let known = speaker.is_none_or(|s| s.standing == Standing::Known);
        (speaker.map(|s| s.name.clone()), agreed && known && self.heard.is_some())
    }

    /// Whether the tree alone has the speaker of what stands at a token: the tags have none, or another.
    pub(super) fn is_heard(&self, token: usize) -> bool {
        match (self.by_tags(token), self.by_tree(token)) {
            (Some(tags), Some((_, speaker))) => !tags.plain && tags.speaker.name != speaker.name,
            (None, Some(_)) => self.quoted.is_none(),
            (_, None) => false,
        }
    }

    /// The speaker of the least stretch around a token, by the tags. "I" and "we" give way to the one who is quoted.
    pub(super) fn by_tags(&self, token: usize) -> Option<&Attribution> {
        let around = || self.attributions.iter().rev().filter(|a| a.scope.contains(&token));
        let quoted = around().filter(|a| a.speaker.standing != Standing::First).min_by_key(|a| a.scope.len());
        quoted.or_else(|| around().filter(|_| self.quoted.is_none()).min_by_key(|a| a.scope.len()))
    }

    fn by_tree(&self, token: usize) -> Option<(&Heard, &Speaker)> {
        let heard = self.heard.as_ref()?;
        let around = || heard.iter().filter(|(h, _)| h.holds(token));
        let quoted = around().filter(|(_, s)| s.standing != Standing::First).min_by_key(|(h, _)| h.size);
        let found = quoted.or_else(|| around().filter(|_| self.quoted.is_none()).min_by_key(|(h, _)| h.size));
        found.map(|(heard, speaker)| (heard, speaker))
    }
}
