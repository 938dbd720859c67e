//! type-model-inheritance-nested-discriminator

use crate::scenarios::like;
use serde_json::json;
use spec_type_model_inheritance_nested_discriminator::types::{Fish, GoblinShark, Salmon, SawShark, Shark};
use spec_type_model_inheritance_nested_discriminator::rt;

scenarios! { client = client!(spec_type_model_inheritance_nested_discriminator);
    "Type_Model_Inheritance_NestedDiscriminator_getModel" {
        like(&client.nested_discriminator().get_model().await?, json!({"age":1,"kind":"shark","sharktype":"goblin"}))?;
    }
    "Type_Model_Inheritance_NestedDiscriminator_putModel" {
        client.nested_discriminator().replace_model(Shark::from(GoblinShark::new(1))).await?;
    }
    "Type_Model_Inheritance_NestedDiscriminator_getRecursiveModel" {
        like(&client.nested_discriminator().get_recursivemodel().await?, json!({"age":1,"kind":"salmon","partner":{"age":2,"kind":"shark","sharktype":"saw"},"friends":[{"age":2,"kind":"salmon","partner":{"age":3,"kind":"salmon"},"hate":{"key1":{"age":4,"kind":"salmon"},"key2":{"age":2,"kind":"shark","sharktype":"goblin"}}},{"age":3,"kind":"shark","sharktype":"goblin"}],"hate":{"key3":{"age":3,"kind":"shark","sharktype":"saw"},"key4":{"age":2,"kind":"salmon","friends":[{"age":1,"kind":"salmon"},{"age":4,"kind":"shark","sharktype":"goblin"}]}}}))?;
    }
    "Type_Model_Inheritance_NestedDiscriminator_putRecursiveModel" {
        client.nested_discriminator().replace_recursivemodel(Salmon::new(1).partner(Fish::from(Shark::from(SawShark::new(2)))).friends(vec![Fish::from(Salmon::new(2).partner(Fish::from(Salmon::new(3))).hate(rt::Map::from_iter([("key1".to_owned(), json!({"age": 4, "kind": "salmon"})), ("key2".to_owned(), json!({"age": 2, "kind": "shark", "sharktype": "goblin"}))]))), Fish::from(Shark::from(GoblinShark::new(3)))]).hate(rt::Map::from_iter([("key3".to_owned(), json!({"age": 3, "kind": "shark", "sharktype": "saw"})), ("key4".to_owned(), json!({"age": 2, "kind": "salmon", "friends": [{"age": 1, "kind": "salmon"}, {"age": 4, "kind": "shark", "sharktype": "goblin"}]}))]))).await?;
    }
    "Type_Model_Inheritance_NestedDiscriminator_getMissingDiscriminator" {
        like(&client.nested_discriminator().get_missingdiscriminator().await?, json!({"age":1}))?;
    }
    "Type_Model_Inheritance_NestedDiscriminator_getWrongDiscriminator" {
        like(&client.nested_discriminator().get_wrongdiscriminator().await?, json!({"age":1,"kind":"wrongKind"}))?;
    }
}
