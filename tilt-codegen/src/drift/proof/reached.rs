//! The operations and events that each place of a document is part of, counted by a walk from each of them, so that the
//! proof does not rest on what it proves.

use super::places::{METHODS, followed, inside, keys, next};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Names of operations, and of events, by pointer.
#[derive(Default)]
pub(super) struct Reached {
    operations: HashMap<String, BTreeSet<String>>,
    events: HashMap<String, BTreeSet<String>>,
}

impl Reached {
    pub(super) fn of(document: &Value) -> Reached {
        let mut reached = Reached::default();
        for (map, is_back) in [("/paths", false), ("/webhooks", true)] {
            for name in keys(document, map) {
                let called = ("webhook", &*name);
                reached.item(document, &inside(map, &name), called, is_back);
            }
        }
        for name in keys(document, "/channels") {
            let channel = inside("/channels", &name);
            for (operation, is_event) in [("subscribe", true), ("publish", false)] {
                let message = format!("{channel}/{operation}/message");
                let several = document.pointer(&format!("{message}/oneOf"));
                let messages: Vec<String> = match several.and_then(Value::as_array) {
                    Some(list) => (0..list.len())
                        .map(|it| format!("{message}/oneOf/{it}"))
                        .collect(),
                    None => vec![message],
                };
                for message in messages
                    .into_iter()
                    .filter(|it| document.pointer(it).is_some())
                {
                    let name = message_name(document, &message).unwrap_or_else(|| name.clone());
                    let starts = [message, format!("{channel}/parameters")];
                    reached.walk(document, &format!("message {name}"), is_event, starts, "");
                }
            }
        }
        reached
    }

    /// The numbers of operations and events.
    pub(super) fn at(&self, pointer: &str) -> (usize, usize) {
        let count =
            |all: &HashMap<String, BTreeSet<String>>| all.get(pointer).map_or(0, BTreeSet::len);
        (count(&self.operations), count(&self.events))
    }

    fn item(&mut self, document: &Value, pointer: &str, (kind, name): (&str, &str), is_back: bool) {
        let item = followed(document, pointer);
        for method in METHODS {
            let operation = format!("{item}/{method}");
            if document.pointer(&operation).is_none() {
                continue;
            }
            let called = match is_back {
                true => format!("{kind} {name}"),
                false => format!("{} {name}", method.to_uppercase()),
            };
            let callbacks = format!("{operation}/callbacks");
            let starts = [operation, format!("{item}/parameters")];
            self.walk(document, &called, is_back, starts, &callbacks);
            for name in keys(document, &callbacks) {
                let callback = followed(document, &inside(&callbacks, &name));
                for url in keys(document, &callback) {
                    let name = ("callback", &*name);
                    self.item(document, &inside(&callback, &url), name, !is_back);
                }
            }
        }
    }

    /// Marks everything that is at the places and below, also by reference, without one place.
    fn walk(
        &mut self,
        document: &Value,
        name: &str,
        is_event: bool,
        starts: [String; 2],
        without: &str,
    ) {
        let all = match is_event {
            true => &mut self.events,
            false => &mut self.operations,
        };
        let mut queue: Vec<String> = starts.into();
        let mut met: HashSet<String> = HashSet::from([without.to_owned()]);
        while let Some(pointer) = queue.pop() {
            let Some(value) = document.pointer(&pointer) else {
                continue;
            };
            if !met.insert(pointer.clone()) {
                continue;
            }
            queue.extend(next(value, &pointer));
            all.entry(pointer).or_default().insert(name.to_owned());
        }
    }
}

fn message_name(document: &Value, pointer: &str) -> Option<String> {
    let target = document.pointer(&followed(document, pointer))?;
    let text = |key: &str| target[key].as_str().map(str::to_owned);
    let referred = document.pointer(pointer)?["$ref"].as_str();
    let referred = referred
        .and_then(|it| it.rsplit('/').next())
        .map(str::to_owned);
    text("name")
        .or_else(|| text("messageId"))
        .or_else(|| text("title"))
        .or(referred)
}
