//! Bodies that may be left out.

use spec_parameters_body_optionality::types::BodyModel;

scenarios! { client = client!(spec_parameters_body_optionality);
    "Parameters_BodyOptionality_requiredExplicit" {
        client
            .body_optionality()
            .required_explicit(BodyModel::new("foo"))
            .await?;
    }
    "Parameters_BodyOptionality_OptionalExplicit" {
        client
            .optional_explicit()
            .set()
            .body(BodyModel::new("foo"))
            .await?;
        client.optional_explicit().omit().await?;
    }
    "Parameters_BodyOptionality_requiredImplicit" {
        client
            .body_optionality()
            .required_implicit(BodyModel::new("foo"))
            .await?;
    }
}
