//! What is kept outlives whatever stops the program: a kill at any moment, a full disk, a folder that may not be written. The
//! file is the whole old one or the whole new one, and what went wrong is told in one line that names it.

#![cfg(all(feature = "cli", unix))] // Signals, limits and permissions are those of Unix.
#![allow(clippy::panic, clippy::expect_used, clippy::unwrap_used)] // A test may.

mod program;

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use program::{Dice, WRONG, err, folder, out, printing, root, run};
use tempfile::TempDir;

/// The signal that a process gets which writes more than it may.
const SIGXFSZ: i32 = 25;
/// The signal that cannot be caught.
const SIGKILL: i32 = 9;
/// Whoever is nobody.
const NOBODY: u32 = 65_534;

const KEPT: &str = "crossfoot-baseline.json";

/// Two drafts with some hundred findings each, so that their baselines take some time to write.
fn two_drafts() -> TempDir {
    let draft = |first: usize| {
        let row = |n| format!("Dam {n} is 10 miles (9km) long.\n\n");
        (first..first + 300).map(row).collect::<String>()
    };
    folder(&[("one.md", &draft(1_000)), ("other.md", &draft(2_000))])
}

/// The command that writes a draft's baseline.
fn write(folder: &TempDir, draft: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossfoot"));
    command.current_dir(folder.path()).args(["baseline", "write", draft]).stdin(Stdio::null());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn kept(folder: &TempDir) -> Vec<u8> {
    fs::read(folder.path().join(KEPT)).unwrap()
}

/// The baselines of both drafts, as they are where nothing is in the way; that of the first is kept.
fn both(folder: &TempDir) -> [Vec<u8>; 2] {
    let written = ["other.md", "one.md"].map(|draft| {
        assert!(write(folder, draft).status().unwrap().success());
        kept(folder)
    });
    assert_ne!(written[0], written[1]);
    written
}

/// What is left beside what is kept is hidden, is no draft, and is in nobody's way.
fn runs_on(folder: &TempDir) {
    let shown = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut shown: Vec<String> = shown.filter(|name| !name.starts_with('.')).collect();
    shown.sort();
    assert_eq!(shown, [KEPT, "one.md", "other.md"]);
    let output = run(folder.path(), &["baseline", "write", "."]);
    assert_eq!((out(&output), err(&output)), (format!("{KEPT}: 600 findings\n").as_str(), ""));
    let output = run(folder.path(), &["check", "--baseline", KEPT, "."]);
    assert_eq!((output.status.code(), err(&output)), (Some(0), ""));
}

#[test]
fn a_baseline_is_whole_after_a_kill_at_any_moment() {
    let folder = two_drafts();
    let whole = both(&folder);
    let begun = Instant::now();
    assert!(write(&folder, "one.md").status().unwrap().success());
    let took = begun.elapsed();
    let mut dice = Dice(7);
    let mut killed = 0;
    for turn in 0..30 {
        let mut process = write(&folder, ["one.md", "other.md"][turn % 2]).spawn().unwrap();
        // The file is written at the end.
        thread::sleep(took * u32::try_from(60 + dice.roll(50)).unwrap() / 100);
        let _ = process.kill();
        killed += usize::from(process.wait().unwrap().signal() == Some(SIGKILL));
        assert!(whole.contains(&kept(&folder)), "turn {turn}: the baseline is broken");
    }
    assert!(killed > 5, "only {killed} were killed before they were done");
    runs_on(&folder);
}

/// The kernel kills whoever writes past a limit, in the very middle of the file.
#[test]
fn a_baseline_is_whole_after_a_kill_in_the_middle() {
    let folder = two_drafts();
    let whole = both(&folder);
    let blocks = whole[0].len() / 512;
    assert!(blocks > 64, "{blocks}");
    for limit in [1, blocks / 3, blocks / 2, blocks - 1] {
        let output = limited(&folder, "", limit, &["baseline", "write", "other.md"]);
        assert_eq!(output.status.signal(), Some(SIGXFSZ), "{limit}: {}", err(&output));
        assert_eq!(kept(&folder), whole[1], "{limit} blocks of {blocks}");
    }
    runs_on(&folder);
}

/// Whoever reads while the file is written has the old one or the new one.
#[test]
fn a_baseline_is_whole_while_it_is_written() {
    let folder = two_drafts();
    let whole = both(&folder);
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut reads = 0;
            while !done.load(Ordering::Relaxed) {
                assert!(whole.contains(&kept(&folder)), "read {reads}: a part of a baseline");
                reads += 1;
            }
            reads
        });
        for turn in 0..8 {
            assert!(write(&folder, ["other.md", "one.md"][turn % 2]).status().unwrap().success());
        }
        done.store(true, Ordering::Relaxed);
        assert!(reader.join().unwrap() > 100);
    });
}

