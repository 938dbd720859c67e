//! Unions that do not.

use crate::scenarios::like;
use serde_json::json;
use spec_type_union::required;
use spec_type_union::types::{
    A, Array, Boolean, Cat, EnumsOnlyCasesLr, EnumsOnlyCasesUd, Int, Literal, LiteralVariant,
    MixedTypesCasesLiteral, Model, Prop, SendMixedLiteral, SendMixedType,
    SendStringExtensibleNamedUnion, SendUnionEnumsOnly, SendUnionFloatsOnly, SendUnionIntsOnly,
    SendUnionIntsOnlyProp, SendUnionModelsOnly, SendUnionStringAndArray, SendUnionStringExtensible,
    SendUnionStringsOnly, SendUnionStringsOnlyProp, StringAndArrayCasesArray, StringType,
};

scenarios! { client = client!(spec_type_union);
    "Type_Union_StringsOnly_get" {
        like(
            &client.union().get_strings_only().await?,
            json!({"prop": "b"}),
        )?;
    }
    "Type_Union_StringsOnly_send" {
        client
            .union()
            .send_strings_only(SendUnionStringsOnly::new(SendUnionStringsOnlyProp::B))
            .await?;
    }
    "Type_Union_StringExtensible_get" {
        like(
            &client.union().get_string_extensible().await?,
            json!({"prop": "custom"}),
        )?;
    }
    "Type_Union_StringExtensible_send" {
        client
            .union()
            .send_string_extensible(SendUnionStringExtensible::new("custom"))
            .await?;
    }
    "Type_Union_StringExtensibleNamed_get" {
        like(
            &client.union().get_string_extensible_named().await?,
            json!({"prop": "custom"}),
        )?;
    }
    "Type_Union_StringExtensibleNamed_send" {
        client
            .union()
            .send_string_extensible_named(SendStringExtensibleNamedUnion::new("custom"))
            .await?;
    }
    "Type_Union_IntsOnly_get" {
        like(&client.union().get_ints_only().await?, json!({"prop": 2}))?;
    }
    "Type_Union_IntsOnly_send" {
        client
            .union()
            .send_ints_only(SendUnionIntsOnly::new(SendUnionIntsOnlyProp::N2))
            .await?;
    }
    "Type_Union_FloatsOnly_get" {
        like(
            &client.union().get_floats_only().await?,
            json!({"prop": 2.2}),
        )?;
    }
    "Type_Union_FloatsOnly_send" {
        client
            .union()
            .send_floats_only(SendUnionFloatsOnly::new(Prop::N2_2))
            .await?;
    }
    "Type_Union_ModelsOnly_get" {
        like(
            &client.union().get_models_only().await?,
            json!({"prop": {"name": "test"}}),
        )?;
    }
    "Type_Union_ModelsOnly_send" {
        client
            .union()
            .send_models_only(SendUnionModelsOnly::new(Cat::new("test")))
            .await?;
    }
    "Type_Union_EnumsOnly_get" {
        let expected = json!({"prop": {"lr": "right", "ud": "up"}});
        like(&client.union().get_enums_only().await?, expected)?;
    }
    "Type_Union_EnumsOnly_send" {
        client
            .union()
            .send_enums_only(SendUnionEnumsOnly::new(required::EnumsOnlyCases {
                lr: EnumsOnlyCasesLr::Right,
                ud: EnumsOnlyCasesUd::Up,
            }))
            .await?;
    }
    "Type_Union_StringAndArray_get" {
        let expected = json!({"prop": {"string": "test", "array": ["test1", "test2"]}});
        like(&client.union().get_string_and_array().await?, expected)?;
    }
    "Type_Union_StringAndArray_send" {
        client
            .union()
            .send_string_and_array(SendUnionStringAndArray::new(required::StringAndArrayCases {
                array: StringAndArrayCasesArray::StringList(vec![
                    "test1".to_owned(),
                    "test2".to_owned(),
                ]),
                string: StringType::from("test".to_owned()),
            }))
            .await?;
    }
    "Type_Union_MixedLiterals_get" {
        let expected = json!({
            "prop": {
                "stringLiteral": "a",
                "intLiteral": 2,
                "floatLiteral": 3.3,
                "booleanLiteral": true
            }
        });
        like(&client.mixed_literals().get().await?, expected)?;
    }
    "Type_Union_MixedLiterals_send" {
        client
            .mixed_literals()
            .send(SendMixedLiteral::new(required::MixedLiteralsCases {
                boolean_literal: Literal::from(true),
                float_literal: Literal::from(LiteralVariant::N3_3),
                int_literal: Literal::from(LiteralVariant::N2),
                string_literal: Literal::from(A::A),
            }))
            .await?;
    }
    "Type_Union_MixedTypes_get" {
        let expected = json!({
            "prop": {
                "model": {"name": "test"},
                "literal": "a",
                "int": 2,
                "boolean": true,
                "array": [{"name": "test"}, "a", 2, true]
            }
        });
        like(&client.mixed_types().list().await?, expected)?;
    }
    "Type_Union_MixedTypes_send" {
        client
            .mixed_types()
            .send(SendMixedType::new(required::MixedTypesCases {
                array: vec![
                    Array::from(Cat::new("test")),
                    Array::from(A::A),
                    Array::from(2),
                    Array::from(true),
                ],
                boolean: Boolean::from(true),
                int: Int::from(2),
                literal: MixedTypesCasesLiteral::from(A::A),
                model: Model::from(Cat::new("test")),
            }))
            .await?;
    }
}
