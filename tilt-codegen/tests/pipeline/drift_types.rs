//! Types that are said in other words, in the product as users get it.

use serde_json::{Value, json};
use tilt_codegen::drift::{Drift, Severity};

use crate::drift::diff;

/// An API of this version that takes and gives an object with one property.
fn api(version: &str, property: &Value) -> Value {
    let order = json!({"type": "object", "properties": {"a": property}});
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}});
    let money = json!({"type": "object", "properties": {"amount": {"type": "integer"}}});
    json!({
        "openapi": version,
        "info": {"title": "Shop", "version": "1"},
        "paths": {"/order": {"post": {
            "operationId": "order",
            "requestBody": {"content": content},
            "responses": {"200": {"description": "It.", "content": content}},
        }}},
        "components": {"schemas": {
            "Order": order,
            "Money": money,
            "Name": {"type": ["string", "integer"]},
        }},
    })
}

fn both_ways(old: &Value, new: &Value) -> [Drift; 2] {
    [diff(old, new), diff(new, old)]
}

fn rules(drift: &Drift) -> Vec<&str> {
    let findings = drift.findings.iter();
    findings.map(|finding| finding.rule.as_str()).collect()
}

#[test]
fn true_and_false_are_all_that_booleans_are() {
    let of = |property: Value| api("3.1.0", &property);
    for both in [
        json!({"type": "boolean", "enum": [true, false]}),
        json!({"enum": [false, true]}),
        json!({"oneOf": [{"const": true}, {"const": false}]}),
    ] {
        for drift in both_ways(&of(json!({"type": "boolean"})), &of(both.clone())) {
            assert!(drift.findings.is_empty(), "{both}: {drift:#?}");
        }
    }
    let one = of(json!({"type": "boolean", "enum": [true]}));
    let found = diff(&of(json!({"type": "boolean"})), &one);
    assert_eq!(found.findings.len(), 1, "{found:#?}");
}

#[test]
fn a_type_beside_a_reference_says_nothing_where_its_target_has_no_other() {
    let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let beside = json!({"type": "object", "allOf": [reference("Money")], "nullable": true});
    let or_null = json!({"anyOf": [reference("Money"), {"type": "null"}]});
    let (old, new) = (api("3.0.3", &beside), api("3.1.0", &or_null));
    for drift in both_ways(&old, &new) {
        assert_eq!(rules(&drift), ["openapi-version-changed"], "{drift:#?}");
    }
    // A type that leaves out what its target may be is one.
    let of = |property: Value| api("3.1.0", &property);
    let narrow = of(json!({"type": "string", "allOf": [reference("Name")]}));
    let found = diff(&of(json!({"allOf": [reference("Name")]})), &narrow);
    assert_eq!(found.findings.len(), 1, "{found:#?}");
}

#[test]
fn a_type_that_two_limits_make_is_told_with_both() {
    let between = |least: i64, most: u64| {
        api(
            "3.1.0",
            &json!({"type": "integer", "minimum": least, "maximum": most}),
        )
    };
    let (signed, unsigned) = (
        between(-1, i64::MAX as u64),
        between(0, i64::MAX as u64 + 1),
    );
    for drift in both_ways(&signed, &unsigned) {
        let told = rules(&drift);
        assert_eq!(told.len(), 2, "{drift:#?}");
        for limit in ["-max-", "-min-"] {
            assert!(told.iter().any(|it| it.contains(limit)), "{told:?}");
        }
        for finding in &drift.findings {
            let items: Vec<&str> = finding.items.iter().map(|it| it.item.as_str()).collect();
            assert!(items.contains(&"types::Order::a"), "{finding:#?}");
        }
    }
}

#[test]
fn a_map_or_an_integer_that_takes_more_reads_what_it_cannot() {
    let more = json!({"a": {"type": "string"}});
    for (old, new, severity) in [
        (
            json!({"type": "object", "additionalProperties": {"type": "string"}}),
            json!({"type": "object"}),
            Severity::Breaking,
        ),
        // Beside properties that are known, all others are kept as they are.
        (
            json!({"type": "object", "properties": more, "additionalProperties": {"type": "string"}}),
            json!({"type": "object", "properties": more}),
            Severity::Additive,
        ),
        (
            json!({"type": "integer", "format": "int32"}),
            json!({"type": "integer"}),
            Severity::Breaking,
        ),
        (
            json!({"type": "integer", "format": "uint32"}),
            json!({"type": "integer", "format": "int32"}),
            Severity::Breaking,
        ),
        (
            json!({"type": "string", "format": "uuid"}),
            json!({"type": "string"}),
            Severity::Warning,
        ),
    ] {
        let drift = diff(&answering(&old), &answering(&new));
        assert_eq!(drift.in_use, Some(severity), "{old} → {new}: {drift:#?}");
        assert_eq!(drift.findings.len(), 1, "{drift:#?}");
    }
}

/// An API that answers with this in a property.
fn answering(property: &Value) -> Value {
    let mut document = api("3.1.0", property);
    let operation = document.pointer_mut("/paths/~1order/post").unwrap();
    operation.as_object_mut().unwrap().remove("requestBody");
    document
}

#[test]
fn null_beside_what_may_be_null_says_nothing() {
    let with = |property: Value| {
        let mut api = api("3.1.0", &property);
        api["components"]["schemas"]["Money"]["type"] = json!(["object", "null"]);
        api
    };
    let money = json!({"$ref": "#/components/schemas/Money"});
    let (plain, choice) = (
        with(money.clone()),
        with(json!({"anyOf": [money, {"type": "null"}]})),
    );
    for drift in both_ways(&plain, &choice) {
        assert_eq!(rules(&drift), <[&str; 0]>::default());
    }
}

#[test]
fn an_anchor_that_is_called_otherwise_leads_where_it_did() {
    let with = |anchor: &str| {
        let mut api = api("3.1.0", &json!({"$ref": format!("#{anchor}")}));
        api["components"]["schemas"]["Money"]["$anchor"] = json!(anchor);
        api
    };
    for drift in both_ways(&with("money"), &with("price")) {
        assert_eq!(rules(&drift), ["text-changed"]);
    }
}
