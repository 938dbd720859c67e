//! OpenAPI Overlay 1.0: corrections to a document, kept apart from it and applied in order.

mod allowance;
mod read;
mod selection;
#[cfg(test)]
mod tests;
mod update;

use allowance::{Size, halted, pay};
use read::{Action, Change};
use selection::Selection;
use serde_json::Value;
use update::Updating;

use crate::diagnostic::{Code, Diagnostics, Problem, Problems};
use crate::source::{Allowance, DocumentId, Documents, Input};

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
    let actions = read::actions(overlay.root_node(), limits.depth, &mut problems);
    if problems.has_errors() {
        return Err(overlay.locate(problems));
    }
    documents.edit(root, |root, allowance| {
        for action in &actions {
            // The next actions were written for the result of the failed one.
            if problems.has_errors() {
                break;
            }
            perform(action, root, limits.depth, allowance, &mut problems);
        }
    })?;
    match problems.has_errors() {
        true => Err(overlay.locate(problems)),
        false => Ok(overlay.locate(problems)),
    }
}

fn perform(
    action: &Action<'_>,
    root: &mut Value,
    depth: usize,
    allowance: &mut Allowance,
    problems: &mut Problems,
) {
    let selection = match Selection::of(&action.query, root, &mut allowance.steps) {
        Ok(selection) => selection,
        Err(halt) => {
            problems.push(halted(halt, action.target));
            return;
        }
    };
    if selection.count == 0 {
        let message = format!("the target `{}` selects nothing", action.text);
        let problem = Problem::new(Code::UNMATCHED_OVERLAY_TARGET, action.target, message);
        problems.push(problem);
        return;
    }
    match &action.change {
        Change::Nothing => {}
        Change::Remove => {
            if selection.places[0].selected {
                let message = "the target selects the whole document, which cannot be removed";
                problems.push(Problem::new(Code::INVALID_OVERLAY, action.node, message));
            }
            if let Err(halt) = selection.remove(root, 0, &mut allowance.steps) {
                problems.push(halted(halt, action.target));
            }
        }
        Change::Update(update) => {
            let size = Size::of(update.value);
            if let Some(problem) = pay(allowance, &size, selection.count, *update) {
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
