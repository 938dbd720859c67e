//! Lists as their parameters and answers tell that they page.
//!
//! A mark, link or URL that an answer gives for the next page comes before counting, and counting with a total before
//! counting until a page is empty.

use super::List;
use super::answer::Answer;
use crate::identifier;
use crate::model::{Pagination, PaginationStyle, Parameter, Scalar, ScalarKind, TypeRef};

pub(super) const OFFSETS: &[&str] = &[
    "offset",
    "skip",
    "$skip",
    "start_index",
    "startIndex",
    "start_at",
    "startAt",
    "page[offset]",
];
pub(super) const PAGES: &[&str] = &[
    "page",
    "page_number",
    "pageNumber",
    "page[number]",
    "pagination[page]",
];
pub(super) const CURSORS: &[&str] = &[
    "cursor",
    "page_token",
    "pageToken",
    "next_token",
    "nextToken",
    "after",
    "continuation_token",
    "continuationToken",
    "page_cursor",
    "pageCursor",
    "page-token",
    "iterator",
    "bookmark",
    "continuation",
    "continue",
    "page[after]",
    "page[cursor]",
    "marker",
    "Marker",
    "NextToken",
    "start_cursor",
    "startCursor",
    "pagination_token",
    "paginationToken",
    "next_page_token",
    "nextPageToken",
    "exclusive_start_key",
    "exclusiveStartKey",
    "ExclusiveStartKey",
];
/// Parameters that count items where an answer says how many there are, and mean something else elsewhere.
const STARTS: &[&str] = &["start"];
/// Parameters that take what an answer gives as a number called `next`, and mean something else elsewhere.
const FROMS: &[&str] = &["from"];
/// Parameters that count items beside one that says how many are wanted at most, and else say just that.
const FIRSTS: &[&str] = &["first"];
const MOSTS: &[&str] = &["max", "maxResults", "max_results"];
/// Parameters that take the last item's id.
pub(super) const LAST_IDS: &[&str] = &[
    "starting_after",
    "startingAfter",
    "after_id",
    "afterId",
    "after",
];
/// Parameters that say how much of a list is wanted.
pub(super) const SIZES: &[&str] = &[
    "per_page",
    "perPage",
    "page_size",
    "pageSize",
    "PageSize",
    "page[size]",
    "pagination[pageSize]",
];
/// Parameters that say so beside one that says from where on.
pub(super) const LIMITS: &[&str] = &["limit", "size", "page[limit]"];

/// Other names for that, of fewer APIs.
pub(super) const COUNTS: &[&str] = &[
    "_count",
    "count",
    "take",
    "top",
    "$top",
    "max",
    "maxResults",
    "max_results",
    "rows",
    "num",
];

/// Objects in which answers speak of pages.
const ABOUT_PAGES: &[&[&str]] = &[
    &[],
    &["meta"],
    &["_meta"],
    &["metadata"],
    &["_metadata"],
    &["pagination"],
    &["paging"],
    &["page_info"],
    &["pageInfo"],
    &["page"],
    &["cursor"],
    &["cursors"],
    &["response_metadata"],
    &["meta", "pagination"],
    &["meta", "page"],
    &["metadata", "pagination"],
    &["paging", "cursors"],
    &["paging", "next"],
    &["d"],
];
/// Objects in which answers speak of the next page.
const NEXT_PAGES: &[&str] = &["next_page", "nextPage"];
/// Objects in which answers have links.
const LINKS: &[&[&str]] = &[
    &["links"],
    &["_links"],
    &["link"],
    &["meta", "links"],
    &["links", "pages"],
    &["paging"],
    &["pagination"],
];

const TOTALS: &[&str] = &[
    "total",
    "total_count",
    "totalCount",
    "total_items",
    "totalItems",
    "itemsTotal",
    "total_results",
    "totalResults",
    "total_elements",
    "totalElements",
    "total_records",
    "totalRecords",
    "total_entries",
    "totalEntries",
];
const MORES: &[&str] = &[
    "has_more",
    "hasMore",
    "has_next",
    "hasNext",
    "has_next_page",
    "hasNextPage",
    "is_truncated",
    "isTruncated",
    "IsTruncated",
];
const DONES: &[&str] = &["done", "last_page", "lastPage", "is_last", "isLast"];
/// Parameters whose mark an answer gives under the same name, since nothing else is called so.
const SAME_CURSORS: &[&str] = &["iterator", "bookmark", "continuation", "continue"];
const NEXT_CURSORS: &[&str] = &[
    "next_cursor",
    "nextCursor",
    "next_page_token",
    "nextPageToken",
    "next_token",
    "nextToken",
    "next_page",
    "nextPage",
    "next-page-token",
    "end_cursor",
    "endCursor",
    "continuation_token",
    "continuationToken",
    "next_marker",
    "nextMarker",
    "NextMarker",
    "NextToken",
    "after_cursor",
    "afterCursor",
    "last_evaluated_key",
    "lastEvaluatedKey",
    "LastEvaluatedKey",
];
/// Names that say so only beside one of `MORES`.
const LAST_ITEMS: &[&str] = &["last_id", "lastId"];
/// Names that say so only in an object about pages.
const NEXT_CURSORS_INSIDE: &[&str] = &["next", "after"];
const NEXT_URLS: &[&[&str]] = &[
    &["next_url"],
    &["nextUrl"],
    &["next_page_url"],
    &["nextPageUrl"],
    &["next_page_uri"],
    &["next_uri"],
    &["next_link"],
    &["nextLink"],
    &["@odata.nextLink"],
    &["next_records_url"],
    &["nextRecordsUrl"],
    &["__next"],
];

