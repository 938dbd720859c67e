//! Other spellings of one thing are no findings, in the product as users get it.

use serde_json::{Value, json};
use tilt_codegen::drift::Severity;

use crate::drift::diff;

fn rules(old: &Value, new: &Value) -> Vec<String> {
    let drift = diff(old, new);
    let findings = drift.findings.into_iter();
    findings.map(|finding| finding.rule).collect()
}

fn assert_same(old: &Value, new: &Value) {
    for (old, new) in [(old, new), (new, old)] {
        let drift = diff(old, new);
        assert!(drift.findings.is_empty(), "{old} → {new}: {drift:#?}");
    }
}

/// An API that takes and gives one schema.
fn of(schema: &Value) -> Value {
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}});
    let order = json!({"type": "object", "properties": {"a": schema}});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": "https://a.example"}],
        "paths": {"/order": {"post": {
            "operationId": "order",
            "requestBody": {"content": content},
            "responses": {"200": {"description": "It.", "content": content}},
        }}},
        "components": {"schemas": {"Order": order, "Note": {"type": "object", "properties": {}}}},
    })
}

fn with(mut schema: Value, more: Value) -> Value {
    let members = schema.as_object_mut().unwrap();
    members.extend(more.as_object().unwrap().clone());
    schema
}

fn text() -> Value {
    json!({"type": "string"})
}

fn list() -> Value {
    json!({"type": "array", "items": {"type": "string"}})
}

fn object() -> Value {
    json!({"type": "object"})
}

fn note() -> Value {
    json!({"$ref": "#/components/schemas/Note"})
}

#[test]
fn keywords_that_say_nothing_of_texts_and_lists_are_none() {
    for (old, new) in [
        (text(), with(text(), json!({"minLength": 0}))),
        (text(), with(text(), json!({"minLength": 0.0}))),
        (
            text(),
            with(text(), json!({"description": "", "title": ""})),
        ),
        (text(), with(text(), json!({"not": false}))),
        (text(), with(text(), json!({"nullable": false}))),
        (text(), with(text(), json!({"xml": {}}))),
        (text(), with(text(), json!({"allOf": [{}]}))),
        (
            list(),
            with(list(), json!({"minItems": 0, "uniqueItems": false})),
        ),
        (list(), with(list(), json!({"unevaluatedItems": true}))),
        (
            list(),
            with(list(), json!({"contains": {}, "minContains": 0})),
        ),
        (
            json!({"type": "array"}),
            json!({"type": "array", "items": true}),
        ),
    ] {
        assert_same(&of(&old), &of(&new));
    }
}

#[test]
fn keywords_that_say_nothing_of_objects_are_none() {
    for (old, new) in [
        (
            object(),
            with(object(), json!({"minProperties": 0, "required": []})),
        ),
        (
            object(),
            with(object(), json!({"additionalProperties": {}})),
        ),
        (
            object(),
            with(object(), json!({"unevaluatedProperties": true})),
        ),
        (object(), with(object(), json!({"patternProperties": {}}))),
        (
            object(),
            with(object(), json!({"dependentRequired": {"a": []}})),
        ),
        (
            object(),
            with(object(), json!({"propertyNames": {"type": "string"}})),
        ),
    ] {
        assert_same(&of(&old), &of(&new));
    }
}

#[test]
fn a_schema_in_other_words_is_the_same() {
    for (old, new) in [
        (text(), json!({"type": ["string"]})),
        (text(), json!({"oneOf": [text()]})),
        (note(), json!({"allOf": [note()]})),
        (
            json!({"type": "string", "const": "x"}),
            json!({"enum": ["x"]}),
        ),
        (json!({"enum": ["x", "y"]}), json!({"enum": ["y", "x"]})),
        (
            json!({"type": "integer", "exclusiveMinimum": 0}),
            json!({"type": "integer", "minimum": 1}),
        ),
        (
            json!({"type": "integer", "exclusiveMaximum": 10}),
            json!({"type": "integer", "maximum": 9, "multipleOf": 1}),
        ),
        (
            json!({"type": ["string", "integer"]}),
            json!({"anyOf": [{"type": "integer"}, text()]}),
        ),
        (
            json!({"type": ["string", "boolean", "null"]}),
            json!({"oneOf": [text(), {"type": "boolean"}, {"type": "null"}]}),
        ),
        (
            json!({"type": "object", "properties": {"b": text(), "c": text()}, "required": ["b", "c"]}),
            json!({"type": "object", "allOf": [
                {"type": "object", "properties": {"b": text()}, "required": ["b"]},
                {"type": "object", "properties": {"c": text()}, "required": ["c"]},
            ]}),
        ),
        (json!({}), json!(true)),
        (json!({"not": {}}), json!(false)),
    ] {
        assert_same(&of(&old), &of(&new));
    }
}

