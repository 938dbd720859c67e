//! Unions that say what they are.

use crate::scenarios::like;
use serde_json::json;
use spec_type_union_discriminated::types::{Cat, PetWithCustomNamesCat, PetWithEnvelopeCat};

scenarios! { client = client!(spec_type_union_discriminated);
    "Type_Union_Discriminated_Envelope_Object_Default_get" {
        let expected = json!({"kind": "cat", "value": {"name": "Whiskers", "meow": true}});
        like(&client.object().get_default().await?, expected)?;
    }
    "Type_Union_Discriminated_Envelope_Object_Default_put" {
        let expected = json!({"kind": "cat", "value": {"name": "Whiskers", "meow": true}});
        like(
            &client
                .object()
                .default(PetWithEnvelopeCat::new(Cat::new(true, "Whiskers")))
                .await?,
            expected,
        )?;
    }
    "Type_Union_Discriminated_Envelope_Object_CustomProperties_get" {
        let expected = json!({"petType": "cat", "petData": {"name": "Whiskers", "meow": true}});
        like(&client.custom_properties().get().await?, expected)?;
    }
    "Type_Union_Discriminated_Envelope_Object_CustomProperties_put" {
        let expected = json!({"petType": "cat", "petData": {"name": "Whiskers", "meow": true}});
        like(
            &client
                .custom_properties()
                .replace(PetWithCustomNamesCat::new(Cat::new(true, "Whiskers")))
                .await?,
            expected,
        )?;
    }
    "Type_Union_Discriminated_NoEnvelope_Default_get" {
        let expected = json!({"kind": "cat", "name": "Whiskers", "meow": true});
        like(&client.no_envelope().get_default().await?, expected)?;
    }
    "Type_Union_Discriminated_NoEnvelope_Default_put" {
        let expected = json!({"kind": "cat", "name": "Whiskers", "meow": true});
        like(
            &client
                .no_envelope()
                .replace_default(Cat::new(true, "Whiskers"))
                .await?,
            expected,
        )?;
    }
    "Type_Union_Discriminated_NoEnvelope_CustomDiscriminator_get" {
        let expected = json!({"type": "cat", "name": "Whiskers", "meow": true});
        like(
            &client.no_envelope().get_custom_discriminator().await?,
            expected,
        )?;
    }
    "Type_Union_Discriminated_NoEnvelope_CustomDiscriminator_put" {
        let expected = json!({"type": "cat", "name": "Whiskers", "meow": true});
        like(
            &client
                .no_envelope()
                .custom_discriminator(Cat::new(true, "Whiskers"))
                .await?,
            expected,
        )?;
    }
}
