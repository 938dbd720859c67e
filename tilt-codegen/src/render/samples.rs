//! Sample values of the types that users read: `samples.rs`, which is there with the feature `samples`.

use super::File;
use super::condition::Conditions;
use super::source::{Source, ident, literal};
use crate::model::{Module, SampleValue, Sdk, TypeId};
use serde_json::Value;
use std::collections::HashMap;

pub(super) fn file(sdk: &Sdk, conditions: Conditions) -> File {
    let modules = sdk.modules.iter();
    let modules = modules.flat_map(|module| module.types.iter().map(move |id| (*id, module)));
    let modules: HashMap<TypeId, &Module> = modules.collect();
    let mut source = Source::generated();
    source.line("//! A valid value of each type that is read, as small as it can be.");
    source.apart();
    if !conditions.declared(&sdk.features).is_empty() {
        source.line("#![allow(unused_imports, reason = \"some features have fewer types\")]");
        source.apart();
    }
    source.line("use super::types;");
    source.line("use tilt_runtime as rt;");
    source.apart();
    for sample in &sdk.samples {
        let Some((ty, module)) = sdk.types.get(sample.ty.0).zip(modules.get(&sample.ty)) else {
            continue;
        };
        conditions.on(&module.features).write(&mut source);
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
