//! Edits at once: each is told with what it does, as if it were the only one.

use serde_json::{Value, json};
use tilt_codegen::drift::{Bump, Finding};

use crate::drift::diff;

/// An API with servers, tags and errors.
fn api() -> Value {
    let order = json!({"$ref": "#/components/schemas/Order"});
    let refused = json!({"$ref": "#/components/schemas/Error"});
    let content = |schema: Value| json!({"application/json": {"schema": schema}});
    let operation = |tag: &str| {
        json!({
            "tags": [tag],
            "requestBody": {"required": true, "content": content(order.clone())},
            "responses": {
                "200": {"description": "It.", "content": content(order.clone())},
                "400": {"description": "No.", "content": content(refused.clone())},
            },
        })
    };
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "servers": [
            {"url": "https://{region}.example", "variables": {"region": {"default": "eu"}}},
            {"url": "https://other.example", "description": "Other"},
        ],
        "paths": {
            "/orders": {
                "servers": [{"url": "https://orders.example"}],
                "post": operation("orders"),
            },
            "/returns": {"post": operation("returns")},
        },
        "components": {"schemas": {
            "Order": {"type": "object", "required": ["id"], "properties": {
                "id": {"type": "string", "maxLength": 20},
                "note": {"type": "string"},
            }},
            "Error": {"type": "object", "required": ["code", "message"], "properties": {
                "code": {"type": "string"},
                "message": {"type": "string"},
            }},
        }},
    })
}

/// The API with another value, which is removed where it is null.
fn with(document: &Value, at: &str, value: Value) -> Value {
    let mut document = document.clone();
    let (around, key) = at.rsplit_once('/').unwrap();
    match document.pointer_mut(around).unwrap() {
        Value::Object(members) if value.is_null() => {
            members.remove(key);
        }
        Value::Array(elements) if key == "-" => elements.push(value),
        around => match around.as_array_mut() {
            Some(elements) => elements[key.parse::<usize>().unwrap()] = value,
            None => around[key] = value,
        },
    }
    document
}

/// The finding of an edit, beside another one of which nothing is said, and which has no item of it.
fn told(at: &str, value: Value) -> Finding {
    let alone = diff(&api(), &with(&api(), at, value.clone()));
    let [only] = &alone.findings[..] else {
        panic!("{at}: {:#?}", alone.findings);
    };
    let most = "/components/schemas/Order/properties/note/maxLength";
    let both = diff(&api(), &with(&with(&api(), at, value), most, json!(9)));
    let (others, own): (Vec<_>, Vec<_>) = both.findings.iter().partition(|it| {
        let place = it.new.as_ref().map(|it| it.pointer.as_str());
        place == Some(most)
    });
    let ([_], [own]) = (&others[..], &own[..]) else {
        panic!("{at}: {:#?}", both.findings);
    };
    assert_eq!(
        (&own.rule, &own.items, own.upgrade),
        (&only.rule, &only.items, only.upgrade)
    );
    only.clone()
}

#[test]
fn servers_and_their_variables_are_told_with_the_edits_of_them() {
    let region = "/servers/0/variables/region/default";
    for (at, value, rule) in [
        (
            "/servers/1/url",
            json!("https://new.example"),
            "api-server-changed",
        ),
        (
            "/servers/-",
            json!({"url": "https://third.example"}),
            "api-server-added",
        ),
        (region, json!("us"), "server-variable-default-changed"),
        (
            "/paths/~1orders/servers/0/url",
            json!("https://new.example"),
            "api-server-changed",
        ),
        (
            "/paths/~1returns/servers",
            json!([{"url": "https://a.example"}]),
            "",
        ),
        ("/paths/~1orders/servers", json!(null), ""),
    ] {
        let finding = told(at, value);
        assert!(rule.is_empty() || finding.rule == rule, "{finding:#?}");
        assert!(
            !finding.items.is_empty() && finding.new.is_some(),
            "{finding:#?}"
        );
    }
}

#[test]
fn the_properties_of_errors_and_features_are_told_with_the_edits_of_them() {
    let code = "/components/schemas/Error/properties/code";
    for (at, value) in [
        (
            "/components/schemas/Error/properties/code/format",
            json!("uuid"),
        ),
        (code, json!({"type": "integer"})),
        ("/paths/~1returns/post/tags/0", json!("refunds")),
    ] {
        let finding = told(at, value);
        assert!(!finding.items.is_empty(), "{finding:#?}");
    }
}

