//! Replacing the documents: all files or none, whenever the process or the machine stops.
//!
//! The new files are first written beside the old ones, into `.incoming/`. Renaming that folder to
//! `.accepted/` is the one step that decides. From then on the new state holds: whoever opens
//! `specs/` and finds `.accepted/` copies it into place again, which does no harm to do twice. Only
//! if copying fails while the process is still there to say so are the old files put back.

use super::{Provenance, SOURCE_FILE, Specs, SpecsError, absent_is_none};
use crate::document::Kind;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

const INCOMING: &str = ".incoming";
const ACCEPTED: &str = ".accepted";

/// In the order of replacement: what vouches for the others comes last.
const FILES: [&str; 3] = ["openapi.json", "asyncapi.json", SOURCE_FILE];

impl Specs {
    /// Replaces both documents and `source.toml`, or nothing.
    pub fn replace(
        &self,
        openapi: &[u8],
        asyncapi: &[u8],
        provenance: &Provenance,
    ) -> Result<(), SpecsError> {
        self.replace_by(openapi, asyncapi, provenance, &mut |from, to| {
            fs::rename(from, to)
        })
    }

    fn replace_by(
        &self,
        openapi: &[u8],
        asyncapi: &[u8],
        provenance: &Provenance,
        rename: &mut Rename<'_>,
    ) -> Result<(), SpecsError> {
        debug_assert_eq!(FILES[..2], Kind::ALL.map(Kind::file_name));
        let source = provenance
            .to_toml()
            .map_err(|error| self.io("could not write", SOURCE_FILE)(io::Error::other(error)))?;
        let _lock = self.lock()?;
        let mut previous = Vec::new();
        for name in FILES {
            previous.push((name, absent_is_none(&self.dir.join(name))?));
        }

        self.stage([openapi, asyncapi, source.as_bytes()])?;
        let accepted = self.dir.join(ACCEPTED);
        fs::rename(self.dir.join(INCOMING), &accepted)
            .map_err(self.io("could not write", ACCEPTED))?;

        if let Err(error) = self.put_in_place(rename) {
            self.put_back(&previous)?;
            return Err(error);
        }
        self.remove(ACCEPTED)
    }

    /// Finishes a replacement that had been decided, discards one that had not.
    pub(super) fn recover(&self) -> Result<(), SpecsError> {
        let left = |name: &str| self.dir.join(name).exists();
        if !left(ACCEPTED) && !left(INCOMING) {
            return Ok(());
        }
        let _lock = self.lock()?;
        if left(ACCEPTED) {
            self.put_in_place(&mut |from, to| fs::rename(from, to))?;
        }
        self.remove(ACCEPTED)?;
        self.remove(INCOMING)
    }

    fn stage(&self, contents: [&[u8]; 3]) -> Result<(), SpecsError> {
        self.remove(INCOMING)?;
        let incoming = self.dir.join(INCOMING);
        fs::create_dir_all(&incoming).map_err(self.io("could not create", INCOMING))?;
        for (name, bytes) in FILES.iter().zip(contents) {
            write_durably(&incoming.join(name), bytes).map_err(self.io("could not write", name))?;
        }
        sync_directory(&incoming).map_err(self.io("could not write", INCOMING))
    }

    /// Copies `.accepted/` over the files it replaces.
    fn put_in_place(&self, rename: &mut Rename<'_>) -> Result<(), SpecsError> {
        let accepted = self.dir.join(ACCEPTED);
        for name in FILES {
            let bytes = fs::read(accepted.join(name)).map_err(self.io("could not read", name))?;
            self.put(name, &bytes, rename)?;
        }
        sync_directory(&self.dir).map_err(self.io("could not write", ""))
    }

    fn put_back(&self, previous: &[(&str, Option<Vec<u8>>)]) -> Result<(), SpecsError> {
        for (name, bytes) in previous {
            match bytes {
                Some(bytes) => self.put(name, bytes, &mut |from, to| fs::rename(from, to))?,
                None => absent_is_fine(fs::remove_file(self.dir.join(name)))
                    .map_err(self.io("could not restore", name))?,
            }
        }
        self.remove(ACCEPTED)
    }

    fn put(&self, name: &str, bytes: &[u8], rename: &mut Rename<'_>) -> Result<(), SpecsError> {
        let part = self.dir.join(ACCEPTED).join(format!("{name}.part"));
        write_durably(&part, bytes)
            .and_then(|()| rename(&part, &self.dir.join(name)))
            .map_err(self.io("could not replace", name))
    }

    /// Removes a folder of ours; an interrupted removal of `.accepted/` must not look like a
    /// decided replacement with files missing.
    fn remove(&self, name: &str) -> Result<(), SpecsError> {
        let incoming = self.dir.join(INCOMING);
        if name == ACCEPTED && self.dir.join(ACCEPTED).exists() {
            absent_is_fine(fs::remove_dir_all(&incoming))
                .and_then(|()| fs::rename(self.dir.join(ACCEPTED), &incoming))
                .map_err(self.io("could not remove", name))?;
        }
        absent_is_fine(fs::remove_dir_all(&incoming)).map_err(self.io("could not remove", name))
    }

