//! The messages of an operation of AsyncAPI.

use super::difference::Difference;
use super::edit::{Parts, Site, places};
use super::reach::{message_name, operation_name};
use super::side::{Side, name_of};
use super::{Comparison, shown};
use crate::drift::grammar::Kind;
use crate::drift::rules::{Action, Subject};
use crate::source::Node;

impl<'d> Comparison<'d> {
    /// One message, or those of `oneOf`: which of the two a document writes says nothing where there is one.
    pub(super) fn messages(&mut self, parts: Parts<'d>, around: (Node<'d>, Node<'d>), site: &Site) {
        let site = &site.at("message").with(Subject::Body);
        let (olds, mut news) = (all(parts.0), all(parts.1));
        let first = self.edits.len();
        let mut gone = Vec::new();
        for old in olds {
            let is_it = |new: &Node<'d>| {
                let (was, is) = (name(&self.old, old), name(&self.new, *new));
                was == is
                    || self.same(old, *new)
                    || self.is_one(&was, &is)
                    || is_written_out(self, old, *new)
            };
            match news.iter().position(is_it) {
                Some(number) => pair(self, old, news.remove(number), site),
                None => gone.push(old),
            }
        }
        let places = places(parts, around);
        match (&gone[..], &news[..]) {
            // The name differs, and little else does.
            ([old], [new]) if self.has_same_payload(*old, *new) => pair(self, *old, *new, site),
            ([old], [new]) => {
                let (was, is) = (name(&self.old, *old), name(&self.new, *new));
                let inside = site.at(&was).owned(Some(*old), Some(*new));
                let difference = Difference::new(Kind::AsyncOperation, "message", Action::Changed)
                    .from(shown::code(&was))
                    .to(shown::code(&is));
                self.edit(difference, *old, *new, &inside);
            }
            _ => {
                for old in gone {
                    let was = name(&self.old, old);
                    let difference =
                        Difference::new(Kind::AsyncOperation, "message", Action::Removed)
                            .from(shown::code(&was));
                    self.edit(
                        difference,
                        old,
                        places.1,
                        &site.at(&was).owned(Some(old), None),
                    );
                }
                for new in news {
                    let is = name(&self.new, new);
                    let difference =
                        Difference::new(Kind::AsyncOperation, "message", Action::Added)
                            .to(shown::code(&is));
                    self.edit(
                        difference,
                        places.0,
                        new,
                        &site.at(&is).owned(None, Some(new)),
                    );
                }
                self.one_choice(first, parts, site);
            }
        }
    }
}

impl<'d> Comparison<'d> {
    /// A list of messages that came, or went, or is spelled otherwise.
    fn one_choice(&mut self, first: usize, parts: Parts<'d>, site: &Site) {
        if let (Some(old), Some(new)) = parts {
            self.one_edit(first, (old, new), site);
        }
    }

    fn has_same_payload(&self, old: Node<'d>, new: Node<'d>) -> bool {
        let payload = |side: &Side<'d>, node| side.follow(node).get("payload");
        match (payload(&self.old, old), payload(&self.new, new)) {
            (Some(old), Some(new)) => self.same(old, new),
            (None, None) => true,
            _ => false,
        }
    }
}

impl<'d> Comparison<'d> {
    /// The operations, or the messages, of a member that is the same under another name.
    pub(super) fn called_otherwise(
        &mut self,
        kind: Kind,
        (was, old): (&str, Node<'d>),
        (is, new): (&str, Node<'d>),
    ) {
        self.called_webhook(kind, was, is);
        if kind == Kind::Callback {
            self.called(format!("callback {was}"), format!("callback {is}"));
        }
        if kind == Kind::Operation {
            let (before, after) = self.around.path;
            self.called(operation_name(was, before), operation_name(is, after));
        }
        if kind != Kind::Channel {
            return;
        }
        let (old, new) = (self.old.follow(old), self.new.follow(new));
        for verb in ["subscribe", "publish"] {
            let messages =
                |channel: Node<'d>| all(channel.get(verb).and_then(|it| it.get("message")));
            for (old, new) in messages(old).into_iter().zip(messages(new)) {
                called(self, (was, old), (is, new));
            }
        }
    }
}

/// A message without a name is counted by that of its channel.
fn called<'d>(c: &mut Comparison<'d>, (was, old): (&str, Node<'d>), (is, new): (&str, Node<'d>)) {
    let was = message_name(old, c.old.follow(old)).unwrap_or(was);
    let is = message_name(new, c.new.follow(new)).unwrap_or(is);
    if !(was.is_empty() || is.is_empty()) {
        c.called(format!("message {was}"), format!("message {is}"));
    }
}

fn pair<'d>(c: &mut Comparison<'d>, old: Node<'d>, new: Node<'d>, site: &Site) {
    called(c, ("", old), ("", new));
    let inside = site.at(&name(&c.old, old)).owned(Some(old), Some(new));
    c.pair(Kind::Message, old, new, &inside);
}

/// Whether one of two messages is a definition, and the other one says the same where it is used.
fn is_written_out<'d>(c: &Comparison<'d>, old: Node<'d>, new: Node<'d>) -> bool {
    let (was, is) = (c.old.reference(old), c.new.reference(new));
    let name = |side: &Side<'d>, node: Node<'d>| {
        let target = side.follow(node);
        let name = target.get("name").or(target.get("messageId"));
        name.and_then(|it| it.as_str())
    };
    let (before, after) = (name(&c.old, old), name(&c.new, new));
    was.is_some() != is.is_some() && before.is_some() && before == after
}

fn all(part: Option<Node<'_>>) -> Vec<Node<'_>> {
    let Some(part) = part else {
        return Vec::new();
    };
    match part.get("oneOf").filter(|list| list.value.is_array()) {
        Some(list) => list.elements().collect(),
        None => vec![part],
    }
}

/// The name by which a message is known.
fn name(side: &Side<'_>, node: Node<'_>) -> String {
    if let Some((reference, _)) = side.reference(node) {
        return name_of(reference).to_owned();
    }
    let text = |key| node.get(key).and_then(|name| name.as_str());
    let name = text("name").or(text("messageId")).or(text("title"));
    let payload = || Some(name_of(node.get("payload")?.get("$ref")?.as_str()?));
    name.or_else(payload).unwrap_or_default().to_owned()
}
