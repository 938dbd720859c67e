//! Arguments that have another type than in the version before.

use crate::scenarios::same;
use spec_versioning_type_changed_from_v2::required;

scenarios! { client = client!(spec_versioning_type_changed_from_v2, "/versioning/type-changed-from/api-version:v2");
    "Versioning_TypeChangedFrom_test" {
        let (prop, changed_prop) = ("foo".to_owned(), "bar".to_owned());
        let answer = client
            .api()
            .test("baz", required::TestModel { prop, changed_prop })
            .await?;
        same(answer.changed_prop.as_str(), "bar")?;
    }
}
