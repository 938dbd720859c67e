//! Lists of real APIs: how many of them are walked page by page. With a folder of their documents only.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tilt_codegen::config::Config;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs};
use tilt_tests::api;

/// Documents of the corpus; settings of the same name are in `tests/fixtures/lists`.
const APIS: [&str; 10] = [
    "stripe",
    "mollie",
    "lago",
    "paddle",
    "twilio-messaging-v1",
    "digitalocean",
    "github",
    "train-travel",
    "adyen-balanceplatform",
    "adyen-transfers",
];

/// Query parameters, without case and underscores, that ask for a part of a list.
const SIGNS: [&str; 11] = [
    "page",
    "pagenumber",
    "pagetoken",
    "offset",
    "skip",
    "cursor",
    "after",
    "startingafter",
    "limit",
    "perpage",
    "pagesize",
];

#[test]
fn nine_in_ten_lists_of_real_apis_are_walked() {
    let Some(folder) = std::env::var_os(api::CORPUS) else {
        eprintln!("not run: {} names no folder of documents", api::CORPUS);
        return;
    };
    let folder = api::root().join(folder);
    let mut short = Vec::new();
    println!("{:24} {:>5} {:>6}", "API", "lists", "walked");
    for name in APIS {
        let path = folder.join(name).with_extension("json");
        if !path.exists() {
            continue;
        }
        let document = std::fs::read(&path).expect("a document");
        let lists = lists(&serde_json::from_slice(&document).expect("JSON"));
        let walked = &lists & &walked(&document, settings(name).unwrap_or_default());
        println!("{name:24} {:5} {:6}", lists.len(), walked.len());
        for missing in &lists - &walked {
            println!("    {missing}");
        }
        if walked.len() * 10 < lists.len() * 9 {
            short.push(name);
        }
    }
    assert!(
        short.is_empty(),
        "fewer than nine in ten are walked: {short:?}"
    );
}

/// The settings of an API, where it needs any.
pub(super) fn settings(name: &str) -> Option<Config> {
    let folder: PathBuf = api::root().join("tests/fixtures/lists");
    let path: &Path = &folder.join(name).with_extension("toml");
    let text = std::fs::read_to_string(path).ok()?;
    Some(Config::from_toml(&text).expect("settings"))
}

/// The operations that the generator walks, as `METHOD /path`.
fn walked(document: &[u8], config: Config) -> BTreeSet<String> {
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "openapi.json".to_owned(),
            bytes: document.to_vec(),
        }),
        ..Inputs::default()
    };
    let modelled = Generator::new(config).model(&inputs).expect("a model");
    let operations = modelled.sdk.resources.iter().flat_map(|it| &it.operations);
    let paged = operations.filter(|operation| operation.pagination.is_some());
    paged
        .map(|operation| format!("{} {}", operation.method.as_str(), operation.path))
        .collect()
}

/// The operations of a document that read a part of a list, by signs that the generator has no part in.
fn lists(document: &Value) -> BTreeSet<String> {
    let mut lists = BTreeSet::new();
    let paths = document["paths"].as_object().expect("paths");
    for (path, item) in paths {
        let item = follow(document, item);
        let operation = &item["get"];
        let answer = follow(document, &operation["responses"]["200"]);
        let content = answer["content"].as_object().into_iter().flatten();
        let json = content.filter(|(media_type, _)| media_type.contains("json"));
        let has_list = json
            .take(1)
            .any(|(_, media)| is_list(document, &media["schema"], 2));
        let parameters = [&item["parameters"], &operation["parameters"]];
        let mut parameters = parameters.into_iter().filter_map(Value::as_array).flatten();
        let has_sign = parameters.any(|parameter| is_sign(follow(document, parameter)));
        let has_link = answer["headers"].get("Link").is_some();
        if has_list && (has_sign || has_link) {
            lists.insert(format!("GET {path}"));
        }
    }
    lists
}

fn is_sign(parameter: &Value) -> bool {
    let name = parameter["name"].as_str().unwrap_or_default();
    let name = name.to_lowercase().replace(['_', '-'], "");
    parameter["in"] == "query" && SIGNS.contains(&name.as_str())
}

/// A schema is a list, or an object with one, so many objects deep.
fn is_list(document: &Value, schema: &Value, deep: usize) -> bool {
    let schema = follow(document, schema);
    let is_array = |kind: &Value| {
        let mut kinds = kind.as_array().into_iter().flatten();
        kind == "array" || kinds.any(|kind| kind == "array")
    };
    if is_array(&schema["type"]) || schema.get("items").is_some() {
        return true;
    }
    let parts = schema["allOf"].as_array().into_iter().flatten();
    let properties = schema["properties"].as_object().into_iter().flatten();
    let mut properties = properties.map(|(_, schema)| schema);
    parts.into_iter().any(|part| is_list(document, part, deep))
        || (deep > 0 && properties.any(|property| is_list(document, property, deep - 1)))
}

/// The value that a reference leads to, or the value itself.
fn follow<'d>(document: &'d Value, mut value: &'d Value) -> &'d Value {
    for _ in 0..20 {
        let Some(reference) = value["$ref"].as_str() else {
            break;
        };
        let pointer = reference.trim_start_matches('#');
        value = document.pointer(pointer).unwrap_or(&Value::Null);
    }
    value
}
