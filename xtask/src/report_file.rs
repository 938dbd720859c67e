//! Reports on disk: whole, or as they were before.

use crate::failure::Failure;
use std::io;
use std::path::Path;
use tilt_codegen::output::{self, Replacement};

/// Writes a report where the command line says, over the one before.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let name = path.file_name().and_then(|name| name.to_str());
    let Some(name) = name else {
        return Err(Failure::System {
            action: format!("write {}", path.display()),
            error: io::Error::new(io::ErrorKind::InvalidInput, "this is no name of a file"),
        });
    };
    // `a.md` is in the folder with the empty name, which the operating system calls `.`.
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let replacement = Replacement {
        path: name,
        contents: Some(text.as_bytes()),
    };
    Ok(output::replace(folder, &[replacement])?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_report_replaces_the_one_before_and_leaves_nothing_beside() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("new/report.md");
        for text in ["a long first report", "second"] {
            write(&path, text).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        assert_eq!(fs::read_dir(dir.path().join("new")).unwrap().count(), 1);
        assert!(write(Path::new(".."), "").is_err());
    }
}
