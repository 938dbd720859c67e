//! Events: one enum with a variant for each kind, and how deliveries are verified.

mod accessors;

use super::File;
use super::quoted::{docs, ident};
use super::source::{self, Source, code};
use super::type_ref::TypeRefs;
use super::types::branches;
use crate::model::{EventKind, Events, Sdk, SignatureEncoding};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;

/// `events.rs`
pub(crate) fn events(sdk: &Sdk, events: &Events) -> File {
    let mut source = Source::generated();
    source.line("//! The events that the API sends.");
    source.apart();
    if events.kinds.iter().any(|kind| kind.ty.names_types()) {
        source.line("use super::types;");
    }
    source.line("use tilt_runtime as rt;");
    source.item(declaration(sdk, events));
    methods(&mut source, sdk, events);
    if events.kind_property.is_none() {
        shapes(&mut source, events);
    }
    File {
        path: "events.rs".to_owned(),
        contents: source.finish(),
    }
}

fn declaration(sdk: &Sdk, events: &Events) -> TokenStream {
    let name = ident(&events.name);
    let variants = events.kinds.iter().enumerate().map(|(index, kind)| {
        let about = docs(&kind_docs(kind));
        let deprecated = kind.deprecated.then(|| quote!(#[deprecated]));
        let variant = ident(&kind.variant);
        let ty = TypeRefs::elsewhere(sdk).tokens(&kind.ty);
        let ty = if boxed(events, index) {
            quote!(Box<#ty>)
        } else {
            ty
        };
        quote!(#about #deprecated #variant(#ty))
    });
    quote! {
        /// An event that the API sends.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// An event that is not documented, or not as it is documented.
            Unknown(rt::UnknownEvent),
        }
    }
}

fn boxed(events: &Events, index: usize) -> bool {
    events
        .union
        .variants
        .get(index)
        .is_some_and(|variant| variant.boxed)
}

fn kind_docs(kind: &EventKind) -> String {
    let wire = code(&kind.wire);
    let docs = kind.docs.0.trim_end();
    if docs.is_empty() {
        return wire;
    }
    format!("{docs}\n\n{wire}")
}

/// How a payload becomes an event, and what events have in common.
fn methods(source: &mut Source, sdk: &Sdk, events: &Events) {
    let name = ident(&events.name);
    let deprecated =
        events.kinds.iter().any(|kind| kind.deprecated).then(
            || quote!(#[allow(deprecated, reason = "events of deprecated kinds still come")]),
        );
    let parse = match &events.kind_property {
        Some(path) => by_kind(events, path),
        None => by_shape(),
    };
    let readers = [parse, by_channel(events)].into_iter();
    let methods: Vec<TokenStream> = readers.chain(accessors::methods(sdk, events)).collect();
    source.implementation(quote!(#deprecated impl #name), &methods);
}

fn by_kind(events: &Events, path: &[String]) -> TokenStream {
    let mut kinds: BTreeMap<&str, Vec<&EventKind>> = BTreeMap::new();
    for kind in &events.kinds {
        kinds.entry(&kind.wire).or_default().push(kind);
    }
    let arms = kinds.iter().map(|(wire, kinds)| {
        let read = first_readable(kinds);
        quote!(Some(kind @ #wire) => #read)
    });
    quote! {
        /// Reads the payload of an event, by the kind that it names.
        #[inline]
        pub fn parse(body: &[u8]) -> Self {
            let kind = rt::event::property(body, &[#(#path),*]);
            let event = match kind.as_deref() {
                #(#arms,)*
                kind => Err(rt::UnknownEvent::new(body, kind)),
            };
            event.unwrap_or_else(Self::Unknown)
        }
    }
}

fn by_shape() -> TokenStream {
    quote! {
        /// Reads the payload of an event, by what it looks like. Where it came by a channel,
        /// [`from_channel`](Self::from_channel) may know more.
        #[inline]
        pub fn parse(body: &[u8]) -> Self {
            rt::event::by_look(body)
                .unwrap_or_else(|| Self::Unknown(rt::UnknownEvent::new(body, None)))
        }
    }
}

/// The looks of the kinds, where no property names them.
fn shapes(source: &mut Source, events: &Events) {
    source.apart();
    let kinds = events.kinds.iter().map(|kind| kind.variant.as_str());
    source.open("rt::variants! {");
    source.open(&format!("{} {{", source::ident(&events.name)));
    branches(source, kinds.zip(&events.union.variants));
    source.close("}");
    source.close("}");
}

/// The expression that reads a payload as a kind.
fn read(kind: &EventKind) -> TokenStream {
    let (wire, variant) = (&kind.wire, ident(&kind.variant));
    quote!(rt::event::read(body, #wire, Self::#variant))
}

fn first_readable(kinds: &[&EventKind]) -> TokenStream {
    let mut reads = kinds.iter().map(|kind| {
        let variant = ident(&kind.variant);
        quote!(rt::event::read(body, kind, Self::#variant))
    });
    let first = reads.next();
    quote!(#first #(.or_else(|_| #reads))*)
}

fn by_channel(events: &Events) -> TokenStream {
    let kinds = events.kinds.iter();
    let (channels, reads): (Vec<_>, Vec<_>) = kinds
        .filter(|kind| !kind.own_channels.is_empty())
        .map(|kind| (&kind.own_channels, read(kind)))
        .unzip();
    let docs = quote! {
        /// Reads the payload of an event that came by a channel.
    };
    if channels.is_empty() {
        return quote! {
            #docs
            #[inline]
            pub fn from_channel(_: &str, body: &[u8]) -> Self {
                Self::parse(body)
            }
        };
    }
    let templates = &events.channels;
    quote! {
        #docs
        #[inline]
        pub fn from_channel(channel: &str, body: &[u8]) -> Self {
            let event = match rt::event::channel(channel, &[#(#templates),*]) {
                #(Some(#(#channels)|*) => #reads,)*
                _ => return Self::parse(body),
            };
            event.unwrap_or_else(Self::Unknown)
        }
    }
}

/// `webhooks.rs`, where it is known how deliveries are signed.
pub(crate) fn webhooks(events: &Events) -> Option<File> {
    let signature = events.signature.as_ref()?;
    let name = ident(&events.name);
    let (header, prefix) = (&signature.header, &signature.prefix);
    let encoding = match signature.encoding {
        SignatureEncoding::Hex => quote!(Hex),
        SignatureEncoding::Base64 => quote!(Base64),
    };
    let path = |path: &Option<Vec<String>>| {
        let path = path.iter().flatten();
        quote!(&[#(#path),*])
    };
    let (kind, id) = (path(&events.kind_property), path(&events.id_property));
    let mut source = Source::generated();
    source.line("//! Deliveries of events, verified.");
    source.apart();
    source.line(&format!("use super::events::{name};"));
    source.line("use tilt_runtime as rt;");
    source.apart();
    source.line("pub use rt::webhook::WebhookError;");
    source.apart();
    source.docs("Verifies deliveries, and reads those that are genuine.");
    source.line(&format!(
        "pub type Verifier = rt::webhook::Verifier<{name}>;"
    ));
    source.apart();
    source.docs("A genuine delivery.");
    source.line(&format!(
        "pub type Delivery = rt::webhook::Delivery<{name}>;"
    ));
    source.item(quote! {
        impl rt::webhook::Events for #name {
            const SIGNATURE: rt::webhook::Signature = rt::webhook::Signature {
                header: #header,
                prefix: #prefix,
                encoding: rt::webhook::SignatureEncoding::#encoding,
            };
            const KIND: &'static [&'static str] = #kind;
            const ID: &'static [&'static str] = #id;

            #[inline]
            fn parse(body: &[u8]) -> Self {
                Self::parse(body)
            }
        }
    });
    Some(File {
        path: "webhooks.rs".to_owned(),
        contents: source.finish(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::complete;
    use crate::model::{Docs, Scalar, Signature, TypeRef, Union, UnionVariant};

    const TEXT: TypeRef = TypeRef::Scalar(Scalar::String);

    fn kind(variant: &str, wire: &str, channels: &[&str]) -> EventKind {
        EventKind {
            variant: variant.to_owned(),
            wire: wire.to_owned(),
            ty: TEXT,
            channels: channels
                .iter()
                .map(|channel| (*channel).to_owned())
                .collect(),
            own_channels: Vec::new(),
            docs: Docs::default(),
            deprecated: false,
        }
    }

    fn rendered(events: &Events) -> String {
        let sdk = Sdk {
            events: Some(events.clone()),
            ..Sdk::default()
        };
        let sdk = complete(sdk, &mut [], &mut std::collections::BTreeMap::new());
        sdk.events
            .as_ref()
            .map_or_else(String::new, |events| self::events(&sdk, events).contents)
    }

    fn look(name: &str, required: &[&str], boxed: bool) -> UnionVariant {
        UnionVariant {
            name: name.to_owned(),
            boxed,
            required: required.iter().map(|it| (*it).to_owned()).collect(),
            ..UnionVariant::of(TEXT)
        }
    }

    #[test]
    fn kinds_are_told_apart_by_a_property_and_deliveries_verified() {
        let mut old = kind("Old", "payment.old", &["payments"]);
        old.deprecated = true;
        old.docs = Docs("It was paid.".to_owned());
        let events = Events {
            name: "Event".to_owned(),
            kinds: vec![old, kind("Paid", "payment.paid", &["payments"])],
            channels: Vec::new(),
            kind_property: Some(vec!["data".to_owned(), "kind".to_owned()]),
            id_property: Some(vec!["id".to_owned()]),
            union: Union {
                variants: vec![look("Old", &[], false), look("Paid", &[], true)],
                discriminator: None,
            },
            accessors: Vec::new(),
            signature: Some(Signature {
                header: "X-Signature".to_owned(),
                prefix: "sha256=".to_owned(),
                encoding: SignatureEncoding::Hex,
            }),
        };
        insta::assert_snapshot!(rendered(&events));
        let webhooks = webhooks(&events).map(|file| file.contents);
        insta::assert_snapshot!(webhooks.unwrap_or_default());
    }

    #[test]
    fn kinds_are_told_apart_by_channel_or_look() {
        let events = Events {
            name: "Event".to_owned(),
            kinds: vec![
                kind("Dim", "dim", &["light/{id}/dim"]),
                kind("Off", "off", &["light/all/{what}", "light/{id}/off", "off"]),
                kind("Lit", "lit", &["light/all/dim"]),
                kind("Unlit", "unlit", &["light/all/dim"]),
            ],
            channels: Vec::new(),
            kind_property: None,
            id_property: None,
            union: Union {
                variants: vec![
                    look("Dim", &[], false),
                    look("Off", &["at"], false),
                    look("Lit", &["at", "on"], false),
                    look("Unlit", &["on"], false),
                ],
                discriminator: None,
            },
            accessors: Vec::new(),
            signature: None,
        };
        insta::assert_snapshot!(rendered(&events));
    }
}
