//! The server that other programs ask: LanguageTool's door, and crossfoot's own.

mod api;
pub mod guard;
mod languagetool;
pub(crate) mod listening;

use std::net::TcpListener;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::json;
use tokio::sync::Semaphore;

use crate::config::ConfigError;
use crate::inspect::Inspector;
use crate::review::known::{Followed, Known};
use guard::Guard;

/// The largest request, in bytes: a long book chapter.
pub const LARGEST_REQUEST: usize = 1 << 20;
/// The longest that a request may take.
pub const LONGEST: Duration = Duration::from_secs(20);
/// So many requests may be waiting; the next is turned away.
const MOST_WAITING: usize = 64;

/// What requests are answered with.
struct Desk {
    inspector: Inspector,
    /// What the baseline and the decisions let be.
    let_be: Mutex<Followed>,
    /// Checks that may run at once: more would only slow one another down.
    checks: Semaphore,
    /// Requests that may be under way at once.
    requests: Semaphore,
}

/// Why a request is not answered as it wished.
#[derive(Debug)]
pub(crate) struct Refusal(pub(crate) StatusCode, pub(crate) String);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, Json(json!({"error": self.1}))).into_response()
    }
}

/// Serves until the process ends. The listener may be on any address; who may ask is the guard's to say.
pub fn serve(inspector: Inspector, listener: TcpListener, guard: Guard) -> std::io::Result<()> {
    let checks = std::thread::available_parallelism().map_or(1, usize::from);
    let let_be = Mutex::new(Followed::new(&inspector.config));
    let desk = Desk { inspector, let_be, checks: Semaphore::new(checks), requests: Semaphore::new(MOST_WAITING) };
    listening::listen(listener, router(Arc::new(desk), guard))
}

fn router(desk: Arc<Desk>, guard: Guard) -> Router {
    Router::new()
        .route("/v2/check", post(languagetool::check))
        .route("/v2/languages", get(languagetool::languages))
        .route("/v1/check", post(api::check))
        .route("/v1/openapi.json", get(api::openapi))
        .layer(DefaultBodyLimit::max(LARGEST_REQUEST))
        .layer(middleware::from_fn_with_state(Arc::clone(&desk), limited))
        .layer(middleware::from_fn_with_state(Arc::new(guard), guard::watch))
        .with_state(desk)
}

/// Turns a request away where too many are under way, and ends one that takes too long.
async fn limited(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let Ok(_place) = desk.requests.try_acquire() else {
        return Refusal(StatusCode::SERVICE_UNAVAILABLE, "too many requests are under way".to_owned()).into_response();
    };
    tokio::time::timeout(LONGEST, next.run(request)).await.unwrap_or_else(|_| {
        let message = format!("this took longer than {} seconds", LONGEST.as_secs());
        Refusal(StatusCode::SERVICE_UNAVAILABLE, message).into_response()
    })
}

impl Desk {
    /// Does the work of a check on a thread of its own, as many at once as there are processors.
    async fn work<T: Send + 'static>(
        self: Arc<Self>,
        work: impl FnOnce(&Inspector, &Known) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let failed = |_| Refusal(StatusCode::INTERNAL_SERVER_ERROR, "the check broke off".to_owned());
        let desk = Arc::clone(&self);
        let _turn = self
            .checks
            .acquire()
            .await
            .map_err(|_| Refusal(StatusCode::SERVICE_UNAVAILABLE, "the server is closing".to_owned()))?;
        let work = move || {
            let let_be = desk.let_be()?;
            work(&desk.inspector, &let_be)
        };
        tokio::task::spawn_blocking(work).await.map_err(failed)?
    }

    /// What is let be by now.
    fn let_be(&self) -> Result<Arc<Known>, Refusal> {
        let mut followed = self.let_be.lock().unwrap_or_else(PoisonError::into_inner);
        let broken = |error: ConfigError| Refusal(StatusCode::INTERNAL_SERVER_ERROR, error.to_string());
        followed.look().map_err(broken)?;
        Ok(followed.known())
    }
}
