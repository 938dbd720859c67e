//! Models that extend a map.

use crate::scenarios::like;
use serde_json::json;
use spec_type_property_additional_properties::types::{
    DifferentSpreadFloatDerived, DifferentSpreadModelArrayDerived, DifferentSpreadModelDerived,
    DifferentSpreadStringDerived, ExtendsFloatAdditionalProperties,
    ExtendsModelAdditionalProperties, ExtendsModelArrayAdditionalProperties,
    ExtendsStringAdditionalProperties, ExtendsUnknownAdditionalProperties,
    ExtendsUnknownAdditionalPropertiesDerived,
    ExtendsUnknownAdditionalPropertiesDiscriminatedDerived, ModelForRecord,
};

scenarios! { client = client!(spec_type_property_additional_properties);
    "Type_Property_AdditionalProperties_ExtendsUnknown_get" {
        let expected = json!({
            "name": "ExtendsUnknownAdditionalProperties",
            "prop1": 32,
            "prop2": true,
            "prop3": "abc"
        });
        like(
            &client
                .additional_properties()
                .get_extends_record_unknown()
                .await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_ExtendsUnknown_put" {
        let mut body =
            ExtendsUnknownAdditionalProperties::new("ExtendsUnknownAdditionalProperties");
        body.extra.insert("prop1", json!(32));
        body.extra.insert("prop2", json!(true));
        body.extra.insert("prop3", json!("abc"));
        client
            .additional_properties()
            .extends_record_unknown(body)
            .await?;
    }
    "Type_Property_AdditionalProperties_ExtendsUnknownDerived_get" {
        let expected = json!({
            "name": "ExtendsUnknownAdditionalProperties",
            "index": 314,
            "age": 2.71875,
            "prop1": 32,
            "prop2": true,
            "prop3": "abc"
        });
        like(
            &client
                .additional_properties()
                .get_extends_record_unknown_derived()
                .await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_ExtendsUnknownDerived_put" {
        let mut body = ExtendsUnknownAdditionalPropertiesDerived::new(
            314,
            "ExtendsUnknownAdditionalProperties",
        )
        .age(2.71875);
        body.extra.insert("prop1", json!(32));
        body.extra.insert("prop2", json!(true));
        body.extra.insert("prop3", json!("abc"));
        client
            .additional_properties()
            .extends_record_unknown_derived(body)
            .await?;
    }
    "Type_Property_AdditionalProperties_ExtendsUnknownDiscriminated_get" {
        let expected = json!({
            "kind": "derived",
            "name": "Derived",
            "index": 314,
            "age": 2.71875,
            "prop1": 32,
            "prop2": true,
            "prop3": "abc"
        });
        like(
            &client
                .additional_properties()
                .get_extends_unknown_discriminated()
                .await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_ExtendsUnknownDiscriminated_put" {
        let mut body = ExtendsUnknownAdditionalPropertiesDiscriminatedDerived::new(314, "Derived")
            .age(2.71875);
        body.extra.insert("prop1", json!(32));
        body.extra.insert("prop2", json!(true));
        body.extra.insert("prop3", json!("abc"));
        client
            .additional_properties()
            .extends_unknown_discriminated(body)
            .await?;
    }
    "Type_Property_AdditionalProperties_ExtendsString_get" {
        let expected = json!({"name": "ExtendsStringAdditionalProperties", "prop": "abc"});
        like(
            &client
                .additional_properties()
                .get_extends_record_string()
                .await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_ExtendsString_put" {
        let mut body = ExtendsStringAdditionalProperties::new("ExtendsStringAdditionalProperties");
        body.extra.insert("prop", json!("abc"));
        client
            .additional_properties()
            .extends_record_string(body)
            .await?;
    }
    "Type_Property_AdditionalProperties_ExtendsFloat_get" {
        let expected = json!({"id": 43.125, "prop": 43.125});
        like(
            &client
                .additional_properties()
                .get_extends_record_float()
                .await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_ExtendsFloat_put" {
        let mut body = ExtendsFloatAdditionalProperties::new(43.125);
        body.extra.insert("prop", json!(43.125));
        client
            .additional_properties()
            .extends_record_float(body)
            .await?;
    }
    "Type_Property_AdditionalProperties_ExtendsModel_get" {
        let expected = json!({"knownProp": {"state": "ok"}, "prop": {"state": "ok"}});
        like(
            &client
                .additional_properties()
                .get_extends_record_model()
                .await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_ExtendsModel_put" {
        let mut body = ExtendsModelAdditionalProperties::new(ModelForRecord::new("ok"));
        body.extra.insert("prop", json!({"state": "ok"}));
        client
            .additional_properties()
            .extends_record_model(body)
            .await?;
    }
    "Type_Property_AdditionalProperties_ExtendsModelArray_get" {
        let expected = json!({
            "knownProp": [{"state": "ok"}, {"state": "ok"}],
            "prop": [{"state": "ok"}, {"state": "ok"}]
        });
        like(
            &client
                .additional_properties()
                .get_extends_record_model_array()
                .await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_ExtendsModelArray_put" {
        let mut body = ExtendsModelArrayAdditionalProperties::new(vec![
            ModelForRecord::new("ok"),
            ModelForRecord::new("ok"),
        ]);
        body.extra
            .insert("prop", json!([{"state": "ok"}, {"state": "ok"}]));
        client
            .additional_properties()
            .extends_record_model_array(body)
            .await?;
    }
    "Type_Property_AdditionalProperties_ExtendsDifferentSpreadString_get" {
        let expected = json!({"id": 43.125, "prop": "abc", "derivedProp": "abc"});
        like(
            &client
                .additional_properties()
                .get_extends_different_spread_string()
                .await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_ExtendsDifferentSpreadString_put" {
        let mut body = DifferentSpreadStringDerived::new("abc", 43.125);
        body.extra.insert("prop", json!("abc"));
        client
            .additional_properties()
            .extends_different_spread_string(body)
            .await?;
    }
    "Type_Property_AdditionalProperties_ExtendsDifferentSpreadFloat_get" {
        let expected = json!({"name": "abc", "prop": 43.125, "derivedProp": 43.125});
        like(
            &client
                .additional_properties()
                .get_extends_different_spread_float()
                .await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_ExtendsDifferentSpreadFloat_put" {
        let mut body = DifferentSpreadFloatDerived::new(43.125, "abc");
        body.extra.insert("prop", json!(43.125));
        client
            .additional_properties()
            .extends_different_spread_float(body)
            .await?;
    }
    "Type_Property_AdditionalProperties_ExtendsDifferentSpreadModel_get" {
        let expected =
            json!({"knownProp": "abc", "prop": {"state": "ok"}, "derivedProp": {"state": "ok"}});
        like(
            &client
                .additional_properties()
                .get_extends_different_spread_model()
                .await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_ExtendsDifferentSpreadModel_put" {
        let mut body = DifferentSpreadModelDerived::new(ModelForRecord::new("ok"), "abc");
        body.extra.insert("prop", json!({"state": "ok"}));
        client
            .additional_properties()
            .extends_different_spread_model(body)
            .await?;
    }
    "Type_Property_AdditionalProperties_ExtendsDifferentSpreadModelArray_get" {
        let expected = json!({
            "knownProp": "abc",
            "prop": [{"state": "ok"}, {"state": "ok"}],
            "derivedProp": [{"state": "ok"}, {"state": "ok"}]
        });
        like(
            &client
                .additional_properties()
                .get_extends_different_spread_model_array()
                .await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_ExtendsDifferentSpreadModelArray_put" {
        let mut body = DifferentSpreadModelArrayDerived::new(
            vec![ModelForRecord::new("ok"), ModelForRecord::new("ok")],
            "abc",
        );
        body.extra
            .insert("prop", json!([{"state": "ok"}, {"state": "ok"}]));
        client
            .additional_properties()
            .extends_different_spread_model_array(body)
            .await?;
    }
}
