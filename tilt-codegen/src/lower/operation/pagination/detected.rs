//! Lists as their parameters and answers tell that they page.
//!
//! A mark, link or URL that an answer gives for the next page comes before counting, and counting with a total before
//! counting until a page is empty.

use super::List;
use super::answer::Answer;
use super::names::{
    ABOUT_PAGES, COUNTS, CURSORS, DONES, FIRSTS, FROMS, INDEXES, LAST_IDS, LAST_ITEMS, LIMITS,
    LINKS, MORES, MOSTS, NEXT_CURSORS, NEXT_CURSORS_INSIDE, NEXT_PAGES, NEXT_URLS, OFFSETS, PAGES,
    SAME_CURSORS, SIZES, STARTS, TOTALS,
};
use crate::identifier;
use crate::lower::naming::parts::last_text;
use crate::model::{Pagination, PaginationStyle, Slot};

/// The style of a list, where that is clear.
pub(super) fn pagination(list: &List<'_>) -> Option<Pagination> {
    // Beside a mark, an answer is there for a list; a commit has its parents always, and is got by itself.
    let has_mark = || list.first(next_cursors(), Answer::is_text).is_some();
    let required = || list.answer.required_list().filter(|_| has_mark());
    let (items, item) = list.items().or_else(required)?;
    let flag = |names| list.first(about_pages(names), Answer::is_flag);
    let more = flag(MORES);
    let done = flag(DONES).filter(|_| more.is_none());
    let has_more = more.is_some() || done.is_some();
    let marked = marked(list, item, has_more).filter(|style| fits_method(list, style));
    let style = marked.or_else(|| counted(list, has_more))?;
    Some(Pagination {
        style,
        item: item.ty().clone(),
        items,
        more,
        done,
    })
}

/// A link is got: it says nothing of what else would be sent with a POST.
pub(super) fn fits_method(list: &List<'_>, style: &PaginationStyle) -> bool {
    let is_link = matches!(
        style,
        PaginationStyle::Url { .. } | PaginationStyle::Relation { .. } | PaginationStyle::Link
    );
    !(is_link && list.is_posted())
}

/// The header in which an answer has a mark for the next page: `X-Next-Cursor`.
pub(super) fn next_header<'a>(list: &List<'a>) -> Option<&'a str> {
    const MARKS: &[&str] = &["cursor", "marker", "offset", "page", "token"];
    let mut headers = list.operation.response_headers.iter();
    let found = headers.find(|header| {
        let words = identifier::words(&header.name);
        let has = |word: &str| words.iter().any(|it| it == word);
        has("next") && MARKS.iter().any(|mark| has(mark))
    });
    found.map(|header| header.name.as_str())
}

/// A parameter that counts items, beside one that says how many are wanted.
pub(super) fn from(list: &List<'_>) -> Option<Slot> {
    let sized = list.slot(LIMITS).or_else(|| list.slot(SIZES));
    let from = list.slot(FROMS).filter(|_| sized.is_some());
    let first = || list.slot(FIRSTS).filter(|_| list.slot(MOSTS).is_some());
    let from = from.or_else(first)?;
    list.takes_number(&from).then_some(from)
}

/// The same, unless the answer gives a mark for the next page: then it may be a time.
fn counted_from(list: &List<'_>) -> Option<Slot> {
    let is_mark = |it: Answer<'_>| it.is_text() || it.is_number();
    let from = from(list)?;
    list.first(next_cursors(), is_mark)
        .is_none()
        .then_some(from)
}

/// By what an answer gives for the next page.
fn marked(list: &List<'_>, item: Answer<'_>, has_more: bool) -> Option<PaginationStyle> {
    let cursor = || list.slot(CURSORS).or_else(|| list.slot(PAGES));
    let is_mark = |it: Answer<'_>| it.is_text() || it.is_number();
    let last_item = || list.first(about_pages(LAST_ITEMS).filter(|_| has_more), is_mark);
    let next = || list.first(next_cursors(), is_mark).or_else(last_item);
    if let Some((cursor, next)) = cursor().and_then(|cursor| Some((cursor, next()?))) {
        return Some(PaginationStyle::Cursor { cursor, next });
    }
    if let Some((cursor, next)) = named_alike(list).or_else(|| same_cursor(list, has_more)) {
        return Some(PaginationStyle::Cursor { cursor, next });
    }
    // A `next` by itself is the mark for such a parameter, unless it is a link: that is a URI, or has one back beside it.
    if let Some(cursor) = list.slot(CURSORS)
        && let Some(next) = list.first([vec!["next"]], Answer::is_text)
        && !goes_back(list)
        && !list.shows_link("next")
    {
        return Some(PaginationStyle::Cursor { cursor, next });
    }
    if let Some(cursor) = list.slot(FROMS)
        && let Some(next) = list.first([vec!["next"]], Answer::is_number)
    {
        return Some(PaginationStyle::Cursor { cursor, next });
    }
    let id = vec!["id".to_owned()];
    let after = list
        .slot(LAST_IDS)
        .filter(|after| has_more && !list.takes_time(after) && item.has_id(&id));
    if let Some(after) = after {
        return Some(PaginationStyle::LastId { after, id });
    }
    by_url(list, has_more, cursor())
        .or_else(|| related(list))
        .or_else(|| in_header(list))
        .or_else(|| list.has_link_header().then_some(PaginationStyle::Link))
}

