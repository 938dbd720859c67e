//! The way of a list from page to page: what generated code states, and what follows from an answer.

use super::link_header;
use super::operation::Operation;
use super::slot::{Path, Slot};
use crate::data::extract;
use http::HeaderMap;
use serde_json::value::RawValue;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// How to walk a list, as data.
#[derive(Debug)]
pub struct Pagination {
    /// How the next page is asked for.
    pub style: PageStyle,
    /// Where the items are.
    pub items: Path,
    /// Where the answer says whether there are more: a Boolean.
    pub more: Option<Path>,
    /// Where the answer says whether this was the last page: a Boolean.
    pub done: Option<Path>,
}

impl Pagination {
    /// A list whose items are at this path, and whose answers do not say whether there are more.
    #[must_use]
    pub const fn new(style: PageStyle, items: Path) -> Self {
        Self {
            style,
            items,
            more: None,
            done: None,
        }
    }

    /// Whether there are more, where an answer says so.
    fn says_more(&self, body: &[u8]) -> Option<bool> {
        let done = || self.done.and_then(|path| flag(body, path));
        let more = self.more.and_then(|path| flag(body, path));
        more.or_else(|| done().map(|done| !done))
    }
}

/// How the next page of a list is asked for.
#[derive(Debug, Clone, Copy)]
pub enum PageStyle {
    /// By the number of items to skip.
    Offset {
        /// The place that says how many.
        offset: Slot,
        /// Where the answer says how many items there are in all.
        total: Option<Path>,
    },
    /// By the page's number.
    Page {
        /// The place that gives it.
        page: Slot,
        /// The number of the first page.
        first: u64,
        /// Where the answer says how many items there are in all.
        total: Option<Path>,
    },
    /// By a mark that the answer before it gave.
    Cursor {
        /// The place that takes it.
        cursor: Slot,
        /// Where the answer has it: the mark itself, or a link that contains it.
        next: Path,
    },
    /// By the last item of the page before it.
    LastId {
        /// The place that takes the item's id.
        after: Slot,
        /// Where an item has it.
        id: Path,
    },
    /// By a URL, absolute or relative, that the answer before it gave.
    Url {
        /// Where the answer has it.
        next: Path,
    },
    /// By the URL, absolute or relative, of the link that says of itself that it is the next, of those that the answer before
    /// it gave.
    Relation {
        /// Where the answer has them: a list.
        links: Path,
        /// The property by which a link says of which relation it is.
        relation: &'static str,
        /// The property with a link's URL.
        url: &'static str,
    },
    /// By a mark in a header of the answer before it.
    Header {
        /// The place that takes it.
        parameter: Slot,
        /// The header; where it is absent or empty, there is no next page.
        header: &'static str,
    },
    /// By the link of relation `next` in the header `Link` of the answer before it (RFC 8288).
    Link,
}

/// The way to the page after an answer.
#[derive(Debug, PartialEq)]
pub(crate) enum Next {
    /// This value in this place.
    Value(Slot, String),
    /// This URL, which may be relative to that of the answer.
    Url(String),
    /// Nothing: it was the last.
    End,
}

/// Faults of a list that does not go on as it should.
pub(crate) const GOES_ROUND: &str = "the list goes round: this was there before";
const NO_WAY_ON: &str = "the list says that there is more, but not where";
const NO_MARK: &str = "the link to the next page lacks the parameter that says where to go on";

/// The way through a list so far.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    /// The items to skip, or the number of the page.
    at: u64,
    /// The items so far; `None` where the walk did not start with the first page.
    received: Option<u64>,
    /// Fingerprints of the marks that led here, or of the pages themselves where there are no marks.
    seen: HashSet<u64>,
    /// The items that there are in all, as the last page said.
    pub(crate) total: Option<u64>,
}

impl Progress {
    /// The start of a list; `from` is the number that the call has in a place.
    pub(crate) fn start(pagination: &Pagination, from: impl Fn(Slot) -> Option<u64>) -> Self {
        let (at, received) = match pagination.style {
            PageStyle::Offset { offset, .. } => (from(offset).unwrap_or(0), None),
            // Items before the page that the call starts with are not counted.
            PageStyle::Page { page, first, .. } => {
                let at = from(page).unwrap_or(first);
                (at, (at == first).then_some(0))
            }
            _ => (0, None),
        };
        Self {
            at,
            received,
            ..Self::default()
        }
    }

