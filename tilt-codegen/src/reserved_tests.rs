//! Every name that generated code has for itself, and every way to give it to something else: sources
//! in which nothing is there twice, or a diagnostic with its place.

#[path = "../tests/duplicates/mod.rs"]
mod duplicates;

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::identifier::NameKind;
use crate::render::{self, RenderOptions};
use crate::source::Input;
use crate::{Generator, Inputs, Modelled};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Other fixed names, and keywords.
const OTHERS: &[&str] = &[
    "api",
    "as_str",
    "client",
    "Client",
    "ClientBuilder",
    "crate",
    "custom",
    "Environment",
    "Error",
    "Event",
    "events",
    "fn",
    "fmt",
    "from",
    "gen",
    "lib",
    "main",
    "mod",
    "operation",
    "parse",
    "r#type",
    "resources",
    "rt",
    "Scope",
    "self",
    "super",
    "type",
    "types",
    "Verifier",
    "webhooks",
    "_",
    "",
];

/// Reserved names, and others.
fn words() -> Vec<String> {
    let reserved = NameKind::ALL.iter().flat_map(|kind| kind.reserved());
    let words: BTreeSet<&str> = reserved.chain(OTHERS).copied().collect();
    words.into_iter().map(str::to_owned).collect()
}

/// An operation with parameters by all names, and bodies and answers by all words.
fn everything(words: &[String], names: &[&String]) -> Value {
    let text = json!({"type": "string"});
    let parameters = names.iter().flat_map(|name| {
        ["query", "header"].map(|at| json!({"name": name, "in": at, "schema": text}))
    });
    let media = words.iter().enumerate();
    let mut content: Map<String, Value> = media
        .map(|(at, name)| {
            let own = json!({"type": "object", "properties": {format!("p{at}"): text}});
            (
                format!("application/vnd.{name}+json"),
                json!({"schema": own}),
            )
        })
        .collect();
    content.insert("text/csv".to_owned(), json!({"schema": text}));
    json!({
        "parameters": parameters.collect::<Vec<_>>(),
        "requestBody": {"content": content},
        "responses": {"200": {"description": "", "content": content}},
    })
}

/// A document in which everything is called by all of the words, schemas and their parts also by what is
/// spelled almost like them.
fn document(words: &[String]) -> Value {
    let text = json!({"type": "string"});
    let near: Vec<String> = words.iter().map(|word| format!("{word}_")).collect();
    let all: Vec<&String> = words.iter().chain(&near).collect();
    let object_of =
        |names: Map<String, Value>| json!({"type": "object", "properties": Value::Object(names)});
    let properties = all.iter().map(|name| ((*name).clone(), text.clone()));
    let object = object_of(properties.collect());
    let of_json = |schema: &Value| json!({"application/json": {"schema": schema}});
    let operation = |word: &str, security: Value| {
        json!({
            "operationId": word,
            "tags": [word, "other"],
            "requestBody": {"content": {"application/json": {"schema": text}, "text/csv": {"schema": text}}},
            "responses": {"200": {"description": "", "content": of_json(&text)}, "303": {"description": ""}},
            "security": security,
        })
    };
    let mut paths = json!({"/all": {"post": everything(words, &all)}});
    let mut webhooks = json!({});
    let mut schemas = json!({ "Values": {"type": "string", "enum": all} });
    let mut schemes = json!({});
    let mut servers = Vec::new();
    let mut alternatives = Vec::new();
    for word in &all {
        schemas[word.as_str()] = json!({"type": "object", "properties": {word.as_str(): text}});
    }
    for (at, word) in words.iter().enumerate() {
        let word = word.as_str();
        let path = word.replace(['/', '#'], "");
        let operation = operation(word, json!([{word: [word]}]));
        paths[format!("/{path}")] = json!({"get": operation});
        paths[format!("/things/{path}")] = json!({"post": operation});
        servers.push(json!({"url": format!("https://{at}.example.com"), "description": word}));
        servers.push(json!({"url": format!("https://{at}.example.org"), "description": word}));
        let own = format!("a{at}");
        alternatives.push(
            json!({"title": word, "type": "object", "required": [own], "properties": {own: text}}),
        );
        schemes[word] = json!({"type": "oauth2", "flows": {"clientCredentials": {
            "tokenUrl": "https://a.example/t", "scopes": {word: ""},
        }}});
        webhooks[word] = json!({"post": {"requestBody": {"content": of_json(&schemas[word])}}});
    }
    schemas["Union"] = json!({"oneOf": alternatives});
    schemas["Object"] = object;
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Names", "version": "1"},
        "servers": servers,
        "paths": paths,
        "webhooks": webhooks,
        "components": {"schemas": schemas, "securitySchemes": schemes},
    })
}

/// Gives the thing of this number this name.
type Line = fn(usize, &str) -> String;

