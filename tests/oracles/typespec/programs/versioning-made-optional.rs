//! Properties that a version demands no longer.

use crate::scenarios::same;
use spec_versioning_made_optional_v2::types::TestModel;

scenarios! { client = client!(spec_versioning_made_optional_v2, "/versioning/made-optional/api-version:v2");
    "Versioning_MadeOptional_test" {
        let answer = client.api().test(TestModel::new("foo")).await?;
        same(answer.prop.as_str(), "foo")?;
    }
}
