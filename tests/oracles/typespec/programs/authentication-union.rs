//! A key or a token: either is enough.

use crate::scenarios::url;
use spec_authentication_union::{Client, Environment};

const TOKEN: &str = "https://security.microsoft.com/.default";

scenarios! { builder = || Client::builder(Environment::custom(url()));
    "Authentication_Union_validKey" {
        let client = builder().api_key_auth("valid-key").build()?;
        client.union().get_valid_key().await?;
    }
    "Authentication_Union_validToken" {
        let client = builder().oauth2_auth(TOKEN).build()?;
        client.union().get_valid_token().await?;
    }
}
