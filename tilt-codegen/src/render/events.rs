//! Events: one enum with a variant for each kind, and how deliveries are verified.

mod accessors;
mod webhooks;

pub(crate) use webhooks::webhooks;

use super::File;
use super::operation::pairs;
use super::quoted::{docs, ident};
use super::source::{self, Source, code};
use super::type_ref::TypeRefs;
use super::types::branches;
use crate::model::{EventBody, EventKind, EventVersion, Events, KindSaid, Sdk, UnionVariant};
use proc_macro2::TokenStream;
use quote::quote;
use std::cmp::Reverse;
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
    source.item(serialization(events));
    if events.kinds.iter().any(|kind| events.is_by_look(kind)) {
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
    let mut text = match kind.docs.0.trim_end() {
        "" => wire,
        docs => format!("{docs}\n\n{wire}"),
    };
    if !kind.headers.is_empty() {
        text.push_str("\n\nHeaders of its delivery, as [`headers`](super::headers) has them:\n");
    }
    for header in &kind.headers {
        text.push_str(&format!("\n* {}", code(&header.name)));
        if header.required {
            text.push_str(" (required)");
        }
        if !header.summary.is_empty() {
            text.push_str(": ");
            text.push_str(&header.summary);
        }
    }
    text
}

/// Methods: a payload becomes an event, and what events have in common.
fn methods(source: &mut Source, sdk: &Sdk, events: &Events) {
    let name = ident(&events.name);
    let deprecated =
        events.kinds.iter().any(|kind| kind.deprecated).then(
            || quote!(#[allow(deprecated, reason = "events of deprecated kinds still come")]),
        );
    let parse = match &events.kind_property {
        Some(path) => by_kind(events, path),
        None => by_shape(events),
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
        let read = first_readable(kinds, &quote!(kind));
        quote!(Some(kind @ #wire) => #read)
    });
    let other_version = is_other_version(events).map(|(check, path)| {
        quote!(kind if #check => Err(rt::UnknownEvent::of_other_version(body, kind, #path)),)
    });
    let unknown = unknown(events);
    let by_look = |kind: TokenStream| {
        let forms = forms(events);
        quote!(rt::event::by_look(body).ok_or_else(|| rt::UnknownEvent::new(body, #kind)) #forms)
    };
    let unnamed = events.kinds.iter().any(|kind| events.is_by_look(kind));
    let unnamed = unnamed.then(|| by_look(quote!(None)));
    let unnamed = unnamed.map(|read| quote!(None => #read,));
    let named_otherwise = match events
        .kinds
        .iter()
        .any(|it| it.said == KindSaid::ByAnyValue)
    {
        true => by_look(quote!(kind)),
        false => quote!(Err(rt::UnknownEvent::new(body, kind))),
    };
    quote! {
        /// Reads the payload of an event, by the kind that it names.
        #[inline]
        pub fn parse(body: &[u8]) -> Self {
            let kind = rt::event::property(body, &[#(#path),*]);
            let event = match kind.as_deref() {
                #other_version
                #(#arms,)*
                #unnamed
                kind => #named_otherwise,
            };
            event.unwrap_or_else(#unknown)
        }
    }
}

/// The function that makes an event of one that could not be read.
fn unknown(events: &Events) -> TokenStream {
    match &events.id_property {
        Some(path) => quote!(|unknown| Self::Unknown(unknown.identified(&[#(#path),*]))),
        None => quote!(Self::Unknown),
    }
}

/// The condition that a payload is of a version that the document does not state, and the path of the version.
fn is_other_version(events: &Events) -> Option<(TokenStream, TokenStream)> {
    let EventVersion { property, known } = events.version.as_ref()?;
    let path = quote!(&[#property]);
    Some((
        quote!(rt::event::is_other(body, #path, &[#(#known),*])),
        path,
    ))
}

fn by_shape(events: &Events) -> TokenStream {
    let unknown = unknown(events);
    let forms = forms(events);
    let other_version = is_other_version(events).map(|(check, path)| {
        quote! {
            if #check {
                let unknown = rt::UnknownEvent::of_other_version(body, None, #path);
                return Err(unknown).unwrap_or_else(#unknown);
            }
        }
    });
    quote! {
        /// Reads the payload of an event, by what it looks like. Where it came by a channel,
        /// [`from_channel`](Self::from_channel) may know more.
        #[inline]
        pub fn parse(body: &[u8]) -> Self {
            #other_version
            rt::event::by_look(body)
                .ok_or_else(|| rt::UnknownEvent::new(body, None))
                #forms
                .unwrap_or_else(#unknown)
        }
    }
}

/// An event is written as its payload.
fn serialization(events: &Events) -> TokenStream {
    let name = ident(&events.name);
    let deprecated = events.kinds.iter().any(|kind| kind.deprecated).then(
        || quote!(#[allow(deprecated, reason = "events of deprecated kinds are written too")]),
    );
    let variants = events.kinds.iter().map(|kind| ident(&kind.variant));
    let variants = variants.chain([ident("Unknown")]);
    quote! {
        /// The payload. That of an unknown event is written as it came, which has to be JSON.
        #deprecated
        impl rt::serde::Serialize for #name {
            fn serialize<S: rt::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    #(Self::#variants(event) => rt::serde::Serialize::serialize(event, serializer),)*
                }
            }
        }
    }
}

/// The kinds that are known by what they look like, and their looks.
fn looks(events: &Events) -> impl Iterator<Item = (&EventKind, &UnionVariant)> {
    let looks = events.kinds.iter().zip(&events.union.variants);
    looks.filter(|(kind, _)| events.is_by_look(kind))
}

/// The looks of the kinds that no property names.
fn shapes(source: &mut Source, events: &Events) {
    source.apart();
    let looks = looks(events).map(|(kind, look)| (kind.variant.as_str(), look));
    source.open("rt::variants! {");
    source.open(&format!("{} {{", source::ident(&events.name)));
    branches(source, looks);
    source.close("}");
    source.close("}");
}

/// The expression that reads a payload as the first of these kinds that it can be. `wire` is the kind's name.
fn first_readable(kinds: &[&EventKind], wire: &TokenStream) -> TokenStream {
    let mut reads = kinds.iter().flat_map(|kind| {
        let variant = ident(&kind.variant);
        let json = quote!(rt::event::read(body, #wire, Self::#variant));
        let is_json = matches!(kind.body, EventBody::Json | EventBody::Either(_));
        let json = is_json.then_some(json);
        let form = kind.body.form().map(|encodings| {
            let encodings = pairs(encodings);
            quote!(rt::event::read_form(body, #wire, &[#(#encodings),*], Self::#variant))
        });
        json.into_iter().chain(form)
    });
    match reads.next() {
        Some(first) => quote!(#first #(.or_else(|_| #reads))*),
        None => quote!(Err(rt::UnknownEvent::new(body, Some(#wire)))),
    }
}

/// The forms by what they look like, where no kind is named: what requires most goes first.
fn forms(events: &Events) -> TokenStream {
    let mut forms: Vec<(&EventKind, &UnionVariant)> = looks(events)
        .filter(|(kind, _)| kind.body.form().is_some())
        .collect();
    forms.sort_by_key(|(_, look)| Reverse(look.required.len()));
    let reads = forms.iter().map(|(kind, look)| {
        let (wire, variant) = (&kind.wire, ident(&kind.variant));
        let required = &look.required;
        let encodings = pairs(kind.body.form().unwrap_or_default());
        quote! {
            .or_else(|unknown| match rt::event::is_form_with(body, &[#(#required),*]) {
                true => rt::event::read_form(body, rt::event::Kind::Assumed(#wire), &[#(#encodings),*], Self::#variant),
                false => Err(unknown),
            })
        }
    });
    quote!(#(#reads)*)
}

fn by_channel(events: &Events) -> TokenStream {
    let kinds = events.kinds.iter();
    let (channels, reads): (Vec<_>, Vec<_>) = kinds
        .filter(|kind| !kind.own_channels.is_empty())
        .map(|kind| {
            let wire = &kind.wire;
            let said = match events.is_by_look(kind) && kind.body != EventBody::Unread {
                true => quote!(rt::event::Kind::Assumed(#wire)),
                false => quote!(#wire),
            };
            (&kind.own_channels, first_readable(&[kind], &said))
        })
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
    let other_version =
        is_other_version(events).map(|(check, _)| quote!(_ if #check => return Self::parse(body),));
    let unknown = unknown(events);
    quote! {
        #docs
        #[inline]
        pub fn from_channel(channel: &str, body: &[u8]) -> Self {
            let event = match rt::event::channel(channel, &[#(#templates),*]) {
                #other_version
                #(Some(#(#channels)|*) => #reads,)*
                _ => return Self::parse(body),
            };
            event.unwrap_or_else(#unknown)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::complete;
    use crate::model::{Docs, Scalar, TypeRef, Union};

    const TEXT: TypeRef = TypeRef::Scalar(Scalar::String);

    fn kind(variant: &str, wire: &str, channels: &[&str]) -> EventKind {
        EventKind {
            variant: variant.to_owned(),
            wire: wire.to_owned(),
            said: KindSaid::default(),
            ty: TEXT,
            body: EventBody::Json,
            channels: channels
                .iter()
                .map(|channel| (*channel).to_owned())
                .collect(),
            own_channels: Vec::new(),
            headers: Vec::new(),
            docs: Docs::default(),
            deprecated: false,
        }
    }

    fn rendered(events: &Events) -> String {
        let sdk = Sdk {
            events: Some(events.clone()),
            ..Sdk::default()
        };
        let sdk = complete(sdk, &mut [], &mut std::collections::BTreeMap::new(), &[]);
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
    fn kinds_are_told_apart_by_a_property() {
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
            version: Some(EventVersion {
                property: "v".to_owned(),
                known: vec!["1".to_owned(), "2".to_owned()],
            }),
            signature: None,
        };
        insta::assert_snapshot!(rendered(&events));
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
            version: None,
            signature: None,
        };
        insta::assert_snapshot!(rendered(&events));
    }
}
