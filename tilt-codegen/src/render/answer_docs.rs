//! The answer of a call in words: nobody has to read it from the type of the call.

use super::source::code;
use super::type_ref::TypeRefs;
use crate::model::{Operation, Reading, Scalar, Sdk, Success, TypeRef};
use std::collections::BTreeSet;

/// Such as "Answers [`Payment`]." The types that it links to are added to `links`.
pub(super) fn answers<'s>(
    sdk: &'s Sdk,
    operation: &'s Operation,
    links: &mut BTreeSet<&'s str>,
) -> String {
    let mut value = |ty: &TypeRef| value(sdk, ty, links);
    let answered = match &operation.success {
        Success::Empty => "nothing".to_owned(),
        Success::Choice { name, .. } => format!("[`{name}`]"),
        Success::Single(payload) => match payload.reading() {
            Reading::Json(ty) => value(ty),
            Reading::Text => "text".to_owned(),
            Reading::Bytes => "bytes as they arrive: [`rt::Download`]".to_owned(),
            Reading::Events(ty) => format!("a stream of events, each with {}", value(ty)),
            Reading::Lines(ty) => format!("a stream, each line of it {}", value(ty)),
        },
    };
    let pages = operation.pagination.as_ref().map(|pages| {
        let (call, item) = (&operation.call, value(&pages.item));
        format!(
            " That is one page: [`items`]({call}::items) walks the whole list, each item {item}."
        )
    });
    let said = operation.answered.as_ref().map(|it| it.summary.as_str());
    let said = said.filter(|it| !it.is_empty()).map(sentence);
    let said = said.map_or_else(|| ".".to_owned(), |it| format!(": {it}"));
    format!("Answers {answered}{said}{}", pages.unwrap_or_default())
}

/// With an end, where more may follow.
fn sentence(text: &str) -> String {
    let is_open = text.ends_with(|it: char| it.is_alphanumeric() || matches!(it, '`' | ')' | '"'));
    format!("{text}{}", if is_open { "." } else { "" })
}

/// A value of a type, as part of a sentence.
fn value<'s>(sdk: &'s Sdk, ty: &TypeRef, links: &mut BTreeSet<&'s str>) -> String {
    let mut link = |ty: &TypeRef| match ty {
        TypeRef::Named(id) => sdk.types.get(id.0).map(|ty| {
            links.insert(&ty.name);
            format!("[`{}`]", ty.name)
        }),
        _ => None,
    };
    let linked = match ty {
        TypeRef::Scalar(Scalar::Any) => Some("any JSON".to_owned()),
        TypeRef::Scalar(Scalar::Null) => Some("null".to_owned()),
        TypeRef::List(item) => link(item).map(|item| format!("a list of {item}")),
        TypeRef::Map(item) => link(item).map(|item| format!("a map of {item}")),
        TypeRef::Nullable(inner) => link(inner).map(|inner| format!("{inner} or null")),
        TypeRef::Boxed(inner) | TypeRef::Loose(inner) => link(inner),
        other => link(other),
    };
    linked.unwrap_or_else(|| code(&TypeRefs::in_types(sdk).text(ty)))
}
