//! The client and its builder. How it authenticates: `security.rs`; where the API runs: `environments.rs`.

use super::File;
use super::condition::Conditions;
use super::environments;
use super::operation::status;
use super::quoted::{docs, ident, optional, or};
use super::security;
use super::source::{Source, code};
use crate::identifier::bare;
use crate::model::{Resource, Sdk, StatusRange};
use proc_macro2::TokenStream;
use quote::quote;

/// `client.rs`
pub(crate) fn file(sdk: &Sdk, conditions: Conditions) -> File {
    let mut source = Source::generated();
    source.line("//! The client, and how it is configured.");
    source.apart();
    source.line("use tilt_runtime as rt;");
    source.item(api(sdk));
    client(&mut source, sdk, conditions);
    source.apart();
    source.open("rt::client_builder! {");
    source.docs("Configures a [`Client`].");
    source.line("pub struct ClientBuilder for Client;");
    source.close("}");
    source.implementation(quote!(impl ClientBuilder), &security::builder_methods(sdk));
    environments::write(&mut source, sdk);
    if !sdk.scopes.is_empty() {
        security::scopes(&mut source, &sdk.scopes);
    }
    File {
        path: "client.rs".to_owned(),
        contents: source.finish(),
    }
}

fn api(sdk: &Sdk) -> TokenStream {
    let schemes = sdk.security_schemes.iter().map(security::scheme);
    let code = optional(sdk.errors.code.as_deref());
    let message = optional(sdk.errors.message.as_deref());
    let request_id = optional(sdk.errors.request_id.as_deref());
    let refused = sdk
        .refused
        .iter()
        .copied()
        .map(StatusRange::Code)
        .map(status);
    quote! {
        static API: rt::Api = rt::Api {
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            schemes: &[#(#schemes),*],
            errors: rt::ErrorShape {
                code: #code,
                message: #message,
                request_id: #request_id,
            },
            refused: &[#(#refused),*],
        };
    }
}

fn client(source: &mut Source, sdk: &Sdk, conditions: Conditions) {
    let about = if sdk.info.title.trim().is_empty() {
        "A client of the API. Cheap to clone.".to_owned()
    } else {
        let words: Vec<_> = sdk.info.title.split_whitespace().collect();
        format!(
            "A client of the API {}. Cheap to clone.",
            code(&words.join(" "))
        )
    };
    let about = docs(&about);
    source.item(quote! {
        #about
        #[derive(Debug, Clone)]
        pub struct Client {
            client: rt::Client,
        }
    });
    let builder = quote! {
        /// Configures a client for an environment of the API.
        #[inline]
        pub fn builder(environment: Environment) -> ClientBuilder {
            let builder = rt::Client::builder(&API, environment.into());
            ClientBuilder { builder }
        }
    };
    let request = quote! {
        /// Calls an endpoint that this version does not know, by its path from the API's URL on.
        #[inline]
        pub fn request(&self, method: rt::Method, path: impl Into<String>) -> rt::EndpointCall {
            self.client.request(method, path)
        }
    };
    let mut methods = vec![builder, request];
    let resources = sdk.resources.iter();
    methods.extend(resources.map(|resource| accessor(resource, conditions)));
    source.implementation(quote!(impl Client), &methods);
}

fn accessor(resource: &Resource, conditions: Conditions) -> TokenStream {
    let (name, ty) = (ident(&resource.name), ident(&resource.type_name));
    // By its path, since a resource may be called as something here is.
    let ty = quote!(super::resources::#name::#ty);
    let otherwise = format!("The operations on {}.", bare(&resource.name));
    let about = docs(or(&resource.docs, &otherwise));
    let condition = conditions.on(&resource.features).tokens();
    quote! {
        #about
        #condition
        #[inline]
        pub fn #name(&self) -> #ty {
            #ty { client: self.client.clone() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Docs, Environment, ErrorShape, Info, Location, Scope, SecurityKind, SecurityScheme,
        ServerVariable,
    };
    use std::collections::BTreeSet;

    fn scheme(method: &str, kind: SecurityKind) -> SecurityScheme {
        SecurityScheme {
            method: method.to_owned(),
            wire: method.to_owned(),
            kind,
            docs: Docs::default(),
        }
    }

    #[test]
    fn a_client_that_mints_tokens() {
        let sdk = Sdk {
            info: Info {
                title: "Things\n`API`".to_owned(),
                ..Info::default()
            },
            resources: vec![Resource {
                name: "r#type".to_owned(),
                type_name: "Type".to_owned(),
                docs: Docs::default(),
                features: BTreeSet::new(),
                names_types: None,
                operations: Vec::new(),
            }],
            environments: vec![Environment {
                name: "Dev".to_owned(),
                url: "https://{region}.example.com".to_owned(),
                variables: vec![ServerVariable {
                    name: "region".to_owned(),
                    default: Some("eu".to_owned()),
                    allowed: vec!["eu".to_owned(), "us".to_owned()],
                    docs: Docs::default(),
                }],
                token_url: Some("https://auth.example.com/token".to_owned()),
                server: None,
                docs: Docs("For development.".to_owned()),
            }],
            security_schemes: vec![scheme(
                "credentials",
                SecurityKind::ClientCredentials { token_url: None },
            )],
            scopes: vec![Scope {
                name: "ThingsRead".to_owned(),
                wire: "things:read".to_owned(),
                docs: Docs::default(),
            }],
            errors: ErrorShape {
                code: Some("error".to_owned()),
                message: None,
                request_id: None,
            },
            ..Sdk::default()
        };
        insta::assert_snapshot!(file(&sdk, Conditions::None).contents);
    }

    #[test]
    fn a_client_with_every_other_scheme() {
        let key = |location, name: &str| SecurityKind::ApiKey {
            location,
            name: name.to_owned(),
        };
        let sdk = Sdk {
            security_schemes: vec![
                scheme("api_key", key(Location::Header, "X-Api-Key")),
                scheme("session", key(Location::Cookie, "sid")),
                scheme("basic", SecurityKind::HttpBasic),
                scheme("bearer_token", SecurityKind::Bearer),
                scheme("certificate", SecurityKind::MutualTls),
                scheme(
                    "digest",
                    SecurityKind::HttpOther {
                        scheme: "Digest".to_owned(),
                    },
                ),
            ],
            ..Sdk::default()
        };
        insta::assert_snapshot!(file(&sdk, Conditions::None).contents);
    }
}
