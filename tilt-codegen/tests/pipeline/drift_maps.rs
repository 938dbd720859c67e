//! Names in maps, and what stands at places where it says nothing.

use serde_json::{Value, json};
use tilt_codegen::Inputs;
use tilt_codegen::config::Config;
use tilt_codegen::drift::{Effect, Finding, Severity};
use tilt_codegen::source::Input;

pub(crate) fn inputs(document: &Value) -> Inputs {
    let input = |document: &Value| {
        Some(Input::Bytes {
            name: "api.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        })
    };
    match document.get("asyncapi") {
        Some(_) => Inputs {
            asyncapi: input(document),
            ..Inputs::default()
        },
        None => Inputs {
            openapi: input(document),
            ..Inputs::default()
        },
    }
}

pub(crate) fn findings(old: &Value, new: &Value) -> Vec<Finding> {
    let drift = tilt_codegen::diff(&inputs(old), &inputs(new), &Config::default());
    drift.unwrap().findings
}

/// An API with one operation, and members besides.
fn api(operation: &Value, more: &Value) -> Value {
    let mut whole = json!({"responses": {"204": {"description": "Done."}}});
    merge(&mut whole, operation);
    let mut api = json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "paths": {"/order": {"post": whole}},
    });
    merge(&mut api, more);
    api
}

