//! Operations before they have a name.

use crate::model::HttpMethod;

/// An operation to name.
#[derive(Debug, Clone, Copy)]
pub(in crate::lower) struct Unnamed<'a> {
    pub path: &'a str,
    pub method: HttpMethod,
    pub id: Option<&'a str>,
    pub tags: &'a [String],
}