/// The style of a list, where that is clear.
pub(super) fn pagination(list: &List<'_>) -> Option<Pagination> {
    // Beside a mark, an answer is there for a list; a commit has its parents always, and is got by itself.
    let has_mark = || list.answer.first(next_cursors(), Answer::is_text).is_some();
    let required = || list.answer.required_list().filter(|_| has_mark());
    let (items, item) = list.items().or_else(required)?;
    let flag = |names| list.answer.first(about_pages(names), Answer::is_flag);
    let more = flag(MORES);
    let done = flag(DONES).filter(|_| more.is_none());
    let has_more = more.is_some() || done.is_some();
    let style = marked(list, item, has_more).or_else(|| counted(list, has_more))?;
    Some(Pagination {
        style,
        item: item.ty().clone(),
        items,
        more,
        done,
    })
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
pub(super) fn from(list: &List<'_>) -> Option<usize> {
    let sized = list.query(LIMITS).or_else(|| list.query(SIZES));
    let from = list.query(FROMS).filter(|_| sized.is_some());
    let first = || list.query(FIRSTS).filter(|_| list.query(MOSTS).is_some());
    let from = from.or_else(first)?;
    takes_number(&list.operation.parameters[from]).then_some(from)
}

/// By what an answer gives for the next page.
fn marked(list: &List<'_>, item: Answer<'_>, has_more: bool) -> Option<PaginationStyle> {
    let answer = list.answer;
    let cursor = list.query(CURSORS).or_else(|| list.query(PAGES));
    let is_mark = |it: Answer<'_>| it.is_text() || it.is_number();
    let last_item = || answer.first(about_pages(LAST_ITEMS).filter(|_| has_more), is_mark);
    let next = || answer.first(next_cursors(), is_mark).or_else(last_item);
    if let Some((cursor, next)) = cursor.and_then(|cursor| Some((cursor, next()?))) {
        return Some(PaginationStyle::Cursor { cursor, next });
    }
    if let Some((cursor, next)) = named_alike(list).or_else(|| same_cursor(list, has_more)) {
        return Some(PaginationStyle::Cursor { cursor, next });
    }
    // A `next` by itself is the mark for such a parameter, unless it is a link: that is a URI, or has one back beside it.
    if let Some(cursor) = list.query(CURSORS)
        && let Some(next) = answer.first([vec!["next"]], Answer::is_text)
        && !goes_back(answer)
        && !answer.is_link("next")
    {
        return Some(PaginationStyle::Cursor { cursor, next });
    }
    if let Some(cursor) = list.query(FROMS)
        && let Some(next) = answer.first([vec!["next"]], Answer::is_number)
    {
        return Some(PaginationStyle::Cursor { cursor, next });
    }
    let id = vec!["id".to_owned()];
    let takes_id = |after: &usize| !takes_time(&list.operation.parameters[*after]);
    if let Some(after) = list
        .query(LAST_IDS)
        .filter(|after| has_more && takes_id(after) && item.has_id(&id))
    {
        return Some(PaginationStyle::LastId { after, id });
    }
    let is_counted = list.query(PAGES).or_else(|| list.query(OFFSETS)).is_some();
    let is_link = answer.is_link("next") && (is_counted || cursor.is_some());
    let is_alone = is_link || is_counted && goes_back(answer);
    // A `next` beside a Boolean that says whether there are more.
    if let Some(next) = answer
        .first([vec!["next"]], Answer::is_text)
        .filter(|_| has_more)
    {
        return Some(match cursor {
            Some(cursor) => PaginationStyle::Cursor { cursor, next },
            None => PaginationStyle::Url { next },
        });
    }
    let mut urls = next_urls(is_alone).filter(|_| !is_of_one(list));
    if let Some(next) = urls.find_map(|url| answer.first([url], Answer::is_text)) {
        return Some(PaginationStyle::Url { next });
    }
    related(list)
        .or_else(|| in_header(list))
        .or_else(|| list.has_link_header().then_some(PaginationStyle::Link))
}

/// By a mark in a header, for the parameter that is called as it: `x-next-page` for `page`.
fn in_header(list: &List<'_>) -> Option<PaginationStyle> {
    let header = next_header(list)?;
    let parameter = list
        .query(CURSORS)
        .or_else(|| list.query(PAGES))
        .or_else(|| list.query(OFFSETS))?;
    let taken = identifier::words(&list.operation.parameters[parameter].wire);
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
    let is_asked = names.iter().any(|names| list.query(names).is_some());
    let mut links = LINKS.iter().filter(|_| is_asked);
    links.find_map(|path| list.answer.related(path))
}

/// Whether an operation gets one thing, which has links as a list has: nothing says how much of it is wanted.
pub(super) fn is_of_one(list: &List<'_>) -> bool {
    let names = [OFFSETS, PAGES, CURSORS, LAST_IDS, SIZES, LIMITS];
    list.operation.path.ends_with('}') && !names.iter().any(|names| list.query(names).is_some())
}

/// A mark that an answer gives under the name of the parameter that takes it: `bookmark` for `bookmark`, and
/// `next_offset` for an `offset` that is text.
fn named_alike(list: &List<'_>) -> Option<(usize, Vec<String>)> {
    let same = list.query(SAME_CURSORS);
    let taken = same.or_else(|| {
        let offset = list.query(OFFSETS)?;
        (!takes_number(&list.operation.parameters[offset])).then_some(offset)
    })?;
    let name = list.operation.parameters[taken].wire.as_str();
    let next = format!("next_{name}");
    let names = [next.as_str(), name];
    let names = &names[..if same.is_some() { 2 } else { 1 }];
    let paths = ABOUT_PAGES
        .iter()
        .flat_map(|object| names.iter().map(|name| [object, &[*name][..]].concat()));
    // In an object about the next page it has the same name.
    let paths = paths.chain(NEXT_PAGES.iter().map(|object| vec![*object, name]));
    let next = list.answer.first(paths, Answer::is_text)?;
    Some((taken, next))
}

/// A `cursor` for a parameter of that name: it may be that of the page itself, unless the answer says whether there are
/// more, or the document that it is for what comes next.
fn same_cursor(list: &List<'_>, has_more: bool) -> Option<(usize, Vec<String>)> {
    const NAME: &[&str] = &["cursor"];
    let cursor = list.query(NAME)?;
    let next = list.answer.first(about_pages(NAME), Answer::is_text)?;
    let is_next = || list.answer.says(&next, &["next", "subsequent"]);
    (has_more || is_next()).then_some((cursor, next))
}

/// By counting items or pages.
fn counted(list: &List<'_>, has_more: bool) -> Option<PaginationStyle> {
    let total = list.answer.first(about_pages(TOTALS), Answer::is_number);
    let has_end = has_more || total.is_some();
    let counts = |names| {
        let parameter: usize = list.query(names)?;
        // Without an end that the answer tells of, the parameter must be what its name says.
        let is_number = takes_number(&list.operation.parameters[parameter]);
        (has_end || is_number).then_some(parameter)
    };
    // An offset may also be that of a clock: one of items stands beside how many are wanted, or how many there are.
    let is_sized = list.query(SIZES).or_else(|| list.query(LIMITS)).is_some();
    let is_of_items = has_end || is_sized || list.query(COUNTS).is_some();
    let offset = || counts(OFFSETS).filter(|_| is_of_items);
    let start = list
        .query(STARTS)
        .filter(|start| total.is_some() && takes_number(&list.operation.parameters[*start]));
    if let Some(offset) = offset().or(start).or_else(|| from(list)) {
        return Some(PaginationStyle::Offset { offset, total });
    }
    counts(PAGES).map(|page| PaginationStyle::Page {
        page,
        first: list.first_page(page),
        total,
    })
}

pub(super) fn takes_number(parameter: &Parameter) -> bool {
    let ty = match &parameter.ty {
        TypeRef::Loose(ty) => ty,
        ty => ty,
    };
    let kind = match ty {
        TypeRef::Scalar(scalar) => Some(Scalar::kind(*scalar)),
        _ => None,
    };
    matches!(kind, Some(ScalarKind::Integer | ScalarKind::Number))
}

fn takes_time(parameter: &Parameter) -> bool {
    let times = [Scalar::DateTime, Scalar::Date].map(TypeRef::Scalar);
    times.contains(&parameter.ty)
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
fn goes_back(answer: Answer<'_>) -> bool {
    let back = [vec!["previous"], vec!["prev"]];
    answer.first(back, Answer::is_text).is_some()
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
        links.map(|link| vec![*object, link])
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
