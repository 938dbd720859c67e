//! Properties that have another name on the wire.

use crate::scenarios::like;
use serde_json::json;
use spec_serialization_encoded_name_json::types::PropertyJsonEncodedNameModel;

scenarios! { client = client!(spec_serialization_encoded_name_json);
    "Serialization_EncodedName_Json_Property_send" {
        client
            .json()
            .send_property(PropertyJsonEncodedNameModel::new(true))
            .await?;
    }
    "Serialization_EncodedName_Json_Property_get" {
        like(
            &client.json().get_property().await?,
            json!({"wireName": true}),
        )?;
    }
}
