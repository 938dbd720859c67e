//! Headers of an answer without a body.

scenarios! { client = client!(spec_payload_head);
    "Payload_Head_contentTypeHeaderInResponse" {
        client.head().head_content_type_header_in_response().await?;
    }
}
