//! Lines that were changed since a revision, by the `git` command.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;
use std::process::{Command, Output};

use anyhow::{Context, bail};
use crossfoot::document::Unit;
use crossfoot::report::{Item, Span};

/// Lines of a file, from 1; all of them where git does not know the file or its lines.
enum Lines {
    All,
    Some(Vec<Range<usize>>),
}

/// The findings that touch a line changed since a revision.
pub(super) fn only(items: Vec<Item>, revision: &str) -> anyhow::Result<Vec<Item>> {
    let commit = git(
        Path::new("."),
        &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")],
    )?;
    if !commit.status.success() {
        bail!("--changed-since: git knows no revision {revision:?} here");
    }
    let commit = String::from_utf8_lossy(&commit.stdout).trim().to_owned();
    let mut files: HashMap<String, Lines> = HashMap::new();
    let mut kept = Vec::new();
    for item in items {
        let mut touched = false;
        for span in &item.spans {
            let path = &span.document.path;
            if !files.contains_key(path) {
                files.insert(path.clone(), lines(path, &commit)?);
            }
            touched |= match &files[path] {
                Lines::All => true,
                Lines::Some(lines) => touches(span, lines),
            };
        }
        if touched {
            kept.push(item);
        }
    }
    Ok(kept)
}

fn touches(span: &Span, changed: &[Range<usize>]) -> bool {
    // A packed file's paragraphs are no lines of git's: any change may have been to them.
    if span.document.unit() == Unit::Paragraph {
        return !changed.is_empty();
    }
    let first = span.document.line_column(span.range.start).0;
    let last = span.document.line_column(span.range.end).0;
    changed.iter().any(|lines| lines.start <= last && first < lines.end)
}

/// The lines of a file that differ from those of a commit.
fn lines(path: &str, commit: &str) -> anyhow::Result<Lines> {
    let path = Path::new(path);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return Ok(Lines::All) };
    if !folder.is_dir() || !git(folder, &["ls-files", "--error-unmatch", "--", name])?.status.success() {
        return Ok(Lines::All);
    }
    // A file that got another name since has that of then.
    let then = match renamed(folder, name, commit)? {
        Some(old) => format!("{commit}:{old}"),
        None => commit.to_owned(),
    };
    let diff = git(folder, &["diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-renames", &then, "--", name])?;
    if !diff.status.success() {
        return Ok(Lines::All);
    }
    let text = String::from_utf8_lossy(&diff.stdout);
    if text.lines().any(|line| line.starts_with("Binary files ")) {
        return Ok(Lines::All);
    }
    Ok(Lines::Some(text.lines().filter_map(hunk).collect()))
}

/// The path at a commit of a file that had another name then, from the top of the repository.
fn renamed(folder: &Path, name: &str, commit: &str) -> anyhow::Result<Option<String>> {
    if git(folder, &["cat-file", "-e", &format!("{commit}:./{name}")])?.status.success() {
        return Ok(None);
    }
    let own = git(folder, &["ls-files", "--full-name", "-z", "--", name])?.stdout;
    let own = String::from_utf8_lossy(&own).trim_end_matches('\0').to_owned();
    let list = git(folder, &["diff", "--name-status", "-z", "--find-renames", "--diff-filter=R", commit])?.stdout;
    let list = String::from_utf8_lossy(&list).into_owned();
    // How alike, the old path, the new path, each with a NUL behind it.
    let fields: Vec<&str> = list.split('\0').collect();
    Ok(fields.chunks_exact(3).find(|fields| fields[2] == own).map(|fields| fields[1].to_owned()))
}

/// The new lines that a hunk's head names: `@@ -3,0 +4,2 @@`.
fn hunk(line: &str) -> Option<Range<usize>> {
    let new = line.strip_prefix("@@ -")?.split_once(" +")?.1.split(' ').next()?;
    let (first, count) = new.split_once(',').unwrap_or((new, "1"));
    let (first, count): (usize, usize) = (first.parse().ok()?, count.parse().ok()?);
    // Where lines were only taken out, the one before them was touched.
    Some(first..first + count.max(1))
}

fn git(folder: &Path, arguments: &[&str]) -> anyhow::Result<Output> {
    // A name is a name to git, whatever stands in it.
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["--literal-pathspecs"]).args(arguments);
    command.output().context("--changed-since: git cannot be run")
}
