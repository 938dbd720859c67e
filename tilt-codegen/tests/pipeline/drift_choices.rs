//! Choices among schemas: what tells the alternatives apart, and choices that only limit what a schema says.

use serde_json::{Value, json};
use tilt_codegen::drift::{Direction, Severity};

use crate::drift::diff;

/// The rules of the findings, each with how grave it is.
fn judged(old: &Value, new: &Value) -> Vec<(String, Severity)> {
    let findings = diff(old, new).findings.into_iter();
    findings.map(|it| (it.rule, it.severity)).collect()
}

/// An API that gives one schema, and takes another one.
fn api(taken: &Value, given: &Value, schemas: &Value) -> Value {
    let content = |schema: &Value| json!({"application/json": {"schema": schema}});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Zoo", "version": "1"},
        "paths": {"/animal": {"post": {
            "operationId": "meet",
            "requestBody": {"content": content(taken)},
            "responses": {"200": {"description": "It.", "content": content(given)}},
        }}},
        "components": {"schemas": schemas},
    })
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn animal() -> Value {
    json!({"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}})
}

fn barking() -> Value {
    let mut dog = animal();
    dog["properties"]["volume"] = json!({"type": "integer"});
    dog
}

/// A choice of two, of which the second has this name.
fn pets(name: &str, mapping: &Value) -> Value {
    let mut discriminator = json!({"propertyName": "kind"});
    if !mapping.is_null() {
        discriminator["mapping"] = mapping.clone();
    }
    let choice = json!({
        "oneOf": [reference("Cat"), reference(name)],
        "discriminator": discriminator,
    });
    api(
        &json!({"type": "string"}),
        &choice,
        &json!({"Cat": animal(), name: barking()}),
    )
}

#[test]
fn the_new_name_of_a_schema_that_is_told_by_it_is_another_value() {
    let found = diff(&pets("Dog", &json!(null)), &pets("Hound", &json!(null)));
    let [one] = &found.findings[..] else {
        panic!("{found:#?}");
    };
    assert_eq!(one.rule, "api-tagged-schema-renamed");
    assert_eq!(one.severity, Severity::Breaking);
    // The same as an entry of a mapping.
    let entry = |value: &str| json!({value: "#/components/schemas/Dog"});
    let stated = judged(&pets("Dog", &entry("dog")), &pets("Dog", &entry("hound")));
    assert_eq!(
        stated,
        [(
            "response-body-discriminator-mapping-replaced".to_owned(),
            Severity::Breaking
        )]
    );
}

#[test]
fn the_new_name_of_a_schema_that_is_told_by_an_entry_is_no_other_value() {
    let entry = |name: &str| json!({"dog": format!("#/components/schemas/{name}")});
    let found = judged(&pets("Dog", &entry("Dog")), &pets("Hound", &entry("Hound")));
    let renamed = "api-schema-renamed".to_owned();
    assert_eq!(found, [(renamed, Severity::Editorial)]);
}

#[test]
fn a_schema_that_extends_another_is_told_by_its_name_where_that_one_travels() {
    let api = |name: &str| {
        let mut pet = animal();
        pet["discriminator"] = json!({"propertyName": "kind"});
        let more = json!({"type": "object", "properties": {"mood": {"type": "string"}}});
        let schemas = json!({"Pet": pet, name: {"allOf": [reference("Pet"), more]}});
        api(&json!({"type": "string"}), &reference("Pet"), &schemas)
    };
    let found = diff(&api("Cat"), &api("Feline"));
    let [one] = &found.findings[..] else {
        panic!("{found:#?}");
    };
    assert_eq!(one.rule, "api-tagged-schema-renamed");
    assert_eq!(one.severity, Severity::Breaking);
    assert!(one.directions.contains(&Direction::Answer));
}

#[test]
fn a_choice_among_limits_is_one_more_limit() {
    let object = json!({"type": "object", "properties": {"a": {}, "b": {}}});
    let mut either = object.clone();
    either["anyOf"] = json!([{"required": ["a"]}, {"required": ["b"]}]);
    let text = json!({"type": "string"});
    let mut begins = text.clone();
    begins["oneOf"] = json!([{"pattern": "^a"}, {"pattern": "^b"}]);
    let other = json!({"type": "integer"});
    let none = json!({});
    for (free, limited) in [(object, either), (text, begins)] {
        let set =
            ["request-body", "response-body"].map(|it| format!("{it}-alternative-limits-set"));
        let unset =
            ["request-body", "response-body"].map(|it| format!("{it}-alternative-limits-unset"));
        let [taken, given] = [true, false].map(|is_taken| {
            let of = |schema: &Value| match is_taken {
                true => api(schema, &other, &none),
                false => api(&other, schema, &none),
            };
            let (free, limited) = (of(&free), of(&limited));
            [judged(&free, &limited), judged(&limited, &free)].concat()
        });
        let [sent, received] = set;
        let [sent_unset, received_unset] = unset;
        assert_eq!(
            taken,
            [(sent, Severity::Breaking), (sent_unset, Severity::Additive)]
        );
        assert_eq!(
            given,
            [
                (received, Severity::Additive),
                (received_unset, Severity::Warning)
            ]
        );
    }
}

#[test]
fn a_closed_enum_becomes_open_as_one_that_is_no_enum_any_more() {
    let schemas = json!({"Color": {"type": "string", "enum": ["red", "blue"]}});
    let given = |schema: Value| api(&json!({"type": "integer"}), &schema, &schemas);
    let text = json!({"type": "string"});
    for closed in [schemas["Color"].clone(), reference("Color")] {
        let open = json!({"anyOf": [closed, text]});
        let found = judged(&given(closed), &given(open.clone()));
        let removed = "response-body-enum-removed".to_owned();
        assert_eq!(found, [(removed, Severity::Warning)]);
        // Some of the values of a text have names: they are as valid as they were.
        let found = judged(&given(text.clone()), &given(open));
        let reworded = "response-body-alternatives-reworded".to_owned();
        assert_eq!(found, [(reworded, Severity::Editorial)]);
    }
}

#[test]
fn an_entry_for_what_is_told_by_its_name_is_another_value() {
    let choice = |mapping: Value| {
        let mut pets = pets("Dog", &mapping);
        let operation = &mut pets["paths"]["/animal"]["post"];
        let given = operation["responses"]["200"]["content"].take();
        operation["requestBody"]["content"] = given;
        operation["responses"]["200"] = json!({"description": "It."});
        pets
    };
    let names = choice(Value::Null);
    let cats = choice(json!({"cat": "#/components/schemas/Cat"}));
    let both = choice(json!({"cat": "#/components/schemas/Cat", "dog": "Dog"}));
    let replaced = "request-body-discriminator-mapping-replaced".to_owned();
    for (old, new) in [(&names, &cats), (&cats, &names)] {
        let expected = [(replaced.clone(), Severity::Breaking)];
        assert_eq!(judged(old, new), expected);
    }
    for (old, new) in [(&names, &both), (&both, &names)] {
        let found = judged(old, new);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].1, Severity::Breaking);
    }
    // Beside its name, or where it never had that.
    let more =
        choice(json!({"Cat": "#/components/schemas/Cat", "cat": "#/components/schemas/Cat"}));
    let added = "request-body-discriminator-mapping-added".to_owned();
    assert_eq!(judged(&names, &more), [(added.clone(), Severity::Additive)]);
    let constant = |api: &Value| {
        let mut api = api.clone();
        let cat = &mut api["components"]["schemas"]["Cat"];
        cat["properties"]["kind"] = json!({"const": "cat"});
        api
    };
    let found = judged(&constant(&names), &constant(&cats));
    assert_eq!(found, [(added, Severity::Additive)]);
}

