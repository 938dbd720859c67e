//! A piece at the end of all servers that stands at the beginning of all paths now, or the reverse: requests go where they went.

use super::Comparison;
use super::edit::Site;
use super::matched::{Matched, Pair};
use super::operations::template;
use super::presence::operations;
use crate::drift::grammar::Kind;
use crate::source::Node;

/// The piece, and whether paths have it now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shift<'d> {
    piece: &'d str,
    is_in_paths: bool,
}

impl<'d> Comparison<'d> {
    /// Takes out paths that are the same behind their servers.
    pub(super) fn shifted_paths(&self, matched: &mut Matched<'d>) -> Vec<Pair<'d>> {
        let Some(shift) = self.shift().filter(|_| matched.both.is_empty()) else {
            return Vec::new();
        };
        let mut pairs = Vec::new();
        matched.removed.retain(|(was, old)| {
            let is_it = |is: &str| match shift.is_in_paths {
                true => is.strip_prefix(shift.piece).map(template) == Some(template(was)),
                false => was.strip_prefix(shift.piece).map(template) == Some(template(is)),
            };
            let Some(number) = matched.added.iter().position(|(is, _)| is_it(is)) else {
                return true;
            };
            let (is, new) = matched.added.remove(number);
            pairs.push((*was, *old, is, new));
            false
        });
        pairs
    }

    /// Compares servers that are the same before their paths; none, where they are others.
    pub(super) fn shifted_servers(&mut self, site: &Site) -> Option<()> {
        self.shift()?;
        let (old, new) = (self.servers_of_root(true), self.servers_of_root(false));
        let site = &site.at("servers");
        for ((url, old), (_, new)) in old.into_iter().zip(new) {
            self.pair(Kind::Server, old, new, &site.at(url));
        }
        Some(())
    }

    fn shift(&self) -> Option<Shift<'d>> {
        let (olds, news) = (self.servers_of_root(true), self.servers_of_root(false));
        if olds.is_empty() || olds.len() != news.len() {
            return None;
        }
        let mut shifts = olds.iter().zip(&news).map(|((was, _), (is, _))| {
            let before = |long: &'d str, short: &str| {
                let piece = long.strip_prefix(short).filter(|it| it.starts_with('/'));
                piece.filter(|it| !it.contains(['{', '}']))
            };
            let moved = |is_in_paths| move |piece| Shift { piece, is_in_paths };
            let added = before(was, is).map(moved(true));
            added.or_else(|| before(is, was).map(moved(false)))
        });
        let shift = shifts.next()??;
        let is_of_all = shifts.all(|it| it == Some(shift));
        let whole = if shift.is_in_paths {
            self.new
        } else {
            self.old
        };
        let paths = whole.root(whole.openapi)?.get("paths")?;
        let mut paths = paths
            .members()
            .filter(|(name, _)| !name.starts_with("x-"))
            .peekable();
        let has_own_servers = |item: Node<'d>| {
            let item = whole.follow(item);
            let mut all = operations(item).map(|(_, it)| it).chain([item]);
            all.any(|it| it.get("servers").is_some())
        };
        let is_all = paths.peek().is_some()
            && paths.all(|(name, item)| {
                let rest = name.strip_prefix(shift.piece);
                rest.is_some_and(|it| it.starts_with('/')) && !has_own_servers(item)
            });
        (is_of_all && is_all).then_some(shift)
    }

    /// Of the old or of the new document, without the `/` at their ends.
    fn servers_of_root(&self, is_old: bool) -> Vec<(&'d str, Node<'d>)> {
        let side = if is_old { self.old } else { self.new };
        let root = side.root(side.openapi);
        let list = root.and_then(|root| root.get("servers")).into_iter();
        let servers = list.flat_map(|list| list.elements());
        let named = servers.filter_map(|server| {
            let url = server.get("url")?.as_str()?;
            Some((url.trim_end_matches('/'), server))
        });
        named.collect()
    }
}
