//! Paths that stay in the target folder.

use super::OutputError;
use super::staging::FOLDER;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// The folders of a path, if it only goes down.
pub(super) fn checked_parts(path: &str) -> Result<Vec<&str>, OutputError> {
    let escapes = || OutputError::Escapes(path.to_owned());
    let parts: Vec<_> = path.split('/').collect();
    for part in &parts {
        let mut components = Path::new(part).components();
        let plain = matches!(components.next(), Some(Component::Normal(name)) if name == *part);
        if !plain || components.next().is_some() || part.contains(['\\', ':', '\0']) {
            return Err(escapes());
        }
    }
    if parts[0].eq_ignore_ascii_case(FOLDER) {
        return Err(escapes());
    }
    Ok(parts)
}

/// Where a path is, provided that it stays below `dir` and no link leads elsewhere on the way.
pub(super) fn resolve(dir: &Path, path: &str) -> Result<PathBuf, OutputError> {
    let parts = checked_parts(path)?;
    let mut path = dir.to_owned();
    for part in &parts {
        path.push(part);
        match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_symlink() => return Err(OutputError::Link(path)),
            Ok(_) => {}
            // Also where a file stands in place of a folder: creating the folder will say so.
            Err(_) => break,
        }
    }
    Ok(parts
        .iter()
        .fold(dir.to_owned(), |path, part| path.join(part)))
}

pub(super) fn is_below(folder: &str, path: &str) -> bool {
    folder.is_empty()
        || path
            .strip_prefix(folder)
            .is_some_and(|rest| rest.starts_with('/'))
}
