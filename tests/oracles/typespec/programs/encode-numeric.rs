//! Numbers that are written as text.

use crate::scenarios::like;
use serde_json::json;
use spec_encode_numeric::types::{
    PropertySafeintAsStringProperty, PropertyUint8AsStringProperty, PropertyUint32AsStringProperty,
};

scenarios! { client = client!(spec_encode_numeric);
    "Encode_Numeric_Property_safeintAsString" {
        let expected = json!({"value": "10000000000"});
        like(
            &client
                .property()
                .safeint(PropertySafeintAsStringProperty::new("10000000000"))
                .await?,
            expected,
        )?;
    }
    "Encode_Numeric_Property_uint32AsStringOptional" {
        let expected = json!({"value": "1"});
        like(
            &client
                .property()
                .uint32(PropertyUint32AsStringProperty::default().value("1"))
                .await?,
            expected,
        )?;
    }
    "Encode_Numeric_Property_uint8AsString" {
        let expected = json!({"value": "255"});
        like(
            &client
                .property()
                .uint8(PropertyUint8AsStringProperty::new("255"))
                .await?,
            expected,
        )?;
    }
}
