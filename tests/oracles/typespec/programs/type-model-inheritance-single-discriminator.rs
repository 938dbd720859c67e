//! type-model-inheritance-single-discriminator

use crate::scenarios::like;
use serde_json::json;
use spec_type_model_inheritance_single_discriminator::types::{Bird, Eagle, Fish, Goose, SeaGull, Sparrow};
use spec_type_model_inheritance_single_discriminator::rt;

scenarios! { client = client!(spec_type_model_inheritance_single_discriminator);
    "Type_Model_Inheritance_SingleDiscriminator_getModel" {
        like(&client.single_discriminator().get_model().await?, json!({"wingspan":1,"kind":"sparrow"}))?;
    }
    "Type_Model_Inheritance_SingleDiscriminator_putModel" {
        client.single_discriminator().replace_model(Sparrow::new(1)).await?;
    }
    "Type_Model_Inheritance_SingleDiscriminator_getRecursiveModel" {
        like(&client.single_discriminator().get_recursivemodel().await?, json!({"wingspan":5,"kind":"eagle","partner":{"wingspan":2,"kind":"goose"},"friends":[{"wingspan":2,"kind":"seagull"}],"hate":{"key3":{"wingspan":1,"kind":"sparrow"}}}))?;
    }
    "Type_Model_Inheritance_SingleDiscriminator_putRecursiveModel" {
        client.single_discriminator().replace_recursivemodel(Eagle::new(5).partner(Bird::from(Goose::new(2))).friends(vec![Bird::from(SeaGull::new(2))]).hate(rt::Map::from_iter([("key3".to_owned(), json!({"wingspan": 1, "kind": "sparrow"}))]))).await?;
    }
    "Type_Model_Inheritance_SingleDiscriminator_getMissingDiscriminator" {
        like(&client.single_discriminator().get_missingdiscriminator().await?, json!({"wingspan":1}))?;
    }
    "Type_Model_Inheritance_SingleDiscriminator_getWrongDiscriminator" {
        like(&client.single_discriminator().get_wrongdiscriminator().await?, json!({"wingspan":1,"kind":"wrongKind"}))?;
    }
    "Type_Model_Inheritance_SingleDiscriminator_getLegacyModel" {
        like(&client.single_discriminator().get_legacy_model().await?, json!({"size":20,"kind":"t-rex"}))?;
    }
    "Type_Model_Inheritance_SingleDiscriminator_getNoSubtypesModel" {
        like(&client.no_subtypes().get_model().await?, json!({"kind":"salmon","size":10}))?;
    }
    "Type_Model_Inheritance_SingleDiscriminator_putNoSubtypesModel" {
        client.no_subtypes().replace_model(Fish::new("salmon", 10)).await?;
    }
}
