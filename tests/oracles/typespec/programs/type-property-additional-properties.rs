//! type-property-additional-properties

use crate::scenarios::like;
use serde_json::json;
use spec_type_property_additional_properties::types::{DifferentSpreadFloatDerived, DifferentSpreadFloatRecord, DifferentSpreadModelArrayDerived, DifferentSpreadModelArrayRecord, DifferentSpreadModelDerived, DifferentSpreadModelRecord, DifferentSpreadStringDerived, DifferentSpreadStringRecord, ExtendsFloatAdditionalProperties, ExtendsModelAdditionalProperties, ExtendsModelArrayAdditionalProperties, ExtendsStringAdditionalProperties, ExtendsUnknownAdditionalProperties, ExtendsUnknownAdditionalPropertiesDerived, ExtendsUnknownAdditionalPropertiesDiscriminatedDerived, IsFloatAdditionalProperties, IsModelAdditionalProperties, IsModelArrayAdditionalProperties, IsStringAdditionalProperties, IsUnknownAdditionalProperties, IsUnknownAdditionalPropertiesDerived, IsUnknownAdditionalPropertiesDiscriminatedDerived, ModelForRecord, MultipleSpreadRecord, SpreadFloatRecord, SpreadModelArrayRecord, SpreadModelRecord, SpreadRecordForNonDiscriminatedUnion, SpreadRecordForNonDiscriminatedUnion2, SpreadRecordForNonDiscriminatedUnion3, SpreadRecordForUnion, SpreadStringRecord};

