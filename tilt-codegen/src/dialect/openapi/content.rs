//! Request bodies, responses and their media types.

use serde_json::json;

use super::api::{Encoding, Media, RequestBody, Response, ResponseHeader};
use super::object::Object;
use super::reader::{ApiReader, style_named, text};
use crate::diagnostic::Code;
use crate::dialect::shell;
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
        let mut content: Vec<_> = map
            .members()
            .map_while(|(media_type, node)| {
                let affordable = self.copies.object(node, self.problems);
                affordable.then_some((media_type, node))
            })
            .collect::<Vec<_>>()
            .into_iter()
            .map(|(media_type, node)| {
                self.check(node, Object::MediaType);
                let encodings = node.get("encoding").map(|map| self.encodings(map));
                // 3.2 spells the items of a stream so.
                let schema = node.get("schema").or_else(|| node.get("itemSchema"));
                let encodings = encodings.unwrap_or_default();
                Media {
                    node,
                    media_type,
                    schema,
                    encodings,
                }
            })
            .collect();
        content.sort_by_key(|media| media.media_type);
        content
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
                    property,
                    headers,
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
