//! The files that are there already, and which of them this tool wrote.

use super::staging::FOLDER;
use super::{OutputError, Target, failed};
use crate::file::HEADER;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

/// A file's text. Bytes that are no text are shown as well as can be: they have no header, in any case.
pub(super) fn read(path: &Path) -> Result<Option<String>, OutputError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed("read", path)(error)),
    }
}

/// Whether this tool wrote a file: the header's words on its first line, in any comment syntax.
pub fn has_header(text: &str) -> bool {
    let words = HEADER.trim_start_matches('/').trim();
    text.lines().next().is_some_and(|line| line.contains(words))
}

/// Every file with a header in the generator's own folder and the shared one.
pub(super) fn previously_generated(
    target: Target<'_>,
) -> Result<BTreeMap<String, String>, OutputError> {
    let mut found = BTreeMap::new();
    let mut folders = vec![target.owned.to_owned()];
    if !target.shared.is_empty() {
        folders.push(target.shared.to_owned());
    }
    while let Some(folder) = folders.pop() {
        let dir = target.dir.join(&folder);
        let entries = match fs::read_dir(&dir) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(failed("read", &dir)(error)),
        };
        for entry in entries {
            let entry = entry.map_err(failed("read", &dir))?;
            let kind = entry.file_type().map_err(failed("read", &entry.path()))?;
            // Generated names are text; others are none of our business.
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let path = if folder.is_empty() {
                name
            } else {
                format!("{folder}/{name}")
            };
            if kind.is_dir() {
                if path != FOLDER {
                    folders.push(path);
                }
            } else if kind.is_file()
                && starts_with_header(&entry.path())?
                && let Some(text) = read(&entry.path())?
            {
                found.insert(path, text);
            }
        }
    }
    Ok(found)
}

/// The same as [`has_header`], without reading a file that may be large and somebody else's.
fn starts_with_header(path: &Path) -> Result<bool, OutputError> {
    let mut start = Vec::new();
    let file = fs::File::open(path).map_err(failed("read", path))?;
    file.take(1024)
        .read_to_end(&mut start)
        .map_err(failed("read", path))?;
    Ok(has_header(&String::from_utf8_lossy(&start)))
}
