//! OpenAPI Overlay 1.0: corrections to a document, kept apart from it and applied in order.

use crate::diagnostic::{Diagnostics, Place, Problem, Problems};
use crate::source::{Documents, Input, Limits, Node};
use serde_json::map::Entry;
use serde_json::{Map, Value};
use serde_json_path::JsonPath;

/// Applies an overlay to the root document, OpenAPI or AsyncAPI. Gives back what is no error, such
/// as actions that match nothing.
///
/// An update is merged into what its target selects: objects member by member, arrays by
/// appending, anything else by replacing it.
pub(crate) fn apply(documents: &mut Documents, overlay: Input) -> Result<Diagnostics, Diagnostics> {
    let limits = documents.limits().clone();
    let overlay = Documents::load_alone(overlay, &limits)?;
    let mut problems = Problems::new();
    problems.extend(overlay.findings().iter().cloned());
    let actions = read(overlay.root_node(), &mut problems);
    if problems.has_errors() {
        return Err(problems.locate(&overlay));
    }
    documents.edit(|root| {
        for action in &actions {
            action.apply(root, &limits, &mut problems);
        }
    })?;
    match problems.has_errors() {
        true => Err(problems.locate(&overlay)),
        false => Ok(problems.locate(&overlay)),
    }
}

/// One correction.
struct Action<'o> {
    node: Node<'o>,
    target: JsonPath,
    change: Change<'o>,
}

enum Change<'o> {
    Update(Node<'o>),
    Remove,
    Nothing,
}

/// Brackets and parentheses inside each other in a target: its parser calls itself.
const TARGET_DEPTH: usize = 50;

fn read<'o>(overlay: Node<'o>, problems: &mut Problems) -> Vec<Action<'o>> {
    let mut error = |node: Node<'_>, message: String, help: &str| {
        problems.push(Problem::error("invalid-overlay", node, message).help(help));
    };
    let Some(members) = overlay.value.as_object() else {
        let help = "write an object with `overlay`, `info` and `actions`";
        error(
            overlay,
            format!("found {}, expected an overlay", kind(overlay.value)),
            help,
        );
        return Vec::new();
    };
    match overlay
        .get("overlay")
        .map(|version| (version, version.as_str()))
    {
        Some((_, Some(version))) if version.starts_with("1.0.") => {}
        Some((node, _)) => {
            let message = format!("found the overlay version {}, expected 1.0.x", node.value);
            error(node, message, "write `overlay: 1.0.0`");
        }
        None => {
            let message = "there is no `overlay` with a version".to_owned();
            error(overlay, message, "write `overlay: 1.0.0`");
        }
    }
    for key in ["title", "version"] {
        if overlay
            .get("info")
            .and_then(|info| info.get(key)?.as_str())
            .is_none()
        {
            let message = format!("there is no text `{key}` in `info`");
            error(overlay.get("info").unwrap_or(overlay), message, "add it");
        }
    }
    let actions = overlay.get("actions").unwrap_or(overlay);
    if actions.value.as_array().is_none_or(Vec::is_empty) {
        error(
            actions,
            "there are no `actions`".to_owned(),
            "add at least one action",
        );
    }
    let known = ["overlay", "info", "extends", "actions"];
    report_unknown(overlay, members, &known, problems);
    actions
        .elements()
        .filter_map(|action| Action::read(action, problems))
        .collect()
}

impl<'o> Action<'o> {
    fn read(node: Node<'o>, problems: &mut Problems) -> Option<Action<'o>> {
        let mut error = |node: Node<'_>, message: String, help: &str| {
            problems.push(Problem::error("invalid-overlay", node, message).help(help));
        };
        let Some(members) = node.value.as_object() else {
            let message = format!("found {}, expected an action", kind(node.value));
            error(
                node,
                message,
                "write an object with `target` and `update` or `remove`",
            );
            return None;
        };
        let Some((target_node, text)) = node
            .get("target")
            .and_then(|target| Some((target, target.as_str()?)))
        else {
            error(
                node,
                "this action has no text `target`".to_owned(),
                "add a JSONPath",
            );
            return None;
        };
        let target = match parse_target(text) {
            Ok(target) => target,
            Err(reason) => {
                let message = format!("`{text}` is no JSONPath: {reason}");
                error(
                    target_node,
                    message,
                    "write a path of RFC 9535, such as `$.info`",
                );
                return None;
            }
        };
        let remove = node.get("remove");
        if let Some(remove) = remove.filter(|remove| !remove.value.is_boolean()) {
            let message = format!("found {}, expected true or false", kind(remove.value));
            error(remove, message, "write `remove: true`");
        }
        let change = match (remove.map(|remove| remove.value), node.get("update")) {
            (Some(Value::Bool(true)), _) => Change::Remove,
            (_, Some(update)) => Change::Update(update),
            (_, None) => {
                let message = "this action has neither `update` nor `remove`";
                problems.push(Problem::finding("idle-overlay-action", node, message));
                Change::Nothing
            }
        };
        let known = ["target", "description", "update", "remove"];
        report_unknown(node, members, &known, problems);
        Some(Action {
            node,
            target,
            change,
        })
    }

