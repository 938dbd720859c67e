//! Values that a document leaves no choice about, and unions that are called after what they are.

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs, Modelled, surface};

fn input(name: &str, text: String) -> Input {
    Input::Bytes {
        name: name.to_owned(),
        bytes: text.into_bytes(),
    }
}

/// An API that takes and answers with these schemas.
fn document(schemas: Value) -> Value {
    let content = |name: &str| {
        let schema = json!({"$ref": format!("#/components/schemas/{name}")});
        json!({"content": {"application/json": {"schema": schema}}})
    };
    let names = schemas.as_object().unwrap().keys();
    let paths = names.map(|name| {
        let mut answer = content(name);
        answer["description"] = "".into();
        let operation = json!({"requestBody": content(name), "responses": {"200": answer}});
        (
            format!("/{}", name.to_lowercase()),
            json!({"post": operation}),
        )
    });
    json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": paths.collect::<serde_json::Map<_, _>>(),
        "components": {"schemas": schemas},
    })
}

fn model(schemas: Value, names: Option<String>) -> Modelled {
    let inputs = Inputs {
        openapi: Some(input("api.json", document(schemas).to_string())),
        names: names.map(|names| input("names.lock", names)),
        ..Inputs::default()
    };
    let modelled = Generator::new(Config::default()).model(&inputs);
    modelled.unwrap_or_else(|refused| panic!("{refused}"))
}

/// The surface of one type.
fn seen(modelled: &Modelled, ty: &str) -> Vec<String> {
    let lines = surface(&modelled.sdk);
    let of_type = |line: &&str| {
        let rest = line
            .strip_prefix("type ")
            .and_then(|it| it.strip_prefix(ty));
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
    };
    lines.lines().filter(of_type).map(str::to_owned).collect()
}

#[track_caller]
fn is(modelled: &Modelled, ty: &str, lines: &[&str]) {
    let mut lines = lines.to_vec();
    lines.sort_unstable();
    assert_eq!(seen(modelled, ty), lines);
}

fn object(properties: Value, required: Value) -> Value {
    json!({"type": "object", "properties": properties, "required": required})
}

#[test]
fn a_text_that_is_always_the_same_has_no_type_and_nobody_is_asked_for_it() {
    for stated in [
        json!({"const": "card"}),
        json!({"type": "string", "enum": ["card"]}),
        json!({"type": "string", "title": "Kind", "const": "card", "enum": ["bank", "card"]}),
    ] {
        let card = object(
            json!({"kind": stated, "id": {"type": "string"}}),
            json!(["kind", "id"]),
        );
        is(
            &model(json!({"Card": card}), None),
            "Card",
            &[
                "type Card struct",
                "type Card.id: String",
                r#"type Card "kind" = "card""#,
                "type Card new(id: into String)",
                "type Card required { id: String }",
            ],
        );
    }
}

#[test]
fn other_values_without_a_choice_are_not_asked_for() {
    let kind = json!({"type": "string", "enum": ["card"]});
    let card = object(
        json!({
            "live": {"type": "boolean", "enum": [false]},
            "version": {"const": 2},
            "kind": {"$ref": "#/components/schemas/Kind"},
            "ratio": {"const": 1.5},
            "pair": {"const": [1, 2]},
        }),
        json!(["live", "version", "kind", "ratio", "pair"]),
    );
    let modelled = model(json!({"Card": card, "Kind": kind}), None);
    is(
        &modelled,
        "Card",
        &[
            "type Card struct",
            "type Card.kind: Kind",
            "type Card.pair: CardPair",
            "type Card.ratio: CardRatio",
            "type Card.live: bool",
            "type Card.version: i64",
            "type Card default",
        ],
    );
}

#[test]
fn a_text_that_may_be_left_out_is_a_choice() {
    let card = object(json!({"kind": {"const": "card"}}), json!([]));
    let nullable = json!({"type": ["string", "null"], "enum": ["card", null]});
    let other = object(json!({"kind": nullable}), json!(["kind"]));
    let modelled = model(json!({"Card": card, "Other": other}), None);
    assert!(seen(&modelled, "Card").contains(&"type Card.kind: CardKind?".to_owned()));
    assert!(seen(&modelled, "Other").contains(&"type Other.kind: OtherKind or null".to_owned()));
}

#[test]
fn values_that_are_added_to_a_constant_break_nobody() {
    let card = |kind: Value| {
        let properties = json!({"kind": kind, "id": {"type": "string"}});
        json!({"Card": object(properties, json!(["kind", "id"]))})
    };
    let before = model(card(json!({"const": "card"})), None);
    let names = before.names.to_string();
    assert!(names.contains("\n = kind card\n"), "{names}");
    for (grown, ty) in [
        (json!({"enum": ["bank", "card"]}), "CardKind"),
        (json!({"type": "string"}), "String"),
    ] {
        let after = model(card(grown), Some(names.clone()));
        let into = format!("type Card set(kind: into {ty})");
        let field = format!("type Card.kind: {ty}");
        let expected = [
            "type Card struct",
            "type Card.id: String",
            "type Card new(id: into String)",
            "type Card required { id: String }",
            &field,
            &into,
        ];
        is(&after, "Card", &expected);
        let names = after.names.to_string();
        assert!(names.contains("\n = kind card\n"), "{names}");
    }
}

