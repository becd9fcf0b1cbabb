//! Comments in a draft that quieten a rule: in the next sentence, or from `off` to `on`.

use std::collections::HashMap;
use std::ops::Range;

use super::{UNUSED_COMMENT, Whereabouts};
use crate::claim::Article;
use crate::document::quiet::{ALL, Comment, Verb};
use crate::rule::{Conflict, Finding, Mark, Severity};

/// Where a comment is in force.
struct Force<'a> {
    comment: &'a Comment,
    document: usize,
    /// A rule, or all of them; none for a comment that is in force nowhere.
    rule: &'a str,
    place: Place,
    used: bool,
    /// What is wrong with it, where nothing of it can be used.
    mistake: Option<String>,
}

/// Which part of a document.
enum Place {
    Sentence(Option<usize>),
    Bytes(Range<usize>),
}

/// Takes out what comments quieten, and adds a finding for each comment that quietened nothing. `own` is the number of
/// documents whose comments are looked at for that: sources may speak of what is checked elsewhere. `known` says whether
/// there is a rule of a name, `ran` whether it was run.
pub fn apply(
    findings: Vec<Finding>,
    articles: &[Article],
    whereabouts: &[Whereabouts],
    own: usize,
    known: &dyn Fn(&str) -> bool,
    ran: &dyn Fn(&str) -> bool,
) -> Vec<Finding> {
    let mut forces: Vec<Force<'_>> = Vec::new();
    for (number, (article, whereabouts)) in articles.iter().zip(whereabouts).enumerate() {
        forces_of(article, number, whereabouts, known, &mut forces);
    }
    if forces.is_empty() {
        return findings;
    }
    let mut kept = Vec::with_capacity(findings.len());
    for finding in findings {
        let mut quiet = false;
        for force in forces.iter_mut().filter(|f| f.rule == ALL || finding.rule == f.rule) {
            let within = |mark: &Mark| {
                mark.document == force.document
                    && match &force.place {
                        Place::Sentence(wanted) => {
                            wanted.is_some() && whereabouts[mark.document].sentence(mark.span.start) == *wanted
                        }
                        Place::Bytes(bytes) => bytes.contains(&mark.span.start),
                    }
            };
            if finding.conflict.marks.iter().any(within) {
                (force.used, quiet) = (true, true);
            }
        }
        if !quiet {
            kept.push(finding);
        }
    }
    let unused = forces.into_iter().filter(|f| f.document < own && !f.used);
    kept.extend(unused.filter(|f| f.mistake.is_some() || ran(f.rule)).map(|force| {
        let message = force.mistake.unwrap_or_else(|| match force.rule {
            ALL => "this comment quietens nothing: no finding stands where it is in force".to_owned(),
            rule => format!("this comment quietens nothing: no finding of {rule} stands where it is in force"),
        });
        let mark = Mark { document: force.document, span: force.comment.span.clone(), label: String::new(), fix: None };
        let conflict = Conflict { marks: vec![mark], message, note: None };
        Finding { rule: UNUSED_COMMENT.into(), severity: Severity::Warning, conflict }
    }));
    kept
}

fn forces_of<'a>(
    article: &'a Article,
    document: usize,
    whereabouts: &Whereabouts,
    known: &dyn Fn(&str) -> bool,
    forces: &mut Vec<Force<'a>>,
) {
    let end = article.document.source.len();
    // The comments that turned a rule off and are still in force, by rule.
    let mut open: HashMap<&str, Vec<usize>> = HashMap::new();
    for comment in &article.document.comments {
        let mut force = Force { comment, document, rule: "", place: Place::Bytes(0..0), used: false, mistake: None };
        match &comment.order {
            None => {
                let forms = "`crossfoot: ignore RULE reason`, `crossfoot: off RULE` and `crossfoot: on RULE`";
                force.mistake = Some(format!("this comment is not understood; there are {forms}"));
            }
            Some(order) if order.rule != ALL && !known(&order.rule) => {
                force.mistake = Some(format!("no rule is called {:?}; `crossfoot rule` lists them", order.rule));
            }
            Some(order) => {
                force.rule = &order.rule;
                match order.verb {
                    Verb::Ignore if comment.anchored => force.place = Place::Bytes(whereabouts.around(&comment.span)),
                    Verb::Ignore => force.place = Place::Sentence(whereabouts.next(comment.span.start)),
                    Verb::Off => {
                        let start = if comment.anchored { comment.span.start } else { comment.span.end };
                        force.place = Place::Bytes(start..end);
                        open.entry(&order.rule).or_default().push(forces.len());
                    }
                    // It ends the last one, and is nothing by itself.
                    Verb::On => match open.get_mut(order.rule.as_str()).and_then(Vec::pop) {
                        Some(last) => {
                            if let Place::Bytes(bytes) = &mut forces[last].place {
                                bytes.end = comment.span.start;
                            }
                            continue;
                        }
                        None => force.mistake = Some(format!("nothing turned {} off before this", order.rule)),
                    },
                }
            }
        }
        forces.push(force);
    }
}
