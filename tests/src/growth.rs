//! APIs that have grown: something was added, and nothing that was there has changed.

mod rival;

pub use rival::{REGROUPINGS, RIVALS};

use serde_json::{Map, Value, json};

use crate::api::Api;
use crate::random::Random;

/// A way in which an API can grow at a place of chance. It says what it added, or that there is no
/// place for it.
pub type Growth = fn(&mut Api, &mut Random) -> Option<String>;

/// All ways.
pub const GROWTHS: [(&str, Growth); 12] = [
    ("a schema", schema),
    (
        "a schema whose name is spelled like another one",
        schema_of_similar_name,
    ),
    ("a schema that a new operation uses", used_schema),
    ("a property", property),
    (
        "a property whose name is spelled like another one",
        property_of_similar_name,
    ),
    ("an operation at a new path", operation),
    ("another method of a path", method),
    ("a copy of a path for the next version", next_version),
    ("a value at the end of an enum", enum_value),
    (
        "a value that is spelled like another one",
        enum_value_of_similar_name,
    ),
    ("a tag", tag),
    ("an event", event),
];

fn schema(api: &mut Api, random: &mut Random) -> Option<String> {
    let schema = any_schema(api, random);
    insert_schema(api, random, "Grown", schema)
}

fn schema_of_similar_name(api: &mut Api, random: &mut Random) -> Option<String> {
    // A name that is no Rust name by itself gives way to one that is: nothing can hold both.
    let names: Vec<String> = schemas(api.openapi.as_ref()?)?.keys().cloned().collect();
    let exact = names
        .iter()
        .filter(|name| is_exact(name))
        .collect::<Vec<_>>();
    let name = respelled(random.pick(&exact)?)?;
    if names.contains(&name) {
        return None;
    }
    let schema = any_schema(api, random);
    insert_schema(api, random, &name, schema)
}

fn is_exact(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
}

fn used_schema(api: &mut Api, random: &mut Random) -> Option<String> {
    let schema = any_schema(api, random);
    let added = insert_schema(api, random, "Grown", schema)?;
    let operation = json!({"responses": {"200": {
        "description": "It.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Grown"}}},
    }}});
    insert(
        paths(api)?,
        random,
        "/grown-things",
        json!({ "get": operation }),
    );
    Some(added)
}

fn property(api: &mut Api, random: &mut Random) -> Option<String> {
    let schema = any_schema(api, random);
    let chosen = choose(api, random, |schema| schema["properties"].is_object())?;
    let mut added = false;
    everywhere(api, &chosen, |like_it| {
        added |= grow_map(like_it, "properties", "grown", &schema);
    });
    added.then(|| format!("`grown`: {schema} in {chosen}"))
}

fn property_of_similar_name(api: &mut Api, random: &mut Random) -> Option<String> {
    let chosen = choose(api, random, |schema| schema["properties"].is_object())?;
    // As with schemas: only what is a Rust name by itself can be sure to keep it.
    let names: Vec<&String> = chosen["properties"].as_object()?.keys().collect();
    let is_exact = |name: &&&String| name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let exact = names.iter().filter(is_exact).collect::<Vec<_>>();
    let name = respelled(random.pick(&exact)?)?;
    let mut added = false;
    everywhere(api, &chosen, |like_it| {
        added |= grow_map(like_it, "properties", &name, &json!({"type": "string"}));
    });
    added.then(|| format!("`{name}` in {chosen}"))
}

fn operation(api: &mut Api, random: &mut Random) -> Option<String> {
    let paths = paths(api)?;
    let existing: Vec<String> = paths.keys().cloned().collect();
    let base = random.pick(&existing)?.trim_end_matches('/').to_owned();
    let path = match random.below(3) {
        0 => format!("{base}/growths"),
        1 => format!("{base}/growths/{{growth_id}}"),
        _ => "/growths/{growth_id}/archive".to_owned(),
    };
    if paths.contains_key(&path) {
        return None;
    }
    let method = *random.pick(&["get", "post", "delete", "put", "patch"])?;
    let item = json!({ method: new_operation(&path) });
    insert(paths, random, &path, item);
    Some(format!("{method} {path}"))
}

fn method(api: &mut Api, random: &mut Random) -> Option<String> {
    let paths = paths(api)?;
    let existing: Vec<String> = paths.keys().cloned().collect();
    let path = random.pick(&existing)?.clone();
    let item = paths.get_mut(&path)?.as_object_mut()?;
    let method = *random.pick(&["get", "post", "delete", "put", "patch"])?;
    if item.contains_key(method) || item.contains_key("$ref") {
        return None;
    }
    insert(item, random, method, new_operation(&path));
    Some(format!("{method} {path}"))
}

