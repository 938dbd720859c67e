//! The documents of an SDK, and which of its two roots each belongs to.

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
