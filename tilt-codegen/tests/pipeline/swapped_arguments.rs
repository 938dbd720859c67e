//! Arguments that could be given in each other's place are told apart by name.

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs, Modelled, surface};

/// `PUT /notes/{id}` with a path parameter of this type and this body.
fn replace(parameter: &str, content: Value, names: Option<String>) -> Modelled {
    let document = json!({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {"/notes/{id}": {"put": {
        "operationId": "replaceNote",
        "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": parameter}}],
        "requestBody": {"required": true, "content": content},
        "responses": {"204": {"description": ""}}
    }}}});
    model(&document, names)
}

fn model(document: &Value, names: Option<String>) -> Modelled {
    let input = |name: &str, text: String| Input::Bytes {
        name: name.to_owned(),
        bytes: text.into_bytes(),
    };
    let inputs = Inputs {
        openapi: Some(input("api.json", document.to_string())),
        names: names.map(|names| input("names.lock", names)),
        ..Inputs::default()
    };
    Generator::new(Config::default()).model(&inputs).unwrap()
}

fn line(modelled: &Modelled) -> String {
    let surface = surface(&modelled.sdk);
    let mut lines = surface.lines().filter(|it| it.starts_with("operation "));
    lines.next().unwrap().to_owned()
}

fn of(media_type: &str, ty: &str) -> Value {
    json!({media_type: {"schema": {"type": ty}}})
}

#[test]
fn a_body_of_the_type_of_a_path_parameter_is_named() {
    let replaced = |parameter, content| line(&replace(parameter, content, None));
    let text = replaced("string", of("text/plain", "string"));
    assert_eq!(
        text,
        "operation notes.replace(id: into String, .body: into text) -> () = PUT /notes/{id}"
    );
    let json = replaced("string", of("application/json", "string"));
    assert!(json.contains(".body: into String"), "{json}");
    let number = replaced("integer", of("application/json", "integer"));
    assert!(number.contains("(id: i64, .body: i64)"), "{number}");
    for (parameter, media_type, ty) in [
        ("integer", "text/plain", "string"),
        ("string", "application/json", "integer"),
        ("string", "application/json", "object"),
        ("string", "application/octet-stream", "string"),
    ] {
        let line = replaced(parameter, of(media_type, ty));
        assert!(line.contains(", body: "), "{line}");
    }
}

#[test]
fn a_body_stays_where_it_was() {
    let mut content = of("text/plain", "string");
    let by_name = replace("string", content.clone(), None);
    let names = by_name.names.to_string();
    assert!(names.contains("\n * named/body\n"), "{names}");
    content["application/json"] =
        json!({"schema": {"type": "object", "properties": {"a": {"type": "string"}}}});
    let both = replace("string", content.clone(), Some(names.clone()));
    assert!(line(&both).contains(".body: into "), "{}", line(&both));
    // As it is without names that are kept, and where it was by position.
    let by_position = names.replace(" * named/body", " * body");
    for (content, names) in [
        (content, None),
        (of("text/plain", "string"), Some(by_position)),
    ] {
        let line = line(&replace("string", content, names));
        assert!(line.contains(", body: into "), "{line}");
    }
}

/// The SDK of one `GET` with these parameters in its path, all of them texts.
fn get(path: &str, names: Option<String>) -> Modelled {
    let in_path = path
        .split('{')
        .skip(1)
        .map(|it| it.split('}').next().unwrap());
    let parameters: Vec<Value> = in_path
        .map(|it| json!({"name": it, "in": "path", "required": true, "schema": {"type": "string"}}))
        .collect();
    let document = json!({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {path: {"get": {
        "operationId": "getRepo", "tags": ["repos"], "parameters": parameters, "responses": {"204": {"description": ""}}
    }}}});
    model(&document, names)
}

#[test]
fn a_parameter_of_the_path_is_named_once_it_stands_in_place_of_another() {
    let names = get("/repos/{owner}/{repo}", None).names.to_string();
    let arguments = |path: &str| {
        let line = line(&get(path, Some(names.clone())));
        line.split(" -> ").next().unwrap().to_owned()
    };
    let named = |list: &str| format!("operation repos.get({list})");
    assert_eq!(
        arguments("/repos/{repo}/{owner}"),
        named(".repo: String, .owner: String")
    );
    assert_eq!(
        arguments("/v2/repos/{repo}/{owner}"),
        named(".repo: String, .owner: String")
    );
    assert_eq!(
        arguments("/repos/{repo}/{name}"),
        named(".repo: String, .name: String")
    );
    // The same in the same place, whatever it is called.
    for [path, first, second] in [
        ["/repos/{owner}/{repo}", "owner", "repo"],
        ["/v2/repos/{owner}/{repo}", "owner", "repo"],
        ["/repos/{owner}/{name}", "owner", "name"],
        ["/v2/repos/{org}/{name}", "org", "name"],
    ] {
        let list = format!("{first}: into String, {second}: into String");
        assert_eq!(arguments(path), named(&list));
    }
}

#[test]
fn what_stands_behind_another_word_of_the_path_is_named() {
    let names = get("/users/{user}/repos/{repo}", None).names.to_string();
    let now = get("/orgs/{org}/repos/{repo}", Some(names));
    assert!(
        line(&now).contains("repos.get(.org: String, .repo: String)"),
        "{}",
        line(&now)
    );
    // It stays so.
    let names = now.names.to_string();
    assert!(names.contains("\n * named/path\n"), "{names}");
    let again = line(&get("/orgs/{org}/repos/{repo}", Some(names)));
    assert_eq!(again, line(&now));
}

#[test]
fn a_path_whose_parameters_are_called_otherwise_keeps_its_names() {
    let names = get("/repos/{owner}/{repo}", None).names.to_string();
    let names = names.replace("repos.get", "stores.fetch");
    let now = line(&get("/repos/{owner}/{name}", Some(names)));
    assert!(
        now.contains(" stores.fetch(owner: into String, name: into String) "),
        "{now}"
    );
}
