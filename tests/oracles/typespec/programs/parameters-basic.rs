//! A body that is a model, and one that is made of arguments.

use spec_parameters_basic::types::{ExplicitBodyUser, SimpleImplicitBody};

scenarios! { client = client!(spec_parameters_basic);
    "Parameters_Basic_ExplicitBody_simple" {
        client
            .explicit_body()
            .simple(ExplicitBodyUser::new("foo"))
            .await?;
    }
    "Parameters_Basic_ImplicitBody_simple" {
        client
            .implicit_body()
            .simple(SimpleImplicitBody::new("foo"))
            .await?;
    }
}
