//! Bodies of several media types: which of them differ, and what each carries.

use std::collections::HashMap;

use crate::diagnostic::{Code, Problem};
use crate::dialect::media_type::essence;
use crate::dialect::openapi::Media;
use crate::dialect::schema::{JsonType, Types};
use crate::lower::draft::Suggestions;
use crate::lower::draft::{Conjunction, Site};
use crate::lower::operation::media::{
    MediaKind, is_encoding, is_patch, kind, meaning, media_label, sent_as,
};
use crate::lower::operation::parts::form_encodings;
use crate::lower::schema::TypeBuilder;
use crate::model::{Payload, Scalar, TypeRef};

/// A form of a body, and the media types that are written or read so.
pub(in crate::lower) struct Form<'s, 'd> {
    pub payload: Payload,
    /// The one that it is called after first.
    pub media: Vec<&'s Media<'d>>,
    /// The payloads of all media types but the first.
    pub others: Vec<Payload>,
}

impl<'s, 'd> Form<'s, 'd> {
    /// The media type that it is called after.
    pub(in crate::lower) fn first(&self) -> Option<&'s Media<'d>> {
        self.media.first().copied()
    }

    /// The other media types, which only servers read.
    pub(in crate::lower) fn other(&self, sent: &str) -> Vec<(String, Payload)> {
        let others = self.media.iter().skip(1).zip(&self.others);
        let mut read: Vec<(String, Payload)> = Vec::new();
        for (media, payload) in others {
            let content_type = sent_as(media.media_type, payload);
            if content_type != sent && read.iter().all(|(it, _)| *it != content_type) {
                let mut payload = payload.clone();
                if let Some(ty) = payload.item_mut() {
                    *ty = TypeRef::Scalar(Scalar::Any);
                }
                read.push((content_type, payload));
            }
        }
        read
    }
}

/// Media types of a body, preferred ones first.
pub(in crate::lower) fn preferred<'s, 'd>(content: &'s [Media<'d>]) -> Vec<&'s Media<'d>> {
    let mut content: Vec<&Media<'d>> = content.iter().collect();
    content.sort_by_key(|media| {
        let media_type = media.media_type;
        (kind(media_type), is_patch(media_type), media_type)
    });
    content
}

/// The forms of a body that is sent, preferred ones first. Two media types are one form where callers give the same and
/// nothing but the encoding differs: the first of them is sent.
pub(in crate::lower) fn sent<'s, 'd>(
    types: &mut TypeBuilder<'d, '_>,
    content: &'s [Media<'d>],
    suggestions: &Suggestions,
) -> Vec<Form<'s, 'd>> {
    let mut preferred = preferred(content);
    // JSON has no form for files.
    preferred.sort_by_key(|media| !types.forms_with_files.contains(&media.node.key()));
    let forms = choose(
        types,
        preferred,
        suggestions,
        is_encoding,
        |payload, media_type| {
            let given = match sent_type(&payload) {
                Some(ty) => Given::Type(ty.clone()),
                None => Given::Payload(payload.clone()),
            };
            let meaning = match is_json(&payload) && is_encoding(media_type) {
                true => String::new(),
                false => meaning(&sent_as(media_type, &payload)),
            };
            (given, meaning)
        },
    );
    for form in &forms {
        let is_text = |ty: &TypeRef| matches!(ty, TypeRef::Scalar(Scalar::String | Scalar::Any));
        if matches!(&form.payload, Payload::EventStream(ty) if !is_text(ty)) {
            report_given(types, form, "sent as the text that is given");
        }
    }
    forms
}

/// The forms of a body that is read, preferred ones first. Media types are one form where all of them are read alike.
pub(in crate::lower) fn read<'s, 'd>(
    types: &mut TypeBuilder<'d, '_>,
    content: &'s [Media<'d>],
    suggestions: &Suggestions,
) -> Vec<Form<'s, 'd>> {
    let forms = choose(
        types,
        preferred(content),
        suggestions,
        |_| true,
        |payload, _| (Given::Payload(payload), String::new()),
    );
    for form in &forms {
        match &form.payload {
            Payload::Form { .. } => report_given(types, form, "read as its text"),
            Payload::Multipart { .. } => report_given(types, form, "read as its bytes"),
            _ => {}
        }
    }
    forms
}

