//! Bodies of bytes, which an implementation is given as they arrive.

use super::body::{BODY, too_large};
use super::problem::Problem;
use axum::body::Body;
use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;
use std::fmt;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

/// A body of bytes, as it arrives: a stream of its pieces, which ends with a [`Problem`] where there are more bytes than the
/// [limit](super::Limits::upload), or where it breaks off. It is no larger in memory than a piece.
pub struct Upload {
    /// Never locked but to look at it: with a lock, requests may be shared among threads.
    body: Mutex<Body>,
    limit: u64,
    left: u64,
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").finish_non_exhaustive()
    }
}

impl Upload {
    pub(super) fn new(body: Body, limit: u64) -> Self {
        Self {
            body: Mutex::new(body),
            limit,
            left: limit,
        }
    }

    /// Whether nothing comes, as far as that is known before anything is read.
    pub(super) fn is_empty(&self) -> bool {
        let body = self.body.lock().unwrap_or_else(PoisonError::into_inner);
        body.is_end_stream()
    }

    /// The next piece; `None`: that was all.
    ///
    /// # Errors
    ///
    /// When the body is too large (413) or breaks off (400).
    pub async fn next(&mut self) -> Result<Option<Bytes>, Problem> {
        let next = std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context));
        next.await.transpose()
    }

    /// All of it, in memory.
    ///
    /// # Errors
    ///
    /// As [`next`](Self::next).
    pub async fn bytes(mut self) -> Result<Bytes, Problem> {
        let mut all = Vec::new();
        while let Some(piece) = self.next().await? {
            all.extend_from_slice(&piece);
        }
        Ok(all.into())
    }
}

impl Stream for Upload {
    type Item = Result<Bytes, Problem>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Problem>>> {
        loop {
            let body = self.body.get_mut();
            let body = Pin::new(body.unwrap_or_else(PoisonError::into_inner));
            let Some(frame) = ready!(body.poll_frame(context)) else {
                return Poll::Ready(None);
            };
            let piece = match frame.map(http_body::Frame::into_data) {
                Ok(Ok(piece)) => piece,
                // Trailers.
                Ok(Err(_)) => continue,
                Err(_) => {
                    let problem = Problem::unreadable(BODY, "breaks off");
                    return self.broken(problem);
                }
            };
            let left = self.left.checked_sub(piece.len() as u64);
            let Some(left) = left else {
                let problem = too_large(self.limit);
                return self.broken(problem);
            };
            self.left = left;
            return Poll::Ready(Some(Ok(piece)));
        }
    }
}

impl Upload {
    /// The end, after which nothing is read.
    fn broken(&mut self, problem: Problem) -> Poll<Option<Result<Bytes, Problem>>> {
        self.body = Mutex::new(Body::empty());
        Poll::Ready(Some(Err(problem)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::stream::All;
    use super::*;

    async fn read(pieces: &[&'static str], limit: u64) -> Result<Vec<Bytes>, u16> {
        let pieces = pieces.iter().map(|it| Ok::<_, std::io::Error>(*it));
        let body = Body::from_stream(All::of(pieces));
        let mut upload = Upload::new(body, limit);
        let mut read = Vec::new();
        while let Some(piece) = upload.next().await.map_err(|it| it.status().as_u16())? {
            read.push(piece);
        }
        Ok(read)
    }

    #[tokio::test]
    async fn pieces_come_as_they_are_and_no_more_than_the_limit() {
        assert_eq!(
            read(&["ab", "c"], 3).await,
            Ok(vec!["ab".into(), "c".into()])
        );
        assert_eq!(read(&["ab", "cd"], 3).await, Err(413));
        assert_eq!(read(&[], 0).await, Ok(Vec::new()));
    }
}
