//! A body that is a model, and one that is made of arguments.

use spec_parameters_basic::types::{ExplicitBodyUser, ReplaceSimpleImplicitBody};

scenarios! { client = client!(spec_parameters_basic);
    "Parameters_Basic_ExplicitBody_simple" {
        client
            .explicit_body()
            .replace_simple(ExplicitBodyUser::new("foo"))
            .await?;
    }
    "Parameters_Basic_ImplicitBody_simple" {
        client
            .implicit_body()
            .replace_simple(ReplaceSimpleImplicitBody::new("foo"))
            .await?;
    }
}
