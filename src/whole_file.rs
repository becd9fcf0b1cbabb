//! Files that are written whole or not at all: whoever reads one meanwhile, or after the program was killed or the disk was
//! full, has the old one.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;
use std::time::Duration;

/// What the names of files begin with that are not whole yet; the number of the process that writes them follows.
const UNFINISHED: &str = ".crossfoot.";
/// After so long nobody writes to such a file any more: whoever did was killed.
const LEFT_BEHIND: Duration = Duration::from_secs(600);

/// Writes a file by way of another beside it. What is no file of its own (a pipe, a device) is written to as it is: taking
/// its name would take it away from others.
pub fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    // What a link leads to is written, and the link stays.
    let file = file.canonicalize().unwrap_or_else(|_| file.to_path_buf());
    let old = match File::options().write(true).open(&file) {
        Ok(mut old) => {
            let about = old.metadata()?;
            if !about.is_file() {
                return old.write_all(bytes);
            }
            Some(about)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        // What may not be written is not put out of the way either.
        Err(error) => return Err(error),
    };
    // On the same disk, so in the same folder; a name that no other process takes, and that no folder is searched for.
    let beside = file.with_file_name(format!("{UNFINISHED}{}", std::process::id()));
    // The parent of a bare name is no folder's name.
    clear(beside.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new(".")));
    let written = File::create(&beside).and_then(|mut new| {
        new.write_all(bytes)?;
        if let Some(old) = &old {
            new.set_permissions(old.permissions())?;
        }
        new.sync_all()
    });
    let moved = written.and_then(|()| fs::rename(&beside, &file));
    if moved.is_err() {
        // Nobody else knows of it.
        let _ = fs::remove_file(&beside);
    }
    moved
}

/// Removes what processes that were killed have left behind in a folder. It is in nobody's way, so what cannot be looked at or
/// removed stays.
fn clear(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let process = name.to_str().and_then(|name| name.strip_prefix(UNFINISHED));
        if process.is_none_or(|number| number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit())) {
            continue;
        }
        // Of a link it is the link that is looked at, and removed.
        let about = entry.metadata().ok().filter(fs::Metadata::is_file);
        let age = about.and_then(|about| about.modified().ok()?.elapsed().ok());
        if age.is_some_and(|age| age > LEFT_BEHIND) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    use std::time::SystemTime;

    use super::*;

    #[test]
    fn links_and_permissions_stay() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("kept"), folder.path().join("link"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("kept", &link).unwrap();
        write(&link, b"new").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is left beside them");
    }

    #[test]
    fn what_was_left_behind_is_cleared() {
        let folder = tempfile::tempdir().unwrap();
        let long_ago = SystemTime::now() - 2 * LEFT_BEHIND;
        for (name, old) in
            [(".crossfoot.17", true), (".crossfoot.18", false), (".crossfoot.toml", true), (".crossfoot.", true)]
        {
            let file = File::create(folder.path().join(name)).unwrap();
            if old {
                file.set_modified(long_ago).unwrap();
            }
        }
        write(&folder.path().join("kept"), b"new").unwrap();
        let mut left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, [".crossfoot.", ".crossfoot.18", ".crossfoot.toml", "kept"]);
    }

    #[test]
    fn devices_stay() {
        let before = fs::metadata("/dev/null").unwrap();
        write(Path::new("/dev/null"), b"nothing").unwrap();
        assert_eq!(fs::metadata("/dev/null").unwrap().file_type(), before.file_type());
    }

    #[test]
    fn what_cannot_be_written() {
        let folder = tempfile::tempdir().unwrap();
        assert!(write(folder.path(), b"a folder").is_err());
        assert!(write(&folder.path().join("none/kept"), b"no folder").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
