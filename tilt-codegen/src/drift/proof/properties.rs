//! Kinds of changes of properties.

use super::mutation::*;
use super::plain::schema;
use serde_json::{Value, json};

pub(super) fn mutations() -> Vec<Mutation> {
    let mut all = coming_and_going();
    all.extend(of_closed());
    all.extend(renames());
    all.extend(flags());
    all
}

/// The last property that is required or not, and of no one way.
fn property(schema: &Value, is_required: bool) -> Option<(&str, &Value)> {
    let required = schema["required"].as_array();
    let has = |name: &str| required.is_some_and(|list| list.iter().any(|it| it == name));
    let properties = schema.get("properties")?.as_object()?.iter().rev();
    let mut properties = properties.filter(|(_, it)| {
        let is = |key: &str| it.get(key) == Some(&Value::Bool(true));
        it.is_object() && !is("readOnly") && !is("writeOnly")
    });
    let (name, property) = properties.find(|(name, _)| has(name) == is_required)?;
    Some((name, property))
}

fn with_property(schema: &Value, name: &str, property: Value) -> Option<Value> {
    let mut properties = schema.get("properties")?.as_object()?.clone();
    properties.insert(name.to_owned(), property);
    Some(with(schema, "properties", properties.into()))
}

fn with_required(schema: &Value, name: &str) -> Value {
    let mut required = schema["required"].as_array().cloned().unwrap_or_default();
    required.push(name.into());
    with(schema, "required", required.into())
}

/// A closed object takes no other properties: old programs that send one that is gone are refused.
fn is_closed(schema: &Value) -> bool {
    schema["additionalProperties"] == false
}

fn coming_and_going() -> Vec<Mutation> {
    let new = || json!({"type": "string", "description": "New."});
    let gone = always(
        "request-property-removed|optional-property-removed",
        Warning,
    );
    let required_gone = gives("required-property-removed", Warning, Breaking);
    let came = always(
        "new-optional-request-property|optional-property-added",
        Additive,
    );
    let required_came = gives(
        "new-required-request-property|required-property-added",
        Breaking,
        Additive,
    );
    vec![
        schema(
            "optional property added",
            move |it| with_property(it, "zz_added", new()).filter(|_| !is_closed(it)),
            came,
            gone,
        ),
        schema(
            "required property added",
            move |it| {
                let added = with_property(it, "zz_added", new()).filter(|_| !is_closed(it))?;
                Some(with_required(&added, "zz_added"))
            },
            required_came,
            required_gone,
        ),
        schema(
            "optional property removed",
            removed(false, false),
            gone,
            came,
        ),
        schema(
            "required property removed",
            removed(true, false),
            required_gone,
            required_came,
        ),
    ]
}

/// A property goes, of an object that is closed or is not.
fn removed(is_required: bool, closed: bool) -> impl Fn(&Value) -> Option<Value> {
    move |it| {
        let (name, _) = property(it, is_required).filter(|_| is_closed(it) == closed)?;
        let properties = without(&it["properties"], name)?;
        let mut schema = with(it, "properties", properties);
        if is_required {
            let list = it["required"].as_array()?.iter();
            schema["required"] = list.filter(|other| *other != name).cloned().collect();
        }
        Some(schema)
    }
}

fn of_closed() -> Vec<Mutation> {
    vec![
        schema(
            "optional property of a closed object removed",
            removed(false, true),
            gives("property-removed", Breaking, Additive),
            always(
                "new-optional-request-property|optional-property-added",
                Additive,
            ),
        ),
        schema(
            "required property of a closed object removed",
            removed(true, true),
            always("required-property-removed", Breaking),
            gives(
                "new-required-request-property|required-property-added",
                Breaking,
                Additive,
            ),
        ),
    ]
}

fn renames() -> Vec<Mutation> {
    let rename = |is_required: bool| {
        move |it: &Value| {
            // That of a closed object has its rule, whose example shows it.
            let (name, _) = property(it, is_required).filter(|_| is_required || !is_closed(it))?;
            let to = format!("{name}_renewed");
            let mut schema = with(it, "properties", renamed(&it["properties"], name, &to)?);
            if is_required {
                let list = it["required"].as_array()?.iter();
                let list = list.map(|it| match it == name {
                    true => to.as_str().into(),
                    false => it.clone(),
                });
                schema["required"] = list.collect();
            }
            Some(schema)
        }
    };
    let flagged = |key: &'static str, is_required: bool| {
        move |it: &Value| {
            let (name, property) = property(it, is_required)?;
            let is_written = property.get("$ref").is_none() && property.get(key).is_none();
            is_written.then(|| with_property(it, name, with(property, key, true.into())))?
        }
    };
    vec![
        schema(
            "optional property renamed",
            rename(false),
            always("property-renamed", Warning),
            always("property-renamed", Warning),
        ),
        schema(
            "required property renamed",
            rename(true),
            always("required-property-renamed", Breaking),
            always("required-property-renamed", Breaking),
        ),
        schema(
            "became required",
            |it| property(it, false).map(|(name, _)| with_required(it, name)),
            gives("became-required", Breaking, Additive),
            gives("became-optional", Additive, Breaking),
        ),
        schema(
            "optional became read-only",
            flagged("readOnly", false),
            gives("became-read-only", Warning, Editorial),
            gives("became-not-read-only", Additive, Editorial),
        ),
        schema(
            "required became read-only",
            flagged("readOnly", true),
            gives("became-read-only", Warning, Editorial),
            gives("became-not-read-only", Breaking, Editorial),
        ),
    ]
}

fn flags() -> Vec<Mutation> {
    let flagged = |key: &'static str, is_required: bool| {
        move |it: &Value| {
            let (name, property) = property(it, is_required)?;
            let is_written = property.get("$ref").is_none() && property.get(key).is_none();
            is_written.then(|| with_property(it, name, with(property, key, true.into())))?
        }
    };
    vec![
        schema(
            "optional became write-only",
            flagged("writeOnly", false),
            gives("became-write-only", Editorial, Warning),
            gives("became-not-write-only", Editorial, Additive),
        ),
        schema(
            "required became write-only",
            flagged("writeOnly", true),
            gives("became-write-only", Editorial, Breaking),
            gives("became-not-write-only", Editorial, Additive),
        ),
    ]
}
