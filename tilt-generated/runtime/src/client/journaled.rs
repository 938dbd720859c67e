//! A call's part in its journal: what it asks for, and until when it is sent.

use super::operation::Operation;
use crate::data::described::Location;
use crate::journal::{Calls, Intent, JournaledCall, Note};
use std::time::SystemTime;

/// The journal's part of a call, as its caller asks for it.
#[derive(Debug, Default)]
pub(crate) struct Journaled {
    pub(crate) note: Option<Note>,
    pub(crate) resumed: Option<JournaledCall>,
}

/// The time of day from which a call that was stored is no longer sent: others count on that. A deadline alone does not
/// see the time in which the machine was suspended.
#[derive(Debug)]
pub(crate) struct Ends {
    pub(crate) calls: Calls,
    pub(crate) at: SystemTime,
}

impl Ends {
    pub(crate) fn is_over(&self) -> bool {
        self.calls.now() >= self.at
    }
}

/// The values in the path, as they were stored, by index of the parameter.
pub(crate) fn stored_path(operation: &Operation, intent: &Intent) -> Vec<(usize, String)> {
    let index = |name: &str| {
        let mut parameters = operation.parameters.iter();
        parameters.position(|it| it.location == Location::Path && it.name == name)
    };
    let values = intent.path.iter();
    values
        .filter_map(|(name, value)| Some((index(name)?, value.clone())))
        .collect()
}
