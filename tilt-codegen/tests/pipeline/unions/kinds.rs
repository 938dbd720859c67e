//! The property by which events tell their kind, which `names.lock` keeps.

use super::events::{kind_of, webhooks};
use super::*;
use crate::upgrades::pair::inputs;
use tilt_codegen::model::KindSaid;

/// A payload with constants, and a property of its own.
fn payload(own: &str, constants: &[(&str, &str)]) -> Option<Value> {
    let mut required = vec![own];
    let mut properties = json!({own: text()});
    for (property, value) in constants {
        required.push(property);
        properties[*property] = json!({"type": "string", "const": value});
    }
    Some(object(&required, properties))
}

fn next(document: &Value, before: &Modelled) -> Modelled {
    model(document, Some(before.names.to_string()))
}

/// Kinds on the wire, each with its variant.
fn kinds(modelled: &Modelled) -> Vec<(&str, &str)> {
    let kinds = modelled.sdk.events.iter().flat_map(|events| &events.kinds);
    let kinds = kinds.map(|kind| (kind.wire.as_str(), kind.variant.as_str()));
    kinds.collect()
}

fn codes(modelled: &Modelled) -> Vec<&str> {
    let findings = modelled.findings.items.iter();
    findings.map(|it| it.code.as_str()).collect()
}

fn property(modelled: &Modelled) -> Option<&str> {
    let path = modelled.sdk.events.as_ref()?.kind_property.as_ref()?;
    path.first().map(String::as_str)
}

#[test]
fn a_constant_that_comes_to_every_payload_takes_the_kind_from_none() {
    let two = |more: &[[(&str, &str); 2]; 2]| {
        let one = |at: usize, own| {
            let [kind, other] = more[at];
            let constants = [kind, other];
            let told = constants.iter().filter(|(name, _)| !name.is_empty());
            payload(own, &told.copied().collect::<Vec<_>>())
        };
        let all = [("orderShipped", one(0, "a")), ("orderLost", one(1, "b"))];
        webhooks(&all, json!({}))
    };
    let none = ("", "");
    let old = two(&[
        [("type", "order.shipped"), none],
        [("type", "order.lost"), none],
    ]);
    let new = two(&[
        [("type", "order.shipped"), ("event", "e.shipped")],
        [("type", "order.lost"), ("event", "e.lost")],
    ]);
    let before = model(&old, None);
    assert!(before.names.to_string().contains("\nkind type\n"));
    let after = next(&new, &before);
    assert_eq!(property(&after), Some("type"));
    assert_eq!(kinds(&after), kinds(&before));
    assert_eq!(kind_of(&new), Some(vec!["event".to_owned()]));
    // A property that no payload has any more is forgotten.
    let renamed = two(&[[("event", "e.shipped"), none], [("event", "e.lost"), none]]);
    let again = next(&renamed, &after);
    assert_eq!(property(&again), Some("event"));
    assert!(again.names.to_string().contains("\nkind event\n"));
}

#[test]
fn a_second_event_without_the_kind_takes_it_from_none() {
    let shipped = || ("orderShipped", payload("id", &[("type", "s")]));
    let before = model(&webhooks(&[shipped()], json!({})), None);
    for ping in [payload("zen", &[]), payload("zen", &[("event", "ping")])] {
        let after = next(&webhooks(&[shipped(), ("ping", ping)], json!({})), &before);
        assert_eq!(property(&after), Some("type"));
        assert_eq!(kinds(&after), [("ping", "Ping"), ("s", "S")]);
        let events = after.sdk.events.as_ref().unwrap();
        let said: Vec<KindSaid> = events.kinds.iter().map(|it| it.said).collect();
        assert_eq!(said, [KindSaid::Nowhere, KindSaid::Named]);
        assert_eq!(codes(&after), ["guessed-event-kind"]);
    }
}

#[test]
fn a_kind_that_calls_its_event_is_read_though_others_have_none() {
    let all = |property, value| {
        let shipped = payload("id", &[(property, value)]);
        let all = [
            ("orderShipped", shipped),
            ("ping", payload("zen", &[])),
            ("pong", payload("noise", &[])),
        ];
        model(&webhooks(&all, json!({})), None)
    };
    let told = all("type", "order.shipped");
    assert_eq!(property(&told), Some("type"));
    let told = all("event_type", "s");
    assert_eq!(property(&told), Some("event_type"));
    let unsaid = all("type", "order");
    assert_eq!(property(&unsaid), None);
    assert_eq!(codes(&unsaid), ["unread-event-kind"]);
}

#[test]
fn a_setting_says_by_what_kinds_are_told_whatever_the_lock_says() {
    let both = |kind, event| [("type", kind), ("event", event)];
    let all = [
        ("a", payload("a", &both("t.a", "e.a"))),
        ("b", payload("b", &both("t.b", "e.b"))),
    ];
    let document = webhooks(&all, json!({}));
    let before = model(&document, None);
    assert_eq!(property(&before), Some("event"));
    let inputs = inputs(&document, Some(before.names.to_string()));
    let config = Config::from_toml("[events]\nkind = \"type\"").unwrap();
    let set = Generator::new(config).model(&inputs);
    let set = set.unwrap_or_else(|refused| panic!("{refused}"));
    // Events that were called after the other property keep their names.
    assert_eq!(kinds(&set), [("t.a", "EA"), ("t.b", "EB")]);
    assert!(set.names.to_string().contains("\nkind type\n"));
}

/// A payload of the kinds of an event.
fn of_kinds(kinds: &[&str]) -> Option<Value> {
    let kind = json!({"type": "string", "enum": kinds});
    Some(object(&["event"], json!({"event": kind, "id": text()})))
}

#[test]
fn an_event_has_all_kinds_that_it_lists_and_no_other_claims() {
    let created = || ("orderCreated", of_kinds(&["order.created"]));
    let one = [("orderPaid", of_kinds(&["order.paid"])), created()];
    let more = ["order.created", "order.paid", "order.settled", "order.seen"];
    let two = [
        ("orderPaid", of_kinds(&more)),
        created(),
        ("orderSeen", payload("seen", &[])),
    ];
    let before = model(&webhooks(&one, json!({})), None);
    let after = next(&webhooks(&two, json!({})), &before);
    let was = [
        ("order.created", "OrderCreated"),
        ("order.paid", "OrderPaid"),
    ];
    assert_eq!(kinds(&before), was);
    let more = [
        ("orderSeen", "OrderSeen"),
        ("order.settled", "OrderSettled"),
    ];
    assert_eq!(kinds(&after), [was.as_slice(), &more].concat());
    let types: Vec<_> = after.sdk.events.iter().flat_map(|it| &it.kinds).collect();
    assert_eq!(types[1].ty, types[3].ty);
    let names = |modelled: &Modelled| modelled.names.to_string();
    assert!(names(&after).contains("\nevent order.settled OrderSettled "));
    // A name by which nothing of it was told does not go to what is beside it.
    let unsaid = [("orderPaid", payload("id", &[])), created()];
    let before = model(&webhooks(&unsaid, json!({})), None);
    let told = [
        ("orderPaid", of_kinds(&["order.aborted", "order.paid"])),
        created(),
    ];
    let after = next(&webhooks(&told, json!({})), &before);
    assert!(kinds(&after).contains(&("order.paid", "OrderPaid")));
    assert!(kinds(&after).contains(&("order.aborted", "OrderAborted")));
}
