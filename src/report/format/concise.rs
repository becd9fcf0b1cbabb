//! One line a finding: the place of its first figure, the rule, and where the others stand.

use std::io::{self, Write};

use crate::report::place::{message_with_places, place};
use crate::report::{Format, Report, Style};

/// Concise text.
pub const FORMAT: Format =
    Format { name: "concise", findings: Some(findings), claims: None, figures: None, articles: false };

fn findings(report: &Report<'_>, _: Style, out: &mut dyn Write) -> io::Result<()> {
    for item in report.items {
        let first = item.spans.first().map_or_else(|| "-".to_owned(), place);
        writeln!(out, "{first}: {}[{}]: {}", item.severity.name(), item.rule, message_with_places(item))?;
    }
    Ok(())
}
