//! Constants that may be left out, and tell the variants of a union apart.

use super::*;
use tilt_codegen::model::Shape;

/// Of a property of a struct: whether a value of it is filled in, and whether it has a setter.
fn made(modelled: &Modelled, name: &str, wire: &str) -> Option<(bool, bool)> {
    let ty = modelled.sdk.types.iter().find(|ty| ty.name == name)?;
    let Shape::Struct(shape) = &ty.shape else {
        return None;
    };
    let field = shape.fields.iter().find(|field| field.wire == wire)?;
    Some((field.fixed.is_some(), field.setter))
}

const FILLED_IN: Option<(bool, bool)> = Some((true, false));
const SET: Option<(bool, bool)> = Some((false, true));

fn sources(second: &str) -> Value {
    let source = |constant: &str| {
        object(
            &["number"],
            json!({"object": {"const": constant}, "number": text()}),
        )
    };
    json!({"Card": source("card"), "Bank": source(second)})
}

fn paid_by(schemas: Value, all: &[&str]) -> Value {
    let mut schemas = schemas;
    let alternatives: Vec<Value> = all.iter().map(|name| to(name)).collect();
    schemas["Source"] = json!({"oneOf": alternatives});
    api(&["Source"], schemas)
}

#[test]
fn a_constant_that_tells_a_variant_is_filled_in_and_cannot_be_set() {
    let both = paid_by(sources("bank"), &["Card", "Bank"]);
    let modelled = model(&both, None);
    assert_eq!(made(&modelled, "Card", "object"), FILLED_IN);
    assert_eq!(made(&modelled, "Bank", "object"), FILLED_IN);
    let again = model(&both, Some(modelled.names.to_string()));
    assert_eq!(made(&again, "Card", "object"), FILLED_IN);
}

#[test]
fn a_constant_that_tells_nothing_may_be_set() {
    let equal = model(&paid_by(sources("card"), &["Card", "Bank"]), None);
    assert_eq!(made(&equal, "Card", "object"), SET);
    let mut schemas = sources("bank");
    schemas["Bank"] = object(&["iban"], json!({"iban": text()}));
    let without = model(&paid_by(schemas, &["Card", "Bank"]), None);
    assert_eq!(made(&without, "Card", "object"), SET);
}

#[test]
fn a_constant_that_programs_set_they_go_on_setting() {
    let alone = model(&api(&["Card", "Bank"], sources("bank")), None);
    assert_eq!(made(&alone, "Card", "object"), SET);
    let both = paid_by(sources("bank"), &["Card", "Bank"]);
    let after = model(&both, Some(alone.names.to_string()));
    assert_eq!(made(&after, "Card", "object"), SET);
}

#[test]
fn a_text_that_selects_a_variant_is_filled_in() {
    let mut schemas = json!({
        "Cat": object(&["kind"], json!({"kind": text()})),
        "Dog": object(&[], json!({"kind": text()})),
    });
    schemas["Pet"] = json!({
        "oneOf": [to("Cat"), to("Dog")],
        "discriminator": {"propertyName": "kind", "mapping": {"cat": "Cat", "dog": "Dog"}},
    });
    let modelled = model(&api(&["Pet"], schemas), None);
    for name in ["Cat", "Dog"] {
        let (is_filled_in, _) = made(&modelled, name, "kind").expect("a property");
        assert!(is_filled_in, "{name}");
    }
}
