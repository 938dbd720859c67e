//! Findings as users get them: where they are, and with which items of the SDK.

use serde_json::{Value, json};
use tilt_codegen::Inputs;
use tilt_codegen::config::Config;
use tilt_codegen::drift::{Bump, Drift, Effect, Finding, Severity};
use tilt_codegen::source::Input;

fn inputs(document: &Value) -> Inputs {
    Inputs {
        openapi: Some(Input::Bytes {
            name: "api.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    }
}

pub(crate) fn diff(old: &Value, new: &Value) -> Drift {
    tilt_codegen::diff(&inputs(old), &inputs(new), &Config::default()).unwrap()
}

/// The rule and the severity of the only finding.
pub(crate) fn only_rule(old: &Value, new: &Value) -> (String, Severity) {
    let drift = diff(old, new);
    match &drift.findings[..] {
        [one] => (one.rule.clone(), one.severity),
        _ => panic!("{old} → {new}: {drift:#?}"),
    }
}

/// An API that answers with one schema.
fn answering(schema: &Value) -> Value {
    let answer = json!({"$ref": "#/components/schemas/Order"});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "paths": {"/order": {"get": {"operationId": "order", "responses": {"200": {
            "description": "It.",
            "content": {"application/json": {"schema": answer}},
        }}}}},
        "components": {"schemas": {"Order": schema}},
    })
}

fn only<'d>(drift: &'d Drift, rule: &str) -> &'d Finding {
    let mut found = drift.findings.iter().filter(|it| it.rule == rule);
    match (found.next(), found.next()) {
        (Some(one), None) => one,
        _ => panic!("{:#?}", drift.findings),
    }
}

/// The places of a finding, in the old and in the new document.
fn pointers(finding: &Finding) -> [&str; 2] {
    [&finding.old, &finding.new].map(|it| it.as_ref().map_or("none", |it| it.pointer.as_str()))
}

#[test]
fn an_item_is_told_with_the_edit_of_its_type_and_its_words_with_the_edit_of_words() {
    let total = |ty: &str, text: &str| {
        let total = json!({"description": text, "type": ty});
        answering(&json!({"type": "object", "required": ["total"], "properties": {"total": total}}))
    };
    let drift = diff(&total("string", "All."), &total("integer", "All of it."));
    let of = |rule: &str| -> Vec<Effect> {
        let items = &only(&drift, rule).items;
        items.iter().map(|it| it.effect).collect()
    };
    assert_eq!(of("text-changed"), []);
    assert!(
        of("response-property-type-changed").contains(&Effect::TypeChanged),
        "{drift:#?}"
    );
    let drift = diff(&total("string", "All."), &total("string", "All of it."));
    let words = only(&drift, "text-changed");
    assert!(
        !words.items.is_empty() && words.items.iter().all(|it| it.effect == Effect::DocsOnly),
        "{drift:#?}"
    );
}

#[test]
fn documentation_that_tells_a_constraint_is_not_told_with_the_words_around_it() {
    let order = |text: &str, most: u32| {
        let name = json!({"type": "string", "description": "Whose.", "maxLength": most});
        answering(&json!({"type": "object", "description": text, "properties": {"name": name}}))
    };
    let drift = diff(&order("One.", 20), &order("One order.", 10));
    let items = |rule: &str| -> Vec<&str> {
        let items = &only(&drift, rule).items;
        items.iter().map(|it| it.item.as_str()).collect()
    };
    assert_eq!(items("text-changed"), ["types::Order"]);
    assert!(
        items("response-property-max-length-decreased")
            .iter()
            .any(|it| it.starts_with("types::Order::name")),
        "{drift:#?}"
    );
}

