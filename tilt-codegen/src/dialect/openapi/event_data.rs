//! The data of server-sent events, whose schemas describe all fields of an event (OpenAPI 3.2.0, section 4.14.4).

use std::collections::HashSet;

use super::api::{Edition, EventData, Events};
use super::reader::ApiReader;
use crate::diagnostic::Code;
use crate::dialect::keyword;
use crate::dialect::media_type::{self, essence};
use crate::source::Node;

/// The keywords of alternatives.
const ALTERNATIVES: [&str; 2] = ["oneOf", "anyOf"];

impl<'d> ApiReader<'d, '_> {
    /// The events of a body whose data depends on their names.
    pub(super) fn events(&mut self, media_type: &str, node: Node<'d>) -> Option<Events<'d>> {
        if essence(media_type) != media_type::EVENT_STREAM {
            return None;
        }
        let whole = || {
            let whole = node
                .get("schema")
                .filter(|_| self.edition >= Edition::V3_2)?;
            self.documents.follow(whole).ok()?.get("items")
        };
        let item = node.get("itemSchema").or_else(whole)?;
        let event = self.documents.follow(item).unwrap_or(item);
        let mut kinds = Vec::new();
        let at = self.alternatives(event, &mut kinds)?;
        let has_data = |kind: &Kind<'d>| kind.data.is_some();
        let is_named = |kind: &Kind<'d>| !kind.names.is_empty() || kind.has_name;
        let is_event = self.property(event, "event").is_some();
        if !kinds
            .iter()
            .any(|it| has_data(it) && (is_event || is_named(it)))
        {
            return None;
        }
        let of_all = self.property(event, "data");
        let kinds = kinds.into_iter().filter_map(|kind| {
            let (data, is_content) = self.content(kind.data.or(of_all)?);
            Some(EventData {
                names: kind.names,
                data,
                is_content,
            })
        });
        let kinds = kinds.collect();
        Some(Events { at, kinds })
    }

    /// The alternatives of an event, those inside of others among them, and where the first are listed.
    fn alternatives(&self, event: Node<'d>, kinds: &mut Vec<Kind<'d>>) -> Option<Node<'d>> {
        let listed = |event: Node<'d>| ALTERNATIVES.iter().find_map(|key| event.get(key));
        let first = listed(event)?;
        let mut met = HashSet::new();
        let mut pending = vec![(event, first)];
        while let Some((around, list)) = pending.pop() {
            if !met.insert(list.key()) {
                continue;
            }
            for element in list.elements() {
                let alternative = self.documents.follow(element).unwrap_or(element);
                let kind = self.kind(around, alternative);
                match listed(alternative) {
                    Some(inside) if !kind.has_name && kind.data.is_none() => {
                        pending.push((alternative, inside));
                    }
                    _ => kinds.push(kind),
                }
            }
        }
        Some(first)
    }

    /// An alternative of an event, whose names may stand in a mapping around it.
    fn kind(&self, around: Node<'d>, alternative: Node<'d>) -> Kind<'d> {
        let name = self.property(alternative, "event");
        let own = name.map(|it| self.documents.follow(it).unwrap_or(it));
        let mut names: Vec<&str> = own.map(keyword::texts).unwrap_or_default();
        for (value, target) in keyword::mapped_to(around, "event") {
            let target = self.documents.resolve(around, target);
            let leads_here = target.is_ok_and(|target| target.key() == alternative.key());
            if leads_here && !names.contains(&value) {
                names.push(value);
            }
        }
        Kind {
            has_name: name.is_some(),
            names,
            data: self.property(alternative, "data"),
        }
    }

    /// The schema of a property, in a schema or a part of it.
    fn property(&self, schema: Node<'d>, name: &str) -> Option<Node<'d>> {
        let mut met = HashSet::new();
        let mut pending = vec![schema];
        while let Some(part) = pending.pop() {
            let part = self.documents.follow(part).unwrap_or(part);
            if !met.insert(part.key()) {
                continue;
            }
            let properties = part.get("properties");
            if let Some(own) = properties.and_then(|it| it.get(name)) {
                return Some(own);
            }
            pending.extend(keyword::all_of(part));
        }
        None
    }

    /// The schema of the value in the text of data, where that is JSON.
    fn content(&self, data: Node<'d>) -> (Node<'d>, bool) {
        let text = self.documents.follow(data).unwrap_or(data);
        let is_json = keyword::content_media_type(text).is_some_and(media_type::may_be_json);
        match text.get("contentSchema").filter(|_| is_json) {
            Some(content) => (content, true),
            None => (data, false),
        }
    }

    /// The schema of the data of events that all have the same. One that has no field of events describes the data.
    pub(super) fn data(&mut self, item: Node<'d>) -> Option<Node<'d>> {
        let event = self.documents.follow(item).unwrap_or(item);
        if let Some(data) = self.property(event, "data") {
            return Some(self.content(data).0);
        }
        let is_composed = ALTERNATIVES.iter().chain(&["allOf"]);
        let mut fields = ["event", "id", "retry"].iter();
        if fields.any(|name| self.property(event, name).is_some())
            || is_composed.into_iter().any(|key| event.get(key).is_some())
        {
            let message = "no property `data` of events is stated here: what they carry is taken as this schema";
            self.finding(Code::UNSUPPORTED_MEMBER, item, message);
        }
        Some(item)
    }
}

/// Events of one alternative.
struct Kind<'d> {
    /// There is a property for the name.
    has_name: bool,
    /// The values of that.
    names: Vec<&'d str>,
    data: Option<Node<'d>>,
}
