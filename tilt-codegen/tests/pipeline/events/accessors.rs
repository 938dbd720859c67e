//! A property that payloads have in common is a method of the enum, and stays one.

use super::*;

fn to(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn described(text: &str) -> Value {
    json!({"type": "string", "description": text})
}

/// Events by the kinds that their payloads fix.
pub(super) fn sent(events: &[(&str, Value)]) -> Value {
    let mut channels = serde_json::Map::new();
    for (kind, payload) in events {
        let mut payload = payload.clone();
        payload["properties"]["kind"] = json!({"const": kind});
        payload["required"]
            .as_array_mut()
            .unwrap()
            .push(json!("kind"));
        let message = json!({"name": kind, "payload": payload});
        channels.insert(
            (*kind).to_owned(),
            json!({"subscribe": {"message": message}}),
        );
    }
    let resource = object(&["id"], json!({"id": text()}));
    document(
        Value::Object(channels),
        json!({"Resource": resource, "Other": object(&["no"], json!({"no": text()}))}),
    )
}

pub(super) fn payload() -> Value {
    object(
        &["resource"],
        json!({"resource": to("Resource"), "note": text()}),
    )
}

fn accessors(modelled: &Modelled) -> Vec<String> {
    let surface = tilt_codegen::surface(&modelled.sdk);
    let lines = surface.lines().filter(|line| line.starts_with("event."));
    lines.map(str::to_owned).collect()
}

fn docs_of(modelled: &Modelled, name: &str) -> String {
    let accessors = &modelled.sdk.events.as_ref().unwrap().accessors;
    let accessor = accessors.iter().find(|it| it.name == name).unwrap();
    accessor.docs.0.clone()
}

#[test]
fn properties_of_one_name_and_type_in_all_payloads_are_methods() {
    let mut lost = payload();
    lost["properties"]["note"] = json!({"type": "integer"});
    lost["properties"]["why"] = text();
    let paid = payload();
    let modelled = first(&sent(&[("paid", paid.clone()), ("lost", lost)]));
    assert_eq!(accessors(&modelled), ["event.resource: Resource"]);
    assert_eq!(
        accessors(&first(&sent(&[("paid", paid)]))),
        [""; 0],
        "one has nothing in common"
    );
}

#[test]
fn a_version_that_is_the_same_in_all_is_no_method_until_it_is_another() {
    let of = |schema: Value| object(&["v"], json!({"v": schema}));
    let (one, two) = (json!({"const": 1}), json!({"type": "integer"}));
    let before = first(&sent(&[("x", of(one.clone())), ("y", of(one.clone()))]));
    assert_eq!(accessors(&before), [""; 0]);
    let after = next(&sent(&[("x", of(one.clone())), ("y", of(two))]), &before);
    assert_eq!(accessors(&after), ["event.v: i64"]);
    let again = next(&sent(&[("x", of(one.clone())), ("y", of(one))]), &after);
    assert_eq!(accessors(&again), ["event.v: i64"]);
}

#[test]
fn a_property_may_be_absent_or_null_in_some() {
    let mut lost = payload();
    lost["required"] = json!([]);
    let mut gone = payload();
    gone["properties"]["resource"] = json!({"oneOf": [to("Resource"), {"type": "null"}]});
    let modelled = first(&sent(&[
        ("paid", payload()),
        ("lost", lost),
        ("gone", gone),
    ]));
    assert_eq!(
        accessors(&modelled),
        ["event.note: String", "event.resource: Resource"]
    );
}

#[test]
fn payloads_that_are_no_structs_do_not_count() {
    let mut document = sent(&[("paid", payload()), ("lost", payload())]);
    document["channels"]["ping"] = json!({"subscribe": {"message": {"name": "ping"}}});
    assert_eq!(
        accessors(&first(&document)),
        [
            "event.note: String not of Ping",
            "event.resource: Resource not of Ping"
        ]
    );
}

#[test]
fn an_accessor_stays_when_a_new_kind_lacks_it_or_has_another_type() {
    let before = first(&sent(&[("paid", payload()), ("lost", payload())]));
    let other = object(&["resource"], json!({"resource": to("Other")}));
    let events = [
        ("paid", payload()),
        ("lost", payload()),
        ("a", other.clone()),
        ("b", other.clone()),
        ("c", other),
    ];
    let document = sent(&events);
    assert_eq!(accessors(&first(&document)), [""; 0]);
    let after = next(&document, &before);
    let expected = [
        "event.note: String not of A, B, C",
        "event.resource: Resource not of A, B, C",
    ];
    assert_eq!(accessors(&after), expected);
    assert_eq!(accessors(&next(&document, &after)), expected);
    // With the property of its last event it goes.
    let gone = next(&sent(&events[2..]), &after);
    assert_eq!(accessors(&gone), ["event.resource: Other"]);
}

#[test]
fn methods_of_the_enum_keep_their_names_and_accessors_theirs() {
    let all = || {
        object(
            &[],
            json!({"parse": text(), "from_channel": text(), "from": text(), "type": text()}),
        )
    };
    let one = first(&sent(&[("paid", all()), ("lost", all())]));
    assert_eq!(
        accessors(&one),
        [
            "event.from_ (\"from\"): String",
            "event.from_channel_ (\"from_channel\"): String",
            "event.parse_ (\"parse\"): String",
            "event.r#type: String",
        ]
    );
    let upper = || object(&[], json!({"noteText": text()}));
    let before = first(&sent(&[("paid", upper()), ("lost", upper())]));
    let both = || object(&[], json!({"noteText": text(), "note_text": text()}));
    let after = next(&sent(&[("paid", both()), ("lost", both())]), &before);
    assert_eq!(
        accessors(&after),
        [
            "event.note_text (\"noteText\"): String",
            "event.note_text_snake (\"note_text\"): String",
        ]
    );
}

#[test]
fn an_accessor_says_what_most_payloads_say_of_the_property() {
    let with = |text: &str| {
        object(
            &["a", "b"],
            json!({"a": described(text), "b": {"type": "integer"}}),
        )
    };
    let modelled = first(&sent(&[
        ("x", with("Of x.")),
        ("y", with("Of all.")),
        ("z", with("Of all.")),
    ]));
    assert_eq!(
        docs_of(&modelled, "a"),
        "Of all.\n\n`None` if the event is not known."
    );
    assert!(docs_of(&modelled, "b").starts_with("The property `b`"));
}

#[test]
fn identifiers_of_the_configuration_are_told_apart() {
    let of = |name: &str| object(&[name], json!({name: text()}));
    let events = sent(&[("x", of("order_id")), ("y", of("order_id"))]);
    let config = "[ids]\norder_id = \"OrderId\"\n";
    let modelled = model(&events, None, config);
    assert_eq!(accessors(&modelled), ["event.order_id: OrderId"]);
    let lock = modelled.names.to_string();
    assert!(
        lock.contains("\naccessor order_id order_id OrderId\n"),
        "{lock}"
    );
    // It is not taken for another one when the setting changes.
    let renamed = model(&events, Some(lock), "[ids]\norder_id = \"OrderNumber\"\n");
    assert_eq!(accessors(&renamed), ["event.order_id: OrderNumber"]);
}
