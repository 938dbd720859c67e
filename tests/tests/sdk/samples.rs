//! Samples are what they are for: valid, and easy to change.

use serde_json::{Value, json};
use tilt_generated::rt::schemars::{JsonSchema, schema_for};
use tilt_generated::types::{self, Order, OrderStatus, PaymentApproved};
use tilt_generated::{Event, Sample};

fn check<T: Sample + JsonSchema + serde::Serialize>() {
    let sample = serde_json::to_value(T::sample()).expect("JSON");
    assert_eq!(sample, T::sample_json(), "{}", T::schema_name());
    let validator = jsonschema::validator_for(schema_for!(T).as_value()).expect("a schema");
    let errors: Vec<String> = validator
        .iter_errors(&sample)
        .map(|error| error.to_string())
        .collect();
    assert!(errors.is_empty(), "{}: {errors:?}", T::schema_name());
}

#[test]
fn samples_are_valid() {
    check::<types::Address>();
    check::<types::CreatedOrder>();
    check::<types::ErrorEnvelope>();
    check::<types::LaunchToken>();
    check::<types::Location>();
    check::<types::LocationDetail>();
    check::<types::LocationPage>();
    check::<types::Order>();
    check::<types::OrderPayment>();
    check::<types::Payment>();
    check::<types::PaymentApproved>();
    check::<types::PaymentExpired>();
    check::<types::Refund>();
    check::<types::VoidedPayment>();
}

#[test]
fn a_test_changes_what_it_is_about() {
    let mut order = Order::sample();
    order.status = OrderStatus::Paid;
    order.extra.insert("new".to_owned(), json!(1));
    let json: Value = serde_json::to_value(&order).expect("JSON");
    assert_eq!((&json["status"], &json["new"]), (&json!("paid"), &json!(1)));
    let event = Event::PaymentApproved(PaymentApproved::sample().into());
    assert!(matches!(event, Event::PaymentApproved(_)));
}
