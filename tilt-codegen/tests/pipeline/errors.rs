//! The properties that codes and messages of errors are read from, which `names.lock` keeps.

use serde_json::{Value, json};
use tilt_codegen::Modelled;

use crate::names::{first, model, next, object};

/// An API whose operations fail with one object, or each with its own.
fn failing(bodies: &[&[&str]]) -> Value {
    let mut paths = json!({});
    for (number, properties) in bodies.iter().enumerate() {
        let properties = properties.iter();
        let properties = properties.map(|it| ((*it).to_owned(), json!({"type": "string"})));
        let body = object(properties.collect());
        let error = json!({"description": "", "content": {"application/json": {"schema": body}}});
        let responses = json!({"204": {"description": ""}, "default": error});
        paths[format!("/p{number}")] = json!({"get": {"responses": responses}});
    }
    json!({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": paths})
}

fn read(modelled: &Modelled) -> [Option<&str>; 3] {
    let errors = &modelled.sdk.errors;
    let all = [&errors.code, &errors.message, &errors.request_id];
    all.map(|it| it.as_deref())
}

const OLD: &[&str] = &["error", "error_description"];
const GROWN: &[&str] = &["error", "error_description", "code", "message", "trace_id"];

#[test]
fn a_code_and_a_message_are_read_from_what_they_were_read_from() {
    let before = first(&failing(&[OLD]));
    let kept = [Some("error"), Some("error_description"), None];
    assert_eq!(read(&before), kept);
    let lock = before.names.to_string();
    assert!(
        lock.contains("\nerror code error\nerror message error_description\n"),
        "{lock}"
    );
    let after = next(&failing(&[GROWN]), &before);
    let and_more = [kept[0], kept[1], Some("trace_id")];
    assert_eq!(read(&after), and_more);
    assert_eq!(next(&failing(&[GROWN]), &after).names, after.names);
    // Other errors may become more than those that have it.
    let others: &[&str] = &["code", "message"];
    let after = next(&failing(&[OLD, others, others]), &before);
    assert_eq!(read(&after), kept);
    // One that no error has any more gives way to another.
    let after = next(&failing(&[others]), &before);
    assert_eq!(read(&after), [Some("code"), Some("message"), None]);
}

#[test]
fn a_setting_says_what_a_code_is_read_from_whatever_the_lock_says() {
    let before = first(&failing(&[OLD]));
    let config = "[errors]\ncode = \"code\"";
    let set = model(&failing(&[GROWN]), Some(&before.names.to_string()), config).unwrap();
    assert_eq!(read(&set)[..2], [Some("code"), Some("error_description")]);
    assert!(set.names.to_string().contains("\nerror code code\n"));
}
