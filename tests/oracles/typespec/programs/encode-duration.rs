//! encode-duration

use crate::scenarios::like;
use serde_json::json;
use spec_encode_duration::types::{PropertyDefaultDurationProperty, PropertyFloat64MillisecondsDurationProperty, PropertyFloat64SecondsDurationProperty, PropertyFloatMillisecondsDurationArrayProperty, PropertyFloatMillisecondsDurationProperty, PropertyFloatMillisecondsLargerUnitDurationProperty, PropertyFloatSecondsDurationArrayProperty, PropertyFloatSecondsDurationProperty, PropertyFloatSecondsLargerUnitDurationProperty, PropertyInt32MillisecondsDurationProperty, PropertyInt32MillisecondsLargerUnitDurationProperty, PropertyInt32SecondsDurationProperty, PropertyInt32SecondsLargerUnitDurationProperty, PropertyIso8601DurationProperty};

scenarios! { client = client!(spec_encode_duration);
    "Encode_Duration_Property_default" {
        like(&client.property().default(PropertyDefaultDurationProperty::new("P40D")).await?, json!({"value":"P40D"}))?;
    }
    "Encode_Duration_Property_floatSeconds" {
        like(&client.float_seconds().create(PropertyFloatSecondsDurationProperty::new(35.625)).await?, json!({"value":35.625}))?;
    }
    "Encode_Duration_Property_float64Seconds" {
        like(&client.float64_seconds().create(PropertyFloat64SecondsDurationProperty::new(35.625)).await?, json!({"value":35.625}))?;
    }
    "Encode_Duration_Property_int32Seconds" {
        like(&client.int32_seconds().create(PropertyInt32SecondsDurationProperty::new(36)).await?, json!({"value":36}))?;
    }
    "Encode_Duration_Property_iso8601" {
        like(&client.property().iso8601(PropertyIso8601DurationProperty::new("P40D")).await?, json!({"value":"P40D"}))?;
    }
    "Encode_Duration_Property_floatSecondsArray" {
        like(&client.property().float_seconds_array(PropertyFloatSecondsDurationArrayProperty::new(vec![35.625.into(), 46.75.into()])).await?, json!({"value":[35.625,46.75]}))?;
    }
    "Encode_Duration_Property_int32Milliseconds" {
        like(&client.int32_milliseconds().create(PropertyInt32MillisecondsDurationProperty::new(36000)).await?, json!({"value":36000}))?;
    }
    "Encode_Duration_Property_floatMilliseconds" {
        like(&client.float_milliseconds().create(PropertyFloatMillisecondsDurationProperty::new(35625)).await?, json!({"value":35625}))?;
    }
    "Encode_Duration_Property_float64Milliseconds" {
        like(&client.float64_milliseconds().create(PropertyFloat64MillisecondsDurationProperty::new(35625)).await?, json!({"value":35625}))?;
    }
    "Encode_Duration_Property_floatMillisecondsArray" {
        like(&client.property().float_milliseconds_array(PropertyFloatMillisecondsDurationArrayProperty::new(vec![35625.into(), 46750.into()])).await?, json!({"value":[35625,46750]}))?;
    }
    "Encode_Duration_Property_int32SecondsLargerUnit" {
        like(&client.property().int32_seconds_larger_unit(PropertyInt32SecondsLargerUnitDurationProperty::new(120)).await?, json!({"value":120}))?;
    }
    "Encode_Duration_Property_floatSecondsLargerUnit" {
        like(&client.property().float_seconds_larger_unit(PropertyFloatSecondsLargerUnitDurationProperty::new(150)).await?, json!({"value":150}))?;
    }
    "Encode_Duration_Property_int32MillisecondsLargerUnit" {
        like(&client.property().int32_milliseconds_larger_unit(PropertyInt32MillisecondsLargerUnitDurationProperty::new(180000)).await?, json!({"value":180000}))?;
    }
    "Encode_Duration_Property_floatMillisecondsLargerUnit" {
        like(&client.property().float_milliseconds_larger_unit(PropertyFloatMillisecondsLargerUnitDurationProperty::new(210000)).await?, json!({"value":210000}))?;
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
        client.duration().query_int32_seconds_array(vec![36, 47]).await?;
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
        client.duration().query_int32_milliseconds_array(vec![36000, 47000]).await?;
    }
    "Encode_Duration_Query_int32SecondsLargerUnit" {
        client.duration().query_int32_seconds_larger_unit(120).await?;
    }
    "Encode_Duration_Query_floatSecondsLargerUnit" {
        client.duration().query_float_seconds_larger_unit(150).await?;
    }
    "Encode_Duration_Query_int32MillisecondsLargerUnit" {
        client.duration().query_int32_milliseconds_larger_unit(180000).await?;
    }
    "Encode_Duration_Query_floatMillisecondsLargerUnit" {
        client.duration().query_float_milliseconds_larger_unit(210000).await?;
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
        client.header().get_iso8601_array(vec!["P40D".into(), "P50D".into()]).await?;
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
        client.header().get_int32_milliseconds_array(vec![36000, 47000]).await?;
    }
    "Encode_Duration_Header_int32SecondsLargerUnit" {
        client.header().get_int32_seconds_larger_unit(120).await?;
    }
    "Encode_Duration_Header_floatSecondsLargerUnit" {
        client.header().get_float_seconds_larger_unit(150).await?;
    }
    "Encode_Duration_Header_int32MillisecondsLargerUnit" {
        client.header().get_int32_milliseconds_larger_unit(180000).await?;
    }
    "Encode_Duration_Header_floatMillisecondsLargerUnit" {
        client.header().get_float_milliseconds_larger_unit(210000).await?;
    }
    "Encode_Duration_Lossy_intSeconds" {
        client.int32_seconds().lossy_int(36).await?;
    }
    "Encode_Duration_Lossy_intMilliseconds" {
        client.int32_milliseconds().lossy_int(36250).await?;
    }
}
