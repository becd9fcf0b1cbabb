//! Comments in a draft that speak to crossfoot: `<!-- crossfoot: ignore RULE reason -->` and the block form, `off` to `on`.

use std::ops::Range;

/// What a comment to crossfoot begins with.
const ADDRESS: &str = "crossfoot:";

/// The name that stands for all rules.
pub const ALL: &str = "all";

/// A comment to crossfoot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Its bytes in the document's text.
    pub span: Range<usize>,
    /// What it says; none where it cannot be understood.
    pub order: Option<Order>,
    /// Whether it hangs on words of the text, which `span` then is, and acts on those; else it stands before them.
    pub anchored: bool,
}

/// What a comment asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// What is to be done.
    pub verb: Verb,
    /// The rule it is about, or [`ALL`].
    pub rule: String,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Nothing of the rule is reported in the next sentence, or in those that the comment hangs on.
    Ignore,
    /// Nothing of the rule is reported from here on.
    Off,
    /// The end of that.
    On,
}

impl Comment {
    /// A comment, its marks included, where it speaks to crossfoot.
    pub(crate) fn new(comment: &str, span: Range<usize>) -> Option<Self> {
        let inside = comment.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
        Self::said(inside, span, false)
    }

    /// A comment that hangs on some words, where what it says is to crossfoot.
    #[cfg(feature = "docx")]
    pub(crate) fn anchored(said: &str, words: Range<usize>) -> Option<Self> {
        Self::said(said, words, true)
    }

    fn said(said: &str, span: Range<usize>, anchored: bool) -> Option<Self> {
        let mut words = said.trim().strip_prefix(ADDRESS)?.split_whitespace();
        let verb = match words.next() {
            Some("ignore") => Some(Verb::Ignore),
            Some("off") => Some(Verb::Off),
            Some("on") => Some(Verb::On),
            _ => None,
        };
        let order = verb.zip(words.next()).map(|(verb, rule)| Order { verb, rule: rule.to_owned() });
        Some(Self { span, order, anchored })
    }
}
