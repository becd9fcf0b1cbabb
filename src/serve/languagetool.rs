//! LanguageTool's door: `POST /v2/check` and `GET /v2/languages`, as its own server answers them.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Desk, Refusal};
use crate::claim::Article;
use crate::document;
use crate::inspect::Inspector;
use crate::report::escape::one_line;
use crate::report::{Item, Span};
use crate::review::Whereabouts;
use crate::review::known::Known;

/// The languages that copy may be in.
const LANGUAGES: [(&str, &str, &str); 3] =
    [("English", "en", "en"), ("English (GB)", "en", "en-GB"), ("English (US)", "en", "en-US")];
/// How much of the text is shown around a figure, in characters on either side.
const AROUND: usize = 40;

/// What is asked. What else LanguageTool knows (which rules, which mother tongue) changes nothing here.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    text: Option<String>,
    /// The text in pieces, some of which are markup, as JSON.
    data: Option<String>,
    language: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Annotated {
    annotation: Vec<Piece>,
}

/// A piece of an annotated text.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Piece {
    text: Option<String>,
    markup: Option<String>,
    interpret_as: Option<String>,
}

/// A text as it is read, and where its pieces stand in what was sent, in units of UTF-16.
#[derive(Debug, Default)]
struct Sent {
    text: String,
    /// First byte in the text, first unit in what was sent; what stands for markup has no place of its own.
    pieces: Vec<(usize, usize, bool)>,
}

impl Sent {
    fn new(asked: Asked) -> Result<Self, Refusal> {
        let refused = |message: String| Refusal(StatusCode::BAD_REQUEST, message);
        match (asked.text, asked.data) {
            (Some(text), _) => Ok(Self { text, pieces: vec![(0, 0, true)] }),
            (None, Some(data)) => {
                let annotated: Annotated =
                    serde_json::from_str(&data).map_err(|error| refused(format!("data: {error}")))?;
                let mut sent = Self::default();
                let mut units = 0;
                for Piece { text, markup, interpret_as } in annotated.annotation {
                    sent.pieces.push((sent.text.len(), units, text.is_some()));
                    units += text.as_ref().or(markup.as_ref()).map_or(0, |t| t.encode_utf16().count());
                    sent.text.push_str(text.or(interpret_as).as_deref().unwrap_or_default());
                }
                Ok(sent)
            }
            (None, None) => Err(refused("text or data must be given".to_owned())),
        }
    }

    /// Where a byte of the text stands in what was sent: one that something `ends` at is behind the piece before it.
    fn unit(&self, byte: usize, ends: bool) -> usize {
        let after = self.pieces.partition_point(|&(start, ..)| start < byte || start == byte && !ends);
        let Some(&(start, unit, own)) = after.checked_sub(1).and_then(|at| self.pieces.get(at)) else { return 0 };
        let inside = self.text.get(start..byte).unwrap_or_default();
        unit + if own { inside.encode_utf16().count() } else { 0 }
    }
}

pub(super) async fn check(
    State(desk): State<Arc<Desk>>,
    asked: Result<Form<Asked>, FormRejection>,
) -> Result<Response, Refusal> {
    let Form(asked) = asked.map_err(|rejection| Refusal(rejection.status(), rejection.body_text()))?;
    let wanted = asked.language.clone().unwrap_or_default();
    let sent = Sent::new(asked)?;
    let matches = desk.work(move |inspector, let_be| matches(&sent, inspector, let_be)).await?;
    // A language that is not read is read as English: no figure of it will be bound.
    let (name, _, code) = LANGUAGES.into_iter().find(|(.., code)| *code == wanted).unwrap_or(LANGUAGES[0]);
    let answer = json!({
        "software": {
            "name": "crossfoot", "version": env!("CARGO_PKG_VERSION"), "buildDate": null, "apiVersion": 1,
            "premium": false, "status": "",
        },
        "warnings": {"incompleteResults": false},
        "language": {
            "name": name, "code": code, "detectedLanguage": {"name": name, "code": code, "confidence": 1.0},
        },
        "matches": matches,
    });
    Ok(Json(answer).into_response())
}

pub(super) async fn languages() -> Json<Value> {
    let all = LANGUAGES.map(|(name, code, long)| json!({"name": name, "code": code, "longCode": long}));
    Json(Value::from(all.to_vec()))
}

/// A match at each place of each finding.
fn matches(sent: &Sent, inspector: &Inspector, let_be: &Known) -> Result<Vec<Value>, Refusal> {
    let document = document::read("text.txt", sent.text.clone().into_bytes())
        .map_err(|error| Refusal(StatusCode::BAD_REQUEST, error.to_string()))?;
    let every = |_: &str| true;
    let (article, findings, _) = inspector.checker.skim(document, &every);
    let items = inspector.items(findings, std::slice::from_ref(&article), 1, &every, true);
    // Whatever file an entry was found in, this may be its text.
    let items = Item::new_ones(items, let_be, |_| true).0;
    let whereabouts = Whereabouts::new(&article);
    let of_item = |item: &Item| {
        let places = 0..item.spans.len();
        places.map(|which| one(sent, &article, &whereabouts, item, which, inspector)).collect::<Vec<_>>()
    };
    Ok(items.iter().flat_map(of_item).collect())
}

fn one(
    sent: &Sent,
    article: &Article,
    whereabouts: &Whereabouts,
    item: &Item,
    which: usize,
    inspector: &Inspector,
) -> Value {
    let span = &item.spans[which];
    let (offset, end) = (sent.unit(span.range.start, false), sent.unit(span.range.end, true));
    let others = item.spans.iter().enumerate().filter(|&(other, _)| other != which);
    let others: Vec<String> = others.map(|(_, other)| format!("\u{201c}{}\u{201d}", other.text())).collect();
    let mut message = item.message.clone();
    if !others.is_empty() {
        message = format!("{message}; see {}", others.join(", "));
    }
    let rule = inspector.checker.rules().iter().find(|rule| rule.name == item.rule.as_str());
    let sentence = whereabouts.sentence(span.range.start).map(|number| &article.sentences[number]);
    let sentence = sentence.and_then(|s| article.document.blocks[s.block].text.get(s.span.clone()));
    let fixes: Vec<Value> = span.fix.iter().map(|fix| json!({"value": fix})).collect();
    json!({
        "message": one_line(&message),
        "shortMessage": rule.map_or("", |rule| &rule.summary),
        "replacements": fixes,
        "offset": offset,
        "length": end.saturating_sub(offset),
        "context": context(span),
        "sentence": sentence.unwrap_or_default(),
        "type": {"typeName": "Other"},
        "rule": {
            "id": item.rule,
            "description": rule.map_or("", |rule| &rule.summary),
            "issueType": "other",
            "category": {"id": "CROSSFOOT", "name": "Figures"},
        },
        "ignoreForIncompleteSentence": false,
        "contextForSureMatch": 0,
    })
}

/// A figure with what stands around it on one line.
fn context(span: &Span) -> Value {
    let source = &span.document.source;
    let before: Vec<char> = source[..span.range.start].chars().rev().take(AROUND).collect();
    let before: String = before.into_iter().rev().collect();
    let after: String = source[span.range.end..].chars().take(AROUND).collect();
    let flat = |text: &str| text.replace(['\n', '\r', '\t'], " ");
    json!({
        "text": format!("{}{}{}", flat(&before), flat(span.text()), flat(&after)),
        "offset": before.encode_utf16().count(),
        "length": span.text().encode_utf16().count(),
    })
}
