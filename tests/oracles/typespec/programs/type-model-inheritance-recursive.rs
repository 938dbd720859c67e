//! A model that contains itself.

use crate::scenarios::like;
use serde_json::json;
use spec_type_model_inheritance_recursive::types::Extension;

scenarios! { client = client!(spec_type_model_inheritance_recursive);
    "Type_Model_Inheritance_Recursive_put" {
        client
            .inheritance()
            .replace_recursive(Extension::new(0).extension(vec![
                Extension::new(1).extension(vec![Extension::new(2)]),
                Extension::new(1),
            ]))
            .await?;
    }
    "Type_Model_Inheritance_Recursive_get" {
        let expected = json!({
            "level": 0,
            "extension": [{"level": 1, "extension": [{"level": 2}]}, {"level": 1}]
        });
        like(&client.inheritance().get_recursive().await?, expected)?;
    }
}