/// As it happens when `/v2/orders` comes beside `/v1/orders`: ids are new, schemas are shared.
fn next_version(api: &mut Api, random: &mut Random) -> Option<String> {
    let paths = paths(api)?;
    let versioned = |path: &&String| path.contains("/v1/");
    let existing: Vec<String> = paths.keys().filter(versioned).cloned().collect();
    let path = random.pick(&existing)?;
    let mut item = paths.get(path)?.clone();
    for operation in item.as_object_mut()?.values_mut() {
        if let Some(Value::String(id)) = operation.get_mut("operationId") {
            id.push_str("V2");
        }
    }
    let next = path.replace("/v1/", "/v2/");
    if paths.contains_key(&next) {
        return None;
    }
    insert(paths, random, &next, item);
    Some(next)
}

fn enum_value(api: &mut Api, random: &mut Random) -> Option<String> {
    add_enum_value(api, random, |_| Some("grown_value".to_owned()))
}

fn enum_value_of_similar_name(api: &mut Api, random: &mut Random) -> Option<String> {
    add_enum_value(api, random, |values| {
        let last = values.last()?.as_str()?;
        let similar = if last.to_uppercase() == last {
            last.to_lowercase()
        } else {
            last.to_uppercase()
        };
        (similar != last).then_some(similar)
    })
}

fn tag(api: &mut Api, random: &mut Random) -> Option<String> {
    let paths = paths(api)?;
    let existing: Vec<String> = paths.keys().cloned().collect();
    let item = paths.get_mut(random.pick(&existing)?)?.as_object_mut()?;
    let (_, operation) = item
        .iter_mut()
        .find(|(_, member)| member["responses"].is_object())?;
    let tags = operation.as_object_mut()?.entry("tags");
    tags.or_insert_with(|| json!([]))
        .as_array_mut()?
        .push("grown".into());
    if let Some(Value::Array(tags)) = api.openapi.as_mut()?.get_mut("tags") {
        tags.push(json!({"name": "grown", "description": "What grew."}));
    }
    Some("`grown` on an operation".to_owned())
}

/// `payment.grown` wherever `payment.approved` is listed.
fn event(api: &mut Api, _: &mut Random) -> Option<String> {
    let asyncapi = api.asyncapi.as_mut()?;
    let before = asyncapi.clone();
    add_event(asyncapi);
    (*asyncapi != before).then(|| "`payment.grown`".to_owned())
}

fn add_event(value: &mut Value) {
    match value {
        Value::Array(items) => {
            let copies = items.iter().filter_map(renamed).collect::<Vec<_>>();
            items.iter_mut().for_each(add_event);
            // A list of all events has this one once; text that speaks of it is no list.
            if copies.len() == 1 {
                items.extend(copies);
            }
        }
        Value::Object(members) => {
            let copies: Vec<_> = members
                .iter()
                .filter_map(|(name, member)| {
                    let new = rename(name)?;
                    Some((new, renamed(member).unwrap_or_else(|| member.clone())))
                })
                .collect();
            members.values_mut().for_each(add_event);
            members.extend(copies);
        }
        _ => {}
    }
}

fn renamed(value: &Value) -> Option<Value> {
    let text = rename(&value.to_string())?;
    serde_json::from_str(&text).ok()
}

fn rename(text: &str) -> Option<String> {
    let new = [".", "/", "_", "-"].iter().fold(
        text.replace("PaymentApproved", "PaymentGrown"),
        |text, mark| {
            text.replace(
                &format!("payment{mark}approved"),
                &format!("payment{mark}grown"),
            )
        },
    );
    (new != text).then_some(new)
}

fn new_operation(path: &str) -> Value {
    let parameters: Vec<Value> = path
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| {
            json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}})
        })
        .collect();
    json!({
        "parameters": parameters,
        "responses": {"200": {"description": "Done.", "content": {"application/json": {
            "schema": {"type": "object", "properties": {"growth_name": {"type": "string"}}},
        }}}},
    })
}

