//! Who may ask: on the loopback address whoever names it, elsewhere whoever has the token. No web page of another site.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest as _, Sha256};

use super::Refusal;

/// Where a browser's add-ons come from: no site can pretend to be one.
const ADD_ONS: [&str; 3] = ["chrome-extension://", "moz-extension://", "safari-web-extension://"];

/// What a request must bring.
#[derive(Debug, Clone)]
pub struct Guard {
    /// The token that it must have, where there is one.
    token: Option<String>,
    /// Whether it must name the loopback address: else a page could reach the server by a name of its own that leads here.
    loopback: bool,
    /// Whether a browser's add-ons may ask.
    add_ons: bool,
}

impl Guard {
    /// The guard of a server on an address that other programs ask.
    pub fn open(address: IpAddr, token: Option<String>) -> Self {
        Self { token, loopback: address.is_loopback(), add_ons: true }
    }

    /// The guard of a page of our own: nobody may ask without its token, and from its own address.
    pub fn page(token: String) -> Self {
        Self { token: Some(token), loopback: true, add_ons: false }
    }

    /// What is wrong with a request; none where nothing is.
    fn complaint(&self, uri: &Uri, headers: &HeaderMap) -> Option<&'static str> {
        let text = |name| headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
        let host = text(header::HOST).or_else(|| uri.authority().map(axum::http::uri::Authority::as_str));
        if self.loopback && !host.is_some_and(is_loopback) {
            return Some("this server answers to the loopback address only");
        }
        if let Some(origin) = headers.get(header::ORIGIN) {
            let origin = origin.to_str().unwrap_or_default();
            let own = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
            let add_on = self.add_ons && ADD_ONS.iter().any(|scheme| origin.starts_with(scheme));
            if !add_on && (own.is_none() || own != host) {
                return Some("pages of other sites may not ask");
            }
        }
        if let Some(token) = &self.token {
            let bearer = text(header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
            let queried = uri.query().unwrap_or_default().split('&').find_map(|pair| pair.strip_prefix("token="));
            if !bearer.or(queried).is_some_and(|given| same(given, token)) {
                return Some("the token is missing or wrong");
            }
        }
        None
    }
}

/// Whether two texts are the same, in a time that does not tell where they differ.
fn same(a: &str, b: &str) -> bool {
    Sha256::digest(a.as_bytes()) == Sha256::digest(b.as_bytes())
}

/// Whether a `Host` is the loopback address, with a port or without.
fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split_once(']').map_or("", |(name, _)| name),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Lets requests through that the guard has nothing against.
pub async fn watch(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    match guard.complaint(request.uri(), request.headers()) {
        Some(complaint) => Refusal(StatusCode::FORBIDDEN, complaint.to_owned()).into_response(),
        None => next.run(request).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        for host in ["localhost", "LOCALHOST:8081", "127.0.0.1:80", "127.8.9.1", "[::1]:8081", "[::1]"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in ["", "example.org", "localhost.example.org:80", "10.0.0.1", "[::2]:80", "127.0.0.1.example.org"] {
            assert!(!is_loopback(host), "{host}");
        }
    }

    #[test]
    fn complaints() {
        let open = Guard::open(IpAddr::from([127, 0, 0, 1]), None);
        let away = Guard::open(IpAddr::from([10, 0, 0, 1]), Some("abc".to_owned()));
        let page = Guard::page("abc".to_owned());
        let table = [
            (&open, "/", "localhost:8081", None, None, true),
            (&open, "/", "evil.example:8081", None, None, false),
            (&open, "/", "localhost:8081", Some("http://localhost:8081"), None, true),
            (&open, "/", "localhost:8081", Some("http://localhost:9"), None, false),
            (&open, "/", "localhost:8081", Some("https://evil.example"), None, false),
            (&open, "/", "localhost:8081", Some("null"), None, false),
            (&open, "/", "localhost:8081", Some("moz-extension://1"), None, true),
            (&away, "/", "news.example", None, None, false),
            (&away, "/", "news.example", None, Some("Bearer abc"), true),
            (&away, "/", "news.example", None, Some("Bearer abcd"), false),
            (&away, "/?a=b&token=abc", "news.example", None, None, true),
            (&page, "/?token=abc", "127.0.0.1:1", None, None, true),
            (&page, "/?token=abc", "127.0.0.1:1", Some("moz-extension://1"), None, false),
            (&page, "/?token=abc", "evil.example", None, None, false),
            (&page, "/", "127.0.0.1:1", None, None, false),
        ];
        for (guard, uri, host, origin, bearer, good) in table {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().unwrap());
            origin.map(|origin: &str| headers.insert(header::ORIGIN, origin.parse().unwrap()));
            bearer.map(|bearer: &str| headers.insert(header::AUTHORIZATION, bearer.parse().unwrap()));
            let complaint = guard.complaint(&uri.parse().unwrap(), &headers);
            assert_eq!(complaint.is_none(), good, "{uri} {host} {origin:?} {bearer:?}: {complaint:?}");
        }
    }
}
