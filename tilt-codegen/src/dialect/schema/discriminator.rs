//! The property that tells alternatives apart, and what its values select.

use crate::source::Node;

/// OpenAPI's `discriminator`.
#[derive(Debug, Clone)]
pub(crate) struct Discriminator<'d> {
    pub property: &'d str,
    /// It is the property's name alone, as AsyncAPI has it.
    pub is_text: bool,
    /// As it is written: it may list thousands that all read this schema.
    mapping: Option<Node<'d>>,
    /// The schema, by name or reference, of a value that is absent or selects none (OpenAPI 3.2.0, section 4.24).
    pub default: Option<Node<'d>>,
}

impl<'d> Discriminator<'d> {
    /// `None`: it names no property.
    pub(super) fn read(node: Node<'d>) -> Option<Self> {
        let property = node.as_str();
        let property = property.or_else(|| node.get("propertyName")?.as_str());
        Some(Discriminator {
            property: property?,
            is_text: node.value.is_string(),
            mapping: node.get("mapping"),
            default: node.get("defaultMapping"),
        })
    }

    /// Value to schema name or reference, sorted by value.
    pub(crate) fn mapping(&self) -> Vec<Mapped<'d>> {
        let entries = self.mapping.into_iter().flat_map(|it| it.members());
        let entries = entries.filter_map(|(value, node)| {
            let target = node.as_str()?;
            Some(Mapped {
                value,
                target,
                node,
            })
        });
        let mut mapping: Vec<_> = entries.collect();
        mapping.sort_unstable_by_key(|it| it.value);
        mapping
    }
}

/// A value of a discriminator, and the schema that it selects.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mapped<'d> {
    pub value: &'d str,
    /// A name or a reference.
    pub target: &'d str,
    /// The place of the target.
    pub node: Node<'d>,
}
