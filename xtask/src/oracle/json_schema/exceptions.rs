//! Instances that are known not to come back, each with its reason. One that does come back is no exception any more.

use super::Fault;
use super::suite::Group;
use super::system;
use crate::failure::Failure;
use serde::Deserialize;
use std::collections::BTreeMap;

const TEXT: &str = include_str!("exceptions.toml");

#[derive(Deserialize)]
struct Table {
    exception: Vec<Exception>,
}

#[derive(Deserialize)]
struct Exception {
    reason: String,
    names: Vec<String>,
}

/// The reasons for exceptions among the groups that are looked at, by name.
pub(super) struct Exceptions(BTreeMap<String, String>);

impl Exceptions {
    pub(super) fn read(groups: &[Group]) -> Result<Self, Failure> {
        let table: Table = toml::from_str(TEXT)
            .map_err(std::io::Error::other)
            .map_err(system("read the exceptions"))?;
        let all = table.exception.into_iter().flat_map(|it| {
            let reason = it.reason;
            let names = it.names.into_iter();
            names.map(move |name| (name, reason.clone()))
        });
        let is_looked_at = |name: &str| {
            let file = |name: &str| name.split(": ").next().unwrap_or_default().to_owned();
            groups.iter().any(|group| file(&group.name) == file(name))
        };
        Ok(Self(all.filter(|(name, _)| is_looked_at(name)).collect()))
    }

    /// Faults that are no exceptions, and exceptions that are no faults.
    pub(super) fn unexpected(&self, faults: &[Fault]) -> Vec<String> {
        let new = faults.iter().filter(|it| !self.0.contains_key(&it.name));
        let new = new.map(|Fault { name, what }| format!("{name}: {what}"));
        let met = |name: &String| faults.iter().any(|it| it.name == *name);
        let past = self.0.iter().filter(|(name, _)| !met(name));
        let past = past.map(|(name, reason)| {
            format!("{name}: is an exception ({reason}), and comes back all the same")
        });
        new.chain(past).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_known_and_what_is_known_is_a_fault() {
        let exceptions = Exceptions(BTreeMap::from([("a: b".to_owned(), "why".to_owned())]));
        let fault = |name: &str| Fault {
            name: name.to_owned(),
            what: "lost".to_owned(),
        };
        assert!(exceptions.unexpected(&[fault("a: b")]).is_empty());
        assert_eq!(
            exceptions.unexpected(&[fault("a: c")]),
            [
                "a: c: lost",
                "a: b: is an exception (why), and comes back all the same"
            ]
        );
    }
}
