//! The model's events: kinds with names and what tells them apart, their id, and how deliveries are signed.

use std::collections::{BTreeMap, HashSet};

use crate::config;
use crate::identifier::{self, Order};
use crate::lower::context::Context;
use crate::lower::events::{DraftEvent, DraftEvents};
use crate::lower::finish::kinds::Kinds;
use crate::lower::finish::variants::{Distinctions, distinction};
use crate::lower::previous::type_key;
use crate::model::{
    EventBody, EventKind, Events, JsonKinds, KeyEncoding, KindSaid, Shape, Signature,
    SignatureEncoding, SignatureHash, SignedPart, SignedTime, TimePlace, Type, TypeRef, Union,
};

/// The model's events, once types are final.
pub(super) fn finish(
    context: &Context<'_>,
    draft: DraftEvents,
    types: &[Type],
    unrenamed: &dyn Fn(usize) -> String,
    distinctions: &mut Distinctions,
) -> Option<Events> {
    if draft.events.is_empty() {
        return None;
    }
    let config = &context.config.events;
    let empty: HashSet<(String, TypeRef)> = draft
        .events
        .iter()
        .filter(|event| event.is_empty)
        .map(|event| (event.wire.clone(), event.ty.clone()))
        .collect();
    let kinds = name(context, draft.events, unrenamed);
    let by_type = Kinds::of(types, &distinctions.mapped);
    let variants = kinds
        .iter()
        .map(|kind| {
            let mut variant = distinction(types, &by_type, &kind.ty, distinctions);
            variant.name = kind.variant.clone();
            let is_empty = empty.contains(&(kind.wire.clone(), kind.ty.clone()));
            let is_told = draft.kind_property.is_some() && kind.said == KindSaid::Named;
            let is_other = |other: &&EventKind| other.ty == kind.ty && other.wire != kind.wire;
            let is_shared = !is_told && kinds.iter().any(|other| is_other(&other));
            if is_empty || is_shared || matches!(kind.body, EventBody::Form(_) | EventBody::Unread)
            {
                // A webhook without a body is none of all that have one, and a form is no JSON; nor is what is not read. Of two
                // that have one payload, neither can be told by it.
                variant.kinds = JsonKinds::default();
            }
            variant
        })
        .collect();
    let id = config
        .id
        .clone()
        .or_else(|| common_id(types, &by_type, &kinds));
    Some(Events {
        name: "Event".to_owned(),
        kinds,
        channels: Vec::new(),
        kind_property: draft.kind_property.map(|property| vec![property]),
        id_property: id.map(|property| vec![property]),
        version: draft.version,
        union: Union {
            variants,
            discriminator: None,
        },
        accessors: Vec::new(),
        signature: config.signature.as_ref().map(signature),
    })
}

/// The kinds of events under their names, sorted by them.
fn name(
    context: &Context<'_>,
    events: Vec<DraftEvent>,
    unrenamed: &dyn Fn(usize) -> String,
) -> Vec<EventKind> {
    let key = |wire: &str, ty: &TypeRef| (wire.to_owned(), type_key(ty, unrenamed));
    let keys: Vec<(String, String)> = events.iter().map(|it| key(&it.wire, &it.ty)).collect();
    let names = events.iter().map(|event| {
        let names = event.former.iter().chain([&event.name]);
        names.map(|name| key(name, &event.ty)).collect()
    });
    let names: Vec<Vec<(String, String)>> = names.collect();
    let previous = previous_variants(&keys, &names, &context.previous.names.events);
    let unique = identifier::unique(
        events.iter().map(|event| event.wire.as_str()),
        |at| previous[at].clone(),
        |wire| vec![identifier::variant_name(wire)],
        Order::Text,
    );
    let mut kinds: Vec<EventKind> = events
        .into_iter()
        .zip(unique)
        .map(|(event, variant)| EventKind {
            variant,
            wire: event.wire,
            said: event.said,
            ty: event.ty,
            body: event.body,
            channels: event.channels.into_iter().collect(),
            own_channels: Vec::new(),
            headers: event.headers,
            docs: event.docs,
            deprecated: event.deprecated,
        })
        .collect();
    kinds.sort_by(|a, b| a.variant.cmp(&b.variant));
    kinds
}

fn signature(config: &config::Signature) -> Signature {
    let header = config.timestamp.as_ref();
    let header = header.map(|name| TimePlace::Header(name.as_str().to_owned()));
    let prefix = config.timestamp_prefix.clone().map(TimePlace::Prefix);
    let tolerance = config.tolerance;
    Signature {
        header: config.header.as_str().to_owned(),
        prefix: config.prefix.clone(),
        encoding: match config.encoding {
            config::SignatureEncoding::Hex => SignatureEncoding::Hex,
            config::SignatureEncoding::Base64 => SignatureEncoding::Base64,
        },
        hash: match config.hash {
            config::SignatureHash::Sha256 => SignatureHash::Sha256,
            config::SignatureHash::Sha512 => SignatureHash::Sha512,
        },
        signed: config.signed.parts().iter().map(signed_part).collect(),
        timestamp: header
            .or(prefix)
            .map(|place| SignedTime { place, tolerance }),
        id: config.id.as_ref().map(|name| name.as_str().to_owned()),
        key: match config.key {
            config::KeyEncoding::Text => KeyEncoding::Text,
            config::KeyEncoding::Base64 => KeyEncoding::Base64,
        },
        key_prefix: config.key_prefix.clone(),
    }
}

fn signed_part(part: &config::SignedPart) -> SignedPart {
    match part {
        config::SignedPart::Text(text) => SignedPart::Text(text.clone()),
        config::SignedPart::Id => SignedPart::Id,
        config::SignedPart::Timestamp => SignedPart::Timestamp,
        config::SignedPart::Body => SignedPart::Body,
    }
}

/// Previous names of the variants of events, found by wire name and payload, or else by wire name alone, or by the name
/// that they had where no property told them, or others did.
fn previous_variants(
    keys: &[(String, String)],
    names: &[Vec<(String, String)>],
    previous: &BTreeMap<(String, String), String>,
) -> Vec<Option<String>> {
    let mut left = previous.clone();
    let mut found: Vec<Option<String>> = keys.iter().map(|key| left.remove(key)).collect();
    for (found, (wire, _)) in found.iter_mut().zip(keys) {
        if found.is_none() {
            let from = (wire.clone(), String::new());
            let next = left.range(from..).next().map(|(key, _)| key.clone());
            let same = next.filter(|(other, _)| other == wire);
            *found = same.and_then(|key| left.remove(&key));
        }
    }
    for (found, names) in found.iter_mut().zip(names) {
        if found.is_none() {
            *found = names.iter().find_map(|name| left.remove(name));
        }
    }
    found
}

fn common_id(types: &[Type], by_type: &Kinds, kinds: &[EventKind]) -> Option<String> {
    ["event_id", "eventId"]
        .into_iter()
        .find(|name| {
            kinds.iter().all(|kind| {
                let (_, _, end) = by_type.of_type(&kind.ty);
                let shape = end.and_then(|id| Some(&types.get(id.0)?.shape));
                let Some(Shape::Struct(shape)) = shape else {
                    return false;
                };
                shape.fields.iter().any(|field| field.wire == *name)
            })
        })
        .map(str::to_owned)
}
