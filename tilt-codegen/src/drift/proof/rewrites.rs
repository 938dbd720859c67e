//! Other spellings of one thing, each at every place at once.

use super::documents::State;
use super::places::{METHODS, places};
use crate::drift::grammar::Kind;
use serde_json::{Map, Value, json};

/// Two documents that say the same.
pub(super) struct Rewrite {
    pub(super) name: &'static str,
    pub(super) edits: [fn(&Value) -> Value; 2],
}

pub(super) fn rewrites() -> Vec<Rewrite> {
    let from = |name, edit: fn(&Value) -> Value| Rewrite {
        name,
        edits: [Value::clone, edit],
    };
    let between = |name, edits| Rewrite { name, edits };
    vec![
        from("order of keys", turned),
        from("order of lists", lists_turned),
        from("defaults of schemas", schema_defaults),
        from("defaults of parameters", parameter_defaults),
        from("defaults of operations", operation_defaults),
        between("nullable and the type null", [nullable, type_null]),
        between("nullable and a choice with null", [nullable, any_null]),
        from("a constant and a list of one", constants),
        from("a list and a choice of constants", choices),
        from("integers and multiples of 1", multiples_of_one),
        from("bounds of integers", bounds_of_integers),
        from("keywords of other types", keywords_of_other_types),
        from("nothing, and what is never valid", never_valid),
        from("any of any of", any_of_any_of),
        from("allOf of one schema", all_of_one),
        from("allOf of one reference", all_of_reference),
        from("schemas in place of references", |it| {
            inlined(it, "schemas")
        }),
        from("parameters in place of references", |it| {
            inlined(it, "parameters")
        }),
        from("answers in place of references", |it| {
            inlined(it, "responses")
        }),
        from("parameters of paths", path_parameters),
        from("security of the document", root_security),
        from("servers of operations", operation_servers),
        from("case of headers", header_case),
        from("case of media types", media_type_case),
        between(
            "an example and a list of one",
            [one_example, list_of_one_example],
        ),
    ]
}

impl Rewrite {
    /// Both spellings, where they differ.
    pub(super) fn of(&self, state: &State) -> Option<(State, State)> {
        let [old, new] = self.edits.map(|edit| edit(&state.value));
        // Values are equal whatever the order of their keys; texts are not.
        let [was, is] = [&old, &new].map(Value::to_string);
        (was != is).then(|| (state.edited(old), state.edited(new)))
    }
}

/// With an edit of every object of a kind, those inside first.
fn everywhere(document: &Value, kind: Kind, edit: impl Fn(&mut Map<String, Value>)) -> Value {
    let mut document = document.clone();
    for place in places(&document).into_iter().filter(|it| it.kind == kind) {
        let object = document.pointer_mut(&place.pointer);
        if let Some(object) = object.and_then(Value::as_object_mut) {
            edit(object);
        }
    }
    document
}

fn turned(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.iter().rev();
            Value::Object(
                members
                    .map(|(key, value)| (key.clone(), turned(value)))
                    .collect(),
            )
        }
        Value::Array(elements) => elements.iter().map(turned).collect(),
        other => other.clone(),
    }
}

fn reverse(object: &mut Map<String, Value>, keys: &[&str]) {
    for key in keys {
        if let Some(Value::Array(list)) = object.get_mut(*key) {
            list.reverse();
        }
    }
}

fn lists_turned(document: &Value) -> Value {
    let document = everywhere(document, Kind::Schema, |it| {
        reverse(it, &["required", "enum", "type", "oneOf", "anyOf"]);
    });
    everywhere(&document, Kind::Operation, |it| {
        reverse(it, &["parameters", "security", "tags"]);
    })
}

fn default(object: &mut Map<String, Value>, key: &str, value: Value) {
    object.entry(key).or_insert(value);
}

fn schema_defaults(document: &Value) -> Value {
    everywhere(document, Kind::Schema, |it| {
        let is = |ty: &str, it: &Map<String, Value>| it.get("type").is_some_and(|it| it == ty);
        default(it, "deprecated", false.into());
        default(it, "readOnly", false.into());
        if is("string", it) {
            default(it, "minLength", 0.into());
        }
        if is("array", it) {
            default(it, "minItems", 0.into());
            default(it, "uniqueItems", false.into());
        }
        if is("object", it) {
            default(it, "additionalProperties", true.into());
            default(it, "required", json!([]));
        }
    })
}

fn parameter_defaults(document: &Value) -> Value {
    let document = everywhere(document, Kind::Header, |it| {
        default(it, "required", false.into());
    });
    everywhere(&document, Kind::Parameter, |it| {
        if it.contains_key("content") || it.contains_key("style") {
            return;
        }
        let is_form = it["in"] == "query" || it["in"] == "cookie";
        for key in ["required", "deprecated", "allowReserved"] {
            default(it, key, false.into());
        }
        default(it, "style", if is_form { "form" } else { "simple" }.into());
        default(it, "explode", is_form.into());
    })
}