#[test]
fn keywords_that_have_nothing_to_act_on_are_none() {
    for (old, new) in [
        (text(), with(text(), json!({"if": {"minLength": 1}}))),
        (text(), with(text(), json!({"then": {"minLength": 1}}))),
        (list(), with(list(), json!({"prefixItems": []}))),
        (
            object(),
            with(object(), json!({"dependentSchemas": {"a": true}})),
        ),
        (
            object(),
            with(object(), json!({"patternProperties": {"^a": {}}})),
        ),
    ] {
        assert_same(&of(&old), &of(&new));
    }
}

#[test]
fn the_dialect_that_schemas_have_anyway_may_be_stated() {
    for dialect in [
        "https://json-schema.org/draft/2020-12/schema",
        "https://spec.openapis.org/oas/3.1/dialect/base",
    ] {
        let stated = with(text(), json!({"$schema": dialect}));
        assert_same(&of(&text()), &of(&stated));
    }
}

#[test]
fn a_choice_among_types_is_one_however_many_may_hold() {
    let kinds = json!([text(), {"type": "integer"}, note()]);
    assert_same(&of(&json!({"oneOf": kinds})), &of(&json!({"anyOf": kinds})));
    let twice = json!([text(), {"type": "integer"}, note(), text()]);
    assert_same(&of(&json!({"anyOf": kinds})), &of(&json!({"anyOf": twice})));
    let part = json!({"type": "object", "properties": {"b": text()}});
    assert_same(
        &of(&json!({"allOf": [note(), part]})),
        &of(&json!({"allOf": [note(), part, note()]})),
    );
}

#[test]
fn of_limits_that_hold_at_once_the_tighter_one_counts() {
    let joined = |parts: Value| of(&json!({"type": "string", "allOf": parts}));
    let plain = |more: Value| of(&with(text(), more));
    for (parts, one) in [
        (
            json!([{"maxLength": 9}, {"maxLength": 5}]),
            json!({"maxLength": 5}),
        ),
        (
            json!([{"minLength": 1}, {"minLength": 2}]),
            json!({"minLength": 2}),
        ),
        (
            json!([{"enum": ["a", "b", "c"]}, {"enum": ["d", "c", "b"]}]),
            json!({"enum": ["b", "c"]}),
        ),
    ] {
        assert_same(&joined(parts), &plain(one));
    }
    let old = joined(json!([{"maxLength": 9}, {"maxLength": 5}]));
    let new = plain(json!({"maxLength": 9}));
    assert_eq!(
        rules(&old, &new),
        ["response-property-max-length-increased"]
    );
}

/// A choice of which several may hold at once is another one.
#[test]
fn a_choice_among_kinds_of_one_type_is_told() {
    let kinds = json!([object(), note()]);
    let [one, any] = ["oneOf", "anyOf"].map(|keyword| of(&json!({keyword: kinds})));
    let rules = rules(&one, &any);
    assert_eq!(rules, ["response-property-one-of-became-any-of"]);
}

#[test]
fn bytes_are_bytes_by_a_format_or_a_keyword() {
    for (format, keyword) in [
        ("byte", json!({"contentEncoding": "base64"})),
        (
            "binary",
            json!({"contentMediaType": "application/octet-stream"}),
        ),
    ] {
        let old = with(text(), json!({"format": format}));
        assert_same(&of(&old), &of(&with(text(), keyword)));
    }
}

#[test]
fn no_servers_of_its_own_are_those_of_the_document() {
    let old = of(&text());
    for pointer in ["/paths/~1order", "/paths/~1order/post"] {
        let mut new = old.clone();
        new.pointer_mut(pointer).unwrap()["servers"] = json!([]);
        assert_same(&old, &new);
    }
}