    /// Held while files are replaced; the operating system releases it when the process ends.
    #[cfg(unix)]
    fn lock(&self) -> Result<File, SpecsError> {
        let dir = File::open(&self.dir).map_err(self.io("could not open", ""))?;
        match dir.try_lock() {
            Ok(()) => Ok(dir),
            Err(fs::TryLockError::WouldBlock) => Err(SpecsError::Busy(self.dir.clone())),
            Err(fs::TryLockError::Error(error)) => Err(self.io("could not lock", "")(error)),
        }
    }

    /// Folders cannot be locked here.
    #[cfg(not(unix))]
    fn lock(&self) -> Result<(), SpecsError> {
        Ok(())
    }

    fn io(&self, action: &'static str, name: &str) -> impl FnOnce(io::Error) -> SpecsError + use<> {
        SpecsError::io(action, &self.dir.join(name))
    }
}

type Rename<'a> = dyn FnMut(&Path, &Path) -> io::Result<()> + 'a;

fn write_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(unix)]
fn sync_directory(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Folders cannot be opened as files here.
#[cfg(not(unix))]
fn sync_directory(_: &Path) -> io::Result<()> {
    Ok(())
}

fn absent_is_fine(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specs::Source;
    use std::collections::BTreeMap;

    fn provenance(word: &str) -> Provenance {
        let source = Source {
            url: None,
            fetched_at: None,
            sha256: word.into(),
            etag: None,
        };
        Provenance {
            origin: word.into(),
            date: None,
            openapi: source.clone(),
            asyncapi: source,
        }
    }

    fn specs_with_old_documents() -> (tempfile::TempDir, Specs) {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("codegen.toml"), "mine").unwrap();
        let specs = Specs::open(dir.path()).unwrap();
        specs
            .replace(b"old o", b"old a", &provenance("old"))
            .unwrap();
        (dir, specs)
    }

    fn contents(dir: &Path) -> BTreeMap<String, String> {
        fs::read_dir(dir)
            .unwrap()
            .map(|entry| {
                let path = entry.unwrap().path();
                let name = path.file_name().unwrap().to_str().unwrap().to_owned();
                (name, fs::read_to_string(&path).unwrap())
            })
            .collect()
    }

    #[test]
    fn all_three_files_are_replaced_and_nothing_else() {
        let (dir, specs) = specs_with_old_documents();
        specs
            .replace(b"new o", b"new a", &provenance("new"))
            .unwrap();
        let files = contents(dir.path());
        assert_eq!(files.len(), 4);
        assert_eq!(files["openapi.json"], "new o");
        assert_eq!(files["asyncapi.json"], "new a");
        assert_eq!(files["codegen.toml"], "mine");
        assert_eq!(specs.provenance().unwrap(), Some(provenance("new")));
    }

    #[test]
    fn a_failure_at_any_file_puts_the_old_ones_back() {
        for (failing, name) in FILES.iter().enumerate() {
            let (dir, specs) = specs_with_old_documents();
            let before = contents(dir.path());
            let mut calls = 0;
            let error = specs
                .replace_by(b"new o", b"new a", &provenance("new"), &mut |from, to| {
                    calls += 1;
                    if calls > failing {
                        return Err(io::Error::other("no space"));
                    }
                    fs::rename(from, to)
                })
                .unwrap_err();
            assert!(error.to_string().contains(name), "{error}");
            assert_eq!(contents(dir.path()), before, "failing at {failing}");
        }
    }

    #[test]
    fn a_first_fetch_that_fails_leaves_no_documents() {
        let dir = tempfile::tempdir().unwrap();
        let specs = Specs::open(dir.path()).unwrap();
        let mut first = true;
        specs
            .replace_by(b"o", b"a", &provenance("new"), &mut |from, to| {
                if !std::mem::take(&mut first) {
                    return Err(io::Error::other("no space"));
                }
                fs::rename(from, to)
            })
            .unwrap_err();
        assert_eq!(contents(dir.path()), BTreeMap::new());
    }

    #[test]
    fn a_replacement_interrupted_before_the_decision_is_discarded() {
        let (dir, _) = specs_with_old_documents();
        let before = contents(dir.path());
        fs::create_dir(dir.path().join(INCOMING)).unwrap();
        fs::write(dir.path().join(INCOMING).join("openapi.json"), "half").unwrap();
        Specs::open(dir.path()).unwrap();
        assert_eq!(contents(dir.path()), before);
    }

    #[test]
    fn a_replacement_interrupted_after_the_decision_is_finished() {
        let (dir, specs) = specs_with_old_documents();
        let accepted = dir.path().join(ACCEPTED);
        specs
            .stage([
                b"new o",
                b"new a",
                provenance("new").to_toml().unwrap().as_bytes(),
            ])
            .unwrap();
        fs::rename(dir.path().join(INCOMING), &accepted).unwrap();
        fs::write(dir.path().join("openapi.json"), "new o").unwrap();

        let specs = Specs::open(dir.path()).unwrap();
        assert_eq!(specs.read(Kind::AsyncApi).unwrap(), b"new a");
        assert_eq!(specs.provenance().unwrap(), Some(provenance("new")));
        assert!(!accepted.exists());
    }

    #[cfg(unix)]
    #[test]
    fn two_replacements_at_once_are_told_apart() {
        let (_dir, specs) = specs_with_old_documents();
        let _held = specs.lock().unwrap();
        let error = specs.replace(b"o", b"a", &provenance("new")).unwrap_err();
        assert!(matches!(error, SpecsError::Busy(_)));
    }
}
