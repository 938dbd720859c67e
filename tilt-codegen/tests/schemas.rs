//! The JSON Schemas of the crate's own formats: those in `docs/` are what the command prints, and an
//! independent validator finds that what is read and written is what they say.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that fails says so by panicking"
)]

use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tilt_codegen::config::Config;
use tilt_codegen::drift::Drift;
use tilt_codegen::drift::format::{Format, Report};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn run(dir: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tilt-codegen"));
    command.args(arguments).current_dir(dir).output().unwrap()
}

fn schema(of: &str) -> Value {
    serde_json::from_slice(&run(&root(), &["schema", of]).stdout).unwrap()
}

#[test]
fn the_schemas_in_the_documentation_are_those_of_this_version() {
    for (of, file) in [
        ("config", "docs/codegen.schema.json"),
        ("answers", "docs/answers.schema.json"),
        ("drift", "docs/drift.schema.json"),
    ] {
        let printed = String::from_utf8(run(&root(), &["schema", of]).stdout).unwrap();
        assert!(
            printed == read(file),
            "{file} is another version's; to rewrite it:\n  \
             cargo run -p tilt-codegen -- schema {of} > {file}"
        );
    }
}

/// Whether the schema lets a file of settings pass.
fn is_valid(validator: &Validator, text: &str) -> bool {
    toml::from_str::<Value>(text).is_ok_and(|value| validator.is_valid(&value))
}

#[test]
fn settings_are_valid_where_the_generator_takes_them() {
    let validator = jsonschema::validator_for(&schema("config")).unwrap();
    let own = read("specs/codegen.toml");
    let page = read("docs/codegen.md");
    let mut texts: Vec<&str> = examples(&page).collect();
    assert!(texts.len() > 10, "examples are missing");
    texts.extend(["", own.as_str()]);
    for text in texts {
        assert!(Config::from_toml(text).is_ok(), "{text}");
        assert!(is_valid(&validator, text), "{text}");
    }
}

#[test]
fn settings_are_invalid_where_the_generator_refuses_them() {
    let validator = jsonschema::validator_for(&schema("config")).unwrap();
    for text in [
        "[nothing]",
        "parts.client = 1",
        "parts.servers = true",
        "types.rename.A = 1",
        "select.include = [\"Orders\"]",
        "select.include = [\"path:orders\"]",
        "select.include = [\"tag:\"]",
        "environments = [{name = \"Dev\"}]",
        "limits.depth = 1001",
        "limits.bytes = -1",
        "events.signature = {prefix = \"v1=\"}",
        "events.signature = {header = \"X\", encoding = \"HEX\"}",
        "events.signature = {header = \"X Y\"}",
        "events.signature = {header = \"X\", signed = \"{url}{body}\"}",
        "events.signature = {header = \"X\", signed = \"text\"}",
        "events.signature = {header = \"X\", hash = \"md5\"}",
        "pagination = {style = \"offset\", items = \"items\"}",
        "pagination = {style = \"none\", items = \"items\"}",
        "pagination = {style = \"other\"}",
        "pagination = {style = \"url\", next = \"a..b\"}",
        "pagination = {style = \"url\", next = \".a\"}",
        "package.licence = \"MIT\"",
        "package.license = \"MIT \"",
        "package.authors = [\"\"]",
        "package.homepage = \"example.com\"",
        "package.keywords = [\"a b\"]",
        "package.keywords = [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\"]",
        "package.dependencies.tilt-runtime = \"1\"",
        "package.dependencies.a = 1",
        "package.dependencies.\"a b\" = \"1\"",
        "package.dependencies.a = {version = \"1\", optional = true}",
        "lists = [{operations = [\"path:/\"]}]",
        "lists = [{operations = [\"all\"], pagination = {style = \"link\"}}]",
    ] {
        assert!(Config::from_toml(text).is_err(), "{text}");
        assert!(!is_valid(&validator, text), "{text}");
    }
}

fn examples(page: &str) -> impl Iterator<Item = &str> {
    let blocks = page.split("```toml\n").skip(1);
    blocks.map(|block| block.split("```").next().unwrap())
}

