//! The files of the project, and where each will stand.

use std::path::Path;

/// A text file, by its path from the project's root, with `/`.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// All text files of the project, sorted by path.
pub(crate) struct Project {
    pub(crate) files: Vec<File>,
}

impl Project {
    /// The checkout that this test belongs to.
    pub(crate) fn checkout() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .expect("the tests have a folder of their own");
        let mut files = Vec::new();
        collect(root, "", &mut files);
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { files }
    }

    /// A project that a rule is tried on.
    pub(crate) fn of<const N: usize>(files: [(&str, &str); N]) -> Self {
        let files = files.map(|(path, text)| File {
            path: path.to_owned(),
            text: text.to_owned(),
        });
        Self {
            files: files.into(),
        }
    }

    pub(crate) fn get(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    pub(crate) fn under<'p>(&'p self, folder: &'p str) -> impl Iterator<Item = &'p File> {
        self.files
            .iter()
            .filter(move |file| is_under(&file.path, folder))
    }

    /// Rust that people write: not generated, and no fixture.
    pub(crate) fn rust<'p>(&'p self, generated: &'p [String]) -> impl Iterator<Item = &'p File> {
        self.files.iter().filter(move |file| {
            file.path.ends_with(".rs")
                && !file.path.contains("/fixtures/")
                && !generated.iter().any(|folder| is_under(&file.path, folder))
        })
    }
}

/// Whether a path is a folder or in it; `./` is the root.
pub(crate) fn is_under(path: &str, folder: &str) -> bool {
    let folder = folder.trim_start_matches("./").trim_end_matches('/');
    folder.is_empty()
        || path
            .strip_prefix(folder)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn collect(folder: &Path, path: &str, files: &mut Vec<File>) {
    let entries = std::fs::read_dir(folder).expect("a folder that can be read");
    for entry in entries {
        let entry = entry.expect("an entry that can be read");
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type().expect("a file's type");
        if name == ".git" || (kind.is_dir() && (name == "target" || name == "node_modules")) {
            continue;
        }
        let path = format!("{path}{name}");
        if kind.is_dir() {
            collect(&entry.path(), &format!("{path}/"), files);
        } else if kind.is_file() {
            // The project has no binary files.
            let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
            files.push(File { path, text });
        }
    }
}
