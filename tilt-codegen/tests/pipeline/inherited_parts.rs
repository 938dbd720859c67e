//! Names of types inside of what several schemas describe together.

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs, surface};

fn object(properties: Value) -> Value {
    json!({"type": "object", "properties": properties})
}

#[test]
fn what_is_inside_of_one_type_at_two_places_is_called_after_that() {
    let item = object(json!({"id": {"type": "string"}, "count": {"type": "integer"}}));
    let mut data = object(json!({"items": {"type": "array", "items": item}}));
    data["title"] = json!("Adjustment note");
    let event = json!({"allOf": [
        {"$ref": "#/components/schemas/Event"},
        object(json!({"data": data}))
    ]});
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "components": {"schemas": {
            "Event": object(json!({"data": {"type": "object"}})),
            "adjustment.created": event,
            "adjustment.updated": event
        }}
    });
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "api.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    };
    let modelled = Generator::new(Config::default()).model(&inputs).unwrap();
    let surface = surface(&modelled.sdk);
    let items = surface.lines().find(|line| line.contains(".items: "));
    assert_eq!(
        items,
        Some("type AdjustmentData.items: [AdjustmentDataItem]?"),
        "{surface}"
    );
}
