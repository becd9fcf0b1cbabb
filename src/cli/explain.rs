//! `--explain`: why two figures are taken to be of one thing, or are not.

use anyhow::{Context, bail};
use clap::Args;
use crossfoot::claim::{Article, Claim};
use crossfoot::group::explain;
use crossfoot::rule::Finding;

use super::say;

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// Say of each finding why its figures are linked; with two places, say only why those figures are linked or not
    #[arg(long, value_name = "FILE:LINE:COL,FILE:LINE:COL", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    explain: Option<String>,
}

impl Explain {
    /// Whether two places are given, and no report is wanted.
    pub(super) fn of_places(&self) -> Option<&str> {
        self.explain.as_deref().filter(|places| !places.is_empty())
    }

    /// Whether the report is to say why.
    pub(super) fn wanted(&self) -> bool {
        self.explain.is_some()
    }

    /// Adds to each finding why its figures are linked.
    pub(super) fn note(&self, findings: &mut [Finding], articles: &[Article]) {
        if self.explain.is_none() {
            return;
        }
        for conflict in findings.iter_mut().map(|finding| &mut finding.conflict) {
            let claims: Vec<(usize, &Claim)> = conflict
                .marks
                .iter()
                .filter_map(|mark| {
                    let claim = articles.get(mark.document)?.claims.iter().find(|c| c.span == mark.span)?;
                    Some((mark.document, claim))
                })
                .collect();
            if let [first, .., last] = claims[..] {
                let why = explain(articles, first, last);
                conflict.note = Some(conflict.note.take().map_or_else(|| why.clone(), |note| format!("{note}; {why}")));
            }
        }
    }

    /// Prints why two figures are linked or not.
    pub(super) fn print(places: &str, articles: &[Article]) -> anyhow::Result<()> {
        // A path may have commas too.
        let mut commas = places.match_indices(',').map(|(comma, _)| (&places[..comma], &places[comma + 1..]));
        let Some((one, other)) = commas.clone().find(|(one, _)| line_and_column(one).is_some()).or(commas.next_back())
        else {
            bail!("--explain: {places:?} is not two places (FILE:LINE:COL,FILE:LINE:COL)");
        };
        let (a, b) = (at(one, articles)?, at(other, articles)?);
        let words = |(article, claim): (usize, &Claim)| articles[article].phrase(claim).to_owned();
        say(&format!("{} and {}: {}", words(a), words(b), explain(articles, a, b)))
    }
}

/// The figure at a place: one that stands there, or the first behind it in its line.
fn at<'a>(place: &str, articles: &'a [Article]) -> anyhow::Result<(usize, &'a Claim)> {
    let Some((path, line, column)) = line_and_column(place) else {
        bail!("--explain: {place:?} is not a place (FILE:LINE:COL)");
    };
    let article = articles
        .iter()
        .position(|article| article.document.path == path)
        .with_context(|| format!("--explain: {path:?} is not among the documents"))?;
    let document = &articles[article].document;
    let here = articles[article].claims.iter().find(|claim| {
        let (start, end) = (document.line_column(claim.span.start), document.line_column(claim.span.end));
        start.0 == line && (end.0 > line || end.1 > column)
    });
    Ok((article, here.with_context(|| format!("--explain: there is no figure at {place}"))?))
}

/// The path, the line and the column of a place.
fn line_and_column(place: &str) -> Option<(&str, usize, usize)> {
    let (rest, column) = place.rsplit_once(':')?;
    let (path, line) = rest.rsplit_once(':')?;
    Some((path, line.parse().ok()?, column.parse().ok()?))
}
