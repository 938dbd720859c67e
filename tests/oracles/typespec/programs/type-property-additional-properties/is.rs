//! Models that are a map.

use crate::scenarios::{like, made};
use serde_json::json;
use spec_type_property_additional_properties::types::{
    IsFloatAdditionalProperties, IsModelAdditionalProperties, IsModelArrayAdditionalProperties,
    IsStringAdditionalProperties, IsUnknownAdditionalProperties,
    IsUnknownAdditionalPropertiesDerived, IsUnknownAdditionalPropertiesDiscriminatedDerived,
    ModelForRecord,
};

scenarios! { client = client!(spec_type_property_additional_properties);
    "Type_Property_AdditionalProperties_IsUnknown_get" {
        let expected = json!({
            "name": "IsUnknownAdditionalProperties",
            "prop1": 32,
            "prop2": true,
            "prop3": "abc"
        });
        like(
            &client
                .additional_properties()
                .get_is_record_unknown()
                .await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_IsUnknown_put" {
        let mut body = IsUnknownAdditionalProperties::new("IsUnknownAdditionalProperties");
        body.extra.insert("prop1", json!(32));
        body.extra.insert("prop2", json!(true));
        body.extra.insert("prop3", json!("abc"));
        client
            .additional_properties()
            .is_record_unknown(body)
            .await?;
    }
    "Type_Property_AdditionalProperties_IsUnknownDerived_get" {
        let expected = json!({
            "name": "IsUnknownAdditionalProperties",
            "index": 314,
            "age": 2.71875,
            "prop1": 32,
            "prop2": true,
            "prop3": "abc"
        });
        like(
            &client
                .additional_properties()
                .get_is_record_unknown_derived()
                .await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_IsUnknownDerived_put" {
        let mut body =
            IsUnknownAdditionalPropertiesDerived::new(314, "IsUnknownAdditionalProperties")
                .age(2.71875);
        body.extra.insert("prop1", json!(32));
        body.extra.insert("prop2", json!(true));
        body.extra.insert("prop3", json!("abc"));
        client
            .additional_properties()
            .is_record_unknown_derived(body)
            .await?;
    }
    "Type_Property_AdditionalProperties_IsUnknownDiscriminated_get" {
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
                .get_is_unknown_discriminated()
                .await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_IsUnknownDiscriminated_put" {
        let mut body =
            IsUnknownAdditionalPropertiesDiscriminatedDerived::new(314, "Derived").age(2.71875);
        body.extra.insert("prop1", json!(32));
        body.extra.insert("prop2", json!(true));
        body.extra.insert("prop3", json!("abc"));
        client
            .additional_properties()
            .is_unknown_discriminated(body)
            .await?;
    }
    "Type_Property_AdditionalProperties_IsString_get" {
        let expected = json!({"name": "IsStringAdditionalProperties", "prop": "abc"});
        like(
            &client.additional_properties().get_is_recordstring().await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_IsString_put" {
        let mut body = IsStringAdditionalProperties::new("IsStringAdditionalProperties");
        body.extra.insert("prop".to_owned(), made(json!("abc")));
        client.additional_properties().is_recordstring(body).await?;
    }
    "Type_Property_AdditionalProperties_IsFloat_get" {
        let expected = json!({"id": 43.125, "prop": 43.125});
        like(
            &client.additional_properties().get_is_record_float().await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_IsFloat_put" {
        let mut body = IsFloatAdditionalProperties::new(43.125);
        body.extra.insert("prop".to_owned(), made(json!(43.125)));
        client.additional_properties().is_record_float(body).await?;
    }
    "Type_Property_AdditionalProperties_IsModel_get" {
        let expected = json!({"knownProp": {"state": "ok"}, "prop": {"state": "ok"}});
        like(
            &client.additional_properties().get_is_record_model().await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_IsModel_put" {
        let mut body = IsModelAdditionalProperties::new(ModelForRecord::new("ok"));
        body.extra.insert("prop".to_owned(), made(json!({"state": "ok"})));
        client.additional_properties().is_record_model(body).await?;
    }
    "Type_Property_AdditionalProperties_IsModelArray_get" {
        let expected = json!({
            "knownProp": [{"state": "ok"}, {"state": "ok"}],
            "prop": [{"state": "ok"}, {"state": "ok"}]
        });
        like(
            &client
                .additional_properties()
                .get_is_record_model_array()
                .await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_IsModelArray_put" {
        let mut body = IsModelArrayAdditionalProperties::new(vec![
            ModelForRecord::new("ok"),
            ModelForRecord::new("ok"),
        ]);
        body.extra
            .insert("prop".to_owned(), made(json!([{"state": "ok"}, {"state": "ok"}])));
        client
            .additional_properties()
            .is_record_model_array(body)
            .await?;
    }
}
