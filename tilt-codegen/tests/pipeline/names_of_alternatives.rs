//! Names of alternatives that nobody gave a name: they go with what an alternative is, and not with where it stands.

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::model::Shape;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs, Modelled, surface};

fn model(alternatives: &[Value], names: Option<String>) -> Modelled {
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/pays": {"post": {
            "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pay"}}}},
            "responses": {"204": {"description": ""}},
        }}},
        "components": {"schemas": {"Pay": {"oneOf": alternatives}}},
    });
    generate(&document, names)
}

fn generate(document: &Value, names: Option<String>) -> Modelled {
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

/// The lines of types, without the order of alternatives.
fn lines(modelled: &Modelled) -> Vec<String> {
    let mut lines: Vec<String> = surface(&modelled.sdk).lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

/// One with a constant that is no text, beside what others have as well.
fn constant(name: &str) -> Value {
    json!({"type": "object", "required": [name, "number"], "properties": {name: {"const": true}, "number": {"type": "string"}}})
}

/// One with properties alone.
fn object(properties: &[&str]) -> Value {
    let each = properties
        .iter()
        .map(|it| ((*it).to_owned(), json!({"type": "string"})));
    json!({"type": "object", "required": [properties[0]], "properties": Value::Object(each.collect())})
}

/// Those that are told apart by what stands in them.
fn containers(property: &str, value: &str) -> [Value; 4] {
    [
        json!({"type": "array", "items": object(&[property])}),
        json!({"type": "object", "additionalProperties": object(&[property])}),
        json!({"type": "string", "enum": [value, format!("{value}{value}")]}),
        json!({"oneOf": [object(&[property]), object(&["x", property])]}),
    ]
}

fn sets() -> [Vec<Value>; 8] {
    let [array, map, texts, union] = containers("a", "a");
    let number = || json!({"type": "integer"});
    [
        vec![constant("card"), constant("bank")],
        vec![
            object(&["number", "cvc"]),
            object(&["number", "iban"]),
            object(&["number"]),
        ],
        vec![
            json!({"type": "array", "items": {"type": "object", "properties": {"a": {"type": "string"}}}}),
            json!({"type": "object", "properties": {"v": {"type": "string"}}}),
            json!({"type": "object", "properties": {"v": {"type": "integer"}}}),
        ],
        vec![
            json!({"allOf": [{"type": "object", "properties": {"a": {"type": "string"}}}, {"required": ["a"]}]}),
            json!({"allOf": [{"type": "object", "properties": {"b": {"type": "string"}}}, {"required": ["b"]}]}),
        ],
        vec![array, number()],
        vec![map, number()],
        vec![texts, number()],
        vec![union, number()],
    ]
}

#[test]
fn another_order_changes_no_type() {
    for set in sets() {
        let before = model(&set, None);
        let turned: Vec<Value> = set.iter().rev().cloned().collect();
        let after = model(&turned, Some(before.names.to_string()));
        assert_eq!(lines(&after), lines(&before));
        // And back again, by the file that was written for the other order.
        let back = model(&set, Some(after.names.to_string()));
        assert_eq!(lines(&back), lines(&before));
        assert_eq!(back.names, before.names);
    }
}

#[test]
fn one_that_comes_first_changes_no_other() {
    for set in sets() {
        let before = model(&set, None);
        let others = [
            constant("cash"),
            object(&["zeta"]),
            json!({"type": "boolean"}),
        ];
        for new in containers("wallet", "w").into_iter().chain(others) {
            let mut grown = set.clone();
            grown.insert(0, new);
            let after = lines(&model(&grown, Some(before.names.to_string())));
            for line in lines(&before) {
                let is_kept = after.iter().any(|it| it.starts_with(&line));
                // A text does not say which of two enums is meant.
                let is_lost = line.starts_with("type Pay union") || line == "type Pay from text";
                assert!(is_kept || is_lost, "{line}\n{after:#?}");
            }
        }
    }
}

#[test]
fn one_that_grows_stays_what_it_is() {
    for set in sets() {
        let before = model(&set, None);
        let mut grown: Vec<Value> = set.iter().rev().cloned().collect();
        for (index, one) in grown.iter_mut().enumerate() {
            for inside in [
                "/properties",
                "/items/properties",
                "/additionalProperties/properties",
            ] {
                let Some(properties) = one.pointer_mut(inside) else {
                    continue;
                };
                properties[format!("new{index}")] = json!({"type": "string"});
            }
        }
        let after = lines(&model(&grown, Some(before.names.to_string())));
        for line in lines(&before) {
            assert!(
                after.contains(&line) || line.contains(" struct"),
                "{line}\n{after:#?}"
            );
        }
    }
}

#[test]
fn a_constant_that_gains_a_value_stays_what_it_is() {
    let kind = |kinds: &[&str], of: &str| json!({"type": "object", "required": ["kind"], "properties": {"kind": {"enum": kinds}, of: {"type": "string"}}});
    let before = model(&[kind(&["a"], "x"), kind(&["b"], "y")], None);
    let grown = [
        kind(&["c"], "z"),
        kind(&["b"], "y"),
        kind(&["a", "a2"], "x"),
    ];
    let after = lines(&model(&grown, Some(before.names.to_string())));
    for line in ["type PayA.x:", "type PayB.y:"] {
        assert!(
            lines(&before).iter().any(|it| it.starts_with(line)),
            "{:#?}",
            lines(&before)
        );
        assert!(after.iter().any(|it| it.starts_with(line)), "{after:#?}");
    }
}

#[test]
fn one_that_loses_its_title_stays_what_it_is() {
    let titled = |title: &str, mut schema: Value| {
        schema["title"] = json!(title);
        schema
    };
    let (card, text) = (
        object(&["number"]),
        json!({"type": "string", "enum": ["a"]}),
    );
    let bank = titled("Bank", object(&["iban"]));
    for plain in [card, text] {
        let with_title = [bank.clone(), titled("Other", plain.clone())];
        let before = model(&with_title, None);
        let after = model(&[plain, bank.clone()], Some(before.names.to_string()));
        assert_eq!(lines(&after), lines(&before));
    }
    // Of two with one title, properties tell which is which.
    let both = [object(&["number"]), object(&["iban"])];
    let with_titles = both.clone().map(|it| titled("Pay", it));
    let before = model(&with_titles, None);
    let after = model(&both, Some(before.names.to_string()));
    assert_eq!(lines(&after), lines(&before));
}

#[test]
fn a_file_that_counts_alternatives_is_read_while_it_fits() {
    let [set, ..] = sets();
    let counted = model(&set, None).names.to_string();
    let counted = [
        ("oneOf/card.true", "oneOf/0"),
        ("oneOf/bank.true", "oneOf/1"),
        ("PayWithCard", "CardBefore"),
        ("PayWithBank", "BankBefore"),
    ]
    .iter()
    .fold(counted, |text, (now, before)| text.replace(now, before));
    let has =
        |modelled: &Modelled, begins: &str| lines(modelled).iter().any(|it| it.starts_with(begins));
    let same = model(&set, Some(counted.clone()));
    assert!(has(&same, "type CardBefore.card"));
    assert!(has(&same, "type BankBefore.bank"));
    assert!(same.names.to_string().contains("oneOf/card.true"));
    // With one more, no number says which of them is new.
    let mut grown = set;
    grown.insert(0, constant("cash"));
    let grown = model(&grown, Some(counted));
    assert!(!has(&grown, "type CardBefore.cash"));
    assert!(!has(&grown, "type BankBefore.card"));
}

/// Two structs that a union selects by `kind`; and a second union of both, if there is one.
fn selected(second: Option<Value>) -> Value {
    let object = |name: &str| json!({"type": "object", "required": ["kind", "n"], "properties": {"kind": {"type": "string"}, "n": {"type": "integer"}, name: {"type": "string"}}});
    let both =
        json!([{"$ref": "#/components/schemas/Card"}, {"$ref": "#/components/schemas/Bank"}]);
    let mapping = json!({"card": "#/components/schemas/Card", "bank": "#/components/schemas/Bank"});
    let mut schemas = json!({
        "Card": object("c"),
        "Bank": object("b"),
        "Pay": {"oneOf": both, "discriminator": {"propertyName": "kind", "mapping": mapping}},
    });
    if let Some(discriminator) = second {
        schemas["Other"] = json!({"oneOf": both, "discriminator": discriminator});
    }
    json!({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "components": {"schemas": schemas}})
}

/// Whether the variants of a union write their discriminator themselves.
fn tagged(modelled: &Modelled, name: &str) -> Vec<bool> {
    let ty = modelled.sdk.types.iter().find(|ty| ty.name == name);
    match &ty.unwrap().shape {
        Shape::Union(union) => union
            .variants
            .iter()
            .map(|it| it.tagged.is_some())
            .collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn another_union_of_the_same_variants_changes_nothing_of_the_first() {
    let before = generate(&selected(None), None);
    assert_eq!(tagged(&before, "Pay"), [false, false]);
    // It selects them by their names.
    let second = selected(Some(json!({"propertyName": "kind"})));
    let after = generate(&second, Some(before.names.to_string()));
    assert_eq!(tagged(&after, "Pay"), [false, false]);
    assert_eq!(tagged(&after, "Other"), [true, true]);
    let after = lines(&after);
    for line in lines(&before) {
        assert!(after.contains(&line), "{line}\n{after:#?}");
    }
    // Without the file, neither of them goes before the other.
    let alone = generate(&second, None);
    assert_eq!(tagged(&alone, "Pay"), [true, true]);
    assert_eq!(tagged(&alone, "Other"), [true, true]);
}
