//! Files on their way into a multipart form.

use crate::data::Wire;
use bytes::Bytes;
use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::fmt;

/// A file in a multipart form: its bytes, and what the form says about them.
///
/// ```
/// use tilt_runtime::Part;
///
/// let part = Part::new("a,b\n1,2\n").file_name("table.csv").content_type("text/csv");
/// ```
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Part {
    data: Bytes,
    file_name: Option<String>,
    content_type: Option<String>,
}

impl Part {
    /// A part of these bytes, with no name and no type.
    pub fn new(data: impl Into<Bytes>) -> Self {
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

    /// The bytes of the file.
    pub fn data(&self) -> &Bytes {
        &self.data
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
            .field("length", &self.data.len())
            .finish()
    }
}

/// As the multipart encoder knows it again. Other formats see a struct.
impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut part = serializer.serialize_struct("$tilt_runtime::Part", 3)?;
        part.serialize_field("file_name", &self.file_name)?;
        part.serialize_field("content_type", &self.content_type)?;
        part.serialize_field("data", &self.data)?;
        part.end()
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
