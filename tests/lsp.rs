//! The language server as an editor sees it: JSON-RPC over standard input and output.

#![cfg(all(feature = "cli", feature = "lsp"))]
#![allow(clippy::panic, clippy::expect_used, clippy::unwrap_used)] // A test may.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

const URI: &str = "file:///nowhere/draft.md";

/// An editor with the server at its side.
struct Editor {
    server: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    asked: i64,
    version: i64,
}

impl Editor {
    fn new(root: Option<&Path>) -> Self {
        let mut editor = Self::start();
        let capabilities = json!({"window": {"showDocument": {"support": true}}});
        let root = root.map(|path| format!("file://{}", path.display()));
        let about =
            editor.ask("initialize", &json!({"processId": null, "rootUri": root, "capabilities": capabilities}));
        assert_eq!(about["result"]["serverInfo"]["name"], "crossfoot", "{about}");
        editor.tell("initialized", &json!({}));
        editor
    }

    fn start() -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_crossfoot"));
        let folder = std::env::temp_dir();
        command.arg("lsp").current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut server = command.spawn().unwrap();
        let (to, from) = (server.stdin.take().unwrap(), BufReader::new(server.stdout.take().unwrap()));
        Self { server, to, from, asked: 0, version: 0 }
    }

    fn write(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.to, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        self.to.flush().unwrap();
    }

    fn read(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.from.read_line(&mut line).unwrap() > 0, "the server has gone");
            if line.trim().is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("Content-Length: ") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        self.from.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    fn tell(&mut self, method: &str, params: &Value) {
        self.write(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// The response to a request; what comes before it is let be.
    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.asked += 1;
        self.write(&json!({"jsonrpc": "2.0", "id": self.asked, "method": method, "params": params}));
        loop {
            let message = self.read();
            if message["id"] == self.asked && message.get("method").is_none() {
                return message;
            }
        }
    }

    fn open(&mut self, uri: &str, language: &str, text: &str) {
        self.version += 1;
        let item = json!({"uri": uri, "languageId": language, "version": self.version, "text": text});
        self.tell("textDocument/didOpen", &json!({"textDocument": item}));
    }

    fn change(&mut self, changes: &Value) {
        self.version += 1;
        let document = json!({"uri": URI, "version": self.version});
        self.tell("textDocument/didChange", &json!({"textDocument": document, "contentChanges": changes}));
    }

    /// The next diagnostics that are sent.
    fn diagnostics(&mut self) -> Value {
        loop {
            let message = self.read();
            if message["method"] == "textDocument/publishDiagnostics" {
                return message["params"].clone();
            }
        }
    }

    fn actions(&mut self, range: &Value) -> Vec<Value> {
        let context = json!({"diagnostics": []});
        let asked = json!({"textDocument": {"uri": URI}, "range": range, "context": context});
        self.ask("textDocument/codeAction", &asked)["result"].as_array().unwrap().clone()
    }

    fn end(mut self) {
        self.ask("shutdown", &Value::Null);
        self.tell("exit", &Value::Null);
        assert_eq!(self.server.wait().unwrap().code(), Some(0));
    }
}

fn range(line: u64, from: u64, to: u64) -> Value {
    json!({"start": {"line": line, "character": from}, "end": {"line": line, "character": to}})
}

