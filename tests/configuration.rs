//! What a newsroom sets up: `crossfoot.toml`, house packs, shells; and the pages that the rules make.

#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::expect_used, clippy::unwrap_used)] // A test may.

mod program;

use std::fs;

use crossfoot::rule::definition::registry;
use crossfoot::rule::page::page;
use program::{WRONG, err, folder, json, out, root, run, words};

/// What `crossfoot.toml` says, and what is wrong with it.
#[test]
fn configuration() {
    let table = [
        ("", 1, "unit-conversion", ""),
        ("fail-on = \"never\"", 0, "unit-conversion", ""),
        ("[severity]\nunit-conversion = \"off\"", 0, "", ""),
        ("[severity]\nunit-conversion = \"warning\"", 0, "unit-conversion", ""),
        ("show = \"error\"\n[severity]\nunit-conversion = \"warning\"", 0, "", ""),
        ("fail_on = \"never\"", 2, "", "line 1: there is no key \"fail_on\"; did you mean \"fail-on\"?"),
        (
            "\n\nfail-on = \"none\"",
            2,
            "",
            "line 3: unknown variant `none`, expected one of `error`, `warning`, `info`, `never`",
        ),
        ("paths = 3", 2, "", "line 1: invalid type: integer `3`, expected a sequence"),
        (
            "[severity]\nunit-conversions = \"off\"",
            2,
            "",
            "severity: no rule is called \"unit-conversions\"; did you mean \"unit-conversion\"?",
        ),
        ("paths = [", 2, "", "line 1: "),
    ];
    for (config, status, rules, complaint) in table {
        let folder = folder(&[("crossfoot.toml", config), ("a.md", WRONG)]);
        fs::create_dir_all(folder.path().join("deep/er")).unwrap();
        // It is found from a folder below, too.
        for (from, path) in [(folder.path().to_path_buf(), "a.md"), (folder.path().join("deep/er"), "../../a.md")] {
            let output = run(&from, &["check", "--format", "jsonl", path]);
            assert_eq!(output.status.code(), Some(status), "{config}: {}", err(&output));
            assert_eq!(out(&output).contains("unit-conversion"), !rules.is_empty(), "{config}");
            assert!(
                err(&output).contains(complaint) && err(&output).is_empty() == complaint.is_empty(),
                "{}",
                err(&output)
            );
            assert!(err(&output).lines().count() <= 1, "{}", err(&output));
        }
        assert_eq!(words(folder.path(), "check --no-config a.md").status.code(), Some(1));
    }
    // `init` writes a file that reads, and never over another.
    let folder = folder(&[("a.md", WRONG)]);
    assert_eq!(out(&words(folder.path(), "init")), "crossfoot.toml is written\n");
    let again = words(folder.path(), "init");
    assert_eq!(again.status.code(), Some(2));
    assert!(err(&again).starts_with("crossfoot: crossfoot.toml is there already, and is not written over"));
    assert_eq!(words(folder.path(), "check").status.code(), Some(1));
}

/// A pack with a unit, a word, a level and a rule of each kind; what each rule finds was worked out by hand.
#[test]
fn house_pack() {
    let output =
        words(root(), "check --format json --config fixtures/house-pack/crossfoot.toml fixtures/house-pack/draft.md");
    let report = json(&output);
    let found: Vec<(&str, &str, &str)> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| {
            (f["rule"].as_str().unwrap(), f["severity"].as_str().unwrap(), f["spans"][0]["text"].as_str().unwrap())
        })
        .collect();
    assert_eq!(
        found,
        [
            ("car-speed", "warning", "450 km/h"),
            ("casualties-sourced", "error", "three"),
            ("acres-converted", "warning", "120 acres"),
            ("skerry-light", "warning", "178"),
        ]
    );
    assert_eq!(output.status.code(), Some(1));
    let claims = json(&words(
        root(),
        "extract --format json --config fixtures/house-pack/crossfoot.toml fixtures/house-pack/draft.md",
    ));
    assert!(claims.to_string().contains("\"unit_name\":\"cran\""));
}

