//! Identifiers with types of their own.

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::diagnostic::{Diagnostics, Severity};
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs, Modelled, surface};

fn document() -> Value {
    let id = |format: &str| json!({"type": "string", "format": format});
    let parameter = |name: &str, schema: Value| json!([{"name": name, "in": "path", "required": true, "schema": schema}]);
    let answer = |name: &str| {
        let schema = json!({"$ref": format!("#/components/schemas/{name}")});
        json!({"200": {"description": "", "content": {"application/json": {"schema": schema}}}})
    };
    json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {
            "/orders/{id}": {"get": {
                "parameters": parameter("id", id("uuid")), "responses": answer("Order")}},
            "/users/{id}": {"get": {
                "parameters": parameter("id", json!({"type": "integer"})), "responses": answer("User")}},
        },
        "components": {"schemas": {
            "Order": {"type": "object", "properties": {
                "id": id("uuid"),
                "user_id": {"type": "integer"},
                "parent_ids": {"type": "array", "items": id("uuid")},
                "note": {"type": "string"},
                "lines": {"type": "object", "properties": {"a": {"type": "string"}}},
            }},
            "User": {"type": "object", "properties": {
                "id": {"type": "integer"},
                "last_order": {"$ref": "#/components/schemas/OrderId"},
            }},
            "OrderId": {"type": "string"},
        }},
    })
}

fn model(config: &str) -> Result<Modelled, Diagnostics> {
    model_of(&document(), config)
}

fn model_of(document: &Value, config: &str) -> Result<Modelled, Diagnostics> {
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "api.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    };
    Generator::new(Config::from_toml(config).unwrap()).model(&inputs)
}

fn lines(config: &str) -> Vec<String> {
    let modelled = model(config).unwrap();
    surface(&modelled.sdk).lines().map(str::to_owned).collect()
}

#[track_caller]
fn has(lines: &[String], line: &str) {
    assert!(lines.iter().any(|it| it == line), "{line}\n{lines:#?}");
}

#[test]
fn an_identifier_stands_at_a_property_a_path_and_in_lists() {
    let lines = lines(
        "[ids]\n\"Order.id\" = \"OrderKey\"\nparent_ids = \"OrderKey\"\n\"/orders/{id}\" = \"OrderKey\"\n\
         user_id = \"UserId\"\n\"User.id\" = \"UserId\"\n",
    );
    has(&lines, "type OrderKey id of text");
    has(&lines, "type Order.id: OrderKey?");
    has(&lines, "type Order.parent_ids: [OrderKey]?");
    has(
        &lines,
        "operation orders.get(id: into OrderKey) -> Order = GET /orders/{id}",
    );
    has(&lines, "type UserId id of i64");
    has(&lines, "type Order.user_id: UserId?");
    has(&lines, "type User.id: UserId?");
    has(
        &lines,
        "operation users.get(id: i64) -> User = GET /users/{id}",
    );
}

#[test]
fn an_identifier_may_be_the_type_that_a_schema_names() {
    let lines = lines("[ids]\n\"Order.id\" = \"OrderId\"\nlast_order = \"OrderId\"\n");
    // Of texts in two forms, all texts.
    has(&lines, "type OrderId id of text");
    has(&lines, "type Order.id: OrderId?");
    has(&lines, "type User.last_order: OrderId?");
    assert!(!lines.iter().any(|line| line.contains("OrderId =")));
}

#[test]
fn where_no_identifier_stands_is_a_finding() {
    let modelled = model("[ids]\nlines = \"LinesId\"\nnobody = \"NobodyId\"\n").unwrap();
    let found = modelled.findings.items.iter();
    let found: Vec<_> = found
        .filter(|it| it.code.as_str() == "unmatched-id")
        .map(|it| it.message.clone())
        .collect();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("`lines`"), "{found:?}");
}

#[test]
fn a_place_of_another_kind_than_the_others_is_a_finding_and_stays_what_it_is() {
    let modelled = model("[ids]\nuser_id = \"UserKey\"\nid = \"UserKey\"\n").unwrap();
    let findings = modelled.findings.items.iter();
    let found: Vec<_> = findings
        .filter(|it| it.code.as_str() == "partial-id")
        .map(|it| (it.line, it.message.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            (
                Some(2),
                "`user_id` is no `UserKey` at `Order.user_id`, an integer"
            ),
            (
                Some(3),
                "`id` is no `UserKey` at `User.id`, an integer; `id` of GET /users/{id}, an integer"
            ),
        ]
    );
    let lines: Vec<_> = surface(&modelled.sdk).lines().map(str::to_owned).collect();
    has(&lines, "type Order.user_id: i64?");
    has(&lines, "type Order.id: UserKey?");
}

#[test]
fn a_name_that_cannot_be_an_identifiers_is_an_error_where_it_stands() {
    for (name, message) in [
        ("order id", "`order id` cannot be the name of a type"),
        ("Order", "there is a type `Order`, and it is no text"),
    ] {
        let refused = model(&format!("[ids]\nid = {name:?}\n")).unwrap_err();
        let [error] = refused.items.as_slice() else {
            panic!("{refused}");
        };
        assert!(error.message.starts_with(message), "{}", error.message);
        assert_eq!(
            (error.document.as_str(), error.line),
            ("codegen.toml", Some(2))
        );
    }
}

#[test]
fn an_identifier_of_a_request_is_still_what_errors_say() {
    let error = |ids: &str| {
        let schema = json!({"type": "object", "properties": {
            "message": {"type": "string"}, "request_id": {"type": "string"}}});
        let content = json!({"application/json": {"schema": schema}});
        let document = json!({
            "openapi": "3.1.0",
            "info": {"title": "T", "version": "1"},
            "paths": {"/orders": {"get": {
                "responses": {
                    "204": {"description": ""},
                    "400": {"description": "", "content": content}}}}},
        });
        model_of(&document, ids).unwrap().sdk.errors
    };
    let errors = error("[ids]\nrequest_id = \"RequestId\"\n");
    assert_eq!(errors.request_id.as_deref(), Some("request_id"));
    assert_eq!(errors, error(""));
}

#[test]
fn a_text_that_has_a_type_by_its_name_and_is_an_identifier_is_an_error_that_names_both() {
    let ids = "[ids]\nuser_id = \"UserId\"\nnote = \"NoteId\"\n";
    let refused = model(&format!("{ids}[types.property]\n\"no*\" = \"crate::N\"\n")).unwrap_err();
    let mut errors = refused
        .items
        .iter()
        .filter(|it| it.severity == Severity::Error);
    let (Some(error), None) = (errors.next(), errors.next()) else {
        panic!("{refused}");
    };
    assert_eq!(
        (error.code.as_str(), error.line, error.column),
        ("colliding-id", Some(3), Some(1))
    );
    let other = "`no*` in [types.property], line 5, column 1";
    assert!(error.message.ends_with(other), "{}", error.message);
    // An integer is no text of that name.
    model(&format!(
        "{ids}[types.property]\n\"user_*\" = \"crate::U\"\n"
    ))
    .unwrap();
}
