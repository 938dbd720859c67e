//! The direction of properties: `readOnly` and `writeOnly`, wherever they are said.

use std::ops::BitOrAssign;

use crate::dialect::keyword;
use crate::dialect::schema::Schema;
use crate::lower::draft::OneWay;
use crate::lower::schema::TypeBuilder;
use crate::source::Node;

/// Both marks; of a property with both, neither says anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Marks {
    read_only: bool,
    write_only: bool,
}

impl Marks {
    fn of(node: Node<'_>) -> Self {
        Self {
            read_only: keyword::is_read_only(node),
            write_only: keyword::is_write_only(node),
        }
    }

    pub(super) fn one_way(self) -> Option<OneWay> {
        match (self.read_only, self.write_only) {
            (true, false) => Some(OneWay::Read),
            (false, true) => Some(OneWay::Write),
            (false, false) | (true, true) => None,
        }
    }

    /// A property of no direction cannot be demanded in either.
    pub(super) fn contradict(self) -> bool {
        self.read_only && self.write_only
    }
}

impl BitOrAssign for Marks {
    fn bitor_assign(&mut self, other: Self) {
        self.read_only |= other.read_only;
        self.write_only |= other.write_only;
    }
}

impl<'d> TypeBuilder<'d, '_> {
    /// The marks of a property with these schemas, of what they refer to, and of the parts of their `allOf`.
    pub(super) fn marks(&mut self, schemas: &[Schema<'d>]) -> Marks {
        let mut marks = Marks::default();
        for schema in schemas {
            for node in schema.all_of.iter().copied().chain([schema.node]) {
                marks |= self.marks_of_chain(node);
            }
        }
        marks
    }

    /// The marks of a schema and of all that it refers to, one after the other: a chain is walked once.
    fn marks_of_chain(&mut self, node: Node<'d>) -> Marks {
        let documents = self.context.documents();
        let mut way: Vec<Node<'d>> = Vec::new();
        let mut at = Some(node);
        let mut marks = Marks::default();
        while let Some(node) = at {
            if let Some(known) = self.marks.get(&node.key()) {
                marks = *known;
                break;
            }
            self.marks.insert(node.key(), Marks::of(node));
            way.push(node);
            let reference = keyword::reference(node);
            at = reference.and_then(|it| documents.resolve(node, it).ok());
        }
        for node in way.into_iter().rev() {
            marks |= Marks::of(node);
            self.marks.insert(node.key(), marks);
        }
        marks
    }
}
