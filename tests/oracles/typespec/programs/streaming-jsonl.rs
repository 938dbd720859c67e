//! Lines of JSON, which the document describes as text.

use crate::scenarios::same;

const LINES: &str = "{\"desc\": \"one\"}\n{\"desc\": \"two\"}\n{\"desc\": \"three\"}";

scenarios! { client = client!(spec_streaming_jsonl);
    "Streaming_Jsonl_Basic_send" {
        client.basic().send(LINES).await?;
    }
    "Streaming_Jsonl_Basic_receive" {
        same(client.basic().get_receive().await?, LINES)?;
    }
}
