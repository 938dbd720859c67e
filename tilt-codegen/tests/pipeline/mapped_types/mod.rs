//! `[types]`: formats and schemas in whose place a user's type stands, decimals of a crate, derives and attributes.

mod compiled;

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::diagnostic::Diagnostics;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs, Modelled, surface};

/// Formats and schemas in paths, queries, bodies, answers and events.
fn document() -> Value {
    let to = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let json_of = |schema: Value| json!({"application/json": {"schema": schema}});
    let currency = || json!({"type": "string", "format": "iso-4217", "example": "EUR"});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": {"/rates/{currency}": {"post": {
            "operationId": "setRate",
            "tags": ["rates"],
            "parameters": [
                {"name": "currency", "in": "path", "required": true, "schema": currency()},
                {"name": "from", "in": "query", "schema": {"type": "string", "format": "ipv4"}},
                {"name": "of", "in": "query", "schema": {"type": "array", "items": currency()}},
            ],
            "requestBody": {"required": true, "content": json_of(to("Rate"))},
            "responses": {"200": {"description": "", "content": json_of(to("Receipt"))}},
        }}},
        "webhooks": {"rateChanged": {"post": {
            "requestBody": {"content": json_of(to("Money"))},
            "responses": {"200": {"description": ""}},
        }}},
        "components": {"schemas": {
            "Money": {"type": "object", "required": ["amount", "currency"], "properties": {
                "amount": {"type": "integer", "example": 500},
                "currency": {"type": "string", "example": "EUR"},
            }},
            "Level": {"type": "string", "enum": ["low", "high"]},
            "Rate": {"type": "object", "required": ["limit", "factor", "share"], "properties": {
                "limit": to("Money"),
                "factor": {"type": "string", "format": "decimal"},
                "share": {"type": "number", "format": "decimal"},
                "fee": {"type": "string", "format": "money"},
                "level": to("Level"),
                "limits": {"type": "array", "items": to("Money")},
            }},
            "Receipt": {"type": "object", "required": ["currency", "address", "total"], "properties": {
                "currency": currency(),
                "address": {"type": "string", "format": "ipv4"},
                "total": to("Money"),
                "by": {"oneOf": [{"type": "integer"}, currency()]},
                "weight": {"type": "number"},
            }},
        }},
    })
}

const SETTINGS: &str = r##"
[types]
decimal = "rust_decimal"

[types.format]
"iso-4217" = "crate::own::Currency"
ipv4 = "std::net::Ipv4Addr"
money = "decimal"

[types.schema]
Money = "crate::own::Money"

[types.derive]
"*" = ["Eq"]
Level = ["PartialOrd", "Ord"]

[types.attributes]
"R*" = ["#[cfg_attr(test, allow(dead_code))]"]
"##;

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

fn model(config: &str) -> Result<Modelled, Diagnostics> {
    model_of(&document(), config)
}

/// Findings of these settings, by code.
fn found(document: &Value, config: &str) -> Vec<(String, String)> {
    let findings = model_of(document, config).unwrap().findings;
    let findings = findings.items.into_iter();
    findings
        .map(|it| (it.code.as_str().to_owned(), it.message))
        .collect()
}

#[track_caller]
fn has(lines: &str, line: &str) {
    assert!(lines.lines().any(|it| it == line), "{line}\n{lines}");
}

#[test]
fn the_surface_has_the_users_types_and_none_in_their_place() {
    let lines = surface(&model(SETTINGS).unwrap().sdk);
    has(&lines, "type Receipt.currency: crate::own::Currency");
    has(&lines, "type Receipt.address: std::net::Ipv4Addr");
    has(&lines, "type Receipt.total: crate::own::Money");
    has(&lines, "type Rate.limits: [crate::own::Money]?");
    has(&lines, "type Rate.factor: rust_decimal::Decimal");
    has(&lines, "type Rate.share: rust_decimal::Decimal");
    has(&lines, "type Rate.fee: rust_decimal::Decimal?");
    assert!(!lines.contains("type Money"), "{lines}");
    has(
        &lines,
        "operation rates.update(currency: into crate::own::Currency, from: into std::net::Ipv4Addr?, of: into [crate::own::Currency]?, body: into Rate) -> Receipt = POST /rates/{currency}",
    );
}

#[test]
fn a_decimal_keeps_its_text_unless_a_crate_is_chosen() {
    let lines = surface(&model("[types.format]\nmoney = \"decimal\"\n").unwrap().sdk);
    has(&lines, "type Rate.factor: Decimal");
    has(&lines, "type Rate.share: Number");
    has(&lines, "type Rate.fee: Decimal?");
    let lines = surface(&model("[types]\ndecimal = \"bigdecimal\"\n").unwrap().sdk);
    has(&lines, "type Rate.factor: bigdecimal::BigDecimal");
    has(&lines, "type Rate.fee: String?");
}

