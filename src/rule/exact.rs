//! Numbers as TOML files have them.

use serde::Deserialize;

use crate::quantity::Number;

/// A number in a rule or a configuration: `400`, `"2.5"`, `"1/3"` or `"1,500"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "toml::Value")]
pub struct Exact(pub Number);

impl TryFrom<toml::Value> for Exact {
    type Error = String;

    fn try_from(value: toml::Value) -> Result<Self, String> {
        let text = match &value {
            toml::Value::Integer(number) => return Ok(Self(Number::from(*number))),
            toml::Value::String(text) => text.replace(',', ""),
            // Written in digits, a float is the decimal that stands there.
            toml::Value::Float(number) => number.to_string(),
            other => return Err(format!("a number is wanted, not {other}")),
        };
        Number::parse_exact(&text).map(Self).ok_or_else(|| format!("{text:?} is no number"))
    }
}
