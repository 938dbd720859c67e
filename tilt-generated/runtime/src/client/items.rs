//! Lists that span several requests.

use super::answer::Answer;
use super::call::Call;
use super::encode::tree::Tree;
use super::error::{DecodeError, Error};
use super::executor::{Boxed, Client, Request};
use crate::data::{Wire, extract, json};
use bytes::Bytes;
use http::StatusCode;
use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::task::{Context, Poll, ready};

/// How to walk a list, as data. Paths are property names from the root of the answer.
#[derive(Debug)]
pub struct Pagination {
    /// How the next page is asked for.
    pub style: PageStyle,
    /// Where the items are.
    pub items: &'static [&'static str],
}

/// How the next page of a list is asked for. Parameters are given by their index.
#[derive(Debug, Clone, Copy)]
pub enum PageStyle {
    /// By the number of items to skip.
    Offset {
        /// The parameter that says how many.
        offset: usize,
        /// Where the answer says how many items there are in all.
        total: Option<&'static [&'static str]>,
    },
    /// By the page's number.
    Page {
        /// The parameter that gives it.
        page: usize,
        /// The number of the first page.
        first: u64,
        /// Where the answer says how many items there are in all.
        total: Option<&'static [&'static str]>,
    },
    /// By a mark that the answer before it gave.
    Cursor {
        /// The parameter that takes it.
        cursor: usize,
        /// Where the answer has it: the mark itself, or a link that contains it.
        next: &'static [&'static str],
    },
}

/// The items of a list, page by page as they are asked for.
///
/// A limit that was set on the call is the size of the pages. The list ends with an empty page, with
/// the total that the API states, or with the last mark.
pub struct Items<T> {
    client: Client,
    request: Request,
    pagination: &'static Pagination,
    state: State,
    total: Option<u64>,
    page: VecDeque<T>,
    pending: Option<Boxed<Answer>>,
    item: PhantomData<T>,
}

#[derive(Debug)]
enum State {
    Offset(u64),
    Page { at: u64, received: Option<u64> },
    Cursor(HashSet<String>),
    Ended,
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("operation", &self.request.operation.id)
            .field("total", &self.total)
            .finish_non_exhaustive()
    }
}

impl<R> Call<R> {
    /// All items of the list, from the page that the call asks for.
    pub fn items<T>(mut self, pagination: &'static Pagination) -> Items<T> {
        let number = |request: &Request, parameter: usize| {
            let mut values = request.values.iter().rev();
            let (_, value) = values.find(|(at, _)| *at == parameter)?;
            value.scalar()?.parse::<u64>().ok()
        };
        let state = match pagination.style {
            PageStyle::Offset { offset, .. } => {
                State::Offset(number(&self.request, offset).unwrap_or(0))
            }
            PageStyle::Page { page, first, .. } => {
                let from = number(&self.request, page);
                let at = from.unwrap_or(first);
                self.request.replace(page, at.to_string());
                // Items before the page that the call starts with are not counted.
                let received = (at == first).then_some(0);
                State::Page { at, received }
            }
            PageStyle::Cursor { .. } => State::Cursor(HashSet::new()),
        };
        Items {
            client: self.client,
            request: self.request,
            pagination,
            state,
            total: None,
            page: VecDeque::new(),
            pending: None,
            item: PhantomData,
        }
    }
}

impl Request {
    fn replace(&mut self, parameter: usize, value: String) {
        self.values.retain(|(at, _)| *at != parameter);
        self.values.push((parameter, Tree::Text(value)));
    }

    /// The same request again. One that cannot be written is sent only once: to say why.
    fn again(&mut self) -> Self {
        Self {
            operation: self.operation,
            values: self.values.clone(),
            headers: self.headers.clone(),
            body: self.body.clone(),
            timeout: self.timeout,
            failure: self.failure.take(),
        }
    }
}

impl<T: Wire> Items<T> {
    /// The next item; `None` at the end. Asks for the next page when the one at hand is used up.
    ///
    /// # Errors
    ///
    /// Those of the operation. Asking again repeats the request for the page that failed.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// The next page (or what is left of the one at hand); `None` at the end.
    ///
    /// # Errors
    ///
    /// As for [`try_next`](Self::try_next).
    pub async fn next_page(&mut self) -> Result<Option<Vec<T>>, Error> {
        let more = poll_fn(|context| self.poll_page(context)).await?;
        Ok(more.then(|| self.page.drain(..).collect()))
    }

    /// All items that are left.
    ///
    /// # Errors
    ///
    /// As for [`try_next`](Self::try_next).
    pub async fn collect(mut self) -> Result<Vec<T>, Error> {
        let mut items = Vec::new();
        while let Some(page) = self.next_page().await? {
            items.extend(page);
        }
        Ok(items)
    }

