//! Sentences half parsed: the arc-hybrid transition system (Kuhlmann et al. 2011). States share what they have in common,
//! so that a state is made from another in constant time.

use super::Node;
use crate::text::Upos;
use crate::text::model::mix;

/// The number of no word, state or item.
pub(crate) const NONE: u32 = u32::MAX;
/// The label of no arc.
pub(crate) const NO_LABEL: u8 = 0xFF;

/// A step of the parser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Action {
    /// The next word goes on the stack.
    Shift,
    /// The word on top of the stack hangs on the next word, and leaves.
    Left,
    /// The word on top of the stack hangs on the one below it, and leaves.
    Right,
}

/// All steps, in the order of their weights.
pub(crate) const ACTIONS: [Action; 3] = [Action::Shift, Action::Left, Action::Right];

/// A word as the features see it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    pub(crate) form: u64,
    pub(crate) suffix: u64,
    /// The hashes of the tag and of the universal tag alone.
    pub(crate) tag: u64,
    pub(crate) upos: u64,
}

/// What stands before a word.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Before {
    /// The hash of the marks of punctuation between the word and the one before it; 0 for none.
    pub(crate) marks: u64,
    /// How many verbs, and how many places with marks, stand before the word in the sentence.
    pub(crate) verbs: u16,
    pub(crate) breaks: u16,
}

/// The words of a sentence. Marks of punctuation are none of them: they are kept as properties of the gaps between words.
#[derive(Debug, Clone)]
pub(crate) struct Words {
    /// The place of each word among the sentence's nodes.
    pub(crate) places: Vec<u32>,
    /// The words, then the root, then what stands for no word.
    pieces: Vec<Piece>,
    /// What stands before each word and before the root.
    before: Vec<Before>,
}

impl Words {
    /// The words among the nodes of a sentence.
    pub(crate) fn new(nodes: &[Node]) -> Self {
        let mut words = Self {
            places: Vec::with_capacity(nodes.len()),
            pieces: Vec::with_capacity(nodes.len() + 2),
            before: Vec::with_capacity(nodes.len() + 2),
        };
        let mut here = Before::default();
        for (place, node) in (0..).zip(nodes) {
            if node.is_mark() {
                here.breaks = here.breaks.wrapping_add(u16::from(here.marks == 0));
                here.marks = mix(here.marks, u64::from(node.tag) + 1);
                continue;
            }
            words.places.push(place);
            words.pieces.push(Piece {
                form: node.form,
                suffix: mix(node.suffix, 3),
                tag: mix(u64::from(node.tag), 1),
                upos: mix(node.upos as u64, 2),
            });
            words.before.push(here);
            here.marks = 0;
            here.verbs = here.verbs.wrapping_add(u16::from(matches!(node.upos, Upos::VERB | Upos::AUX)));
        }
        words.before.push(here);
        words.before.push(Before::default());
        for end in [1, 2] {
            words.pieces.push(Piece {
                form: mix(end, end),
                suffix: mix(end, 9),
                tag: mix(end, 10),
                upos: mix(end, 11),
            });
        }
        words
    }

    /// How many words there are; the number of the root.
    pub(crate) fn len(&self) -> u32 {
        self.places.len() as u32
    }

    /// A word, the root or no word.
    #[inline]
    pub(crate) fn piece(&self, word: u32) -> &Piece {
        &self.pieces[(word as usize).min(self.pieces.len() - 1)]
    }

    /// What stands before a word.
    #[inline]
    pub(crate) fn before(&self, word: u32) -> &Before {
        &self.before[(word as usize).min(self.before.len() - 1)]
    }
}

/// A dependent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Child {
    pub(crate) word: u32,
    pub(crate) label: u8,
}

/// No dependent.
pub(crate) const NO_CHILD: Child = Child { word: NONE, label: NO_LABEL };

/// What hangs on a word so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Children {
    /// The outermost and the last but one on the left.
    pub(crate) left: [Child; 2],
    pub(crate) right: [Child; 2],
    pub(crate) lefts: u8,
    pub(crate) rights: u8,
    /// One bit for each label (modulo 64) among the children.
    pub(crate) labels: u64,
    /// A hash of all of them.
    pub(crate) key: u64,
}

impl Children {
    pub(crate) const NONE: Self =
        Self { left: [NO_CHILD; 2], right: [NO_CHILD; 2], lefts: 0, rights: 0, labels: 0, key: 0 };

    fn add_left(&mut self, child: Child) {
        self.left = [child, self.left[0]];
        self.lefts = self.lefts.saturating_add(1);
        self.add(child);
    }

    fn add_right(&mut self, child: Child) {
        self.right = [child, self.right[0]];
        self.rights = self.rights.saturating_add(1);
        self.add(child);
    }