#[test]
fn a_change_in_every_copy_of_a_part_is_one_finding() {
    let api = |limit: u32, other: u32| {
        let id = |most: u32| json!({"type": "string", "maxLength": most});
        let of = |most: u32| {
            let schema = json!({"type": "object", "properties": {"id": id(most)}});
            json!({"post": {
                "requestBody": {"content": {"application/json": {"schema": schema}}},
                "responses": {"204": {"description": "Done."}},
            }})
        };
        json!({
            "openapi": "3.1.0",
            "info": {"title": "Shop", "version": "1"},
            "paths": {"/c": of(limit), "/a": of(limit), "/b": of(other)},
        })
    };
    let drift = diff(&api(20, 20), &api(10, 10));
    let [finding] = &drift.findings[..] else {
        panic!("{drift:#?}");
    };
    let at = |path: &str| {
        let body = "post/requestBody/content/application~1json/schema/properties/id/maxLength";
        format!("/paths/~1{path}/{body}")
    };
    assert_eq!(pointers(finding), [at("a"), at("a")]);
    let copies = finding.copies.iter().map(|it| it.new.pointer.clone());
    assert_eq!(copies.collect::<Vec<_>>(), ["b", "c"].map(at));
    assert_eq!(finding.reach.operations, 3);
    assert_eq!(finding.reach.first, ["POST /a", "POST /b", "POST /c"]);
    // Another value is another change.
    let other = diff(&api(20, 20), &api(10, 9));
    let mut copies: Vec<usize> = other.findings.iter().map(|it| it.copies.len()).collect();
    copies.sort_unstable();
    assert_eq!(copies, [0, 1]);
    // Two places that are accepted are not a third.
    let one = other.findings.iter().find(|it| it.copies.len() == 1);
    assert_ne!(one.map(|it| &it.fingerprint), Some(&finding.fingerprint));
}

#[test]
fn what_is_new_is_accepted_with_all_that_it_is() {
    let api = |property: Value| {
        let schema = json!({"type": "object", "required": ["x"], "properties": {"x": property}});
        json!({
            "openapi": "3.1.0",
            "info": {"title": "Shop", "version": "1"},
            "paths": {"/a": {"post": {
                "requestBody": {"required": true, "content": {"application/json": {"schema": schema}}},
                "responses": {"204": {"description": "Done."}},
            }}},
        })
    };
    let mut old = api(json!(null));
    let body = "/paths/~1a/post/requestBody/content/application~1json/schema";
    *old.pointer_mut(body).unwrap() = json!({"type": "object"});
    let fingerprint = |property: Value| {
        let drift = diff(&old, &api(property));
        let new = drift.findings.iter().find(|it| it.message.contains("`x`"));
        new.unwrap_or_else(|| panic!("{drift:#?}"))
            .fingerprint
            .clone()
    };
    let text = fingerprint(json!({"type": "string"}));
    assert_eq!(text, fingerprint(json!({"type": "string"})));
    assert_ne!(
        text,
        fingerprint(json!({"type": "object", "required": ["y"]}))
    );
}

#[test]
fn a_limit_beside_a_reference_is_one_edit_and_says_nothing_of_types() {
    let api = |limit: Value| {
        let mut reason = json!({"$ref": "#/components/schemas/Reason"});
        if limit != json!(null) {
            reason["maxLength"] = limit;
        }
        let schema = json!({"type": "object", "properties": {"reason": reason}});
        json!({
            "openapi": "3.1.0",
            "info": {"title": "Shop", "version": "1"},
            "paths": {"/a": {"post": {
                "requestBody": {"content": {"application/json": {"schema": schema}}},
                "responses": {"204": {"description": "Done."}},
            }}},
            "components": {"schemas": {"Reason": {"type": "string"}}},
        })
    };
    let drift = diff(&api(json!(null)), &api(json!(3)));
    let rules: Vec<&str> = drift.findings.iter().map(|it| it.rule.as_str()).collect();
    assert_eq!(rules, ["request-property-max-length-set"]);
}

#[test]
fn other_words_at_the_same_place_are_another_change() {
    let api = |text: &str| answering(&json!({"type": "object", "description": text}));
    let of = |text: &str| {
        let drift = diff(&api("An order."), &api(text));
        only(&drift, "text-changed").fingerprint.clone()
    };
    assert_eq!(of("One order."), of("One order."));
    assert_ne!(of("One order."), of("Some order."));
}

#[test]
fn paths_that_differ_in_the_names_of_parameters_alone_are_two() {
    let of = |name: &str, text: &str| {
        json!({
            "parameters": [{"name": name, "in": "path", "required": true, "schema": {"type": "string"}}],
            "responses": {"204": {"description": text}},
        })
    };
    let api = |text: &str| {
        json!({
            "openapi": "3.1.0",
            "info": {"title": "Shop", "version": "1"},
            "paths": {
                "/a/{id}": {"get": of("id", text)},
                "/a/{name}": {"delete": of("name", "Done.")},
            },
        })
    };
    let drift = diff(&api("Done."), &api("It is done."));
    assert_eq!(drift.findings.len(), 1, "{drift:#?}");
    only(&drift, "text-changed");
}