    fn apply(&self, root: &mut Value, limits: &Limits, problems: &mut Problems) {
        let selected = self.target.query_located(root);
        let mut pointers: Vec<String> = selected
            .locations()
            .map(|location| location.to_json_pointer())
            .collect();
        if pointers.is_empty() {
            let message = format!("the target `{}` selects nothing", self.target);
            let target = self.node.get("target").unwrap_or(self.node);
            let problem = Problem::finding("unmatched-overlay-target", target, message);
            problems.push(problem.help("remove the action if the document has changed"));
            return;
        }
        match &self.change {
            Change::Nothing => {}
            Change::Update(update) => {
                // A target can select one place twice.
                let mut seen = std::collections::HashSet::new();
                pointers.retain(|pointer| seen.insert(pointer.clone()));
                for pointer in &pointers {
                    self.update(root, pointer, *update, limits, problems);
                }
            }
            Change::Remove => self.remove(root, pointers, problems),
        }
    }

    fn update(
        &self,
        root: &mut Value,
        pointer: &str,
        update: Node<'_>,
        limits: &Limits,
        problems: &mut Problems,
    ) {
        let depth = pointer.matches('/').count() + depth(update.value);
        if depth > limits.depth {
            let message = format!("this makes the document deeper than {}", limits.depth);
            problems.push(Problem::error("too-deep", update, message));
            return;
        }
        let Some(target) = root.pointer_mut(pointer) else {
            return;
        };
        match (&mut *target, update.value) {
            (Value::Array(elements), entry) => elements.push(entry.clone()),
            (Value::Object(_), Value::Object(_)) => merge(target, update.value),
            (Value::Object(_), other) | (_, other @ (Value::Object(_) | Value::Array(_))) => {
                let message = format!(
                    "found {} for the {} at {pointer}",
                    kind(other),
                    kind(target)
                        .trim_start_matches("an ")
                        .trim_start_matches("a "),
                );
                let problem = Problem::error("invalid-overlay", update, message);
                problems.push(problem.help("write a value of the same kind as the target"));
            }
            (_, other) => *target = other.clone(),
        }
    }

    /// Later places first, so that the indexes of earlier ones stay right.
    fn remove(&self, root: &mut Value, mut pointers: Vec<String>, problems: &mut Problems) {
        let key = |pointer: &String| -> Vec<(usize, String)> {
            let tokens = pointer.split('/');
            tokens
                .map(|token| (token.parse().unwrap_or(0), token.to_owned()))
                .collect()
        };
        pointers.sort_by_cached_key(key);
        pointers.dedup();
        for pointer in pointers.iter().rev() {
            let Some((parent, token)) = pointer.rsplit_once('/') else {
                let message = "the target selects the whole document, which cannot be removed";
                problems.push(Problem::error("invalid-overlay", self.node, message));
                continue;
            };
            match root.pointer_mut(parent) {
                Some(Value::Object(members)) => {
                    members.shift_remove(crate::source::unescape(token).as_ref());
                }
                Some(Value::Array(elements)) => {
                    if let Some(index) = token.parse().ok().filter(|at| *at < elements.len()) {
                        elements.remove(index);
                    }
                }
                _ => {}
            }
        }
    }
}

fn parse_target(text: &str) -> Result<JsonPath, String> {
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > TARGET_DEPTH {
            return Err(format!(
                "more than {TARGET_DEPTH} brackets are inside each other"
            ));
        }
    }
    JsonPath::parse(text).map_err(|error| error.to_string())
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

