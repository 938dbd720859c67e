//! Values with the document that they stand in.

use super::{DocumentId, NodeKey};
use crate::place::Place;
use serde_json::Value;

/// A value in its document.
#[derive(Debug, Clone, Copy)]
pub struct Node<'d> {
    /// The document that the value is part of.
    pub document: DocumentId,
    /// The value.
    pub value: &'d Value,
}

impl<'d> Node<'d> {
    /// The member of an object; `None` as well where this is no object.
    pub fn get(&self, key: &str) -> Option<Node<'d>> {
        // To compare a few keys costs less than to hash one.
        const FEW: usize = 8;
        let members = self.value.as_object()?;
        let value = match members.len() <= FEW {
            true => members.iter().find(|(name, _)| *name == key)?.1,
            false => members.get(key)?,
        };
        Some(self.at(value))
    }

    /// The element of an array; `None` as well where this is no array.
    pub fn index(&self, index: usize) -> Option<Node<'d>> {
        self.value
            .as_array()?
            .get(index)
            .map(|value| self.at(value))
    }

    /// The members of an object, in document order; none where this is no object.
    pub fn members(&self) -> impl Iterator<Item = (&'d str, Node<'d>)> + use<'d> {
        let node = *self;
        let members = self.value.as_object().into_iter().flatten();
        members.map(move |(key, value)| (key.as_str(), node.at(value)))
    }

    /// The elements of an array; none where this is no array.
    pub fn elements(&self) -> impl Iterator<Item = Node<'d>> + use<'d> {
        let node = *self;
        let elements = self.value.as_array().into_iter().flatten();
        elements.map(move |value| node.at(value))
    }

    /// The text, where this is a string.
    pub fn as_str(&self) -> Option<&'d str> {
        self.value.as_str()
    }

    /// This place as a key.
    pub fn key(&self) -> NodeKey {
        NodeKey::new(self.document, self.value)
    }

    /// Another value of the same document.
    fn at(&self, value: &'d Value) -> Node<'d> {
        Node {
            document: self.document,
            value,
        }
    }
}

impl From<Node<'_>> for Place {
    fn from(node: Node<'_>) -> Self {
        Place::Node(node.key())
    }
}

/// A value in words, for messages.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn equal_values_at_different_places_have_different_keys() {
        let value = json!([{"a": 1}, {"a": 1}]);
        let root = Node {
            document: DocumentId(0),
            value: &value,
        };
        let [first, second] = [root.index(0), root.index(1)].map(|node| node.map(|n| n.key()));
        assert!(first.is_some());
        assert_ne!(first, second);
        assert_eq!(first, root.elements().next().map(|n| n.key()));
        assert_ne!(Some(root.key()), first);
    }
}
