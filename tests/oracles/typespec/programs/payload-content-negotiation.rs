//! One media type of several, as the caller wants it.

use crate::scenarios::{file, same};
use spec_payload_content_negotiation::resources::content_negotiation as answers;

scenarios! { client = client!(spec_payload_content_negotiation);
    "Payload_ContentNegotiation_SameBody" {
        for (accept, name) in [("image/png", "image.png"), ("image/jpeg", "image.jpg")] {
            let image = client
                .content_negotiation()
                .get_same_body()
                .header("accept", accept)
                .await?;
            same(image.bytes().await?, file(name))?;
        }
    }
    "Payload_ContentNegotiation_DifferentBody" {
        let call = || client.content_negotiation().get_different_body();
        match call().header("accept", "image/png").await? {
            answers::GetDifferentBodyContentNegotiationAnswer::SuccessPng(image) => {
                same(image.bytes().await?, file("image.png"))?
            }
            other => return Err(format!("no image: {other:?}").into()),
        }
        match call().header("accept", "application/json").await? {
            answers::GetDifferentBodyContentNegotiationAnswer::SuccessJson(image) => {
                same(image.content.decode()?, file("image.png"))?
            }
            other => return Err(format!("no JSON: {other:?}").into()),
        }
    }
}