/// A table of settings: its heading in the documentation, and a line for each key.
struct Table {
    heading: String,
    rows: Vec<String>,
    keys: BTreeSet<String>,
}

fn tables(schema: &Value) -> Vec<Table> {
    let mut tables = Vec::new();
    collect(schema, schema, "", &mut tables);
    tables
}

fn collect(schema: &Value, object: &Value, path: &str, tables: &mut Vec<Table>) {
    let resolve = |value: &Value| match value["$ref"].as_str() {
        Some(reference) => schema
            .pointer(reference.trim_start_matches('#'))
            .unwrap()
            .clone(),
        None => value.clone(),
    };
    let mut rows: Vec<String> = Vec::new();
    let mut keys = BTreeSet::new();
    let alternatives = object["oneOf"].as_array().cloned();
    for object in alternatives.unwrap_or_else(|| vec![object.clone()]) {
        let required: Vec<&str> = object["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        for (key, value) in object["properties"].as_object().unwrap() {
            let inner = match path {
                "" => key.clone(),
                path => format!("{path}.{key}"),
            };
            let resolved = resolve(value);
            let items = resolve(&resolved["items"]);
            // In an element of a list, a table is the same as where it stands by itself.
            if is_table(&resolved) && !path.starts_with('[') {
                collect(schema, &resolved, &inner, tables);
            } else if is_table(&items) {
                collect(schema, &items, &format!("[{inner}]"), tables);
            } else {
                let meaning = match value["const"].is_null() {
                    true => &value["description"],
                    false => &object["description"],
                };
                let default = default_of(value, required.contains(&key.as_str()));
                let row = format!(
                    "| `{key}` | {} | {default} | {} |",
                    type_of(&resolved, &items),
                    meaning.as_str().unwrap().replace('\n', " ")
                );
                if !rows.contains(&row) {
                    rows.push(row);
                }
                let table = path.trim_matches(['[', ']']);
                keys.insert(format!("{table}.{key}").trim_matches('.').to_owned());
            }
        }
    }
    if !rows.is_empty() {
        let heading = heading(path);
        tables.push(Table {
            heading,
            rows,
            keys,
        });
    }
}

fn heading(path: &str) -> String {
    match path {
        "" => "## Tables of their own\n".to_owned(),
        path => format!("## `[{path}]`\n"),
    }
}

fn default_of(value: &Value, required: bool) -> String {
    match &value["default"] {
        _ if required => "required".to_owned(),
        Value::Null => "absent".to_owned(),
        default => format!("`{default}`"),
    }
}

fn is_table(schema: &Value) -> bool {
    let alternatives = schema["oneOf"].as_array();
    let first = alternatives.map_or(schema, |alternatives| &alternatives[0]);
    first["properties"].is_object()
}

fn type_of(schema: &Value, items: &Value) -> String {
    let constant = |schema: &Value| format!("`{}`", schema["const"]);
    match schema["type"].as_str() {
        _ if !schema["const"].is_null() => constant(schema),
        _ if is_table(schema) => "table".to_owned(),
        Some("object") if schema["additionalProperties"]["type"] == "string" => {
            "table of strings".to_owned()
        }
        Some("object") => "table".to_owned(),
        Some("array") => format!("array of {}s", items["type"].as_str().unwrap()),
        Some(ty) => ty.to_owned(),
        None => {
            let values = schema["oneOf"].as_array().unwrap().iter();
            values.map(constant).collect::<Vec<_>>().join(" or ")
        }
    }
}

#[test]
fn the_reference_has_every_setting_with_its_default_and_an_example() {
    let page = read("docs/codegen.md");
    let mut wrong = String::new();
    let mut seen = 0;
    let mut used = BTreeSet::new();
    for example in examples(&page) {
        keys_of(&toml::from_str(example).unwrap(), "", &mut used);
    }
    for Table {
        heading,
        rows,
        keys,
    } in tables(&schema("config"))
    {
        let section = page.split(&heading).nth(1).unwrap_or_default();
        let section = section.split("\n## ").next().unwrap_or_default();
        let there: Vec<&str> = section
            .lines()
            .filter(|line| line.starts_with("| `"))
            .collect();
        seen += there.len();
        if there != rows {
            let _ = writeln!(wrong, "under {heading}{}\n", rows.join("\n"));
        }
        for key in keys.difference(&used) {
            let _ = writeln!(wrong, "there is no example of {key}");
        }
    }
    assert!(wrong.is_empty(), "docs/codegen.md should have\n{wrong}");
    let all = page.lines().filter(|line| line.starts_with("| `")).count();
    assert_eq!(all, seen, "a table of docs/codegen.md is of no setting");
}

