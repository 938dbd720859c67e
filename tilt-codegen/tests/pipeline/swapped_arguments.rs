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