#[test]
fn what_is_new_would_be_part_of_the_map_or_the_list_that_it_is_missing_from() {
    let operation = json!({"responses": {"204": {"description": "Done."}}});
    let old = json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": "https://a.example"}],
        "paths": {"/a": {"get": {
            "parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}}],
            "responses": {"204": {"description": "Done."}},
        }}},
        "components": {"schemas": {"Order": {"type": "object"}}},
    });
    let mut new = old.clone();
    new["paths"]["/b"] = json!({ "post": operation });
    let mut add = |list: &str, element: Value| {
        let list = new.pointer_mut(list).and_then(Value::as_array_mut);
        list.expect("a list").push(element);
    };
    add("/servers", json!({"url": "https://b.example"}));
    let parameter = json!({"name": "r", "in": "query", "schema": {"type": "string"}});
    add("/paths/~1a/get/parameters", parameter);
    new["components"]["schemas"]["Line"] = json!({"type": "object", "title": "Line"});
    let (there, back) = (diff(&old, &new), diff(&new, &old));
    for (rules, outer, inner) in [
        (
            ["endpoint-added", "api-path-removed-without-deprecation"],
            "/paths",
            "/paths/~1b",
        ),
        (
            ["api-server-added", "api-server-removed"],
            "/servers",
            "/servers/1",
        ),
        (
            [
                "new-optional-request-parameter",
                "request-parameter-removed",
            ],
            "/paths/~1a/get/parameters",
            "/paths/~1a/get/parameters/1",
        ),
        (
            ["api-schema-added", "api-schema-removed"],
            "/components/schemas",
            "/components/schemas/Line",
        ),
    ] {
        assert_eq!(pointers(only(&there, rules[0])), [outer, inner]);
        assert_eq!(pointers(only(&back, rules[1])), [inner, outer]);
    }
}

#[test]
fn a_reference_starts_from_the_schema_around_it_that_has_an_id() {
    let order = |total: Value| {
        answering(&json!({
            "$id": "https://shop.example/order",
            "type": "object",
            "properties": {"total": total},
            "$defs": {"Total": {"type": "string", "maxLength": 5}},
        }))
    };
    let referring = order(json!({"$ref": "#/$defs/Total"}));
    let written = order(json!({"type": "string", "maxLength": 5}));
    for (old, new) in [(&referring, &written), (&written, &referring)] {
        let mut findings = diff(old, new).findings;
        // A schema with a name has a type, and one without has none.
        findings.retain(|it| it.rule != "sdk-item-changed");
        assert!(findings.is_empty(), "{findings:#?}");
    }
}

/// The documents of a folder, of which `api.json` refers to the other.
fn files(folder: &tempfile::TempDir, other: &Value) -> Inputs {
    let api = json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "paths": {"$ref": "paths.json"},
    });
    for (name, document) in [("api.json", &api), ("paths.json", other)] {
        std::fs::write(folder.path().join(name), document.to_string()).expect("a file");
    }
    Inputs {
        openapi: Some(Input::Path(folder.path().join("api.json"))),
        ..Inputs::default()
    }
}

#[test]
fn a_change_in_another_file_that_has_all_paths_is_found_and_moves_a_line_of_the_outline() {
    let paths = |most: u32| {
        let schema = json!({"type": "string", "maxLength": most});
        let parameter = json!({"name": "q", "in": "query", "schema": schema});
        json!({"/orders": {"get": {
            "parameters": [parameter],
            "responses": {"204": {"description": "None."}},
        }}})
    };
    let (was, is) = [tempfile::tempdir(), tempfile::tempdir()]
        .map(|it| it.expect("a folder"))
        .into();
    let (old, new) = (files(&was, &paths(9)), files(&is, &paths(5)));
    let drift = tilt_codegen::diff(&old, &new, &Config::default()).expect("two states");
    let finding = only(&drift, "request-parameter-max-length-decreased");
    assert_eq!(finding.reach.operations, 1);
    let outline = |inputs| tilt_codegen::outline(inputs, &Config::default()).expect("an outline");
    assert_ne!(outline(&old), outline(&new));
}

