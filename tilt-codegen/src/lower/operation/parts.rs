//! Parts of bodies: which are files, and how those of forms are written.

use std::collections::HashSet;

use crate::dialect::keyword;
use crate::dialect::openapi::Media;
use crate::dialect::schema::{JsonType, Schema};
use crate::lower::draft::Conjunction;
use crate::lower::operation::media::{MediaKind, kind};
use crate::lower::schema::TypeBuilder;
use crate::model::{ParameterEncoding, ParameterStyle};

impl<'d> TypeBuilder<'d, '_> {
    /// Notes which properties of multipart bodies are files. Must come before anything is built:
    /// the same schema is built once.
    pub(in crate::lower) fn mark_files(&mut self, media: &Media<'d>) {
        let Some(schema) = media
            .schema
            .filter(|_| kind(media.media_type) == MediaKind::Multipart)
        else {
            return;
        };
        let bytes: HashSet<&str> = media
            .encodings
            .iter()
            .filter(|encoding| encoding.content_type.as_deref().map(kind) == Some(MediaKind::Bytes))
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
                            self.files.insert(leaf.conjunct.node.key());
                        }
                    }
                }
            }
        }
    }
}

/// The media types that a multipart body states for its parts.
pub(super) fn content_types(media: &Media<'_>) -> Vec<(String, String)> {
    let stated = media.encodings.iter();
    let stated = stated.filter_map(|e| Some((e.property.to_owned(), e.content_type.clone()?)));
    stated.collect()
}

pub(super) fn form_encodings(media: &Media<'_>) -> Vec<(String, ParameterEncoding)> {
    let encoding = |e: &crate::dialect::openapi::Encoding<'_>| {
        if e.style.is_none() && e.explode.is_none() && !e.allow_reserved {
            let json = e.content_type.as_deref().map(kind) == Some(MediaKind::Json);
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
        || keyword::content_media_type(schema.node).is_some_and(|media| {
            kind(media) == MediaKind::Bytes && schema.content_encoding.is_none()
        })
}
