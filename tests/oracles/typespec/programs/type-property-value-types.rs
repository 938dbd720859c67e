//! Properties of each type.

use crate::scenarios::like;
use serde_json::json;
use spec_type_property_value_types::rt;
use spec_type_property_value_types::types::{
    BooleanLiteralProperty, BooleanProperty, BytesProperty, CollectionsIntProperty,
    CollectionsModelProperty, CollectionsStringProperty, DatetimeProperty, Decimal128Property,
    DecimalProperty, DictionaryStringProperty, DurationProperty, EnumProperty,
    ExtensibleEnumProperty, FixedInnerEnum, FloatLiteralProperty, FloatProperty, InnerModel,
    IntLiteralProperty, IntProperty, ModelProperty, StringLiteralProperty, StringProperty,
    UnionEnumValueProperty, UnionFloatLiteralProperty, UnionFloatLiteralPropertyValue,
    UnionIntLiteralProperty, UnionIntLiteralPropertyValue, UnionStringLiteralProperty,
    UnionStringLiteralPropertyValue, UnknownArrayProperty, UnknownDictProperty, UnknownIntProperty,
    UnknownStringProperty,
};

scenarios! { client = client!(spec_type_property_value_types);
    "Type_Property_ValueTypes_Boolean_get" {
        like(
            &client.value_types().get_boolean().await?,
            json!({"property": true}),
        )?;
    }
    "Type_Property_ValueTypes_Boolean_put" {
        client
            .value_types()
            .boolean(BooleanProperty::new(true))
            .await?;
    }
    "Type_Property_ValueTypes_String_get" {
        like(
            &client.value_types().get_string().await?,
            json!({"property": "hello"}),
        )?;
    }
    "Type_Property_ValueTypes_String_put" {
        client
            .value_types()
            .string(StringProperty::new("hello"))
            .await?;
    }
    "Type_Property_ValueTypes_Bytes_get" {
        like(
            &client.bytes().get().await?,
            json!({"property": "aGVsbG8sIHdvcmxkIQ=="}),
        )?;
    }
    "Type_Property_ValueTypes_Bytes_put" {
        client
            .bytes()
            .replace(BytesProperty::new("aGVsbG8sIHdvcmxkIQ=="))
            .await?;
    }
    "Type_Property_ValueTypes_Int_get" {
        like(
            &client.value_types().get_int().await?,
            json!({"property": 42}),
        )?;
    }
    "Type_Property_ValueTypes_Int_put" {
        client.value_types().int(IntProperty::new(42)).await?;
    }
    "Type_Property_ValueTypes_Float_get" {
        like(
            &client.value_types().get_float().await?,
            json!({"property": 43.125}),
        )?;
    }
    "Type_Property_ValueTypes_Float_put" {
        client
            .value_types()
            .float(FloatProperty::new(43.125))
            .await?;
    }
    "Type_Property_ValueTypes_Decimal_get" {
        like(
            &client.value_types().get_decimal().await?,
            json!({"property": 0.33333}),
        )?;
    }
    "Type_Property_ValueTypes_Decimal_put" {
        client
            .value_types()
            .decimal(DecimalProperty::new(0.33333))
            .await?;
    }
    "Type_Property_ValueTypes_Decimal128_get" {
        like(
            &client.value_types().get_decimal128().await?,
            json!({"property": 0.33333}),
        )?;
    }
    "Type_Property_ValueTypes_Decimal128_put" {
        client
            .value_types()
            .decimal128(Decimal128Property::new(0.33333))
            .await?;
    }
    "Type_Property_ValueTypes_Datetime_get" {
        let expected = json!({"property": "2022-08-26T18:38:00Z"});
        like(&client.value_types().get_datetime().await?, expected)?;
    }
    "Type_Property_ValueTypes_Datetime_put" {
        client
            .value_types()
            .datetime(DatetimeProperty::new("2022-08-26T18:38:00Z"))
            .await?;
    }
    "Type_Property_ValueTypes_Duration_get" {
        let expected = json!({"property": "P123DT22H14M12.011S"});
        like(&client.value_types().get_duration().await?, expected)?;
    }
    "Type_Property_ValueTypes_Duration_put" {
        client
            .value_types()
            .duration(DurationProperty::new("P123DT22H14M12.011S"))
            .await?;
    }
    "Type_Property_ValueTypes_Enum_get" {
        like(
            &client.value_types().get_enum().await?,
            json!({"property": "ValueOne"}),
        )?;
    }
    "Type_Property_ValueTypes_Enum_put" {
        client
            .value_types()
            .r#enum(EnumProperty::new(FixedInnerEnum::ValueOne))
            .await?;
    }
    "Type_Property_ValueTypes_ExtensibleEnum_get" {
        let expected = json!({"property": "UnknownValue"});
        like(&client.value_types().get_extensible_enum().await?, expected)?;
    }
    "Type_Property_ValueTypes_ExtensibleEnum_put" {
        client
            .value_types()
            .extensible_enum(ExtensibleEnumProperty::new("UnknownValue"))
            .await?;
    }
    "Type_Property_ValueTypes_Model_get" {
        let expected = json!({"property": {"property": "hello"}});
        like(&client.value_types().get_model().await?, expected)?;
    }
    "Type_Property_ValueTypes_Model_put" {
        client
            .value_types()
            .model(ModelProperty::new(InnerModel::new("hello")))
            .await?;
    }
    "Type_Property_ValueTypes_CollectionsString_get" {
        like(
            &client.collections().get_string().await?,
            json!({"property": ["hello", "world"]}),
        )?;
    }
    "Type_Property_ValueTypes_CollectionsString_put" {
        client
            .collections()
            .replace_string(CollectionsStringProperty::new(vec![
                "hello".to_owned(),
                "world".to_owned(),
            ]))
            .await?;
    }
    "Type_Property_ValueTypes_CollectionsInt_get" {
        like(
            &client.collections().get_int().await?,
            json!({"property": [1, 2]}),
        )?;
    }
    "Type_Property_ValueTypes_CollectionsInt_put" {
        client
            .collections()
            .replace_int(CollectionsIntProperty::new(vec![1, 2]))
            .await?;
    }
    "Type_Property_ValueTypes_CollectionsModel_get" {
        let expected = json!({"property": [{"property": "hello"}, {"property": "world"}]});
        like(&client.collections().get_model().await?, expected)?;
    }
    "Type_Property_ValueTypes_CollectionsModel_put" {
        client
            .collections()
            .replace_model(CollectionsModelProperty::new(vec![
                InnerModel::new("hello"),
                InnerModel::new("world"),
            ]))
            .await?;
    }
    "Type_Property_ValueTypes_DictionaryString_get" {
        let expected = json!({"property": {"k1": "hello", "k2": "world"}});
        like(&client.dictionary().get_string().await?, expected)?;
    }
    "Type_Property_ValueTypes_DictionaryString_put" {
        client
            .dictionary()
            .replace_string(DictionaryStringProperty::new(rt::Map::from_iter([
                ("k1".to_owned(), "hello".to_owned()),
                ("k2".to_owned(), "world".to_owned()),
            ])))
            .await?;
    }
    "Type_Property_ValueTypes_Never_get" {
        like(&client.value_types().get_never().await?, json!({}))?;
    }
    "Type_Property_ValueTypes_Never_put" {
        client.value_types().never(rt::Map::from_iter([])).await?;
    }
    "Type_Property_ValueTypes_UnknownString_get" {
        like(
            &client.unknown().get_string().await?,
            json!({"property": "hello"}),
        )?;
    }
    "Type_Property_ValueTypes_UnknownString_put" {
        client
            .unknown()
            .replace_string(UnknownStringProperty::new(json!("hello")))
            .await?;
    }
    "Type_Property_ValueTypes_UnknownInt_get" {
        like(&client.unknown().get_int().await?, json!({"property": 42}))?;
    }
    "Type_Property_ValueTypes_UnknownInt_put" {
        client
            .unknown()
            .replace_int(UnknownIntProperty::new(json!(42)))
            .await?;
    }
    "Type_Property_ValueTypes_UnknownDict_get" {
        like(
            &client.unknown().get_dict().await?,
            json!({"property": {"k1": "hello", "k2": 42}}),
        )?;
    }
    "Type_Property_ValueTypes_UnknownDict_put" {
        client
            .unknown()
            .replace_dict(UnknownDictProperty::new(json!({"k1": "hello", "k2": 42})))
            .await?;
    }
    "Type_Property_ValueTypes_UnknownArray_get" {
        like(
            &client.unknown().get_array().await?,
            json!({"property": ["hello", "world"]}),
        )?;
    }
    "Type_Property_ValueTypes_UnknownArray_put" {
        client
            .unknown()
            .replace_array(UnknownArrayProperty::new(json!(["hello", "world"])))
            .await?;
    }
    "Type_Property_ValueTypes_StringLiteral_get" {
        like(
            &client.string().get_literal().await?,
            json!({"property": "hello"}),
        )?;
    }
    "Type_Property_ValueTypes_StringLiteral_put" {
        client
            .string()
            .replace_literal(StringLiteralProperty::default())
            .await?;
    }
    "Type_Property_ValueTypes_IntLiteral_get" {
        like(&client.int().get_literal().await?, json!({"property": 42}))?;
    }
    "Type_Property_ValueTypes_IntLiteral_put" {
        client
            .int()
            .replace_literal(IntLiteralProperty::default())
            .await?;
    }
    "Type_Property_ValueTypes_FloatLiteral_get" {
        like(
            &client.float().get_literal().await?,
            json!({"property": 43.125}),
        )?;
    }
    "Type_Property_ValueTypes_FloatLiteral_put" {
        client
            .float()
            .replace_literal(FloatLiteralProperty::default())
            .await?;
    }
    "Type_Property_ValueTypes_BooleanLiteral_get" {
        like(
            &client.boolean().get_literal().await?,
            json!({"property": true}),
        )?;
    }
    "Type_Property_ValueTypes_BooleanLiteral_put" {
        client
            .boolean()
            .replace_literal(BooleanLiteralProperty::default())
            .await?;
    }
    "Type_Property_ValueTypes_UnionStringLiteral_get" {
        like(
            &client.string().get_literal_for_union().await?,
            json!({"property": "world"}),
        )?;
    }
    "Type_Property_ValueTypes_UnionStringLiteral_put" {
        client
            .string()
            .replace_literal_for_union(UnionStringLiteralProperty::new(
                UnionStringLiteralPropertyValue::World,
            ))
            .await?;
    }
    "Type_Property_ValueTypes_UnionIntLiteral_get" {
        like(
            &client.int().get_literal_for_union().await?,
            json!({"property": 42}),
        )?;
    }
    "Type_Property_ValueTypes_UnionIntLiteral_put" {
        client
            .int()
            .replace_literal_for_union(UnionIntLiteralProperty::new(
                UnionIntLiteralPropertyValue::N42,
            ))
            .await?;
    }
    "Type_Property_ValueTypes_UnionFloatLiteral_get" {
        like(
            &client.float().get_literal_for_union().await?,
            json!({"property": 46.875}),
        )?;
    }
    "Type_Property_ValueTypes_UnionFloatLiteral_put" {
        client
            .float()
            .replace_literal_for_union(UnionFloatLiteralProperty::new(
                UnionFloatLiteralPropertyValue::N46_875,
            ))
            .await?;
    }
    "Type_Property_ValueTypes_UnionEnumValue_get" {
        let expected = json!({"property": "value2"});
        like(
            &client.value_types().get_union_enum_value().await?,
            expected,
        )?;
    }
    "Type_Property_ValueTypes_UnionEnumValue_put" {
        client
            .value_types()
            .union_enum_value(UnionEnumValueProperty::default())
            .await?;
    }
}
