//! A feature for each tag: what is there with which of them.

use tilt_codegen::config::Config;
use tilt_codegen::render::{self, RenderOptions};
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs};

fn package(document: &str) -> impl Fn(&str) -> String + use<> {
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "api.yaml".to_owned(),
            bytes: document.as_bytes().to_vec(),
        }),
        ..Inputs::default()
    };
    let modelled = Generator::new(Config::default()).model(&inputs);
    let options = RenderOptions::new("api");
    let files = render::package(&modelled.expect("a document without errors").sdk, &options);
    move |path| {
        let file = files.iter().find(|file| file.path == path);
        file.expect("a file of this path").contents.clone()
    }
}

const TAGGED: &str = r##"
openapi: 3.1.0
info: {title: Tagged, version: "1"}
paths:
  /orders: {get: {tags: [Orders], responses: {"200": {$ref: "#/components/responses/Order"}}}}
  /times: {get: {tags: [Time], responses: {"200": {$ref: "#/components/responses/Time"}}}}
  /notes: {get: {tags: [Orders], responses: {}}, post: {tags: [Time], responses: {}}}
components:
  responses:
    Order: {description: o, content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}
    Time: {description: t, content: {application/json: {schema: {$ref: "#/components/schemas/Time"}}}}
  schemas:
    Order: {type: object, properties: {total: {$ref: "#/components/schemas/Money"}, only: {$ref: "#/components/schemas/Only"}}}
    Time: {type: object, properties: {cost: {$ref: "#/components/schemas/Money"}}}
    Only: {type: object, properties: {a: {type: string}}}
    Money: {type: object, properties: {cents: {type: integer}}}
    Unused: {type: object, properties: {order: {$ref: "#/components/schemas/Only"}}}
"##;

/// The condition among the attributes of an item that begins with a line.
fn condition(text: &str, line: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let index = lines.iter().position(|it| *it == line);
    let before = lines[..index.expect("the line")].iter().rev();
    let mut attributes = before.take_while(|it| it.starts_with("#["));
    let condition = attributes.find(|it| it.starts_with("#[cfg"));
    condition.map(|it| (*it).to_owned())
}

#[test]
fn each_tag_is_a_feature_and_all_of_them_are_on() {
    let file = package(TAGGED);
    let manifest: toml::Table = file("Cargo.toml").parse().expect("TOML");
    let features = manifest["features"].as_table().expect("a table");
    let names = |name: &str| features[name].as_array().expect("a list").clone();
    // `time` is a feature of every crate.
    assert_eq!(names("all"), ["orders", "time-api"].map(toml::Value::from));
    assert!(names("default").contains(&toml::Value::from("all")));
    assert!(names("orders").is_empty());
}

#[test]
fn types_are_there_with_what_they_are_for() {
    let types = package(TAGGED)("src/generated/types/mod.rs");
    let orders = Some("#[cfg(feature = \"orders\")]".to_owned());
    assert_eq!(condition(&types, "mod order;"), orders);
    assert_eq!(condition(&types, "pub use order::Order;"), orders);
    assert_eq!(
        condition(&types, "mod time;"),
        Some("#[cfg(feature = \"time-api\")]".to_owned())
    );
    assert_eq!(condition(&types, "mod money;"), None, "all tags use it");
    assert_eq!(condition(&types, "mod unused;"), None, "no operation does");
    assert_eq!(condition(&types, "mod only;"), None, "`Unused` contains it");
}

#[test]
fn operations_are_there_with_their_tag() {
    let file = package(TAGGED);
    let resources = file("src/generated/resources/mod.rs");
    assert_eq!(
        condition(&resources, "pub mod orders;"),
        Some("#[cfg(feature = \"orders\")]".to_owned())
    );
    assert_eq!(condition(&resources, "pub mod notes;"), None);
    let notes = file("src/generated/resources/notes.rs");
    let create = "pub fn create(&self) -> CreateNoteCall {";
    let call = "pub type CreateNoteCall = super::Call<rt::Empty, of::CreateNoteCall>;";
    let of_its_tag = Some("#[cfg(feature = \"time-api\")]".to_owned());
    assert_eq!(condition(&notes, create), of_its_tag);
    assert_eq!(condition(&notes, call), of_its_tag);
}

#[test]
fn an_api_of_one_part_has_no_features_for_parts() {
    let document = r#"{"openapi": "3.1.0", "info": {"title": "One", "version": "1"},
        "paths": {"/orders": {"get": {"responses": {}}, "post": {"responses": {}}}}}"#;
    let file = package(document);
    assert!(!file("Cargo.toml").contains("all ="));
    assert!(!file("src/generated/resources/mod.rs").contains("cfg"));
}
