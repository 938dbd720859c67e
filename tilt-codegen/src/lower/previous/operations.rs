//! Operations of the generation before, also where their paths are written otherwise now.

use std::collections::{HashMap, HashSet};

use crate::lock::{OperationNames, path_of};
use crate::lower::expression;
use crate::lower::previous::PreviousNames;

/// The operations that are called otherwise than before, and those that are gone.
#[derive(Default)]
pub(super) struct Recognized<'n> {
    /// The keys that operations had whose paths differ in the names of parameters alone, by the keys that they have.
    respelled: HashMap<String, &'n str>,
    /// The keys of those that are gone, by resource and method.
    gone: HashMap<(&'n str, &'n str), &'n str>,
}

/// An operation with a path whose parameters have no names.
fn unnamed(key: &str) -> String {
    let path = path_of(key);
    format!(
        "{}{}",
        &key[..key.len() - path.len()],
        expression::unnamed(path)
    )
}

impl<'n> PreviousNames<'n> {
    /// Finds the operations before in those that there are, by the keys of these. One that has its key is itself; of others
    /// the path may have other names of parameters, where only one is so.
    pub(in crate::lower) fn recognize_operations(&mut self, keys: &[String]) {
        let known: HashSet<&str> = keys.iter().map(String::as_str).collect();
        let mut new: HashMap<String, Vec<&String>> = HashMap::new();
        for key in keys {
            if !self.names.operations.contains_key(key) {
                new.entry(unnamed(key)).or_default().push(key);
            }
        }
        let all = self.names.operations.iter();
        let lost: Vec<_> = all
            .filter(|(key, _)| !known.contains(key.as_str()))
            .collect();
        let mut alike: HashMap<String, usize> = HashMap::new();
        for (key, _) in &lost {
            *alike.entry(unnamed(key)).or_default() += 1;
        }
        for (key, names) in lost {
            let unnamed = unnamed(key);
            match new.get(&unnamed).map(Vec::as_slice) {
                Some([only]) if alike[&unnamed] == 1 => {
                    let respelled = &mut self.operations.respelled;
                    respelled.insert((*only).clone(), key);
                }
                _ => {
                    let called = (names.resource.as_str(), names.method.as_str());
                    self.operations.gone.insert(called, key);
                }
            }
        }
    }

    /// Previous names of an operation and of all that it has.
    pub(in crate::lower) fn operation(&self, key: &str) -> Option<&'n OperationNames> {
        let operations = &self.names.operations;
        let respelled = || operations.get(*self.operations.respelled.get(key)?);
        operations.get(key).or_else(respelled)
    }

    /// The key and the names of the operation that programs called by this method: this one, or else one that is gone.
    pub(in crate::lower) fn called(
        &self,
        key: &str,
        (resource, method): (&str, &str),
    ) -> Option<(&'n str, &'n OperationNames)> {
        let operations = &self.names.operations;
        let own = || operations.get_key_value(key);
        let respelled = || operations.get_key_value(*self.operations.respelled.get(key)?);
        let gone = || operations.get_key_value(*self.operations.gone.get(&(resource, method))?);
        let (key, names) = own().or_else(respelled).or_else(gone)?;
        Some((key, names))
    }
}
