//! Models among whose properties a map is.

use crate::scenarios::{like, made};
use serde_json::{Value, json};
use spec_type_property_additional_properties::types::{
    DifferentSpreadFloatRecord, DifferentSpreadModelArrayRecord, DifferentSpreadModelRecord,
    DifferentSpreadStringRecord, ModelForRecord, MultipleSpreadRecord, SpreadFloatRecord,
    SpreadModelArrayRecord, SpreadModelRecord, SpreadRecordForNonDiscriminatedUnion,
    SpreadRecordForNonDiscriminatedUnion2, SpreadRecordForNonDiscriminatedUnion3,
    SpreadRecordForUnion, SpreadStringRecord,
};

fn kind1() -> Value {
    json!({"kind": "kind1", "start": "2021-01-01T00:00:00Z", "end": "2021-01-02T00:00:00Z"})
}

scenarios! { client = client!(spec_type_property_additional_properties);
    "Type_Property_AdditionalProperties_SpreadString_get" {
        let expected = json!({"name": "SpreadSpringRecord", "prop": "abc"});
        like(
            &client
                .additional_properties()
                .get_spread_record_string()
                .await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_SpreadString_put" {
        let mut body = SpreadStringRecord::new("SpreadSpringRecord");
        body.extra.insert("prop".to_owned(), made(json!("abc")));
        client
            .additional_properties()
            .spread_record_string(body)
            .await?;
    }
    "Type_Property_AdditionalProperties_SpreadFloat_get" {
        let expected = json!({"id": 43.125, "prop": 43.125});
        like(
            &client
                .additional_properties()
                .get_spread_record_float()
                .await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_SpreadFloat_put" {
        let mut body = SpreadFloatRecord::new(43.125);
        body.extra.insert("prop".to_owned(), made(json!(43.125)));
        client
            .additional_properties()
            .spread_record_float(body)
            .await?;
    }
    "Type_Property_AdditionalProperties_SpreadModel_get" {
        let expected = json!({"knownProp": {"state": "ok"}, "prop": {"state": "ok"}});
        like(
            &client
                .additional_properties()
                .get_spread_record_model()
                .await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_SpreadModel_put" {
        let mut body = SpreadModelRecord::new(ModelForRecord::new("ok"));
        body.extra.insert("prop".to_owned(), made(json!({"state": "ok"})));
        client
            .additional_properties()
            .spread_record_model(body)
            .await?;
    }
    "Type_Property_AdditionalProperties_SpreadModelArray_get" {
        let expected = json!({
            "knownProp": [{"state": "ok"}, {"state": "ok"}],
            "prop": [{"state": "ok"}, {"state": "ok"}]
        });
        like(
            &client
                .additional_properties()
                .get_spread_record_model_array()
                .await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_SpreadModelArray_put" {
        let mut body =
            SpreadModelArrayRecord::new(vec![ModelForRecord::new("ok"), ModelForRecord::new("ok")]);
        body.extra
            .insert("prop".to_owned(), made(json!([{"state": "ok"}, {"state": "ok"}])));
        client
            .additional_properties()
            .spread_record_model_array(body)
            .await?;
    }
    "Type_Property_AdditionalProperties_SpreadDifferentString_get" {
        let expected = json!({"id": 43.125, "prop": "abc"});
        like(
            &client
                .additional_properties()
                .get_spread_different_record_string()
                .await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_SpreadDifferentString_put" {
        let mut body = DifferentSpreadStringRecord::new(43.125);
        body.extra.insert("prop".to_owned(), made(json!("abc")));
        client
            .additional_properties()
            .spread_different_record_string(body)
            .await?;
    }
    "Type_Property_AdditionalProperties_SpreadDifferentFloat_get" {
        let expected = json!({"name": "abc", "prop": 43.125});
        like(
            &client
                .additional_properties()
                .get_spread_different_record_float()
                .await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_SpreadDifferentFloat_put" {
        let mut body = DifferentSpreadFloatRecord::new("abc");
        body.extra.insert("prop".to_owned(), made(json!(43.125)));
        client
            .additional_properties()
            .spread_different_record_float(body)
            .await?;
    }
    "Type_Property_AdditionalProperties_SpreadDifferentModel_get" {
        let expected = json!({"knownProp": "abc", "prop": {"state": "ok"}});
        like(
            &client
                .additional_properties()
                .get_spread_different_record_model()
                .await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_SpreadDifferentModel_put" {
        let mut body = DifferentSpreadModelRecord::new("abc");
        body.extra.insert("prop".to_owned(), made(json!({"state": "ok"})));
        client
            .additional_properties()
            .spread_different_record_model(body)
            .await?;
    }
    "Type_Property_AdditionalProperties_SpreadDifferentModelArray_get" {
        let expected = json!({"knownProp": "abc", "prop": [{"state": "ok"}, {"state": "ok"}]});
        like(
            &client
                .additional_properties()
                .get_spread_different_record_model_array()
                .await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_SpreadDifferentModelArray_put" {
        let mut body = DifferentSpreadModelArrayRecord::new("abc");
        body.extra
            .insert("prop".to_owned(), made(json!([{"state": "ok"}, {"state": "ok"}])));
        client
            .additional_properties()
            .spread_different_record_model_array(body)
            .await?;
    }
    "Type_Property_AdditionalProperties_MultipleSpread_get" {
        let expected = json!({"flag": true, "prop1": "abc", "prop2": 43.125});
        like(
            &client
                .additional_properties()
                .get_multiple_spread_record()
                .await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_MultipleSpread_put" {
        let mut body = MultipleSpreadRecord::new(true);
        body.extra.insert("prop1".to_owned(), made(json!("abc")));
        body.extra.insert("prop2".to_owned(), made(json!(43.125)));
        client
            .additional_properties()
            .multiple_spread_record(body)
            .await?;
    }
    "Type_Property_AdditionalProperties_SpreadRecordUnion_get" {
        let expected = json!({"flag": true, "prop1": "abc", "prop2": 43.125});
        like(
            &client
                .additional_properties()
                .get_spread_record_union()
                .await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_SpreadRecordUnion_put" {
        let mut body = SpreadRecordForUnion::new(true);
        body.extra.insert("prop1".to_owned(), made(json!("abc")));
        body.extra.insert("prop2".to_owned(), made(json!(43.125)));
        client
            .additional_properties()
            .spread_record_union(body)
            .await?;
    }
    "Type_Property_AdditionalProperties_SpreadRecordNonDiscriminatedUnion_get" {
        let expected = json!({
            "name": "abc",
            "prop1": {"kind": "kind0", "fooProp": "abc"},
            "prop2": {
                "kind": "kind1",
                "start": "2021-01-01T00:00:00Z",
                "end": "2021-01-02T00:00:00Z"
            }
        });
        like(
            &client
                .additional_properties()
                .get_spread_record_non_discriminated_union()
                .await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_SpreadRecordNonDiscriminatedUnion_put" {
        let mut body = SpreadRecordForNonDiscriminatedUnion::new("abc");
        body.extra
            .insert("prop1".to_owned(), made(json!({"kind": "kind0", "fooProp": "abc"})));
        body.extra.insert("prop2".to_owned(), made(kind1()));
        client
            .additional_properties()
            .spread_record_non_discriminated_union(body)
            .await?;
    }
    "Type_Property_AdditionalProperties_SpreadRecordNonDiscriminatedUnion2_get" {
        let expected = json!({
            "name": "abc",
            "prop1": {"kind": "kind1", "start": "2021-01-01T00:00:00Z"},
            "prop2": {
                "kind": "kind1",
                "start": "2021-01-01T00:00:00Z",
                "end": "2021-01-02T00:00:00Z"
            }
        });
        like(
            &client
                .additional_properties()
                .get_spread_record_non_discriminated_union2()
                .await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_SpreadRecordNonDiscriminatedUnion2_put" {
        let mut body = SpreadRecordForNonDiscriminatedUnion2::new("abc");
        body.extra.insert("prop1".to_owned(), made(json!({"kind": "kind1", "start": "2021-01-01T00:00:00Z"}),));
        body.extra.insert("prop2".to_owned(), made(kind1()));
        client
            .additional_properties()
            .spread_record_non_discriminated_union2(body)
            .await?;
    }
    "Type_Property_AdditionalProperties_SpreadRecordNonDiscriminatedUnion3_get" {
        let expected = json!({
            "name": "abc",
            "prop1": [
                {"kind": "kind1", "start": "2021-01-01T00:00:00Z"},
                {"kind": "kind1", "start": "2021-01-01T00:00:00Z"}
            ],
            "prop2": {
                "kind": "kind1",
                "start": "2021-01-01T00:00:00Z",
                "end": "2021-01-02T00:00:00Z"
            }
        });
        like(
            &client
                .additional_properties()
                .get_spread_record_non_discriminated_union3()
                .await?,
            expected,
        )?;
    }
    "Type_Property_AdditionalProperties_SpreadRecordNonDiscriminatedUnion3_put" {
        let mut body = SpreadRecordForNonDiscriminatedUnion3::new("abc");
        body.extra.insert("prop1".to_owned(), made(json!([{"kind": "kind1", "start": "2021-01-01T00:00:00Z"}, {"kind": "kind1", "start": "2021-01-01T00:00:00Z"}])));
        body.extra.insert("prop2".to_owned(), made(kind1()));
        client
            .additional_properties()
            .spread_record_non_discriminated_union3(body)
            .await?;
    }
}
