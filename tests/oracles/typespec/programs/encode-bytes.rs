//! Bytes in queries, headers, properties and bodies.

use crate::scenarios::{file, like, same};
use serde_json::json;
use spec_encode_bytes::types::{
    Base64BytesProperty, Base64urlArrayBytesProperty, Base64urlBytesProperty, DefaultBytesProperty,
};

scenarios! { client = client!(spec_encode_bytes);
    "Encode_Bytes_Query_default" {
        client.bytes().query_default("dGVzdA==").await?;
    }
    "Encode_Bytes_Query_base64" {
        client.bytes().query_base64("dGVzdA==").await?;
    }
    "Encode_Bytes_Query_base64url" {
        client.bytes().query_base64url("dGVzdA").await?;
    }
    "Encode_Bytes_Query_base64urlArray" {
        client
            .bytes()
            .query_base64url_array(vec!["dGVzdA".into(), "dGVzdA".into()])
            .await?;
    }
    "Encode_Bytes_Property_default" {
        let expected = json!({"value": "dGVzdA=="});
        like(
            &client
                .property()
                .default(DefaultBytesProperty::new("dGVzdA=="))
                .await?,
            expected,
        )?;
    }
    "Encode_Bytes_Property_base64" {
        let expected = json!({"value": "dGVzdA=="});
        like(
            &client
                .property()
                .base64(Base64BytesProperty::new("dGVzdA=="))
                .await?,
            expected,
        )?;
    }
    "Encode_Bytes_Property_base64url" {
        let expected = json!({"value": "dGVzdA"});
        like(
            &client
                .property()
                .base64url(Base64urlBytesProperty::new("dGVzdA"))
                .await?,
            expected,
        )?;
    }
    "Encode_Bytes_Property_base64urlArray" {
        let expected = json!({"value": ["dGVzdA", "dGVzdA"]});
        like(
            &client
                .property()
                .base64url_array(Base64urlArrayBytesProperty::new(vec![
                    "dGVzdA".into(),
                    "dGVzdA".into(),
                ]))
                .await?,
            expected,
        )?;
    }
    "Encode_Bytes_Header_default" {
        client.header().get_default("dGVzdA==").await?;
    }
    "Encode_Bytes_Header_base64" {
        client.header().get_base64("dGVzdA==").await?;
    }
    "Encode_Bytes_Header_base64url" {
        client.header().get_base64url("dGVzdA").await?;
    }
    "Encode_Bytes_Header_base64urlArray" {
        client
            .header()
            .get_base64url_array(vec!["dGVzdA".into(), "dGVzdA".into()])
            .await?;
    }
    "Encode_Bytes_RequestBody_default" {
        client.body().request_default(file("image.png")).await?;
    }
    "Encode_Bytes_RequestBody_base64" {
        client.body().request_base64("dGVzdA==").await?;
    }
    "Encode_Bytes_RequestBody_base64url" {
        client.body().request_base64url("dGVzdA").await?;
    }
    "Encode_Bytes_RequestBody_customContentType" {
        client
            .body()
            .request_custom_content_type(file("image.png"))
            .await?;
    }
    "Encode_Bytes_RequestBody_octetStream" {
        client
            .body()
            .request_octet_stream(file("image.png"))
            .await?;
    }
    "Encode_Bytes_ResponseBody_default" {
        let answer = client.response().get_default().await?;
        same(answer.bytes().await?, file("image.png"))?;
    }
    "Encode_Bytes_ResponseBody_base64" {
        like(&client.response().get_base64().await?, json!("dGVzdA=="))?;
    }
    "Encode_Bytes_ResponseBody_base64url" {
        like(&client.response().get_base64url().await?, json!("dGVzdA"))?;
    }
    "Encode_Bytes_ResponseBody_customContentType" {
        let answer = client.response().get_custom_content_type().await?;
        same(answer.bytes().await?, file("image.png"))?;
    }
    "Encode_Bytes_ResponseBody_octetStream" {
        let answer = client.response().get_octet_stream().await?;
        same(answer.bytes().await?, file("image.png"))?;
    }
}
