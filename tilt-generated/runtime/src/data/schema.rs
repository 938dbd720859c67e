//! JSON Schemas of data types, for the crate `schemars`.
//!
//! Those of an API's types are what its documents state. They are text, which is parsed when it is asked
//! for: there is nothing to compile, and nothing to get wrong.

use crate::data::{
    Base64, Base64Url, Date, DateTime, Decimal, Duration, Extra, Loose, Maybe, Number, Part,
    SecretText, Time, Uuid,
};
use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::HashMap;

/// A schema that an API's documents state, and the others that it refers to.
///
/// ```text
/// rt::schema! {
///     Order [Address, OrderStatus]
///     r##"
///     {"type": "object", "properties": {"address": {"$ref": "#/$defs/Address"}, …}}
///     "##
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! schema {
    ($name:ident [$($reference:ident),* $(,)?] $text:literal) => {
        enum $name {}

        impl $crate::schemars::JsonSchema for $name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::Borrowed(stringify!($name))
            }

            fn schema_id() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::Borrowed(concat!(module_path!(), "::", stringify!($name)))
            }

            fn json_schema(
                generator: &mut $crate::schemars::SchemaGenerator,
            ) -> $crate::schemars::Schema {
                $crate::stated_schema(
                    $text,
                    &[$((
                        stringify!($reference),
                        $crate::schemars::SchemaGenerator::subschema_for::<$reference>,
                    )),*],
                    generator,
                )
            }
        }
    };
}

/// Gives a data type the schema that is stated for it.
#[doc(hidden)]
#[macro_export]
macro_rules! schema_of {
    ($type:ty = $schema:ident) => {
        impl $crate::schemars::JsonSchema for $type {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                <$schema as $crate::schemars::JsonSchema>::schema_name()
            }

            fn schema_id() -> ::std::borrow::Cow<'static, str> {
                <$schema as $crate::schemars::JsonSchema>::schema_id()
            }

            fn json_schema(
                generator: &mut $crate::schemars::SchemaGenerator,
            ) -> $crate::schemars::Schema {
                <$schema as $crate::schemars::JsonSchema>::json_schema(generator)
            }
        }
    };
}

/// How a generator is asked for the schema of a type.
type SchemaOf = fn(&mut SchemaGenerator) -> Schema;

/// A schema, with the generator's own references in place of those in its text.
pub fn stated_schema(
    text: &str,
    references: &[(&str, SchemaOf)],
    generator: &mut SchemaGenerator,
) -> Schema {
    let value: Value = serde_json::from_str(text).expect("generated text is JSON");
    let mut schema = Schema::try_from(value).expect("a stated schema is an object or a Boolean");
    let references = references.iter();
    let definitions = references
        .map(|(name, schema)| (format!("#/$defs/{name}"), schema(generator)))
        .collect();
    References { definitions }.transform(&mut schema);
    schema
}

/// By the reference in a text, what the generator has in its place: a reference, or the schema itself.
struct References {
    definitions: HashMap<String, Schema>,
}

impl Transform for References {
    fn transform(&mut self, schema: &mut Schema) {
        transform_subschemas(self, schema);
        self.transform_others(schema);
        self.transform_mapping(schema);
        self.transform_reference(schema);
    }
}

impl References {
    /// Subschemas that `schemars` does not look for.
    fn transform_others(&mut self, schema: &mut Schema) {
        for keyword in ["contentSchema", "unevaluatedItems", "unevaluatedProperties"] {
            if let Some(Ok(child)) = schema.get_mut(keyword).map(TryInto::try_into) {
                self.transform(child);
            }
        }
        let children = schema.get_mut("dependentSchemas");
        for child in children
            .and_then(Value::as_object_mut)
            .into_iter()
            .flatten()
        {
            if let Ok(child) = child.1.try_into() {
                self.transform(child);
            }
        }
    }

    fn transform_reference(&self, schema: &mut Schema) {
        let reference = schema.get("$ref").and_then(Value::as_str);
        let Some(target) = reference.and_then(|it| self.definitions.get(it)).cloned() else {
            return;
        };
        schema.remove("$ref");
        let Some(members) = schema.as_object_mut().filter(|members| !members.is_empty()) else {
            *schema = target;
            return;
        };
        match target.get("$ref").filter(|_| is_reference(&target)) {
            Some(reference) => {
                members.insert("$ref".to_owned(), reference.clone());
            }
            None => {
                let all = members
                    .entry("allOf")
                    .or_insert_with(|| Value::Array(Vec::new()));
                if let Value::Array(all) = all {
                    all.push(target.to_value());
                }
            }
        }
    }

