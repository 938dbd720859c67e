//! Deliveries that are genuine.

use super::headers::Headers;
use super::scheme::Signature;
use crate::data::{FromHeader, Header, HeaderError, event};
use bytes::Bytes;
use std::fmt;
use std::sync::OnceLock;

/// All events of an API. Generated enums implement it.
#[doc(hidden)]
pub trait Events: Sized {
    /// The scheme by which deliveries are signed.
    const SIGNATURE: Signature;
    /// Where a payload says of what kind it is; empty: nowhere.
    const KIND: &'static [&'static str];
    /// Where a payload has the id by which deliveries are told apart; empty: nowhere.
    const ID: &'static [&'static str];
    /// The headers that events are documented to have.
    const HEADERS: &'static [&'static str] = &[];

    /// Reads a payload, whatever it is.
    fn parse(body: &[u8]) -> Self;
}

/// A genuine delivery.
#[derive(Clone)]
pub struct Delivery<E> {
    /// The id of a header that is signed.
    header_id: Option<String>,
    headers: Vec<Documented>,
    id: Property,
    kind: Property,
    event: E,
    body: Bytes,
}

/// A header that events are documented to have, and its value in this delivery.
#[derive(Clone)]
struct Documented {
    name: &'static str,
    value: Option<Bytes>,
}

/// A property of the body that is looked up when it is asked for.
#[derive(Clone)]
struct Property {
    path: &'static [&'static str],
    text: OnceLock<Option<String>>,
}

impl Property {
    fn at(path: &'static [&'static str]) -> Self {
        let text = OnceLock::new();
        Self { path, text }
    }

    fn of(&self, body: &[u8], look: fn(&[u8], &[&str]) -> Option<String>) -> Option<&str> {
        let text = self.text.get_or_init(|| look(body, self.path));
        text.as_deref()
    }
}

impl<E: Events> Delivery<E> {
    pub(super) fn read(headers: &impl Headers, body: Bytes, header_id: Option<String>) -> Self {
        let documented = E::HEADERS.iter().map(|name| {
            let first = headers.values(name).first().copied();
            let value = first.map(Bytes::copy_from_slice);
            Documented { name, value }
        });
        Self {
            header_id,
            headers: documented.collect(),
            id: Property::at(E::ID),
            kind: Property::at(E::KIND),
            event: E::parse(&body),
            body,
        }
    }
}

impl<E> Delivery<E> {
    /// The event.
    pub fn event(&self) -> &E {
        &self.event
    }

    /// The event itself.
    pub fn into_event(self) -> E {
        self.event
    }

    /// The event's kind as the API writes it, also of one that is not documented.
    pub fn kind(&self) -> Option<&str> {
        self.kind.of(&self.body, event::property)
    }

    /// The id of the event, or else that of the delivery in a header that is signed. The same event can be delivered
    /// more than once. A blank id is none.
    pub fn id(&self) -> Option<&str> {
        let id = self.id.of(&self.body, event::id);
        id.or(self.header_id.as_deref())
    }

    /// A header as the API documents it: generated crates have constants for that. `None` where it did not come.
    ///
    /// # Errors
    ///
    /// When it has another form, or when no event is documented to have it.
    pub fn header_as<H: FromHeader>(&self, header: Header<H>) -> Result<Option<H>, HeaderError> {
        header.read(self.documented(header.name())?)
    }

    /// The same with a header that has to be there.
    ///
    /// # Errors
    ///
    /// As for [`header_as`](Self::header_as), and when it did not come.
    pub fn required_header<H: FromHeader>(&self, header: Header<H>) -> Result<H, HeaderError> {
        header.require(self.documented(header.name())?)
    }

    fn documented(&self, name: &'static str) -> Result<Option<&Bytes>, HeaderError> {
        let mut headers = self.headers.iter();
        let documented = headers.find(|it| it.name.eq_ignore_ascii_case(name));
        let documented = documented.ok_or(HeaderError::Undocumented { name })?;
        Ok(documented.value.as_ref())
    }

    /// The body as it came.
    pub fn raw(&self) -> &Bytes {
        &self.body
    }
}

impl<E: fmt::Debug> fmt::Debug for Delivery<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("id", &self.id())
            .field("event", &self.event)
            .finish_non_exhaustive()
    }
}
