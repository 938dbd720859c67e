//! Types of the headers of answers.

use crate::dialect::openapi::ResponseHeader;
use crate::dialect::schema::{Additional, JsonType};
use crate::lower::draft::Conjunction;
use crate::lower::schema::TypeBuilder;
use crate::model::{Scalar, TypeRef};
use crate::source::Node;

/// A scalar; or a list or an object of such, which style `simple` writes (OpenAPI 3.1.1, 4.8.12). Text, where that has no form
/// for a value.
pub(super) fn ty<'d>(types: &mut TypeBuilder<'d, '_>, header: &ResponseHeader<'d>) -> TypeRef {
    let text = TypeRef::Scalar(Scalar::String);
    let Some(schema) = header.schema else {
        return text;
    };
    // Cookies stand in lines of their own, and have commas (RFC 9110, 5.3).
    if header.name.eq_ignore_ascii_case("set-cookie") {
        return text;
    }
    let flat = types.flatten(&Conjunction::one(schema));
    let kinds: Vec<JsonType> = flat.proper_types().iter().collect();
    let schemas = || flat.leaves.iter().map(|leaf| &leaf.schema);
    let has_alternatives = schemas().any(|it| !it.one_of.is_empty() || !it.any_of.is_empty());
    match kinds.as_slice() {
        _ if has_alternatives => TypeRef::Scalar(types.in_text(schema)),
        [JsonType::Array] if schemas().all(|it| it.prefix_items.is_empty()) => {
            let items = schemas().find_map(|it| it.items);
            let item = items.map(|it| types.in_element(it));
            let item = item.unwrap_or(Some(Scalar::String));
            item.map_or(text, |it| TypeRef::List(Box::new(TypeRef::Scalar(it))))
        }
        [JsonType::Object] => {
            let members = schemas().flat_map(|it| it.properties.iter().map(|(_, node)| *node));
            let members = members.chain(schemas().filter_map(|it| match it.others() {
                Additional::Schema(others) => Some(others),
                _ => None,
            }));
            let members: Vec<Node<'d>> = members.collect();
            let members = members.into_iter().map(|it| types.in_element(it));
            let member = members.reduce(|one, other| {
                let (one, other) = (one?, other?);
                Some(if one == other { one } else { Scalar::String })
            });
            let member = member.unwrap_or(Some(Scalar::String));
            member.map_or(text, |it| TypeRef::Map(Box::new(TypeRef::Scalar(it))))
        }
        _ => TypeRef::Scalar(types.in_text(schema)),
    }
}

impl<'d> TypeBuilder<'d, '_> {
    /// The scalar of an element of a list or an object; `None` where it has parts itself.
    fn in_element(&mut self, schema: Node<'d>) -> Option<Scalar> {
        let flat = self.flatten(&Conjunction::one(schema));
        let types = flat.proper_types();
        let has_parts = types.has(JsonType::Array) || types.has(JsonType::Object);
        (!has_parts).then(|| self.in_text(schema))
    }
}
