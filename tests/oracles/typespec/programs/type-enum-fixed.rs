//! Enums that have all their values.

use crate::scenarios::{like, refused};
use serde_json::json;
use spec_type_enum_fixed::types::DaysOfWeekEnum;

scenarios! { client = client!(spec_type_enum_fixed);
    "Type_Enum_Fixed_String_getKnownValue" {
        like(&client.string().get_known_value().await?, json!("Monday"))?;
    }
    "Type_Enum_Fixed_String_putKnownValue" {
        client
            .string()
            .replace_known_value(DaysOfWeekEnum::Monday)
            .await?;
    }
    "Type_Enum_Fixed_String_putUnknownValue" {
        refused(client.string().replace_unknown_value("Weekend").await, 500)?;
    }
}
