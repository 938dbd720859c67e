//! Parameters of operations and channels that have another name, or are written in another way.

use serde_json::{Value, json};
use tilt_codegen::drift::{Finding, Severity};

use crate::drift_maps::findings;

/// An API whose only operation takes a parameter.
fn taking(parameter: &Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "paths": {"/orders": {"get": {
            "operationId": "list",
            "parameters": [parameter],
            "responses": {"204": {"description": "Done."}},
        }}},
    })
}

fn query(name: &str, schema: Value) -> Value {
    taking(&json!({"name": name, "in": "query", "schema": schema}))
}

fn told(old: &Value, new: &Value) -> Vec<(String, Severity)> {
    let found = findings(old, new).into_iter();
    found.map(|it| (it.rule, it.severity)).collect()
}

fn only(old: &Value, new: &Value) -> Finding {
    match <[Finding; 1]>::try_from(findings(old, new)) {
        Ok([finding]) => finding,
        Err(findings) => panic!("{findings:#?}"),
    }
}

#[test]
fn a_parameter_that_is_renamed_and_narrowed_is_renamed() {
    let old = query("q", json!({"type": "string"}));
    let new = query("text", json!({"type": "string", "maxLength": 4}));
    let breaking = |rule: &str| (rule.to_owned(), Severity::Breaking);
    assert_eq!(
        told(&old, &new),
        [
            breaking("request-parameter-renamed"),
            breaking("request-parameter-max-length-set"),
        ]
    );
    let other = query("page", json!({"type": "integer", "maximum": 4}));
    let rules: Vec<String> = told(&old, &other).into_iter().map(|it| it.0).collect();
    assert!(
        rules.contains(&"request-parameter-removed".to_owned()),
        "{rules:?}"
    );
}

#[test]
fn a_parameter_that_went_and_one_that_came_are_two_findings_at_most() {
    let of = |name: &str, most: u64, words: &str| {
        taking(&json!({
            "name": name, "in": "query", "description": words, "example": most,
            "schema": {"type": "integer", "maximum": most},
        }))
    };
    let told = told(&of("limit", 9, "Most."), &of("size", 8, "The size."));
    let rules: Vec<&str> = told.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(
        rules,
        [
            "request-parameter-removed",
            "new-optional-request-parameter"
        ]
    );
}

#[test]
fn a_parameter_that_is_written_as_a_media_type_is_one_finding() {
    let plain = query("q", json!({"type": "string"}));
    let content = json!({"application/json": {"schema": {"type": "string"}}});
    let written = taking(&json!({"name": "q", "in": "query", "content": content}));
    let words =
        taking(&json!({"name": "q", "in": "query", "content": content, "description": "Q."}));
    let finding = only(&plain, &written);
    assert_eq!(finding.rule, "request-parameter-media-type-added");
    assert_eq!(finding.severity, Severity::Breaking);
    assert_eq!(
        only(&written, &plain).rule,
        "request-parameter-media-type-removed"
    );
    assert_eq!(findings(&plain, &words).len(), 2);
}

/// A channel whose address has a name in braces.
fn channel(name: &str, message: &Value) -> Value {
    let mut channel = json!({"subscribe": {"message": message}});
    channel["parameters"][name] = json!({"schema": {"type": "string"}});
    let mut channels = json!({});
    channels[format!("orders/{{{name}}}")] = channel;
    json!({"asyncapi": "2.6.0", "info": {"title": "Shop", "version": "1"}, "channels": channels})
}

#[test]
fn a_parameter_of_a_channel_that_is_renamed_is_one_finding_that_no_message_shows() {
    for message in [
        json!({"name": "made", "payload": {"type": "object"}}),
        json!({"payload": {"type": "object"}}),
    ] {
        let finding = only(&channel("id", &message), &channel("key", &message));
        assert_eq!(finding.rule, "channel-address-parameter-renamed");
        assert_eq!(finding.severity, Severity::Editorial);
        assert_eq!(finding.reach.events, 1, "{finding:#?}");
    }
}