#[test]
fn mistakes_in_house_packs() {
    let table = [
        (
            "[[rule]]\nname = \"a\"\nkind = \"bonds\"\nsummary = \"s\"",
            "rule \"a\": kind: there is no kind \"bonds\"; the kinds are bounds,",
        ),
        (
            "[[rule]]\nname = \"a\"\nkind = \"bounds\"\nsummary = \"s\"\nhigh = 3\nnoun = [\"x\"]",
            "rule \"a\": there is no key \"noun\"; did you mean \"nouns\"?",
        ),
        (
            "[[rule]]\nname = \"a\"\nkind = \"bounds\"\nsummary = \"s\"\nunit = \"km\"",
            "rule \"a\": low or high must be given",
        ),
        (
            "[[rule]]\nname = \"a\"\nkind = \"bounds\"\nsummary = \"s\"\nunit = \"furl\"\nlow = 1",
            "rule \"a\": there is no unit with the code \"furl\"",
        ),
        (
            "[[rule]]\nname = \"age\"\nkind = \"require-source\"\nsummary = \"s\"\nnouns = [\"x\"]",
            "rule \"age\": there is a rule of that name already",
        ),
        ("[unit]\na = 1", "there is no table \"unit\"; did you mean \"units\"?"),
        ("[classes]\nthings = 1", "added to rules/en/classes.toml: unknown field `things`"),
        ("[severity]\nages = \"off\"", "severity: no rule is called \"ages\"; did you mean \"age\"?"),
        ("[tolerances.rates]\nspeed = 1", "tolerances: no rule is called \"rates\"; did you mean \"rate\"?"),
        ("[tolerances.rate]\nspeeds = 1", "tolerances: rate has no tolerance \"speeds\"; did you mean \"speed\"?"),
        ("[tolerances.rate]\nspeed = \"x\"", "tolerances: \"x\" is no number"),
    ];
    for (pack, complaint) in table {
        let folder = folder(&[("crossfoot.toml", "rules = [\"house.toml\"]"), ("house.toml", pack), ("a.md", "Fine.")]);
        let output = words(folder.path(), "check a.md");
        assert!(err(&output).contains(complaint) && err(&output).contains("house.toml: "), "{pack}: {}", err(&output));
        assert_eq!((output.status.code(), err(&output).lines().count()), (Some(2), 1), "{pack}");
    }
}

/// A tolerance in the configuration, or in a pack, takes the place of the rule's own, and the configuration's that of the
/// pack's. £41m ($53.3m) is at most 53.35 / 40.5 = 1.317 dollars to the pound, £16.4m ($23m) at least 22.5 / 16.45 = 1.368: 4 hundredths
/// more.
#[test]
fn tolerances() {
    let text = "The baker paid £41m ($53.3m) for a mill. It will spend £16.4m ($23m) on ovens.";
    let loose = "[tolerances.currency-conversion]\ndrift = \"1/5\"";
    let strict = "[tolerances.currency-conversion]\ndrift = 0.01";
    let table = [
        ("", "", 1, ""),
        (loose, "", 0, ""),
        (strict, "", 1, ""),
        ("", loose, 0, ""),
        (strict, loose, 1, ""),
        ("[tolerances.currency-conversion]\ndrift_over_time = 1", "", 1, ""),
        ("[tolerances.currency-conversion]\ndrifts = 1", "", 2, "has no tolerance \"drifts\"; did you mean \"drift\"?"),
        ("[tolerances.age]\ndrift = 1", "", 2, "tolerances: age has no tolerance \"drift\"; it has none"),
        ("[tolerances.ages]\ndrift = 1", "", 2, "tolerances: no rule is called \"ages\"; did you mean \"age\"?"),
        ("[tolerances.rate]\nspeed = -1", "", 2, "speed: -1 is below nought"),
    ];
    for (config, pack, status, complaint) in table {
        let config = format!("rules = [\"house.toml\"]\n{config}");
        let folder = folder(&[("crossfoot.toml", &config), ("house.toml", pack), ("a.md", text)]);
        let output = words(folder.path(), "check a.md");
        assert_eq!(output.status.code(), Some(status), "{config} {pack}: {}{}", out(&output), err(&output));
        assert!(
            err(&output).contains(complaint) && err(&output).is_empty() == complaint.is_empty(),
            "{}",
            err(&output)
        );
    }
}

/// The pages of `docs/rules/` are those that the rules make: `crossfoot rule NAME --markdown`.
#[test]
fn pages_of_rules() {
    let mut names = Vec::new();
    for rule in registry() {
        let definition = rule.exemplified().unwrap();
        let file = root().join("docs/rules").join(format!("{}.md", rule.name));
        let text = fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(text, page(&definition), "{}: `crossfoot rule {} --markdown` makes it", file.display(), rule.name);
        names.push(format!("{}.md", rule.name));
    }
    let mut files: Vec<String> = fs::read_dir(root().join("docs/rules"))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    names.sort();
    assert_eq!(files, names);
}

#[test]
fn shells() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(out(&words(root(), &format!("completions {shell}"))).contains("baseline"), "{shell}");
    }
    assert!(out(&words(root(), "man")).starts_with(".ie"));
}
