//! Required parameters with one legal value: nobody is asked for it.

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::model::{Operation, Parameter, Supply};
use tilt_codegen::source::Input;
use tilt_codegen::{Generated, Generator, Inputs};

/// An SDK of one operation with these parameters, generated over `names` of the one before.
fn generate(path: &str, parameters: Value, names: Option<&str>) -> Generated {
    let operation = json!({"parameters": parameters, "responses": {"204": {"description": ""}}});
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "paths": {path: {"get": operation}},
    });
    let input = |name: &str, text: String| Input::Bytes {
        name: name.to_owned(),
        bytes: text.into_bytes(),
    };
    let inputs = Inputs {
        openapi: Some(input("openapi.json", document.to_string())),
        names: names.map(|names| input("names.lock", names.to_owned())),
        ..Inputs::default()
    };
    Generator::new(Config::default()).generate(&inputs).unwrap()
}

fn operation(generated: &Generated) -> &Operation {
    &generated.sdk.resources[0].operations[0]
}

fn parameter(generated: &Generated) -> &Parameter {
    &operation(generated).parameters[0]
}

fn names(generated: &Generated) -> String {
    generated.names.to_string()
}

fn version(schema: Value) -> Value {
    json!([{"name": "version", "in": "query", "required": true, "schema": schema}])
}

#[test]
fn a_constant_is_sent_and_nobody_is_asked_for_it() {
    let required = |name: &str, place: &str, schema: Value| json!({"name": name, "in": place, "required": true, "schema": schema});
    let generated = generate(
        "/{v}/things",
        json!([
            required("v", "path", json!({"const": "v1"})),
            required("X-Kind", "header", json!({"type": "integer", "enum": [3]})),
            required(
                "version",
                "query",
                json!({"type": "string", "enum": ["1.10"]})
            ),
        ]),
        None,
    );
    let mut files = generated.files.iter();
    let resource = files
        .find(|it| it.contents.contains("rt::Operation"))
        .unwrap();
    for sent in [
        "call.set(0, \"v1\");",
        "call.set(1, \"3\");",
        "call.set(2, \"1.10\");",
    ] {
        assert!(resource.contents.contains(sent), "{}", resource.contents);
    }
    assert!(
        resource.contents.contains("(&self)"),
        "{}",
        resource.contents
    );
    // A text needs no setter, and no type.
    assert_eq!(generated.sdk.types.len(), 0);
    let setters = operation(&generated).parameters.iter();
    let setters: Vec<_> = setters
        .filter(|it| it.has_setter())
        .map(|it| &it.wire)
        .collect();
    assert_eq!(setters, ["X-Kind"]);
}

#[test]
fn a_choice_is_asked_for() {
    for schema in [
        json!({"type": ["string", "null"], "enum": ["a"]}),
        json!({"enum": ["a", "b"]}),
        json!({"const": ["a"]}),
        json!({"const": "a", "enum": ["b"]}),
    ] {
        let generated = generate("/things", version(schema.clone()), None);
        assert_eq!(parameter(&generated).supply, Supply::Argument, "{schema}");
    }
    let content = json!({"application/json": {"schema": {"const": 3}}});
    let content = json!([{"name": "q", "in": "query", "required": true, "content": content}]);
    let generated = generate("/things", content, None);
    assert_eq!(parameter(&generated).supply, Supply::Argument);
    // A path with nothing in this place is another path.
    let empty = json!([{"name": "v", "in": "path", "required": true, "schema": {"const": ""}}]);
    let generated = generate("/{v}/things", empty, None);
    assert_eq!(parameter(&generated).supply, Supply::Argument);
}

#[test]
fn another_value_later_changes_no_call() {
    let one = generate("/things", version(json!({"enum": ["a"]})), None);
    let two = version(json!({"enum": ["a", "b"]}));
    let two = generate("/things", two, Some(&names(&one)));
    assert_eq!(parameter(&two).supply, Supply::Constant("a".to_owned()));
    assert!(parameter(&two).has_setter());
    let again = version(json!({"enum": ["b", "a", "c"]}));
    let again = generate("/things", again, Some(&names(&two)));
    assert_eq!(parameter(&again).supply, Supply::Constant("a".to_owned()));
    // One that is no longer legal is a choice again.
    let gone = version(json!({"enum": ["b", "c"]}));
    let gone = generate("/things", gone, Some(&names(&again)));
    assert_eq!(parameter(&gone).supply, Supply::Argument);
}

#[test]
fn an_argument_of_the_generation_before_stays() {
    let two = generate("/things", version(json!({"enum": ["a", "b"]})), None);
    let one = version(json!({"enum": ["a"]}));
    let one = generate("/things", one, Some(&names(&two)));
    assert_eq!(parameter(&one).supply, Supply::Argument);
    let v =
        |schema: Value| json!([{"name": "v", "in": "path", "required": true, "schema": schema}]);
    let any = generate("/{v}/things", v(json!({"type": "string"})), None);
    let one = generate("/{v}/things", v(json!({"const": "v1"})), Some(&names(&any)));
    assert_eq!(parameter(&one).supply, Supply::Argument);
}
