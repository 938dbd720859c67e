//! New names of a version.

use crate::scenarios::like;
use serde_json::json;
use spec_versioning_renamed_from_v2::required::NewModel;

fn model() -> NewModel {
    NewModel {
        new_prop: "foo".to_owned(),
        union_prop: 10.into(),
    }
}

scenarios! { client = client!(spec_versioning_renamed_from_v2, "/versioning/renamed-from/api-version:v2");
    "Versioning_RenamedFrom_newOp" {
        let expected = json!({"newProp": "foo", "enumProp": "newEnumMember", "unionProp": 10});
        like(&client.test().create("bar", model()).await?, expected)?;
    }
    "Versioning_RenamedFrom_NewInterface" {
        let expected = json!({"newProp": "foo", "enumProp": "newEnumMember", "unionProp": 10});
        like(&client.interface().test(model()).await?, expected)?;
    }
}
