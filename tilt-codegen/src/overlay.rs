//! OpenAPI Overlay 1.0: corrections to a document, kept apart from it and applied in order.

use crate::diagnostic::{Code, Diagnostics, Place, Problem, Problems};
use crate::jsonpath::{self, Halt, Location, Query, Step, spend};
use crate::source::{Allowance, DocumentId, Documents, Input, Limits, Node};
use serde_json::map::Entry;
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};

/// Applies an overlay to the root document, OpenAPI or AsyncAPI. Gives back what is no error, such
/// as actions that match nothing.
///
/// An update is merged into what its target selects: objects member by member, arrays by
/// appending, anything else by replacing it.
pub(crate) fn apply(
    documents: &mut Documents,
    root: DocumentId,
    overlay: Input,
) -> Result<Diagnostics, Diagnostics> {
    let limits = documents.limits().clone();
    let overlay = Documents::load_alone(overlay, &limits)?;
    let mut problems = Problems::new();
    problems.extend(overlay.findings().iter().cloned());
    let actions = read(overlay.root_node(), limits.depth, &mut problems);
    if problems.has_errors() {
        return Err(overlay.locate(problems));
    }
    documents.edit(root, |root, allowance| {
        for action in &actions {
            action.apply(root, limits.depth, allowance, &mut problems);
        }
    })?;
    match problems.has_errors() {
        true => Err(overlay.locate(problems)),
        false => Ok(overlay.locate(problems)),
    }
}

/// One correction.
struct Action<'o> {
    node: Node<'o>,
    target: Node<'o>,
    text: &'o str,
    query: Query,
    change: Change<'o>,
}

enum Change<'o> {
    Update(Node<'o>),
    Remove,
    Nothing,
}

fn read<'o>(overlay: Node<'o>, depth: usize, problems: &mut Problems) -> Vec<Action<'o>> {
    let mut error = |node: Node<'_>, message: String, help: &str| {
        problems.push(Problem::new(Code::INVALID_OVERLAY, node, message).help(help));
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
        .filter_map(|action| Action::read(action, depth, problems))
        .collect()
}