#[test]
fn an_enum_that_users_have_stays() {
    let names = "names 1\ntype Card openapi#/components/schemas/Card\n * kind\n\
                 type CardKind Card/properties/kind\n card Card\n";
    let card = object(json!({"kind": {"const": "card"}}), json!(["kind"]));
    let modelled = model(json!({"Card": card}), Some(names.to_owned()));
    is(
        &modelled,
        "Card",
        &[
            "type Card struct",
            "type Card.kind: CardKind",
            "type Card new(kind: into CardKind)",
            "type Card required { kind: CardKind }",
        ],
    );
    assert!(!modelled.names.to_string().contains(" = "));
}

#[test]
fn that_a_text_may_be_empty_is_nothing_to_choose() {
    let url = json!({"anyOf": [{"type": "string"}, {"type": "string", "enum": [""]}]});
    let size = json!({"anyOf": [{"type": "string"}, {"type": "string", "enum": ["auto"]}]});
    let page = object(json!({"url": url, "size": size}), json!([]));
    let modelled = model(json!({"Page": page}), None);
    let seen = seen(&modelled, "Page");
    assert!(
        seen.contains(&"type Page.url: String?".to_owned()),
        "{seen:?}"
    );
    assert!(
        seen.contains(&"type Page.size: PageSize?".to_owned()),
        "{seen:?}"
    );
}

#[test]
fn a_value_among_alternatives_is_one_type_wherever_it_stands() {
    let at = json!({"anyOf": [{"type": "integer"}, {"type": "string", "enum": ["now"]}]});
    let pause = object(json!({"end": at}), json!([]));
    let trial = object(json!({"start": at}), json!([]));
    let modelled = model(json!({"Pause": pause, "Trial": trial}), None);
    is(
        &modelled,
        "Now",
        &["type Now enum of String", "type Now::Now = \"now\""],
    );
}

#[test]
fn unions_of_named_types_in_several_places_are_called_after_these() {
    let customer = object(json!({"id": {"type": "string"}}), json!(["id"]));
    let expandable =
        json!({"anyOf": [{"type": "string"}, {"$ref": "#/components/schemas/Customer"}]});
    let charge = object(json!({"customer": expandable}), json!([]));
    let invoice = object(
        json!({"customer": expandable, "payer": expandable}),
        json!([]),
    );
    let schemas = json!({"Customer": customer, "Charge": charge, "Invoice": invoice});
    let modelled = model(schemas, None);
    let of = |ty: &str| seen(&modelled, ty);
    assert!(of("Charge").contains(&"type Charge.customer: CustomerOrString?".to_owned()));
    assert!(of("Invoice").contains(&"type Invoice.payer: CustomerOrString?".to_owned()));
    let once = model(json!({"Customer": customer, "Charge": charge}), None);
    assert!(seen(&once, "Charge").contains(&"type Charge.customer: ChargeCustomer?".to_owned()));
}

#[test]
fn of_lists_that_hold_at_once_the_values_of_all_are_meant() {
    let status = json!({"type": "string", "allOf": [
        {"enum": ["open", "paid", "void"]},
        {"enum": ["new", "void", "paid"]},
    ]});
    let modelled = model(json!({"Status": status}), None);
    let variants = seen(&modelled, "Status").join("\n");
    for (name, is_there) in [
        ("Paid", true),
        ("Void", true),
        ("Open", false),
        ("New", false),
    ] {
        assert_eq!(variants.contains(name), is_there, "{name}: {variants}");
    }
}

#[test]
fn a_type_whose_value_no_constructor_fills_in_is_not_imported() {
    let schemas = json!({
        "Import": {"type": "object", "required": ["from"], "properties": {
            "from": {"$ref": "#/components/schemas/Provider"},
        }},
        "Provider": {"type": "string", "oneOf": [{"$ref": "#/components/schemas/PublicProvider"}]},
        "PublicProvider": {"type": "string", "enum": ["classic"]},
    });
    let imports = |document: &Value| {
        let inputs = Inputs {
            openapi: Some(input("api.json", document.to_string())),
            ..Inputs::default()
        };
        let generated = Generator::new(Config::default()).generate(&inputs).unwrap();
        let files = generated.files.iter();
        let file = files.clone().find(|it| it.path == "types/import.rs");
        let contents = &file.unwrap().contents;
        let named = contents.matches("PublicProvider").count();
        (named, contents.contains("PublicProvider::Classic"))
    };
    let mut document = document(schemas);
    let (named, is_filled_in) = imports(&document);
    assert!(named > 1 && is_filled_in);
    document["paths"]["/import"]["post"]
        .as_object_mut()
        .unwrap()
        .remove("requestBody");
    assert_eq!(imports(&document), (0, false));
}
