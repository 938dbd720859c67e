//! Maps of each type.

use crate::scenarios::{like, made};
use serde_json::json;
use spec_type_dictionary::rt;

scenarios! { client = client!(spec_type_dictionary);
    "Type_Dictionary_Int32Value_get" {
        like(
            &client.dictionary().get_int32().await?,
            json!({"k1": 1, "k2": 2}),
        )?;
    }
    "Type_Dictionary_Int32Value_put" {
        client
            .dictionary()
            .int32(rt::Map::from_iter([
                ("k1".to_owned(), made(json!(1))),
                ("k2".to_owned(), made(json!(2))),
            ]))
            .await?;
    }
    "Type_Dictionary_Int64Value_get" {
        let expected = json!({"k1": 9007199254740991_i64, "k2": -9007199254740991_i64});
        like(&client.dictionary().get_int64().await?, expected)?;
    }
    "Type_Dictionary_Int64Value_put" {
        client
            .dictionary()
            .int64(rt::Map::from_iter([
                ("k1".to_owned(), made(json!(9007199254740991_i64))),
                ("k2".to_owned(), made(json!(-9007199254740991_i64))),
            ]))
            .await?;
    }
    "Type_Dictionary_BooleanValue_get" {
        like(
            &client.dictionary().get_boolean().await?,
            json!({"k1": true, "k2": false}),
        )?;
    }
    "Type_Dictionary_BooleanValue_put" {
        client
            .dictionary()
            .boolean(rt::Map::from_iter([
                ("k1".to_owned(), made(json!(true))),
                ("k2".to_owned(), made(json!(false))),
            ]))
            .await?;
    }
    "Type_Dictionary_StringValue_get" {
        like(
            &client.dictionary().get_string().await?,
            json!({"k1": "hello", "k2": ""}),
        )?;
    }
    "Type_Dictionary_StringValue_put" {
        client
            .dictionary()
            .string(rt::Map::from_iter([
                ("k1".to_owned(), made(json!("hello"))),
                ("k2".to_owned(), made(json!(""))),
            ]))
            .await?;
    }
    "Type_Dictionary_Float32Value_get" {
        like(
            &client.dictionary().get_float32().await?,
            json!({"k1": 43.125}),
        )?;
    }
    "Type_Dictionary_Float32Value_put" {
        client
            .dictionary()
            .float32(rt::Map::from_iter([("k1".to_owned(), made(json!(43.125)))]))
            .await?;
    }
    "Type_Dictionary_DatetimeValue_get" {
        like(
            &client.dictionary().get_datetime().await?,
            json!({"k1": "2022-08-26T18:38:00Z"}),
        )?;
    }
    "Type_Dictionary_DatetimeValue_put" {
        client
            .dictionary()
            .datetime(rt::Map::from_iter([(
                "k1".to_owned(),
                made(json!("2022-08-26T18:38:00Z")),
            )]))
            .await?;
    }
    "Type_Dictionary_DurationValue_get" {
        like(
            &client.dictionary().get_duration().await?,
            json!({"k1": "P123DT22H14M12.011S"}),
        )?;
    }
    "Type_Dictionary_DurationValue_put" {
        client
            .dictionary()
            .duration(rt::Map::from_iter([(
                "k1".to_owned(),
                made(json!("P123DT22H14M12.011S")),
            )]))
            .await?;
    }
    "Type_Dictionary_UnknownValue_get" {
        let expected = json!({"k1": 1, "k2": "hello", "k3": null});
        like(&client.dictionary().get_unknown().await?, expected)?;
    }
    "Type_Dictionary_UnknownValue_put" {
        client
            .dictionary()
            .unknown(rt::Map::from_iter([
                ("k1".to_owned(), made(json!(1))),
                ("k2".to_owned(), made(json!("hello"))),
                ("k3".to_owned(), made(json!(null))),
            ]))
            .await?;
    }
    "Type_Dictionary_ModelValue_get" {
        let expected = json!({"k1": {"property": "hello"}, "k2": {"property": "world"}});
        like(&client.dictionary().get_model().await?, expected)?;
    }
    "Type_Dictionary_ModelValue_put" {
        client
            .dictionary()
            .model(rt::Map::from_iter([
                ("k1".to_owned(), made(json!({"property": "hello"}))),
                ("k2".to_owned(), made(json!({"property": "world"}))),
            ]))
            .await?;
    }
    "Type_Dictionary_RecursiveModelValue_get" {
        let expected = json!({
            "k1": {"property": "hello", "children": {}},
            "k2": {"property": "world", "children": {"k2.1": {"property": "inner world"}}}
        });
        like(&client.model().get_recursive().await?, expected)?;
    }
    "Type_Dictionary_RecursiveModelValue_put" {
        client
            .model()
            .recursive(rt::Map::from_iter([
                (
                    "k1".to_owned(),
                    made(json!({"property": "hello", "children": {}})),
                ),
                (
                    "k2".to_owned(),
                    made(json!({"property": "world", "children": {"k2.1": {"property": "inner world"}}})),
                ),
            ]))
            .await?;
    }
    "Type_Dictionary_NullableFloatValue_get" {
        let expected = json!({"k1": 1.25, "k2": 0.5, "k3": null});
        like(&client.dictionary().get_nullable_float().await?, expected)?;
    }
    "Type_Dictionary_NullableFloatValue_put" {
        client
            .dictionary()
            .nullable_float(rt::Map::from_iter([
                ("k1".to_owned(), made(json!(1.25))),
                ("k2".to_owned(), made(json!(0.5))),
                ("k3".to_owned(), made(json!(null))),
            ]))
            .await?;
    }
}
