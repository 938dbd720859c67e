//! Claim, handle, commit.

use super::error::InboxError;
use super::lease::Lease;
use super::outcome::Outcome;
use std::time::Duration;

/// Remembers which events were handled.
pub trait Inbox: Send + Sync {
    /// The claim on an event, and the transaction in which it is handled, where the inbox has one.
    type Work: Work;

    /// Claims an event. One without an id is always new, and leaves no mark.
    fn claim(
        &self,
        id: Option<&str>,
    ) -> impl Future<Output = Result<Claim<Self::Work>, InboxError>> + Send;

    /// The time that work may take.
    fn lease(&self) -> &Lease;
}

/// The claim on an event. Dropped, it is released.
pub trait Work: Send {
    /// Remembers that the event was handled, and commits what was done in the work's transaction.
    fn commit(self) -> impl Future<Output = Result<(), InboxError>> + Send;

    /// Gives the event up, and rolls back what was done in the work's transaction.
    fn release(self) -> impl Future<Output = Result<(), InboxError>> + Send;
}

/// Whether an event is to be handled.
#[derive(Debug)]
#[non_exhaustive]
pub enum Claim<W> {
    /// It is, by who claimed it.
    New(W),
    /// It was handled before.
    Done,
    /// It is being handled elsewhere, and that may fail.
    InWork {
        /// When to ask again.
        retry_after: Duration,
    },
}

/// Handles an event once: claims it by its id, calls the handler, and commits. The handler does its work in the
/// transaction that it is given, so that effect and mark are both there, or neither.
///
/// The handler is dropped where it awaits something when the lease is over, and the event is released. It is released
/// as well when the handler fails, panics, or is dropped. A database that is silent for as long is
/// [`Outcome::Unavailable`].
pub async fn handle<I, H, E>(inbox: &I, id: Option<&str>, handler: H) -> Outcome<E>
where
    I: Inbox,
    H: AsyncFnOnce(&mut I::Work) -> Result<(), E>,
{
    // A blank id tells nothing apart.
    let id = id.filter(|id| !id.trim().is_empty());
    let lease = inbox.lease();
    let claimed = lease.within(inbox.claim(id)).await;
    let mut work = match claimed.unwrap_or_else(silent) {
        Ok(Claim::New(work)) => work,
        Ok(Claim::Done) => return Outcome::AlreadyHandled,
        Ok(Claim::InWork { retry_after }) => return Outcome::InWork { retry_after },
        Err(error) => return Outcome::Unavailable(error),
    };
    let handled = lease.within(handler(&mut work)).await;
    let outcome = match handled {
        Some(Ok(())) => {
            let committed = lease.within(work.commit()).await;
            return match committed.unwrap_or_else(silent) {
                Ok(()) => Outcome::Handled,
                Err(error) => Outcome::Unavailable(error),
            };
        }
        Some(Err(error)) => Outcome::Failed(error),
        None => Outcome::LeaseOver,
    };
    // A release that fails is made up for: by the end of the connection, or of the lease.
    let _: Option<Result<(), InboxError>> = lease.within(work.release()).await;
    outcome
}

fn silent<T>() -> Result<T, InboxError> {
    Err(InboxError::store("it does not answer"))
}