/// Reports a body whose type is known, and of which there is less.
fn report_given<'d>(types: &mut TypeBuilder<'d, '_>, form: &Form<'_, 'd>, how: &str) {
    for media in form.media.iter().filter(|it| it.schema.is_some()) {
        let message = format!("`{}` is {how}, not as a type", media.media_type);
        let problem = Problem::new(Code::UNTYPED_BODY, media.node, message);
        types.context.problem(problem);
    }
}

/// The thing that callers give for a body.
#[derive(PartialEq, Eq, Hash)]
enum Given {
    Type(TypeRef),
    Payload(Payload),
}

/// The type of the value that a caller gives: of two encodings of one, the first is enough.
fn sent_type(payload: &Payload) -> Option<&TypeRef> {
    let is_stream = matches!(payload, Payload::EventStream(_) | Payload::JsonLines(_));
    payload.item().filter(|_| !is_stream)
}

/// The forms of a body. Of one value, what no type can be made for is left out beside JSON, where `leaves_out` says so of its
/// media type.
fn choose<'s, 'd>(
    types: &mut TypeBuilder<'d, '_>,
    preferred: Vec<&'s Media<'d>>,
    suggestions: &Suggestions,
    leaves_out: fn(&str) -> bool,
    key: impl Fn(Payload, &str) -> (Given, String),
) -> Vec<Form<'s, 'd>> {
    let mut forms: Vec<Form<'s, 'd>> = Vec::new();
    let mut met: HashMap<(Given, String), usize> = HashMap::new();
    let mut json: Option<&Media<'d>> = None;
    for media in preferred {
        let label = media_label(media.media_type);
        let site = Site::suggested_by(suggestions.and(&label));
        let (payload, is_untyped) = types.payload(media, &site);
        let is_same_as = |json: &Media<'d>| {
            let schemas = (
                json.schema.map(|it| it.value),
                media.schema.map(|it| it.value),
            );
            kind(media.media_type) == MediaKind::Xml || is_untyped && schemas.0 == schemas.1
        };
        let is_left_out = !is_json(&payload) && json.is_some_and(is_same_as);
        if is_left_out && leaves_out(media.media_type) {
            report_alternative(types, media);
            continue;
        }
        let key = key(types.canonical(&payload), media.media_type);
        if let Some(form) = met.get(&key).and_then(|at| forms.get_mut(*at)) {
            // JSON under another name is the same body.
            if !is_json(&payload) || !is_json(&form.payload) {
                report_alternative(types, media);
            }
            form.media.push(media);
            form.others.push(payload);
            continue;
        }
        if is_untyped {
            report_untyped(types, media, &payload);
        }
        json = json.or(Some(media).filter(|_| is_json(&payload)));
        met.insert(key, forms.len());
        forms.push(Form {
            payload,
            media: vec![media],
            others: Vec::new(),
        });
    }
    forms
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

fn report_untyped<'d>(types: &mut TypeBuilder<'d, '_>, media: &Media<'d>, payload: &Payload) {
    let message = match payload {
        Payload::Json(_) => format!("`{}` is written and read as JSON", media.media_type),
        Payload::Text => format!(
            "`{}` is taken and given as text, not as a type",
            media.media_type
        ),
        _ => format!(
            "`{}` is taken and given as bytes, not as a type",
            media.media_type
        ),
    };
    types
        .context
        .problem(Problem::new(Code::UNTYPED_BODY, media.node, message));
}