    /// Values of a discriminator lead to references, or nowhere where there are none.
    fn transform_mapping(&self, schema: &mut Schema) {
        let discriminator = schema
            .get_mut("discriminator")
            .and_then(Value::as_object_mut);
        let Some(discriminator) = discriminator else {
            return;
        };
        let Some(Value::Object(mapping)) = discriminator.remove("mapping") else {
            return;
        };
        let mapping: serde_json::Map<String, Value> = mapping
            .into_iter()
            .filter_map(|(value, target)| {
                let target = self.definitions.get(target.as_str()?)?;
                Some((value, target.get("$ref")?.clone()))
            })
            .collect();
        if !mapping.is_empty() {
            discriminator.insert("mapping".to_owned(), Value::Object(mapping));
        }
    }
}

fn is_reference(schema: &Schema) -> bool {
    schema.as_object().is_some_and(|members| members.len() == 1)
}

macro_rules! schemas {
    ($($type:ident = $schema:tt;)+) => { $(
        impl JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($type))
            }

            fn schema_id() -> Cow<'static, str> {
                Cow::Borrowed(concat!(module_path!(), "::", stringify!($type)))
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )+ };
}

schemas! {
    Base64 = { "type": "string", "contentEncoding": "base64" };
    Base64Url = { "type": "string", "contentEncoding": "base64url" };
    Date = { "type": "string", "format": "date" };
    DateTime = { "type": "string", "format": "date-time" };
    Decimal = { "type": "string", "format": "decimal" };
    Duration = { "type": "string", "format": "duration" };
    Extra = { "type": "object" };
    Number = { "type": "number" };
    Part = { "type": "string", "format": "binary" };
    SecretText = { "type": "string", "format": "password" };
    Time = { "type": "string", "format": "time" };
    Uuid = { "type": "string", "format": "uuid" };
}

impl JsonSchema for crate::data::Value {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Cow::Borrowed("Value")
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!(true)
    }
}

/// Any value: the document names no type.
impl<T> JsonSchema for Loose<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Cow::Borrowed("Loose")
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!(true)
    }
}

/// A value or null: whether a property may be absent is for the object that has it to say.
impl<T: JsonSchema> JsonSchema for Maybe<T> {
    fn inline_schema() -> bool {
        Option::<T>::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        Option::<T>::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        Option::<T>::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Option::<T>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Map;
    use schemars::generate::SchemaSettings;
    use serde_json::json;

    /// A type as generated code has them; `Leaf` is in its schema alone.
    enum Tree {}

    mod schemas {
        use crate as rt;

        rt::schema! {
            Tree [Leaf, Tree]
            r##"
            {
              "properties": {
                "leaf": {"$ref": "#/$defs/Leaf", "description": "A leaf."},
                "branches": {"type": "array", "items": {"$ref": "#/$defs/Tree"}},
                "$ref": {"const": {"$ref": "#/$defs/Leaf"}}
              },
              "dependentSchemas": {"a": {"$ref": "#/$defs/Leaf"}},
              "unevaluatedProperties": {"$ref": "#/$defs/Leaf"},
              "discriminator": {"propertyName": "a", "mapping": {"leaf": "#/$defs/Leaf"}}
            }
            "##
        }

        rt::schema! {
            Leaf []
            r##"
            {"type": "string"}
            "##
        }

        rt::schema_of!(super::Tree = Tree);
    }

    #[test]
    fn references_are_those_of_the_generator() {
        let schema = SchemaSettings::openapi3().into_generator();
        let schema = schema.into_root_schema_for::<Vec<Tree>>();
        let leaf = "#/components/schemas/Leaf";
        assert_eq!(
            schema.pointer("/components/schemas/Tree"),
            Some(&json!({
                "properties": {
                    "leaf": {"description": "A leaf.", "$ref": leaf},
                    "branches": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
                    "$ref": {"const": {"$ref": "#/$defs/Leaf"}},
                },
                "dependentSchemas": {"a": {"$ref": leaf}},
                "unevaluatedProperties": {"$ref": leaf},
                "discriminator": {"propertyName": "a", "mapping": {"leaf": leaf}},
            }))
        );
        assert_eq!(
            schema.pointer("/components/schemas/Leaf"),
            Some(&json!({"type": "string"}))
        );
    }

    #[test]
    fn schemas_are_written_in_place_where_that_is_asked_for() {
        let settings = SchemaSettings::draft2020_12().with(|it| it.inline_subschemas = true);
        let schema = settings.into_generator().into_root_schema_for::<Tree>();
        assert_eq!(
            schema.pointer("/properties/leaf"),
            Some(&json!({"description": "A leaf.", "allOf": [{"type": "string"}]}))
        );
        assert_eq!(
            schema.pointer("/properties/branches/items"),
            Some(&json!({"$ref": "#"}))
        );
        assert_eq!(schema.pointer("/discriminator/mapping"), None);
    }

    #[test]
    fn data_types_have_schemas_alone_and_in_each_other() {
        let schema = schemars::schema_for!(Map<Maybe<DateTime>>);
        assert_eq!(
            schema.pointer("/additionalProperties"),
            Some(&json!({"type": ["string", "null"], "format": "date-time"}))
        );
    }
}
