//! Additions of a version.

use crate::scenarios::like;
use serde_json::json;
use spec_versioning_added_v2::required;
use spec_versioning_added_v2::types::{EnumV1, ModelV2};

fn model() -> ModelV2 {
    let model = required::ModelV2 {
        prop: "foo".to_owned(),
        union_prop: "bar".into(),
    };
    model.into()
}

scenarios! { client = client!(spec_versioning_added_v2, "/versioning/added/api-version:v2");
    "Versioning_Added_v1" {
        let body = required::ModelV1 {
            prop: "foo".to_owned(),
            enum_prop: EnumV1::EnumMemberV2,
            union_prop: 10.into(),
        };
        let expected = json!({"prop": "foo", "enumProp": "enumMemberV2", "unionProp": 10});
        like(&client.api().v1("bar", body).await?, expected)?;
    }
    "Versioning_Added_v2" {
        let expected = json!({"prop": "foo", "enumProp": "enumMember", "unionProp": "bar"});
        like(&client.api().v2(model()).await?, expected)?;
    }
    "Versioning_Added_InterfaceV2" {
        let expected = json!({"prop": "foo", "enumProp": "enumMember", "unionProp": "bar"});
        like(&client.interface_v2().create(model()).await?, expected)?;
    }
}
