//! The comparison: of what was sent with what arrived.

use super::super::calls::program::{forms, key};
use super::super::calls::{Order, Outcome, Told};
use super::super::value::equal;
use super::answers::Given;
use serde::Deserialize;
use serde_json::{Map, Value};
use tilt_codegen::model::{HttpMethod, Location, Operation, Parameter, Payload, Retry};

/// The parts of a request that a server was given.
#[derive(Deserialize)]
struct Arrived {
    arguments: Map<String, Value>,
    body: Option<Value>,
}

/// The difference between what was sent and what arrived, on either side.
pub(super) fn fault(
    operation: &Operation,
    order: &Order,
    outcome: &Outcome,
    given: &Given,
) -> Option<String> {
    let answer = &outcome.exchanges.last()?.answer;
    let Some(arrived) = arrived(&answer.arrived) else {
        return Some(format!("refused: {} {}", answer.status, answer.body));
    };
    // A client that is given no key for what must not be done twice makes one.
    let is_made = |it: &&Parameter| match &operation.retry {
        Retry::Keyed { header, .. } => it.wire == *header && it.location == Location::Header,
        Retry::Repeatable | Retry::Once => false,
    };
    let is_given = |it: &&Parameter| {
        order
            .arguments
            .contains_key(&key(it.location.word(), &it.wire))
            || !is_made(it)
    };
    let keys = operation.parameters.iter().filter(is_given);
    let keys = keys.map(|it| key(it.location.word(), &it.wire));
    let arguments = keys.map(|key| {
        let both = (order.arguments.get(&key), arrived.arguments.get(&key));
        (key, both)
    });
    let sent = order.body.as_ref().map(|it| &it.value);
    let body = (sent, arrived.body.as_ref());
    let mut all = arguments.chain([("body".to_owned(), body)]);
    let is_text = sends_text(operation, order);
    let differs = all.find(|(place, (sent, arrived))| {
        let is_text = is_text && place == "body";
        let is_same = are_equal(*sent, *arrived) || is_text && is_text_of(*sent, *arrived);
        !is_same
    });
    if let Some((place, (sent, arrived))) = differs {
        return Some(format!(
            "{place}: {} arrived for {}",
            text(arrived),
            text(sent)
        ));
    }
    if answer.status != given.status {
        return Some(format!("answered {} for {}", answer.status, given.status));
    }
    if let Some(objection) = objection(&answer.violations) {
        return Some(format!("objected to: {objection} of {}", answer.body));
    }
    let mut headers = given.headers.iter();
    let differs = headers.find(|(name, value)| !are_equal(outcome.headers.get(*name), Some(value)));
    if let Some((name, value)) = differs {
        let came = text(outcome.headers.get(name));
        return Some(format!("header {name}: {came} came back for {value}"));
    }
    let has_body = !given.is_empty && operation.method != HttpMethod::Head;
    let value = &given.value;
    (!came_back(&outcome.told, value, has_body))
        .then(|| format!("{:?} came back for {value}", outcome.told))
}

/// Whether the SDK takes the body as text or bytes: of a value that is none, the text of its JSON was given.
fn sends_text(operation: &Operation, order: &Order) -> bool {
    let form = order.body.as_ref().map(|it| it.form);
    let body = operation.body.as_ref();
    let media = form.and_then(|form| forms(body?).get(form).copied());
    media.is_some_and(|it| matches!(it.payload, Payload::Text | Payload::Bytes))
}

/// Whether a client hands out what a server answered with.
fn came_back(told: &Told, value: &Value, has_body: bool) -> bool {
    match told {
        Told::Json(text) => is_value(text, value),
        Told::Text(text) => value.as_str() == Some(text) || is_value(text, value),
        Told::Items(items) => items.len() == 1 && items.iter().all(|it| is_value(it, value)),
        Told::Nothing => !has_body,
        // It is a fault whatever was given.
        Told::Argument(_) | Told::Failed(_) => true,
    }
}

/// The first of what Prism says against an answer.
fn objection(violations: &str) -> Option<String> {
    let violations: Vec<Value> = serde_json::from_str(violations).unwrap_or_default();
    let is_fault = |it: &&Value| it["location"][0] == "response" && it["severity"] == "Error";
    violations.iter().find(is_fault).map(Value::to_string)
}

fn are_equal(one: Option<&Value>, other: Option<&Value>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => equal(one, other),
        (one, other) => one.is_none() && other.is_none(),
    }
}

/// Whether a text is the JSON of what was sent.
fn is_text_of(sent: Option<&Value>, arrived: Option<&Value>) -> bool {
    let arrived = arrived.and_then(Value::as_str);
    sent.zip(arrived)
        .is_some_and(|(sent, arrived)| !sent.is_string() && is_value(arrived, sent))
}

fn is_value(text: &str, value: &Value) -> bool {
    serde_json::from_str::<Value>(text).is_ok_and(|it| equal(&it, value))
}

fn text(value: Option<&Value>) -> String {
    value.map_or_else(|| "nothing".to_owned(), Value::to_string)
}

fn arrived(digits: &str) -> Option<Arrived> {
    let pairs = digits.as_bytes().chunks(2);
    let bytes = pairs.map(|it| u8::from_str_radix(str::from_utf8(it).ok()?, 16).ok());
    let bytes: Option<Vec<u8>> = bytes.collect();
    serde_json::from_slice(&bytes?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_arrived_is_read_from_digits_and_nothing_else() {
        let read = arrived("7b22617267756d656e7473223a7b2261223a317d7d").expect("what arrived");
        assert_eq!(Value::from(read.arguments), json!({"a": 1}));
        assert_eq!(read.body, None);
        for digits in ["", "7", "7b", "7g"] {
            assert!(arrived(digits).is_none(), "{digits}");
        }
    }

    #[test]
    fn a_text_is_that_of_a_value() {
        for (sent, arrived, is_it) in [
            (json!({"a": 1}), json!("{\"a\": 1}"), true),
            (json!([]), json!("[1]"), false),
            (json!([]), json!([]), false),
            (json!("[]"), json!("[]"), false),
        ] {
            let is_so = is_text_of(Some(&sent), Some(&arrived));
            assert_eq!(is_so, is_it, "{arrived} for {sent}");
        }
    }

    #[test]
    fn what_comes_back_is_the_value_and_there_is_one() {
        let value = json!("a");
        let items = |items: &[&str]| Told::Items(items.iter().map(|it| (*it).to_owned()).collect());
        for (told, has_body, is_right) in [
            (Told::Json("\"a\"".to_owned()), true, true),
            (Told::Json("\"b\"".to_owned()), true, false),
            (Told::Text("a".to_owned()), true, true),
            (Told::Text("b".to_owned()), true, false),
            (items(&["\"a\""]), true, true),
            (items(&["\"a\"", "\"a\""]), true, false),
            (items(&[]), true, false),
            (Told::Nothing, true, false),
            (Told::Nothing, false, true),
        ] {
            assert_eq!(came_back(&told, &value, has_body), is_right, "{told:?}");
        }
    }

    #[test]
    fn of_objections_only_errors_of_answers_count() {
        for (violations, is_one) in [
            ("", false),
            (r#"[{"location": ["request"], "severity": "Error"}]"#, false),
            (
                r#"[{"location": ["response"], "severity": "Information"}]"#,
                false,
            ),
            (
                r#"[{"location": ["response", "body"], "severity": "Error"}]"#,
                true,
            ),
        ] {
            assert_eq!(objection(violations).is_some(), is_one, "{violations}");
        }
    }
}
