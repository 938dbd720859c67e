//! Calls from programs that are not asynchronous.

use super::answer::Response;
use super::download::Download;
use super::error::Error;
use super::event_stream::{EventStream, ServerEvent};
use super::items::{Items, Pages};
use super::json_lines::JsonLines;
use super::reply::Reply;
use crate::data::Wire;
use std::future::{Future, IntoFuture, pending, poll_fn};
use std::io::{self, Read};
use std::sync::{Mutex, PoisonError};
use std::thread;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::runtime::{Builder, Handle};

/// Waits for a call where nothing is asynchronous: `client.orders().get(id).wait()?`.
///
/// All that would be awaited has it: calls, and what they answer with. `items().wait()` is an iterator, and so are pages,
/// events and lines; a [`Download`] is read by `wait()`. Connections and timers run on one thread that all clients of a
/// program share.
pub trait Wait: IntoFuture + Sized {
    /// The answer.
    type Answer;

    /// Sends the call, and waits for its answer.
    ///
    /// # Errors
    ///
    /// Those of the call, and [`Error::Config`] in an asynchronous runtime, which waiting would bring to a halt.
    fn wait(self) -> Result<Self::Answer, Error>;
}

impl<F, T> Wait for F
where
    F: IntoFuture<Output = Result<T, Error>>,
{
    type Answer = T;

    fn wait(self) -> Result<T, Error> {
        block_on(self.into_future())
    }
}

/// Runs a future to its end on this thread.
fn block_on<T>(future: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    match Handle::try_current() {
        Ok(_) => Err(Error::config(
            "`wait` is for where nothing is asynchronous, and this is a tokio runtime: await the call instead",
        )),
        Err(error) if error.is_thread_local_destroyed() => Err(Error::config(
            "`wait` needs a thread that goes on, and this one is at its end",
        )),
        Err(_) => runtime()?.block_on(future),
    }
}

/// The runtime of all programs that wait, which runs on a thread of its own.
fn runtime() -> Result<Handle, Error> {
    static RUNTIME: Mutex<Option<Handle>> = Mutex::new(None);
    let mut runtime = RUNTIME.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(runtime) = &*runtime {
        return Ok(runtime.clone());
    }
    let started = start().map_err(|error| {
        Error::config(format!("`wait` needs a thread for connections: {error}"))
    })?;
    Ok(runtime.insert(started).clone())
}

fn start() -> io::Result<Handle> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    thread::Builder::new()
        .name("tilt-runtime".to_owned())
        .spawn(move || runtime.block_on(pending::<()>()))?;
    Ok(handle)
}

/// Something that comes piece by piece, each of which is waited for: an iterator, or a reader. It ends with the first error.
#[derive(Debug)]
pub struct Waiting<S>(Option<S>);

macro_rules! waiting {
    ($($(#[$doc:meta])* $name:ident<$parameter:ident: $bound:ident> of $item:ty;)*) => {$(
        impl<$parameter: $bound> $name<$parameter> {
            $(#[$doc])*
            pub fn wait(self) -> Waiting<Self> {
                Waiting(Some(self))
            }
        }

        impl<$parameter: $bound> Iterator for Waiting<$name<$parameter>> {
            type Item = Result<$item, Error>;

            fn next(&mut self) -> Option<Self::Item> {
                let next = block_on(self.0.as_mut()?.try_next()).transpose();
                if !matches!(next, Some(Ok(_))) {
                    self.0 = None;
                }
                next
            }
        }
    )*};
}

waiting! {
    /// The items as an iterator, which waits for each page.
    Items<T: Wire> of T;
    /// The pages as an iterator, which waits for each.
    Pages<R: Reply> of Response<R::Output>;
    /// The events as an iterator, which waits for each.
    EventStream<T: Wire> of ServerEvent<T>;
    /// The values as an iterator, which waits for each.
    JsonLines<T: Wire> of T;
}

impl Download {
    /// The bytes as a reader, which waits for each piece. Its errors have an [`Error`] as the inner one.
    pub fn wait(self) -> Waiting<Self> {
        Waiting(Some(self))
    }
}

impl Read for Waiting<Download> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(download) = &mut self.0 else {
            return Ok(0);
        };
        let mut buffer = ReadBuf::new(buffer);
        let read =
            poll_fn(|context| std::pin::Pin::new(&mut *download).poll_read(context, &mut buffer));
        let read = block_on(async { Ok(read.await) });
        match read.unwrap_or_else(|error| Err(io::Error::other(error))) {
            Ok(()) => Ok(buffer.filled().len()),
            Err(error) => {
                self.0 = None;
                Err(error)
            }
        }
    }
}
