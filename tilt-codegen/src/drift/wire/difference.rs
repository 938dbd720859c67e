//! A difference in the words of the table of rules, and the ways and addresses of parts.

use super::edit::{Site, Way};
use super::shown;
use super::side::Side;
use crate::drift::Direction;
use crate::drift::grammar::{Kind, Turn};
use crate::drift::rules::Action;
use crate::place::Pointer;
use crate::source::Node;

/// A difference, in the words of the table.
pub(super) struct Difference<'m> {
    pub(super) kind: Kind,
    pub(super) member: &'m str,
    pub(super) action: Action,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    /// A way on which the part does not travel.
    pub(super) not: Option<Direction>,
}

impl<'m> Difference<'m> {
    pub(super) fn new(kind: Kind, member: &'m str, action: Action) -> Difference<'m> {
        Difference {
            kind,
            member,
            action,
            before: None,
            after: None,
            not: None,
        }
    }

    /// Of what stands where it says nothing.
    pub(super) fn ignored(kind: Kind, member: &'m str, name: &str) -> Difference<'m> {
        let before = format!("{}, which says nothing here", shown::code(name));
        Difference::new(kind, member, Action::Reworded).from(before)
    }

    pub(super) fn from(self, before: impl Into<String>) -> Self {
        Difference {
            before: Some(before.into()),
            ..self
        }
    }

    pub(super) fn to(self, after: impl Into<String>) -> Self {
        Difference {
            after: Some(after.into()),
            ..self
        }
    }
}

/// The address of what a reference leads to; in another file than the outermost one, with the name of that.
pub(super) fn address_of(side: &Side<'_>, reference: &str, target: Node<'_>) -> Pointer {
    let fragment = reference
        .split_once('#')
        .map_or("", |(_, fragment)| fragment);
    let fragment = percent_encoding::percent_decode_str(fragment).decode_utf8_lossy();
    match side.documents.file_of(target.document) {
        file if file.is_empty() => Pointer::from(&*fragment),
        file => Pointer::from(&*format!("{}{fragment}", Pointer::default().child(&file))),
    }
}

/// A part that travels on a way of its own.
pub(super) fn turned(site: &Site, turn: Turn) -> Site {
    let way = match turn {
        Turn::Stay => site.way,
        turn => Way::Turned(turn, site.callers),
    };
    Site {
        way,
        callers: site.callers.turned(turn),
        ..site.clone()
    }
}
