//! Names of types in schemas that hold together, when another comes to them.

use serde_json::{Value, json};
use tilt_codegen::surface;

use crate::names::{first, has, next, object};

fn status() -> Value {
    json!({"type": "string", "enum": ["open", "paid"]})
}

/// Orders with a status, which they are also searched by.
fn orders(order: Value, base: Value) -> Value {
    let order_is = json!({"$ref": "#/components/schemas/Order"});
    let list = json!({"type": "array", "items": order_is});
    let answer = json!({"description": "", "content": {"application/json": {"schema": list}}});
    let parameter = json!({"name": "status", "in": "query", "schema": status()});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/orders": {"get": {"parameters": [parameter], "responses": {"200": answer}}}},
        "components": {"schemas": {"Order": order, "Base": base}},
    })
}

/// The part that has the status.
fn own() -> Value {
    object(json!({"id": {"type": "string"}, "status": status()}))
}

/// A part that has nothing of it.
fn other() -> Value {
    object(json!({"y": {"type": "string", "enum": ["a", "b"]}}))
}

#[test]
fn an_enum_keeps_its_name_when_a_part_comes_before_the_one_that_has_it() {
    let none = || object(json!({}));
    let plain = || own();
    let of = |parts: &[Value]| json!({"allOf": parts});
    let base = || json!({"$ref": "#/components/schemas/Base"});
    let id = || object(json!({"id": {"type": "string"}}));
    let pairs = [
        ((of(&[own()]), none()), (of(&[other(), own()]), none())),
        ((of(&[own()]), none()), (of(&[base(), own()]), other())),
        ((plain(), none()), (of(&[own()]), none())),
        ((plain(), none()), (of(&[other(), own()]), none())),
        ((of(&[own()]), none()), (of(&[base(), id()]), own())),
        ((plain(), none()), (of(&[of(&[base(), id()])]), own())),
    ];
    for ((old, old_base), (new, new_base)) in pairs {
        let before = first(&orders(old, old_base));
        has(&before, "type Order.status: OrderStatus?");
        let after = next(&orders(new.clone(), new_base.clone()), &before);
        has(&after, "type Order.status: OrderStatus?");
        let again = next(&orders(new, new_base), &after);
        assert_eq!(again.names, after.names);
        assert_eq!(again.sdk, after.sdk);
    }
}

#[test]
fn an_enum_that_several_parts_have_keeps_its_name_whatever_parts_come_and_go() {
    let counted = || {
        let properties = json!({"status": status(), "count": {"type": "integer"}});
        object(properties)
    };
    let pairs = [
        (vec![own(), counted()], vec![other(), own(), counted()]),
        (vec![own(), own()], vec![other(), own(), own()]),
        (vec![own()], vec![own(), counted()]),
        (vec![own()], vec![counted(), own()]),
        (vec![own(), counted()], vec![own(), other()]),
        (
            vec![own(), counted()],
            vec![own(), other(), counted(), own()],
        ),
    ];
    let none = || object(json!({}));
    for (old, new) in pairs {
        let before = first(&orders(json!({"allOf": old}), none()));
        has(&before, "type Order.status: OrderStatus?");
        let after = next(&orders(json!({"allOf": new}), none()), &before);
        has(&after, "type Order.status: OrderStatus?");
        let again = next(&orders(json!({"allOf": new}), none()), &after);
        assert_eq!(again.names, after.names);
        assert_eq!(again.sdk, after.sdk);
    }
}

#[test]
fn an_enum_of_a_base_keeps_its_name_where_another_part_states_it_again() {
    let base = || json!({"$ref": "#/components/schemas/Base"});
    let named = object(json!({"name": {"type": "string"}}));
    let before = first(&orders(json!({"allOf": [base(), named]}), own()));
    has(&before, "type Order.status: BaseStatus?");
    let parts = json!({"allOf": [base(), own()]});
    let after = next(&orders(parts.clone(), own()), &before);
    has(&after, "type Order.status: BaseStatus?");
    let again = next(&orders(parts, own()), &after);
    assert_eq!(again.names, after.names);
    assert_eq!(again.sdk, after.sdk);
}

#[test]
fn parts_that_lead_in_circles_lead_nowhere() {
    let before = first(&orders(json!({"allOf": [own()]}), object(json!({}))));
    let order = json!({"allOf": [{"$ref": "#/components/schemas/Base"}, other()]});
    let base = json!({"allOf": [{"$ref": "#/components/schemas/Order"}]});
    let after = next(&orders(order, base), &before);
    assert!(
        !after
            .names
            .to_string()
            .contains("Order/allOf/0/properties/status")
    );
}

#[test]
fn types_keep_their_names_when_what_is_around_them_becomes_a_component() {
    let part = || json!({"type": "object", "properties": {"at": {"type": "object", "properties": {"x": {"type": "integer"}}}}});
    let content = || json!({"application/json": {"schema": part()}});
    let document = |body: Value, answer: Value, components: Value| {
        json!({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "components": components, "paths": {"/marks": {"post": {
            "operationId": "createMark", "requestBody": body, "responses": {"200": answer}
        }}}})
    };
    let body = || json!({"required": true, "content": content()});
    let answer = || json!({"description": "", "content": content()});
    let before = first(&document(body(), answer(), json!({})));
    let components =
        json!({"requestBodies": {"Grown": body()}, "responses": {"Answered": answer()}});
    let (sent, answered) = (
        "#/components/requestBodies/Grown",
        "#/components/responses/Answered",
    );
    let after = document(json!({"$ref": sent}), json!({"$ref": answered}), components);
    let after = next(&after, &before);
    assert_eq!(surface(&after.sdk), surface(&before.sdk));
    let names = after.names.to_string();
    assert!(
        names.contains("openapi#/components/requestBodies/Grown"),
        "{names}"
    );
}
