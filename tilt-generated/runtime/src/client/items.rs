//! Lists that span several requests, item by item or page by page.

use super::answer::{Answer, Response};
use super::call::Call;
use super::error::Error;
use super::pagination::Pagination;
use super::reply::Reply;
use super::walk::Walk;
use crate::data::{Wire, extract, json};
use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::task::{Context, Poll, ready};

/// The items of a list, page by page as they are asked for.
///
/// A limit that was set on the call is the size of the pages. The list ends as the API says: by the total or
/// by whether there are more, with the last mark or link, or with an empty page where it is counted. A list
/// that comes back to where it was is an error.
pub struct Items<T> {
    walk: Walk,
    page: VecDeque<T>,
}

/// The pages of a list as they are asked for, each with all that its answer says.
///
/// They end as [`Items`] do.
pub struct Pages<R> {
    walk: Walk,
    reply: PhantomData<fn() -> R>,
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("operation", &self.walk.request.operation.id)
            .field("total", &self.total())
            .finish_non_exhaustive()
    }
}

impl<R> fmt::Debug for Pages<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &self.walk.request.operation.id)
            .finish_non_exhaustive()
    }
}

impl<R> Call<R> {
    /// All items of the list, from the page that the call asks for.
    pub fn items<T>(self, pagination: &'static Pagination) -> Items<T> {
        Items {
            walk: Walk::new(self.client, self.request, pagination),
            page: VecDeque::new(),
        }
    }

    /// All pages of the list, from the one that the call asks for.
    pub fn pages(self, pagination: &'static Pagination) -> Pages<R> {
        Pages {
            walk: Walk::new(self.client, self.request, pagination),
            reply: PhantomData,
        }
    }
}

impl<T> Items<T> {
    /// How many items there are in all, as the last page said.
    pub fn total(&self) -> Option<u64> {
        self.walk.total()
    }

    /// Gives up after so many pages, with an error: 100,000 unless set.
    #[must_use]
    pub fn page_limit(mut self, pages: u64) -> Self {
        self.walk.limit(pages);
        self
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

    /// The items of the next page (or what is left of the one at hand); `None` at the end.
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

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<T>, Error>> {
        ready!(self.poll_page(context))?;
        Poll::Ready(Ok(self.page.pop_front()))
    }

    /// Makes sure that there are items at hand; `false` at the end.
    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Result<bool, Error>> {
        while self.page.is_empty() {
            let pagination = self.walk.pagination;
            let read = |answer| read(pagination, answer);
            match ready!(self.walk.poll(context, read))? {
                Some(page) => self.page = page.into(),
                None => return Poll::Ready(Ok(false)),
            }
        }
        Poll::Ready(Ok(true))
    }
}

/// The items of an answer.
fn read<T: Wire>(pagination: &Pagination, answer: Answer) -> Result<Vec<T>, Error> {
    let body = answer.body_bytes()?;
    let result = match extract::at(&body, pagination.items) {
        Ok(Some(items)) => json::read(items.as_bytes()),
        Ok(None) => return Ok(Vec::new()),
        Err(error) => Err(error),
    };
    result.map_err(|source| answer.origin().no_such_json(body.clone(), &source))
}

impl<R> Pages<R> {
    /// Gives up after so many pages, with an error: 100,000 unless set.
    #[must_use]
    pub fn page_limit(mut self, pages: u64) -> Self {
        self.walk.limit(pages);
        self
    }
}

impl<R: Reply> Pages<R> {
    /// The next page: its body, with the status and the headers that it came with; `None` at the end.
    ///
    /// # Errors
    ///
    /// Those of the operation. Asking again repeats the request for the page that failed.
    pub async fn try_next(&mut self) -> Result<Option<Response<R::Output>>, Error> {
        poll_fn(|context| self.poll_page(context)).await
    }

    fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Response<R::Output>>, Error>> {
        self.walk
            .poll(context, |answer| Response::read(answer, R::read))
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

/// The pages as a stream.
#[cfg(feature = "stream")]
impl<R: Reply> futures_core::Stream for Pages<R> {
    type Item = Result<Response<R::Output>, Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        self.poll_page(context).map(Result::transpose)
    }
}
