//! Channels: the event that one alone tells, and the order in which they are tried.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::Events;

/// A channel of several kinds says no more than the payload does; but no other may take what comes by
/// it, so its template is tried too.
pub(super) fn complete(events: &mut Events) {
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for kind in &events.kinds {
        let channels: BTreeSet<&String> = kind.channels.iter().collect();
        for channel in channels {
            *uses.entry(channel.clone()).or_default() += 1;
        }
    }
    for kind in &mut events.kinds {
        let own = kind.channels.iter().filter(|it| uses.get(*it) == Some(&1));
        kind.own_channels = own.cloned().collect();
    }
    let mut channels: Vec<String> = uses.into_keys().collect();
    channels.sort_by_key(|template| (template.matches('{').count(), Reverse(template.len())));
    events.channels = channels;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Docs, EventBody, EventKind, KindSaid, Scalar, TypeRef, Union};

    fn kind(variant: &str, channels: &[&str]) -> EventKind {
        EventKind {
            variant: variant.to_owned(),
            wire: variant.to_owned(),
            said: KindSaid::default(),
            ty: TypeRef::Scalar(Scalar::Any),
            body: EventBody::Json,
            channels: channels.iter().map(|it| (*it).to_owned()).collect(),
            own_channels: Vec::new(),
            headers: Vec::new(),
            docs: Docs::default(),
            deprecated: false,
        }
    }

    #[test]
    fn less_free_channels_are_tried_first_and_those_of_one_kind_tell_it() {
        let mut events = Events {
            name: "Event".to_owned(),
            kinds: vec![
                kind("Off", &["light/{id}/off", "off"]),
                kind("Lit", &["light/all/dim"]),
                kind("Unlit", &["light/all/dim", "{a}/{b}"]),
            ],
            channels: Vec::new(),
            kind_property: None,
            id_property: None,
            union: Union {
                variants: Vec::new(),
                discriminator: None,
            },
            accessors: Vec::new(),
            signature: None,
            version: None,
        };
        complete(&mut events);
        assert_eq!(
            events.channels,
            ["light/all/dim", "off", "light/{id}/off", "{a}/{b}"]
        );
        let own: Vec<_> = events.kinds.iter().map(|kind| &kind.own_channels).collect();
        assert_eq!(own[0], &["light/{id}/off", "off"]);
        assert!(own[1].is_empty());
        assert_eq!(own[2], &["{a}/{b}"]);
    }
}
