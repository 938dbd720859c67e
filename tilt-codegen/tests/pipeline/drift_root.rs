//! The root of a document speaks for the operations and messages that have nothing of their own.

use serde_json::{Value, json};
use tilt_codegen::drift::{Bump, Direction, Finding, Severity};

use crate::drift_maps::findings;

/// An operation that has nothing of its own, and one that has.
fn api() -> Value {
    let answers = json!({"200": {"description": "It.", "content": {"text/plain": {
        "schema": {"type": "string"},
        "examples": {"one": {"$ref": "#/components/examples/One"}},
    }}}});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": "https://a.example"}],
        "security": [{"key": []}],
        "tags": [{"name": "own", "description": "Own."}],
        "paths": {
            "/plain": {"get": {"responses": {"200": {"description": "It."}}}},
            "/own": {"get": {
                "servers": [{"url": "https://own.example"}],
                "security": [{"basic": []}],
                "tags": ["own"],
                "responses": answers,
            }},
        },
        "components": {
            "examples": {"One": {"value": "a"}, "Two": {"value": "b"}},
            "securitySchemes": {
                "key": {"type": "apiKey", "in": "header", "name": "X"},
                "basic": {"type": "http", "scheme": "basic"},
            },
        },
    })
}

/// Channels on all servers, and on one of them; messages with the usual content type, and with one of their own.
fn events() -> Value {
    let message = json!({"name": "made", "payload": {"type": "object"}});
    let other = json!({"name": "gone", "contentType": "text/plain", "payload": {"type": "string"}});
    json!({
        "asyncapi": "2.6.0",
        "info": {"title": "Shop", "version": "1"},
        "defaultContentType": "application/json",
        "servers": {
            "a": {"url": "a.example", "protocol": "mqtt", "security": [{"key": []}]},
            "b": {"url": "b.example", "protocol": "mqtt"},
        },
        "channels": {
            "made": {"subscribe": {"message": message}},
            "gone": {"servers": ["b"], "subscribe": {"message": other}},
        },
        "components": {"securitySchemes": {
            "key": {"type": "userPassword"},
            "other": {"type": "X509"},
        }},
    })
}

fn with(document: &Value, at: &str, value: Value) -> Value {
    let mut document = document.clone();
    let (around, key) = at.rsplit_once('/').unwrap();
    let around = document.pointer_mut(around).unwrap();
    match value.is_null() {
        true => drop(around.as_object_mut().unwrap().remove(key)),
        false => around[key] = value,
    }
    document
}

fn only(old: &Value, new: &Value) -> Finding {
    match <[Finding; 1]>::try_from(findings(old, new)) {
        Ok([finding]) => finding,
        Err(findings) => panic!("{findings:#?}"),
    }
}

#[test]
fn what_the_document_says_is_counted_of_those_that_it_applies_to() {
    for (at, value, name) in [
        ("/security", json!([{"basic": []}]), "GET /plain"),
        ("/security", json!([]), "GET /plain"),
        (
            "/servers",
            json!([{"url": "https://b.example"}]),
            "GET /plain",
        ),
        ("/servers", json!(null), "GET /plain"),
        (
            "/tags",
            json!([{"name": "own", "description": "Mine."}]),
            "GET /own",
        ),
        ("/tags", json!(null), "GET /own"),
        ("/components/examples/One/value", json!("c"), "GET /own"),
    ] {
        let (old, new) = (api(), with(&api(), at, value));
        for finding in [only(&old, &new), only(&new, &old)] {
            assert_eq!(finding.reach.first, [name], "{finding:#?}");
        }
    }
    let unused = only(
        &api(),
        &with(&api(), "/components/examples/Two/value", json!(1)),
    );
    assert_eq!(unused.reach.operations, 0);
}

#[test]
fn security_of_the_document_that_no_operation_has_is_told_and_changes_nothing() {
    let mut own = api();
    own["paths"].as_object_mut().unwrap().remove("/plain");
    let finding = only(&own, &with(&own, "/security", json!([])));
    assert_eq!(finding.severity, Severity::Editorial, "{finding:#?}");
}

