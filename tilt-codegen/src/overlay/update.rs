//! An update, merged into each value that its target selects.

use serde_json::Value;
use serde_json::map::Entry;

use super::selection::{Key, Selection};
use crate::diagnostic::{Code, Problem, Problems};
use crate::source::{Limits, Node, kind};

/// An update on its way through the places that are selected.
pub(super) struct Updating<'a, 'o> {
    pub(super) selection: &'a Selection,
    pub(super) update: Node<'o>,
    /// How deep the update is.
    pub(super) levels: usize,
    /// How deep a document may be.
    pub(super) depth: usize,
    pub(super) too_deep: bool,
    pub(super) problems: &'a mut Problems,
}

impl<'a> Updating<'a, '_> {
    /// A value before those in it; it calls itself, as deep as the document is.
    pub(super) fn visit(&mut self, value: &mut Value, at: usize, way: &mut Vec<&'a Key>) {
        let selection = self.selection;
        let place = &selection.places[at];
        if place.selected {
            self.update(value, way);
        }
        for (key, child) in &place.children {
            // A selected value may be gone: an update of what it was in replaced it.
            if let Some(inner) = key.of(value) {
                way.push(key);
                self.visit(inner, *child, way);
                way.pop();
            }
        }
    }

    fn update(&mut self, target: &mut Value, way: &[&Key]) {
        if way.len() + self.levels > self.depth {
            if !std::mem::replace(&mut self.too_deep, true) {
                let message = format!("this makes the document deeper than {}", self.depth);
                let problem = Problem::new(Code::TOO_DEEP, self.update, message);
                self.problems.push(problem.help(Limits::advice("depth")));
            }
            return;
        }
        match (&mut *target, self.update.value) {
            (Value::Array(elements), entry) => elements.push(entry.clone()),
            (Value::Object(_), Value::Object(_)) => merge(target, self.update.value),
            (Value::Object(_), other) | (_, other @ (Value::Object(_) | Value::Array(_))) => {
                let message = format!(
                    "found {} for the {} at {}",
                    kind(other),
                    kind(target)
                        .trim_start_matches("an ")
                        .trim_start_matches("a "),
                    pointer(way),
                );
                let problem = Problem::new(Code::INVALID_OVERLAY, self.update, message);
                let help = "write a value of the same kind as the target";
                self.problems.push(problem.help(help));
            }
            (_, other) => *target = other.clone(),
        }
    }
}

fn pointer(way: &[&Key]) -> String {
    let steps = way.iter().map(|key| match key {
        Key::Member(key) => format!("/{}", crate::place::escape(key)),
        Key::Element(index) => format!("/{index}"),
    });
    steps.collect()
}

/// Objects member by member, arrays by appending, anything else by replacing.
fn merge(target: &mut Value, update: &Value) {
    match (target, update) {
        (Value::Object(members), Value::Object(updates)) => {
            for (key, update) in updates {
                match members.entry(key.clone()) {
                    Entry::Vacant(entry) => {
                        entry.insert(update.clone());
                    }
                    Entry::Occupied(mut entry) => merge(entry.get_mut(), update),
                }
            }
        }
        (Value::Array(elements), Value::Array(updates)) => elements.extend(updates.iter().cloned()),
        (target, update) => *target = update.clone(),
    }
}