scenarios! { client = client!(spec_type_property_additional_properties);
    "Type_Property_AdditionalProperties_ExtendsUnknown_get" {
        like(&client.additional_properties().get_extends_record_unknown().await?, json!({"name":"ExtendsUnknownAdditionalProperties","prop1":32,"prop2":true,"prop3":"abc"}))?;
    }
    "Type_Property_AdditionalProperties_ExtendsUnknown_put" {
        let mut body = ExtendsUnknownAdditionalProperties::new("ExtendsUnknownAdditionalProperties");
        body.extra.insert("prop1".to_owned(), json!(32));
        body.extra.insert("prop2".to_owned(), json!(true));
        body.extra.insert("prop3".to_owned(), json!("abc"));
        client.additional_properties().extends_record_unknown(body).await?;
    }
    "Type_Property_AdditionalProperties_ExtendsUnknownDerived_get" {
        like(&client.additional_properties().get_extends_record_unknown_derived().await?, json!({"name":"ExtendsUnknownAdditionalProperties","index":314,"age":2.71875,"prop1":32,"prop2":true,"prop3":"abc"}))?;
    }
    "Type_Property_AdditionalProperties_ExtendsUnknownDerived_put" {
        let mut body = ExtendsUnknownAdditionalPropertiesDerived::new(314, "ExtendsUnknownAdditionalProperties").age(2.71875);
        body.extra.insert("prop1".to_owned(), json!(32));
        body.extra.insert("prop2".to_owned(), json!(true));
        body.extra.insert("prop3".to_owned(), json!("abc"));
        client.additional_properties().extends_record_unknown_derived(body).await?;
    }
    "Type_Property_AdditionalProperties_ExtendsUnknownDiscriminated_get" {
        like(&client.additional_properties().get_extends_unknown_discriminated().await?, json!({"kind":"derived","name":"Derived","index":314,"age":2.71875,"prop1":32,"prop2":true,"prop3":"abc"}))?;
    }
    "Type_Property_AdditionalProperties_ExtendsUnknownDiscriminated_put" {
        let mut body = ExtendsUnknownAdditionalPropertiesDiscriminatedDerived::new(314, "Derived").age(2.71875);
        body.extra.insert("prop1".to_owned(), json!(32));
        body.extra.insert("prop2".to_owned(), json!(true));
        body.extra.insert("prop3".to_owned(), json!("abc"));
        client.additional_properties().extends_unknown_discriminated(body).await?;
    }
    "Type_Property_AdditionalProperties_IsUnknown_get" {
        like(&client.additional_properties().get_is_record_unknown().await?, json!({"name":"IsUnknownAdditionalProperties","prop1":32,"prop2":true,"prop3":"abc"}))?;
    }
    "Type_Property_AdditionalProperties_IsUnknown_put" {
        let mut body = IsUnknownAdditionalProperties::new("IsUnknownAdditionalProperties");
        body.extra.insert("prop1".to_owned(), json!(32));
        body.extra.insert("prop2".to_owned(), json!(true));
        body.extra.insert("prop3".to_owned(), json!("abc"));
        client.additional_properties().is_record_unknown(body).await?;
    }
    "Type_Property_AdditionalProperties_IsUnknownDerived_get" {
        like(&client.additional_properties().get_is_record_unknown_derived().await?, json!({"name":"IsUnknownAdditionalProperties","index":314,"age":2.71875,"prop1":32,"prop2":true,"prop3":"abc"}))?;
    }
    "Type_Property_AdditionalProperties_IsUnknownDerived_put" {
        let mut body = IsUnknownAdditionalPropertiesDerived::new(314, "IsUnknownAdditionalProperties").age(2.71875);
        body.extra.insert("prop1".to_owned(), json!(32));
        body.extra.insert("prop2".to_owned(), json!(true));
        body.extra.insert("prop3".to_owned(), json!("abc"));
        client.additional_properties().is_record_unknown_derived(body).await?;
    }
    "Type_Property_AdditionalProperties_IsUnknownDiscriminated_get" {
        like(&client.additional_properties().get_is_unknown_discriminated().await?, json!({"kind":"derived","name":"Derived","index":314,"age":2.71875,"prop1":32,"prop2":true,"prop3":"abc"}))?;
    }
    "Type_Property_AdditionalProperties_IsUnknownDiscriminated_put" {
        let mut body = IsUnknownAdditionalPropertiesDiscriminatedDerived::new(314, "Derived").age(2.71875);
        body.extra.insert("prop1".to_owned(), json!(32));
        body.extra.insert("prop2".to_owned(), json!(true));
        body.extra.insert("prop3".to_owned(), json!("abc"));
        client.additional_properties().is_unknown_discriminated(body).await?;
    }
    "Type_Property_AdditionalProperties_ExtendsString_get" {
        like(&client.additional_properties().get_extends_record_string().await?, json!({"name":"ExtendsStringAdditionalProperties","prop":"abc"}))?;
    }
    "Type_Property_AdditionalProperties_ExtendsString_put" {
        let mut body = ExtendsStringAdditionalProperties::new("ExtendsStringAdditionalProperties");
        body.extra.insert("prop".to_owned(), json!("abc"));
        client.additional_properties().extends_record_string(body).await?;
    }
    "Type_Property_AdditionalProperties_IsString_get" {
        like(&client.additional_properties().get_is_recordstring().await?, json!({"name":"IsStringAdditionalProperties","prop":"abc"}))?;
    }
    "Type_Property_AdditionalProperties_IsString_put" {
        let mut body = IsStringAdditionalProperties::new("IsStringAdditionalProperties");
        body.extra.insert("prop".to_owned(), json!("abc"));
        client.additional_properties().is_recordstring(body).await?;
    }
    "Type_Property_AdditionalProperties_ExtendsFloat_get" {
        like(&client.additional_properties().get_extends_record_float().await?, json!({"id":43.125,"prop":43.125}))?;
    }
    "Type_Property_AdditionalProperties_ExtendsFloat_put" {
        let mut body = ExtendsFloatAdditionalProperties::new(43.125);
        body.extra.insert("prop".to_owned(), json!(43.125));
        client.additional_properties().extends_record_float(body).await?;
    }
    "Type_Property_AdditionalProperties_IsFloat_get" {
        like(&client.additional_properties().get_is_record_float().await?, json!({"id":43.125,"prop":43.125}))?;
    }
    "Type_Property_AdditionalProperties_IsFloat_put" {
        let mut body = IsFloatAdditionalProperties::new(43.125);
        body.extra.insert("prop".to_owned(), json!(43.125));
        client.additional_properties().is_record_float(body).await?;
    }
    "Type_Property_AdditionalProperties_ExtendsModel_get" {
        like(&client.additional_properties().get_extends_record_model().await?, json!({"knownProp":{"state":"ok"},"prop":{"state":"ok"}}))?;
    }
    "Type_Property_AdditionalProperties_ExtendsModel_put" {
        let mut body = ExtendsModelAdditionalProperties::new(ModelForRecord::new("ok"));
        body.extra.insert("prop".to_owned(), json!({"state": "ok"}));
        client.additional_properties().extends_record_model(body).await?;
    }
    "Type_Property_AdditionalProperties_IsModel_get" {
        like(&client.additional_properties().get_is_record_model().await?, json!({"knownProp":{"state":"ok"},"prop":{"state":"ok"}}))?;
    }
    "Type_Property_AdditionalProperties_IsModel_put" {
        let mut body = IsModelAdditionalProperties::new(ModelForRecord::new("ok"));
        body.extra.insert("prop".to_owned(), json!({"state": "ok"}));
        client.additional_properties().is_record_model(body).await?;
    }
    "Type_Property_AdditionalProperties_ExtendsModelArray_get" {
        like(&client.additional_properties().get_extends_record_model_array().await?, json!({"knownProp":[{"state":"ok"},{"state":"ok"}],"prop":[{"state":"ok"},{"state":"ok"}]}))?;
    }
    "Type_Property_AdditionalProperties_ExtendsModelArray_put" {
        let mut body = ExtendsModelArrayAdditionalProperties::new(vec![ModelForRecord::new("ok"), ModelForRecord::new("ok")]);
        body.extra.insert("prop".to_owned(), json!([{"state": "ok"}, {"state": "ok"}]));
        client.additional_properties().extends_record_model_array(body).await?;
    }
    "Type_Property_AdditionalProperties_IsModelArray_get" {
        like(&client.additional_properties().get_is_record_model_array().await?, json!({"knownProp":[{"state":"ok"},{"state":"ok"}],"prop":[{"state":"ok"},{"state":"ok"}]}))?;
    }
    "Type_Property_AdditionalProperties_IsModelArray_put" {
        let mut body = IsModelArrayAdditionalProperties::new(vec![ModelForRecord::new("ok"), ModelForRecord::new("ok")]);
        body.extra.insert("prop".to_owned(), json!([{"state": "ok"}, {"state": "ok"}]));
        client.additional_properties().is_record_model_array(body).await?;
    }
    "Type_Property_AdditionalProperties_SpreadString_get" {
        like(&client.additional_properties().get_spread_record_string().await?, json!({"name":"SpreadSpringRecord","prop":"abc"}))?;
    }
    "Type_Property_AdditionalProperties_SpreadString_put" {
        let mut body = SpreadStringRecord::new("SpreadSpringRecord");
        body.extra.insert("prop".to_owned(), json!("abc"));
        client.additional_properties().spread_record_string(body).await?;
    }
    "Type_Property_AdditionalProperties_SpreadFloat_get" {
        like(&client.additional_properties().get_spread_record_float().await?, json!({"id":43.125,"prop":43.125}))?;
    }
    "Type_Property_AdditionalProperties_SpreadFloat_put" {
        let mut body = SpreadFloatRecord::new(43.125);
        body.extra.insert("prop".to_owned(), json!(43.125));
        client.additional_properties().spread_record_float(body).await?;
    }
    "Type_Property_AdditionalProperties_SpreadModel_get" {
        like(&client.additional_properties().get_spread_record_model().await?, json!({"knownProp":{"state":"ok"},"prop":{"state":"ok"}}))?;
    }
    "Type_Property_AdditionalProperties_SpreadModel_put" {
        let mut body = SpreadModelRecord::new(ModelForRecord::new("ok"));
        body.extra.insert("prop".to_owned(), json!({"state": "ok"}));
        client.additional_properties().spread_record_model(body).await?;
    }
    "Type_Property_AdditionalProperties_SpreadModelArray_get" {
        like(&client.additional_properties().get_spread_record_model_array().await?, json!({"knownProp":[{"state":"ok"},{"state":"ok"}],"prop":[{"state":"ok"},{"state":"ok"}]}))?;
    }
    "Type_Property_AdditionalProperties_SpreadModelArray_put" {
        let mut body = SpreadModelArrayRecord::new(vec![ModelForRecord::new("ok"), ModelForRecord::new("ok")]);
        body.extra.insert("prop".to_owned(), json!([{"state": "ok"}, {"state": "ok"}]));
        client.additional_properties().spread_record_model_array(body).await?;
    }
    "Type_Property_AdditionalProperties_SpreadDifferentString_get" {
        like(&client.additional_properties().get_spread_different_record_string().await?, json!({"id":43.125,"prop":"abc"}))?;
    }
    "Type_Property_AdditionalProperties_SpreadDifferentString_put" {
        let mut body = DifferentSpreadStringRecord::new(43.125);
        body.extra.insert("prop".to_owned(), json!("abc"));
        client.additional_properties().spread_different_record_string(body).await?;
    }
    "Type_Property_AdditionalProperties_SpreadDifferentFloat_get" {
        like(&client.additional_properties().get_spread_different_record_float().await?, json!({"name":"abc","prop":43.125}))?;
    }
    "Type_Property_AdditionalProperties_SpreadDifferentFloat_put" {
        let mut body = DifferentSpreadFloatRecord::new("abc");
        body.extra.insert("prop".to_owned(), json!(43.125));
        client.additional_properties().spread_different_record_float(body).await?;
    }
    "Type_Property_AdditionalProperties_SpreadDifferentModel_get" {
        like(&client.additional_properties().get_spread_different_record_model().await?, json!({"knownProp":"abc","prop":{"state":"ok"}}))?;
    }
    "Type_Property_AdditionalProperties_SpreadDifferentModel_put" {
        let mut body = DifferentSpreadModelRecord::new("abc");
        body.extra.insert("prop".to_owned(), json!({"state": "ok"}));
        client.additional_properties().spread_different_record_model(body).await?;
    }
    "Type_Property_AdditionalProperties_SpreadDifferentModelArray_get" {
        like(&client.additional_properties().get_spread_different_record_model_array().await?, json!({"knownProp":"abc","prop":[{"state":"ok"},{"state":"ok"}]}))?;
    }
    "Type_Property_AdditionalProperties_SpreadDifferentModelArray_put" {
        let mut body = DifferentSpreadModelArrayRecord::new("abc");
        body.extra.insert("prop".to_owned(), json!([{"state": "ok"}, {"state": "ok"}]));
        client.additional_properties().spread_different_record_model_array(body).await?;
    }
    "Type_Property_AdditionalProperties_ExtendsDifferentSpreadString_get" {
        like(&client.additional_properties().get_extends_different_spread_string().await?, json!({"id":43.125,"prop":"abc","derivedProp":"abc"}))?;
    }
    "Type_Property_AdditionalProperties_ExtendsDifferentSpreadString_put" {
        let mut body = DifferentSpreadStringDerived::new("abc", 43.125);
        body.extra.insert("prop".to_owned(), json!("abc"));
        client.additional_properties().extends_different_spread_string(body).await?;
    }
    "Type_Property_AdditionalProperties_ExtendsDifferentSpreadFloat_get" {
        like(&client.additional_properties().get_extends_different_spread_float().await?, json!({"name":"abc","prop":43.125,"derivedProp":43.125}))?;
    }
    "Type_Property_AdditionalProperties_ExtendsDifferentSpreadFloat_put" {
        let mut body = DifferentSpreadFloatDerived::new(43.125, "abc");
        body.extra.insert("prop".to_owned(), json!(43.125));
        client.additional_properties().extends_different_spread_float(body).await?;
    }
    "Type_Property_AdditionalProperties_ExtendsDifferentSpreadModel_get" {
        like(&client.additional_properties().get_extends_different_spread_model().await?, json!({"knownProp":"abc","prop":{"state":"ok"},"derivedProp":{"state":"ok"}}))?;
    }
    "Type_Property_AdditionalProperties_ExtendsDifferentSpreadModel_put" {
        let mut body = DifferentSpreadModelDerived::new(ModelForRecord::new("ok"), "abc");
        body.extra.insert("prop".to_owned(), json!({"state": "ok"}));
        client.additional_properties().extends_different_spread_model(body).await?;
    }
    "Type_Property_AdditionalProperties_ExtendsDifferentSpreadModelArray_get" {
        like(&client.additional_properties().get_extends_different_spread_model_array().await?, json!({"knownProp":"abc","prop":[{"state":"ok"},{"state":"ok"}],"derivedProp":[{"state":"ok"},{"state":"ok"}]}))?;
    }
    "Type_Property_AdditionalProperties_ExtendsDifferentSpreadModelArray_put" {
        let mut body = DifferentSpreadModelArrayDerived::new(vec![ModelForRecord::new("ok"), ModelForRecord::new("ok")], "abc");
        body.extra.insert("prop".to_owned(), json!([{"state": "ok"}, {"state": "ok"}]));
        client.additional_properties().extends_different_spread_model_array(body).await?;
    }
    "Type_Property_AdditionalProperties_MultipleSpread_get" {
        like(&client.additional_properties().get_multiple_spread_record().await?, json!({"flag":true,"prop1":"abc","prop2":43.125}))?;
    }
    "Type_Property_AdditionalProperties_MultipleSpread_put" {
        let mut body = MultipleSpreadRecord::new(true);
        body.extra.insert("prop1".to_owned(), json!("abc"));
        body.extra.insert("prop2".to_owned(), json!(43.125));
        client.additional_properties().multiple_spread_record(body).await?;
    }
    "Type_Property_AdditionalProperties_SpreadRecordUnion_get" {
        like(&client.additional_properties().get_spread_record_union().await?, json!({"flag":true,"prop1":"abc","prop2":43.125}))?;
    }
    "Type_Property_AdditionalProperties_SpreadRecordUnion_put" {
        let mut body = SpreadRecordForUnion::new(true);
        body.extra.insert("prop1".to_owned(), json!("abc"));
        body.extra.insert("prop2".to_owned(), json!(43.125));
        client.additional_properties().spread_record_union(body).await?;
    }
    "Type_Property_AdditionalProperties_SpreadRecordNonDiscriminatedUnion_get" {
        like(&client.additional_properties().get_spread_record_non_discriminated_union().await?, json!({"name":"abc","prop1":{"kind":"kind0","fooProp":"abc"},"prop2":{"kind":"kind1","start":"2021-01-01T00:00:00Z","end":"2021-01-02T00:00:00Z"}}))?;
    }
    "Type_Property_AdditionalProperties_SpreadRecordNonDiscriminatedUnion_put" {
        let mut body = SpreadRecordForNonDiscriminatedUnion::new("abc");
        body.extra.insert("prop1".to_owned(), json!({"kind": "kind0", "fooProp": "abc"}));
        body.extra.insert("prop2".to_owned(), json!({"kind": "kind1", "start": "2021-01-01T00:00:00Z", "end": "2021-01-02T00:00:00Z"}));
        client.additional_properties().spread_record_non_discriminated_union(body).await?;
    }
    "Type_Property_AdditionalProperties_SpreadRecordNonDiscriminatedUnion2_get" {
        like(&client.additional_properties().get_spread_record_non_discriminated_union2().await?, json!({"name":"abc","prop1":{"kind":"kind1","start":"2021-01-01T00:00:00Z"},"prop2":{"kind":"kind1","start":"2021-01-01T00:00:00Z","end":"2021-01-02T00:00:00Z"}}))?;
    }
    "Type_Property_AdditionalProperties_SpreadRecordNonDiscriminatedUnion2_put" {
        let mut body = SpreadRecordForNonDiscriminatedUnion2::new("abc");
        body.extra.insert("prop1".to_owned(), json!({"kind": "kind1", "start": "2021-01-01T00:00:00Z"}));
        body.extra.insert("prop2".to_owned(), json!({"kind": "kind1", "start": "2021-01-01T00:00:00Z", "end": "2021-01-02T00:00:00Z"}));
        client.additional_properties().spread_record_non_discriminated_union2(body).await?;
    }
    "Type_Property_AdditionalProperties_SpreadRecordNonDiscriminatedUnion3_get" {
        like(&client.additional_properties().get_spread_record_non_discriminated_union3().await?, json!({"name":"abc","prop1":[{"kind":"kind1","start":"2021-01-01T00:00:00Z"},{"kind":"kind1","start":"2021-01-01T00:00:00Z"}],"prop2":{"kind":"kind1","start":"2021-01-01T00:00:00Z","end":"2021-01-02T00:00:00Z"}}))?;
    }
    "Type_Property_AdditionalProperties_SpreadRecordNonDiscriminatedUnion3_put" {
        let mut body = SpreadRecordForNonDiscriminatedUnion3::new("abc");
        body.extra.insert("prop1".to_owned(), json!([{"kind": "kind1", "start": "2021-01-01T00:00:00Z"}, {"kind": "kind1", "start": "2021-01-01T00:00:00Z"}]));
        body.extra.insert("prop2".to_owned(), json!({"kind": "kind1", "start": "2021-01-01T00:00:00Z", "end": "2021-01-02T00:00:00Z"}));
        client.additional_properties().spread_record_non_discriminated_union3(body).await?;
    }
}
