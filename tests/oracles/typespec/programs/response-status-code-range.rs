//! Errors of a range of statuses.

use crate::scenarios::{refused, same};
use spec_response_status_code_range::types::{ErrorInRange, NotFoundError};

scenarios! { client = client!(spec_response_status_code_range);
    "Response_StatusCodeRange_errorResponseStatusCodeInRange" {
        let call = client
            .status_code_range()
            .get_error_response_status_code_in_range();
        let error = refused(call.await, 494)?.body_as::<ErrorInRange>()?;
        same(error.code, "request-header-too-large")?;
    }
    "Response_StatusCodeRange_errorResponseStatusCode404" {
        let call = client
            .status_code_range()
            .get_error_response_status_code_404();
        let error = refused(call.await, 404)?.body_as::<NotFoundError>()?;
        same(error.resource_id, "resource1")?;
    }
}
