//! Messages of AsyncAPI: the way that they go, and those that no channel has.

use serde_json::{Value, json};
use tilt_codegen::drift::{Bump, Direction, Effect, Finding, Severity};

use crate::drift_maps::findings;

/// A document whose messages all stand under `components`.
fn document(channels: Value) -> Value {
    let message = |name: &str, payload: Value| json!({"name": name, "payload": payload});
    let payload = json!({"type": "object", "properties": {"id": {"type": "string"}}});
    json!({
        "asyncapi": "2.6.0",
        "info": {"title": "Shop", "version": "1"},
        "channels": channels,
        "components": {"messages": {"Order": message("Order", payload), "Other": message("Other", json!({}))}},
    })
}

fn carrying(message: &str) -> Value {
    json!({"message": {"$ref": format!("#/components/messages/{message}")}})
}

fn only(old: &Value, new: &Value) -> Finding {
    match <[Finding; 1]>::try_from(findings(old, new)) {
        Ok([finding]) => finding,
        Err(findings) => panic!("{findings:#?}"),
    }
}

#[test]
fn an_operation_of_a_channel_that_goes_the_other_way_is_one_finding() {
    let with = |verb: &str| {
        let other = json!({"subscribe": carrying("Other")});
        document(json!({"orders": {verb: carrying("Order")}, "other": other}))
    };
    for verbs in [["publish", "subscribe"], ["subscribe", "publish"]] {
        let finding = only(&with(verbs[0]), &with(verbs[1]));
        assert_eq!(finding.rule, "channel-direction-changed");
        assert_eq!(finding.severity, Severity::Breaking);
        assert_eq!(
            finding.directions.into_iter().collect::<Vec<_>>(),
            [Direction::Request, Direction::Event]
        );
        let places = [&finding.old, &finding.new].map(|it| it.as_ref().unwrap().pointer.clone());
        assert_eq!(places, verbs.map(|it| format!("/channels/orders/{it}")));
    }
}

/// In a document that has no `subscribe`, the SDK takes what is published as what the API sends.
#[test]
fn what_the_sdk_takes_as_an_event_is_received() {
    let old = document(json!({"orders": {"publish": carrying("Order")}}));
    let mut new = old.clone();
    let payload = &mut new["components"]["messages"]["Order"]["payload"];
    payload["required"] = json!(["n"]);
    payload["properties"]["n"] = json!({"type": "integer"});
    let finding = only(&old, &new);
    assert_eq!(finding.rule, "event-required-property-added");
    assert_eq!(finding.severity, Severity::Additive);
    // It is spelled otherwise, and stays an event.
    let new = document(json!({"orders": {"subscribe": carrying("Order")}}));
    assert_eq!(only(&old, &new).severity, Severity::Editorial);
}

/// Two channels that went one way go two, whichever way that was.
#[test]
fn a_channel_that_leaves_the_others_goes_the_other_way() {
    let of = |verb: &str| {
        let other = json!({"publish": carrying("Other")});
        document(json!({"orders": {verb: carrying("Order")}, "other": other}))
    };
    let finding = only(&of("publish"), &of("subscribe"));
    assert_eq!(finding.rule, "channel-direction-changed");
    assert_eq!(finding.severity, Severity::Breaking);
}

#[test]
fn a_message_that_no_channel_has_is_no_event() {
    let old = document(json!({"orders": {"subscribe": carrying("Order")}}));
    let mut new = old.clone();
    new["components"]["messages"]["More"] = json!({"name": "More", "payload": {"type": "object"}});
    for (old, new) in [(&old, &new), (&new, &old)] {
        let finding = only(old, new);
        assert_eq!(finding.severity, Severity::Editorial);
        assert_eq!(finding.items, []);
    }
    new["channels"]["more"] = json!({"subscribe": carrying("More")});
    let findings = findings(&old, &new);
    let items = findings.iter().flat_map(|it| &it.items);
    let variants = items.filter(|it| it.effect == Effect::NewVariant);
    assert_eq!(
        variants.map(|it| &*it.item).collect::<Vec<_>>(),
        ["Event::More"]
    );
}

