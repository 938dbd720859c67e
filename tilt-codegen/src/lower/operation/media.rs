//! Media types: what a body is on the wire, and which of several to prefer.

use std::collections::HashSet;

use crate::diagnostic::{Code, Problem};
use crate::dialect::openapi::Media;
use crate::dialect::schema::JsonType;
use crate::identifier;
use crate::lower::draft::Suggestions;
use crate::lower::draft::{Conjunction, Site};
use crate::lower::operation::parts::{content_types, form_encodings};
use crate::lower::schema::TypeBuilder;
use crate::model::{Payload, Scalar, TypeRef};

/// The kind of body that a media type stands for, preferred ones first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::lower) enum MediaKind {
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
pub(in crate::lower) fn kind(media_type: &str) -> MediaKind {
    let essence = essence(media_type);
    let Some((main, sub)) = essence.split_once('/') else {
        return if essence.contains("json") {
            MediaKind::JsonVariant
        } else {
            MediaKind::Malformed
        };
    };
    match (main, sub) {
        ("application" | "text", "json") => MediaKind::Json,
        ("*", "*") | ("application", "*") => MediaKind::Anything,
        (
            _,
            "x-ndjson" | "ndjson" | "jsonl" | "jsonlines" | "x-jsonlines" | "json-seq"
            | "stream+json",
        ) => MediaKind::JsonLines,
        (_, sub) if sub.ends_with("+json") => MediaKind::JsonVariant,
        ("application", "x-www-form-urlencoded") => MediaKind::Form,
        ("multipart", _) => MediaKind::Multipart,
        ("text", "event-stream") => MediaKind::EventStream,
        (_, "xml") => MediaKind::Xml,
        (_, sub) if sub.ends_with("+xml") => MediaKind::Xml,
        ("text", _) | ("application", "yaml" | "x-yaml" | "csv" | "graphql" | "jwt" | "sql") => {
            MediaKind::Text
        }
        _ => MediaKind::Bytes,
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

/// The name of a media type as a variant.
pub(in crate::lower) fn media_label(media_type: &str) -> String {
    match kind(media_type) {
        MediaKind::Json => "Json".to_owned(),
        MediaKind::Form => "Form".to_owned(),
        MediaKind::Multipart => "Multipart".to_owned(),
        MediaKind::EventStream => "EventStream".to_owned(),
        _ => {
            let essence = essence(media_type);
            let sub = essence.rsplit('/').next().unwrap_or(&essence);
            identifier::pascal(sub.trim_start_matches("x-").trim_start_matches("vnd."))
        }
    }
}

fn is_json(payload: &Payload) -> bool {
    matches!(payload, Payload::Json(_))
}

fn report_alternative<'d>(types: &mut TypeBuilder<'d, '_>, media: &Media<'d>) {
    let message = format!(
        "`{}` carries the same as the media type that is used",
        media.media_type
    );
    let problem = Problem::new(Code::OTHER_MEDIA_TYPE, media.node, message);
    types.context.problem(problem);
}

/// Media types of a body, preferred ones first.
pub(in crate::lower) fn preferred<'s, 'd>(content: &'s [Media<'d>]) -> Vec<&'s Media<'d>> {
    let mut content: Vec<&Media<'d>> = content.iter().collect();
    content.sort_by_key(|media| (kind(media.media_type), media.media_type));
    content
}