/// The fire engine is two units of UTF-16: "10 metres" begins at unit 18 and "53ft" at 29. 10 metres is 32.8 feet.
#[test]
fn both_places() {
    let mut editor = Editor::new(None);
    editor.open(URI, "markdown", "# Fire\n\n🚒 The trench is 10 metres (53ft) deep.\n");
    let shown = editor.diagnostics();
    assert_eq!((&shown["uri"], &shown["version"]), (&json!(URI), &json!(1)));
    let both = shown["diagnostics"].as_array().unwrap();
    let places: Vec<&Value> = both.iter().map(|d| &d["range"]).collect();
    assert_eq!(places, [&range(2, 17, 26), &range(2, 28, 32)]);
    for (one, other) in [(0, 1), (1, 0)] {
        assert_eq!(both[one]["message"], "10 metres is 33ft, not 53ft");
        assert_eq!((&both[one]["code"], &both[one]["severity"]), (&json!("unit-conversion"), &json!(1)));
        let related = &both[one]["relatedInformation"];
        assert_eq!((related.as_array().unwrap().len(), &related[0]["location"]["uri"]), (1, &json!(URI)));
        assert_eq!(&related[0]["location"]["range"], places[other]);
    }
    // What is hovered over is the figure as it is read.
    let hover = editor
        .ask("textDocument/hover", &json!({"textDocument": {"uri": URI}, "position": {"line": 2, "character": 20}}));
    let told = hover["result"]["contents"]["value"].as_str().unwrap();
    assert!(
        told.starts_with("10 metres: ") && told.contains("unit: metre") && told.contains("says: the article"),
        "{told}"
    );
    assert_eq!(hover["result"]["range"], range(2, 17, 26));
    let nothing = editor
        .ask("textDocument/hover", &json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 3}}));
    assert_eq!(nothing["result"], Value::Null);
    let symbols = editor.ask("textDocument/documentSymbol", &json!({"textDocument": {"uri": URI}}));
    let names: Vec<&str> = symbols["result"].as_array().unwrap().iter().map(|s| s["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["10 metres", "53ft"]);
    editor.end();
}

/// The text is changed in parts; the right value put in ends the finding, and so does a comment.
#[test]
fn edits_and_fixes() {
    let mut editor = Editor::new(None);
    editor.open(URI, "markdown", "The trench is 10 metres (33ft) deep.\n");
    assert_eq!(editor.diagnostics()["diagnostics"], json!([]));
    editor.change(&json!([{"range": range(0, 25, 25), "text": "about "}, {"range": range(0, 31, 33), "text": "53"}]));
    assert_eq!(editor.diagnostics()["diagnostics"].as_array().unwrap().len(), 2);
    let actions = editor.actions(&range(0, 20, 20));
    let titles: Vec<&str> = actions.iter().map(|a| a["title"].as_str().unwrap()).collect();
    let expected = [
        "Change \"about 53ft\" to \"about 33ft\"",
        "Let it be: quieten unit-conversion in this sentence",
        "Go to \"about 53ft\" in line 1",
    ];
    assert_eq!(titles, expected);
    let edit = &actions[0]["edit"]["documentChanges"][0];
    assert_eq!(edit["textDocument"], json!({"uri": URI, "version": 2}));
    assert_eq!(edit["edits"], json!([{"range": range(0, 25, 35), "newText": "about 33ft"}]));
    let quiet = &actions[1]["edit"]["documentChanges"][0]["edits"];
    assert_eq!(quiet, &json!([{"range": range(0, 0, 0), "newText": "<!-- crossfoot: ignore unit-conversion -->\n"}]));
    // The place is shown by the editor, which is asked to.
    let command = &actions[2]["command"];
    editor.ask_and_show(command);
    editor.change(&json!([{"range": quiet[0]["range"], "text": quiet[0]["newText"]}]));
    assert_eq!(editor.diagnostics()["diagnostics"], json!([]));
    editor.change(&json!([{"text": "The trench is 10 metres (53ft) deep."}]));
    assert_eq!(editor.diagnostics()["diagnostics"].as_array().unwrap().len(), 2);
    assert!(editor.actions(&range(0, 0, 5)).is_empty());
    editor.tell("textDocument/didClose", &json!({"textDocument": {"uri": URI}}));
    assert_eq!(editor.diagnostics()["diagnostics"], json!([]));
    editor.end();
}

impl Editor {
    fn ask_and_show(&mut self, command: &Value) {
        self.asked += 1;
        let params = json!({"command": command["command"], "arguments": command["arguments"]});
        self.write(
            &json!({"jsonrpc": "2.0", "id": self.asked, "method": "workspace/executeCommand", "params": params}),
        );
        let shown = self.read();
        assert_eq!(shown["method"], "window/showDocument", "{shown}");
        assert_eq!((&shown["params"]["uri"], &shown["params"]["selection"]), (&json!(URI), &range(0, 25, 35)));
        self.write(&json!({"jsonrpc": "2.0", "id": shown["id"], "result": {"success": true}}));
        assert_eq!(self.read()["id"], self.asked);
    }
}

/// The configuration of the folder that is open holds, and a broken one is said.
#[test]
fn configuration() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("crossfoot.toml"), "[severity]\nunit-conversion = \"warning\"\n").unwrap();
    let mut editor = Editor::new(Some(folder.path()));
    editor.open("untitled:Untitled-1", "html", "<p>The trench is 10 metres (53ft) deep.</p>");
    let shown = editor.diagnostics();
    assert_eq!(shown["diagnostics"][0]["severity"], 2, "{shown}");
    assert_eq!(shown["diagnostics"][1]["range"], range(0, 28, 32));
    editor.end();
    std::fs::write(folder.path().join("crossfoot.toml"), "sverity = 1\n").unwrap();
    let mut editor = Editor::start();
    let root = format!("file://{}", folder.path().display());
    let refused = editor.ask("initialize", &json!({"processId": null, "rootUri": root, "capabilities": {}}));
    assert!(refused["error"]["message"].as_str().unwrap().contains("there is no key \"sverity\""), "{refused}");
    assert_eq!(editor.server.wait().unwrap().code(), Some(2));
}

