//! Names that the configuration gives: that they are names, and find something, and no two of them
//! become one.

use std::collections::{BTreeMap, BTreeSet};

use super::Sources;
use super::draft::{Draft, Home};
use super::naming::Named;
use super::paths::OperationName;
use crate::diagnostic::{Place, Problem, Problems};
use crate::model::names;
use crate::spec::openapi::Operation;

/// What is wrong with `[types.rename]`, once all types have their names.
pub(super) fn check_types(
    rename: &BTreeMap<String, String>,
    named: &Named,
    drafts: &[Draft<'_>],
    sources: Sources<'_>,
    problems: &mut [Problems; 2],
) {
    for (from, to) in rename {
        let fitting = names::type_name(to);
        if fitting != *to {
            report(sources, problems, |place| {
                let message = format!("`{to}` cannot be the name of a type");
                Problem::error("invalid-rename", place, message)
                    .help(format!("`{fitting}` could be; see [types.rename]"))
            });
        } else if !named.renamed.contains(from) {
            report(sources, problems, |place| {
                let message = format!("no type is called `{from}`, so none is renamed to `{to}`");
                Problem::finding("unmatched-rename", place, message)
                    .help("`inspect` prints the names; see [types.rename]")
            });
        }
    }
    for (index, name) in &named.collisions {
        let draft = &drafts[*index];
        let message = format!("two types would be called `{name}`");
        let problem = Problem::error("colliding-rename", draft.node, message)
            .help("choose another name in [types.rename]");
        problems[draft.home as usize].push(problem);
    }
}

/// What is wrong with `[operations.rename]`; two operations of one name are an error at the second.
pub(super) fn check_operations(
    rename: &BTreeMap<String, String>,
    operations: &[Operation<'_>],
    names: &[OperationName],
    sources: Sources<'_>,
    problems: &mut [Problems; 2],
) {
    let mut keys = BTreeSet::new();
    for operation in operations {
        keys.insert(format!("{} {}", operation.method.as_str(), operation.path));
        keys.extend(operation.id.clone());
    }
    for (from, to) in rename {
        let is_name = |text: &str| !text.is_empty() && names::snake(text) == text;
        let fits = to
            .split_once('.')
            .is_some_and(|(resource, method)| is_name(resource) && is_name(method));
        if !fits {
            report(sources, problems, |place| {
                let message = format!("`{to}` cannot be the name of an operation");
                Problem::error("invalid-rename", place, message)
                    .help("write `resource.method`, both in snake_case, in [operations.rename]")
            });
        } else if !keys.contains(from) {
            report(sources, problems, |place| {
                let message =
                    format!("there is no operation `{from}`, so none is renamed to `{to}`");
                Problem::finding("unmatched-rename", place, message)
                    .help("write `METHOD /path` or an operationId in [operations.rename]")
            });
        }
    }
    let mut taken = BTreeSet::new();
    for (operation, name) in operations.iter().zip(names) {
        if !taken.insert((&name.resource, &name.method)) {
            let message = format!(
                "two operations would be called `{}.{}`",
                name.resource, name.method
            );
            let problem = Problem::error("colliding-rename", operation.node, message)
                .help("choose another name in [operations.rename]");
            problems[Home::OpenApi as usize].push(problem);
        }
    }
}

/// Adds a problem about a setting to the first document that there is.
fn report(sources: Sources<'_>, problems: &mut [Problems; 2], problem: impl Fn(Place) -> Problem) {
    let documents = [sources.openapi, sources.asyncapi];
    for (documents, problems) in documents.into_iter().zip(problems) {
        if let Some(documents) = documents {
            problems.push(problem(documents.root_node().into()));
            return;
        }
    }
}
