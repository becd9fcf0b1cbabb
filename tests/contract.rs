//! The JSON that other programs read: exactly these keys, and what stands behind them.

#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::expect_used, clippy::unwrap_used)] // A test may.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

fn run(folder: &Path, arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_crossfoot")).current_dir(folder).args(arguments).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}"))
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn set<'a>(keys: &[&'a str]) -> BTreeSet<&'a str> {
    keys.iter().copied().collect()
}

/// `check` and `compare`. A `note` stands only where there is one.
#[test]
fn findings() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.md"), "The park covers 40 sq km (25 sq miles) of marsh.\n").unwrap();
    fs::write(folder.path().join("b.md"), "The park covers 40 sq km (15 sq miles) of marsh.\n").unwrap();
    let runs = [
        run(folder.path(), &["check", "--format", "json", "a.md", "b.md"]),
        run(folder.path(), &["check", "--format", "json", "a.md", "--against", "b.md"]),
        run(folder.path(), &["compare", "--format", "json", "a.md", "b.md"]),
        run(root, &["check", "--format", "json", "fixtures"]),
        run(root, &["compare", "--format", "json", "fixtures/mudflow"]),
    ];
    for result in &runs {
        let mut found = keys(result);
        // Only of a check against sources.
        found.remove("against");
        assert_eq!(found, set(&["schema_version", "findings", "summary"]));
        assert_eq!(result["schema_version"], "1");
        assert_eq!(keys(&result["summary"]), set(&["documents", "claims", "errors", "warnings", "infos"]));
        for finding in result["findings"].as_array().unwrap() {
            let mut found = keys(finding);
            found.remove("note");
            found.remove("fix");
            assert_eq!(found, set(&["rule", "severity", "message", "spans", "fingerprint"]));
            assert!(["error", "warning", "info"].contains(&finding["severity"].as_str().unwrap()));
            let spans = finding["spans"].as_array().unwrap();
            assert!(!spans.is_empty());
            for span in spans {
                assert_eq!(keys(span), set(&["path", "start", "end", "line", "column", "text"]));
            }
        }
    }
    let finding = &runs[0]["findings"][0];
    assert_eq!(finding["rule"], "unit-conversion");
    assert_eq!(
        finding["spans"],
        json!([
            {"path": "a.md", "start": 16, "end": 24, "line": 1, "column": 17, "text": "40 sq km"},
            {"path": "a.md", "start": 26, "end": 37, "line": 1, "column": 27, "text": "25 sq miles"},
        ])
    );
    assert_eq!(runs[0]["summary"], json!({"documents": 2, "claims": 4, "errors": 1, "warnings": 0, "infos": 0}));
    assert_eq!(finding["fingerprint"].as_str().unwrap().len(), 16);
    // The same words elsewhere are the same finding.
    fs::write(folder.path().join("a.md"), "It rained.\n\nThe park covers 40 sq km (25 sq miles) of marsh.\n").unwrap();
    let moved = run(folder.path(), &["check", "--format", "json", "a.md"]);
    assert_eq!(moved["findings"][0]["fingerprint"], finding["fingerprint"]);
}

/// `extract`.
#[test]
fn claims() {
    let folder = tempfile::tempdir().unwrap();
    let text = "Ruf:\n\nThe reserve has grown by more than 150 sq km, to 1.2m hectares.\n\n\
                Dozens of boats, 339 nets and a third of the pier were lost in 2019.\n";
    fs::write(folder.path().join("draft.md"), text).unwrap();
    let result = run(folder.path(), &["extract", "--format", "json", "draft.md"]);
    assert_eq!(keys(&result), set(&["schema_version", "documents"]));
    assert_eq!(result["schema_version"], "1");
    let document = &result["documents"][0];
    assert_eq!(keys(document), set(&["path", "claims"]));
    assert_eq!(document["path"], "draft.md");
    let claims = document["claims"].as_array().unwrap();
    for claim in claims {
        assert_eq!(
            keys(claim),
            set(&[
                "start", "end", "line", "column", "text", "quantity", "noun", "subject", "verb", "relation", "source",
                "times", "places", "sure", "sentence"
            ])
        );
        assert_eq!(keys(&claim["sure"]), set(&["noun", "verb", "source"]));
        let mut found = keys(&claim["quantity"]);
        assert_eq!(found.remove("unit_name"), !claim["quantity"]["unit"].is_null(), "{claim}");
        assert_eq!(found, set(&["kind", "numbers", "low", "high", "bound", "unit"]), "{claim}");
        let place = |key: &str| usize::try_from(claim[key].as_u64().unwrap()).unwrap();
        assert_eq!(claim["text"], text[place("start")..place("end")]);
    }
    let quantity = |words: &str| {
        let claim = claims.iter().find(|c| c["text"].as_str().unwrap().contains(words));
        &claim.unwrap_or_else(|| panic!("{words} is not extracted: {claims:?}"))["quantity"]
    };
    let table = [
        (
            "150 sq km",
            json!({"kind": "area", "numbers": [150], "low": 150, "high": null, "bound": "more_than",
                   "unit": "km2", "unit_name": "square kilometre"}),
        ),
        ("339", json!({"kind": "count", "numbers": [339], "low": 339, "high": 339, "bound": "exact", "unit": null})),
    ];
    for (words, expected) in table {
        assert_eq!(quantity(words), &expected, "{words}");
    }
    assert_eq!(quantity("1.2m hectares")["numbers"], json!([1_200_000]));
    assert_eq!(quantity("Dozens")["numbers"], json!([]));
    assert_eq!(quantity("Dozens")["bound"], "vague");
    assert_eq!(quantity("a third")["kind"], "ratio");
    assert_eq!(quantity("2019")["kind"], "date");
    let nets = claims.iter().find(|c| c["text"] == "339 nets" || c["text"] == "339").unwrap();
    assert_eq!(nets["noun"], "net");
}
