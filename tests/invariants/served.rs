//! What must hold of the server's answers.

use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::OnceLock;

use crossfoot::config::Config;
use crossfoot::inspect::Inspector;
use crossfoot::serve::{self, guard::Guard};
use serde_json::Value;

/// The doors that take a body, and what it is.
pub const DOORS: [(&str, &str); 2] =
    [("/v1/check", "application/json"), ("/v2/check", "application/x-www-form-urlencoded")];

/// The body of a request: the first byte chooses the door.
pub fn server(data: &[u8]) {
    let Some((&first, body)) = data.split_first() else { return };
    let (door, kind) = DOORS[usize::from(first) % DOORS.len()];
    let address = served();
    let mut stream = TcpStream::connect(address).expect("the server listens");
    let head = format!(
        "POST {door} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    // A server that refuses a body need not have read it.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8(answer).expect("the answer is UTF-8");
    let (head, body) = answer.split_once("\r\n\r\n").expect("an answer has a head");
    let status = head.split(' ').nth(1).and_then(|status| status.parse::<u16>().ok()).expect("a status");
    assert!(status < 500, "{answer}");
    assert!(head.to_lowercase().contains("application/json"), "{head}");
    let answer: Value = serde_json::from_str(body).expect("the answer is JSON");
    let good = if status != 200 {
        answer["error"].is_string()
    } else if door == "/v1/check" {
        answer["findings"].is_array()
    } else {
        answer["matches"].is_array()
    };
    assert!(good, "{status}: {answer}");
}

/// A server that runs as long as the process.
fn served() -> SocketAddr {
    static SERVED: OnceLock<SocketAddr> = OnceLock::new();
    *SERVED.get_or_init(|| {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let address = listener.local_addr().expect("an address");
        let inspector = Inspector::new(Config::default(), "crossfoot.toml".as_ref()).expect("the pack is sound");
        let guard = Guard::open(IpAddr::V4(Ipv4Addr::LOCALHOST), None);
        std::thread::spawn(move || serve::serve(inspector, listener, guard));
        address
    })
}
