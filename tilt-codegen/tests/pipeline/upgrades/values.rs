//! The words of findings, held against values: where nothing but additions is told, what the old SDK sends is valid by the
//! new documents, and what they answer is valid by the old ones.

use super::pair::inputs;
use super::pairs::all_documents;
use serde_json::{Value, json};
use std::collections::HashMap;
use tilt_codegen::config::Config;
use tilt_codegen::drift::{Direction, Drift, Severity};
use tilt_codegen::model::{SampleValue, Sdk, Type, TypeId};
use tilt_codegen::{Generator, Inputs};

/// Values of one SDK, and the schemas that judge those of another.
struct Values {
    /// Of each type, by name.
    samples: HashMap<String, Value>,
    schemas: HashMap<String, Value>,
    whole: Value,
}

impl Values {
    fn of(sdk: &Sdk) -> Self {
        let samples = sdk.samples.iter().map(|it| (it.ty, &it.value));
        let samples: HashMap<_, &SampleValue> = samples.collect();
        let name = |ty: &Type| ty.name.clone();
        let values = samples.iter().map(|(id, value)| {
            let mut json = Value::Null;
            write(value, &samples, &mut json);
            (name(&sdk.types[id.0]), json)
        });
        let definitions = || sdk.definitions.iter();
        let of_types = definitions().filter_map(|it| Some((name(&sdk.types[it.ty?.0]), it)));
        Values {
            samples: values.collect(),
            schemas: of_types
                .map(|(name, it)| (name, it.schema.clone()))
                .collect(),
            whole: definitions()
                .map(|it| (it.name.clone(), it.schema.clone()))
                .collect(),
        }
    }

    /// As the SDK reads them: a value that its enums do not list is kept.
    fn read(mut self) -> Self {
        let schemas = self.schemas.values_mut();
        schemas.chain([&mut self.whole]).for_each(open);
        self
    }
}

/// Takes the lists of values out of a schema. (A property that is called `enum` is no list.)
fn open(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            members.retain(|key, it| key != "enum" || !it.is_array());
            members.values_mut().for_each(open);
        }
        Value::Array(elements) => elements.iter_mut().for_each(open),
        _ => {}
    }
}

fn write(value: &SampleValue, samples: &HashMap<TypeId, &SampleValue>, out: &mut Value) {
    let inner = |value: &SampleValue| {
        let mut json = Value::Null;
        write(value, samples, &mut json);
        json
    };
    *out = match value {
        SampleValue::Json(json) => json.clone(),
        SampleValue::Of(id) => samples.get(id).map_or(Value::Null, |it| inner(it)),
        SampleValue::Array(items) => items.iter().map(inner).collect(),
        SampleValue::Object(members) => {
            let members = members.iter();
            members
                .map(|(name, it)| (name.clone(), inner(it)))
                .collect()
        }
    };
}

/// The types whose values of one SDK are not valid by the schemas of another, as far as both have them and they differ.
fn refused(made: &Values, judge: &Values, is_of: impl Fn(&str) -> bool) -> (usize, Vec<String>) {
    let mut count = 0;
    let mut refused = Vec::new();
    for (name, schema) in &made.schemas {
        let (Some(value), Some(other)) = (made.samples.get(name), judge.schemas.get(name)) else {
            continue;
        };
        if schema == other || !is_of(name) {
            continue;
        }
        let is_valid = |of: &Values, schema: &Value| {
            let whole = json!({"$defs": of.whole, "allOf": [schema]});
            jsonschema::draft202012::new(&whole).is_ok_and(|it| it.is_valid(value))
        };
        // A document may state an example that is none.
        if is_valid(made, schema) {
            count += 1;
            if !is_valid(judge, other) {
                refused.push(format!("{name}: {value}"));
            }
        }
    }
    refused.sort();
    (count, refused)
}

fn gravest(drift: &Drift, is_it: impl Fn(&Direction) -> bool) -> Severity {
    let findings = drift.findings.iter();
    let found = findings.filter(|it| it.directions.iter().any(&is_it));
    found
        .map(|it| it.severity)
        .max()
        .unwrap_or(Severity::Editorial)
}

/// Judges a pair both ways; what speaks against it, and how many values were judged.
fn judge(name: &str, old: &Inputs, new: &Inputs) -> (usize, Vec<String>) {
    let model = |inputs: &Inputs| Generator::new(Config::default()).model(inputs);
    let was = model(old).unwrap_or_else(|it| panic!("{name}: {it:?}"));
    let is = model(new).unwrap_or_else(|it| panic!("{name}: {it:?}"));
    let drift = tilt_codegen::diff(old, new, &Config::default()).unwrap();
    let (before, after) = (Values::of(&was.sdk), Values::of(&is.sdk));
    let travels = |sdk: &Sdk, is_sent: bool| -> Vec<String> {
        let types = sdk.types.iter();
        let types = types.filter(|ty| {
            if is_sent {
                ty.usage.input
            } else {
                ty.usage.output
            }
        });
        types.map(|ty| ty.name.clone()).collect()
    };
    let mut faults = Vec::new();
    let mut judged = 0;
    let reading = Values::of(&was.sdk).read();
    for (is_sent, made, by, sdk) in [
        (true, &before, &after, &was.sdk),
        (false, &after, &reading, &is.sdk),
    ] {
        let names = travels(sdk, is_sent);
        let (count, refused) = refused(made, by, |name| names.iter().any(|it| it == name));
        judged += count;
        let severity = gravest(&drift, |it| (*it == Direction::Request) == is_sent);
        if severity <= Severity::Additive && !refused.is_empty() {
            faults.push(format!(
                "{name}, sent {is_sent}: {severity:?}, and {refused:#?}"
            ));
        }
    }
    (judged, faults)
}

#[test]
fn values_do_not_speak_against_additions() {
    let mut faults = Vec::new();
    let mut judged = 0;
    for (name, old, new) in all_documents() {
        let (count, found) = judge(&name, &inputs(&old, None), &inputs(&new, None));
        judged += count;
        faults.extend(found);
    }
    assert!(judged > 20, "{judged} values");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
