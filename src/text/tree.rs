//! Dependency trees of sentences.

/// What a token hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arc {
    /// The place of the head among the sentence's tokens; none for the root.
    pub head: Option<usize>,
    /// The relation, as Universal Dependencies names it: "nsubj", "obl", "nmod:poss", ...
    pub relation: &'static str,
}

/// A sentence's tree: for each token, in order, what it hangs on. Exactly one token of a sentence that has any is the root.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tree {
    arcs: Vec<Arc>,
    /// The dependents of each token, one after the other, in order of place.
    dependents: Vec<usize>,
    /// Where each token's dependents start in `dependents`; one more than there are tokens.
    starts: Vec<usize>,
}

impl Tree {
    /// A tree of the arcs of its tokens.
    pub(super) fn new(arcs: impl Iterator<Item = Arc>) -> Self {
        let arcs: Vec<Arc> = arcs.collect();
        let mut starts = vec![0; arcs.len() + 1];
        for head in arcs.iter().filter_map(|arc| arc.head) {
            starts[head + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut free = starts.clone();
        let mut dependents = vec![0; starts[arcs.len()]];
        for (at, arc) in arcs.iter().enumerate() {
            if let Some(head) = arc.head {
                dependents[free[head]] = at;
                free[head] += 1;
            }
        }
        Self { arcs, dependents, starts }
    }

    /// What each token hangs on, in order.
    pub fn arcs(&self) -> &[Arc] {
        &self.arcs
    }

    /// The head of the token at `at`; none for the root, and for a place past the end.
    pub fn head(&self, at: usize) -> Option<usize> {
        self.arcs.get(at)?.head
    }

    /// The relation of the token at `at` to its head: "root" for the root, and for a place past the end "dep".
    pub fn relation(&self, at: usize) -> &'static str {
        self.arcs.get(at).map_or("dep", |arc| arc.relation)
    }

    /// The place of the root; none in an empty sentence.
    pub fn root(&self) -> Option<usize> {
        self.arcs.iter().position(|arc| arc.head.is_none())
    }

    /// The places of the tokens that hang on the one at `at`, in order.
    pub fn dependents(&self, at: usize) -> &[usize] {
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(&start), Some(&end)) => &self.dependents[start..end],
            _ => &[],
        }
    }
}
