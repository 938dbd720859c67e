//! Channels of AsyncAPI, which are known by their addresses, but for the names in braces.

use super::Comparison;
use super::difference::Difference;
use super::edit::{Around, Site};
use super::operations::names;
use super::shown;
use crate::drift::grammar::Kind;
use crate::drift::rules::Action;
use crate::source::Node;

impl<'d> Comparison<'d> {
    /// Two channels with one address (AsyncAPI 2.6.0, "Channels Object": its expressions stand for values).
    pub(super) fn channel(
        &mut self,
        (was, old): (&'d str, Node<'d>),
        (is, new): (&'d str, Node<'d>),
        site: &Site,
    ) {
        if was != is {
            let difference = Difference::new(Kind::AsyncApi, "channels", Action::Reworded)
                .from(shown::code(was))
                .to(shown::code(is));
            self.edit(difference, old, new, site);
            self.called_otherwise(Kind::Channel, (was, old), (is, new));
        }
        let around = Around {
            names: names(was).zip(names(is)).collect(),
            ..Around::default()
        };
        let before = std::mem::replace(&mut self.around, around);
        self.pair(Kind::Channel, old, new, site);
        self.around = before;
    }
}
