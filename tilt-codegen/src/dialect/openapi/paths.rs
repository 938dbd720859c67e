//! Paths and the names of their operations, as far as a document must have each once (OpenAPI 3.1.1, section 4.8.8).

use std::collections::HashMap;

use super::api::Operation;
use crate::diagnostic::{Code, Problem, Problems};
use crate::source::Node;

/// Reports paths that are sent in another way than they are written, and those that are one.
pub(super) fn check(paths: &[(&str, Node<'_>)], problems: &mut Problems) {
    let mut known: HashMap<String, &str> = HashMap::new();
    for (path, node) in paths {
        if !path.starts_with('/') {
            let message = format!("the path `{path}` is read as `/{path}`");
            problems.push(Problem::new(Code::MALFORMED_PATH, *node, message));
        }
        if let Some((sent, _)) = path.split_once('#') {
            let message =
                format!("the path `{path}` is called as `{sent}`: a fragment is never sent");
            problems.push(Problem::new(Code::MALFORMED_PATH, *node, message));
        }
        let Some(other) = known.insert(as_sent(path), path) else {
            continue;
        };
        let message = format!("the paths `{other}` and `{path}` are one address");
        problems.push(Problem::new(Code::EQUAL_PATHS, *node, message));
    }
}

/// A path as it is sent, without the names of its parameters.
fn as_sent(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let (mut rest, _) = path.split_once('#').unwrap_or((path, ""));
    if !rest.starts_with('/') {
        out.push('/');
    }
    while let Some((before, inside)) = rest.split_once('{') {
        let Some((_, after)) = inside.split_once('}') else {
            break;
        };
        out.push_str(before);
        out.push_str("{}");
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Reports names that several operations have.
pub(super) fn check_ids(operations: &[Operation<'_>], problems: &mut Problems) {
    let mut known: HashMap<&str, &Operation<'_>> = HashMap::new();
    for operation in operations {
        let Some(id) = operation.id.as_deref() else {
            continue;
        };
        let Some(other) = known.get(id) else {
            known.insert(id, operation);
            continue;
        };
        let message = format!(
            "`{} {}` has the operationId `{id}` of `{} {}`",
            operation.method.as_str(),
            operation.path,
            other.method.as_str(),
            other.path
        );
        problems.push(Problem::new(
            Code::REPEATED_OPERATION_ID,
            operation.node,
            message,
        ));
    }
}
