//! The text of an overlay as actions.

use serde_json::{Map, Value};

use crate::diagnostic::{Code, Place, Problem, Problems};
use crate::jsonpath::{self, Query};
use crate::source::{Limits, Node, kind};

/// One correction.
pub(super) struct Action<'o> {
    pub(super) node: Node<'o>,
    pub(super) target: Node<'o>,
    pub(super) text: &'o str,
    pub(super) query: Query,
    pub(super) change: Change<'o>,
}

pub(super) enum Change<'o> {
    Update(Node<'o>),
    Remove,
    Nothing,
}

fn error(problems: &mut Problems, node: Node<'_>, message: String, help: &str) {
    problems.push(Problem::new(Code::INVALID_OVERLAY, node, message).help(help));
}

/// The actions of an overlay, in order. `depth` is that of brackets in a target.
pub(super) fn actions<'o>(
    overlay: Node<'o>,
    depth: usize,
    problems: &mut Problems,
) -> Vec<Action<'o>> {
    let Some(members) = overlay.value.as_object() else {
        let help = "write an object with `overlay`, `info` and `actions`";
        error(
            problems,
            overlay,
            format!("found {}, expected an overlay", kind(overlay.value)),
            help,
        );
        return Vec::new();
    };
    report_head(overlay, problems);
    let actions = overlay.get("actions").unwrap_or(overlay);
    if actions.value.as_array().is_none_or(Vec::is_empty) {
        error(
            problems,
            actions,
            "there are no `actions`".to_owned(),
            "add at least one action",
        );
    }
    let fields = ["overlay", "info", "extends", "actions"];
    report_unknown(overlay, members, &fields, problems);
    actions
        .elements()
        .filter_map(|action| Action::read(action, depth, problems))
        .collect()
}

fn report_head(overlay: Node<'_>, problems: &mut Problems) {
    match overlay
        .get("overlay")
        .map(|version| (version, version.as_str()))
    {
        Some((_, Some(version))) if version.starts_with("1.0.") => {}
        Some((node, _)) => {
            let message = format!("found the overlay version {}, expected 1.0.x", node.value);
            error(problems, node, message, "write `overlay: 1.0.0`");
        }
        None => {
            let message = "there is no `overlay` with a version".to_owned();
            error(problems, overlay, message, "write `overlay: 1.0.0`");
        }
    }
    for key in ["title", "version"] {
        if overlay
            .get("info")
            .and_then(|info| info.get(key)?.as_str())
            .is_none()
        {
            let message = format!("there is no text `{key}` in `info`");
            error(
                problems,
                overlay.get("info").unwrap_or(overlay),
                message,
                "add it",
            );
        }
    }
}

impl<'o> Action<'o> {
    fn read(node: Node<'o>, depth: usize, problems: &mut Problems) -> Option<Action<'o>> {
        let Some(members) = node.value.as_object() else {
            let message = format!("found {}, expected an action", kind(node.value));
            error(
                problems,
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
                problems,
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
                    problems,
                    target,
                    message,
                    "write a path of RFC 9535, such as `$.info`",
                );
                return None;
            }
        };
        let change = Change::read(node, problems);
        let fields = ["target", "description", "update", "remove"];
        report_unknown(node, members, &fields, problems);
        Some(Action {
            node,
            target,
            text,
            query,
            change,
        })
    }
}

impl<'o> Change<'o> {
    fn read(node: Node<'o>, problems: &mut Problems) -> Change<'o> {
        let remove = node.get("remove");
        if let Some(remove) = remove.filter(|remove| !remove.value.is_boolean()) {
            let message = format!("found {}, expected true or false", kind(remove.value));
            error(problems, remove, message, "write `remove: true`");
        }
        match (remove.map(|remove| remove.value), node.get("update")) {
            (Some(Value::Bool(true)), _) => Change::Remove,
            (_, Some(update)) => Change::Update(update),
            (_, None) => {
                let message = "this action has neither `update` nor `remove`";
                problems.push(Problem::new(Code::IDLE_OVERLAY_ACTION, node, message));
                Change::Nothing
            }
        }
    }
}

fn report_unknown(
    node: Node<'_>,
    members: &Map<String, Value>,
    fields: &[&str],
    problems: &mut Problems,
) {
    let unknown = |key: &&String| !fields.contains(&key.as_str()) && !key.starts_with("x-");
    for key in members.keys().filter(unknown) {
        let message = format!("`{key}` means nothing here; it is ignored");
        let place = node.get(key).map_or(Place::from(node), Place::from);
        problems.push(Problem::new(Code::UNKNOWN_OVERLAY_FIELD, place, message));
    }
}