#[test]
fn json_has_one_character_set() {
    let old = of(&text());
    for spelled in [
        "application/json; charset=utf-8",
        "application/json;charset=\"UTF-8\"",
    ] {
        let new = old
            .to_string()
            .replace("\"application/json\"", &Value::from(spelled).to_string());
        assert_same(&old, &serde_json::from_str(&new).unwrap());
    }
}

#[test]
fn a_scheme_of_http_has_no_case() {
    let with_scheme = |name: &str| {
        let mut document = of(&text());
        document["components"]["securitySchemes"] = json!({"a": {"type": "http", "scheme": name}});
        document
    };
    assert_same(&with_scheme("bearer"), &with_scheme("Bearer"));
}

/// An API that takes a form.
fn taking(media_type: &str, encoding: &Value) -> Value {
    let schema = json!({"type": "object", "properties": {
        "a": text(),
        "b": list(),
        "c": {"type": "object", "properties": {"d": text()}},
        "e": {"type": "string", "format": "binary"},
    }});
    let mut document = of(&text());
    document["paths"]["/order"]["post"]["requestBody"] = json!({
        "content": {media_type: {"schema": schema, "encoding": encoding}},
    });
    document
}

#[test]
fn an_encoding_that_is_the_usual_one_is_none() {
    let parts = json!({
        "a": {"contentType": "text/plain", "headers": {}},
        "b": {"contentType": "text/plain"},
        "c": {"contentType": "application/json"},
        "e": {"contentType": "application/octet-stream"},
    });
    let form = json!({
        "a": {"style": "form"},
        "b": {"style": "form", "explode": true, "allowReserved": false},
        "c": {},
    });
    for (media_type, encoding) in [
        ("multipart/form-data", parts),
        ("application/x-www-form-urlencoded", form),
    ] {
        let none = taking(media_type, &json!({}));
        assert_same(&none, &taking(media_type, &encoding));
    }
    let deep = |explode: Value| {
        let encoding = json!({"c": with(json!({"style": "deepObject"}), explode)});
        taking("application/x-www-form-urlencoded", &encoding)
    };
    assert_same(&deep(json!({})), &deep(json!({"explode": false})));
}

#[test]
fn an_encoding_that_is_another_one_is_told() {
    for (media_type, encoding) in [
        (
            "multipart/form-data",
            json!({"a": {"contentType": "text/csv"}}),
        ),
        (
            "multipart/form-data",
            json!({"c": {"contentType": "text/plain"}}),
        ),
        (
            "application/x-www-form-urlencoded",
            json!({"b": {"explode": false}}),
        ),
        // Without a style, an object is JSON.
        (
            "application/x-www-form-urlencoded",
            json!({"c": {"style": "form"}}),
        ),
    ] {
        let none = taking(media_type, &json!({}));
        let rules = rules(&none, &taking(media_type, &encoding));
        assert_eq!(rules, ["encoding-added"], "{encoding}");
    }
}

/// The SDK has a type more for it, and that is told once.
#[test]
fn a_component_that_is_written_out_in_its_place_is_one_finding() {
    let inner = json!({"type": "object", "properties": {"b": text()}});
    let mut old = of(&note());
    old["components"]["schemas"]["Note"] = inner.clone();
    let mut new = of(&inner);
    new["components"]["schemas"]["Note"] = inner;
    for (old, new) in [(&old, &new), (&new, &old)] {
        assert_eq!(rules(old, new), ["sdk-item-changed"]);
    }
}

/// An object that extends one that is used elsewhere, and one that extends both.
fn extending(schemas: Value) -> Value {
    let mut document = of(&json!({"type": "string"}));
    let base = json!({"type": "object", "description": "Words.", "required": ["id"], "properties": {"id": text()}});
    let all = document["components"]["schemas"].as_object_mut().unwrap();
    all.insert("Note".to_owned(), base);
    all.extend(schemas.as_object().unwrap().clone());
    for name in ["Note", "More", "Most"] {
        let schema = json!({"$ref": format!("#/components/schemas/{name}")});
        let content = json!({"application/json": {"schema": schema}});
        document["paths"][format!("/{name}")] = json!({"get": {
            "operationId": format!("get{name}"),
            "responses": {"200": {"description": "It.", "content": content}},
        }});
    }
    document
}

