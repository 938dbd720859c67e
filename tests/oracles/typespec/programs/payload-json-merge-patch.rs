//! Patches, in which null removes.

use crate::scenarios::{like, made};
use serde_json::{Value, json};
use spec_payload_json_merge_patch::rt;
use spec_payload_json_merge_patch::types::{InnerModel, Resource, ResourcePatch};

fn inner() -> InnerModel {
    InnerModel::new()
        .name("InnerMadge")
        .description("innerDesc")
}

/// A patch that removes; the document does not say that its properties may be null.
fn removing() -> ResourcePatch {
    let mut patch = ResourcePatch::new();
    let map = json!({"key": {"description": null}, "key2": null});
    patch.extra.insert("map", map);
    for name in [
        "description",
        "array",
        "intValue",
        "floatValue",
        "innerModel",
        "intArray",
    ] {
        patch.extra.insert(name, Value::Null);
    }
    patch
}

scenarios! { client = client!(spec_payload_json_merge_patch);
    "Payload_JsonMergePatch_createResource" {
        let map = [(
            "key".to_owned(),
            made(json!({"name": "InnerMadge", "description": "innerDesc"})),
        )];
        let resource = Resource::new("Madge")
            .description("desc")
            .map(rt::Map::from_iter(map))
            .array(vec![inner()])
            .int_value(1)
            .float_value(1.25)
            .inner_model(inner())
            .int_array(vec![1, 2, 3]);
        let expected = serde_json::to_value(&resource)?;
        like(
            &client.json_merge_patch().create_resource(resource).await?,
            expected,
        )?;
    }
    "Payload_JsonMergePatch_updateResource" {
        let patched = client
            .json_merge_patch()
            .update_resource(removing())
            .await?;
        like(
            &patched,
            json!({"name": "Madge", "map": {"key": {"name": "InnerMadge"}}}),
        )?;
    }
    "Payload_JsonMergePatch_updateOptionalResource" {
        let patched = client
            .json_merge_patch()
            .update_resource_optional()
            .body(removing())
            .await?;
        like(
            &patched,
            json!({"name": "Madge", "map": {"key": {"name": "InnerMadge"}}}),
        )?;
    }
}