#[test]
fn another_server_of_a_path_goes_wherever_its_operations_go() {
    let at = "/paths/~1orders/servers/0/url";
    let finding = told(at, json!("https://new.example"));
    assert_eq!(
        (finding.reach.operations, finding.upgrade),
        (1, Bump::Major),
        "{finding:#?}"
    );
    assert_eq!(
        finding.new.map(|it| it.pointer).as_deref(),
        Some("/paths/~1orders/servers/0")
    );
    // An operation that has its own goes where it went.
    let own = with(
        &api(),
        "/paths/~1orders/post/servers",
        json!([{"url": "https://b.example"}]),
    );
    assert_eq!(
        diff(&own, &with(&own, at, json!("https://new.example"))).findings,
        []
    );
}

#[test]
fn the_items_of_a_definition_are_told_with_the_reference_that_went() {
    let refer = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let kind = |name: &str| {
        let kind = json!({"const": name});
        json!({"type": "object", "required": ["kind"], "properties": {"kind": kind}})
    };
    let owner = "/components/schemas/Order/properties/owner";
    let of = |kinds: Value| json!({"oneOf": kinds});
    let mut old = with(&api(), owner, of(json!([refer("Person"), refer("Firm")])));
    for name in ["Person", "Firm"] {
        old = with(&old, &format!("/components/schemas/{name}"), kind(name));
    }
    let new = with(&old, owner, of(json!([refer("Person")])));
    let most = "/components/schemas/Order/properties/note/maxLength";
    let findings = diff(&old, &with(&new, most, json!(9))).findings;
    let rules: Vec<&str> = findings.iter().map(|it| it.rule.as_str()).collect();
    assert!(!rules.contains(&"sdk-item-changed"), "{findings:#?}");
    assert_eq!(rules.len(), 2, "{findings:#?}");
}

#[test]
fn items_of_documents_that_say_the_same_in_another_way_are_one_change() {
    let town = |name: &str| {
        let properties = json!({name: {"type": "string"}});
        json!({"type": "object", "required": [name], "properties": properties})
    };
    let refer = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let (place, owner) = (
        "/components/schemas/Order/properties/place",
        "/components/schemas/Error/properties/place",
    );
    let mut old = api();
    for (name, at) in [("Town", place), ("Village", owner)] {
        old = with(&old, &format!("/components/schemas/{name}"), town(name));
        old = with(&old, at, refer(name));
    }
    let new = with(&with(&old, place, town("Town")), owner, town("Village"));
    let findings = diff(&old, &new).findings;
    assert_eq!(findings.len(), 1, "{findings:#?}");
    assert!(findings[0].items.len() > 1, "{findings:#?}");
}

/// The items of the findings of several edits, by what each finding is about.
fn items_of(old: &Value, edits: &[(&str, Value)]) -> Vec<(String, Vec<String>)> {
    let mut new = old.clone();
    for (at, value) in edits {
        new = with(&new, at, value.clone());
    }
    let findings = diff(old, &new).findings.into_iter();
    let items = |finding: &Finding| finding.items.iter().map(|it| it.item.clone()).collect();
    findings.map(|it| (it.rule.clone(), items(&it))).collect()
}

#[test]
fn values_that_came_and_values_that_went_are_told_apart() {
    let id = "/components/schemas/Order/properties/id";
    let mut old = with(&api(), id, json!({"$ref": "#/components/schemas/Kind"}));
    let kind = "/components/schemas/Kind";
    old = with(
        &old,
        kind,
        json!({"type": "string", "enum": ["a", "b", "c"]}),
    );
    let told = items_of(
        &old,
        &[("/components/schemas/Kind/enum", json!(["a", "d"]))],
    );
    let of = |rule: &str, names: &[&str]| {
        let names = names.iter().map(|it| format!("types::Kind::{it}"));
        (rule.to_owned(), names.collect::<Vec<_>>())
    };
    assert_eq!(
        told,
        [
            of("request-property-enum-value-removed", &["B", "C"]),
            of("request-property-enum-value-added", &["D"]),
        ]
    );
}

#[test]
fn a_path_that_is_renamed_has_its_methods_whatever_is_new_in_them() {
    let mut old = api();
    old["paths"]["/returns"]["post"]["operationId"] = json!("turn");
    let mut new = old.clone();
    let paths = new["paths"].as_object_mut().unwrap();
    let mut item = paths.remove("/returns").unwrap();
    item["post"]["parameters"] =
        json!([{"name": "v", "in": "query", "schema": {"type": "string"}}]);
    paths.insert("/refunds".to_owned(), item);
    let findings = diff(&old, &new).findings;
    let path = findings.iter().find(|it| it.rule == "api-path-renamed");
    let path = path.unwrap_or_else(|| panic!("{findings:#?}"));
    let other = findings.iter().find(|it| it.rule != "api-path-renamed");
    assert!(path.items.len() >= 2, "{findings:#?}");
    assert!(other.is_some_and(|it| it.items.is_empty()), "{findings:#?}");
}

