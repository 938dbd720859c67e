//! Authentication: the schemes as the runtime has to know them, the builder's methods that take credentials, and the
//! scopes. The kinds of scheme: `model/security.rs`; how a request carries them: `client/security.rs` of the runtime.

use super::quoted::{docs, ident, optional, or};
use super::source::{self, Source, code, literal};
use crate::identifier::bare;
use crate::model::{Location, Scope, Sdk, SecurityKind, SecurityScheme};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// A scheme as data for the runtime.
pub(super) fn scheme(scheme: &SecurityScheme) -> TokenStream {
    let name = bare(&scheme.method);
    let kind = scheme_kind(&scheme.kind);
    quote!(rt::Scheme { name: #name, kind: rt::SchemeKind::#kind })
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

/// The methods of the client's builder.
pub(super) fn builder_methods(sdk: &Sdk) -> Vec<TokenStream> {
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
            pub fn scopes(self, scopes: impl IntoIterator<Item = impl Into<Scope>>) -> Self {
                let scopes = scopes.into_iter().map(|scope| scope.into().as_str().to_owned());
                let builder = self.builder.scopes(scopes);
                Self { builder }
            }
        });
    }
    methods
}

/// Whether the client asks for tokens itself.
pub(super) fn mints(sdk: &Sdk) -> bool {
    let kinds = sdk.security_schemes.iter().map(|scheme| &scheme.kind);
    kinds
        .into_iter()
        .any(|kind| matches!(kind, SecurityKind::ClientCredentials { .. }))
}

/// The builder's method for a kind of scheme.
struct Method {
    /// Its documentation, for an API that says nothing.
    about: &'static str,
    /// Names and types.
    arguments: Vec<(&'static str, TokenStream)>,
    /// The method of the runtime's builder that takes the same, behind the scheme's index.
    setter: &'static str,
}

fn method(kind: &SecurityKind) -> Option<Method> {
    let secret = || quote!(impl Into<rt::Secret>);
    let (about, setter, arguments) = match kind {
        SecurityKind::ApiKey { .. } => (
            "Authenticates by an API key.",
            "secret",
            vec![("key", secret())],
        ),
        SecurityKind::HttpBasic => (
            "Authenticates by user and password.",
            "basic",
            vec![("user", quote!(impl Into<String>)), ("password", secret())],
        ),
        SecurityKind::Bearer => (
            "Authenticates by a token, or by what brings one.",
            "token",
            vec![("token", quote!(impl Into<rt::Token>))],
        ),
        SecurityKind::ClientCredentials { .. } => (
            "Authenticates by OAuth2 client credentials: tokens are minted when needed, and kept \
             while they last.",
            "client",
            vec![
                ("client_id", quote!(impl Into<String>)),
                ("client_secret", secret()),
            ],
        ),
        SecurityKind::HttpOther { .. } => (
            "Authenticates by what follows the name of the scheme in `Authorization`.",
            "secret",
            vec![("credentials", secret())],
        ),
        // The certificate is part of the HTTP client that the user brings.
        SecurityKind::MutualTls => return None,
    };
    Some(Method {
        about,
        arguments,
        setter,
    })
}

/// The names of the arguments of the builder's method.
pub(super) fn arguments(kind: &SecurityKind) -> Vec<&'static str> {
    let arguments = method(kind).map(|method| method.arguments);
    let arguments = arguments.into_iter().flatten();
    arguments.map(|(name, _)| name).collect()
}

/// The way that a scheme authenticates, in a sentence; `None`, where the builder has no method for it.
pub(super) fn about(kind: &SecurityKind) -> Option<&'static str> {
    method(kind).map(|method| method.about)
}

fn credentials(index: usize, scheme: &SecurityScheme) -> Option<TokenStream> {
    let method = method(&scheme.kind)?;
    let name = ident(&scheme.method);
    let index = Literal::usize_unsuffixed(index);
    let about = docs(or(&scheme.docs, method.about));
    let setter = ident(method.setter);
    let taken = method.arguments.iter().map(|(name, ty)| {
        let name = ident(name);
        quote!(#name: #ty)
    });
    let given = method.arguments.iter().map(|(name, _)| ident(name));
    Some(quote! {
        #about
        #[inline]
        pub fn #name(self, #(#taken),*) -> Self {
            let builder = self.builder.#setter(#index, #(#given.into()),*);
            Self { builder }
        }
    })
}

/// The enum of scopes.
pub(super) fn scopes(file: &mut Source, scopes: &[Scope]) {
    let variants = scopes.iter().map(|scope| {
        let otherwise = code(&scope.wire);
        let (about, name) = (docs(or(&scope.docs, &otherwise)), ident(&scope.name));
        quote!(#about #name)
    });
    file.item(quote! {
        /// A scope: something that a token allows. A text is `Into` this.
        #[non_exhaustive]
        pub enum Scope {
            #(#variants,)*
            /// A scope that is not in this list.
            Unknown(String),
        }
    });
    file.apart();
    file.open("rt::open_enum! {");
    file.open("Scope {");
    for scope in scopes {
        let name = source::ident(&scope.name);
        file.line(&format!("{name} = {},", literal(&scope.wire)));
    }
    file.close("}");
    file.close("}");
}
