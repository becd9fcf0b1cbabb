//! The table of figures: each thing with all that is said of it.

use crate::claim::Article;
use crate::group::{self, Frames};

/// Evidence for a common row, in tenths: what the rules ask before they speak of a conflict is more.
const THRESHOLD: u32 = 17;

/// A figure of a thing, for the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The figure as the copy has it.
    pub figure: String,
    /// Who says it; none for the article's own voice.
    pub source: Option<String>,
    /// The document's path.
    pub path: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A thing and its figures: a row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    /// What is counted or measured.
    pub name: String,
    /// Whether all its figures can hold together.
    pub agree: bool,
    /// Its figures, in order of place.
    pub readings: Vec<Reading>,
}

impl Thing {
    /// The things that some articles have figures of.
    pub fn all(articles: &[Article]) -> Vec<Self> {
        let frames = Frames::new(articles);
        let groups = group::groups(&frames, THRESHOLD).into_iter();
        groups
            .map(|group| {
                let members: Vec<_> = group.iter().map(|&i| &frames.frames[i]).collect();
                let agree = members
                    .iter()
                    .enumerate()
                    .all(|(i, a)| members[i + 1..].iter().all(|b| a.quantity().agrees(b.quantity())));
                let name = members.iter().find_map(|f| f.noun()).unwrap_or("-").to_owned();
                let readings = members.iter().map(|frame| {
                    let article = frames.article(frame);
                    let (line, column) = article.document.line_column(frame.claim.span.start);
                    Reading {
                        figure: article.words(frame.claim).to_owned(),
                        source: frame.claim.source.clone(),
                        path: article.document.path.clone(),
                        line,
                        column,
                    }
                });
                Self { name, agree, readings: readings.collect() }
            })
            .collect()
    }
}