/// The name on the wire is that of the channel, of both: what is inside of one is not inside of the other.
#[test]
fn a_message_beside_one_that_has_its_name_is_new_with_all_that_it_has() {
    let message = |title: &str| {
        let data = json!({"type": "object", "properties": {title: {"type": "string"}}});
        let payload = json!({"title": title, "type": "object", "properties": {"data": data, "at": {"type": "string"}}});
        json!({"title": title, "payload": payload})
    };
    let with = |messages: &[Value]| {
        document(json!({"logins": {"subscribe": {"message": {"oneOf": messages}}}}))
    };
    let old = with(&[message("passed")]);
    let new = with(&[message("passed"), message("failed")]);
    let finding = only(&old, &new);
    assert_eq!(finding.rule, "message-added");
    assert_eq!(finding.upgrade, Bump::Minor);
}

/// The objects around a message weigh the same under `components`, on the ways of the operations that have it.
#[test]
fn what_channels_refer_to_goes_as_their_messages_do() {
    use Direction::{Event, Request};
    let with = |parameter: Value, bindings: Value, of_trait: &str| {
        let mut both = json!({"publish": carrying("Order"), "subscribe": carrying("Other")});
        both["parameters"] = json!({"id": {"$ref": "#/components/parameters/Id"}});
        both[of_trait]["traits"] = json!([{"$ref": "#/components/operationTraits/Kafka"}]);
        let mut document = document(json!({"orders/{id}": both}));
        document["components"]["parameters"] = json!({"Id": {"schema": parameter}});
        document["components"]["operationTraits"] = json!({"Kafka": {"bindings": bindings}});
        document
    };
    let (any, few) = (
        json!({"type": "string"}),
        json!({"type": "string", "enum": ["a"]}),
    );
    let (one, two) = (json!({"kafka": {"n": 1}}), json!({"kafka": {"n": 2}}));
    let both = [
        with(any.clone(), one.clone(), "subscribe"),
        with(few, one.clone(), "subscribe"),
    ];
    let of = |verb| {
        [
            with(any.clone(), one.clone(), verb),
            with(any.clone(), two.clone(), verb),
        ]
    };
    for ([old, new], ways, severity) in [
        (both, &[Request, Event][..], Severity::Breaking),
        (of("subscribe"), &[Event], Severity::Warning),
        (of("publish"), &[Request], Severity::Warning),
    ] {
        let finding = only(&old, &new);
        let told: Vec<Direction> = finding.directions.into_iter().collect();
        assert_eq!((&told[..], finding.severity), (ways, severity));
        let reached = (finding.reach.operations, finding.reach.events);
        let expected = [Request, Event].map(|way| usize::from(ways.contains(&way)));
        assert_eq!([reached.0, reached.1], expected);
    }
}

#[test]
fn headers_that_may_be_left_out_are_missed_by_some_programs_alone() {
    use Severity::{Additive, Breaking, Warning};
    let with = |verb: &str, headers: Value| {
        let mut message = json!({"name": "Sent", "payload": {"type": "object"}});
        if !headers.is_null() {
            message["headers"] = headers;
        }
        document(
            json!({"orders": {verb: {"message": message}}, "others": {"subscribe": carrying("Other")}}),
        )
    };
    let header = json!({"type": "object", "properties": {"X-Id": {"type": "string"}}});
    let mut always = header.clone();
    always["required"] = json!(["X-Id"]);
    for (verb, headers, came, went) in [
        ("subscribe", &header, Additive, Warning),
        ("subscribe", &always, Additive, Breaking),
        ("publish", &header, Additive, Warning),
        ("publish", &always, Breaking, Additive),
    ] {
        let (none, some) = (with(verb, Value::Null), with(verb, headers.clone()));
        let told = [only(&none, &some), only(&some, &none)].map(|it| it.severity);
        assert_eq!(told, [came, went], "{verb} {headers}");
    }
}
