//! The templates of paths: what is sent of them, also where they say more in braces than OpenAPI has them say.

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::model::{Location, Operation, PathSegment};
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs};

/// The path as it is sent, with the wire names of parameters in braces, the fixed query and the findings.
struct Read {
    path: String,
    query: String,
    parameters: Vec<(Location, String, bool)>,
    codes: Vec<&'static str>,
}

fn read(path: &str, parameters: Value) -> Read {
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "paths": {path: {"get": {"parameters": parameters, "responses": {"204": {"description": "Done"}}}}}
    });
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "openapi.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    };
    let generated = Generator::new(Config::default()).generate(&inputs).unwrap();
    let operation = &generated.sdk.resources[0].operations[0];
    let parameters = operation.parameters.iter();
    let findings = generated.findings.items.iter();
    Read {
        path: sent(operation),
        query: operation.fixed_query(),
        parameters: parameters
            .map(|it| (it.location, it.wire.clone(), it.required))
            .collect(),
        codes: findings.map(|finding| finding.code.as_str()).collect(),
    }
}

fn sent(operation: &Operation) -> String {
    let segments = operation.segments.iter().map(|segment| match segment {
        PathSegment::Literal(text) => text.clone(),
        PathSegment::Parameter(index) => format!("{{{}}}", operation.parameters[*index].wire),
    });
    segments.collect()
}

fn parameter(name: &str, place: &str) -> Value {
    json!({"name": name, "in": place, "required": place == "path", "schema": {"type": "integer"}})
}

#[test]
fn braces_may_say_more_than_the_name_of_a_parameter() {
    for (template, expected) in [
        ("/a/{id}", "/a/{id}"),
        ("/a/{id+}", "/a/{id}"),
        ("/a/{+id}", "/a/{id}"),
        ("/a/{id*}/b", "/a/{id}/b"),
        ("/a/{ id }", "/a/{id}"),
        ("/a/{{id}}", "/a/{id}"),
        ("/a/{id:[0-9]{2}}/b", "/a/{id}/b"),
        ("/a/{id:path}", "/a/{id}"),
        ("/a/{id?}", "/a/{id}"),
        ("/a{/id}", "/a/{id}"),
        ("/a{.id}", "/a.{id}"),
        ("/a{;id}", "/a;id={id}"),
    ] {
        let read = read(template, json!([parameter("id", "path")]));
        assert_eq!(read.path, expected, "{template}");
        let known = [(Location::Path, "id".to_owned(), true)];
        assert_eq!(read.parameters, known, "{template}");
        let codes: &[&str] = match template == expected {
            true => &[],
            false => &["malformed-path"],
        };
        assert_eq!(read.codes, codes, "{template}");
    }
}

#[test]
fn a_style_that_says_what_an_operator_does_says_it_once() {
    for (template, style) in [("/a{.id}", "label"), ("/a{;id}", "matrix")] {
        let mut id = parameter("id", "path");
        id["style"] = json!(style);
        assert_eq!(read(template, json!([id])).path, "/a{id}");
    }
}

#[test]
fn a_list_of_parameters_behind_a_path_is_its_query() {
    let declared = json!([parameter("limit", "query")]);
    let both = read("/a{?limit,page*}", declared.clone());
    assert_eq!((both.path.as_str(), both.query.as_str()), ("/a", ""));
    let names = ["limit", "page"].map(|it| (Location::Query, it.to_owned(), false));
    assert_eq!(both.parameters, names);
    assert_eq!(both.codes, ["undeclared-path-parameter"]);
    let behind = read("/a?x=1{&limit}", declared);
    assert_eq!((behind.path.as_str(), behind.query.as_str()), ("/a", "x=1"));
    assert!(behind.codes.is_empty());
}

#[test]
fn a_parameter_in_the_query_of_a_path_is_sent_there() {
    let action = |required| vec![(Location::Query, "action".to_owned(), required)];
    let of_path = read("/a?x=1&action={act}", json!([parameter("act", "path")]));
    assert_eq!(
        (of_path.path.as_str(), of_path.query.as_str()),
        ("/a", "x=1")
    );
    assert_eq!(of_path.parameters, action(true));
    assert_eq!(of_path.codes, ["malformed-path"]);
    let undeclared = read("/a?action={act}", json!([]));
    assert_eq!(undeclared.parameters, action(true));
    assert_eq!(undeclared.codes, ["undeclared-path-parameter"]);
    let declared = read("/a?action={action}", json!([parameter("action", "query")]));
    assert_eq!(declared.parameters, action(false));
    assert!(declared.codes.is_empty());
    let neither = read("/a?x={y}-{z}", json!([]));
    assert!(neither.parameters.is_empty());
    assert_eq!(neither.codes, ["malformed-path"]);
}

#[test]
fn a_server_variable_that_is_not_declared_is_one_without_a_default() {
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "servers": [{"url": "https://{region}.example.com/{base}", "variables": {"base": {"default": "v1"}}}],
        "paths": {"/a": {
            "servers": [{"url": "https://{own}.example.com/?a=b"}],
            "get": {"responses": {"204": {"description": "Done"}}}
        }}
    });
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "openapi.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    };
    let generated = Generator::new(Config::default()).generate(&inputs).unwrap();
    let variables = generated.sdk.environments[0].variables.iter();
    let variables: Vec<_> = variables
        .map(|it| (&*it.name, it.default.as_deref()))
        .collect();
    assert_eq!(variables, [("base", Some("v1")), ("region", None)]);
    let findings = generated.findings.items.iter();
    let codes: Vec<&str> = findings.map(|finding| finding.code.as_str()).collect();
    let (variable, query) = ("undeclared-server-variable", "server-with-query");
    assert_eq!(codes, [variable, query, variable]);
}