#[test]
fn what_a_struct_asks_for_is_told_with_the_property_that_it_asks_for() {
    let request = |properties: Value, required: Value| {
        let body = json!({"type": "object", "properties": properties, "required": required});
        let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/End"}}});
        json!({
            "openapi": "3.1.0",
            "info": {"title": "Shop", "version": "1"},
            "paths": {"/end": {"post": {
                "requestBody": {"required": true, "content": content},
                "responses": {"204": {"description": "Done."}},
            }}},
            "components": {"schemas": {"End": body}},
        })
    };
    let text = json!({"type": "string"});
    let old = request(
        json!({"all": {"type": "boolean"}, "user": text}),
        json!(["user"]),
    );
    let new = request(json!({"user": text, "why": text}), json!(["user", "why"]));
    let drift = diff(&old, &new);
    let asked = only(&drift, "new-required-request-property");
    let of = |finding: &Finding| -> Vec<String> {
        finding.items.iter().map(|it| it.item.clone()).collect()
    };
    assert!(
        of(asked).contains(&"required::End".to_owned()),
        "{drift:#?}"
    );
    let gone = of(only(&drift, "request-property-removed"));
    assert!(!gone.contains(&"required::End".to_owned()), "{drift:#?}");
}

/// An API that is asked with one schema.
fn asking(schema: &Value, others: &Value) -> Value {
    let content = json!({"application/json": {"schema": schema}});
    let operation = json!({
        "requestBody": {"required": true, "content": content},
        "responses": {"204": {"description": "Done."}},
    });
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "paths": {"/order": {"post": operation}},
        "components": {"schemas": others},
    })
}

#[test]
fn another_type_of_a_field_breaks_programs_that_set_it() {
    let order = |note: Value, required: Value| {
        let properties = json!({"id": {"type": "string"}, "note": note});
        let order = json!({"type": "object", "required": required, "properties": properties});
        asking(
            &json!({"$ref": "#/components/schemas/Order"}),
            &json!({"Order": order}),
        )
    };
    let text = || json!({"type": "string"});
    let optional = order(text(), json!(["id"]));
    let nullable = order(json!({"type": ["string", "null"]}), json!(["id"]));
    let required = order(text(), json!(["id", "note"]));
    for (old, new) in [(&optional, &nullable), (&required, &optional)] {
        let drift = diff(old, new);
        assert_eq!(drift.upgrade, Bump::Major, "{drift:#?}");
    }
}

#[test]
fn an_item_that_changes_though_the_documents_say_the_same_has_a_place() {
    let order = json!({"type": "object", "properties": {"id": {"type": "string"}}});
    let others = json!({"Order": order});
    let old = asking(&json!({"$ref": "#/components/schemas/Order"}), &others);
    let drift = diff(&old, &asking(&order, &others));
    let first = drift.findings.first().map(pointers);
    assert_eq!(first, Some(["/paths/~1order/post"; 2]), "{drift:#?}");
    let mut all = drift.findings.iter();
    assert!(
        all.all(|it| it.old.is_some() || it.new.is_some()),
        "{drift:#?}"
    );
}

/// Words are of what they stand beside, and properties of an object that there is no more.
#[test]
fn a_schema_in_the_place_of_another_is_one_finding() {
    let text = json!({"type": "string", "description": "A word.", "example": "a"});
    let object = json!({"type": "object", "properties": {"b": text, "c": text}, "required": ["b"]});
    let choice = json!({"oneOf": [{"type": "object", "properties": {"d": text}}, object]});
    for (was, is) in [
        (text.clone(), json!({"type": "array", "items": text})),
        (text, object.clone()),
        (object, json!({})),
        (
            json!({"$ref": "#/components/schemas/Choice"}),
            json!({"oneOf": [{"$ref": "#/components/schemas/Choice"}, {"type": "string"}]}),
        ),
    ] {
        let [old, new] = [was, is].map(|schema| {
            let order = json!({"type": "object", "properties": {"a": schema}});
            let mut document = answering(&order);
            document["components"]["schemas"]["Choice"] = choice.clone();
            document
        });
        for (old, new) in [(&old, &new), (&new, &old)] {
            let drift = diff(old, new);
            assert_eq!(drift.findings.len(), 1, "{drift:#?}");
        }
    }
}
