//! The client, its builder, its environments and its scopes.

use super::File;
use super::gate::gate;
use super::layout::{Layout, docs, ident, or};
use super::source::code;
use crate::model::{
    Environment, Features, Location, Scope, Sdk, SecurityKind, SecurityScheme, ServerVariable,
};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// `client.rs`
pub(crate) fn file(sdk: &Sdk, features: &Features) -> File {
    let mut layout = Layout::default();
    layout.text("//! The client, and how it is configured.\n");
    layout.items(quote!(
        use tilt_runtime as rt;
    ));
    layout.items(api(sdk));
    layout.items(client(sdk, features));
    layout.text(
        "rt::client_builder! {\n    /// Configures a [`Client`].\n    \
         pub struct ClientBuilder for Client;\n}\n",
    );
    layout.items(builder(sdk));
    layout.items(environment(sdk));
    if !sdk.scopes.is_empty() {
        layout.items(scope(&sdk.scopes));
    }
    File {
        path: "client.rs".to_owned(),
        contents: layout.finish(),
    }
}

fn api(sdk: &Sdk) -> TokenStream {
    let schemes = sdk.security_schemes.iter().map(|scheme| {
        let name = scheme.method.trim_start_matches("r#");
        let kind = scheme_kind(&scheme.kind);
        quote!(rt::Scheme { name: #name, kind: rt::SchemeKind::#kind })
    });
    let text = |text: &Option<String>| match text {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    };
    let (code, message) = (text(&sdk.errors.code), text(&sdk.errors.message));
    let request_id = text(&sdk.errors.request_id);
    quote! {
        static API: rt::Api = rt::Api {
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            schemes: &[#(#schemes),*],
            errors: rt::ErrorShape {
                code: #code,
                message: #message,
                request_id: #request_id,
            },
        };
    }
}

fn scheme_kind(kind: &SecurityKind) -> TokenStream {
    match kind {
        SecurityKind::ApiKey { location, name } => {
            let location = match location {
                Location::Path | Location::Query => quote!(Query),
                Location::Header => quote!(Header),
                Location::Cookie => quote!(Cookie),
            };
            quote!(ApiKey { location: rt::Location::#location, name: #name })
        }
        SecurityKind::HttpBasic => quote!(Basic),
        SecurityKind::Bearer => quote!(Bearer),
        SecurityKind::ClientCredentials { token_url } => {
            let token_url = optional(token_url.as_deref());
            quote!(ClientCredentials { token_url: #token_url })
        }
        SecurityKind::MutualTls => quote!(MutualTls),
        SecurityKind::HttpOther { scheme } => quote!(Other { scheme: #scheme }),
    }
}

fn optional(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    }
}

fn client(sdk: &Sdk, features: &Features) -> TokenStream {
    let about = if sdk.info.title.trim().is_empty() {
        "A client of the API. Cheap to clone.".to_owned()
    } else {
        let title = sdk
            .info
            .title
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        format!("A client of the API {}. Cheap to clone.", code(&title))
    };
    let about = docs(&about);
    let accessors = sdk.resources.iter().map(|resource| {
        let (name, ty) = (ident(&resource.name), ident(&resource.type_name));
        // By its path, since a resource may be called as something here is.
        let ty = quote!(super::resources::#name::#ty);
        let otherwise = format!(
            "The operations on {}.",
            resource.name.trim_start_matches("r#")
        );
        let about = docs(or(&resource.docs, &otherwise));
        let gate = gate(&features.of_operations(resource, &resource.operations));
        quote! {
            #about
            #gate
            #[inline]
            pub fn #name(&self) -> #ty {
                #ty { client: self.client.clone() }
            }
        }
    });
    let unread = features
        .names()
        .next()
        .map(|_| quote!(#[allow(dead_code, reason = "without any operation, nothing reads it")]));
    quote! {
        #about
        #[derive(Debug, Clone)]
        pub struct Client {
            #unread
            client: rt::Client,
        }

        impl Client {
            /// Configures a client for an environment of the API.
            #[inline]
            pub fn builder(environment: Environment) -> ClientBuilder {
                let builder = rt::Client::builder(&API, environment.into());
                ClientBuilder { builder }
            }

            #(#accessors)*
        }
    }
}

fn builder(sdk: &Sdk) -> TokenStream {
    let mut methods: Vec<TokenStream> = sdk
        .security_schemes
        .iter()
        .enumerate()
        .filter_map(|(index, scheme)| credentials(index, scheme))
        .collect();
    if !sdk.scopes.is_empty() && mints(sdk) {
        methods.push(quote! {
            /// Asks for these scopes with every token. Unless set, a token is asked for what the
            /// operation needs, and there is one for each such set of scopes.
            pub fn scopes(self, scopes: impl IntoIterator<Item = Scope>) -> Self {
                let scopes = scopes.into_iter().map(Scope::as_str);
                let builder = self.builder.scopes(scopes);
                Self { builder }
            }
        });
    }
    if methods.is_empty() {
        return TokenStream::new();
    }
    quote!(impl ClientBuilder { #(#methods)* })
}

fn mints(sdk: &Sdk) -> bool {
    let kinds = sdk.security_schemes.iter().map(|scheme| &scheme.kind);
    kinds
        .into_iter()
        .any(|kind| matches!(kind, SecurityKind::ClientCredentials { .. }))
}

fn credentials(index: usize, scheme: &SecurityScheme) -> Option<TokenStream> {
    let name = ident(&scheme.method);
    let index = Literal::usize_unsuffixed(index);
    let (otherwise, arguments, setting) = match &scheme.kind {
        SecurityKind::ApiKey { .. } => (
            "Authenticates by an API key.",
            quote!(key: impl Into<rt::SecretString>),
            quote!(secret(#index, key.into())),
        ),
        SecurityKind::HttpBasic => (
            "Authenticates by user and password.",
            quote!(user: impl Into<String>, password: impl Into<rt::SecretString>),
            quote!(basic(#index, user.into(), password.into())),
        ),
        SecurityKind::Bearer => (
            "Authenticates by a token, or by what brings one.",
            quote!(token: impl Into<rt::Token>),
            quote!(token(#index, token.into())),
        ),
        SecurityKind::ClientCredentials { .. } => (
            "Authenticates by OAuth2 client credentials: tokens are minted when needed, and kept \
             while they last.",
            quote!(client_id: impl Into<String>, client_secret: impl Into<rt::SecretString>),
            quote!(client(#index, client_id.into(), client_secret.into())),
        ),
        SecurityKind::HttpOther { .. } => (
            "Authenticates by what follows the name of the scheme in `Authorization`.",
            quote!(credentials: impl Into<rt::SecretString>),
            quote!(secret(#index, credentials.into())),
        ),
        // The certificate is part of the HTTP client that the user brings.
        SecurityKind::MutualTls => return None,
    };
    let about = docs(or(&scheme.docs, otherwise));
    Some(quote! {
        #about
        #[inline]
        pub fn #name(self, #arguments) -> Self {
            let builder = self.builder.#setting;
            Self { builder }
        }
    })
}

fn environment(sdk: &Sdk) -> TokenStream {
    let names: Vec<_> = sdk.environments.iter().map(|it| ident(&it.name)).collect();
    let variants = sdk
        .environments
        .iter()
        .zip(&names)
        .map(|(environment, name)| {
            let about = docs(&environment_docs(environment));
            quote!(#about #name)
        });
    let (own, own_names) = match sdk.operation_variables.is_empty() {
        true => (None, None),
        false => {
            let names = &sdk.operation_variables;
            (
                Some(quote!(.operation_variables(OPERATION_VARIABLES))),
                Some(quote! {
                    /// Variables of servers that operations have of their own.
                    static OPERATION_VARIABLES: &[&str] = &[#(#names),*];
                }),
            )
        }
    };
    let arms = sdk
        .environments
        .iter()
        .zip(&names)
        .map(|(environment, name)| {
            let url = &environment.url;
            let token_url = optional(environment.token_url.as_deref());
            let variables = environment.variables.iter().map(server_variable);
            quote! {
                Environment::#name => Self::documented(#url, #token_url, &[#(#variables),*]) #own
            }
        });
    let custom = if mints(sdk) {
        quote! {
            /// Another environment, such as a local stand-in, and its token endpoint.
            #[inline]
            pub fn custom(url: impl Into<String>, token_url: impl Into<String>) -> Self {
                Self::Custom(rt::Environment::custom(url, Some(token_url.into())))
            }
        }
    } else {
        quote! {
            /// Another environment, such as a local stand-in.
            #[inline]
            pub fn custom(url: impl Into<String>) -> Self {
                Self::Custom(rt::Environment::custom(url, None))
            }
        }
    };
    quote! {
        #own_names

        /// Where the API runs.
        #[derive(Debug, Clone)]
        #[non_exhaustive]
        pub enum Environment {
            #(#variants,)*
            /// Another one: see [`Environment::custom`].
            Custom(rt::Environment),
        }

        impl Environment {
            #custom
        }

        impl From<Environment> for rt::Environment {
            #[inline]
            fn from(environment: Environment) -> Self {
                match environment {
                    #(#arms,)*
                    Environment::Custom(environment) => environment,
                }
            }
        }
    }
}

fn environment_docs(environment: &Environment) -> String {
    let url = code(&environment.url);
    let mut text = environment.docs.0.trim_end().to_owned();
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(&url);
    for (index, variable) in environment.variables.iter().enumerate() {
        text.push_str(&format!(
            "{}\n* {}, {} unless set by `server_variable`",
            if index == 0 { "\n" } else { "" },
            code(&variable.name),
            code(&variable.default)
        ));
    }
    text
}

pub(super) fn server_variable(variable: &ServerVariable) -> TokenStream {
    let (name, default, allowed) = (&variable.name, &variable.default, &variable.allowed);
    quote!(rt::Variable { name: #name, default: #default, allowed: &[#(#allowed),*] })
}

fn scope(scopes: &[Scope]) -> TokenStream {
    let names: Vec<_> = scopes.iter().map(|scope| ident(&scope.name)).collect();
    let wires: Vec<_> = scopes.iter().map(|scope| &scope.wire).collect();
    let variants = scopes.iter().zip(&names).map(|(scope, name)| {
        let otherwise = code(&scope.wire);
        let about = docs(or(&scope.docs, &otherwise));
        quote!(#about #name)
    });
    quote! {
        /// What a token allows.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Scope {
            #(#variants,)*
        }

        impl Scope {
            /// As the API writes it.
            #[must_use]
            #[inline]
            pub const fn as_str(self) -> &'static str {
                match self {
                    #(Self::#names => #wires,)*
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Docs, ErrorShape, Info, Resource};

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
                operations: Vec::new(),
            }],
            environments: vec![Environment {
                name: "Dev".to_owned(),
                url: "https://{region}.example.com".to_owned(),
                variables: vec![ServerVariable {
                    name: "region".to_owned(),
                    default: "eu".to_owned(),
                    allowed: vec!["eu".to_owned(), "us".to_owned()],
                    docs: Docs::default(),
                }],
                token_url: Some("https://auth.example.com/token".to_owned()),
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
        insta::assert_snapshot!(file(&sdk, &Features::none()).contents);
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
        insta::assert_snapshot!(file(&sdk, &Features::none()).contents);
    }
}
