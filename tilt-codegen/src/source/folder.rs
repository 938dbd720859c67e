//! The folder of a root document, and the one that its references may not leave.

use std::io;
use std::path::{Component, Path, PathBuf};

#[derive(Debug, Clone)]
pub(super) struct Folder {
    own: Place,
    /// The same, or one around it that the user allows.
    allowed: Place,
}

#[derive(Debug, Clone)]
struct Place {
    canonical: PathBuf,
    /// As the user wrote it.
    shown: PathBuf,
}

impl Folder {
    /// The folder of a document.
    pub(super) fn of(document: &Path) -> io::Result<Folder> {
        let own = Place::of(document.parent().unwrap_or(Path::new("")))?;
        let allowed = own.clone();
        Ok(Folder { own, allowed })
    }

    /// The same, whose references may lead as far as another folder.
    pub(super) fn within(self, allowed: &Path) -> io::Result<Folder> {
        let allowed = Place::of(allowed)?;
        Ok(Folder { allowed, ..self })
    }

    /// The folder of the document itself.
    pub(super) fn own(&self) -> &Path {
        &self.own.canonical
    }

    /// Whether a path stands in the folder that references may not leave, as far as its text tells.
    pub(super) fn holds(&self, path: &Path) -> bool {
        plain(path).starts_with(&self.allowed.canonical)
    }

    /// A canonical path as the user would write it.
    pub(super) fn shown(&self, path: &Path) -> String {
        let places = [&self.own, &self.allowed].into_iter();
        let mut shown = places.filter_map(|place| {
            let relative = path.strip_prefix(&place.canonical).ok()?;
            Some(place.shown.join(relative))
        });
        let shown = shown.next();
        shown.as_deref().unwrap_or(path).display().to_string()
    }

    /// A canonical path as the document would refer to it, with `/`.
    pub(super) fn relative(&self, path: &Path) -> String {
        let (own, path): (Vec<_>, Vec<_>) = (
            self.own.canonical.components().collect(),
            path.components().collect(),
        );
        let shared = own.iter().zip(&path).take_while(|(a, b)| a == b).count();
        let up = own[shared..].iter().map(|_| "..".into());
        let down = path[shared..].iter();
        let down = down.map(|part| part.as_os_str().to_string_lossy());
        up.chain(down).collect::<Vec<_>>().join("/")
    }
}

impl Place {
    fn of(folder: &Path) -> io::Result<Place> {
        let path = match folder.as_os_str().is_empty() {
            true => Path::new("."),
            false => folder,
        };
        Ok(Place {
            canonical: path.canonicalize()?,
            shown: folder.to_owned(),
        })
    }
}

/// Without `.` and `..`, as far as the text of a path tells.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    plain
}
