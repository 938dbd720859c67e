//! A key in a header.

use crate::scenarios::{refused, same, url};
use spec_authentication_api_key::types::InvalidAuth;
use spec_authentication_api_key::{Client, Environment, Error};

fn client(key: &str) -> Result<Client, Error> {
    Client::builder(Environment::custom(url()))
        .api_key_auth(key)
        .build()
}

scenarios! { _client = ();
    "Authentication_ApiKey_valid" {
        client("valid-key")?.api_key().get_valid().await?;
    }
    "Authentication_ApiKey_invalid" {
        let error = refused(client("invalid-key")?.api_key().get_invalid().await, 403)?;
        same(error.body_as::<InvalidAuth>()?.error, "invalid-api-key")?;
    }
}