/// What the baseline and the decisions let be is not shown, from the moment that they say so.
#[test]
fn let_be() {
    let folder = TempDir::new().unwrap();
    let file = |name: &str| folder.path().join(name);
    std::fs::write(file("a.md"), "The trench is 10 metres (53ft) deep.\n").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossfoot"));
    let written = command.current_dir(folder.path()).args(["baseline", "write", "a.md"]).output().unwrap();
    assert_eq!(written.status.code(), Some(0));
    std::fs::write(file("crossfoot.toml"), "baseline = \"crossfoot-baseline.json\"\n").unwrap();
    let mut editor = Editor::new(Some(folder.path()));
    let uri = format!("file://{}", file("a.md").display());
    editor.open(&uri, "markdown", "The trench is 10 metres (53ft) deep.\n");
    assert_eq!(editor.diagnostics()["diagnostics"], json!([]));
    // The same in another file is new.
    let other = format!("file://{}", file("b.md").display());
    editor.open(&other, "markdown", "The trench is 10 metres (53ft) deep.\n");
    assert_eq!(editor.diagnostics()["diagnostics"].as_array().unwrap().len(), 2);
    // The baseline is emptied, and what it had is shown though nobody types.
    std::fs::write(file("crossfoot-baseline.json"), "{\"schema_version\": \"1\", \"findings\": []}").unwrap();
    let shown = [editor.diagnostics(), editor.diagnostics()];
    let of_first = shown.iter().find(|shown| shown["uri"] == json!(uri)).unwrap();
    assert_eq!(of_first["diagnostics"].as_array().unwrap().len(), 2, "{shown:?}");
    // A broken one is said, and changes nothing.
    std::fs::write(file("crossfoot-baseline.json"), "{").unwrap();
    let said = editor.read();
    assert_eq!(said["method"], "window/showMessage", "{said}");
    assert!(said["params"]["message"].as_str().unwrap().contains("no baseline: "), "{said}");
    editor.end();
}

/// What is no question it knows, or has no sense, is answered with an error, and the server goes on.
#[test]
fn nonsense() {
    let mut editor = Editor::new(None);
    editor.open(URI, "markdown", "Nul\0byte. The trench is 10 metres (53ft) deep.");
    let shown = editor.diagnostics();
    assert!(shown["diagnostics"][0]["message"].as_str().unwrap().contains("NUL byte"), "{shown}");
    assert_eq!(editor.ask("textDocument/rename", &json!({}))["error"]["code"], -32601);
    assert_eq!(editor.ask("textDocument/hover", &json!({"position": 3}))["error"]["code"], -32602);
    editor.tell("textDocument/didChange", &json!({"textDocument": 5}));
    editor.tell("workspace/didChangeConfiguration", &json!({}));
    let far =
        json!([{"range": {"start": {"line": 90, "character": 7}, "end": {"line": 1, "character": 0}}, "text": "!"}]);
    editor.change(&far);
    assert_eq!(editor.diagnostics()["version"], 2);
    let absent = editor.ask("textDocument/documentSymbol", &json!({"textDocument": {"uri": "file:///none.md"}}));
    assert_eq!(absent["result"], Value::Null);
    assert_eq!(
        editor.ask("workspace/executeCommand", &json!({"command": "x", "arguments": [1]}))["result"],
        Value::Null
    );
    editor.end();
}

/// 200 keystrokes in a draft of 2,000 words: the diagnostics come within 50 ms of most. A busy machine is given more for
/// the slowest.
#[test]
fn latency() {
    // A draft of 2,000 words: the stories of the fixtures, one after another.
    let mut paths: Vec<_> = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"))
        .unwrap()
        .flat_map(|story| std::fs::read_dir(story.unwrap().path()).unwrap())
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .collect();
    paths.sort();
    let mut text = String::new();
    for path in paths.iter().cycle() {
        if text.split_whitespace().count() > 2000 {
            break;
        }
        text += &std::fs::read_to_string(path).unwrap();
        text += "\n\n";
    }
    let lines: Vec<u64> =
        text.lines().enumerate().filter(|(_, line)| line.len() > 40).map(|(at, _)| at as u64).collect();
    let mut editor = Editor::new(None);
    editor.open(URI, "markdown", &text);
    editor.diagnostics();
    let mut times: Vec<Duration> = Vec::new();
    for key in 0..200_u64 {
        let at = range(lines[key as usize % lines.len()], 3, 3);
        let start = Instant::now();
        editor.change(&json!([{"range": at, "text": "x"}]));
        editor.diagnostics();
        times.push(start.elapsed());
    }
    times.sort();
    println!("median {:?}, 95% {:?}, slowest {:?}", times[100], times[190], times[199]);
    // A build with little optimisation is given six times as long, so that what grows is seen there too.
    let most = Duration::from_millis(if cfg!(debug_assertions) { 300 } else { 50 });
    assert!(times[100] < most, "median {:?}", times[100]);
    editor.end();
}
