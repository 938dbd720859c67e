//! Several tables as one, when this is compiled.

use super::Code;

/// Codes, below what they are about.
pub(super) type Group = (&'static str, &'static [Code]);

/// The length of all tables together.
pub(super) const fn count(tables: &[&[Group]]) -> usize {
    let (mut count, mut at) = (0, 0);
    while at < tables.len() {
        count += tables[at].len();
        at += 1;
    }
    count
}

/// All groups; `N` is their [`count`].
pub(super) const fn joined<const N: usize>(tables: &[&[Group]]) -> [Group; N] {
    let mut joined: [Group; N] = [("", &[]); N];
    let (mut filled, mut table) = (0, 0);
    while table < tables.len() {
        let mut at = 0;
        while at < tables[table].len() {
            joined[filled] = tables[table][at];
            filled += 1;
            at += 1;
        }
        table += 1;
    }
    joined
}