fn operation_defaults(document: &Value) -> Value {
    let document = everywhere(document, Kind::RequestBody, |it| {
        default(it, "required", false.into());
    });
    everywhere(&document, Kind::Operation, |it| {
        default(it, "deprecated", false.into());
        default(it, "parameters", json!([]));
        default(it, "tags", json!([]));
    })
}

/// Whether null can be added without a word about it elsewhere.
fn can_be_null(object: &Map<String, Value>) -> bool {
    let keys = [
        "enum", "const", "oneOf", "anyOf", "allOf", "nullable", "default",
    ];
    object.get("type").is_some_and(Value::is_string)
        && !keys.iter().any(|it| object.contains_key(*it))
}

fn nullable(document: &Value) -> Value {
    everywhere(document, Kind::Schema, |it| {
        if can_be_null(it) {
            it.insert("nullable".to_owned(), true.into());
        }
    })
}

fn type_null(document: &Value) -> Value {
    everywhere(document, Kind::Schema, |it| {
        if can_be_null(it) {
            it["type"] = json!([it["type"], "null"]);
        }
    })
}

fn any_null(document: &Value) -> Value {
    everywhere(document, Kind::Schema, |it| {
        if can_be_null(it) {
            let one = Value::Object(std::mem::take(it));
            it.insert("anyOf".to_owned(), json!([one, {"type": "null"}]));
        }
    })
}

fn constants(document: &Value) -> Value {
    everywhere(document, Kind::Schema, |it| {
        if let Some(value) = it.shift_remove("const") {
            it.insert("enum".to_owned(), json!([value]));
        } else if let Some([only]) = it.get("enum").and_then(Value::as_array).map(Vec::as_slice) {
            let only = only.clone();
            it.shift_remove("enum");
            it.insert("const".to_owned(), only);
        }
    })
}

fn choices(document: &Value) -> Value {
    everywhere(document, Kind::Schema, |it| {
        let is_alone = !it.contains_key("oneOf") && !it.contains_key("anyOf");
        let values = it.get("enum").and_then(Value::as_array).cloned();
        if let Some(values) = values.filter(|all| is_alone && all.len() > 1) {
            it.shift_remove("enum");
            let list = values.into_iter().map(|value| json!({"const": value}));
            it.insert("oneOf".to_owned(), list.collect());
        }
    })
}

fn all_of_one(document: &Value) -> Value {
    everywhere(document, Kind::Schema, |it| {
        let is_made = ["allOf", "oneOf", "anyOf"]
            .iter()
            .any(|key| it.contains_key(*key));
        let is_flagged = it.contains_key("readOnly") || it.contains_key("writeOnly");
        if !is_made && !is_flagged && !it.is_empty() {
            let one = Value::Object(std::mem::take(it));
            it.insert("allOf".to_owned(), json!([one]));
        }
    })
}

/// With an edit of every reference to a map of components.
fn references(value: &mut Value, map: &str, edit: &dyn Fn(&str) -> Option<Value>) {
    match value {
        Value::Object(members) => {
            let start = format!("#/components/{map}/");
            let reference = members.get("$ref").and_then(Value::as_str);
            let name = reference
                .and_then(|it| it.strip_prefix(&start))
                .map(str::to_owned);
            if let Some(edited) = name
                .filter(|_| members.len() == 1)
                .and_then(|name| edit(&name))
            {
                *value = edited;
                return;
            }
            let kept = [
                "example", "examples", "default", "enum", "oneOf", "anyOf", "allOf",
            ];
            let members = members
                .iter_mut()
                .filter(|(key, _)| !kept.contains(&key.as_str()) && !key.starts_with("x-"));
            members.for_each(|(_, value)| references(value, map, edit));
        }
        Value::Array(elements) => {
            elements
                .iter_mut()
                .for_each(|value| references(value, map, edit));
        }
        _ => {}
    }
}

fn multiples_of_one(document: &Value) -> Value {
    everywhere(document, Kind::Schema, |it| {
        if it.get("type") == Some(&"integer".into()) && !it.contains_key("multipleOf") {
            it.insert("type".to_owned(), "number".into());
            it.insert("multipleOf".to_owned(), 1.into());
        }
    })
}

fn bounds_of_integers(document: &Value) -> Value {
    everywhere(document, Kind::Schema, |it| {
        let bounds = [
            ("minimum", "exclusiveMinimum", -1),
            ("maximum", "exclusiveMaximum", 1),
        ];
        for (plain, exclusive, step) in bounds {
            let is_alone = it.get("type") == Some(&"integer".into()) && !it.contains_key(exclusive);
            let bound = it.get(plain).and_then(Value::as_i64);
            if let Some(bound) = bound
                .filter(|_| is_alone)
                .and_then(|it| it.checked_add(step))
            {
                it.shift_remove(plain);
                it.insert(exclusive.to_owned(), bound.into());
            }
        }
    })
}