fn keys_of(value: &Value, path: &str, keys: &mut BTreeSet<String>) {
    keys.insert(path.to_owned());
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                let inner = match path {
                    "" => key.clone(),
                    path => format!("{path}.{key}"),
                };
                keys_of(member, &inner, keys);
            }
        }
        Value::Array(elements) => {
            for element in elements {
                keys_of(element, path, keys);
            }
        }
        _ => {}
    }
}

const GOOD: &str = r##"{
  "openapi": "3.1.0",
  "info": {"title": "Shop", "version": "1"},
  "servers": [{"url": "https://api.example.com"}],
  "paths": {"/orders": {
    "get": {"operationId": "listOrders", "responses": {"200": {"description": "OK",
      "headers": {"X-Left": {"schema": {"type": "integer"}}}}}},
    "post": {"operationId": "createOrder", "responses": {"201": {"description": "OK"}}, "requestBody":
      {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}}}},
   "/orders/{id}": {"get": {
    "operationId": "getOrder",
    "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
                   {"name": "deep", "in": "query", "schema": {"type": "boolean"}}],
    "security": [{"oauth": ["orders:read"]}],
    "responses": {"200": {"description": "OK", "content": {"application/json":
      {"schema": {"$ref": "#/components/schemas/Order"}}}}}}}},
  "webhooks": {"paid": {"post": {"requestBody": {"content": {"application/json":
    {"schema": {"$ref": "#/components/schemas/Card"}}}}, "responses": {}}}, "ordered": {"post": {"requestBody": {"content": {"application/json":
    {"schema": {"$ref": "#/components/schemas/Order"}}}}, "responses": {}}}},
  "components": {
    "securitySchemes": {"oauth": {"type": "oauth2", "flows": {"clientCredentials":
      {"tokenUrl": "https://auth.example.com/token", "scopes": {"orders:read": "Read"}}}}},
    "schemas": {
      "Id": {"type": "string"},
      "Order": {"type": "object", "required": ["id"], "not": {"required": ["x"]},
        "properties": {"id": {"$ref": "#/components/schemas/Id"},
          "state": {"enum": ["open", "paid"]}, "note": {"type": ["string", "null"]}, "by": {"$ref": "#/components/schemas/By"}},
        "additionalProperties": {"type": "integer"}},
      "By": {"oneOf": [{"$ref": "#/components/schemas/Card"}, {"$ref": "#/components/schemas/Cash"}],
        "discriminator": {"propertyName": "kind"}},
      "Card": {"type": "object", "required": ["kind"], "properties": {"id": {"$ref": "#/components/schemas/Id"}, "kind": {"const": "Card"}}},
      "Cash": {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "Cash"}}}
    }}
}"##;

/// The schema of answers, closed: users are told that members may come, but none that is there may
/// be missing from it.
fn closed_answers() -> Value {
    let mut schema = schema("answers");
    let close = |object: &mut Value| object["unevaluatedProperties"] = json!(false);
    schema["oneOf"]
        .as_array_mut()
        .unwrap()
        .iter_mut()
        .for_each(close);
    for of in [
        "Argument",
        "Diagnostic",
        "Finding",
        "ItemChange",
        "Location",
        "Reach",
        "Size",
    ] {
        close(&mut schema["$defs"][of]);
    }
    let items = schema["$defs"]["Item"]["oneOf"].as_array_mut().unwrap();
    items.iter_mut().for_each(close);
    schema
}

