//! Everything that a document allows to be sent, as schemas of whole messages: an operation with its server, credentials,
//! parameters and body; a status with its headers and body; an event. They are written from the specifications alone, so that
//! the proof does not rest on what it proves.

use crate::drift::Direction;
use crate::drift::proof::places::METHODS;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The pointer of the schema of all messages that travel so.
pub(super) fn pointer(direction: Direction) -> &'static str {
    match direction {
        Direction::Request => "/components/schemas/proof-request",
        Direction::Answer => "/components/schemas/proof-answer",
        Direction::Event => "/components/schemas/proof-event",
    }
}

/// A document with the schemas of its messages among its components, and the ways on which there are any; those of some
/// operations and events alone, if any are named.
/// A part that changed is a message of its own, too: values of messages do not reach what is deep inside of them.
pub(super) fn described(
    document: &Value,
    only: &[&str],
    part: Option<&str>,
) -> (Value, BTreeSet<Direction>) {
    let mut messages = Messages {
        document,
        only,
        by_way: BTreeMap::new(),
    };
    messages.items("/paths", false);
    messages.items("/webhooks", true);
    messages.channels();
    let ways = messages.by_way.keys().copied().collect();
    for all in messages.by_way.values_mut() {
        let reference = part.map(|part| json!({ "$ref": format!("#{part}") }));
        all.extend(reference.map(|it| object(vec![("part", it, true)])));
    }
    let mut described = document.clone();
    for way in [Direction::Request, Direction::Answer, Direction::Event] {
        let schema = match messages.by_way.remove(&way) {
            Some(all) => json!({ "anyOf": all }),
            None => nothing(),
        };
        let name = pointer(way).rsplit('/').next().unwrap_or_default();
        if !described["components"].is_object() {
            described["components"] = json!({});
        }
        if !described["components"]["schemas"].is_object() {
            described["components"]["schemas"] = json!({});
        }
        described["components"]["schemas"][name] = schema;
    }
    (described, ways)
}

struct Messages<'d> {
    document: &'d Value,
    only: &'d [&'d str],
    by_way: BTreeMap<Direction, Vec<Value>>,
}

/// The schema of no value, in every version.
fn nothing() -> Value {
    json!({ "not": {} })
}

fn one(text: &str) -> Value {
    json!({ "type": "string", "enum": [text] })
}

/// A class of statuses, as some of them.
fn of_class(status: &str) -> Value {
    match status.strip_suffix("XX") {
        Some(class) => {
            let each = (0..10).map(|number| format!("{class}0{number}"));
            json!({ "type": "string", "enum": each.collect::<Vec<_>>() })
        }
        None => one(status),
    }
}

/// A range of media types, as some of them.
fn of_range(media_type: &str) -> Value {
    let known = ["application/json", "text/plain", "text/csv", "image/png"];
    match media_type.strip_suffix('*') {
        Some(ty) => {
            let ty = ty.trim_start_matches("*/");
            let each = known.iter().filter(|it| it.starts_with(ty));
            json!({ "type": "string", "enum": each.collect::<Vec<_>>() })
        }
        None => one(media_type),
    }
}

