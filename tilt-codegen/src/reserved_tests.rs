//! Every name that generated code has for itself, and every way to give it to something else: sources
//! in which nothing is there twice, or a diagnostic with its place.

#[path = "../tests/duplicates/mod.rs"]
mod duplicates;

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::identifier::Kind;
use crate::render::{self, RenderOptions, RuntimeSource};
use crate::source::Input;
use crate::{Generator, Inputs, Modelled};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// What else stands somewhere under a fixed name, and keywords.
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
    let reserved = Kind::ALL.iter().flat_map(|kind| kind.reserved());
    let words: BTreeSet<&str> = reserved.chain(OTHERS).copied().collect();
    words.into_iter().map(str::to_owned).collect()
}

/// A document in which everything is called by all of the words, beside what is spelled almost like it.
fn document(words: &[String]) -> Value {
    let text = json!({"type": "string"});
    let near: Vec<String> = words.iter().map(|word| format!("{word}_")).collect();
    let all: Vec<&String> = words.iter().chain(&near).collect();
    let object_of =
        |names: Map<String, Value>| json!({"type": "object", "properties": Value::Object(names)});
    let properties = all.iter().map(|name| ((*name).clone(), text.clone()));
    let object = object_of(properties.collect());
    let of_json = |schema: &Value| json!({"application/json": {"schema": schema}});
    let parameters = all.iter().flat_map(|name| {
        ["query", "header"].map(|at| json!({"name": name, "in": at, "schema": text}))
    });
    let media = all.iter().enumerate();
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
    let operation = |word: &str, security: Value| {
        json!({
            "operationId": word,
            "tags": [word, "other"],
            "requestBody": {"content": {"application/json": {"schema": text}, "text/csv": {"schema": text}}},
            "responses": {"200": {"description": "", "content": of_json(&text)}, "303": {"description": ""}},
            "security": security,
        })
    };
    let mut paths = json!({
        "/all": {"post": {
            "parameters": parameters.collect::<Vec<_>>(),
            "requestBody": {"content": content},
            "responses": {"200": {"description": "", "content": content}},
        }},
    });
    let mut webhooks = json!({});
    let mut schemas = json!({ "Values": {"type": "string", "enum": all} });
    let mut schemes = json!({});
    let mut servers = Vec::new();
    let mut alternatives = Vec::new();
    for (at, word) in all.iter().enumerate() {
        let word = word.as_str();
        let path = word.replace(['/', '#'], "");
        let operation = operation(word, json!([{word: [word]}]));
        paths[format!("/{path}")] = json!({"get": operation});
        paths[format!("/things/{path}")] = json!({"post": operation});
        servers.push(json!({"url": format!("https://{at}.example.com"), "description": word}));
        servers.push(json!({"url": format!("https://{at}.example.org"), "description": word}));
        schemas[word] = json!({"type": "object", "properties": {word: text}});
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

/// Nothing is there twice, and read back, the names give the same.
#[track_caller]
fn holds(document: &Value, config: &str, modelled: &Modelled) {
    let names = modelled.names.to_string();
    let again =
        model(document, config, &names).unwrap_or_else(|refused| panic!("{refused}\n{names}"));
    assert_eq!(again.sdk, modelled.sdk, "{names}");
    assert_eq!(again.names.to_string(), names);
    let options = RenderOptions {
        crate_name: "api".to_owned(),
        crate_version: "0.1.0".to_owned(),
        runtime: RuntimeSource::Version("0.1.0".to_owned()),
    };
    let files = render::package(&modelled.sdk, &options);
    let files = files
        .iter()
        .map(|file| (file.path.as_str(), file.contents.as_str()));
    let faults = duplicates::faults(files);
    assert!(
        faults.is_empty(),
        "{}\n{config}\n{names}",
        faults.join("\n")
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
    holds(&document, "", &modelled);
}

#[test]
fn settings_that_give_reserved_names_are_shown_or_harmless() {
    let words = words();
    let document = document(&plain(&words));
    let small = self::document(&["plain0".to_owned()]);
    let entries: [fn(usize, &str) -> (&'static str, String); 4] = [
        |at, word| {
            (
                "[types.rename]",
                format!("Plain{at} = {}", Value::from(word)),
            )
        },
        |at, word| {
            (
                "[operations.rename]",
                format!("\"GET /plain{at}\" = \"{word}.list\""),
            )
        },
        |at, word| {
            (
                "[operations.rename]",
                format!("\"POST /things/plain{at}\" = \"things.{word}\""),
            )
        },
        |_, word| {
            (
                "[[environments]]",
                format!("name = {}\napi = \"a\"", Value::from(word)),
            )
        },
    ];
    for entry in entries {
        let mut config = String::new();
        for (at, word) in words.iter().enumerate() {
            let (table, line) = entry(at, word);
            // Refused ones would hide what the others do.
            let (alone, own) = entry(0, word);
            match model(&small, &format!("{alone}\n{own}\n"), "") {
                Ok(_) if config.is_empty() || table == "[[environments]]" => {
                    config.push_str(&format!("{table}\n{line}\n"));
                }
                Ok(_) => config.push_str(&format!("{line}\n")),
                Err(refused) => has_place(&refused, "codegen.toml"),
            }
        }
        let modelled = model(&document, &config, "");
        holds(
            &document,
            &config,
            &modelled.unwrap_or_else(|refused| panic!("{refused}")),
        );
    }
}

#[test]
fn lines_of_a_names_file_that_give_reserved_names_are_shown_or_harmless() {
    let words: Vec<String> = words()
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect();
    let document = document(&plain(&words));
    let lines: [fn(usize, &str) -> String; 12] = [
        |at, word| format!("environment https://{at}.example.com {word}\n"),
        |at, word| format!("event plain{at} {word} Plain{at}\n"),
        |at, word| format!("operation GET /plain{at} {word}.list\n"),
        |at, word| format!("operation POST /things/plain{at} things.{word}\n"),
        |at, word| format!("operation POST /things/plain{at} things.m{at} {word}\n"),
        |at, word| format!("operation POST /all all.create\n parameter query plain{at} {word}\n"),
        |at, word| {
            format!("operation POST /all all.create\n body application/vnd.plain{at}+json {word}\n")
        },
        |at, word| {
            format!(
                "operation POST /all all.create\n answer \"200 application/vnd.plain{at}+json\" {word}\n"
            )
        },
        |at, word| format!("scope plain{at} {word}\n"),
        |at, word| format!("security plain{at} {word}\n"),
        |at, word| {
            format!("type {word} openapi#/components/schemas/plain{at}\n plain{at} a{word}\n")
        },
        |at, word| format!("type Own openapi#/components/schemas/Values\n plain{at} {word}\n"),
    ];
    for line in lines {
        let mut names = "names 1\n".to_owned();
        let mut owner = String::new();
        for (at, word) in words.iter().enumerate() {
            let line = line(at, word);
            let one = Input::Bytes {
                name: "names.lock".to_owned(),
                bytes: format!("names 1\n{line}").into_bytes(),
            };
            // Refused ones would hide what the others do.
            if let Err(refused) = crate::lock::read(&one, &crate::source::Limits::default()) {
                has_place(&refused, "names.lock");
                continue;
            }
            let first = line.split_inclusive('\n').next().unwrap_or_default();
            let is_part = line.len() > first.len();
            names.push_str(if is_part && owner == first {
                &line[first.len()..]
            } else {
                &line
            });
            owner = first.to_owned();
        }
        let modelled = model(&document, "", &names);
        holds(
            &document,
            "",
            &modelled.unwrap_or_else(|refused| panic!("{refused}\n{names}")),
        );
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
        ("[operations.rename]\n\"GET /plain_\" = \"all.create\"\n", 2),
    ] {
        let refused = model(&document, config, "").expect_err(config);
        has_place(&refused, "codegen.toml");
        let lines: Vec<_> = refused.items.iter().filter_map(|item| item.line).collect();
        assert!(lines.contains(&line), "{config}: {refused}");
    }
}
