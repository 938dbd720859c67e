//! Growth that wants the names of what is there: only a names file can tell which was first.

use serde_json::{Map, Value, json};

use super::{Growth, choose, insert, insert_schema, is_schema_part, listed, paths, schemas};
use crate::api::Api;
use crate::random::Random;

/// Ways to grow after which every line of the surface stands as it stood.
pub const RIVALS: [(&str, Growth); 10] = [
    ("a schema that becomes the same name", schema),
    ("a schema of an inline type's name", schema_of_inline_name),
    ("a shorter path to the same", shorter_path),
    ("another path with the same operationId", same_operation_id),
    ("a parent, before all others, of an inline type", parent),
    (
        "an operation that answers with an inline type",
        operation_with_inline,
    ),
    ("an alternative of the same title, before it", alternative),
    ("a server before the others", server),
    ("a security scheme before the others", security_scheme),
    ("a message that becomes the same name", message),
];

/// Ways to grow after which methods have more arguments, or types refer to others than they did, and all
/// names stay.
pub const REGROUPINGS: [(&str, Growth); 5] = [
    ("a property that becomes the same name", property),
    ("a value that becomes the same name, before it", enum_value),
    (
        "a parameter that becomes the same name, before it",
        parameter,
    ),
    ("two inline enums that become equal", equal_enums),
    ("a property of one of several equal inline types", split),
];

fn schema(api: &mut Api, random: &mut Random) -> Option<String> {
    let names: Vec<String> = schemas(api.openapi.as_ref()?)?.keys().cloned().collect();
    let name = respelled(random.pick(&names)?, random)?;
    if names.contains(&name) {
        return None;
    }
    insert_schema(
        api,
        random,
        &name,
        json!({"type": "object", "properties": {"grown": {}}}),
    )
}

fn schema_of_inline_name(api: &mut Api, random: &mut Random) -> Option<String> {
    let surface = api.surface().ok()?;
    let existing: Vec<String> = schemas(api.openapi.as_ref()?)?.keys().cloned().collect();
    let types = surface
        .lines()
        .filter_map(|line| line.strip_prefix("type "));
    let types: Vec<&str> = types
        .filter_map(|line| line.split([' ', '.', ':']).next())
        .collect();
    let inline = types
        .into_iter()
        .filter(|name| !existing.iter().any(|existing| existing == name));
    let name = (*random.pick(&inline.collect::<Vec<_>>())?).to_owned();
    insert_schema(
        api,
        random,
        &name,
        json!({"type": "object", "properties": {"grown": {}}}),
    )
}

fn property(api: &mut Api, random: &mut Random) -> Option<String> {
    change(
        api,
        random,
        |schema| schema["properties"].is_object(),
        |schema, random| {
            let properties = schema["properties"].as_object_mut()?;
            let names: Vec<String> = properties.keys().cloned().collect();
            let name = respelled(random.pick(&names)?, random)?;
            if names.contains(&name) {
                return None;
            }
            insert(properties, random, &name, json!({"type": "boolean"}));
            Some(format!("`{name}` beside {names:?}"))
        },
    )
}

fn enum_value(api: &mut Api, random: &mut Random) -> Option<String> {
    change(api, random, is_text_enum, |schema, random| {
        let values = schema["enum"].as_array_mut()?;
        let texts: Vec<String> = values
            .iter()
            .filter_map(|v| v.as_str().map(str::to_owned))
            .collect();
        let value = respelled(random.pick(&texts)?, random)?;
        if texts.contains(&value) {
            return None;
        }
        values.insert(0, value.as_str().into());
        // Lists in the order of the values would no longer fit.
        let schema = schema.as_object_mut()?;
        schema.retain(|key, _| !key.starts_with("x-"));
        Some(format!("`{value}` before {texts:?}"))
    })
}

fn shorter_path(api: &mut Api, random: &mut Random) -> Option<String> {
    let paths = paths(api)?;
    let long = |path: &&String| path.matches('/').count() > 1;
    let existing: Vec<String> = paths.keys().filter(long).cloned().collect();
    let path = random.pick(&existing)?;
    let (_, rest) = path[1..].split_once('/')?;
    let shorter = format!("/{rest}");
    if paths.contains_key(&shorter) {
        return None;
    }
    let item = paths.get(path)?.as_object()?;
    let methods = item
        .keys()
        .filter(|key| ["get", "post", "put", "delete"].contains(&key.as_str()));
    let item: Map<String, Value> = methods
        .map(|method| (method.clone(), super::new_operation(&shorter)))
        .collect();
    insert(paths, random, &shorter, item.into());
    Some(shorter)
}

