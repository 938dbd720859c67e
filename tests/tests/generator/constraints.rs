//! Requests are refused for what the documents forbid, and for nothing else.

use std::collections::{BTreeSet, HashMap};

use bytes::Bytes;
use serde_json::{Map, Value, json};
use tilt_codegen::model::Sdk;
use tilt_generated::rt;
use tilt_tests::api::Api;
use tilt_tests::document::{Document, OneOf};
use tilt_tests::instances::Instances;

/// At most so many instances of each body, and so many changed ones of each of these.
const MOST: usize = 10;

/// Documents of the corpus up to this size.
const MOST_BYTES: u64 = 120_000;

/// Constraints that refer to themselves do so as often here.
const DEPTH: usize = 4;

static API: rt::Api = rt::Api {
    user_agent: "test/1",
    schemes: &[],
    errors: rt::ErrorShape {
        code: None,
        message: None,
        request_id: None,
    },
    refused: &[],
};

/// Answers everything: what gets here was not refused.
#[derive(Debug)]
struct Answering;

impl rt::Transport for Answering {
    fn send(&self, _: http::Request<Bytes>) -> rt::Transported {
        Box::pin(async { Ok(http::Response::new(Bytes::new())) })
    }
}

fn client() -> rt::Client {
    let environment = rt::Environment::custom("https://x.test", None);
    let builder = rt::Client::builder(&API, environment).transport(Answering);
    builder.build().expect("a client")
}

/// The constraints of an SDK, as generated code has them.
struct Stated<'s> {
    by_name: HashMap<&'s str, &'s tilt_codegen::model::Constraints>,
    made: HashMap<(&'s str, usize), &'static rt::Constraints>,
}

impl<'s> Stated<'s> {
    fn of(sdk: &'s Sdk) -> Self {
        let stated = sdk.constraints.iter();
        Self {
            by_name: stated.map(|it| (it.name.as_str(), it)).collect(),
            made: HashMap::new(),
        }
    }

