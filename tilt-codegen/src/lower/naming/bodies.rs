//! Schemas that a framework called after the operation whose body they are.

use std::collections::{HashMap, HashSet};

use crate::dialect::openapi;
use crate::identifier;
use crate::lower::naming::own::own_words;
use crate::lower::naming::unnamed::{Answer, Sent, Unnamed};
use crate::lower::naming::verbs;

/// The name of a schema instead of its framework's word for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lower) enum Called {
    /// After its author's word for the operation: `upload_file_body`.
    Author(String),
    /// As a body without a name is.
    Operation,
}

/// The schemas whose names repeat the operationId of what sends them: FastAPI's `Body_upload_file_files__post` has the
/// author's word in front of path and HTTP method, and Grape's `postProjectsIdJobs` has none.
pub(in crate::lower) fn called<'d>(api: &openapi::Api<'d>) -> HashMap<String, Called> {
    let known: HashSet<&str> = api.schemas.iter().map(|(name, _)| *name).collect();
    let mut called: HashMap<String, Called> = HashMap::new();
    let mut given: HashMap<String, usize> = HashMap::new();
    for operation in &api.operations {
        let unnamed = unnamed(operation);
        let Some(id) = unnamed.id else { continue };
        let of_fast_api = format!("Body_{id}");
        if known.contains(id) && verbs::is_echo(&unnamed) {
            called.insert(id.to_owned(), Called::Operation);
        }
        if known.contains(of_fast_api.as_str()) {
            let name = author(&unnamed);
            let name = name.filter(|name| !known.contains(name.as_str()));
            for name in name.iter() {
                *given.entry(name.clone()).or_default() += 1;
            }
            let name = name.map_or(Called::Operation, Called::Author);
            called.insert(of_fast_api, name);
        }
    }
    for name in called.values_mut() {
        let is_shared = match name {
            Called::Author(author) => given.get(author).is_some_and(|count| *count > 1),
            Called::Operation => false,
        };
        if is_shared {
            *name = Called::Operation;
        }
    }
    called
}

/// The author's words, where they say more than a verb.
fn author(operation: &Unnamed<'_>) -> Option<String> {
    let own = own_words(operation);
    (own.len() > 1).then(|| identifier::snake(&format!("{}_body", own.join("_"))))
}

fn unnamed<'a>(operation: &'a openapi::Operation<'_>) -> Unnamed<'a> {
    Unnamed {
        path: operation.path,
        method: operation.method,
        id: operation.id.as_deref(),
        tags: &operation.tags,
        summary: operation.summary.as_deref(),
        answer: Answer::Unknown,
        sent: Sent::Unknown,
        picks: false,
    }
}
