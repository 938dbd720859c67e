//! Problems of media types.

use super::joined::Group;
use super::{Code, Entry, Gravity};

codes! {
    "Media types" {
        UNTYPED_BODY "untyped-body" Finding
            "A body, or a part of a form, with a schema is text or bytes, since nothing here reads its media type (XML, YAML, CSV, CBOR, Protobuf); or it is JSON under `text/plain`."
            ""
    }
}