    fn get(&mut self, name: &'s str, depth: usize) -> &'static rt::Constraints {
        if let Some(made) = self.made.get(&(name, depth)) {
            return made;
        }
        let stated = self.by_name[name];
        let (mut text, mut references) = ("{}".to_owned(), Vec::new());
        if depth > 0 {
            text = stated.schema.to_string();
            let names = stated.references.iter();
            references = names.map(|name| self.get(name, depth - 1)).collect();
        }
        let made = rt::Constraints::new(text.leak(), references.leak());
        let made: &'static rt::Constraints = Box::leak(Box::new(made));
        self.made.insert((name, depth), made);
        made
    }
}

/// Values that break what there may be of constraints, in each part of a value.
fn changed(value: &Value) -> Vec<Value> {
    let mut all = Vec::new();
    match value {
        Value::String(text) => {
            all = vec![
                json!(""),
                json!("é".repeat(5_001)),
                json!("?!"),
                json!(format!("{text}\n")),
            ];
            all.push(json!(text.chars().rev().collect::<String>()));
        }
        Value::Number(number) => {
            let near = number.as_i64().unwrap_or(7);
            all = vec![
                json!(-1),
                json!(0),
                json!(0.015),
                json!(1_000_000_000_000_i64),
            ];
            all.extend([json!(near.wrapping_sub(1)), json!(near.wrapping_add(1))]);
        }
        Value::Array(items) => {
            all.push(json!([]));
            all.push(
                items
                    .iter()
                    .cycle()
                    .take(items.len() * 1_001)
                    .cloned()
                    .collect(),
            );
            for (index, item) in items.iter().enumerate().take(2) {
                all.extend(changed(item).into_iter().map(|item| {
                    let mut items = items.clone();
                    items[index] = item;
                    Value::Array(items)
                }));
            }
        }
        Value::Object(members) => {
            all.push(json!({}));
            for (name, member) in members {
                let mut without = members.clone();
                without.remove(name);
                all.push(without.into());
                all.extend(changed(member).into_iter().map(|member| {
                    let mut members = members.clone();
                    members.insert(name.clone(), member);
                    Value::Object(members)
                }));
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
    all.push(Value::Null);
    // Of many, some from everywhere.
    let step = all.len().div_ceil(5 * MOST).max(1);
    all.into_iter().step_by(step).collect()
}

/// A body that an operation takes.
struct Body {
    operation: &'static rt::Operation,
    content_type: &'static str,
    /// Of its schema.
    pointer: String,
}

fn bodies(sdk: &Sdk, document: &Document) -> Vec<Body> {
    let mut stated = Stated::of(sdk);
    let operations = sdk.resources.iter().flat_map(|it| &it.operations);
    let mut bodies = Vec::new();
    for operation in operations {
        let Some(name) = &operation.constraints else {
            continue;
        };
        let constraints = stated.get(name, DEPTH);
        let parts = stated.by_name[name.as_str()].schema["properties"].as_object();
        let parts = parts.map(Map::keys).into_iter().flatten();
        let made = Box::leak(Box::new(rt::Operation {
            method: rt::Method::Post,
            constraints: Some(constraints),
            ..rt::Operation::NEW
        }));
        for content_type in parts.filter_map(|part| part.strip_prefix("body ")) {
            let body = format!("{}/requestBody", operation.pointer);
            let Some((body, _)) = document.resolve(&body) else {
                continue;
            };
            let media = content_type.replace('~', "~0").replace('/', "~1");
            let pointer = format!("{body}/content/{media}/schema");
            if document.schema(&pointer).is_some() {
                bodies.push(Body {
                    operation: made,
                    content_type: content_type.to_owned().leak(),
                    pointer,
                });
            }
        }
    }
    bodies
}

/// Whether a body gets as far as a server.
async fn is_sent(client: &rt::Client, body: &Body, value: &Value) -> Result<(), String> {
    let mut call = client.call::<rt::Empty>(body.operation);
    call.json(body.content_type, value);
    match call.await {
        Err(error @ rt::Error::InvalidRequest(_)) => Err(error.to_string()),
        _ => Ok(()),
    }
}

/// Valid values that are refused, and how many others are refused, and how many are sent.
async fn wrongly_refused(api: &Api) -> (Vec<String>, [usize; 2]) {
    let Ok(modelled) = api.generator().model(&api.inputs()) else {
        return Default::default();
    };
    let Some(raw) = &api.openapi else {
        return Default::default();
    };
    let document = Document::new(raw, OneOf::Exactly);
    let client = client();
    let bodies = bodies(&modelled.sdk, &document);
    let pointers: BTreeSet<&str> = bodies.iter().map(|it| it.pointer.as_str()).collect();
    let theirs = document.validator(pointers.clone()).expect("schemas");
    let instances = Instances::new(&document, pointers).expect("schemas");
    let mut found = Vec::new();
    let mut counts = [0, 0];
    for body in &bodies {
        let values = instances.of(&[&body.pointer], MOST);
        for instance in values {
            let value = instance.value;
            for value in changed(&value).into_iter().chain([value]) {
                match is_sent(&client, body, &value).await {
                    Ok(()) => counts[1] += 1,
                    Err(error) if theirs.is_valid(&body.pointer, &value) => {
                        found.push(format!("{}: {}: {value}: {error}", api.name, body.pointer));
                    }
                    Err(_) => counts[0] += 1,
                }
            }
        }
    }
    (found, counts)
}

#[tokio::test]
async fn no_valid_request_is_refused() {
    let mut found = Vec::new();
    for api in Api::all().expect("the documents of this project") {
        let (more, [refused, sent]) = wrongly_refused(&api).await;
        assert!(refused > 30 && sent > 300, "{}: {refused} {sent}", api.name);
        found.extend(more);
    }
    for api in Api::corpus(MOST_BYTES).expect("a folder of documents") {
        let (more, counts) = wrongly_refused(&api).await;
        println!("{}: {counts:?}, {}", api.name, more.len());
        found.extend(more);
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Texts that are of a format, or nearly: pieces of them in any order, and whole ones with a piece in between.
fn nearly_formatted() -> Vec<String> {
    const PIECES: [&str; 26] = [
        "a", "B9", "é", "-", "_", ".", "..", "@", " ", "\"", "0", "25", "256", ":", "::", "ffff",
        "/", "//", "?x=", "#", "%20", "%2", "[", "]", "xn--", "\n",
    ];
    const WHOLE: [&str; 10] = [
        "\"a b\"@c.example",
        "a+b@[192.0.2.1]",
        "a@[IPv6:2001:db8::1]",
        "xn--mller-kva.example",
        "192.0.2.1",
        "2001:db8::192.0.2.1",
        "https://u:p@[::1]:80/a;b/%C3%A9?c=d&e=(f)*'#g!$",
        "urn:uuid:0190a7c2-5b0e-7d2e-8f57-0b2b6d3f4a11",
        "mailto:a@b.example",
        "h2+x.y-z:",
    ];
    let mut all: Vec<String> = WHOLE.map(str::to_owned).to_vec();
    for one in PIECES {
        for two in PIECES {
            all.push(format!("{one}{two}"));
            all.extend(PIECES.map(|three| format!("{one}{two}{three}")));
        }
        for whole in WHOLE {
            all.extend((0..=whole.len()).map(|at| {
                let (before, after) = whole.split_at(at);
                format!("{before}{one}{after}")
            }));
        }
    }
    all.push("a".repeat(63) + ".example");
    all
}

#[tokio::test]
async fn no_text_is_refused_that_is_of_its_format() {
    let (client, texts) = (client(), nearly_formatted());
    for format in ["email", "hostname", "ipv4", "ipv6", "uri"] {
        let schema = json!({"type": "string", "format": format});
        let theirs = jsonschema::options().should_validate_formats(true);
        let theirs = theirs.build(&schema).expect("a schema");
        let stated = json!({"properties": {"body application/json": schema}});
        let constraints = rt::Constraints::new(stated.to_string().leak(), &[]);
        let body = Body {
            operation: Box::leak(Box::new(rt::Operation {
                method: rt::Method::Post,
                constraints: Some(Box::leak(Box::new(constraints))),
                ..rt::Operation::NEW
            })),
            content_type: "application/json",
            pointer: String::new(),
        };
        let values = texts.iter().map(|text| json!(text));
        let (valid, invalid): (Vec<_>, Vec<_>) = values.partition(|it| theirs.is_valid(it));
        assert!(!valid.is_empty(), "{format}");
        for value in &valid {
            let sent = is_sent(&client, &body, value).await;
            assert!(sent.is_ok(), "{format}: {value}");
        }
        // Of what is not, most is told.
        let mut refused = 0;
        for value in invalid.iter().step_by(7) {
            refused += usize::from(is_sent(&client, &body, value).await.is_err());
        }
        assert!(refused * 7 * 2 > invalid.len(), "{format}: {refused}");
    }
}
