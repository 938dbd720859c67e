//! Bodies of one value.

use crate::scenarios::like;
use serde_json::json;

scenarios! { client = client!(spec_type_scalar);
    "Type_Scalar_String_get" {
        like(&client.scalar().get_string().await?, json!("test"))?;
    }
    "Type_Scalar_String_put" {
        client.scalar().string("test").await?;
    }
    "Type_Scalar_Boolean_get" {
        like(&client.scalar().get_boolean().await?, json!(true))?;
    }
    "Type_Scalar_Boolean_put" {
        client.scalar().boolean(true).await?;
    }
    "Type_Scalar_Unknown_get" {
        like(&client.scalar().get_unknown().await?, json!("test"))?;
    }
    "Type_Scalar_Unknown_put" {
        client.scalar().unknown(json!("test")).await?;
    }
    "Type_Scalar_DecimalType_responseBody" {
        like(&client.decimal().get_response_body().await?, json!(0.33333))?;
    }
    "Type_Scalar_Decimal128Type_responseBody" {
        like(
            &client.decimal128().get_response_body().await?,
            json!(0.33333),
        )?;
    }
    "Type_Scalar_DecimalType_requestBody" {
        client.decimal().replace_resquest_body(0.33333).await?;
    }
    "Type_Scalar_Decimal128Type_requestBody" {
        client.decimal128().replace_resquest_body(0.33333).await?;
    }
    "Type_Scalar_DecimalType_requestParameter" {
        client.decimal().get_request_parameter(0.33333).await?;
    }
    "Type_Scalar_Decimal128Type_requestParameter" {
        client.decimal128().get_request_parameter(0.33333).await?;
    }
    "Type_Scalar_DecimalVerify_prepareVerify" {
        like(
            &client.decimal().get_prepare_verify().await?,
            json!([0.1, 0.1, 0.1]),
        )?;
    }
    "Type_Scalar_Decimal128Verify_prepareVerify" {
        like(
            &client.decimal128().get_prepare_verify().await?,
            json!([0.1, 0.1, 0.1]),
        )?;
    }
    "Type_Scalar_DecimalVerify_verify" {
        client.decimal().verify(0.3).await?;
    }
    "Type_Scalar_Decimal128Verify_verify" {
        client.decimal128().verify(0.3).await?;
    }
}
