//! The servers as programs and browsers see them: LanguageTool's door, our own, the page that takes decisions.

#![cfg(all(feature = "cli", feature = "serve"))]
#![allow(clippy::panic, clippy::expect_used, clippy::unwrap_used, clippy::format_push_string)] // A test may.

mod program;
#[path = "invariants/steering.rs"]
mod steering;

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use program::{Dice, run};
use serde_json::{Value, json};
use tempfile::TempDir;

/// The fire engine is two units of UTF-16. 10 metres is 32.8 feet.
const WRONG: &str = "Fire 🚒: the trench is 10 metres (53ft) deep.";

/// A server that ends with the test.
struct Server {
    process: Child,
    /// The address, `127.0.0.1:8081`.
    host: String,
    token: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossfoot"));
    command.current_dir(folder).args(arguments).env_remove("CROSSFOOT_TOKEN");
    command
}

impl Server {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut process = command(folder, arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("http://").unwrap_or_else(|| panic!("{line:?}"));
        let (host, query) = address.split_once('/').unwrap();
        let token = query.strip_prefix("?token=").unwrap_or_default().to_owned();
        Self { process, host: host.to_owned(), token }
    }

    /// The status and the body of an answer; nothing where there is none.
    fn raw(&self, request: &[u8]) -> Option<(u16, String)> {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
        Some((status, answer.split_once("\r\n\r\n")?.1.to_owned()))
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> (u16, String) {
        let mut request =
            format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
        if !headers.iter().any(|(name, _)| *name == "Host") {
            request.push_str(&format!("Host: {}\r\n", self.host));
        }
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        self.raw(format!("{request}\r\n{body}").as_bytes()).unwrap()
    }

    fn form(&self, body: &str) -> (u16, Value) {
        let (status, body) =
            self.ask("POST", "/v2/check", &[("Content-Type", "application/x-www-form-urlencoded")], body);
        (status, serde_json::from_str(&body).unwrap())
    }

    fn json(&self, path: &str, body: &Value) -> (u16, String) {
        let bearer = format!("Bearer {}", self.token);
        let headers = [("Content-Type", "application/json"), ("Authorization", bearer.as_str())];
        self.ask("POST", path, &headers, &body.to_string())
    }

    fn get(&self, path: &str) -> (u16, String) {
        self.ask("GET", path, &[("Authorization", &format!("Bearer {}", self.token))], "")
    }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// A match at either figure, in LanguageTool's form; offsets are units of UTF-16, in an annotated text of all that was sent.
#[test]
fn languagetool() {
    let folder = TempDir::new().unwrap();
    let server = Server::start(folder.path(), &["serve", "--listen", "127.0.0.1:0"]);
    let places = |answer: &Value| -> Vec<(u64, u64)> {
        let matches = answer["matches"].as_array().unwrap().iter();
        matches.map(|m| (m["offset"].as_u64().unwrap(), m["length"].as_u64().unwrap())).collect()
    };
    let (status, answer) = server.form(&format!("language=en-GB&text={}", encoded(WRONG)));
    assert_eq!((status, places(&answer)), (200, vec![(23, 9), (34, 4)]));
    assert_eq!(answer["language"]["code"], "en-GB");
    let one = &answer["matches"][1];
    assert_eq!(one["message"], "10 metres is 33ft, not 53ft; see “10 metres”");
    assert_eq!((&one["rule"]["issueType"], &one["rule"]["id"]), (&json!("other"), &json!("unit-conversion")));
    assert_eq!(one["replacements"], json!([{"value": "33ft"}]));
    assert_eq!((&one["sentence"], &one["context"]["offset"]), (&json!(WRONG), &json!(34)));
    let data = json!({"annotation": [
        {"markup": "<b>🚒</b>", "interpretAs": "\n\n"}, {"text": "The trench is 10 metres ("}, {"markup": "<i>"},
        {"text": "53ft"}, {"markup": "</i>"}, {"text": ") deep."},
    ]});
    // "<b>", two units and "</b>" are nine; the bracket is the 25th of its piece, and "<i>" three more.
    let (_, answer) = server.form(&format!("language=en-US&data={}", encoded(&data.to_string())));
    assert_eq!(places(&answer), [(9 + 14, 9), (9 + 25 + 3, 4)]);
    let (_, answer) = server.form(&format!("text={}", encoded("Nine men came.")));
    assert_eq!(answer["matches"], json!([]));
    assert_eq!(server.form("language=en-US").0, 400);
    assert_eq!(server.form("data=%7B").0, 400);
    assert_eq!(server.form("text=a%00b").0, 400);
    let (status, languages) = server.get("/v2/languages");
    assert!(status == 200 && languages.contains("\"longCode\":\"en-GB\""), "{languages}");
}

/// What `check --format json` prints, by the schema; a Word document comes in base64.
#[test]
fn own_door() {
    let folder = TempDir::new().unwrap();
    let server = Server::start(folder.path(), &["serve", "--listen", "127.0.0.1:0"]);
    let asked = json!({
        "documents": [{"name": "a.md", "text": "The ship sank with 30 passengers."}],
        "against": [{"name": "b.txt", "base64": "VGhlIHNoaXAgc2FuayB3aXRoIDUwIHBhc3NlbmdlcnMu"}],
    });
    let (status, body) = server.json("/v1/check", &asked);
    let report: Value = serde_json::from_str(&body).unwrap();
    assert_eq!((status, &report["findings"][0]["rule"]), (200, &json!("source-conflict")));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let schema = fs::read_to_string(root.join("docs/schema/findings.json")).unwrap();
    assert!(jsonschema::is_valid(&serde_json::from_str(&schema).unwrap(), &report), "{report}");
    for (body, expected) in [
        (json!({"documents": [{"name": "a.md"}]}), 400),
        (json!({"documents": [{"name": "a.json", "text": "{}"}]}), 400),
        (json!({"documents": [{"name": "a.docx", "base64": "AAAA"}]}), 400),
        (json!({"document": []}), 422),
    ] {
        let (status, said) = server.json("/v1/check", &body);
        assert!(status == expected && said.starts_with("{\"error\":\""), "{body}: {status} {said}");
    }
    let openapi: Value = serde_json::from_str(&server.get("/v1/openapi.json").1).unwrap();
    for path in ["/v1/check", "/v2/check", "/v2/languages"] {
        assert!(openapi["paths"][path].is_object(), "{path}");
    }
}

/// Foreign hosts, foreign pages, requests without the token and requests too large are turned away.
#[test]
fn turned_away() {
    let folder = TempDir::new().unwrap();
    let server = Server::start(folder.path(), &["serve", "--listen", "127.0.0.1:0"]);
    let own = format!("http://{}", server.host);
    let table = [
        (vec![], 200),
        (vec![("Host", "localhost")], 200),
        (vec![("Host", "evil.example")], 403),
        (vec![("Origin", "https://evil.example")], 403),
        (vec![("Origin", own.as_str())], 200),
    ];
    for (headers, status) in table {
        assert_eq!(server.ask("GET", "/v2/languages", &headers, "").0, status, "{headers:?}");
    }
    assert_eq!(server.form(&format!("text={}", "a".repeat(2 << 20))).0, 413);
    assert_eq!(server.get("/nowhere").0, 404);
    // With a token nobody comes in without it; an address that others reach is not opened without one.
    let mut process = command(folder.path(), &["serve", "--listen", "127.0.0.1:0"]);
    let process = process.env("CROSSFOOT_TOKEN", "abc").stdout(Stdio::piped()).spawn().unwrap();
    let mut server = Server { process, host: String::new(), token: "abc".to_owned() };
    let mut line = String::new();
    BufReader::new(server.process.stdout.take().unwrap()).read_line(&mut line).unwrap();
    server.host = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
    assert_eq!(server.get("/v2/languages").0, 200);
    assert_eq!(server.ask("GET", "/v2/languages", &[], "").0, 403);
    let refused = run(folder.path(), &["serve", "--listen", "0.0.0.0:0"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("CROSSFOOT_TOKEN must hold a token"));
}

/// Requests that were damaged at random bring no server down.
#[test]
fn damaged_requests() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.md"), WRONG).unwrap();
    let servers = [
        Server::start(folder.path(), &["serve", "--listen", "127.0.0.1:0"]),
        Server::start(folder.path(), &["review", "a.md"]),
    ];
    for server in &servers {
        let body = json!({"documents": [{"name": "a.md", "text": WRONG}], "rule": "x", "key": "y", "path": "a.md"});
        let body = format!("data={}&text={body}", encoded("{\"annotation\":[{\"text\":\"9 men\"}]}"));
        let head = |path: &str| {
            format!(
                "POST {path}?token={} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
                server.token,
                server.host,
                body.len()
            )
        };
        let paths = ["/v1/check", "/v2/check", "/decide", "/"];
        for seed in 1..=200_u64 {
            let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            let mut request = format!("{}{body}", head(paths[dice.roll(paths.len())])).into_bytes();
            for _ in 0..=dice.roll(8) {
                let at = dice.roll(request.len());
                request[at] = u8::try_from(dice.roll(256)).unwrap();
            }
            request.truncate(request.len() - dice.roll(40));
            let mut stream = TcpStream::connect(&server.host).unwrap();
            let _ = stream.write_all(&request);
            // Whether it is answered or waited on, whoever asked has gone.
            let _ = stream.shutdown(std::net::Shutdown::Both);
        }
    }
    assert_eq!(servers[0].get("/v2/languages").0, 200);
    assert_eq!(servers[1].get("/state").0, 200);
}

/// What the page shows of a conflict: the key that a decision names.
fn shown(page: &str, what: &str) -> String {
    page.split_once(&format!(" {what}=\"")).unwrap().1.split_once('"').unwrap().0.to_owned()
}

/// A decision is kept, shown, heeded by `check`, readable, and taken back; the page follows the draft.
#[test]
fn decisions() {
    let folder = TempDir::new().unwrap();
    let draft = folder.path().join("a.md");
    fs::write(&draft, WRONG).unwrap();
    let check = || run(folder.path(), &["check", "a.md"]);
    assert_eq!(check().status.code(), Some(1));
    let server = Server::start(folder.path(), &["review", "a.md"]);
    let page = || server.ask("GET", &format!("/?token={}", server.token), &[], "").1;
    let first = page();
    assert!(
        first.contains("10 metres is 33ft, not 53ft") && first.contains("connect-src 'self'")
            || first.contains("connect-src &#39;self&#39;")
    );
    let decide = |verdict: Value, reason: &str| {
        let body = json!({"rule": "unit-conversion", "key": shown(&first, "data-key"), "path": "a.md", "verdict": verdict, "reason": reason});
        server.json("/decide", &body)
    };
    let before = server.get("/state").1;
    assert_eq!(decide(json!("stands"), " ").0, 400, "a reason is asked for");
    assert_eq!(decide(json!("maybe"), "").0, 422);
    assert_eq!(decide(json!("stands"), "as the <mayor> said").0, 204);
    assert_ne!(server.get("/state").1, before);
    let settled = page();
    assert!(
        settled.contains("class=\"card error settled\"")
            && settled.contains("<strong>Stands</strong>: as the &#60;mayor&#62; said")
    );
    let kept = fs::read_to_string(folder.path().join("crossfoot.decisions.toml")).unwrap();
    assert!(
        kept.contains("[[decision]]\nverdict = \"stands\"\nreason = \"as the <mayor> said\"\npath = \"a.md\""),
        "{kept}"
    );
    assert_eq!(check().status.code(), Some(0));
    // To fix is to fix.
    assert_eq!(decide(json!("to-fix"), "").0, 204);
    assert_eq!(check().status.code(), Some(1));
    assert_eq!(decide(json!("both-stand"), "").0, 204);
    assert_eq!(check().status.code(), Some(0));
    // A figure changed: the decision was on another conflict, and is told of.
    fs::write(&draft, WRONG.replace("53ft", "63ft")).unwrap();
    let stale = check();
    assert_eq!(stale.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&stale.stderr).contains("crossfoot.decisions.toml: stale: unit-conversion in a.md")
    );
    let other = page();
    assert!(other.contains("not 63ft") && other.contains("aria-label=\"Fixed\""));
    assert_eq!(decide(json!("stands"), "late").0, 409);
    fs::write(&draft, WRONG.replace("53ft", "33ft")).unwrap();
    let fixed = page();
    assert!(fixed.contains("No conflicts") && fixed.matches("<li dir=\"auto\">10 metres is 33ft").count() == 2);
    fs::remove_file(&draft).unwrap();
    assert!(page().contains("aria-label=\"Not read\""));
    // Nobody else is let in.
    assert_eq!(server.ask("GET", "/", &[], "").0, 403);
    assert_eq!(server.ask("GET", &format!("/?token={}", server.token), &[("Host", "evil.example")], "").0, 403);
    let bearer = format!("Bearer {}", server.token);
    let foreign = [("Authorization", bearer.as_str()), ("Origin", "https://evil.example")];
    assert_eq!(server.ask("POST", "/decide", &foreign, "{}").0, 403);
}

/// Two tabs decide on two conflicts at once: both decisions are kept.
#[test]
fn two_tabs() {
    let folder = TempDir::new().unwrap();
    let names: Vec<String> = (0..8).map(|n| format!("{n}.md")).collect();
    for name in &names {
        fs::write(folder.path().join(name), WRONG.replace("Fire", name)).unwrap();
    }
    let mut arguments = vec!["review"];
    arguments.extend(names.iter().map(String::as_str));
    let server = Server::start(folder.path(), &arguments);
    let page = server.get("/").1;
    let cards: Vec<String> = page.split("<li class=\"card").skip(1).map(|card| shown(card, "data-key")).collect();
    assert_eq!(cards.len(), 8);
    std::thread::scope(|scope| {
        for (name, key) in names.iter().zip(&cards) {
            let server = &server;
            scope.spawn(move || {
                let body =
                    json!({"rule": "unit-conversion", "key": key, "path": name, "verdict": "stands", "reason": "so"});
                assert_eq!(server.json("/decide", &body).0, 204);
            });
        }
    });
    let kept = fs::read_to_string(folder.path().join("crossfoot.decisions.toml")).unwrap();
    assert_eq!(kept.matches("[[decision]]").count(), 8);
}

/// What the baseline and the decisions let be is let be here too, from the moment that they say so; the page shows only what
/// the baseline has not.
#[test]
fn let_be() {
    let folder = TempDir::new().unwrap();
    let file = |name: &str| folder.path().join(name);
    fs::write(file("crossfoot.toml"), "baseline = \"known.json\"\n").unwrap();
    fs::write(file("known.json"), "{\"schema_version\": \"1\", \"findings\": []}").unwrap();
    fs::write(file("a.md"), WRONG).unwrap();
    let server = Server::start(folder.path(), &["serve", "--listen", "127.0.0.1:0"]);
    let page = Server::start(folder.path(), &["review", "a.md"]);
    let asked = json!({"documents": [{"name": "a.md", "text": WRONG}]});
    let found = || {
        let own = server.json("/v1/check", &asked).1.matches("\"rule\"").count();
        let (_, matches) = server.form(&format!("text={}", encoded(WRONG)));
        let shown = page.get("/").1.matches("<li class=\"card").count();
        (own, matches["matches"].as_array().unwrap().len(), shown)
    };
    assert_eq!(found(), (1, 2, 1));
    assert_eq!(run(folder.path(), &["baseline", "write", "a.md"]).status.code(), Some(0));
    assert_eq!(found(), (0, 0, 0));
    fs::write(file("known.json"), "{").unwrap();
    let (status, said) = server.json("/v1/check", &asked);
    assert!(status == 500 && said.contains("known.json: no baseline: "), "{said}");
    assert!(page.get("/").1.contains("known.json: no baseline: "));
}

/// Whoever says nothing, or never comes to an end, is sent away, and keeps nobody else from asking.
#[test]
fn slow_requests() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.md"), WRONG).unwrap();
    for arguments in [&["serve", "--listen", "127.0.0.1:0"][..], &["review", "a.md"]] {
        let server = Server::start(folder.path(), arguments);
        let silent: Vec<TcpStream> = (0..100)
            .map(|_| {
                let mut stream = TcpStream::connect(&server.host).unwrap();
                stream.write_all(b"GET / HTTP/1.1\r\nHost: 127").unwrap();
                stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
                stream
            })
            .collect();
        assert_eq!(server.get("/nowhere").0, 404);
        for mut stream in silent {
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).unwrap();
        }
        assert_eq!(server.get("/nowhere").0, 404);
    }
}

