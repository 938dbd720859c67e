//! An answer that has another type than in the version before.

use crate::scenarios::same;

const BELOW: &str = "/versioning/return-type-changed-from/api-version:v2";

scenarios! { client = client!(spec_versioning_return_type_changed_from_v2, BELOW);
    "Versioning_ReturnTypeChangedFrom_test" {
        same(client.api().test("test").await?, "test")?;
    }
}
