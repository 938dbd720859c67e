//! Reasons for which something is not read.

use crate::data::locate;
use serde::de::{Error, Expected, Unexpected};
use std::borrow::Cow;
use std::fmt;

/// Why something is not read, and where in it. It shows no values.
#[derive(Debug)]
pub(crate) struct Misfit {
    /// A JSON pointer.
    pub(crate) pointer: String,
    pub(crate) reason: Cow<'static, str>,
    pub(crate) kind: MisfitKind,
}

/// In which way something is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MisfitKind {
    /// It is a value of another type.
    Unfit,
    /// It is no value at all.
    Unreadable,
    /// It is in a format that is not known here.
    Unsupported,
}

impl Misfit {
    pub(crate) fn unreadable(reason: impl Into<Cow<'static, str>>) -> Self {
        Self {
            kind: MisfitKind::Unreadable,
            ..Self::unfit(reason)
        }
    }

    pub(crate) fn unsupported(reason: impl Into<Cow<'static, str>>) -> Self {
        Self {
            kind: MisfitKind::Unsupported,
            ..Self::unfit(reason)
        }
    }

    pub(crate) fn unfit(reason: impl Into<Cow<'static, str>>) -> Self {
        Self {
            pointer: String::new(),
            reason: reason.into(),
            kind: MisfitKind::Unfit,
        }
    }

    /// The fault of a text of JSON.
    pub(crate) fn of_json(text: &[u8], error: &serde_json::Error) -> Self {
        let reason = locate::problem(error);
        if !error.is_data() {
            // Where it breaks off, there is no value yet.
            return Self::unreadable(reason);
        }
        Self {
            pointer: locate::pointer(text, error.line(), error.column()),
            ..Self::unfit(reason)
        }
    }

    pub(crate) fn within(mut self, step: &str) -> Self {
        let step = step.replace('~', "~0").replace('/', "~1");
        self.pointer.insert_str(0, &step);
        self.pointer.insert(0, '/');
        self
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Misfit {}

impl Error for Misfit {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::unfit(locate::without_values(&message.to_string()))
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::unfit(format!("expected {expected}"))
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::unfit(format!("expected {expected}"))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::unfit(format!("missing field `{field}`"))
    }
}
