//! The pairs of this folder: each effect on items of an SDK several times, in a file each.

use serde::Deserialize;
use serde_json::Value;
use std::path::Path;

/// The effects, which are the names of files, and none at all.
pub(crate) const EFFECTS: [&str; 13] = [
    "nothing",
    "added",
    "removed",
    "renamed",
    "signature-changed",
    "type-changed",
    "now-optional",
    "new-variant",
    "deprecated",
    "feature-changed",
    "silently-different",
    "behaviour-only",
    "docs-only",
];

/// The document that all pairs begin with.
pub(crate) fn document(folder: &Path) -> Value {
    read(folder, "shop.json").parse().expect("JSON")
}

/// The pairs of an effect.
pub(crate) fn of(folder: &Path, effect: &str) -> Vec<Stated> {
    let file = format!("{effect}.json");
    serde_json::from_str(&read(folder, &file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn read(folder: &Path, file: &str) -> String {
    let file = folder.join(file);
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// A pair: the document of the folder, with some edits for the old one, and with more for the new one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Stated {
    /// The thing that changes.
    pub(crate) name: String,
    #[serde(default)]
    before: Vec<Edit>,
    edits: Vec<Edit>,
    /// Items and what becomes of them, a line each.
    pub(crate) items: Vec<String>,
    /// The same, the other way round.
    pub(crate) back: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Edit {
    Set { at: String, set: Value },
    Remove { at: String, remove: bool },
    Move { at: String, r#move: String },
    Replace { replace: String, with: String },
}

impl Edit {
    /// Makes the edit, if the document has what it is about.
    fn apply(&self, document: &mut Value) -> Option<()> {
        match self {
            Self::Set { at, set } => put(document, at, set.clone()),
            Self::Remove { at, remove } => take(document, at).filter(|_| *remove).map(drop),
            Self::Move { at, r#move } => {
                let value = take(document, at)?;
                put(document, r#move, value)
            }
            Self::Replace { replace, with } => {
                let text = document.to_string();
                if !text.contains(replace) {
                    return None;
                }
                *document = text.replace(replace, with).parse().ok()?;
                Some(())
            }
        }
    }
}

fn around<'d>(document: &'d mut Value, at: &str) -> Option<(&'d mut Value, String)> {
    let (around, key) = at.rsplit_once('/')?;
    let key = key.replace("~1", "/").replace("~0", "~");
    Some((document.pointer_mut(around)?, key))
}

fn put(document: &mut Value, at: &str, value: Value) -> Option<()> {
    match around(document, at)? {
        (Value::Array(items), key) => match key.parse::<usize>() {
            Ok(index) => *items.get_mut(index)? = value,
            Err(_) => items.push(value),
        },
        (Value::Object(members), key) => {
            members.insert(key, value);
        }
        _ => return None,
    }
    Some(())
}

fn take(document: &mut Value, at: &str) -> Option<Value> {
    match around(document, at)? {
        (Value::Array(items), key) => {
            let index = key.parse().ok().filter(|index| *index < items.len())?;
            Some(items.remove(index))
        }
        (Value::Object(members), key) => members.remove(&key),
        _ => None,
    }
}

impl Stated {
    /// Both documents: `document` is that of the folder.
    pub(crate) fn documents(&self, document: &Value) -> (Value, Value) {
        let mut old = document.clone();
        let before = apply(&self.before, &mut old);
        let mut new = old.clone();
        before
            .and_then(|()| apply(&self.edits, &mut new))
            .unwrap_or_else(|| panic!("{}: an edit is about nothing", self.name));
        (old, new)
    }

    /// Makes the edits in another document, if it has what they are about.
    pub(crate) fn apply(&self, document: &mut Value) -> Option<()> {
        apply(&self.edits, document)
    }
}

fn apply(edits: &[Edit], document: &mut Value) -> Option<()> {
    edits.iter().try_for_each(|edit| edit.apply(document))
}
