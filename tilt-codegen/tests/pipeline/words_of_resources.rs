//! The words that a resource has: those of its name as a tag, or of the only tag that its operations have.

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs};

/// The words of the resource `orders`, whose operations have these tags.
fn words(tags: &[&[&str]], described: Value) -> String {
    let mut item = json!({});
    for (method, tags) in ["get", "post"].iter().zip(tags) {
        item[method] = json!({"tags": tags, "responses": {"200": {"description": "OK"}}});
    }
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "tags": described,
        "paths": {"/orders": item}
    });
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "openapi.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    };
    let modelled = Generator::new(Config::default()).model(&inputs).unwrap();
    assert_eq!(modelled.sdk.resources.len(), 1);
    modelled.sdk.resources[0].docs.0.clone()
}

#[test]
fn a_resource_has_the_words_of_the_only_tag_of_its_operations() {
    let described = || {
        json!([
            {"name": "Sales", "description": "What was sold."},
            {"name": "Stock", "description": "What is there."}
        ])
    };
    let sold = "What was sold.";
    assert_eq!(words(&[&["Sales"], &["Sales"]], described()), sold);
    // Words of one of several tags are not true of all.
    assert_eq!(words(&[&["Sales"], &["Stock"]], described()), "");
    assert_eq!(words(&[&["Sales", "Stock"], &["Sales"]], described()), "");
    // Its own name comes first.
    let own = json!([
        {"name": "Sales", "description": "What was sold."},
        {"name": "orders", "description": "Orders."}
    ]);
    assert_eq!(words(&[&["Sales"], &["Sales"]], own), "Orders.");
}
