//! How values are written into requests.

mod content;
pub(crate) mod cookies;
pub(crate) mod form;
pub(crate) mod multipart;
pub(crate) mod percent;
pub(crate) mod style;
pub(crate) mod url;