fn merge(into: &mut Value, more: &Value) {
    match (into, more) {
        (Value::Object(into), Value::Object(more)) => {
            for (key, value) in more {
                merge(into.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (into, more) => *into = more.clone(),
    }
}

/// The rules and severities of the findings of an operation that is changed.
fn told(old: &Value, new: &Value) -> Vec<(String, Severity)> {
    told_of(&api(old, &json!({})), &api(new, &json!({})))
}

fn told_of(old: &Value, new: &Value) -> Vec<(String, Severity)> {
    let found = findings(old, new).into_iter();
    found.map(|it| (it.rule, it.severity)).collect()
}

fn one(rule: &str, severity: Severity) -> Vec<(String, Severity)> {
    vec![(rule.to_owned(), severity)]
}

#[test]
fn a_name_that_begins_as_extensions_do_is_a_name() {
    let header = |name: &str| {
        let header = json!({"schema": {"type": "integer"}, "required": true});
        json!({"responses": {"204": {"headers": {name: header}}}})
    };
    let gone = one("required-response-header-removed", Severity::Breaking);
    assert_eq!(told(&header("x-rate"), &json!({})), gone);
    assert_eq!(told(&header("X-Next"), &header("x-next")), []);
    let callback = |name: &str| {
        let done = json!({"post": {"responses": {"204": {"description": "Done."}}}});
        json!({"callbacks": {name: {"{$request.query.url}": done}}})
    };
    let came = one("callback-added", Severity::Additive);
    assert_eq!(told(&json!({}), &callback("x-done")), came);
    let hook = |name: &str| {
        let item = json!({"post": {"responses": {"204": {"description": "Done."}}}});
        api(&json!({}), &json!({"webhooks": {name: item}}))
    };
    let gone = one("webhook-removed", Severity::Breaking);
    assert_eq!(
        told_of(&hook("x-hook"), &api(&json!({}), &json!({"webhooks": {}}))),
        gone
    );
    let key = |name: &str| {
        let scheme = json!({"type": "apiKey", "in": "header", "name": name});
        let schemes = json!({"securitySchemes": {"x-api-key": scheme}});
        api(
            &json!({"security": [{"x-api-key": []}]}),
            &json!({"components": schemes}),
        )
    };
    let found = told_of(&key("a"), &key("b"));
    assert_eq!(
        found,
        one("api-security-component-name-changed", Severity::Breaking)
    );
    // Extensions of objects are extensions.
    let path = |value: u32| json!({"responses": {"x-more": value}});
    assert_eq!(
        told(&path(1), &path(2)),
        one("extension-changed", Severity::Editorial)
    );
}

#[test]
fn a_status_in_the_place_of_another_is_no_graver_than_one_gone_and_one_new() {
    let status = |status: &str| json!({"responses": {status: {"description": "No."}}});
    for (was, is, rule, severity) in [
        (
            "404",
            "410",
            "response-non-success-status-changed",
            Severity::Warning,
        ),
        (
            "404",
            "4XX",
            "response-non-success-status-widened",
            Severity::Additive,
        ),
        (
            "4XX",
            "404",
            "response-non-success-status-changed",
            Severity::Warning,
        ),
    ] {
        assert_eq!(
            told(&status(was), &status(is)),
            one(rule, severity),
            "{was} {is}"
        );
    }
}

#[test]
fn members_that_say_nothing_where_they_stand_are_editorial() {
    let words = one("text-changed", Severity::Editorial);
    let parameter = |more: Value| {
        let mut parameter = json!({"name": "X-A", "in": "header", "schema": {"type": "string"}});
        merge(&mut parameter, &more);
        json!({"parameters": [parameter]})
    };
    for key in ["allowReserved", "allowEmptyValue"] {
        assert_eq!(
            told(&parameter(json!({})), &parameter(json!({key: true}))),
            words
        );
    }
    let flow = |name: &str, more: Value| {
        let mut flow = json!({"tokenUrl": "https://a.example", "scopes": {}});
        merge(&mut flow, &more);
        let scheme = json!({"type": "oauth2", "flows": {name: flow}});
        let components = json!({"components": {"securitySchemes": {"o": scheme}}});
        api(&json!({"security": [{"o": []}]}), &components)
    };
    let fresh = json!({"refreshUrl": "https://b.example"});
    let found = told_of(
        &flow("clientCredentials", json!({})),
        &flow("clientCredentials", fresh),
    );
    assert_eq!(found, words);
    // A flow is one thing, whatever it is called.
    let found = told_of(
        &flow("clientCredentials", json!({})),
        &flow("password", json!({})),
    );
    assert_eq!(found, one("oauth-flow-replaced", Severity::Breaking));
}

#[test]
fn a_channel_that_sends_now_is_new_as_its_messages_are() {
    let channel = |more: Value| {
        let message = |name: &str| json!({"name": name, "payload": {"type": "object"}});
        let mut channel = json!({"publish": {"message": message("asked")}});
        merge(&mut channel, &more);
        let other = json!({"subscribe": {"message": message("told")}});
        json!({
            "asyncapi": "2.6.0",
            "info": {"title": "Shop", "version": "1"},
            "channels": {"orders": channel, "other": other},
        })
    };
    let more = json!({"subscribe": {"message": {"name": "done", "payload": {"type": "object"}}}});
    let found = told_of(&channel(json!({})), &channel(more));
    assert_eq!(found, one("channel-subscribe-added", Severity::Additive));
}

#[test]
fn alternatives_of_security_in_another_order_are_accepted_already() {
    let asking = |security: Value| {
        let key = |name: &str| json!({"type": "apiKey", "in": "header", "name": name});
        let schemes = json!({"a": key("a"), "b": key("b"), "c": key("c")});
        let components = json!({"components": {"securitySchemes": schemes}});
        api(&json!({"security": security}), &components)
    };
    let old = asking(json!([{"a": []}]));
    let fingerprint = |security: Value| {
        let found = findings(&old, &asking(security));
        let [one] = &found[..] else {
            panic!("{found:#?}");
        };
        one.fingerprint.clone()
    };
    let (one, other) = (json!([{"a": []}, {"b": []}]), json!([{"b": []}, {"a": []}]));
    assert_eq!(fingerprint(one.clone()), fingerprint(other));
    assert_ne!(fingerprint(one), fingerprint(json!([{"a": []}, {"c": []}])));
}

#[test]
fn sentences_call_things_as_the_documents_do() {
    let said = |old: &Value, new: &Value| {
        let found = findings(old, new);
        let [one] = &found[..] else {
            panic!("{found:#?}");
        };
        one.message.clone()
    };
    let query = |most: u32| {
        let schema = json!({"type": "string", "maxLength": most});
        let shared = json!([{"name": "v", "in": "query", "schema": schema}]);
        api(
            &json!({}),
            &json!({"paths": {"/order": {"parameters": shared}}}),
        )
    };
    assert_eq!(
        said(&query(2), &query(1)),
        "The length of the query parameter `v` of the path `/order` is at most `1`, and was at most `2`"
    );
    let header = |name: &str| {
        let schema = json!({"type": "string"});
        api(
            &json!({"parameters": [{"name": name, "in": "header", "schema": schema}]}),
            &json!({}),
        )
    };
    assert_eq!(
        said(&header("X-Trace"), &header("X-Span")),
        "The header parameter `X-Trace` of `POST /order` is called `X-Span`, and was called `X-Trace`"
    );
    let key = |security: Value| {
        let scheme = json!({"type": "apiKey", "in": "header", "name": "a"});
        let components = json!({"components": {"securitySchemes": {"a": scheme}}});
        api(&json!({"security": security}), &components)
    };
    assert_eq!(
        said(&key(json!([{"a": []}])), &key(json!([{"a": []}, {}]))),
        "`POST /order` takes requests without credentials as well"
    );
}

#[test]
fn who_may_go_on_without_credentials_is_asked_for_none() {
    let scheme = json!({"type": "apiKey", "in": "header", "name": "a"});
    let components = json!({"components": {"securitySchemes": {"a": scheme}}});
    let key = |security: Value| api(&json!({"security": security}), &components);
    let (none, optional) = (key(json!([])), key(json!([{}, {"a": []}])));
    let asked = key(json!([{"a": []}]));
    for (old, new, rule, severity) in [
        (
            &none,
            &optional,
            "api-security-alternative-added",
            Severity::Additive,
        ),
        (&optional, &none, "api-security-removed", Severity::Additive),
        (&none, &asked, "api-security-added", Severity::Breaking),
        (
            &optional,
            &asked,
            "api-security-alternative-removed",
            Severity::Breaking,
        ),
    ] {
        let found: Vec<_> = findings(old, new)
            .into_iter()
            .map(|it| (it.rule, it.severity))
            .collect();
        assert_eq!(found, one(rule, severity), "{old} {new}");
    }
}

/// Its `operationId` says that it is the same, and other operations of both paths stay.
#[test]
fn an_operation_under_another_path_is_one_finding() {
    let answers = json!({"200": {"description": "It."}});
    let operation = |id: &str| json!({"operationId": id, "responses": answers});
    let document = |paths: Value| {
        json!({
            "openapi": "3.1.0",
            "info": {"title": "Shop", "version": "1"},
            "paths": paths,
        })
    };
    let old = document(json!({"/a": {"get": operation("list"), "post": operation("make")}}));
    for paths in [
        json!({"/a": {"get": operation("list")}, "/b": {"post": operation("make")}}),
        json!({"/a": {"post": operation("make")}, "/a/all": {"get": operation("list")}}),
    ] {
        let new = document(paths);
        for (old, new) in [(&old, &new), (&new, &old)] {
            let found = told_of(old, new);
            assert_eq!(found, one("api-operation-moved", Severity::Breaking));
        }
    }
}

/// The way in which a property of a form is written goes with the property: nothing of it is silently different.
#[test]
fn a_property_of_a_form_that_goes_is_told_as_such() {
    let form = |properties: Value, encoding: Value| {
        let schema = json!({"type": "object", "properties": properties});
        let content =
            json!({"application/x-www-form-urlencoded": {"schema": schema, "encoding": encoding}});
        api(
            &json!({"requestBody": {"required": true, "content": content}}),
            &json!({}),
        )
    };
    let (deep, plain) = (json!({"style": "deepObject"}), json!({"style": "form"}));
    let (one, two) = (
        json!({"a": {"type": "string"}}),
        json!({"a": {"type": "string"}, "b": {"type": "object"}}),
    );
    let silent = |old: &Value, new: &Value| -> Vec<String> {
        let items = findings(old, new).into_iter().flat_map(|it| it.items);
        let silent = items.filter(|it| it.effect == Effect::SilentlyDifferent);
        silent.filter_map(|it| it.after).collect()
    };
    let with = form(two.clone(), json!({"b": deep}));
    assert_eq!(silent(&with, &form(one, json!({}))), [""; 0]);
    assert_eq!(
        silent(&with, &form(two, json!({"b": plain}))),
        ["sent as: b: Form, exploded"]
    );
}

/// Each item is told with the edit of its own parameter, in the operation's list and in that of its path.
#[test]
fn edits_of_several_parameters_have_the_items_of_each() {
    let path = |of_operation: &[(&str, u64)], of_path: &[(&str, u64)]| {
        let list = |all: &[(&str, u64)]| -> Value {
            let each = all.iter().map(|(name, most)| {
                json!({"name": name, "in": "query", "schema": {"type": "string", "maxLength": most}})
            });
            each.collect()
        };
        let mut api = api(&json!({"parameters": list(of_operation)}), &json!({}));
        api["paths"]["/order"]["parameters"] = list(of_path);
        api
    };
    let old = path(&[("a", 9), ("b", 9)], &[("c", 9)]);
    let new = path(&[("b", 7), ("a", 8), ("d", 1)], &[("c", 6)]);
    let all = findings(&old, &new);
    assert_eq!(all.len(), 4, "{all:#?}");
    for finding in &all {
        let items: Vec<&str> = finding.items.iter().map(|it| it.item.as_str()).collect();
        let [item] = items[..] else {
            panic!("{finding:#?}");
        };
        let (_, name) = item.rsplit_once('.').unwrap();
        assert!(
            finding.message.contains(&format!("`{name}`")),
            "{finding:#?}"
        );
    }
}

#[test]
fn a_scope_of_another_name_is_one_finding_however_many_ask_for_it() {
    let api = |scopes: &Value, asked: &Value| {
        let operation =
            json!({"security": [{"oauth": asked}], "responses": {"204": {"description": "Done."}}});
        let flow = json!({"tokenUrl": "https://a.example/token", "scopes": scopes});
        json!({
            "openapi": "3.1.0",
            "info": {"title": "Shop", "version": "1"},
            "paths": {"/a": {"get": operation}, "/b": {"get": operation}},
            "components": {"securitySchemes": {"oauth": {"type": "oauth2", "flows": {"clientCredentials": flow}}}},
        })
    };
    let old = api(&json!({"read": "r", "write": "w"}), &json!(["read"]));
    let renamed = api(&json!({"view": "r", "write": "w"}), &json!(["view"]));
    let rules = |new: &Value| -> Vec<String> {
        let told = told_of(&old, new).into_iter();
        told.map(|(rule, _)| rule).collect()
    };
    assert_eq!(
        rules(&renamed),
        ["api-security-component-oauth-scope-replaced"]
    );
    let other = api(&json!({"view": "r", "write": "w"}), &json!(["write"]));
    assert_eq!(rules(&other).len(), 3, "{:?}", rules(&other));
}

#[test]
fn a_status_in_the_place_of_one_of_another_class_is_a_status_that_changed() {
    let with = |status: &str| json!({"responses": {status: {"description": "No."}}});
    for (was, is) in [
        ("404", "500"),
        ("4XX", "5XX"),
        ("404", "5XX"),
        ("default", "500"),
        ("422", "default"),
    ] {
        let expected = one("response-non-success-status-changed", Severity::Warning);
        assert_eq!(told(&with(was), &with(is)), expected, "{was} {is}");
    }
    let expected = one("response-non-success-status-widened", Severity::Additive);
    assert_eq!(told(&with("404"), &with("4XX")), expected);
}

#[test]
fn the_first_server_of_an_operation_is_that_which_it_is_called_at() {
    let with = |urls: [&str; 2]| {
        let servers = urls.map(|url| json!({"url": url}));
        json!({"servers": servers})
    };
    let (one, other) = (
        ["https://a.example", "https://b.example"],
        ["https://b.example", "https://a.example"],
    );
    let told_of_both = told(&with(one), &with(other));
    assert_eq!(told_of_both.len(), 1, "{told_of_both:?}");
    assert_eq!(told_of_both[0].0, "api-server-changed");
    let of_document = [one, other].map(|urls| api(&json!({}), &with(urls)));
    assert_eq!(told_of(&of_document[0], &of_document[1]), []);
}
