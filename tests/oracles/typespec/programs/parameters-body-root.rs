//! A body that has what looks like parameters.

use spec_parameters_body_root::types::BodyRootModel;

scenarios! { client = client!(spec_parameters_body_root);
    "Parameters_BodyRoot_nested" {
        client
            .body_root()
            .nested(
                BodyRootModel::default()
                    .category("widget")
                    .link_type("hard")
                    .was_successful(true),
            )
            .await?;
    }
}
