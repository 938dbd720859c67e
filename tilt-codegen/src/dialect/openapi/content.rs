//! Request bodies, responses and their media types.

use serde_json::json;

use super::api::{Edition, Encoding, Media, PartHeader, RequestBody, Response, ResponseHeader};
use super::object::Object;
use super::parameters::style_named;
use super::reader::{ApiReader, text};
use crate::diagnostic::Code;
use crate::dialect::media_type::{self, essence};
use crate::dialect::{keyword, shell};
use crate::model::StatusRange;
use crate::source::Node;

impl<'d> ApiReader<'d, '_> {
    pub(super) fn request_body(&mut self, node: Node<'d>) -> Option<RequestBody<'d>> {
        let shell: openapiv3::RequestBody = shell::read(
            node,
            "request body",
            &["description", "required"],
            json!({"content": {}}),
            self.problems,
        )?;
        let says = node
            .get("required")
            .is_some_and(|required| required.value.is_boolean());
        Some(RequestBody {
            node,
            description: shell.description,
            required: says.then_some(shell.required),
            content: node
                .get("content")
                .map(|map| self.media(map))
                .unwrap_or_default(),
        })
    }

    pub(super) fn responses(&mut self, map: Option<Node<'d>>) -> Vec<(StatusRange, Response<'d>)> {
        let mut responses = Vec::new();
        for (key, node) in map.into_iter().flat_map(|map| map.members()) {
            if key.starts_with("x-") {
                continue;
            }
            let Some(status) = status_range(key) else {
                self.finding(
                    Code::MALFORMED_STATUS,
                    node,
                    format!("`{key}` is no status, expected 200, 2XX or default"),
                );
                continue;
            };
            if let Some(node) = self.follow(node, Object::Response) {
                responses.extend(self.response(node).map(|response| (status, response)));
            }
        }
        responses.sort_by_key(|(status, _)| *status);
        responses.dedup_by_key(|(status, _)| *status);
        responses
    }

    fn response(&mut self, node: Node<'d>) -> Option<Response<'d>> {
        let shell: openapiv3::Response = shell::read(
            node,
            "response",
            &["description"],
            json!({"description": ""}),
            self.problems,
        )?;
        if let Some(at) = node.get("links").filter(|at| at.members().next().is_some()) {
            self.finding(
                Code::LINK,
                at,
                "links between operations are not part of the client",
            );
        }
        let mut headers = Vec::new();
        for (name, header) in node
            .get("headers")
            .into_iter()
            .flat_map(|map| map.members())
        {
            if let Some(header) = self.follow(header, Object::Header) {
                headers.push(ResponseHeader {
                    node: header,
                    name,
                    description: text(header, "description"),
                    required: header.get("required").is_some_and(|it| it.value == true),
                    explode: header.get("explode").is_some_and(|it| it.value == true),
                    schema: header.get("schema"),
                });
            }
        }
        headers.sort_by_key(|header| header.name);
        Some(Response {
            node,
            description: Some(shell.description).filter(|text| !text.is_empty()),
            content: node
                .get("content")
                .map(|map| self.media(map))
                .unwrap_or_default(),
            headers,
        })
    }

    pub(super) fn media(&mut self, map: Node<'d>) -> Vec<Media<'d>> {
        let mut content = Vec::new();
        for (key, node) in map.members() {
            if !self.copies.object(node, self.problems) {
                break;
            }
            let node = match keyword::reference(node) {
                // OpenAPI 3.2.0, section 4.14.
                Some(_) => match self.follow(node, Object::MediaType) {
                    Some(target) => target,
                    None => continue,
                },
                None => node,
            };
            self.check(node, Object::MediaType);
            let media_type = self.media_type(key, node);
            let encodings = node.get("encoding").map(|map| self.encodings(map));
            let events = self.events(media_type, node);
            content.push(Media {
                node,
                media_type,
                schema: match events.is_some() {
                    true => None,
                    false => self.schema(media_type, node),
                },
                events,
                is_of_items: self.is_of_items(media_type, node),
                encodings: encodings.unwrap_or_default(),
            });
        }
        content.sort_by_key(|media| media.media_type);
        content
    }

    /// A key of `content` as the one media type that it is to be (RFC 9110, 8.3.1). Of a list, JSON is taken, or else the first.
    fn media_type(&mut self, key: &'d str, node: Node<'d>) -> &'d str {
        let listed: Vec<&str> = key.split(',').map(str::trim).collect();
        let is_list = listed.len() > 1
            && listed
                .iter()
                .all(|it| it.contains('/') && !it.contains('"'));
        let taken = match is_list {
            true => {
                let json = listed.iter().find(|it| media_type::may_be_json(it));
                json.or(listed.first()).copied().unwrap_or(key)
            }
            false if key.trim().eq_ignore_ascii_case("json") => "application/json",
            false => return key,
        };
        let message = format!("`{key}` is no media type: it is taken as `{taken}`");
        self.finding(Code::MALFORMED_MEDIA_TYPE, node, message);
        taken
    }

    /// Whether the schema that is read is that of each item of a sequence (OpenAPI 3.2.0, section 4.14.3).
    fn is_of_items(&self, media_type: &str, node: Node<'d>) -> bool {
        let essence = essence(media_type);
        match node.get("itemSchema") {
            Some(_) => !essence.starts_with("multipart/"),
            None => {
                let is_event = essence == media_type::EVENT_STREAM;
                let is_sequence = is_event || media_type::is_json_lines(&essence);
                is_sequence && (self.edition >= Edition::V3_2 || self.is_list(node))
            }
        }
    }

    /// Whether the schema of a sequence is that of a list. Before OpenAPI 3.2, nothing says what it is of; frameworks state so
    /// what they send one by one.
    fn is_list(&self, media: Node<'d>) -> bool {
        let schema = media
            .get("schema")
            .map(|it| self.documents.follow(it).unwrap_or(it));
        let ty = schema.and_then(|it| it.get("type")?.as_str());
        ty == Some("array") && schema.is_some_and(|it| it.get("items").is_some())
    }

    /// The schema of a body, or of each item of a stream (OpenAPI 3.2.0, section 4.14.3).
    fn schema(&mut self, media_type: &str, node: Node<'d>) -> Option<Node<'d>> {
        for key in ["itemEncoding", "prefixEncoding"] {
            if let Some(at) = node.get(key) {
                let message =
                    format!("`{key}` is not read: parts are written by their schemas alone");
                self.finding(Code::UNSUPPORTED_MEMBER, at, message);
            }
        }
        let whole = node.get("schema");
        let Some(item) = node.get("itemSchema") else {
            if !self.is_of_items(media_type, node) {
                return whole;
            }
            let is_event = essence(media_type) == media_type::EVENT_STREAM;
            let whole = whole?;
            if self.edition < Edition::V3_2 {
                let message = format!(
                    "the schema of `{media_type}` is a list: it is read as that of all items, one by one"
                );
                self.finding(Code::SEQUENCE_SCHEMA, whole, message);
            }
            let item = self.item_of(whole)?;
            return if is_event {
                self.data(item)
            } else {
                Some(item)
            };
        };
        match essence(media_type).as_str() {
            media_type::EVENT_STREAM => self.data(item),
            multipart if multipart.starts_with("multipart/") => {
                let message = "`itemSchema` of a multipart body is not read";
                self.finding(Code::UNSUPPORTED_MEMBER, item, message);
                whole
            }
            _ => Some(item),
        }
    }

    /// The schema of an item, where `schema` is that of the list of all (OpenAPI 3.2.0, section 4.14.3).
    fn item_of(&mut self, whole: Node<'d>) -> Option<Node<'d>> {
        let list = self.documents.follow(whole).unwrap_or(whole);
        let item = list.get("items");
        if item.is_none() {
            let message = "`schema` is that of the list of all items, and says nothing of one: they are read as any value";
            self.finding(Code::UNSUPPORTED_MEMBER, whole, message);
        }
        item
    }

    fn encodings(&mut self, map: Node<'d>) -> Vec<Encoding<'d>> {
        let mut encodings: Vec<_> = map
            .members()
            .map_while(|(property, node)| {
                let affordable = self.copies.object(node, self.problems);
                affordable.then_some((property, node))
            })
            .collect::<Vec<_>>()
            .into_iter()
            .map(|(property, node)| {
                self.check(node, Object::Encoding);
                let of_part = |name: &str| !name.eq_ignore_ascii_case("content-type");
                let headers = node
                    .get("headers")
                    .filter(|headers| headers.members().any(|(name, _)| of_part(name)));
                Encoding {
                    node,
                    property,
                    headers,
                    part_headers: self.part_headers(headers),
                    content_type: text(node, "contentType"),
                    style: node
                        .get("style")
                        .and_then(|s| s.as_str())
                        .and_then(style_named),
                    explode: node.get("explode").and_then(|flag| flag.value.as_bool()),
                    allow_reserved: node.get("allowReserved").is_some_and(|f| f.value == true),
                }
            })
            .collect();
        encodings.sort_by_key(|encoding| encoding.property);
        encodings
    }
}

impl<'d> ApiReader<'d, '_> {
    /// The headers of a part, but for its media type.
    fn part_headers(&mut self, headers: Option<Node<'d>>) -> Vec<PartHeader<'d>> {
        let stated = headers.into_iter().flat_map(|map| map.members());
        let stated = stated.filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
        let stated: Vec<(&str, Node<'d>)> = stated.collect();
        let mut headers = Vec::new();
        for (name, node) in stated {
            if let Some(node) = self.follow(node, Object::Header) {
                headers.push(PartHeader {
                    name,
                    required: node.get("required").is_some_and(|it| it.value == true),
                    schema: node.get("schema"),
                });
            }
        }
        headers.sort_by_key(|header| header.name);
        headers
    }
}

fn status_range(key: &str) -> Option<StatusRange> {
    if key == "default" {
        return Some(StatusRange::Default);
    }
    let bytes = key.as_bytes();
    if let [class @ b'1'..=b'5', b'x' | b'X', b'x' | b'X'] = bytes {
        return Some(StatusRange::Class(class - b'0'));
    }
    let code = key.parse().ok().filter(|code| (100..=599).contains(code))?;
    Some(StatusRange::Code(code))
}