impl<'o> Action<'o> {
    fn read(node: Node<'o>, depth: usize, problems: &mut Problems) -> Option<Action<'o>> {
        let mut error = |node: Node<'_>, message: String, help: &str| {
            problems.push(Problem::new(Code::INVALID_OVERLAY, node, message).help(help));
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
        let Some((target, text)) = node
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
        let query = match jsonpath::parse(text, depth.min(Limits::DEEPEST)) {
            Ok(query) => query,
            Err(reason) => {
                let message = format!("`{text}` is no JSONPath: {reason}");
                error(
                    target,
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
                problems.push(Problem::new(Code::IDLE_OVERLAY_ACTION, node, message));
                Change::Nothing
            }
        };
        let known = ["target", "description", "update", "remove"];
        report_unknown(node, members, &known, problems);
        Some(Action {
            node,
            target,
            text,
            query,
            change,
        })
    }

    fn apply(
        &self,
        root: &mut Value,
        depth: usize,
        allowance: &mut Allowance,
        problems: &mut Problems,
    ) {
        let selection = match Selection::of(&self.query, root, &mut allowance.steps) {
            Ok(selection) => selection,
            Err(halt) => {
                problems.push(halted(halt, self.target));
                return;
            }
        };
        if selection.count == 0 {
            let message = format!("the target `{}` selects nothing", self.text);
            let problem = Problem::new(Code::UNMATCHED_OVERLAY_TARGET, self.target, message);
            problems.push(problem);
            return;
        }
        match &self.change {
            Change::Nothing => {}
            Change::Remove => {
                if selection.places[0].selected {
                    let message = "the target selects the whole document, which cannot be removed";
                    problems.push(Problem::new(Code::INVALID_OVERLAY, self.node, message));
                }
                if let Err(halt) = selection.remove(root, 0, &mut allowance.steps) {
                    problems.push(halted(halt, self.target));
                }
            }
            Change::Update(update) => {
                let size = Size::of(update.value);
                if let Some(problem) = allowance.pay(&size, selection.count, *update) {
                    problems.push(problem);
                    return;
                }
                let mut updating = Updating {
                    selection: &selection,
                    update: *update,
                    levels: size.depth,
                    depth,
                    too_deep: false,
                    problems,
                };
                updating.visit(root, 0, &mut Vec::new());
            }
        }
    }
}

/// Why a target was not followed to its end.
fn halted(halt: Halt, target: Node<'_>) -> Problem {
    match halt {
        Halt::Steps | Halt::Known => {
            let message =
                "following the targets of the overlays takes more steps than they may take";
            let problem = Problem::new(Code::TOO_MUCH_MATCHING, target, message);
            problem.help(format!(
                "write a target that looks at less, or {}",
                Limits::advice("matching")
            ))
        }
        Halt::Expression(pattern) => {
            let message = format!("the regular expression `{pattern}` is too large to be matched");
            let problem = Problem::new(Code::TOO_MUCH_MATCHING, target, message);
            problem.help(format!(
                "write one with fewer and smaller repetitions, or {}",
                Limits::advice("matching")
            ))
        }
    }
}

/// The growth of a document by an update at one place.
struct Size {
    nodes: usize,
    text: usize,
    depth: usize,
}

impl Size {
    /// It calls itself, as deep as the overlay may be.
    fn of(value: &Value) -> Size {
        let mut size = Size {
            nodes: 1,
            text: 0,
            depth: 0,
        };
        let mut add = |inner: Size| {
            size.nodes += inner.nodes;
            size.text += inner.text;
            size.depth = size.depth.max(inner.depth + 1);
        };
        match value {
            Value::Array(elements) => {
                add(Size {
                    nodes: 0,
                    text: 0,
                    depth: 0,
                });
                elements.iter().for_each(|element| add(Size::of(element)));
            }
            Value::Object(members) => {
                add(Size {
                    nodes: 0,
                    text: 0,
                    depth: 0,
                });
                for (key, member) in members {
                    let inner = Size::of(member);
                    add(Size {
                        text: inner.text + key.len(),
                        ..inner
                    });
                }
            }
            Value::String(text) => size.text = text.len(),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
        size
    }
}

impl Allowance {
    /// Pays for an update at a number of places; the problem where it is too much.
    fn pay(&mut self, size: &Size, places: usize, update: Node<'_>) -> Option<Problem> {
        let left = |of: usize, cost: usize| of.checked_sub(cost.saturating_mul(places));
        let problem = |code, what: &str, setting| {
            let message = format!("at {places} places, this adds more {what} than there may be");
            let help = format!(
                "write a target that selects less, or {}",
                Limits::advice(setting)
            );
            Some(Problem::new(code, update, message).help(help))
        };
        match (left(self.nodes, size.nodes), left(self.text, size.text)) {
            (Some(nodes), Some(text)) => {
                self.nodes = nodes;
                self.text = text;
                None
            }
            (None, _) => problem(Code::TOO_MANY_VALUES, "values", "nodes"),
            (_, None) => problem(Code::TOO_MUCH_EXPANSION, "bytes of text", "expansion"),
        }
    }
}

/// The places that a target selects, each once, and those on the way to them: a tree, whose root is the
/// document.
struct Selection {
    places: Vec<Selected>,
    /// How many are selected.
    count: usize,
}

#[derive(Default)]
struct Selected {
    selected: bool,
    /// In the order in which they were found.
    children: Vec<(Key, usize)>,
}

/// Steps for remembering one place.
const PLACE: usize = 12;

enum Key {
    Member(String),
    Element(usize),
}

impl Selection {
    fn of(query: &Query, root: &Value, steps: &mut usize) -> Result<Selection, Halt> {
        let mut selection = Selection {
            places: vec![Selected::default()],
            count: 0,
        };
        // By address: each value of the document is one place.
        let mut known: HashMap<usize, usize> = HashMap::new();
        jsonpath::select(query, root, steps, &mut |way| {
            let address = |(_, value): &Location<'_>| std::ptr::from_ref(*value).addr();
            let on_the_way = way
                .iter()
                .rposition(|step| known.contains_key(&address(step)));
            // Looking for it, and going back to it.
            let mut cost = way.len() - on_the_way.unwrap_or_default();
            let mut at = on_the_way.map_or(0, |step| known[&address(&way[step])]);
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
                known.insert(address(location), next);
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
    fn remove(&self, value: &mut Value, at: usize, steps: &mut usize) -> Result<(), Halt> {
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
    fn of<'v>(&self, value: &'v mut Value) -> Option<&'v mut Value> {
        match (self, value) {
            (Key::Member(key), Value::Object(members)) => members.get_mut(key),
            (Key::Element(index), Value::Array(elements)) => elements.get_mut(*index),
            _ => None,
        }
    }
}

/// An update on its way through the places that are selected.
struct Updating<'a, 'o> {
    selection: &'a Selection,
    update: Node<'o>,
    /// How deep the update is.
    levels: usize,
    /// How deep a document may be.
    depth: usize,
    too_deep: bool,
    problems: &'a mut Problems,
}

impl<'a> Updating<'a, '_> {
    /// A value before those in it; it calls itself, as deep as the document is.
    fn visit(&mut self, value: &mut Value, at: usize, way: &mut Vec<&'a Key>) {
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
        Key::Member(key) => format!("/{}", crate::source::escape(key)),
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
        problems.push(Problem::new(Code::UNKNOWN_OVERLAY_FIELD, place, message));
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

    fn apply_to_first(
        documents: &mut Documents,
        overlay: Input,
    ) -> Result<Diagnostics, Diagnostics> {
        apply(documents, DocumentId(0), overlay)
    }

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
        match apply_to_first(&mut documents, overlay(actions)) {
            Ok(findings) => {
                let codes = findings
                    .items
                    .iter()
                    .map(|item| item.code.as_str())
                    .collect();
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
        let error = apply_to_first(&mut documents, input)
            .err()
            .unwrap_or_default();
        let item = error.items.first().expect("an error");
        assert_eq!(item.message, "found a number for the object at /a");
        assert_eq!(
            (item.document.as_str(), item.pointer.to_string().as_str()),
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
        let error = apply_to_first(&mut documents(&json!({})), input)
            .err()
            .unwrap_or_default();
        let codes: Vec<_> = error.items.iter().map(|item| item.code.as_str()).collect();
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

    /// The code and help of the first error, under limits that are reached soon.
    fn refused(document: &Value, actions: &Value) -> (&'static str, String) {
        let limits = Limits {
            nodes: 100_000,
            expansion: 1 << 20,
            matching: 1_000_000,
            ..Limits::default()
        };
        let input = Input::Bytes {
            name: "api.json".into(),
            bytes: document.to_string().into(),
        };
        let mut documents = Documents::load(input, &limits).expect("a valid document");
        let errors = apply_to_first(&mut documents, overlay(actions)).err();
        let first = errors.unwrap_or_default().items.into_iter().next();
        let first = first.expect("an error");
        assert!(first.line.is_some(), "no place: {}", first.message);
        (first.code.as_str(), first.help.unwrap_or_default())
    }

    #[test]
    fn values_that_multiply_are_refused() {
        let update = json!({"a": {"b": {}}, "c": {}});
        let actions: Value = (0..14)
            .map(|_| json!({"target": "$..*", "update": update}))
            .collect();
        let (code, help) = refused(&json!({"paths": {"/a": {}}}), &actions);
        assert_eq!(code, "too-many-values");
        assert!(help.contains("raise `nodes` of [limits]"), "{help}");
    }

    #[test]
    fn text_that_multiplies_is_refused() {
        let list: Value = (0..5_000).map(|index| json!({"n": index})).collect();
        let update = json!({"text": "t".repeat(1_000)});
        let actions = json!([{"target": "$.list[*]", "update": update}]);
        let (code, help) = refused(&json!({"list": list}), &actions);
        assert_eq!(code, "too-much-expansion");
        assert!(help.contains("raise `expansion` of [limits]"), "{help}");
    }

    #[test]
    fn targets_that_look_at_everything_again_and_again_are_refused() {
        let list: Value = (0..2_000).map(|index| json!({"n": [index]})).collect();
        let target = "$..[?count($..[?count($..*) > 0]) < 0]";
        let actions = json!([{"target": target, "remove": true}]);
        let (code, help) = refused(&json!({"list": list}), &actions);
        assert_eq!(code, "too-much-matching");
        assert!(help.contains("raise `matching` of [limits]"), "{help}");
    }

    #[test]
    fn removals_one_by_one_from_a_long_list_are_refused() {
        let list: Value = (0..2_000).map(|index| json!(index)).collect();
        let actions: Value = (0..1_000)
            .map(|_| json!({"target": "$.list[0]", "remove": true}))
            .collect();
        let (code, help) = refused(&json!({"list": list}), &actions);
        assert_eq!(code, "too-much-matching");
        assert!(help.contains("raise `matching` of [limits]"), "{help}");
    }

    #[test]
    fn places_that_are_remembered_are_paid_for() {
        let list: Value = (0..20_000).map(|index| json!(index)).collect();
        let action = |target: &str| json!([{"target": target, "remove": true}]);
        let document = json!({"list": list});
        let steps = |target: &str| {
            let mut documents = documents(&document);
            let mut spent = 0;
            assert!(apply_to_first(&mut documents, overlay(&action(target))).is_ok());
            documents
                .edit(DocumentId(0), |_, allowance| {
                    spent = Limits::default().matching - allowance.steps
                })
                .expect("a valid document");
            spent
        };
        assert!(steps("$.list[*]") > steps("$.list[?@ < 0]") + 20_000 * 4);
    }

    #[test]
    fn all_overlays_share_what_one_may_take() {
        let limits = Limits {
            matching: 1_000,
            ..Limits::default()
        };
        let input = Input::Bytes {
            name: "api.json".into(),
            bytes: br#"{"a": {"b": {"c": 1}}}"#.to_vec(),
        };
        let loaded = Documents::load(input, &limits);
        let mut documents = loaded.unwrap_or_else(|error| panic!("{error}"));
        let look = json!([{"target": "$..c", "update": 2}]);
        let applied =
            (0..1_000).take_while(|_| apply_to_first(&mut documents, overlay(&look)).is_ok());
        assert!((10..1_000).contains(&applied.count()));
    }

    #[test]
    fn an_update_reaches_what_is_selected_inside_of_what_it_changed() {
        let actions = json!([{"target": "$..[?@.x]", "update": {"x": {"y": 2}}}]);
        let result = applied(&json!({"a": {"x": {"x": {}}}}), &actions);
        let inner = json!({"x": {"y": 2}, "y": 2});
        assert_eq!(result, Ok((json!({"a": {"x": inner}}), vec![])));
    }

    #[test]
    fn new_references_are_known() {
        let mut documents = documents(&json!({"a": 1}));
        let input = overlay(&json!([{"target": "$", "update": {"b": {"$ref": "#/a"}}}]));
        assert!(apply_to_first(&mut documents, input).is_ok());
        let node = documents
            .resolve(DocumentId(0), "#/b")
            .and_then(|node| documents.follow(node));
        assert_eq!(node.map(|node| node.value.clone()), Ok(json!(1)));
    }
}