/// An object with these members and no others.
fn object(members: Vec<(&str, Value, bool)>) -> Value {
    let required: Vec<&str> = members
        .iter()
        .filter(|it| it.2)
        .map(|(name, ..)| *name)
        .collect();
    let properties: Map<String, Value> = members
        .iter()
        .map(|(name, schema, _)| ((*name).to_owned(), schema.clone()))
        .collect();
    let mut object = json!({
        "type": "object", "properties": properties, "additionalProperties": false,
    });
    if !required.is_empty() {
        object["required"] = required.into();
    }
    object
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn elements(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// An operation's name without the names in its path, and the position of each.
fn template(name: &str) -> (String, BTreeMap<String, String>) {
    let mut pieces = name.split('{');
    let mut template = pieces.next().unwrap_or_default().to_owned();
    let mut positions = BTreeMap::new();
    for (position, piece) in pieces.enumerate() {
        let (name, rest) = piece.split_once('}').unwrap_or((piece, ""));
        template += &format!("{{}}{rest}");
        positions.insert(name.to_owned(), position.to_string());
    }
    (template, positions)
}

impl<'d> Messages<'d> {
    fn followed(&self, value: &'d Value) -> &'d Value {
        let mut at = value;
        for _ in 0..16 {
            let target = at.get("$ref").and_then(Value::as_str);
            let target = target.and_then(|it| self.document.pointer(it.strip_prefix('#')?));
            match target {
                Some(target) => at = target,
                None => break,
            }
        }
        at
    }

    fn is_wanted(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.contains(&name)
    }

    fn add(&mut self, way: Direction, schema: Value) {
        self.by_way.entry(way).or_default().push(schema);
    }

    fn items(&mut self, map: &str, is_event: bool) {
        let Some(map) = self.document.pointer(map) else {
            return;
        };
        for (name, item) in members(map).filter(|(name, _)| !name.starts_with("x-")) {
            self.item(name, self.followed(item), is_event);
        }
    }

    fn item(&mut self, path: &str, item: &'d Value, is_event: bool) {
        for method in METHODS {
            let Some(operation) = item.get(method) else {
                continue;
            };
            let name = match is_event {
                true => format!("webhook {path}"),
                false => format!("{} {path}", method.to_uppercase()),
            };
            for (_, callback) in members(&operation["callbacks"]) {
                for (url, item) in members(self.followed(callback)) {
                    self.item(url, self.followed(item), true);
                }
            }
            if !self.is_wanted(&name) {
                continue;
            }
            let request = self.request(&name, item, operation, is_event);
            match is_event {
                true => self.add(Direction::Event, request),
                false => self.add(Direction::Request, request),
            }
            for (status, answer) in members(&operation["responses"]) {
                let answer = self.answer(&name, status, self.followed(answer));
                if !is_event {
                    self.add(Direction::Answer, answer);
                }
            }
        }
    }

    fn request(&self, name: &str, item: &'d Value, operation: &'d Value, is_event: bool) -> Value {
        let (name, positions) = match is_event {
            true => (name.to_owned(), BTreeMap::new()),
            false => template(name),
        };
        let mut all = vec![("operation", one(&name), true)];
        if !is_event {
            all.push(("server", self.servers(item, operation), true));
            all.push(("credentials", self.credentials(operation), true));
        }
        let mut parameters: BTreeMap<(String, String), &Value> = BTreeMap::new();
        for parameter in elements(&item["parameters"]).chain(elements(&operation["parameters"])) {
            let parameter = self.followed(parameter);
            let text = |key: &str| parameter[key].as_str().unwrap_or_default().to_owned();
            parameters.insert((text("in"), text("name")), parameter);
        }
        for place in ["path", "query", "header", "cookie"] {
            let of_place = parameters.iter().filter(|((is, _), _)| is == place);
            let schemas: Vec<_> = of_place
                .map(|((_, name), it)| {
                    let position = positions.get(name).filter(|_| place == "path");
                    let name = position.unwrap_or(name).as_str();
                    (name, self.value_of(it), it["required"] == true)
                })
                .collect();
            all.push((place, object(schemas), true));
        }
        let body = self.followed(&operation["requestBody"]);
        if body.is_object() {
            all.push((
                "body",
                self.contents(&body["content"]),
                body["required"] == true,
            ));
        }
        object(all)
    }

    fn value_of(&self, parameter: &Value) -> Value {
        let content = members(&parameter["content"]).next();
        let schema = content
            .map_or(parameter, |(_, content)| content)
            .get("schema");
        schema.cloned().unwrap_or_else(|| json!({}))
    }

    /// A body of one of the media types.
    fn contents(&self, content: &'d Value) -> Value {
        let each = members(content).map(|(media_type, content)| {
            let items = content.get("itemSchema");
            let of_items = items.map(|items| json!({ "type": "array", "items": items }));
            let schema = content.get("schema").cloned().or(of_items);
            object(vec![
                ("type", of_range(media_type), true),
                ("value", schema.unwrap_or_else(|| json!({})), true),
            ])
        });
        let each: Vec<Value> = each.collect();
        match each.is_empty() {
            true => json!({}),
            false => json!({ "anyOf": each }),
        }
    }

    fn servers(&self, item: &'d Value, operation: &'d Value) -> Value {
        let own = [operation, item, self.document];
        let own = own.into_iter().find_map(|it| it["servers"].as_array());
        let each = own.into_iter().flatten().map(|server| {
            let variables = members(&server["variables"]).map(|(name, stated)| {
                let mut value = json!({ "type": "string" });
                if let Some(values) = stated.get("enum") {
                    value["enum"] = values.clone();
                }
                (name.as_str(), value, true)
            });
            let url = server["url"].as_str().unwrap_or("/");
            object(vec![
                ("url", one(url), true),
                ("variables", object(variables.collect()), true),
            ])
        });
        let each: Vec<Value> = each.collect();
        match each.is_empty() {
            true => object(vec![
                ("url", one("/"), true),
                ("variables", object(Vec::new()), true),
            ]),
            false => json!({ "anyOf": each }),
        }
    }

    /// Any of several sets of credentials; there may be more than are asked for.
    fn credentials(&self, operation: &'d Value) -> Value {
        let stated = operation.get("security").or(self.document.get("security"));
        let sets = stated.into_iter().flat_map(elements).map(|set| {
            let schemes =
                members(set).map(|(name, scopes)| (name.as_str(), self.scheme(name, scopes), true));
            let mut schema = object(schemes.collect());
            schema["additionalProperties"] = true.into();
            schema
        });
        let sets: Vec<Value> = sets.collect();
        match sets.is_empty() {
            true => json!({ "type": "object" }),
            false => json!({ "anyOf": sets }),
        }
    }

    /// The credentials of a scheme: the ways to get and to send them, the scopes that they have to have, and those that a
    /// token can be asked for.
    fn scheme(&self, name: &str, asked: &Value) -> Value {
        let scheme = self.followed(&self.document["components"]["securitySchemes"][name]);
        let said = |of: &Value, keys: &[&str]| -> String {
            let said = keys
                .iter()
                .map(|key| format!("{key} {}, ", of[*key]).to_lowercase());
            said.collect()
        };
        let keys = [
            "type",
            "in",
            "name",
            "scheme",
            "openIdConnectUrl",
            "oauth2MetadataUrl",
        ];
        let sent = said(scheme, &keys);
        let urls = [
            "authorizationUrl",
            "tokenUrl",
            "deviceAuthorizationUrl",
            "refreshUrl",
        ];
        let flows = || members(&scheme["flows"]);
        // Client credentials have no refresh tokens (RFC 6749, section 4.4.3).
        let urls_of = |flow: &str| match flow {
            "clientCredentials" => &urls[..3],
            _ => &urls[..],
        };
        let mut how: Vec<String> = flows()
            .map(|(flow, it)| format!("{sent}{flow} {}", said(it, urls_of(flow))))
            .collect();
        // A token from elsewhere.
        how.push(sent);
        let of_flow = |flow: &'d Value| {
            let keys = ["scopes", "availableScopes"].into_iter();
            keys.flat_map(|key| members(&flow[key]))
                .map(|(name, _)| name.as_str())
        };
        let offered: BTreeSet<&str> = flows().flat_map(|(_, flow)| of_flow(flow)).collect();
        let listed = elements(asked).chain(elements(&scheme["scopes"]));
        let asked: BTreeSet<&str> = listed.filter_map(Value::as_str).collect();
        let held =
            |name: &'_ str| json!({ "type": "boolean", "enum": [true], "description": name });
        let of = |all: &BTreeSet<&str>, are_asked: bool| {
            let each = all.iter().map(|name| (*name, held(name), are_asked));
            object(each.collect())
        };
        let mut scopes = of(&asked, true);
        scopes["additionalProperties"] = true.into();
        let how = json!({ "type": "string", "enum": how });
        object(vec![
            ("how", how, true),
            ("scopes", scopes, true),
            ("scopes of the token", of(&offered, false), true),
        ])
    }

    fn answer(&self, name: &str, status: &str, answer: &'d Value) -> Value {
        let headers = members(&answer["headers"]).map(|(name, header)| {
            let header = self.followed(header);
            (
                name.as_str(),
                self.value_of(header),
                header["required"] == true,
            )
        });
        let mut headers = object(headers.collect());
        headers["additionalProperties"] = json!({ "type": "string" });
        let body = match answer["content"]
            .as_object()
            .is_some_and(|it| !it.is_empty())
        {
            true => vec![("body", self.contents(&answer["content"]), true)],
            false => Vec::new(),
        };
        let mut all = vec![
            ("operation", one(&template(name).0), true),
            ("status", of_class(status), true),
            ("headers", headers, true),
        ];
        all.extend(body);
        object(all)
    }

    fn channels(&mut self) {
        for (channel, item) in members(&self.document["channels"]) {
            for (key, way) in [
                ("subscribe", Direction::Event),
                ("publish", Direction::Request),
            ] {
                let operation = &item[key];
                let stated = self.followed(&operation["message"]);
                let several = stated["oneOf"].as_array();
                let messages = several.map_or(std::slice::from_ref(stated), Vec::as_slice);
                for message in messages.iter().filter(|it| it.is_object()) {
                    let schema = self.message(channel, item, message);
                    let (name, schema) = schema;
                    if self.is_wanted(&format!("message {name}")) {
                        self.add(way, schema);
                    }
                }
            }
        }
    }

    /// A message under its name.
    fn message(&self, channel: &str, item: &'d Value, message: &'d Value) -> (String, Value) {
        let referred = message["$ref"]
            .as_str()
            .and_then(|it| it.rsplit('/').next());
        let message = self.followed(message);
        let traits: Vec<&Value> = elements(&message["traits"])
            .map(|it| self.followed(it))
            .collect();
        // Of what both say, the trait's holds (AsyncAPI 2.6, Message Trait Object, and RFC 7396).
        let parts: Vec<&Value> = traits.into_iter().rev().chain([message]).collect();
        let get = |key: &str| parts.iter().find_map(|it| it.get(key));
        let name = ["name", "messageId", "title"]
            .iter()
            .find_map(|it| get(it)?.as_str());
        let name = name.or(referred).unwrap_or(channel).to_owned();
        let parameters = members(&item["parameters"]).map(|(name, parameter)| {
            let schema = self.followed(parameter).get("schema").cloned();
            (name.as_str(), schema.unwrap_or_else(|| json!({})), true)
        });
        let mut all = vec![
            ("channel", one(&address(channel)), true),
            (
                "message",
                one(get("name").and_then(Value::as_str).unwrap_or(channel)),
                true,
            ),
            ("parameters", object(parameters.collect()), true),
        ];
        let content_type = get("contentType").or(self.document.get("defaultContentType"));
        let content_type = content_type.and_then(Value::as_str);
        all.push((
            "type",
            one(content_type.unwrap_or("application/json")),
            true,
        ));
        for key in ["headers", "payload"] {
            all.push((
                key,
                get(key).cloned().unwrap_or_else(|| json!({})),
                get(key).is_some(),
            ));
        }
        (name, object(all))
    }
}

/// An address without the names in braces, which stand for values.
fn address(channel: &str) -> String {
    let mut pieces = channel.split('{');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |address, piece| {
        let rest = piece.split_once('}').map_or("", |it| it.1);
        format!("{address}{{}}{rest}")
    })
}