#[test]
fn what_all_messages_have_goes_as_those_do_that_have_none_of_their_own() {
    let other = with(&events(), "/defaultContentType", json!("text/plain"));
    let finding = only(&events(), &other);
    assert_eq!(finding.severity, Severity::Breaking);
    assert_eq!(finding.directions, [Direction::Event].into());
    assert_eq!(finding.reach.first, ["message made"]);
    let sent = |document: &Value| {
        let mut document = document.clone();
        let channel = &mut document["channels"]["made"];
        *channel = json!({"publish": channel["subscribe"]});
        document
    };
    let finding = only(&sent(&events()), &sent(&other));
    assert_eq!(finding.directions, [Direction::Request].into());
}

#[test]
fn a_message_that_states_its_content_type_had_that_of_the_document() {
    let at = "/channels/made/subscribe/message/contentType";
    let other = with(&events(), at, json!("text/plain"));
    for (old, new) in [(&events(), &other), (&other, &events())] {
        let finding = only(old, new);
        assert_eq!(finding.rule, "message-content-type-changed");
        assert_eq!(finding.severity, Severity::Breaking);
    }
    let same = with(&events(), at, json!("application/json"));
    assert!(findings(&events(), &same).is_empty());
}

#[test]
fn servers_of_messages_are_those_of_the_channels_that_are_on_them() {
    for (server, names) in [
        ("a", vec!["message made"]),
        ("b", vec!["message gone", "message made"]),
    ] {
        let at = format!("/servers/{server}/url");
        let finding = only(&events(), &with(&events(), &at, json!("c.example")));
        assert_eq!(finding.reach.first, names);
        assert_eq!(finding.directions, [Direction::Event].into());
    }
}

#[test]
fn a_channel_that_names_its_servers_is_on_these_alone() {
    let at = "/channels/made/servers";
    let both = with(&events(), at, json!(["b", "a"]));
    assert!(findings(&events(), &both).is_empty());
    let one = with(&events(), at, json!(["a"]));
    for (old, new, rule, severity) in [
        (events(), &one, "channel-server-removed", Severity::Breaking),
        (
            one.clone(),
            &events(),
            "channel-server-added",
            Severity::Additive,
        ),
    ] {
        let finding = only(&old, new);
        assert_eq!((&*finding.rule, finding.severity), (rule, severity));
    }
}

#[test]
fn what_connections_and_messages_have_to_prove_is_sent() {
    let server = "/servers/a/security";
    let operation = "/channels/gone/subscribe/security";
    let scheme = "/components/securitySchemes/key/type";
    for (at, value, rule, [forth, back]) in [
        (
            server,
            json!(null),
            "message-server-security-removed",
            [Severity::Additive, Severity::Breaking],
        ),
        (
            server,
            json!([{"other": []}]),
            "message-server-security-changed",
            [Severity::Breaking; 2],
        ),
        (
            server,
            json!([{"key": []}, {"other": []}]),
            "message-server-security-alternative-added",
            [Severity::Additive, Severity::Breaking],
        ),
        (
            operation,
            json!([{"key": []}]),
            "message-operation-security-added",
            [Severity::Breaking, Severity::Additive],
        ),
        (
            scheme,
            json!("X509"),
            "api-security-component-type-changed",
            [Severity::Breaking; 2],
        ),
    ] {
        let (old, new) = (events(), with(&events(), at, value));
        let (told, back_again) = (only(&old, &new), only(&new, &old));
        assert_eq!((&*told.rule, told.severity), (rule, forth));
        assert_eq!(back_again.severity, back, "{back_again:#?}");
        assert_eq!(told.directions, [Direction::Request].into());
    }
}

#[test]
fn an_operation_of_another_method_comes_and_goes_as_any() {
    let with = |additional: Value| {
        json!({
            "openapi": "3.2.0",
            "info": {"title": "Shop", "version": "1"},
            "paths": {"/orders": {"additionalOperations": additional, "get": {"responses": {}}}},
        })
    };
    let copy = json!({"COPY": {"responses": {"204": {"description": "Done."}}}});
    let (none, some) = (with(json!({})), with(copy));
    let told = [findings(&none, &some), findings(&some, &none)].map(|it| {
        let [finding] = &it[..] else {
            panic!("{it:#?}");
        };
        (
            finding.rule.clone(),
            finding.severity,
            finding.message.clone(),
        )
    });
    let [came, went] = told;
    let (rule, said) = ("endpoint-added-to-path", "`COPY /orders` is new");
    assert_eq!(came, (rule.to_owned(), Severity::Additive, said.to_owned()));
    let rule = "api-removed-without-deprecation";
    assert_eq!((&*went.0, went.1), (rule, Severity::Breaking));
}

