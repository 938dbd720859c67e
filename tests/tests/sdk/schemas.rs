//! `schema_for!` gives the schemas that the accepted documents state.

use serde_json::{Map, Value, json};
use tilt_codegen::model::Sdk;
use tilt_generated::rt::schemars::{JsonSchema, generate::SchemaSettings, schema_for};
use tilt_generated::types;
use tilt_tests::api::Api;

fn accepted() -> Sdk {
    let api = Api::accepted().expect("the accepted documents");
    let modelled = api.generator().model(&api.inputs());
    modelled.expect("no error").sdk
}

/// A definition and all that it leads to.
fn reached(sdk: &Sdk, name: &str, found: &mut Map<String, Value>) {
    let mut definitions = sdk.definitions.iter();
    let definition = definitions
        .find(|it| it.name == name)
        .expect("it is defined");
    if found
        .insert(name.to_owned(), definition.schema.clone())
        .is_none()
    {
        definition
            .references
            .iter()
            .for_each(|name| reached(sdk, name, found));
    }
}

fn check<T: JsonSchema>(sdk: &Sdk) {
    let mut expected = Map::new();
    reached(sdk, &T::schema_name(), &mut expected);
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    generator.subschema_for::<T>();
    let definitions = Value::Object(generator.take_definitions(true));
    assert_eq!(definitions, Value::Object(expected));
}

#[test]
fn types_have_the_schemas_that_the_documents_state() {
    let sdk = accepted();
    check::<types::CreateOrder>(&sdk);
    check::<types::Location>(&sdk);
    check::<types::LocationPage>(&sdk);
    check::<types::Order>(&sdk);
    check::<types::OrderStatus>(&sdk);
    check::<types::PaymentApproved>(&sdk);
}

#[test]
fn a_schema_has_what_rust_types_do_not_show() {
    let schema = schema_for!(types::CreateOrder);
    assert_eq!(schema.get("title"), Some(&json!("CreateOrder")));
    assert_eq!(
        schema.pointer("/properties/customer_phone/pattern"),
        Some(&json!("^\\+[1-9][0-9]{1,14}$"))
    );
    assert_eq!(
        schema.get("required"),
        Some(&json!(["location_id", "total_cents"]))
    );
    let definition = schema
        .pointer("/properties/level3/$ref")
        .expect("a reference");
    assert_eq!(definition, "#/$defs/Level3");
    assert!(schema.pointer("/$defs/Level3/properties").is_some());
}
