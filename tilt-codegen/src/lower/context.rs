//! The things that all passes share.

use super::budget::Spent;
use super::naming::previous::PreviousNames;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place, Problem, Problems};
use crate::lock::Names;
use crate::model::Operation;
use crate::source::{DocumentId, Documents};

/// The documents that an SDK is made of, loaded and overlaid.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sources<'d> {
    pub documents: &'d Documents,
    /// The root of OpenAPI 3.x.
    pub openapi: Option<DocumentId>,
    /// The root of AsyncAPI 2.x.
    pub asyncapi: Option<DocumentId>,
}

impl Sources<'_> {
    /// Whether a document belongs to the OpenAPI document, and not to the AsyncAPI document.
    pub(in crate::lower) fn is_openapi(&self, document: DocumentId) -> bool {
        self.openapi == Some(self.documents.root_of(document))
    }
}

/// The documents and how they are to be read, what is found on the way, and what may still be spent.
pub(in crate::lower) struct Context<'d> {
    pub sources: Sources<'d>,
    pub config: &'d Config,
    pub previous: PreviousNames<'d>,
    pub problems: Problems,
    /// Faults of the configuration, each at its setting.
    pub settings: Vec<Diagnostic>,
    pub(in crate::lower) spent: Spent,
}

impl<'d> Context<'d> {
    pub(in crate::lower) fn new(
        sources: Sources<'d>,
        config: &'d Config,
        previous: &'d Names,
        problems: Problems,
    ) -> Self {
        Self {
            sources,
            config,
            previous: PreviousNames::new(previous, sources),
            problems,
            settings: Vec::new(),
            spent: Spent::default(),
        }
    }

    pub(in crate::lower) fn documents(&self) -> &'d Documents {
        self.sources.documents
    }

    /// Where an operation of the model stands.
    pub(in crate::lower) fn place_of(&self, operation: &Operation) -> Place {
        let root = self.documents().root().id;
        let document = self.sources.openapi.unwrap_or(root);
        Place::Pointer(document, operation.pointer.clone())
    }

    pub(in crate::lower) fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}