#[test]
fn what_two_edits_ask_for_is_told_with_both() {
    let parameter = |name: &str, place: &str, ty: &str| json!({"name": name, "in": place, "required": true, "schema": {"type": ty}});
    let one = parameter("one", "query", "string");
    let other = parameter("other", "header", "integer");
    let told = items_of(
        &api(),
        &[("/paths/~1orders/post/parameters", json!([one, other]))],
    );
    let [(_, items)] = &told[..] else {
        panic!("{told:#?}");
    };
    assert_eq!(*items, ["orders().create"]);
    let at = "/paths/~1orders/post/parameters";
    let old = with(&api(), at, json!([parameter("v", "query", "string")]));
    let told = items_of(
        &old,
        &[(at, json!([parameter("v", "query", "string"), one, other]))],
    );
    let named = |(_, items): &(String, Vec<String>)| items.contains(&"orders().create".to_owned());
    assert!(told.len() == 2 && told.iter().all(named), "{told:#?}");
    let mut properties = api()["components"]["schemas"]["Order"].clone();
    properties["required"] = json!(["id", "one", "other"]);
    for name in ["one", "other"] {
        properties["properties"][name] = json!({"type": "string"});
    }
    let told = items_of(&api(), &[("/components/schemas/Order", properties)]);
    let named = |(_, items): &(String, Vec<String>)| items.contains(&"required::Order".to_owned());
    assert!(told.len() == 2 && told.iter().all(named), "{told:#?}");
}

#[test]
fn a_part_of_a_type_and_the_name_of_an_operation_are_told_apart() {
    let mut old = api();
    let schemas = &mut old["components"]["schemas"];
    schemas["Dated"] = json!({"type": "object", "properties": {"at": {"type": "string"}}});
    let own = schemas["Order"].clone();
    schemas["Order"] = json!({"allOf": [{"$ref": "#/components/schemas/Dated"}, own]});
    let mut new = with(&old, "/paths/~1orders/post/operationId", json!("place"));
    let parts = new["components"]["schemas"]["Order"]["allOf"].as_array_mut();
    parts.unwrap().remove(0);
    let findings = diff(&old, &new).findings;
    let gone = "types::Order::at";
    for finding in &findings {
        let has = finding.items.iter().any(|it| it.item == gone);
        assert_eq!(has, finding.rule.contains("all-of"), "{findings:#?}");
    }
    assert_eq!(findings.len(), 2);
}

#[test]
fn another_type_that_may_also_be_absent_is_told_with_both() {
    let order = |note: Value| {
        let with_note = with(&api(), "/components/schemas/Order/properties/note", note);
        let required = json!(["id", "note"]);
        with(&with_note, "/components/schemas/Order/required", required)
    };
    let old = order(json!({"type": "string", "enum": ["a", "b"]}));
    let drift = diff(&old, &order(json!({"type": ["string", "null"]})));
    let [null, open] = &drift.findings[..] else {
        panic!("{:#?}", drift.findings);
    };
    let item = |finding: &Finding| {
        let mut items = finding.items.iter();
        items.find(|it| it.item == "types::Order::note").cloned()
    };
    assert!(item(null).is_some(), "{null:#?}");
    assert_eq!(item(null), item(open));
    assert_eq!([null.upgrade, open.upgrade], [Bump::Major; 2]);
}

#[test]
fn items_that_no_edit_explains_are_one_finding() {
    let old = api();
    let order = old["components"]["schemas"]["Order"].clone();
    let body = "/paths/~1orders/post/requestBody/content/application~1json/schema";
    let inline = with(&old, body, order);
    let words = with(&inline, "/info/title", json!("Store"));
    let id = with(
        &words,
        "/paths/~1returns/post/operationId",
        json!("giveBack"),
    );
    let found = diff(&old, &id).findings;
    let unexplained = found.iter().filter(|it| it.rule == "sdk-item-changed");
    assert_eq!(unexplained.count(), 1, "{found:#?}");
    assert_eq!(found.len(), 3, "{found:#?}");
}
