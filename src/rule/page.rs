//! A rule's page of the documentation.

use std::fmt::Write as _;

use super::definition::{Definition, Example};

/// The page, in Markdown.
pub fn page(rule: &Definition) -> String {
    let mut page =
        format!("# `{}`\n\n{}: {}.\n\n{}\n", rule.name, rule.severity.name(), rule.summary, rule.meaning.trim());
    if rule.tolerances.names().next().is_some() {
        let _ = write!(page, "\n## Tolerances\n\n");
        for name in rule.tolerances.names() {
            let _ = writeln!(page, "- `{name}`: {}", rule.tolerances.get(name));
        }
    }
    for (title, examples) in [("Flagged", &rule.fail), ("Not flagged", &rule.pass)] {
        let _ = write!(page, "\n## {title}\n");
        for one in examples {
            example(one, &mut page);
        }
    }
    page
}

fn example(example: &Example, page: &mut String) {
    let documents = example.documents();
    page.push('\n');
    for (number, (name, text)) in documents.iter().enumerate() {
        if number > 0 {
            page.push_str(">\n");
        }
        if documents.len() > 1 {
            let _ = write!(page, "> `{name}`\n>\n");
        }
        for line in text.trim().lines() {
            // The examples' own headings are none of the page's.
            let line = line.replacen('#', "\\#", usize::from(line.starts_with('#')));
            let _ = writeln!(page, "{}", format!("> {line}").trim_end());
        }
    }
    for said in example.message.iter().chain(&example.note) {
        let _ = write!(page, "\n{said}\n");
    }
}
