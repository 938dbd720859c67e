//! Properties that may be absent.

use crate::scenarios::like;
use serde_json::json;
use spec_type_property_optionality::types::{
    BooleanLiteralProperty, BytesProperty, CollectionsByteProperty, CollectionsModelProperty,
    DatetimeProperty, DurationProperty, FloatLiteralProperty, FloatLiteralPropertyValue,
    IntLiteralProperty, IntLiteralPropertyValue, PlainDateProperty, PlainTimeProperty,
    RequiredAndOptionalProperty, StringLiteralProperty, StringLiteralPropertyValue, StringProperty,
    UnionFloatLiteralProperty, UnionFloatLiteralPropertyValue, UnionIntLiteralProperty,
    UnionIntLiteralPropertyValue, UnionStringLiteralProperty, UnionStringLiteralPropertyValue,
};

scenarios! { client = client!(spec_type_property_optionality);
    "Type_Property_Optional_String_getDefault" {
        like(&client.string().get_default().await?, json!({}))?;
    }
    "Type_Property_Optional_String_putDefault" {
        client
            .string()
            .replace_default(StringProperty::default())
            .await?;
    }
    "Type_Property_Optional_String_getAll" {
        like(
            &client.string().get_all().await?,
            json!({"property": "hello"}),
        )?;
    }
    "Type_Property_Optional_String_putAll" {
        client
            .string()
            .replace_all(StringProperty::default().property("hello"))
            .await?;
    }
    "Type_Property_Optional_Bytes_getDefault" {
        like(&client.bytes().get_default().await?, json!({}))?;
    }
    "Type_Property_Optional_Bytes_putDefault" {
        client
            .bytes()
            .replace_default(BytesProperty::default())
            .await?;
    }
    "Type_Property_Optional_Bytes_getAll" {
        like(
            &client.bytes().get_all().await?,
            json!({"property": "aGVsbG8sIHdvcmxkIQ=="}),
        )?;
    }
    "Type_Property_Optional_Bytes_putAll" {
        client
            .bytes()
            .replace_all(BytesProperty::default().property("aGVsbG8sIHdvcmxkIQ=="))
            .await?;
    }
    "Type_Property_Optional_Datetime_getDefault" {
        like(&client.datetime().get_default().await?, json!({}))?;
    }
    "Type_Property_Optional_Datetime_putDefault" {
        client
            .datetime()
            .replace_default(DatetimeProperty::default())
            .await?;
    }
    "Type_Property_Optional_Datetime_getAll" {
        like(
            &client.datetime().get_all().await?,
            json!({"property": "2022-08-26T18:38:00Z"}),
        )?;
    }
    "Type_Property_Optional_Datetime_putAll" {
        client
            .datetime()
            .replace_all(DatetimeProperty::default().property("2022-08-26T18:38:00Z"))
            .await?;
    }
    "Type_Property_Optional_Duration_getDefault" {
        like(&client.duration().get_default().await?, json!({}))?;
    }
    "Type_Property_Optional_Duration_putDefault" {
        client
            .duration()
            .replace_default(DurationProperty::default())
            .await?;
    }
    "Type_Property_Optional_Duration_getAll" {
        like(
            &client.duration().get_all().await?,
            json!({"property": "P123DT22H14M12.011S"}),
        )?;
    }
    "Type_Property_Optional_Duration_putAll" {
        client
            .duration()
            .replace_all(DurationProperty::default().property("P123DT22H14M12.011S"))
            .await?;
    }
    "Type_Property_Optional_PlainDate_getDefault" {
        like(&client.plain_date().get_default().await?, json!({}))?;
    }
    "Type_Property_Optional_PlainDate_putDefault" {
        client
            .plain_date()
            .replace_default(PlainDateProperty::default())
            .await?;
    }
    "Type_Property_Optional_PlainDate_getAll" {
        like(
            &client.plain_date().get_all().await?,
            json!({"property": "2022-12-12"}),
        )?;
    }
    "Type_Property_Optional_PlainDate_putAll" {
        client
            .plain_date()
            .replace_all(PlainDateProperty::default().property("2022-12-12"))
            .await?;
    }
    "Type_Property_Optional_PlainTime_getDefault" {
        like(&client.plain_time().get_default().await?, json!({}))?;
    }
    "Type_Property_Optional_PlainTime_putDefault" {
        client
            .plain_time()
            .replace_default(PlainTimeProperty::default())
            .await?;
    }
    "Type_Property_Optional_PlainTime_getAll" {
        like(
            &client.plain_time().get_all().await?,
            json!({"property": "13:06:12"}),
        )?;
    }
    "Type_Property_Optional_PlainTime_putAll" {
        client
            .plain_time()
            .replace_all(PlainTimeProperty::default().property("13:06:12"))
            .await?;
    }
    "Type_Property_Optional_CollectionsByte_getDefault" {
        like(&client.bytes().get_default_for_collection().await?, json!({}))?;
    }
    "Type_Property_Optional_CollectionsByte_putDefault" {
        client
            .bytes()
            .replace_default_for_collection(CollectionsByteProperty::default())
            .await?;
    }
    "Type_Property_Optional_CollectionsByte_getAll" {
        let expected = json!({"property": ["aGVsbG8sIHdvcmxkIQ==", "aGVsbG8sIHdvcmxkIQ=="]});
        like(&client.bytes().get_all_for_collection().await?, expected)?;
    }
    "Type_Property_Optional_CollectionsByte_putAll" {
        client
            .bytes()
            .replace_all_for_collection(CollectionsByteProperty::default().property(vec![
                "aGVsbG8sIHdvcmxkIQ==".into(),
                "aGVsbG8sIHdvcmxkIQ==".into(),
            ]))
            .await?;
    }
    "Type_Property_Optional_CollectionsModel_getDefault" {
        like(&client.model().get_default().await?, json!({}))?;
    }
    "Type_Property_Optional_CollectionsModel_putDefault" {
        client
            .model()
            .replace_default(CollectionsModelProperty::default())
            .await?;
    }
    "Type_Property_Optional_CollectionsModel_getAll" {
        let expected = json!({"property": [{"property": "hello"}, {"property": "world"}]});
        like(&client.model().get_all().await?, expected)?;
    }
    "Type_Property_Optional_CollectionsModel_putAll" {
        client
            .model()
            .replace_all(CollectionsModelProperty::default().property(vec![
                StringProperty::default().property("hello"),
                StringProperty::default().property("world"),
            ]))
            .await?;
    }
    "Type_Property_Optional_StringLiteral_getDefault" {
        like(&client.literal().get_default_for_string().await?, json!({}))?;
    }
    "Type_Property_Optional_StringLiteral_putDefault" {
        client
            .literal()
            .replace_default_for_string(StringLiteralProperty::default())
            .await?;
    }
    "Type_Property_Optional_StringLiteral_getAll" {
        like(
            &client.literal().get_all_for_string().await?,
            json!({"property": "hello"}),
        )?;
    }
    "Type_Property_Optional_StringLiteral_putAll" {
        client
            .literal()
            .replace_all_for_string(
                StringLiteralProperty::default().property(StringLiteralPropertyValue::Hello),
            )
            .await?;
    }
    "Type_Property_Optional_IntLiteral_getDefault" {
        like(&client.literal().get_default_for_int().await?, json!({}))?;
    }
    "Type_Property_Optional_IntLiteral_putDefault" {
        client
            .literal()
            .replace_default_for_int(IntLiteralProperty::default())
            .await?;
    }
    "Type_Property_Optional_IntLiteral_getAll" {
        like(
            &client.literal().get_all_for_int().await?,
            json!({"property": 1}),
        )?;
    }
    "Type_Property_Optional_IntLiteral_putAll" {
        client
            .literal()
            .replace_all_for_int(IntLiteralProperty::default().property(IntLiteralPropertyValue::N1))
            .await?;
    }
    "Type_Property_Optional_FloatLiteral_getDefault" {
        like(&client.literal().get_default_for_float().await?, json!({}))?;
    }
    "Type_Property_Optional_FloatLiteral_putDefault" {
        client
            .literal()
            .replace_default_for_float(FloatLiteralProperty::default())
            .await?;
    }
    "Type_Property_Optional_FloatLiteral_getAll" {
        like(
            &client.literal().get_all_for_float().await?,
            json!({"property": 1.25}),
        )?;
    }
    "Type_Property_Optional_FloatLiteral_putAll" {
        client
            .literal()
            .replace_all_for_float(
                FloatLiteralProperty::default().property(FloatLiteralPropertyValue::N1_25),
            )
            .await?;
    }
    "Type_Property_Optional_BooleanLiteral_getDefault" {
        like(&client.literal().get_default().await?, json!({}))?;
    }
    "Type_Property_Optional_BooleanLiteral_putDefault" {
        client
            .literal()
            .replace_default(BooleanLiteralProperty::default())
            .await?;
    }
    "Type_Property_Optional_BooleanLiteral_getAll" {
        like(
            &client.literal().get_all().await?,
            json!({"property": true}),
        )?;
    }
    "Type_Property_Optional_BooleanLiteral_putAll" {
        client
            .literal()
            .replace_all(BooleanLiteralProperty::default().property(true))
            .await?;
    }
    "Type_Property_Optional_UnionStringLiteral_getDefault" {
        like(
            &client.literal().get_default_for_union_string().await?,
            json!({}),
        )?;
    }
    "Type_Property_Optional_UnionStringLiteral_putDefault" {
        client
            .literal()
            .replace_default_for_union_string(UnionStringLiteralProperty::default())
            .await?;
    }
    "Type_Property_Optional_UnionStringLiteral_getAll" {
        like(
            &client.literal().get_all_for_union_string().await?,
            json!({"property": "world"}),
        )?;
    }
    "Type_Property_Optional_UnionStringLiteral_putAll" {
        client
            .literal()
            .replace_all_for_union_string(
                UnionStringLiteralProperty::default()
                    .property(UnionStringLiteralPropertyValue::World),
            )
            .await?;
    }
    "Type_Property_Optional_UnionIntLiteral_getDefault" {
        like(&client.literal().get_default_for_union_int().await?, json!({}))?;
    }
    "Type_Property_Optional_UnionIntLiteral_putDefault" {
        client
            .literal()
            .replace_default_for_union_int(UnionIntLiteralProperty::default())
            .await?;
    }
    "Type_Property_Optional_UnionIntLiteral_getAll" {
        like(
            &client.literal().get_all_for_union_int().await?,
            json!({"property": 2}),
        )?;
    }
    "Type_Property_Optional_UnionIntLiteral_putAll" {
        client
            .literal()
            .replace_all_for_union_int(
                UnionIntLiteralProperty::default().property(UnionIntLiteralPropertyValue::N2),
            )
            .await?;
    }
    "Type_Property_Optional_UnionFloatLiteral_getDefault" {
        like(
            &client.literal().get_default_for_union_float().await?,
            json!({}),
        )?;
    }
    "Type_Property_Optional_UnionFloatLiteral_putDefault" {
        client
            .literal()
            .replace_default_for_union_float(UnionFloatLiteralProperty::default())
            .await?;
    }
    "Type_Property_Optional_UnionFloatLiteral_getAll" {
        like(
            &client.literal().get_all_for_union_float().await?,
            json!({"property": 2.375}),
        )?;
    }
    "Type_Property_Optional_UnionFloatLiteral_putAll" {
        client
            .literal()
            .replace_all_for_union_float(
                UnionFloatLiteralProperty::default()
                    .property(UnionFloatLiteralPropertyValue::N2_375),
            )
            .await?;
    }
    "Type_Property_Optional_RequiredAndOptional_getRequiredOnly" {
        let expected = json!({"requiredProperty": 42});
        like(
            &client.required_and_optional().get_required_only().await?,
            expected,
        )?;
    }
    "Type_Property_Optional_RequiredAndOptional_putRequiredOnly" {
        client
            .required_and_optional()
            .replace_required_only(RequiredAndOptionalProperty::new(42))
            .await?;
    }
    "Type_Property_Optional_RequiredAndOptional_getAll" {
        let expected = json!({"optionalProperty": "hello", "requiredProperty": 42});
        like(&client.required_and_optional().get_all().await?, expected)?;
    }
    "Type_Property_Optional_RequiredAndOptional_putAll" {
        client
            .required_and_optional()
            .replace_all(RequiredAndOptionalProperty::new(42).optional_property("hello"))
            .await?;
    }
}
