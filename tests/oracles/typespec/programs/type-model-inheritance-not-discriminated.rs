//! type-model-inheritance-not-discriminated

use crate::scenarios::like;
use serde_json::json;
use spec_type_model_inheritance_not_discriminated::types::Siamese;

scenarios! { client = client!(spec_type_model_inheritance_not_discriminated);
    "Type_Model_Inheritance_NotDiscriminated_postValid" {
        client.not_discriminated().valid(Siamese::new(32, "abc", true)).await?;
    }
    "Type_Model_Inheritance_NotDiscriminated_getValid" {
        like(&client.not_discriminated().get_valid().await?, json!({"name":"abc","age":32,"smart":true}))?;
    }
    "Type_Model_Inheritance_NotDiscriminated_putValid" {
        like(&client.not_discriminated().replace_valid(Siamese::new(32, "abc", true)).await?, json!({"name":"abc","age":32,"smart":true}))?;
    }
}
