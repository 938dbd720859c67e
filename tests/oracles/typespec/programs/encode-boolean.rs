//! Booleans that are written as text.

use crate::scenarios::like;
use serde_json::json;
use spec_encode_boolean::types::PropertyBoolAsStringProperty;

scenarios! { client = client!(spec_encode_boolean);
    "Encode_Boolean_Property_trueLower" {
        let expected = json!({"value": "true"});
        like(
            &client
                .property()
                .true_lower(PropertyBoolAsStringProperty::new("true"))
                .await?,
            expected,
        )?;
    }
    "Encode_Boolean_Property_falseLower" {
        let expected = json!({"value": "false"});
        like(
            &client
                .property()
                .false_lower(PropertyBoolAsStringProperty::new("false"))
                .await?,
            expected,
        )?;
    }
    "Encode_Boolean_Property_trueUpper" {
        let expected = json!({"value": "TRUE"});
        like(
            &client
                .property()
                .true_upper(PropertyBoolAsStringProperty::new("true"))
                .await?,
            expected,
        )?;
    }
    "Encode_Boolean_Property_falseMixed" {
        let expected = json!({"value": "FaLsE"});
        like(
            &client
                .property()
                .false_mixed(PropertyBoolAsStringProperty::new("false"))
                .await?,
            expected,
        )?;
    }
}
