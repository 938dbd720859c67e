//! Kinds that a text tells apart.

use crate::scenarios::{like, made};
use serde_json::json;
use spec_type_model_inheritance_single_discriminator::rt;
use spec_type_model_inheritance_single_discriminator::types::{
    Bird, Eagle, Fish, Goose, SeaGull, Sparrow,
};

scenarios! { client = client!(spec_type_model_inheritance_single_discriminator);
    "Type_Model_Inheritance_SingleDiscriminator_getModel" {
        let expected = json!({"wingspan": 1, "kind": "sparrow"});
        like(&client.single_discriminator().get_model().await?, expected)?;
    }
    "Type_Model_Inheritance_SingleDiscriminator_putModel" {
        client
            .single_discriminator()
            .replace_model(Sparrow::new(1))
            .await?;
    }
    "Type_Model_Inheritance_SingleDiscriminator_getRecursiveModel" {
        let expected = json!({
            "wingspan": 5,
            "kind": "eagle",
            "partner": {"wingspan": 2, "kind": "goose"},
            "friends": [{"wingspan": 2, "kind": "seagull"}],
            "hate": {"key3": {"wingspan": 1, "kind": "sparrow"}}
        });
        like(
            &client.single_discriminator().get_recursive_model().await?,
            expected,
        )?;
    }
    "Type_Model_Inheritance_SingleDiscriminator_putRecursiveModel" {
        client
            .single_discriminator()
            .replace_recursive_model(
                Eagle::new(5)
                    .partner(Bird::from(Goose::new(2)))
                    .friends(vec![Bird::from(SeaGull::new(2))])
                    .hate(rt::Map::from_iter([(
                        "key3".to_owned(),
                        made(json!({"wingspan": 1, "kind": "sparrow"})),
                    )])),
            )
            .await?;
    }
    "Type_Model_Inheritance_SingleDiscriminator_getMissingDiscriminator" {
        let expected = json!({"wingspan": 1});
        like(
            &client
                .single_discriminator()
                .get_missing_discriminator()
                .await?,
            expected,
        )?;
    }
    "Type_Model_Inheritance_SingleDiscriminator_getWrongDiscriminator" {
        let expected = json!({"wingspan": 1, "kind": "wrongKind"});
        like(
            &client
                .single_discriminator()
                .get_wrong_discriminator()
                .await?,
            expected,
        )?;
    }
    "Type_Model_Inheritance_SingleDiscriminator_getLegacyModel" {
        let expected = json!({"size": 20, "kind": "t-rex"});
        like(
            &client.single_discriminator().get_legacy_model().await?,
            expected,
        )?;
    }
    "Type_Model_Inheritance_SingleDiscriminator_getNoSubtypesModel" {
        like(
            &client.no_subtypes().get_model().await?,
            json!({"kind": "salmon", "size": 10}),
        )?;
    }
    "Type_Model_Inheritance_SingleDiscriminator_putNoSubtypesModel" {
        client
            .no_subtypes()
            .replace_model(Fish::new("salmon", 10))
            .await?;
    }
}
