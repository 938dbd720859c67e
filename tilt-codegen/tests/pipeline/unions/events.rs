//! Events that payloads tell apart, and those that have none.

use super::*;
use tilt_codegen::model::{JsonKinds, KindSaid};

pub(super) fn webhooks(webhooks: &[(&str, Option<Value>)], schemas: Value) -> Value {
    let mut document = api(&[], schemas);
    let webhook = |(name, schema): &(&str, Option<Value>)| {
        let mut post = json!({"responses": {"200": {"description": "taken"}}});
        if let Some(schema) = schema {
            post["requestBody"] = json!({"content": content(schema.clone())});
        }
        ((*name).to_owned(), json!({"post": post}))
    };
    document["webhooks"] = webhooks.iter().map(webhook).collect::<Map<_, _>>().into();
    document
}

pub(super) fn kind_of(document: &Value) -> Option<Vec<String>> {
    model(document, None).sdk.events.unwrap().kind_property
}

/// A payload of several events, which lists the kinds of all.
fn shared() -> Value {
    let kind = json!({"type": "string", "enum": ["order.paid", "order.lost", "order.new"]});
    object(&["type"], json!({"type": kind, "id": text()}))
}

#[test]
fn of_several_kinds_in_one_payload_the_name_decides() {
    let two = [
        ("order.paid", Some(to("Order"))),
        ("order.lost", Some(to("Order"))),
    ];
    let document = webhooks(&two, json!({"Order": shared()}));
    assert_eq!(kind_of(&document), Some(vec!["type".to_owned()]));
    let events = model(&document, None).sdk.events.unwrap();
    let kinds: Vec<&str> = events.kinds.iter().map(|kind| kind.wire.as_str()).collect();
    assert_eq!(kinds, ["order.lost", "order.paid"]);
}

#[test]
fn a_webhook_may_have_a_name_that_begins_as_extensions_do() {
    let document = webhooks(&[("x-paid", None)], json!({}));
    let events = model(&document, None).sdk.events.unwrap();
    let kinds: Vec<&str> = events.kinds.iter().map(|kind| kind.wire.as_str()).collect();
    assert_eq!(kinds, ["x-paid"]);
}

#[test]
fn a_property_of_any_name_tells_events_where_each_payload_fixes_it() {
    let payload = |value: &str, required: &[&str]| {
        Some(object(
            required,
            json!({"what_it_is": {"const": value}, "v": {"const": "1"}}),
        ))
    };
    let both = |required: &[&str]| {
        [
            ("a", payload("x", &["what_it_is", "v"])),
            ("b", payload("y", required)),
        ]
    };
    let told = webhooks(&both(&["v", "what_it_is"]), json!({}));
    assert_eq!(kind_of(&told), Some(vec!["what_it_is".to_owned()]));
    let may_be_absent = webhooks(&both(&["v"]), json!({}));
    assert_eq!(kind_of(&may_be_absent), None);
    let alone = webhooks(&both(&["v", "what_it_is"])[..1], json!({}));
    assert_eq!(kind_of(&alone), None);
}

#[test]
fn an_event_keeps_its_name_when_its_payload_begins_to_tell_it() {
    let payload = |value: &str, property: &str| {
        Some(object(
            &["k"],
            json!({"k": {"const": value}, property: text()}),
        ))
    };
    let fixed = [
        ("orderPaid", payload("p", "a")),
        ("orderLost", payload("l", "b")),
    ];
    let open = [
        (
            "orderPaid",
            Some(object(&["k"], json!({"k": text(), "a": text()}))),
        ),
        (
            "orderLost",
            Some(object(&["k"], json!({"k": text(), "b": text()}))),
        ),
    ];
    let before = model(&webhooks(&open, json!({})), None);
    let after = model(&webhooks(&fixed, json!({})), Some(before.names.to_string()));
    let variants = |modelled: &Modelled| {
        let events = modelled.sdk.events.clone().unwrap();
        let kinds = events.kinds.into_iter().map(|kind| kind.variant);
        kinds.collect::<Vec<_>>()
    };
    assert_eq!(variants(&before), ["OrderLost", "OrderPaid"]);
    assert_eq!(variants(&after), variants(&before));
}

#[test]
fn a_webhook_without_a_body_takes_nothing_of_others() {
    let paid = object(&["amount"], json!({"amount": {"type": "integer"}}));
    let document = webhooks(&[("ping", None), ("paid", Some(paid))], json!({}));
    let events = model(&document, None).sdk.events.unwrap();
    assert_eq!(events.kind_property, None);
    let objects = events.union.variants.iter();
    let objects: Vec<_> = objects
        .map(|it| (it.name.as_str(), it.kinds.object))
        .collect();
    assert_eq!(objects, [("Paid", true), ("Ping", false)]);
}

