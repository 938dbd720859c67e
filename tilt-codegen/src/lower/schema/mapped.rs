//! Schemas in whose place a setting names a type.

use super::sample::{sample, whole};
use super::{TypeBuilder, Typed};
use crate::config::MappedType;
use crate::diagnostic::{Code, Problem};
use crate::dialect::schema::{JsonType, Types};
use crate::lower::draft::{Conjunction, Taken};
use crate::lower::schema::flatten::Flat;
use crate::lower::schema::scalars::{of_format, string};
use crate::model::Scalar;
use crate::source::Node;

impl<'d> TypeBuilder<'d, '_> {
    /// The type that `[types.schema]` names for a schema.
    pub(super) fn mapped(&mut self, conjunction: &Conjunction<'d>) -> Option<Typed> {
        let [conjunct] = conjunction.conjuncts.as_slice() else {
            return None;
        };
        let whole = conjunct.without == Taken::default();
        let ty = self
            .context
            .mapped
            .schema(conjunct.node)
            .filter(|_| whole)?;
        let flat = self.flatten(conjunction);
        let kinds = flat.proper_types();
        let scalar = match ty {
            MappedType::Rust(path) => {
                let id = self.context.mapped.of_path(path.as_str())?;
                let documents = self.context.documents();
                let make = || self::whole(documents, conjunct.node);
                self.context.mapped.used(id, kinds, make)
            }
            MappedType::Format(format) => {
                let mut kinds = kinds.iter();
                let of_one = match (kinds.next(), kinds.next()) {
                    (Some(kind), None) => self.of_word(&flat, kind, format),
                    _ => None,
                };
                match of_one {
                    Some(scalar) => scalar,
                    None => {
                        self.unmapped(conjunct.node, format!("what is no text is no `{format}`"));
                        return None;
                    }
                }
            }
        };
        Some(Typed::scalar(scalar, flat.nullable))
    }

    /// The type that the format of a text, an integer or a number has by a setting.
    pub(super) fn formatted(&mut self, flat: &Flat<'d>, kind: JsonType) -> Option<Scalar> {
        let format = flat.leaves.iter().find_map(|leaf| leaf.schema.format)?;
        match self.context.mapped.format(format) {
            None if format == "decimal" => self.of_word(flat, kind, format),
            None => None,
            Some(MappedType::Rust(path)) => {
                let id = self.context.mapped.of_path(path.as_str())?;
                let documents = self.context.documents();
                let nodes = flat.leaves.iter().map(|leaf| leaf.schema.node);
                let make = || sample(documents, nodes);
                Some(self.context.mapped.used(id, Types::only(kind), make))
            }
            Some(MappedType::Format(word)) => self.of_word(flat, kind, word).or_else(|| {
                let is_number = kind == JsonType::Number && word == "decimal";
                if !is_number {
                    let node = flat.first().schema.node;
                    self.unmapped(node, format!("what is no text is no `{word}`"));
                }
                None
            }),
        }
    }

    /// Whether a property that `[types.property]` has is nothing but a text, by a reference.
    pub(super) fn is_mapped_text(&mut self, wire: &str, conjunction: &Conjunction<'d>) -> bool {
        if self.context.mapped.setting_of_property(wire).is_none() {
            return false;
        }
        let flat = self.flatten(conjunction);
        let mut kinds = flat.proper_types().iter();
        let is_plain = flat.leaves.iter().all(|leaf| {
            let schema = &leaf.schema;
            schema.enumeration.is_none()
                && schema.constant.is_none()
                && schema.one_of.is_empty()
                && schema.any_of.is_empty()
                && self.context.mapped.schema(schema.node).is_none()
        });
        let is_text = kinds.next() == Some(JsonType::String) && kinds.next().is_none();
        is_text && is_plain && string(&flat) == Scalar::String
    }

    /// The type that `[types.property]` names for a text of a property.
    pub(super) fn mapped_property(&mut self, wire: &str, nodes: &[Node<'d>]) -> Option<Scalar> {
        let ty = self.context.mapped.property(wire)?;
        let mapped = &mut self.context.mapped;
        let id = match ty {
            MappedType::Rust(path) => mapped.of_path(path.as_str()),
            MappedType::Format(word) => mapped
                .decimal(JsonType::String)
                .filter(|_| word == "decimal"),
        };
        match (id, ty) {
            (Some(id), _) => {
                let documents = self.context.documents();
                let make = || sample(documents, nodes.iter().copied());
                let kinds = Types::only(JsonType::String);
                Some(self.context.mapped.used(id, kinds, make))
            }
            (None, MappedType::Format(word)) => Some(of_format(Some(word))),
            (None, MappedType::Rust(_)) => None,
        }
    }

    /// The same in headers of answers, which are texts: as far as it is the type of another format.
    pub(super) fn formatted_text(&mut self, flat: &Flat<'d>) -> Scalar {
        let format = flat.leaves.iter().find_map(|leaf| leaf.schema.format);
        match format.and_then(|format| self.context.mapped.format(format)) {
            Some(MappedType::Format(word)) => of_format(Some(word)),
            Some(MappedType::Rust(_)) => {
                let node = flat.first().schema.node;
                self.unmapped(
                    node,
                    "a header of an answer is read as a type of the runtime".to_owned(),
                );
                string(flat)
            }
            None => string(flat),
        }
    }

    /// The type of a format that the runtime has one for.
    fn of_word(&mut self, flat: &Flat<'d>, kind: JsonType, word: &str) -> Option<Scalar> {
        let decimal = self
            .context
            .mapped
            .decimal(kind)
            .filter(|_| word == "decimal");
        match (decimal, kind) {
            (Some(id), _) => {
                let documents = self.context.documents();
                let nodes = flat.leaves.iter().map(|leaf| leaf.schema.node);
                let make = || sample(documents, nodes);
                Some(self.context.mapped.used(id, Types::only(kind), make))
            }
            (None, JsonType::String) => Some(of_format(Some(word))),
            (None, _) => None,
        }
    }

    /// Reports schemas that a setting maps and that are only parts of another.
    pub(super) fn report_composed(&mut self, flat: &Flat<'d>) {
        let whole = flat.first().conjunct.node;
        for leaf in &flat.leaves {
            let part = leaf.conjunct.node;
            let is_mapped = self.context.mapped.schema(part).is_some();
            if is_mapped && self.composed.insert((part.key(), flat.key.clone())) {
                let reason = "it is composed into another, which has its properties";
                self.unmapped(whole, reason.to_owned());
            }
        }
    }

    /// Reports a schema that is not of the type that a setting names.
    pub(super) fn unmapped(&mut self, node: Node<'d>, reason: String) {
        let message = format!("the type that [types] names does not stand here: {reason}");
        self.context
            .problem(Problem::new(Code::UNMAPPED_SCHEMA, node, message));
    }
}
