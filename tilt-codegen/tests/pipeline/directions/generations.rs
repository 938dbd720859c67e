//! Types of two directions over generations: what `names.lock` keeps.

use serde_json::{Value, json};
use tilt_codegen::surface;

use super::{
    api, first, has, lacks, locks, next, object, plain_user, read_only, text, to, user, write_only,
};

#[test]
fn a_name_that_is_taken_is_not_that_of_a_request() {
    let schemas = json!({
        "User": user(),
        "UserInput": object(&[], json!({"a": text()})),
    });
    let api = first(&api(&["User", "UserInput"], &["User"], schemas));
    has(&api, "type UserInput.a: String?");
    has(
        &api,
        "type UserRequest required { name: String, password: String }",
    );
}

#[test]
fn a_schema_that_comes_is_named_around_that_of_a_request() {
    let before = first(&api(&["User"], &["User"], json!({"User": user()})));
    let schemas = json!({
        "User": user(),
        "UserInput": object(&[], json!({"a": text()})),
    });
    let after = next(&api(&["User", "UserInput"], &["User"], schemas), &before);
    has(
        &after,
        "type UserInput required { name: String, password: String }",
    );
    has(&after, "type UserInputSchema.a: String?");
}

#[test]
fn a_type_that_was_one_stays_one_when_a_property_gets_a_direction() {
    let before = first(&api(&["User"], &["User"], json!({"User": plain_user()})));
    has(
        &before,
        "type User required { id: String, name: String, password: String }",
    );
    let after = next(&api(&["User"], &["User"], json!({"User": user()})), &before);
    lacks(&after, "type UserInput");
    has(&after, "type User.id: String?");
    has(&after, "type User.password: String?");
    // Programs that make one are still asked for all that the API takes, and for nothing that it gives alone.
    has(
        &after,
        "type User required { name: String, password: String }",
    );
    lacks(&after, "type User set(id");
    locks(&after, "type User openapi#/components/schemas/User");
    // And once more.
    let again = next(&api(&["User"], &["User"], json!({"User": user()})), &after);
    assert_eq!(again.names, after.names);
    assert_eq!(surface(&again.sdk), surface(&after.sdk));
}

#[test]
fn a_type_that_was_two_stays_two_when_no_property_has_a_direction() {
    let before = first(&api(&["User"], &["User"], json!({"User": user()})));
    let after = next(
        &api(&["User"], &["User"], json!({"User": plain_user()})),
        &before,
    );
    has(&after, "type User.id: String");
    has(
        &after,
        "type UserInput required { name: String, password: String, id: String }",
    );
    let again = next(
        &api(&["User"], &["User"], json!({"User": plain_user()})),
        &after,
    );
    assert_eq!(again.names, after.names);
}

#[test]
fn a_type_of_answers_keeps_its_name_when_a_request_comes() {
    let before = first(&api(&[], &["User"], json!({"User": user()})));
    let after = next(&api(&["User"], &["User"], json!({"User": user()})), &before);
    has(&after, "type User.id: String");
    has(
        &after,
        "type UserInput required { name: String, password: String }",
    );
}

#[test]
fn a_type_of_requests_keeps_its_name_when_an_answer_comes() {
    let before = first(&api(&["User"], &[], json!({"User": user()})));
    let both = api(&["User"], &["User"], json!({"User": user()}));
    let after = next(&both, &before);
    has(
        &after,
        "type User required { name: String, password: String }",
    );
    has(&after, "type UserOutput.id: String");
    lacks(&after, "type UserOutput.password");
    let again = next(&both, &after);
    assert_eq!(again.names, after.names);
}

#[test]
fn of_two_types_the_one_that_is_left_keeps_its_name() {
    let before = first(&api(&["User"], &["User"], json!({"User": user()})));
    let requests = next(&api(&["User"], &[], json!({"User": user()})), &before);
    has(
        &requests,
        "type UserInput required { name: String, password: String }",
    );
    lacks(&requests, "type User ");
    let answers = next(&api(&[], &["User"], json!({"User": user()})), &before);
    has(&answers, "type User.id: String");
    lacks(&answers, "type UserInput");
}

#[test]
fn a_type_in_one_that_stays_one_is_of_both_directions_there() {
    let order = |customer: Value| object(&[], json!({"note": text(), "customer": customer}));
    let both = ["Order", "User"];
    let before = first(&api(
        &both,
        &both,
        json!({"Order": order(text()), "User": user()}),
    ));
    let after = api(
        &both,
        &both,
        json!({
            "Order": object(&[], json!({"note": text(), "customer": text(), "user": to("User")})),
            "User": user(),
        }),
    );
    let after = next(&after, &before);
    // Nothing of what was there is another.
    let lines = surface(&after.sdk);
    for line in surface(&before.sdk).lines() {
        assert!(lines.lines().any(|it| it == line), "{line}\n{lines}");
    }
    has(&after, "type Order.user: UserBothWays?");
    has(&after, "type UserBothWays.id: String?");
    has(&after, "type UserBothWays.password: String?");
    locks(&after, "type UserBothWays openapi#/components/schemas/User");
}

#[test]
fn equal_inline_types_of_two_directions_stay_one() {
    let part = || object(&["id", "at"], json!({"id": read_only(), "at": text()}));
    let both = ["A", "B"];
    let document = api(
        &both,
        &both,
        json!({"A": object(&[], json!({"part": part()})), "B": object(&[], json!({"part": part()}))}),
    );
    let before = first(&document);
    locks(&before, "type PartInput A/properties/part >");
    locks(&before, " + B/properties/part >");
    let after = next(&document, &before);
    assert_eq!(after.names, before.names);
    assert_eq!(surface(&after.sdk), surface(&before.sdk));
}

#[test]
fn an_object_of_read_only_properties_is_nothing_to_set() {
    let schemas = json!({
        "Order": object(&["own"], json!({"own": text(), "audit": to("Audit")})),
        "Audit": object(&["id"], json!({"id": read_only()})),
    });
    let modelled = first(&api(&["Order"], &["Order"], schemas.clone()));
    has(&modelled, "type Order.audit: Audit?");
    lacks(&modelled, "type OrderInput set(audit");
    lacks(&modelled, "type AuditInput");

    // One that could be set before still can be.
    let mut writable = schemas.clone();
    writable["Audit"] = object(&["id"], json!({"id": read_only(), "own": text()}));
    let before = first(&api(&["Order"], &["Order"], writable));
    has(&before, "type OrderInput set(audit: AuditInput)");
    let after = next(&api(&["Order"], &["Order"], schemas), &before);
    has(&after, "type OrderInput set(audit: AuditInput)");
}

#[test]
fn a_write_only_property_that_a_request_needs_is_asked_for_in_one_type_as_well() {
    let user = |required: &[&str], properties: Value| json!({"User": object(required, properties)});
    let plain = user(&["name"], json!({"name": text()}));
    let before = first(&api(&["User"], &["User"], plain));
    let properties = json!({"name": text(), "pin": write_only(), "note": write_only()});
    let grown = user(&["name", "pin"], properties);
    let after = next(&api(&["User"], &["User"], grown.clone()), &before);
    lacks(&after, "type UserInput");
    has(&after, "type User required { name: String, pin: String }");
    // An answer lacks it.
    has(&after, "type User.pin: String?");
    has(&after, "type User.note: String?");
    let again = next(&api(&["User"], &["User"], grown), &after);
    assert_eq!(surface(&again.sdk), surface(&after.sdk));
}
