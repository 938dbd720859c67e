//! Media types: what a body is on the wire, and which of several to prefer.

use std::collections::HashSet;

use crate::diagnostic::{Code, Problem};
use crate::dialect::keyword;
use crate::dialect::openapi::Media;
use crate::dialect::schema::{JsonType, Schema};
use crate::identifier;
use crate::lower::schema::TypeBuilder;
use crate::lower::schema::draft::{Conjunction, Place};
use crate::model::{ParameterEncoding, ParameterStyle, Payload, Scalar, TypeRef};

/// What a media type says about a body, preferred ones first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::lower) enum Kind {
    Json,
    JsonVariant,
    Multipart,
    Form,
    EventStream,
    JsonLines,
    Anything,
    Text,
    Bytes,
    Xml,
    Malformed,
}

/// Classifies a media type (RFC 9110, 8.3.1).
pub(in crate::lower) fn kind(media_type: &str) -> Kind {
    let essence = essence(media_type);
    let Some((main, sub)) = essence.split_once('/') else {
        return if essence.contains("json") {
            Kind::JsonVariant
        } else {
            Kind::Malformed
        };
    };
    match (main, sub) {
        ("application" | "text", "json") => Kind::Json,
        ("*", "*") | ("application", "*") => Kind::Anything,
        (
            _,
            "x-ndjson" | "ndjson" | "jsonl" | "jsonlines" | "x-jsonlines" | "json-seq"
            | "stream+json",
        ) => Kind::JsonLines,
        (_, sub) if sub.ends_with("+json") => Kind::JsonVariant,
        ("application", "x-www-form-urlencoded") => Kind::Form,
        ("multipart", _) => Kind::Multipart,
        ("text", "event-stream") => Kind::EventStream,
        (_, "xml") => Kind::Xml,
        (_, sub) if sub.ends_with("+xml") => Kind::Xml,
        ("text", _) | ("application", "yaml" | "x-yaml" | "csv" | "graphql" | "jwt" | "sql") => {
            Kind::Text
        }
        _ => Kind::Bytes,
    }
}

/// Without parameters, in lower case.
pub(in crate::lower) fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or(media_type)
        .trim()
        .to_ascii_lowercase()
}

/// A media type as a header says it: a range (`*/*`) is no type to send.
pub(in crate::lower) fn content_type(media_type: &str, payload: &Payload) -> String {
    if media_type.contains('*') || !media_type.contains('/') {
        return match payload {
            Payload::Json(_) => "application/json",
            Payload::Text => "text/plain",
            _ => "application/octet-stream",
        }
        .to_owned();
    }
    media_type.trim().to_owned()
}

/// What a media type is called as a variant.
pub(in crate::lower) fn media_label(media_type: &str) -> String {
    match kind(media_type) {
        Kind::Json => "Json".to_owned(),
        Kind::Form => "Form".to_owned(),
        Kind::Multipart => "Multipart".to_owned(),
        Kind::EventStream => "EventStream".to_owned(),
        _ => {
            let essence = essence(media_type);
            let sub = essence.rsplit('/').next().unwrap_or(&essence);
            identifier::pascal(sub.trim_start_matches("x-").trim_start_matches("vnd."))
        }
    }
}

pub(in crate::lower) fn is_json(payload: &Payload) -> bool {
    matches!(payload, Payload::Json(_))
}

pub(in crate::lower) fn report_twin<'d>(types: &mut TypeBuilder<'d, '_>, media: &Media<'d>) {
    let message = format!(
        "`{}` carries the same as the media type that is used",
        media.media_type
    );
    let problem = Problem::new(Code::OTHER_MEDIA_TYPE, media.node, message);
    types.context.problem(problem);
}

