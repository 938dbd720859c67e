//! Properties that some methods have.

use crate::scenarios::like;
use serde_json::json;
use spec_type_model_visibility::required;
use spec_type_model_visibility::types::{
    ReadOnlyModelInput, VisibilityModelCreate, VisibilityModelDelete, VisibilityModelInput,
    VisibilityModelUpdate,
};

scenarios! { client = client!(spec_type_model_visibility);
    "Type_Model_Visibility_putReadOnlyModel" {
        let expected = json!({
            "optionalNullableIntList": [1, 2, 3],
            "optionalStringRecord": {"k1": "value1", "k2": "value2"}
        });
        like(
            &client
                .visibility()
                .replace_readonlyroundtrip(ReadOnlyModelInput::new())
                .await?,
            expected,
        )?;
    }
    "Type_Model_Visibility_headModel" {
        client
            .model()
            .head_visibility(123, VisibilityModelInput::new())
            .await?;
    }
    "Type_Model_Visibility_getModel" {
        let expected = json!({"readProp": "abc"});
        like(
            &client
                .model()
                .get_visibility(123, VisibilityModelInput::new())
                .await?,
            expected,
        )?;
    }
    "Type_Model_Visibility_putModel" {
        client
            .model()
            .replace_visibility(required::VisibilityModelCreateOrUpdate {
                create_prop: vec!["foo".to_owned(), "bar".to_owned()],
                update_prop: vec![1, 2],
            })
            .await?;
    }
    "Type_Model_Visibility_patchModel" {
        client
            .model()
            .update_visibility(VisibilityModelUpdate::default().update_prop(vec![1, 2]))
            .await?;
    }
    "Type_Model_Visibility_postModel" {
        client
            .model()
            .visibility(VisibilityModelCreate::new(vec![
                "foo".to_owned(),
                "bar".to_owned(),
            ]))
            .await?;
    }
    "Type_Model_Visibility_deleteModel" {
        client
            .model()
            .delete_visibility(VisibilityModelDelete::new(true))
            .await?;
    }
}
