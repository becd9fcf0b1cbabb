//! What a figure says, in signs that need no words.

use crate::quantity::Quantity;

/// What a figure says, as an interval in its unit.
pub fn reading(quantity: &Quantity) -> String {
    let stated = &quantity.stated;
    let unit = quantity.unit.as_ref().map_or(String::new(), |u| format!(" {}", u.code));
    let per = quantity.per.as_ref().map_or(String::new(), |p| format!("/{}", p.code));
    let range = match (stated.low, stated.high) {
        (Some(low), Some(high)) if low.value == high.value => low.value.to_string(),
        (Some(low), Some(high)) => format!("{} to {}", low.value, high.value),
        (Some(low), None) => format!("{}{}", if low.closed { "≥" } else { ">" }, low.value),
        (None, Some(high)) => format!("{}{}", if high.closed { "≤" } else { "<" }, high.value),
        (None, None) => "?".to_owned(),
    };
    format!("{range}{unit}{per}")
}
