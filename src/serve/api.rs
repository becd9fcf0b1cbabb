//! crossfoot's own door: `POST /v1/check`, described at `GET /v1/openapi.json`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::{Desk, Refusal};
use crate::claim::Article;
use crate::document;
use crate::inspect::Inspector;
use crate::report::{self, Item, Report, Style, Summary};
use crate::review::known::Known;

/// The description of this door.
const OPENAPI: &str = include_str!("../../docs/openapi.json");

/// What is asked.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    /// Drafts, each alone or against the sources.
    documents: Vec<Sent>,
    /// The sources.
    #[serde(default)]
    against: Vec<Sent>,
}

/// A file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    /// Its name, which tells its format.
    name: String,
    /// Its text.
    text: Option<String>,
    /// Or its bytes, in base64.
    base64: Option<String>,
}

pub(super) async fn openapi() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], OPENAPI).into_response()
}

pub(super) async fn check(
    State(desk): State<Arc<Desk>>,
    asked: Result<Json<Asked>, JsonRejection>,
) -> Result<Response, Refusal> {
    let Json(asked) = asked.map_err(|rejection| Refusal(rejection.status(), rejection.body_text()))?;
    let body = desk.work(move |inspector, let_be| findings(asked, inspector, let_be)).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}

/// The findings in all drafts, as `crossfoot check --format json` writes them.
fn findings(asked: Asked, inspector: &Inspector, let_be: &Known) -> Result<Vec<u8>, Refusal> {
    let sources = read(asked.against, inspector)?;
    let drafts = read(asked.documents, inspector)?;
    let mut items = Vec::new();
    let mut summary = Summary { documents: drafts.len(), ..Summary::default() };
    for draft in drafts {
        summary.claims += draft.claims.len();
        let mut articles = vec![draft];
        articles.extend(sources.iter().cloned());
        items.extend(inspector.check(&articles));
    }
    // Whatever file an entry was found in, this may be it.
    let items = Item::new_ones(items, let_be, |_| true).0;
    for item in &items {
        summary.add(item.severity);
    }
    let report = Report {
        items: &items,
        summary: &summary,
        documents: &[],
        rules: inspector.checker.rules(),
        articles: &[],
        against: &[],
        explain: false,
    };
    let mut body = Vec::new();
    let json = report::formats().iter().find(|format| format.name == "json").and_then(|format| format.findings);
    let written = json.map(|write| write(&report, Style { color: false, width: 0 }, &mut body));
    match written {
        Some(Ok(())) => Ok(body),
        _ => Err(Refusal(StatusCode::INTERNAL_SERVER_ERROR, "the answer could not be written".to_owned())),
    }
}

fn read(files: Vec<Sent>, inspector: &Inspector) -> Result<Vec<Article>, Refusal> {
    let mut articles = Vec::new();
    for Sent { name, text, base64 } in files {
        let refused = |message: String| Refusal(StatusCode::BAD_REQUEST, format!("{name}: {message}"));
        let bytes = match (text, base64) {
            (Some(text), None) => text.into_bytes(),
            (None, Some(packed)) => STANDARD.decode(packed).map_err(|error| refused(error.to_string()))?,
            _ => return Err(refused("either text or base64 must be given".to_owned())),
        };
        let documents = document::read_all(&name, &name, bytes, &inspector.options());
        let documents = documents.map_err(|error| refused(error.to_string()))?;
        articles.extend(documents.into_iter().map(|document| inspector.checker.read(document)));
    }
    Ok(articles)
}