    /// The place and number that ask for the page at hand, where pages are numbered.
    pub(crate) fn number(&self, pagination: &Pagination) -> Option<(Slot, String)> {
        match pagination.style {
            PageStyle::Page { page, .. } => Some((page, self.at.to_string())),
            _ => None,
        }
    }

    /// Goes on from a page. No two pages lead to the same place, so that a list ends, or is an error.
    pub(crate) fn next(
        &mut self,
        pagination: &Pagination,
        operation: &Operation,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Next, &'static str> {
        let items = extract::at(body, pagination.items).ok().flatten();
        let page = PageOfItems::read(items);
        let more = pagination.says_more(body);
        if more == Some(false) {
            return Ok(Next::End);
        }
        let next = match pagination.style {
            PageStyle::Offset { offset, total } => {
                if page.count == 0 && more == Some(true) {
                    return Err(NO_WAY_ON);
                }
                // The items that were received count: the API may give less than what it was asked for.
                self.at = self.at.saturating_add(page.count);
                self.total = total.and_then(|path| extract::number(body, path));
                let all = self.total.filter(|_| more != Some(true));
                return self.counted(offset, Some(self.at).zip(all), page, items);
            }
            PageStyle::Page {
                page: number,
                total,
                ..
            } => {
                self.at = self.at.saturating_add(1);
                let received = self.received;
                self.received = received.map(|received| received.saturating_add(page.count));
                self.total = total.and_then(|path| extract::number(body, path));
                let all = self.total.filter(|_| more != Some(true));
                if page.count == 0 && more == Some(true) {
                    return Ok(Next::Value(number, self.at.to_string()));
                }
                return self.counted(number, self.received.zip(all), page, items);
            }
            style => told(style, operation, headers, (body, page.last))?,
        };
        match next {
            Some(next) => self.marked(next, page.count),
            None if more == Some(true) => Err(NO_WAY_ON),
            None => Ok(Next::End),
        }
    }

    /// Goes on by counting: `of_all` are the items so far, and all that there are. An empty page is the end,
    /// whatever the total is.
    fn counted(
        &mut self,
        slot: Slot,
        of_all: Option<(u64, u64)>,
        page: PageOfItems<'_>,
        items: Option<&str>,
    ) -> Result<Next, &'static str> {
        // A total below what this very page has counts something else.
        let of_all = of_all.filter(|(_, total)| *total >= page.count);
        if page.count == 0 || of_all.is_some_and(|(received, total)| received >= total) {
            return Ok(Next::End);
        }
        if page.tells && !self.seen.insert(fingerprint(items)) {
            return Err(GOES_ROUND);
        }
        Ok(Next::Value(slot, self.at.to_string()))
    }

    /// Goes on by what an answer gave for it. Some give it without end: with an empty page, it is the end.
    fn marked(&mut self, next: Next, count: u64) -> Result<Next, &'static str> {
        let is_new = match &next {
            Next::Value(_, mark) | Next::Url(mark) => self.seen.insert(fingerprint(mark)),
            Next::End => true,
        };
        match (is_new, count) {
            (true, _) => Ok(next),
            (false, 0) => Ok(Next::End),
            (false, _) => Err(GOES_ROUND),
        }
    }
}

/// The way on that an answer gives, by a mark or a link. The last item stands beside its body.
fn told(
    style: PageStyle,
    operation: &Operation,
    headers: &HeaderMap,
    (body, last): (&[u8], Option<&RawValue>),
) -> Result<Option<Next>, &'static str> {
    Ok(match style {
        // By counting, whatever an answer gives.
        PageStyle::Offset { .. } | PageStyle::Page { .. } => None,
        PageStyle::Cursor { cursor, next } => {
            mark(body, next, cursor.name(operation))?.map(|mark| Next::Value(cursor, mark))
        }
        PageStyle::LastId { after, id } => {
            let id = last.and_then(|last| text(last.get().as_bytes(), id));
            id.map(|id| Next::Value(after, id))
        }
        PageStyle::Url { next } => text(body, next).map(Next::Url),
        PageStyle::Relation {
            links,
            relation,
            url,
        } => related(body, links, relation, url).map(Next::Url),
        PageStyle::Header { parameter, header } => {
            in_header(headers, header).map(|mark| Next::Value(parameter, mark))
        }
        PageStyle::Link => link_header::next(headers).map(Next::Url),
    })
}

