//! A scheme of HTTP that nobody registered.

use crate::scenarios::{refused, same, url};
use spec_authentication_http_custom::types::InvalidAuth;
use spec_authentication_http_custom::{Client, Environment, Error};

fn client(key: &str) -> Result<Client, Error> {
    Client::builder(Environment::custom(url()))
        .http(key)
        .build()
}

scenarios! { _client = ();
    "Authentication_Http_Custom_valid" {
        client("valid-key")?.custom().get_valid().await?;
    }
    "Authentication_Http_Custom_invalid" {
        let error = refused(client("invalid-key")?.custom().get_invalid().await, 403)?;
        same(error.body_as::<InvalidAuth>()?.error, "invalid-api-key")?;
    }
}
