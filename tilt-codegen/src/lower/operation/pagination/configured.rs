//! Lists as the configuration says that they page.

use super::List;
use super::answer::{Answer, Found};
use super::{detected, hints};
use crate::config;
use crate::config::PropertyPath;
use crate::model::{Pagination, PaginationStyle};

/// A list of this style, if it has what that needs. Any list may have links in headers that no document tells
/// of, so one that is not named has to look as if it came in pages.
pub(super) fn pagination(
    list: &List<'_>,
    setting: &config::Pagination,
    is_named: bool,
) -> Option<Pagination> {
    let (items, item) = items(list, setting)?;
    let query = |name: &String| list.slot_at(name);
    let number = |path: &Option<PropertyPath>| optional(list, path, Answer::is_number);
    let style = match setting {
        config::Pagination::None {} => return None,
        config::Pagination::Offset { offset, total, .. } => PaginationStyle::Offset {
            offset: query(offset)?,
            total: number(total)?,
        },
        config::Pagination::Page { page, total, .. } => {
            let page = query(page)?;
            PaginationStyle::Page {
                first: list.first_page(&page).unwrap_or(1),
                page,
                total: number(total)?,
            }
        }
        config::Pagination::Cursor { cursor, next, .. } => PaginationStyle::Cursor {
            cursor: query(cursor)?,
            next: path(list, next, |it| it.is_text() || it.is_number())?,
        },
        config::Pagination::LastId { after, id, .. } => {
            let id = id.as_ref().map(|id| id.names().to_vec());
            let id = id.unwrap_or_else(|| vec!["id".to_owned()]);
            PaginationStyle::LastId {
                after: query(after).filter(|_| item.has_id(&id))?,
                id,
            }
        }
        config::Pagination::Url { next, .. } => PaginationStyle::Url {
            next: path(list, next, Answer::is_text)?,
        },
        config::Pagination::Relation { links, .. } => list.answer.related(links.names())?,
        config::Pagination::Header {
            parameter, header, ..
        } => PaginationStyle::Header {
            parameter: query(parameter)?,
            header: header.to_ascii_lowercase(),
        },
        config::Pagination::Link { .. } => {
            let looks_paged = || hints::looks_paged(list) || list.has_link_header();
            (is_named || looks_paged()).then_some(PaginationStyle::Link)?
        }
    };
    if !is_named && !detected::fits_method(list, &style) {
        return None;
    }
    Some(Pagination {
        style,
        item: item.ty().clone(),
        items,
        more: more(list, setting)?,
        done: done(list, setting)?,
    })
}

/// The place of the items, and their type.
fn items<'l>(list: &List<'l>, setting: &config::Pagination) -> Option<(Vec<String>, Answer<'l>)> {
    let stated = match setting {
        config::Pagination::Offset { items, .. }
        | config::Pagination::Page { items, .. }
        | config::Pagination::Cursor { items, .. }
        | config::Pagination::LastId { items, .. }
        | config::Pagination::Url { items, .. }
        | config::Pagination::Relation { items, .. }
        | config::Pagination::Header { items, .. }
        | config::Pagination::Link { items } => items.as_ref(),
        config::Pagination::None {} => return None,
    };
    let Some(stated) = stated else {
        return list.items();
    };
    list.answer.list_at(stated.names())
}

fn more(list: &List<'_>, setting: &config::Pagination) -> Option<Option<Vec<String>>> {
    match setting {
        config::Pagination::Offset { more, .. }
        | config::Pagination::Page { more, .. }
        | config::Pagination::Cursor { more, .. }
        | config::Pagination::LastId { more, .. }
        | config::Pagination::Url { more, .. }
        | config::Pagination::Relation { more, .. } => optional(list, more, Answer::is_flag),
        config::Pagination::Header { .. }
        | config::Pagination::Link { .. }
        | config::Pagination::None {} => Some(None),
    }
}

fn done(list: &List<'_>, setting: &config::Pagination) -> Option<Option<Vec<String>>> {
    match setting {
        config::Pagination::Offset { done, .. }
        | config::Pagination::Page { done, .. }
        | config::Pagination::Cursor { done, .. }
        | config::Pagination::LastId { done, .. }
        | config::Pagination::Url { done, .. }
        | config::Pagination::Relation { done, .. } => optional(list, done, Answer::is_flag),
        config::Pagination::Header { .. }
        | config::Pagination::Link { .. }
        | config::Pagination::None {} => Some(None),
    }
}

/// A path to something that fits, or to where any JSON may be.
fn path<'l>(
    list: &List<'l>,
    path: &PropertyPath,
    fits: impl Fn(Answer<'l>) -> bool,
) -> Option<Vec<String>> {
    let fits = match list.answer.at(path.names())? {
        Found::Typed(found) => found.is_anything() || fits(found),
        Found::Anything => true,
    };
    fits.then(|| path.names().to_vec())
}

/// Nothing where nothing is stated; `None` where what is stated does not fit.
fn optional<'l>(
    list: &List<'l>,
    stated: &Option<PropertyPath>,
    fits: impl Fn(Answer<'l>) -> bool,
) -> Option<Option<Vec<String>>> {
    match stated {
        Some(stated) => path(list, stated, fits).map(Some),
        None => Some(None),
    }
}

/// All that a style needs of an operation, for people.
pub(super) fn needs(setting: &config::Pagination) -> &'static str {
    match setting {
        config::Pagination::Offset { .. } => {
            "the parameter of `offset`, and numbers and Booleans where `total`, `more` and `done` say"
        }
        config::Pagination::Page { .. } => {
            "the parameter of `page`, and numbers and Booleans where `total`, `more` and `done` say"
        }
        config::Pagination::Cursor { .. } => {
            "the parameter of `cursor`, and text or a number where `next` says"
        }
        config::Pagination::LastId { .. } => {
            "the parameter of `after`, and text or a number where `id` says in each item"
        }
        config::Pagination::Url { .. } => "text where `next` says",
        config::Pagination::Relation { .. } => {
            "a list where `links` says, of links that have `rel` or `relation`, and `href`, `url` or `uri`"
        }
        config::Pagination::Header { .. } => "the parameter of `parameter`",
        config::Pagination::Link { .. } => "nothing else",
        config::Pagination::None {} => "nothing",
    }
}
