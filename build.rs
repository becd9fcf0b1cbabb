//! Finds the rules and the language packs, so that adding one is adding its files and nothing else.
//!
//! - `rules/en/*.toml` become [`crossfoot::pack::FILES`], as they are and as JSON, which is read far faster.
//! - each `src/rule/{passage,article,sources}/NAME.rs` with its `rules/checks/NAME.toml` becomes an entry of the
//!   registry of that scope, with the names of the tolerances it asks for where it has a constant `TOLERANCES`; one file
//!   without the other stops the build with a line that names the missing one.
//! - each file in `src/document/format` and `src/report/format` becomes an entry of the table of formats, if the feature is on
//!   that it asks for at its head.

// A path in debug form is a string literal of Rust.
#![allow(clippy::unnecessary_debug_formatting)]

#[allow(dead_code)] // What the program reads is for the program.
#[path = "src/text/layout.rs"]
mod layout;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

/// The keys of a rule's file that only its tests and its page read.
const EXAMPLES: [&str; 2] = ["fail", "pass"];

/// The three scopes a rule may have: the folder below `src/rule/`, and the type its function is given.
const SCOPES: [&str; 3] = ["passage", "article", "sources"];

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=src/text/layout.rs");
    println!("cargo::rerun-if-changed=src/rule");
    println!("cargo::rerun-if-changed=src/document/format");
    println!("cargo::rerun-if-changed=src/report/format");

    let mut packs = String::from(
        "/// The files of the built-in English pack, by name.\npub static FILES: &[(&str, Embedded)] = &[\n",
    );
    for path in files(&root.join("rules/en"), "toml") {
        let _ = writeln!(packs, "    ({:?}, {}),", stem(&path), embedded(&path, "Embedded", &[]));
    }
    packs.push_str("];\n");
    write(&out.join("packs.rs"), &packs);

    lay_out(&root.join("rules/en/english.model"), &out.join("english.model"));

    let mut seen = Vec::new();
    for scope in SCOPES {
        let mut modules = String::new();
        let mut table = format!(
            "/// The rules of scope `{scope}`, by name.\npub static RULES: &[super::Entry<super::{}>] = &[\n",
            type_of(scope)
        );
        for path in files(&root.join("src/rule").join(scope), "rs") {
            let module = stem(&path);
            if module == "mod" {
                continue;
            }
            let name = module.replace('_', "-");
            let definition = root.join("rules/checks").join(format!("{name}.toml"));
            if !definition.is_file() {
                stop(&format!("{} has no {}", path.display(), definition.display()));
            }
            let _ = writeln!(modules, "#[path = {path:?}]\npub mod {module};");
            let code = fs::read_to_string(&path).unwrap_or_default();
            let asks = code.lines().any(|line| line.starts_with("pub const TOLERANCES:"));
            let tolerances = if asks { format!("{module}::TOLERANCES") } else { "&[]".to_owned() };
            let _ = writeln!(
                table,
                "    super::Entry {{ name: {name:?}, definition: {}, tolerances: {tolerances}, check: {module}::check }},",
                embedded(&definition, "crate::pack::Embedded", &EXAMPLES)
            );
            seen.push(name);
        }
        table.push_str("];\n");
        write(&out.join(format!("{scope}_rules.rs")), format!("{modules}\n{table}"));
    }
    let (read, written) = (root.join("src/document/format"), root.join("src/report/format"));
    write(&out.join("document_formats.rs"), formats(&read, "The document formats, by name.") + &left_out(&read));
    write(&out.join("report_formats.rs"), formats(&written, "The report formats, by name."));

    for path in files(&root.join("rules/checks"), "toml") {
        if !seen.contains(&stem(&path)) {
            stop(&format!("{} has no file in src/rule/", path.display()));
        }
    }
}

