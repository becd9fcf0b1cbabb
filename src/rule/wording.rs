//! How findings put figures: as the copy writes them, with another number.

use crate::quantity::{Interval, Number, Quantity};

/// A figure as the copy has it, with another value in place of its number: "200 sq miles" with 124 is "124 sq miles".
///
/// `value` is in the figure's own unit. It is rounded to the precision of the figure it replaces, or to two significant
/// digits where that would be coarser.
pub fn with_value(text: &str, quantity: &Quantity, value: Number) -> String {
    let stated = quantity.single().unwrap_or(Number::ONE);
    let step = quantity.step.min(significant_step(value, 2));
    let rounded =
        if step.is_zero() { value.significant(3) } else { value.round_to(step.max(significant_step(value, 3))) };
    let digits = text.char_indices().find(|(_, c)| c.is_ascii_digit()).map(|(i, _)| i);
    if let Some(start) = digits {
        let length =
            text[start..].find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(text.len() - start);
        let numeral = text[start..start + length].trim_end_matches([',', '.']);
        if let Some(written) = Number::parse_decimal(&numeral.replace(',', "")).filter(|n| !n.is_zero()) {
            let scale = stated / written;
            let scale = if scale.is_zero() { Number::ONE } else { scale };
            let shown = (rounded / scale).significant(4);
            let tail = &text[start + numeral.len()..];
            // "1 square mile", not "1 sq miles".
            if let Some(unit) = quantity.unit.as_ref().filter(|_| shown == Number::ONE && tail.starts_with(' ')) {
                return format!("{shown} {}", unit.name);
            }
            return format!("{shown}{tail}");
        }
    }
    match &quantity.unit {
        Some(unit) => format!("{rounded} {}", unit.name),
        None => rounded.to_string(),
    }
}

/// The place value of a number's last digit when so many are significant.
fn significant_step(value: Number, digits: i32) -> Number {
    value.magnitude().map_or(Number::ONE, |m| Number::power_of_ten(m - digits + 1))
}

/// A share of one as a percentage: 0.437 is "44%", 0.0437 "4.4%".
pub fn percent(share: Number) -> String {
    let hundred = share * Number::from(100);
    let step = if hundred.abs() < Number::from(10) { Number::power_of_ten(-1) } else { Number::ONE };
    format!("{}%", hundred.round_to(step))
}

/// The middle of an interval, or the end it has.
pub fn middle(interval: &Interval) -> Option<Number> {
    match (interval.low, interval.high) {
        (Some(low), Some(high)) => Some((low.value + high.value) / Number::from(2)),
        (Some(end), None) | (None, Some(end)) => Some(end.value),
        (None, None) => None,
    }
}

/// A figure in words as it stands inside a sentence: "One in five" is "one in five".
pub fn inside(text: &str) -> String {
    let mut letters = text.chars();
    let small = letters.next().zip(letters.next()).is_some_and(|(a, b)| a.is_uppercase() && b.is_lowercase());
    if !small {
        return text.to_owned();
    }
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().collect::<String>() + letters.as_str())
}

/// Words with a capital first letter.
pub fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages() {
        assert_eq!(percent(Number::ratio(7, 16)), "44%");
        assert_eq!(percent(Number::ratio(7, 160)), "4.4%");
        assert_eq!(percent(Number::ratio(5, 2)), "250%");
    }

    #[test]
    fn inside_a_sentence() {
        assert_eq!(inside("One in five"), "one in five");
        assert_eq!(inside("A$60m"), "A$60m");
        assert_eq!(inside("40%"), "40%");
    }

    #[test]
    fn capitals() {
        assert_eq!(sentence_case("élan"), "Élan");
        assert_eq!(sentence_case(""), "");
    }
}
