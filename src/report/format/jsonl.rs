//! JSON Lines: the objects of the JSON report, one a line.

use std::io::{self, Write};

use crate::claim::Article;
use crate::report::{Format, Report, Style, Thing};

use super::json::{claim, finding, thing, write};

/// JSON Lines.
pub const FORMAT: Format =
    Format { name: "jsonl", findings: Some(findings), claims: Some(claims), figures: Some(figures), articles: false };

fn findings(report: &Report<'_>, _: Style, out: &mut dyn Write) -> io::Result<()> {
    report.items.iter().try_for_each(|item| write(&finding(item), out))
}

fn claims(articles: &mut dyn Iterator<Item = Article>, _: Style, out: &mut dyn Write) -> io::Result<()> {
    for article in articles {
        for one in article.claims.iter() {
            write(&claim(&article, one, true), out)?;
        }
    }
    Ok(())
}

fn figures(things: &[Thing], _: Style, out: &mut dyn Write) -> io::Result<()> {
    things.iter().try_for_each(|one| write(&thing(one), out))
}
