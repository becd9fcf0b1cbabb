//! The editor's desk: the report page, served to one browser on this machine, which takes decisions and follows the drafts
//! on disk.

mod drafts;

use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::rejection::JsonRejection;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router, middleware};
use serde::Deserialize;

use crate::inspect::Inspector;
use crate::review::decisions::Verdict;
use crate::serve::guard::{self, Guard};
use crate::serve::{LONGEST, Refusal, listening};
use drafts::Drafts;

/// The largest decision, in bytes.
const LARGEST_DECISION: usize = 1 << 14;
/// The longest reason, in characters.
const LONGEST_REASON: usize = 500;

/// What is reviewed.
#[derive(Debug)]
pub struct Reviewed {
    /// The drafts' files, in order.
    pub drafts: Vec<String>,
    /// The sources that each draft must be borne out by.
    pub sources: Vec<String>,
    /// The file that decisions go to.
    pub decisions: PathBuf,
    /// The baseline, where there is one: what it has is not shown.
    pub baseline: Option<PathBuf>,
}

/// A decision as the page sends it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Decided {
    rule: String,
    key: String,
    path: String,
    /// None to take back what was decided.
    verdict: Option<Verdict>,
    #[serde(default)]
    reason: String,
}

/// Serves until the process ends, to whoever has the token. The listener must be on the loopback address.
pub fn serve(inspector: Inspector, reviewed: Reviewed, listener: TcpListener, token: String) -> std::io::Result<()> {
    let drafts = Arc::new(Drafts::new(inspector, reviewed));
    let guard = Arc::new(Guard::page(token));
    let within = |request: Request, next: Next| async {
        let late = |_| Refusal(StatusCode::REQUEST_TIMEOUT, "this took too long".to_owned()).into_response();
        tokio::time::timeout(LONGEST, next.run(request)).await.unwrap_or_else(late)
    };
    let router = Router::new()
        .route("/", get(page))
        .route("/state", get(state))
        .route("/decide", post(decide))
        .layer(DefaultBodyLimit::max(LARGEST_DECISION))
        .layer(middleware::from_fn(within))
        .layer(middleware::from_fn_with_state(guard, guard::watch))
        .with_state(drafts);
    listening::listen(listener, router)
}

/// Works on the drafts on a thread of its own: reading them takes its time.
async fn with<T: Send + 'static>(
    drafts: Arc<Drafts>,
    work: impl FnOnce(&Drafts) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let broken = |_| Refusal(StatusCode::INTERNAL_SERVER_ERROR, "the drafts could not be read".to_owned());
    tokio::task::spawn_blocking(move || work(&drafts)).await.map_err(broken)?
}

/// What a browser is told besides: to keep nothing, to be framed by nobody, to take things for what they are said to be.
const CAUTION: [(HeaderName, &str); 4] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
];

async fn page(State(drafts): State<Arc<Drafts>>) -> Result<Response, Refusal> {
    let page = with(drafts, Drafts::page).await?;
    Ok((CAUTION, Html(page)).into_response())
}

/// A number that changes whenever the page would.
async fn state(State(drafts): State<Arc<Drafts>>) -> Result<Response, Refusal> {
    let state = with(drafts, |drafts| Ok(drafts.state())).await?;
    Ok((CAUTION, state.to_string()).into_response())
}

async fn decide(
    State(drafts): State<Arc<Drafts>>,
    decided: Result<Json<Decided>, JsonRejection>,
) -> Result<Response, Refusal> {
    let Json(decided) = decided.map_err(|rejection| Refusal(rejection.status(), rejection.body_text()))?;
    if decided.reason.chars().count() > LONGEST_REASON {
        return Err(Refusal(StatusCode::BAD_REQUEST, format!("a reason has at most {LONGEST_REASON} characters")));
    }
    if decided.verdict == Some(Verdict::Stands) && decided.reason.trim().is_empty() {
        return Err(Refusal(StatusCode::BAD_REQUEST, "say why it stands".to_owned()));
    }
    with(drafts, |drafts| drafts.decide(decided)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