/// As many harmless names.
fn plain(words: &[String]) -> Vec<String> {
    (0..words.len()).map(|at| format!("plain{at}")).collect()
}

fn model(document: &Value, config: &str, names: &str) -> Result<Modelled, Diagnostics> {
    let input = |name: &str, text: String| Input::Bytes {
        name: name.to_owned(),
        bytes: text.into_bytes(),
    };
    let inputs = Inputs {
        openapi: Some(input("api.json", document.to_string())),
        names: (!names.is_empty()).then(|| input("names.lock", names.to_owned())),
        ..Inputs::default()
    };
    let config = Config::from_toml(config).expect("TOML of the right form");
    Generator::new(config).model(&inputs)
}

/// Read back, the names give the same.
#[track_caller]
fn lasts(document: &Value, modelled: &Modelled) {
    let names = modelled.names.to_string();
    let again = model(document, "", &names).unwrap_or_else(|refused| panic!("{refused}\n{names}"));
    assert_eq!(again.sdk, modelled.sdk, "{names}");
    assert_eq!(again.names.to_string(), names);
}

/// Nothing is there twice.
#[track_caller]
fn holds(config: &str, modelled: &Modelled) {
    let options = RenderOptions::new("api");
    let files = render::package(&modelled.sdk, &options);
    let files = files
        .iter()
        .map(|file| (file.path.as_str(), file.contents.as_str()));
    let faults = duplicates::faults(files);
    assert!(
        faults.is_empty(),
        "{}\n{config}\n{}",
        faults.join("\n"),
        modelled.names
    );
}

/// A diagnostic says where in a file, and what to do.
#[track_caller]
fn has_place(refused: &Diagnostics, file: &str) {
    let first = &refused.items[0];
    assert_eq!(first.document, file, "{refused}");
    assert!(first.line.is_some() && first.column.is_some(), "{refused}");
    assert!(first.help.is_some(), "{refused}");
}

#[test]
fn a_document_may_call_everything_by_reserved_names() {
    let document = document(&words());
    let modelled = model(&document, "", "").unwrap_or_else(|refused| panic!("{refused}"));
    holds("", &modelled);
    lasts(&document, &modelled);
}

#[test]
fn settings_that_give_reserved_names_are_shown_or_harmless() {
    let words = words();
    let document = document(&plain(&words));
    let small = self::document(&["plain0".to_owned()]);
    let tables: [(&str, Line); 4] = [
        ("[types.rename]", |at, word| {
            format!("Plain{at} = {}\n", Value::from(word))
        }),
        ("[operations.rename]", |at, word| {
            format!("\"GET /plain{at}\" = \"{word}.list\"\n")
        }),
        ("[operations.rename]", |at, word| {
            format!("\"POST /things/plain{at}\" = \"things.{word}\"\n")
        }),
        ("[[environments]]", |_, word| {
            format!("name = {}\napi = \"a\"\n", Value::from(word))
        }),
    ];
    let mut config = String::new();
    for (table, line) in tables {
        for (at, word) in words.iter().enumerate() {
            let head = format!("{table}\n");
            // Refused ones would hide what the others do.
            match model(&small, &format!("{head}{}", line(0, word)), "") {
                Ok(_) if table.starts_with("[[") || !config.contains(&head) => {
                    config.push_str(&format!("{head}{}", line(at, word)));
                }
                Ok(_) => config.push_str(&line(at, word)),
                Err(refused) => has_place(&refused, "codegen.toml"),
            }
        }
    }
    let modelled = model(&document, &config, "");
    holds(
        &config,
        &modelled.unwrap_or_else(|refused| panic!("{refused}")),
    );
}

/// The line that a line belongs to, and one for each word.
const NAMES_LINES: [(&str, Line); 12] = [
    ("", |at, word| {
        format!("environment https://{at}.example.com {word}\n")
    }),
    ("", |at, word| format!("event plain{at} {word} Plain{at}\n")),
    ("", |at, word| {
        format!("operation GET /plain{at} {word}.list\n")
    }),
    ("", |at, word| {
        format!("operation POST /things/plain{at} things.{word}\n")
    }),
    // No word can be both the name of a resource and of a call.
    ("", |at, word| {
        format!("operation GET /plain{at} r{at}.list {word}\n")
    }),
    ("operation POST /all all.create\n", |at, word| {
        format!(" parameter query plain{at} {word}\n")
    }),
    ("operation POST /all all.create\n", |at, word| {
        format!(" body application/vnd.plain{at}+json {word}\n")
    }),
    ("operation POST /all all.create\n", |at, word| {
        format!(" answer \"200 application/vnd.plain{at}+json\" {word}\n")
    }),
    ("", |at, word| format!("scope plain{at} {word}\n")),
    ("", |at, word| format!("security plain{at} {word}\n")),
    ("", |at, word| {
        format!("type {word} openapi#/components/schemas/plain{at}\n plain{at} a{at}\n")
    }),
    (
        "type Own openapi#/components/schemas/Values\n",
        |at, word| format!(" plain{at} {word}\n"),
    ),
];

