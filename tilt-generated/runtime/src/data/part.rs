//! Files on their way into a multipart form.

use crate::data::{Upload, Wire};
use bytes::Bytes;
use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Error as _, Serialize, SerializeStruct, Serializer};
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
    data: Upload,
    file_name: Option<String>,
    content_type: Option<String>,
}

impl Part {
    /// A part of these bytes, with no name and no type.
    pub fn new(data: impl Into<Upload>) -> Self {
        Self {
            data: data.into(),
            file_name: None,
            content_type: None,
        }
    }

    /// Says what the file is called.
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

/// As the multipart encoder knows it again. Other formats see a struct.
impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut part = serializer.serialize_struct("$tilt_runtime::Part", 3)?;
        part.serialize_field("file_name", &self.file_name)?;
        part.serialize_field("content_type", &self.content_type)?;
        part.serialize_field("data", &Data(&self.data))?;
        part.end()
    }
}

/// The content of a part. It is handed over as it is to an encoder that asks for it, since serde has no form for what is not
/// read yet.
struct Data<'p>(&'p Upload);

impl Serialize for Data<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[cfg(feature = "client")]
        if handover::give(self.0) {
            return serializer.serialize_unit();
        }
        match self.0.as_bytes() {
            Some(bytes) => serializer.serialize_bytes(bytes),
            None => Err(S::Error::custom(
                "a file that is read while it is sent goes into a multipart form alone",
            )),
        }
    }
}

/// The way of a part's content past serde.
#[cfg(feature = "client")]
pub(crate) mod handover {
    use super::Upload;
    use std::cell::RefCell;

    enum Handover {
        Nobody,
        AskedFor,
        Given(Upload),
    }

    thread_local! {
        static HANDOVER: RefCell<Handover> = const { RefCell::new(Handover::Nobody) };
    }

    /// Gives the content that is serialized by `serialize`, if it is that of a part, and the end of that.
    pub(crate) fn take<T>(serialize: impl FnOnce() -> T) -> (T, Option<Upload>) {
        HANDOVER.replace(Handover::AskedFor);
        let end = serialize();
        match HANDOVER.replace(Handover::Nobody) {
            Handover::Given(upload) => (end, Some(upload)),
            Handover::Nobody | Handover::AskedFor => (end, None),
        }
    }

    /// Hands it over, if somebody asks for it.
    pub(super) fn give(upload: &Upload) -> bool {
        HANDOVER.with_borrow_mut(|handover| {
            let is_asked_for = matches!(handover, Handover::AskedFor);
            if is_asked_for {
                *handover = Handover::Given(upload.clone());
            }
            is_asked_for
        })
    }
}

/// A file goes one way: there is nothing to read it from.
impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Err(D::Error::custom(
            "a file in a multipart form is only sent, never read",
        ))
    }
}

impl Wire for Part {}
impl Wire for Bytes {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_does_not_show_the_content() {
        let shown = format!("{:?}", Part::new("content").file_name("a.txt"));
        assert!(shown.contains("a.txt") && !shown.contains("content\""));
    }
}
