//! Parameters that `content` describes: the media type says how the value is written (OpenAPI 3.1.1, section 4.12.2).

use crate::diagnostic::{Code, Problem};
use crate::dialect::openapi::{Media, Parameter};
use crate::dialect::schema::JsonType;
use crate::lower::draft::Conjunction;
use crate::lower::operation::forms;
use crate::lower::operation::media::{self, MediaKind};
use crate::lower::schema::TypeBuilder;
use crate::model::ParameterEncoding;
use crate::source::Node;

/// The schema of a parameter, if its value has a type, and how it is written.
pub(super) fn content<'d>(
    types: &mut TypeBuilder<'d, '_>,
    parameter: &Parameter<'d>,
) -> Option<(Option<Node<'d>>, ParameterEncoding)> {
    let preferred = forms::preferred(&parameter.content);
    let (media, others) = preferred.split_first()?;
    for other in others {
        let message = format!(
            "parameter `{}` has one media type (OpenAPI 3.1, section 4.8.12.2): `{}` is used, not `{}`",
            parameter.name, media.media_type, other.media_type
        );
        types
            .context
            .problem(Problem::new(Code::OTHER_MEDIA_TYPE, other.node, message));
    }
    Some(match encoding(types, media) {
        Some(encoding) => (media.schema, encoding),
        None => {
            let message = format!(
                "parameter `{}` is text that the caller writes: nothing here writes `{}`",
                parameter.name, media.media_type
            );
            let problem = Problem::new(Code::UNWRITTEN_PARAMETER, media.node, message);
            types.context.problem(problem);
            (None, ParameterEncoding::Text)
        }
    })
}

/// How a media type writes the values of its schema; `None` where nothing here does.
fn encoding<'d>(types: &mut TypeBuilder<'d, '_>, media: &Media<'d>) -> Option<ParameterEncoding> {
    let has_parts = media.schema.is_some_and(|schema| {
        let flat = types.flatten(&Conjunction::one(schema));
        let is_part = |ty: JsonType| matches!(ty, JsonType::Array | JsonType::Object);
        flat.proper_types().iter().any(is_part)
    });
    match media::kind(media.media_type) {
        MediaKind::Json | MediaKind::JsonVariant | MediaKind::Malformed => {
            Some(ParameterEncoding::Json)
        }
        MediaKind::Anything if has_parts => Some(ParameterEncoding::Json),
        MediaKind::Form if has_parts => Some(ParameterEncoding::Form),
        _ if has_parts => None,
        MediaKind::Anything
        | MediaKind::Form
        | MediaKind::Text
        | MediaKind::Xml
        | MediaKind::Bytes
        | MediaKind::Multipart
        | MediaKind::EventStream
        | MediaKind::JsonLines => Some(ParameterEncoding::Text),
    }
}
