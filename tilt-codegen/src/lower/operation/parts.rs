//! Parts of bodies: which are files, and how those of forms are written.

use crate::diagnostic::{Code, Problem};
use crate::dialect::keyword;
use crate::dialect::media_type::essence;
use crate::dialect::openapi::{Encoding, Media};
use crate::dialect::schema::{Additional, JsonType, Schema};
use crate::lower::draft::{Conjunct, Conjunction};
use crate::lower::operation::media::{MediaKind, kind};
use crate::lower::operation::part_headers::with_headers;
use crate::lower::schema::TypeBuilder;
use crate::lower::schema::flatten::Flat;
use crate::model::{ParameterEncoding, PartEncoding, Scalar};
use crate::source::Node;

/// Lists and alternatives around a file, as `anyOf` of a list of files and null.
const MAX_AROUND_FILE: usize = 3;

/// Alternatives around the properties of a body.
const MAX_AROUND_PROPERTIES: usize = 3;

/// A property of a multipart body.
struct Property<'d> {
    name: &'d str,
    /// All that its body says of it.
    schemas: Conjunction<'d>,
}

impl<'d> TypeBuilder<'d, '_> {
    /// Notes which properties of multipart bodies are files. Must come before anything is built:
    /// the same schema is built once.
    pub(in crate::lower) fn mark_files(&mut self, media: &Media<'d>) {
        self.report_stray_encodings(media);
        let all = self.properties_of(media);
        let properties: Vec<&str> = all.iter().map(|it| it.name).collect();
        for property in all {
            let stated = encoding(media, property.name);
            if self.styled(media, stated).is_some() {
                self.report_headers(stated);
                continue;
            }
            let types = stated.and_then(|it| it.content_type.as_deref());
            let elsewhere = self.mark_file(&property.schemas, types.unwrap_or_default(), 0);
            let has_file = elsewhere.is_some();
            if let Some(elsewhere) = elsewhere {
                self.forms_with_files.insert(media.node.key());
                let places = property.schemas.conjuncts.iter().map(|it| it.node.key());
                let places = places.map(|place| (place, elsewhere));
                self.file_properties.extend(places);
            }
            if !has_file {
                self.report_headers(stated);
            }
        }
        if kind(media.media_type) == MediaKind::Multipart {
            self.mark_other_files(media);
            let known = |it: &&Encoding<'d>| !properties.contains(&it.property);
            let others: Vec<&Encoding<'d>> = media.encodings.iter().filter(known).collect();
            others
                .into_iter()
                .for_each(|it| self.report_headers(Some(it)));
        }
    }

    /// Notes whether the parts that no schema names are files.
    fn mark_other_files(&mut self, media: &Media<'d>) {
        let Some(schema) = media.schema else {
            return;
        };
        let flat = self.flatten(&Conjunction::one(schema));
        for leaf in &flat.leaves {
            let Additional::Schema(others) = leaf.schema.others() else {
                continue;
            };
            // `{}` allows properties, and says nothing of them.
            let others = Conjunction::one(others);
            let is_open = self.flatten(&others).types.is_empty();
            if !is_open && self.mark_file(&others, "", 0).is_some() {
                self.forms_with_files.insert(media.node.key());
            }
        }
    }

    /// An encoding is of a property (OpenAPI 3.1.1, section 4.8.14). Those of alternatives are not looked for, and a schema
    /// without properties takes all.
    fn report_stray_encodings(&mut self, media: &Media<'d>) {
        let has_parts = matches!(
            kind(media.media_type),
            MediaKind::Multipart | MediaKind::Form
        );
        let Some(schema) = media
            .schema
            .filter(|_| has_parts && !media.encodings.is_empty())
        else {
            return;
        };
        let flat = self.flatten(&Conjunction::one(schema));
        let schemas = || flat.leaves.iter().map(|leaf| &leaf.schema);
        let names: Vec<&str> = schemas()
            .flat_map(|it| it.properties.iter().map(|(name, _)| *name))
            .collect();
        if names.is_empty() || schemas().any(|it| !it.any_of.is_empty() || !it.one_of.is_empty()) {
            return;
        }
        for stray in &media.encodings {
            if !names.contains(&stray.property) {
                let message = format!("the schema names no property `{}`", stray.property);
                let problem = Problem::new(Code::STRAY_ENCODING, stray.node, message);
                self.context.problem(problem);
            }
        }
    }

    fn properties_of(&mut self, media: &Media<'d>) -> Vec<Property<'d>> {
        let is_multipart = kind(media.media_type) == MediaKind::Multipart;
        let Some(schema) = media.schema.filter(|_| is_multipart) else {
            return Vec::new();
        };
        let mut properties = Vec::new();
        self.add_properties(schema, &mut properties, 0);
        properties
    }

    /// The properties of a body, and then those of its alternatives and conditions: of these, one name may stand several times.
    fn add_properties(&mut self, schema: Node<'d>, all: &mut Vec<Property<'d>>, depth: usize) {
        let flat = self.flatten(&Conjunction::one(schema));
        let own = all.len();
        for (name, node) in flat.leaves.iter().flat_map(|leaf| &leaf.schema.properties) {
            match all[own..].iter_mut().find(|it| it.name == *name) {
                Some(known) => known.schemas.conjuncts.push(Conjunct::whole(*node)),
                None => all.push(Property {
                    name,
                    schemas: Conjunction::one(*node),
                }),
            }
        }
        if depth == MAX_AROUND_PROPERTIES {
            return;
        }
        let alternatives = flat.leaves.iter().flat_map(|leaf| {
            let alternatives = leaf.schema.one_of.iter().chain(&leaf.schema.any_of);
            let conditions = keyword::conditions(leaf.conjunct.node);
            let branches = conditions.then.into_iter().chain(conditions.otherwise);
            let branches = branches.chain(conditions.dependent);
            alternatives.copied().chain(branches)
        });
        for alternative in alternatives {
            self.add_properties(alternative, all, depth + 1);
        }
    }

    /// The style of a part, which OpenAPI 3.0 has for other forms only.
    fn styled(&self, media: &Media<'d>, stated: Option<&Encoding<'d>>) -> Option<PartEncoding> {
        let stated = stated.filter(|_| self.is_of_3_1(media.node))?;
        let (style, explode) = stated.styled()?;
        Some(PartEncoding::Styled { style, explode })
    }

    /// Notes where there is a file in a property that is sent as one of these types, if there is one: with the type of it
    /// where there is no form.
    fn mark_file(
        &mut self,
        schemas: &Conjunction<'d>,
        types: &str,
        around: usize,
    ) -> Option<Scalar> {
        let flat = self.flatten(schemas);
        let at = schemas.conjuncts.first().map(|it| it.node);
        if let Some(at) = at.filter(|at| self.is_file(&flat, types, *at)) {
            self.files.insert(at.key());
            let is_text = flat.proper_types().iter().eq([JsonType::String]);
            return Some(if is_text { Scalar::String } else { Scalar::Any });
        }
        if around == MAX_AROUND_FILE {
            return None;
        }
        let inside = flat.leaves.iter().flat_map(|leaf| {
            let alternatives = leaf.schema.any_of.iter().chain(&leaf.schema.one_of);
            leaf.schema.items.iter().chain(alternatives)
        });
        let inside: Vec<Node<'d>> = inside.copied().collect();
        inside.into_iter().fold(None, |found, node| {
            let file = self.mark_file(&Conjunction::one(node), types, around + 1);
            file.or(found)
        })
    }

    fn is_file(&mut self, flat: &Flat<'d>, types: &str, at: Node<'d>) -> bool {
        let kinds: Vec<MediaKind> = types_of(types).map(kind).collect();
        let has = |kind: MediaKind| kinds.contains(&kind);
        let is_json = has(MediaKind::Json) || has(MediaKind::JsonVariant);
        let schemas = || flat.leaves.iter().map(|leaf| &leaf.schema);
        if schemas().any(|it| it.boolean == Some(false)) {
            return false;
        }
        if schemas().any(is_binary) {
            return true;
        }
        let proper = flat.proper_types();
        let mut proper = proper.iter();
        match (proper.next(), proper.next()) {
            // OpenAPI 3.1.1, section 4.15.1.1: what has no type is bytes.
            (None, _) if schemas().all(says_nothing) && !flat.types.has(JsonType::Null) => {
                let by_default = self.is_of_3_1(at) && !is_json;
                by_default || has(MediaKind::Bytes)
            }
            (Some(JsonType::String), None) => {
                has(MediaKind::Bytes) && schemas().all(|it| it.content_encoding.is_none())
            }
            (Some(JsonType::Object), None) => {
                let is_value = is_json
                    || kinds.iter().all(|it| *it == MediaKind::Anything)
                    || types_of(types).any(|it| it.starts_with("text/plain"));
                if !is_value {
                    let message = format!(
                        "a part with properties is taken as bytes: it is sent as `{types}`"
                    );
                    let problem = Problem::new(Code::UNTYPED_BODY, at, message);
                    self.context.problem(problem);
                }
                !is_value
            }
            _ => false,
        }
    }

    /// How the parts of a multipart body are written, where that is not the default.
    pub(super) fn parts(&mut self, media: &Media<'d>) -> Vec<(String, PartEncoding)> {
        let mut parts = Vec::new();
        let properties = self.properties_of(media);
        let mut others: Vec<&Encoding<'d>> = media.encodings.iter().collect();
        others.retain(|it| properties.iter().all(|known| known.name != it.property));
        for property in properties {
            let stated = encoding(media, property.name);
            let types = stated.and_then(|it| it.content_type.clone());
            let encoding = match (self.styled(media, stated), types) {
                (Some(style), _) => Some(style),
                (None, types) => {
                    let encoded = self.encoded(media, &property.schemas, types.as_deref());
                    let types = || types.map(PartEncoding::Types);
                    let stated = encoded.or_else(types);
                    stated.or_else(|| self.by_schema(media, &property.schemas))
                }
            };
            let mut places = property.schemas.conjuncts.iter().map(|it| it.node.key());
            let is_file = places.any(|it| self.file_properties.contains_key(&it));
            let headers = self.fixed_headers(stated, is_file);
            let encoding = with_headers(encoding, headers);
            // One part is written in one way, whatever the alternative is.
            let is_new = parts.iter().all(|(known, _)| known != property.name);
            let encoding = encoding.filter(|_| is_new);
            parts.extend(encoding.map(|it| (property.name.to_owned(), it)));
        }
        // Of properties that no schema names.
        for other in others {
            let types = other.content_type.clone().map(PartEncoding::Types);
            let encoding = self.styled(media, Some(other)).or(types);
            let headers = self.fixed_headers(Some(other), false);
            let encoding = with_headers(encoding, headers);
            parts.extend(encoding.map(|it| (other.property.to_owned(), it)));
        }
        parts.sort_by(|a, b| a.0.cmp(&b.0));
        parts
    }

    /// A part, or the elements of one, whose text is in an encoding of RFC 2045: that of forms is not said (RFC 7578, 4.7).
    fn encoded(
        &mut self,
        media: &Media<'d>,
        schemas: &Conjunction<'d>,
        types: Option<&str>,
    ) -> Option<PartEncoding> {
        let is_form = essence(media.media_type) == "multipart/form-data";
        if is_form || !self.is_of_3_1(media.node) {
            return None;
        }
        let flat = self.of_elements(schemas);
        let mut schemas = flat.leaves.iter().map(|leaf| &leaf.schema);
        let described = |it: &Schema<'d>| keyword::content_media_type(it.node);
        let described = schemas.clone().find_map(described);
        let transfer = schemas.find_map(|it| it.content_encoding)?;
        let transfer = transfer.to_ascii_lowercase();
        let is_transfer = matches!(transfer.as_str(), "base64" | "quoted-printable");
        let stated = types.and_then(|it| types_of(it).find(|it| !it.contains('*')));
        let media_type = stated.or(described).unwrap_or("application/octet-stream");
        is_transfer.then(|| PartEncoding::Encoded {
            media_type: media_type.to_owned(),
            transfer,
        })
    }

    /// The schemas of a part, or those of its elements.
    fn of_elements(&mut self, schemas: &Conjunction<'d>) -> Flat<'d> {
        let flat = self.flatten(schemas);
        match flat.leaves.iter().find_map(|leaf| leaf.schema.items) {
            Some(items) => self.flatten(&Conjunction::one(items)),
            None => flat,
        }
    }

    /// The media type that the schema of a part, or of the elements of one, says.
    fn by_schema(&mut self, media: &Media<'d>, schemas: &Conjunction<'d>) -> Option<PartEncoding> {
        let flat = self.of_elements(schemas);
        let mut schemas = flat.leaves.iter().map(|leaf| &leaf.schema);
        let media_type = |it: &Schema<'d>| keyword::content_media_type(it.node);
        let stated = schemas.clone().find_map(media_type);
        let is_encoded = schemas.any(is_encoded);
        match stated {
            Some(stated) if is_encoded || kind(stated) != MediaKind::Bytes => {
                Some(PartEncoding::Text(stated.to_owned()))
            }
            Some(stated) => Some(PartEncoding::Types(stated.to_owned())),
            None if is_encoded && self.is_of_3_1(media.node) => {
                Some(PartEncoding::Text("application/octet-stream".to_owned()))
            }
            None => None,
        }
    }
}

fn encoding<'m, 'd>(media: &'m Media<'d>, property: &str) -> Option<&'m Encoding<'d>> {
    let mut encodings = media.encodings.iter();
    encodings.find(|it| it.property == property)
}

/// The media types and ranges of a list by commas.
fn types_of(types: &str) -> impl Iterator<Item = &str> {
    types.split(',').map(str::trim).filter(|it| !it.is_empty())
}

/// Whether a schema leaves open what a value is.
fn says_nothing(schema: &Schema<'_>) -> bool {
    let has_values = schema.enumeration.is_some() || schema.constant.is_some();
    let has_alternatives = !schema.any_of.is_empty() || !schema.one_of.is_empty();
    !has_values && !has_alternatives && schema.properties.is_empty()
}

pub(in crate::lower) fn form_encodings(media: &Media<'_>) -> Vec<(String, ParameterEncoding)> {
    let encoding = |e: &Encoding<'_>| {
        let Some((style, explode)) = e.styled() else {
            return match e.content_type.as_deref().map(kind)? {
                MediaKind::Json | MediaKind::JsonVariant => Some(ParameterEncoding::Json),
                MediaKind::Form => Some(ParameterEncoding::Form),
                _ => None,
            };
        };
        Some(ParameterEncoding::Styled {
            style,
            explode,
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
    let media = keyword::content_media_type(schema.node).map(kind);
    let is_of_bytes = media.map(|it| it == MediaKind::Bytes);
    let is_stated = schema.content_encoding.is_some();
    schema.format == Some("binary") || !is_encoded(schema) && is_of_bytes.unwrap_or(is_stated)
}

/// Whether bytes are a text in an encoding. `binary` changes nothing (RFC 2045, 6.2).
fn is_encoded(schema: &Schema<'_>) -> bool {
    let encoding = schema.content_encoding;
    encoding.is_some_and(|it| !it.eq_ignore_ascii_case("binary"))
}
