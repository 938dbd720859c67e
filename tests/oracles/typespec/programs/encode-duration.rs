//! Durations as numbers and as ISO 8601.

use crate::scenarios::like;
use serde_json::json;
use spec_encode_duration::types::{
    PropertyDefaultDurationProperty, PropertyFloat64MillisecondsDurationProperty,
    PropertyFloat64SecondsDurationProperty, PropertyFloatMillisecondsDurationArrayProperty,
    PropertyFloatMillisecondsDurationProperty, PropertyFloatMillisecondsLargerUnitDurationProperty,
    PropertyFloatSecondsDurationArrayProperty, PropertyFloatSecondsDurationProperty,
    PropertyFloatSecondsLargerUnitDurationProperty, PropertyInt32MillisecondsDurationProperty,
    PropertyInt32MillisecondsLargerUnitDurationProperty, PropertyInt32SecondsDurationProperty,
    PropertyInt32SecondsLargerUnitDurationProperty, PropertyIso8601DurationProperty,
};

scenarios! { client = client!(spec_encode_duration);
    "Encode_Duration_Property_default" {
        let expected = json!({"value": "P40D"});
        like(
            &client
                .property()
                .default(PropertyDefaultDurationProperty::new("P40D"))
                .await?,
            expected,
        )?;
    }
    "Encode_Duration_Property_floatSeconds" {
        let expected = json!({"value": 35.625});
        like(
            &client
                .float_seconds()
                .create(PropertyFloatSecondsDurationProperty::new(35.625))
                .await?,
            expected,
        )?;
    }
    "Encode_Duration_Property_float64Seconds" {
        let expected = json!({"value": 35.625});
        like(
            &client
                .float64_seconds()
                .create(PropertyFloat64SecondsDurationProperty::new(35.625))
                .await?,
            expected,
        )?;
    }
    "Encode_Duration_Property_int32Seconds" {
        let expected = json!({"value": 36});
        like(
            &client
                .int32_seconds()
                .create(PropertyInt32SecondsDurationProperty::new(36))
                .await?,
            expected,
        )?;
    }
    "Encode_Duration_Property_iso8601" {
        let expected = json!({"value": "P40D"});
        like(
            &client
                .property()
                .iso8601(PropertyIso8601DurationProperty::new("P40D"))
                .await?,
            expected,
        )?;
    }
    "Encode_Duration_Property_floatSecondsArray" {
        let expected = json!({"value": [35.625, 46.75]});
        like(
            &client
                .property()
                .float_seconds_array(PropertyFloatSecondsDurationArrayProperty::new(vec![
                    35.625.into(),
                    46.75.into(),
                ]))
                .await?,
            expected,
        )?;
    }
    "Encode_Duration_Property_int32Milliseconds" {
        let expected = json!({"value": 36000});
        like(
            &client
                .int32_milliseconds()
                .create(PropertyInt32MillisecondsDurationProperty::new(36000))
                .await?,
            expected,
        )?;
    }
    "Encode_Duration_Property_floatMilliseconds" {
        let expected = json!({"value": 35625});
        like(
            &client
                .float_milliseconds()
                .create(PropertyFloatMillisecondsDurationProperty::new(35625))
                .await?,
            expected,
        )?;
    }
    "Encode_Duration_Property_float64Milliseconds" {
        let expected = json!({"value": 35625});
        like(
            &client
                .float64_milliseconds()
                .create(PropertyFloat64MillisecondsDurationProperty::new(35625))
                .await?,
            expected,
        )?;
    }
    "Encode_Duration_Property_floatMillisecondsArray" {
        let expected = json!({"value": [35625, 46750]});
        like(
            &client
                .property()
                .float_milliseconds_array(PropertyFloatMillisecondsDurationArrayProperty::new(
                    vec![35625.into(), 46750.into()],
                ))
                .await?,
            expected,
        )?;
    }
    "Encode_Duration_Property_int32SecondsLargerUnit" {
        let expected = json!({"value": 120});
        like(
            &client
                .property()
                .int32_seconds_larger_unit(PropertyInt32SecondsLargerUnitDurationProperty::new(120))
                .await?,
            expected,
        )?;
    }
    "Encode_Duration_Property_floatSecondsLargerUnit" {
        let expected = json!({"value": 150});
        like(
            &client
                .property()
                .float_seconds_larger_unit(PropertyFloatSecondsLargerUnitDurationProperty::new(150))
                .await?,
            expected,
        )?;
    }
    "Encode_Duration_Property_int32MillisecondsLargerUnit" {
        let expected = json!({"value": 180000});
        like(
            &client
                .property()
                .int32_milliseconds_larger_unit(
                    PropertyInt32MillisecondsLargerUnitDurationProperty::new(180000),
                )
                .await?,
            expected,
        )?;
    }
    "Encode_Duration_Property_floatMillisecondsLargerUnit" {
        let expected = json!({"value": 210000});
        like(
            &client
                .property()
                .float_milliseconds_larger_unit(
                    PropertyFloatMillisecondsLargerUnitDurationProperty::new(210000),
                )
                .await?,
            expected,
        )?;
    }
    "Encode_Duration_Query_default" {
        client.duration().query_default("P40D").await?;
    }
    "Encode_Duration_Query_iso8601" {
        client.duration().query_iso8601("P40D").await?;
    }
    "Encode_Duration_Query_int32Seconds" {
        client.duration().query_int32_seconds(36).await?;
    }
    "Encode_Duration_Query_int32SecondsArray" {
        client
            .duration()
            .query_int32_seconds_array(vec![36, 47])
            .await?;
    }
    "Encode_Duration_Query_floatSeconds" {
        client.duration().query_float_seconds(35.625).await?;
    }
    "Encode_Duration_Query_float64Seconds" {
        client.duration().query_float64_seconds(35.625).await?;
    }
    "Encode_Duration_Query_int32Milliseconds" {
        client.duration().query_int32_milliseconds(36000).await?;
    }
    "Encode_Duration_Query_floatMilliseconds" {
        client.duration().query_float_milliseconds(35625).await?;
    }
    "Encode_Duration_Query_float64Milliseconds" {
        client.duration().query_float64_milliseconds(35625).await?;
    }
    "Encode_Duration_Query_int32MillisecondsArray" {
        client
            .duration()
            .query_int32_milliseconds_array(vec![36000, 47000])
            .await?;
    }
    "Encode_Duration_Query_int32SecondsLargerUnit" {
        client
            .duration()
            .query_int32_seconds_larger_unit(120)
            .await?;
    }
    "Encode_Duration_Query_floatSecondsLargerUnit" {
        client
            .duration()
            .query_float_seconds_larger_unit(150)
            .await?;
    }
    "Encode_Duration_Query_int32MillisecondsLargerUnit" {
        client
            .duration()
            .query_int32_milliseconds_larger_unit(180000)
            .await?;
    }
    "Encode_Duration_Query_floatMillisecondsLargerUnit" {
        client
            .duration()
            .query_float_milliseconds_larger_unit(210000)
            .await?;
    }
    "Encode_Duration_Header_default" {
        client.header().get_default("P40D").await?;
    }
    "Encode_Duration_Header_iso8601" {
        client.header().get_iso8601("P40D").await?;
    }
    "Encode_Duration_Header_int32Seconds" {
        client.int32_seconds().list(36).await?;
    }
    "Encode_Duration_Header_floatSeconds" {
        client.float_seconds().list(35.625).await?;
    }
    "Encode_Duration_Header_float64Seconds" {
        client.float64_seconds().list(35.625).await?;
    }
    "Encode_Duration_Header_iso8601Array" {
        client
            .header()
            .get_iso8601_array(vec!["P40D".into(), "P50D".into()])
            .await?;
    }
    "Encode_Duration_Header_int32Milliseconds" {
        client.int32_milliseconds().list(36000).await?;
    }
    "Encode_Duration_Header_floatMilliseconds" {
        client.float_milliseconds().list(35625).await?;
    }
    "Encode_Duration_Header_float64Milliseconds" {
        client.float64_milliseconds().list(35625).await?;
    }
    "Encode_Duration_Header_int32MillisecondsArray" {
        client
            .header()
            .get_int32_milliseconds_array(vec![36000, 47000])
            .await?;
    }
    "Encode_Duration_Header_int32SecondsLargerUnit" {
        client.header().get_int32_seconds_larger_unit(120).await?;
    }
    "Encode_Duration_Header_floatSecondsLargerUnit" {
        client.header().get_float_seconds_larger_unit(150).await?;
    }
    "Encode_Duration_Header_int32MillisecondsLargerUnit" {
        client
            .header()
            .get_int32_milliseconds_larger_unit(180000)
            .await?;
    }
    "Encode_Duration_Header_floatMillisecondsLargerUnit" {
        client
            .header()
            .get_float_milliseconds_larger_unit(210000)
            .await?;
    }
    "Encode_Duration_Lossy_intSeconds" {
        client.int32_seconds().lossy_int(36).await?;
    }
    "Encode_Duration_Lossy_intMilliseconds" {
        client.int32_milliseconds().lossy_int(36250).await?;
    }
}
