//! `crossfoot annotate`: a copy of a Word document with a comment at each figure of each finding.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use crossfoot::annotate::annotate;
use crossfoot::{document, whole_file};

use super::session::Configuration;
use super::{Outcome, input, say};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The Word document; it is never written
    #[arg(value_name = "DRAFT.docx")]
    draft: String,
    /// The copy
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// A source that the draft must be borne out by (may be repeated)
    #[arg(long, value_name = "SOURCE")]
    against: Vec<String>,
    #[command(flatten)]
    configuration: Configuration,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let Arguments { draft, output, against, configuration } = arguments;
    if document::format_of(draft).is_none_or(|format| format.name != "docx") {
        bail!("{draft}: only a Word document (.docx) takes comments");
    }
    if same(Path::new(draft), output) {
        bail!("{}: this is the draft itself, which is never written", output.display());
    }
    let inspector = configuration.inspector(None)?;
    let bytes = fs::read(draft).with_context(|| format!("{draft}: it cannot be read"))?;
    let read = |path: &str, bytes: Vec<u8>| {
        let documents = document::read_all(path, path, bytes, &inspector.options());
        let documents = documents.map_err(|error| anyhow::anyhow!("{path}: {error}"))?;
        anyhow::Ok(documents.into_iter().map(|document| inspector.checker.read(document)).collect::<Vec<_>>())
    };
    let mut articles = read(draft, bytes.clone())?;
    let mut sources = input::paths(against);
    for path in sources.files.iter().filter(|path| *path != draft) {
        articles.extend(read(path, fs::read(path).with_context(|| format!("{path}: it cannot be read"))?)?);
    }
    for article in &articles {
        sources.failed |= input::told_if_cut(article, &inspector);
    }
    let items = inspector.check(&articles);
    let annotated = annotate(&bytes, draft, &items, &inspector.options()).with_context(|| draft.clone())?;
    whole_file::write(output, &annotated.bytes)
        .with_context(|| format!("{}: it cannot be written", output.display()))?;
    let name = output.display();
    say(&format!("{name}: {} comments on {} findings", annotated.comments, items.len()))?;
    if annotated.left_out > 0 {
        super::complain(&format!("{name}: {} places have no comment: Word has none in notes", annotated.left_out));
    }
    Ok(if sources.failed { Outcome::Failed } else { Outcome::Clean })
}

/// Whether two paths lead to one file.
fn same(a: &Path, b: &Path) -> bool {
    a == b || a.canonicalize().is_ok_and(|a| b.canonicalize().is_ok_and(|b| a == b))
}
