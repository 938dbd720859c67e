//! Requests beyond what their operations ask for.

use http::request::Parts;
use http::{HeaderMap, Uri};
use std::fmt;

/// A request beside its parameters and body: its headers, who sent it, and what other layers left in it.
pub struct Context {
    pub(super) parts: Parts,
}

/// The principals that were found, in the order of the schemes.
#[derive(Clone)]
pub(super) struct Principals<P>(pub(super) Vec<P>);

/// Shows no values: they may be secrets.
impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("method", &self.parts.method)
            .finish_non_exhaustive()
    }
}

impl Context {
    /// All headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }

    /// The URL, as it was asked for.
    #[must_use]
    pub fn uri(&self) -> &Uri {
        &self.parts.uri
    }

    /// A value that a layer of the server left in the request, by its type.
    #[must_use]
    pub fn extension<T: Clone + Send + Sync + 'static>(&self) -> Option<&T> {
        self.parts.extensions.get()
    }

    /// The sender: what [`Authorize`](super::Authorize) gave for its first credential. `None` where it came without,
    /// which the document allows then.
    #[must_use]
    pub fn principal<P: Clone + Send + Sync + 'static>(&self) -> Option<&P> {
        self.principals().first()
    }

    /// The same of all credentials, where several are needed together.
    #[must_use]
    pub fn principals<P: Clone + Send + Sync + 'static>(&self) -> &[P] {
        let found = self.parts.extensions.get::<Principals<P>>();
        found.map_or(&[], |principals| &principals.0)
    }
}
