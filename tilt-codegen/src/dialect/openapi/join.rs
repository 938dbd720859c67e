//! Several documents of one API, as if one document had what all of them have.

use std::collections::{BTreeMap, HashSet};

use crate::diagnostic::{Code, Problem, Problems};
use crate::model::HttpMethod;
use crate::source::{DocumentId, Documents};

use super::api::{Api, Operation, Server};

/// Adds what a further document has to what there is.
pub(super) fn join<'d>(
    documents: &Documents,
    all: &mut Api<'d>,
    further: Api<'d>,
    problems: &mut Problems,
) {
    let server = own_server(all, &further);
    let mut join = Join {
        documents,
        problems,
    };
    join.security_schemes(all, &further);
    let Api {
        editions,
        tags,
        mut operations,
        webhooks,
        schemas,
        security_schemes,
        unstated_security,
        ..
    } = further;
    for operation in &mut operations {
        operation.server = operation.server.take().or_else(|| server.clone());
    }
    join.operations("operation", &mut all.operations, operations);
    join.operations("webhook", &mut all.webhooks, webhooks);
    all.editions.extend(editions);
    all.tags.extend(tags);
    all.schemas.extend(schemas);
    all.schemas.sort_by_key(|(name, _)| *name);
    let known: HashSet<&str> = all.security_schemes.iter().map(|it| it.name).collect();
    let new = security_schemes
        .into_iter()
        .filter(|it| !known.contains(it.name));
    let new: Vec<_> = new.collect();
    all.security_schemes.extend(new);
    all.security_schemes.sort_by(|a, b| a.name.cmp(b.name));
    all.unstated_security = all.unstated_security.or(unstated_security);
}

/// The server of operations of a further document, where it states others than the first.
fn own_server(first: &Api<'_>, further: &Api<'_>) -> Option<Server> {
    let urls =
        |api: &Api<'_>| -> Vec<String> { api.servers.iter().map(|it| it.url.clone()).collect() };
    let server = further.servers.first()?;
    (urls(first) != urls(further)).then(|| server.clone())
}

struct Join<'j> {
    documents: &'j Documents,
    problems: &'j mut Problems,
}

impl Join<'_> {
    /// Adds operations, but for those that an earlier document has.
    fn operations<'d>(
        &mut self,
        word: &str,
        all: &mut Vec<Operation<'d>>,
        further: Vec<Operation<'d>>,
    ) {
        let mut known: BTreeMap<(&str, HttpMethod), DocumentId> = BTreeMap::new();
        for operation in all.iter() {
            let key = (operation.path, operation.method);
            known.entry(key).or_insert(operation.node.document);
        }
        for operation in further {
            let Some(other) = known.get(&(operation.path, operation.method)) else {
                all.push(operation);
                continue;
            };
            let message = format!(
                "the {word} `{} {}` is in `{}`, too, and is taken from there",
                operation.method.as_str(),
                operation.path,
                self.documents.get(*other).name,
            );
            let problem = Problem::new(Code::STATED_IN_BOTH, operation.node, message);
            self.problems.push(problem);
        }
        all.sort_by_key(|operation| operation.path);
    }

    /// A scheme of one name has to be one in all documents: users give credentials for it once.
    fn security_schemes(&mut self, all: &Api<'_>, further: &Api<'_>) {
        for scheme in &further.security_schemes {
            let mut known = all.security_schemes.iter();
            let Some(known) = known.find(|it| it.name == scheme.name) else {
                continue;
            };
            if known.kind != scheme.kind {
                let message = format!(
                    "the security scheme `{}` is another one in `{}`",
                    scheme.name,
                    self.documents.get(known.node.document).name,
                );
                let problem = Problem::new(Code::OTHER_SECURITY_SCHEME, scheme.node, message);
                self.problems.push(problem);
            }
        }
    }
}
