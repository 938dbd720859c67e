//! Events that arrive one after the other; the document describes their data as text.

use crate::scenarios::same;
use spec_streaming_sse::{required, rt};

/// The data of all events.
async fn data(mut events: rt::EventStream<String>) -> Result<Vec<String>, rt::Error> {
    let mut data = Vec::new();
    while let Some(event) = events.try_next().await? {
        data.push(event.data);
    }
    Ok(data)
}

const HELLO: &str = "{\"message\": \"hello\"}";

scenarios! { client = client!(spec_streaming_sse);
    "Streaming_Sse_Unnamed_receive" {
        let events = client.sse().get_unnamed_receive().await?;
        let expected = ["one", "two", "three"].map(|it| format!("{{\"desc\": \"{it}\"}}"));
        same(data(events).await?, expected)?;
    }
    "Streaming_Sse_Named_receive" {
        let events = client.named().get_receive().await?;
        let expected = [
            "{\"id\": \"resp_1\"}",
            "{\"delta\": \"Hello\"}",
            "{\"delta\": \" world\"}",
            "[DONE]",
        ];
        same(data(events).await?, expected)?;
    }
    "Streaming_Sse_Retrieve_stream" {
        let query = "what is typespec?".to_owned();
        let events = client
            .sse()
            .retrieve_stream(required::RetrieveRetrievalRequest { query })
            .await?;
        let data = data(events).await?;
        same(data.len(), 4)?;
        same(data[2].as_str(), "{\"references\": [\"doc1\", \"doc2\"]}")?;
    }
    "Streaming_Sse_Protocol_Data_withEnvelope" {
        let events = client.data().get_with_envelope().await?;
        same(data(events).await?, ["hello"])?;
    }
    "Streaming_Sse_Protocol_Data_withoutEnvelope" {
        let events = client.data().get_without_envelope().await?;
        same(
            data(events).await?,
            ["{\"metadata\": {\"source\": \"test\"}, \"contents\": \"world\"}"],
        )?;
    }
    "Streaming_Sse_Protocol_id" {
        let mut events = client.protocol().get_id().await?;
        let event = events.try_next().await?.ok_or("no event")?;
        same(event.id.as_deref(), Some("event-1"))?;
        same(event.data.as_str(), HELLO)?;
    }
    "Streaming_Sse_Protocol_invalidId" {
        let mut events = client.protocol().get_invalid_id().await?;
        let event = events.try_next().await?.ok_or("no event")?;
        same(event.id.as_deref(), None)?;
        same(event.data.as_str(), HELLO)?;
    }
    "Streaming_Sse_Protocol_retry" {
        let events = client.protocol().retry().await?;
        same(data(events).await?, [HELLO])?;
    }
    "Streaming_Sse_Protocol_invalidRetry" {
        let events = client.protocol().get_invalid_retry().await?;
        same(data(events).await?, [HELLO])?;
    }
    "Streaming_Sse_Protocol_reconnect" {
        let mut events = client.protocol().get_reconnect().await?;
        let event = events.try_next().await?.ok_or("no event")?;
        let id = event.id.ok_or("no id")?;
        let again = client
            .protocol()
            .get_reconnect()
            .header("last-event-id", &id)
            .await?;
        same(data(again).await?, ["{\"message\": \"world\"}"])?;
    }
}
