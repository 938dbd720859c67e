//! Lists that look as if they came in pages, whether or not a style is known for them.

use super::List;
use super::answer::Answer;
use super::detected::{from, is_of_one, next_cursors, next_header, next_urls, related};
use super::names::{COUNTS, CURSORS, INDEXES, LAST_IDS, LIMITS, OFFSETS, PAGES, SIZES};
use crate::identifier;
use crate::model::{Location, Parameter, Slot};

/// Parameters that are about pages, whatever is in them.
const ABOUT_PAGES: &[&str] = &[
    "pageable",
    "pageRequest",
    "page_request",
    "pagination",
    "paging",
];

/// Parameters that say from where on, beside one that says how many are wanted.
const SINCE: &[&str] = &[
    "since_id",
    "sinceId",
    "from_id",
    "fromId",
    "min_id",
    "minId",
    "max_id",
    "maxId",
    "start_key",
    "startKey",
    "last_key",
    "lastKey",
];

/// Words behind `page` in the name of a parameter that says which part is wanted.
const OF_PAGE: &[&str] = &[
    "cursor", "idx", "index", "key", "marker", "no", "nr", "num", "number", "offset", "start",
    "token",
];

/// Whether a list has a parameter that says where to go on, or how many items to give, or an answer that tells of a next
/// page.
pub(super) fn looks_paged(list: &List<'_>) -> bool {
    let has = |names: &[&[&str]]| names.iter().any(|names| list.slot(names).is_some());
    let from_where = [OFFSETS, PAGES, INDEXES, CURSORS];
    if list.is_posted() {
        let is_asked = has(&from_where) && has(&[SIZES, LIMITS, COUNTS]);
        return is_asked && list.answer.has_lists();
    }
    let is_asked = has(&from_where)
        || has(&[LAST_IDS, SIZES])
        || list.query(ABOUT_PAGES).is_some()
        || from(list).is_some()
        || is_asked_in_other_words(list);
    // An answer with a mark for the next page has one, whatever the parameter is called that takes it.
    let is_told = || {
        let urls = next_urls(false).filter(|_| !is_of_one(list));
        let mut marks = next_cursors().chain(urls);
        marks.any(|mark| list.first([mark], Answer::is_text).is_some())
            || next_header(list).is_some()
    };
    list.answer.has_lists() && (is_asked || is_told() || related(list).is_some())
}

/// The style that its parameter speaks for, as settings would say it; what the document does not tell is left open.
pub(super) fn style(list: &List<'_>) -> Option<String> {
    let named = |slot: &Slot| {
        let parameter = |index: usize| &list.operation.parameters[index].wire;
        match slot {
            Slot::Parameter(index) => parameter(*index).clone(),
            Slot::Property {
                parameter: index,
                name,
            } => format!("{}.{name}", parameter(*index)),
            Slot::Body { path, .. } => path.join("."),
        }
    };
    let setting = |key: &str, slot: &Slot| format!("{key} = {:?}", named(slot));
    let of = |style: &str, settings: String| format!("{{ style = {style:?}, {settings} }}");
    if let Some(slot) = list.slot(CURSORS) {
        let next = list.first(next_cursors(), |it| it.is_text() || it.is_number());
        let next = next.map_or("…".to_owned(), |path| path.join("."));
        let settings = format!("{}, next = {next:?}", setting("cursor", &slot));
        return Some(of("cursor", settings));
    }
    let offset = list.slot(OFFSETS);
    let offset = offset.map(|slot| of("offset", setting("offset", &slot)));
    offset.or_else(|| {
        let page = list.slot(PAGES).or_else(|| list.slot(INDEXES))?;
        Some(of("page", setting("page", &page)))
    })
}

/// Whether a parameter is called as one that says which part is wanted, in a name that no style knows.
fn is_asked_in_other_words(list: &List<'_>) -> bool {
    let sizes = [LIMITS, SIZES, COUNTS];
    let is_sized = sizes.iter().any(|names| list.slot(names).is_some());
    if is_sized && list.query(SINCE).is_some() {
        return true;
    }
    let says = |parameter: &Parameter| {
        let words = identifier::words(&parameter.wire);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["page", .., last] => OF_PAGE.contains(last),
            // A clock has an offset, too.
            [.., "offset" | "skip"] => is_sized && list.is_number(&parameter.ty),
            [.., "page"] => list.is_number(&parameter.ty),
            [.., "cursor"] => true,
            _ => false,
        }
    };
    let parameters = list.operation.parameters.iter();
    let mut query = parameters.filter(|it| it.location == Location::Query);
    query.any(says)
}
