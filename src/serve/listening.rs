//! Connections: so many at once, each with a limit to the time that the head of a request may take, so that nobody keeps the
//! server busy by saying nothing, or very little.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::sync::Semaphore;

/// The longest that the head of a request may take, or the silence between two requests of one connection.
const LONGEST_HEAD: Duration = Duration::from_secs(10);
/// So many connections may be open; others wait until one is closed.
const MOST_CONNECTIONS: usize = 256;
/// So long the server rests where the system gives it no connection, because too many files are open, say.
const REST: Duration = Duration::from_millis(100);

/// Serves until the process ends.
pub(crate) fn listen(listener: TcpListener, router: Router) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        listener.set_nonblocking(true)?;
        accept(&tokio::net::TcpListener::from_std(listener)?, router).await
    })
}

async fn accept(listener: &tokio::net::TcpListener, router: Router) -> io::Result<()> {
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        let place = Arc::clone(&places).acquire_owned().await.map_err(io::Error::other)?;
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(REST).await;
            continue;
        };
        let service = TowerToHyperService::new(router.clone());
        tokio::spawn(async move {
            let mut http = http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(LONGEST_HEAD);
            // Whoever breaks the protocol, or is late, has been told so or has gone.
            let _ = http.serve_connection(TokioIo::new(stream), service).await;
            drop(place);
        });
    }
}