fn report_unknown(
    node: Node<'_>,
    members: &Map<String, Value>,
    known: &[&str],
    problems: &mut Problems,
) {
    let unknown = |key: &&String| !known.contains(&key.as_str()) && !key.starts_with("x-");
    for key in members.keys().filter(unknown) {
        let message = format!("`{key}` means nothing here; it is ignored");
        let place = node.get(key).map_or(Place::from(node), Place::from);
        problems.push(Problem::finding("unknown-overlay-field", place, message));
    }
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(elements) => 1 + elements.iter().map(depth).max().unwrap_or(0),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::DocumentId;
    use serde_json::json;

    fn documents(value: &Value) -> Documents {
        let input = Input::Bytes {
            name: "api.json".into(),
            bytes: value.to_string().into(),
        };
        Documents::load(input, &Limits::default()).expect("a valid document")
    }

    fn overlay(actions: &Value) -> Input {
        let overlay = json!({
            "overlay": "1.0.0",
            "info": {"title": "t", "version": "1"},
            "actions": actions
        });
        Input::Bytes {
            name: "overlay.json".into(),
            bytes: overlay.to_string().into(),
        }
    }

    /// The document afterwards and the codes of the findings, or those of the errors.
    fn applied(
        document: &Value,
        actions: &Value,
    ) -> Result<(Value, Vec<&'static str>), Vec<String>> {
        let mut documents = documents(document);
        match apply(&mut documents, overlay(actions)) {
            Ok(findings) => {
                let codes = findings.items.iter().map(|item| item.code).collect();
                Ok((documents.root().value.clone(), codes))
            }
            Err(errors) => Err(errors.items.into_iter().map(|item| item.message).collect()),
        }
    }

    #[test]
    fn updates_merge_objects_append_to_arrays_and_replace_the_rest() {
        let document = json!({"info": {"title": "a", "x": {"b": 1}, "tags": [1]}, "z": 1});
        let update = json!({"title": "c", "x": {"d": 2}, "tags": [2], "new": null});
        let result = applied(&document, &json!([{"target": "$.info", "update": update}]));
        let info = json!({"title": "c", "x": {"b": 1, "d": 2}, "tags": [1, 2], "new": null});
        assert_eq!(result, Ok((json!({"info": info, "z": 1}), vec![])));
    }

    #[test]
    fn an_update_of_an_array_is_one_more_entry() {
        let action = json!([{"target": "$.tags", "update": {"name": "b"}}]);
        let result = applied(&json!({"tags": [{"name": "a"}]}), &action);
        assert_eq!(
            result,
            Ok((json!({"tags": [{"name": "a"}, {"name": "b"}]}), vec![]))
        );
    }

    #[test]
    fn actions_see_what_earlier_ones_did() {
        let actions = json!([
            {"target": "$", "update": {"a": {"x": 1}}},
            {"target": "$.a", "update": {"y": 2}},
            {"target": "$.a.x", "remove": true}
        ]);
        assert_eq!(
            applied(&json!({}), &actions),
            Ok((json!({"a": {"y": 2}}), vec![]))
        );
    }

    #[test]
    fn many_places_can_be_removed_at_once() {
        let document = json!({"list": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], "a/b": {"x": 1}});
        let actions = json!([
            {"target": "$.list[?@ > 1 && @ < 11]", "remove": true, "update": {"ignored": 1}},
            {"target": "$['a/b'].x", "remove": true},
        ]);
        let result = applied(&document, &actions);
        assert_eq!(result, Ok((json!({"list": [0, 1, 11], "a/b": {}}), vec![])));
    }

    #[test]
    fn a_place_inside_a_removed_one_is_gone_with_it() {
        let actions = json!([{"target": "$..a", "remove": true}]);
        let result = applied(&json!({"a": {"a": 1}, "b": [{"a": 2}]}), &actions);
        assert_eq!(result, Ok((json!({"b": [{}]}), vec![])));
    }

    #[test]
    fn a_target_that_selects_nothing_is_a_finding() {
        let actions = json!([{"target": "$.nowhere", "remove": true}]);
        assert_eq!(
            applied(&json!({}), &actions),
            Ok((json!({}), vec!["unmatched-overlay-target"]))
        );
    }

    #[test]
    fn what_does_not_fit_is_an_error_with_its_place() {
        let mut documents = documents(&json!({"a": {}}));
        let input = overlay(&json!([{"target": "$.a", "update": 1}]));
        let error = apply(&mut documents, input).err().unwrap_or_default();
        let item = error.items.first().expect("an error");
        assert_eq!(item.message, "found a number for the object at /a");
        assert_eq!(
            (item.document.as_str(), item.pointer.as_str()),
            ("overlay.json", "/actions/0/update")
        );
    }

    #[test]
    fn every_mistake_in_an_overlay_is_reported() {
        let text = br#"{"overlay": "2.0.0", "actions": [{"target": "$["}, {}, 1], "y": 1}"#;
        let input = Input::Bytes {
            name: "overlay.json".into(),
            bytes: text.to_vec(),
        };
        let error = apply(&mut documents(&json!({})), input)
            .err()
            .unwrap_or_default();
        let codes: Vec<_> = error.items.iter().map(|item| item.code).collect();
        let mut expected = vec!["invalid-overlay"; 6];
        expected.push("unknown-overlay-field");
        assert_eq!(codes, expected);
    }

    #[test]
    fn deep_targets_and_deep_results_are_refused() {
        let deep = format!("$[?{}@.a{}]", "(".repeat(10_000), ")".repeat(10_000));
        let actions = json!([{"target": deep, "remove": true}]);
        assert!(applied(&json!({}), &actions).is_err());
        let nest = |levels| (0..levels).fold(json!({}), |inner, _| json!({"a": inner}));
        let actions = json!([{"target": "$..a", "update": nest(150)}]);
        let errors = applied(&nest(150), &actions).err().unwrap_or_default();
        assert_eq!(
            errors.first().map(String::as_str),
            Some("this makes the document deeper than 200")
        );
    }

    #[test]
    fn new_references_are_known() {
        let mut documents = documents(&json!({"a": 1}));
        let input = overlay(&json!([{"target": "$", "update": {"b": {"$ref": "#/a"}}}]));
        assert!(apply(&mut documents, input).is_ok());
        let node = documents
            .resolve(DocumentId(0), "#/b")
            .and_then(|node| documents.follow(node));
        assert_eq!(node.map(|node| node.value.clone()), Ok(json!(1)));
    }
}
