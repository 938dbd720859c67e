//! encode-boolean

use crate::scenarios::like;
use serde_json::json;
use spec_encode_boolean::types::PropertyBoolAsStringProperty;

scenarios! { client = client!(spec_encode_boolean);
    "Encode_Boolean_Property_trueLower" {
        like(&client.property().true_lower(PropertyBoolAsStringProperty::new("true")).await?, json!({"value":"true"}))?;
    }
    "Encode_Boolean_Property_falseLower" {
        like(&client.property().false_lower(PropertyBoolAsStringProperty::new("false")).await?, json!({"value":"false"}))?;
    }
    "Encode_Boolean_Property_trueUpper" {
        like(&client.property().true_upper(PropertyBoolAsStringProperty::new("true")).await?, json!({"value":"TRUE"}))?;
    }
    "Encode_Boolean_Property_falseMixed" {
        like(&client.property().false_mixed(PropertyBoolAsStringProperty::new("false")).await?, json!({"value":"FaLsE"}))?;
    }
}