fn same_operation_id(api: &mut Api, random: &mut Random) -> Option<String> {
    let paths = paths(api)?;
    let existing: Vec<String> = paths.keys().cloned().collect();
    let path = random.pick(&existing)?;
    let (method, operation) = paths[path]
        .as_object()?
        .iter()
        .find(|(_, member)| member["operationId"].is_string())?;
    let id = operation["operationId"].clone();
    let added = format!("/aaa{path}");
    let mut new = super::new_operation(&added);
    new["operationId"] = id;
    let item = json!({ method.as_str(): new });
    if paths.contains_key(&added) {
        return None;
    }
    insert(paths, random, &added, item);
    Some(added)
}

fn parameter(api: &mut Api, random: &mut Random) -> Option<String> {
    change(
        api,
        random,
        |value| value["parameters"].is_array() && value["responses"].is_object(),
        |operation, random| {
            let parameters = operation["parameters"].as_array_mut()?;
            let names: Vec<String> = parameters
                .iter()
                .filter_map(|parameter| parameter["name"].as_str().map(str::to_owned))
                .collect();
            let name = respelled(random.pick(&names)?, random)?;
            if names.contains(&name) {
                return None;
            }
            let new = json!({"name": name, "in": "query", "schema": {"type": "boolean"}});
            parameters.insert(0, new);
            Some(format!("`{name}` before {names:?}"))
        },
    )
}

fn parent(api: &mut Api, random: &mut Random) -> Option<String> {
    let inline = inline_type(api, random)?;
    let name = inline_property(api, &inline)?;
    let parent = json!({"type": "object", "properties": {name: inline}});
    insert_schema(api, random, "A", parent)
}

fn operation_with_inline(api: &mut Api, random: &mut Random) -> Option<String> {
    let inline = inline_type(api, random)?;
    let mut operation = super::new_operation("/a");
    operation["responses"]["200"]["content"]["application/json"]["schema"] = inline.clone();
    operation["parameters"] = match is_text_enum(&inline) {
        true => json!([{"name": "a", "in": "query", "schema": inline}]),
        false => json!([]),
    };
    let paths = paths(api)?;
    if paths.contains_key("/a") {
        return None;
    }
    insert(paths, random, "/a", json!({"get": operation}));
    Some(format!("GET /a: {inline}"))
}

fn alternative(api: &mut Api, random: &mut Random) -> Option<String> {
    let is_wanted = |schema: &Value| {
        let branches = schema["oneOf"].as_array();
        branches.is_some_and(|branches| {
            branches.len() > 1
                && branches
                    .iter()
                    .all(|branch| branch["title"].is_string() && branch["properties"].is_object())
        })
    };
    change(api, random, is_wanted, |schema, random| {
        let branches = schema["oneOf"].as_array_mut()?;
        let titles: Vec<String> = branches
            .iter()
            .filter_map(|b| b["title"].as_str().map(str::to_owned))
            .collect();
        let title = random.pick(&titles)?.to_lowercase();
        if titles.contains(&title) {
            return None;
        }
        let branch = json!({"title": title, "type": "object", "properties": {"grown_branch": {"type": "string"}}});
        branches.insert(0, branch);
        Some(format!("`{title}` before {titles:?}"))
    })
}

fn server(api: &mut Api, _: &mut Random) -> Option<String> {
    let servers = api.openapi.as_mut()?.get_mut("servers")?.as_array_mut()?;
    servers.insert(0, json!({"url": "https://grown.example.com"}));
    Some("https://grown.example.com".to_owned())
}

fn security_scheme(api: &mut Api, _: &mut Random) -> Option<String> {
    if api.config.auth.client_credentials {
        // The scheme that takes them is then a guess, and a scheme that says so makes the guess needless.
        return None;
    }
    let schemes = api
        .openapi
        .as_mut()?
        .pointer_mut("/components/securitySchemes")?;
    let flow = json!({"tokenUrl": "https://grown.example.com", "scopes": {}});
    let scheme = json!({"type": "oauth2", "flows": {"clientCredentials": flow}});
    schemes.as_object_mut()?.insert("a".to_owned(), scheme);
    Some("`a`".to_owned())
}

/// A webhook or channel whose name is another's in other letters.
fn message(api: &mut Api, random: &mut Random) -> Option<String> {
    let webhooks = api.openapi.as_mut()?.get_mut("webhooks")?.as_object_mut()?;
    let names: Vec<String> = webhooks.keys().cloned().collect();
    let name = respelled(random.pick(&names)?, random)?;
    if names.contains(&name) {
        return None;
    }
    let body = json!({"content": {"application/json": {"schema": {
        "type": "object", "properties": {"grown_event": {"type": "string"}},
    }}}});
    let item = json!({"post": {"requestBody": body, "responses": {"200": {"description": ""}}}});
    insert(webhooks, random, &name, item);
    Some(name)
}

