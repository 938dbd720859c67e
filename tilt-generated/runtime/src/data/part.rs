//! Files on their way into a multipart form.

use crate::data::{Upload, Wire};
use bytes::Bytes;
use serde::de::{Deserialize, Deserializer, Visitor};
use serde::ser::{Error as _, Serialize, Serializer};
use std::fmt;

/// A file in a multipart form: its bytes, and what the form says about them.
///
/// ```
/// use tilt_runtime::Part;
///
/// let part = Part::new("a,b\n1,2\n").file_name("table.csv").content_type("text/csv");
/// ```
///
/// With the feature `client`, it may be read while it is sent: `Part::new(Upload::file("table.csv"))`.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Part {
    pub(crate) data: Upload,
    pub(crate) file_name: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
}

impl Part {
    /// A part of these bytes, with no name and no type.
    pub fn new(data: impl Into<Upload>) -> Self {
        Self {
            data: data.into(),
            ..Self::default()
        }
    }

    /// Says what the file is called. In `multipart/form-data`, one without a name is called `blob`, as browsers call it: without
    /// any, many servers take a part for a text (RFC 7578, section 4.2).
    #[must_use]
    pub fn file_name(mut self, file_name: impl Into<String>) -> Self {
        self.file_name = Some(file_name.into());
        self
    }

    /// Says what kind of file this is, such as `image/png`.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Adds a header of the part alone, where the API documents one. The two that a part has by itself, `Content-Type` and
    /// `Content-Disposition`, cannot be set so: a call with them fails before it is sent.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The content of the file.
    pub fn data(&self) -> &Upload {
        &self.data
    }
}

impl From<Upload> for Part {
    fn from(data: Upload) -> Self {
        Self::new(data)
    }
}

impl From<Bytes> for Part {
    fn from(data: Bytes) -> Self {
        Self::new(data)
    }
}

impl From<Vec<u8>> for Part {
    fn from(data: Vec<u8>) -> Self {
        Self::new(data)
    }
}

/// Tells the size only: files are long, and may be secret.
impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part")
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .field("length", &self.data.length())
            .finish()
    }
}

/// The name under which encoders and decoders of forms know a part again.
pub(crate) const NAME: &str = "$tilt_runtime::Part";

/// In a multipart form, a part of it. In JSON it is text, which is what a schema of text says of a file there.
impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(NAME, &Content(self))
    }
}

/// The content of a part, handed over as it is to an encoder that asks for it: serde has no form for what is not read yet.
struct Content<'p>(&'p Part);

impl Serialize for Content<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[cfg(any(feature = "client", feature = "server"))]
        if handover::give(self.0) {
            return serializer.serialize_unit();
        }
        let Some(bytes) = self.0.data.as_bytes() else {
            return Err(S::Error::custom(
                "a file that is read while it is sent goes into a multipart form alone",
            ));
        };
        match str::from_utf8(bytes) {
            Ok(text) => serializer.serialize_str(text),
            Err(_) => Err(S::Error::custom(
                "a file that is no text goes into a multipart form alone",
            )),
        }
    }
}

/// The way of a part past serde.
pub(crate) mod handover {
    use super::Part;
    use std::cell::RefCell;

    enum Handover {
        Nobody,
        #[cfg(any(feature = "client", feature = "server"))]
        AskedFor,
        Given(Part),
    }

    thread_local! {
        static HANDOVER: RefCell<Handover> = const { RefCell::new(Handover::Nobody) };
    }

    /// Offers a part to what `deserialize` reads, if that is one.
    pub(crate) fn offer<T>(part: &Part, deserialize: impl FnOnce() -> T) -> T {
        HANDOVER.replace(Handover::Given(part.clone()));
        let read = deserialize();
        HANDOVER.replace(Handover::Nobody);
        read
    }

    /// The part that is offered.
    pub(super) fn accept() -> Option<Part> {
        match HANDOVER.replace(Handover::Nobody) {
            Handover::Given(part) => Some(part),
            #[cfg(any(feature = "client", feature = "server"))]
            Handover::AskedFor => None,
            Handover::Nobody => None,
        }
    }

    /// Gives the part that is serialized by `serialize`, if it is one, and the end of that.
    #[cfg(any(feature = "client", feature = "server"))]
    pub(crate) fn take<T>(serialize: impl FnOnce() -> T) -> (T, Option<Part>) {
        HANDOVER.replace(Handover::AskedFor);
        let end = serialize();
        match HANDOVER.replace(Handover::Nobody) {
            Handover::Given(part) => (end, Some(part)),
            Handover::Nobody | Handover::AskedFor => (end, None),
        }
    }

    /// Hands it over, if somebody asks for it.
    #[cfg(any(feature = "client", feature = "server"))]
    pub(super) fn give(part: &Part) -> bool {
        HANDOVER.with_borrow_mut(|handover| {
            let is_asked_for = matches!(handover, Handover::AskedFor);
            if is_asked_for {
                *handover = Handover::Given(part.clone());
            }
            is_asked_for
        })
    }
}

/// The part of a form, or the text that stands for a file where there is no form around it.
impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(NAME, PartVisitor)
    }
}

struct PartVisitor;

impl<'de> Visitor<'de> for PartVisitor {
    type Value = Part;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Part, D::Error> {
        String::deserialize(deserializer).map(|text| Part::new(Bytes::from(text)))
    }

    /// Nothing is read of a part that is handed over.
    fn visit_unit<E: serde::de::Error>(self) -> Result<Part, E> {
        let part = handover::accept();
        part.ok_or_else(|| E::invalid_type(serde::de::Unexpected::Unit, &self))
    }
}

impl Wire for Part {}
impl Wire for Bytes {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_text_in_json() {
        let part: Part = serde_json::from_str("\"a\"").unwrap();
        assert_eq!(part, Part::new("a"));
        assert_eq!(serde_json::to_string(&part).unwrap(), "\"a\"");
        let refused = serde_json::to_string(&Part::new(vec![0xff])).unwrap_err();
        assert!(refused.to_string().contains("no text"), "{refused}");
    }

    #[test]
    fn debug_does_not_show_the_content() {
        let shown = format!("{:?}", Part::new("content").file_name("a.txt"));
        assert!(shown.contains("a.txt") && !shown.contains("content\""));
    }
}
