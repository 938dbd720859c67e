//! The place that a finding points at, and the words and advice that it has for it.

use serde_json::{Value, json};
use tilt_codegen::drift::{Finding, Severity};

use crate::drift_maps::findings;

/// An API that takes and gives orders with one property.
fn api(property: &Value) -> Value {
    let order = json!({"$ref": "#/components/schemas/Order"});
    let content = json!({"application/json": {"schema": order}});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "paths": {"/orders": {"post": {
            "operationId": "create",
            "requestBody": {"required": true, "content": content},
            "responses": {"200": {"description": "It.", "content": content}},
        }}},
        "components": {
            "schemas": {
                "Order": {"type": "object", "properties": {"kind": property}},
                "Word": {"type": "string"},
                "Count": {"type": "integer"},
            },
            "securitySchemes": {
                "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
                "login": {"type": "oauth2", "flows": {"clientCredentials": {
                    "tokenUrl": "https://example.com/token",
                    "scopes": {"read": "Read.", "write": "Write."},
                }}},
            },
        },
    })
}

fn only(old: &Value, new: &Value) -> Finding {
    match <[Finding; 1]>::try_from(findings(old, new)) {
        Ok([finding]) => finding,
        Err(findings) => panic!("{findings:#?}"),
    }
}

/// The ends of both pointers, behind what both have in common.
fn places(old: &Value, new: &Value, around: &str) -> [String; 2] {
    let finding = only(old, new);
    [finding.old, finding.new].map(|place| {
        let pointer = place.unwrap().pointer;
        pointer.strip_prefix(around).unwrap().to_owned()
    })
}

#[test]
fn a_value_of_a_list_is_pointed_at_itself() {
    let at = "/components/schemas/Order/properties/kind";
    let of = |values: &[&str]| api(&json!({"type": "string", "enum": values}));
    let (two, three) = (of(&["a", "b"]), of(&["a", "b", "c"]));
    assert_eq!(places(&two, &three, at), ["/enum", "/enum/2"]);
    assert_eq!(places(&three, &two, at), ["/enum/2", "/enum"]);
    let other = of(&["c", "b"]);
    assert_eq!(places(&two, &other, at), ["/enum/0", "/enum/0"]);
}

#[test]
fn null_is_pointed_at_among_the_types() {
    let at = "/components/schemas/Order/properties/kind";
    let text = api(&json!({"type": "string"}));
    let list = api(&json!({"type": ["string", "null"]}));
    assert_eq!(places(&text, &list, at), ["", "/type/1"]);
    let choice = api(&json!({"anyOf": [{"type": "string"}, {"type": "null"}]}));
    assert_eq!(places(&choice, &text, at), ["/anyOf/1", ""]);
}

#[test]
fn security_is_pointed_at_where_it_differs() {
    let at = "/paths/~1orders/post";
    let asking = |security: Value| {
        let mut api = api(&json!({"type": "string"}));
        api["paths"]["/orders"]["post"]["security"] = security;
        api
    };
    let reads = asking(json!([{"login": ["read"]}]));
    let writes = asking(json!([{"login": ["read", "write"]}]));
    assert_eq!(
        places(&reads, &writes, at),
        ["/security/0", "/security/0/login/1"]
    );
    let any = asking(json!([{"login": ["read"]}, {"key": []}]));
    assert_eq!(places(&reads, &any, at), ["/security", "/security/1"]);
    assert_eq!(places(&any, &reads, at), ["/security/1", "/security"]);
}

#[test]
fn null_as_the_only_value_is_another_type() {
    let text = api(&json!({"type": "string"}));
    for null in [json!({"enum": [null]}), json!({"const": null})] {
        let finding = only(&text, &api(&null));
        assert_eq!(finding.message, "`Order.kind` is `null`, and was `string`");
        let plain = api(&json!({"type": "null"}));
        assert!(findings(&api(&null), &plain).is_empty());
    }
}

#[test]
fn alternatives_are_told_in_words() {
    let cash = |most: u64| {
        json!({"title": "Cash", "type": "object", "required": ["amount"], "properties": {
            "amount": {"type": "string", "maxLength": most},
        }})
    };
    let card = json!({"title": "Card", "type": "object", "required": ["number"], "properties": {
        "number": {"type": "string"},
    }});
    let gift = json!({"title": "Gift", "type": "object", "required": ["code"], "properties": {
        "code": {"type": "string"},
    }});
    let old = api(&json!({"oneOf": [cash(9), card]}));
    let finding = only(&old, &api(&json!({"oneOf": [cash(8), card]})));
    let of = "The length of `amount` of the alternative `Cash` of `Order.kind`";
    assert!(finding.message.starts_with(of), "{}", finding.message);
    let finding = only(&old, &api(&json!({"oneOf": [cash(9), card, gift]})));
    assert_eq!(finding.message, "`Order.kind` may be `Gift`");
}

#[test]
fn a_type_that_is_called_after_a_title_can_keep_its_name() {
    let named = |title: &str| {
        let one =
            json!({"title": title, "type": "object", "properties": {"a": {"type": "string"}}});
        api(&json!({"oneOf": [one, {"type": "string"}]}))
    };
    let finding = only(&named("Cash"), &named("Money"));
    let remedy = finding.remedy.unwrap();
    assert!(remedy.contains("`Money = \"Cash\"`"), "{remedy}");
}

#[test]
fn a_callback_that_is_called_elsewhere_is_one_event() {
    let calling = |at: &str| {
        let mut api = api(&json!({"type": "string"}));
        let item = json!({"post": {"responses": {"200": {"description": "Seen."}}}});
        api["paths"]["/orders"]["post"]["callbacks"]["paid"][at] = item;
        api
    };
    let finding = only(
        &calling("{$request.body#/kind}"),
        &calling("{$request.query.url}"),
    );
    assert_eq!(finding.reach.events, 1);
    assert_eq!(finding.reach.first, ["callback paid"]);
    assert!(
        finding
            .message
            .contains("of the callback `paid` of `POST /orders`"),
        "{}",
        finding.message
    );
}

#[test]
fn a_choice_of_plain_definitions_is_a_list_of_their_types() {
    let word = json!({"$ref": "#/components/schemas/Word"});
    let count = json!({"$ref": "#/components/schemas/Count"});
    let choice = api(&json!({"oneOf": [word, count]}));
    let types = api(&json!({"type": ["string", "integer"]}));
    assert_eq!(only(&choice, &types).severity, Severity::Editorial);
    assert_eq!(only(&types, &choice).severity, Severity::Editorial);
    let list = |mut schema: Value| {
        schema["uniqueItems"] = json!(true);
        api(&schema)
    };
    let items = json!({"type": "array", "items": {"type": "string"}});
    let choice = list(json!({"oneOf": [word, items]}));
    let types = list(json!({"type": ["string", "array"], "items": {"type": "string"}}));
    assert_eq!(only(&choice, &types).severity, Severity::Editorial);
}
