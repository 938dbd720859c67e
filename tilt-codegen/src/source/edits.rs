//! Changes to documents before anything is read.

use super::document::Format;
use super::{DocumentId, Documents, Pointer};
use crate::place::unescape;
use serde_json::{Map, Value};

/// An extension of a document, for members that only references lead to.
pub(crate) const ASIDE: &str = "x-beside-reference";

impl Documents {
    /// Makes texts of scalars of YAML that are meant as such, as they are written: those that `restore` gives to what it gets.
    pub(crate) fn restore_texts(
        &mut self,
        restore: impl Fn(&mut Value, &mut dyn FnMut(&mut Value)),
    ) {
        let documents = self.0.documents.iter_mut();
        for document in documents.filter(|it| it.format == Format::Yaml) {
            document.restore_texts(&restore);
        }
    }

    /// Takes members out of objects. One with another place is put there: under that name in an extension of the document.
    pub(crate) fn remove(&mut self, members: &[(DocumentId, Pointer, Option<String>)]) {
        for (id, pointer, aside) in members {
            let Some((object, name)) = pointer.split_last() else {
                continue;
            };
            let document = &mut self.0.documents[id.0 as usize];
            let object = document.value.pointer_mut(&object.to_string());
            let removed = match object {
                Some(Value::Object(object)) => object.shift_remove(&*unescape(name)),
                _ => None,
            };
            if let (Some(removed), Some(aside)) = (removed, aside)
                && let Value::Object(root) = &mut document.value
            {
                let all = root
                    .entry(ASIDE)
                    .or_insert_with(|| Value::Object(Map::new()));
                if let Value::Object(all) = all {
                    all.insert(aside.clone(), removed);
                }
            }
            document.forget_places();
        }
    }

    /// Lets references lead elsewhere.
    pub(crate) fn redirect(&mut self, references: Vec<(DocumentId, Pointer, String)>) {
        for (id, pointer, to) in references {
            let document = &mut self.0.documents[id.0 as usize];
            if let Some(reference) = document.value.pointer_mut(&pointer.to_string()) {
                reference["$ref"] = Value::String(to);
            }
            document.forget_places();
        }
    }

    /// Gives members of objects another name.
    pub(crate) fn rename(&mut self, members: &[(DocumentId, Pointer, &str)], to: &str) {
        for (id, pointer, from) in members {
            let document = &mut self.0.documents[id.0 as usize];
            let object = document.value.pointer_mut(&pointer.to_string());
            if let Some(Value::Object(object)) = object
                && let Some(member) = object.shift_remove(*from)
            {
                object.insert(to.to_owned(), member);
            }
            document.forget_places();
        }
    }
}