/// The modules of a folder of formats and the table of their `FORMAT`s.
fn formats(folder: &Path, what: &str) -> String {
    let mut modules = String::new();
    let mut table = format!("/// {what}\npub static FORMATS: &[super::Format] = &[\n");
    for path in files(folder, "rs") {
        let module = stem(&path);
        let _ = writeln!(modules, "#[path = {path:?}]\nmod {module};");
        if let Some(feature) = feature(&fs::read_to_string(&path).unwrap_or_default()) {
            let _ = writeln!(table, "    #[cfg(feature = {feature:?})]");
        }
        let _ = writeln!(table, "    {module}::FORMAT,");
    }
    format!("{modules}\n{table}];\n")
}

/// The feature that a format's file asks for at its head, where it asks for any.
fn feature(code: &str) -> Option<&str> {
    code.lines().find_map(|line| line.strip_prefix("#![cfg(feature = \"")?.strip_suffix("\")]"))
}

/// The table of the document formats whose features are off: a file of such a format must not be read as plain text.
fn left_out(folder: &Path) -> String {
    let mut table = String::from(
        "\n/// The document formats that are left out.\npub(super) static LEFT_OUT: &[super::LeftOut] = &[\n",
    );
    for path in files(folder, "rs") {
        let code = fs::read_to_string(&path).unwrap_or_default();
        let Some(feature) = feature(&code) else { continue };
        let list = |field: &str| {
            let (_, behind) = code.split_once(&format!("{field}: &["))?;
            Some(behind.split_once(']')?.0)
        };
        let (Some(extensions), Some(shared)) = (list("extensions"), list("shared")) else {
            stop(&format!("{}: the FORMAT does not list its extensions", path.display()))
        };
        let _ = writeln!(
            table,
            "    #[cfg(not(feature = {feature:?}))]\n    super::LeftOut {{ name: {:?}, feature: {feature:?}, \
             extensions: &[&[{extensions}], &[{shared}]] }},",
            stem(&path)
        );
    }
    table + "];\n"
}

/// A TOML file as an expression of the type `Embedded`, without some of its keys in JSON.
fn embedded(path: &Path, type_name: &str, without: &[&str]) -> String {
    let text = fs::read_to_string(path).unwrap_or_else(|error| stop(&format!("{}: {error}", path.display())));
    let mut table: toml::Table = toml::from_str(&text).unwrap_or_else(|error| {
        let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        stop(&format!("{}:{line}: {}", path.display(), error.message()))
    });
    table.retain(|key, _| !without.contains(&key));
    let json = serde_json::to_string(&table).unwrap_or_else(|error| stop(&format!("{}: {error}", path.display())));
    format!("{type_name} {{ toml: include_str!({path:?}), json: {json:?} }}")
}

/// Expands the compressed weights of the tagger and parser, checks them against the sum they carry, and lays them out as
/// the program looks them up.
fn lay_out(compressed: &Path, laid_out: &Path) {
    let bytes = match fs::read(compressed) {
        Ok(bytes) => bytes,
        // Without a model only `crossfoot-train` can run, which makes it.
        Err(_) if env::var_os("CARGO_FEATURE_TRAIN").is_some() => return write(laid_out, b""),
        Err(error) => stop(&format!("{}: {error}", compressed.display())),
    };
    match miniz_oxide::inflate::decompress_to_vec_zlib(&bytes) {
        Ok(model) => match layout::lay_out(&model) {
            Ok(model) => write(laid_out, &model),
            Err(damaged) => stop(&format!("{}: {damaged}: damaged", compressed.display())),
        },
        Err(error) => stop(&format!("{}: {error}", compressed.display())),
    }
}

fn type_of(scope: &str) -> &'static str {
    match scope {
        "passage" => "PassageCheck",
        "article" => "ArticleCheck",
        _ => "SourcesCheck",
    }
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .map(|entries| {
            entries
                .filter_map(|e| Some(e.ok()?.path()))
                .filter(|p| p.extension().is_some_and(|e| e == extension))
                .collect()
        })
        .unwrap_or_default();
    found.sort();
    found
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default()
}

fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    if let Err(error) = fs::write(path, bytes) {
        stop(&format!("{}: {error}", path.display()));
    }
}

fn stop(message: &str) -> ! {
    println!("cargo::error={message}");
    process::exit(1)
}
