//! Dates and times in each of their forms.

use crate::scenarios::like;
use serde_json::json;
use spec_encode_datetime::types::{
    DefaultDatetimeProperty, Rfc3339DatetimeProperty, Rfc7231DatetimeProperty,
    UnixTimestampArrayDatetimeProperty, UnixTimestampDatetimeProperty,
};

scenarios! { client = client!(spec_encode_datetime);
    "Encode_Datetime_Query_default" {
        client
            .datetime()
            .query_default("2022-08-26T18:38:00.000Z")
            .await?;
    }
    "Encode_Datetime_Query_rfc3339" {
        client
            .datetime()
            .query_rfc3339("2022-08-26T18:38:00.000Z")
            .await?;
    }
    "Encode_Datetime_Query_rfc7231" {
        client
            .datetime()
            .query_rfc7231("Fri, 26 Aug 2022 14:38:00 GMT")
            .await?;
    }
    "Encode_Datetime_Query_unixTimestamp" {
        client.datetime().query_unix_timestamp(1686566864).await?;
    }
    "Encode_Datetime_Query_unixTimestampArray" {
        client
            .datetime()
            .query_unix_timestamp_array(vec![1686566864, 1686734256])
            .await?;
    }
    "Encode_Datetime_Property_default" {
        let expected = json!({"value": "2022-08-26T18:38:00.000Z"});
        like(
            &client
                .property()
                .default(DefaultDatetimeProperty::new("2022-08-26T18:38:00.000Z"))
                .await?,
            expected,
        )?;
    }
    "Encode_Datetime_Property_rfc3339" {
        let expected = json!({"value": "2022-08-26T18:38:00.000Z"});
        like(
            &client
                .property()
                .rfc3339(Rfc3339DatetimeProperty::new("2022-08-26T18:38:00.000Z"))
                .await?,
            expected,
        )?;
    }
    "Encode_Datetime_Property_rfc7231" {
        let expected = json!({"value": "Fri, 26 Aug 2022 14:38:00 GMT"});
        like(
            &client
                .property()
                .rfc7231(Rfc7231DatetimeProperty::new(
                    "Fri, 26 Aug 2022 14:38:00 GMT",
                ))
                .await?,
            expected,
        )?;
    }
    "Encode_Datetime_Property_unixTimestamp" {
        let expected = json!({"value": 1686566864});
        like(
            &client
                .property()
                .unix_timestamp(UnixTimestampDatetimeProperty::new(1686566864))
                .await?,
            expected,
        )?;
    }
    "Encode_Datetime_Property_unixTimestampArray" {
        let expected = json!({"value": [1686566864, 1686734256]});
        like(
            &client
                .property()
                .unix_timestamp_array(UnixTimestampArrayDatetimeProperty::new(vec![
                    1686566864, 1686734256,
                ]))
                .await?,
            expected,
        )?;
    }
    "Encode_Datetime_Header_default" {
        client
            .header()
            .get_default("Fri, 26 Aug 2022 14:38:00 GMT")
            .await?;
    }
    "Encode_Datetime_Header_rfc3339" {
        client
            .header()
            .get_rfc3339("2022-08-26T18:38:00.000Z")
            .await?;
    }
    "Encode_Datetime_Header_rfc7231" {
        client
            .header()
            .get_rfc7231("Fri, 26 Aug 2022 14:38:00 GMT")
            .await?;
    }
    "Encode_Datetime_Header_unixTimestamp" {
        client.header().get_unix_timestamp(1686566864).await?;
    }
    "Encode_Datetime_Header_unixTimestampArray" {
        client
            .header()
            .get_unix_timestamp_array(vec![1686566864, 1686734256])
            .await?;
    }
    "Encode_Datetime_ResponseHeader_default" {
        client.response_header().get_default().await?;
    }
    "Encode_Datetime_ResponseHeader_rfc3339" {
        client.response_header().get_rfc3339().await?;
    }
    "Encode_Datetime_ResponseHeader_rfc7231" {
        client.response_header().get_rfc7231().await?;
    }
    "Encode_Datetime_ResponseHeader_unixTimestamp" {
        client.response_header().get_unix_timestamp().await?;
    }
}
