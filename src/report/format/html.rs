//! A page for a browser: one file with all it needs, which asks no network for anything.

#![cfg(feature = "reports")]

use std::io::{self, Write};

use crate::report::{Format, Page, Report, Style};

/// HTML.
pub const FORMAT: Format =
    Format { name: "html", findings: Some(findings), claims: None, figures: None, articles: true };

fn findings(report: &Report<'_>, _: Style, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(Page::new(report).html()?.as_bytes())
}
