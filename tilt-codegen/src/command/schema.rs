//! `tilt-codegen schema`.

use super::answer::Answer;
use super::arguments::OwnFormat;
use super::exit::Exit;
use super::failure::Failure;
use super::terminal::say;
use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::drift::format::Document;

pub(crate) fn schema(of: OwnFormat) -> Result<Exit, Failure> {
    let settings = SchemaSettings::draft2020_12();
    let schema = match of {
        OwnFormat::Config => titled::<Config>("codegen.toml", settings.with_transform(WithoutNull)),
        OwnFormat::Answers => titled::<Answer<'_>>(
            "tilt-codegen --message-format json",
            settings.for_serialize(),
        ),
        OwnFormat::Drift => {
            titled::<Document<'_>>("tilt-codegen diff --format json", settings.for_serialize())
        }
    };
    say(format_args!("{:#}\n", schema.as_value()))?;
    Ok(Exit::Success)
}

fn titled<T: JsonSchema>(title: &str, settings: SchemaSettings) -> Schema {
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    schema
}

/// TOML has no null: a setting that may be left out is left out.
#[derive(Debug, Clone)]
struct WithoutNull;

impl Transform for WithoutNull {
    fn transform(&mut self, schema: &mut Schema) {
        if let Some(Value::Array(types)) = schema.get_mut("type") {
            types.retain(|ty| ty != "null");
            if let [only] = types.as_slice() {
                let only = only.clone();
                schema.insert("type".to_owned(), only);
            }
        }
        if let Some(Value::Array(alternatives)) = schema.get_mut("anyOf") {
            alternatives.retain(|alternative| *alternative != json!({"type": "null"}));
            if let [Value::Object(only)] = alternatives.as_slice() {
                let only = only.clone();
                schema.remove("anyOf");
                schema.ensure_object().extend(only);
            }
        }
        match schema.get_mut("default") {
            Some(Value::Null) => drop(schema.remove("default")),
            Some(Value::Object(members)) => members.retain(|_, member| !member.is_null()),
            _ => {}
        }
        transform_subschemas(self, schema);
    }
}
