//! Traits of messages, which say the same where they stand as in the message itself (AsyncAPI 2.6.0, "Message Trait Object").

use super::Comparison;
use super::side::Side;
use crate::source::Node;
use std::collections::BTreeMap;

impl<'d> Comparison<'d> {
    /// Whether one of two messages has traits, and the other says the same without them.
    pub(super) fn has_same_with_traits(&self, old: Node<'d>, new: Node<'d>) -> bool {
        if old.get("traits").is_some() == new.get("traits").is_some() {
            return false;
        }
        let (old, new) = (applied(&self.old, old), applied(&self.new, new));
        let mut pairs = old.iter().zip(&new);
        old.len() == new.len()
            && pairs.all(|((key, was), (other, is))| key == other && self.same(*was, *is))
    }
}

/// The members of a message with those of its traits, of which the last one counts, and the message before all.
fn applied<'d>(side: &Side<'d>, message: Node<'d>) -> BTreeMap<&'d str, Node<'d>> {
    let traits = message.get("traits").into_iter();
    let traits = traits.flat_map(|list| list.elements());
    let mut members: BTreeMap<&str, Node<'d>> =
        traits.flat_map(|it| side.follow(it).members()).collect();
    members.extend(message.members());
    members.remove("traits");
    members
}
