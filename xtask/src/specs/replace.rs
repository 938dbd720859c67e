//! Replacing the documents: all files or none, whenever the process or the machine stops.

use super::{Provenance, SOURCE_FILE, Specs, SpecsError};
use crate::document::DocumentKind;
use std::io;
use tilt_codegen::output::{self, Replacement};

impl Specs {
    /// Replaces both documents and `source.toml`, or on an error nothing.
    pub fn replace(
        &self,
        openapi: &[u8],
        asyncapi: &[u8],
        provenance: &Provenance,
    ) -> Result<(), SpecsError> {
        let source = provenance.to_toml().map_err(|error| {
            let path = self.dir.join(SOURCE_FILE);
            SpecsError::io("could not write", &path)(io::Error::other(error))
        })?;
        let replacements = [
            (DocumentKind::OpenApi.file_name(), openapi),
            (DocumentKind::AsyncApi.file_name(), asyncapi),
            (SOURCE_FILE, source.as_bytes()),
        ]
        .map(|(path, contents)| Replacement {
            path,
            contents: Some(contents),
        });
        Ok(output::replace(&self.dir, &replacements)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specs::Source;
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;

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
    fn a_file_that_cannot_be_replaced_keeps_the_others() {
        let (dir, specs) = specs_with_old_documents();
        fs::remove_file(dir.path().join(SOURCE_FILE)).unwrap();
        fs::create_dir(dir.path().join(SOURCE_FILE)).unwrap();
        specs
            .replace(b"new o", b"new a", &provenance("new"))
            .unwrap_err();
        fs::remove_dir(dir.path().join(SOURCE_FILE)).unwrap();
        let files = contents(dir.path());
        assert_eq!(files.len(), 3);
        assert_eq!(files["openapi.json"], "old o");
        assert_eq!(files["asyncapi.json"], "old a");
    }

    /// The folder as a process leaves it that is stopped after the first of two documents.
    #[test]
    fn opening_puts_back_what_a_stopped_process_replaced() {
        let (dir, _) = specs_with_old_documents();
        let before = contents(dir.path());
        let staging = dir.path().join(".tilt-codegen");
        let journal = format!(
            r#"{{"folders": [], "entries": [
                {{"path": "openapi.json", "old": "{}", "new": "{}"}},
                {{"path": "asyncapi.json", "old": "{}", "new": "{}"}}]}}"#,
            crate::specs::sha256(b"old o"),
            crate::specs::sha256(b"new o"),
            crate::specs::sha256(b"old a"),
            crate::specs::sha256(b"new a"),
        );
        for (name, text) in [
            ("lock", ""),
            ("journal.json", &journal),
            ("old/0", "old o"),
            ("old/1", "old a"),
            ("new/1", "new a"),
        ] {
            let path = staging.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        fs::write(dir.path().join("openapi.json"), "new o").unwrap();
        Specs::open(dir.path()).unwrap();
        assert_eq!(contents(dir.path()), before);
    }
}
