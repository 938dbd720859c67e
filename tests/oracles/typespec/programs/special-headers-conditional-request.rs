//! Requests that depend on the state of a thing.

scenarios! { client = client!(spec_special_headers_conditional_request);
    "SpecialHeaders_ConditionalRequest_postIfUnmodifiedSince" {
        client
            .conditional_request()
            .if_unmodified_since()
            .if_unmodified_since("Fri, 26 Aug 2022 14:38:00 GMT")
            .await?;
    }
    "SpecialHeaders_ConditionalRequest_headIfModifiedSince" {
        client
            .conditional_request()
            .head_if_modified_since()
            .if_modified_since("Fri, 26 Aug 2022 14:38:00 GMT")
            .await?;
    }
    "SpecialHeaders_ConditionalRequest_postIfMatch" {
        client
            .conditional_request()
            .if_match()
            .if_match("\"valid\"")
            .await?;
    }
    "SpecialHeaders_ConditionalRequest_postIfNoneMatch" {
        client
            .conditional_request()
            .if_none_match()
            .if_none_match("\"invalid\"")
            .await?;
    }
}
