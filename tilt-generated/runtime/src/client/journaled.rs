//! A call's request to its journal.

use crate::journal::{JournaledCall, Note};

/// The journal's part of a call, as its caller asks for it.
#[derive(Debug, Default)]
pub(crate) struct Journaled {
    pub(crate) note: Option<Note>,
    pub(crate) resumed: Option<JournaledCall>,
}