/// A draft that is not there is told of before a page is served.
#[test]
fn review_of_nothing() {
    let folder = TempDir::new().unwrap();
    let refused = run(folder.path(), &["review", "none.md"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).starts_with("crossfoot: none.md: it cannot be read"));
}

/// What a draft and its name have in them steers nothing on the page, and a decision is on that draft all the same.
#[cfg(unix)]
#[test]
fn a_page_of_hostile_drafts() {
    let evil = "\u{1b}[2J\u{9b}\u{7f}\r\u{2028}\u{202e}\u{2066}\u{200f}";
    let name = format!("a{evil}\n::error file=forged::forged.md");
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join(&name), format!("{evil}{WRONG}{evil}\n::error file=forged::forged\n")).unwrap();
    fs::write(folder.path().join(format!("b{evil}.md")), b"12 \0").unwrap();
    let server = Server::start(folder.path(), &["review", &name, &format!("b{evil}.md")]);
    let page = || server.ask("GET", &format!("/?token={}", server.token), &[], "").1;
    let first = page();
    steering::steers_nothing(&first, &[], "the page");
    assert!(first.contains("not 53ft") && first.contains("aria-label=\"Not read\""), "{first}");
    let decision = json!({
        "rule": "unit-conversion", "key": shown(&first, "data-key"), "path": shown(&first, "data-path"),
        "verdict": "stands", "reason": format!("as{evil} said")
    });
    let (status, told) = server.json("/decide", &decision);
    assert_eq!((status, told.as_str()), (204, ""));
    let settled = page();
    steering::steers_nothing(&settled, &[], "the page");
    assert!(settled.contains("settled"), "{settled}");
}
