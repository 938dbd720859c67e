//! The walk over a list that spans several requests, page by page.

use super::answer::Answer;
use super::error::Error;
use super::executor::{Boxed, Client, Request};
use super::pagination::{Next, Pagination, Progress};
use std::task::{Context, Poll, ready};
use url::Url;

/// So many pages are walked unless more are allowed: a list that an API makes up as it is read has an end.
const MOST_PAGES: u64 = 100_000;

/// Asks for one page after another. Nothing here is generic over the items.
pub(crate) struct Walk {
    client: Client,
    pub(crate) request: Request,
    pub(crate) pagination: &'static Pagination,
    progress: Progress,
    pages: u64,
    most_pages: u64,
    ended: bool,
    pending: Option<Boxed<Answer>>,
}

impl Walk {
    pub(crate) fn new(
        client: Client,
        mut request: Request,
        pagination: &'static Pagination,
    ) -> Self {
        let progress = Progress::start(pagination, |slot| request.number_in(slot));
        if let Some((slot, value)) = progress.number(pagination)
            && let Err(reason) = request.replace(slot, value)
        {
            request.fail("the list", reason);
        }
        Self {
            client,
            request,
            pagination,
            progress,
            pages: 0,
            most_pages: MOST_PAGES,
            ended: false,
            pending: None,
        }
    }

    pub(crate) fn total(&self) -> Option<u64> {
        self.progress.total
    }

    pub(crate) fn limit(&mut self, pages: u64) {
        self.most_pages = pages;
    }

    /// The next page, read; `None` at the end. A page that cannot be had or read is asked for again the next
    /// time; one that does not say where to go on is the last.
    pub(crate) fn poll<T>(
        &mut self,
        context: &mut Context<'_>,
        read: impl FnOnce(Answer) -> Result<T, Error>,
    ) -> Poll<Result<Option<T>, Error>> {
        if self.ended {
            return Poll::Ready(Ok(None));
        }
        if self.pages == self.most_pages {
            self.ended = true;
            let reason = format!("is not over after {} pages; see `page_limit`", self.pages);
            let error = Error::invalid(self.request.operation, "the list", reason);
            return Poll::Ready(Err(error));
        }
        let (client, request) = (&self.client, &mut self.request);
        let pending = self
            .pending
            .get_or_insert_with(|| client.execute(request.again()));
        let answer = ready!(pending.as_mut().poll(context));
        self.pending = None;
        Poll::Ready(answer.and_then(|answer| self.page(answer, read)).map(Some))
    }

    fn page<T>(
        &mut self,
        answer: Answer,
        read: impl FnOnce(Answer) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let (origin, headers) = (answer.origin(), answer.headers.clone());
        let body = answer.whole();
        let page = read(answer)?;
        self.pages += 1;
        let operation = self.request.operation;
        let next = self
            .progress
            .next(self.pagination, operation, &headers, &body)
            .and_then(|next| self.turn(next));
        next.map_err(|problem| {
            self.ended = true;
            origin.unreadable(body, problem)
        })?;
        Ok(page)
    }

    /// Makes the request the one for the next page.
    fn turn(&mut self, next: Next) -> Result<(), &'static str> {
        match next {
            Next::Value(slot, value) => self.request.replace(slot, value)?,
            Next::Url(link) => self.request.url = Some(self.follow(&link)?),
            Next::End => self.ended = true,
        }
        Ok(())
    }

    /// The URL that a link of the page at hand leads to. Credentials go with it, and so to no other server.
    fn follow(&self, link: &str) -> Result<Url, &'static str> {
        let own = match &self.request.url {
            Some(url) => url.clone(),
            None => self
                .client
                .url(&self.request)
                .ok_or("the list has no URL")?,
        };
        let mut url = own
            .join(link)
            .map_err(|_| "the link to the next page is no URL")?;
        let has_credentials = !url.username().is_empty() || url.password().is_some();
        if url.origin() != own.origin() || has_credentials {
            return Err("the link to the next page leads to another server: it is not followed");
        }
        url.set_fragment(None);
        Ok(url)
    }
}

impl Request {
    /// The same request again. One that cannot be written is sent only once: to say why.
    fn again(&mut self) -> Self {
        Self {
            operation: self.operation,
            values: self.values.clone(),
            headers: self.headers.clone(),
            body: self.body.clone(),
            url: self.url.clone(),
            suffix: self.suffix.clone(),
            timeout: self.timeout,
            attempts: self.attempts,
            stream_bytes: self.stream_bytes,
            // Another page is another request, and gets a key of its own.
            key: None,
            journaled: std::mem::take(&mut self.journaled),
            failure: self.failure.take(),
            header_failure: self.header_failure.take(),
            violations: std::mem::take(&mut self.violations),
            validates: self.validates,
        }
    }
}
