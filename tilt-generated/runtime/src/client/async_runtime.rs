//! The tokio runtime that connections and timers need.

use super::error::Error;

/// Refuses to go on outside of a tokio runtime, where timers would panic.
pub(crate) fn required() -> Result<(), Error> {
    match tokio::runtime::Handle::try_current() {
        Ok(_) => Ok(()),
        Err(_) => Err(Error::config(
            "a call needs a tokio runtime: await it in one, such as that of `#[tokio::main]`, or use `wait` of the feature \
             `blocking`",
        )),
    }
}