#[test]
fn a_schema_is_found_by_its_pointer() {
    let at = "#/components/schemas/Rate/properties/level";
    let settings = format!("[types.schema]\n\"{at}\" = \"crate::Level\"\n");
    let lines = surface(&model(&settings).unwrap().sdk);
    has(&lines, "type Rate.level: crate::Level?");
}

#[test]
fn what_finds_nothing_is_a_finding() {
    let settings = "[types.format]\nnone = \"crate::A\"\n[types.schema]\nNobody = \"crate::B\"\n\"#/x\" = \"decimal\"\n\
                    [types.derive]\n\"X*\" = [\"Eq\"]\n[types.attributes]\nNobody = [\"#[a]\"]\n";
    let found = found(&document(), settings);
    let count = |code: &str| found.iter().filter(|(it, _)| it == code).count();
    assert_eq!(count("unmatched-mapping"), 3, "{found:?}");
    assert_eq!(count("unmatched-derive"), 2, "{found:?}");
}

#[test]
fn types_that_a_pattern_passes_over_are_named() {
    let found = found(&document(), "[types.derive]\n\"*\" = [\"Eq\", \"Hash\"]\n");
    let partial: Vec<_> = found
        .iter()
        .filter(|(code, _)| code == "partial-derive")
        .collect();
    let [(_, message)] = partial.as_slice() else {
        panic!("{found:?}");
    };
    let expected = "`Eq` is not derived by 2 of the types that `*` matches: `Rate` (of `share`, numbers with a point \
                    are not), `Receipt` (of `weight`, numbers with a point are not)";
    assert_eq!(message, expected);
}

#[test]
fn a_schema_that_is_no_text_is_not_of_a_format() {
    let found = found(&document(), "[types.schema]\nMoney = \"decimal\"\n");
    assert!(
        found.iter().any(|(code, _)| code == "unmapped-schema"),
        "{found:?}"
    );
}

#[test]
fn a_mapped_schema_that_is_composed_into_another_is_a_finding_there_and_nowhere_else() {
    let settings = "[types.schema]\nMoney = \"crate::Money\"\n";
    let composed = |document: &Value| {
        let findings = model_of(document, settings).unwrap().findings.items;
        let findings = findings.into_iter();
        let findings = findings.filter(|it| it.code.as_str() == "unmapped-schema");
        findings
            .map(|it| it.pointer.to_string())
            .collect::<Vec<_>>()
    };
    let mut document = document();
    assert_eq!(composed(&document), [""; 0]);
    let money = json!({"$ref": "#/components/schemas/Money"});
    // With annotations alone, it is the same schema.
    document["components"]["schemas"]["Same"] = json!({"allOf": [money], "description": "Some."});
    assert_eq!(composed(&document), [""; 0]);
    document["components"]["schemas"]["More"] =
        json!({"allOf": [money, {"properties": {"at": {"type": "string"}}}]});
    let [pointer] = composed(&document).try_into().unwrap();
    assert!(pointer.starts_with("/components/schemas/More"), "{pointer}");
}

#[test]
fn a_mapped_object_among_others_needs_a_discriminator() {
    let mut document = document();
    let to = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let any = json!({"oneOf": [to("Money"), to("Rate")]});
    document["components"]["schemas"]["Any"] = any;
    let found = found(&document, "[types.schema]\nMoney = \"crate::Money\"\n");
    let one = found.iter().find(|(code, _)| code == "mapped-alternative");
    assert!(one.unwrap().1.contains("`crate::Money`"), "{found:?}");
}

#[test]
fn a_type_without_an_example_has_no_sample_and_says_so() {
    let settings = "[types.format]\nipv4 = \"std::net::Ipv4Addr\"\n";
    let samples = |document: &Value| {
        let modelled = model_of(document, settings).unwrap();
        let sdk = &modelled.sdk;
        let names = sdk.samples.iter().map(|it| sdk.types[it.ty.0].name.clone());
        (names.collect::<Vec<_>>(), modelled.findings)
    };
    let (names, _) = samples(&document());
    // The runtime's own tables know an address.
    assert!(names.contains(&"Receipt".to_owned()), "{names:?}");
    let mut without = document();
    without["components"]["schemas"]["Receipt"]["properties"]["address"]["format"] = json!("own");
    let settings = "[types.format]\nown = \"crate::Own\"\n";
    let modelled = model_of(&without, settings).unwrap();
    let sdk = &modelled.sdk;
    assert!(
        !sdk.samples
            .iter()
            .any(|it| sdk.types[it.ty.0].name == "Receipt")
    );
    let mut findings = modelled.findings.items.iter();
    assert!(findings.any(|it| it.code.as_str() == "mapped-sample"));
}

