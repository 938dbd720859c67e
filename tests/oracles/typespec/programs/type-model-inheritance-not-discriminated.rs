//! Models that extend others.

use crate::scenarios::like;
use serde_json::json;
use spec_type_model_inheritance_not_discriminated::types::Siamese;

scenarios! { client = client!(spec_type_model_inheritance_not_discriminated);
    "Type_Model_Inheritance_NotDiscriminated_postValid" {
        client
            .not_discriminated()
            .valid(Siamese::new(32, "abc", true))
            .await?;
    }
    "Type_Model_Inheritance_NotDiscriminated_getValid" {
        let expected = json!({"name": "abc", "age": 32, "smart": true});
        like(&client.not_discriminated().get_valid().await?, expected)?;
    }
    "Type_Model_Inheritance_NotDiscriminated_putValid" {
        let expected = json!({"name": "abc", "age": 32, "smart": true});
        like(
            &client
                .not_discriminated()
                .replace_valid(Siamese::new(32, "abc", true))
                .await?,
            expected,
        )?;
    }
}
