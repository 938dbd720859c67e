//! Lists of each type.

use crate::scenarios::like;
use serde_json::json;
use spec_type_array::types::InnerModel;

scenarios! { client = client!(spec_type_array);
    "Type_Array_Int32Value_get" {
        like(&client.array().get_int32().await?, json!([1, 2]))?;
    }
    "Type_Array_Int32Value_put" {
        client.array().int32(vec![1, 2]).await?;
    }
    "Type_Array_Int64Value_get" {
        let expected = json!([9007199254740991_i64, -9007199254740991_i64]);
        like(&client.array().get_int64().await?, expected)?;
    }
    "Type_Array_Int64Value_put" {
        client
            .array()
            .int64(vec![9007199254740991_i64, -9007199254740991_i64])
            .await?;
    }
    "Type_Array_BooleanValue_get" {
        like(&client.array().get_boolean().await?, json!([true, false]))?;
    }
    "Type_Array_BooleanValue_put" {
        client.array().boolean(vec![true, false]).await?;
    }
    "Type_Array_StringValue_get" {
        like(&client.array().get_string().await?, json!(["hello", ""]))?;
    }
    "Type_Array_StringValue_put" {
        client
            .array()
            .string(vec!["hello".to_owned(), "".to_owned()])
            .await?;
    }
    "Type_Array_Float32Value_get" {
        like(&client.array().get_float32().await?, json!([43.125]))?;
    }
    "Type_Array_Float32Value_put" {
        client.array().float32(vec![43.125.into()]).await?;
    }
    "Type_Array_DatetimeValue_get" {
        like(
            &client.array().get_datetime().await?,
            json!(["2022-08-26T18:38:00Z"]),
        )?;
    }
    "Type_Array_DatetimeValue_put" {
        client
            .array()
            .datetime(vec!["2022-08-26T18:38:00Z".into()])
            .await?;
    }
    "Type_Array_DurationValue_get" {
        like(
            &client.array().get_duration().await?,
            json!(["P123DT22H14M12.011S"]),
        )?;
    }
    "Type_Array_DurationValue_put" {
        client
            .array()
            .duration(vec!["P123DT22H14M12.011S".into()])
            .await?;
    }
    "Type_Array_UnknownValue_get" {
        like(
            &client.array().get_unknown().await?,
            json!([1, "hello", null]),
        )?;
    }
    "Type_Array_UnknownValue_put" {
        client
            .array()
            .unknown(vec![json!(1).into(), json!("hello").into(), json!(null).into()])
            .await?;
    }
    "Type_Array_ModelValue_get" {
        let expected = json!([{"property": "hello"}, {"property": "world"}]);
        like(&client.array().get_model().await?, expected)?;
    }
    "Type_Array_ModelValue_put" {
        client
            .array()
            .model(vec![InnerModel::new("hello"), InnerModel::new("world")])
            .await?;
    }
    "Type_Array_NullableFloatValue_get" {
        like(
            &client.array().get_nullable_float().await?,
            json!([1.25, null, 3]),
        )?;
    }
    "Type_Array_NullableFloatValue_put" {
        client
            .array()
            .nullable_float(vec![Some(1.25.into()), None, Some(3.into())])
            .await?;
    }
    "Type_Array_NullableBooleanValue_get" {
        like(
            &client.array().get_nullable_boolean().await?,
            json!([true, null, false]),
        )?;
    }
    "Type_Array_NullableBooleanValue_put" {
        client
            .array()
            .nullable_boolean(vec![Some(true), None, Some(false)])
            .await?;
    }
    "Type_Array_NullableInt32Value_get" {
        like(
            &client.array().get_nullable_int32().await?,
            json!([1, null, 3]),
        )?;
    }
    "Type_Array_NullableInt32Value_put" {
        client
            .array()
            .nullable_int32(vec![Some(1), None, Some(3)])
            .await?;
    }
    "Type_Array_NullableStringValue_get" {
        like(
            &client.array().get_nullable_string().await?,
            json!(["hello", null, "world"]),
        )?;
    }
    "Type_Array_NullableStringValue_put" {
        client
            .array()
            .nullable_string(vec![
                Some("hello".to_owned()),
                None,
                Some("world".to_owned()),
            ])
            .await?;
    }
    "Type_Array_NullableModelValue_get" {
        let expected = json!([{"property": "hello"}, null, {"property": "world"}]);
        like(&client.array().get_nullable_model().await?, expected)?;
    }
    "Type_Array_NullableModelValue_put" {
        client
            .array()
            .nullable_model(vec![
                Some(InnerModel::new("hello")),
                None,
                Some(InnerModel::new("world")),
            ])
            .await?;
    }
}
