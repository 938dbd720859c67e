//! Verification of deliveries.

use crate::model::{
    Events, KeyEncoding, Signature, SignatureEncoding, SignatureHash, SignedPart, TimePlace,
};
use crate::render::File;
use crate::render::quoted::ident;
use crate::render::source::Source;
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use std::collections::BTreeMap;

/// `webhooks.rs`, where it is known how deliveries are signed.
pub(crate) fn webhooks(events: &Events) -> Option<File> {
    let signature = scheme(events.signature.as_ref()?);
    let name = ident(&events.name);
    let path = |path: &Option<Vec<String>>| {
        let path = path.iter().flatten();
        quote!(&[#(#path),*])
    };
    let (kind, id) = (path(&events.kind_property), path(&events.id_property));
    let headers = events.kinds.iter().flat_map(|kind| &kind.headers);
    let headers: BTreeMap<_, _> = headers
        .map(|header| (header.name.to_ascii_lowercase(), &header.name))
        .collect();
    let headers = headers.values();
    let headers = (headers.len() > 0)
        .then(|| quote!(const HEADERS: &'static [&'static str] = &[#(#headers),*];));
    let mut source = Source::generated();
    source.line("//! Deliveries of events, verified.");
    source.apart();
    source.line(&format!("use super::events::{name};"));
    source.line("use tilt_runtime as rt;");
    source.apart();
    source.line("pub use rt::webhook::WebhookError;");
    for (ty, docs) in [
        (
            "Verifier",
            "Verifies deliveries, and reads those that are genuine.",
        ),
        ("Delivery", "A genuine delivery."),
        ("Signer", "Signs deliveries as the API does, for tests."),
    ] {
        source.apart();
        source.docs(docs);
        source.line(&format!("pub type {ty} = rt::webhook::{ty}<{name}>;"));
    }
    source.item(quote! {
        impl rt::webhook::Events for #name {
            const SIGNATURE: rt::webhook::Signature = #signature;
            const KIND: &'static [&'static str] = #kind;
            const ID: &'static [&'static str] = #id;
            #headers

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

/// The scheme, by what differs from HMAC-SHA256 over the body, in hexadecimal digits.
fn scheme(signature: &Signature) -> TokenStream {
    let header = &signature.header;
    let mut scheme = quote!(rt::webhook::Signature::new(#header));
    let mut set = |method: TokenStream| scheme.extend(method);
    if !signature.prefix.is_empty() {
        let prefix = &signature.prefix;
        set(quote!(.prefix(#prefix)));
    }
    if signature.encoding == SignatureEncoding::Base64 {
        set(quote!(.encoding(rt::webhook::SignatureEncoding::Base64)));
    }
    if signature.hash == SignatureHash::Sha512 {
        set(quote!(.hash(rt::webhook::Hash::Sha512)));
    }
    if let Some(id) = &signature.id {
        set(quote!(.id(#id)));
    }
    if let Some(time) = &signature.timestamp {
        let place = match &time.place {
            TimePlace::Header(name) => quote!(Header(#name)),
            TimePlace::Prefix(prefix) => quote!(Prefix(#prefix)),
        };
        let seconds = Literal::u64_unsuffixed(time.tolerance);
        set(quote!(.timestamp(rt::webhook::Timestamp::#place)));
        set(quote!(.tolerance(#seconds)));
    }
    if signature.signed != [SignedPart::Body] {
        let parts = signature.signed.iter().map(|part| match part {
            SignedPart::Text(text) => quote!(Text(#text)),
            SignedPart::Id => quote!(Id),
            SignedPart::Timestamp => quote!(Timestamp),
            SignedPart::Body => quote!(Body),
        });
        set(quote!(.signed(&[#(rt::webhook::Signed::#parts),*])));
    }
    let key = match signature.key {
        KeyEncoding::Text => quote!(Text),
        KeyEncoding::Base64 => quote!(Base64),
    };
    if signature.key != KeyEncoding::Text || !signature.key_prefix.is_empty() {
        let prefix = &signature.key_prefix;
        set(quote!(.secret(rt::webhook::SecretEncoding::#key, #prefix)));
    }
    scheme
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Docs, EventBody, EventHeader, EventKind, KindSaid, Scalar, SignedTime, TypeRef, Union,
    };

    fn header(name: &str) -> EventHeader {
        EventHeader {
            name: name.to_owned(),
            ty: Scalar::String,
            required: false,
            docs: Docs::default(),
            summary: String::new(),
        }
    }

    fn rendered(signature: Signature, headers: &[&str]) -> String {
        let events = Events {
            name: "Event".to_owned(),
            kinds: vec![EventKind {
                said: KindSaid::default(),
                variant: "Paid".to_owned(),
                wire: "paid".to_owned(),
                ty: TypeRef::Scalar(Scalar::Any),
                body: EventBody::Json,
                channels: Vec::new(),
                own_channels: Vec::new(),
                headers: headers.iter().map(|name| header(name)).collect(),
                docs: Docs::default(),
                deprecated: false,
            }],
            channels: Vec::new(),
            kind_property: Some(vec!["data".to_owned(), "kind".to_owned()]),
            id_property: Some(vec!["id".to_owned()]),
            version: None,
            union: Union {
                variants: Vec::new(),
                discriminator: None,
            },
            accessors: Vec::new(),
            signature: Some(signature),
        };
        webhooks(&events)
            .map(|file| file.contents)
            .unwrap_or_default()
    }

    fn plain() -> Signature {
        Signature {
            header: "X-Signature".to_owned(),
            prefix: "sha256=".to_owned(),
            encoding: SignatureEncoding::Hex,
            hash: SignatureHash::Sha256,
            signed: vec![SignedPart::Body],
            timestamp: None,
            id: None,
            key: KeyEncoding::Text,
            key_prefix: String::new(),
        }
    }

    #[test]
    fn a_plain_scheme_is_a_header_and_a_prefix() {
        insta::assert_snapshot!(rendered(plain(), &[]));
    }

    #[test]
    fn a_scheme_says_where_everything_stands_that_is_signed() {
        let dot = || SignedPart::Text(".".to_owned());
        let signature = Signature {
            prefix: "v1,".to_owned(),
            encoding: SignatureEncoding::Base64,
            hash: SignatureHash::Sha512,
            signed: vec![
                SignedPart::Id,
                dot(),
                SignedPart::Timestamp,
                dot(),
                SignedPart::Body,
            ],
            timestamp: Some(SignedTime {
                place: TimePlace::Header("webhook-timestamp".to_owned()),
                tolerance: 300,
            }),
            id: Some("webhook-id".to_owned()),
            key: KeyEncoding::Base64,
            key_prefix: "whsec_".to_owned(),
            ..plain()
        };
        insta::assert_snapshot!(rendered(signature, &["X-Attempt", "X-Tenant"]));
    }
}