    fn add(&mut self, child: Child) {
        self.labels |= 1 << (child.label % 64);
        self.key = mix(self.key, u64::from(child.word) << 8 | u64::from(child.label));
    }
}

/// A word on the stack.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item {
    pub(crate) word: u32,
    /// The item below it.
    pub(crate) below: u32,
    pub(crate) children: Children,
}

/// What stands for the item below the last.
const NO_ITEM: Item = Item { word: NONE, below: NONE, children: Children::NONE };

/// A state, and the step that led to it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct State {
    pub(crate) score: i32,
    /// The item on top of the stack.
    pub(crate) top: u32,
    /// The next word, the root when there are no more, and what hangs on it.
    pub(crate) next: u32,
    pub(crate) of_next: Children,
    /// The state before the step.
    pub(crate) parent: u32,
    pub(crate) action: Action,
    /// The label of the arc that the step made.
    pub(crate) label: u8,
}

/// An arc that a step would make.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewArc {
    pub(crate) head: u32,
    pub(crate) dependent: u32,
    pub(crate) of_head: Children,
    pub(crate) of_dependent: Children,
}

/// All states of a sentence that were looked at.
#[derive(Debug, Clone)]
pub(crate) struct Chart<'a> {
    pub(crate) words: &'a Words,
    states: Vec<State>,
    items: Vec<Item>,
}

impl<'a> Chart<'a> {
    /// A chart with the first state, whose number is 0.
    pub(crate) fn new(words: &'a Words) -> Self {
        let first = State {
            score: 0,
            top: NONE,
            next: 0,
            of_next: Children::NONE,
            parent: NONE,
            action: Action::Shift,
            label: NO_LABEL,
        };
        let length = words.len() as usize;
        let mut states = Vec::with_capacity(3 * length + 1);
        states.push(first);
        Self { words, states, items: Vec::with_capacity(3 * length) }
    }

    /// A state by its number.
    #[inline]
    pub(crate) fn state(&self, state: u32) -> &State {
        &self.states[state as usize]
    }

    /// An item of a stack.
    #[inline]
    pub(crate) fn item(&self, item: u32) -> &Item {
        self.items.get(item as usize).unwrap_or(&NO_ITEM)
    }

    /// Which steps may be taken; none at the end. Exactly one word hangs on the root.
    #[inline]
    pub(crate) fn allowed(&self, state: u32) -> [bool; 3] {
        let state = self.state(state);
        let more = state.next < self.words.len();
        let any = state.top != NONE;
        let two = any && self.item(state.top).below != NONE;
        [more, any && (more || !two), two]
    }

    /// The arc that a step would make.
    pub(crate) fn arc(&self, state: u32, action: Action) -> Option<NewArc> {
        let state = self.state(state);
        let top = self.item(state.top);
        let (dependent, of_dependent) = (top.word, top.children);
        let below = self.item(top.below);
        match action {
            Action::Shift => None,
            Action::Left => Some(NewArc { head: state.next, dependent, of_head: state.of_next, of_dependent }),
            Action::Right => Some(NewArc { head: below.word, dependent, of_head: below.children, of_dependent }),
        }
    }

    /// Takes a step that is allowed, and returns the number of the new state; `label` names the arc if the step makes
    /// one.
    pub(crate) fn take(&mut self, parent: u32, action: Action, label: u8, score: i32) -> u32 {
        let old = *self.state(parent);
        let mut new = State { score, parent, action, label, ..old };
        let top = *self.item(old.top);
        let child = Child { word: top.word, label };
        match action {
            Action::Shift => {
                new.top = self.push(Item { word: old.next, below: old.top, children: old.of_next });
                new.next += 1;
                new.of_next = Children::NONE;
            }
            Action::Left => {
                new.top = top.below;
                new.of_next.add_left(child);
            }
            Action::Right => {
                let mut below = *self.item(top.below);
                below.children.add_right(child);
                new.top = self.push(below);
            }
        }
        self.states.push(new);
        self.states.len() as u32 - 1
    }

    fn push(&mut self, item: Item) -> u32 {
        self.items.push(item);
        self.items.len() as u32 - 1
    }

    /// The head (the number of words for the root) and the label of each word, by the steps that led to a state.
    pub(crate) fn tree(&self, mut state: u32) -> (Vec<u32>, Vec<u8>) {
        let length = self.words.len() as usize;
        let (mut heads, mut labels) = (vec![NONE; length], vec![NO_LABEL; length]);
        while state != 0 {
            let &State { parent, action, label, .. } = self.state(state);
            let before = self.state(parent);
            let top = self.item(before.top);
            if action != Action::Shift {
                let head = if action == Action::Left { before.next } else { self.item(top.below).word };
                heads[top.word as usize] = head;
                labels[top.word as usize] = label;
            }
            state = parent;
        }
        (heads, labels)
    }
}
