//! Environments: the enum of them, and the variables in the URLs of servers.

use super::quoted::{docs, ident, optional};
use super::security;
use super::source::{Source, code};
use crate::model::{Environment, Sdk, ServerVariable};
use proc_macro2::TokenStream;
use quote::quote;

/// The enum of environments.
pub(super) fn write(source: &mut Source, sdk: &Sdk) {
    let names = &sdk.operation_variables;
    let own = (!names.is_empty()).then(|| quote!(.operation_variables(OPERATION_VARIABLES)));
    if own.is_some() {
        source.item(quote! {
            /// Variables of servers that operations have of their own.
            static OPERATION_VARIABLES: &[&str] = &[#(#names),*];
        });
    }
    let variants = sdk.environments.iter().map(|environment| {
        let (about, name) = (
            docs(&environment_docs(environment)),
            ident(&environment.name),
        );
        quote!(#about #name)
    });
    source.item(quote! {
        /// An environment of the API.
        #[derive(Debug, Clone)]
        #[non_exhaustive]
        pub enum Environment {
            #(#variants,)*
            /// Another one: see [`Environment::custom`].
            Custom(rt::Environment),
        }
    });
    source.implementation(quote!(impl Environment), &custom(sdk));
    let arms = sdk.environments.iter().map(|environment| {
        let (name, url) = (ident(&environment.name), &environment.url);
        let token_url = optional(environment.token_url.as_deref());
        let variables = environment.variables.iter().map(server_variable);
        quote!(Environment::#name => Self::documented(#url, #token_url, &[#(#variables),*]) #own)
    });
    let from = quote! {
        #[inline]
        fn from(environment: Environment) -> Self {
            match environment {
                #(#arms,)*
                Environment::Custom(environment) => environment,
            }
        }
    };
    source.implementation(quote!(impl From<Environment> for rt::Environment), &[from]);
}

/// The constructor of an environment that the API does not name; and its token endpoint, which is no argument of
/// that, so that the first scheme with tokens changes none.
fn custom(sdk: &Sdk) -> Vec<TokenStream> {
    let mints = security::mints(sdk);
    let docs = match mints {
        true => {
            " Another environment, such as a local stand-in. Client credentials need its token endpoint as well: see \
             [`with_token_url`](Self::with_token_url)."
        }
        false => " Another environment, such as a local stand-in.",
    };
    let custom = quote! {
        #[doc = #docs]
        #[inline]
        pub fn custom(url: impl Into<String>) -> Self {
            Self::Custom(rt::Environment::custom(url, None))
        }
    };
    let with_token_url = quote! {
        /// The same environment, with tokens from this endpoint.
        #[inline]
        #[must_use]
        pub fn with_token_url(self, token_url: impl Into<String>) -> Self {
            Self::Custom(rt::Environment::from(self).with_token_url(token_url))
        }
    };
    match mints {
        true => vec![custom, with_token_url],
        false => vec![custom],
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
        let before = if index == 0 { "\n" } else { "" };
        let name = code(&variable.name);
        text.push_str(&match &variable.default {
            None => format!("{before}\n* {name}, which has to be set by `server_variable`"),
            Some(default) => {
                let default = code(default);
                format!("{before}\n* {name}, {default} unless set by `server_variable`")
            }
        });
    }
    text
}

pub(super) fn server_variable(variable: &ServerVariable) -> TokenStream {
    let (name, default, allowed) = (&variable.name, variable.initial(), &variable.allowed);
    quote!(rt::Variable { name: #name, default: #default, allowed: &[#(#allowed),*] })
}
