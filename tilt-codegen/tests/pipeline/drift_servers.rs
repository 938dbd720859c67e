//! The items of servers: what who implements one has to do on upgrading.

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::drift::{Bump, Finding};

use crate::drift_maps::inputs;

/// An API with an operation and a webhook, which asks and answers the same.
fn shop() -> Value {
    let operation = json!({
        "operationId": "place",
        "parameters": [{"name": "v", "in": "query", "schema": {"type": "string"}}],
        "requestBody": {"required": true, "content": {"text/plain": {}}},
        "responses": {"204": {"description": "Done."}},
    });
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "paths": {"/orders": {"post": operation}},
        "webhooks": {"shipped": {"post": operation}},
    })
}

fn only(old: &Value, new: &Value, settings: &str) -> Finding {
    let config = Config::from_toml(settings).unwrap();
    let drift = tilt_codegen::diff(&inputs(old), &inputs(new), &config).unwrap();
    match <[Finding; 1]>::try_from(drift.findings) {
        Ok([finding]) => finding,
        Err(findings) => panic!("{findings:#?}"),
    }
}

/// The items of servers that a finding has.
fn served(finding: &Finding) -> Vec<(&str, Bump)> {
    let items = finding.items.iter();
    let items =
        items.filter(|it| it.item.starts_with("server::") || it.item.starts_with("received::"));
    items.map(|it| (it.item.as_str(), it.bump)).collect()
}

/// An edit of an operation, and the items of both sides that are told where it is added, and where it is removed.
type Case = (fn(&mut Value), [&'static str; 2]);

const CASES: &[Case] = &[
    (
        |it| {
            let more = json!({"name": "more", "in": "query", "schema": {"type": "string"}});
            it["parameters"].as_array_mut().unwrap().push(more);
        },
        [
            "server::orders::CreateOrderRequest::more",
            "received::webhooks::ShippedWebhookRequest::more",
        ],
    ),
    (
        |it| it["responses"]["404"] = json!({"description": "None."}),
        [
            "server::orders::CreateOrderAnswer::NotFound",
            "received::webhooks::ShippedWebhookAnswer::NotFound",
        ],
    ),
];

#[test]
fn what_a_server_is_asked_and_answers_comes_as_minor_and_goes_as_major() {
    for (edit, items) in CASES {
        for (at, item) in ["/paths/~1orders/post", "/webhooks/shipped/post"]
            .iter()
            .zip(items)
        {
            let (less, mut more) = (shop(), shop());
            edit(more.pointer_mut(at).unwrap());
            for (old, new, bump) in [(&less, &more, Bump::Minor), (&more, &less, Bump::Major)] {
                let finding = only(old, new, "parts.server = true");
                assert_eq!(served(&finding), [(*item, bump)]);
                assert_eq!(finding.upgrade, bump);
                assert_eq!(served(&only(old, new, "")), []);
            }
        }
    }
}

#[test]
fn a_method_of_a_trait_comes_as_minor_and_goes_as_major() {
    let (less, mut more) = (shop(), shop());
    let other = more["paths"]["/orders"]["post"].clone();
    more["paths"]["/orders"]["put"] = other;
    more["paths"]["/orders"]["put"]["operationId"] = json!("move");
    for (old, new, bump) in [(&less, &more, Bump::Minor), (&more, &less, Bump::Major)] {
        let finding = only(old, new, "parts.server = true");
        assert_eq!(served(&finding), [("server::orders::Orders::move", bump)]);
    }
}

#[test]
fn a_value_that_need_not_come_is_another_type_of_a_request() {
    let (old, mut new) = (shop(), shop());
    new["webhooks"]["shipped"]["post"]["parameters"][0]["required"] = json!(true);
    for (old, new) in [(&old, &new), (&new, &old)] {
        let finding = only(old, new, "parts.server = true");
        let expected = [("received::webhooks::ShippedWebhookRequest::v", Bump::Major)];
        assert_eq!(served(&finding), expected);
    }
}

#[test]
fn a_header_that_an_answer_has_to_have_is_work_for_methods() {
    let with = |required: bool| {
        let mut shop = shop();
        let responses = &mut shop["paths"]["/orders"]["post"]["responses"];
        let answers = responses.as_object_mut().unwrap();
        let (_, answer) = answers.iter_mut().next().unwrap();
        answer["headers"] =
            json!({"X-Left": {"required": required, "schema": {"type": "integer"}}});
        shop
    };
    for (old, new) in [(with(false), with(true)), (with(true), with(false))] {
        let finding = only(&old, &new, "parts.server = true");
        let told = served(&finding);
        assert!(matches!(told[..], [(_, Bump::Major)]), "{told:?}");
    }
}

/// Where only a server is made, nothing is said of a client.
#[test]
fn a_server_alone_has_no_methods_of_a_client() {
    let (old, mut new) = (shop(), shop());
    new["paths"]["/orders"]["post"]["parameters"][0]["schema"] = json!({"type": "integer"});
    let finding = only(&old, &new, "parts = { server = true, client = false }");
    let items: Vec<&str> = finding.items.iter().map(|it| it.item.as_str()).collect();
    assert_eq!(items, ["server::orders::CreateOrderRequest::v"]);
}

#[test]
fn the_surface_has_what_a_server_is_asked_and_answers() {
    let lines = |settings: &str| {
        let inputs = inputs(&shop());
        let config = Config::from_toml(settings).unwrap();
        let sdk = tilt_codegen::Generator::new(config)
            .model(&inputs)
            .unwrap()
            .sdk;
        let surface = tilt_codegen::surface::surface(&sdk);
        let lines = surface.lines().filter(|it| it.starts_with("serves "));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        lines("parts.server = true"),
        [
            "serves received::webhooks::Webhooks.shipped(ShippedWebhookRequest { v: String?, body: text }) -> ShippedWebhookAnswer { NoContent: () } = POST shipped (webhook)",
            "serves server::orders::Orders.create(CreateOrderRequest { v: String?, body: text }) -> CreateOrderAnswer { NoContent: () } = POST /orders",
        ]
    );
    assert!(lines("").is_empty());
}
