//! Instances, and the type that each is sent through.

use std::collections::{BTreeMap, HashSet};

use tilt_codegen::model::{Scalar, SchemaPlace, Sdk, Shape, Type, TypeRef};

use super::json_types;
use crate::document::{Document, ValidatorError};
use crate::instances::{Instance, Instances};

/// An instance and the type that it is to be an instance of.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The type's name.
    pub type_name: String,
    /// The instance.
    pub instance: Instance,
}

/// So many of the places of one type are asked for instances, at most.
const MOST_PLACES: usize = 6;

/// The instances of all types of an SDK, about so many each at most. The documents go by the names that
/// the SDK knows them under.
///
/// An API that is described in several files is left out: a reference from one to another says nothing here.
///
/// # Errors
///
/// A document's schemas cannot be compiled.
pub fn cases<'a>(
    sdk: &'a Sdk,
    documents: &'a BTreeMap<String, Document>,
    most: usize,
) -> Result<impl Iterator<Item = Case> + 'a, ValidatorError> {
    let mut sources: BTreeMap<&str, Instances<'a>> = BTreeMap::new();
    for (name, document) in documents {
        let schemas = json_types(sdk).flat_map(chosen).flatten();
        let pointers = schemas.filter(|schema| schema.document == *name);
        let pointers: Vec<String> = pointers.map(|schema| schema.pointer.to_string()).collect();
        let pointers = pointers.iter().map(String::as_str).collect();
        sources.insert(name, Instances::new(document, pointers)?);
    }
    let unions: HashSet<&'a [SchemaPlace]> = json_types(sdk)
        .filter(|ty| matches!(ty.shape, Shape::Union(_)))
        .flat_map(|ty| ty.places.iter().map(Vec::as_slice))
        .collect();
    Ok(json_types(sdk).flat_map(move |ty| {
        let mut cases = Vec::new();
        let places: Vec<_> = chosen(ty).collect();
        // The first place of a type has the most.
        for (place, share) in places.iter().zip([1, 2, 4, 4, 4, 4]) {
            let document = place.first().map(|schema| schema.document.as_str());
            let is_whole = place
                .iter()
                .all(|schema| Some(schema.document.as_str()) == document);
            let source = document
                .filter(|_| is_whole)
                .and_then(|name| sources.get(name));
            let Some(source) = source else {
                continue;
            };
            let pointers = place.iter().map(|schema| schema.pointer.to_string());
            let pointers: Vec<String> = pointers.collect();
            let pointers: Vec<&str> = pointers.iter().map(String::as_str).collect();
            let is_part_of_union = unions.contains(*place);
            let instances = source.of(&pointers, (most / share).max(1)).into_iter();
            let instances =
                instances.filter(|instance| may_be(ty, &instance.value, is_part_of_union));
            cases.extend(instances.map(|instance| Case {
                type_name: ty.name.clone(),
                instance,
            }));
        }
        cases
    }))
}

/// The places that a type is judged by: the first, and others from among all.
fn chosen(ty: &Type) -> impl Iterator<Item = &[SchemaPlace]> {
    let step = ty.places.len().div_ceil(MOST_PLACES).max(1);
    ty.places.iter().step_by(step).map(Vec::as_slice)
}

/// Whether a value of a type's place is the type's own: null is the business of who holds the type, and
/// a struct that is a union's only kind of object stands at the place of the union.
fn may_be(ty: &Type, value: &serde_json::Value, is_part_of_union: bool) -> bool {
    match &ty.shape {
        Shape::Alias(TypeRef::Nullable(_) | TypeRef::Scalar(Scalar::Any | Scalar::Null)) => true,
        Shape::Struct(_) if is_part_of_union => value.is_object(),
        _ => !value.is_null(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Api;
    use serde_json::{Value, json};

    /// The valid instances of a type of some schemas.
    fn values(schemas: Value, name: &str) -> Vec<Value> {
        let document = json!({
            "openapi": "3.1.0",
            "info": {"title": "t", "version": "1"},
            "paths": {},
            "components": {"schemas": schemas},
        });
        let api = Api::of_document("api", document);
        let sdk = api.generator().model(&api.inputs()).expect("schemas").sdk;
        let documents = api.named_documents();
        let cases = cases(&sdk, &documents, 20).expect("schemas");
        let cases = cases.filter(|case| case.type_name.ends_with(name) && case.instance.is_valid);
        cases.map(|case| case.instance.value).collect()
    }

    #[test]
    fn what_several_schemas_describe_is_an_instance_of_all() {
        let values = values(
            json!({"A": {
                "type": "object",
                "properties": {"base": {"type": "integer"}},
                "required": ["base"],
                "oneOf": [
                    {"title": "One", "properties": {"one": {"const": 1}}, "required": ["one"]},
                    {"title": "Two", "properties": {"two": {"const": 2}}, "required": ["two"]},
                ],
            }}),
            "AOne",
        );
        assert!(!values.is_empty());
        assert!(
            values
                .iter()
                .all(|value| value["one"] == 1 && value["base"].is_i64())
        );
    }

    #[test]
    fn a_type_is_judged_at_all_its_places() {
        let inline = |format: &str| {
            let id =
                json!({"type": "string", "maxLength": format.len(), "minLength": format.len()});
            json!({"type": "object", "properties": {"item": {
                "type": "object", "properties": {"id": id}, "required": ["id"],
            }}})
        };
        let values = values(json!({"A": inline("1"), "B": inline("1234")}), "Item");
        let lengths = values
            .iter()
            .filter_map(|value| Some(value["id"].as_str()?.chars().count()));
        let lengths: std::collections::BTreeSet<usize> = lengths.collect();
        assert_eq!(lengths, [1, 4].into());
    }

    #[test]
    fn the_objects_of_a_union_of_kinds_are_objects() {
        let schemas =
            json!({"A": {"type": ["object", "string"], "properties": {"id": {"type": "string"}}}});
        assert!(values(schemas.clone(), "A").iter().any(Value::is_string));
        let objects = values(schemas, "AObject");
        assert!(!objects.is_empty() && objects.iter().all(Value::is_object));
    }
}