fn equal_enums(api: &mut Api, random: &mut Random) -> Option<String> {
    let one = choose(api, random, is_text_enum)?;
    let other = choose(api, random, is_text_enum)?;
    if one["enum"] == other["enum"] {
        return None;
    }
    let all: Vec<Value> = listed(&one)?.into_iter().chain(listed(&other)?).collect();
    let [one, other] = [one["enum"].clone(), other["enum"].clone()];
    let mut open: Vec<&mut Value> = api.documents_mut().collect();
    while let Some(value) = open.pop() {
        if is_text_enum(value) && (value["enum"] == one || value["enum"] == other) {
            let mut values = value["enum"].as_array().cloned().unwrap_or_default();
            for new in &all {
                if !values.contains(new) {
                    values.push(new.clone());
                }
            }
            value["enum"] = values.into();
            if let Some(schema) = value.as_object_mut() {
                schema.retain(|key, _| !key.starts_with("x-"));
            }
            continue;
        }
        push_members(value, &mut open);
    }
    Some(format!("{one} and {other}"))
}

fn split(api: &mut Api, random: &mut Random) -> Option<String> {
    change(
        api,
        random,
        |schema| schema["properties"].is_object(),
        |schema, _| {
            let properties = schema["properties"].as_object_mut()?;
            properties.insert("grown_here".to_owned(), json!({"type": "string"}));
            Some(format!("`grown_here` in {schema}"))
        },
    )
}

fn is_text_enum(schema: &Value) -> bool {
    let values = schema["enum"].as_array();
    values.is_some_and(|values| values.len() > 1 && values.iter().all(Value::is_string))
}

/// An inline type, by chance.
fn inline_type(api: &Api, random: &mut Random) -> Option<Value> {
    choose(api, random, |schema| {
        let properties = schema["properties"].as_object();
        is_text_enum(schema) || properties.is_some_and(|properties| !properties.is_empty())
    })
}

/// The name of the property that has this schema.
fn inline_property(api: &Api, schema: &Value) -> Option<String> {
    let mut open: Vec<&Value> = api.documents().collect();
    while let Some(value) = open.pop() {
        if let Some(properties) = value["properties"].as_object()
            && let Some((name, _)) = properties.iter().find(|(_, member)| *member == schema)
        {
            return Some(name.clone());
        }
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(members) => open.extend(members.values()),
            _ => {}
        }
    }
    None
}

/// Changes one object of the documents, by chance.
fn change(
    api: &mut Api,
    random: &mut Random,
    is_wanted: impl Fn(&Value) -> bool,
    how: impl Fn(&mut Value, &mut Random) -> Option<String>,
) -> Option<String> {
    let chosen = random.below(count(api, &is_wanted).max(1));
    let mut met = 0;
    let mut open: Vec<&mut Value> = api.documents_mut().collect();
    while let Some(value) = open.pop() {
        if is_wanted(value) {
            if met == chosen {
                return how(value, random);
            }
            met += 1;
        }
        push_members(value, &mut open);
    }
    None
}

fn count(api: &Api, is_wanted: impl Fn(&Value) -> bool) -> usize {
    let mut count = 0;
    let mut open: Vec<&Value> = api.documents().collect();
    while let Some(value) = open.pop() {
        count += usize::from(is_wanted(value));
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(members) => {
                let parts = members.iter().filter(|(name, _)| is_schema_part(name));
                open.extend(parts.map(|(_, member)| member));
            }
            _ => {}
        }
    }
    count
}

fn push_members<'v>(value: &'v mut Value, open: &mut Vec<&'v mut Value>) {
    match value {
        Value::Array(items) => open.extend(items),
        Value::Object(members) => {
            let parts = members.iter_mut().filter(|(name, _)| is_schema_part(name));
            open.extend(parts.map(|(_, member)| member));
        }
        _ => {}
    }
}

/// The same words in another spelling, that of an identifier among them.
fn respelled(name: &str, random: &mut Random) -> Option<String> {
    let words: Vec<String> = words(name);
    let capital = |word: &String| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    let pascal: String = words.iter().map(capital).collect();
    let camel = words
        .iter()
        .take(1)
        .cloned()
        .chain(words.iter().skip(1).map(capital));
    let spellings = [
        pascal,
        words.join("_"),
        words.join("-"),
        words.join("_").to_uppercase(),
        camel.collect(),
        words.join("."),
    ];
    let spelling = random.pick(&spellings)?;
    (spelling != name && !spelling.is_empty()).then(|| spelling.clone())
}

fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut last = ' ';
    for c in name.chars() {
        if !c.is_ascii_alphanumeric() {
            words.push(String::new());
        } else {
            if c.is_ascii_uppercase() && last.is_ascii_lowercase() {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.push(c.to_ascii_lowercase());
            }
        }
        last = c;
    }
    words.retain(|word| !word.is_empty());
    words
}
