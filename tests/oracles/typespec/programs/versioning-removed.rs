//! Removals of a version, which another may take back.

use crate::scenarios::{like, same};
use serde_json::json;

fn below(version: &str) -> String {
    format!("/versioning/removed/api-version:{version}")
}

scenarios! { v2 = client!(spec_versioning_removed_v2, below("v2"));
    "Versioning_Removed_v2" {
        use spec_versioning_removed_v2::required;
        let body = required::ModelV2 {
            prop: "foo".to_owned(),
            union_prop: "bar".into(),
        };
        let expected = json!({"prop": "foo", "enumProp": "enumMemberV2", "unionProp": "bar"});
        like(&v2.api().v2(body).await?, expected)?;
    }
    "Versioning_Removed_modelV3" {
        use spec_versioning_removed_v1::{required, types::EnumV3};
        let v1 = client!(spec_versioning_removed_v1, below("v1"));
        let (id, enum_prop) = ("123".to_owned(), EnumV3::EnumMemberV1);
        let answer = v1.v3().create(required::ModelV3 { id, enum_prop }).await?;
        like(&answer, json!({"id": "123", "enumProp": "enumMemberV1"}))?;
    }
    "Versioning_Removed_modelV3_V2" {
        use spec_versioning_removed_v2::{required, types::EnumV3};
        let (id, enum_prop) = ("123".to_owned(), EnumV3::EnumMemberV1);
        let answer = v2.v3().create(required::ModelV3 { id, enum_prop }).await?;
        like(&answer, json!({"id": "123", "enumProp": "enumMemberV1"}))?;
    }
    "Versioning_Removed_modelV3_V2preview" {
        use spec_versioning_removed_v2preview::types::ModelV3;
        let preview = client!(spec_versioning_removed_v2preview, below("v2preview"));
        same(preview.v3().create(ModelV3::new("123")).await?.id, "123")?;
    }
}
