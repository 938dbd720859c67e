//! The root of the source tree: its modules, and what users name most.

use super::File;
use super::layout::{Layout, ident};
use crate::model::Sdk;
use proc_macro2::TokenStream;
use quote::quote;

/// `mod.rs`
pub(crate) fn file(sdk: &Sdk) -> File {
    let has_client = !sdk.resources.is_empty();
    let is_signed = sdk
        .events
        .as_ref()
        .is_some_and(|events| events.signature.is_some());
    let mut layout = Layout::default();
    // No inner documentation: build scripts make this file something to `include!`.
    layout.text("// What the documents of the API say, as Rust.\n");
    // prettyplease breaks lines where rustfmt does not.
    let skip = quote!(#[rustfmt::skip]);
    let of_client = quote!(#[cfg(feature = "client")]);
    let client = has_client.then(|| quote!(#of_client #skip mod client;));
    let events = sdk.events.as_ref().map(|_| quote!(#skip mod events;));
    let resources = has_client.then(|| quote!(#of_client #skip pub mod resources;));
    let types = (!sdk.types.is_empty()).then(|| {
        quote!(
            pub mod types;
        )
    });
    let of_webhooks = quote!(#[cfg(feature = "webhooks")]);
    let webhooks = is_signed.then(|| quote!(#of_webhooks #skip pub mod webhooks;));
    let exports = exports(sdk);
    layout.items(quote! {
        #client
        #events
        #resources
        #types
        #webhooks
        #exports
    });
    File {
        path: "mod.rs".to_owned(),
        contents: layout.finish(),
    }
}

fn exports(sdk: &Sdk) -> TokenStream {
    let scope = (!sdk.scopes.is_empty()).then(|| quote!(, Scope));
    let client = (!sdk.resources.is_empty()).then(|| {
        quote! {
            #[cfg(feature = "client")]
            pub use client::{Client, ClientBuilder, Environment #scope};
        }
    });
    let events = sdk.events.as_ref().map(|events| {
        let name = ident(&events.name);
        quote!(pub use events::#name;)
    });
    quote!(#client #events)
}
