//! type-union-discriminated

use crate::scenarios::like;
use serde_json::json;
use spec_type_union_discriminated::types::{Cat, PetWithCustomNamesCat, PetWithEnvelopeCat};

scenarios! { client = client!(spec_type_union_discriminated);
    "Type_Union_Discriminated_Envelope_Object_Default_get" {
        like(&client.object().get_default().await?, json!({"kind":"cat","value":{"name":"Whiskers","meow":true}}))?;
    }
    "Type_Union_Discriminated_Envelope_Object_Default_put" {
        like(&client.object().default(PetWithEnvelopeCat::new(Cat::new(true, "Whiskers"))).await?, json!({"kind":"cat","value":{"name":"Whiskers","meow":true}}))?;
    }
    "Type_Union_Discriminated_Envelope_Object_CustomProperties_get" {
        like(&client.custom_properties().list().await?, json!({"petType":"cat","petData":{"name":"Whiskers","meow":true}}))?;
    }
    "Type_Union_Discriminated_Envelope_Object_CustomProperties_put" {
        like(&client.custom_properties().replace_all(PetWithCustomNamesCat::new(Cat::new(true, "Whiskers"))).await?, json!({"petType":"cat","petData":{"name":"Whiskers","meow":true}}))?;
    }
    "Type_Union_Discriminated_NoEnvelope_Default_get" {
        like(&client.no_envelope().get_default().await?, json!({"kind":"cat","name":"Whiskers","meow":true}))?;
    }
    "Type_Union_Discriminated_NoEnvelope_Default_put" {
        like(&client.no_envelope().replace_default(Cat::new(true, "Whiskers")).await?, json!({"kind":"cat","name":"Whiskers","meow":true}))?;
    }
    "Type_Union_Discriminated_NoEnvelope_CustomDiscriminator_get" {
        like(&client.no_envelope().get_custom_discriminator().await?, json!({"type":"cat","name":"Whiskers","meow":true}))?;
    }
    "Type_Union_Discriminated_NoEnvelope_CustomDiscriminator_put" {
        like(&client.no_envelope().custom_discriminator(Cat::new(true, "Whiskers")).await?, json!({"type":"cat","name":"Whiskers","meow":true}))?;
    }
}