#[test]
fn an_event_without_the_kind_leaves_it_to_the_others() {
    let of = |kind: &str| Some(object(&["type"], json!({"type": {"const": kind}})));
    let ping = |property: &str| Some(object(&["id"], json!({"id": text(), property: text()})));
    let all = |events: &[(&str, Option<Value>)]| webhooks(events, json!({}));
    let kind = Some(vec!["type".to_owned()]);
    for (property, said) in [("other", KindSaid::Nowhere), ("type", KindSaid::ByAnyValue)] {
        let most = [
            ("paid", of("a")),
            ("lost", of("b")),
            ("ping", ping(property)),
        ];
        let events = model(&all(&most), None).sdk.events.unwrap();
        assert_eq!(events.kind_property, kind);
        let said_of = |wire: &str| {
            events
                .kinds
                .iter()
                .find(|it| it.wire == wire)
                .map(|it| it.said)
        };
        assert_eq!(said_of("ping"), Some(said));
        assert_eq!(said_of("a"), Some(KindSaid::Named));
    }
    let half = |paid, lost| {
        [
            ("paid", of(paid)),
            ("lost", of(lost)),
            ("ping", ping("x")),
            ("pong", ping("y")),
        ]
    };
    assert_eq!(kind_of(&all(&half("a", "b"))), None);
    assert_eq!(kind_of(&all(&half("order.paid", "b"))), None);
    assert_eq!(kind_of(&all(&half("order.paid", "order.lost"))), kind);
    let one = [("paid", of("a"))];
    assert_eq!(kind_of(&all(&one)), kind);
}

#[test]
fn an_event_that_is_not_read_takes_nothing_of_others_and_says_no_kind() {
    let paid = object(&["type"], json!({"type": {"const": "p"}}));
    let mut document = webhooks(&[("paid", Some(paid)), ("scan", None)], json!({}));
    document["webhooks"]["scan"]["post"]["requestBody"] =
        json!({"content": {"multipart/form-data": {"schema": object(&[], json!({"a": text()}))}}});
    let events = model(&document, None).sdk.events.unwrap();
    assert_eq!(events.kind_property, Some(vec!["type".to_owned()]));
    let objects = events.union.variants.iter();
    let objects: Vec<_> = objects
        .map(|it| (it.name.as_str(), it.kinds.object))
        .collect();
    assert_eq!(objects, [("P", true), ("Scan", false)]);
}

#[test]
fn another_event_with_a_kind_of_one_leaves_the_others_to_it() {
    let payload = |value: &str, property: &str| {
        let kind = json!({"const": value});
        let required = ["type", property];
        Some(object(&required, json!({"type": kind, property: text()})))
    };
    let mut all = vec![
        ("orderPaid", payload("order.paid", "paid")),
        ("orderLost", payload("order.lost", "lost")),
        ("orderPaidAgain", payload("order.paid", "again")),
    ];
    assert_eq!(
        kind_of(&webhooks(&all, json!({}))),
        Some(vec!["type".to_owned()])
    );
    // A value that all have says nothing of them.
    all[1].1 = payload("order.paid", "lost");
    assert_eq!(kind_of(&webhooks(&all, json!({}))), None);
}

/// One webhook that carries either of two payloads, which a discriminator tells apart.
fn chosen(discriminator: Value) -> Value {
    let payload = json!({"oneOf": [to("A"), to("B")], "discriminator": discriminator});
    let either = object(&["type"], json!({"type": text(), "id": text()}));
    webhooks(
        &[("changed", Some(payload))],
        json!({"A": either, "B": either}),
    )
}

#[test]
fn a_discriminator_tells_the_payloads_of_an_event_apart() {
    let mapping = json!({"a.x": "A", "b.x": "#/components/schemas/B", "b.y": "B"});
    for (discriminator, wires) in [
        (
            json!({"propertyName": "type", "mapping": mapping}),
            ["a.x", "b.x", "b.y"].as_slice(),
        ),
        // Without values, it is the name of the schema.
        (json!({"propertyName": "type"}), ["A", "B"].as_slice()),
    ] {
        let events = model(&chosen(discriminator), None).sdk.events.unwrap();
        assert_eq!(events.kind_property, Some(vec!["type".to_owned()]));
        let mut kinds: Vec<&str> = events.kinds.iter().map(|kind| kind.wire.as_str()).collect();
        kinds.sort_unstable();
        assert_eq!(kinds, wires);
        assert!(events.kinds.iter().all(|it| it.said == KindSaid::Named));
    }
}

#[test]
fn of_two_events_with_one_payload_neither_is_known_by_its_look() {
    let pet = object(&["name"], json!({"name": text()}));
    let toy = object(&["size"], json!({"size": text()}));
    let three = [
        ("born", Some(to("Pet"))),
        ("gone", Some(to("Pet"))),
        ("lost", Some(to("Toy"))),
    ];
    let document = webhooks(&three, json!({"Pet": pet, "Toy": toy}));
    let modelled = model(&document, None);
    let findings = modelled.findings.items.iter();
    let codes: Vec<_> = findings.map(|it| it.code.as_str()).collect();
    assert_eq!(codes, ["indistinct-events"]);
    let events = modelled.sdk.events.unwrap();
    let looks = events.kinds.iter().zip(&events.union.variants);
    let known = looks.filter(|(_, look)| look.kinds != JsonKinds::default());
    let known: Vec<&str> = known.map(|(kind, _)| kind.wire.as_str()).collect();
    assert_eq!(known, ["lost"]);
}
