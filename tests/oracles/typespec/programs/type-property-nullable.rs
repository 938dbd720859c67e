//! Properties that may be null.

use crate::scenarios::like;
use serde_json::json;
use spec_type_property_nullable::types::{
    BytesProperty, CollectionsByteProperty, CollectionsModelProperty, CollectionsStringProperty,
    DatetimeProperty, DurationProperty, InnerModel, StringProperty,
};

scenarios! { client = client!(spec_type_property_nullable);
    "Type_Property_Nullable_String_getNonNull" {
        let expected = json!({"requiredProperty": "foo", "nullableProperty": "hello"});
        like(&client.string().get_non_null().await?, expected)?;
    }
    "Type_Property_Nullable_String_getNull" {
        let expected = json!({"requiredProperty": "foo", "nullableProperty": null});
        like(&client.string().get_null().await?, expected)?;
    }
    "Type_Property_Nullable_String_patchNonNull" {
        client
            .string()
            .update_non_null(StringProperty::new("foo").nullable_property("hello"))
            .await?;
    }
    "Type_Property_Nullable_String_patchNull" {
        client
            .string()
            .update_null(StringProperty::new("foo"))
            .await?;
    }
    "Type_Property_Nullable_Bytes_getNonNull" {
        let expected =
            json!({"requiredProperty": "foo", "nullableProperty": "aGVsbG8sIHdvcmxkIQ=="});
        like(&client.bytes().get_non_null().await?, expected)?;
    }
    "Type_Property_Nullable_Bytes_getNull" {
        let expected = json!({"requiredProperty": "foo", "nullableProperty": null});
        like(&client.bytes().get_null().await?, expected)?;
    }
    "Type_Property_Nullable_Bytes_patchNonNull" {
        client
            .bytes()
            .update_non_null(BytesProperty::new("foo").nullable_property("aGVsbG8sIHdvcmxkIQ=="))
            .await?;
    }
    "Type_Property_Nullable_Bytes_patchNull" {
        client
            .bytes()
            .update_null(BytesProperty::new("foo"))
            .await?;
    }
    "Type_Property_Nullable_Datetime_getNonNull" {
        let expected =
            json!({"requiredProperty": "foo", "nullableProperty": "2022-08-26T18:38:00Z"});
        like(&client.datetime().get_non_null().await?, expected)?;
    }
    "Type_Property_Nullable_Datetime_getNull" {
        let expected = json!({"requiredProperty": "foo", "nullableProperty": null});
        like(&client.datetime().get_null().await?, expected)?;
    }
    "Type_Property_Nullable_Datetime_patchNonNull" {
        client
            .datetime()
            .update_non_null(DatetimeProperty::new("foo").nullable_property("2022-08-26T18:38:00Z"))
            .await?;
    }
    "Type_Property_Nullable_Datetime_patchNull" {
        client
            .datetime()
            .update_null(DatetimeProperty::new("foo"))
            .await?;
    }
    "Type_Property_Nullable_Duration_getNonNull" {
        let expected =
            json!({"requiredProperty": "foo", "nullableProperty": "P123DT22H14M12.011S"});
        like(&client.duration().get_non_null().await?, expected)?;
    }
    "Type_Property_Nullable_Duration_getNull" {
        let expected = json!({"requiredProperty": "foo", "nullableProperty": null});
        like(&client.duration().get_null().await?, expected)?;
    }
    "Type_Property_Nullable_Duration_patchNonNull" {
        client
            .duration()
            .update_non_null(DurationProperty::new("foo").nullable_property("P123DT22H14M12.011S"))
            .await?;
    }
    "Type_Property_Nullable_Duration_patchNull" {
        client
            .duration()
            .update_null(DurationProperty::new("foo"))
            .await?;
    }
    "Type_Property_Nullable_CollectionsByte_getNonNull" {
        let expected = json!({
            "requiredProperty": "foo",
            "nullableProperty": ["aGVsbG8sIHdvcmxkIQ==", "aGVsbG8sIHdvcmxkIQ=="]
        });
        like(&client.bytes().get_non_null_for_collection().await?, expected)?;
    }
    "Type_Property_Nullable_CollectionsByte_getNull" {
        let expected = json!({"requiredProperty": "foo", "nullableProperty": null});
        like(&client.bytes().get_null_for_collection().await?, expected)?;
    }
    "Type_Property_Nullable_CollectionsByte_patchNonNull" {
        client
            .bytes()
            .update_non_null_for_collection(CollectionsByteProperty::new("foo").nullable_property(
                vec!["aGVsbG8sIHdvcmxkIQ==".into(), "aGVsbG8sIHdvcmxkIQ==".into()],
            ))
            .await?;
    }
    "Type_Property_Nullable_CollectionsByte_patchNull" {
        client
            .bytes()
            .update_null_for_collection(CollectionsByteProperty::new("foo"))
            .await?;
    }
    "Type_Property_Nullable_CollectionsModel_getNonNull" {
        let expected = json!({
            "requiredProperty": "foo",
            "nullableProperty": [{"property": "hello"}, {"property": "world"}]
        });
        like(&client.model().get_non_null().await?, expected)?;
    }
    "Type_Property_Nullable_CollectionsModel_getNull" {
        let expected = json!({"requiredProperty": "foo", "nullableProperty": null});
        like(&client.model().get_null().await?, expected)?;
    }
    "Type_Property_Nullable_CollectionsModel_patchNonNull" {
        client
            .model()
            .update_non_null(
                CollectionsModelProperty::new("foo")
                    .nullable_property(vec![InnerModel::new("hello"), InnerModel::new("world")]),
            )
            .await?;
    }
    "Type_Property_Nullable_CollectionsModel_patchNull" {
        client
            .model()
            .update_null(CollectionsModelProperty::new("foo"))
            .await?;
    }
    "Type_Property_Nullable_CollectionsString_getNonNull" {
        let expected = json!({"requiredProperty": "foo", "nullableProperty": ["hello", "world"]});
        like(&client.string().get_non_null_for_collection().await?, expected)?;
    }
    "Type_Property_Nullable_CollectionsString_getNull" {
        let expected = json!({"requiredProperty": "foo", "nullableProperty": null});
        like(&client.string().get_null_for_collection().await?, expected)?;
    }
    "Type_Property_Nullable_CollectionsString_patchNonNull" {
        client
            .string()
            .update_non_null_for_collection(
                CollectionsStringProperty::new("foo")
                    .nullable_property(vec!["hello".to_owned(), "world".to_owned()]),
            )
            .await?;
    }
    "Type_Property_Nullable_CollectionsString_patchNull" {
        client
            .string()
            .update_null_for_collection(CollectionsStringProperty::new("foo"))
            .await?;
    }
}
