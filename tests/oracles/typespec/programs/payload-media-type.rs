//! One text as text and as JSON.

use crate::scenarios::{like, same};
use serde_json::json;

scenarios! { client = client!(spec_payload_media_type);
    "Payload_MediaType_StringBody_sendAsText" {
        client.string_body().send_as_text("{cat}").await?;
    }
    "Payload_MediaType_StringBody_getAsText" {
        same(client.string_body().get_as_text().await?, "{cat}")?;
    }
    "Payload_MediaType_StringBody_sendAsJson" {
        client.string_body().send_as_json("foo").await?;
    }
    "Payload_MediaType_StringBody_getAsJson" {
        like(&client.string_body().get_as_json().await?, json!("foo"))?;
    }
}