fn any_schema(api: &Api, random: &mut Random) -> Value {
    let names: Vec<&String> = api
        .openapi
        .as_ref()
        .and_then(schemas)
        .map(|schemas| schemas.keys().collect())
        .unwrap_or_default();
    match (random.below(4), random.pick(&names)) {
        (0, Some(name)) => json!({"$ref": format!("#/components/schemas/{}", escaped(name))}),
        (1, _) => json!({"type": "string", "enum": ["grown_one", "grown_two"]}),
        (2, _) => json!({"type": "object", "properties": {"growth": {"type": "integer"}}}),
        _ => json!({"type": "string"}),
    }
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn schemas(document: &Value) -> Option<&Map<String, Value>> {
    document.pointer("/components/schemas")?.as_object()
}

fn paths(api: &mut Api) -> Option<&mut Map<String, Value>> {
    api.openapi.as_mut()?.get_mut("paths")?.as_object_mut()
}

fn insert_schema(api: &mut Api, random: &mut Random, name: &str, schema: Value) -> Option<String> {
    let openapi = api.openapi.as_mut()?;
    let schemas = openapi
        .pointer_mut("/components/schemas")?
        .as_object_mut()?;
    let added = format!("`{name}`: {schema}");
    insert(schemas, random, name, schema);
    Some(added)
}

/// Adds a member at any place among the others.
fn insert(members: &mut Map<String, Value>, random: &mut Random, name: &str, value: Value) {
    let at = random.below(members.len() + 1);
    let mut entries: Vec<_> = std::mem::take(members).into_iter().collect();
    entries.insert(at, (name.to_owned(), value));
    members.extend(entries);
}

fn grow_map(object: &mut Value, map: &str, name: &str, value: &Value) -> bool {
    let Some(Value::Object(members)) = object.get_mut(map) else {
        return false;
    };
    if members.contains_key(name) {
        return false;
    }
    members.insert(name.to_owned(), value.clone());
    true
}

fn add_enum_value(
    api: &mut Api,
    random: &mut Random,
    new: impl Fn(&[Value]) -> Option<String>,
) -> Option<String> {
    let chosen = choose(api, random, |schema| listed(schema).is_some())?;
    let values = listed(&chosen)?;
    let value = new(&values)?;
    if values.contains(&Value::from(value.as_str())) {
        return None;
    }
    everywhere(api, &chosen, |schema| match schema.get_mut("enum") {
        Some(Value::Array(values)) => values.push(value.as_str().into()),
        _ => {
            for key in ["oneOf", "anyOf"] {
                if let Some(Value::Array(branches)) = schema.get_mut(key)
                    && let Some(mut branch) = branches.last().cloned()
                {
                    branch["const"] = value.as_str().into();
                    branches.push(branch);
                }
            }
        }
    });
    Some(format!("`{value}` to {values:?}"))
}

/// The strings of an enum, or of a union of constants, of at least two.
fn listed(schema: &Value) -> Option<Vec<Value>> {
    let values: Vec<Value> = match (&schema["enum"], &schema["oneOf"], &schema["anyOf"]) {
        (Value::Array(values), ..) => values.clone(),
        (_, Value::Array(branches), _) | (.., Value::Array(branches)) => {
            let constants = branches.iter().map(|branch| branch.get("const").cloned());
            constants.collect::<Option<_>>()?
        }
        _ => return None,
    };
    (values.len() > 1 && values.iter().all(Value::is_string)).then_some(values)
}

/// An object of the documents, by chance, that is like this.
fn choose(api: &Api, random: &mut Random, is_wanted: fn(&Value) -> bool) -> Option<Value> {
    let mut found = Vec::new();
    let mut open: Vec<&Value> = api.documents().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(members) => {
                if is_wanted(value) {
                    found.push(value);
                }
                open.extend(
                    members
                        .iter()
                        .filter(|(name, _)| is_schema_part(name))
                        .map(|(_, member)| member),
                );
            }
            _ => {}
        }
    }
    random.pick(&found).map(|value| (*value).clone())
}

/// Changes an object wherever the documents state it, whatever the words around it.
fn everywhere(api: &mut Api, chosen: &Value, mut change: impl FnMut(&mut Value)) {
    let chosen = bare(chosen);
    let mut open: Vec<&mut Value> = api.documents_mut().collect();
    while let Some(value) = open.pop() {
        if value.is_object() && bare(value) == chosen {
            change(value);
            continue;
        }
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(members) => open.extend(
                members
                    .iter_mut()
                    .filter(|(name, _)| is_schema_part(name))
                    .map(|(_, member)| member),
            ),
            _ => {}
        }
    }
}

fn is_schema_part(name: &str) -> bool {
    // `default` is a response as well.
    !matches!(name, "example" | "examples" | "bindings") && !name.starts_with("x-")
}

/// Without the words.
fn bare(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(bare).collect(),
        Value::Object(members) => members
            .iter()
            .filter(|(name, member)| {
                let is_words = matches!(name.as_str(), "title" | "description" | "summary");
                let is_default = *name == "default" && !member.is_object();
                let is_told = is_default || (is_words && member.is_string());
                !is_told && is_schema_part(name)
            })
            .map(|(name, member)| (name.clone(), bare(member)))
            .collect::<Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}

/// The same words otherwise spelled: `orderId` for `order_id`, `order` for `Order`.
fn respelled(name: &str) -> Option<String> {
    let new = if let Some((before, after)) = name.split_once('_') {
        let mut letters = after.chars();
        let first = letters.next()?.to_uppercase().to_string();
        format!("{before}{first}{}", letters.as_str())
    } else {
        let mut letters = name.chars();
        let first = letters.next()?;
        let other = match first.is_uppercase() {
            true => first.to_lowercase().to_string(),
            false => first.to_uppercase().to_string(),
        };
        format!("{other}{}", letters.as_str())
    };
    (new != name).then_some(new)
}
