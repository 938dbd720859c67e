//! An API as data: what all of its operations share.

use super::error::ErrorShape;
use crate::data::described::{Scheme, Status};

/// All that the operations of an API share.
#[derive(Debug)]
pub struct Api {
    /// Name of the client and its version, for `User-Agent`.
    pub user_agent: &'static str,
    /// The ways to authenticate.
    pub schemes: &'static [Scheme],
    /// Where error bodies carry what everybody asks for.
    pub errors: ErrorShape,
    /// Statuses with which the API says that it did not carry out a request, beyond those of which HTTP says so.
    pub refused: &'static [Status],
}
