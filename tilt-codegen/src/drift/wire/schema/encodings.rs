//! Bytes in texts, and in forms, in other words that say the same.

use super::super::side::Side;
use super::view::View;
use crate::drift::media_type::spelled;
use crate::source::Node;

/// Whether an encoding of a property says no more than the schema does (OpenAPI 3.1.1, section 4.8.15).
pub(in crate::drift::wire) fn says_default<'d>(
    side: &Side<'d>,
    media: Node<'d>,
    (media_type, property): (&str, &str),
    encoding: Node<'d>,
) -> bool {
    let written = Written::of(side, media, property);
    let is_form = spelled(media_type) == "application/x-www-form-urlencoded";
    encoding.members().all(|(key, value)| match key {
        "headers" => value.members().next().is_none(),
        "contentType" => {
            let stated = value.as_str().map(spelled);
            stated.as_deref() == written.media_type()
        }
        // Elsewhere a style stands in the place of a media type.
        "style" => is_form && written.is_plain() && value.as_str() == Some("form"),
        "explode" => is_form && written.is_plain() && value.value.as_bool() == Some(true),
        "allowReserved" => is_form && value.value.as_bool() == Some(false),
        _ => false,
    })
}

/// Whether a property comes or goes with its encoding: the schema of one side has it, and that of the other one has not.
pub(in crate::drift::wire) fn is_of_property_that_is_gone<'d>(
    (side, media): (&Side<'d>, Node<'d>),
    (other_side, other): (&Side<'d>, Node<'d>),
    property: &str,
) -> bool {
    has_property(side, media, property) == Some(true)
        && has_property(other_side, other, property) == Some(false)
}

/// None, where parts of the schema would have to be asked.
fn has_property<'d>(side: &Side<'d>, media: Node<'d>, property: &str) -> Option<bool> {
    let view = whole(side, media.get("schema")?);
    let is_made_of_parts = view.alternatives().is_some() || view.members.contains_key("allOf");
    let has = |view: &View<'d>| {
        let mut maps = view.all("properties");
        maps.any(|map| map.get(property).is_some())
    };
    (!is_made_of_parts && view.reference.is_none()).then(|| has(&view))
}

/// The way in which a property is written where no encoding says it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Written {
    Text,
    Json,
    Bytes,
    /// Whatever the program takes it for.
    Unknown,
}

impl Written {
    fn of<'d>(side: &Side<'d>, media: Node<'d>, property: &str) -> Written {
        let schema = media.get("schema").map(|schema| whole(side, schema));
        let property = schema.and_then(|schema| {
            let mut maps = schema.all("properties");
            maps.find_map(|map| map.get(property))
        });
        let Some(mut view) = property.map(|property| whole(side, property)) else {
            return Written::Unknown;
        };
        if view.types.iter().eq(["array"].iter())
            && let Some(items) = view.members.get("items").copied()
        {
            view = whole(side, items);
        }
        let is = |key: &str, value: &str| {
            let stated = view.members.get(key).and_then(|it| it.as_str());
            stated == Some(value)
        };
        let has = |key: &str| view.members.contains_key(key);
        if view.alternatives().is_some() || has("allOf") || has("contentMediaType") {
            return Written::Unknown;
        }
        match view.types.iter().copied().collect::<Vec<_>>()[..] {
            ["string"] if is("format", "binary") || has("contentEncoding") => Written::Bytes,
            ["string" | "number" | "integer" | "boolean"] => Written::Text,
            ["object"] => Written::Json,
            _ => Written::Unknown,
        }
    }

    fn media_type(self) -> Option<&'static str> {
        match self {
            Written::Text => Some("text/plain"),
            Written::Json => Some("application/json"),
            Written::Bytes => Some("application/octet-stream"),
            Written::Unknown => None,
        }
    }

    /// Whether a pair of a name and a value, or several, is all there is to write.
    fn is_plain(self) -> bool {
        self == Written::Text
    }
}

/// Whether a parameter is a single value, which is written alike in one piece or in several (OpenAPI 3.1.1, section 4.8.12.2.2).
pub(in crate::drift::wire) fn is_single<'d>(side: &Side<'d>, parameter: Node<'d>) -> bool {
    let Some(schema) = parameter.get("schema") else {
        return false;
    };
    let view = whole(side, schema);
    let is_of_one = |ty: &&str| matches!(*ty, "string" | "number" | "integer" | "boolean");
    view.alternatives().is_none()
        && !view.members.contains_key("allOf")
        && !view.types.is_empty()
        && view.types.iter().all(is_of_one)
}

fn whole<'d>(side: &Side<'d>, schema: Node<'d>) -> View<'d> {
    View::of(schema).with_only_part().expanded(side)
}

/// The formats of OpenAPI 3.0, and what stands in their place in 3.1 (OpenAPI 3.1.1, section 4.4.2).
const FORMATS: [(&str, &str, &str); 2] = [
    ("byte", "contentEncoding", "base64"),
    ("binary", "contentMediaType", "application/octet-stream"),
];

/// Leaves out of both what one says by a format, and the other one by a keyword.
pub(super) fn align<'d>(one: &mut View<'d>, other: &mut View<'d>) {
    let is = |view: &View<'_>, key: &str, value: &str| {
        let stated = view.members.get(key).and_then(|it| it.as_str());
        stated == Some(value)
    };
    let has = |view: &View<'_>, key: &str| view.members.contains_key(key);
    for (format, keyword, value) in FORMATS {
        let stands_for = |view: &View<'_>, other: &View<'_>| {
            is(view, "format", format)
                && !has(view, keyword)
                && is(other, keyword, value)
                && !has(other, "format")
        };
        if stands_for(one, other) || stands_for(other, one) {
            for view in [&mut *one, &mut *other] {
                view.members.remove("format");
                view.members.remove(keyword);
            }
        }
    }
}