#[test]
fn an_object_that_extends_others_may_be_written_out() {
    let own =
        json!({"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}});
    let more = json!({"allOf": [note(), own]});
    let most =
        json!({"allOf": [{"$ref": "#/components/schemas/More"}, {"properties": {"m": list()}}]});
    let old = extending(json!({"More": more, "Most": most}));
    let mut written = json!({"type": "object", "required": ["id", "n"],
        "properties": {"id": text(), "n": {"type": "integer"}}});
    let more = written.clone();
    written["properties"]["m"] = list();
    for new in [
        json!({"More": more, "Most": most}),
        json!({"More": old["components"]["schemas"]["More"], "Most": written}),
        json!({"More": more, "Most": written}),
    ] {
        assert_same(&old, &extending(new));
    }
    // It may say again, in other words, what it has of another one.
    let again =
        json!({"allOf": [note(), {"properties": {"id": {"type": "string", "example": "a"}}}]});
    let whole = json!({"type": "object", "required": ["id"], "properties": {"id": {"type": "string", "example": "a"}}});
    let [old_again, new_again] =
        [again, whole].map(|more| extending(json!({"More": more, "Most": most})));
    assert_same(&old_again, &new_again);
    // Only what differs is told, at its own place.
    written["properties"]["id"]["maxLength"] = 5.into();
    let more = &old["components"]["schemas"]["More"];
    let new = extending(json!({"More": more, "Most": written}));
    assert_eq!(rules(&old, &new), ["response-property-max-length-set"]);
}

/// The part is closed, and an object of all properties together would not be valid for it.
#[test]
fn parts_that_know_no_other_properties_are_not_written_out() {
    let own = json!({"properties": {"n": {"type": "integer"}}});
    let closed = with(own.clone(), json!({"additionalProperties": false}));
    let old = extending(json!({"More": {"allOf": [note(), closed]}, "Most": own}));
    let whole = json!({"type": "object", "required": ["id"],
        "properties": {"id": text(), "n": {"type": "integer"}}});
    let new = extending(json!({"More": whole, "Most": own}));
    assert_ne!(rules(&old, &new), Vec::<String>::new());
}

/// The SDK has a name more, or less, for it.
#[test]
fn a_list_that_becomes_a_component_of_its_own_is_one_finding_at_most() {
    let object =
        json!({"type": "object", "required": ["id"], "properties": {"id": text(), "n": text()}});
    let list = |items: &Value| json!({"type": "array", "items": items});
    let own =
        json!({"allOf": [{"$ref": "#/components/schemas/Base"}, {"properties": {"n": text()}}]});
    for (items, component, schema) in [
        (text(), list(&text()), note()),
        (text(), json!({"allOf": [list(&text())]}), note()),
        (object.clone(), list(&object), note()),
        (object.clone(), list(&own), note()),
        (object.clone(), own, list(&note())),
    ] {
        let base = json!({"type": "object", "required": ["id"], "properties": {"id": text()}});
        let mut old = of(&list(&items));
        old["components"]["schemas"]
            .as_object_mut()
            .unwrap()
            .remove("Note");
        old["components"]["schemas"]["Base"] = base.clone();
        let mut new = of(&schema);
        new["components"]["schemas"]["Base"] = base;
        new["components"]["schemas"]["Note"] = component;
        for (old, new) in [(&old, &new), (&new, &old)] {
            let drift = diff(old, new);
            assert!(drift.findings.len() <= 1, "{drift:#?}");
            assert!(drift.in_use <= Some(Severity::Editorial), "{drift:#?}");
        }
    }
}

#[test]
fn servers_of_the_document_that_are_stated_again_are_none_of_their_own() {
    let old = of(&json!({"type": "string"}));
    for pointer in ["/paths/~1order", "/paths/~1order/post"] {
        let mut new = old.clone();
        new.pointer_mut(pointer).unwrap()["servers"] = old["servers"].clone();
        assert_same(&old, &new);
    }
}

#[test]
fn no_servers_are_the_one_that_serves_the_document() {
    let mut old = of(&json!({"type": "string"}));
    old["servers"] = json!([{"url": "/"}]);
    let mut new = old.clone();
    new.as_object_mut().unwrap().remove("servers");
    assert_same(&old, &new);
}

#[test]
fn no_security_is_a_choice_of_nothing() {
    let old = of(&json!({"type": "string"}));
    let mut new = old.clone();
    new["security"] = json!([{}]);
    assert_same(&old, &new);
}