impl<'d> TypeBuilder<'d, '_> {
    /// What a body of this media type is.
    pub(in crate::lower) fn payload(&mut self, media: &Media<'d>, place: &Place) -> Payload {
        let mut kind = kind(media.media_type);
        if kind == Kind::Malformed {
            let problem = Problem::new(
                Code::MALFORMED_MEDIA_TYPE,
                media.node,
                format!("`{}` is no media type", media.media_type),
            );
            self.context.problem(problem);
        }
        let Some(schema) = media.schema else {
            return match kind {
                Kind::Json | Kind::JsonVariant => Payload::Json(TypeRef::Scalar(Scalar::Any)),
                Kind::Form => Payload::Form {
                    ty: map_of_any(),
                    encodings: Vec::new(),
                },
                Kind::Multipart => Payload::Multipart {
                    ty: map_of_any(),
                    content_types: Vec::new(),
                },
                Kind::EventStream => Payload::EventStream(TypeRef::Scalar(Scalar::String)),
                Kind::JsonLines => Payload::JsonLines(TypeRef::Scalar(Scalar::Any)),
                Kind::Text | Kind::Xml => Payload::Text,
                Kind::Anything | Kind::Bytes | Kind::Malformed => Payload::Bytes,
            };
        };
        let flat = self.flatten(&Conjunction::one(schema));
        let is_string = flat.proper_types().iter().eq([JsonType::String]);
        let binary = flat
            .leaves
            .iter()
            .any(|leaf| leaf.schema.format == Some("binary"));
        if matches!(kind, Kind::Anything | Kind::Malformed) {
            // The schema says what the media type does not.
            kind = match (is_string, binary, flat.types.is_empty()) {
                (_, true, _) | (_, _, true) => Kind::Bytes,
                (true, ..) => Kind::Text,
                _ => Kind::Json,
            };
        }
        if kind == Kind::Text && !is_string && !flat.types.is_empty() {
            // An object under `text/plain` is JSON whose server says too little.
            kind = Kind::JsonVariant;
        }
        if binary && !matches!(kind, Kind::Multipart | Kind::Form) {
            return Payload::Bytes;
        }
        match kind {
            Kind::Json | Kind::JsonVariant => Payload::Json(self.whole(schema, place)),
            Kind::Form => Payload::Form {
                ty: self.whole(schema, place),
                encodings: form_encodings(media),
            },
            Kind::Multipart => Payload::Multipart {
                ty: self.whole(schema, place),
                content_types: media
                    .encodings
                    .iter()
                    .filter_map(|e| Some((e.property.to_owned(), e.content_type.clone()?)))
                    .collect(),
            },
            Kind::EventStream => Payload::EventStream(self.whole(schema, place)),
            Kind::JsonLines => Payload::JsonLines(self.whole(schema, place)),
            Kind::Text => Payload::Text,
            Kind::Xml => {
                if !is_string {
                    let problem = Problem::new(
                        Code::XML_BODY,
                        media.node,
                        "XML is taken and given as text, not as a type",
                    );
                    self.context.problem(problem);
                }
                Payload::Text
            }
            Kind::Bytes | Kind::Anything | Kind::Malformed => Payload::Bytes,
        }
    }

    fn whole(&mut self, schema: crate::source::Node<'d>, place: &Place) -> TypeRef {
        self.node(schema, place).standalone()
    }

    /// Notes which properties of multipart bodies are files. Must come before anything is built:
    /// the same schema is built once.
    pub(in crate::lower) fn mark_files(&mut self, media: &Media<'d>) {
        let Some(schema) = media
            .schema
            .filter(|_| kind(media.media_type) == Kind::Multipart)
        else {
            return;
        };
        let bytes: HashSet<&str> = media
            .encodings
            .iter()
            .filter(|encoding| encoding.content_type.as_deref().map(kind) == Some(Kind::Bytes))
            .map(|encoding| encoding.property)
            .collect();
        let flat = self.flatten(&Conjunction::one(schema));
        for leaf in &flat.leaves {
            for (name, node) in &leaf.schema.properties {
                let sent_as_bytes = bytes.contains(name);
                let property = self.flatten(&Conjunction::one(*node));
                let items = property.leaves.iter().filter_map(|leaf| leaf.schema.items);
                let items: Vec<_> = items.collect();
                let candidates = items
                    .into_iter()
                    .map(|node| self.flatten(&Conjunction::one(node)));
                let candidates: Vec<_> = candidates.collect();
                for flat in candidates.iter().chain([&property]) {
                    let text = flat.proper_types().iter().eq([JsonType::String]);
                    for leaf in &flat.leaves {
                        let untyped = flat.types.is_empty() && leaf.schema.properties.is_empty();
                        if is_binary(&leaf.schema) || sent_as_bytes && (text || untyped) {
                            self.files.insert(leaf.part.node.key());
                        }
                    }
                }
            }
        }
    }
}

fn map_of_any() -> TypeRef {
    TypeRef::Map(Box::new(TypeRef::Scalar(Scalar::Any)))
}

fn form_encodings(media: &Media<'_>) -> Vec<(String, ParameterEncoding)> {
    let encoding = |e: &crate::dialect::openapi::Encoding<'_>| {
        if e.style.is_none() && e.explode.is_none() && !e.allow_reserved {
            let json = e.content_type.as_deref().map(kind) == Some(Kind::Json);
            return json.then_some(ParameterEncoding::Json);
        }
        let style = e.style.unwrap_or(ParameterStyle::Form);
        Some(ParameterEncoding::Styled {
            style,
            explode: e.explode.unwrap_or(style == ParameterStyle::Form),
            reserved: e.allow_reserved,
        })
    };
    media
        .encodings
        .iter()
        .filter_map(|e| Some((e.property.to_owned(), encoding(e)?)))
        .collect()
}

/// Whether a schema stands for bytes.
fn is_binary(schema: &Schema<'_>) -> bool {
    schema.format == Some("binary")
        || keyword::content_media_type(schema.node)
            .is_some_and(|media| kind(media) == Kind::Bytes && schema.content_encoding.is_none())
}
