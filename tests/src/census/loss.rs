//! Things that are in only one of a document and its SDK.

use std::collections::BTreeSet;
use std::fmt;

use tilt_codegen::diagnostic::Diagnostics;

use super::{Fact, Facts, Operations};

/// Something that is lost, or comes from nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// Method and path.
    pub operation: String,
    /// The thing itself.
    pub what: String,
    /// Whether it is the SDK's alone.
    pub is_invented: bool,
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation,
            what,
            is_invented,
        } = self;
        let how = if *is_invented { "from nowhere" } else { "lost" };
        write!(f, "{operation}: {what} {how}")
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fact::Operation => f.write_str("the operation"),
            Fact::RequestBody => f.write_str("the request body"),
            Fact::Parameter(location, name) => write!(f, "{location} parameter `{name}`"),
            Fact::Success(status) | Fact::Error(status) => write!(f, "the body of {status}"),
            Fact::Security(schemes) => {
                let schemes: Vec<&str> = schemes.iter().map(String::as_str).collect();
                write!(f, "security `{}`", schemes.join(" & "))
            }
        }
    }
}

/// Codes that say that something as a whole is not in the SDK, or is in it unasked. Others are about how
/// it is in it, and explain nothing.
const EXPLANATIONS: [&str; 12] = [
    "content-without-body",
    "dangling-reference",
    "duplicate-parameter",
    "malformed-member",
    "malformed-status",
    "managed-header",
    "undeclared-path-parameter",
    "undefined-security-scheme",
    "unnamed-parameter",
    "unsupported-security-scheme",
    "untyped-body",
    "unused-path-parameter",
];

pub(super) fn losses(wanted: &Operations, had: &Operations, findings: &Diagnostics) -> Vec<Loss> {
    let explained: BTreeSet<String> = findings
        .items
        .iter()
        .filter(|finding| EXPLANATIONS.contains(&finding.code.as_str()))
        .map(|finding| finding.pointer.to_string())
        .collect();
    let nothing = Facts::new();
    let names: BTreeSet<&String> = wanted.keys().chain(had.keys()).collect();
    let mut losses = Vec::new();
    for name in names {
        let wanted = wanted.get(name).unwrap_or(&nothing);
        let had = had.get(name).unwrap_or(&nothing);
        for (facts, others, is_invented) in [(wanted, had, false), (had, wanted, true)] {
            let alone = facts.iter().filter(|(fact, _)| !others.contains_key(fact));
            // A path parameter that is not where it should be is reported at its operation.
            let operation = others
                .get(&Fact::Operation)
                .or_else(|| facts.get(&Fact::Operation));
            let unexplained = alone.filter(|(fact, places)| {
                let at_operation = matches!(fact, Fact::Parameter("path", _));
                let mut operation = operation.filter(|_| at_operation).into_iter().flatten();
                !places.iter().any(|place| reports(&explained, place))
                    && !operation.any(|place| explained.contains(place.as_str()))
            });
            losses.extend(unexplained.map(|(fact, _)| Loss {
                operation: name.clone(),
                what: fact.to_string(),
                is_invented,
            }));
        }
    }
    losses
}

/// Whether something was reported at a place or inside of it.
fn reports(findings: &BTreeSet<String>, place: &str) -> bool {
    let mut from = findings
        .range(place.to_owned()..)
        .take_while(|found| found.starts_with(place));
    from.any(|found| found.len() == place.len() || found[place.len()..].starts_with('/'))
}
