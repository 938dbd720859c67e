//! A token that the caller has.

use crate::scenarios::{refused, same, url};
use spec_authentication_oauth2::types::InvalidAuth;
use spec_authentication_oauth2::{Client, Environment};

const TOKEN: &str = "https://security.microsoft.com/.default";

fn client() -> Client {
    let builder = Client::builder(Environment::custom(url())).oauth2_auth(TOKEN);
    builder.build().expect("a client")
}

scenarios! { client = client();
    "Authentication_OAuth2_valid" {
        client.oauth2().get_valid().await?;
    }
    "Authentication_OAuth2_invalid" {
        let error = refused(client.oauth2().get_invalid().await, 403)?;
        same(error.body_as::<InvalidAuth>()?.error, "invalid-grant")?;
    }
}