#[test]
fn another_method_that_is_no_usual_one_is_one_finding() {
    let with = |method: &str| {
        json!({
            "openapi": "3.2.0",
            "info": {"title": "Shop", "version": "1"},
            "paths": {"/orders": {"additionalOperations": {method: {"responses": {}}}}},
        })
    };
    let found = findings(&with("COPY"), &with("MOVE"));
    let [finding] = &found[..] else {
        panic!("{found:#?}");
    };
    assert_eq!(finding.rule, "api-method-changed");
    assert_eq!(finding.reach.operations, 1);
}

/// The rules of the findings, each with how grave it is.
fn judged(old: &Value, new: &Value) -> Vec<(String, Severity)> {
    let found = findings(old, new).into_iter();
    found.map(|it| (it.rule, it.severity)).collect()
}

#[test]
fn a_variable_of_a_server_that_lists_no_values_takes_any() {
    let with = |variable: Value| {
        let mut api = api();
        api["servers"][0] = json!({"url": "https://{at}.example", "variables": {"at": variable}});
        api
    };
    let any = with(json!({"default": "a"}));
    let some = with(json!({"default": "a", "enum": ["a", "b"]}));
    let told = |rule: &str, severity| vec![(rule.to_owned(), severity)];
    let listed = told("server-variable-became-enum", Severity::Breaking);
    assert_eq!(judged(&any, &some), listed);
    let open = told("server-variable-enum-removed", Severity::Additive);
    assert_eq!(judged(&some, &any), open);
}

#[test]
fn requests_that_prove_more_than_is_asked_are_taken_still() {
    let asking = |security: Value| {
        let mut api = api();
        api["paths"]["/plain"]["get"]["security"] = security;
        api
    };
    let (both, either) = (
        json!([{"key": [], "basic": []}]),
        json!([{"key": []}, {"basic": []}]),
    );
    for less in [json!([{"key": []}]), either] {
        let (old, new) = (asking(both.clone()), asking(less));
        let eased = ("api-security-eased".to_owned(), Severity::Additive);
        assert_eq!(judged(&old, &new), [eased]);
        assert_eq!(judged(&new, &old)[0].1, Severity::Breaking);
    }
    let other = asking(json!([{"basic": []}]));
    let old = asking(json!([{"key": []}]));
    assert_eq!(judged(&old, &other)[0].1, Severity::Breaking);
}

/// An API at an address, whose paths begin so.
fn shifted(url: &str, piece: &str, most: u64) -> Value {
    let limit =
        json!({"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": most}});
    let operation = json!({"parameters": [limit], "responses": {"204": {"description": "Done."}}});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": url}],
        "paths": {
            format!("{piece}/orders"): {"get": operation},
            format!("{piece}/orders/{{id}}"): {"delete": {
                "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
                "responses": {"204": {"description": "Done."}},
            }},
        },
    })
}

#[test]
fn a_piece_of_servers_that_paths_begin_with_is_where_it_was() {
    let of_server = shifted("https://a.example/v1", "", 9);
    let of_paths = shifted("https://a.example", "/v1", 9);
    for (old, new) in [(&of_server, &of_paths), (&of_paths, &of_server)] {
        // Programs that say the address themselves have to say another one.
        let found = findings(old, new);
        let rules: Vec<&str> = found.iter().map(|it| it.rule.as_str()).collect();
        assert_eq!(rules, ["sdk-item-changed"]);
    }
    // An edit besides is told of itself alone.
    let found = findings(&of_server, &shifted("https://a.example", "/v1", 5));
    let told: Vec<(&str, Bump)> = found
        .iter()
        .map(|it| (it.rule.as_str(), it.upgrade))
        .collect();
    assert_eq!(
        told,
        [
            ("request-parameter-max-decreased", Bump::Patch),
            ("sdk-item-changed", Bump::Major),
        ]
    );
    let other = shifted("https://a.example", "/v2", 9);
    assert_eq!(findings(&of_server, &other)[0].severity, Severity::Breaking);
}