    /// How many items there are in all, as the last page said.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<T>, Error>> {
        ready!(self.poll_page(context))?;
        Poll::Ready(Ok(self.page.pop_front()))
    }

    /// Makes sure that there are items at hand; `false` at the end.
    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Result<bool, Error>> {
        if !self.page.is_empty() {
            return Poll::Ready(Ok(true));
        }
        if matches!(self.state, State::Ended) {
            return Poll::Ready(Ok(false));
        }
        let (client, request) = (&self.client, &mut self.request);
        let pending = self
            .pending
            .get_or_insert_with(|| client.execute(request.again()));
        let answer = ready!(pending.as_mut().poll(context));
        self.pending = None;
        let answer = answer?;
        let status = answer.status();
        let body = answer.bytes()?;
        self.page = self.decode(status, &body)?.into();
        let count = self.page.len() as u64;
        self.advance(status, &body, count)?;
        Poll::Ready(Ok(count > 0))
    }

    fn decode(&self, status: StatusCode, body: &Bytes) -> Result<Vec<T>, Error> {
        let result = match extract::at(body, self.pagination.items) {
            Ok(Some(items)) => json::read(items.as_bytes()),
            Ok(None) => return Ok(Vec::new()),
            Err(error) => Err(error),
        };
        result.map_err(|source| {
            let operation = self.request.operation;
            let error = DecodeError::json(operation, status, body.clone(), &source);
            Error::Decode(Box::new(error))
        })
    }
}

impl<T> Items<T> {
    /// Prepares for the page after one with `count` items.
    fn advance(&mut self, status: StatusCode, body: &Bytes, count: u64) -> Result<(), Error> {
        let mut next = None;
        match (&mut self.state, self.pagination.style) {
            (State::Offset(at), PageStyle::Offset { offset, total }) if count > 0 => {
                // The items that were received count: the API may give less than what it was asked for.
                *at = at.saturating_add(count);
                self.total = total.and_then(|path| extract::number(body, path));
                if self.total.is_none_or(|total| *at < total) {
                    next = Some((offset, at.to_string()));
                }
            }
            (State::Page { at, received }, PageStyle::Page { page, total, .. }) if count > 0 => {
                *at = at.saturating_add(1);
                *received = received.map(|received| received.saturating_add(count));
                self.total = total.and_then(|path| extract::number(body, path));
                let all = received.zip(self.total);
                if all.is_none_or(|(received, total)| received < total) {
                    next = Some((page, at.to_string()));
                }
            }
            (State::Cursor(seen), PageStyle::Cursor { cursor, next: path }) if count > 0 => {
                let name = self.request.operation.parameters.get(cursor);
                let name = name.map_or("", |parameter| parameter.name);
                if let Some(mark) = mark(body, path, name) {
                    if !seen.insert(mark.clone()) {
                        self.state = State::Ended;
                        self.page.clear();
                        let problem = "the list goes round: its next mark was there before";
                        let operation = self.request.operation;
                        let error = DecodeError::new(operation, status, body.clone(), problem);
                        return Err(Error::Decode(Box::new(error)));
                    }
                    next = Some((cursor, mark));
                }
            }
            _ => {}
        }
        match next {
            Some((parameter, value)) => self.request.replace(parameter, value),
            None => self.state = State::Ended,
        }
        Ok(())
    }
}

/// The items as a stream.
#[cfg(feature = "stream")]
impl<T: Wire + Unpin> futures_core::Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        self.poll_item(context).map(Result::transpose)
    }
}

/// The text or number at a path that marks the next page. Where it is a link, the mark is the link's
/// parameter of this name.
pub(super) fn mark(body: &[u8], path: &[&str], parameter: &str) -> Option<String> {
    let text = extract::at(body, path).ok()??;
    let mark = match serde_json::from_str(text) {
        Ok(serde_json::Value::String(mark)) => mark,
        Ok(serde_json::Value::Number(mark)) => mark.to_string(),
        _ => return None,
    };
    let in_link = match mark.split_once('?') {
        Some((before, _)) if before.starts_with("http") || before.starts_with('/') => {
            let link = url::Url::parse("http://localhost").ok()?.join(&mark).ok()?;
            let mut pairs = link.query_pairs();
            pairs.find_map(|(name, value)| (name == parameter).then(|| value.into_owned()))
        }
        _ => None,
    };
    Some(in_link.unwrap_or(mark)).filter(|mark| !mark.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_may_stand_in_a_link() {
        let next = |text: &str| {
            mark(
                format!("{{\"next\":{text}}}").as_bytes(),
                &["next"],
                "after",
            )
        };
        assert_eq!(next("\"abc\""), Some("abc".to_owned()));
        assert_eq!(next("7"), Some("7".to_owned()));
        assert_eq!(next("\"\""), None);
        assert_eq!(next("null"), None);
        assert_eq!(
            next("\"https://x.test/l?limit=2&after=a%20b\""),
            Some("a b".to_owned())
        );
        assert_eq!(next("\"/l?after=q\""), Some("q".to_owned()));
    }
}
