//! Kinds of kinds.

use crate::scenarios::{like, made};
use serde_json::json;
use spec_type_model_inheritance_nested_discriminator::rt;
use spec_type_model_inheritance_nested_discriminator::types::{
    Fish, GoblinShark, Salmon, SawShark, Shark,
};

scenarios! { client = client!(spec_type_model_inheritance_nested_discriminator);
    "Type_Model_Inheritance_NestedDiscriminator_getModel" {
        let expected = json!({"age": 1, "kind": "shark", "sharktype": "goblin"});
        like(&client.nested_discriminator().get_model().await?, expected)?;
    }
    "Type_Model_Inheritance_NestedDiscriminator_putModel" {
        client
            .nested_discriminator()
            .replace_model(Shark::from(GoblinShark::new(1)))
            .await?;
    }
    "Type_Model_Inheritance_NestedDiscriminator_getRecursiveModel" {
        let expected = json!({
            "age": 1,
            "kind": "salmon",
            "partner": {"age": 2, "kind": "shark", "sharktype": "saw"},
            "friends": [
                {
                    "age": 2,
                    "kind": "salmon",
                    "partner": {"age": 3, "kind": "salmon"},
                    "hate": {
                        "key1": {"age": 4, "kind": "salmon"},
                        "key2": {"age": 2, "kind": "shark", "sharktype": "goblin"}
                    }
                },
                {"age": 3, "kind": "shark", "sharktype": "goblin"}
            ],
            "hate": {
                "key3": {"age": 3, "kind": "shark", "sharktype": "saw"},
                "key4": {
                    "age": 2,
                    "kind": "salmon",
                    "friends": [
                        {"age": 1, "kind": "salmon"},
                        {"age": 4, "kind": "shark", "sharktype": "goblin"}
                    ]
                }
            }
        });
        like(
            &client.nested_discriminator().get_recursive_model().await?,
            expected,
        )?;
    }
    "Type_Model_Inheritance_NestedDiscriminator_putRecursiveModel" {
        let hate = rt::Map::from_iter([
            ("key1".to_owned(), made(json!({"age": 4, "kind": "salmon"}))),
            (
                "key2".to_owned(),
                made(json!({"age": 2, "kind": "shark", "sharktype": "goblin"})),
            ),
        ]);
        let friend = Salmon::new(2).partner(Salmon::new(3)).hate(hate);
        let friends = vec![
            Fish::from(friend),
            Fish::from(Shark::from(GoblinShark::new(3))),
        ];
        let key4 = json!([
            {"age": 1, "kind": "salmon"},
            {"age": 4, "kind": "shark", "sharktype": "goblin"},
        ]);
        let hate = rt::Map::from_iter([
            (
                "key3".to_owned(),
                made(json!({"age": 3, "kind": "shark", "sharktype": "saw"})),
            ),
            (
                "key4".to_owned(),
                made(json!({"age": 2, "kind": "salmon", "friends": key4})),
            ),
        ]);
        let salmon = Salmon::new(1)
            .partner(Shark::from(SawShark::new(2)))
            .friends(friends)
            .hate(hate);
        client
            .nested_discriminator()
            .replace_recursive_model(salmon)
            .await?;
    }
    "Type_Model_Inheritance_NestedDiscriminator_getMissingDiscriminator" {
        let expected = json!({"age": 1});
        like(
            &client
                .nested_discriminator()
                .get_missing_discriminator()
                .await?,
            expected,
        )?;
    }
    "Type_Model_Inheritance_NestedDiscriminator_getWrongDiscriminator" {
        let expected = json!({"age": 1, "kind": "wrongKind"});
        like(
            &client
                .nested_discriminator()
                .get_wrong_discriminator()
                .await?,
            expected,
        )?;
    }
}
