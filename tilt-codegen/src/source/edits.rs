//! Changes to documents before anything is read.

use super::document::Format;
use super::{DocumentId, Documents, Pointer};
use crate::place::unescape;
use serde_json::Value;

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

    /// Takes members out of objects.
    pub(crate) fn remove(&mut self, members: &[(DocumentId, Pointer)]) {
        for (id, pointer) in members {
            let Some((object, name)) = pointer.split_last() else {
                continue;
            };
            let document = &mut self.0.documents[id.0 as usize];
            let object = document.value.pointer_mut(&object.to_string());
            if let Some(Value::Object(object)) = object {
                object.shift_remove(&*unescape(name));
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