/// By a URL that an answer gives for the next page.
fn by_url(list: &List<'_>, has_more: bool, cursor: Option<Slot>) -> Option<PaginationStyle> {
    let is_counted = list.slot(PAGES).or_else(|| list.slot(OFFSETS)).is_some();
    let is_link = list.shows_link("next") && (is_counted || cursor.is_some());
    let is_alone = is_link || goes_back(list) && (is_counted || tells_of_pages(list));
    // A `next` beside a Boolean that says whether there are more.
    let next = list.first([vec!["next"]], Answer::is_text);
    if let Some(next) = next.filter(|_| has_more) {
        return Some(match cursor {
            Some(cursor) => PaginationStyle::Cursor { cursor, next },
            None => PaginationStyle::Url { next },
        });
    }
    let is_of_one = is_of_one(list) && !(goes_back(list) && tells_of_pages(list));
    let mut urls = next_urls(is_alone).filter(|_| !is_of_one);
    let next = urls.find_map(|url| list.first([url], Answer::is_text))?;
    Some(PaginationStyle::Url { next })
}

/// Whether an answer says how many items there are, or which page it is.
fn tells_of_pages(list: &List<'_>) -> bool {
    const ABOUT: &[&str] = &["count", "page", "pagelen", "per_page", "page_size", "limit"];
    let facts = TOTALS.iter().chain(ABOUT);
    list.first(facts.map(|fact| vec![*fact]), Answer::is_number)
        .is_some()
}

/// By a mark in a header, for the parameter that is called as it: `x-next-page` for `page`.
fn in_header(list: &List<'_>) -> Option<PaginationStyle> {
    let header = next_header(list)?;
    let parameter = list
        .slot(CURSORS)
        .or_else(|| list.slot(PAGES))
        .or_else(|| list.slot(OFFSETS))?;
    let taken = identifier::words(list.taken(&parameter)?.wire());
    let marks = identifier::words(header);
    marks
        .iter()
        .any(|word| taken.contains(word))
        .then(|| PaginationStyle::Header {
            parameter,
            header: header.to_ascii_lowercase(),
        })
}

/// By links that say of which relation they are, where a parameter says which part is wanted: one thing has such links as well.
pub(super) fn related(list: &List<'_>) -> Option<PaginationStyle> {
    let names = [OFFSETS, PAGES, CURSORS, LAST_IDS, SIZES, LIMITS, COUNTS];
    let is_asked = names.iter().any(|names| list.slot(names).is_some());
    let mut links = LINKS.iter().filter(|_| is_asked);
    links.find_map(|path| list.answer.related(path))
}

/// Whether an operation gets one thing, which has links as a list has: nothing says how much of it is wanted.
pub(super) fn is_of_one(list: &List<'_>) -> bool {
    let names = [OFFSETS, PAGES, CURSORS, LAST_IDS, SIZES, LIMITS];
    list.operation.path.ends_with('}') && !names.iter().any(|names| list.slot(names).is_some())
}

/// A mark that an answer gives under the name of the parameter that takes it: `bookmark` for `bookmark`, and
/// `next_offset` for an `offset` that is text. In an object about the next page it has the same name.
fn named_alike(list: &List<'_>) -> Option<(Slot, Vec<String>)> {
    let same = list.slot(SAME_CURSORS);
    let is_text = |slot: &Slot| !list.takes_number(slot);
    let offset = list.slot(OFFSETS).filter(is_text);
    let taken = same.clone().or_else(|| offset.clone());
    let found = taken.and_then(|taken| {
        let name = list.taken(&taken)?.wire();
        let next = format!("next_{name}");
        let names = [next.as_str(), name];
        let names = &names[..if same.is_some() { 2 } else { 1 }];
        let paths = ABOUT_PAGES
            .iter()
            .flat_map(|object| names.iter().map(|name| [object, &[*name][..]].concat()));
        let next = list.first(paths, Answer::is_text)?;
        Some((taken, next))
    });
    let after = || list.slot(LAST_IDS);
    found.or_else(|| {
        let taken = same.or(offset).or_else(after)?;
        let name = list.taken(&taken)?.wire();
        let mut paths = NEXT_PAGES
            .iter()
            .map(|object| [object, &[name][..]].concat());
        let next = paths.find_map(|path| list.first([path], Answer::is_text))?;
        Some((taken, next))
    })
}

