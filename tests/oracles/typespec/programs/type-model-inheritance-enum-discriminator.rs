//! type-model-inheritance-enum-discriminator

use crate::scenarios::like;
use serde_json::json;
use spec_type_model_inheritance_enum_discriminator::types::{Cobra, Golden};

scenarios! { client = client!(spec_type_model_inheritance_enum_discriminator);
    "Type_Model_Inheritance_EnumDiscriminator_getExtensibleModel" {
        like(&client.enum_discriminator().get_extensible_enum().await?, json!({"weight":10,"kind":"golden"}))?;
    }
    "Type_Model_Inheritance_EnumDiscriminator_putExtensibleModel" {
        client.enum_discriminator().replace_extensible_enum(Golden::new(10)).await?;
    }
    "Type_Model_Inheritance_EnumDiscriminator_getFixedModel" {
        like(&client.enum_discriminator().get_fixed_enum().await?, json!({"length":10,"kind":"cobra"}))?;
    }
    "Type_Model_Inheritance_EnumDiscriminator_putFixedModel" {
        client.enum_discriminator().replace_fixed_enum(Cobra::new(10)).await?;
    }
    "Type_Model_Inheritance_EnumDiscriminator_getExtensibleModelMissingDiscriminator" {
        like(&client.extensible_enum().get_missingdiscriminator().await?, json!({"weight":10}))?;
    }
    "Type_Model_Inheritance_EnumDiscriminator_getExtensibleModelWrongDiscriminator" {
        like(&client.extensible_enum().get_wrongdiscriminator().await?, json!({"weight":8,"kind":"wrongKind"}))?;
    }
    "Type_Model_Inheritance_EnumDiscriminator_getFixedModelMissingDiscriminator" {
        like(&client.fixed_enum().get_missingdiscriminator().await?, json!({"length":10}))?;
    }
    "Type_Model_Inheritance_EnumDiscriminator_getFixedModelWrongDiscriminator" {
        like(&client.fixed_enum().get_wrongdiscriminator().await?, json!({"length":8,"kind":"wrongKind"}))?;
    }
}
