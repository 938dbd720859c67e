//! Models of requests, of answers and of both.

use crate::scenarios::like;
use serde_json::json;
use spec_type_model_usage::types::{InputOutputRecord, InputRecord};

scenarios! { client = client!(spec_type_model_usage);
    "Type_Model_Usage_input" {
        client
            .usage()
            .input(InputRecord::new("example-value"))
            .await?;
    }
    "Type_Model_Usage_output" {
        like(
            &client.usage().get_output().await?,
            json!({"requiredProp": "example-value"}),
        )?;
    }
    "Type_Model_Usage_inputAndOutput" {
        let expected = json!({"requiredProp": "example-value"});
        like(
            &client
                .usage()
                .input_output(InputOutputRecord::new("example-value"))
                .await?,
            expected,
        )?;
    }
}
