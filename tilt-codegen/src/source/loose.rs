//! References that are read as they are meant.

use super::documents::Documents;
use super::reference;
use super::walk::walk;
use crate::diagnostic::{Code, Place, Problem};
use std::collections::HashSet;

impl Documents {
    /// Findings for references that are read as they are meant, and for those that might mean another schema.
    pub(crate) fn loose_references(&self) -> Vec<Problem> {
        let mut findings = Vec::new();
        let mut told = HashSet::new();
        for document in self.iter() {
            let mut has_ids = false;
            walk(document.node(), &mut |node, _| {
                has_ids |= node.get("$id").is_some();
                let text = node.get("$ref").and_then(|it| it.as_str());
                let Some((text, meant)) = text.and_then(|it| Some((it, self.meant(node, it)?)))
                else {
                    return;
                };
                if let Some(escaped) = meant.escaped {
                    let (file, _) = reference::split(text);
                    let message = format!("`{text}` is read as `{file}{escaped}`");
                    findings.push(Problem::new(Code::LOOSE_REFERENCE, node, message));
                }
                for passed in meant.through {
                    if told.insert(passed.key()) {
                        let message = format!("`{text}` leads through this reference");
                        findings.push(Problem::new(Code::LOOSE_REFERENCE, passed, message));
                    }
                }
            });
            let ids = has_ids.then(|| document.ids());
            for (at, uri) in ids.into_iter().flat_map(|ids| ids.repeated()) {
                let message =
                    format!("references to `{uri}` lead to another schema, which has it first");
                let place = Place::Pointer(document.id, at.clone());
                findings.push(Problem::new(Code::REPEATED_ID, place, message));
            }
        }
        findings
    }
}
