//! Ways from a type that is known by its name to another.

use crate::lower::naming::words::{CONTAINERS, GENERIC, entity, overlap};

/// How to come to a type: from one that is known by its name, through properties.
#[derive(Debug, Clone, Default)]
pub(super) struct Way {
    pub root: String,
    /// The words of the properties, the last ones only.
    pub properties: Vec<Vec<String>>,
    /// The name that the type at its end got.
    pub name: String,
}

impl Way {
    /// To a type that is known by its name.
    pub(super) fn to(root: &str) -> Self {
        Self {
            root: root.to_owned(),
            properties: Vec::new(),
            name: root.to_owned(),
        }
    }

    /// The words of what something at the end of the way belongs to: the nearest property that says
    /// something, and those behind it, or else what the root is about.
    pub(super) fn thing(&self) -> Vec<String> {
        let at = self.properties.iter().rposition(|words| !is_generic(words));
        let (mut thing, behind) = match at {
            Some(at) => (self.properties[at].clone(), &self.properties[at + 1..]),
            None => (entity(&self.root), self.properties.as_slice()),
        };
        for words in behind {
            thing = overlap(&thing, words);
        }
        thing
    }
}

/// Whether a property only holds what its owner is about.
pub(super) fn is_container(words: &[String]) -> bool {
    CONTAINERS.contains(&words.join("_").as_str())
}

/// Whether a property says nothing without the thing that it belongs to.
pub(super) fn is_generic(words: &[String]) -> bool {
    GENERIC.contains(&words.join("_").as_str())
}
