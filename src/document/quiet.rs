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
    /// Nothing of the rule is reported in the next sentence.
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
        let order = inside.trim().strip_prefix(ADDRESS)?;
        let mut words = order.split_whitespace();
        let verb = match words.next() {
            Some("ignore") => Some(Verb::Ignore),
            Some("off") => Some(Verb::Off),
            Some("on") => Some(Verb::On),
            _ => None,
        };
        let order = verb.zip(words.next()).map(|(verb, rule)| Order { verb, rule: rule.to_owned() });
        Some(Self { span, order })
    }
}