/// A `cursor` for a parameter of that name: it may be that of the page itself, unless the answer says whether there are
/// more, or the document that it is for what comes next.
fn same_cursor(list: &List<'_>, has_more: bool) -> Option<(Slot, Vec<String>)> {
    const NAME: &[&str] = &["cursor"];
    let cursor = list.slot(NAME)?;
    let next = list.first(about_pages(NAME), Answer::is_text)?;
    let is_next = || list.answer.says(&next, &["next", "subsequent"]);
    (has_more || is_next()).then_some((cursor, next))
}

/// By counting items or pages.
fn counted(list: &List<'_>, has_more: bool) -> Option<PaginationStyle> {
    let total = list.first(about_pages(TOTALS), Answer::is_number);
    let has_end = has_more || total.is_some();
    let is_sized = list.slot(SIZES).or_else(|| list.slot(LIMITS)).is_some();
    let is_part = is_sized || list.slot(COUNTS).is_some();
    // A body may have a page of something else.
    if list.is_posted() && !(is_part && (has_end || is_search(list))) {
        return None;
    }
    let counts = |names| {
        // Without an end that the answer tells of, the parameter must be what its name says.
        let slot = list.slot(names)?;
        (has_end || list.takes_number(&slot)).then_some(slot)
    };
    // An offset may also be that of a clock: one of items stands beside how many are wanted, or how many there are.
    let offset = || counts(OFFSETS).filter(|_| has_end || is_part);
    let start = list
        .slot(STARTS)
        .filter(|start| is_part && total.is_some() && list.takes_number(start));
    if let Some(offset) = offset().or(start).or_else(|| counted_from(list)) {
        return Some(PaginationStyle::Offset { offset, total });
    }
    let numbered = counts(PAGES).map(|page| (list.first_page(&page).unwrap_or(1), page));
    let indexed = || {
        let page = counts(INDEXES)?;
        Some((list.first_page(&page)?, page))
    };
    let (first, page) = numbered.or_else(indexed)?;
    Some(PaginationStyle::Page { page, first, total })
}

/// Whether the path of an operation says that it looks for something.
fn is_search(list: &List<'_>) -> bool {
    const VERBS: &[&str] = &["filter", "find", "list", "paginate", "query", "search"];
    let last = last_text(&list.operation.path).unwrap_or_default();
    let words = identifier::words(last);
    words.iter().any(|word| VERBS.contains(&word.as_str()))
}

/// Paths to properties of these names in the objects about pages.
fn about_pages(names: &'static [&'static str]) -> impl Iterator<Item = Vec<&'static str>> {
    let objects = ABOUT_PAGES.iter();
    objects.flat_map(move |object| {
        names
            .iter()
            .map(move |name| [object, &[*name][..]].concat())
    })
}

/// True of an answer with a mark or a link for the page before.
fn goes_back(list: &List<'_>) -> bool {
    let back = [vec!["previous"], vec!["prev"]];
    list.first(back, Answer::is_text).is_some()
}

pub(super) fn next_cursors() -> impl Iterator<Item = Vec<&'static str>> {
    let inside = about_pages(NEXT_CURSORS_INSIDE).filter(|path| path.len() > 1);
    about_pages(NEXT_CURSORS).chain(inside)
}

/// A `next` by itself is a link where the document shows one or there is one back beside it, and a parameter that it can
/// change.
pub(super) fn next_urls(is_alone: bool) -> impl Iterator<Item = Vec<&'static str>> {
    let objects = ABOUT_PAGES.iter().chain(LINKS);
    let named = objects.flat_map(|object| NEXT_URLS.iter().map(|name| [*object, *name].concat()));
    let in_next = NEXT_PAGES.iter().flat_map(|object| {
        let links = ["uri", "url", "href"];
        links.map(|link| [*object, &[link]].concat())
    });
    let in_links = LINKS.iter().flat_map(|object| {
        let next = [*object, &["next"]].concat();
        [[*object, &["next", "href"]].concat(), next]
    });
    let alone = is_alone.then(|| vec!["next"]);
    named
        .chain(in_links)
        .chain(in_next)
        .chain([vec!["next", "href"]])
        .chain(alone)
}