/// Runs the program where no file may have more than some blocks of 512 bytes, with what the shell does before.
fn limited(folder: &TempDir, before: &str, blocks: usize, arguments: &[&str]) -> Output {
    let script = format!("{before} ulimit -c 0; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.current_dir(folder.path()).arg("-c").arg(script).arg(env!("CARGO_BIN_EXE_crossfoot")).args(arguments);
    command.stdin(Stdio::null()).output().unwrap()
}

/// A disk that is full, to the program: what is written past the limit is refused.
const FULL: &str = "trap '' XFSZ;";

#[test]
fn a_full_disk_costs_nothing_that_is_there() {
    let folder = two_drafts();
    let whole = both(&folder);
    fs::copy(root().join("tests/files/python-docx.docx"), folder.path().join("draft.docx")).unwrap();
    fs::write(folder.path().join("copy.docx"), "old").unwrap();
    let many = fs::read_dir(folder.path()).unwrap().count();
    for (arguments, file) in [
        (&["baseline", "write", "other.md"][..], KEPT),
        (&["annotate", "draft.docx", "-o", "copy.docx"], "copy.docx"),
        (&["init"], "crossfoot.toml"),
    ] {
        let output = limited(&folder, FULL, 1, arguments);
        assert_eq!((output.status.code(), out(&output)), (Some(2), ""), "{arguments:?}");
        let told = err(&output);
        assert!(told.starts_with("crossfoot: ") && told.contains(file) && told.lines().count() == 1, "{told}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), many, "{arguments:?}: something is left behind");
    }
    assert_eq!(kept(&folder), whole[1]);
    assert_eq!(fs::read(folder.path().join("copy.docx")).unwrap(), b"old");
}

#[test]
fn a_folder_that_may_not_be_written() {
    let folder = two_drafts();
    let whole = both(&folder);
    let executable = folder.path().join("crossfoot");
    fs::copy(env!("CARGO_BIN_EXE_crossfoot"), &executable).unwrap();
    fs::copy(root().join("tests/files/python-docx.docx"), folder.path().join("draft.docx")).unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
    // No permission stops root, who does it as nobody.
    let root = fs::metadata(folder.path()).unwrap().uid() == 0;
    let many = fs::read_dir(folder.path()).unwrap().count();
    for (arguments, file) in [
        (&["baseline", "write", "other.md"][..], KEPT),
        (&["annotate", "draft.docx", "-o", "copy.docx"], "copy.docx"),
        (&["init"], "crossfoot.toml"),
    ] {
        let mut command = Command::new(&executable);
        command.current_dir(folder.path()).args(arguments).stdin(Stdio::null());
        if root {
            command.uid(NOBODY).gid(NOBODY);
        }
        let output = command.output().expect("the program runs, as nobody where the tests run as root");
        assert_eq!((output.status.code(), out(&output)), (Some(2), ""), "{arguments:?}: {}", err(&output));
        let told = err(&output);
        assert!(told.starts_with("crossfoot: ") && told.contains(file) && told.lines().count() == 1, "{told}");
        assert!(told.contains("ermission denied"), "{told}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), many, "something is left behind");
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(kept(&folder), whole[1]);
}

/// Standard output that takes nothing: an error of one line, from every command that prints.
#[cfg(target_os = "linux")]
#[test]
fn output_that_goes_nowhere() {
    let more = |text: &str| format!("{WRONG}\n\n{text}\n");
    let folder = folder(&[
        ("a.md", &more("On Tuesday 14 villages had been evacuated.")),
        ("b.md", &more("On Tuesday thirty villages had been evacuated.")),
    ]);
    fs::copy(root().join("tests/files/python-docx.docx"), folder.path().join("draft.docx")).unwrap();
    let mut runs: Vec<Vec<&str>> = vec![
        vec!["--help"],
        vec!["--version"],
        vec!["rule"],
        vec!["rule", "rate"],
        vec!["rule", "rate", "--markdown"],
        vec!["annotate", "draft.docx", "-o", "copy.docx"],
        vec!["baseline", "write", "a.md"],
        vec!["check", "--explain=a.md:1:30,a.md:1:40", "a.md"],
        vec!["init", "--print"],
        vec!["init"],
        vec!["schema", "findings"],
        vec!["completions", "bash"],
        vec!["man"],
    ];
    if cfg!(feature = "serve") {
        runs.extend([vec!["serve", "--listen", "127.0.0.1:0"], vec!["review", "a.md"]]);
    }
    runs.extend(printing().into_iter().map(|(command, format)| vec![command, "--format", format, "a.md", "b.md"]));
    let help = run(folder.path(), &["--help"]);
    let commands = out(&help).split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    for command in commands.lines().filter_map(|line| line.split_whitespace().next()) {
        // The language server prints nothing of its own.
        let known = ["lsp", "help"].contains(&command) || runs.iter().any(|arguments| arguments[0] == command);
        assert!(known, "{command} is not tried");
    }
    for arguments in runs {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_crossfoot"));
        command.current_dir(folder.path()).args(&arguments).stdin(Stdio::null()).stdout(full);
        let output = command.stderr(Stdio::piped()).output().unwrap();
        let told = err(&output);
        assert_eq!(
            (output.status.code(), told),
            (Some(2), "crossfoot: standard output: No space left on device (os error 28)\n"),
            "{arguments:?}"
        );
    }
}

#[cfg(feature = "serve")]
mod decisions {
    use std::io::{BufRead as _, BufReader, Read as _, Write as _};
    use std::net::TcpStream;
    use std::process::Child;

    use crossfoot::review::decisions::{Decisions, NAME};

    use super::*;

    /// A page that takes decisions on one conflict.
    struct Desk {
        process: Child,
        host: String,
        token: String,
    }

    impl Drop for Desk {
        fn drop(&mut self) {
            let _ = self.process.kill();
            let _ = self.process.wait();
        }
    }

    impl Desk {
        fn open(folder: &Path, before: &str) -> Self {
            let script = format!("{before} exec \"$0\" review a.md");
            let mut command = Command::new("sh");
            command.current_dir(folder).arg("-c").arg(script).arg(env!("CARGO_BIN_EXE_crossfoot"));
            let mut process = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
            let mut line = String::new();
            BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
            let (host, token) = line.trim().strip_prefix("http://").unwrap().split_once("/?token=").unwrap();
            Self { process, host: host.to_owned(), token: token.to_owned() }
        }

        /// Decides that the conflict stands, and gives the answer; nothing where there is none.
        fn decide(&self, key: &str, reason: &str) -> Option<String> {
            let body = serde_json::json!({
                "rule": "unit-conversion", "key": key, "path": "a.md", "verdict": "stands", "reason": reason
            })
            .to_string();
            let mut stream = TcpStream::connect(&self.host).ok()?;
            stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
            let head = format!(
                "POST /decide HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/json\r\nAuthorization: Bearer {}\r\nContent-Length: {}\r\n\r\n",
                self.host,
                self.token,
                body.len()
            );
            stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes())).ok()?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer).ok()?;
            answer.starts_with("HTTP/1.1").then_some(answer)
        }
    }

    /// A draft with a conflict, and what the conflict is known by.
    fn draft() -> (TempDir, String) {
        let folder = folder(&[("a.md", WRONG)]);
        let output = run(folder.path(), &["baseline", "write", "--baseline", "b.json", "a.md"]);
        assert_eq!(output.status.code(), Some(0));
        let baseline: serde_json::Value =
            serde_json::from_slice(&fs::read(folder.path().join("b.json")).unwrap()).unwrap();
        let key = baseline["findings"][0]["key"].as_str().unwrap().to_owned();
        fs::remove_file(folder.path().join("b.json")).unwrap();
        (folder, key)
    }

    /// A reason that is told by its number.
    fn reason(number: usize) -> String {
        format!("{number} {}", "because ".repeat(60).trim())
    }

    #[test]
    fn are_whole_after_a_kill_at_any_moment() {
        let (folder, key) = draft();
        let file = folder.path().join(NAME);
        let mut dice = Dice(11);
        let mut number = 0;
        for round in 0..12 {
            let mut desk = Desk::open(folder.path(), "");
            assert!(desk.decide(&key, &reason(number)).unwrap().starts_with("HTTP/1.1 204"), "round {round}");
            let kept = thread::scope(|scope| {
                let (desk, key) = (&desk, &key);
                let wait = Duration::from_micros(dice.roll(20_000) as u64);
                let pid = desk.process.id();
                scope.spawn(move || {
                    thread::sleep(wait);
                    assert!(Command::new("kill").arg("-9").arg(pid.to_string()).status().unwrap().success());
                });
                // The last that was said to be kept; the next may be, though nobody was left to say so.
                let mut last = number;
                while desk.decide(key, &reason(last + 1)).is_some() {
                    last += 1;
                }
                last
            });
            desk.process.wait().unwrap();
            let decisions = Decisions::load(&file).unwrap().unwrap();
            let text = fs::read_to_string(&file).unwrap();
            let found = [kept, kept + 1].into_iter().find(|n| text.contains(&format!("\"{}\"", reason(*n))));
            number = found.unwrap_or_else(|| panic!("round {round}: neither {kept} nor the next is in {text}"));
            assert_eq!(decisions.standing().findings.len(), 1);
            number += 1;
        }
        // The conflict stands, and what a killed process left behind disturbs nobody.
        let output = run(folder.path(), &["check", "."]);
        assert_eq!((output.status.code(), err(&output)), (Some(0), ""), "{}", out(&output));
    }

    #[test]
    fn are_kept_where_the_disk_is_full() {
        let (folder, key) = draft();
        let file = folder.path().join(NAME);
        let desk = Desk::open(folder.path(), "");
        assert!(desk.decide(&key, "asked").unwrap().starts_with("HTTP/1.1 204"));
        drop(desk);
        let before = fs::read(&file).unwrap();
        let desk = Desk::open(folder.path(), "trap '' XFSZ; ulimit -f 1;");
        let answer = desk.decide(&key, &reason(1)).unwrap();
        assert!(answer.starts_with("HTTP/1.1 500") && answer.contains(NAME), "{answer}");
        assert_eq!(fs::read(&file).unwrap(), before);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "something is left behind");
        // It goes on, and keeps what there is room for.
        assert!(desk.decide(&key, "asked again").unwrap().starts_with("HTTP/1.1 204"));
        assert!(fs::read_to_string(&file).unwrap().contains("asked again"));
    }
}
