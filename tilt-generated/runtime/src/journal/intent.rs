//! Calls as a journal keeps them.

use super::error::JournalError;
use bytes::Bytes;
use serde_json::{Value, json};
use std::fmt;
use std::time::{Duration, SystemTime};

/// A call that is about to be sent. Credentials are not in it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Intent {
    /// The id of this entry of the journal.
    pub id: String,
    /// The operation's id in the API's document.
    pub operation: String,
    /// The caller's own name for what the call is to do.
    pub reference: Option<String>,
    /// The ids that were there before, where the caller noted them.
    pub known_before: Option<Vec<String>>,
    /// The idempotency key. `None`: the call is not to be sent again.
    pub key: Option<IntentKey>,
    /// The URL of the API.
    pub server: String,
    /// Path and query behind it, as they are sent.
    pub target: String,
    /// The values in the path, by the names that the path template has for them.
    pub path: Vec<(String, String)>,
    /// The body's media type.
    pub content_type: Option<String>,
    /// The body, byte for byte.
    pub body: Option<Bytes>,
    /// When the call was stored, to the millisecond.
    pub begun_at: SystemTime,
    /// After this, no attempt of it goes out from the process that began it.
    pub ends_by: SystemTime,
}

/// An idempotency key.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct IntentKey {
    /// The key.
    pub value: String,
    /// The end of the time in which it is used: the life that the API gives it, less a margin.
    pub until: SystemTime,
}

/// Shows no values, which may be secrets.
impl fmt::Debug for Intent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Intent")
            .field("id", &self.id)
            .field("operation", &self.operation)
            .field("begun_at", &self.begun_at)
            .finish_non_exhaustive()
    }
}

/// Shows not the key, which stands for the call.
impl fmt::Debug for IntentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IntentKey")
            .field("until", &self.until)
            .finish_non_exhaustive()
    }
}

/// A caller's note in the journal, beside a call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Note {
    pub(crate) reference: Option<String>,
    pub(crate) known_before: Option<Vec<String>>,
}

impl Note {
    /// Nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The caller's own name for what the call is to do, such as the number of an invoice: [`Calls::find`] finds the call
    /// by it, and a second one with the same is not sent, unless the first was certainly not carried out.
    ///
    /// [`Calls::find`]: super::Calls::find
    #[must_use]
    pub fn reference(mut self, reference: impl Into<String>) -> Self {
        self.reference = Some(reference.into());
        self
    }

    /// The ids that are there before the call, such as those of the payments of an order: by them, one that comes about
    /// can be told from the others.
    #[must_use]
    pub fn known_before(mut self, ids: impl IntoIterator<Item = impl ToString>) -> Self {
        let ids = ids.into_iter().map(|id| id.to_string());
        self.known_before = Some(ids.collect());
        self
    }
}

impl Intent {
    /// All but the id, the reference, the body and the times that have columns of their own, as JSON.
    #[must_use]
    pub fn details(&self) -> String {
        let key = self
            .key
            .as_ref()
            .map(|key| json!({"value": key.value, "until": milliseconds(key.until)}));
        json!({
            "operation": self.operation,
            "known_before": self.known_before,
            "key": key,
            "server": self.server,
            "target": self.target,
            "path": self.path,
            "content_type": self.content_type,
            "ends_by": milliseconds(self.ends_by),
        })
        .to_string()
    }

    /// The intent of what [`details`](Self::details) gave, and what stood beside it.
    ///
    /// # Errors
    ///
    /// [`JournalError::Unreadable`]: it is not that.
    pub fn of_details(
        details: &str,
        (id, reference): (String, Option<String>),
        begun_at: SystemTime,
        body: Option<Bytes>,
    ) -> Result<Self, JournalError> {
        let unreadable = |problem: String| JournalError::unreadable(&id, problem);
        let details: Value =
            serde_json::from_str(details).map_err(|error| unreadable(error.to_string()))?;
        let missing = |name: &str| unreadable(format!("`{name}` is missing"));
        let text = |name: &str| details[name].as_str().map(str::to_owned);
        let texts = |value: &Value| -> Option<Vec<String>> {
            let texts = value.as_array()?.iter();
            texts.map(|it| it.as_str().map(str::to_owned)).collect()
        };
        let pair = |it: &Value| Some((it[0].as_str()?.to_owned(), it[1].as_str()?.to_owned()));
        let path = details["path"].as_array();
        let path: Option<Vec<_>> = path.and_then(|path| path.iter().map(pair).collect());
        let key = match &details["key"] {
            Value::Null => None,
            key => Some(IntentKey {
                value: key["value"]
                    .as_str()
                    .ok_or_else(|| missing("key"))?
                    .to_owned(),
                until: key["until"]
                    .as_i64()
                    .map(time)
                    .ok_or_else(|| missing("key"))?,
            }),
        };
        let ends_by = details["ends_by"].as_i64().map(time);
        Ok(Self {
            operation: text("operation").ok_or_else(|| missing("operation"))?,
            known_before: match &details["known_before"] {
                Value::Null => None,
                ids => Some(texts(ids).ok_or_else(|| missing("known_before"))?),
            },
            key,
            server: text("server").ok_or_else(|| missing("server"))?,
            target: text("target").ok_or_else(|| missing("target"))?,
            path: path.ok_or_else(|| missing("path"))?,
            content_type: text("content_type"),
            ends_by: ends_by.ok_or_else(|| missing("ends_by"))?,
            id,
            reference,
            body,
            begun_at,
        })
    }
}

impl Intent {
    /// By which calls that were taken are sorted: those that cannot be read are first.
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    pub(super) fn age_of(taken: &Result<Self, JournalError>) -> Option<SystemTime> {
        taken.as_ref().ok().map(|intent| intent.begun_at)
    }
}

/// The time of day as it is stored: in milliseconds since 1970.
#[must_use]
pub(super) fn milliseconds(time: SystemTime) -> i64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH);
    i64::try_from(since.unwrap_or_default().as_millis()).unwrap_or(i64::MAX)
}

/// The time of day that was stored so.
pub(super) fn time(milliseconds: i64) -> SystemTime {
    let since = Duration::from_millis(u64::try_from(milliseconds).unwrap_or_default());
    let time = SystemTime::UNIX_EPOCH.checked_add(since);
    time.unwrap_or(SystemTime::UNIX_EPOCH)
}
