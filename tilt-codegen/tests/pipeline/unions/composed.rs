//! Alternatives with what holds beside them, and keywords of one type beside another.

use serde_json::json;
use tilt_codegen::model::Shape;

use super::{api, has, model, text, to};

#[test]
fn an_alternative_that_is_null_alone_makes_the_other_nullable() {
    let listed = json!({"enum": [null]});
    for nothing in [listed.clone(), to("Null"), json!({"const": null})] {
        let schemas = json!({
            "Null": listed,
            "X": {"properties": {
                "text": {"anyOf": [text(), nothing]},
                "object": {"oneOf": [to("Y"), nothing]},
            }},
            "Y": {"type": "object", "properties": {"a": text()}},
        });
        let modelled = model(&api(&["X"], schemas), None);
        has(&modelled, "type X.text: String? or null");
        has(&modelled, "type X.object: Y? or null");
    }
}

#[test]
fn any_object_or_null_beside_a_reference_says_that_it_is_nullable() {
    for other in [
        json!({"type": "object", "nullable": true}),
        json!({"nullable": true}),
    ] {
        let schemas = json!({
            "X": {"properties": {"y": {"anyOf": [to("Y"), other]}}},
            "Y": {"type": "object", "properties": {"a": text()}},
        });
        has(&model(&api(&["X"], schemas), None), "type X.y: Y? or null");
    }
}

#[test]
fn a_part_of_all_that_is_nullable_makes_a_reference_nullable() {
    let schemas = json!({
        "X": {"properties": {"y": {"allOf": [to("Y"), {"nullable": true}]}}},
        "Y": {"type": "object", "properties": {"a": text()}},
    });
    has(&model(&api(&["X"], schemas), None), "type X.y: Y? or null");
}

#[test]
fn keywords_of_one_type_do_not_narrow_what_is_stated() {
    let schemas = json!({"X": {"properties": {
        "text": {"allOf": [{"type": ["string", "null"]}, {"minLength": 1}]},
        "either": {"allOf": [{"type": ["string", "integer"]}, {"format": "uuid"}]},
        "object": {"type": ["object", "null"], "allOf": [{"properties": {"a": text()}}]},
        "listed": {"items": text(), "oneOf": [{"type": "array", "items": {}}, text()]},
    }}});
    let modelled = model(&api(&["X"], schemas), None);
    has(&modelled, "type X.text: String? or null");
    has(&modelled, "type Either::Uuid(Uuid)");
    has(&modelled, "type Either::Integer(i64)");
    has(&modelled, "type X.object: XObject? or null");
    has(&modelled, "type Listed::StringList([String])");
}

#[test]
fn values_of_a_list_that_are_no_lists_are_told_and_ignored() {
    let schemas = json!({"X": {"properties": {
        "tags": {"type": "array", "items": text(), "enum": ["a", "b"]},
    }}});
    let modelled = model(&api(&["X"], schemas), None);
    has(&modelled, "type X.tags: [String]?");
    assert!(
        modelled
            .findings
            .to_string()
            .contains("enum-of-another-type")
    );
}

#[test]
fn a_number_among_alternatives_is_called_as_its_title() {
    let value = |value: i64, title: &str| json!({"const": value, "title": title});
    let schemas = json!({"X": {"oneOf": [value(0, "REMOVE_ROLE"), value(1, "KICK")]}});
    let modelled = model(&api(&["X"], schemas), None);
    has(&modelled, "type X::RemoveRole = 0");
    has(&modelled, "type X::Kick = 1");
}

#[test]
fn two_choices_that_hold_together_are_both_made() {
    let one = |name: &str| json!({"type": "object", "properties": {name: text()}});
    let schemas = json!({"X": {"allOf": [
        {"oneOf": [one("card"), one("bank")]},
        {"oneOf": [one("email"), one("phone")]},
    ]}});
    let surface = tilt_codegen::surface(&model(&api(&["X"], schemas), None).sdk);
    for name in ["card", "bank", "email", "phone"] {
        assert!(surface.contains(&format!(".{name}: String?")), "{surface}");
    }
}

#[test]
fn a_property_that_is_required_beside_alternatives_is_needed_by_each() {
    let one = |name: &str| json!({"properties": {"kind": text(), name: text()}});
    let schemas =
        json!({"X": {"type": "object", "required": ["kind"], "oneOf": [one("card"), one("bank")]}});
    let surface = tilt_codegen::surface(&model(&api(&["X"], schemas), None).sdk);
    assert_eq!(surface.matches(".kind: String\n").count(), 2, "{surface}");
}

#[test]
fn a_union_inside_a_union_is_told_by_what_its_objects_have_in_common() {
    let of = |kind: &str| json!({"type": "object", "required": ["op", kind], "properties": {"op": {"const": kind}, kind: text()}});
    let schemas = json!({
        "X": {"oneOf": [to("Inner"), to("Call")]},
        "Inner": {"oneOf": [of("and"), of("or")]},
        "Call": {"type": "object", "required": ["op"], "properties": {"op": text()}},
    });
    let modelled = model(&api(&["X"], schemas), None);
    let ty = modelled.sdk.types.iter().find(|ty| ty.name == "X");
    let Some(Shape::Union(union)) = ty.map(|ty| &ty.shape) else {
        panic!("{}", tilt_codegen::surface(&modelled.sdk));
    };
    let inner = &union.variants[0];
    assert_eq!(inner.required, ["op"]);
    assert_eq!(inner.properties, ["and", "op", "or"]);
    assert_eq!(inner.tags[0].values, [json!("and"), json!("or")]);
}

#[test]
fn a_list_of_values_beside_any_text_rules_no_alternative_out() {
    let of = |kind: &str, other: serde_json::Value| {
        let kind = json!({"const": kind});
        json!({"type": "object", "required": ["kind"], "properties": {"kind": kind, "other": other}})
    };
    let listed = json!({"type": "string", "enum": ["x", "y"]});
    let tags = |one: serde_json::Value| {
        let schemas = json!({"X": {"oneOf": [of("a", one), of("b", text())]}});
        let modelled = model(&api(&["X"], schemas), None);
        let union = modelled.sdk.types.iter().find_map(|it| match &it.shape {
            Shape::Union(union) => Some(union.clone()),
            _ => None,
        });
        let tags = union.into_iter().flat_map(|it| it.variants[0].tags.clone());
        let tags = tags.map(|tag| (tag.property, json!(tag.values)));
        tags.collect::<Vec<_>>()
    };
    let kind = ("kind".to_owned(), json!(["a"]));
    let alone = vec![kind.clone()];
    let and = |values: serde_json::Value| vec![kind.clone(), ("other".to_owned(), values)];
    assert_eq!(tags(listed.clone()), and(json!(["x", "y"])));
    assert_eq!(tags(json!({"anyOf": [listed.clone(), text()]})), alone);
    let numbers = json!({"oneOf": [{"enum": [1, 2]}, {"type": "integer"}]});
    assert_eq!(tags(numbers), alone);
    // Null is legal where it is allowed.
    let nullable = json!({"type": ["string", "null"], "enum": ["x", "y", null]});
    assert_eq!(tags(nullable), and(json!(["x", "y", null])));
    let nullable = json!({"anyOf": [listed, {"type": "null"}]});
    assert_eq!(tags(nullable), and(json!(["x", "y", null])));
}