#[test]
fn lines_of_a_names_file_that_give_reserved_names_are_shown_or_harmless() {
    let words: Vec<String> = words()
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect();
    let document = document(&plain(&words));
    let mut names = "names 1\n".to_owned();
    let mut last = "";
    for (owner, line) in NAMES_LINES {
        if owner != last {
            names.push_str(owner);
        }
        last = owner;
        for (at, word) in words.iter().enumerate() {
            let line = line(at, word);
            let one = Input::Bytes {
                name: "names.lock".to_owned(),
                bytes: format!("names 1\n{owner}{line}").into_bytes(),
            };
            // Refused ones would hide what the others do.
            match crate::lock::read(&one, &crate::source::Limits::default()) {
                Ok(_) => names.push_str(&line),
                Err(refused) => has_place(&refused, "names.lock"),
            }
        }
    }
    let modelled = model(&document, "", &names);
    holds(
        "",
        &modelled.unwrap_or_else(|refused| panic!("{refused}\n{names}")),
    );
}

#[test]
fn an_operation_of_a_resource_that_no_module_may_be_called_is_shown() {
    let document = document(&["plain".to_owned()]);
    for name in ["Self.list", "plain.Self", "_.list", ".list", "self_.list"] {
        let names = format!("names 1\noperation GET /plain {name}\n");
        let refused = model(&document, "", &names).expect_err(name);
        has_place(&refused, "names.lock");
        assert_eq!(refused.items[0].code, "invalid-name", "{refused}");
    }
}

#[test]
fn two_things_of_one_name_are_shown_at_the_second() {
    let document = document(&["plain".to_owned()]);
    for lines in [
        "environment https://0.example.com A\nenvironment https://1.example.com A\n",
        "event plain A Plain\nevent plain_ A Plain2\n",
        "operation GET /plain plain.list\noperation POST /plain plain.list\n",
        "operation GET /plain a.list A\noperation POST /plain b.list A\n",
        "scope plain A\nscope plain_ A\n",
        "security plain a\nsecurity plain_ a\n",
        "type A openapi#/components/schemas/plain\ntype A openapi#/components/schemas/plain_\n",
        "type A openapi#/components/schemas/plain\n plain a\n plain_ a\n",
        "type A openapi#/components/schemas/plain_\n plain A\n plain_ A\n",
        "operation GET /plain plain.list\n parameter query plain a\n parameter header plain a\n",
        "operation POST /plain plain.list\n body text/csv A\n body application/json A\n",
        "operation POST /plain plain.list\n answer \"200 text/csv\" A\n answer 201 A\n",
    ] {
        let names = format!("names 1\n{lines}");
        let refused = model(&document, "", &names).expect_err(lines);
        has_place(&refused, "names.lock");
        let first = &refused.items[0];
        assert_eq!(first.code, "colliding-names", "{refused}");
        assert_eq!(first.line, Some(1 + lines.lines().count()), "{refused}");
    }
}

#[test]
fn operations_that_would_become_one_are_shown() {
    let document = document(&["plain".to_owned()]);
    for name in ["a__b.list", "a_b_.list", "a_b.list_", "a_b.l__ist"] {
        let names =
            format!("names 1\noperation GET /plain a_b.list\noperation POST /plain {name}\n");
        let refused = model(&document, "", &names).expect_err(name);
        has_place(&refused, "names.lock");
        assert_eq!(refused.items[0].line, Some(3), "{refused}");
    }
}

#[test]
fn settings_that_give_one_name_twice_are_shown_at_the_setting() {
    let document = document(&["plain".to_owned()]);
    for (config, line) in [
        (
            "[[environments]]\nname = \"A\"\napi = \"a\"\n[[environments]]\nname = \"A\"\napi = \"b\"\n",
            5,
        ),
        ("[[environments]]\nname = \"Custom\"\napi = \"a\"\n", 2),
        ("[types.rename]\nPlain = \"Union\"\n", 2),
        (
            "[operations.rename]\n\"GET /plain\" = \"a.b\"\n\"POST /things/plain\" = \"a.b\"\n",
            3,
        ),
        ("[operations.rename]\n\"GET /plain\" = \"all.create\"\n", 2),
    ] {
        let refused = model(&document, config, "").expect_err(config);
        has_place(&refused, "codegen.toml");
        let lines: Vec<_> = refused.items.iter().filter_map(|item| item.line).collect();
        assert!(lines.contains(&line), "{config}: {refused}");
    }
}
