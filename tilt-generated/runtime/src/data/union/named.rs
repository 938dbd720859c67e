//! Unions that an event's name chooses from: data may say nothing of what it is.

use super::Union;
#[cfg(feature = "client")]
use super::{Attempt, within_a_body};
use crate::data::Wire;
#[cfg(feature = "client")]
use crate::data::content::Content;
#[cfg(feature = "client")]
use std::borrow::Cow;

/// The events whose data is one variant.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
#[cfg_attr(
    not(any(feature = "client", feature = "server")),
    expect(dead_code, reason = "events are those of clients and servers")
)]
pub struct EventData {
    names: &'static [&'static str],
    is_text: bool,
}

impl EventData {
    /// JSON, of events with these names; of all that no other variant is of, where there are none.
    pub const fn json(names: &'static [&'static str]) -> Self {
        let is_text = false;
        Self { names, is_text }
    }

    /// Text, which is taken as it comes.
    pub const fn text(names: &'static [&'static str]) -> Self {
        let is_text = true;
        Self { names, is_text }
    }
}

/// A union of the data of events, made by [`named_events!`](crate::named_events!).
#[doc(hidden)]
pub trait NamedEvent: Union + Wire {
    /// The events of each branch.
    const EVENTS: &'static [EventData];

    /// The index of the branch that this is.
    fn branch(&self) -> Option<usize>;
}

/// The first name of the events that have such data, and whether it is written as text.
#[cfg(feature = "server")]
pub(crate) fn form<T: NamedEvent>(data: &T) -> (Option<&'static str>, bool) {
    let of_branch = data.branch().and_then(|index| T::EVENTS.get(index));
    of_branch.map_or((None, false), |it| (it.names.first().copied(), it.is_text))
}

/// Reads the data of an event. `None`: the mark of an end, which is no data.
///
/// # Errors
///
/// When data that has to be JSON is none.
#[cfg(feature = "client")]
pub(crate) fn read<T: NamedEvent>(name: &str, data: &str) -> serde_json::Result<Option<T>> {
    let is_named = |it: &EventData| it.names.contains(&name);
    let is_known = T::EVENTS.iter().any(is_named);
    if !is_known && data.trim() == "[DONE]" {
        return Ok(None);
    }
    let of_name = T::EVENTS.iter().enumerate();
    let of_name = of_name.filter(|(_, it)| match is_known {
        true => is_named(it),
        false => it.names.is_empty(),
    });
    let text = || Content::Text(Cow::Borrowed(data));
    let json = serde_json::from_str::<Content<'_>>(data);
    let attempt = Attempt {
        keep: true,
        ..Attempt::default()
    };
    let mut is_faulty = false;
    for (index, event) in of_name {
        let mut content = match (event.is_text, &json) {
            (true, _) => text(),
            (false, Ok(json)) => json.clone(),
            (false, Err(_)) => {
                is_faulty = is_known;
                continue;
            }
        };
        if let Some(read) = within_a_body(|| T::read_variant(index, &mut content, attempt)) {
            return Ok(Some(read));
        }
    }
    match json {
        Err(error) if is_faulty => Err(error),
        json => {
            let mut content = json.unwrap_or_else(|_| text());
            let none = Attempt::default();
            Ok(T::read_variant(T::BRANCHES.len(), &mut content, none))
        }
    }
}
