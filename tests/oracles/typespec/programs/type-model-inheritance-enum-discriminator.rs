//! Kinds that an enum tells apart.

use crate::scenarios::like;
use serde_json::json;
use spec_type_model_inheritance_enum_discriminator::types::{Cobra, Golden};

scenarios! { client = client!(spec_type_model_inheritance_enum_discriminator);
    "Type_Model_Inheritance_EnumDiscriminator_getExtensibleModel" {
        let expected = json!({"weight": 10, "kind": "golden"});
        like(
            &client.enum_discriminator().get_extensible_enum().await?,
            expected,
        )?;
    }
    "Type_Model_Inheritance_EnumDiscriminator_putExtensibleModel" {
        client
            .enum_discriminator()
            .replace_extensible_enum(Golden::new(10))
            .await?;
    }
    "Type_Model_Inheritance_EnumDiscriminator_getFixedModel" {
        let expected = json!({"length": 10, "kind": "cobra"});
        like(
            &client.enum_discriminator().get_fixed_enum().await?,
            expected,
        )?;
    }
    "Type_Model_Inheritance_EnumDiscriminator_putFixedModel" {
        client
            .enum_discriminator()
            .replace_fixed_enum(Cobra::new(10))
            .await?;
    }
    "Type_Model_Inheritance_EnumDiscriminator_getExtensibleModelMissingDiscriminator" {
        let expected = json!({"weight": 10});
        like(
            &client.extensible_enum().get_missing_discriminator().await?,
            expected,
        )?;
    }
    "Type_Model_Inheritance_EnumDiscriminator_getExtensibleModelWrongDiscriminator" {
        let expected = json!({"weight": 8, "kind": "wrongKind"});
        like(
            &client.extensible_enum().get_wrong_discriminator().await?,
            expected,
        )?;
    }
    "Type_Model_Inheritance_EnumDiscriminator_getFixedModelMissingDiscriminator" {
        like(
            &client.fixed_enum().get_missing_discriminator().await?,
            json!({"length": 10}),
        )?;
    }
    "Type_Model_Inheritance_EnumDiscriminator_getFixedModelWrongDiscriminator" {
        let expected = json!({"length": 8, "kind": "wrongKind"});
        like(
            &client.fixed_enum().get_wrong_discriminator().await?,
            expected,
        )?;
    }
}