#[test]
fn a_derive_that_a_named_type_cannot_have_is_an_error_where_it_stands() {
    for (ty, derive, reason) in [
        ("Receipt", "Eq", "of `total`, `Money` is not"),
        ("Money", "Hash", "JSON of any kind"),
        ("Money", "Copy", "it holds text"),
        ("Level", "Hash", "it has it already"),
        ("Level", "Ord", "`Ord` needs `PartialOrd`"),
        ("Money", "std::default::Default", "required properties"),
    ] {
        let refused = model(&format!("[types.derive]\n{ty} = [\"{derive}\"]\n")).unwrap_err();
        let [error] = refused.items.as_slice() else {
            panic!("{refused}");
        };
        assert!(error.message.contains(reason), "{}", error.message);
        assert_eq!(error.code.as_str(), "unfit-derive");
        assert_eq!(
            (error.document.as_str(), error.line),
            ("codegen.toml", Some(2))
        );
    }
}

#[test]
fn a_pattern_passes_over_what_cannot_have_it() {
    let sdk = model("[types.derive]\n\"*\" = [\"Eq\", \"x::Y\"]\n")
        .unwrap()
        .sdk;
    let derives = |name: &str| {
        let ty = sdk.types.iter().find(|ty| ty.name == name).unwrap();
        ty.derives.join(" ")
    };
    assert_eq!(derives("Money"), "Eq x::Y");
    assert_eq!(derives("Rate"), "x::Y", "it has a number");
    assert_eq!(derives("Level"), "x::Y", "it is `Eq` already");
}

#[test]
fn rust_that_is_none_is_refused_with_line_and_column() {
    for (settings, expected) in [
        (
            "[types.format]\na = \"Currency\"\n",
            "expected the path of a type",
        ),
        (
            "[types.schema]\nA = \"crate::A; fn evil() {}\"\n",
            "expected the path of a type",
        ),
        (
            "[types.derive]\nA = [\"Hash)] struct B;\"]\n",
            "expected the path of a derive macro",
        ),
        (
            "[types.derive]\nA = [\"Clone\"]\n",
            "every type implements `Clone`",
        ),
        (
            "[types.attributes]\nA = [\"#[a] fn evil() {}\"]\n",
            "expected one attribute",
        ),
        (
            "[types]\ndecimal = \"fastnum\"\n",
            "unknown variant `fastnum`",
        ),
    ] {
        let message = Config::from_toml(settings).unwrap_err().to_string();
        assert!(message.contains("line 2, column "), "{settings}: {message}");
        assert!(message.contains(expected), "{settings}: {message}");
    }
}

#[test]
fn a_text_of_a_property_has_the_type_of_its_name() {
    let text = || json!({"type": "string"});
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {},
        "components": {"schemas": {"Line": {"type": "object", "properties": {
            "amount": text(),
            "net_amount": {"type": ["string", "null"], "example": "1.50"},
            "raw_amount": text(),
            "tax_amount": {"type": "integer"},
            "at_amount": {"type": "string", "format": "date"},
            "amount_kind": text(),
        }}}},
    });
    let settings = "[types.property]\namount = \"decimal\"\n\"*_amount\" = \"decimal\"\n\
                    raw_amount = \"crate::Raw\"\nprice = \"decimal\"\n";
    let modelled = model_of(&document, settings).unwrap();
    let surface = surface(&modelled.sdk).to_string();
    for line in [
        "type Line.amount: Decimal?",
        "type Line.net_amount: Decimal? or null",
        "type Line.raw_amount: crate::Raw?",
        "type Line.tax_amount: i64?",
        "type Line.at_amount: Date?",
        "type Line.amount_kind: String?",
    ] {
        assert!(surface.lines().any(|it| it == line), "{line}\n{surface}");
    }
    let codes: Vec<&str> = modelled
        .findings
        .items
        .iter()
        .map(|it| it.code.as_str())
        .collect();
    assert!(codes.contains(&"unmatched-mapping"), "{codes:?}");
    assert!(!modelled.findings.to_string().contains("*_amount"));
}

#[test]
fn a_property_that_refers_to_a_text_has_the_type_of_its_name() {
    let to = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {},
        "components": {"schemas": {
            "Amount": {"type": "string", "description": "In euros."},
            "Level": {"type": "string", "enum": ["low", "high"]},
            "Day": {"type": "string", "format": "date"},
            "Line": {"type": "object", "properties": {
                "net_amount": to("Amount"),
                "level_amount": to("Level"),
                "day_amount": to("Day"),
            }},
        }},
    });
    let modelled = model_of(&document, "[types.property]\n\"*_amount\" = \"decimal\"\n").unwrap();
    let lines = surface(&modelled.sdk).to_string();
    has(&lines, "type Line.net_amount: Decimal?");
    has(&lines, "type Line.level_amount: Level?");
    has(&lines, "type Line.day_amount: Day?");
}
