//! An answer that may have no body.

use crate::scenarios::same;
use spec_response_body_or_no_content::resources::body_or_no_content::{
    GetBodyBodyOrNoContentAnswer as Body, GetNoContentBodyOrNoContentAnswer as NoContent,
};

scenarios! { client = client!(spec_response_body_or_no_content);
    "Response_BodyOrNoContent_getBody" {
        let answer = client.body_or_no_content().get_body().await?;
        let Body::Success(layout) = answer else {
            return Err("no body".into());
        };
        same(layout.content.as_str(), "hello")?;
    }
    "Response_BodyOrNoContent_getNoContent" {
        let answer = client.body_or_no_content().get_no_content().await?;
        same(matches!(answer, NoContent::NoContent), true)?;
    }
}
