//! Events, and how deliveries are verified.

use super::super::kind::Kind;
use super::super::node::{Fact, ItemPlace, Node, Signature};
use super::super::scope::Scope;
use super::Sources;
use super::places::of_payloads;
use super::values::{held, looks};
use crate::model::{
    EventAccessor, EventBody, EventField, EventHeader, EventKind, EventVersion, Events, KindSaid,
    Signature as Signing, SignedTime, TimePlace, UnionVariant,
};

pub(super) fn node(sources: &Sources<'_>, events: &Events) -> Node {
    let scope = sources.scope;
    let Events {
        name,
        kinds,
        channels,
        kind_property,
        id_property,
        version,
        union,
        accessors,
        signature,
    } = events;
    let mut node = Node::only(Kind::Events, name, name);
    node.places = of_all(kinds);
    for (about, path) in [
        ("the property that names the kind", kind_property),
        ("the property that is the id", id_property),
    ] {
        let path = path
            .as_ref()
            .map_or_else(|| "none".to_owned(), |it| it.join("."));
        node.meaning(about, path);
    }
    if let Some(EventVersion { property, known }) = version {
        let mut known = known.clone();
        known.sort();
        let version = format!("{property}: {}", known.join(", "));
        let fact = Fact {
            value: version,
            places: of_payloads(scope, kinds, property),
        };
        let about = "the version of payloads".to_owned();
        node.behaviour.insert(about, fact);
    }
    // Those that only one of the two has are told with their events.
    node.residue
        .insert("channels".to_owned(), Fact::new(channels.join(", ")));
    let looks = union
        .variants
        .iter()
        .map(Some)
        .chain(std::iter::repeat(None));
    for (kind, look) in kinds.iter().zip(looks) {
        let look = look.filter(|_| events.is_by_look(kind));
        node.children.push(event(scope, name, kind, look));
    }
    for accessor in accessors {
        node.children
            .push(self::accessor(scope, name, accessor, kinds));
    }
    let verifier = signature.iter().map(|signature| Node {
        places: node.places.clone(),
        ..webhooks(signature)
    });
    node.children.extend(verifier);
    node
}

/// The places of all events: they come with the first message, and go with the last one.
fn of_all(kinds: &[EventKind]) -> Vec<ItemPlace> {
    let channels = kinds.iter().flat_map(|it| &it.channels);
    let mut places: Vec<ItemPlace> = channels.flat_map(|it| of_channel(it)).collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// The places of a channel, or of a webhook.
fn of_channel(name: &str) -> [ItemPlace; 2] {
    [
        ItemPlace::of_events(&["channels", name]),
        ItemPlace::at(&["webhooks", name]),
    ]
}

fn event(scope: &Scope<'_>, owner: &str, kind: &EventKind, look: Option<&UnionVariant>) -> Node {
    let EventKind {
        variant,
        wire,
        said,
        ty,
        body,
        channels,
        own_channels,
        headers,
        docs,
        deprecated,
    } = kind;
    let mut node = Node::new(Kind::Event, format!("{owner}::{variant}"), variant);
    node.identity = Some(wire.clone());
    node.signature = held(scope, ty, look.is_some_and(|it| it.boxed));
    node.meaning("the kind", wire);
    if let Some(said) = unsaid(*said) {
        node.meaning("known by", said);
    }
    if let Some(written) = written(body) {
        node.meaning("the body", written);
    }
    node.behaviour("channels", channels.join(", "));
    if !headers.is_empty() {
        node.behaviour("headers", of_delivery(headers));
    }
    let own = Fact::new(own_channels.join(", "));
    node.residue.insert("channels of its own".to_owned(), own);
    node.docs.clone_from(&docs.0);
    node.deprecated = *deprecated;
    node.depends = scope.named(ty);
    let channels = channels.iter();
    node.places = channels.flat_map(|it| of_channel(it)).collect();
    if let Some(look) = look {
        looks(look, &mut node);
    }
    node
}

/// The words for headers; their types are those of constants.
fn of_delivery(headers: &[EventHeader]) -> String {
    let headers = headers.iter().map(|header| {
        let required = if header.required { " (required)" } else { "" };
        // RFC 9110, 5.1: names of fields are case-insensitive.
        format!("{}{required}", header.name.to_ascii_lowercase())
    });
    headers.collect::<Vec<String>>().join(", ")
}

/// The words for payloads that no value of the property for kinds tells.
fn unsaid(said: KindSaid) -> Option<&'static str> {
    match said {
        KindSaid::Named => None,
        KindSaid::Nowhere => Some("its look"),
        KindSaid::ByAnyValue => Some("its look, whatever kind it names"),
    }
}

/// The words for a body that is not only JSON.
fn written(body: &EventBody) -> Option<String> {
    if *body == EventBody::Unread {
        return Some("not read".to_owned());
    }
    let encodings = body.form()?;
    let or = match body {
        EventBody::Either(_) => " or JSON",
        EventBody::Json | EventBody::Form(_) | EventBody::Unread => "",
    };
    let encodings = encodings
        .iter()
        .map(|(property, it)| format!(", `{property}` {it:?}"));
    Some(format!("form{or}{}", encodings.collect::<String>()))
}

fn accessor(scope: &Scope<'_>, owner: &str, accessor: &EventAccessor, kinds: &[EventKind]) -> Node {
    let EventAccessor {
        name,
        wire,
        ty,
        fields,
        // They are made of those of fields, and of the kinds that have it.
        docs: _,
    } = accessor;
    let path = format!("{owner}::{name}()");
    let mut node = Node::new(Kind::Accessor, &path, name);
    node.identity = Some(wire.clone());
    node.places = of_payloads(scope, kinds, wire);
    node.meaning("the property", wire);
    node.signature = Signature {
        shown: format!("Option<{}>", scope.shown(ty)),
        parts: vec![scope.part(ty, false)],
    };
    for (kind, field) in kinds.iter().zip(fields) {
        let Some(EventField {
            name: _, // the field's own
            presence: _,
            boxed: _,
        }) = field
        else {
            continue;
        };
        let path = format!("{path} of {}", kind.variant);
        let mut of = Node::new(Kind::AccessorEvent, path, &kind.variant);
        // Several kinds may have one name on the wire.
        of.identity = Some(kind.wire.clone());
        node.children.push(of);
    }
    node
}

/// The signature that deliveries have.
fn webhooks(signing: &Signing) -> Node {
    let Signing {
        header,
        prefix,
        encoding,
        hash,
        signed,
        timestamp,
        id,
        key,
        key_prefix,
    } = signing;
    let mut node = Node::only(Kind::Webhooks, "webhooks::Verifier", "webhooks");
    node.meaning("the header of the signature", header.to_ascii_lowercase());
    node.meaning("the text before the digest", prefix);
    node.meaning("its encoding", format!("{encoding:?}"));
    node.meaning("its hash", format!("{hash:?}"));
    node.meaning("what is signed", format!("{signed:?}"));
    if let Some(SignedTime { place, tolerance }) = timestamp {
        let place = match place {
            TimePlace::Header(name) => format!("header {}", name.to_ascii_lowercase()),
            TimePlace::Prefix(text) => format!("behind {text:?}"),
        };
        node.meaning("where the time is", place);
        node.behaviour("how far the time may be off", format!("{tolerance} s"));
    }
    if let Some(id) = id {
        node.meaning("the header of the id", id.to_ascii_lowercase());
    }
    node.meaning("the encoding of the key", format!("{key:?}"));
    node.meaning("the text before the key", key_prefix);
    node
}