#[test]
fn what_messages_and_channels_have_anyway_may_be_stated() {
    let message = |more: (&str, Value)| {
        let mut message = json!({"name": "made", "payload": {"type": "object"}});
        message[more.0] = more.1;
        channel("id", &message)
    };
    let plain = message(("name", json!("made")));
    for (key, value) in [
        (
            "schemaFormat",
            json!("application/vnd.aai.asyncapi;version=2.6.0"),
        ),
        (
            "schemaFormat",
            json!("application/vnd.aai.asyncapi+yaml;version=2.6.0"),
        ),
    ] {
        let stated = message((key, value));
        assert!(told(&plain, &stated).is_empty());
        assert!(told(&stated, &plain).is_empty());
    }
    let other = message((
        "schemaFormat",
        json!("application/schema+json;version=draft-07"),
    ));
    assert_eq!(only(&plain, &other).rule, "message-schema-format-added");
    let bound = |binding: Value| message(("bindings", json!({"http": binding})));
    let latest = bound(json!({"bindingVersion": "latest"}));
    assert!(told(&bound(json!({})), &latest).is_empty());
    let spelled = |of: &str| message(("contentType", json!(of)));
    let (one, other) = (
        spelled("application/json"),
        spelled("Application/JSON;charset=utf-8"),
    );
    assert!(told(&one, &other).is_empty());
}

#[test]
fn a_number_is_a_text_where_everything_is() {
    let path = |schema: &Value| query("q", schema.clone());
    let each = |schema: &Value| query("q", json!({"type": "array", "items": schema}));
    let form = |schema: &Value| {
        let form = json!({"type": "object", "properties": {"a": schema}});
        let mut api = path(&json!({"type": "string"}));
        let content = json!({"application/x-www-form-urlencoded": {"schema": form}});
        api["paths"]["/orders"]["get"]["requestBody"] = json!({"content": content});
        api
    };
    let ways: [&dyn Fn(&Value) -> Value; 3] = [&path, &each, &form];
    let number = json!({"type": "integer", "maximum": 9});
    let text = json!({"type": "string"});
    for way in ways {
        let (old, new) = (way(&number), way(&text));
        assert_eq!(told(&old, &new)[0].1, Severity::Additive);
        assert_eq!(only(&new, &old).severity, Severity::Breaking);
        // Not any text.
        let date = way(&json!({"type": "string", "format": "date"}));
        assert_eq!(only(&old, &date).severity, Severity::Breaking);
    }
    let json = |schema: &Value| {
        let mut api = path(&text);
        let content = json!({"application/json": {"schema": schema}});
        api["paths"]["/orders"]["get"]["requestBody"] = json!({"content": content});
        api
    };
    assert_eq!(
        only(&json(&number), &json(&text)).severity,
        Severity::Breaking
    );
}

#[test]
fn parameters_that_are_renamed_at_once_are_renamed_each() {
    let with = |names: [&str; 2], more: &[Value]| {
        let of =
            |name: &str, ty: &str| json!({"name": name, "in": "query", "schema": {"type": ty}});
        let mut all = vec![of(names[0], "integer"), of(names[1], "string")];
        all.extend_from_slice(more);
        let mut api = query("q", json!({}));
        api["paths"]["/orders"]["get"]["parameters"] = json!(all);
        api
    };
    let renamed = || "request-parameter-renamed".to_owned();
    let rules = |new: &Value| {
        let mut rules: Vec<String> = told(&with(["a", "b"], &[]), new)
            .into_iter()
            .map(|it| it.0)
            .collect();
        rules.sort_unstable();
        rules
    };
    assert_eq!(rules(&with(["c", "d"], &[])), [renamed(), renamed()]);
    let more = json!({"name": "e", "in": "query", "schema": {"type": "boolean"}});
    let added = "new-optional-request-parameter".to_owned();
    assert_eq!(rules(&with(["a", "d"], &[more])), [added, renamed()]);
    let accept = json!({"name": "Accept", "in": "header", "schema": {"type": "string"}});
    let words = "text-changed".to_owned();
    assert_eq!(rules(&with(["a", "d"], &[accept])), [renamed(), words]);
}

#[test]
fn text_or_a_number_is_any_text() {
    let text = query("q", json!({"type": "string"}));
    let either = query("q", json!({"type": ["string", "integer"]}));
    for (old, new) in [(&text, &either), (&either, &text)] {
        assert_eq!(only(old, new).severity, Severity::Editorial);
    }
}