#[test]
fn a_report_of_drift_is_as_its_schema_says() {
    let mut schema = schema("drift");
    schema["unevaluatedProperties"] = json!(false);
    for of in ["Finding", "ItemChange", "Location", "Reach"] {
        schema["$defs"][of]["unevaluatedProperties"] = json!(false);
    }
    let validator = jsonschema::validator_for(&schema).unwrap();
    let location = json!({"document": "a.json", "pointer": "/a", "line": 1, "column": 2});
    let drift = json!({
        "format": tilt_codegen::drift::FORMAT, "in_use": "breaking", "upgrade": "major",
        "findings": [{
            "rule": "r", "severity": "breaking", "directions": ["request", "answer", "event"], "message": "m",
            "old": location, "new": location, "reach": {"operations": 1, "events": 0, "first": ["GET /"]},
            "upgrade": "major", "remedy": "r", "fingerprint": "0123456789abcdef",
            "items": [{"item": "i", "effect": "now-optional", "bump": "major", "before": "b", "after": "a"}],
        }],
    });
    let drift: Drift = serde_json::from_value(drift).unwrap();
    let mut report = Report::new(&drift);
    report.versions = Some(("0.1.0", "0.2.0"));
    let notes = ["A note.".to_owned()];
    report.notes = &notes;
    let shown: Value = serde_json::from_str(&report.to(Format::Json)).unwrap();
    let errors: Vec<_> = validator
        .iter_errors(&shown)
        .map(|it| it.to_string())
        .collect();
    assert!(errors.is_empty(), "{shown}: {errors:?}");
    for (pointer, value) in [
        ("/in_use", json!("grave")),
        ("/findings/0/directions/0", json!("sideways")),
        ("/findings/0/items/0/effect", json!("now optional")),
    ] {
        let mut other = shown.clone();
        *other.pointer_mut(pointer).unwrap() = value;
        assert!(!validator.is_valid(&other), "{pointer}");
    }
}

#[test]
fn answers_are_as_their_schema_says() {
    let validator = jsonschema::validator_for(&closed_answers()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("good.json"), GOOD).unwrap();
    let grown = GOOD.replace("/orders/{id}", "/order/{id}");
    std::fs::write(folder.path().join("grown.json"), grown).unwrap();
    std::fs::write(
        folder.path().join("ids.toml"),
        "ids.id = \"OrderId\"\nparts.server = true",
    )
    .unwrap();
    std::fs::write(folder.path().join("bad.json"), "{\"openapi\": ]").unwrap();
    let mut kinds = BTreeSet::new();
    let generate = ["generate", "--openapi", "good.json", "--out", "sdk"];
    let check = [&generate[..], &["--check"]].concat();
    for (arguments, status) in [
        (&check[..], "stale"),
        (&generate[..], "generated"),
        (&check[..], "current"),
        (
            &["inspect", "--openapi", "good.json", "--config", "ids.toml"],
            "modelled",
        ),
        (&["diff", "good.json", "grown.json"], "compared"),
        (&["inspect", "--openapi", "bad.json"], "refused"),
        (
            &["inspect", "--openapi", "good.json", "--config", "none.toml"],
            "failed",
        ),
    ] {
        let arguments = [arguments, &["--message-format", "json"]].concat();
        let output = run(folder.path(), &arguments);
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(answer["status"], status, "{answer}");
        let errors: Vec<String> = validator
            .iter_errors(&answer)
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{answer}: {errors:?}");
        let items = answer["surface"].as_array().into_iter().flatten();
        kinds.extend(items.map(|item| item["item"].as_str().unwrap().to_owned()));
        let diagnostics = answer["diagnostics"].as_array();
        let has_some = diagnostics.is_some_and(|diagnostics| !diagnostics.is_empty());
        let is_expected = ["generated", "modelled", "refused"].contains(&status);
        assert_eq!(has_some, is_expected, "{answer}");
    }
    let schema = schema("answers");
    let all = schema["$defs"]["Item"]["oneOf"].as_array().unwrap().iter();
    let all: BTreeSet<String> = all
        .map(|item| {
            item["properties"]["item"]["const"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(kinds, all, "the document has not every kind of item");
}