#[test]
fn a_small_schema_that_is_renamed_and_changed_is_both() {
    let dog = |name: &str, volume: Value| {
        let mut pets = pets(name, &Value::Null);
        pets["components"]["schemas"][name]["properties"]["volume"] = volume;
        pets
    };
    let old = dog("Dog", json!({"type": "integer"}));
    let mut more = dog("Hound", json!({"type": "integer"}));
    more["components"]["schemas"]["Hound"]["properties"]["age"] = json!({"type": "integer"});
    let renamed = ("api-tagged-schema-renamed".to_owned(), Severity::Breaking);
    for (new, rule, severity) in [
        (
            dog("Hound", json!({"type": "string"})),
            "response-property-type-changed",
            Severity::Breaking,
        ),
        (more, "response-optional-property-added", Severity::Additive),
    ] {
        let mut found = judged(&old, &new);
        found.sort_by_key(|it| it.0.clone());
        assert_eq!(found, [renamed.clone(), (rule.to_owned(), severity)]);
    }
}

#[test]
fn a_name_that_settings_keep_needs_no_remedy() {
    let inputs = |name: &str| crate::drift_maps::inputs(&pets(name, &json!({"dog": name})));
    let of = |settings: &str| {
        let config = tilt_codegen::config::Config::from_toml(settings).unwrap();
        let drift = tilt_codegen::diff(&inputs("Dog"), &inputs("Hound"), &config).unwrap();
        let [one] = &drift.findings[..] else {
            panic!("{drift:#?}");
        };
        one.remedy.clone()
    };
    let remedy = of("").unwrap();
    assert!(remedy.contains("`Hound = \"Dog\"`"), "{remedy}");
    assert_eq!(of("[types.rename]\nHound = \"Dog\""), None);
}

#[test]
fn an_alternative_that_has_all_values_of_another_leaves_it_none() {
    let other = json!({"type": "boolean"});
    let taking = |types: &[&str]| {
        let all: Vec<Value> = types.iter().map(|it| json!({"type": it})).collect();
        api(&json!({"oneOf": all}), &other, &json!({}))
    };
    let old = taking(&["string", "integer"]);
    let overlapping = "request-body-one-of-overlapping-added".to_owned();
    let found = judged(&old, &taking(&["string", "integer", "number"]));
    assert_eq!(found, [(overlapping, Severity::Breaking)]);
    let added = "request-body-one-of-added".to_owned();
    let found = judged(&old, &taking(&["string", "integer", "array"]));
    assert_eq!(found, [(added, Severity::Additive)]);
}

#[test]
fn another_constant_of_a_type_is_one_change() {
    let other = json!({"type": "boolean"});
    let taking = |schema: Value| api(&schema, &other, &json!({}));
    let ways = [
        (json!({"const": 1}), json!({"const": 1.5})),
        (json!({"enum": ["a", "b"]}), json!({"enum": ["a", "b", 1]})),
    ];
    for (one, other) in ways {
        for (old, new) in [(&one, &other), (&other, &one)] {
            let found = judged(&taking(old.clone()), &taking(new.clone()));
            assert_eq!(found.len(), 1, "{old} → {new}: {found:?}");
        }
    }
}