fn keywords_of_other_types(document: &Value) -> Value {
    everywhere(document, Kind::Schema, |it| {
        if it.get("type") == Some(&"boolean".into()) {
            default(it, "maxLength", 5.into());
            default(it, "minItems", 1.into());
        }
    })
}

fn never_valid(document: &Value) -> Value {
    everywhere(document, Kind::Schema, |it| {
        if it.get("additionalProperties") == Some(&false.into()) {
            it.insert("additionalProperties".to_owned(), json!({"not": {}}));
        }
    })
}

fn any_of_any_of(document: &Value) -> Value {
    everywhere(document, Kind::Schema, |it| {
        if let Some(Value::Array(all)) = it.get_mut("anyOf")
            && all.len() > 3
        {
            let inner = all.split_off(1);
            all.push(json!({"anyOf": inner}));
        }
    })
}

fn all_of_reference(document: &Value) -> Value {
    let mut document = document.clone();
    references(&mut document, "schemas", &|name| {
        Some(json!({"allOf": [{"$ref": format!("#/components/schemas/{name}")}]}))
    });
    document
}

fn inlined(document: &Value, map: &str) -> Value {
    let components = document["components"][map].clone();
    let mut document = document.clone();
    references(&mut document, map, &|name| {
        let target = components.get(name)?;
        // One that contains itself cannot be written out, and a reference is left for what stands in it.
        let is_whole =
            target.get("$ref").is_none() && !target.to_string().contains(&format!("/{name}\""));
        is_whole.then(|| target.clone())
    });
    document
}

fn path_parameters(document: &Value) -> Value {
    everywhere(document, Kind::PathItem, |item| {
        let methods: Vec<&str> = METHODS
            .into_iter()
            .filter(|it| item.contains_key(*it))
            .collect();
        let list = |item: &Map<String, Value>, method: &str| -> Vec<Value> {
            item[method]["parameters"]
                .as_array()
                .cloned()
                .unwrap_or_default()
        };
        let Some(first) = methods.first() else {
            return;
        };
        let in_all = |it: &Value| methods.iter().all(|method| list(item, method).contains(it));
        let shared: Vec<Value> = list(item, first).into_iter().filter(in_all).collect();
        for method in methods {
            if let Some(Value::Array(own)) = item[method].get_mut("parameters") {
                own.retain(|it| !shared.contains(it));
            }
        }
        let all = item.entry("parameters").or_insert(json!([]));
        if let Some(all) = all.as_array_mut() {
            all.extend(shared);
        }
    })
}

fn root_security(document: &Value) -> Value {
    if document.get("security").is_some() || document.get("asyncapi").is_some() {
        return document.clone();
    }
    let first = document
        .pointer("/paths")
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    let first = first.flat_map(|(_, item)| item.as_object().into_iter().flatten());
    let Some(first) = first
        .filter_map(|(_, it)| it.get("security"))
        .next()
        .cloned()
    else {
        return document.clone();
    };
    let mut edited = everywhere(document, Kind::Operation, |it| match it.get("security") {
        Some(own) if *own == first => drop(it.shift_remove("security")),
        Some(_) => {}
        None => default(it, "security", json!([])),
    });
    edited["security"] = first;
    edited
}

fn operation_servers(document: &Value) -> Value {
    let Some(servers) = document
        .get("servers")
        .filter(|_| document.get("openapi").is_some())
    else {
        return document.clone();
    };
    everywhere(document, Kind::Operation, |it| {
        default(it, "servers", servers.clone())
    })
}

fn upper(map: Option<&mut Value>) {
    if let Some(Value::Object(members)) = map {
        let all = std::mem::take(members).into_iter();
        *members = all
            .map(|(key, value)| (key.to_uppercase(), value))
            .collect();
    }
}

fn header_case(document: &Value) -> Value {
    let document = everywhere(document, Kind::Response, |it| upper(it.get_mut("headers")));
    everywhere(&document, Kind::Parameter, |it| {
        if it["in"] == "header" {
            it["name"] = it["name"]
                .as_str()
                .unwrap_or_default()
                .to_uppercase()
                .into();
        }
    })
}

fn media_type_case(document: &Value) -> Value {
    let document = everywhere(document, Kind::Response, |it| upper(it.get_mut("content")));
    everywhere(&document, Kind::RequestBody, |it| {
        upper(it.get_mut("content"))
    })
}

fn one_example(document: &Value) -> Value {
    everywhere(document, Kind::Schema, |it| {
        it.shift_remove("examples");
        it.insert("example".to_owned(), "one".into());
    })
}

fn list_of_one_example(document: &Value) -> Value {
    everywhere(document, Kind::Schema, |it| {
        it.shift_remove("example");
        it.insert("examples".to_owned(), json!(["one"]));
    })
}
