//! Messages under `publish`, which the API receives, and which many documents take for those that it sends.

use super::*;

/// Clients order things, and hear of them.
fn shop() -> Value {
    document(
        json!({
            "orders": {"publish": message("place_order", "item"), "subscribe": message("order_placed", "id")},
            "stock": {"publish": message("refill", "shelf")},
        }),
        json!({}),
    )
}

/// The author calls publishing what the API does.
fn published() -> Value {
    let channels = json!({
        "a": {"publish": message("order_placed", "id")},
        "b": {"publish": message("order_lost", "reason")},
    });
    document(channels, json!({}))
}

#[test]
fn what_the_api_receives_is_no_event_beside_what_it_sends() {
    let modelled = first(&shop());
    assert_eq!(kinds(&modelled), ["order_placed"]);
    assert_eq!(
        findings(&modelled),
        [
            ("received-message", "/channels/orders/publish".to_owned()),
            ("received-message", "/channels/stock/publish".to_owned()),
        ]
    );
    assert!(
        modelled.findings.items[0]
            .message
            .contains("(`place_order`): it is no event"),
        "{:?}",
        modelled.findings.items[0]
    );
}

#[test]
fn where_nothing_is_sent_what_is_published_is_taken_as_sent() {
    let modelled = first(&published());
    assert_eq!(kinds(&modelled), ["order_lost", "order_placed"]);
    let told = ("published-events", "/channels/a/publish".to_owned());
    assert_eq!(findings(&modelled), [told]);
}

#[test]
fn the_configuration_settles_it_in_silence() {
    for (document, operations, expected) in [
        (shop(), "subscribe", &["order_placed"][..]),
        (shop(), "publish", &["place_order", "refill"]),
        (shop(), "both", &["order_placed", "place_order", "refill"]),
        (published(), "subscribe", &[]),
        (published(), "publish", &["order_lost", "order_placed"]),
        (published(), "both", &["order_lost", "order_placed"]),
    ] {
        let config = format!("[events]\noperations = \"{operations}\"\n");
        let modelled = model(&document, None, &config);
        assert_eq!(kinds(&modelled), expected, "{operations}");
        assert_eq!(findings(&modelled), [], "{operations}");
    }
}

#[test]
fn a_setting_for_operations_that_are_not_there_is_told() {
    let sent = document(
        json!({"a": {"subscribe": message("paid", "id")}}),
        json!({}),
    );
    let nothing = document(json!({"a": {}}), json!({}));
    for (document, operations, is_told) in [
        (&sent, "publish", true),
        (&sent, "subscribe", false),
        (&sent, "both", false),
        (&nothing, "subscribe", true),
        (&nothing, "both", true),
    ] {
        let config = format!("[events]\noperations = \"{operations}\"\n");
        let found = findings(&model(document, None, &config));
        let told = found.iter().map(|(code, _)| *code);
        let told = told.filter(|code| *code != "no-operations");
        let expected: &[_] = if is_told {
            &["unmatched-event-operations"]
        } else {
            &[]
        };
        assert_eq!(told.collect::<Vec<_>>(), expected, "{operations}");
    }
}

#[test]
fn a_declared_message_that_no_channel_sends_is_no_event() {
    let mut document = shop();
    let declared = |name: &str| message(name, "of")["message"].clone();
    document["components"]["messages"] = json!({"A": declared("alone"), "R": declared("received")});
    document["channels"]["stock"]["publish"] =
        json!({"message": {"$ref": "#/components/messages/R"}});
    let modelled = first(&document);
    assert_eq!(kinds(&modelled), ["order_placed"]);
    let told = ("unused-message", "/components/messages/A".to_owned());
    assert!(
        findings(&modelled).contains(&told),
        "{:?}",
        modelled.findings
    );
}

#[test]
fn an_event_of_earlier_generations_stays_one_and_says_so() {
    // As before there were rules about this.
    let before = model(&shop(), None, "[events]\noperations = \"both\"\n");
    let mut document = shop();
    document["channels"]["new"] = json!({"publish": message("close", "why")});
    let after = next(&document, &before);
    assert_eq!(kinds(&after), ["order_placed", "place_order", "refill"]);
    assert_eq!(
        findings(&after),
        [
            ("kept-message", "/channels/orders/publish".to_owned()),
            ("kept-message", "/channels/stock/publish".to_owned()),
            ("received-message", "/channels/new/publish".to_owned()),
        ]
    );
    assert_eq!(kinds(&next(&document, &after)), kinds(&after));
}

#[test]
fn published_events_stay_when_the_first_one_is_sent() {
    let before = first(&published());
    let mut document = published();
    document["channels"]["b"]["subscribe"] = message("order_found", "where");
    let after = next(&document, &before);
    assert_eq!(kinds(&after), ["order_found", "order_lost", "order_placed"]);
}

#[test]
fn events_told_by_their_payload_stay_when_others_are_not_told_so() {
    let payload = |kind: &str| {
        let payload = object(&["kind"], json!({"kind": {"const": kind}}));
        json!({"message": {"payload": payload}})
    };
    let mut document = document(
        json!({"a": {"publish": payload("x")}, "b": {"publish": payload("y")}}),
        json!({}),
    );
    let before = first(&document);
    assert_eq!(kinds(&before), ["x", "y"]);
    document["channels"]["c"] = json!({"subscribe": message("z", "id")});
    let after = next(&document, &before);
    let variants = |modelled: &Modelled| {
        let kinds = modelled.sdk.events.as_ref().unwrap().kinds.iter();
        kinds.map(|kind| kind.variant.clone()).collect::<Vec<_>>()
    };
    assert_eq!(variants(&after), ["X", "Y", "Z"]);
    let again = next(&document, &after);
    assert_eq!(variants(&again), ["X", "Y", "Z"]);
    assert_eq!(again.names, after.names);
}

#[test]
fn a_name_that_is_sent_keeps_nothing_that_is_received_under_it() {
    let both = |received: Value| {
        let sent = message("order", "id");
        document(
            json!({"orders": {"publish": received, "subscribe": sent}}),
            json!({}),
        )
    };
    for received in [message("order", "item"), message("order", "id")] {
        let document = both(received);
        let before = first(&document);
        assert_eq!(kinds(&before), ["order"]);
        let after = next(&document, &before);
        assert_eq!(after.names, before.names);
        assert_eq!(findings(&after), findings(&before));
    }
    // Both had been events, of two types.
    let document = both(message("order", "item"));
    let before = model(&document, None, "[events]\noperations = \"both\"\n");
    assert_eq!(kinds(&next(&document, &before)), ["order", "order"]);
}
