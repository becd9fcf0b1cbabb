//! The program as its tests run it, and what they hand it.

#![allow(dead_code)] // Each test uses its part of this.
#![allow(clippy::panic, clippy::expect_used, clippy::unwrap_used)] // A test may.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// 40 sq km is 15.4 sq miles.
pub const WRONG: &str = "The new nature park covers 40 sq km (25 sq miles) of marsh.";

/// The repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What the program prints in a folder.
pub fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossfoot"));
    command
        .current_dir(folder)
        .args(arguments)
        .env_remove("NO_COLOR")
        .env_remove("CROSSFOOT_TOKEN")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// The same, the arguments in one line.
pub fn words(folder: &Path, arguments: &str) -> Output {
    run(folder, &arguments.split_whitespace().collect::<Vec<_>>())
}

/// What it printed.
pub fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

/// What it complained of.
pub fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// What it printed, as JSON.
pub fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", out(output), err(output)))
}

/// A folder with files in it.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// A schema of the repository.
pub fn schema(name: &str) -> jsonschema::Validator {
    let text = fs::read_to_string(root().join(name)).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()
}

/// Fails where a value does not keep to a schema.
pub fn valid(schema: &jsonschema::Validator, value: &Value, what: &str) {
    let errors: Vec<String> = schema.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{what}: {errors:#?}");
}

/// A draft of a Word document whose parts are made here.
pub fn word(body: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let document = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    for (name, bytes) in [("word/document.xml", document.as_bytes())].iter().chain(more) {
        archive.start_file(*name, stored).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// Numbers that are the same on every run.
pub struct Dice(pub u64);

impl Dice {
    /// A number below another.
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below.max(1) as u64).unwrap()
    }
}

/// The rules and lines of a report's findings.
pub fn found(report: &Value) -> String {
    let findings = report["findings"].as_array().unwrap().iter();
    let places = findings.map(|f| format!("{}@{}", f["rule"].as_str().unwrap(), f["spans"][0]["line"]));
    places.collect::<Vec<_>>().join(" ")
}

/// Every command that prints in a format, with the format's name.
pub fn printing() -> Vec<(&'static str, &'static str)> {
    let of = |format: &'static crossfoot::report::Format| {
        [
            ("check", format.findings.is_some()),
            ("compare", format.findings.is_some()),
            ("extract", format.claims.is_some()),
            ("figures", format.figures.is_some()),
        ]
        .into_iter()
        .filter_map(move |(command, written)| written.then_some((command, format.name)))
    };
    crossfoot::report::formats().iter().flat_map(of).collect()
}

/// The files of one story.
pub fn stories() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("tests/files")).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|e| e != "py")).collect();
    files.sort();
    assert!(files.len() >= 14, "{files:?}");
    files
}
