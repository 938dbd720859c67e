//! The values that a target selects, as a tree of places.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::jsonpath::{self, Halt, Query, Step, Visited, spend};

/// The places that a target selects, each once, and those on the way to them: a tree, whose root is the
/// document.
pub(super) struct Selection {
    pub(super) places: Vec<Selected>,
    /// How many are selected.
    pub(super) count: usize,
}

#[derive(Default)]
pub(super) struct Selected {
    pub(super) selected: bool,
    /// In the order in which they were found.
    pub(super) children: Vec<(Key, usize)>,
}

/// Steps for remembering one place.
const PLACE: usize = 12;

pub(super) enum Key {
    Member(String),
    Element(usize),
}

impl Selection {
    pub(super) fn of(query: &Query, root: &Value, steps: &mut usize) -> Result<Selection, Halt> {
        let mut selection = Selection {
            places: vec![Selected::default()],
            count: 0,
        };
        // By address: each value of the document is one place.
        let mut by_address: HashMap<usize, usize> = HashMap::new();
        jsonpath::select(query, root, steps, &mut |way| {
            let address = |(_, value): &Visited<'_>| std::ptr::from_ref(*value).addr();
            let on_the_way = way
                .iter()
                .rposition(|step| by_address.contains_key(&address(step)));
            // Looking for it, and going back to it.
            let mut cost = way.len() - on_the_way.unwrap_or_default();
            let mut at = on_the_way.map_or(0, |step| by_address[&address(&way[step])]);
            for location in &way[on_the_way.map_or(0, |step| step + 1)..] {
                let next = selection.places.len();
                cost += PLACE;
                let key = match location.0 {
                    Step::Key(key) => {
                        cost += key.len() / 16;
                        Key::Member(key.to_owned())
                    }
                    Step::Index(index) => Key::Element(index),
                };
                selection.places[at].children.push((key, next));
                selection.places.push(Selected::default());
                by_address.insert(address(location), next);
                at = next;
            }
            let place = &mut selection.places[at];
            selection.count += usize::from(!place.selected);
            place.selected = true;
            cost
        })?;
        Ok(selection)
    }

    /// Removes what is selected in a value; it calls itself, as deep as the document is.
    pub(super) fn remove(
        &self,
        value: &mut Value,
        at: usize,
        steps: &mut usize,
    ) -> Result<(), Halt> {
        let mut members = HashSet::new();
        let mut elements = HashSet::new();
        for (key, child) in &self.places[at].children {
            match (key, self.places[*child].selected) {
                (Key::Member(key), true) => drop(members.insert(key.as_str())),
                (Key::Element(index), true) => drop(elements.insert(*index)),
                (key, false) => {
                    if let Some(inner) = key.of(value) {
                        self.remove(inner, *child, steps)?;
                    }
                }
            }
        }
        match value {
            Value::Object(all) if !members.is_empty() => {
                spend(steps, all.len())?;
                all.retain(|key, _| !members.contains(key.as_str()));
            }
            Value::Array(all) if !elements.is_empty() => {
                spend(steps, all.len())?;
                let mut index = 0..;
                all.retain(|_| index.next().is_none_or(|index| !elements.contains(&index)));
            }
            _ => {}
        }
        Ok(())
    }
}

impl Key {
    pub(super) fn of<'v>(&self, value: &'v mut Value) -> Option<&'v mut Value> {
        match (self, value) {
            (Key::Member(key), Value::Object(members)) => members.get_mut(key),
            (Key::Element(index), Value::Array(elements)) => elements.get_mut(*index),
            _ => None,
        }
    }
}
