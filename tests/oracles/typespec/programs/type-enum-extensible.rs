//! Enums that may have more values.

use crate::scenarios::like;
use serde_json::json;
use spec_type_enum_extensible::types::DaysOfWeekExtensibleEnum;

scenarios! { client = client!(spec_type_enum_extensible);
    "Type_Enum_Extensible_String_getKnownValue" {
        like(&client.string().get_known_value().await?, json!("Monday"))?;
    }
    "Type_Enum_Extensible_String_putKnownValue" {
        client
            .string()
            .replace_known_value(DaysOfWeekExtensibleEnum::Monday)
            .await?;
    }
    "Type_Enum_Extensible_String_getUnknownValue" {
        like(
            &client.string().get_unknown_value().await?,
            json!("Weekend"),
        )?;
    }
    "Type_Enum_Extensible_String_putUnknownValue" {
        client.string().replace_unknown_value("Weekend").await?;
    }
}
