//! encode-numeric

use crate::scenarios::like;
use serde_json::json;
use spec_encode_numeric::types::{PropertySafeintAsStringProperty, PropertyUint32AsStringProperty, PropertyUint8AsStringProperty};

scenarios! { client = client!(spec_encode_numeric);
    "Encode_Numeric_Property_safeintAsString" {
        like(&client.property().safeint(PropertySafeintAsStringProperty::new("10000000000")).await?, json!({"value":"10000000000"}))?;
    }
    "Encode_Numeric_Property_uint32AsStringOptional" {
        like(&client.property().uint32(PropertyUint32AsStringProperty::default().value("1")).await?, json!({"value":"1"}))?;
    }
    "Encode_Numeric_Property_uint8AsString" {
        like(&client.property().uint8(PropertyUint8AsStringProperty::new("255")).await?, json!({"value":"255"}))?;
    }
}