fn fingerprint(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The items of a page, unread.
#[derive(Default)]
struct PageOfItems<'a> {
    count: u64,
    last: Option<&'a RawValue>,
    /// Whether equal pages are one page: some item is more than a number or a Boolean.
    tells: bool,
}

impl<'a> PageOfItems<'a> {
    fn read(items: Option<&'a str>) -> Self {
        let items = items.and_then(|items| serde_json::from_str::<Vec<&RawValue>>(items).ok());
        let items = items.unwrap_or_default();
        Self {
            count: items.len() as u64,
            tells: items
                .iter()
                .any(|item| item.get().starts_with(['{', '[', '"'])),
            last: items.last().copied(),
        }
    }
}

fn flag(body: &[u8], path: Path) -> Option<bool> {
    let text = extract::at(body, path).ok()??;
    text.trim_matches('"').parse().ok()
}

/// The text or number at a path; none where it is empty.
fn text(body: &[u8], path: &[&str]) -> Option<String> {
    let text = extract::at(body, path).ok()??;
    let text = match serde_json::from_str(text) {
        Ok(serde_json::Value::String(text)) => text,
        Ok(serde_json::Value::Number(number)) => number.to_string(),
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

/// The mark in a header; none where it is empty.
fn in_header(headers: &HeaderMap, name: &str) -> Option<String> {
    let mark = headers.get(name)?.to_str().ok()?.trim();
    Some(mark.to_owned()).filter(|mark| !mark.is_empty())
}

/// The URL of the link to the next page. A link may be of several relations, and one has no case (RFC 8288, 3.3).
fn related(body: &[u8], links: Path, relation: &'static str, url: &'static str) -> Option<String> {
    let links = extract::at(body, links).ok()??;
    let links = serde_json::from_str::<Vec<&RawValue>>(links).ok()?;
    let mut links = links.iter().map(|link| link.get().as_bytes());
    let is_next = |link: &&[u8]| {
        let relations = text(link, &[relation]).unwrap_or_default();
        let mut relations = relations.split_ascii_whitespace();
        relations.any(|relation| relation.eq_ignore_ascii_case("next"))
    };
    text(links.find(is_next)?, &[url])
}

/// The text or number at a path that marks the next page. Where it is a link, the mark is the link's
/// parameter of this name.
pub(crate) fn mark(
    body: &[u8],
    path: &[&str],
    parameter: &str,
) -> Result<Option<String>, &'static str> {
    let Some(mark) = text(body, path) else {
        return Ok(None);
    };
    let is_link = mark.starts_with("http://") || mark.starts_with("https://");
    let query = match mark.split_once('?') {
        Some((before, query)) if is_link || before.is_empty() || before.starts_with('/') => query,
        _ if is_link => return Err(NO_MARK),
        _ => return Ok(Some(mark)),
    };
    let query = query.split('#').next().unwrap_or_default();
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    let found = pairs.find(|(name, value)| name == parameter && !value.is_empty());
    match found {
        Some((_, value)) => Ok(Some(value.into_owned())),
        None => Err(NO_MARK),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_may_stand_in_a_link() {
        let next = |text: &str| {
            let body = format!("{{\"next\":{text}}}");
            mark(body.as_bytes(), &["next"], "after")
        };
        let found = |mark: &str| Ok(Some(mark.to_owned()));
        assert_eq!(next("\"abc\""), found("abc"));
        assert_eq!(next("7"), found("7"));
        assert_eq!(next("\"\""), Ok(None));
        assert_eq!(next("null"), Ok(None));
        let link = next("\"https://x.test/l?limit=2&after=a%20b#top\"");
        assert_eq!(link, found("a b"));
        assert_eq!(next("\"/l?after=q\""), found("q"));
        assert_eq!(next("\"?after=q\""), found("q"));
        assert_eq!(next("\"a?after=q\""), found("a?after=q"));
    }

    #[test]
    fn a_link_without_the_mark_is_no_mark() {
        for link in ["https://x.test/l?page=2", "https://x.test/l", "/l?after="] {
            let body = serde_json::json!({ "next": link }).to_string();
            assert_eq!(mark(body.as_bytes(), &["next"], "after"), Err(NO_MARK));
        }
    }
}
