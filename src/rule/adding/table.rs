//! Tables with a row or a column of totals.

use crate::claim::Claim;
use crate::document::Place;
use crate::quantity::{Interval, Number};
use crate::rule::{Conflict, Mark, Passage, adding::additive};

/// The largest table that is added up, in cells.
const MOST: usize = 2000;

/// A cell of a table: its row and column, its text, and its figure where it has just one.
struct Cell<'a> {
    row: usize,
    column: usize,
    text: &'a str,
    figure: Option<&'a Claim>,
}

/// Adds up the rows above the cell that says "Total", column by column; with "Total" at the head of a column, the row.
pub fn check(passage: &Passage<'_>) -> Vec<Conflict> {
    let blocks = &passage.article.document.blocks;
    let Place::Cell { table, row, column } = blocks[passage.sentence().block].place else { return Vec::new() };
    let cues = &passage.cues().sums.parts;
    let says = |text: &str| cues.total_rows.has(&text.trim().trim_end_matches(':').to_lowercase());
    if !says(&blocks[passage.sentence().block].text) || row == 0 && column == 0 {
        return Vec::new();
    }
    // Looked at from the last row or column only, so that a table is read once.
    let after = &blocks[passage.sentence().block + 1..];
    let next = after.iter().map(|b| b.place).find(|place| match place {
        Place::Cell { table: t, row: r, .. } => *t != table || *r != row,
        _ => true,
    });
    let goes_on = matches!(next, Some(Place::Cell { table: t, .. }) if t == table);
    let ends_row =
        !matches!(after.first().map(|b| b.place), Some(Place::Cell { table: t, row: r, .. }) if t == table && r == row);
    let (last_row, last_column) = (column == 0 && row > 1 && !goes_on, row == 0 && column > 1 && ends_row);
    if !last_row && !last_column {
        return Vec::new();
    }
    let cells = cells(passage, table);
    if cells.len() > MOST {
        return Vec::new();
    }
    let at = |r: usize, c: usize| cells.iter().find(move |x| x.row == r && x.column == c);
    let most = |f: fn(&Cell<'_>) -> usize| cells.iter().map(f).max().unwrap_or(0);
    if last_row {
        let above = |c: usize| cells.iter().filter(move |x| x.column == c && (1..row).contains(&x.row));
        return (1..=most(|c| c.column)).filter_map(|c| compare(at(row, c)?, above(c))).collect();
    }
    let left = |r: usize| cells.iter().filter(move |x| x.row == r && (1..column).contains(&x.column));
    (1..=most(|c| c.row)).filter_map(|r| compare(at(r, column)?, left(r))).collect()
}

/// The cells of one table, around the sentence's own.
fn cells<'a>(passage: &Passage<'a>, table: usize) -> Vec<Cell<'a>> {
    let article = passage.article;
    let blocks = &article.document.blocks;
    let own = |place: Place| matches!(place, Place::Cell { table: t, .. } if t == table);
    let here = passage.sentence().block;
    let start = blocks[..here].iter().rposition(|b| !own(b.place)).map_or(0, |i| i + 1);
    let end = blocks[here..].iter().position(|b| !own(b.place)).map_or(blocks.len(), |i| here + i);
    let first = article.claims.partition_point(|c| c.block < start);
    let mut claims = article.claims[first..].iter().take_while(|c| c.block < end).peekable();
    let mut cells = Vec::new();
    for (index, block) in blocks.iter().enumerate().take(end).skip(start) {
        let Place::Cell { row, column, .. } = block.place else { continue };
        let mut figures = Vec::new();
        while let Some(claim) = claims.next_if(|c| c.block <= index) {
            figures.push(claim);
        }
        let figure = if let [one] = figures[..] { Some(one) } else { None };
        cells.push(Cell { row, column, text: &block.text, figure });
    }
    cells
}

/// Adds up cells against the one that says their total; a dash or an empty cell is nothing.
fn compare<'a>(total: &Cell<'a>, parts: impl Iterator<Item = &'a Cell<'a>>) -> Option<Conflict> {
    let claim = total.figure.filter(|c| additive(c.quantity()))?;
    let whole = claim.quantity();
    let (mut sum, mut exact, mut marks) =
        (Interval::exactly(Number::ZERO), Number::ZERO, vec![Mark::new(claim, "the total")]);
    let mut terms = Vec::new();
    for part in parts {
        let Some(figure) = part.figure else {
            if part.text.chars().any(char::is_alphanumeric) {
                return None;
            }
            continue;
        };
        let quantity = figure.quantity();
        if !additive(quantity) || quantity.dimension() != whole.dimension() {
            return None;
        }
        let value = whole.from_base(&quantity.to_base(&Interval::exactly(quantity.single()?))).low?.value;
        // A column is written at one precision.
        sum = sum.plus(&Interval::rounded(value, decimals(quantity.step)));
        exact = exact + value;
        terms.push(value.to_string());
        marks.push(Mark::new(figure, "a part"));
    }
    let stated = whole.single()?;
    if terms.len() < 2 || sum.meets(&Interval::rounded(stated, decimals(whole.step))) {
        return None;
    }
    let shown = if terms.len() <= 6 { terms.join(" + ") } else { format!("the sum of {} figures", terms.len()) };
    let verb = if terms.len() <= 6 { "=" } else { "is" };
    Some(Conflict { message: format!("{shown} {verb} {exact}, not {stated}"), marks, note: None })
}

/// The precision of a cell: whole numbers are exact, whatever noughts they end in.
fn decimals(step: Number) -> Number {
    if step < Number::ONE { step } else { Number::ZERO }
}
