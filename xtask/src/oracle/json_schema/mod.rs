//! The JSON Schema test suite.
//!
//! Every schema is a component of a document of its own, the answer of an operation, a property and an element. All of
//! these are compiled, and each valid instance is read and written by the types of all places.

mod crates;
mod exceptions;
mod suite;

use super::options::JsonSchema;
use super::system;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::project::Project;
use crate::terminal::{say, warn};
use crates::Crates;
use exceptions::Exceptions;
use suite::groups;

/// The outcome of one group or instance, under the name that exceptions have for it.
struct Fault {
    name: String,
    what: String,
}

/// Runs the suite.
pub(super) fn run(project: &Project, options: &JsonSchema) -> Result<Exit, Failure> {
    let groups = groups(&options.dir, &options.filter)?;
    let exceptions = Exceptions::read(&groups)?;
    let folder = project.target().join("oracle/json-schema");
    let (crates, mut faults) = Crates::write(project, &folder, &groups)?;
    let refused = faults.len();
    let instances: usize = groups.iter().map(|it| it.valid.len()).sum();
    let different = crates.different(project)?;
    let count = different.len();
    let unheard: usize = groups
        .iter()
        .filter(|group| faults.iter().any(|fault| fault.name == group.name))
        .map(|group| group.valid.len())
        .sum();
    faults.extend(different);
    say(format_args!(
        "{} schemas, {refused} refused; {instances} valid instances, {} come back\n",
        groups.len(),
        instances - count - unheard,
    ))?;
    let unexpected = exceptions.unexpected(&faults);
    for line in &unexpected {
        warn(format_args!("{line}\n"));
    }
    Ok(match unexpected.is_empty() {
        true => Exit::Success,
        false => Exit::Different,
    })
}