/// The kind of bodies of a media type, where a schema says of which types they are.
fn of_types(media: &Media<'_>, stated: MediaKind, proper: Types) -> MediaKind {
    let is_plain_text = is_plain_text(media.media_type);
    let is_string = proper.iter().eq([JsonType::String]);
    match stated {
        // The text of numbers is JSON; an object under `text/plain` is JSON whose server says too little.
        MediaKind::Text if is_plain_text && !is_string => MediaKind::JsonVariant,
        // The lines of a text, and no lines that are texts as JSON.
        MediaKind::JsonLines if is_string && !media.is_of_items => MediaKind::Text,
        // Forms are made of an object: of anything else, what is sent is what the caller makes.
        MediaKind::Form if !proper.has(JsonType::Object) => MediaKind::Text,
        MediaKind::Multipart if !proper.has(JsonType::Object) => MediaKind::Bytes,
        stated => stated,
    }
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

    /// The payload of a body of this media type, and whether it is less than its schema says.
    fn payload(&mut self, media: &Media<'d>, site: &Site) -> (Payload, bool) {
        let stated = kind(media.media_type);
        if stated == MediaKind::Malformed {
            let message = format!("`{}` is no media type", media.media_type);
            let problem = Problem::new(Code::MALFORMED_MEDIA_TYPE, media.node, message);
            self.context.problem(problem);
        }
        if let Some(events) = &media.events {
            return (Payload::EventStream(self.event_data(events, site)), false);
        }
        let Some(schema) = media.schema else {
            return (untyped(stated), false);
        };
        let flat = self.flatten(&Conjunction::one(schema));
        let proper = flat.proper_types();
        let is_string = proper.iter().eq([JsonType::String]);
        let mut schemas = flat.leaves.iter().map(|leaf| &leaf.schema);
        let is_binary = schemas.any(|it| it.format == Some("binary"));
        let says_nothing = flat.types.is_empty();
        let is_scalar = !proper
            .iter()
            .any(|it| matches!(it, JsonType::Object | JsonType::Array));
        let kind = match stated {
            // The schema says what the media type does not.
            MediaKind::Anything | MediaKind::Malformed => match is_string {
                _ if is_binary || says_nothing => MediaKind::Bytes,
                true => MediaKind::Text,
                false => MediaKind::Json,
            },
            _ if says_nothing => stated,
            _ => of_types(media, stated, proper),
        };
        if is_binary && !matches!(kind, MediaKind::Multipart | MediaKind::Form) {
            return (Payload::Bytes, stated == MediaKind::Multipart);
        }
        let is_untyped = (!is_string || stated == MediaKind::Multipart)
            && !says_nothing
            && match kind {
                MediaKind::Text | MediaKind::Xml | MediaKind::Bytes => true,
                MediaKind::JsonVariant => stated == MediaKind::Text && !is_scalar,
                _ => false,
            };
        let payload = match kind {
            MediaKind::Json | MediaKind::JsonVariant => Payload::Json(self.whole(schema, site)),
            MediaKind::Form => Payload::Form {
                ty: self.whole(schema, site),
                encodings: form_encodings(media),
            },
            MediaKind::Multipart => Payload::Multipart {
                ty: self.whole(schema, site),
                parts: self.parts(media),
            },
            MediaKind::EventStream => Payload::EventStream(self.whole(schema, site)),
            MediaKind::JsonLines => Payload::JsonLines(self.whole(schema, site)),
            MediaKind::Text | MediaKind::Xml => Payload::Text,
            MediaKind::Bytes | MediaKind::Anything | MediaKind::Malformed => Payload::Bytes,
        };
        (payload, is_untyped)
    }

    fn whole(&mut self, schema: crate::source::Node<'d>, site: &Site) -> TypeRef {
        self.node(schema, site).standalone()
    }
}

/// Whether texts of this media type have no syntax of their own (RFC 2046, 4.1.3).
fn is_plain_text(media_type: &str) -> bool {
    matches!(essence(media_type).as_str(), "text/plain" | "text/*")
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
            parts: Vec::new(),
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
