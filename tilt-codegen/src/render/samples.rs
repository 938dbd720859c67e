//! Sample values of the types that users read: `samples.rs`, which is there with the feature `samples`.

use super::File;
use super::by_type::{self, TypeConditions};
use super::condition::Conditions;
use super::source::{ident, literal};
use crate::model::{SampleValue, Sdk};
use serde_json::Value;

pub(super) fn file(sdk: &Sdk, conditions: Conditions) -> File {
    let docs = ["A valid value of each type that is read, as small as it can be."];
    let mut source = by_type::head(sdk, conditions, &docs, "unused_imports");
    let types = TypeConditions::of(sdk, conditions);
    source.apart();
    for sample in &sdk.samples {
        let Some((ty, condition)) = sdk.types.get(sample.ty.0).zip(types.on(sample.ty)) else {
            continue;
        };
        condition.write(&mut source);
        let name = format!("types::{}", ident(&ty.name));
        match &sample.value {
            SampleValue::Object(members) if !members.is_empty() => {
                source.open(&format!("rt::sample!({name} = rt::sample_object(["));
                for (wire, value) in members {
                    let wire = literal(wire);
                    source.line(&format!("({wire}, {}),", expression(sdk, value)));
                }
                source.close("]));");
            }
            value => source.line(&format!(
                "rt::sample!({name} = {});",
                expression(sdk, value)
            )),
        }
    }
    File {
        path: "samples.rs".to_owned(),
        contents: source.finish(),
    }
}

/// A value as an expression of the type `rt::Value`.
fn expression(sdk: &Sdk, value: &SampleValue) -> String {
    match value {
        SampleValue::Json(json) => of_json(json),
        SampleValue::Of(id) => {
            let name = sdk.types.get(id.0).map_or("", |ty| ty.name.as_str());
            format!("rt::sample_json::<types::{}>()", ident(name))
        }
        SampleValue::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| expression(sdk, item)).collect();
            format!("rt::Value::Array(vec![{}])", items.join(", "))
        }
        SampleValue::Object(members) => {
            let members: Vec<_> = members
                .iter()
                .map(|(wire, value)| format!("({}, {})", literal(wire), expression(sdk, value)))
                .collect();
            format!("rt::sample_object([{}])", members.join(", "))
        }
    }
}

fn of_json(json: &Value) -> String {
    match json {
        Value::Null => "rt::Value::Null".to_owned(),
        Value::Bool(value) => format!("{value}.into()"),
        Value::Number(number) if number.is_i64() => format!("{number}_i64.into()"),
        Value::String(text) => format!("{}.into()", literal(text)),
        other => format!("rt::json_value({})", literal(&other.to_string())),
    }
}
