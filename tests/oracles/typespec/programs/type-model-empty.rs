//! Models without properties.

use crate::scenarios::like;
use serde_json::json;
use spec_type_model_empty::rt;

scenarios! { client = client!(spec_type_model_empty);
    "Type_Model_Empty_putEmpty" {
        client.empty().replace_alone(rt::Map::from_iter([])).await?;
    }
    "Type_Model_Empty_getEmpty" {
        like(&client.empty().get_alone().await?, json!({}))?;
    }
    "Type_Model_Empty_postRoundTripEmpty" {
        like(
            &client.empty().round_trip(rt::Map::from_iter([])).await?,
            json!({}),
        )?;
    }
}
