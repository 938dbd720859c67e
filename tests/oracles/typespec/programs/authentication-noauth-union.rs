//! A token that the caller has.

use crate::scenarios::url;
use spec_authentication_noauth_union::{Client, Environment};

const TOKEN: &str = "https://security.microsoft.com/.default";

fn client() -> Client {
    let builder = Client::builder(Environment::custom(url())).oauth2_auth(TOKEN);
    builder.build().expect("a client")
}

scenarios! { client = client();
    "Authentication_Noauth_Union_validNoAuth" {
        client!(spec_authentication_noauth_union)
            .union()
            .get_valid()
            .await?;
    }
    "Authentication_Noauth_Union_validToken" {
        client.union().get_valid_token().await?;
    }
}
