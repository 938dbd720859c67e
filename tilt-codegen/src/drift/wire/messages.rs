//! The messages of an operation of AsyncAPI.

use super::comparison::{Comparison, Difference};
use super::edit::Site;
use super::shown;
use super::side::{Side, name_of};
use crate::drift::grammar::Kind;
use crate::drift::rules::{Action, Subject};
use crate::source::Node;

type Parts<'d> = (Option<Node<'d>>, Option<Node<'d>>);

/// One message, or those of `oneOf`: which of the two a document writes says nothing where there is one.
pub(super) fn messages<'d>(
    c: &mut Comparison<'d>,
    parts: Parts<'d>,
    around: (Node<'d>, Node<'d>),
    site: &Site,
) {
    let site = &site.at("message").with(Subject::Body);
    let (olds, mut news) = (all(parts.0), all(parts.1));
    let mut gone = Vec::new();
    for old in olds {
        let is_it = |new: &Node<'d>| {
            let (was, is) = (name(&c.old, old), name(&c.new, *new));
            was == is || c.same(old, *new) || c.is_one(&was, &is)
        };
        match news.iter().position(is_it) {
            Some(number) => pair(c, old, news.remove(number), site),
            None => gone.push(old),
        }
    }
    let same_payload = |c: &Comparison<'d>, old: Node<'d>, new: Node<'d>| {
        let payload = |side: &Side<'d>, node| side.follow(node).get("payload");
        match (payload(&c.old, old), payload(&c.new, new)) {
            (Some(old), Some(new)) => c.same(old, new),
            (None, None) => true,
            _ => false,
        }
    };
    let places = (parts.0.unwrap_or(around.0), parts.1.unwrap_or(around.1));
    match (&gone[..], &news[..]) {
        // The name differs, and little else does.
        ([old], [new]) if same_payload(c, *old, *new) => pair(c, *old, *new, site),
        ([old], [new]) => {
            let (was, is) = (name(&c.old, *old), name(&c.new, *new));
            let inside = site.at(&was).owned(Some(*old), Some(*new));
            let difference = Difference::new(Kind::AsyncOperation, "message", Action::Changed)
                .from(shown::code(&was))
                .to(shown::code(&is));
            c.edit(difference, *old, *new, &inside);
        }
        _ => {
            for old in gone {
                let was = name(&c.old, old);
                let difference = Difference::new(Kind::AsyncOperation, "message", Action::Removed)
                    .from(shown::code(&was));
                c.edit(
                    difference,
                    old,
                    places.1,
                    &site.at(&was).owned(Some(old), None),
                );
            }
            for new in news {
                let is = name(&c.new, new);
                let difference = Difference::new(Kind::AsyncOperation, "message", Action::Added)
                    .to(shown::code(&is));
                c.edit(
                    difference,
                    places.0,
                    new,
                    &site.at(&is).owned(None, Some(new)),
                );
            }
        }
    }
}

fn pair<'d>(c: &mut Comparison<'d>, old: Node<'d>, new: Node<'d>, site: &Site) {
    let inside = site.at(&name(&c.old, old)).owned(Some(old), Some(new));
    c.pair(Kind::Message, old, new, &inside);
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