/// The media types of a body that differ, with their payloads, preferred ones first. Two are the same
/// where their payloads are, or the types that `typed` finds in them. XML beside JSON is the same as well.
pub(in crate::lower) fn choose<'s, 'd>(
    types: &mut TypeBuilder<'d, '_>,
    content: &'s [Media<'d>],
    suggestions: &Suggestions,
    typed: impl Fn(&Payload) -> Option<&TypeRef>,
) -> Vec<(&'s Media<'d>, Payload)> {
    let mut chosen: Vec<(&Media<'d>, Payload)> = Vec::new();
    let mut met: HashSet<Payload> = HashSet::new();
    let mut met_types: HashSet<TypeRef> = HashSet::new();
    let mut has_json = false;
    for media in preferred(content) {
        if has_json && kind(media.media_type) == MediaKind::Xml {
            report_alternative(types, media);
            continue;
        }
        let label = media_label(media.media_type);
        let payload = types.payload(media, &Site::suggested_by(suggestions.and(&label)));
        let canonical = types.canonical(&payload);
        let ty = typed(&canonical);
        if met.contains(&canonical) || ty.is_some_and(|ty| met_types.contains(ty)) {
            // JSON under another name is the same body.
            if !is_json(&payload) {
                report_alternative(types, media);
            }
            continue;
        }
        has_json |= is_json(&payload);
        met_types.extend(ty.cloned());
        met.insert(canonical);
        chosen.push((media, payload));
    }
    chosen
}

impl<'d> TypeBuilder<'d, '_> {
    /// A payload with the first of each structure in place of inline types that are equal to it.
    pub(in crate::lower) fn canonical(&self, payload: &Payload) -> Payload {
        let mut payload = payload.clone();
        if let Some(ty) = payload.item_mut() {
            *ty = self.arena.canonical(ty);
        }
        payload
    }

    /// The payload of a body of this media type.
    fn payload(&mut self, media: &Media<'d>, site: &Site) -> Payload {
        let stated = kind(media.media_type);
        if stated == MediaKind::Malformed {
            let problem = Problem::new(
                Code::MALFORMED_MEDIA_TYPE,
                media.node,
                format!("`{}` is no media type", media.media_type),
            );
            self.context.problem(problem);
        }
        let Some(schema) = media.schema else {
            return untyped(stated);
        };
        let flat = self.flatten(&Conjunction::one(schema));
        let is_string = flat.proper_types().iter().eq([JsonType::String]);
        let is_binary = flat
            .leaves
            .iter()
            .any(|leaf| leaf.schema.format == Some("binary"));
        let kind = match stated {
            // The schema says what the media type does not.
            MediaKind::Anything | MediaKind::Malformed if is_binary || flat.types.is_empty() => {
                MediaKind::Bytes
            }
            MediaKind::Anything | MediaKind::Malformed if is_string => MediaKind::Text,
            MediaKind::Anything | MediaKind::Malformed => MediaKind::Json,
            // An object under `text/plain` is JSON whose server says too little.
            MediaKind::Text if !is_string && !flat.types.is_empty() => MediaKind::JsonVariant,
            stated => stated,
        };
        if is_binary && !matches!(kind, MediaKind::Multipart | MediaKind::Form) {
            return Payload::Bytes;
        }
        if kind == MediaKind::Xml && !is_string {
            let problem = Problem::new(
                Code::XML_BODY,
                media.node,
                "XML is taken and given as text, not as a type",
            );
            self.context.problem(problem);
        }
        match kind {
            MediaKind::Json | MediaKind::JsonVariant => Payload::Json(self.whole(schema, site)),
            MediaKind::Form => Payload::Form {
                ty: self.whole(schema, site),
                encodings: form_encodings(media),
            },
            MediaKind::Multipart => Payload::Multipart {
                ty: self.whole(schema, site),
                content_types: content_types(media),
            },
            MediaKind::EventStream => Payload::EventStream(self.whole(schema, site)),
            MediaKind::JsonLines => Payload::JsonLines(self.whole(schema, site)),
            MediaKind::Text | MediaKind::Xml => Payload::Text,
            MediaKind::Bytes | MediaKind::Anything | MediaKind::Malformed => Payload::Bytes,
        }
    }

    fn whole(&mut self, schema: crate::source::Node<'d>, site: &Site) -> TypeRef {
        self.node(schema, site).standalone()
    }
}

/// The payload of a body that has no schema.
fn untyped(kind: MediaKind) -> Payload {
    match kind {
        MediaKind::Json | MediaKind::JsonVariant => Payload::Json(TypeRef::Scalar(Scalar::Any)),
        MediaKind::Form => Payload::Form {
            ty: map_of_any(),
            encodings: Vec::new(),
        },
        MediaKind::Multipart => Payload::Multipart {
            ty: map_of_any(),
            content_types: Vec::new(),
        },
        MediaKind::EventStream => Payload::EventStream(TypeRef::Scalar(Scalar::String)),
        MediaKind::JsonLines => Payload::JsonLines(TypeRef::Scalar(Scalar::Any)),
        MediaKind::Text | MediaKind::Xml => Payload::Text,
        MediaKind::Anything | MediaKind::Bytes | MediaKind::Malformed => Payload::Bytes,
    }
}

fn map_of_any() -> TypeRef {
    TypeRef::Map(Box::new(TypeRef::Scalar(Scalar::Any)))
}
